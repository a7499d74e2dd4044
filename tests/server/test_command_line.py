"""The commands: `connect-mock server` and `connect-mock operations`."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import connect_mock
from connect_mock.backend import ConnectBackend
from connect_mock.cli import main
from connect_mock.service_model import SERVICES, load, snake
from tests.server.conftest import INSTANCE, Clients


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)


# --- server


def test_a_line_says_where_the_server_is(started: Any) -> None:
    assert re.fullmatch(r"connect-mock is ready on http://127\.0\.0\.1:[1-9]\d*\n", started().ready_line)


def test_the_server_answers_when_it_has_said_so(started: Any) -> None:
    clients = Clients(started().endpoint_url)
    instances = clients().list_instances()["InstanceSummaryList"]
    clients.close()
    assert instances == []


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_cleanly(started: Any, ending: signal.Signals) -> None:
    process = started().process
    process.send_signal(ending)
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


def test_the_server_ends_soon_while_clients_are_connected(started: Any) -> None:
    server = started()
    host, port = server.endpoint_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as silent, socket.create_connection((host, int(port))) as sending:
        sending.sendall(b"PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf")
        Clients(server.endpoint_url)().list_instances()  # by its answer the server has read those, which came before
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.communicate(timeout=20)
        assert silent.recv(1) == b""
    assert server.process.returncode == 0
    assert time.monotonic() - began < 10


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(sys.executable, "-m", "connect_mock", "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(rf"connect-mock: cannot listen on 127\.0\.0\.1 port {port}: [^\n]+in use[^\n]*\n", done.stderr)


@pytest.mark.parametrize("module", ["uvicorn", "a2wsgi", "flask"])
def test_a_missing_extra_is_told_in_one_line(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert main(["server"]) == 2
    assert capsys.readouterr().err == f"connect-mock: the server needs {module}: pip install 'connect-mock[server]'\n"


def test_new_instances_on_the_server_can_be_empty(started: Any) -> None:
    clients = Clients(started("--empty-instances").endpoint_url)
    instance_id = clients().create_instance(**INSTANCE)["Id"]
    flows = clients().list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    clients.close()
    assert flows == []


def test_the_environment_can_name_the_port(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("MOTO_PORT", "many")
    with pytest.raises(SystemExit, match="2"):
        main(["server"])
    assert "a port is a number from 0 to 65535, not 'many'" in capsys.readouterr().err


def test_the_installed_command_is_the_same(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("connect-mock")
    if not command.exists():
        pytest.skip("connect-mock is not installed next to this Python")
    assert run(str(command), "server", "--help").stdout == run(sys.executable, "-m", "connect_mock", "--help").stdout


# --- all of them


@pytest.mark.parametrize(
    ("arguments", "mentioned"),
    [
        (["--help"], ["server", "operations"]),
        (["server", "--help"], ["--host", "--port", "--empty-instances", "5000", "AWS_ENDPOINT_URL"]),
        (["operations", "--help"], ["--format", "table", "markdown", "json"]),
    ],
)
def test_help_helps(arguments: list[str], mentioned: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(arguments)
    shown = capsys.readouterr().out
    assert [word for word in mentioned if word not in shown] == []


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"connect-mock {connect_mock.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["serve"], ["server", "--port", "70000"], ["operations", "--format", "xml"]])
def test_what_is_no_command_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: connect-mock" in capsys.readouterr().err


# --- operations


def listed(output_format: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["operations", "--format", output_format]) == 0
    return capsys.readouterr().out


def test_every_operation_of_the_model_is_listed_once(capsys: pytest.CaptureFixture[str]) -> None:
    services = json.loads(listed("json", capsys))["services"]
    assert list(services) == list(SERVICES)
    for name, each in services.items():
        assert sorted([*each["emulated"], *each["missing"]]) == sorted(load(name).operation_names)


def test_an_operation_is_emulated_when_the_backend_has_its_method(capsys: pytest.CaptureFixture[str]) -> None:
    connect = json.loads(listed("json", capsys))["services"]["connect"]
    assert connect["emulated"]["DescribeInstance"] == "instances"
    assert [name for name in connect["emulated"] if not hasattr(ConnectBackend, snake(name))] == []
    assert [name for name in connect["missing"] if hasattr(ConnectBackend, snake(name))] == []


def test_a_new_method_is_counted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    missing = json.loads(listed("json", capsys))["services"]["connect"]["missing"][0]
    monkeypatch.setattr(ConnectBackend, snake(missing), ConnectBackend.describe_instance, raising=False)
    assert json.loads(listed("json", capsys))["services"]["connect"]["emulated"][missing] == "instances"


def test_the_table_has_a_line_for_each_and_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed("table", capsys).splitlines()
    rows = [line.split() for line in lines[: lines.index("")]]
    assert rows == sorted(rows, key=lambda row: (SERVICES.index(row[0]), *row[1:]))
    assert ["connect", "instances", "DescribeInstance"] in rows
    assert f"connect: {len(rows)} of {len(load('connect').operation_names)} operations are emulated" in lines


def test_the_markdown_groups_by_module_and_names_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed("markdown", capsys).splitlines()
    (instances,) = [line for line in lines if line.startswith("| `instances` |")]
    assert "DescribeInstance" in instances
    assert [line for line in lines if line.startswith("- connect-contact-lens (1): ListRealtimeContactAnalysisSegments")]
