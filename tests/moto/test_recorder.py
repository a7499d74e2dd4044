"""moto's recorder: what it notes of calls to Connect, and that it can play them again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.moto_api import recorder

pytest.importorskip("uvicorn", reason="the recording is played to connect_mock.server, of the extra `server`")

from connect_mock import mock_connect
from connect_mock.server import ThreadedServer


@pytest.fixture(autouse=True)
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the recording is written."""
    path = tmp_path / "recording"
    monkeypatch.setattr(recorder, "_location", str(path))
    yield path
    recorder.stop_recording()


def entries() -> list[dict[str, Any]]:
    """The entries of the recording, with their bodies as text."""
    found = [json.loads(line) for line in recorder.download_recording().splitlines()]
    for entry in found:
        entry["text"] = base64.b64decode(entry["body"]).decode() if entry["body_encoded"] else entry["body"]
    return found


def test_calls_are_recorded_once_each(client: Any) -> None:
    recorder.start_recording()
    made = client.create_instance(
        IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=False
    )
    client.describe_instance(InstanceId=made["Id"])
    creation, look = entries()
    assert (creation["method"], creation["url"]) == ("PUT", "https://connect.us-east-1.amazonaws.com/instance")
    assert json.loads(creation["text"])["InstanceAlias"] == "acme"
    assert "Credential=" in creation["headers"]["Authorization"]
    assert (look["method"], look["url"]) == ("GET", f"https://connect.us-east-1.amazonaws.com/instance/{made['Id']}")


def test_a_recorded_call_can_still_be_answered(client: Any) -> None:
    recorder.start_recording()
    client.create_instance(IdentityManagementType="SAML", InboundCallsEnabled=True, OutboundCallsEnabled=False)
    (summary,) = client.list_instances()["InstanceSummaryList"]
    assert summary["IdentityManagementType"] == "SAML"


def test_an_arn_stays_percent_encoded_in_the_recording(client: Any, amazon_connect: Any) -> None:
    arn = amazon_connect.instance["Arn"]
    recorder.start_recording()
    client.untag_resource(resourceArn=arn, tagKeys=["a b", "c"])
    (entry,) = entries()
    assert entry["url"].startswith("https://connect.us-east-1.amazonaws.com/tags/arn%3Aaws%3Aconnect%3A")
    assert entry["url"].endswith(f"%2F{amazon_connect.instance_id}?tagKeys=a%20b&tagKeys=c")


def test_requests_are_recorded_too(client: Any, signed: Any) -> None:
    recorder.start_recording()
    signed("GET", "https://connect.us-east-1.amazonaws.com/instance")
    urls = {entry["url"] for entry in entries()}  # moto before 5.2.2 writes them down twice
    assert urls == {"https://connect.us-east-1.amazonaws.com/instance"}


def test_nothing_is_recorded_when_it_is_off(client: Any, recording: Path) -> None:
    client.list_instances()
    recorder.start_recording()
    recorder.stop_recording()
    client.list_instances()
    assert not recording.exists()


def test_a_refused_call_is_recorded(client: Any, refused: Any) -> None:
    recorder.start_recording()
    with refused("ResourceNotFoundException"):
        client.describe_instance(InstanceId="nothing")
    assert [entry["url"] for entry in entries()] == ["https://connect.us-east-1.amazonaws.com/instance/nothing"]


def test_a_recording_can_be_played_to_a_server() -> None:
    with mock_connect() as handle:
        recorder.start_recording()
        handle.client.create_instance(
            IdentityManagementType="SAML",
            InstanceAlias="acme",
            InboundCallsEnabled=True,
            OutboundCallsEnabled=False,
            Tags={"été": "ü b"},
        )
        boto3.client("connect", "eu-west-2").create_instance(
            IdentityManagementType="SAML", InstanceAlias="umbrella", InboundCallsEnabled=True, OutboundCallsEnabled=False
        )
        recorder.stop_recording()
    with mock_connect() as handle, ThreadedServer() as server:
        assert handle.client.list_instances()["InstanceSummaryList"] == []
        recorder.replay_recording(server.endpoint_url)
        (acme,) = handle.client.list_instances()["InstanceSummaryList"]
        (umbrella,) = boto3.client("connect", "eu-west-2").list_instances()["InstanceSummaryList"]
        assert (acme["InstanceAlias"], umbrella["InstanceAlias"]) == ("acme", "umbrella")
        assert handle.client.list_tags_for_resource(resourceArn=acme["Arn"])["tags"] == {"été": "ü b"}
