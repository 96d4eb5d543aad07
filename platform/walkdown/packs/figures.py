"""Figures of a pack's own documents: data in a fenced block of YAML, drawn in some formats, a table in the others."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from walkdown.documents import Language
from walkdown.packs.faults import Fault
from walkdown.packs.files import parse_yaml, schema_faults

_FENCE = re.compile(r"^```figure[ \t]*\n(?P<yaml>.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)
_STEP_HEADER: dict[Language, tuple[str, str]] = {
    "ko": ("번호", "단계"),
    "en": ("No.", "Step"),
    "zh": ("编号", "步骤"),
    "ja": ("番号", "手順"),
    "es": ("N.º", "Paso"),
}
Number = Annotated[float, Field(allow_inf_nan=False)]
Point = tuple[Number, Number]
Rows = tuple[tuple[str, ...], ...]


class Figure(BaseModel):
    """A line chart of `series`, a bar chart of `bars`, or boxes of `steps` joined by arrows.

    `x` and `y` are the axis titles with their units.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    caption: Annotated[str, Field(min_length=1)]
    kind: Literal["line", "bar", "flow"]
    x: str = ""
    y: str = ""
    series: dict[str, Annotated[tuple[Point, ...], Field(min_length=2)]] = Field(default_factory=dict)
    bars: dict[str, Number] = Field(default_factory=dict)
    steps: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_its_data(self) -> Self:
        wanted = {"line": "series", "bar": "bars", "flow": "steps"}[self.kind]
        given = [name for name in ("series", "bars", "steps") if getattr(self, name)]
        if given != [wanted]:
            raise ValueError(f"a {self.kind} figure has {wanted}, and nothing of the other kinds")
        return self


class PlacedFigure(NamedTuple):
    """A figure's YAML, the line of the text on which it begins (from 1), and the span of its fence."""

    yaml: str
    line: int
    start: int
    end: int


def find_figures(body: str) -> Iterator[PlacedFigure]:
    """The figure blocks of a Markdown text, in order."""
    for match in _FENCE.finditer(body):
        yield PlacedFigure(match["yaml"], body.count("\n", 0, match.start()) + 2, match.start(), match.end())


def read_figure(text: str, name: str, faults: list[Fault], *, first_line: int = 1) -> Figure | None:
    """The figure of a YAML text that begins on `first_line` of the file `name`, or None with faults."""
    data, node = parse_yaml(text, name, faults, first_line=first_line)
    if node is None:
        if not text.strip():
            faults.append(Fault(name, first_line, "The figure is empty.", "Give it caption, kind and its data."))
        return None
    try:
        return Figure.model_validate(data)
    except ValidationError as error:
        faults += schema_faults(error, name, node, offset=first_line - 1)
        return None


def number_text(value: float) -> str:
    """A number as one writes it: 60 rather than 60.0."""
    return str(int(value)) if value == int(value) else repr(value)


def figure_rows(figure: Figure, language: Language) -> Rows:
    """The data of a figure as a table, header first."""
    if figure.kind == "flow":
        steps = tuple((str(number), step) for number, step in enumerate(figure.steps, 1))
        return (_STEP_HEADER[language], *steps)
    if figure.kind == "bar":
        return ((figure.x, figure.y), *((name, number_text(value)) for name, value in figure.bars.items()))
    places = sorted({x for points in figure.series.values() for x, _ in points})
    columns = [dict(points) for points in figure.series.values()]
    rows = ((number_text(x), *(number_text(column[x]) if x in column else "" for column in columns)) for x in places)
    head = (figure.x, *(f"{name} ({figure.y})" if figure.y else name for name in figure.series))
    return (head, *rows)


def with_figures_as_text(body: str, language: Language, *, data: bool) -> str:
    """A text with each figure replaced by its caption and, with `data`, a Markdown table; faulty ones are dropped."""
    out, end = [], 0
    for placed in find_figures(body):
        out.append(body[end : placed.start])
        end = placed.end
        figure = read_figure(placed.yaml, "", [])
        if figure is None:
            continue
        out.append(figure.caption)
        if data:
            head, *rows = (f"| {' | '.join(row)} |" for row in figure_rows(figure, language))
            rule = "|---" * (head.count(" | ") + 1) + "|"
            out.append("\n\n" + "\n".join([head, rule, *rows]))
    return "".join([*out, body[end:]])
