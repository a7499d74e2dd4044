from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_mock.flow.host import HostError, LexBot, LexTurn, Prompt
from connect_mock.flow.outcomes import Ended, Keys, Utterance, ViewAnswer, Waiting
from connect_mock.flow.phone_numbers import CALLING_CODES, E164, e164, international
from tests.flow.recording_host import RecordingHost, Run, action, branch, ending, source, start

ERRORS = ["NoMatchingError", "NoMatchingCondition", "InputTimeLimitExceeded", "InvalidPhoneNumber", "TimeLimitExceeded"]


def on(channel: str | None) -> RecordingHost:
    return RecordingHost(known={"Channel": channel, "Attributes": {"name": "Ada"}, "Media": {"InitialMessage": "hello"}})


# --- messages


@pytest.mark.parametrize(
    ("parameters", "prompt"),
    [
        ({"Text": "Dear $.Attributes.name"}, Prompt("Text", "Dear Ada")),
        ({"SSML": "<speak/>"}, Prompt("SSML", "<speak/>")),
        ({"PromptId": "arn:p"}, Prompt("PromptId", "arn:p")),
        ({"Media": {"Uri": "s3://b/$.Attributes.name.wav", "SourceType": "S3"}}, Prompt("Media", "s3://b/")),
    ],
)
def test_a_message_is_said(parameters: dict[str, Any], prompt: Prompt) -> None:
    run = branch("MessageParticipant", parameters, on("VOICE"), errors=ERRORS)
    assert run.host.path == ["it", "next"]
    assert run.host.asked("say") == [([prompt], False)]


@pytest.mark.parametrize("channel", ["TASK", "EMAIL"])
def test_tasks_and_emails_pass_by_a_message(channel: str) -> None:
    run = branch("MessageParticipant", {"Text": "x"}, on(channel), errors=ERRORS)
    assert run.host.path == ["it", "next"]
    assert not run.host.done


@pytest.mark.parametrize("kind", ["SSML", "PromptId"])
def test_a_chat_reads_text_alone(kind: str) -> None:
    assert branch("MessageParticipant", {"Text": "x"}, on("CHAT"), errors=ERRORS).host.said == ["x"]
    assert branch("MessageParticipant", {kind: "x"}, on("CHAT"), errors=ERRORS).last.why == f"{kind} cannot be played on CHAT"


@pytest.mark.parametrize(
    "type",
    ["MessageParticipant", "MessageParticipantIteratively", "GetParticipantInput", "ConnectParticipantWithLexBot"],
)
def test_an_unknown_prompt_is_an_error(type: str) -> None:
    host = on("VOICE")
    host.refusals["say"] = HostError(why="no such prompt")
    parameters = {"PromptId": "p", "Messages": [{"PromptId": "p"}]}
    assert branch(type, parameters, host, errors=ERRORS).last.why == "no such prompt"


def music(**parameters: Any) -> Run:
    parameters = {"Messages": [{"Text": "Please wait."}, {"PromptId": "p"}]} | parameters
    return branch("MessageParticipantIteratively", parameters, on("VOICE"), errors=ERRORS)


def test_messages_are_repeated_until_something_happens_outside() -> None:
    run = music()
    assert run.outcome == Waiting(None)
    assert run.host.asked("say") == [([Prompt("Text", "Please wait."), Prompt("PromptId", "p")], True)]


def test_messages_are_interrupted() -> None:
    parameters = {"Messages": [{"Text": "la"}], "InterruptFrequencySeconds": "30"}
    again = action("it", "MessageParticipantIteratively", parameters, on={"MessagesInterrupted": "say"})
    run = start(source(again, action("say", "MessageParticipant", {"Text": "Still here"}, "it"), type="CUSTOMER_QUEUE"))
    assert run.outcome == Waiting(30)
    assert run.expire().expire().host.said == ["la", "Still here", "la", "Still here", "la"]


