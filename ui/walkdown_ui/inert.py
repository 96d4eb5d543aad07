"""Makes text of models and documents inert: it is shown letter by letter and never interpreted.

Nothing is stripped from what a reader can see. Plants write `T < 50 and P > 3`, `P_101*2` or `[A](B)`; a sanitiser
that removes what looks like a tag or a link would change what a document says. So every character that HTML or
Markdown gives a meaning is escaped instead. Only characters that cannot be seen, and could make a text read
differently from what was checked (direction overrides, zero-width marks, control characters), are taken out.
"""

import html
import re
import unicodedata

# Every ASCII mark, since CommonMark, GFM or Streamlit's directives (`:red[..]`, `:material/..:`, `$..$`) use most.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_CODE = re.compile(r"`([^`<]+)`")
# GFM links bare addresses even when they are escaped; an invisible joiner in a label breaks them up.
_WORD_JOINER = "\u2060"
_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto|www)(?=[:.@])|(?<=[\w.+-])(@)(?=\w)")


def _shown(char: str) -> str:
    match unicodedata.category(char):
        case "Cf":
            return ""
        # Some PDF fonts map the space to a control character; a lone surrogate cannot be sent.
        case "Cc":
            return char if char in "\n\t" else " "
        case "Cs":
            return "\ufffd"
    return char


def visible(text: str) -> str:
    """The text without characters that cannot be seen; control characters become spaces, line breaks and tabs stay."""
    return "".join(map(_shown, text.replace("\r\n", "\n").replace("\r", "\n")))


def as_html(text: str) -> str:
    """The text for a place that reads HTML: shown exactly, whatever it holds. Line breaks become `<br>`."""
    return html.escape(visible(text), quote=True).replace("\n", "<br>")


def as_html_with_code(text: str) -> str:
    """As `as_html`, with what stands between backticks set as code: for sentences that name a command."""
    return _CODE.sub(r"<code>\1</code>", as_html(text))


def as_label(text: str, limit: int = 0) -> str:
    """The text for a place that reads Markdown (button, expander, caption): one line, shown exactly.

    With a `limit` it is cut to that many characters, ending in an ellipsis.
    """
    line = " ".join(visible(text).split())
    if limit and len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return _MARKS.sub(r"\\\1", _ADDRESS.sub(lambda m: m[0] + _WORD_JOINER, line))
