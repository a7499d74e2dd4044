from __future__ import annotations

from typing import Any

import pytest

from connect_mock.flow.host import HostError
from connect_mock.flow.outcomes import Ended
from tests.flow.recording_host import RecordingHost, action, branch, source, start

TEMPLATED = {
    "MessageSourceType": "TEMPLATE",
    "TemplatedMessage": {"WisdomKnowledgeBaseArn": "k", "WisdomMessageTemplateArn": "t"},
}
SENDING: list[tuple[str, dict[str, Any], str]] = [
    ("SendSMS", {"Message": TEMPLATED, "SourceEndpoint": {"Address": "a", "Type": "CONNECT_PHONENUMBER_ARN"}}, "SMS"),
    (
        "SendOutboundEmail",
        {"EmailMessage": TEMPLATED, "FromEmailAddress": {"EmailAddress": "a@example.com"}},
        "CAMPAIGN_EMAIL",
    ),
    ("PutDialRequest", {"Attributes": {"a": "b"}}, "DIAL_REQUEST"),
]


def campaign(**more: Any) -> RecordingHost:
    return RecordingHost(known={"Attributes": {}}, **more)


@pytest.mark.parametrize(("type", "parameters", "kind"), SENDING)
def test_what_is_sent_is_known_afterwards(type: str, parameters: dict[str, Any], kind: str) -> None:
    run = branch(type, parameters, campaign(), errors=["NoMatchingError"])
    assert run.host.asked("start_contact") == [(kind, parameters)]
    assert run.look_up("$.OutboundCommunication.Latest.Id") == "new-1"


@pytest.mark.parametrize(("type", "parameters", "kind"), SENDING)
def test_what_cannot_be_sent_is_an_error(type: str, parameters: dict[str, Any], kind: str) -> None:
    host = campaign(refusals={"start_contact": HostError(why="blocked")})
    assert branch(type, parameters, host, errors=["NoMatchingError"]).last.why == "blocked"


@pytest.mark.parametrize(("type", "parameters", "kind"), SENDING)
def test_a_contact_is_no_recipient(type: str, parameters: dict[str, Any], kind: str) -> None:
    assert branch(type, parameters, RecordingHost(), errors=["NoMatchingError"]).last.why == f"{type} does not support VOICE"


def test_a_function_answers_any_json() -> None:
    run = branch(
        "PutLambdaInvokeRequest", {"LambdaFunctionARN": "f"}, campaign(lambda_answer={"a": [1]}), errors=["NoMatchingError"]
    )
    assert run.look_up("$.LambdaInvocation.ResultData.a.0") == 1


def test_a_function_that_fails_is_an_error() -> None:
    host = campaign(refusals={"invoke_lambda": HostError(why="timed out")})
    run = branch("PutLambdaInvokeRequest", {"LambdaFunctionARN": "f"}, host, errors=["NoMatchingError"])
    assert run.last.why == "timed out"


@pytest.mark.parametrize(("receipt", "where"), [({"Bounce": "x"}, "bounced"), ({"Delivery": "x"}, "rest"), (None, "rest")])
def test_a_delivery_receipt_can_be_tested(receipt: dict[str, str] | None, where: str) -> None:
    latest = "$.OutboundCommunication.Latest.Id"
    flow = source(
        action("send", SENDING[0][0], SENDING[0][1], "wait"),
        action("wait", "Wait", {"TimeLimitSeconds": "3600"}, "status", on={"WaitCompleted": "status"}),
        action("status", "GetOutboundCommunicationStatus", {"OutboundCommunicationIds": [latest]}, "look"),
        action(
            "look",
            "Compare",
            {"ComparisonValue": f"$.DeliveryReceipts['`{latest}`'].Bounce"},
            "rest",
            on={("Exists",): "bounced"},
            errors={"NoMatchingCondition": "rest"},
        ),
        action("bounced", "EndFlowExecution"),
        action("rest", "EndFlowExecution"),
        type="CAMPAIGN",
    )
    receipts = [{"Id": "new-1", **receipt}] if receipt else []
    run = start(flow, campaign(records={"DELIVERY_RECEIPTS": receipts})).expire()
    assert run.host.path == ["send", "wait", "status", "look", where]
    assert run.outcome == Ended("ENDED")


def test_receipts_that_cannot_be_read_are_an_error() -> None:
    host = campaign(refusals={"find": HostError(why="gone")})
    run = branch("GetOutboundCommunicationStatus", {"OutboundCommunicationIds": ["x"]}, host, errors=["NoMatchingError"])
    assert run.last.why == "gone"
