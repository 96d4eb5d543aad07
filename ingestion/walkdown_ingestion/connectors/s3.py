"""S3-compatible object stores (AWS, MinIO, Ceph): list and get, signed with Signature Version 4.

https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, NamedTuple
from urllib.parse import quote, urlsplit

import httpx

from walkdown.errors import ResourceError
from walkdown.tls import trusted
from walkdown_ingestion.connectors.base import Credentials, RemoteFile, copy_body, parse_xml, reach

_EMPTY = hashlib.sha256(b"").hexdigest()


class Bucket(NamedTuple):
    """Where the objects are: an endpoint like `https://minio.plant:9000`, the bucket, and what the keys begin with."""

    endpoint: str
    name: str
    prefix: str = ""
    region: str = "us-east-1"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")


def signed_headers(
    host: str, path: str, query: Mapping[str, str], credentials: Credentials, region: str, moment: dt.datetime,
    extra: Mapping[str, str] | None = None,
) -> dict[str, str]:  # fmt: skip
    """The headers of a signed GET without a body; `path` is encoded already."""
    stamp, day = moment.strftime("%Y%m%dT%H%M%SZ"), moment.strftime("%Y%m%d")
    headers = {"host": host, "x-amz-content-sha256": _EMPTY, "x-amz-date": stamp, **(extra or {})}
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    asked = "&".join(f"{_encoded(key)}={_encoded(value)}" for key, value in sorted(query.items()))
    canonical = "\n".join(("GET", path, asked, lines, names, _EMPTY))
    scope = f"{day}/{region}/s3/aws4_request"
    to_sign = "\n".join(("AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"AWS4{credentials.password}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    login = f"Credential={credentials.user}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": f"AWS4-HMAC-SHA256 {login}"}


class S3Connector:
    """The objects of a bucket below a prefix, addressed by path (`endpoint/bucket/key`)."""

    def __init__(
        self,
        bucket: Bucket,
        credentials: Credentials,
        http: httpx.Client | None = None,
        now: Callable[[], dt.datetime] = _now,
    ) -> None:
        """Nothing is sent yet."""
        self._bucket = bucket
        self._credentials = credentials
        self._http = http or httpx.Client(timeout=60, trust_env=False, verify=trusted())
        self._now = now
        self._prefix = bucket.prefix.strip("/") + "/" if bucket.prefix.strip("/") else ""
        self.origin = f"s3://{bucket.name}/{self._prefix}"

    def _request(self, key: str, query: Mapping[str, str]) -> httpx.Request:
        parts = urlsplit(self._bucket.endpoint)
        path = "/" + quote(f"{self._bucket.name}/{key}" if key else self._bucket.name, safe="-_.~/")
        headers = {}
        if self._credentials.user:
            headers = signed_headers(parts.netloc, path, query, self._credentials, self._bucket.region, self._now())
        asked = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(query.items()))
        url = f"{parts.scheme}://{parts.netloc}{path}" + (f"?{asked}" if asked else "")
        return self._http.build_request("GET", url, headers=headers)

    def files(self) -> Iterator[RemoteFile]:
        """All objects there. Raises ResourceError when the bucket cannot be listed completely."""
        token = ""
        while True:
            query = {"list-type": "2", "prefix": self._prefix, "max-keys": "1000"}
            if token:
                query["continuation-token"] = token
            response = reach(self._http, self._request("", query), self.origin)
            if response.status_code != httpx.codes.OK:
                raise ResourceError(
                    f"{self.origin} cannot be listed (status {response.status_code}).",
                    "Check bucket, region and key (WALKDOWN_S3_ENDPOINT, WALKDOWN_S3_REGION).",
                )
            listing = parse_xml(response.content, self.origin)
            for item in listing.iterfind("{*}Contents"):
                key = item.findtext("{*}Key", "")
                if key and not key.endswith("/"):
                    size = int(item.findtext("{*}Size", "-1"))
                    yield RemoteFile(key[len(self._prefix) :], item.findtext("{*}ETag", ""), size)
            token = listing.findtext("{*}NextContinuationToken", "")
            if listing.findtext("{*}IsTruncated", "false") != "true" or not token:
                return

    def fetch(self, path: str, target: BinaryIO) -> None:
        """Write an object's bytes. Raises DocumentError, ResourceError."""
        request = self._request(self._prefix + path, {})
        copy_body(reach(self._http, request, self.origin, stream=True), path, target)
