"""Fixtures for contacts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Start = Callable[..., str]
Describe = Callable[[str], dict[str, Any]]


@pytest.fixture
def start_task(client: Any, instance_id: str, flow_id: str) -> Start:
    """Starts a task in the flow and gives its id."""

    def start(**members: Any) -> str:
        asked = {"InstanceId": instance_id, "ContactFlowId": flow_id, "Name": "Call back"} | members
        return str(client.start_task_contact(**asked)["ContactId"])

    return start


@pytest.fixture
def start_chat(client: Any, instance_id: str, flow_id: str) -> Start:
    """Starts a chat in the flow and gives its id."""

    def start(**members: Any) -> str:
        asked = {"InstanceId": instance_id, "ContactFlowId": flow_id, "ParticipantDetails": {"DisplayName": "Ana"}}
        return str(client.start_chat_contact(**asked | members)["ContactId"])

    return start


@pytest.fixture
def start_email(client: Any, instance_id: str, flow_id: str) -> Start:
    """Starts an email in the flow and gives its id."""

    def start(**members: Any) -> str:
        asked = {
            "InstanceId": instance_id,
            "ContactFlowId": flow_id,
            "FromEmailAddress": {"EmailAddress": "ana@example.com", "DisplayName": "Ana"},
            "DestinationEmailAddress": "help@example.org",
            "EmailMessage": {
                "MessageSourceType": "RAW",
                "RawMessage": {"Subject": "My order", "Body": "Where is it?", "ContentType": "text/plain"},
            },
        }
        return str(client.start_email_contact(**asked | members)["ContactId"])

    return start


@pytest.fixture
def start_call(client: Any, instance_id: str, flow_id: str) -> Start:
    """Starts a call to a customer and gives its id."""

    def start(**members: Any) -> str:
        asked = {
            "InstanceId": instance_id,
            "ContactFlowId": flow_id,
            "DestinationPhoneNumber": "+12065550100",
            "SourcePhoneNumber": "+12065550199",
        }
        return str(client.start_outbound_voice_contact(**asked | members)["ContactId"])

    return start


@pytest.fixture
def describe(client: Any, instance_id: str) -> Describe:
    """A contact as DescribeContact shows it."""

    def show(contact_id: str) -> dict[str, Any]:
        return dict(client.describe_contact(InstanceId=instance_id, ContactId=contact_id)["Contact"])

    return show
