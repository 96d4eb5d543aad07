r"""Formulas of old Word documents, written as fields: `EQ \f(a;b)` shows a over b.

Word stores no text of what such a field shows. A formula that is left out makes another number of the text around it:
10 and a raised 5 would read 10.
"""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml

from walkdown_ingestion.clean import clean_line, superscript
from walkdown_ingestion.readers.formulas import closed, joined

_EQUATION = re.compile(r"\s*EQ\s+(?P<code>.*)", re.DOTALL | re.IGNORECASE)
_SWITCH = re.compile(r"\\(?P<name>[a-zA-Z]+)(?P<number>-?\d*)")
_FORMAT = re.compile(r"\\\*\s*\"?[\w ]+(?::[^\"\\]*)?\"?")
_OPTIONS = frozenset("al ar ac co vs hs up do ai di bo to le ri su pr in lc rc bc fc vc".split())
_CIRCLES = "○〇◯"
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_MAX_DEPTH, _MAX_CHARS = 20, 4000


def write_equations(body: Any) -> None:
    """Put into each paragraph what its `EQ` fields show, as formulas or raised letters."""
    for simple in list(body.iter(qn("w:fldSimple"))):
        if (found := _EQUATION.match(simple.get(qn("w:instr"), ""))) is not None:
            simple.append(_element(equation_text(found["code"])))
    for paragraph in {run.getparent(): None for run in body.iter(qn("w:r")) if run.find(qn("w:instrText")) is not None}:
        for run, code in list(_fields(paragraph)):
            if (found := _EQUATION.match(code)) is not None:
                run.addnext(_element(equation_text(found["code"])))


def _fields(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The last run of the code of each field whose outcome is not stored beside it, and the code."""
    open_: list[tuple[list[str], list[Any]]] = []
    stored = False
    for run in paragraph.findall(qn("w:r")):
        for node in run:
            kind = node.get(qn("w:fldCharType"), "") if node.tag == qn("w:fldChar") else ""
            if kind == "begin":
                open_.append(([], [run]))
                stored = False
            elif node.tag == qn("w:instrText") and open_:
                open_[-1][0].append(node.text or "")
                open_[-1][1].append(run)
            elif node.tag == qn("w:t") and open_:
                stored = stored or bool((node.text or "").strip())
            elif kind == "end" and open_:
                codes, runs = open_.pop()
                if not stored:
                    yield runs[-1], "".join(codes)
                stored = False


def _element(text: str) -> Any:
    """A formula; raised letters alone as a run, since they go with the number before them."""
    if text and superscript(text) == text and all(c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" for c in text):
        run: Any = OxmlElement("w:r")
        run.append(OxmlElement("w:t"))
        run[0].text = text
        return run
    formula = parse_xml(f"<m:oMath {nsdecls('m')}><m:r><m:t/></m:r></m:oMath>")
    formula[0][0].text = text
    return formula


def equation_text(code: str) -> str:
    """What an `EQ` field shows, in one line."""
    return clean_line(_text(_FORMAT.sub("", code[:_MAX_CHARS]), 0))


def _text(code: str, depth: int) -> str:
    parts: list[str] = []
    at = 0
    while at < len(code):
        found = _SWITCH.match(code, at)
        if found is None or depth > _MAX_DEPTH:
            escaped = code[at] == "\\" and at + 1 < len(code)
            parts.append(code[at + escaped])
            at += 1 + escaped
            continue
        options, at, inside = _switch(code, found)
        parts = [joined(["".join(parts), _shown(found["name"].casefold(), options, inside, depth + 1)])]
    return "".join(parts)


def _switch(code: str, found: re.Match[str]) -> tuple[dict[str, str], int, list[str]]:
    """The options behind a switch, where it ends, and the parts in its brackets."""
    options: dict[str, str] = {}
    at = found.end()
    while True:
        at += len(code[at:]) - len(code[at:].lstrip())
        option = _SWITCH.match(code, at)
        if option is None or option["name"].casefold() not in _OPTIONS:
            break
        name, at = option["name"].casefold(), option.end()
        options[name] = option["number"]
        if name in ("lc", "rc", "bc", "fc", "vc") and code[at : at + 1] == "\\":
            options[name], at = code[at + 1 : at + 2], at + 2
    if code[at : at + 1] != "(":
        return options, at, []
    end = _bracket_end(code, at)
    return options, end + 1, _split(code[at + 1 : end])


def _bracket_end(code: str, at: int) -> int:
    level = 0
    for i in range(at, len(code)):
        if code[i - 1] == "\\":
            continue
        level += (code[i] == "(") - (code[i] == ")")
        if not level:
            return i
    return len(code)


def _split(inside: str) -> list[str]:
    """The parts between separators: a semicolon where there is one, since a comma is then that of a decimal number."""
    pieces: dict[str, list[str]] = {}
    for sign in ";,":
        parts, level, start = [], 0, 0
        for i, c in enumerate(inside):
            escaped = i > 0 and inside[i - 1] == "\\"
            level += 0 if escaped else (c == "(") - (c == ")")
            if c == sign and not level and not escaped:
                parts.append(inside[start:i])
                start = i + 1
        pieces[sign] = [*parts, inside[start:]]
    return pieces[";"] if len(pieces[";"]) > 1 else pieces[","]


def _shown(name: str, options: dict[str, str], inside: list[str], depth: int) -> str:
    """What a switch with its parts shows."""
    if name == "o" and len(inside) > 1 and any("\\s" in part and "\\up" in part for part in inside):
        # The reading of a word, small above it.
        return "".join(_text(part, depth) for part in inside if "\\up" not in part)
    parts = [_text(part, depth).strip() for part in inside]
    if name == "f" and len(parts) > 1:
        return f"({parts[0]})/({parts[1]})"
    if name == "r" and parts:
        return f"√[{parts[0]}]({parts[1]})" if len(parts) > 1 and parts[0] not in ("", "2") else f"√({parts[-1]})"
    if name == "s":
        return _script(parts, options)
    if name == "b":
        opening = options.get("lc") or options.get("bc") or ("(" if "rc" not in options else "")
        end = options.get("rc") or _CLOSING.get(options.get("bc", opening), options.get("bc", ""))
        return f"{opening}{' '.join(parts)}{end if 'lc' not in options or 'rc' in options else ''}"
    if name == "i":
        sign = "∑" if "su" in options else "∏" if "pr" in options else options.get("fc") or options.get("vc") or "∫"
        low, high, body = (*parts, "", "", "")[:3]
        return f"{sign}[{low}..{high}]({body})"
    if name == "a":
        return _rows(parts, options)
    if name == "o" and len(parts) == 2 and parts[0] in _CIRCLES and parts[1].isdigit():
        return chr(0x245F + int(parts[1])) if 0 < int(parts[1]) <= 20 else f"({parts[1]})"
    return " ".join(part for part in parts if part)


def _script(parts: list[str], options: dict[str, str]) -> str:
    """Raised or lowered text; of two parts the first stands above the second."""
    if len(parts) > 1:
        return f"_{closed(parts[1])}^{closed(parts[0])}"
    text = parts[0] if parts else ""
    if not text or "do" in options:
        return f"_{closed(text)}" if text else ""
    raised = superscript(text)
    return raised if raised != text else f"^{closed(text)}"


def _rows(parts: list[str], options: dict[str, str]) -> str:
    """The parts in rows of as many columns as are told."""
    wide = options.get("co", "")
    columns = int(wide) if wide.isdigit() and int(wide) else 1
    return "; ".join(", ".join(parts[i : i + columns]) for i in range(0, len(parts), columns))
