"""Whether each part works, and if not what to do: behind `/ready` and `walkdown doctor`. Looking never loads a part."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from walkdown.errors import ResourceError, UnknownPackError, WalkdownError
from walkdown.wire import PartStatus, Readiness
from walkdown_server.lazy import Lazy
from walkdown_server.resources import GIB, room_for_documents

if TYPE_CHECKING:
    from walkdown_server.services import PackShelf, Services

T = TypeVar("T")


def _failed(name: str, error: WalkdownError, *, required: bool = True) -> PartStatus:
    return PartStatus(name=name, ok=False, required=required, cause=error.cause, remedy=error.remedy)


def checked(name: str, look: Callable[[], str], *, required: bool = True) -> PartStatus:
    """The status of a part that `look` describes; an error of the tree is its cause and remedy."""
    try:
        return PartStatus(name=name, ok=True, required=required, detail=look())
    except WalkdownError as error:
        return _failed(name, error, required=required)


def _without(registry: PartStatus, name: str) -> PartStatus:
    cause = "Nothing is known of it without the registry."
    return PartStatus(name=name, ok=False, required=True, cause=cause, remedy=registry.remedy)


def _lazy(name: str, part: Lazy[T], describe: Callable[[], str]) -> PartStatus:
    if part.loaded:
        return checked(name, describe)
    if part.error is not None:
        return _failed(name, part.error)
    return PartStatus(
        name=name,
        ok=False,
        loading=True,
        cause="It is still being loaded.",
        remedy="Wait a few seconds and ask again.",
    )


def pack_parts(packs: "PackShelf") -> list[PartStatus]:
    """The packs as one part, and each broken one as another: it must not keep the others from being asked."""
    good, broken = [], []
    try:
        names = packs.names()
    except WalkdownError as error:
        # Published versions are in the registry; that it is damaged must not hide how the other parts are.
        return [_failed("packs", error)]
    for name in names:
        try:
            good.append(packs.get(name).name)
        except WalkdownError as error:
            broken.append(_failed(f"pack {name}", error, required=False))

    def found() -> str:
        if not good:
            raise UnknownPackError("No pack can be loaded.", "Set WALKDOWN_PACKS to a folder of packs.")
        return ", ".join(good)

    return [checked("packs", found), *broken]


def index_detail(services: "Services") -> str:
    """What the index holds. Raises IndexUnavailableError where that is not what the registry lists."""
    store = services.store.get()
    services.whole()
    return f"{store.engine}, {store.count():,} passages"


def disk_detail(services: "Services") -> str:
    """Free space for new documents. Raises ResourceError where there is none."""
    return f"{room_for_documents(services.settings.home) / GIB:.1f} GB free"


def registry_detail(services: "Services") -> str:
    """That it answers, and how many records of answers it has not taken yet. Raises ResourceError."""
    services.reach()
    log = services.answers.peek()
    waiting = log.waiting() if log is not None else 0
    return f"open; {waiting} records of answers wait for it" if waiting else "open"


def held_records(services: "Services") -> list[PartStatus]:
    """That records of answers are in memory only, where they are; questions are answered all the same."""
    log = services.answers.peek()
    held = log.held() if log is not None else 0
    if not held:
        return []
    cause = f"{held} records of answers could not be written and are in memory only."
    remedy = "Free some space: they are written within 20 seconds then, and lost if the server is stopped first."
    return [_failed("records", ResourceError(cause, remedy), required=False)]


def _llm(services: "Services") -> str:
    if not services.llm.url:
        return "none: answers are verbatim quotes"
    return f"{services.llm.probe()} at {services.llm.url}"


def parts(services: "Services") -> Sequence[PartStatus]:
    """The parts of the server; the language model is not required, since without it answers are quotes."""
    registry = _lazy("registry", services.library, lambda: registry_detail(services))
    # Both ask the registry: one that is away would be waited for again by each.
    lost = bool(registry.cause) and not registry.loading
    return (
        *([_without(registry, "packs")] if lost else pack_parts(services.packs)),
        _lazy("embedders", services.embedders, lambda: ", ".join(e.name for e in services.embedders.get())),
        _without(registry, "index") if lost else _lazy("index", services.store, lambda: index_detail(services)),
        checked("disk", lambda: disk_detail(services), required=False),
        registry,
        *held_records(services),
        checked("llm", lambda: _llm(services), required=False),
    )


def readiness(services: "Services") -> Readiness:
    """Ready when every required part works."""
    found = tuple(parts(services))
    return Readiness(ready=all(part.ok for part in found if part.required), parts=found)
