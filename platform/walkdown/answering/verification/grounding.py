"""Whether the words of a claim stand in the passage it cites: the subject must be the passage's, not the question's.

A small model likes to repeat the question with a number from a neighbouring line ("the lube oil alarm is 85 °C" from
a passage on bearings). Its number passes; its subject does not. So the question never counts as support here.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from walkdown.answering.verification.denials import ANSWER_WORD
from walkdown.answering.verification.foreign import holds_meaning, telling_words
from walkdown.answering.verification.outcome import failed, passed, skipped
from walkdown.answering.verification.sources import evidence_text
from walkdown.answering.verification.statements import clauses
from walkdown.documents import Check, Claim, Evidence, Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.foreign_passages import in_english, language_of
from walkdown.retrieval.foreign_words import READ
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.lexicon import WORDED, Concept, concepts, of_entry, stem
from walkdown.retrieval.naming import is_manner, names
from walkdown.text.function_words import COUNTER, FUNCTION_WORDS
from walkdown.text.held_words import PARTICLE, holds, terms_of, without_endings
from walkdown.text.labels import find_labels
from walkdown.text.languages import detect_language, normalise
from walkdown.text.quantities import find_quantities
from walkdown.text.substances import substances
from walkdown.text.units import is_unit

MIN_GROUNDED = 0.6
"""Share of a claim's content words that the cited passage must hold when both are in one language."""
MIN_ANCHORED = 0.3
"""The same where a number or tag of the claim was found in its place: free words may then differ more."""
MIN_ACROSS = 0.5
"""Share of a claim's everyday and plant concepts that the passage must name in its own language."""

_TELLS = 2
"""Content words from which a clause tells something of its own."""
_CODE = re.compile(r"(?=[A-Za-z0-9\-/.]*\d)[A-Za-z0-9]+(?:[-/.][A-Za-z0-9]+)*")
_INFLECTION = re.compile(
    r"^(?:까지|부터|으로|에서)?(?:이|였|었|이었|하|해야|해서는|되|돼|됩|합|있|없|않|입|안|됐|했|가능|므로|때|수)[가-힣]{0,3}"
    r"(?:니다|다|요|며|고|면|는|로)?$"
)
_HANGUL = re.compile(r"[가-힣]+")
_TOPIC = re.compile(r"(?P<word>[가-힣]+)(?:은|는)\s")
_WHICH = re.compile(r"(?:같|높|낮|많|적|작|짧|넓|좁|깊|얕|굵|늦|좋|않)은|[가-힣]*(?:하|되|시키|오|쓰|걸리)는")
"""Words that end like a topic and say which: `같은 한계`, `나오는 값`."""
_FINALS = 28
_WORD = re.compile(r"[가-힣]+|[぀-ヿ]+|[一-鿿]+|[A-Za-zÀ-ɏ]{2,}")

_ENDS = ("점", "률", "율", "도", "치", "량", "압", "계", "제", "성")
"""Syllables that make a quantity or a thing of its own of the word before them."""
_HOW_OFTEN = re.compile(
    r"(?:하루|이틀|한 주|일주일|한 달|일 년|한 해|\d+\s?[년월주일])에\s?[한두세네]\s?번(?:씩)?|매일|매주|매월|매년"
)
"""How often: an amount in words."""
_OF_CHANGE = re.compile(
    r"(?:줄[이인입였]|늘[리립렸린]|바[꾸꿉꿨뀌뀐]|낮[추춥췄춘]|높[이입였인]|올[리립렸린]|내[리립렸린])[가-힣]{0,4}|"
    r"(?:short|length)ened|reduced|increased|raised|lowered|changed|extended"
)
"""That a value was changed: what from and to is checked by its amounts."""
_OF_SPEECH = re.compile(r"우리|저희|그럼|그러면|정답|답변|이번|저번|지난번?|[가-힣]{1,3}(?:하신|하시는|주신)")
"""Korean words by which one speaks to the other and not of the plant."""
_OF_ANSWERS = frozenset(
    "according revision document documents procedure passage evidence states stated says specified section table "
    "both now then today before previously earlier formerly currently respectively 각각 모두 둘다 현재 지금 종전 이전 "
    "문서 문서에 절차서 절차서에 개정 근거 근거에 따르면 명시 규정 answer yes note 답 네 예 넵 아니오 아니요 아뇨 "
    "지금도 이제 변경 그다음 먼저 우선 이어서 first next です だ ます である "
    "필요 경우 경우라면 외의 나머지 대상 방식 쪽 쪽은 그것 그것은 그것을 "
    "이것 잠시 잠깐 get gets got goes take takes taken put use wear keep need needs".split()
)
"""Words by which an answer speaks of its sources, or sets two of its values side by side."""


