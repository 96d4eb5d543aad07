"""Text recognition of pages that are pictures: straightened, their rules found, their words read by tesseract."""

# Scans are laid out as PDF pages are, and PDF pages without text are read as scans: whichever is asked for first, the
# package of PDFs is loaded before this one.
import walkdown_ingestion.readers.pdf  # noqa: F401
