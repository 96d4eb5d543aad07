"""Columns of a few lines in the middle of a PDF page: no sentence of one is crossed with one of the other."""

from drawn_pages import ABOVE, at, page

LEFT = ["Pump P-101 is run at 40 t/h and the", "discharge pressure shall not exceed", "12.5 bar at any time."]
RIGHT = ["Pump P-102 is run at 35 t/h and the", "suction pressure shall not fall below", "0.8 bar while running."]


def test_two_columns_of_three_lines_are_read_one_after_the_other() -> None:
    around = [*at(60, 100, ABOVE), *at(60, 300, ABOVE)]
    for shift in (0, -4, 6):
        found = page([*around, *at(60, 180, LEFT), *at(320, 180 + shift, RIGHT)])
        assert found == [" ".join(ABOVE), " ".join(LEFT), " ".join(RIGHT), " ".join(ABOVE)]


def test_columns_of_uneven_length_are_not_mixed() -> None:
    more = [line.replace("10", "20") for line in LEFT]
    both = [*at(60, 180, [*LEFT, *more]), *at(320, 180, RIGHT)]
    found = page([*at(60, 100, ABOVE), *both, *at(60, 320, ABOVE)])[1:-1]
    assert " ".join(found) == " ".join([*LEFT, *more, *RIGHT])


def test_texts_in_the_cells_of_a_table_without_rules_stay_in_their_rows() -> None:
    causes = [
        ["Pressure rises above the limit of", "12.5 bar for one minute"],
        ["Bearing of the pump P-101 is", "above 85 °C"],
    ]
    actions = [
        ["Open the bypass FV-110 by hand and", "report to the shift leader"],
        ["Reduce the load to 50 % and wait", "for ten minutes"],
    ]
    rows = [*at(60, 170, ["Cause"], bold=True), *at(320, 170, ["Action"], bold=True)]
    for i, (cause, action) in enumerate(zip(causes, actions, strict=True)):
        rows += [*at(60, 196 + 39 * i, cause), *at(320, 196 + 39 * i, action)]
    table = page([*at(60, 100, ABOVE), *rows, *at(60, 320, ABOVE)])[1]
    assert table.splitlines() == [
        "Cause: Pressure rises above the limit of 12.5 bar for one minute | "
        "Action: Open the bypass FV-110 by hand and report to the shift leader",
        "Cause: Bearing of the pump P-101 is above 85 °C | Action: Reduce the load to 50 % and wait for ten minutes",
    ]
    timed = [*rows, *at(520, 170, ["Time"], bold=True), *at(520, 196, ["10 min"]), *at(520, 235, ["5 min"])]
    assert [line.split(" | ")[2] for line in page(timed)[0].splitlines()] == ["Time: 10 min", "Time: 5 min"]


def test_a_narrow_table_below_two_columns_is_read_after_both() -> None:
    table = [
        (60 + 60 * c, 262 + 15 * r, text, r == 0)
        for r, row in enumerate((("Tag", "Low", "High"), ("PT-1", "1.0", "12.5"), ("TT-1", "5", "85")))
        for c, text in enumerate(row)
    ]
    columns = [*at(60, 140, [*LEFT, *LEFT]), *at(320, 140, [*RIGHT, *RIGHT])]
    found = page([*at(60, 100, ABOVE), *columns, *at(60, 245, ["2 Limits"], bold=True), *table, *at(60, 330, ABOVE)])
    assert found[-4:] == [
        " ".join(RIGHT),
        "2 Limits",
        "Tag: PT-1 | Low: 1.0 | High: 12.5\nTag: TT-1 | Low: 5 | High: 85",
        " ".join(ABOVE),
    ]


CARD = [
    ("Alarms", "Alarms above 0.5 ppm start", "the scrubber. Leave the area", "crosswind.",
     "Doors are shut by", "the guard."),
    ("Control room 5501, medical", "5511. Use channel 3 when the", "telephones are out.",
     "Escape sets", "They are kept at stairs 1", "and 4."),
    ("Close HV-11 and vent until", "PI-12 is below 0.02 barg.", "Purge with dry air for at",
     "least 5 min.", "Never heat a cylinder above", "45 °C."),
]  # fmt: skip
HEIGHTS = [(100, 130, 143, 156, 180, 193), (100, 113, 126, 150, 176, 189), (104, 117, 140, 153, 184, 197)]


def test_three_columns_of_a_card_are_read_one_after_the_other() -> None:
    drawn = [
        (50 + 170 * c, y, line, False)
        for c, (heights, lines) in enumerate(zip(HEIGHTS, CARD, strict=True))
        for y, line in zip(heights, lines, strict=True)
    ]
    found = page([*at(50, 60, ["Chlorine unit: what to do in the first minutes"], bold=True), *drawn])
    assert " ".join(found[1:]).split() == " ".join(line for lines in CARD for line in lines).split()


def test_three_cells_side_by_side_stay_in_their_rows() -> None:
    rows = [
        ("Cause of the alarm", "What is done first", "Who is told"),
        ("Level below 20 %", "Open the valve FV-1", "Shift leader"),
    ]
    rows += [
        ("Level above 80 %", "Close the valve FV-1", "Shift leader"),
        ("Pressure above 9 bar", "Open the vent HV-2", "Plant manager"),
    ]
    rows += [
        ("Gas above 10 ppm", "Leave the area at once", "Fire brigade"),
        ("Power is lost", "Start the diesel set", "Grid control"),
    ]
    cells = [
        cell
        for i, row in enumerate(rows)
        for c, text in enumerate(row)
        for cell in at(50 + 170 * c, 100 + 20 * i, [text])
    ]
    text = "\n".join(page(cells))
    assert all(f"{first} | What is done first: {then}" in text for first, then, _ in rows[1:])


def test_names_centred_over_wide_columns_are_those_of_the_cells_below() -> None:
    """They stand above none of the cells, as browsers print them."""
    names = [*at(130, 180, ["Point"], bold=True), *at(400, 180, ["Limit"], bold=True)]
    cells = [
        cell for i in range(4) for cell in (*at(60, 200 + 20 * i, [f"AI-10{i}"]), *at(320, 200 + 20 * i, [f"{i}.5"]))
    ]
    found = page([*at(60, 100, ABOVE), *names, *cells])
    assert found[1].splitlines() == [f"Point: AI-10{i} | Limit: {i}.5" for i in range(4)]
