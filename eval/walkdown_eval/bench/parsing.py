"""How well documents are read: text recall and order, cells of tables and seconds, beside other parsers in one run.

    python -m walkdown_eval.bench.parsing --data FOLDER [--limit N] [--kinds pdf,docx] [--no-ocr] [--json]

FOLDER holds sets of files with a `files.jsonl` ({id, file, kind?, gt_text?, gt_markdown?}). Parsers that are not
installed are left out. What has no truth is timed only; it counts neither as right nor as wrong.
"""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from walkdown.documents import ParsedDocument
from walkdown_eval.bench.parsing_scores import (
    Cells,
    cell_f1,
    markdown_tables,
    order,
    pairs_of_letters,
    recall,
    tokens,
    uncounted,
)

_WRONG = 0.5
"""Below this recall a file that was parsed without complaint is counted as silently wrong."""
_SECONDS = 120


@dataclass(frozen=True)
class Parsed:
    """What a parser makes of a file: its text, the rows of its tables (None where it gives none), its pages."""

    text: str
    tables: Cells | None = None
    pages: int = 0


@dataclass(frozen=True)
class Result:
    """One file by one parser. Scores are None where there is no truth."""

    parser: str
    kind: str
    file: str
    seconds: float
    pages: int = 0
    failure: str = ""
    recall: float | None = None
    order: float | None = None
    cells: float | None = None


class RefusedError(Exception):
    """Walkdown refused a file, with the reason."""


class _Readers:
    """Walkdown's readers in a process of their own: this package must not import them."""

    def __init__(self) -> None:
        self.arguments: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    def read(self, path: Path) -> ParsedDocument:
        """A file as read. Raises RefusedError."""
        if self._process is None:
            command = [sys.executable, "-P", "-m", "walkdown_ingestion.readers", *self.arguments]
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        if self._process.stdin is None or self._process.stdout is None:
            raise RefusedError("the readers cannot be reached")
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "the reader failed"}')
        if "error" in answer:
            raise RefusedError(answer["error"])
        return ParsedDocument.model_validate(answer["document"])

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


_READERS = _Readers()


def _own(path: Path) -> Parsed:
    document = _READERS.read(path)
    lines, tables = [document.title, document.metadata.get("margins", "")], []
    for block in document.blocks:
        if block.table is None:
            lines.append(block.text)
            continue
        rows = [list(row) for row in (*block.table.header, *block.table.rows)]
        tables.append([[" ".join(tokens(cell)) for cell in row] for row in rows])
        lines += [" ".join(row) for row in rows]
    return Parsed("\n".join(lines), tables, document.page_count)


def _liteparse(path: Path) -> Parsed:
    from liteparse import LiteParse

    made = LiteParse(ocr_enabled=False, quiet=True, output_format="markdown", keep_headers_footers=True).parse(
        path.read_bytes()
    )
    return Parsed(made.text, markdown_tables(made.text), len(made.pages))


def _pdfplumber(path: Path) -> Parsed:
    import pdfplumber

    with pdfplumber.open(path) as document:
        texts = [page.extract_text() or "" for page in document.pages]
        found = [table for page in document.pages for table in page.extract_tables()]
        tables = [[[" ".join(tokens(cell or "")) for cell in row] for row in table] for table in found]
        return Parsed("\n".join(texts), tables, len(document.pages))


def _hwp_parser(path: Path) -> Parsed:
    from hwp_hwpx_parser import Reader

    with Reader(path) as reader:
        text = reader.extract_text()
    return Parsed(text, markdown_tables(text))


def _unhwp(path: Path) -> Parsed:
    import unhwp

    text = str(unhwp.to_markdown(str(path)))
    return Parsed(text, markdown_tables(text))


def _markitdown(path: Path) -> Parsed:
    from markitdown import MarkItDown

    text = MarkItDown().convert(str(path)).text_content
    return Parsed(text, markdown_tables(text))


PARSERS: dict[str, tuple[Callable[[Path], Parsed], str, frozenset[str]]] = {
    "walkdown": (_own, "walkdown_ingestion", frozenset()),
    "liteparse": (_liteparse, "liteparse", frozenset({"pdf"})),
    "pdfplumber": (_pdfplumber, "pdfplumber", frozenset({"pdf"})),
    "hwp-hwpx-parser": (_hwp_parser, "hwp_hwpx_parser", frozenset({"hwp", "hwpx"})),
    "unhwp": (_unhwp, "unhwp", frozenset({"hwp", "hwpx"})),
    "markitdown": (_markitdown, "markitdown", frozenset({"docx", "xlsx", "pptx", "html", "csv"})),
}
"""Name, function, module it needs, kinds of files it is for (none: all)."""


