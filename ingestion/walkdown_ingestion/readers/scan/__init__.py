"""Text recognition of pages that are pictures: straightened, their rules found, their words read by tesseract."""
