"""Contacts that exist: describe, update, stop, attributes, references, tags, pause, schedule, transfer."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine

from tests.contacts.conftest import queued

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def test_a_contact_is_found_by_arn(client: Any, instance_id: str, start_task: Any, describe: Any) -> None:
    task = start_task()
    assert describe(describe(task)["Arn"])["Id"] == task


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_contact", {"ContactId": UNKNOWN_ID}),
        ("stop_contact", {"ContactId": UNKNOWN_ID}),
        ("update_contact", {"ContactId": UNKNOWN_ID, "Name": "x"}),
        ("get_contact_attributes", {"InitialContactId": UNKNOWN_ID}),
        ("update_contact_attributes", {"InitialContactId": UNKNOWN_ID, "Attributes": {"a": "b"}}),
        ("list_contact_references", {"ContactId": UNKNOWN_ID, "ReferenceTypes": ["URL"]}),
        ("list_associated_contacts", {"ContactId": UNKNOWN_ID}),
        ("tag_contact", {"ContactId": UNKNOWN_ID, "Tags": {"a": "b"}}),
        ("untag_contact", {"ContactId": UNKNOWN_ID, "TagKeys": ["a"]}),
        ("pause_contact", {"ContactId": UNKNOWN_ID}),
        ("resume_contact", {"ContactId": UNKNOWN_ID}),
        ("update_contact_schedule", {"ContactId": UNKNOWN_ID, "ScheduledTime": 0}),
        ("transfer_contact", {"ContactId": UNKNOWN_ID, "ContactFlowId": UNKNOWN_ID}),
    ],
)
def test_an_unknown_contact_is_not_found(
    client: Any, instance_id: str, operation: str, members: dict[str, Any], refused: Any
) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, **members)
    assert UNKNOWN_ID in refusal.message


# --- update


def test_an_update_changes_what_it_names(client: Any, instance_id: str, start_task: Any, describe: Any) -> None:
    task = start_task(Name="old", Description="kept")
    client.update_contact(InstanceId=instance_id, ContactId=task, Name="new")
    assert (describe(task)["Name"], describe(task)["Description"]) == ("new", "kept")


def test_an_update_of_nothing_is_refused(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    with refused("InvalidRequestException"):
        client.update_contact(InstanceId=instance_id, ContactId=task)


def test_a_finished_contact_can_be_updated(client: Any, instance_id: str, start_task: Any, describe: Any) -> None:
    task = start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=task)
    client.update_contact(InstanceId=instance_id, ContactId=task, Description="after")
    assert describe(task)["Description"] == "after"


def test_references_are_merged_by_name(client: Any, instance_id: str, start_task: Any) -> None:
    task = start_task(References={"a": {"Type": "STRING", "Value": "1"}, "b": {"Type": "STRING", "Value": "2"}})
    client.update_contact(InstanceId=instance_id, ContactId=task, References={"b": {"Type": "URL", "Value": "https://b"}})
    found = client.list_contact_references(InstanceId=instance_id, ContactId=task, ReferenceTypes=["URL", "STRING"])
    assert found["ReferenceSummaryList"] == [
        {"String": {"Name": "a", "Value": "1"}},
        {"Url": {"Name": "b", "Value": "https://b"}},
    ]


def test_only_the_asked_types_of_references_are_listed(client: Any, instance_id: str, start_task: Any) -> None:
    task = start_task(References={"a": {"Type": "STRING", "Value": "1"}})
    found = client.list_contact_references(InstanceId=instance_id, ContactId=task, ReferenceTypes=["NUMBER"])
    assert found["ReferenceSummaryList"] == []


def test_a_new_expiry_counts_from_the_beginning(
    client: Any, instance_id: str, start_task: Any, describe: Any, amazon_connect: Any
) -> None:
    task = start_task()
    expiry = {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 60}}}}
    client.update_contact(InstanceId=instance_id, ContactId=task, SegmentAttributes=expiry)
    amazon_connect.clock.advance(3601)
    assert describe(task)["DisconnectReason"] == "EXPIRED"


def test_the_subtype_cannot_be_updated(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    with refused("InvalidRequestException") as refusal:
        client.update_contact(
            InstanceId=instance_id,
            ContactId=task,
            SegmentAttributes={"connect:Subtype": {"ValueString": "connect:Guide"}},
        )
    assert "connect:Subtype" in refusal.message


@pytest.mark.parametrize(
    "members",
    [
        {"UserInfo": {"UserId": "u"}},
        {"QueueInfo": {"Id": "q"}},
        {"CustomerEndpoint": {"Type": "VOIP", "Address": "x"}},
        {"AdditionalRecipients": {"CcEmailAddresses": []}},
    ],
)
def test_who_took_part_in_a_task_cannot_be_updated(
    client: Any, instance_id: str, start_task: Any, members: dict[str, Any], refused: Any
) -> None:
    task = start_task()
    with refused("InvalidRequestException"):
        client.update_contact(InstanceId=instance_id, ContactId=task, **members)


def test_who_took_part_in_external_audio_can_be_updated(client: Any, instance_id: str, describe: Any) -> None:
    made = client.create_contact(InstanceId=instance_id, Channel="VOICE", InitiationMethod="TRANSFER")
    client.update_contact(
        InstanceId=instance_id,
        ContactId=made["ContactId"],
        UserInfo={"UserId": "u-1"},
        QueueInfo={"Id": "q-1"},
        CustomerEndpoint={"Type": "TELEPHONE_NUMBER", "Address": "+12065550100"},
    )
    contact = describe(made["ContactId"])
    assert (contact["AgentInfo"]["Id"], contact["QueueInfo"]["Id"]) == ("u-1", "q-1")
    assert contact["CustomerEndpoint"]["Address"] == "+12065550100"


def test_the_recipients_of_a_draft_can_be_updated(client: Any, instance_id: str, describe: Any) -> None:
    draft = client.create_contact(
        InstanceId=instance_id, Channel="EMAIL", InitiationMethod="OUTBOUND", UserInfo={"UserId": "u-1"}
    )["ContactId"]
    recipients = {"CcEmailAddresses": [{"EmailAddress": "bo@example.com", "DisplayName": "Bo"}]}
    client.update_contact(InstanceId=instance_id, ContactId=draft, AdditionalRecipients=recipients)
    cc = describe(draft)["AdditionalEmailRecipients"]["CcList"]
    assert cc == [{"Address": "bo@example.com", "DisplayName": "Bo"}]


# --- stop


@pytest.mark.parametrize(
    ("start", "reason"), [("start_task", "API"), ("start_chat", "API"), ("start_email", "API"), ("start_call", "OTHER")]
)
def test_a_stopped_contact_says_why_it_ended(
    client: Any, instance_id: str, start: str, reason: str, request: Any, describe: Any
) -> None:
    contact_id = request.getfixturevalue(start)()
    client.stop_contact(InstanceId=instance_id, ContactId=contact_id)
    assert describe(contact_id)["DisconnectReason"] == reason
    assert describe(contact_id)["DisconnectTimestamp"] >= describe(contact_id)["InitiationTimestamp"]


def test_a_contact_that_has_ended_cannot_be_stopped(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=task)
    with refused("ContactNotFoundException") as refusal:
        client.stop_contact(InstanceId=instance_id, ContactId=task)
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 410


def test_a_contact_that_has_expired_cannot_be_stopped(
    client: Any, instance_id: str, start_chat: Any, amazon_connect: Any, refused: Any
) -> None:
    chat = start_chat(ChatDurationInMinutes=60)
    amazon_connect.clock.advance(3600)
    with refused("ContactNotFoundException"):
        client.stop_contact(InstanceId=instance_id, ContactId=chat)


def test_a_transferred_voice_contact_cannot_be_stopped(client: Any, instance_id: str, refused: Any) -> None:
    made = client.create_contact(InstanceId=instance_id, Channel="VOICE", InitiationMethod="TRANSFER")
    with refused("InvalidRequestException"):
        client.stop_contact(InstanceId=instance_id, ContactId=made["ContactId"])


# --- attributes


def test_attributes_are_merged(client: Any, instance_id: str, start_task: Any) -> None:
    task = start_task(Attributes={"a": "1", "b": "2"})
    client.update_contact_attributes(InstanceId=instance_id, InitialContactId=task, Attributes={"b": "", "c": "3"})
    found = client.get_contact_attributes(InstanceId=instance_id, InitialContactId=task)
    assert found["Attributes"] == {"a": "1", "b": "", "c": "3"}


def test_attributes_can_be_updated_after_the_end(client: Any, instance_id: str, start_task: Any) -> None:
    task = start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=task)
    client.update_contact_attributes(InstanceId=instance_id, InitialContactId=task, Attributes={"late": "yes"})
    found = client.get_contact_attributes(InstanceId=instance_id, InitialContactId=task)
    assert found["Attributes"] == {"late": "yes"}


def test_attributes_may_not_grow_beyond_32768_bytes(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task(Attributes={"a": "x" * 20_000})
    with refused("InvalidRequestException"):
        client.update_contact_attributes(InstanceId=instance_id, InitialContactId=task, Attributes={"b": "x" * 20_000})


def test_a_bad_attribute_key_is_refused_in_an_update(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    with refused("InvalidRequestException"):
        client.update_contact_attributes(InstanceId=instance_id, InitialContactId=task, Attributes={"a b": "x"})


# --- the tree


def test_associated_contacts_are_the_whole_tree_in_order(client: Any, instance_id: str, start_task: Any) -> None:
    first = start_task()
    second = start_task(PreviousContactId=first)
    third = start_task(RelatedContactId=second)
    start_task()
    found = client.list_associated_contacts(InstanceId=instance_id, ContactId=second)["ContactSummaryList"]
    assert [each["ContactId"] for each in found] == [first, second, third]
    assert (found[1]["PreviousContactId"], found[2]["RelatedContactId"]) == (first, second)


def test_associated_contacts_come_in_pages(client: Any, instance_id: str, start_task: Any) -> None:
    first = start_task()
    others = [start_task(RelatedContactId=first) for _ in range(4)]
    seen: list[str] = []
    page = client.list_associated_contacts(InstanceId=instance_id, ContactId=first, MaxResults=2)
    seen += [each["ContactId"] for each in page["ContactSummaryList"]]
    while "NextToken" in page:
        page = client.list_associated_contacts(
            InstanceId=instance_id, ContactId=first, MaxResults=2, NextToken=page["NextToken"]
        )
        seen += [each["ContactId"] for each in page["ContactSummaryList"]]
    assert seen == [first, *others]


# --- tags


def test_a_contact_is_tagged_beside_the_tags_of_the_service(
    client: Any, instance_id: str, start_task: Any, describe: Any
) -> None:
    task = start_task()
    client.tag_contact(InstanceId=instance_id, ContactId=task, Tags={"cost": "a", "team": "b"})
    client.untag_contact(InstanceId=instance_id, ContactId=task, TagKeys=["team", "other"])
    assert describe(task)["Tags"] == {"aws:connect:instanceId": instance_id, "cost": "a"}


def test_a_contact_has_at_most_six_tags_of_its_own(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    client.tag_contact(InstanceId=instance_id, ContactId=task, Tags=dict.fromkeys("abcdef", "x"))
    with refused("InvalidRequestException") as refusal:
        client.tag_contact(InstanceId=instance_id, ContactId=task, Tags={"g": "x"})
    assert "7" in refusal.message


@pytest.mark.parametrize("key", ["aws:mine", "ümlaut"])
def test_a_tag_key_of_aws_is_refused(client: Any, instance_id: str, start_task: Any, key: str, refused: Any) -> None:
    task = start_task()
    with refused("InvalidParameterException"):
        client.tag_contact(InstanceId=instance_id, ContactId=task, Tags={key: "x"})


def test_a_tag_of_the_service_cannot_be_removed(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    with refused("InvalidParameterException"):
        client.untag_contact(InstanceId=instance_id, ContactId=task, TagKeys=["aws:connect:instanceId"])


def test_a_contact_can_be_tagged_for_three_hours_after_its_end(
    client: Any, instance_id: str, start_task: Any, amazon_connect: Any, refused: Any
) -> None:
    task = start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=task)
    amazon_connect.clock.advance(3 * 3600 - 60)
    client.tag_contact(InstanceId=instance_id, ContactId=task, Tags={"a": "b"})
    amazon_connect.clock.advance(120)
    with refused("InvalidRequestException"):
        client.tag_contact(InstanceId=instance_id, ContactId=task, Tags={"c": "d"})


def test_tag_resource_does_not_know_contacts(client: Any, start_task: Any, describe: Any, refused: Any) -> None:
    arn = describe(start_task())["Arn"]
    with refused("ResourceNotFoundException"):
        client.tag_resource(resourceArn=arn, tags={"a": "b"})


# --- pause and resume


@pytest.mark.parametrize("start", ["start_task", "start_email"])
def test_a_pause_is_counted_and_timed(
    client: Any, instance_id: str, start: str, request: Any, describe: Any, amazon_connect: Any
) -> None:
    contact_id = request.getfixturevalue(start)()
    for seconds in (90, 30):
        client.pause_contact(InstanceId=instance_id, ContactId=contact_id)
        amazon_connect.clock.advance(seconds)
        client.resume_contact(InstanceId=instance_id, ContactId=contact_id)
        amazon_connect.clock.advance(1)
    contact = describe(contact_id)
    assert contact["TotalPauseCount"] == 2
    assert 120 <= contact["TotalPauseDurationInSeconds"] <= 122
    assert contact["LastResumedTimestamp"] > contact["LastPausedTimestamp"]


def test_a_paused_task_cannot_be_paused(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    client.pause_contact(InstanceId=instance_id, ContactId=task)
    with refused("ConflictException"):
        client.pause_contact(InstanceId=instance_id, ContactId=task)


def test_a_task_can_be_paused_again_while_the_clock_stands_still(client: Any, instance_id: str, start_task: Any) -> None:
    with time_machine.travel("2026-03-01", tick=False):
        task = start_task()
        client.pause_contact(InstanceId=instance_id, ContactId=task)
        client.resume_contact(InstanceId=instance_id, ContactId=task)
        client.pause_contact(InstanceId=instance_id, ContactId=task)
        client.resume_contact(InstanceId=instance_id, ContactId=task)


def test_a_task_that_is_not_paused_cannot_be_resumed(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    with refused("ConflictException"):
        client.resume_contact(InstanceId=instance_id, ContactId=task)


@pytest.mark.parametrize("operation", ["pause_contact", "resume_contact"])
def test_a_chat_cannot_be_paused(client: Any, instance_id: str, start_chat: Any, operation: str, refused: Any) -> None:
    chat = start_chat()
    with refused("InvalidRequestException"):
        getattr(client, operation)(InstanceId=instance_id, ContactId=chat)


def test_a_task_that_has_ended_cannot_be_paused(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=task)
    with refused("ConflictException"):
        client.pause_contact(InstanceId=instance_id, ContactId=task)


def test_a_task_can_be_paused_ten_times(
    client: Any, instance_id: str, start_task: Any, amazon_connect: Any, refused: Any
) -> None:
    task = start_task()
    for _ in range(10):
        client.pause_contact(InstanceId=instance_id, ContactId=task)
        amazon_connect.clock.advance(1)
        client.resume_contact(InstanceId=instance_id, ContactId=task)
        amazon_connect.clock.advance(1)
    with refused("LimitExceededException"):
        client.pause_contact(InstanceId=instance_id, ContactId=task)


def test_an_unknown_flow_is_refused_for_a_pause(client: Any, instance_id: str, start_task: Any, refused: Any) -> None:
    task = start_task()
    with refused("ResourceNotFoundException"):
        client.pause_contact(InstanceId=instance_id, ContactId=task, ContactFlowId=UNKNOWN_ID)


# --- schedule


def test_a_scheduled_task_can_be_scheduled_anew(
    client: Any, instance_id: str, start_task: Any, describe: Any, amazon_connect: Any
) -> None:
    now = amazon_connect.clock.now().replace(microsecond=0)
    task = start_task(ScheduledTime=now + datetime.timedelta(days=1))
    later = now + datetime.timedelta(days=2)
    client.update_contact_schedule(InstanceId=instance_id, ContactId=task, ScheduledTime=later)
    assert describe(task)["ScheduledTimestamp"] == later


def test_a_task_that_has_started_cannot_be_scheduled(
    client: Any, instance_id: str, start_task: Any, amazon_connect: Any, refused: Any
) -> None:
    task = start_task()
    later = amazon_connect.clock.now() + datetime.timedelta(days=1)
    with refused("InvalidRequestException"):
        client.update_contact_schedule(InstanceId=instance_id, ContactId=task, ScheduledTime=later)


@pytest.mark.parametrize("days", [-1, 7])
def test_a_schedule_out_of_range_is_refused(
    client: Any, instance_id: str, start_task: Any, days: int, amazon_connect: Any, refused: Any
) -> None:
    now = amazon_connect.clock.now()
    task = start_task(ScheduledTime=now + datetime.timedelta(days=1))
    with refused("InvalidParameterException"):
        client.update_contact_schedule(
            InstanceId=instance_id, ContactId=task, ScheduledTime=now + datetime.timedelta(days=days)
        )


def test_a_task_can_be_rescheduled_twenty_times(
    client: Any, instance_id: str, start_task: Any, amazon_connect: Any, refused: Any
) -> None:
    later = amazon_connect.clock.now() + datetime.timedelta(days=1)
    task = start_task(ScheduledTime=later)
    for _ in range(20):
        client.update_contact_schedule(InstanceId=instance_id, ContactId=task, ScheduledTime=later)
    with refused("LimitExceededException"):
        client.update_contact_schedule(InstanceId=instance_id, ContactId=task, ScheduledTime=later)


# --- transfer


def test_a_transfer_makes_a_new_segment_and_ends_the_old_one(
    client: Any, instance_id: str, flow_id: str, start_task: Any, describe: Any
) -> None:
    task = start_task(Attributes={"a": "1"}, References={"r": {"Type": "URL", "Value": "https://r"}})
    made = client.transfer_contact(InstanceId=instance_id, ContactId=task, ContactFlowId=flow_id)
    contact = describe(made["ContactId"])
    assert (contact["InitiationMethod"], contact["PreviousContactId"]) == ("TRANSFER", task)
    assert contact["Name"] == "Call back"
    assert describe(task)["DisconnectReason"] == "OTHER"
    client.update_contact_attributes(InstanceId=instance_id, InitialContactId=task, Attributes={"a": "2"})
    assert describe(made["ContactId"])["Attributes"] == {"a": "2"}


def test_a_transferred_email_ends_as_transferred(
    client: Any, instance_id: str, flow_id: str, start_email: Any, describe: Any
) -> None:
    email = start_email()
    client.transfer_contact(InstanceId=instance_id, ContactId=email, ContactFlowId=flow_id)
    assert describe(email)["DisconnectReason"] == "TRANSFERRED"


def test_a_chat_cannot_be_transferred(client: Any, instance_id: str, flow_id: str, start_chat: Any, refused: Any) -> None:
    chat = start_chat()
    with refused("InvalidRequestException"):
        client.transfer_contact(InstanceId=instance_id, ContactId=chat, ContactFlowId=flow_id)


def test_an_ended_task_cannot_be_transferred(
    client: Any, instance_id: str, flow_id: str, start_task: Any, refused: Any
) -> None:
    task = start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=task)
    with refused("InvalidRequestException"):
        client.transfer_contact(InstanceId=instance_id, ContactId=task, ContactFlowId=flow_id)


def test_a_transfer_goes_to_a_queue_or_a_user(
    client: Any, instance_id: str, flow_id: str, start_task: Any, refused: Any
) -> None:
    task = start_task()
    with refused("InvalidRequestException"):
        client.transfer_contact(InstanceId=instance_id, ContactId=task, ContactFlowId=flow_id, QueueId="q", UserId="u")


@pytest.mark.parametrize("member", ["QueueId", "UserId"])
def test_a_transfer_to_what_does_not_exist_is_refused(
    member: str, client: Any, instance_id: str, flow_id: str, start_task: Any, refused: Any
) -> None:
    nobody = {member: "00000000-0000-4000-8000-000000000000"}
    task = start_task()
    with refused("ResourceNotFoundException"):
        client.transfer_contact(InstanceId=instance_id, ContactId=task, ContactFlowId=flow_id, **nobody)


def test_a_transfer_to_a_user_ends_in_the_queue_of_that_agent(
    amazon_connect: Any, client: Any, instance_id: str, start_task: Any, describe: Any, publish: Any
) -> None:
    user_id = amazon_connect.agent("ana")
    _, transfer, bye = queued("unused")
    flow = publish(transfer, bye, name="To agents", type="AGENT_TRANSFER")
    moved = client.transfer_contact(InstanceId=instance_id, ContactId=start_task(), ContactFlowId=flow, UserId=user_id)
    assert describe(moved["ContactId"])["QueueInfo"]["Id"] == user_id


def test_a_transfer_needs_a_flow_of_a_transfer_type(
    client: Any, instance_id: str, content: Any, start_task: Any, refused: Any
) -> None:
    whisper = client.create_contact_flow(
        InstanceId=instance_id, Name="Whisper", Type="AGENT_WHISPER", Content=content(last="EndFlowExecution")
    )["ContactFlowId"]
    task = start_task()
    with refused("InvalidRequestException") as refusal:
        client.transfer_contact(InstanceId=instance_id, ContactId=task, ContactFlowId=whisper)
    assert "AGENT_WHISPER" in refusal.message


def test_a_contact_can_be_transferred_eleven_times(
    client: Any, instance_id: str, flow_id: str, start_task: Any, refused: Any
) -> None:
    contact_id = start_task()
    for _ in range(11):
        made = client.transfer_contact(InstanceId=instance_id, ContactId=contact_id, ContactFlowId=flow_id)
        contact_id = made["ContactId"]
    with refused("ServiceQuotaExceededException"):
        client.transfer_contact(InstanceId=instance_id, ContactId=contact_id, ContactFlowId=flow_id)
