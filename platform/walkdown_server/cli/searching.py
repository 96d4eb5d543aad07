"""`walkdown search`."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from walkdown.documents import Explanation
from walkdown.errors import UsageError
from walkdown.retrieval.judge import FEATURE
from walkdown.wire import Answerable, SearchHit, SearchQuery, SearchReply
from walkdown_server.cli.output import Json, print_json, stdout
from walkdown_server.cli.questions import PackArgument, Question, place
from walkdown_server.cli.state import state_of

_SNIPPET = 300
_SHOWN = 4


def search(
    context: typer.Context,
    pack: PackArgument,
    question: Question,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    narrow: Annotated[list[str] | None, typer.Option("--filter", help="FIELD=VALUE; several are ANDed.")] = None,
    after: Annotated[list[str] | None, typer.Option(help="An earlier question, oldest first.")] = None,
    as_of: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What held on that day.")] = None,
    revision: Annotated[list[str] | None, typer.Option(help="Search these revisions.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Search every revision.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what found each passage.")] = False,
    as_json: Json = False,
) -> None:
    """Show the passages nearest to a question."""
    query = SearchQuery(
        pack=pack,
        question=question,
        k=k,
        filters=_filters(narrow or ()),
        turns=tuple(after or ()),
        as_of=as_of.date() if as_of else None,
        revisions=tuple(revision or ()),
        history=history,
        explain=explain,
    )
    with state_of(context).connect() as backend:
        reply = backend.search(query)
    if as_json:
        print_json(reply)
        return
    _print(stdout(), reply)


def _filters(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Filters by field; two values of one field are alternatives. Raises UsageError for one without "="."""
    fields: dict[str, tuple[str, ...]] = {}
    for text in given:
        field, sign, value = text.partition("=")
        if not sign or not value:
            raise UsageError(f"The filter {text!r} is not FIELD=VALUE.", "Write it as in --filter site=ulsan.")
        fields[field.strip()] = (*fields.get(field.strip(), ()), value.strip())
    return fields


def _print(console: Console, reply: SearchReply) -> None:
    if reply.explanations:
        _print_plan(console, reply)
    for read in reply.plan.get("trains", ()):
        console.print(f"{read['tag']} was read as {', '.join(read['trains'])}.")
    for unknown in reply.plan.get("unknown_tags", ()):
        near = ", ".join(unknown["nearest"]) or "none is near"
        console.print(f"No passage names {unknown['tag']}. Nearest: {near}.")
    for rank, hit in enumerate(reply.hits, 1):
        console.print(f"{rank:>2}. {place(hit.title, hit.revision, hit.page)}  {hit.document_id}  {hit.score:.4f}")
        console.print(f"    {_snippet(hit)}")
        if reply.explanations:
            console.print(f"    {_reasons(reply.explanations[rank - 1])}")
        console.print()
    if not reply.hits:
        console.print("No passage was found.")


def _print_plan(console: Console, reply: SearchReply) -> None:
    """How the question was understood, one line a fact; what is empty is left out."""
    for name, value in reply.plan.items():
        if name == "forms":
            for form in value:
                console.print(f"searched in {form['language']} ({form['origin']}): {form['text']}")
        elif value and value != "unknown":
            console.print(f"{name}: {value}")
    if reply.answerable is not None:
        console.print(_likely(reply.answerable))
    steps = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in reply.timings.items())
    console.print(f"{steps}\n{reply.judged}\n" if reply.judged else f"{steps}\n")


def _likely(found: Answerable) -> str:
    parts = " ".join(f"{name} {value:.2f}" for name, value in found.features.items() if value)
    missing = f"; no passage names {', '.join(found.unnamed)}" if found.unnamed else ""
    return f"evidence: {found.probability:.2f} (refused below {found.threshold:.2f}): {parts}{missing}"


def _reasons(why: Explanation) -> str:
    ranks = ", ".join(f"{name} #{rank}" for name, rank in sorted(why.ranks.items(), key=lambda item: item[1]))
    named = ", ".join(a if a == b else f"{a}={b}" for a, b in why.named.items())
    best = sorted(why.contributions.items(), key=lambda item: (item[0] != FEATURE, -abs(item[1])))[:_SHOWN]
    parts = [
        f"found by {ranks}" if ranks else "",
        f"names {named}" if named else "",
        f"tags {', '.join(why.tags)}" if why.tags else "",
        " ".join(f"{name} {value:+.2f}" for name, value in best),
    ]
    return "; ".join(part for part in parts if part)


def _snippet(hit: SearchHit) -> str:
    text = " ".join(hit.text.split())
    return text if len(text) <= _SNIPPET else f"{text[:_SNIPPET]}…"
