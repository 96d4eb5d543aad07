"""Builds a pack's documents: python scripts/build_corpus.py domains/PACK [--out FOLDER].

Every source under PACK/sources becomes a file of its format in PACK/corpus; documents.csv states the identity of
those that cannot (tables, scans). Unchanged sources give unchanged bytes, so the built files are kept under version
control and a clone needs neither fonts nor this script.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import yaml
from corpus_blocks import UnsupportedMarkdownError
from corpus_docx import to_docx
from corpus_fonts import MissingFontError
from corpus_html import register, to_csv, to_html
from corpus_hwpx import to_hwpx
from corpus_pdf import to_pdf
from corpus_pptx import to_pptx
from corpus_scan import to_scan
from corpus_title import title_block
from corpus_xlsx import to_xlsx

from walkdown.packs.corpus import REGISTER
from walkdown.packs.faults import Fault
from walkdown.packs.figures import with_figures_as_text
from walkdown.packs.sources import Source, read_sources


def to_markdown(source: Source) -> bytes:
    """The Markdown of a source with its front matter, title and title block."""
    keep = ("id", "title", "revision", "effective_date", "language", "type")
    fields = {key: value for key, value in source.header.model_dump().items() if key in keep}
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)
    lines = "\n\n".join(title_block(source.header).lines)
    body = with_figures_as_text(source.body, source.header.language, data=True)
    return f"---\n{front}---\n\n# {source.header.title}\n\n{lines}\n\n{body}\n".encode()


def _pdf(source: Source) -> bytes:
    pdf = to_pdf(source)
    return to_scan(pdf, source.header.file_name) if source.header.layout == "scan" else pdf


WRITERS: dict[str, Callable[[Source], bytes]] = {
    "md": to_markdown,
    "pdf": _pdf,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "pptx": to_pptx,
    "hwpx": to_hwpx,
    "html": to_html,
    "csv": to_csv,
}


def build(folder: Path, out: Path) -> list[Path]:
    """Write the documents of a pack; the paths written. Raises SystemExit with the faults of its sources."""
    faults: list[Fault] = []
    sources = read_sources(folder, faults)
    if faults or not sources:
        problems = "\n".join(f"{folder / fault.place}: {fault.message} {fault.remedy}" for fault in faults)
        raise SystemExit(problems or f"{folder} has no sources/*.md.")
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sources:
        path = out / source.header.file_name
        try:
            path.write_bytes(WRITERS[source.header.format](source))
        except UnsupportedMarkdownError as error:
            raise SystemExit(f"{folder / source.name}: {error} cannot be laid out. Write it more plainly.") from error
        written.append(path)
    silent = [source for source in sources if source.header.format == "csv" or source.header.layout == "scan"]
    if silent:
        written.append(out / REGISTER)
        written[-1].write_bytes(register(silent))
    return written


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(description="Build a pack's documents from its sources.")
    parser.add_argument("folder", type=Path, help="folder of the pack, e.g. domains/power")
    parser.add_argument("--out", type=Path, help="folder to write to; default is the pack's corpus")
    arguments = parser.parse_args()
    out = arguments.out or arguments.folder / "corpus"
    try:
        written = build(arguments.folder, out)
    except MissingFontError as error:
        raise SystemExit(str(error)) from error
    others = sorted({path.name for path in out.iterdir() if path.is_file()} - {path.name for path in written})
    print(f"{len(written)} documents, {sum(path.stat().st_size for path in written) / 1e3:.0f} kB, in {out}")
    if others:
        print(f"not built from a source: {', '.join(others)}", file=sys.stderr)


if __name__ == "__main__":
    main()