@pytest.mark.parametrize("messages", [["la"], [{}], [{"Text": "la"}, 3]])
def test_a_message_that_says_nothing_is_an_error(messages: Any) -> None:
    assert music(Messages=messages).host.path == ["it", "NoMatchingError"]


def test_the_participant_is_disconnected() -> None:
    assert branch("DisconnectParticipant", {}).outcome == Ended("DISCONNECTED")


# --- keys


def menu(**conditions: str) -> Run:
    parameters = {"Text": "Press", "InputTimeLimitSeconds": "5", "StoreInput": "False"}
    keys = {**{f"{n}": f"key {n}" for n in range(10)}, "*": "star", "#": "hash"}
    flow = source(
        action("it", "GetParticipantInput", parameters, "e", on=keys, errors={error: error for error in ERRORS}),
        *map(ending, keys.values()),
        *map(ending, ERRORS),
    )
    return start(flow)


@pytest.mark.parametrize(("key", "where"), [("0", "key 0"), ("9", "key 9"), ("*", "star"), ("#", "hash"), ("12", "key 1")])
def test_a_key_chooses_its_branch(key: str, where: str) -> None:
    run = menu().enter(Keys(key))
    assert run.host.path == ["it", where]
    assert run.look_up("$.StoredCustomerInput") is None


def test_a_menu_without_a_key_times_out() -> None:
    assert menu().expire().last.why == "no key within 5 seconds"


@pytest.mark.parametrize("keys", ["", "a", "1 2", "+44"])
def test_only_the_keys_of_a_telephone_can_be_pressed(keys: str) -> None:
    with pytest.raises(ValueError, match="keys are digits"):
        Keys(keys)


def stored(validation: dict[str, Any], *, host: RecordingHost | None = None, **parameters: Any) -> Run:
    parameters = {
        "Text": "Number?",
        "InputTimeLimitSeconds": "8",
        "StoreInput": "True",
        "InputValidation": validation,
    } | parameters
    return branch("GetParticipantInput", parameters, host, errors=ERRORS)


FOUR = {"CustomValidation": {"MaximumLength": "4"}}


def value(run: Run) -> Any:
    assert run.host.path == ["it", "next"], run.outcome
    return run.look_up("$.StoredCustomerInput")


@pytest.mark.parametrize(
    ("pressed", "kept"),
    [(["1234"], "1234"), (["12", "34"], "1234"), (["12#"], "12"), (["12345"], "1234"), (["99*12#"], "12"), (["#"], "")],
)
def test_keys_are_stored(pressed: list[str], kept: str) -> None:
    run = stored(FOUR)
    for keys in pressed:
        run.enter(Keys(keys))
    assert value(run) == kept


def test_nothing_typed_is_stored_as_timeout() -> None:
    assert value(stored(FOUR).expire()) == "Timeout"


def test_keys_are_complete_when_none_follows() -> None:
    run = stored(FOUR).enter(Keys("12"))
    assert run.outcome == Waiting(5, ("Keys",), "12")
    assert value(run.expire()) == "12"


def test_how_keys_are_taken_can_be_changed() -> None:
    keys = {"InputTerminationSequence": "##", "DisableCancelKey": "True", "InterdigitTimeLimitSeconds": "9"}
    run = stored({"CustomValidation": {"MaximumLength": "9"}}, DTMFConfiguration=keys).enter(Keys("1*#"))
    assert run.outcome == Waiting(9, ("Keys",), "1*#")
    assert value(run.enter(Keys("2##"))) == "1*#2"


def test_the_cancel_key_can_be_part_of_the_end() -> None:
    run = stored(FOUR, DTMFConfiguration={"InputTerminationSequence": "**"}).enter(Keys("12**"))
    assert value(run) == "12"


