"""What `walkdown up` and `walkdown doctor` look at before anything starts: ports, memory, disk."""

import errno
import socket
from contextlib import suppress
from pathlib import Path

import psutil

from walkdown.client import WalkdownClient
from walkdown.errors import ResourceError, WalkdownError
from walkdown.settings import Settings
from walkdown_server.backend import address_of

GIB = 1 << 30
ROOM_FOR_DOCUMENTS = GIB // 2
"""Free space without which the embedded index takes no new passages."""
LLM_MEMORY = 3 * GIB
"""Free memory that the default language model needs beside the rest."""
BASE_MEMORY = 1 * GIB
"""Free memory that server and UI need."""
_HELLO_SECONDS = 3.0


def port_holder(port: int) -> str:
    """Who listens on a port, as `name (pid n)`; empty when it cannot be seen (another user's process)."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port:
                if connection.pid is None:
                    return ""
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return ""
    return ""


def check_port(host: str, port: int, *, use: str, option: str) -> None:
    """Raise ResourceError when `host:port` cannot be listened on; `option` is how to choose another, e.g. `--port `."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ResourceError(
                    f"The {use} cannot listen on {host}:{port} ({error.strerror}).",
                    f"Choose another address, for example `--host 127.0.0.1` or `{option}{port + 100}`.",
                ) from error
            holder = port_holder(port)
            raise ResourceError(
                f"Port {port} for the {use} is already used{f' by {holder}' if holder else ''}.",
                f"Stop that program, or choose another port, for example `{option}{port + 100}`.",
            ) from error


def check_server_port(settings: Settings) -> None:
    """Raise ResourceError when the server's port is not free; one that says so where it is Walkdown itself."""
    try:
        check_port(settings.host, settings.port, use="server", option="--port ")
    except ResourceError as taken:
        if not _runs_here(settings):
            raise
        pages = address_of(settings.model_copy(update={"port": settings.ui_port}))
        raise ResourceError(
            f"Walkdown is running already with this library, at {address_of(settings)}.",
            f"Use it: its pages are at {pages} where `walkdown up` started it. Or stop it first (Ctrl-C there).",
        ) from taken


def _runs_here(settings: Settings) -> bool:
    with suppress(WalkdownError), WalkdownClient(address_of(settings), _HELLO_SECONDS) as client:
        return client.health().library == settings.library_id
    return False


def check_ports(settings: Settings, *, ui: bool, llm: bool) -> None:
    """Raise ResourceError when a port is not free."""
    check_server_port(settings)
    if ui:
        check_port(settings.host, settings.ui_port, use="web UI", option="--ui-port ")
    if llm:
        # The port of the language model has no option of its own: it is a detail of one machine.
        check_port("127.0.0.1", settings.llm_port, use="language model server", option="WALKDOWN_LLM_PORT=")


def check_disk(folder: Path, needed: int, *, use: str, setting: str) -> int:
    """Free bytes where `folder` is or will be. Raises ResourceError when fewer than `needed` are there."""
    existing = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
    free = psutil.disk_usage(str(existing)).free
    if free < needed:
        raise ResourceError(
            f"{existing} has {free / GIB:.1f} GB free; {use} need {needed / GIB:.1f} GB.",
            f"Free some space, or set {setting} to a folder on another disk.",
        )
    return int(free)


def room_for_documents(home: Path) -> int:
    """Free bytes for new documents. Raises ResourceError where there is none; questions go on being answered."""
    use = "new documents (questions are answered still)"
    return check_disk(home, ROOM_FOR_DOCUMENTS, use=use, setting="WALKDOWN_HOME")


def available_memory() -> int:
    """Bytes of memory that can be had without swapping, within the limit of a container."""
    available = int(psutil.virtual_memory().available)
    return min(available, _cgroup_room(available))


def _cgroup_room(otherwise: int) -> int:
    """Room left under a control group's limit; `otherwise` without one."""
    root = Path("/sys/fs/cgroup")
    try:
        limit = (root / "memory.max").read_text().strip()
        used = int((root / "memory.current").read_text())
    except (OSError, ValueError):
        return otherwise
    return max(0, int(limit) - used) if limit.isdecimal() else otherwise
