"""The Lambda, unchanged, under the decorator."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import boto3
import pytest

from connect_mock import clock, mock_connect
from examples.callbacks.callbacks import handler, open_callbacks

CONTENT = (Path(__file__).parent / "flows" / "callback.json").read_text(encoding="utf-8")


def request(**members: Any) -> dict[str, Any]:
    return {"request_id": "web-1", "name": "Ana", "phone": "+441134960001", "topic": "refund"} | members


@mock_connect
class TestCallbacks:
    @pytest.fixture(autouse=True)
    def environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def setup_method(self) -> None:
        self.client = boto3.client("connect", region_name="us-west-2")
        self.instance_id = self.client.create_instance(
            IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
        )["Id"]
        self.flow = self.client.create_contact_flow(
            InstanceId=self.instance_id, Name="callback", Type="CONTACT_FLOW", Content=CONTENT
        )

    def ask(self, **members: Any) -> dict[str, Any]:
        self.monkeypatch.setenv("CONNECT_REGION", "us-west-2")
        self.monkeypatch.setenv("CONNECT_INSTANCE", self.instance_id)
        self.monkeypatch.setenv("CALLBACK_FLOW", self.flow["ContactFlowId"])
        return handler(request(**members))

    def test_a_callback_becomes_a_task(self) -> None:
        task = self.ask()["body"]
        contact = self.client.describe_contact(InstanceId=self.instance_id, ContactId=task)["Contact"]
        assert (contact["Channel"], contact["Name"]) == ("TASK", "Call Ana back")

    def test_a_request_that_is_sent_twice_makes_one_task(self) -> None:
        assert self.ask() == self.ask()

    def test_a_callback_next_month_is_refused_with_a_reason(self) -> None:
        answer = self.ask(at=(clock.now() + datetime.timedelta(days=30)).isoformat())
        assert answer["statusCode"] == 400
        assert "at most 6 days" in answer["body"]

    def test_what_is_done_is_no_longer_open(self) -> None:
        self.ask(request_id="web-1", name="Ana")
        done = self.ask(request_id="web-2", name="Bo")["body"]
        self.client.stop_contact(InstanceId=self.instance_id, ContactId=done)
        assert open_callbacks(self.client, self.instance_id, clock.now()) == ["Call Ana back on +441134960001 now"]
