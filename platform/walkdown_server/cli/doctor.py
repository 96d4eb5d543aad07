"""`walkdown doctor`: looks at every part and says what to fix."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from walkdown.answering.wording import billions_of
from walkdown.client import WalkdownClient
from walkdown.errors import ModelError, ServerSilentError, ServerUnavailableError
from walkdown.models.catalogue import find_model
from walkdown.models.serving import wait_ready
from walkdown.models.weights import is_pulled
from walkdown.settings import LLM_AUTO, Settings, unknown_variables
from walkdown.wire import PartStatus
from walkdown_server.backend import address_of
from walkdown_server.cli.output import Json, print_json, stdout
from walkdown_server.cli.state import State, state_of
from walkdown_server.readiness import checked, index_detail, pack_parts
from walkdown_server.resources import GIB, available_memory, check_port, room_for_documents

if TYPE_CHECKING:
    from walkdown_server.services import Services


_READY_SECONDS = 30.0


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Check every part and say what to fix."""
    parts = list(examine(state_of(context)))
    if as_json:
        print_json({"ok": all(part.ok for part in parts if part.required), "parts": parts})
    else:
        console = stdout()
        for part in parts:
            mark = "ok  " if part.ok else "FAIL" if part.required else "note"
            console.print(f"{mark}  {part.name:<10} {part.detail or part.cause}")
            if not part.ok:
                console.print(f"                 {part.remedy}")
    if not all(part.ok for part in parts if part.required):
        raise typer.Exit(1)


def examine(state: State) -> Iterator[PartStatus]:
    """The status of every part; a running server answers for what it owns."""
    settings = state.settings
    yield from _strange_settings()
    yield checked("memory", lambda: f"{available_memory() / GIB:.1f} GB can be had")
    yield checked("disk", lambda: _disk(settings), required=False)
    weights = checked("weights", lambda: _weights(settings, settings.embedders))
    yield weights
    if settings.llm == LLM_AUTO:
        yield checked("llm weights", lambda: _weights(settings, (settings.llm_model,)), required=False)
    with WalkdownClient(address_of(settings), _READY_SECONDS) as client:
        try:
            found = client.ready()
        except ServerSilentError as error:
            # It holds what would be looked at here.
            yield PartStatus(name="server", ok=False, cause=error.cause, remedy=error.remedy)
            return
        except ServerUnavailableError:
            found = None
    if found is not None:
        yield PartStatus(name="server", ok=True, detail=f"runs at {address_of(settings)}")
        yield from (part for part in found.parts if part.name not in ("llm", "disk"))
    else:
        yield checked("server", lambda: _port(settings))
        yield from _own_parts(state.build(settings), weights)
    yield checked("llm", lambda: try_llm(settings), required=False)


def _strange_settings() -> Iterator[PartStatus]:
    for name, meant in unknown_variables().items():
        yield PartStatus(
            name="settings",
            ok=False,
            required=False,
            cause=f"{name} is no setting and has no effect.",
            remedy=f"Did you mean {meant}?" if meant else "docs/operator.md lists all settings.",
        )


def _own_parts(services: "Services", weights: PartStatus) -> Iterator[PartStatus]:
    """Every part opened in this process, one after another; nothing is fetched for it."""
    yield from pack_parts(services.packs)
    yield checked("registry", lambda: "open" if services.library.get() else "")
    for name, look in (
        ("embedders", lambda: ", ".join(embedder.name for embedder in services.embedders.get())),
        ("index", lambda: index_detail(services)),
    ):
        yield checked(name, look) if weights.ok else weights.model_copy(update={"name": name})
    store = services.store.peek()
    if store is not None:
        store.close()


def _disk(settings: Settings) -> str:
    return f"{room_for_documents(settings.home) / GIB:.1f} GB free for {settings.home}"


def _weights(settings: Settings, names: tuple[str, ...]) -> str:
    missing = [name for name in names if not is_pulled(find_model(name, settings), settings)]
    if missing:
        raise ModelError(
            f"The weights of {', '.join(missing)} are not on this machine.", f"Run `walkdown models pull {missing[0]}`."
        )
    return ", ".join(names)


def _port(settings: Settings) -> str:
    check_port(settings.host, settings.port, use="server", option="WALKDOWN_PORT=")
    return f"not running; port {settings.port} is free"


def try_llm(settings: Settings) -> str:
    """Have the language model write one token: a server can be up and hang. Raises LLMUnavailableError."""
    from walkdown_server.llm_link import LLMLink

    link = LLMLink(settings)
    if not link.url:
        return "none: answers are verbatim quotes"
    model = link.probe()
    wait_ready(link.url, 0, api_key=settings.llm_api_key)
    return f"{model} at {link.url} writes{_of_size(model, settings)}"


def _of_size(model: str, settings: Settings) -> str:
    """What a model's size means for its sentences, where nothing tells it."""
    if settings.llm_billions or billions_of(model) is not None:
        return ""
    return "; its name tells no size and its sentences are shown: of a small model set WALKDOWN_LLM_BILLIONS"
