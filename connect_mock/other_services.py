"""Other AWS services that Amazon Connect works with. `moto_services` puts moto's in the place of `services`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from connect_mock import settings
from connect_mock.errors import ResourceNotFoundException


class S3Object(NamedTuple):
    """Where an object is. Names of buckets are unique among all accounts."""

    bucket: str
    key: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


class OtherServices(Protocol):
    """What Connect asks of other services. Account and Region are those of the caller where nothing else is said."""

    def exists(self, arn: str) -> bool:
        """Whether there is such a bucket, function, key, stream, delivery stream, directory or bot.

        True for a thing of a service that cannot be asked.
        """
        ...

    def presigned_url(
        self,
        method: str,
        where: S3Object,
        region_name: str,
        seconds: int,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> str:
        """A URL for `GET` or `PUT` of an object, which works where this Connect is reached: in process or over HTTP.

        region_name: the Region of the bucket.
        headers: to be sent with the request; they are part of the signature.
        query: parameters of the request, such as `response-content-disposition`.
        """
        ...

    def read_object(self, where: S3Object) -> bytes | None:
        """The object's bytes; None when there is no such object."""
        ...

    def write_object(self, where: S3Object, body: bytes, content_type: str, account_id: str, region_name: str) -> None:
        """Keep an object, in a bucket that is made there when it does not exist."""
        ...

    def ensure_bucket(self, bucket: str, account_id: str, region_name: str) -> None:
        """Make the bucket there when it does not exist."""
        ...

    def delete_object(self, where: S3Object) -> None:
        """Delete an object; nothing happens when there is none."""
        ...

    def invoke_function(self, function: str, payload: str, account_id: str = "", region_name: str = "") -> str | None:
        """The JSON text that a function answers; None when there is no such function. Raises FunctionError when it fails.

        function: its ARN, or its name (then account and Region are needed), either with a version or alias.
        payload: JSON text.
        """
        ...

    def put_log_events(
        self, group: str, stream: str, events: Sequence[Mapping[str, Any]], account_id: str, region_name: str
    ) -> None:
        """Write events to CloudWatch Logs; group and stream are made when they do not exist.

        events: each with `timestamp`, in milliseconds since 1970, and `message`.
        """
        ...


class FunctionError(Exception):
    """A Lambda function failed; the text is what it answered."""


services: OtherServices
"""Those in use."""


def use(found: OtherServices) -> None:
    """Ask `found` from now on."""
    global services
    services = found


def check_exists(arn: str) -> None:
    """Under `mock_connect(check_other_services=True)`, raise ResourceNotFoundException when there is no such thing in moto."""
    if settings.current.check_other_services and not services.exists(arn):
        raise ResourceNotFoundException(f"{arn} does not exist")


# --- objects in S3 ----------------------------------------------------------------------------------------------------

SERVICE_ACCOUNT = "999999999999"
"""The account that the service itself keeps things in; ours, as AWS's own is not published."""


def managed(region_name: str, key: str) -> S3Object:
    """An object in the bucket that the service keeps in a Region, unseen by its customers."""
    return S3Object(f"connect-managed-{region_name}", key)


def s3_object(uri: str) -> S3Object:
    """The object of an S3 URI or URL: `s3://bucket/key`, `https://bucket.s3.region.amazonaws.com/key?...`, or one of a server.

    The URL of a server names the bucket in its path: `http://localhost:5000/bucket/key?...`.
    """
    if uri.startswith("s3://"):
        return S3Object(*uri.removeprefix("s3://").split("/", 1))
    url = urlsplit(uri)
    bucket, is_virtual, _ = url.netloc.partition(".s3.")
    path = unquote(url.path).removeprefix("/")
    return S3Object(bucket, path) if is_virtual else S3Object(*path.split("/", 1))


def source(uri: str) -> bytes | None:
    """The bytes of the object that a caller names; None when there is none.

    Raises ResourceNotFoundException for none under `mock_connect(check_other_services=True)`.
    """
    where = s3_object(uri)
    found = services.read_object(where)
    if found is None and settings.current.check_other_services:
        raise ResourceNotFoundException(f"There is no object {where}")
    return found
