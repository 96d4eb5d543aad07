"""`walkdown up`: looks before it starts, starts the processes, waits until they answer, and stops them all at the end.

0. Look: ports, disk, memory.       3. Server, and the packs' starter documents through it.
1. Weights.                         4. Web UI.
2. Local language model server.     5. Watch until a signal, or until a process that must run ends.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple, Protocol

import httpx

from walkdown.client import WalkdownClient
from walkdown.errors import LLMUnavailableError, ResourceError, ServerUnavailableError
from walkdown.models.catalogue import find_model
from walkdown.models.serving import choose_engine, wait_ready
from walkdown.settings import LLM_AUTO, LLM_NONE, Settings
from walkdown.wire import IngestQuery, IngestSummary, Readiness
from walkdown_server.backend import Remote, address_of
from walkdown_server.children import Child, ChildSpec, stop_all
from walkdown_server.jobs import JobProgress
from walkdown_server.resources import BASE_MEMORY, GIB, available_memory, check_ports, room_for_documents

_POLL = 0.2
_START_SECONDS = 180.0
_LLM_SECONDS = 600.0


class Screen(Protocol):
    """Where the supervisor tells what it does."""

    def say(self, text: str) -> None:
        """One line."""
        ...

    def pull(self, settings: Settings, names: Sequence[str]) -> None:
        """Fetch the weights of these models, showing how far it is."""
        ...

    def bar(self, label: str) -> AbstractContextManager[JobProgress]:
        """A progress bar for an ingestion."""
        ...


class Commands(NamedTuple):
    """How each process is started: given by the composition root, so that tests start small ones."""

    server: Callable[[Settings], ChildSpec]
    llm: Callable[[Settings], ChildSpec]
    ui: Callable[[Settings], ChildSpec]


class LlmPlan(NamedTuple):
    """Whether to start a language model server here, and a sentence on why or why not."""

    start: bool
    sentence: str


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as the variables that a child reads them from; relative paths are made absolute."""
    variables = {}
    for name, value in settings.model_dump(mode="json").items():
        original = getattr(settings, name)
        if value is None:
            continue
        if isinstance(original, Path):
            value = str(original.absolute())
        elif isinstance(original, tuple):
            value = "[" + ", ".join(f'"{item}"' for item in original) + "]"
        variables[f"WALKDOWN_{name.upper()}"] = str(value)
    return variables


def ui_address(settings: Settings) -> str:
    """URL of the web UI, as a person on this machine opens it."""
    return address_of(settings.model_copy(update={"port": settings.ui_port}))


def plan_llm(settings: Settings, memory: int) -> LlmPlan:
    """Whether to start a local language model server with `memory` bytes available.

    Raises UnknownItemError, and ModelError when vLLM is asked for and not installed.
    """
    if settings.llm == LLM_NONE:
        return LlmPlan(False, "No language model: answers are verbatim quotes.")
    if settings.llm != LLM_AUTO:
        return LlmPlan(False, f"The language model server at {settings.llm} is used.")
    entry = find_model(settings.llm_model, settings)
    try:
        engine = choose_engine(entry, settings.llm_engine, settings, free_memory=memory)
    except ResourceError as error:
        return LlmPlan(False, f"{error} Walkdown starts without a language model: answers are verbatim quotes.")
    options = getattr(entry.serving, engine)
    needed = int(options.memory_gb * GIB) + BASE_MEMORY
    if memory < needed:
        return LlmPlan(
            False,
            f"{memory / GIB:.1f} GB of memory is free and {entry.title} needs {needed / GIB:.1f} GB, so Walkdown "
            "starts without a language model: answers are verbatim quotes. Free memory, or give --llm URL.",
        )
    return LlmPlan(True, f"Language model: {entry.title}, served by {engine}.")


def weights_needed(settings: Settings, *, llm: bool) -> list[str]:
    """Names of the models whose weights are needed."""
    return [*settings.embedders, *([settings.llm_model] if llm else [])]


