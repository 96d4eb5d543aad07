"""Reads evaluation sets: JSON Lines files of questions with the evidence that answers them."""

import json
from pathlib import Path

from pydantic import ValidationError

from walkdown.errors import PackError, UsageError
from walkdown.packs.faults import Fault, error_of
from walkdown.packs.files import read_text, schema_faults
from walkdown.packs.schema import EvaluationQuestion

NumberedQuestion = tuple[int, EvaluationQuestion]
"""A question and the line it stands on."""
LABEL = "Fill in `answer` and `evidence`, or set `answerable` to false; then take `unlabelled` out."


def _question(text: str, name: str, line: int, faults: list[Fault]) -> EvaluationQuestion | None:
    try:
        return EvaluationQuestion.model_validate(json.loads(text))
    except ValidationError as error:
        faults += schema_faults(error, name, line=line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "it cannot be parsed")
        faults.append(Fault(name, line, f"The line is not JSON: {reason}.", "Write one complete JSON object a line."))
    return None


def read_questions(folder: Path, name: str, faults: list[Fault]) -> list[NumberedQuestion]:
    """Questions of one file with their lines; faults (a duplicate id among them) are appended."""
    text = read_text(folder, name, faults)
    if text is None:
        return []
    questions: list[NumberedQuestion] = []
    first_line: dict[str, int] = {}
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        question = _question(content, name, line, faults)
        if question is None:
            continue
        if question.id in first_line:
            message = f"The id {question.id!r} is already that of line {first_line[question.id]}."
            faults.append(Fault(name, line, message, "Give each question an id of its own."))
            continue
        first_line[question.id] = line
        questions.append((line, question))
    return questions


def read_evaluation_set(path: Path) -> tuple[EvaluationQuestion, ...]:
    """The questions of a JSON Lines file, in order; without those that nobody has labelled yet.

    Raises UsageError when there is no such file, PackError naming the line of the first fault, and PackError when
    the file holds no question.
    """
    if not path.is_file():
        raise UsageError(f"There is no evaluation set {path}.", "Give dev, test, or the path of a .jsonl file.")
    faults: list[Fault] = []
    questions = read_questions(path.parent, path.name, faults)
    if faults:
        raise error_of(faults, path.parent)
    if not questions:
        raise PackError(f"{path} holds no question.", "Write one JSON object a line.")
    labelled = tuple(question for _, question in questions if question.unlabelled is None)
    if not labelled:
        raise PackError(f"{path} holds no question that is labelled.", LABEL)
    return labelled
