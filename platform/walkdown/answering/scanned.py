"""What a reader is told of an answer whose figures were read from a scan: look at the page, and which figure."""

from collections.abc import Sequence

from walkdown.answering.phrases import finding
from walkdown.documents import Claim, Evidence, Language

_SHOWN = 6


def told(claims: Sequence[Claim], evidence: Sequence[Evidence], language: Language) -> tuple[str, ...]:
    """One finding for each scanned document that a statement with figures rests on, the doubtful figures named."""
    found: list[str] = []
    for item in evidence:
        if item.chunk.confidence is None:
            continue
        texts = [claim.text for claim in claims if item.number in claim.citations]
        figures = [figure for text in texts for figure in item.chunk.figures_in(text)]
        doubtful = [figure for figure in dict.fromkeys(figures) if figure.doubtful]
        place = {"source": item.chunk.document_id, "page": item.chunk.page or "?"}
        if doubtful:
            named = [f"{f.text} / {f.other}" if f.other else f.text for f in doubtful[:_SHOWN]]
            pages = ", ".join(dict.fromkeys(str(f.box.page) for f in doubtful))
            place["page"] = pages
            found.append(finding("scan_doubt", language, figures=", ".join(named), **place))
        elif any(c.isdigit() for text in texts for c in text):
            found.append(finding("scan", language, sure=f"{item.chunk.confidence:.0%}", **place))
    return tuple(dict.fromkeys(found))
