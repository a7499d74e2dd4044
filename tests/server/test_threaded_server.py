"""ThreadedServer: the server inside a test."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connect_mock import mock_connect
from connect_mock.server import ThreadedServer
from tests.server.conftest import INSTANCE, Clients


@pytest.fixture
def clients_of() -> Iterator[Callable[..., Any]]:
    """Makes boto3 clients of a server."""
    made: list[Clients] = []

    def clients(server: ThreadedServer) -> Any:
        made.append(Clients(server.endpoint_url))
        return made[-1]()

    yield clients
    for each in made:
        each.close()


def test_a_server_inside_a_mock_shows_what_the_mock_holds(amazon_connect: Any, clients_of: Any) -> None:
    with ThreadedServer() as server:
        instance = clients_of(server).describe_instance(InstanceId=amazon_connect.instance_id)["Instance"]
    assert instance == amazon_connect.instance


def test_a_mock_shows_what_a_server_inside_it_made(amazon_connect: Any, clients_of: Any) -> None:
    with ThreadedServer() as server:
        instance_id = clients_of(server).create_instance(**INSTANCE)["Id"]
    assert amazon_connect.client.describe_instance(InstanceId=instance_id)["Instance"]["Id"] == instance_id


def test_the_server_forgets_with_the_mock(clients_of: Any) -> None:
    with ThreadedServer() as server:
        with mock_connect():
            clients_of(server).create_instance(**INSTANCE)
        assert clients_of(server).list_instances()["InstanceSummaryList"] == []


def test_the_clock_of_the_mock_is_the_servers(amazon_connect: Any, clients_of: Any) -> None:
    later = amazon_connect.clock.advance(3600)
    with ThreadedServer() as server:
        instance_id = clients_of(server).create_instance(**INSTANCE)["Id"]
        created = clients_of(server).describe_instance(InstanceId=instance_id)["Instance"]["CreatedTime"]
    assert 0 <= (created - later).total_seconds() < 60


@pytest.mark.parametrize(("of_mock", "of_server", "is_empty"), [(True, None, True), (False, True, True), (True, False, False)])
def test_new_instances_are_empty_where_it_was_asked_for(
    clients_of: Any, of_mock: bool, of_server: bool | None, is_empty: bool
) -> None:
    with mock_connect(empty_instances=of_mock), ThreadedServer(empty_instances=of_server) as server:
        client = clients_of(server)
        flows = client.list_contact_flows(InstanceId=client.create_instance(**INSTANCE)["Id"])["ContactFlowSummaryList"]
    assert (flows == []) is is_empty


def test_the_setting_of_the_server_ends_with_it(amazon_connect: Any) -> None:
    with ThreadedServer(empty_instances=True):
        pass
    assert amazon_connect.client.list_contact_flows(InstanceId=amazon_connect.instance_id)["ContactFlowSummaryList"]


def test_it_starts_and_stops_at_once() -> None:
    began = time.perf_counter()
    with ThreadedServer():
        pass
    assert time.perf_counter() - began < 1


def test_it_leaves_no_thread_and_no_socket(clients_of: Any) -> None:
    before = set(threading.enumerate())
    with ThreadedServer() as server:
        address = server.endpoint_url.removeprefix("http://").split(":")
        clients_of(server).list_instances()
        Clients(server.endpoint_url)("s3").list_buckets()
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address[0], int(address[1])))


def test_it_stops_while_a_connection_is_open() -> None:
    server = ThreadedServer()
    server.start()
    host, port = server.endpoint_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        server.stop()
        assert connection.recv(1) == b""


def test_it_can_be_started_again(clients_of: Any) -> None:
    server = ThreadedServer()
    for _ in range(2):
        with server:
            assert clients_of(server).list_instances()["InstanceSummaryList"] == []


def test_it_cannot_be_started_twice_at_once() -> None:
    with ThreadedServer() as server, pytest.raises(RuntimeError, match="running already"):
        server.start()


def test_to_stop_what_does_not_run_does_nothing() -> None:
    ThreadedServer().stop()


def test_what_does_not_run_has_no_address() -> None:
    with pytest.raises(RuntimeError, match="not running"):
        _ = ThreadedServer().endpoint_url


def test_a_taken_port_is_an_error() -> None:
    with ThreadedServer() as server:
        port = int(server.endpoint_url.rpartition(":")[2])
        second = ThreadedServer(port=port)
        with pytest.raises(OSError, match="in use"):
            second.start()


def test_it_listens_on_ipv6_where_there_is_any() -> None:
    try:
        server = ThreadedServer(host="::1")
        server.start()
    except OSError as problem:
        pytest.skip(f"no IPv6 here: {problem}")
    server.stop()


IN_SERVER_MODE = """
import json, os, urllib.request
from connect_mock import mock_connect

with mock_connect() as amazon_connect:
    instance_id = amazon_connect.instance_id
    with urllib.request.urlopen(os.environ["TEST_SERVER_MODE_ENDPOINT"] + "/moto-api/data.json") as data:
        print(json.dumps([instance_id, [each["id"] for each in json.load(data)["connect"]["Instance"]]]))
"""


def test_the_handle_of_a_mock_in_motos_server_mode_speaks_to_the_server(endpoint_url: str) -> None:
    environment = {**os.environ, "TEST_SERVER_MODE": "true", "TEST_SERVER_MODE_ENDPOINT": endpoint_url}
    command = [sys.executable, "-W", "error", "-c", IN_SERVER_MODE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    instance_id, on_the_server = json.loads(done.stdout)
    assert on_the_server == [instance_id]
