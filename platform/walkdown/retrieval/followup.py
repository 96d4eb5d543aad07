"""Makes a follow-up stand alone: "And for 2B?" is searched with what the questions before it were about.

Rules only. What the new question names replaces its like in the question before (a tag of the same kind, the unit);
what it leaves out (the subject) is carried over. The question as asked is kept and searched as well.
"""

import re
from collections.abc import Sequence

from walkdown.packs.schema import Pack
from walkdown.retrieval.foreign import question_language, read
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.intent import plant_units
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import normalise
from walkdown.text.tags import find_tags, of_unit

_LEANS = re.compile(
    r"^(?:그럼|그러면|그렇다면|그런데|그리고|근데|또|반대로|그건|그거|그게|그것|이건|이거|"
    r"거기|그때|그 ?(?:다음|펌프|밸브|설비|값|경우|후|전|절차)|(?:그|이|저|해당) [가-힣]|만약 그|혹시 그)"
    r"|(?:그것|그거|그건|그게|거기|그놈)(?:은|는|이|가|을|를|도|의|에|서|보다)?(?:\s|$)"
    r"|^(?:and|so|then|but|also|what about|how about|what if|same for|ok(?:ay)?,?|or)\b"
    r"|\b(?:it|its|that one|this one|they|them|their|there|the same|the other|that (?:pump|"
    r"valve|one|unit|limit|case|batch|lot|tank|vessel|reactor|column|filter|line|run|test|machine|alarm|sheet|procedure))\b(?!\s+(?:is|are)\s+(?:a|an|the)\b)"
    r"|^(?:那|那么|它)|(?:それ|その|では)|^(?:y|¿y)\s",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^\W*(?:그럼|그러면|그리고|and|what about|how about|same for|or|so|then|that for|for|"
    r"¿?y)?\W*(?:for|the|on|at|of)?\s*(?P<rest>.{1,40}?)"
    r"\s*(?:은|는|의 경우|의 경우는|도|쪽은|이라면|라면)?(?:요)?\W*(?:then|instead|as well|too)?\W*$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:그럼|그러면|그리고|and|what about|how about)", re.IGNORECASE)
_FEW_WORDS = 4
_BARE_WORDS = frozenset("about same for 어때 어때요 어떤가 어떤가요 어떻게 되나 되나요 돼 돼요 얼마 얼마야".split())


def _content(question: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", question.lower()) if word not in FUNCTION_WORDS]


def leans(question: str, pack: Pack) -> bool:
    """True when a question does not stand alone: it points back, or is short and names no equipment and no term."""
    text = normalise(question).strip()
    if _LEANS.search(text):
        return True
    language = question_language(text)
    if language in ("zh", "ja"):
        # Without spaces a whole question is one word.
        text = read(text, language, glossary=pack.glossary, grammar=pack.grammar).text or text
    names = find_tags(text, pack.grammar) or find_terms(text, pack.glossary)
    return len(_content(text)) <= (_FEW_WORDS - 2 if names else _FEW_WORDS)


def _bare(question: str, pack: Pack) -> bool:
    """True when a question is no more than a tag or a unit with words around it: "And for P-101B?"."""
    match = _ELLIPSIS.match(question)
    rest = match["rest"] if match else question
    for tag in find_tags(rest, pack.grammar):
        rest = rest.replace(tag.text, " ")
    rest = re.sub(r"[1-9]\s?호기|\bunit\s*[1-9]", " ", rest, flags=re.IGNORECASE)
    return len([w for w in _content(rest) if w not in _BARE_WORDS]) == 0


_TAIL = re.compile(
    r"^\W*(?:그럼|그러면|그리고|and|what about|how about|same for|or|so|for|"
    r"the)*\W*(?P<tail>\d{0,3}[A-D])(?![A-Za-z0-9])"
    r"(?:은|는|도|쪽은|의 경우는?)?(?:요)?\W*(?:then|instead|too)?\W*$",
    re.IGNORECASE,
)


def _twin(before: str, question: str, pack: Pack) -> str | None:
    """The earlier question about a twin named by its last letters alone: "2A는?" after BFP-1A; None otherwise."""
    match, old = _TAIL.match(question), find_tags(before, pack.grammar)
    if match is None or not old:
        return None
    tail, tag = match["tail"].upper(), old[-1]
    twin = tag.text[: -len(tail)] + tail
    alike = (
        len(tag.text) > len(tail) and tag.text[-1].isalpha() and (tag.text[-len(tail)].isdigit() == tail[0].isdigit())
    )
    known = [t for t in find_tags(twin, pack.grammar) if t.kind == tag.kind and t.text == twin]
    return before.replace(tag.text, twin) if alike and known else None


def _substituted(before: str, question: str, pack: Pack) -> str | None:
    """The earlier question about the thing that the new one names; None when it names none of that kind."""
    new, old = find_tags(question, pack.grammar), find_tags(before, pack.grammar)
    text, changed = before, False
    for tag in old:
        like = next((t for t in new if t.kind == tag.kind), None)
        if like is not None:
            text, changed = text.replace(tag.text, like.text), True
    units, had = plant_units(question), plant_units(before)
    if units and had and not changed:
        text = re.sub(rf"{had[0]}(\s?호기)", rf"{units[0]}\1", text)
        text = re.sub(rf"(\bunit\s*){had[0]}\b", rf"\g<1>{units[0]}", text, flags=re.IGNORECASE)
        changed = True
    elif new and not old:
        text, changed = f"{' '.join(t.text for t in new)} {before}", True
    elif units and (twins := [(t.text, other) for t in old if (other := of_unit(t.text, units[0])) != t.text]):
        for own, other in twins:
            text = text.replace(own, other)
        changed = True
    elif units and not had:
        label = question[: question.find(units[0]) + 3]
        text, changed = (
            f"{re.sub(r'^(?:그럼|그러면|그리고|and|what about|how about)', '', label, flags=re.IGNORECASE)} {before}",
            True,
        )
    return text.strip() if changed else None


_NAMED_BESIDES = re.compile(
    r"[1-9]\s?호기|\b[Uu]nit\s*[1-9]|(?:19|20)\d\d(?:년)?(?!\d)|(?<![A-Za-z0-9-])[A-Z]{2,4}(?![A-Za-z0-9-])"
)
"""Units, years and abbreviations that belong to what a question is about."""


def subject_of(before: str, pack: Pack) -> str:
    """What a question is about: its tags, units and glossary terms as written, or all of it where it has none."""
    spans = [(t.start, t.end) for t in find_tags(before, pack.grammar)]
    spans += [(t.start, t.end) for t in find_terms(before, pack.glossary)]
    spans += [m.span() for m in _NAMED_BESIDES.finditer(before)]
    kept: list[tuple[int, int]] = []
    # Of two that begin together the longer one: `unit 1`, not the glossary's `unit`.
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return " ".join(before[a:b] for a, b in kept) or before.rstrip("?？ .")


def names_equipment(question: str, pack: Pack) -> bool:
    """True when a question names a tag or a plant unit."""
    return bool(find_tags(question, pack.grammar) or plant_units(question))


def condense(question: str, turns: Sequence[str], pack: Pack) -> str:
    """The question with what it leaves out, from the user's earlier questions (oldest first).

    The question itself when it stands alone or nothing came before.
    """
    standing = ""
    for turn in (*turns, question):
        text = normalise(turn).strip()
        if not standing or not leans(text, pack):
            standing = text
            continue
        swapped = _twin(standing, text, pack) or (_substituted(standing, text, pack) if _bare(text, pack) else None)
        if swapped is not None:
            standing = swapped
            continue
        subject = subject_of(standing, pack)
        named = find_tags(text, pack.grammar)
        if named:
            for tag in find_tags(subject, pack.grammar):
                subject = subject.replace(tag.text, " ")
        units = plant_units(text)
        if units:
            subject = re.sub(r"[1-9]\s?호기|\bunit\s*[1-9]", " ", subject, flags=re.IGNORECASE)
        standing = f"{' '.join(subject.split())}: {text}" if subject.strip() else text
    return standing
