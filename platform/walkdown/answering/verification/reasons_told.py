"""Why: the reason that a claim gives stands in a cited passage, near the statement of which it is the reason.

Between languages it is held against the concepts that glossary and lexicon know; a reason of which most is not carried
over is not borne out, and does not stand.
"""

import re
from collections.abc import Iterator, Sequence

from walkdown.answering.verification.grounding import content_words, share_held
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.reading import Cited
from walkdown.answering.verification.sources import evidence_text
from walkdown.answering.verification.statements import split_statements
from walkdown.documents import Check, Claim, Evidence
from walkdown.retrieval.intent import answer_kind
from walkdown.retrieval.naming import names
from walkdown.text.languages import detect_language, normalise

_REASON = re.compile(
    r"(?P<ko>[^,.]*?[가-힣])\s?때문|\b(?:because|due to|owing to|as a result of)\b(?P<en>[^,.;]+)", re.IGNORECASE
)
_REASON_ASKED = re.compile(
    r"(?P<ko>[^,.]*?[가-힣](?:[아어여해]서|므로|니까|라서|탓(?:에|으로)))(?![가-힣])|"
    r"\b(?:since|as)\b(?P<en>[^,.;]+)",
    re.IGNORECASE,
)
"""How a reason is given where it is asked for; else these tell a time or a sequence as well."""
_REASON_READ = re.compile(
    r"\b(?:porque|debido a|se debe a(?: que)?|ya que|puesto que)\b(?P<es>[^.;]+)|"
    r"(?:因为|由于)(?P<zh>[^，。,;]+)|(?P<ja>[^、。]+?)(?:ため(?:です|だ|である|、)|からです)",
    re.IGNORECASE,
)
"""The same in the languages that are read word by word."""
_SPOKEN = 0.6
"""Share of what a reason is given of that the statement beside it must hold."""
_REASONED = 0.55
"""Share of the words of a reason that the passage must hold."""
_LEAST = 2
"""Concepts known in both languages from which a reason may be held against a passage in the other."""


def check_reason(claim: Claim, cited: Cited, question: str) -> Check:
    """A reason given is one of the passages, in the claim's language or by what dictionaries carry over."""
    text, language = normalise(claim.text), detect_language(claim.text)
    same = [e for e in cited.evidence if e.chunk.language == language]
    said = _given(text, asks_why=answer_kind(question) == "reason")
    if not content_words(said) or " | " in text:
        return skipped("reason", "no_reason")
    held = _is_held(said, text, same) if same else _is_carried(said, cited)
    return passed("reason") if held else failed("reason", "reason_elsewhere", what=said.strip()[-40:])


def _given(text: str, *, asks_why: bool) -> str:
    patterns = (_REASON, *((_REASON_ASKED,) if asks_why else ()), _REASON_READ)
    match = next((m for pattern in patterns if (m := pattern.search(text))), None)
    return next((g for g in match.groups() if g), "") if match else ""


def _is_carried(said: str, cited: Cited) -> bool:
    """True across languages where the passages name most of what a reason speaks of that is known in both."""
    spoken = cited.reader.known_concepts(said)
    texts = [evidence_text(e) for e in cited.evidence]
    held = [c for c in spoken if any(names(text, c) for text in texts)]
    return len(held) >= _REASONED * len(spoken) if len(spoken) >= _LEAST else bool(held)


def _is_held(said: str, text: str, cited: Sequence[Evidence]) -> bool:
    """True where most words of a reason stand where it may stand."""
    words, language = content_words(said), detect_language(text)
    rest = [w for w in content_words(text) if w not in words]
    shares = (share_held(words, [near], language) for near in _near(rest, cited, text))
    return max(shares, default=1.0) >= _REASONED


def _near(rest: Sequence[str], cited: Sequence[Evidence], text: str) -> list[str]:
    """Where a reason may stand: near a statement that says what it is the reason of, if any does."""
    places = list(_neighbours(cited))
    shares = [share_held(rest, [near], detect_language(text)) if rest else 0.0 for near in places]
    best = max(shares, default=0.0)
    return [p for p, share in zip(places, shares, strict=True) if share >= best - 0.01] if best >= _SPOKEN else places


def _neighbours(cited: Sequence[Evidence]) -> Iterator[str]:
    """Each statement with the one before and the one after it, and what stands above: where a reason is given."""
    for evidence in cited:
        text = normalise(evidence.chunk.text)
        # A step may hold several sentences.
        parts = [p for s in split_statements(text) for p in re.split(r"(?<=[.。])\s", s.text)] or [text]
        above = evidence_text(evidence).replace(evidence.chunk.text, " ")
        yield from ("\n".join((above, *parts[max(0, i - 1) : i + 2])) for i in range(len(parts)))
