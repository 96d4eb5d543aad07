"""Reads the YAML files of a site beside the product's own (catalogue, policy), and tells what is wrong with a line."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from walkdown.errors import WalkdownError
from walkdown.packs.faults import Fault
from walkdown.packs.files import UnreadableTextError, decode, parse_yaml, schema_faults

M = TypeVar("M", bound=BaseModel)


def read_site_file(path: Path, form: type[M], what: str, error: type[WalkdownError], remedy: str) -> M:
    """The content of a file that holds `what`. Raises `error`, naming the line, where it cannot be taken as it stands.

    An empty file is none: it may be all that a full disk left of one.
    """
    try:
        text = decode(path.read_bytes())
    except UnreadableTextError as failure:
        raise error(f"{what} {path} is not valid: {failure}", "Save it as UTF-8.") from failure
    except OSError as failure:
        raise error(f"{what} {path} cannot be read ({failure.strerror}).", remedy) from failure
    return _taken(text, path, form, what, error, remedy)


def _taken(text: str, path: Path, form: type[M], what: str, error: type[WalkdownError], remedy: str) -> M:
    faults: list[Fault] = []
    data, node = parse_yaml(text, path.name, faults)
    if node is None and not faults:
        raise error(f"{what} {path} is not valid: it is empty.", remedy)
    if node is not None:
        try:
            return form.model_validate(data)
        except ValidationError as failure:
            faults += schema_faults(failure, path.name, node)
    first = faults[0]
    more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
    raise error(f"{what} {path} is not valid: line {first.line}: {first.message}{more}", f"{first.remedy} {remedy}")