@pytest.mark.parametrize(
    ("format", "country", "pressed", "kept"),
    [
        ("Local", "US", "2065550100", "+12065550100"),
        ("Local", "GB", "01134960000", "+441134960000"),
        ("Local", "gb", "1134960000", "+441134960000"),
        ("Local", "IT", "0612345678", "+390612345678"),
        ("E164", "", "441134960000", "+441134960000"),
    ],
)
def test_a_telephone_number_is_stored_so_that_it_can_be_called(format: str, country: str, pressed: str, kept: str) -> None:
    validation = {"PhoneNumberValidation": {"NumberFormat": format, "CountryCode": country}}
    assert value(stored(validation).enter(Keys(pressed + "#"))) == kept


@pytest.mark.parametrize(
    ("format", "country", "pressed"),
    [
        ("Local", "US", "555"),
        ("Local", "XX", "2065550100"),
        ("Local", "", "2065550100"),
        ("E164", "", "0123"),
        ("E164", "", "1*2"),
    ],
)
def test_what_is_no_telephone_number_has_a_branch(format: str, country: str, pressed: str) -> None:
    validation = {"PhoneNumberValidation": {"NumberFormat": format, "CountryCode": country}}
    run = stored(validation, DTMFConfiguration={"DisableCancelKey": "True"}).enter(Keys(pressed + "#"))
    assert run.host.path == ["it", "InvalidPhoneNumber"]


def test_no_number_at_all_is_a_timeout_and_no_wrong_number() -> None:
    validation = {"PhoneNumberValidation": {"NumberFormat": "E164"}}
    assert value(stored(validation).expire()) == "Timeout"


@given(st.text("0123456789*#", max_size=20), st.sampled_from(sorted(CALLING_CODES)))
def test_a_number_is_e164_or_none(digits: str, country: str) -> None:
    for number in (e164(digits), international(digits, country)):
        assert number is None or E164.fullmatch(number)


def buffered(enable: str) -> Run:
    flow = source(
        action("buffer", "GetParticipantInput", {"EnableDTMFBuffer": enable}, "first"),
        action(
            "first",
            "GetParticipantInput",
            {"Text": "a", "InputTimeLimitSeconds": "5", "StoreInput": "False"},
            "hint",
            on={"1": "hint"},
        ),
        action("hint", "MessageParticipant", {"Text": "now the number", "SkipWhenDTMFBufferEnabled": "true"}, "second"),
        action(
            "second",
            "GetParticipantInput",
            {"Text": "b", "InputTimeLimitSeconds": "5", "StoreInput": "True", "InputValidation": FOUR},
            "bye",
        ),
        ending("bye"),
    )
    return start(flow)


def test_keys_pressed_early_are_kept_when_the_buffer_is_enabled() -> None:
    run = buffered("true").enter(Keys("11234"))
    assert run.look_up("$.StoredCustomerInput") == "1234"
    assert run.host.said == ["a", "b"]


def test_keys_pressed_early_are_lost_otherwise() -> None:
    run = buffered("false").enter(Keys("11234"))
    assert isinstance(run.outcome, Waiting)
    assert run.host.said == ["a", "now the number", "b"]


def test_keys_that_nobody_waits_for_are_kept_when_the_buffer_is_enabled() -> None:
    chatting = action(
        "wait", "Wait", {"TimeLimitSeconds": "5", "Events": ["CustomerReturned"]}, "ask", on={"WaitCompleted": "ask"}
    )
    ask = action("ask", "GetParticipantInput", {"Text": "a", "StoreInput": "False"}, "bye", on={"1": "bye"})
    buffer = action("buffer", "GetParticipantInput", {"EnableDTMFBuffer": "true"}, "wait")
    run = start(source(buffer, chatting, ask, ending("bye"))).enter(Keys("1"))
    assert run.expire().host.path == ["buffer", "wait", "ask", "bye"]


# --- bots

BOT = {"LexV2Bot": {"AliasArn": "arn:bot"}, "Text": "How can I help?"}


