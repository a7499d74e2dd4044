"""Fixtures for clients that run against the server, most of them in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from connect_mock.server import ThreadedServer

NODE = Path(__file__).with_name("node")
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}


@pytest.fixture
def server(amazon_connect: Any) -> Iterator[ThreadedServer]:
    """A server that holds nothing."""
    with ThreadedServer() as running:
        yield running


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of clients in other processes: credentials, and no configuration of this machine's user."""
    nowhere = str(tmp_path / "nowhere")
    aside = {"AWS_CONFIG_FILE": nowhere, "AWS_SHARED_CREDENTIALS_FILE": nowhere, "AWS_EC2_METADATA_DISABLED": "true"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return kept | CREDENTIALS | aside | {"AWS_DEFAULT_REGION": "us-east-1", "NODE_NO_WARNINGS": "1"}


@pytest.fixture
def aws() -> list[str]:
    """The command of the AWS CLI that is installed for this Python."""
    script = Path(sys.executable).with_name("aws")
    if script.exists():
        return [str(script)]
    if find_spec("awscli"):
        return [sys.executable, "-m", "awscli"]
    pytest.skip("the AWS CLI is not installed next to this Python: pip install awscli")


@pytest.fixture(scope="session")
def node_project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the SDK in it, for each worker of xdist; kept with pytest's cache where there is one."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    cache = getattr(request.config, "cache", None)
    name = "_".join(["connect_mock_node", *filter(None, [os.environ.get("PYTEST_XDIST_WORKER")])])
    project = Path(cache.mkdir(name)) if cache else tmp_path_factory.mktemp(name)
    for each in NODE.iterdir():
        shutil.copy(each, project)
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        pytest.skip(f"the AWS SDK for JavaScript cannot be installed: {done.stderr.strip()[-500:]}")
    return project
