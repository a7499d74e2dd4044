"""The deployment, tested with the fixtures of the pytest plugin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples.callbacks.deployment import deploy

FLOWS = Path(__file__).parent / "flows"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FLOWS.glob("*.json"):
        (tmp_path / file.name).write_text(file.read_text())
    return tmp_path


def test_new_flows_get_a_version_and_the_alias(connect_client: Any, connect_instance: Any, folder: Path) -> None:
    lines = deploy(connect_client, connect_instance["Id"], folder)
    assert lines == ["callback: version 1, live is new", "welcome: version 1, live is new"]


def test_deploying_again_changes_nothing(connect_client: Any, connect_instance: Any, folder: Path) -> None:
    deploy(connect_client, connect_instance["Id"], folder)
    assert deploy(connect_client, connect_instance["Id"], folder)[0] == "callback: version 1, unchanged"


def test_a_changed_flow_moves_the_alias(connect_client: Any, connect_instance: Any, folder: Path) -> None:
    deploy(connect_client, connect_instance["Id"], folder)
    file = folder / "welcome.json"
    file.write_text(file.read_text().replace("Welcome.", "Good day."))
    assert deploy(connect_client, connect_instance["Id"], folder)[1] == "welcome: version 2, live moved from version 1"


def test_a_broken_flow_stops_the_deployment_and_says_where(connect_client: Any, connect_instance: Any, folder: Path) -> None:
    flow = json.loads((folder / "welcome.json").read_text())
    flow["Actions"][0]["Transitions"]["NextAction"] = "nowhere"
    (folder / "welcome.json").write_text(json.dumps(flow))
    with pytest.raises(connect_client.exceptions.InvalidContactFlowException) as caught:
        deploy(connect_client, connect_instance["Id"], folder)
    (problem,) = caught.value.response["problems"]
    assert "Actions[0].Transitions.NextAction" in problem["message"]
