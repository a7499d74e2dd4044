"""connect-mock's server against moto's, both running on this machine and asked in turn over kept connections."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import boto3

from tests.benchmarks.bar import Bar, Sample
from tests.benchmarks.server_load import requests_per_second

CONNECTIONS = 8
SECONDS = 2.0
SIGNED = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/connect/aws4_request, SignedHeaders=host, Signature=0"
"""moto's server finds the service in it."""


@contextmanager
def describe_instance() -> Iterator[tuple[Sample, Sample]]:
    """Requests per second of DescribeInstance."""
    with server("connect_mock", "--port") as ours, server("moto.server", "-p") as motos:
        yield rate(ours), rate(motos)


@contextmanager
def server(module: str, port_option: str) -> Iterator[str]:
    """The address of a server that runs in a process of its own."""
    port = free_port()
    command, quiet = [sys.executable, "-m", module, port_option, str(port)], subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/moto-api/data.json", process)
            yield url
        finally:
            process.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The server for {url} ended with {process.returncode}")


def rate(url: str) -> Sample:
    client = boto3.client("connect", "us-east-1", endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test")
    made = client.create_instance(
        IdentityManagementType="SAML", InstanceAlias="load", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    return partial(requests_per_second, f"{url}/instance/{made['Id']}", {"Authorization": SIGNED}, SECONDS, CONNECTIONS)


BARS = [Bar(name="server.describe_instance", limit=8, at_least=True, unit="/s", rounds=5, pair=describe_instance)]
