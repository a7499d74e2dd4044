"""Starting contacts: what each channel needs, what it sets, and what it refuses."""

from __future__ import annotations

import base64
import datetime
import json
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.contacts.conftest import queued

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
INTERACTIVE = "application/vnd.amazonaws.connect.message.interactive"
GUIDE = {"connect:Subtype": {"ValueString": "connect:Guide"}}


def expiry(minutes: int) -> dict[str, Any]:
    return {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}}


# --- all channels


def test_a_task_shows_how_it_began(start_task: Any, describe: Any, instance_id: str) -> None:
    contact = describe(start_task(Name="Refund", Description="Order 7"))
    assert (contact["Channel"], contact["InitiationMethod"]) == ("TASK", "API")
    assert (contact["Name"], contact["Description"]) == ("Refund", "Order 7")
    assert contact["Arn"].endswith(f"instance/{instance_id}/contact/{contact['Id']}")
    assert contact["ContactAssociationId"] == contact["Id"]
    assert contact["SegmentAttributes"] == {"connect:Subtype": {"ValueString": "connect:Task"}}
    assert contact["Tags"] == {"aws:connect:instanceId": instance_id}
    assert contact["QueuePriority"] == 5
    assert isinstance(contact["ConnectedToSystemTimestamp"], datetime.datetime)
    assert not {"InitialContactId", "PreviousContactId", "DisconnectTimestamp", "DisconnectReason"} & set(contact)


def test_a_chat_is_an_inbound_one(start_chat: Any, describe: Any) -> None:
    segments = describe(start_chat())["SegmentAttributes"]
    assert segments["connect:Subtype"] == {"ValueString": "connect:Chat"}
    assert segments["connect:Direction"] == {"ValueString": "INBOUND"}


def test_an_email_shows_who_wrote_and_what_about(start_email: Any, describe: Any) -> None:
    contact = describe(start_email(AdditionalRecipients={"CcAddresses": [{"EmailAddress": "bo@example.com"}]}))
    assert contact["InitiationMethod"] == "INBOUND"
    assert contact["CustomerEndpoint"] == {"Type": "EMAIL_ADDRESS", "Address": "ana@example.com", "DisplayName": "Ana"}
    assert contact["SystemEndpoint"] == {"Type": "EMAIL_ADDRESS", "Address": "help@example.org"}
    assert contact["AdditionalEmailRecipients"] == {"CcList": [{"Address": "bo@example.com"}]}
    assert contact["SegmentAttributes"]["connect:EmailSubject"] == {"ValueString": "My order"}


def test_spam_verdicts_of_an_email_become_segment_attributes(start_email: Any, describe: Any) -> None:
    message = {"Subject": "x", "Body": "y", "ContentType": "text/plain", "Headers": {"X_SES_SPAM_VERDICT": "PASS"}}
    contact = describe(start_email(EmailMessage={"MessageSourceType": "RAW", "RawMessage": message}))
    assert contact["SegmentAttributes"]["connect:X-SES-SPAM-VERDICT"] == {"ValueString": "PASS"}


def test_an_outbound_call_has_both_numbers(start_call: Any, describe: Any) -> None:
    contact = describe(start_call(CampaignId="spring"))
    assert contact["CustomerEndpoint"] == {"Type": "TELEPHONE_NUMBER", "Address": "+12065550100"}
    assert contact["SystemEndpoint"] == {"Type": "TELEPHONE_NUMBER", "Address": "+12065550199"}
    assert contact["Campaign"] == {"CampaignId": "spring"}
    assert contact["SegmentAttributes"]["connect:Direction"] == {"ValueString": "OUTBOUND"}
    assert contact["ConnectedToSystemTimestamp"] == contact["InitiationTimestamp"]  # the customer answers at once


@pytest.mark.parametrize("start", ["start_task", "start_chat", "start_email", "start_call"])
def test_an_unknown_flow_is_refused(start: str, request: Any, refused: Any) -> None:
    begin = request.getfixturevalue(start)
    with refused("ResourceNotFoundException"):
        begin(ContactFlowId=UNKNOWN_ID)


