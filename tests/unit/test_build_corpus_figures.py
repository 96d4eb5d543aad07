"""Figures of a pack's documents: tables with captions where a format draws nothing, pictures elsewhere."""

import re
from pathlib import Path

import docx
import pptx
import pytest
from pack_sources import add_source, file_text, needs_fonts, run

from walkdown.packs.validation import quote_stands

FIGURES = """\
## 1. Figures

```figure
caption: Figure 1. Drum pressure at a cold start
kind: line
x: Minutes
y: Pressure, barg
series: {HP drum: [[0, 0], [60, 8.5], [120, 30]], LP drum: [[0, 0], [120, 4]]}
```

```figure
caption: Figure 2. Silica
kind: bar
x: Unit
y: µg/kg
bars: {Unit 1: 3.2, Unit 2: 3.4}
```

```figure
caption: Figure 3. Path of the feedwater
kind: flow
steps: [LP drum, BFP-1A, Economiser, HP drum, Superheater]
```

| Tag | Value |
|---|---|
| P-101A | 52 |
"""


@pytest.mark.parametrize("form", ["md", "html", "xlsx", "hwpx"])
def test_figures_stand_as_tables_with_their_captions(tmp_path: Path, form: str) -> None:
    add_source(tmp_path, form, body=FIGURES)
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    text = file_text(tmp_path / "corpus" / f"tiny-{form}.{form}")
    wanted = ["Figure 2. Silica", "Minutes HP drum (Pressure, barg) LP drum (Pressure, barg)", "60 8.5", "120 30 4",
              "Unit 2 3.4", "2 BFP-1A"]  # fmt: skip
    assert [quote for quote in wanted if not quote_stands(quote, text)] == []


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx"])
def test_figures_are_drawn_over_their_captions(tmp_path: Path, form: str) -> None:
    needs_fonts()
    add_source(tmp_path, form, body=FIGURES)
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "corpus" / f"tiny-{form}.{form}"
    assert all(caption in file_text(path) for caption in ("Figure 1. Drum pressure", "Figure 3. Path"))
    if form == "docx":
        assert len(docx.Document(str(path)).inline_shapes) == 3
    elif form == "pptx":
        slides = pptx.Presentation(str(path)).slides
        assert sum(shape.shape_type == 13 for slide in slides for shape in slide.shapes) == 3
    else:
        assert "Economiser" in file_text(path)
    before = path.read_bytes()
    run(tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: bar", "kind: pie", "kind"),
        ("bars: {", "steps: {", "steps"),
        ("bars: {Unit 1: 3.2, Unit 2: 3.4}", "", "a bar figure has bars"),
        ("x: Unit", "x: [", "YAML is broken"),
    ],
)
def test_a_wrong_figure_is_named_by_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    add_source(tmp_path, "md", body=FIGURES.replace(old, new, 1))
    done = run(tmp_path)
    assert done.returncode == 1
    found = re.search(r"md\.md:(\d+): (.*)", done.stderr)
    assert found is not None
    assert message in found[2]
    text = (tmp_path / "sources" / "md.md").read_text(encoding="utf-8")
    start = text[: text.index("caption: Figure 2")].count("\n") + 1
    assert start <= int(found[1]) <= start + 5
