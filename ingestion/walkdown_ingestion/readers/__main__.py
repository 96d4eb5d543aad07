"""Reads the files named on standard input and prints each as a line of JSON: for measuring and for scripts.

    echo manual.pdf | python -m walkdown_ingestion.readers [--no-ocr]

A line is `{"document": ParsedDocument, "seconds": 0.1}` or `{"error": cause, "remedy": ..., "seconds": 0.1}`.
"""

import json
import sys
import time
from pathlib import Path

from walkdown.errors import DocumentError
from walkdown_ingestion import readers
from walkdown_ingestion.readers.scan import tesseract


def answer(path: Path) -> dict[str, object]:
    """What becomes of one file."""
    began = time.perf_counter()
    try:
        document = readers.read(path)
    except DocumentError as error:
        return {"error": error.cause, "remedy": error.remedy, "seconds": time.perf_counter() - began}
    return {"document": document.model_dump(mode="json"), "seconds": time.perf_counter() - began}


def main() -> None:
    """Answer until the input ends."""
    if "--no-ocr" in sys.argv[1:]:
        tesseract.languages = frozenset  # type: ignore[assignment]
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(json.dumps(answer(Path(line.strip())), ensure_ascii=False) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
