"""The inflections by which a Korean verb or adjective is recognised, from its dictionary form ("끊다").

Korean glues endings to the stem and changes both where they meet (자르 + 어 is 잘라, 뜨겁 + 은 is 뜨거운), so neither
the dictionary form nor the stem alone finds a verb in a question. Only beginnings are made: what follows is left open.
"""

from typing import NamedTuple

_BASE = 0xAC00
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_SILENT = 11
"""The initial ㅇ, which is not spoken."""
_MERGED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}
"""A stem's open vowel and what it becomes with 아 or 어."""
_SOFT_D = ("듣", "걷", "싣", "묻", "깨닫")
_DROPS_S = ("붓", "잇", "짓", "젓", "긋", "낫")
_SOFT_B = frozenset("굽눕줍돕쉽덥춥맵")
_FIRM_B = ("잡", "뽑", "접", "입", "씹", "집", "좁")
"""Stems whose final consonant gives way to a vowel; of stems with several syllables every ㅂ does but these."""
_OTHER_NOUNS = frozenset({"이름", "그림", "바람", "구름", "다음", "마음", "기름", "지름"})
_ENDINGS = ("고", "는", "기", "게", "지", "던", "도록", "니", "네", "든", "거나")
_PAST_ENDINGS = ("다", "어", "는", "을", "던", "고", "네", "지", "나", "으")
_LINKED_ENDINGS = ("서", "야", "도", "지", "졌", "져", "놓", "두", "버", "보", "있")


class _Syllable(NamedTuple):
    """A Hangul syllable by its parts: the number of its initial, its vowel and its final consonant."""

    initial: int
    vowel: str
    final: str

    @classmethod
    def of(cls, letter: str) -> "_Syllable":
        initial, rest = divmod(ord(letter) - _BASE, 588)
        vowel, final = divmod(rest, 28)
        return cls(initial, _VOWELS[vowel], _FINALS[final])

    def __str__(self) -> str:
        return chr(_BASE + self.initial * 588 + _VOWELS.index(self.vowel) * 28 + _FINALS.index(self.final))


def _with_final(text: str, final: str) -> str:
    return text[:-1] + str(_Syllable.of(text[-1])._replace(final=final))


def _link(before: str, vowel: str) -> str:
    """아 after a bright vowel, 어 after any other."""
    return before + ("아" if vowel in "ㅏㅗ" else "어")


def _open(stem: str) -> list[str]:
    """Forms of a stem that ends in a vowel: joined with 아 or 어, and with a final ㄴ or ㄹ."""
    last = _Syllable.of(stem[-1])
    before = _Syllable.of(stem[-2]) if len(stem) > 1 else None
    if last.vowel == "ㅡ":
        if stem[-1] == "르" and before is not None and not before.final:
            linked = _with_final(stem[:-1], "ㄹ") + ("라" if before.vowel in "ㅏㅗ" else "러")
        else:
            bright = before is not None and before.vowel in "ㅏㅗ"
            linked = stem[:-1] + str(last._replace(vowel="ㅏ" if bright else "ㅓ"))
    else:
        linked = stem[:-1] + str(last._replace(vowel=_MERGED.get(last.vowel, last.vowel)))
    joined = [linked] if len(linked) > 1 else [linked + ending for ending in _LINKED_ENDINGS]
    past = _with_final(linked, "ㅆ")
    joined += [past] if len(past) > 1 else [past + ending for ending in _PAST_ENDINGS]
    ended = [_with_final(stem, "ㄴ"), _with_final(stem, "ㄹ")] if len(stem) > 1 else []
    return [*joined, *ended, stem + "면", _with_final(stem, "ㄴ") + "다"]


def _soft(stem: str) -> str | None:
    """What a stem becomes before a vowel where its final consonant gives way; None for a regular one."""
    last = _Syllable.of(stem[-1])
    if last.final == "ㄷ" and stem in _SOFT_D:
        return _with_final(stem, "ㄹ")
    if last.final == "ㅅ" and stem.endswith(_DROPS_S):
        return _with_final(stem, "")
    if last.final == "ㅂ" and (stem in _SOFT_B or (len(stem) > 1 and not stem.endswith(_FIRM_B))):
        return _with_final(stem, "") + "우"
    return None


def _closed(stem: str) -> list[str]:
    """Forms of a stem that ends in a consonant."""
    last = _Syllable.of(stem[-1])
    soft = _soft(stem)
    if last.final == "ㅂ" and soft is not None:
        bare = soft[:-1]
        return [bare + "워", bare + "웠", bare + "운", bare + "울", bare + "우"]
    body = soft or stem
    linked = [_link(body, last.vowel), _with_final(_link(body, last.vowel), "ㅆ")]
    if last.final == "ㄹ":
        bare = _with_final(stem, "")
        return [*linked, stem + "면", bare + "는", bare + "니", *([_with_final(stem, "ㄴ")] if len(stem) > 1 else [])]
    return [*linked, body + "은", body + "을", body + "으"]


def _noun(stem: str) -> str:
    """A stem as a noun, as lists and alarms are written: 높음, 떨어짐, 뜨거움; "" where another word is written so."""
    last = _Syllable.of(stem[-1])
    if not last.final:
        noun = _with_final(stem, "ㅁ") if len(stem) > 1 else ""
        return "" if noun in _OTHER_NOUNS else noun
    soft = _soft(stem)
    if last.final == "ㅂ" and soft is not None:
        return soft[:-1] + "움"
    return (soft or stem) + "음" if last.final != "ㄹ" else ""


def inflections(verb: str) -> tuple[str, ...]:
    """Beginnings of a verb's forms, at least two syllables each, commonest first; `verb` ends in 다.

    A stem of several syllables is one of them and stands for all forms that leave it whole.
    """
    stem = verb.removesuffix("다")
    plain = [stem] if len(stem) > 1 else [stem + ending for ending in _ENDINGS]
    changed = _closed(stem) if _Syllable.of(stem[-1]).final else _open(stem)
    kept = dict.fromkeys([_noun(stem), *plain[:3], *changed, *plain[3:]])
    return tuple(form for form in kept if len(form) > 1)
