"""Flows that were exported from another instance."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connect_mock.imported_flows import exported_type, imported
from tests.contacts.conftest import queued, said
from tests.flow.recording_host import ending

ELSEWHERE = "arn:aws:connect:eu-west-2:111122223333:instance/9a1f7c52-6f0e-4b53-8d0a-2b5f4f3f7e10"
QUEUE = f"{ELSEWHERE}/queue/5d0c3b0e-43c1-4c5e-9a52-7f8a3b0b6c21"


def exported(name: str | None, **metadata: Any) -> dict[str, Any]:
    """A flow that puts callers into a queue of another instance, with the name of that queue or without."""
    names = {"queue": {"parameters": {"QueueId": {"displayName": name}}}} if name else {}
    return {
        "Version": "2019-10-30",
        "StartAction": "queue",
        "Metadata": {"ActionMetadata": names, **metadata},
        "Actions": list(queued(QUEUE)),
    }


def test_a_queue_of_the_same_name_takes_the_place_of_the_one_elsewhere(amazon_connect: Any) -> None:
    amazon_connect.queue("Billing")
    assert amazon_connect.call(amazon_connect.flow(exported("Billing"))).queue == "Billing"


@pytest.mark.parametrize("name", ["Sales", None])
def test_what_this_instance_does_not_have_is_a_problem_of_the_flow(amazon_connect: Any, client: Any, name: str | None) -> None:
    amazon_connect.queue("Billing")
    with pytest.raises(client.exceptions.InvalidContactFlowException) as caught:
        amazon_connect.flow(exported(name))
    assert QUEUE in caught.value.response["problems"][0]["message"]


def test_the_flows_for_events_are_found_by_their_names_too(amazon_connect: Any) -> None:
    amazon_connect.queue("Billing")
    flow = exported("Billing")
    flow["StartAction"] = "hook"
    hook = {
        "Identifier": "hook",
        "Type": "UpdateContactEventHooks",
        "Parameters": {"EventHooks": {"CustomerQueue": f"{ELSEWHERE}/contact-flow/5d0c3b0e-43c1-4c5e-9a52-7f8a3b0b6c22"}},
        "Transitions": {"NextAction": "queue", "Errors": [{"NextAction": "bye", "ErrorType": "NoMatchingError"}]},
    }
    flow["Actions"].insert(0, hook)
    names = {"parameters": {"EventHooks": {"CustomerQueue": {"displayName": "Patience"}}}}
    flow["Metadata"]["ActionMetadata"]["hook"] = names
    content = {"Version": "2019-10-30", "StartAction": "hi", "Actions": [said("hi", "Patience!", "bye"), ending("bye")]}
    amazon_connect.flow(content, name="Patience", type="CUSTOMER_QUEUE")
    assert amazon_connect.call(amazon_connect.flow(flow)).heard == ["Patience!"]


def test_the_type_of_the_flow_is_the_one_of_the_export(amazon_connect: Any, client: Any) -> None:
    amazon_connect.queue("Billing")
    flow_id = amazon_connect.flow(exported("Billing", type="queueTransfer"))
    described = client.describe_contact_flow(InstanceId=amazon_connect.instance_id, ContactFlowId=flow_id)["ContactFlow"]
    assert described["Type"] == "QUEUE_TRANSFER"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"Metadata": []}', '{"Metadata": {"ActionMetadata": 3}, "Actions": 1}', "[" * 99999]
)
def test_what_is_no_export_stays_as_it_is(amazon_connect: Any, text: str) -> None:
    assert imported(amazon_connect._instance, text) == text
    assert exported_type(text) is None


def test_an_agent_of_the_handle_can_take_contacts(amazon_connect: Any) -> None:
    amazon_connect.agent("ana")
    amazon_connect.queue("Billing")
    call = amazon_connect.call(amazon_connect.flow(json.dumps(exported("Billing"))))
    call.agent_accepts("ana")
    assert call.agent == "ana"
