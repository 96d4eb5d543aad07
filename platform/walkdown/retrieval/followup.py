"""Makes a follow-up stand alone: "And for 2B?" is searched with what the questions before it were about.

Rules only. What the new question names replaces its like in the question before (a tag of the same kind, the unit);
what it leaves out (the subject) is carried over. The question as asked is kept and searched as well.
"""

import re
from collections.abc import Sequence

from walkdown.packs.schema import Pack
from walkdown.retrieval.asked_dates import without_times
from walkdown.retrieval.foreign import question_language, read
from walkdown.retrieval.glossary import find_terms
from walkdown.retrieval.intent import plant_units, unit_words
from walkdown.retrieval.lexicon import WORDED
from walkdown.text.asked_units import without_asked_units
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import normalise
from walkdown.text.property_words import kinds_of, without_properties
from walkdown.text.request_words import without_requests
from walkdown.text.tags import find_tags, of_unit

_LEANS = re.compile(
    r"^(?:그럼|그러면|그렇다면|그런데|그리고|근데|또|반대로|그건|그거|그게|그것|이건|이거|"
    r"거기|그때|그 ?(?:다음|펌프|밸브|설비|값|경우|후|전|절차)|(?:그|이|저|해당) [가-힣]|만약 그|혹시 그)"
    r"|(?:그것|그거|그건|그게|거기|그놈)(?:은|는|이|가|을|를|도|의|에|서|보다)?(?:\s|$)"
    r"|^(?:and|so|then|but|also|what about|how about|what if|same for|ok(?:ay)?,?|or)\b"
    r"|\b(?:it|its|that one|this one|they|them|their|there|the same|the other|that (?:pump|"
    r"valve|one|unit|limit|case|batch|lot|tank|vessel|reactor|column|filter|line|run|test|machine|alarm|"
    r"sheet|procedure))\b(?!\s+(?:is|are)\s+(?:a|an|the)\b)"
    r"|^(?:那|那么|它|还有|另外|以及)|(?:それ|その|では)|^(?:あと|また)、?|^¿?y\s|^(?:además|también)\b",
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
_BARE_WORDS = frozenset(
    "about same for one ones also too instead what ditto as well case 어때 어때요 어떤가 어떤가요 어떻게 "
    "되나 되나요 돼 돼요 얼마 얼마야 "
    "같아 같아요 같나 같나요 같은가요 똑같아 똑같나 동일해 동일한가 마찬가지야 쪽 쪽은 꺼 꺼는 거 거는 것 "
    "것도 호기 呢 的 那 那么 是 は の も では です "
    "の場合は の場合 のほうは の方は はどう はどうですか はどうなの y el la para de en del".split()
)


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
    if _bare(text, pack) or _only_otherwise(text):
        return True
    names = find_tags(text, pack.grammar) or find_terms(text, pack.glossary)
    return len(_content(text)) <= (_FEW_WORDS - 2 if names else _FEW_WORDS)


def _bare(question: str, pack: Pack) -> bool:
    """True when a question is no more than a tag or a unit with words around it: "And for P-101B?"."""
    match = _ELLIPSIS.match(question)
    rest = match["rest"] if match else question
    for tag in find_tags(rest, pack.grammar):
        rest = rest.replace(tag.text, " ")
    for written in (*unit_words(rest).values(), *_CODE.findall(rest)):
        rest = rest.replace(written, " ")
    return not [w for w in _content(rest) if w not in _BARE_WORDS and not _PARTICLES.fullmatch(w)]


_PARTICLES = re.compile("(?:은|는|도|이|가|의|랑)(?:요)?")
_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{1,3}-?\d{1,3}[A-Z]?(?![A-Za-z0-9-])")
"""A thing by letters and number that the grammar need not know: cycle A3, line L2."""


def _other_code(before: str, question: str) -> str | None:
    """The earlier question about another thing of its kind by number: `A3는?` after one about A1; None otherwise."""
    for new in _CODE.findall(question):
        letters = new.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789")
        for old in _CODE.findall(before):
            if old != new and old.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789") == letters:
                return before.replace(old, new)
    return None


def _only_otherwise(question: str) -> bool:
    """True when a question asks for the same once more: in another unit or form, of another time or revision.

    `psi로는?`, `표로 보여줘`, `was it different before?`, `작년 1월엔?` name nothing: the one before is kept whole.
    """
    rest = without_times(without_requests(without_asked_units(question)))
    return rest != question and not [w for w in _content(rest) if w not in _OTHERWISE and len(w) > 1]


_OTHERWISE = _BARE_WORDS | frozenset(
    "기준 기준으로 당시 당시엔 때 때는 엔 에는 에선 그때 얼마였 얼마였어 얼마였지 얼마였는데 얼마였나 "
    "몇이었어 몇이었지 였어 였지 로 으로 좀 형식 "
    "전체 다 보여줘 정리 정리해줘 만들어줘 알려줘 줄래 해줘 그걸 이걸 위 위의 이 그 환산 환산하면 see show "
    "me that this it was is same please can could "
    "you give make put into in as format form back then there convert 时 的时候 多少 是多少 で に いくら "
    "ください 教えて muéstralo ponlo dámelo eso".split()
)


_TAIL = re.compile(
    r"^\W*(?:그럼|그러면|그리고|and|what about|how about|same for|or|so|for|"
    r"the)*\W*(?P<tail>\d{0,3}[A-D])(?![A-Za-z0-9])"
    r"(?:은|는|도|쪽은|의 경우는?|の場合は|は|呢|の方は)?(?:요)?(?:\s*(?:같아|같나|같은가|똑같|동일|"
    r"마찬가지|어때|어떤가)[가-힣]*)?\W*(?:then|instead|too)?\W*$",
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
        text = text.replace(unit_words(before)[had[0]], unit_words(question)[units[0]])
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
    return text.strip() if changed else _other_code(before, question)


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
    if kept:
        return " ".join(before[a:b] for a, b in kept)
    words = [w for w in before.rstrip("?？ .").split() if not _ASKING.fullmatch(w)]
    return " ".join(words) or before.rstrip("?？ .")


def carried(before: str, question: str, pack: Pack) -> str:
    """What a follow-up takes over: the subject, but for the property asked of it where the follow-up names its own.

    One that is no more than a property (`온도는?`) asks it of all that the question before was about.
    """
    if not kinds_of(question):
        return subject_of(before, pack)
    words = without_properties(before, question).split()
    bare = not [w for w in _content(without_properties(question, question)) if w not in _BARE_WORDS]
    if bare and len(words) <= _MOST_CARRIED and question_language(before) in WORDED:
        return " ".join(w.strip("?？.,") for w in words if not _ASKING.fullmatch(w.strip("?？.,")))
    return without_properties(subject_of(before, pack), question)


_MOST_CARRIED = 8
_ASKING = re.compile(
    r"몇|몇이[가-힣]*|얼마[가-힣]*|뭐[가-힣]*|무엇[가-힣]*|언제|어떻게|[가-힣]{0,2}(?:해|돼|야|지|줘|"
    r"나)(?:요)?|도|분|초|알려|좀|"
    r"what(?:'s)?|how|is|are|the|of|on|for|in|at|long|much|many|do|does|which|when|tell|me|please|要|多少|是多少|"
    r"cuál|qué|es|el|la|los|de|del|cuánto",
    re.IGNORECASE,
)


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
        if swapped is None and _only_otherwise(text):
            swapped = f"{standing.rstrip('?？ .')} {text}"
        if swapped is not None:
            standing = swapped
            continue
        named = find_tags(text, pack.grammar)
        if named and kinds_of(text):
            standing = text
            continue
        subject = carried(standing, text, pack)
        if named:
            for tag in find_tags(subject, pack.grammar):
                subject = subject.replace(tag.text, " ")
        units = plant_units(text)
        if units:
            for written in unit_words(subject).values():
                subject = subject.replace(written, " ")
        standing = f"{' '.join(subject.split())}: {text}" if subject.strip() else text
    return standing
