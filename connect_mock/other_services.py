"""Other AWS services that Amazon Connect works with. `moto_services` puts moto's in the place of `services`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from connect_mock import settings
from connect_mock.errors import ResourceNotFoundException


class OtherServices(Protocol):
    """What Connect asks of other services, in one account and Region each time.

    `arn` always is the ARN of a thing of that service.
    """

    def exists(self, arn: str) -> bool:
        """Whether there is such a bucket, function, key, stream, delivery stream or directory."""
        ...

    def presigned_url(self, method: str, bucket: str, key: str, region_name: str, account_id: str, seconds: int) -> str:
        """A URL for `GET` or `PUT` of an object, which works where this Connect is reached: in process or over HTTP."""
        ...

    def read_object(self, bucket: str, key: str, account_id: str) -> bytes | None:
        """The object's bytes; None when there is no such object."""
        ...

    def write_object(self, bucket: str, key: str, body: bytes, account_id: str, content_type: str) -> None:
        """Keep an object, in a bucket that is made when it does not exist."""
        ...

    def invoke_function(self, arn: str, payload: str) -> str | None:
        """The JSON text that a function answers; None when there is no such function. Raises FunctionError when it fails."""
        ...

    def put_log_events(
        self, group: str, stream: str, events: Sequence[Mapping[str, Any]], account_id: str, region_name: str
    ) -> None:
        """Write events to CloudWatch Logs; group and stream are made when they do not exist."""
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
