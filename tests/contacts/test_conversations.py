"""Conversations: what a test hears, does and is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from connect_mock import conversations
from connect_mock.conversations import UnexpectedConversation
from tests.contacts.conftest import Publish, menu, noted, queued, said, waiting
from tests.flow.recording_host import action, ending


@pytest.fixture
def menu_flow(publish: Publish) -> str:
    """Asks for 1 or 2."""
    return publish(
        menu("menu", "Press 1 or 2", {"1": "one", "2": "two"}, "bye"),
        said("one", "One", "bye"),
        said("two", "Two", "menu"),
        said("bye", "Goodbye", "end"),
        ending("end"),
    )


def test_heard_is_what_was_said_since_the_customer_did_something(amazon_connect: Any, menu_flow: str) -> None:
    call = amazon_connect.call(menu_flow)
    assert call.heard == ["Press 1 or 2"]
    call.press("2")
    assert call.heard == ["Two", "Press 1 or 2"]
    call.press("1")
    assert call.heard == ["One", "Goodbye"]


def test_a_flow_can_be_named_by_its_name_its_arn_and_its_file(amazon_connect: Any, client: Any, tmp_path: Path) -> None:
    content = {"Version": "2019-10-30", "StartAction": "hi", "Actions": [said("hi", "Hello", "bye"), ending("bye")]}
    file = tmp_path / "greeting.json"
    file.write_text(json.dumps(content))
    assert amazon_connect.call(file).heard == ["Hello"]
    assert amazon_connect.call("greeting").heard == ["Hello"]
    flow_id = amazon_connect.flow(content, name="other")
    arn = client.describe_contact_flow(InstanceId=amazon_connect.instance_id, ContactFlowId=flow_id)["ContactFlow"]["Arn"]
    assert amazon_connect.call(arn).heard == ["Hello"]


def test_a_flow_of_the_same_name_gets_the_new_content(amazon_connect: Any, publish: Publish) -> None:
    before = publish(said("hi", "Hello", "bye"), ending("bye"))
    assert publish(said("hi", "Good day", "bye"), ending("bye")) == before
    assert amazon_connect.call(before).heard == ["Good day"]


def test_texts_of_a_file_can_be_replaced(amazon_connect: Any, tmp_path: Path) -> None:
    content = {"Version": "2019-10-30", "StartAction": "hi", "Actions": [said("hi", "%name%", "bye"), ending("bye")]}
    file = tmp_path / "greeting.json"
    file.write_text(json.dumps(content))
    assert amazon_connect.call(amazon_connect.flow(file, replacing={"%name%": "Hello"})).heard == ["Hello"]


def test_time_runs_out_when_the_customer_does_nothing(amazon_connect: Any, menu_flow: str) -> None:
    call = amazon_connect.call(menu_flow)
    call.waits(4)
    assert call.ended is None
    call.waits()
    assert call.heard == ["Goodbye"]
    assert call.ended == "CONTACT_FLOW_DISCONNECT"


def test_a_customer_can_hang_up(amazon_connect: Any, menu_flow: str) -> None:
    call = amazon_connect.call(menu_flow)
    call.hangs_up()
    assert call.ended == "CUSTOMER_DISCONNECT"


def test_keys_for_nobody_are_refused_with_the_conversation_so_far(amazon_connect: Any, menu_flow: str) -> None:
    call = amazon_connect.call(menu_flow)
    call.press("1")
    with pytest.raises(UnexpectedConversation) as caught:
        call.press("2")
    assert str(caught.value) == "\n".join(
        [
            "Nobody listens to 'press 2': the contact has ended (CONTACT_FLOW_DISCONNECT)",
            "",
            f"{'< Press 1 or 2':<72}  [menu]",
            "> press 1",
            f"{'< One':<72}  [one]",
            f"{'< Goodbye':<72}  [bye]",
            "-> ends: CONTACT_FLOW_DISCONNECT",
        ]
    )


def test_words_where_keys_are_awaited_are_refused(amazon_connect: Any, menu_flow: str) -> None:
    call = amazon_connect.call(menu_flow)
    with pytest.raises(UnexpectedConversation, match="does not wait for Utterance, but for Keys"):
        call.says("one")
    call.press("1")


def test_the_log_has_an_entry_for_each_action(amazon_connect: Any, menu_flow: str) -> None:
    call = amazon_connect.call(menu_flow)
    call.press("1")
    entries = [(entry["Identifier"], entry["ContactFlowModuleType"], entry.get("Results")) for entry in call.log]
    assert entries == [
        ("menu", "GetUserInput", None),
        ("menu", "GetUserInput", "1"),
        ("one", "PlayPrompt", None),
        ("bye", "PlayPrompt", None),
        ("end", "Disconnect", None),
    ]


def cloudwatch_messages(alias: str) -> list[dict[str, Any]]:
    logs = boto3.client("logs", region_name="us-east-1")
    if not logs.describe_log_groups(logGroupNamePrefix=f"/aws/connect/{alias}")["logGroups"]:
        return []
    return [json.loads(each["message"]) for each in logs.filter_log_events(logGroupName=f"/aws/connect/{alias}")["events"]]


@pytest.mark.parametrize(("instance", "flow", "logged"), [("true", "Enabled", True), ("false", "Enabled", False),
                                                          ("true", "Disabled", False)])  # fmt: skip
def test_logs_are_in_cloudwatch_when_both_the_instance_and_the_flow_want_them(
    amazon_connect: Any, client: Any, publish: Publish, instance: str, flow: str, logged: bool
) -> None:
    client.update_instance_attribute(InstanceId=amazon_connect.instance_id, AttributeType="CONTACTFLOW_LOGS", Value=instance)
    switch = action("switch", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": flow}, "hi")
    call = amazon_connect.call(publish(switch, said("hi", "Hello", "bye"), ending("bye")))
    found = cloudwatch_messages(amazon_connect.instance["InstanceAlias"])
    assert [each["Identifier"] for each in found] == (["switch", "hi", "bye"] if logged else [])
    assert all(each["ContactId"] == call.contact_id for each in found)


# --- chats, bots, views


def bot_flow(publish: Publish) -> str:
    bot = "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/TSTALIASID"
    ask = action(
        "ask", "ConnectParticipantWithLexBot", {"Text": "How can I help?", "LexV2Bot": {"AliasArn": bot}}, "bye",
        on={"Order": "order"},
        errors=dict.fromkeys(("NoMatchingCondition", "NoMatchingError", "InputTimeLimitExceeded"), "bye"),
    )  # fmt: skip
    return publish(ask, said("order", "Order $.Lex.Slots.id, you sound $.Lex.SentimentResponse.Label", "bye"), ending("bye"))


def answer(text: str, session: dict[str, Any]) -> dict[str, Any]:
    if "order" not in text:
        return {"messages": ["Sorry?"], "session_attributes": {"tries": "1"}}
    return {"intent": "Order", "slots": {"id": text.split()[-1]}, "sentiment": "POSITIVE"}


@pytest.fixture
def associated_bot(client: Any, instance_id: str) -> None:
    """The bot belongs to the instance."""
    bot = "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/TSTALIASID"
    client.associate_bot(InstanceId=instance_id, LexV2Bot={"AliasArn": bot})


@pytest.mark.usefixtures("associated_bot")
def test_a_bot_talks_until_it_has_an_intent(amazon_connect: Any, publish: Publish) -> None:
    amazon_connect.lex_bot("ABCDEFGHIJ", answer)
    chat = amazon_connect.chat(bot_flow(publish))
    assert chat.heard == ["How can I help?"]
    chat.says("hello")
    assert chat.heard == ["Sorry?"]
    chat.says("my order 77")
    assert chat.heard == ["Order 77, you sound POSITIVE"]


@pytest.mark.usefixtures("associated_bot")
def test_a_bot_that_nobody_registered_is_an_error_that_says_so(amazon_connect: Any, publish: Publish) -> None:
    chat = amazon_connect.chat(bot_flow(publish))
    chat.says("hello")
    assert "amazon_connect.lex_bot(name, handler) registers one" in chat.transcript


@pytest.mark.usefixtures("associated_bot")
@pytest.mark.parametrize("wrong", [{"intents": "Order"}, {"slots": "none"}, None])
def test_a_bot_that_answers_something_else_is_an_error(amazon_connect: Any, publish: Publish, wrong: Any) -> None:
    amazon_connect.lex_bot("ABCDEFGHIJ", lambda text, session: wrong)
    chat = amazon_connect.chat(bot_flow(publish))
    chat.says("hello")
    assert chat.ended == "CONTACT_FLOW_DISCONNECT"
    assert "the bot" in chat.transcript


def test_a_choice_in_a_view_is_a_branch_with_its_data(amazon_connect: Any, publish: Publish) -> None:
    show = action(
        "show", "ShowView", {"ViewResource": {"Id": "form", "Version": "1"}, "InvocationTimeLimitSeconds": "60"}, "bye",
        on={"Next": "thanks"}, errors=dict.fromkeys(("NoMatchingCondition", "NoMatchingError", "TimeLimitExceeded"), "bye"),
    )  # fmt: skip
    chat = amazon_connect.chat(publish(show, said("thanks", "Thank you, $.Views.ViewResultData.name", "bye"), ending("bye")))
    chat.chooses("Next", name="Ana")
    assert chat.heard == ["Thank you, Ana"]


def test_a_customer_who_writes_has_returned(amazon_connect: Any, publish: Publish) -> None:
    wait = action(
        "wait", "Wait", {"TimeLimitSeconds": "600", "Events": ["CustomerReturned"]}, "bye",
        on={"WaitCompleted": "bye", "CustomerReturned": "hi"}, errors={"NoMatchingError": "bye"},
    )  # fmt: skip
    chat = amazon_connect.chat(publish(wait, said("hi", "Welcome back", "bye"), ending("bye")))
    chat.says("I am back")
    assert chat.heard == ["Welcome back"]


def test_what_began_a_chat_or_an_email_is_the_first_line(amazon_connect: Any, publish: Publish) -> None:
    flow = publish(said("hi", "Hello", "bye"), ending("bye"))
    assert amazon_connect.chat(flow, text="My heating is cold").transcript.startswith("> say My heating is cold\n< Hello")
    assert amazon_connect.email(flow, subject="Order", body="Where?").transcript.startswith("> write Order: Where?\n")


# --- errors, chance, records


def test_an_error_branch_can_be_forced_by_identifier_and_type(amazon_connect: Any, publish: Publish) -> None:
    note = action("note", "UpdateContactAttributes", {"Attributes": {"a": "1"}}, "ok", errors={"NoMatchingError": "no"})
    flow = publish(note, said("ok", "Fine", "bye"), said("no", "Failed", "bye"), ending("bye"))  # fmt: skip
    amazon_connect.force_error("note", times=1)
    assert amazon_connect.call(flow).heard == ["Failed"]
    assert amazon_connect.call(flow).heard == ["Fine"]
    amazon_connect.force_error("UpdateContactAttributes", flow="Inbound")
    assert amazon_connect.call(flow).heard == ["Failed"]


def test_chance_can_be_pinned(amazon_connect: Any, publish: Publish) -> None:
    split = action(
        "split", "DistributeByPercentage", {}, "b", on={("NumberLessThan", "51"): "a"}, errors={"NoMatchingCondition": "b"}
    )
    flow = publish(split, said("a", "A", "bye"), said("b", "B", "bye"), ending("bye"))
    amazon_connect.draw(50, 51, 1)
    assert [amazon_connect.call(flow).heard for _ in range(3)] == [["A"], ["B"], ["A"]]


def test_a_percentage_that_cannot_be_drawn_is_refused(amazon_connect: Any) -> None:
    with pytest.raises(ValueError, match="from 1 to 100, got 0"):
        amazon_connect.draw(0)


def test_a_profile_is_found_by_its_phone_number(amazon_connect: Any, publish: Publish) -> None:
    find = action(
        "find", "GetCustomerProfile",
        {"ProfileRequestData": {"IdentifierName": "_phone", "IdentifierValue": "$.CustomerEndpoint.Address"},
         "ProfileResponseData": ["FirstName"]},
        "hi", errors=dict.fromkeys(("MultipleFoundError", "NoneFoundError", "NoMatchingError"), "unknown"),
    )  # fmt: skip
    flow = publish(find, said("hi", "Hello $.Customer.FirstName", "bye"), said("unknown", "Hello you", "bye"), ending("bye"))
    amazon_connect.record("CUSTOMER_PROFILE", ProfileId="1", FirstName="Ana", PhoneNumber="+12065550123")
    assert amazon_connect.call(flow, from_="+12065550123").heard == ["Hello Ana"]
    assert amazon_connect.call(flow, from_="+12065550124").heard == ["Hello you"]


# --- queues and agents


def test_an_agent_takes_a_call_out_of_its_queue(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    call = amazon_connect.call(publish(*queued(basic_queue_id)))
    call.agent_accepts(agent)
    assert call.agent == "ana"
    described = client.describe_contact(InstanceId=instance_id, ContactId=call.contact_id)["Contact"]
    assert described["AgentInfo"]["ConnectedToAgentTimestamp"] >= described["QueueInfo"]["EnqueueTimestamp"]


def test_the_agent_is_whispered_to_and_the_customer_does_not_hear_it(
    amazon_connect: Any, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    call = amazon_connect.call(publish(*queued(basic_queue_id)))
    call.agent_accepts(agent)
    assert call.heard == []
    assert "< BasicQueue (to the agent)" in call.transcript


def test_a_whisper_that_was_deleted_keeps_nobody_waiting(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    whisper = publish(action("end", "EndFlowExecution"), name="Whisper", type="AGENT_WHISPER")
    hook = action(
        "hook",
        "UpdateContactEventHooks",
        {"EventHooks": {"AgentWhisper": whisper}},
        "queue",
        errors={"NoMatchingError": "bye"},
    )
    call = amazon_connect.call(publish(hook, *queued(basic_queue_id)))
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=whisper)
    call.agent_accepts(agent)
    assert call.agent == "ana"


def test_a_customer_on_hold_hears_the_hold_flow(
    amazon_connect: Any, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    call = amazon_connect.call(publish(*queued(basic_queue_id)))
    call.agent_accepts(agent)
    call.agent_holds()
    assert call.heard == ["[Music_Jazz_MyTimetoFly_Inst.wav]"]
    call.agent_resumes()
    assert call.ended is None


def test_without_a_disconnect_flow_the_contact_ends_with_its_agent(
    amazon_connect: Any, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    call = amazon_connect.call(publish(*queued(basic_queue_id)))
    call.agent_accepts(agent)
    call.agent_leaves()
    assert call.ended == "AGENT_DISCONNECT"


def test_the_customer_who_stays_hears_the_disconnect_flow_in_a_segment_of_its_own(
    amazon_connect: Any, client: Any, instance_id: str, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    after = publish(menu("rate", "Please rate us", {"5": "bye"}, "bye"), ending("bye"), name="Survey")
    hook = action(
        "hook",
        "UpdateContactEventHooks",
        {"EventHooks": {"CustomerRemaining": after}},
        "queue",
        errors={"NoMatchingError": "bye"},
    )
    call = amazon_connect.call(publish(hook, *queued(basic_queue_id)))
    first = call.contact_id
    call.agent_accepts(agent)
    call.agent_leaves()
    assert call.heard == ["Please rate us"]
    assert "-> ends: AGENT_DISCONNECT\n-> next contact: DISCONNECT\n< Please rate us" in call.transcript
    described = client.describe_contact(InstanceId=instance_id, ContactId=call.contact_id)["Contact"]
    assert (described["InitiationMethod"], described["PreviousContactId"]) == ("DISCONNECT", first)
    call.press("5")
    assert call.ended == "CONTACT_FLOW_DISCONNECT"


def test_a_customer_talks_with_the_agent_until_one_of_them_leaves(
    amazon_connect: Any, publish: Publish, basic_queue_id: str, agent: str
) -> None:
    chat = amazon_connect.chat(publish(*queued(basic_queue_id)))
    with pytest.raises(UnexpectedConversation, match="Nobody listens to 'say Hello'"):
        chat.says("Hello")
    chat.agent_accepts(agent)
    chat.says("Hello")
    chat.agent_leaves()
    with pytest.raises(UnexpectedConversation, match="Nobody listens to 'say Hello'"):
        chat.says("Hello")
    assert chat.transcript.endswith("-> agent ana\n> say Hello\n> agent leaves\n-> ends: AGENT_DISCONNECT")


def test_a_contact_that_nobody_queued_has_no_agent_to_take_it(amazon_connect: Any, menu_flow: str, agent: str) -> None:
    call = amazon_connect.call(menu_flow)
    with pytest.raises(UnexpectedConversation, match="The contact is in no queue"):
        call.agent_accepts(agent)


@pytest.mark.parametrize(("goes_on", "reason"), [("False", "THIRD_PARTY_DISCONNECT"), ("True", "CONTACT_FLOW_DISCONNECT")])
def test_the_number_that_a_call_was_transferred_to_can_hang_up(
    amazon_connect: Any, publish: Publish, goes_on: str, reason: str
) -> None:
    given = {
        "ThirdPartyPhoneNumber": "+12065550177",
        "ThirdPartyConnectionTimeLimitSeconds": "30",
        "ContinueFlowExecution": goes_on,
    }
    errors = ["NoMatchingError"] + ["CallFailed", "ConnectionTimeLimitExceeded"] * (goes_on == "True")
    transfer = action("transfer", "TransferParticipantToThirdParty", given, "bye", errors=dict.fromkeys(errors, "bye"))
    call = amazon_connect.call(publish(transfer, ending("bye")))
    assert "-> calls +12065550177" in call.transcript
    assert call.ended is None
    call.third_party_hangs_up()
    assert call.ended == reason


# --- golden conversations


def test_a_conversation_is_compared_with_its_file(amazon_connect: Any, menu_flow: str, tmp_path: Path) -> None:
    file = tmp_path / "menu.txt"
    file.write_text("< Press 1 or 2\n> press 1\n< One\n< Goodbye\n-> ends: CONTACT_FLOW_DISCONNECT\n")
    call = amazon_connect.call(menu_flow)
    call.press("1")
    call.expect_conversation(file)


def test_another_conversation_is_shown_as_a_difference(amazon_connect: Any, menu_flow: str, tmp_path: Path) -> None:
    file = tmp_path / "menu.txt"
    file.write_text("< Press 1, 2 or 3\n")
    with pytest.raises(UnexpectedConversation) as caught:
        amazon_connect.call(menu_flow).expect_conversation(file)
    assert "-< Press 1, 2 or 3\n+< Press 1 or 2" in str(caught.value)


def test_a_file_can_be_played(amazon_connect: Any, menu_flow: str, tmp_path: Path) -> None:
    file = tmp_path / "menu.txt"
    file.write_text("< Press 1 or 2\n> press 2\n< Two\n< Press 1 or 2\n> wait 2\n> hang up\n-> ends: CUSTOMER_DISCONNECT\n")
    amazon_connect.call(menu_flow).plays(file)


def test_what_was_done_before_is_not_played_again(amazon_connect: Any, menu_flow: str, tmp_path: Path) -> None:
    file = tmp_path / "menu.txt"
    file.write_text("< Press 1 or 2\n> press 2\n< Two\n< Press 1 or 2\n> hang up\n-> ends: CUSTOMER_DISCONNECT\n")
    call = amazon_connect.call(menu_flow)
    call.press("2")
    call.plays(file)


def test_a_file_is_written_when_it_is_to_be(
    amazon_connect: Any, menu_flow: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "rewriting", True)
    file = tmp_path / "new" / "menu.txt"
    amazon_connect.call(menu_flow).expect_conversation(file)
    assert file.read_text() == "< Press 1 or 2\n"


def test_ids_are_not_in_the_file(
    amazon_connect: Any, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "rewriting", True)
    call = amazon_connect.call(publish(said("hi", "You are $.ContactId", "bye"), ending("bye")))
    call.expect_conversation(tmp_path / "id.txt")
    assert (tmp_path / "id.txt").read_text().startswith("< You are <id>\n")


def test_an_email_and_a_task_have_conversations_too(amazon_connect: Any, publish: Publish) -> None:
    flow = publish(noted("note", "wait", subject="$.SegmentAttributes['connect:EmailSubject'].ValueString", name="$.Name"),
                   waiting("wait", 60, "bye"), ending("bye"))  # fmt: skip
    assert amazon_connect.email(flow, subject="Refund").attributes["subject"] == "Refund"
    task = amazon_connect.task(flow, name="Call Ana", attributes={"a": "1"})
    assert (task.attributes["a"], task.attributes["name"]) == ("1", "Call Ana")
    task.waits()
    assert task.ended == "CONTACT_FLOW_DISCONNECT"


def claimed(amazon_connect: Any, client: Any) -> tuple[str, str]:
    """The id of a number of the instance, and the number."""
    arn = amazon_connect.instance["Arn"]
    offered = client.search_available_phone_numbers(TargetArn=arn, PhoneNumberCountryCode="GB", PhoneNumberType="DID")
    number = offered["AvailableNumbersList"][0]["PhoneNumber"]
    return client.claim_phone_number(TargetArn=arn, PhoneNumber=number)["PhoneNumberId"], number


def test_a_number_that_is_called_rings_in_its_flow(amazon_connect: Any, client: Any, instance_id: str, menu_flow: str) -> None:
    number_id, number = claimed(amazon_connect, client)
    client.associate_phone_number_contact_flow(PhoneNumberId=number_id, InstanceId=instance_id, ContactFlowId=menu_flow)
    call = amazon_connect.call(to=number, from_="+12065550123")
    assert call.heard == ["Press 1 or 2"]
    contact = client.describe_contact(InstanceId=instance_id, ContactId=call.contact_id)["Contact"]
    assert (contact["SystemEndpoint"]["Address"], contact["CustomerEndpoint"]["Address"]) == (number, "+12065550123")


def test_a_number_without_a_flow_or_an_owner_cannot_be_called(amazon_connect: Any, client: Any) -> None:
    _, number = claimed(amazon_connect, client)
    with pytest.raises(LookupError, match="no flow is associated with"):
        amazon_connect.call(to=number)
    with pytest.raises(LookupError, match="is not claimed"):
        amazon_connect.call(to="+12065550199")


def test_a_call_is_for_either_a_flow_or_a_number(amazon_connect: Any) -> None:
    with pytest.raises(TypeError, match="either a flow or"):
        amazon_connect.call()
