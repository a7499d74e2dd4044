"""Lambda functions that flows invoke."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import boto3
import pytest

from connect_mock import mock_connect
from tests.contacts.conftest import Publish, Start, invoked, said, waiting
from tests.flow.recording_host import ending


@pytest.fixture
def lookup_flow(publish: Publish) -> str:
    """A flow that invokes `lookup` and says what it answered, or that it failed."""
    return publish(
        invoked("lookup", "lookup", "ok", "failed", LambdaInvocationAttributes={"number": "$.CustomerEndpoint.Address"}),
        said("ok", "Hello $.External.name", "bye"),
        said("failed", "Sorry", "bye"),
        ending("bye"),
    )


def test_a_registered_handler_answers_for_the_function_of_its_name(amazon_connect: Any, lookup_flow: str) -> None:
    amazon_connect.lambda_function("lookup", lambda event, context: {"name": "Ana"})
    assert amazon_connect.call(lookup_flow).heard == ["Hello Ana"]


def test_a_handler_can_be_registered_for_the_arn(amazon_connect: Any, lookup_flow: str) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:lookup"
    amazon_connect.lambda_function(arn, lambda event, context: {"name": "Ana"})
    assert amazon_connect.call(lookup_flow).heard == ["Hello Ana"]


def test_the_function_gets_the_event_of_the_real_service(amazon_connect: Any, lookup_flow: str) -> None:
    amazon_connect.lambda_function("lookup", lambda event, context: {"name": "Ana"})
    call = amazon_connect.call(lookup_flow, from_="+12065550123")
    event = call.lambda_calls[0].event
    assert event["Name"] == "ContactFlowEvent"
    assert event["Details"]["Parameters"] == {"number": "+12065550123"}
    data = event["Details"]["ContactData"]
    assert data["Channel"] == "VOICE"
    assert data["ContactId"] == data["InitialContactId"] == data["PreviousContactId"] == call.contact_id
    assert data["CustomerEndpoint"] == {"Address": "+12065550123", "Type": "TELEPHONE_NUMBER"}
    assert data["InitiationMethod"] == "INBOUND"
    assert data["InstanceARN"] == amazon_connect.instance["Arn"]
    assert data["Queue"] is None
    assert data["MediaStreams"] == {"Customer": {"Audio": None}}


def test_the_context_has_the_time_that_the_flow_waits(amazon_connect: Any, lookup_flow: str) -> None:
    amazon_connect.lambda_function(
        "lookup", lambda event, context: {"name": f"{context.function_name} {context.get_remaining_time_in_millis()}"}
    )
    assert amazon_connect.call(lookup_flow).heard == ["Hello lookup 8000"]


def test_an_exception_is_the_error_branch_with_the_traceback_in_the_transcript(amazon_connect: Any, lookup_flow: str) -> None:
    def lookup(event: Any, context: Any) -> Any:
        raise KeyError("customer")

    amazon_connect.lambda_function("lookup", lookup)
    call = amazon_connect.call(lookup_flow)
    assert call.heard == ["Sorry"]
    assert "KeyError: 'customer'" in call.transcript
    assert "Traceback" in call.transcript
    assert "KeyError" in call.log[0]["Results"]


def test_a_function_that_takes_longer_than_the_flow_waits_is_an_error(amazon_connect: Any, lookup_flow: str) -> None:
    def lookup(event: Any, context: Any) -> Any:
        amazon_connect.clock.advance(9)
        return {"name": "Ana"}

    amazon_connect.lambda_function("lookup", lookup)
    call = amazon_connect.call(lookup_flow)
    assert call.heard == ["Sorry"]
    assert "took 9 seconds, the flow waits for 8" in call.lambda_calls[0].error


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"name": {"first": "Ana"}}, "STRING_MAP"),
        (["Ana"], "STRING_MAP"),
        ({"name": "x" * 33_000}, "more than 32768"),
        (object(), "not JSON serializable"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_an_error(amazon_connect: Any, lookup_flow: str, answer: Any, why: str) -> None:
    amazon_connect.lambda_function("lookup", lambda event, context: answer)
    call = amazon_connect.call(lookup_flow)
    assert call.heard == ["Sorry"]
    assert why in call.transcript


def test_a_json_answer_may_be_nested(amazon_connect: Any, publish: Publish) -> None:
    amazon_connect.lambda_function("lookup", lambda event, context: {"customer": {"names": ["Ana", "Maria"]}})
    flow = publish(
        invoked("lookup", "lookup", "ok", "bye", ResponseValidation={"ResponseType": "JSON"}),
        said("ok", "Hello $.External.customer.names.1", "bye"),
        ending("bye"),
    )
    assert amazon_connect.call(flow).heard == ["Hello Maria"]


def test_a_handler_cannot_change_the_contact_through_its_event(amazon_connect: Any, lookup_flow: str) -> None:
    def lookup(event: Any, context: Any) -> Any:
        event["Details"]["ContactData"]["Attributes"]["x"] = "y"
        return {"name": "Ana"}

    amazon_connect.lambda_function("lookup", lookup)
    assert amazon_connect.call(lookup_flow).attributes == {}


def test_a_handler_may_use_boto3_on_the_contact(amazon_connect: Any, client: Any, instance_id: str, publish: Publish) -> None:
    def lookup(event: Any, context: Any) -> Any:
        contact_id = event["Details"]["ContactData"]["ContactId"]
        client.update_contact_attributes(InstanceId=instance_id, InitialContactId=contact_id, Attributes={"name": "Ana"})
        return {}

    amazon_connect.lambda_function("lookup", lookup)
    flow = publish(invoked("lookup", "lookup", "ok", "ok"), said("ok", "Hello $.Attributes.name", "bye"), ending("bye"))
    assert amazon_connect.call(flow).heard == ["Hello Ana"]


def test_a_handler_that_stops_the_contact_stops_its_flow(
    amazon_connect: Any, client: Any, instance_id: str, lookup_flow: str
) -> None:
    def lookup(event: Any, context: Any) -> Any:
        client.stop_contact(InstanceId=instance_id, ContactId=event["Details"]["ContactData"]["ContactId"])
        return {"name": "Ana"}

    amazon_connect.lambda_function("lookup", lookup)
    call = amazon_connect.call(lookup_flow)
    assert call.heard == []
    assert call.ended == "OTHER"


def test_nobody_waits_for_an_asynchronous_function(amazon_connect: Any, publish: Publish) -> None:
    amazon_connect.lambda_function("lookup", lambda event, context: {"name": "Ana"})
    flow = publish(
        invoked("lookup", "lookup", "ok", "bye", InvocationType="ASYNCHRONOUS"),
        said("ok", "$.LambdaInvocation.RequestId", "bye"),
        ending("bye"),
    )
    call = amazon_connect.call(flow)
    assert call.heard == [call.lambda_calls[0].request_id]
    assert call.lambda_calls[0].answer == {"name": "Ana"}


def test_the_answer_of_an_asynchronous_function_is_there_after_a_wait(amazon_connect: Any, publish: Publish) -> None:
    amazon_connect.lambda_function("lookup", lambda event, context: {"name": "Ana"})
    flow = publish(
        invoked("lookup", "lookup", "before", "bye", InvocationType="ASYNCHRONOUS"),
        said("before", "Hello $.LambdaInvocation.ResultData.name", "wait"),
        waiting("wait", 10, "after"),
        said("after", "Hello $.LambdaInvocation.ResultData.name", "bye"),
        ending("bye"),
    )
    chat = amazon_connect.chat(flow)
    assert chat.heard == ["Hello "]
    chat.waits()
    assert chat.heard == ["Hello Ana"]


def test_an_asynchronous_function_that_fails_does_not_stop_the_flow(amazon_connect: Any, publish: Publish) -> None:
    flow = publish(
        invoked("lookup", "lookup", "ok", "bye", InvocationType="ASYNCHRONOUS"), said("ok", "Going on", "bye"), ending("bye")
    )
    call = amazon_connect.call(flow)
    assert call.heard == ["Going on"]
    assert "there is no function" in call.lambda_calls[0].error


def test_a_function_that_nobody_made_is_an_error_that_says_so(amazon_connect: Any, lookup_flow: str) -> None:
    call = amazon_connect.call(lookup_flow)
    assert call.heard == ["Sorry"]
    assert "amazon_connect.lambda_function(name, handler) registers one" in call.transcript


def zipped(source: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("lambda_function.py", source)
    return file.getvalue()


def test_a_function_of_motos_lambda_is_invoked() -> None:
    with mock_connect(config={"lambda": {"use_docker": False}}, region_name="us-east-1") as amazon_connect:
        role = boto3.client("iam", region_name="us-east-1").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"][
            "Arn"
        ]
        functions = boto3.client("lambda", region_name="us-east-1")
        made = functions.create_function(
            FunctionName="lookup", Runtime="python3.11", Role=role, Handler="lambda_function.handler",
            Code={"ZipFile": zipped("def handler(event, context): return {}")},
        )  # fmt: skip
        content = {
            "Version": "2019-10-30",
            "StartAction": "lookup",
            "Actions": [
                invoked("lookup", "lookup", "ok", "failed", ResponseValidation={"ResponseType": "JSON"}),
                said("ok", "It answered", "bye"),
                said("failed", "It failed", "bye"),
                ending("bye"),
            ],
        }
        call = amazon_connect.call(amazon_connect.flow(json.dumps(content)))
        assert call.lambda_calls[0].function == made["FunctionArn"]
        assert call.lambda_calls[0].error is None
        assert call.heard == ["It answered"], call.transcript


def test_forgotten_handlers_answer_no_more(start_call: Start) -> None:
    with mock_connect() as outer:
        outer.lambda_function("lookup", lambda event, context: {"name": "Ana"})
