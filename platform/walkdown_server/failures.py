"""Every failure as `{"error": {code, cause, remedy, retryable}}` with a fitting status."""

from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from walkdown.errors import OverloadedError, WalkdownError
from walkdown.wire import UNEXPECTED, ErrorBody
from walkdown_server.queueing import RETRY_AFTER

_log = structlog.get_logger(__name__)
_UNREADABLE = 400
_HTTP_CAUSES = {
    404: ("not_found", "There is nothing at this address.", "See GET /openapi.json for the addresses there are."),
    405: ("method_not_allowed", "This address does not take that method.", "See GET /openapi.json."),
}


def error_reply(body: ErrorBody, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as HTTP. `message` is there for OpenAI clients, which show that field only."""
    content: dict[str, Any] = {"error": {**body.model_dump(), "message": f"{body.cause} {body.remedy}"}}
    again = {"Retry-After": str(RETRY_AFTER)} if status == OverloadedError.http_status else {}
    return JSONResponse(content, status, {**(headers or {}), **again})


def walkdown_reply(error: WalkdownError) -> JSONResponse:
    """An error of the tree as HTTP."""
    return error_reply(ErrorBody.of(error), error.http_status)


def _validation_cause(error: RequestValidationError) -> str:
    """The first fault in words: which field, and what is wrong with it."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return "The body is not valid JSON."
    if "UploadFile" in first["msg"]:
        return "A file of the upload has no name, or is no file."
    if first["type"] == "model_attributes_type" and first["loc"] == ("body",):
        return "The body is no JSON object, or is not sent with Content-Type: application/json."
    if first["type"] == "extra_forbidden":
        return f"The request is not valid: there is no field {first['loc'][-1]!r}."
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
    return f"The request is not valid: {where or 'body'}: {_in_words(first['msg'])}."


def _in_words(message: str) -> str:
    """What is wrong with a value, in words of JSON and not of Python."""
    message = (
        message.removeprefix("Value error, ")
        .replace("a valid tuple", "a list")
        .replace("a valid dictionary", "an object")
    )
    return message.replace("Tuple should", "The list should").removesuffix(" after validation, not 0")


def install(app: FastAPI) -> None:
    """Install the handlers."""

    @app.exception_handler(WalkdownError)
    def _known(_: Request, error: WalkdownError) -> JSONResponse:
        return walkdown_reply(error)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        body = ErrorBody(
            code="usage", cause=_validation_cause(error), remedy="Correct the request; see GET /openapi.json."
        )
        return error_reply(body, 422)

    @app.exception_handler(HTTPException)
    def _http(_: Request, error: HTTPException) -> JSONResponse:
        said = str(error.detail).rstrip(".")
        code, cause, remedy = _HTTP_CAUSES.get(error.status_code, ("http", f"{said}.", "See GET /openapi.json."))
        if error.status_code == _UNREADABLE:
            cause, remedy = f"The body cannot be read: {said}.", "Send JSON in UTF-8, or a form with its boundary."
        # With its headers: 405 names the methods that there are.
        return error_reply(ErrorBody(code=code, cause=cause, remedy=remedy), error.status_code, error.headers)

    @app.exception_handler(Exception)
    def _defect(request: Request, error: Exception) -> JSONResponse:
        _log.error("unexpected_failure", path=request.url.path, kind=type(error).__name__, exc_info=error)
        return error_reply(UNEXPECTED, 500)
