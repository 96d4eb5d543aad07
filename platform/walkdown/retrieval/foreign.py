"""Reads a question in Chinese, Japanese or Spanish into English words, in its order, without any model.

The words come from `lexicon_foreign.txt` and `lexicon_foreign_plant.txt`; tags, numbers, units and Latin words stay as
they are, what is in no list is left out. The reading is no sentence: it is what a question is searched and compared
with, as the lexicon carries Korean and English, and it is never shown as fact. Decision 0035 tells what it is worth.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from walkdown.documents import Language
from walkdown.packs.schema import GlossaryEntry
from walkdown.retrieval.foreign_words import ARTICLES, LEAST_STEM, READ, Words, fold, phrases, words_of
from walkdown.retrieval.glossary import find_terms
from walkdown.text.asked_amounts import kind_of_unit
from walkdown.text.function_words import FUNCTION_WORDS
from walkdown.text.languages import detect_language
from walkdown.text.tags import TagPattern, find_tags

ENOUGH = 0.6
"""Share of a question's own words that must be read for the reading to stand for it."""
_CJK = re.compile(r"[㐀-鿿々〆ぁ-ゖァ-ヺー]+")
_MEANS = re.compile(r"[㐀-鿿々ァ-ヺ]")
"""Characters that carry meaning: hiragana are endings, and the words among them are in the list."""
_KATAKANA = re.compile(r"[ァ-ヺ]")
_HEADS = frozenset("泵阀罐塔弁槽釜炉")
NUMBER_WORDS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    language: tuple((re.compile(pattern), to) for pattern, to in rules)
    for language, rules in {
        "zh": (
            (r"(?<!\d)([1-9])\s?号\s?(?:发电)?机组?|(?<!\d)([1-9])\s?机组|第([1-9])\s?机组", r" unit \1\2\3 "),
            (r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]", r" \1-\2-\3 "),
            (r"((?:19|20)\d\d)\s?年", r" \1 "),
            (r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]", r" \1月\2日 "),
            (r"(?<=\d)\s?分钟?", " minutes "),
            (r"(?<=\d)\s?[天日]", " days "),
            (r"(?<=\d)\s?年", " years "),
            (r"(?:报警|警报)([^,，。?？]{0,6})(?:解除|消除|取消)", r" reset alarm \1"),
            (r"[让使](?=[^,，。?？]{1,14}不(?:动作|跳|响|报警|触发|起作用))", " keep from tripping "),
            (r"(?:多久|多长时间)(?=[^,，。?？]{1,8}一次)", " how often "),
            (r"(?:多少|几)\s?(?=[A-Za-zµ°℃%])", " how many "),
        ),
        "ja": (
            (r"(?<!\d)([1-9])\s?号\s?(?:機|ユニット)", r" unit \1 "),
            (r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日", r" \1-\2-\3 "),
            (r"((?:19|20)\d\d)\s?年", r" \1 "),
            (r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?日", r" \1月\2日 "),
            (r"(?<=\d)\s?時間", " hours "),
            (r"(?<=\d)\s?分間?", " minutes "),
            (r"(?<=\d)\s?日間?", " days "),
            (r"(?<=\d)\s?年間?", " years "),
            (r"(?<=\d)\s?回", " times "),
            (r"何\s?(?=[A-Za-zµ°℃%])", " how many "),
        ),
        "es": (),
    }.items()
}
"""Words that mean something else beside a number than alone: 時 is a time of day, 時間 hours or time."""
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_WORD = re.compile(r"(?P<code>[^\s¿¡]*\d[^\s?!]*|[°µ%‰℃]\S*)|(?P<word>[^\W\d_]+)|(?P<sign>[^\s\w]+)")


class Reading(NamedTuple):
    """A question in English words, and the share of its own words that was read, 0 to 1."""

    text: str
    share: float

    @property
    def enough(self) -> bool:
        """True where the reading may stand for the question."""
        return bool(self.text) and self.share >= ENOUGH


NOTHING_READ = Reading("", 0.0)


class _Piece(NamedTuple):
    """A stretch of a question: its English, how much of it was read and not read, and the form that it is."""

    english: str
    read: int = 0
    unread: int = 0
    text: str = ""


class _Cut(NamedTuple):
    """A piece of a run; `english` is None where it was not read, "" where it means nothing."""

    text: str
    english: str | None

    @property
    def unread(self) -> bool:
        return self.english is None and _MEANS.match(self.text) is not None


def _cuts(run: str, words: Words) -> list[_Cut]:
    """A run in the fewest pieces that leave least unread; of equals the longest first."""
    best: list[tuple[float, int, str | None]] = [(0.0, 0, None)] * (len(run) + 1)
    for at in range(len(run) - 1, -1, -1):
        best[at] = (best[at + 1][0] + (3.0 if _MEANS.match(run[at]) else 1.0), 1, None)
        for size in range(min(words.reach.get(run[at], 0), len(run) - at), 0, -1):
            english = words.forms.get(run[at : at + size])
            cost = best[at + size][0] + (1.0 if size > 1 else 2.0)
            if english is not None and cost < best[at][0]:
                best[at] = (cost, size, english)
    cuts, at = [], 0
    while at < len(run):
        _, size, english = best[at]
        cuts.append(_Cut(run[at : at + size], english))
        at += size
    return cuts


def _is_part(cut: _Cut, before: _Cut | None, after: _Cut | None) -> bool:
    """True for what was found within a word that is in no list: 氧 in 过氧化物, ロック in ブロック.

    That is a single character, or katakana, beside an unread one; a machine at the end of its name is meant (螺杆泵).
    """
    if not cut.english:
        return False
    single = len(cut.text) == 1
    if (
        after is not None
        and after.unread
        and (single or (_KATAKANA.match(cut.text[-1]) and _KATAKANA.match(after.text)))
    ):
        return True
    if before is None or not before.unread or cut.text in _HEADS:
        return False
    return single or bool(_KATAKANA.match(before.text) and _KATAKANA.match(cut.text))


def segmented(run: str, words: Words) -> Iterator[_Piece]:
    """Forms of a run without spaces, in its order."""
    cuts = _cuts(run, words)
    for before, cut, after in zip([None, *cuts[:-1]], cuts, [*cuts[1:], None], strict=True):
        means = len(_MEANS.findall(cut.text))
        if _is_part(cut, before, after):
            yield _Piece("", 0, means, cut.text)
            continue
        # A question word in hiragana is read, too, but its letters are no measure of what else was.
        read, unread = (means if cut.english else 0), (means if cut.english is None else 0)
        yield _Piece(cut.english or "", read, unread, cut.text)


def _unspaced(text: str, words: Words, kept: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """Pieces of Chinese or Japanese; what stands between its runs, and in the spans kept, is taken as it is."""
    at = 0
    for match in _CJK.finditer(text):
        start, end = match.span()
        if any(a < end and start < b for a, b in kept):
            continue
        yield _Piece(text[at:start])
        yield from segmented(match.group(), words)
        at = end
    yield _Piece(text[at:])


def _phrases(tokens: Sequence[str], words: Words, glossary: Sequence[GlossaryEntry]) -> Iterator[_Piece]:
    """Spanish words in a row, longest phrase first; articles are let pass."""
    for phrase, english in phrases(tokens, words):
        if english is not None:
            yield _Piece(english, len(phrase) if english else 0, text=" ".join(phrase))
            continue
        token = phrase[0]
        stays = bool(kind_of_unit(token)) or any(c.isupper() for c in token[1:])
        stays = stays or (len(token) > LEAST_STEM and bool(find_terms(token, glossary)))
        yield _Piece(token, 1) if stays else _Piece("", 0, 1)


def _spaced(
    text: str, words: Words, kept: Sequence[tuple[int, int]], glossary: Sequence[GlossaryEntry]
) -> Iterator[_Piece]:
    """Pieces of Spanish."""
    row: list[str] = []
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        span = next(((a, b) for a, b in kept if a < end and start < b), None)
        if span is None and match["word"]:
            row.append(match.group())
            continue
        yield from _phrases(row, words, glossary)
        row = []
        if span is None:
            yield _Piece(match.group() if match["code"] else match.group().strip("¿¡\"'«»"))
        elif span[0] >= at:
            yield _Piece(text[span[0] : span[1]])
            at = span[1]
    yield from _phrases(row, words, glossary)


def _kept(
    text: str, language: Language, glossary: Sequence[GlossaryEntry], grammar: Sequence[TagPattern]
) -> list[tuple[int, int]]:
    """Spans that stay as they are: tags, and the glossary's terms where their Latin form stands in the text.

    A single small Spanish word is read by the list first: `par` is a torque, not a proven acceptable range.
    """
    spans = [(tag.start, tag.end) for tag in find_tags(text, grammar)]
    for term in find_terms(text, glossary):
        written = text[term.start : term.end]
        sure = language != "es" or " " in written or written[1:].lower() != written[1:]
        if sure and not text.isupper() and all(term.end <= a or term.start >= b for a, b in spans):
            spans.append((term.start, term.end))
    return sorted(spans)


def read(
    question: str,
    language: Language,
    *,
    glossary: Sequence[GlossaryEntry] = (),
    grammar: Sequence[TagPattern] = (),
) -> Reading:
    """A question in one of `READ` as English words; nothing is read of other languages."""
    if language not in READ:
        return NOTHING_READ
    pieces = _pieces(question, language, glossary, grammar)
    done, left = sum(p.read for p in pieces), sum(p.unread for p in pieces)
    joined = " ".join(p.english.strip() for p in pieces if p.english.strip())
    joined = re.sub(r"\s+(?=[,.;:?!)])", "", joined.replace("。", ".").replace("、", ","))
    return Reading(" ".join(joined.split()).strip(" ,.;:"), done / (done + left) if done else 0.0)


def said_as(
    term: str,
    question: str,
    language: Language,
    *,
    glossary: Sequence[GlossaryEntry] = (),
    grammar: Sequence[TagPattern] = (),
) -> str:
    """The question's own words that were read as an English term, to tell the reader; the term where there are none."""
    if language not in READ:
        return term
    wanted = set(term.lower().split())
    found = [
        (words, piece.text)
        for piece in _pieces(question, language, glossary, grammar)
        if piece.read and piece.text and (words := set(piece.english.lower().split())) <= wanted
    ]
    own = (" " if language == "es" else "").join(dict.fromkeys(text for _, text in found))
    return own if wanted == {word for words, _ in found for word in words} else term


def _pieces(
    question: str, language: Language, glossary: Sequence[GlossaryEntry], grammar: Sequence[TagPattern]
) -> list[_Piece]:
    text = fold(question, language)
    for pattern, to in NUMBER_WORDS[language]:
        text = pattern.sub(to, text)
    words = words_of(language)
    for form in words.mixed:
        text = text.replace(form, f" {words.forms[form]} ")
    kept = [*_kept(text, language, glossary, grammar), *(m.span() for m in _DAY.finditer(text))]
    return list(_spaced(text, words, kept, glossary) if language == "es" else _unspaced(text, words, kept))


_SPANISH_ONLY = ARTICLES | frozenset({"en", "por", "con", "para", "que", "se", "hay", "está", "esta"})
_SURELY = 0.8
_FEWEST = 2


def question_language(question: str) -> Language:
    """Language of a question; Spanish typed without accents is told from English by its words.

    A document has words enough to be known by its function words; a question may be `fuga de amoniaco en el tanque`.
    """
    language = detect_language(question)
    words = [m["word"] for m in _WORD.finditer(question) if m["word"]]
    if language != "en" or not _SPANISH_ONLY & set(words):
        return language
    if any(word.lower() in FUNCTION_WORDS and word.lower() != "no" for word in words):
        return language
    pieces = list(_phrases(words, words_of("es"), ()))
    read_words, unread = sum(p.read for p in pieces), sum(p.unread for p in pieces)
    return "es" if read_words >= _FEWEST and read_words >= _SURELY * (read_words + unread) else language
