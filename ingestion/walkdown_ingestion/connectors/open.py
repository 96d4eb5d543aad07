"""Which connector an address is for, and where its copies are kept."""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from walkdown.errors import UsageError
from walkdown.settings import Settings
from walkdown_ingestion.connectors.base import Connector, Credentials
from walkdown_ingestion.connectors.imap import ImapConnector
from walkdown_ingestion.connectors.s3 import Bucket, S3Connector
from walkdown_ingestion.connectors.webdav import WebDavConnector

SCHEMES = ("webdav", "webdavs", "s3", "imap", "imaps")


def is_address(path: str) -> bool:
    """True for an address rather than a path."""
    return "://" in path


def is_place(path: str) -> bool:
    """True for the address of a place that is listed and copied, rather than of one document."""
    return path.partition("://")[0] in SCHEMES and is_address(path)


def open_connector(address: str, settings: Settings) -> Connector:
    """The connector of an address: `webdavs://host/folder`, `s3://bucket/prefix`, `imaps://host/INBOX`.

    Raises UsageError for an address of another kind or one that is incomplete.
    """
    parts = urlsplit(address)
    login = Credentials(settings.source_user, settings.source_password)
    if "@" in parts.netloc:
        raise UsageError(
            "The address holds a name or password, which would be kept with every document.",
            "Leave it out and set WALKDOWN_SOURCE_USER and WALKDOWN_SOURCE_PASSWORD.",
        )
    if parts.scheme in ("webdav", "webdavs") and parts.hostname:
        scheme = "https" if parts.scheme == "webdavs" else "http"
        return WebDavConnector(f"{scheme}://{parts.netloc}{parts.path}", login)
    if parts.scheme == "s3" and parts.netloc:
        endpoint = settings.s3_endpoint or f"https://s3.{settings.s3_region}.amazonaws.com"
        return S3Connector(Bucket(endpoint, parts.netloc, parts.path.strip("/"), settings.s3_region), login)
    if parts.scheme in ("imap", "imaps") and parts.hostname:
        return ImapConnector(address, login)
    raise UsageError(
        f"{address} is no place that documents can be taken from.",
        f"Give a file, a folder, or an address that begins with {', '.join(f'{s}://' for s in SCHEMES)}.",
    )


def mirror_folder(address: str, settings: Settings) -> Path:
    """Where the copies of a place are kept."""
    return settings.home / "mirrors" / hashlib.sha256(address.encode()).hexdigest()[:16]