@pytest.mark.parametrize("start", ["start_task", "start_chat", "start_email", "start_call"])
def test_a_flow_that_was_only_saved_is_refused(start: str, client: Any, instance_id: str, request: Any, refused: Any) -> None:
    saved = client.create_contact_flow(InstanceId=instance_id, Name="Draft", Type="CONTACT_FLOW", Content="{}", Status="SAVED")
    begin = request.getfixturevalue(start)
    with refused("InvalidRequestException") as refusal:
        begin(ContactFlowId=saved["ContactFlowId"])
    assert "not published" in refusal.message


def test_a_flow_can_be_named_by_arn_and_version(client: Any, instance_id: str, flow_id: str, start_task: Any) -> None:
    version = client.create_contact_flow_version(InstanceId=instance_id, ContactFlowId=flow_id)
    assert start_task(ContactFlowId=f"{version['ContactFlowArn']}:{version['Version']}")


def test_a_version_that_does_not_exist_is_refused(flow_id: str, start_task: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        start_task(ContactFlowId=f"{flow_id}:9")


@pytest.mark.parametrize("start", ["start_task", "start_chat"])
def test_the_same_client_token_starts_one_contact_for_seven_days(start: str, request: Any, amazon_connect: Any) -> None:
    begin = request.getfixturevalue(start)
    first = begin(ClientToken="once")
    assert begin(ClientToken="once") == first
    amazon_connect.clock.advance(datetime.timedelta(days=7, seconds=1))
    assert begin(ClientToken="once") != first


# --- attributes, references, segment attributes


@pytest.mark.parametrize("start", ["start_task", "start_chat", "start_call"])
def test_attributes_are_kept(start: str, request: Any, client: Any, instance_id: str) -> None:
    contact_id = request.getfixturevalue(start)(Attributes={"tier": "gold"})
    found = client.get_contact_attributes(InstanceId=instance_id, InitialContactId=contact_id)
    assert found["Attributes"] == {"tier": "gold"}


@pytest.mark.parametrize("key", ["with space", "dollar$", "ünicode"])
def test_an_attribute_key_with_other_characters_is_refused(start_task: Any, key: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_task(Attributes={key: "x"})
    assert repr(key) in refusal.message


def test_attributes_of_32768_bytes_fit(start_task: Any) -> None:
    assert start_task(Attributes={"a": "x" * 32_766, "b": ""})


def test_attributes_beyond_32768_bytes_are_refused(start_task: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_task(Attributes={"a": "é" * 16_384})
    assert "32769" in refusal.message


def test_a_reference_of_4096_bytes_fits(start_task: Any) -> None:
    assert start_task(References={"r": {"Type": "STRING", "Value": "x" * 4096}})


def test_a_reference_beyond_4096_bytes_is_refused(start_task: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_task(References={"r": {"Type": "STRING", "Value": "é" * 2049}})
    assert "4098" in refusal.message


def test_a_reference_of_a_type_that_the_service_makes_is_refused(start_task: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_task(References={"r": {"Type": "ATTACHMENT", "Value": "x"}})
    assert "References.r.Type" in refusal.message


def test_a_date_reference_is_given_in_epoch_seconds(start_task: Any, refused: Any) -> None:
    assert start_task(References={"r": {"Type": "DATE", "Value": "1700000000"}})
    with refused("InvalidRequestException"):
        start_task(References={"r": {"Type": "DATE", "Value": "tomorrow"}})


def test_an_email_takes_no_email_reference(start_email: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        start_email(References={"r": {"Type": "EMAIL", "Value": "a@example.com"}})


def test_attachments_become_references(start_task: Any, client: Any, instance_id: str) -> None:
    task = start_task(Attachments=[{"FileName": "bill.pdf", "S3Url": "https://bucket.s3.amazonaws.com/bill.pdf"}])
    found = client.list_contact_references(InstanceId=instance_id, ContactId=task, ReferenceTypes=["ATTACHMENT"])
    (attachment,) = [each["Attachment"] for each in found["ReferenceSummaryList"]]
    assert (attachment["Name"], attachment["Status"]) == ("bill.pdf", "APPROVED")


def test_nested_segment_attributes_come_back_with_the_time_of_expiry(start_task: Any, describe: Any) -> None:
    contact = describe(start_task(SegmentAttributes=expiry(135)))
    value = contact["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"]
    assert value["ExpiryDuration"] == {"ValueInteger": 135}
    ends = datetime.datetime.fromisoformat(value["ExpiryTimeStamp"]["ValueString"].replace("Z", "+00:00"))
    assert ends == contact["InitiationTimestamp"] + datetime.timedelta(minutes=135)


@pytest.mark.parametrize("minutes", [0, -5, 90 * 24 * 60 + 1])
def test_an_expiry_out_of_range_is_refused(start_task: Any, minutes: int, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_task(SegmentAttributes=expiry(minutes))
    assert str(minutes) in refusal.message


def test_a_segment_attribute_of_the_service_is_refused(start_task: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_task(SegmentAttributes={"connect:Direction": {"ValueString": "INBOUND"}})
    assert "connect:Direction" in refusal.message


# --- expiry


@pytest.mark.parametrize(
    ("start", "minutes"), [("start_chat", 25 * 60), ("start_task", 7 * 24 * 60), ("start_email", 14 * 24 * 60)]
)
def test_a_contact_expires_after_the_time_of_its_channel(
    start: str, minutes: int, request: Any, describe: Any, amazon_connect: Any
) -> None:
    contact_id = request.getfixturevalue(start)()
    amazon_connect.clock.advance(minutes * 60 - 60)
    assert "DisconnectTimestamp" not in describe(contact_id)
    amazon_connect.clock.advance(61)
    contact = describe(contact_id)
    assert contact["DisconnectReason"] == "EXPIRED"
    assert contact["DisconnectTimestamp"] == contact["InitiationTimestamp"] + datetime.timedelta(minutes=minutes)


# --- tasks


@pytest.mark.parametrize(
    "target", [{}, {"QuickConnectId": UNKNOWN_ID, "ContactFlowId": UNKNOWN_ID}, {"TaskTemplateId": "t", "QuickConnectId": "q"}]
)
def test_a_task_needs_exactly_one_way_to_its_flow(target: dict[str, str], client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.start_task_contact(InstanceId=instance_id, Name="x", **target)
    assert "Exactly one of ContactFlowId, QuickConnectId, TaskTemplateId" in refusal.message


@pytest.mark.parametrize("member", ["QuickConnectId", "TaskTemplateId"])
def test_an_unknown_quick_connect_or_template_is_refused(member: str, client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        client.start_task_contact(InstanceId=instance_id, Name="x", **{member: UNKNOWN_ID})


def test_a_task_has_either_a_previous_or_a_related_contact(start_task: Any, refused: Any) -> None:
    first = start_task()
    with refused("InvalidRequestException"):
        start_task(PreviousContactId=first, RelatedContactId=first)


def test_a_task_can_be_scheduled_six_days_ahead(start_task: Any, describe: Any, amazon_connect: Any) -> None:
    at = amazon_connect.clock.now() + datetime.timedelta(days=6)
    contact = describe(start_task(ScheduledTime=at))
    assert contact["ScheduledTimestamp"].replace(microsecond=0) == at.replace(microsecond=0)
    assert "ConnectedToSystemTimestamp" not in contact


@pytest.mark.parametrize("days", [-1, 7])
def test_a_task_cannot_be_scheduled_in_the_past_or_beyond_six_days(
    start_task: Any, days: int, amazon_connect: Any, refused: Any
) -> None:
    at = amazon_connect.clock.now() + datetime.timedelta(days=days)
    with refused("InvalidParameterException") as refusal:
        start_task(ScheduledTime=at)
    assert "ScheduledTime" in refusal.message


def test_a_scheduled_task_starts_when_its_time_comes(start_task: Any, describe: Any, amazon_connect: Any) -> None:
    task = start_task(ScheduledTime=amazon_connect.clock.now() + datetime.timedelta(hours=1))
    amazon_connect.clock.advance(3601)
    contact = describe(task)
    assert contact["ConnectedToSystemTimestamp"] == contact["ScheduledTimestamp"]


# --- chains


def test_a_previous_contact_makes_a_chain_with_shared_attributes(
    start_task: Any, describe: Any, client: Any, instance_id: str
) -> None:
    first = start_task(Attributes={"a": "1"})
    second = start_task(PreviousContactId=first, Attributes={"b": "2"})
    third = start_task(PreviousContactId=second)
    client.update_contact_attributes(InstanceId=instance_id, InitialContactId=third, Attributes={"c": "3"})
    assert describe(first)["Attributes"] == describe(second)["Attributes"] == {"a": "1", "b": "2", "c": "3"}
    assert (describe(third)["InitialContactId"], describe(third)["PreviousContactId"]) == (first, second)


def test_a_related_contact_gets_a_copy_of_the_attributes(
    start_task: Any, describe: Any, client: Any, instance_id: str
) -> None:
    first = start_task(Attributes={"a": "1"})
    second = start_task(RelatedContactId=first, Attributes={"b": "2"})
    client.update_contact_attributes(InstanceId=instance_id, InitialContactId=second, Attributes={"a": "9"})
    assert describe(first)["Attributes"] == {"a": "1"}
    assert describe(second)["Attributes"] == {"a": "9", "b": "2"}
    assert describe(second)["RelatedContactId"] == describe(second)["ContactAssociationId"] == first


def test_twelve_tasks_can_be_linked_to_one_and_no_more(start_task: Any, refused: Any) -> None:
    first = start_task()
    for _ in range(12):
        start_task(PreviousContactId=first)
    with refused("ServiceQuotaExceededException") as refusal:
        start_task(PreviousContactId=first)
    assert "12" in refusal.message


def test_any_number_of_contacts_can_be_related_to_one(start_task: Any) -> None:
    first = start_task()
    assert [start_task(RelatedContactId=first) for _ in range(14)]


def test_attributes_of_a_chain_may_not_grow_too_large_together(start_task: Any, refused: Any) -> None:
    first = start_task(Attributes={"a": "x" * 20_000})
    with refused("InvalidRequestException"):
        start_task(PreviousContactId=first, Attributes={"b": "x" * 20_000})


@pytest.mark.parametrize("member", ["PreviousContactId", "RelatedContactId"])
def test_a_contact_before_that_does_not_exist_is_refused(start_task: Any, member: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        start_task(**{member: UNKNOWN_ID})


# --- chats


def test_a_chat_gives_a_participant_and_a_token_that_says_where_it_belongs(
    client: Any, instance_id: str, flow_id: str
) -> None:
    chat = client.start_chat_contact(InstanceId=instance_id, ContactFlowId=flow_id, ParticipantDetails={"DisplayName": "Ana"})
    said = json.loads(base64.urlsafe_b64decode(chat["ParticipantToken"]))
    assert said[:5] == ["123456789012", "us-east-1", instance_id, chat["ContactId"], chat["ParticipantId"]]
    assert "ContinuedFromContactId" not in chat


@pytest.mark.parametrize("minutes", [59, 10_081])
def test_a_chat_lasts_between_an_hour_and_seven_days(minutes: int, instance_id: str, flow_id: str, refused: Any) -> None:
    unchecked = boto3.client("connect", region_name="us-east-1", config=Config(parameter_validation=False))
    with refused("InvalidParameterException") as refusal:
        unchecked.start_chat_contact(
            InstanceId=instance_id,
            ContactFlowId=flow_id,
            ParticipantDetails={"DisplayName": "Ana"},
            ChatDurationInMinutes=minutes,
        )
    assert f"ChatDurationInMinutes must be 60 to 10080, got {minutes}" in refusal.message


def test_content_types_without_plain_text_are_refused(start_chat: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_chat(SupportedMessagingContentTypes=["text/markdown"])
    assert "text/plain" in refusal.message


def test_an_unknown_content_type_is_refused(start_chat: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_chat(SupportedMessagingContentTypes=["text/plain", "text/html"])
    assert "text/html" in refusal.message


def test_a_guide_needs_the_interactive_types(start_chat: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_chat(SupportedMessagingContentTypes=["text/plain", INTERACTIVE], SegmentAttributes=GUIDE)
    assert f"{INTERACTIVE}.response" in refusal.message
    assert start_chat(
        SupportedMessagingContentTypes=["text/plain", INTERACTIVE, f"{INTERACTIVE}.response"], SegmentAttributes=GUIDE
    )


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"ContentType": "text/markdown", "Content": "*hi*"}, "InitialMessage.ContentType"),
        ({"ContentType": "text/plain", "Content": "é" * 8193}, "16386"),
    ],
)
def test_an_initial_message_fits_the_chat(start_chat: Any, message: dict[str, str], reason: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_chat(InitialMessage=message)
    assert reason in refusal.message


def test_an_initial_message_in_json_is_json(start_chat: Any, refused: Any) -> None:
    types = ["text/plain", "application/json"]
    assert start_chat(
        InitialMessage={"ContentType": "application/json", "Content": "{}"}, SupportedMessagingContentTypes=types
    )
    with refused("InvalidRequestException"):
        start_chat(InitialMessage={"ContentType": "application/json", "Content": "{"}, SupportedMessagingContentTypes=types)


def test_a_persistent_chat_goes_on_from_the_last_segment_of_a_session(
    client: Any, instance_id: str, flow_id: str, start_chat: Any
) -> None:
    first = start_chat()
    client.stop_contact(InstanceId=instance_id, ContactId=first)
    second = client.start_chat_contact(
        InstanceId=instance_id,
        ContactFlowId=flow_id,
        ParticipantDetails={"DisplayName": "Ana"},
        PersistentChat={"RehydrationType": "ENTIRE_PAST_SESSION", "SourceContactId": first},
    )
    assert second["ContinuedFromContactId"] == first
    described = client.describe_contact(InstanceId=instance_id, ContactId=second["ContactId"])["Contact"]
    assert described["RelatedContactId"] == first


def test_a_persistent_chat_goes_on_from_the_very_segment(
    client: Any, instance_id: str, start_chat: Any, describe: Any
) -> None:
    first = start_chat()
    client.stop_contact(InstanceId=instance_id, ContactId=first)
    again = start_chat(PersistentChat={"RehydrationType": "FROM_SEGMENT", "SourceContactId": first})
    assert describe(again)["RelatedContactId"] == first


@pytest.mark.parametrize("kind", ["ENTIRE_PAST_SESSION", "FROM_SEGMENT"])
def test_a_chat_that_is_open_cannot_be_gone_on_from(start_chat: Any, kind: str, refused: Any) -> None:
    first = start_chat()
    with refused("InvalidRequestException") as refusal:
        start_chat(PersistentChat={"RehydrationType": kind, "SourceContactId": first})
    assert "has ended" in refusal.message


def test_a_chat_is_either_persistent_or_related(start_chat: Any, refused: Any) -> None:
    first = start_chat()
    persistent = {"RehydrationType": "FROM_SEGMENT", "SourceContactId": first}
    with refused("InvalidRequestException"):
        start_chat(PersistentChat=persistent, RelatedContactId=first)


def test_a_streaming_chat_gives_a_streaming_id(client: Any, instance_id: str, flow_id: str) -> None:
    chat = client.start_chat_contact(
        InstanceId=instance_id,
        ContactFlowId=flow_id,
        ParticipantDetails={"DisplayName": "Ana"},
        ChatStreamingConfiguration={"StreamingEndpointArn": "arn:aws:sns:us-east-1:123456789012:chat"},
    )
    assert chat["StreamingId"]


def test_connection_information_is_refused_by_name(start_chat: Any, refused: Any) -> None:
    with refused("NotImplementedException") as refusal:
        start_chat(ConnectionTypes=["WEBSOCKET"])
    assert "ConnectionTypes" in refusal.message


# --- emails


def test_an_email_has_at_most_fifty_recipients(start_email: Any, refused: Any) -> None:
    addresses = [{"EmailAddress": f"p{number}@example.com"} for number in range(50)]
    assert start_email(AdditionalRecipients={"ToAddresses": addresses[:49]})
    with refused("InvalidRequestException") as refusal:
        start_email(AdditionalRecipients={"ToAddresses": addresses})
    assert "51" in refusal.message


def test_a_raw_email_needs_its_message(start_email: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_email(EmailMessage={"MessageSourceType": "RAW"})
    assert "EmailMessage.RawMessage" in refusal.message


# --- calls


def test_a_call_needs_a_number_or_a_queue_to_come_from(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    call = {"InstanceId": instance_id, "ContactFlowId": flow_id, "DestinationPhoneNumber": "+12065550100"}
    with refused("InvalidRequestException") as refusal:
        client.start_outbound_voice_contact(**call)
    assert "SourcePhoneNumber" in refusal.message
    with refused("ResourceNotFoundException"):
        client.start_outbound_voice_contact(**call, QueueId=UNKNOWN_ID)


def test_the_queue_that_a_call_is_for_is_the_one_that_its_flow_goes_to(
    publish: Any, start_call: Any, describe: Any, basic_queue_id: str
) -> None:
    _, transfer, bye = queued(basic_queue_id)
    contact = describe(start_call(ContactFlowId=publish(transfer, bye), QueueId=basic_queue_id))
    assert contact["QueueInfo"]["Id"] == basic_queue_id


def test_a_number_that_is_not_e164_is_refused(start_call: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        start_call(DestinationPhoneNumber="555-0100")
    assert "DestinationPhoneNumber" in refusal.message


def test_uk_mobile_numbers_are_not_called_by_default(start_call: Any, refused: Any) -> None:
    with refused("DestinationNotAllowedException"):
        start_call(DestinationPhoneNumber="+447700900123")


@pytest.mark.amazon_connect(denied_destinations=())
def test_destinations_can_be_allowed(start_call: Any) -> None:
    assert start_call(DestinationPhoneNumber="+447700900123")


def test_an_instance_without_outbound_calls_makes_none(client: Any, content: Any, refused: Any) -> None:
    instance_id = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=False
    )["Id"]
    flow = client.create_contact_flow(InstanceId=instance_id, Name="x", Type="CONTACT_FLOW", Content=content())
    with refused("OutboundContactNotPermittedException"):
        client.start_outbound_voice_contact(
            InstanceId=instance_id,
            ContactFlowId=flow["ContactFlowId"],
            DestinationPhoneNumber="+12065550100",
            SourcePhoneNumber="+12065550199",
        )


def test_answering_machines_are_told_apart_for_campaigns_only(start_call: Any, refused: Any) -> None:
    detection = {"EnableAnswerMachineDetection": True}
    assert start_call(AnswerMachineDetectionConfig=detection, TrafficType="CAMPAIGN")
    with refused("InvalidRequestException") as refusal:
        start_call(AnswerMachineDetectionConfig=detection)
    assert "TrafficType" in refusal.message


# --- messages that go out


@pytest.fixture
def start_sms(client: Any, instance_id: str, flow_id: str) -> Any:
    def start(**members: Any) -> str:
        asked = {
            "InstanceId": instance_id,
            "ContactFlowId": flow_id,
            "SourceEndpoint": {"Type": "CONNECT_PHONENUMBER_ARN", "Address": "arn:aws:connect:us-east-1:1:phone-number/1"},
            "DestinationEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": "+12065550100"},
            "SegmentAttributes": {"connect:Subtype": {"ValueString": "connect:SMS"}},
        }
        return str(client.start_outbound_chat_contact(**asked | members)["ContactId"])

    return start


def test_an_sms_goes_out_as_a_chat(start_sms: Any, describe: Any) -> None:
    contact = describe(start_sms(InitialSystemMessage={"ContentType": "text/plain", "Content": "Hi"}))
    assert (contact["Channel"], contact["CustomerEndpoint"]["Address"]) == ("CHAT", "+12065550100")
    assert contact["SegmentAttributes"]["connect:Subtype"] == {"ValueString": "connect:SMS"}


@pytest.mark.parametrize(
    "members",
    [
        {"SourceEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": "+12065550100"}},
        {"DestinationEndpoint": {"Type": "VOIP", "Address": "+12065550100"}},
        {"SegmentAttributes": {"connect:Subtype": {"ValueString": "connect:Chat"}}},
        {"SupportedMessagingContentTypes": ["text/markdown"]},
    ],
)
def test_an_sms_with_other_endpoints_or_subtype_is_refused(start_sms: Any, members: dict[str, Any], refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        start_sms(**members)
    assert next(iter(members)) in refusal.message


# --- contacts made elsewhere


@pytest.fixture
def create(client: Any, instance_id: str) -> Any:
    def make(channel: str, method: str, **members: Any) -> str:
        made = client.create_contact(InstanceId=instance_id, Channel=channel, InitiationMethod=method, **members)
        assert made["ContactArn"].endswith(f"/contact/{made['ContactId']}")
        return str(made["ContactId"])

    return make


@pytest.mark.parametrize(
    ("channel", "method", "subtype"),
    [
        ("VOICE", "TRANSFER", "connect:ExternalAudio"),
        ("EMAIL", "FLOW", "connect:Email"),
        ("TASK", "API", "connect:ExternalTask"),
    ],
)
def test_a_contact_made_elsewhere_has_the_subtype_of_its_kind(
    create: Any, describe: Any, channel: str, method: str, subtype: str
) -> None:
    contact = describe(create(channel, method, Name="x"))
    assert (contact["Channel"], contact["InitiationMethod"]) == (channel, method)
    assert contact["SegmentAttributes"]["connect:Subtype"] == {"ValueString": subtype}


@pytest.mark.parametrize(("channel", "method"), [("CHAT", "API"), ("VOICE", "API"), ("TASK", "TRANSFER"), ("EMAIL", "API")])
def test_other_channels_and_methods_are_refused(create: Any, channel: str, method: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(channel, method)
    assert channel in refusal.message
    assert method in refusal.message


@pytest.mark.parametrize("method", ["OUTBOUND", "AGENT_REPLY"])
def test_an_email_of_an_agent_needs_the_agent(create: Any, describe: Any, method: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create("EMAIL", method)
    assert "UserInfo.UserId" in refusal.message
    assert describe(create("EMAIL", method, UserInfo={"UserId": UNKNOWN_ID}))["AgentInfo"]["Id"] == UNKNOWN_ID


def test_a_task_can_be_created_as_completed(create: Any, describe: Any) -> None:
    assert describe(create("TASK", "API", InitiateAs="COMPLETED"))["DisconnectReason"] == "API"


def test_only_a_task_can_be_created_as_completed(create: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        create("VOICE", "TRANSFER", InitiateAs="COMPLETED")


def test_a_contact_connected_to_a_user_shows_since_when(create: Any, describe: Any, refused: Any) -> None:
    contact = describe(create("VOICE", "TRANSFER", InitiateAs="CONNECTED_TO_USER", UserInfo={"UserId": UNKNOWN_ID}))
    assert contact["AgentInfo"]["ConnectedToAgentTimestamp"] == contact["InitiationTimestamp"]
    with refused("InvalidRequestException"):
        create("VOICE", "TRANSFER", InitiateAs="CONNECTED_TO_USER")


def test_only_external_audio_has_a_previous_contact(create: Any, describe: Any, start_task: Any, refused: Any) -> None:
    first = create("VOICE", "TRANSFER")
    assert describe(create("VOICE", "TRANSFER", PreviousContactId=first))["InitialContactId"] == first
    with refused("InvalidRequestException"):
        create("TASK", "API", PreviousContactId=first)


def test_a_created_contact_expires_when_it_was_said(create: Any, describe: Any, amazon_connect: Any) -> None:
    task = create("TASK", "API", ExpiryDurationInMinutes=10)
    amazon_connect.clock.advance(601)
    assert describe(task)["DisconnectReason"] == "EXPIRED"


def test_a_client_token_with_other_arguments_is_refused(create: Any, refused: Any) -> None:
    create("TASK", "API", Name="one", ClientToken="t")
    with refused("IdempotencyException"):
        create("TASK", "API", Name="two", ClientToken="t")


def test_a_task_for_a_quick_connect_enters_its_flow_and_is_for_its_queue(
    client: Any, instance_id: str, describe: Any, basic_queue_id: str, publish: Any
) -> None:
    _, transfer, bye = queued(basic_queue_id)
    flow_id = publish(transfer, bye, name="To queue", type="QUEUE_TRANSFER")
    config = {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": basic_queue_id, "ContactFlowId": flow_id}}
    made = client.create_quick_connect(InstanceId=instance_id, Name="Billing", QuickConnectConfig=config)
    task = client.start_task_contact(InstanceId=instance_id, QuickConnectId=made["QuickConnectId"], Name="Refund")
    assert describe(task["ContactId"])["QueueInfo"]["Id"] == basic_queue_id


def test_a_task_cannot_be_for_a_telephone_number(client: Any, instance_id: str, refused: Any) -> None:
    config = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}
    made = client.create_quick_connect(InstanceId=instance_id, Name="Taxi", QuickConnectConfig=config)
    with refused("InvalidRequestException") as refusal:
        client.start_task_contact(InstanceId=instance_id, QuickConnectId=made["QuickConnectId"], Name="Refund")
    assert "must be of type USER or QUEUE" in refusal.message


def create_template(client: Any, instance_id: str, **members: Any) -> dict[str, Any]:
    name = {"Id": {"Name": "Title"}, "Type": "NAME"}
    constraints = {"RequiredFields": [{"Id": {"Name": "Title"}}]}
    asked = {"Name": "Refund", "Fields": [name], "Constraints": constraints}
    return dict(client.create_task_template(InstanceId=instance_id, **asked | members))


def test_a_task_from_a_template_enters_its_flow_and_names_it(
    client: Any, instance_id: str, describe: Any, flow_id: str
) -> None:
    template = create_template(client, instance_id, ContactFlowId=flow_id)
    task = client.start_task_contact(InstanceId=instance_id, TaskTemplateId=template["Id"], Name="Refund Ana")
    assert describe(task["ContactId"])["TaskTemplateInfo"] == {"Arn": template["Arn"], "Name": "Refund"}


def test_a_template_without_a_flow_starts_no_task(client: Any, instance_id: str, refused: Any) -> None:
    quick_connect = {"Id": {"Name": "Team"}, "Type": "QUICK_CONNECT"}
    name = {"Id": {"Name": "Title"}, "Type": "NAME"}
    template = create_template(client, instance_id, Fields=[name, quick_connect])
    with refused("InvalidRequestException") as refusal:
        client.start_task_contact(InstanceId=instance_id, TaskTemplateId=template["Id"], Name="Refund Ana")
    assert "has no flow" in refusal.message


def test_an_inactive_template_starts_no_task(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    template = create_template(client, instance_id, ContactFlowId=flow_id, Status="INACTIVE")
    with refused("InvalidRequestException") as refusal:
        client.start_task_contact(InstanceId=instance_id, TaskTemplateId=template["Id"], Name="Refund Ana")
    assert "is not active" in refusal.message
