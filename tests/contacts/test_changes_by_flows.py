"""What actions of flows change about their contact beyond its attributes, seen through the API and by the customer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contacts.conftest import Describe, Publish, Start, invoked, said, waiting
from tests.flow.recording_host import action, ending


def branching(identifier: str, type: str, parameters: dict[str, Any], to: str, *errors: str) -> dict[str, Any]:
    """An action whose errors lead to `bye`; NoMatchingError is one of them."""
    return action(identifier, type, parameters, to, errors=dict.fromkeys(("NoMatchingError", *errors), "bye"))


def needs(client: Any, member: str) -> None:
    """Skip where the installed botocore does not show that member of a contact."""
    if member not in client.meta.service_model.shape_for("Contact").members:
        pytest.skip(f"the installed botocore lacks {member}")


# --- pausing


RESUMING = (waiting("wait", 60, "resume"), branching("resume", "ResumeContact", {}, "stay"), waiting("stay", 600, "bye"))


def test_a_flow_resumes_a_paused_contact(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start, describe: Describe
) -> None:
    task = start_task(ContactFlowId=publish(*RESUMING, ending("bye")))
    client.pause_contact(InstanceId=instance_id, ContactId=task)
    amazon_connect.clock.advance(60)
    contact = describe(task)
    assert 59 <= contact["TotalPauseDurationInSeconds"] <= 60
    assert contact["LastResumedTimestamp"] > contact["LastPausedTimestamp"]
    assert "DisconnectTimestamp" not in contact


def test_a_contact_that_is_not_paused_takes_the_error_branch(amazon_connect: Any, publish: Publish, start_task: Start) -> None:
    task = start_task(ContactFlowId=publish(*RESUMING, ending("bye")))
    amazon_connect.clock.advance(60)
    assert "! ResumeContact took NoMatchingError: the contact is not paused" in amazon_connect.conversation(task).transcript


def test_the_flow_for_a_resumed_contact_runs(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start
) -> None:
    amazon_connect.lambda_function("note", lambda event, context: {})
    event = publish(invoked("note", "note", "end", "end"), action("end", "EndFlowExecution"), name="Resumed")
    hook = branching("hook", "UpdateContactEventHooks", {"EventHooks": {"ResumeContact": event}}, "wait")
    task = start_task(ContactFlowId=publish(hook, *RESUMING, ending("bye")))
    client.pause_contact(InstanceId=instance_id, ContactId=task)
    amazon_connect.clock.advance(60)
    assert len(amazon_connect.conversation(task).lambda_calls) == 1


def test_the_flow_for_a_paused_contact_can_resume_it(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, start_task: Start, describe: Describe
) -> None:
    event = publish(*RESUMING, ending("bye"), name="Paused")
    hook = branching("hook", "UpdateContactEventHooks", {"EventHooks": {"PauseContact": event}}, "stay")
    task = start_task(ContactFlowId=publish(hook, waiting("stay", 6000, "bye"), ending("bye")))
    client.pause_contact(InstanceId=instance_id, ContactId=task)
    assert "LastResumedTimestamp" not in describe(task)
    amazon_connect.clock.advance(60)
    assert "LastResumedTimestamp" in describe(task)


# --- hold


@pytest.mark.parametrize(
    ("state", "heard"), [("CustomerOnHold", ["Thank you"]), ("AgentOnHold", ["Card number?", "Thank you"]),
                         ("OffHold", ["Card number?", "Thank you"])],
)  # fmt: skip
def test_a_customer_on_hold_does_not_hear_the_flow(
    amazon_connect: Any, publish: Publish, state: str, heard: list[str]
) -> None:
    hold, both = ({"PreviousContactParticipantState": each} for each in (state, "OffHold"))
    flow = publish(
        branching("hold", "UpdatePreviousContactParticipantState", hold, "ask"),
        said("ask", "Card number?", "both"),
        branching("both", "UpdatePreviousContactParticipantState", both, "thank"),
        said("thank", "Thank you", "bye"),
        ending("bye"),
    )
    call = amazon_connect.call(flow)
    assert call.heard == heard
    assert ("< Card number? (to the agent)" in call.transcript) is (state == "CustomerOnHold")


# --- analysis


def test_how_a_chat_is_analysed_shows_in_its_record_while_it_is(
    amazon_connect: Any, client: Any, publish: Publish, start_chat: Start, describe: Describe
) -> None:
    needs(client, "ContactLens")
    newer = {"ChatBehavior": {"ChatAnalyticsBehavior": {"Enabled": "True", "AnalyticsLanguage": "en-GB"}}}
    older = {"RecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"]}, "AnalyticsBehavior": {"Enabled": "False"}}
    errors = ("ChannelMismatch", "InFlightRedactionConfigurationFailed")
    flow = publish(
        branching("on", "UpdateContactRecordingAndAnalyticsBehavior", newer, "wait", *errors),
        waiting("wait", 60, "off"),
        action("off", "UpdateContactRecordingBehavior", older, "stay"),
        waiting("stay", 600, "bye"),
        ending("bye"),
    )
    chat = start_chat(ContactFlowId=flow)
    analysis = describe(chat)["ContactLens"]["ConversationalAnalytics"]
    assert analysis == {"Configuration": {"Enabled": True, "LanguageLocale": "en-GB"}}
    amazon_connect.clock.advance(60)
    assert "ContactLens" not in describe(chat)


# --- streams of audio


def streaming(state: str, identifier: str, to: str) -> dict[str, Any]:
    customer = {"ParticipantType": "Customer", "MediaDirections": ["To", "From"]}
    parameters = {"MediaStreamingState": state, "Participants": [customer], "MediaStreamType": "Audio"}
    return branching(identifier, "UpdateContactMediaStreamingBehavior", parameters, to)


STREAMED = (
    streaming("Enabled", "start", "tell"),
    invoked("tell", "tell", "stop", "bye"),
    streaming("Disabled", "stop", "again"),
    invoked("again", "tell", "bye", "bye"),
    ending("bye"),
)


def test_functions_are_told_the_stream_of_the_customers_audio(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish
) -> None:
    video = {"Prefix": "ours", "RetentionPeriodHours": 24, "EncryptionConfig": {"EncryptionType": "KMS", "KeyId": KEY}}
    config = {"StorageType": "KINESIS_VIDEO_STREAM", "KinesisVideoStreamConfig": video}
    client.associate_instance_storage_config(InstanceId=instance_id, ResourceType="MEDIA_STREAMS", StorageConfig=config)
    amazon_connect.lambda_function("tell", lambda event, context: {})
    call = amazon_connect.call(publish(*STREAMED))
    during, after = (each.event["Details"]["ContactData"]["MediaStreams"]["Customer"]["Audio"] for each in call.lambda_calls)
    assert during["StreamARN"].startswith("arn:aws:kinesisvideo:us-east-1:123456789012:stream/ours-connect-")
    assert set(during) == {"StreamARN", "StartTimestamp", "StartFragmentNumber"}
    assert after.items() > during.items()
    assert after["StopTimestamp"] >= during["StartTimestamp"]


KEY = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000003"


def test_audio_is_not_streamed_to_nowhere(amazon_connect: Any, publish: Publish) -> None:
    call = amazon_connect.call(publish(*STREAMED))
    assert "! UpdateContactMediaStreamingBehavior took NoMatchingError: live media streaming is not enabled" in call.transcript
    assert call.lambda_calls == []


# --- calls that go out


def test_a_call_goes_out_from_the_number_that_its_whisper_names(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str, agent: str, describe: Describe
) -> None:
    dial = action("dial", "CompleteOutboundCall", {"CallerId": {"Number": "+12065550177"}}, "end")
    amazon_connect.flow(
        {"Version": "2019-10-30", "StartAction": "dial", "Actions": [dial, action("end", "EndFlowExecution")]},
        name="Default outbound",
    )
    later = {"InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "60"}
    callback = branching("callback", "CreateCallbackContact", later | {"QueueId": basic_queue_id}, "bye")
    call = amazon_connect.call(publish(callback, ending("bye")))
    (made,) = [each for each in contact_ids(client, instance_id, call.contact_id) if each != call.contact_id]
    amazon_connect.clock.advance(5)
    amazon_connect.conversation(made).agent_accepts(agent)
    assert describe(made)["SystemEndpoint"] == {"Type": "TELEPHONE_NUMBER", "Address": "+12065550177"}


def contact_ids(client: Any, instance_id: str, contact_id: str) -> list[str]:
    """Of the tree that the contact is in."""
    found = client.list_associated_contacts(InstanceId=instance_id, ContactId=contact_id)
    return [each["ContactId"] for each in found["ContactSummaryList"]]


# --- records elsewhere


def test_a_contact_names_the_cases_that_it_is_linked_to(
    amazon_connect: Any, client: Any, publish: Publish, start_task: Start, describe: Describe
) -> None:
    needs(client, "Cases")
    amazon_connect.record("CASE", case_id="c-1", title="Socks", reference_number="100042")
    asked = {"LinkContactToCase": "true", "GetLastUpdatedCase": "true", "CaseRequestFields": {"title": "Socks"}}
    link = {"LinkContactToCase": "true", "CaseId": "c-1", "CaseRequestFields": {"status": "open"}}
    other = {"LinkContactToCase": "false", "CaseTemplateId": "t"}
    flow = publish(
        branching("get", "GetCase", asked, "set", "ContactNotLinked", "MultipleFound", "NoneFound"),
        branching("set", "UpdateCase", link, "other", "ContactNotLinked"),
        branching("other", "CreateCase", other, "stay"),
        waiting("stay", 600, "bye"),
        ending("bye"),
    )
    assert describe(start_task(ContactFlowId=flow))["Cases"] == [{"CaseId": "c-1", "CaseReferenceNumber": "100042"}]


ASSOCIATE = branching(
    "link",
    "AssociateContactToCustomerProfile",
    {"ProfileRequestData": {"ProfileId": "p1", "ContactId": "$.ContactId"}, "ProfileResponseData": []},
    "find",
)
BY_CONTACT = branching(
    "find",
    "GetCustomerProfile",
    {
        "ProfileRequestData": {"IdentifierName": "_ctrContactId", "IdentifierValue": "$.ContactId"},
        "ProfileResponseData": ["FirstName"],
    },
    "hello",
    "MultipleFoundError",
    "NoneFoundError",
)


def test_a_profile_is_found_by_a_contact_that_it_was_associated_with(amazon_connect: Any, publish: Publish) -> None:
    amazon_connect.record("CUSTOMER_PROFILE", ProfileId="p1", FirstName="Ana")
    amazon_connect.record("CUSTOMER_PROFILE", ProfileId="p2", FirstName="Bea")
    flow = publish(ASSOCIATE, BY_CONTACT, said("hello", "Hello $.Customer.FirstName", "bye"), ending("bye"))
    assert amazon_connect.call(flow).heard == ["Hello Ana"]


def test_a_profile_that_does_not_exist_is_not_associated(amazon_connect: Any, publish: Publish) -> None:
    flow = publish(ASSOCIATE, BY_CONTACT, said("hello", "Hello", "bye"), ending("bye"))
    call = amazon_connect.call(flow)
    assert "! AssociateContactToCustomerProfile took NoMatchingError: there is no profile p1" in call.transcript
