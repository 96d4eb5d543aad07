"""What a reader of an HTML page cannot see: by its elements, its inline styles, and plain rules of its style sheets."""

import re

from lxml import etree

SKIPPED = frozenset(
    "script style noscript template head svg iframe object embed canvas audio video nav datalist"
    " button dialog map rt rp".split()
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_WHITE = r"(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
_WHITE_TEXT = re.compile(rf"(?<![\w-])color\s*:\s*{_WHITE}", re.IGNORECASE)
_GROUND = re.compile(r"(?<![\w-])background(?:-color|-image)?\s*:\s*([^;]+)", re.IGNORECASE)
_WHITE_GROUND = re.compile(_WHITE, re.IGNORECASE)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
MEDIA = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_NAME = re.compile(r"[\w-]*([.#])([\w-]+)")


class Visibility:
    """Tells what is hidden on one page, and counts the characters that were."""

    def __init__(self, root: etree._Element) -> None:
        self.left_out = self.struck = 0
        self._names: set[tuple[str, str]] = set()
        self._strikes: set[tuple[str, str]] = set()
        self._may_be_dark = any("stylesheet" in (link.get("rel") or "") for link in root.iter("link"))
        for style in root.iter("style"):
            # What is hidden only in print or on small screens is seen.
            for selectors, body in RULE.findall(MEDIA.sub("", style.text or "")):
                self._may_be_dark |= _is_dark(body)
                named = names_in(selectors)
                self._names |= named if _HIDDEN_STYLE.search(body) else set()
                self._strikes |= named if _STRUCK_STYLE.search(body) else set()

    def is_hidden(self, element: etree._Element) -> bool:
        """True for what a reader of the page cannot see."""
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return True
        return self.is_struck(element) or self._is_styled_away(element)

    def is_struck(self, element: etree._Element) -> bool:
        """True for what is struck through: it was deleted and no longer holds."""
        if element.tag in STRUCK or _STRUCK_STYLE.search(element.get("style") or ""):
            return True
        return bool(self._strikes) and not self._strikes.isdisjoint(names_of(element))

    def leave_out_struck(self, element: etree._Element) -> bool:
        """`is_hidden`, which also counts what is struck through."""
        if self.is_struck(element):
            self.count(element)
        return self.is_hidden(element)

    def count(self, element: etree._Element) -> None:
        """Count the text of an element that was left out, unless it is none of the page's text."""
        if isinstance(element.tag, str) and element.tag not in SKIPPED and element.get("aria-hidden") != "true":
            size = len(" ".join("".join(element.itertext()).split()))
            if self.is_struck(element):
                self.struck += size
            else:
                self.left_out += size

    def _is_styled_away(self, element: etree._Element) -> bool:
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return True
        style = element.get("style") or ""
        if _HIDDEN_STYLE.search(style):
            return True
        if self._names and not self._names.isdisjoint(names_of(element)):
            return True
        return bool(_WHITE_TEXT.search(style)) and not self._may_be_dark and not _on_dark(element)


def names_in(selectors: str) -> set[tuple[str, str]]:
    """The classes and ids that a rule of a style sheet is about, where it names them alone."""
    return {(m[1], m[2]) for one in selectors.split(",") if (m := _NAME.fullmatch(one.strip())) is not None}


def names_of(element: etree._Element) -> list[tuple[str, str]]:
    """The classes of an element and its id, as style sheets name them."""
    return [(".", name) for name in (element.get("class") or "").split()] + [("#", element.get("id") or "")]


def _is_dark(style: str) -> bool:
    ground = _GROUND.search(style)
    return ground is not None and not _WHITE_GROUND.search(ground[1])


def _on_dark(element: etree._Element) -> bool:
    """True when the element or one around it has a ground of its own that is not white."""
    for one in (element, *element.iterancestors()):
        color = one.get("bgcolor")
        if (color and not _WHITE_GROUND.search(color)) or _is_dark(one.get("style") or ""):
            return True
    return False
