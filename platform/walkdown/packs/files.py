"""Reading a pack's text files as people save them: UTF-8 with or without mark, UTF-16 and cp949 from Excel, YAML."""

import codecs
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from walkdown.packs.faults import Fault
from walkdown.text.languages import normalise

MAX_BYTES = 4_000_000
"""Largest text file of a pack; a larger one is an export of something else."""

_REMEDIES = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it or mend its spelling; the documentation names the known fields.",
    "string_type": "Write it as text; put values like 1.0 or yes in quotes.",
    "string_pattern_mismatch": "Write it in that form.",
    "tuple_type": "Write it as a list: [a, b], or a line with `- ` for each.",
    "model_type": "Write `name: value`, a line for each field.",
    "dict_type": "Write `name: value`, a line for each.",
    "float_parsing": "Write it as a number without a unit, shares between 0 and 1: 0.65.",
}
_MESSAGES = {
    "extra_forbidden": "unknown field",
    "missing": "required field is missing",
    "tuple_type": "a list is wanted here",
    "model_type": "fields with their values are wanted here",
    "dict_type": "fields with their values are wanted here",
}


class UnreadableTextError(Exception):
    """A file is in no encoding that is known here; the message says so in a sentence."""


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 or cp949, with line feeds only, in NFC. Raises UnreadableTextError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in data[:200]:
        encodings = ["utf-16-be" if data[:1] == b"\x00" else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return normalise(text.replace("\r\n", "\n").replace("\r", "\n"))
    raise UnreadableTextError("The file is neither UTF-8, UTF-16 nor cp949 (Korean Windows) text.")


def read_text(folder: Path, name: str, faults: list[Fault]) -> str | None:
    """Text of a file of the pack, or None with a fault when it is absent, outside the pack, too large or no text."""
    path = folder / name
    try:
        outside, there = not path.resolve().is_relative_to(folder.resolve()), path.is_file()
    except (ValueError, OSError):  # a NUL in the name, or one longer than names may be
        outside, there = False, False
    if outside:
        faults.append(Fault(name, 0, "The file lies outside the pack's folder.", "Move it into the pack."))
    elif not there:
        faults.append(Fault(name, 0, "The file is missing.", "Add the file, or mend its name in pack.yaml."))
    elif path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size / 1e6
        message = f"The file has {size:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB are taken."
        faults.append(Fault(name, 0, message, "Keep only what belongs to this pack."))
    else:
        try:
            return decode(path.read_bytes())
        except UnreadableTextError as error:
            faults.append(Fault(name, 0, str(error), "Save it as UTF-8 (in Excel: CSV UTF-8)."))
        except OSError as error:
            faults.append(Fault(name, 0, f"The file cannot be read: {error.strerror}.", "Check its permissions."))
    return None


class _UniqueKeyLoader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice; YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problem = "a name of a field is in braces or brackets, which YAML takes for a list"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def parse_yaml(text: str, name: str, faults: list[Fault], *, first_line: int = 1) -> tuple[Any, yaml.Node | None]:
    """Data and node tree of a YAML text; (None, None) with a fault at the line where it breaks.

    `first_line` is the line of the file on which the text begins.
    """
    try:
        return yaml.load(text, _UniqueKeyLoader), yaml.compose(text, yaml.SafeLoader)  # noqa: S506  # a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        problem = error.problem or "it cannot be parsed"
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line, problem = first_line, str(error).splitlines()[0]
    if "\\t" in problem:
        faults.append(Fault(name, line, "The line is indented with a tab.", "Indent with spaces; YAML allows no tabs."))
    else:
        remedy = "Check indentation, quotes and colons; put a value that holds : # or ? in quotes."
        faults.append(Fault(name, line, f"The YAML is broken: {problem}.", remedy))
    return None, None


def line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Line (from 1) of the deepest part of `location` that the YAML text holds."""
    line = node.start_mark.line + 1 if node else 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def describe(error: Mapping[str, Any]) -> tuple[str, str]:
    """Message and remedy of one entry of `ValidationError.errors()`, in words of the file and not of Python."""
    *path, last = error["loc"] or ("",)
    of_key = last == "[key]"
    where = ".".join(str(step) for step in (path if of_key else error["loc"]))
    kind, message = str(error["type"]), str(error["msg"]).removeprefix("Value error, ")
    if kind in _MESSAGES:
        message = _MESSAGES[kind]
    elif of_key:
        message = message.replace("Input", "the name", 1)
    return f"{where}: {message}." if where else f"{message}.", _REMEDIES.get(kind, "Mend this value.")


def schema_faults(
    error: ValidationError, name: str, node: yaml.Node | None = None, *, line: int = 0, offset: int = 0
) -> list[Fault]:
    """Faults of a failed validation: at their places in the YAML tree, or all at `line`.

    `offset` is added to lines of a tree that begins further down in its file.
    """
    found = []
    places = [item["loc"] for item in error.errors()]
    for item in error.errors():
        inside = any(place[: len(item["loc"])] == item["loc"] != place for place in places)
        if item["type"] == "too_short" and inside:
            continue  # a list is empty for what is wrong inside it, which is told already
        message, remedy = describe(item)
        found.append(Fault(name, line or line_of(node, item["loc"]) + offset, message, remedy))
    return found
