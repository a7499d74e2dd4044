"""What the tests of living inside moto stand on: a network that goes nowhere, and requests signed without boto3."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that somebody tried to reach. Nobody gets there."""
    tried: list[str] = []

    def refuse(host: Any, *_: Any, **__: Any) -> Any:
        tried.append(host)
        raise OSError(f"the network is off, and {host} was looked for")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: refuse(address))
    monkeypatch.setattr(socket.socket, "connect_ex", lambda self, address: refuse(address))
    return tried


Signed = Callable[..., requests.Response]


@pytest.fixture
def signed() -> Signed:
    """Sends a request as another SDK would: signed, and without boto3.

    `signed("GET", url)`, with `data`, `credentials` as (key id, secret, token), `region` and `service`.
    """

    def send(
        method: str,
        url: str,
        data: bytes = b"",
        credentials: tuple[str, ...] = ("FOOBARKEY", "FOOBARSECRET"),
        region: str = "us-east-1",
        service: str = "connect",
        **headers: str,
    ) -> requests.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = AWSRequest(method, url, data=data, headers=named)
        SigV4Auth(Credentials(*credentials), service, region).add_auth(request)
        prepared = request.prepare()
        return requests.request(method, url, headers=dict(prepared.headers), data=data, timeout=5)

    return send
