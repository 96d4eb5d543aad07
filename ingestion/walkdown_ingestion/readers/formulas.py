"""Formulas of Word and slides (OMML) and of web pages (MathML) in one line: `(a)/(b)`, `x^2`, `x_i`, `√(x)`.

Parts that stand below, above or beside each other are never run together: 92 and 238 of an isotope, or two lines of
a system of equations, would read as one number.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from walkdown_ingestion.clean import superscript

_PLAIN = re.compile(r"[-−+]?\d+(?:[.,]\d+)?|[^\W\d_]+|\S")
_EXPONENT = re.compile(r"[-−+]?\d+")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "|": "|"}
_SUMS = frozenset("∑∏∫∬∮⋃⋂")
_GAPS = frozenset({"mspace", "mphantom"})
_UNSEEN = frozenset({"annotation", "annotation-xml", "phant", "del", "moveFrom"})


def formula_text(element: Any) -> str:
    """A formula, an element of either language, from left to right."""
    write = _WRITERS.get(_name(element))
    if write is not None:
        return write(element)
    own = " ".join((element.text or "").split()) if _name(element) in _LEAVES else ""
    return own or joined(formula_text(child) for child in element if isinstance(child.tag, str))


def joined(parts: Iterable[str]) -> str:
    """Neighbours in one line: with a space between where two numbers or names would read as one."""
    text = ""
    for part in parts:
        if not part:
            continue
        # A raised or lowered part that ends in a letter or digit takes in what follows it.
        ends = bool(re.search(r"[\^_](?:[-−+]?[\d.,]+|[^\W_]+)$|[)\]]$", text)) and part[0].isalnum()
        begins = text[-1:].isalnum() and bool(re.match(r"\(.*\)/\(|√|\[|[⁰¹²³⁴-⁹]", part, re.DOTALL))
        text += f" {part}" if ends or begins else part
    return text


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> str:
    found = next((child for child in element if _name(child) == name), None)
    return formula_text(found) if found is not None else ""


def _children(element: Any) -> list[str]:
    return [formula_text(child) for child in element if isinstance(child.tag, str)]


def _setting(element: Any, path: str, default: str) -> str:
    """What a property such as `dPr/begChr` says."""
    for name in path.split("/"):
        element = next((child for child in element if _name(child) == name), None)
        if element is None:
            return default
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), default)


def closed(text: str) -> str:
    """A part as one thing: in brackets unless it is a number, a name or a sign."""
    whole = text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[:1]])
    return text if _PLAIN.fullmatch(text) or whole else f"({text})"


def _fraction(above: str, below: str) -> str:
    return f"({above})/({below})"


def scripts(base: str, below: str, above: str) -> str:
    """A sign with what stands below and above behind it."""
    if base[-1:].isdigit() and not below.strip() and _EXPONENT.fullmatch(above.strip()):
        return f"{base}{superscript(above.strip())}"  # read as `10^5 Pa` it would also state 5 Pa
    lowered = f"_{closed(below)}" if below.strip() else ""
    raised = f"^{closed(above)}" if above.strip() else ""
    return f"{base}{lowered}{raised}"


def _root(inside: str, degree: str) -> str:
    return f"√[{degree}]({inside})" if degree.strip() else f"√({inside})"


def _sum(sign: str, below: str, above: str, inside: str) -> str:
    limits = f"[{below}..{above}]" if below.strip() or above.strip() else ""
    return f"{sign}{limits}({inside})"


def _lines(lines: Iterable[str]) -> str:
    return "; ".join(line for line in lines if line.strip())


def _matrix(element: Any) -> str:
    rows = [row for row in element if _name(row) in ("mr", "mtr", "mlabeledtr")]
    return f"[{_lines(', '.join(_children(row)) for row in rows)}]"


def _delimited(element: Any) -> str:
    """A bracket of OMML; one that is only opened, `{`, holds cases."""
    begin, end = _setting(element, "dPr/begChr", "("), _setting(element, "dPr/endChr", ")")
    apart = _setting(element, "dPr/sepChr", "|") or " "
    return f"{begin}{apart.join(formula_text(child) for child in element if _name(child) == 'e')}{end}"


def _before(element: Any) -> str:
    """Marks before a sign, as of an isotope: `²³⁸U_92`."""
    return scripts(f"{superscript(_child(element, 'sup'))}{_child(element, 'e')}", _child(element, "sub"), "")


def _nary(element: Any) -> str:
    sign = _setting(element, "naryPr/chr", "∫")
    return _sum(sign, *(_child(element, name) for name in ("sub", "sup", "e")))


def _at(element: Any, *places: int) -> list[str]:
    parts = _children(element)
    return [parts[place] if place < len(parts) else "" for place in places]


def _multiscripts(element: Any) -> str:
    """A sign with marks behind it and, after `mprescripts`, before it."""
    names = [_name(child) for child in element if isinstance(child.tag, str)]
    parts = _children(element)
    cut = names.index("mprescripts") if "mprescripts" in names else len(parts)
    behind, before = parts[1:cut], parts[cut + 1 :]
    base = f"{superscript(''.join(before[1::2]))}{parts[0] if parts else ''}"
    return scripts(base, "".join([*behind[::2], *before[::2]]), "".join(behind[1::2]))


def _under(element: Any) -> str:
    base, below, above = _at(element, 0, 1, 2) if _name(element) == "munderover" else [*_at(element, 0, 1), ""]
    if _name(element) == "mover":
        # A bar, dot or arrow over a letter.
        return base if not any(c.isalnum() for c in below) else scripts(base, "", below)
    return f"{base}[{below}..{above}]" if base in _SUMS else f"{scripts(base, below, above)} "


def _of(write: Callable[..., str], *names: str) -> Callable[[Any], str]:
    """A writer that takes the children of these names."""
    return lambda element: write(*(_child(element, name) for name in names))


def _by_place(write: Callable[..., str], *places: int) -> Callable[[Any], str]:
    """A writer that takes the children at these places."""
    return lambda element: write(*_at(element, *places))


_LEAVES = frozenset({"t", "mi", "mn", "mo", "ms", "mtext"})
_WRITERS: dict[str, Callable[[Any], str]] = {
    "f": _of(_fraction, "num", "den"),
    "sSup": lambda e: scripts(_child(e, "e"), "", _child(e, "sup")),
    "sSub": lambda e: scripts(_child(e, "e"), _child(e, "sub"), ""),
    "sSubSup": _of(scripts, "e", "sub", "sup"),
    "sPre": _before,
    "nary": _nary,
    "rad": _of(_root, "e", "deg"),
    "d": _delimited,
    "m": _matrix,
    "eqArr": lambda e: _lines(_children(e)),
    "func": lambda e: f"{_child(e, 'fName')} {_child(e, 'e')}",
    "limLow": lambda e: f"{scripts(_child(e, 'e'), _child(e, 'lim'), '')} ",
    "limUpp": lambda e: f"{scripts(_child(e, 'e'), '', _child(e, 'lim'))} ",
    "mfrac": _by_place(_fraction, 0, 1),
    "msup": lambda e: scripts(_at(e, 0)[0], "", _at(e, 1)[0]),
    "msub": _by_place(lambda base, below: scripts(base, below, ""), 0, 1),
    "msubsup": _by_place(scripts, 0, 1, 2),
    "mmultiscripts": _multiscripts,
    "msqrt": lambda e: _root(joined(_children(e)), ""),
    "mroot": _by_place(_root, 0, 1),
    "mtable": _matrix,
    "mfenced": lambda e: f"{e.get('open', '(')}{', '.join(_children(e))}{e.get('close', ')')}",
    "munder": _under,
    "mover": _under,
    "munderover": _under,
    **dict.fromkeys(_GAPS, lambda _: " "),
    **dict.fromkeys(_UNSEEN, lambda _: ""),
}