def content_words(text: str) -> list[str]:
    """Words that carry meaning, lower case, without function words; codes and numbers are left to other checks."""
    text = COUNTER.sub(" ", _HOW_OFTEN.sub(" ", text))
    for q in reversed(find_quantities(text)):
        text = f"{text[: q.start]} {text[q.end :]}"
    words = telling_words([m.lower() for m in _WORD.findall(without_endings(_CODE.sub(" ", text)))], text)
    words = [w for w in words if w not in _OF_ANSWERS and PARTICLE.sub("", w) not in _OF_ANSWERS]
    words = [w for w in words if not (_INFLECTION.match(w) or _OF_CHANGE.fullmatch(w))]
    return [w for w in words if w not in FUNCTION_WORDS and PARTICLE.sub("", w) not in FUNCTION_WORDS]


def _share(words: Sequence[str], cited: Sequence[Evidence], language: Language) -> float:
    return share_held(words, [evidence_text(e) for e in cited], language)


def share_held(words: Sequence[str], texts: Sequence[str], language: Language) -> float:
    """Share of content words, of which there is one at least, that texts hold, in whatever inflection."""
    held = {t for text in texts for t in terms_of(text)}
    stems = {stem(t) for t in held if t.isascii()}
    return sum(
        holds(held, w)
        or (w.isascii() and stem(w) in stems)
        or any(holds_meaning(t, w, language) or _in_other_words(t, w, language) for t in texts)
        for w in words
    ) / len(words)


def _in_other_words(text: str, word: str, language: Language) -> bool:
    """True where a text has another word of the same meaning: `생략` for `건너뛸`, `omitted` for `skip`."""
    return language in WORDED and any(names(text, concept) for concept in _meanings(word))


@lru_cache(maxsize=4096)
def _meanings(word: str) -> tuple[Concept, ...]:
    return tuple(c for c in concepts(word, (), ()) if c.ko and c.en and c.weight == 1.0)


def _across(claim: Claim, cited: Sequence[Evidence], glossary: Sequence[GlossaryEntry], *, anchored: bool) -> Check:
    """Between two languages: enough of the claim's concepts are named in the passage, by lexicon and glossary.

    Words that no dictionary carries over tell nothing where a number or tag is in its place; where none is, nothing
    bears the claim out, and it does not stand.
    """
    language = language_of(claim.text)
    if language in READ:
        words = content_words(claim.text)
        share = _share(words, cited, language) if len(words) > _TELLS or (words and not anchored) else 0.0
        if share >= MIN_ACROSS:
            return passed("grounding", "share_across", share=f"{share:.0%}")
        return _not_carried(share, anchored=anchored or not words)
    spoken = concepts(claim.text, find_terms(claim.text, glossary), ())
    texts = {e.chunk.language: normalise(evidence_text(e)) for e in cited}
    wanted = [c for c in spoken if c.ko and c.en]
    if not _mostly_named(claim.text, spoken, said := "\n".join(texts.values())) and (
        strange := _strange_subject(claim.text, spoken, said)
    ):
        return failed("grounding", "unknown_word", what=strange)
    held = [c for c in wanted if any(_is_named(c, text, own) for own, text in texts.items())]
    if len(wanted) < 3 and (anchored or held or not content_words(claim.text)):
        return skipped("grounding", "two_languages")
    share = len(held) / max(len(wanted), 1)
    if share < MIN_ACROSS:
        return _not_carried(share, anchored=anchored)
    return passed("grounding", "share_across", share=f"{share:.0%}")


def _not_carried(share: float, *, anchored: bool) -> Check:
    if anchored:
        return skipped("grounding", "share_translated", share=f"{share:.0%}")
    return failed("grounding", "share_translated", share=f"{share:.0%}")


def _is_named(concept: Concept, text: str, language: Language) -> bool:
    if language in READ:
        return names(text, concept)
    return any(name.lower()[:-1] in text.lower() for name in concept.names(language) if name[1:])


def _strange_subject(text: str, spoken: Sequence[Concept], passages: str) -> str:
    """A Korean word of what a claim is about (`불소 한계는`) that no dictionary carries over and no passage holds.

    What it is then said to be cannot be held against anything.
    """
    about = _topic(normalise(text))
    if not about:
        return ""
    held = "".join(passages.split())
    for concept in spoken:
        if whole := _half_known(concept, about, passages):
            return whole
        unknown = concept.weight == 1.0 and not concept.en and len(concept.written) > 1 and not is_manner(concept)
        unknown = unknown and not _OF_SPEECH.fullmatch(concept.written) and not is_unit(concept.written)
        unknown = unknown and not substances(concept.written)
        named = unknown and _HANGUL.fullmatch(concept.written) and concept.written in about
        if named and not holds(terms_of(passages), concept.written) and concept.written not in held:
            return concept.written
    return ""


def _mostly_named(text: str, spoken: Sequence[Concept], passages: str) -> bool:
    """True where a passage in another language names most of what the subject is made of.

    One word that no dictionary has may be carried over then: `최대 산화물 투입 속도는` of the maximum oxide feed rate.
    """
    about = _topic(normalise(text))
    parts = [c for c in spoken if c.weight == 1.0 and c.written in about]
    return 2 * sum(bool(c.en) and names(passages, c) for c in parts) > len(parts)


