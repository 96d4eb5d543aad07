"""The text a claim may rest on."""

from walkdown.documents import Evidence


def evidence_text(evidence: Evidence) -> str:
    """The passage and where it stands: title, document number, headings, text."""
    chunk = evidence.chunk
    return "\n".join(part for part in (chunk.title, chunk.document_id, *chunk.heading_path, chunk.text) if part)
