"""Rows that name nothing: words filled in side by side, labels with values in one cell, ticks; names below."""

from collections.abc import Sequence

import pytest

from walkdown_ingestion.blocks import BlockBuilder
from walkdown_ingestion.clean import clean_cell
from walkdown_ingestion.form_names import is_property
from walkdown_ingestion.history import newest_of
from walkdown_ingestion.tables import make_table, row_lines


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    table = make_table(rows)
    assert table is not None
    return row_lines(table)


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (
            [["품명", "메틸이소부틸케톤", "규격", "공업용"], ["재질", "STS304", "수량", "40 드럼"]],
            ["품명: 메틸이소부틸케톤", "규격: 공업용", "재질: STS304", "수량: 40 드럼"],
        ),
        (
            [["Material", "Carbon steel", "Lining", "Rubber"], ["Service", "Brine", "Insulation", "None"]],
            ["Material: Carbon steel", "Lining: Rubber", "Service: Brine", "Insulation: None"],
        ),
        (
            [["Spares", "in store", "Purity", "99.5 % min. dry"], ["Use", "Solvent", "Colour", "10 Hazen"]],
            ["Spares: in store", "Purity: 99.5 % min. dry", "Use: Solvent", "Colour: 10 Hazen"],
        ),
    ],
)
def test_a_form_of_words(rows: list[list[str]], read: list[str]) -> None:
    assert lines(rows) == read


@pytest.mark.parametrize(
    "rows",
    [
        [["Cause", "State", "Effect", "Is"], ["Temperature", "up", "Level", "up"], ["Flow", "low", "Head", "low"]],
        [["Part", "Material", "Coating", "Thickness"], ["Shell", "CS", "Epoxy", "2 mm"], ["Head", "CS", "No", "3 mm"]],
        [["Material", "Grade", "Service", "Class"], ["Gasket", "A", "Flow", "B"], ["Range", "C", "Output", "D"]],
    ],
    ids=["quantities", "parts", "names in the places of values"],
)  # fmt: skip
def test_names_of_columns_stay_names(rows: list[list[str]]) -> None:
    assert lines(rows)[0].startswith(f"{rows[0][0]}: {rows[1][0]} | {rows[0][1]}: {rows[1][1]}")


def test_names_of_properties() -> None:
    assert all(map(is_property, ["설계 압력", "품 명", "Max. design temperature (°C)", "Corrosion allowance:"]))
    assert not any(map(is_property, ["Carbon steel", "송풍기", "Item", "항목", "Stop feed"]))


def test_labels_with_their_values_in_one_cell_name_no_columns() -> None:
    rows = [["Product: AX-7", "Batch No.: B-41", "Page 3 of 9"], ["Reactor: R-31", "Size: 900 kg", "Version: 4"]]
    assert lines(rows) == ["Product: AX-7 | Batch No.: B-41 | Page 3 of 9", "Reactor: R-31 | Size: 900 kg | Version: 4"]


def test_boxes_to_tick_name_no_columns() -> None:
    assert lines([["Earthing", "☑ Yes", "☐ No"], ["Fire watch", "☐ Yes", "☑ No"]]) == [
        "Earthing | ☑ Yes | ☐ No",
        "Fire watch | ☐ Yes | ☑ No",
    ]


def test_steps_below_a_merged_name() -> None:
    rows = [["Bolt", "Class", "Class", "Class"], ["Bolt", "8.8", "10.9", "12.9"], ["M12", "86", "120", "145"]]
    assert lines(rows) == ["Bolt: M12 | Class / 8.8: 86 | Class / 10.9: 120 | Class / 12.9: 145"]


def test_names_below_a_history_of_revisions() -> None:
    builder = BlockBuilder()
    builder.table(
        [
            ["2", "4 May", "Trip lowered", "KJ"],
            ["1", "3 May", "First issue", "LM"],
            ["Rev", "Date", "Description", "By"],
        ]
    )
    assert builder.blocks[0].text.splitlines() == [
        "Rev: 2 | Date: 4 May | Description: Trip lowered | By: KJ",
        "Rev: 1 | Date: 3 May | Description: First issue | By: LM",
    ]
    table = builder.blocks[0].table
    assert table is not None
    assert newest_of(table) == "Rev: 2 | Date: 4 May | Description: Trip lowered | By: KJ"


def test_the_corner_of_a_matrix_merged_down_beside_the_effects() -> None:
    corner = ["C&E", "C&E"]
    rows = [
        [*corner, "Tag", "XV-1", "P-1"], [*corner, "Action", "Close", "Stop"], ["Cause", "Note", "Set", "", ""],
        ["PAHH-1", "Drum", "9 bar", "X", ""], ["LALL-2", "Drum", "10 %", "", "X"],
    ]  # fmt: skip
    assert lines(rows) == [
        "C&E / Cause: PAHH-1 | C&E / Note: Drum | Tag / Action / Set: 9 bar | XV-1 / Close: X",
        "C&E / Cause: LALL-2 | C&E / Note: Drum | Tag / Action / Set: 10 % | P-1 / Stop: X",
    ]


def test_items_of_a_form_that_count_on_name_no_columns() -> None:
    assert lines([["가. 외관", "무색 액체", "나. 냄새", "무취"], ["바. 인화점", "11 ℃", "아. 증기압", "높음"]]) == [
        "가. 외관: 무색 액체", "나. 냄새: 무취", "바. 인화점: 11 ℃", "아. 증기압: 높음",
    ]  # fmt: skip
    limits = [
        ["가. 노출기준", "국내", "TWA 200 ppm"],
        ["가. 노출기준", "ACGIH", "TWA 200 ppm"],
        ["나. 설비", "환기", ""],
    ]
    assert lines(limits) == [
        "가. 노출기준 | 국내 | TWA 200 ppm",
        "가. 노출기준 | ACGIH | TWA 200 ppm",
        "나. 설비 | 환기",
    ]
    assert lines([["1. Zone", "2. Limit", "3. Unit"], ["A", "5", "bar"], ["B", "6", "bar"]])[0] == (
        "1. Zone: A | 2. Limit: 5 | 3. Unit: bar"
    )


def test_colons_in_a_column_of_their_own() -> None:
    assert lines([["Tag", ":", "P-1", ""], ["Flow", ":", "10", "m³/h"], ["Head", ":", "20", "m"]]) == [
        "Tag: P-1", "Flow: 10 m³/h", "Head: 20 m",
    ]  # fmt: skip


def test_labels_with_their_values_below_each_other_in_a_cell_stay_apart() -> None:
    assert clean_cell("신호어 : 위험\n유해·위험문구 : H225") == "신호어 : 위험; 유해·위험문구 : H225"
    assert clean_cell("Open the valve:\nby hand") == "Open the valve: by hand"


def test_labels_with_values_from_left_to_right_name_no_columns() -> None:
    rows = [
        ["Purchaser", "Hanbit", "Rev.", "A", "B"], ["Item no.", "K-301", "Date", "3 May", "8 May"],
        ["Service", "Recycle gas", "By", "KJ", "LM"],
    ]  # fmt: skip
    assert lines(rows)[1] == "Item no. | K-301 | Date | 3 May | 8 May"