def talking(host: RecordingHost, **parameters: Any) -> Run:
    flow = source(
        action(
            "it",
            "ConnectParticipantWithLexBot",
            BOT | parameters,
            "e",
            on={"Book": "book"},
            errors={error: error for error in ERRORS},
        ),
        *map(ending, ("book", *ERRORS)),
    )
    return start(flow, host)


def with_turns(*turns: LexTurn, channel: str = "VOICE") -> RecordingHost:
    host = on(channel)
    host.turns = list(turns)
    return host


def test_a_bot_talks_until_it_is_finished_and_its_intent_chooses_the_branch() -> None:
    asks = LexTurn(None, False, ["When?"], session_attributes={"step": "2"})
    done = LexTurn("Book", True, ["Booked."], "Fulfilled", {"day": "Monday"}, intent_confidence=0.9)
    run = (
        talking(with_turns(asks, done), LexSessionAttributes={"lang": "en"})
        .enter(Utterance("book"))
        .enter(Utterance("monday"))
    )
    assert run.host.path == ["it", "book"]
    assert run.host.said == ["How can I help?", "When?", "Booked."]
    assert run.host.asked("lex_turn") == [
        (LexBot("arn:bot"), "book", {"lang": "en"}),
        (LexBot("arn:bot"), "monday", {"lang": "en", "step": "2"}),
    ]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("IntentName", "Book"),
        ("IntentConfidence.Score", 0.9),
        ("Slots.day", "Monday"),
        ("SessionAttributes.a", "b"),
        ("DialogState", "Fulfilled"),
        ("SentimentResponse.Label", "POSITIVE"),
        ("SentimentResponse.Scores.Positive", 0.8),
        ("AlternativeIntents.Cancel.IntentConfidence.Score", 0.1),
    ],
)
def test_what_a_bot_understood_can_be_referred_to(path: str, found: Any) -> None:
    sentiment = {"Label": "POSITIVE", "Scores": {"Positive": 0.8}}
    alternatives = {"Cancel": {"IntentConfidence": {"Score": 0.1}}}
    turn = LexTurn("Book", True, (), "Fulfilled", {"day": "Monday"}, {"a": "b"}, 0.9, sentiment, alternatives)
    assert talking(with_turns(turn)).enter(Utterance("x")).look_up(f"$.Lex.{path}") == found


@pytest.mark.parametrize("intent", ["Cancel", None])
def test_an_intent_without_a_branch_goes_to_no_matching_condition(intent: str | None) -> None:
    assert talking(with_turns(LexTurn(intent, True))).enter(Utterance("x")).host.path == ["it", "NoMatchingCondition"]


def test_keys_are_an_utterance_for_a_bot() -> None:
    run = talking(with_turns(LexTurn("Book", True))).enter(Keys("42"))
    assert run.host.asked("lex_turn")[0][1] == "42"


def test_silence_on_the_telephone_is_an_empty_utterance_for_a_bot() -> None:
    run = talking(with_turns(LexTurn("Fallback", True)))
    assert run.outcome.seconds == 3 if isinstance(run.outcome, Waiting) else False
    assert run.expire().host.asked("lex_turn")[0][1] == ""


def test_how_long_a_bot_listens_is_a_session_attribute() -> None:
    run = talking(on("VOICE"), LexSessionAttributes={"x-amz-lex:audio:start-timeout-ms:*:*": "4500"})
    assert isinstance(run.outcome, Waiting)
    assert run.outcome.seconds == 4.5


@pytest.mark.parametrize(("timeout", "seconds"), [({"Text": "120"}, 120), (None, None)])
def test_silence_in_a_chat_has_a_branch(timeout: dict[str, str] | None, seconds: int | None) -> None:
    run = talking(on("CHAT"), **({"LexTimeoutSeconds": timeout} if timeout else {}))
    assert isinstance(run.outcome, Waiting)
    assert run.outcome.seconds == seconds
    if seconds:
        assert run.expire().host.path == ["it", "InputTimeLimitExceeded"]


