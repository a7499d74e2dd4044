"""The scenario, played by every client."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

from connect_mock.server import ThreadedServer
from tests.clients import scenario

# --- boto3


@dataclass
class Boto3:
    """boto3, wherever the client sends its requests."""

    client: Any

    def call(self, operation: str, parameters: dict[str, Any]) -> Any:
        try:
            return getattr(self.client, xform_name(operation))(**parameters)
        except ClientError as error:  # of the class that `client.exceptions` has for it
            raise scenario.Refused(type(error).__name__, str(error)) from error

    def all_pages(self, operation: str, parameters: dict[str, Any], size: int) -> Any:
        paginator = self.client.get_paginator(xform_name(operation))
        return paginator.paginate(**parameters, PaginationConfig={"PageSize": size}).build_full_result()

    def time(self, value: Any) -> datetime:
        assert isinstance(value, datetime)
        return value


def test_boto3_in_process_plays_the_scenario(amazon_connect: Any) -> None:
    scenario.play(Boto3(amazon_connect.client))


def test_boto3_on_the_server_plays_the_scenario(server: ThreadedServer) -> None:
    client = boto3.client("connect", region_name="us-east-1", endpoint_url=server.endpoint_url)
    scenario.play(Boto3(client))
    client.close()


# --- the AWS CLI


@dataclass
class Cli:
    """The AWS CLI, one process for each call."""

    command: list[str]
    environment: dict[str, str]

    def call(self, operation: str, parameters: dict[str, Any]) -> Any:
        return self._run(operation, parameters, "--no-paginate")

    def all_pages(self, operation: str, parameters: dict[str, Any], size: int) -> Any:
        return self._run(operation, parameters, "--page-size", str(size))

    def time(self, value: Any) -> datetime:
        if isinstance(value, str):  # the second version of the CLI, or where the user has asked for it
            return datetime.fromisoformat(value)
        return datetime.fromtimestamp(value, timezone.utc)

    def _run(self, operation: str, parameters: dict[str, Any], *options: str) -> Any:
        arguments = [xform_name(operation, "-"), "--cli-input-json", json.dumps(parameters), "--output", "json", *options]
        done = subprocess.run([*self.command, *arguments], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            assert done.returncode in (254, 255), done.stderr  # of the second and of the first version
            name = re.search(r"An error occurred \((\w+)\)", done.stderr)
            raise scenario.Refused(name[1] if name else "no class", done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None


def test_the_aws_cli_plays_the_scenario(server: ThreadedServer, aws: list[str], environment: dict[str, str]) -> None:
    scenario.play(Cli([*aws, "--endpoint-url", server.endpoint_url, "connect"], environment))


# --- the AWS SDK for JavaScript


def test_the_sdk_for_javascript_plays_the_scenario(
    server: ThreadedServer, node_project: Path, environment: dict[str, str]
) -> None:
    command = ["node", "play.mjs", str(scenario.PATH), server.endpoint_url]
    done = subprocess.run(command, cwd=node_project, env=environment, capture_output=True, text=True, timeout=300, check=False)
    steps = json.loads(scenario.PATH.read_text(encoding="utf-8"))["steps"]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [step["that"] for step in steps]
