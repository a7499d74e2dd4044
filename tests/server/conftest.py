"""The server, on a thread of the test process and as a process of its own, and ways to speak to it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import requests
from botocore.config import Config

from connect_mock.server import ThreadedServer

READY = "connect-mock is ready on "
INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}


def signature(region_name: str = "us-east-1", service: str = "connect", access_key: str = "AKIDEXAMPLE") -> str:
    """An Authorization header as the SDKs write it. Nobody checks the signature itself."""
    scope = f"{access_key}/20240101/{region_name}/{service}/aws4_request"
    return f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature=0123456789abcdef"


@dataclass
class Response:
    """What came back, header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Http:
    """Sends requests as they are, on one connection, where an SDK would polish them."""

    endpoint_url: str
    signed: dict[str, str] = field(default_factory=lambda: {"Authorization": signature()})
    connection: Any = None

    def __call__(self, method: str, target: str, body: Any = None, **headers: str | None) -> Response:
        """Signed for Connect in us-east-1; `x_amz_target="..."` sends a header, `authorization=None` leaves one out."""
        given = {name.replace("_", "-").title(): value for name, value in headers.items()}
        sent = {name: value for name, value in (self.signed | given).items() if value is not None}
        self.connection = self.connection or http.client.HTTPConnection(urlsplit(self.endpoint_url).netloc, timeout=30)
        self.connection.request(method, target, body=body, headers=sent)
        response = self.connection.getresponse()
        return Response(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())

    def close(self) -> None:
        if self.connection:
            self.connection.close()


@dataclass
class Clients:
    """Makes boto3 clients of the server, for any service, and closes them."""

    endpoint_url: str
    made: list[Any] = field(default_factory=list)

    def __call__(
        self, service: str = "connect", region_name: str = "us-east-1", access_key: str = "AKIDEXAMPLE", **headers: str
    ) -> Any:
        """Given headers go with each of its calls."""
        config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
        credentials: Any = {"aws_access_key_id": access_key, "aws_secret_access_key": "secret"}
        session: Any = boto3.Session(region_name=region_name, **credentials)
        client = session.client(service, endpoint_url=self.endpoint_url, config=config)
        client.meta.events.register("before-call", lambda params, **_: params["headers"].update(headers))
        self.made.append(client)
        return client

    def close(self) -> None:
        for client in self.made:
            client.close()


class ServerProcess:
    """`connect-mock server` with these arguments; the endpoint is known when its first line is read."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "-m", "connect_mock", "--port", "0", *arguments]
        pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        self.process: subprocess.Popen[str] = subprocess.Popen(command, env={**os.environ, **environment}, **pipes)
        assert self.process.stdout is not None
        self.ready_line = self.process.stdout.readline()
        self.endpoint_url = self.ready_line.removeprefix(READY).strip()

    def end(self) -> None:
        """Whatever is left of it."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=20)


@pytest.fixture(scope="session")
def threaded() -> Iterator[ThreadedServer]:
    """One server for the tests that do not need their own."""
    with ThreadedServer() as server:
        yield server


@pytest.fixture
def endpoint_url(threaded: ThreadedServer) -> str:
    """The address of a server that holds nothing."""
    requests.post(f"{threaded.endpoint_url}/moto-api/reset", timeout=10)
    return threaded.endpoint_url


@pytest.fixture(scope="session")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server in a process of its own, for what would linger in this one. Its recordings go to a temporary file."""
    recording: Path = tmp_path_factory.mktemp("recorder") / "recording"
    server = ServerProcess(MOTO_RECORDER_FILEPATH=str(recording))
    yield server
    server.end()


@pytest.fixture
def send(endpoint_url: str) -> Iterator[Http]:
    """Sends requests as they are to the server."""
    http_connection = Http(endpoint_url)
    yield http_connection
    http_connection.close()


@pytest.fixture
def clients(endpoint_url: str) -> Iterator[Clients]:
    """Makes boto3 clients of the server."""
    made = Clients(endpoint_url)
    yield made
    made.close()


@pytest.fixture
def client(clients: Clients) -> Any:
    """A boto3 client of Amazon Connect on the server."""
    return clients()


@pytest.fixture
def instance_id(client: Any) -> str:
    """The id of an instance on the server."""
    return str(client.create_instance(**INSTANCE)["Id"])


@pytest.fixture
def started() -> Iterator[Callable[..., ServerProcess]]:
    """Starts `connect-mock server` with some arguments; it ends with the test at the latest."""
    running: list[ServerProcess] = []

    def start(*arguments: str, **environment: str) -> ServerProcess:
        running.append(ServerProcess(*arguments, **environment))
        return running[-1]

    yield start
    for each in running:
        each.end()
