"""A call through boto3 costs little more than botocore itself.

The floor is a second client of the same session and configuration in the same mock. Its `before-send` handler answers with
the very bytes and headers that connect-mock gave to the same call, where the first client has moto's handler. All that
botocore does (building, signing and sending the request, reading the answer) is in both, and nothing but the answering
differs: not even an idle handler is left in the floor.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import boto3
from botocore.awsrequest import AWSRequest, AWSResponse
from moto.core.botocore_stubber import MockRawResponse
from moto.core.models import botocore_stubber

from connect_mock import mock_connect
from tests.benchmarks.bar import Bar, Sample, seconds
from tests.conftest import flow_content

Call = Callable[[Any], Any]
"""Makes the call with the client that it is given."""


@contextmanager
def against_the_floor(prepare: Callable[[Any, str], Call]) -> Iterator[tuple[Sample, Sample]]:
    """The call with a client, and the same call with a client that has a canned answer."""
    with mock_connect(empty_instances=True) as mocked:
        client = boto3.client("connect", region_name=mocked.region_name)
        call = prepare(client, mocked.instance_id)
        floor = canned_client(mocked.region_name, answer_to(call, client))
        assert said(call(floor)) == said(call(client))
        yield seconds(partial(call, client), 20), seconds(partial(call, floor), 20)


def answer_to(call: Call, client: Any) -> dict[str, Any]:
    """Status, headers and body of the answer."""
    answers: list[dict[str, Any]] = []

    def keep(response_dict: dict[str, Any], **_: Any) -> None:
        answers.append(response_dict)

    client.meta.events.register("response-received.connect", keep)
    call(client)
    client.meta.events.unregister("response-received.connect", keep)
    return answers[0]


def canned_client(region_name: str, answer: dict[str, Any]) -> Any:
    """A client that gets the same answer to everything."""
    status, headers, body = answer["status_code"], dict(answer["headers"]), answer["body"]

    def canned(request: Any, **_: Any) -> AWSResponse:
        return AWSResponse(request.url, status, headers, MockRawResponse(body))  # type: ignore[arg-type]

    client = boto3.client("connect", region_name=region_name)
    client.meta.events.unregister("before-send", botocore_stubber)
    client.meta.events.register("before-send", canned)
    answers = client.meta.events.emit("before-send.connect.DescribeInstance", request=AWSRequest(url=""))
    assert [handler for handler, _ in answers] == [canned]
    return client


def said(response: dict[str, Any]) -> dict[str, Any]:
    """A response without what every call has anew."""
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


# --- the calls --------------------------------------------------------------------------------------------------------


def describe_instance(client: Any, instance_id: str) -> Call:
    return lambda client: client.describe_instance(InstanceId=instance_id)


def describe_contact_flow(client: Any, instance_id: str) -> Call:
    flow_id = create_flow(client, instance_id, "Inbound")
    return lambda client: client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)


def list_contact_flows(client: Any, instance_id: str) -> Call:
    for number in range(10):
        create_flow(client, instance_id, f"Inbound {number}")
    return lambda client: client.list_contact_flows(InstanceId=instance_id)


def update_contact_flow_name(client: Any, instance_id: str) -> Call:
    flow_id, names = create_flow(client, instance_id, "Inbound"), itertools.cycle(["Sales", "Support"])
    return lambda client: client.update_contact_flow_name(
        InstanceId=instance_id, ContactFlowId=flow_id, Name=next(names), Description="Where calls come in"
    )


def describe_queue(client: Any, instance_id: str) -> Call:
    hours = client.create_hours_of_operation(InstanceId=instance_id, Name="Always", TimeZone="UTC", Config=[])
    queue = client.create_queue(InstanceId=instance_id, Name="Sales", HoursOfOperationId=hours["HoursOfOperationId"])
    return lambda client: client.describe_queue(InstanceId=instance_id, QueueId=queue["QueueId"])


def create_flow(client: Any, instance_id: str, name: str) -> str:
    made = client.create_contact_flow(InstanceId=instance_id, Name=name, Type="CONTACT_FLOW", Content=flow_content())
    return str(made["ContactFlowId"])


PREPARED = (describe_instance, describe_queue, describe_contact_flow, list_contact_flows, update_contact_flow_name)

BARS = [Bar(name=f"call.{each.__name__}", limit=1.25, rounds=200, pair=partial(against_the_floor, each)) for each in PREPARED]