def installed() -> list[str]:
    """The parsers that can be run here."""
    from importlib.util import find_spec

    return [name for name, (_, module, _) in PARSERS.items() if find_spec(module) is not None]


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    def ended(*_: object) -> None:
        raise TimeoutError(f"took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ended)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def measure(name: str, path: Path, kind: str, truth: str | None, *, spaced: bool = True) -> Result:
    """One file by one parser; a failure is a result as well."""
    began = time.perf_counter()
    try:
        with _deadline(_SECONDS):
            made = PARSERS[name][0](path)
    except RefusedError as error:
        return Result(name, kind, path.name, time.perf_counter() - began, failure=str(error))
    except TimeoutError as error:
        _READERS.close()
        return Result(name, kind, path.name, time.perf_counter() - began, failure=str(error))
    except Exception as error:  # noqa: BLE001 - other parsers fail in ways of their own; that is what is measured
        reason = f"{type(error).__name__}: {error}"[:160]
        return Result(name, kind, path.name, time.perf_counter() - began, failure=reason)
    seconds = time.perf_counter() - began
    if truth is None:
        return Result(name, kind, path.name, seconds, made.pages)
    text = made.text if spaced else uncounted(truth, made.text)
    wanted, found = tokens(truth), tokens(text)
    cells = cell_f1(markdown_tables(truth), made.tables) if made.tables is not None else None
    share = recall(wanted, found) if spaced else recall(pairs_of_letters(truth), pairs_of_letters(text))
    return Result(
        name, kind, path.name, seconds, made.pages, recall=share, order=order(wanted, found), cells=cells
    )  # fmt: skip


def files(data: Path, kinds: Sequence[str], limit: int) -> Iterator[tuple[Path, str, str | None, bool]]:
    """Path, kind and truth of the files of all sets, and whether the truth keeps the space between words."""
    for listing in sorted(data.glob("*/files.jsonl")):
        taken: Counter[str] = Counter()
        for line in listing.read_text(encoding="utf-8").splitlines():
            entry: dict[str, Any] = json.loads(line)
            path = listing.parent / entry["file"]
            kind = path.suffix.lower().lstrip(".")
            if (kinds and kind not in kinds) or (limit and taken[kind] >= limit) or not path.is_file():
                continue
            taken[kind] += 1
            told = entry.get("gt_text") or entry.get("gt_markdown")
            truth = (listing.parent / told).read_text(encoding="utf-8", errors="replace") if told else None
            yield path, kind, truth, "gt_text" not in entry


def _mean(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.3f}" if known else "-"


def table(results: Sequence[Result]) -> str:
    """The results by kind and parser as a Markdown table."""
    rows = [
        "| kind | parser | files | failed | silently wrong | with truth | recall | order | cell F1 | s/file | s/page |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, name in sorted({(r.kind, r.parser) for r in results}, key=lambda k: (k[0], list(PARSERS).index(k[1]))):
        own = [r for r in results if (r.kind, r.parser) == (kind, name)]
        good = [r for r in own if not r.failure]
        known = [r for r in good if r.recall is not None]
        wrong = sum(r.recall is not None and r.recall < _WRONG for r in known)
        pages = sum(r.pages for r in good)
        paged = sum(r.seconds for r in good if r.pages)
        rows.append(
            f"| {kind} | {name} | {len(own)} | {len(own) - len(good)} | {wrong} | {len(known)} "
            f"| {_mean([r.recall for r in known])} | {_mean([r.order for r in known])} "
            f"| {_mean([r.cells for r in known])} | {sum(r.seconds for r in own) / len(own):.2f} "
            f"| {f'{paged / pages:.3f}' if pages else '-'} |"
        )
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it. Exit status 2 when there is nothing to read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--limit", type=int, default=0, help="files of each kind and set")
    parser.add_argument("--no-ocr", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        sys.stderr.write(f"{chosen.data} is not there: the files to measure on are not part of this repository.\n")
        return 2
    kinds = chosen.kinds.split(",") if chosen.kinds else []
    _READERS.arguments = ["--no-ocr"] if chosen.no_ocr else []
    try:
        results = [
            measure(name, path, kind, truth, spaced=spaced)
            for path, kind, truth, spaced in files(chosen.data, kinds, chosen.limit)
            for name in installed()
            if not PARSERS[name][2] or kind in PARSERS[name][2]
        ]
    finally:
        _READERS.close()
    if not results:
        sys.stderr.write(f"{chosen.data} holds no files.jsonl with files of these kinds.\n")
        return 2
    if chosen.json:
        sys.stdout.write(json.dumps([asdict(result) for result in results], ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(table(results) + "\n")
    for result in results:
        if result.parser == "walkdown" and (result.failure or (result.recall is not None and result.recall < _WRONG)):
            shown = result.failure or f"recall {result.recall:.2f}"
            sys.stdout.write(f"- {result.file}: {shown}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
