"""Fixtures for contacts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.flow.recording_host import action, ending

Start = Callable[..., str]
Describe = Callable[[str], dict[str, Any]]


def waiting_content() -> str:
    """Flow content that keeps its contact for as long as that may stay: callers at a menu, all others in a wait."""
    longest = {"TimeLimitSeconds": "604800"}
    menu = {"Text": "Please hold", "StoreInput": "False", "InputTimeLimitSeconds": "180"}
    again = dict.fromkeys(("InputTimeLimitExceeded", "NoMatchingCondition"), "menu")
    actions = [
        action("wait", "Wait", longest, "menu", on={"WaitCompleted": "wait"}, errors={"NoMatchingError": "menu"}),
        action("menu", "GetParticipantInput", menu, "menu", errors={**again, "NoMatchingError": "bye"}),
        ending("bye"),
    ]
    return json.dumps({"Version": "2019-10-30", "StartAction": "wait", "Actions": actions})


Publish = Callable[..., str]


@pytest.fixture
def publish(amazon_connect: Any) -> Publish:
    """Publishes a flow of these actions, which starts with the first one, and gives its id."""

    def make(*actions: dict[str, Any], name: str = "Inbound", type: str = "CONTACT_FLOW") -> str:
        content = {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": actions}
        return str(amazon_connect.flow(content, name=name, type=type))

    return make


@pytest.fixture
def basic_queue_id(client: Any, instance_id: str) -> str:
    """The id of BasicQueue."""
    return str(client.list_queues(InstanceId=instance_id, QueueTypes=["STANDARD"])["QueueSummaryList"][0]["Id"])


@pytest.fixture
def agent(client: Any, instance_id: str) -> str:
    """The name of a user who can take contacts."""
    profile = client.list_routing_profiles(InstanceId=instance_id)["RoutingProfileSummaryList"][0]["Id"]
    security = client.list_security_profiles(InstanceId=instance_id)["SecurityProfileSummaryList"][0]["Id"]
    client.create_user(
        InstanceId=instance_id,
        Username="ana",
        Password="Secret-123",
        IdentityInfo={"FirstName": "Ana", "LastName": "Lima"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
        RoutingProfileId=profile,
        SecurityProfileIds=[security],
    )
    return "ana"


def queued(queue_id: str) -> tuple[dict[str, Any], ...]:
    """The actions `queue`, `transfer` and `bye`: the contact goes to a queue."""
    return (
        action("queue", "UpdateContactTargetQueue", {"QueueId": queue_id}, "transfer", errors={"NoMatchingError": "bye"}),
        action("transfer", "TransferContactToQueue", {}, "bye", errors={"QueueAtCapacity": "bye", "NoMatchingError": "bye"}),
        ending("bye"),
    )


def said(identifier: str, text: str, to: str) -> dict[str, Any]:
    """An action that says something."""
    return action(identifier, "MessageParticipant", {"Text": text}, to, errors={"NoMatchingError": to})


def menu(identifier: str, text: str, on: dict[Any, str], otherwise: str) -> dict[str, Any]:
    """An action that asks for a key."""
    parameters = {"Text": text, "StoreInput": "False", "InputTimeLimitSeconds": "5"}
    errors = dict.fromkeys(("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError"), otherwise)
    return action(identifier, "GetParticipantInput", parameters, otherwise, on=on, errors=errors)


def waiting(identifier: str, seconds: int, to: str) -> dict[str, Any]:
    """An action that waits."""
    limit = {"TimeLimitSeconds": str(seconds)}
    return action(identifier, "Wait", limit, to, on={"WaitCompleted": to}, errors={"NoMatchingError": to})


def noted(identifier: str, to: str, **attributes: str) -> dict[str, Any]:
    """An action that sets contact attributes."""
    return action(identifier, "UpdateContactAttributes", {"Attributes": attributes}, to, errors={"NoMatchingError": to})


def invoked(identifier: str, function: str, to: str, otherwise: str, **parameters: Any) -> dict[str, Any]:
    """An action that invokes a Lambda function of that name."""
    arn = f"arn:aws:lambda:us-east-1:123456789012:function:{function}"
    given = {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "8", **parameters}
    return action(identifier, "InvokeLambdaFunction", given, to, errors={"NoMatchingError": otherwise})


@pytest.fixture
def flow_id(client: Any, instance_id: str) -> str:
    """The id of a published inbound flow that keeps its contacts."""
    asked = {"InstanceId": instance_id, "Name": "Waiting", "Type": "CONTACT_FLOW", "Content": waiting_content()}
    return str(client.create_contact_flow(**asked)["ContactFlowId"])


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
