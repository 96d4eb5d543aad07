"""`walkdown ask`."""

from typing import Annotated

import typer
from rich.live import Live
from rich.text import Text

from walkdown.carried import lines_behind
from walkdown.documents import Answer, AnswerStatus, Evidence, Language
from walkdown.errors import LLMUnavailableError, UsageError
from walkdown_server.cli.output import Json, failed, print_json, stderr, stdout
from walkdown_server.cli.state import state_of, typed

PackArgument = Annotated[str, typer.Argument(help="Name of the pack; `walkdown pack list` shows them.")]
Question = Annotated[str, typer.Argument(help="The question, in quotes.", callback=typed)]
_LANGUAGES = "ko, en, zh, ja, es"


def ask(
    context: typer.Context,
    pack: PackArgument,
    question: Question,
    language: Annotated[str | None, typer.Option(help=f"Language of the answer: {_LANGUAGES}.")] = None,
    as_json: Json = False,
) -> None:
    """Answer a question from the documents of a pack, with citations."""
    wanted = _language(language)
    with state_of(context).connect() as backend:
        draft = Text(style="dim")
        if as_json or not stderr().is_terminal:
            answer = backend.ask(pack, question, language=wanted, on_token=lambda _: None)
        else:
            # The draft is unchecked: it shows that something happens and gives way to the checked answer.
            with Live(draft, console=stderr(), transient=True, vertical_overflow="visible"):
                answer = backend.ask(pack, question, language=wanted, on_token=lambda token: _add(draft, token))
    if as_json:
        print_json({"answer": answer.text, **answer.model_dump(mode="json")})
    else:
        _print_answer(answer)
    if answer.status is AnswerStatus.INCOMPLETE:
        raise failed(
            LLMUnavailableError(
                "The language model did not finish its answer; the passages found are shown instead.",
                "Look at the language model with `walkdown doctor`, or set WALKDOWN_LLM to none for quotes only.",
            )
        )


def _add(draft: Text, token: str) -> None:
    draft.append(token)


def _language(text: str | None) -> Language | None:
    match text:
        case None | "ko" | "en" | "zh" | "ja" | "es":
            return text
        case _:
            raise UsageError(f"There is no language {text!r}.", f"Take one of {_LANGUAGES}.")


def _print_answer(answer: Answer) -> None:
    console = stdout()
    console.print(answer.text)
    if answer.reason and answer.status is not AnswerStatus.ANSWERED:
        console.print(f"({answer.reason})")
    cited = {number for claim in answer.claims for number in claim.citations}
    shown = [item for item in answer.evidence if item.number in cited]
    if answer.status is AnswerStatus.REFUSED and answer.evidence:
        console.print("\nNearest passages:")
        shown = list(answer.evidence)
    elif shown:
        console.print("\nSources:")
    behind = _behind(answer)
    for item in shown:
        console.print(f"  [{item.number}] {_source(item)}")
        for line in behind.get(item.number, ()):
            console.print(f"      > {line}", markup=False)
    _print_besides(answer)
    if answer.struck:
        console.print(
            f"\n{len(answer.struck)} statement(s) of the draft were struck: the sources do not bear them out."
        )
    if answer.notice:
        console.print(f"\n{answer.notice}")


def _behind(answer: Answer) -> dict[int, list[str]]:
    """For each passage the lines that statements in the model's words rest on, as they stand there."""
    found: dict[int, list[str]] = {}
    for claim in answer.claims if answer.status is AnswerStatus.ANSWERED else ():
        for number in dict.fromkeys(s.number for s in claim.spans):
            own = claim.model_copy(update={"spans": tuple(s for s in claim.spans if s.number == number)})
            known = found.setdefault(number, [])
            known += [line for line in lines_behind(own, answer.evidence) if line not in known]
    return found


def _print_besides(answer: Answer) -> None:
    """Warnings, contacts, the procedures to follow, and what else a reader should know."""
    console = stdout()
    for name, lines in (
        ("Warning", answer.warnings),
        ("Contact", answer.contacts),
        ("Procedure", answer.procedures),
        ("Note", answer.findings),
    ):
        for line in lines:
            console.print(f"\n{name}: {line}", markup=False)


def _source(item: Evidence) -> str:
    chunk = item.chunk
    crumbs = f"  {' > '.join(chunk.heading_path)}" if chunk.heading_path else ""
    read = f"  read from a scan, {chunk.confidence:.0%} sure" if chunk.confidence is not None else ""
    return f"{place(chunk.title, chunk.revision, chunk.page)}  ({chunk.document_id}){crumbs}{read}"


def place(title: str, revision: str, page: int | None) -> str:
    """Where a passage stands, in one line."""
    parts = [title, f"rev. {revision}" if revision else "", f"p. {page}" if page else ""]
    return ", ".join(part for part in parts if part)
