"""TLS to the servers of a site: whom to trust, and what a failed handshake means to the one who must mend it."""

import ssl
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import certifi
import httpx

_NOT_YET, _EXPIRED, _SELF_SIGNED = 9, 10, 18
_UNKNOWN_ISSUER = (2, 19, 20, 21, 27)
_OTHER_NAME = (62, 63, 64)
"""Numbers of OpenSSL's verification (X509_V_ERR_…)."""
_TRUST = (
    "Add the certificate of its authority to those the system trusts, or name the PEM file of it in SSL_CERT_FILE, "
    "and start again"
)
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG")
_PLAIN_REFUSED = ("https port", "https server")
"""How servers that speak https answer a plain request."""


class TlsFault(NamedTuple):
    """What a server does wrong, as the end of a sentence, and what to do about it, without its full stop.

    Not `sure`: it may be something else, and asking again may help.
    """

    says: str
    remedy: str
    sure: bool = True


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """The authorities that the system trusts (SSL_CERT_FILE and SSL_CERT_DIR name others), and the public ones.

    A site has an authority of its own, which a list that comes with a library cannot know.
    """
    context = ssl.create_default_context()
    with suppress(OSError):
        context.load_verify_locations(certifi.where())
    return context


def tls_fault(error: BaseException, url: str, setting: str) -> TlsFault | None:
    """What is wrong with the TLS of the server at `url`, which `setting` names; None where it is something else."""
    causes = list(_causes(error))
    secure = url.lower().startswith("https:")
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _of_certificate(cause, setting)
        if isinstance(cause, ssl.SSLError):
            return _of_handshake(cause, setting)
    words = " ".join(str(cause) for cause in causes).lower()
    # Which of them it is depends on whether the request had been written when the other side closed.
    cut = (ConnectionResetError, BrokenPipeError, httpx.ReadError, httpx.WriteError)
    cut_off = "disconnected without" in words or any(isinstance(c, cut) for c in causes)
    if not secure and any(sign in words for sign in _PLAIN_REFUSED):
        return TlsFault("speaks https and was asked in plain http", f"Write https:// in {setting}")
    if not secure and cut_off:
        remedy = f"If it speaks https, write https:// in {setting}; else see its log"
        return TlsFault("closes the connection without a reply", remedy, sure=False)
    return None


def _of_certificate(error: ssl.SSLCertVerificationError, setting: str) -> TlsFault:
    code = error.verify_code
    if code in (_EXPIRED, _NOT_YET):
        when = "has expired" if code == _EXPIRED else "is not valid yet"
        return TlsFault(
            f"has a certificate that {when}", "Renew it, or set the clock of that machine or of this one right"
        )
    if code in _OTHER_NAME:
        return TlsFault(
            f"has a certificate for another name ({error.verify_message.rstrip('.')})",
            f"Write the name that it is for in {setting}, or have one made for the name there",
        )
    if code == _SELF_SIGNED:
        return TlsFault("has a certificate that it has signed itself", _TRUST)
    if code in _UNKNOWN_ISSUER:
        return TlsFault("has a certificate of an authority that nobody here knows", _TRUST)
    return TlsFault(f"has a certificate that is not accepted ({error.verify_message.rstrip('.')})", "Have it renewed")


def _of_handshake(error: ssl.SSLError, setting: str) -> TlsFault:
    reason = error.reason or type(error).__name__
    if any(sign in reason for sign in _NO_TLS):
        return TlsFault(
            "does not speak https there", f"Write http:// in {setting}, or the port at which it speaks https"
        )
    return TlsFault(
        f"does not come to terms over TLS ({reason.replace('_', ' ').lower()})",
        "Look into its log: it may want a newer TLS, or a certificate of its clients",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, also where a library keeps that in an attribute."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        found = waiting.pop(0)
        if isinstance(found, BaseException) and id(found) not in seen:
            seen.add(id(found))
            yield found
            waiting += [found.__cause__, found.__context__, getattr(found, "source", None), *found.args]
