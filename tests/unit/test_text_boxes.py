"""Tables that are drawn with lines in plain text, as word processors, statutes and databases draw them."""

from walkdown_ingestion.readers import read_bytes


def lines(text: str) -> list[str]:
    return [line for block in read_bytes(text.encode(), "a.txt").blocks for line in block.text.splitlines()]


LIGHT = """[별표 3] 보일러수 기준
┌────────┬──────────┬────────┐
│ 구분   │ 항목     │ 상한   │
│        │          │ (ppm)  │
├────────┼──────────┼────────┤
│ 급수   │ 용존산소 │ 0.007  │
│        ├──────────┼────────┤
│        │ 철, 구리 │ 0.02   │
│        │ (합계)   │        │
├────────┴──────────┼────────┤
│ 관수              │ 1.5    │
└───────────────────┴────────┘
비고: 매일 잰다."""
READ = [
    "[별표 3] 보일러수 기준",
    "구분: 급수 | 항목: 용존산소 | 상한 (ppm): 0.007",
    "구분: 급수 | 항목: 철, 구리 (합계) | 상한 (ppm): 0.02",
    "구분: 관수 | 항목: 관수 | 상한 (ppm): 1.5",
    "비고: 매일 잰다.",
]


def test_a_label_over_rows_and_a_cell_of_two_lines() -> None:
    assert lines(LIGHT) == READ


def test_lines_two_places_wide() -> None:
    wide = """┏━━━━┳━━━━━━┓
┃기기    ┃최고 압력   ┃
┣━━━━╋━━━━━━┫
┃V-71    ┃6.4 bar     ┃
┃V-72    ┃11.0 bar    ┃
┣━━━━┻━━━━━━┫
┃매년 검사             ┃
┗━━━━━━━━━━━┛"""
    assert lines(wide) == ["기기: V-71 | 최고 압력: 6.4 bar", "기기: V-72 | 최고 압력: 11.0 bar", "매년 검사"]


def test_a_cell_of_two_lines_between_rows_of_one() -> None:
    drawn = """+------+----------------+------+
| Tag  | Action         | High |
+------+----------------+------+
| K-61 | stop the drive | 9.3  |
| K-62 | call the shift | 5.5  |
|      | engineer       |      |
| K-63 |                |      |
| K-64 | none           | 2.2  |
+------+----------------+------+"""
    assert lines(drawn) == [
        "Tag: K-61 | Action: stop the drive | High: 9.3",
        "Tag: K-62 | Action: call the shift engineer | High: 5.5",
        "Tag: K-63",
        "Tag: K-64 | Action: none | High: 2.2",
    ]


def test_lines_whose_edges_fit_no_column_stay_text() -> None:
    torn = LIGHT.replace("│ 관수              │", "│ 관수  │ 둘  │ 셋  │")
    assert lines(torn)[-3] == "│ 관수 │ 둘 │ 셋 │ 1.5 │"
