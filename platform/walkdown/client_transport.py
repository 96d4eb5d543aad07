"""The HTTP side of the client: one connection pool, every failure as an error of `walkdown.errors`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from walkdown import errors

DEFAULT_TIMEOUT = 150.0
"""Seconds; above the server's own deadline for an answer, so that its error arrives rather than ours."""
_CONNECT_TIMEOUT = 3.0

Model = TypeVar("Model", bound=BaseModel)


def _error_classes() -> dict[str, type[errors.WalkdownError]]:
    """Error classes by their stable code."""
    classes = [getattr(errors, name) for name in errors.__all__]
    return {cls("", "").code: cls for cls in classes}


_BY_CODE = _error_classes()


def error_from_body(body: Mapping[str, Any]) -> errors.WalkdownError:
    """The error that a body `{code, cause, remedy}` stands for; an unknown code is a plain WalkdownError."""
    cls = _BY_CODE.get(str(body.get("code", "")), errors.WalkdownError)
    return cls(str(body.get("cause", "The server failed.")), str(body.get("remedy", "See the server's log.")))


class Transport:
    """Requests to one server and their replies as models; use it as a context manager or call `close`."""

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8700",
        timeout: float = DEFAULT_TIMEOUT,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        # A proxy of the environment must never see a plant's questions, nor stand between two local processes.
        self._http = httpx.Client(
            base_url=self.base_url,
            timeout=httpx.Timeout(timeout, connect=_CONNECT_TIMEOUT),
            transport=transport,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release connections."""
        self._http.close()

    def _unavailable(self, what: str) -> errors.ServerUnavailableError:
        return errors.ServerUnavailableError(
            f"The Walkdown server at {self.base_url} {what}.", "Start it with `walkdown up` or `walkdown serve`."
        )

    @contextmanager
    def _connection(self) -> Iterator[None]:
        """Failures of the connection as errors of the tree."""
        try:
            yield
        except httpx.TimeoutException as error:
            raise errors.ServerSilentError(
                f"The Walkdown server at {self.base_url} did not answer in time.",
                "Try again when it has less to do, or stop it. If another program listens there, set WALKDOWN_PORT.",
            ) from error
        except httpx.ConnectError as error:
            raise self._unavailable("cannot be reached") from error
        except httpx.HTTPError as error:
            raise self._unavailable(f"broke the connection ({type(error).__name__})") from error

    def _send(self, method: str, path: str, *, accept: Sequence[int] = (), **options: Any) -> httpx.Response:
        wrong = next((part for part in path.split("/")[1:] if part in ("", ".", "..")), None)
        if wrong is not None:
            # An address without it, or of the folder above, means something else.
            raise errors.UsageError(f"{wrong!r} is no name or id.", "Give the one you mean.")
        with self._connection():
            response = self._http.request(method, path, **options)
        if response.is_error and response.status_code not in accept:
            raise error_of(response)
        return response

    def _json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        response = self._send(method, path, **options)
        try:
            body = response.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise self._unavailable("does not speak Walkdown's protocol; another program may hold its port")
        return body

    def _model(self, model: type[Model], method: str, path: str, **options: Any) -> Model:
        body = self._json(method, path, **options)
        try:
            return model.model_validate(body)
        except ValidationError as error:
            raise self._unavailable("does not speak this version's protocol") from error

    def _list(self, model: type[Model], path: str, key: str, *, method: str = "GET", **options: Any) -> list[Model]:
        body = self._json(method, path, **options)
        try:
            return TypeAdapter(list[model]).validate_python(body.get(key))  # type: ignore[valid-type]
        except ValidationError as error:
            raise self._unavailable("does not speak this version's protocol") from error


def error_of(response: httpx.Response) -> errors.WalkdownError:
    """The error of a reply with an error status, whoever wrote its body."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return error_from_body(body["error"])
    return errors.WalkdownError(
        f"The server replied with HTTP status {response.status_code} and no explanation.",
        "Check that nothing else listens on the server's port.",
    )