@contextmanager
def signals_as_interrupt() -> Iterator[None]:
    """SIGTERM and a closed terminal end the block as Ctrl-C does."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Supervisor:
    """The processes of one `walkdown up`."""

    def __init__(self, settings: Settings, screen: Screen, commands: Commands) -> None:
        self._settings = settings
        self._screen = screen
        self._commands = commands
        self._children: list[Child] = []
        self._gone: set[str] = set()

    def run(self, starters: Mapping[str, Path], *, ui: bool, on_up: Callable[[str], None]) -> None:
        """Start everything, call `on_up` with the URL to open, and watch until interrupted.

        `starters` are the folders of starter documents by pack. Raises ResourceError, ModelError,
        ServerUnavailableError; KeyboardInterrupt ends it. All processes are stopped when it returns or raises.
        """
        with signals_as_interrupt():
            try:
                self._start(starters, ui=ui)
                on_up(ui_address(self._settings) if ui else address_of(self._settings))
                while True:
                    self._watch()
                    time.sleep(_POLL)
            finally:
                self._stop()

    def _start(self, starters: Mapping[str, Path], *, ui: bool) -> None:
        settings = self._settings
        # 0. Look.
        plan = plan_llm(settings, available_memory())
        check_ports(settings, ui=ui, llm=plan.start)
        starters = starters if self._has_room() else {}
        # 1. Weights.
        self._screen.pull(settings, weights_needed(settings, llm=plan.start))
        # 2. The language model loads while the documents are read.
        self._screen.say(plan.sentence)
        llm = self._spawn(self._commands.llm(settings)) if plan.start else None
        # 3. The server owns the index, so the documents go through it.
        self._spawn(self._commands.server(settings))
        with WalkdownClient(address_of(settings)) as client:
            self._await("server", lambda: self._required_ready(client), _START_SECONDS)
            for pack, folder in starters.items():
                self._take_in(client, pack, folder)
        # 4. The UI, and the language model if it is not there yet.
        if ui:
            self._spawn(self._commands.ui(settings))
            self._await("web UI", lambda: _answers(f"{ui_address(settings)}/_stcore/health"), _START_SECONDS)
        if llm is not None:
            self._await("language model", lambda: llm.status is not None or _writes(settings), _LLM_SECONDS)
            self._watch()

    def _has_room(self) -> bool:
        """Whether documents can be taken in; on a full disk those that are there are asked about all the same."""
        try:
            room_for_documents(self._settings.home)
        except ResourceError as error:
            self._screen.say(str(error))
            return False
        return True

    def _spawn(self, spec: ChildSpec) -> Child:
        child = Child(spec, self._settings.home / "logs" / f"{spec.name.replace(' ', '-')}.log")
        self._children.append(child)
        return child

    def _required_ready(self, client: WalkdownClient) -> bool:
        """True once every required part works; raises with the part's own words when one cannot."""
        try:
            found = client.ready()
        except ServerUnavailableError:
            return False
        _raise_hopeless(found)
        return found.ready

    def _take_in(self, client: WalkdownClient, pack: str, folder: Path) -> None:
        query = IngestQuery(pack=pack, paths=(str(folder.absolute()),))
        with self._screen.bar(pack) as progress:

            def watched(current: str, done: int, total: int) -> None:
                self._watch()
                progress(current, done, total)

            report = Remote(client).ingest(query, watched)
        self._screen.say(_told(report))

    def _await(self, name: str, condition: Callable[[], bool], seconds: float) -> None:
        """Wait for a process to answer, while watching all of them."""
        deadline = time.monotonic() + seconds
        while not condition():
            self._watch()
            if time.monotonic() > deadline:
                child = next((c for c in self._children if c.name == name), None)
                raise ServerUnavailableError(
                    f"The {name} did not answer within {seconds:.0f} s.",
                    f"Look into {child.log if child else self._settings.home / 'logs'}.",
                )
            time.sleep(_POLL)

    def _watch(self) -> None:
        """Raise when a process that must run has ended; without its language model Walkdown goes on with quotes."""
        for child in self._children:
            if child.status is None or child.name in self._gone:
                continue
            self._gone.add(child.name)
            ended = f"The {child.name} ended ({_how(child.status)}). Its last lines in {child.log}:\n{child.tail()}"
            if child.name == "language model":
                self._screen.say(f"{ended}\nWalkdown goes on without it: answers are verbatim quotes.")
            else:
                raise ResourceError(ended, "Mend what its log says and start again; `walkdown doctor` may tell more.")

    def _stop(self) -> None:
        # A second Ctrl-C must not leave a process behind.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            if self._children:
                self._screen.say("Stopping.")
            stop_all(self._children)
        finally:
            signal.signal(signal.SIGINT, before)


def _raise_hopeless(found: Readiness) -> None:
    """A part that failed for a reason, rather than still loading, ends the start."""
    for part in found.parts:
        if part.required and not part.ok and not part.loading:
            raise ResourceError(part.cause, part.remedy)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _writes(settings: Settings) -> bool:
    """Whether the language model completes a token: a server can be up and hang."""
    try:
        wait_ready(f"http://127.0.0.1:{settings.llm_port}", 0, api_key=settings.llm_api_key)
    except LLMUnavailableError:
        return False
    return True


def _told(report: IngestSummary) -> str:
    new = report.added + report.updated
    failed = f", {len(report.failed)} failed" if report.failed else ""
    return f"{report.pack}: {new} documents taken in, {report.unchanged} unchanged{failed}."


def _how(status: int) -> str:
    return f"by signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def server_command(settings: Settings) -> ChildSpec:
    """The HTTP server as a child."""
    return ChildSpec("server", [sys.executable, "-m", "walkdown_server", "serve"], environment_of(settings))
