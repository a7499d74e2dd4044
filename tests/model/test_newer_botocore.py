"""A botocore that is newer than connect-mock: what it brings in is named, or kept and given back, and breaks nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader

ROOT = Path(__file__).parents[2]


def newer(model: dict[str, Any]) -> dict[str, Any]:
    """The model with an operation, some members and a value of an enum more."""
    shapes = model["shapes"]
    shapes["Weather"] = {"type": "structure", "members": {"Sky": {"shape": "Name"}}}
    shapes["CreateContactFlowRequest"]["members"]["Mood"] = {"shape": "Name"}
    shapes["UpdateContactFlowContentRequest"]["members"]["Weather"] = {"shape": "Weather"}
    shapes["ContactFlow"]["members"] |= {"Mood": {"shape": "Name"}, "Weather": {"shape": "Weather"}}
    shapes["Instance"]["members"]["Weather"] = {"shape": "Weather"}
    shapes["EventSourceName"]["enum"].append("OnSomethingNew")
    model["operations"]["InventContactFlow"] = {
        **model["operations"]["ListContactFlows"],
        "name": "InventContactFlow",
        "http": {"method": "POST", "requestUri": "/invented/{InstanceId}"},
    }
    return model


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `newer_client` saw with the newer model."""
    version = Loader().determine_latest_version("connect", "service-2")
    folder = tmp_path_factory.mktemp("models")
    (folder / "connect" / version).mkdir(parents=True)
    model = newer(Loader().load_service_model("connect", "service-2"))
    (folder / "connect" / version / "service-2.json").write_text(json.dumps(model), encoding="utf-8")
    environment = {**os.environ, "AWS_DATA_PATH": str(folder)}
    command = [sys.executable, "-m", "tests.model.newer_client"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_an_operation_that_only_the_model_knows_is_named(seen: dict[str, Any]) -> None:
    status, code, message = seen["refusal"]
    assert (status, code) == (501, "NotImplementedException")
    assert "InventContactFlow" in message


def test_an_unknown_member_is_given_back(seen: dict[str, Any]) -> None:
    assert seen["created"]["Mood"] == "calm"


def test_an_unknown_member_stays_when_others_come(seen: dict[str, Any]) -> None:
    assert (seen["updated"]["Mood"], seen["updated"]["Weather"]) == ("calm", {"Sky": "grey"})


def test_a_call_with_an_unknown_member_does_what_it_always_did(seen: dict[str, Any]) -> None:
    assert (seen["created"]["Name"], seen["created"]["Status"]) == ("Inbound", "PUBLISHED")
    assert "Later" in seen["updated"]["Content"]


def test_an_unknown_member_stays_with_what_an_id_with_a_qualifier_names(seen: dict[str, Any]) -> None:
    assert seen["draft"]["Weather"] == {"Sky": "blue"}
    assert "Weather" not in seen["instance"]


def test_an_unknown_value_of_an_enum_is_accepted(seen: dict[str, Any]) -> None:
    assert seen["rule"]["RuleId"] == seen["rules"][0]["RuleId"]
    assert seen["rules"][0]["EventSourceName"] == "OnSomethingNew"


def test_each_unknown_member_of_a_call_is_warned_of_once(seen: dict[str, Any]) -> None:
    mood, grey, blue = seen["warnings"]
    assert "mood of ContactFlow" in mood
    assert grey == blue
    assert "Weather of UpdateContactFlowContent" in grey
    assert seen["other warnings"] == []