def test_the_first_message_of_a_chat_can_be_the_first_utterance() -> None:
    host = with_turns(LexTurn("Book", True), channel="CHAT")
    parameters = {"LexV2Bot": {"AliasArn": "a"}, "LexInitializationData": {"InitialMessage": "$.Media.InitialMessage"}}
    run = branch("ConnectParticipantWithLexBot", parameters, host, errors=ERRORS)
    assert run.host.asked("lex_turn")[0][1] == "hello"


def test_a_first_message_that_is_missing_is_an_error() -> None:
    parameters = BOT | {"LexInitializationData": {"InitialMessage": "$.Attributes.none"}}
    assert branch("ConnectParticipantWithLexBot", parameters, on("CHAT"), errors=ERRORS).host.path == ["it", "NoMatchingError"]


def test_a_bot_of_the_first_version_has_a_name() -> None:
    host = with_turns(LexTurn("Book", True))
    parameters = {"LexBot": {"Name": "n", "Alias": "a", "Region": "$.Attributes.name"}, "Text": "x"}
    run = branch("ConnectParticipantWithLexBot", parameters, host, errors=ERRORS).enter(Utterance("y"))
    assert run.host.asked("lex_turn")[0][0] == LexBot(name="n", alias="a", region="Ada")


def test_no_bot_is_an_error() -> None:
    run = branch("ConnectParticipantWithLexBot", {"Text": "x"}, on("VOICE"), errors=ERRORS).enter(Utterance("y"))
    assert run.last.why == "Parameters has neither LexV2Bot nor LexBot"


def test_a_bot_that_does_not_exist_is_an_error() -> None:
    host = on("VOICE")
    host.refusals["lex_turn"] = HostError(why="no such bot")
    assert talking(host).enter(Utterance("x")).last.why == "no such bot"


# --- views


def shown(**parameters: Any) -> Run:
    parameters = {"ViewResource": {"Id": "form", "Version": "2"}, "InvocationTimeLimitSeconds": "400"} | parameters
    flow = source(
        action("it", "ShowView", parameters, "e", on={"Submit": "done"}, errors={error: error for error in ERRORS}),
        *map(ending, ("done", *ERRORS)),
    )
    return start(flow, on("CHAT"))


def test_a_view_is_shown_until_something_is_chosen() -> None:
    run = shown(ViewData={"Heading": "Dear $.Attributes.name", "Big": True})
    assert run.host.asked("show_view") == [("form:2", {"Heading": "Dear Ada", "Big": True}, False)]
    assert run.outcome == Waiting(400, ("ViewAnswer",))
    run.enter(ViewAnswer("Submit", {"FormData": {"items": ["a", "b"]}}))
    assert run.host.path == ["it", "done"]
    assert run.look_up("$.Views.Action $.Views.ViewResultData.FormData.items.1") == "Submit b"


def test_a_choice_without_a_branch_goes_to_no_matching_condition() -> None:
    assert shown().enter(ViewAnswer("Back")).host.path == ["it", "NoMatchingCondition"]


def test_a_view_without_an_answer_has_a_branch() -> None:
    assert shown().expire().host.path == ["it", "TimeLimitExceeded"]


def test_an_answer_can_be_kept_out_of_the_transcript() -> None:
    hidden = {"HideResponseOn": ["TRANSCRIPT"]}
    assert shown(ViewResource={"Id": "v"}, SensitiveDataConfiguration=hidden).host.asked("show_view") == [("v", {}, True)]


def test_a_view_that_does_not_exist_is_an_error() -> None:
    host = on("CHAT")
    host.refusals["show_view"] = HostError(why="no such view")
    parameters = {"ViewResource": {"Id": "v"}, "InvocationTimeLimitSeconds": "4"}
    assert branch("ShowView", parameters, host, errors=ERRORS).last.why == "no such view"
