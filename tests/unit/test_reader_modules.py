"""Readers are loaded with their first file: each name must lead to one, and the parsing child must start light."""

import subprocess
import sys

import pytest

from walkdown.errors import DocumentError
from walkdown_ingestion.readers import FORMATS
from walkdown_ingestion.readers.base import Format


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_each_format_has_a_reader_that_refuses_what_is_none(form: Format) -> None:
    with pytest.raises(DocumentError):
        form.read(b"", f"empty{form.suffixes[0]}")


def test_the_parsing_child_starts_without_database_and_office_libraries() -> None:
    code = "import sys, walkdown_ingestion.worker; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "walkdown_ingestion.prepare" in loaded
    assert not {"sqlalchemy", "openpyxl", "docx", "pptx", "liteparse"} & set(loaded)


@pytest.mark.parametrize("module", ["scan.figures", "scan.pages", "pdf.layout", "image"])
def test_pages_of_pdfs_and_scans_can_be_loaded_in_any_order(module: str) -> None:
    code = f"import walkdown_ingestion.readers.{module}"
    subprocess.run([sys.executable, "-c", code], check=True)
