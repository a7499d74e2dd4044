"""Flows run on contacts: what they do is seen through the API, and time does what is due."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine

from tests.contacts.conftest import Describe, Publish, Start, menu, noted, queued, said, waiting
from tests.flow.recording_host import action, ending


def attributes_of(client: Any, instance_id: str, contact_id: str) -> dict[str, str]:
    return dict(client.get_contact_attributes(InstanceId=instance_id, InitialContactId=contact_id)["Attributes"])


def test_attributes_that_a_flow_sets_are_seen_by_the_api(
    client: Any, instance_id: str, publish: Publish, start_task: Start
) -> None:
    flow = publish(noted("note", "bye", plan="gold", name="$.Name"), ending("bye"))
    contact_id = start_task(ContactFlowId=flow, Name="Refund")
    assert attributes_of(client, instance_id, contact_id) == {"plan": "gold", "name": "Refund"}


@pytest.mark.parametrize("start", ["start_task", "start_chat", "start_email", "start_call"])
def test_a_flow_that_disconnects_ends_its_contact(start: str, publish: Publish, describe: Describe, request: Any) -> None:
    contact = describe(request.getfixturevalue(start)(ContactFlowId=publish(ending("bye"))))
    assert contact["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
    assert contact["DisconnectTimestamp"] >= contact["InitiationTimestamp"]


def test_the_end_of_an_inbound_flow_is_the_end_of_its_contact(publish: Publish, start_chat: Start, describe: Describe) -> None:
    contact = describe(start_chat(ContactFlowId=publish(action("end", "EndFlowExecution"))))
    assert contact["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"


def test_a_contact_in_a_queue_is_described_with_it(
    publish: Publish, start_task: Start, describe: Describe, basic_queue_id: str
) -> None:
    contact = describe(start_task(ContactFlowId=publish(*queued(basic_queue_id))))
    assert contact["QueueInfo"]["Id"] == basic_queue_id
    assert contact["QueueInfo"]["EnqueueTimestamp"] >= contact["InitiationTimestamp"]
    assert "DisconnectTimestamp" not in contact


def test_a_flow_changes_what_it_can_of_a_contact(publish: Publish, start_task: Start, describe: Describe) -> None:
    data = {"Name": "Refund", "Description": "Two socks", "CustomerId": "c-7"}
    flow = publish(
        action("data", "UpdateContactData", data, "tag", errors={"NoMatchingError": "bye"}),
        action("tag", "TagContact", {"Tags": {"team": "red"}}, "priority", errors={"NoMatchingError": "bye"}),
        action("priority", "UpdateContactRoutingBehavior", {"QueuePriority": "2"}, "stay"),
        waiting("stay", 60, "bye"),
        ending("bye"),
    )
    contact = describe(start_task(ContactFlowId=flow))
    assert (contact["Name"], contact["Description"], contact["CustomerId"]) == ("Refund", "Two socks", "c-7")
    assert contact["Tags"]["team"] == "red"
    assert contact["QueuePriority"] == 2


# --- time


def test_a_wait_is_over_when_its_time_has_passed_and_not_before(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start
) -> None:
    contact_id = start_task(
        ContactFlowId=publish(waiting("wait", 600, "note"), noted("note", "bye", waited="yes"), ending("bye"))
    )
    amazon_connect.clock.advance(590)
    assert attributes_of(client, instance_id, contact_id) == {}
    amazon_connect.clock.advance(10)
    assert attributes_of(client, instance_id, contact_id) == {"waited": "yes"}


def test_what_is_due_happens_in_order_each_at_its_own_time(amazon_connect: Any, publish: Publish, start_task: Start) -> None:
    heard: list[tuple[str, datetime.datetime]] = []
    amazon_connect.lambda_function(
        "tell", lambda event, _: heard.append((event["Details"]["ContactData"]["Name"], now())) or {}
    )
    now = amazon_connect.clock.now
    arn = "arn:aws:lambda:us-east-1:123456789012:function:tell"
    told = {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "8"}
    wait = {"TimeLimitSeconds": "$.Attributes.seconds"}
    flow = publish(
        action("wait", "Wait", wait, "bye", on={"WaitCompleted": "tell"}, errors={"NoMatchingError": "bye"}),
        action("tell", "InvokeLambdaFunction", told, "again", errors={"NoMatchingError": "bye"}),
        action("again", "Wait", wait, "bye", on={"WaitCompleted": "tell"}, errors={"NoMatchingError": "bye"}),
        ending("bye"),
    )
    with time_machine.travel(datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc), tick=False):
        began = now()
        start_task(ContactFlowId=flow, Name="slow", Attributes={"seconds": "50"})
        start_task(ContactFlowId=flow, Name="quick", Attributes={"seconds": "20"})
        amazon_connect.clock.advance(100)
    seconds = [(name, (when - began).total_seconds()) for name, when in heard]
    assert seconds == [("quick", 20), ("quick", 40), ("slow", 50), ("quick", 60), ("quick", 80), ("slow", 100), ("quick", 100)]


def test_a_contact_ends_at_the_time_of_its_wait_however_late_somebody_looks(
    amazon_connect: Any, publish: Publish, start_task: Start, describe: Describe
) -> None:
    contact_id = start_task(ContactFlowId=publish(waiting("wait", 60, "bye"), ending("bye")))
    amazon_connect.clock.advance(86400)
    contact = describe(contact_id)
    assert 60 <= (contact["DisconnectTimestamp"] - contact["InitiationTimestamp"]).total_seconds() < 61


def test_a_clock_that_time_machine_moves_is_followed(publish: Publish, start_task: Start, describe: Describe) -> None:
    flow = publish(waiting("wait", 60, "bye"), ending("bye"))
    with time_machine.travel("2026-03-01", tick=False) as traveller:
        contact_id = start_task(ContactFlowId=flow)
        assert "DisconnectTimestamp" not in describe(contact_id)
        traveller.shift(60)
        assert "DisconnectTimestamp" in describe(contact_id)


def test_a_scheduled_task_enters_its_flow_at_its_time(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start
) -> None:
    flow = publish(noted("note", "bye", entered="yes"), ending("bye"))
    later = amazon_connect.clock.now() + datetime.timedelta(hours=1)
    contact_id = start_task(ContactFlowId=flow, ScheduledTime=later)
    amazon_connect.clock.advance(3590)
    assert attributes_of(client, instance_id, contact_id) == {}
    amazon_connect.clock.advance(20)
    assert attributes_of(client, instance_id, contact_id) == {"entered": "yes"}


def test_a_rescheduled_task_enters_its_flow_once(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start
) -> None:
    entered: list[Any] = []
    amazon_connect.lambda_function("enter", lambda event, _: entered.append(event) or {})
    arn = "arn:aws:lambda:us-east-1:123456789012:function:enter"
    told = {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "8"}
    flow = publish(
        action("enter", "InvokeLambdaFunction", told, "bye", errors={"NoMatchingError": "bye"}),
        ending("bye"),
    )
    now = amazon_connect.clock.now()
    contact_id = start_task(ContactFlowId=flow, ScheduledTime=now + datetime.timedelta(hours=1))
    client.update_contact_schedule(
        InstanceId=instance_id, ContactId=contact_id, ScheduledTime=now + datetime.timedelta(hours=2)
    )
    amazon_connect.clock.advance(5400)
    assert entered == []
    amazon_connect.clock.advance(5400)
    assert len(entered) == 1


def test_a_scheduled_task_whose_flow_was_deleted_ends(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start, describe: Describe
) -> None:
    flow = publish(ending("bye"))
    contact_id = start_task(ContactFlowId=flow, ScheduledTime=amazon_connect.clock.now() + datetime.timedelta(hours=1))
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow)
    amazon_connect.clock.advance(3601)
    assert describe(contact_id)["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"


def test_a_chat_expires_whatever_its_flow_does(amazon_connect: Any, start_chat: Start, describe: Describe) -> None:
    contact_id = start_chat(ChatDurationInMinutes=60)
    amazon_connect.clock.advance(3601)
    assert describe(contact_id)["DisconnectReason"] == "EXPIRED"


def test_a_stopped_contact_does_nothing_any_more(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start
) -> None:
    contact_id = start_task(ContactFlowId=publish(waiting("wait", 60, "note"), noted("note", "bye", on="yes"), ending("bye")))
    client.stop_contact(InstanceId=instance_id, ContactId=contact_id)
    amazon_connect.clock.advance(3600)
    assert attributes_of(client, instance_id, contact_id) == {}


def test_nothing_happens_in_an_instance_that_was_deleted(
    amazon_connect: Any, client: Any, publish: Publish, start_task: Start
) -> None:
    called: list[Any] = []
    amazon_connect.lambda_function("call", lambda event, _: called.append(event) or {})
    arn = "arn:aws:lambda:us-east-1:123456789012:function:call"
    invoke = action(
        "call", "InvokeLambdaFunction", {"LambdaFunctionARN": arn, "InvocationTimeLimitSeconds": "8"}, "bye",
        errors={"NoMatchingError": "bye"},
    )  # fmt: skip
    start_task(ContactFlowId=publish(waiting("wait", 60, "call"), invoke, ending("bye")))
    client.delete_instance(InstanceId=amazon_connect.instance_id)
    amazon_connect.clock.advance(3600)
    assert called == []


def test_a_flow_in_circles_ends_with_a_reason(amazon_connect: Any, publish: Publish) -> None:
    flow = publish(said("ping", "Ping", "pong"), said("pong", "Pong", "ping"))
    call = amazon_connect.call(flow)
    assert call.ended == "CONTACT_FLOW_DISCONNECT"
    assert "10000 actions ran without a wait; the flow goes round in 'ping', 'pong'" in call.transcript


# --- what flows ask of the instance


def hours_flow(publish: Publish, hours_id: str) -> str:
    check = action(
        "check", "CheckHoursOfOperation", {"HoursOfOperationId": hours_id}, "closed",
        on={"True": "open", "False": "closed"}, errors={"NoMatchingError": "closed"},
    )  # fmt: skip
    return publish(check, said("open", "We are open", "bye"), said("closed", "We are closed", "bye"), ending("bye"))


@pytest.mark.parametrize(("time", "told"), [("13:59", "We are closed"), ("14:00", "We are open"), ("22:00", "We are closed")])
def test_hours_are_those_of_the_instance_in_their_own_time_zone(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, time: str, told: str
) -> None:
    hours = client.create_hours_of_operation(
        InstanceId=instance_id,
        Name="Office",
        TimeZone="America/New_York",
        Config=[
            {"Day": "MONDAY", "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 0}},
        ],
    )
    flow = hours_flow(publish, hours["HoursOfOperationId"])
    with time_machine.travel(f"2026-01-05T{time}:00+00:00", tick=False):  # a Monday; New York is five hours behind
        assert amazon_connect.call(flow).heard == [told]


def test_metrics_are_those_of_the_queue(amazon_connect: Any, publish: Publish, basic_queue_id: str, start_task: Start) -> None:
    start_task(ContactFlowId=publish(*queued(basic_queue_id), name="Queued"))
    flow = publish(
        action("metrics", "GetMetricData", {"QueueId": basic_queue_id}, "tell", errors={"NoMatchingError": "bye"}),
        said("tell", "$.Metrics.Queue.Name has $.Metrics.Queue.Size, and $.Metrics.Agents.Staffed.Count agents", "bye"),
        ending("bye"),
    )
    assert amazon_connect.call(flow).heard == ["BasicQueue has 1, and 0 agents"]


def test_a_full_queue_takes_no_more(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str
) -> None:
    client.update_queue_max_contacts(InstanceId=instance_id, QueueId=basic_queue_id, MaxContacts=1)
    set_queue, transfer, bye = queued(basic_queue_id)
    transfer = action(
        "transfer", "TransferContactToQueue", {}, "bye", errors={"QueueAtCapacity": "full", "NoMatchingError": "bye"}
    )
    flow = publish(set_queue, transfer, said("full", "All lines are busy", "bye"), bye)
    assert amazon_connect.call(flow).queue == "BasicQueue"
    assert amazon_connect.call(flow).heard == ["All lines are busy"]


def test_a_disabled_queue_takes_nothing(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str
) -> None:
    client.update_queue_status(InstanceId=instance_id, QueueId=basic_queue_id, Status="DISABLED")
    call = amazon_connect.call(publish(*queued(basic_queue_id)))
    assert call.queue is None
    assert "queue BasicQueue is disabled" in call.transcript


def test_a_module_gets_its_input_and_gives_its_result(amazon_connect: Any, publish: Publish) -> None:
    module = {
        "Version": "2019-10-30",
        "StartAction": "say",
        "Settings": {},
        "Actions": [
            said("say", "Hello $.Modules.Input.who", "done"),
            {"Identifier": "done", "Type": "EndFlowModuleExecution", "Parameters": {"Result": "Done"}, "Transitions": {}},
        ],
    }
    contract = {
        "input": {"schema": {"type": "object", "properties": {"who": {"type": "string"}}}},
        "transitions": {"results": [{"name": "Done", "description": ""}]},
    }
    module_id = amazon_connect.module(module, name="Greeting", contract=contract)
    call_it = action(
        "greet", "InvokeFlowModule", {"FlowModuleId": module_id, "Input": {"who": "Ana"}}, "bye",
        on={"Done": "tell"}, errors={"NoMatchingCondition": "bye", "NoMatchingError": "bye"},
    )  # fmt: skip
    call = amazon_connect.call(publish(call_it, said("tell", "It was $.Modules.Result", "bye"), ending("bye")))
    assert call.heard == ["Hello Ana", "It was Done"], call.transcript


def test_a_prompt_is_heard_by_its_name(amazon_connect: Any, client: Any, instance_id: str, publish: Publish) -> None:
    beep = next(
        each for each in client.list_prompts(InstanceId=instance_id)["PromptSummaryList"] if each["Name"] == "Beep.wav"
    )
    play = action("play", "MessageParticipant", {"PromptId": beep["Arn"]}, "bye", errors={"NoMatchingError": "bye"})
    assert amazon_connect.call(publish(play, ending("bye"))).heard == ["[Beep.wav]"]


# --- contacts that flows start


def test_a_task_that_a_flow_creates_is_a_contact_in_its_own_flow(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, describe: Describe
) -> None:
    task_flow = publish(waiting("wait", 60, "bye"), ending("bye"), name="Tasks")
    asked = {"ContactFlowId": task_flow, "Name": "Call $.CustomerEndpoint.Address", "Attributes": {"a": "1"}}
    create = action("create", "CreateTask", asked, "note", errors={"NoMatchingError": "bye"})
    call = amazon_connect.call(
        publish(create, noted("note", "bye", task="$.Task.ContactId"), ending("bye")), from_="+12065550123"
    )
    task = describe(call.attributes["task"])
    assert (task["Channel"], task["Name"]) == ("TASK", "Call +12065550123")
    assert task["RelatedContactId"] == call.contact_id
    assert attributes_of(client, instance_id, task["Id"])["a"] == "1"


def test_a_flow_that_starts_tasks_of_itself_comes_to_an_end(amazon_connect: Any, client: Any, publish: Publish) -> None:
    flow_id = publish(ending("bye"))
    again = {"ContactFlowId": flow_id, "Name": "Again"}
    publish(
        action("one", "CreateTask", again, "two", errors={"NoMatchingError": "bye"}),
        action("two", "CreateTask", again, "bye", errors={"NoMatchingError": "bye"}),
        ending("bye"),
    )
    task = amazon_connect.task(flow_id)
    assert task.ended == "CONTACT_FLOW_DISCONNECT"
    hour = datetime.timedelta(hours=1)
    times = {
        "Type": "INITIATION_TIMESTAMP",
        "StartTime": amazon_connect.clock.now() - hour,
        "EndTime": amazon_connect.clock.now() + hour,
    }
    found = client.search_contacts(InstanceId=amazon_connect.instance_id, TimeRange=times)
    assert found["TotalCount"] == 2**11 - 1


def test_a_task_may_start_itself_again_every_day(amazon_connect: Any, client: Any, publish: Publish) -> None:
    flow_id = publish(ending("bye"))
    tomorrow = {"ContactFlowId": flow_id, "Name": "Again", "DelaySeconds": "86400"}
    publish(action("again", "CreateTask", tomorrow, "bye", errors={"NoMatchingError": "bye"}), ending("bye"))
    task = amazon_connect.task(flow_id)
    amazon_connect.clock.advance(30 * 86400)
    tree = client.list_associated_contacts(InstanceId=amazon_connect.instance_id, ContactId=task.contact_id)
    assert len(tree["ContactSummaryList"]) == 32


def test_a_callback_waits_and_then_is_in_the_queue(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str, describe: Describe
) -> None:
    delay = {"InitialCallDelaySeconds": "300", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "600"}
    flow = publish(
        action("queue", "UpdateContactTargetQueue", {"QueueId": basic_queue_id}, "back", errors={"NoMatchingError": "bye"}),
        action("back", "CreateCallbackContact", delay, "bye", errors={"NoMatchingError": "bye"}),
        ending("bye"),
    )
    call = amazon_connect.call(flow, from_="+12065550123")
    tree = client.list_associated_contacts(InstanceId=instance_id, ContactId=call.contact_id)["ContactSummaryList"]
    callback_id = next(each["ContactId"] for each in tree if each["InitiationMethod"] == "CALLBACK")
    assert "QueueInfo" not in describe(callback_id)
    amazon_connect.clock.advance(301)
    callback = describe(callback_id)
    assert callback["QueueInfo"]["Id"] == basic_queue_id
    assert callback["CustomerEndpoint"]["Address"] == "+12065550123"


# --- calls that go out


def test_a_customer_who_does_not_answer_never_enters_the_flow(
    amazon_connect: Any, publish: Publish, start_call: Start, describe: Describe
) -> None:
    amazon_connect.nobody_answers("+12065550100", "TELECOM_BUSY")
    contact_id = start_call(ContactFlowId=publish(said("hi", "Hello", "bye"), ending("bye")), RingTimeoutInSeconds=20)
    assert "ConnectedToSystemTimestamp" not in describe(contact_id)
    amazon_connect.clock.advance(21)
    assert describe(contact_id)["DisconnectReason"] == "TELECOM_BUSY"
    assert amazon_connect.conversation(contact_id).heard == []


# --- conversations of contacts that boto3 started


def test_a_call_that_boto3_started_can_be_talked_with(amazon_connect: Any, publish: Publish, start_call: Start) -> None:
    flow = publish(menu("menu", "Press 1", {"1": "yes"}, "bye"), said("yes", "Thank you", "bye"), ending("bye"))
    call = amazon_connect.conversation(start_call(ContactFlowId=flow))
    call.press("1")
    assert call.heard == ["Thank you"]
