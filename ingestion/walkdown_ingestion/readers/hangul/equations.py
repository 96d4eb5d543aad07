"""Formulas of Hangul in one line: its script `{a} over {b}`, `10 ^{5}` as `(a)/(b)`, `10^5`, as formulas of Word read.

Left as a script, the raised 5 of `10 ^{5} Pa` would state 5 Pa.
"""

import re

from walkdown_ingestion.clean import clean_line
from walkdown_ingestion.readers.formulas import joined, scripts

_TOKEN = re.compile(r'"[^"]*"|[{}^_#&]|<=|>=|!=|==|\+-|-\+|->|<-|<<|>>|[A-Za-z]+|\d+(?:[.,]\d+)*|\S')
_SIGNS = {
    "times": "×", "div": "÷", "cdot": "·", "+-": "±", "plusminus": "±", "-+": "∓", "minusplus": "∓",
    "<=": "≤", "leq": "≤", "le": "≤", ">=": "≥", "geq": "≥", "ge": "≥", "!=": "≠", "neq": "≠",
    "==": "≡", "approx": "≈", "sim": "∼", "->": "→", "rarrow": "→", "larrow": "←", "inf": "∞",
    "infinity": "∞", "deg": "°", "partial": "∂", "nabla": "∇", "prop": "∝", "therefore": "∴",
    "because": "∵", "cdots": "…", "ldots": "…", "circ": "°", "ohm": "Ω", "angstrom": "Å",
    "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮", "dint": "∬", "tint": "∭",
}  # fmt: skip
_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi "
        "chi psi omega".split(),
        "αβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_SILENT = frozenset(
    "rm it bold rmbold left right bar vec hat dot ddot tilde acute grave check arch under box of lim".split()
) - {"lim"}
_SUMS = frozenset("∑∏∫∮∬∭")
_OPERATORS = frozenset("+-−±∓×÷·=≤≥≠≡≈∼<>→←∝")
_ROWS = frozenset("matrix pmatrix bmatrix dmatrix cases pile lpile rpile eqalign".split())
_MAX_CHARS, _MAX_DEPTH = 4000, 40


def equation_text(script: str) -> str:
    """A formula in one line."""
    return clean_line(_Reader(_TOKEN.findall(script[:_MAX_CHARS].replace("~", " ").replace("`", " "))).line(0))


class _Reader:
    """Reads the words of a script one after the other."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def _next(self) -> str:
        return self._tokens[self._at].casefold() if self._at < len(self._tokens) else ""

    def line(self, depth: int) -> str:
        """All up to the end of a group."""
        parts: list[str] = []
        while self._at < len(self._tokens) and (depth == 0 or self._next() != "}"):
            word = self._next()
            if word == "}":
                self._at += 1  # closes nothing
            elif word in ("over", "atop", "/") and parts:
                self._at += 1
                parts[-1] = f"({_bare(parts[-1])})/({_bare(self._item(depth))})"
            elif word in ("^", "_", "sup", "sub"):
                parts[-1:] = [self._scripts(parts[-1] if parts else "", depth)]
            else:
                parts.append(self._item(depth))
        return _spaced(parts)

    def _scripts(self, base: str, depth: int) -> str:
        below = above = ""
        while self._next() in ("^", "_", "sup", "sub"):
            raised = self._next() in ("^", "sup")
            self._at += 1
            signed = self._next() in ("-", "+")
            text = _bare(self._item(depth)) + (_bare(self._item(depth)) if signed else "")
            above, below = (text, below) if raised else (above, text)
        if base in _SUMS:
            return f"{base}[{below}..{above}]"
        return scripts(_bare(base), below, above)

    def _item(self, depth: int) -> str:
        """One thing: a group in braces, a root, rows, a sign, a word or a number."""
        if self._at >= len(self._tokens) or self._next() == "}":
            return ""
        written, word = self._tokens[self._at], self._next()
        self._at += 1
        if word == "{":
            inside = self.line(depth + 1) if depth < _MAX_DEPTH else ""
            self._at += self._next() == "}"
            return f"{_GROUP}{inside}{_GROUP}" if inside else ""
        if word in ("sqrt", "root"):
            first = _bare(self._item(depth + 1))
            if self._next() != "of":
                return f"√({first})"
            self._at += 1
            return f"√[{first}]({_bare(self._item(depth + 1))})"
        if word in _ROWS:
            return f"[{_bare(self._item(depth + 1))}]"
        return _sign(written, word)


_GROUP = "\0"
"""Around what stood in braces, which part it from its neighbours and are not shown."""


def _bare(text: str) -> str:
    return text.replace(_GROUP, "")


def _sign(written: str, word: str) -> str:
    if word in _SILENT:
        return ""
    if written[:1] == '"':
        return written.strip('"')
    if word in _GREEK:
        return _GREEK[word].upper() if written[0].isupper() else _GREEK[word]
    return {"#": "; ", "&": ", "}.get(word) or _SIGNS.get(word, written)


def _spaced(parts: list[str]) -> str:
    """Parts in a line: a space around an operator between two of them, and between two words or numbers."""
    text = ""
    for part in map(_bare, parts):
        if not part:
            continue
        if part in _OPERATORS and text and text.rstrip()[-1:] not in (*_OPERATORS, "(", "[", ",", ";"):
            text += f" {part} "
        elif text[-1:].isalnum() and part[0].isalnum():
            text += f" {part}"
        else:
            text = joined([text, part])
    return text.strip()
