"""Cuts a parsed document into passages: inside one section, tables by rows, steps together, boxes kept."""

from walkdown_ingestion.chunking.chunks import CHUNKER, chunk_document, edition_of
from walkdown_ingestion.chunking.estimate import MAX_CHARS, MAX_TOKENS, estimate_tokens, fits

__all__ = ["CHUNKER", "MAX_CHARS", "MAX_TOKENS", "chunk_document", "edition_of", "estimate_tokens", "fits"]