def _topic(text: str) -> str:
    """A sentence up to the Korean particle of its topic; empty without one."""
    for match in _TOPIC.finditer(re.split(r"[.,:|?]", text, maxsplit=1)[0]):
        # After a consonant `는` ends a verb (`넘는`), never a noun.
        closed = text[match.end("word")] == "는" and (ord(match["word"][-1]) - ord("가")) % _FINALS
        if not closed and not _WHICH.fullmatch(text[match.start("word") : match.end("word") + 1]):
            return text[: match.end("word")]
    return ""


def _half_known(concept: Concept, topic: str, passages: str) -> str:
    """The compound of a subject of which a dictionary carries over but a part, that no passage names: 기포점."""
    if not concept.en or not _HANGUL.fullmatch(concept.written) or names(passages, concept):
        return ""
    words = (PARTICLE.sub("", word) for word in topic.split() if word.startswith(concept.written))
    return next((word for word in words if len(word) == len(concept.written) + 1 and word.endswith(_ENDS)), "")


def _other_substance(text: str, passages: str) -> str:
    """A gas or chemical of a claim, as written, that no passage names in any language: nitrogen is not for CO2."""
    held = substances(passages)
    return next((written for name, written in substances(text).items() if name not in held), "")


def _made_up(text: str, cited: Sequence[Evidence], question: str) -> str:
    """A clause of a claim, without an amount, of which no cited passage holds a word: a made-up action."""
    for part in clauses(ANSWER_WORD.sub(" ", text)) if " | " not in text else ():
        words = [] if find_quantities(part.text) else content_words(part.text)
        # The case that is asked of may be said again.
        words = [] if set(words) <= set(content_words(question)) else words
        if len(words) >= _TELLS and not _share(words, cited, detect_language(text)):
            return part.text.strip()[-40:]
    return ""


def check_grounding(
    claim: Claim,
    cited: Sequence[Evidence],
    glossary: Sequence[GlossaryEntry] = (),
    *,
    anchored: bool = False,
    question: str = "",
) -> Check:
    """Enough of the claim's content words stand in the cited passage, or of its concepts in another language."""
    language = detect_language(claim.text)
    same = [e for e in cited if e.chunk.language == language]
    words = content_words(claim.text)
    if other := _other_substance(claim.text, "\n".join(map(evidence_text, cited))):
        return failed("grounding", "unknown_word", what=other)
    if not same:
        return _across(claim, cited, glossary, anchored=anchored)
    if strange := _strange_subject(
        claim.text, concepts(claim.text, find_terms(claim.text, glossary), ()), "\n".join(map(evidence_text, cited))
    ):
        return failed("grounding", "unknown_word", what=strange)
    if not words:
        return skipped("grounding", "no_words")
    if made_up := _made_up(claim.text, same, question):
        return failed("grounding", "unknown_word", what=made_up)
    share = _share(words, same, language)
    if share < (MIN_ANCHORED if anchored else MIN_GROUNDED):
        return failed("grounding", "few_words", share=f"{share:.0%}")
    return passed("grounding", "share_of_words", share=f"{share:.0%}")


def _names(cited: Sequence[Evidence], entry: GlossaryEntry) -> bool:
    text = "\n".join(evidence_text(e) for e in cited)
    if find_terms(text, (entry,)) or (in_english(text) and names(text, of_entry(entry))):
        return True
    # A term may stand there inflected or compounded: then its words do.
    words = [w for form in (entry.ko, entry.en) if (w := content_words(form))]
    held = terms_of(text)
    stems = {stem(t) for t in held if t.isascii()}
    return any(all(holds(held, w) or (w.isascii() and stem(w) in stems) for w in form) for form in words)


def _names_otherwise(cited: Sequence[Evidence], entry: GlossaryEntry) -> bool:
    """True where the passage names a term by what the lexicon calls it: 정지 is a shutdown, and a stop."""
    meant = concepts(entry.ko, (), ())
    return len(meant) == 1 and any(names(evidence_text(e), meant[0]) for e in cited)


def check_terms(
    claim: Claim, cited: Sequence[Evidence], glossary: Sequence[GlossaryEntry], *, anchored: bool = False
) -> Check:
    """Every glossary term of the claim is named in the cited passage, in either language or as a synonym.

    A document may use other words than the glossary: most of them will do. Where the passage's own statement names the
    claim's tag (`anchored`) the subject is known, and none need be.
    """
    # Which unit is meant is held against the passage's labels and tags: `Unit 12` may be GT12 there.
    text = claim.text
    for label in reversed(find_labels(text)):
        text = f"{text[: label.start]}{' ' * (label.end - label.start)}{text[label.end :]}"
    used = {t.entry.en: t.entry for t in find_terms(text, glossary) if t.entry.en not in _OF_ANSWERS}
    if not used:
        return skipped("terms", "no_term")
    missing = [name for name, entry in used.items() if not (_names(cited, entry) or _names_otherwise(cited, entry))]
    across = all(e.chunk.language != detect_language(claim.text) for e in cited)
    few = 2 * len(missing) < len(used) or (across and 2 * len(missing) == len(used))
    if missing and not anchored and not few:
        return failed("terms", "not_spoken_of", what=", ".join(missing))
    return passed("terms", "found", what=", ".join(used))
