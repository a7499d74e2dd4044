from __future__ import annotations

from typing import Any

import pytest

from connect_mock.flow.host import HostError, QueueTarget
from connect_mock.flow.outcomes import Ended
from tests.flow.recording_host import RecordingHost, Run, branch, ending, module

REFUSED = HostError("NoMatchingError", "refused")


def succeeded(type: str, parameters: dict[str, Any], host: RecordingHost | None = None) -> Run:
    run = branch(type, parameters, host, errors=["NoMatchingError"])
    assert run.host.path == ["it", "next"], run.last.why
    return run


def on(channel: str, **known: Any) -> RecordingHost:
    return RecordingHost(known={"Channel": channel, "Attributes": {}} | known)


# --- what is changed in the contact


@pytest.mark.parametrize(
    ("type", "parameters", "changes"),
    [
        ("TagContact", {"Tags": {"team": "a"}}, {"Tags": {"team": "a"}}),
        ("UntagContact", {"TagKeys": ["team"]}, {"UntagKeys": ["team"]}),
        ("UpdateContactCallbackNumber", {"CallbackNumber": "$.Attributes.n"}, {"CallbackNumber": "+441134960000"}),
        ("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "f"}}, {"EventHooks": {"CustomerQueue": "f"}}),
        ("UpdateContactEventHooks", {"EventHooks": {"AgentHold": "f"}}, {"EventHooks": {"AgentHold": "f"}}),
        ("UpdateContactRoutingBehavior", {"QueuePriority": "1"}, {"QueuePriority": 1}),
        ("UpdateContactRoutingBehavior", {"QueueTimeAdjustmentSeconds": "-60"}, {"QueueTimeAdjustmentSeconds": -60}),
        (
            "UpdateContactTextToSpeechVoice",
            {"TextToSpeechVoice": "Amy", "TextToSpeechEngine": "Neural"},
            {"TextToSpeechVoice": {"TextToSpeechVoice": "Amy", "TextToSpeechEngine": "Neural"}},
        ),
        ("UpdateContactData", {"Name": "Ada $.Attributes.n"}, {"Name": "Ada +441134960000"}),
        ("UpdateContactMediaStreamingBehavior", {"MediaStreamingState": "Enabled"}, {"MediaStreaming": True}),
        ("UpdateContactMediaStreamingBehavior", {"MediaStreamingState": "Disabled"}, {"MediaStreaming": False}),
        (
            "UpdatePreviousContactParticipantState",
            {"PreviousContactParticipantState": "AgentOnHold"},
            {"ParticipantState": "AgentOnHold"},
        ),
        ("CompleteOutboundCall", {"CallerId": {"Number": "$.Attributes.n"}}, {"CallerId": "+441134960000"}),
        (
            "UpdateContactData",
            {
                "Description": "d",
                "LanguageCode": "en-GB",
                "CustomerId": "7",
                "WisdomSessionArn": "arn:s",
                "References": {"r": 1},
            },
            {
                "Description": "d",
                "LanguageCode": "en-GB",
                "CustomerId": "7",
                "WisdomSessionArn": "arn:s",
                "References": {"r": 1},
            },
        ),
    ],
)
def test_changes_of_the_contact_reach_the_host(type: str, parameters: dict[str, Any], changes: dict[str, Any]) -> None:
    run = succeeded(type, parameters, on("VOICE", Attributes={"n": "+441134960000"}))
    assert run.host.asked("update_contact") == [(changes, "Current")]


@pytest.mark.parametrize(
    ("type", "parameters"),
    [
        ("TagContact", {"Tags": {"team": "a"}}),
        ("UntagContact", {"TagKeys": ["team"]}),
        ("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "f"}}),
        ("UpdateContactData", {"Name": "Ada"}),
        ("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Amy"}),
        ("UpdateContactMediaStreamingBehavior", {"MediaStreamingState": "Enabled"}),
        ("UpdatePreviousContactParticipantState", {"PreviousContactParticipantState": "OffHold"}),
    ],
)
def test_changes_that_the_host_refuses_are_an_error(type: str, parameters: dict[str, Any]) -> None:
    run = branch(type, parameters, RecordingHost(refusals={"update_contact": REFUSED}), errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]


@pytest.mark.parametrize("target", ["Current", "Related"])
def test_attributes_are_set_on_the_current_or_the_related_contact(target: str) -> None:
    parameters = {"Attributes": {"a": "1", "$.Attributes.key": "$.ContactId"}, "TargetContact": target}
    run = succeeded("UpdateContactAttributes", parameters, on("VOICE", ContactId="c-1", Attributes={"key": "id"}))
    assert run.host.asked("update_attributes") == [({"a": "1", "id": "c-1"}, target)]


def test_attributes_go_to_the_current_contact_when_nothing_is_said() -> None:
    run = succeeded("UpdateContactAttributes", {"Attributes": {"a": "1"}})
    assert run.host.asked("update_attributes") == [({"a": "1"}, "Current")]


def test_data_goes_to_the_related_contact() -> None:
    run = succeeded("UpdateContactData", {"Name": "x", "TargetContact": "Related"})
    assert run.host.asked("update_contact") == [({"Name": "x"}, "Related")]


@pytest.mark.parametrize("parameters", [{"Attributes": {"a.b": "1"}}, {"Attributes": {"$a": "1"}}, {"Attributes": {"": "1"}}])
def test_attributes_that_no_reference_could_name_are_refused(parameters: dict[str, Any]) -> None:
    run = branch("UpdateContactAttributes", parameters, errors=["NoMatchingError"])
    assert "neither $ nor a full stop" in run.last.why
    assert not run.host.done


def test_attributes_that_the_host_refuses_are_an_error() -> None:
    host = RecordingHost(refusals={"update_attributes": HostError(why="32 KB")})
    assert branch("UpdateContactAttributes", {"Attributes": {"a": "1"}}, host, errors=["NoMatchingError"]).last.why == "32 KB"


@pytest.mark.parametrize("type", ["UpdateContactAttributes", "UpdateContactData"])
def test_another_target_contact_is_an_error(type: str) -> None:
    run = branch(type, {"Attributes": {"a": "1"}, "Name": "x", "TargetContact": "Other"}, errors=["NoMatchingError"])
    assert run.last.why == "Parameters.TargetContact must be Current or Related, got 'Other'"


def test_fields_of_voice_id_are_only_noted() -> None:
    run = succeeded("UpdateContactData", {"IsFraudDetectionEnabled": "TRUE"})
    assert run.host.done == [("record", "UpdateContactData", {"IsFraudDetectionEnabled": "TRUE"})]


def test_more_than_six_tags_are_an_error() -> None:
    run = branch("TagContact", {"Tags": {str(n): "x" for n in range(7)}}, errors=["NoMatchingError"])
    assert run.last.why == "a contact has at most 6 tags, got 7"


@pytest.mark.parametrize("number", ["01134960000", "+0123", "Timeout", ""])
def test_a_callback_number_that_is_none_has_a_branch(number: str) -> None:
    host = on("VOICE", StoredCustomerInput=number, Attributes={"n": number})
    run = branch("UpdateContactCallbackNumber", {"CallbackNumber": "$.Attributes.n"}, host, errors=["InvalidCallbackNumber"])
    assert run.host.path == ["it", "InvalidCallbackNumber"]


def test_a_callback_number_that_cannot_be_called_has_a_branch() -> None:
    host = on("VOICE", Attributes={"n": "+8821234567"})
    host.refusals["update_contact"] = HostError("CallbackNumberNotDialable")
    run = branch(
        "UpdateContactCallbackNumber", {"CallbackNumber": "$.Attributes.n"}, host, errors=["CallbackNumberNotDialable"]
    )
    assert run.host.path == ["it", "CallbackNumberNotDialable"]


def test_a_chat_cannot_be_called_back() -> None:
    parameters = {"CallbackNumber": "$.Attributes.n"}
    run = branch("UpdateContactCallbackNumber", parameters, on("CHAT"), errors=["InvalidCallbackNumber"])
    assert run.host.path == ["it", "InvalidCallbackNumber"]


def test_there_is_no_hold_in_a_chat() -> None:
    run = branch("UpdateContactEventHooks", {"EventHooks": {"CustomerHold": "f"}}, on("CHAT"), errors=["NoMatchingError"])
    assert run.last.why == "there is no hold on CHAT"


def test_a_voice_for_a_chat_has_no_effect() -> None:
    assert succeeded("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Amy"}, on("CHAT")).host.done == []


def test_a_paused_contact_goes_on() -> None:
    assert succeeded("ResumeContact", {}, on("TASK")).host.done == [("resume_contact",)]


def test_a_contact_that_is_not_paused_cannot_go_on() -> None:
    host = RecordingHost(refusals={"resume_contact": REFUSED})
    assert branch("ResumeContact", {}, host, errors=["NoMatchingError"]).host.path == ["it", "NoMatchingError"]


# --- analysis


ANALYTICS = {
    "Enabled": "True",
    "AnalyticsLanguage": "en-GB",
    "AnalyticsModes": ["RealTime"],
    "ConversationalAnalyticsRedactionConfiguration": {
        "Enabled": "True",
        "RedactionResults": "RedactedOnly",
        "RedactionMaskMode": "PII",
        "RedactionEntities": ["NAME"],
    },
    "SentimentConfiguration": {"Enabled": "False"},
    "SummaryConfiguration": {"SummaryModes": ["PostContact"]},
}
OLDER_ANALYTICS = {
    "Enabled": "True",
    "AnalyticsLanguage": "en-GB",
    "AnalyticsRedactionBehavior": "Enabled",
    "AnalyticsRedactionResults": "RedactedOnly",
    "AnalyticsRedactionMaskMode": "PII",
    "AnalyticsRedactionEntities": ["NAME"],
    "ChannelConfiguration": {"Voice": {"AnalyticsModes": ["RealTime"]}, "Chat": {"AnalyticsModes": ["ContactLens"]}},
    "SentimentConfiguration": {"Enabled": "False"},
    "SummaryConfiguration": {"SummaryModes": ["PostContact"]},
}
CONFIGURATION = {
    "Enabled": True,
    "LanguageLocale": "en-GB",
    "ChannelConfiguration": {"AnalyticsModes": ["RealTime"]},
    "RedactionConfiguration": {"Behavior": "Enable", "Policy": "RedactedOnly", "MaskMode": "PII", "Entities": ["NAME"]},
    "SentimentConfiguration": {"Behavior": "Disable"},
    "SummaryConfiguration": {"SummaryModes": ["PostContact"]},
}


def analysed(type: str, channel: str, **parameters: Any) -> Any:
    ((changes, _),) = succeeded(type, parameters, on(channel)).host.asked("update_contact")
    return changes["Analytics"]


def test_the_analysis_of_a_call_reaches_the_host() -> None:
    behavior = {"VoiceAnalyticsBehavior": ANALYTICS}
    assert analysed("UpdateContactRecordingAndAnalyticsBehavior", "VOICE", VoiceBehavior=behavior) == CONFIGURATION


def test_the_analysis_of_a_chat_reaches_the_host() -> None:
    behavior = {"ChatAnalyticsBehavior": {"Enabled": "False"}}
    found = analysed("UpdateContactRecordingAndAnalyticsBehavior", "CHAT", ChatBehavior=behavior)
    assert found == {"Enabled": False}


@pytest.mark.parametrize(("channel", "mode"), [("VOICE", "RealTime"), ("CHAT", "ContactLens")])
def test_the_older_form_names_the_analysis_by_channel(channel: str, mode: str) -> None:
    found = analysed("UpdateContactRecordingBehavior", channel, RecordingBehavior={}, AnalyticsBehavior=OLDER_ANALYTICS)
    assert found == CONFIGURATION | {"ChannelConfiguration": {"AnalyticsModes": [mode]}}


def test_the_oldest_form_names_one_mode_of_analysis() -> None:
    behavior = {"Enabled": "True", "AnalyticsMode": "PostCall"}
    found = analysed("UpdateContactRecordingBehavior", "VOICE", RecordingBehavior={}, AnalyticsBehavior=behavior)
    assert found == {"Enabled": True, "ChannelConfiguration": {"AnalyticsModes": ["PostContact"]}}


def test_a_task_is_not_analysed() -> None:
    parameters = {"RecordingBehavior": {}, "AnalyticsBehavior": OLDER_ANALYTICS}
    assert succeeded("UpdateContactRecordingBehavior", parameters, on("TASK")).host.asked("update_contact") == []


@pytest.mark.parametrize(
    ("language", "where"),
    [("en-US", "next"), ("is-IS", "InFlightRedactionConfigurationFailed"), ("", "next")],
)
def test_messages_are_redacted_in_flight_in_some_languages(language: str, where: str) -> None:
    analytics = {"Enabled": "True", "AnalyticsLanguage": "$.Attributes.l"} | {
        "InFlightChatRedactionConfiguration": {"Enabled": "True"}
    }
    run = branch(
        "UpdateContactRecordingAndAnalyticsBehavior",
        {"ChatBehavior": {"ChatAnalyticsBehavior": analytics}},
        on("CHAT", Attributes={"l": language}),
        errors=["InFlightRedactionConfigurationFailed"],
    )
    assert run.host.path == ["it", where]


# --- what is only noted


@pytest.mark.parametrize(
    ("type", "parameters", "channel"),
    [
        ("CompleteOutboundCall", {}, "VOICE"),
        ("CompleteOutboundCall", {"CallerId": {"Number": "+1"}, "VoiceConnector": {"FromUser": "u"}}, "VOICE"),
        ("UpdateContactMediaProcessing", {"ChatProcessor": {"ProcessingEnabled": "True"}}, "CHAT"),
        ("UpdateContactRecordingBehavior", {"RecordingBehavior": {"RecordedParticipants": []}}, "TASK"),
        ("UpdateContactRecordingAndAnalyticsBehavior", {"VoiceBehavior": {"a": "b"}}, "VOICE"),
        ("UpdateContactRecordingAndAnalyticsBehavior", {"ChatBehavior": {"a": "b"}}, "CHAT"),
        ("UpdateContactRecordingAndAnalyticsBehavior", {"ScreenRecordingBehavior": {"a": "b"}}, "CHAT"),
    ],
)
def test_what_has_no_meaning_here_is_noted(type: str, parameters: dict[str, Any], channel: str) -> None:
    assert succeeded(type, parameters, on(channel)).host.done == [("record", type, parameters)]


@pytest.mark.parametrize(("behavior", "channel"), [("ChatBehavior", "VOICE"), ("VoiceBehavior", "CHAT")])
def test_recording_of_another_channel_has_a_branch(behavior: str, channel: str) -> None:
    run = branch("UpdateContactRecordingAndAnalyticsBehavior", {behavior: {"a": "b"}}, on(channel), errors=["ChannelMismatch"])
    assert run.host.path == ["it", "ChannelMismatch"]


def test_messages_of_a_call_cannot_be_processed() -> None:
    run = branch("UpdateContactMediaProcessing", {"ChatProcessor": {}}, on("VOICE"), errors=["ChannelMismatch"])
    assert run.host.path == ["it", "ChannelMismatch"]


# --- cases and other contacts


def test_a_session_of_the_assistant_is_known_afterwards() -> None:
    host = RecordingHost(records={"WISDOM_SESSION": [{"SessionArn": "arn:s"}]})
    assert succeeded("CreateWisdomSession", {"WisdomAssistantArn": "arn:a"}, host).look_up("$.Wisdom.SessionArn") == "arn:s"


def case(type: str, host: RecordingHost | None = None, **parameters: Any) -> Run:
    parameters = {
        "LinkContactToCase": "true",
        "CaseTemplateId": "t",
        "CaseId": "1",
        "GetLastUpdatedCase": "false",
    } | parameters
    return branch(type, parameters, host, errors=["ContactNotLinked", "MultipleFound", "NoneFound", "NoMatchingError"])


def cases(count: int) -> RecordingHost:
    return RecordingHost(
        records={"CASE": [{"case_id": str(n), "title": f"t{n}", "status": "open"} for n in range(1, count + 1)]}
    )


def test_a_new_case_is_known_afterwards_and_linked() -> None:
    run = case("CreateCase", cases(1), CaseRequestFields={"title": "$.ContactId"})
    assert run.host.path == ["it", "next"]
    assert run.look_up("$.Case.case_id") == "1"
    assert run.host.asked("update_contact") == [({"Case": cases(1).records["CASE"][0]}, "Current")]


def test_a_case_is_not_linked_unasked() -> None:
    assert case("UpdateCase", cases(1), LinkContactToCase="false").host.asked("update_contact") == []


@pytest.mark.parametrize("type", ["CreateCase", "GetCase", "UpdateCase"])
def test_a_case_that_cannot_be_linked_has_a_branch(type: str) -> None:
    host = cases(1)
    host.refusals["update_contact"] = REFUSED
    assert case(type, host).host.path == ["it", "ContactNotLinked"]


def test_cases_that_cannot_be_searched_are_an_error() -> None:
    assert case("GetCase", RecordingHost(refusals={"find": REFUSED})).host.path == ["it", "NoMatchingError"]


def test_an_assistant_that_does_not_exist_is_an_error() -> None:
    host = RecordingHost(refusals={"store": REFUSED})
    run = branch("CreateWisdomSession", {"WisdomAssistantArn": "arn:a"}, host, errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]


@pytest.mark.parametrize("type", ["CreateCase", "UpdateCase"])
def test_a_case_that_cannot_be_written_is_an_error(type: str) -> None:
    assert case(type, RecordingHost(refusals={"store": REFUSED})).host.path == ["it", "NoMatchingError"]


@pytest.mark.parametrize(("count", "where"), [(0, "NoneFound"), (1, "next"), (2, "MultipleFound")])
def test_exactly_one_case_has_to_match(count: int, where: str) -> None:
    assert case("GetCase", cases(count)).host.path == ["it", where]


def test_of_several_cases_the_last_updated_one_can_be_taken() -> None:
    run = case("GetCase", cases(2), GetLastUpdatedCase="true", CaseResponseFields=["title"])
    assert run.look_up("$.Case") == {"case_id": "1", "title": "t1"}


def test_a_task_is_known_afterwards() -> None:
    run = succeeded("CreateTask", {"ContactFlowId": "f", "Name": "Call $.Attributes.x", "DelaySeconds": "60"})
    assert run.look_up("$.Task.ContactId") == "new-1"
    assert run.host.asked("start_contact")[0][1]["Name"] == "Call "


def test_a_task_starts_after_a_delay_or_at_a_time() -> None:
    parameters = {"ContactFlowId": "f", "Name": "n", "DelaySeconds": "60", "ScheduledTime": "1"}
    assert branch("CreateTask", parameters, errors=["NoMatchingError"]).host.path == ["it", "NoMatchingError"]


CHAT = {"SourceEndpoint": {}, "DestinationEndpoint": {}, "ContactFlowArn": "f", "ContactSubtype": "connect:SMS"}


def test_an_outbound_chat_is_started() -> None:
    assert succeeded("StartOutboundChatContact", CHAT).host.asked("start_contact") == [("CHAT", CHAT)]


@pytest.mark.parametrize(
    ("type", "parameters"), [("CreateTask", {"ContactFlowId": "f", "Name": "n"}), ("StartOutboundChatContact", CHAT)]
)
def test_contacts_that_cannot_be_started_are_an_error(type: str, parameters: dict[str, Any]) -> None:
    host = RecordingHost(refusals={"start_contact": REFUSED})
    assert branch(type, parameters, host, errors=["NoMatchingError"]).host.path == ["it", "NoMatchingError"]


# --- queues and transfers


@pytest.mark.parametrize(
    ("parameters", "target"),
    [({"QueueId": "q"}, QueueTarget("q")), ({"AgentId": "$.Attributes.a"}, QueueTarget(agent_id="u"))],
)
def test_the_target_queue_is_a_queue_or_an_agents(parameters: dict[str, str], target: QueueTarget) -> None:
    run = succeeded("UpdateContactTargetQueue", parameters, on("VOICE", Attributes={"a": "u"}))
    assert run.host.asked("set_target_queue") == [(target,)]


@pytest.mark.parametrize("type", ["UpdateContactTargetQueue", "DequeueContactAndTransferToQueue"])
@pytest.mark.parametrize("parameters", [{}, {"QueueId": "q", "AgentId": "a"}])
def test_one_queue_has_to_be_named(type: str, parameters: dict[str, str]) -> None:
    run = branch(type, parameters, errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]
    assert not run.host.done


def test_a_target_queue_that_does_not_exist_is_an_error() -> None:
    host = RecordingHost(refusals={"set_target_queue": REFUSED})
    assert branch("UpdateContactTargetQueue", {"QueueId": "q"}, host, errors=["NoMatchingError"]).last.why == "refused"


@pytest.mark.parametrize(
    ("type", "parameters", "target"),
    [("TransferContactToQueue", {}, None), ("DequeueContactAndTransferToQueue", {"QueueId": "q"}, QueueTarget("q"))],
)
def test_a_transfer_to_a_queue_ends_the_flow(type: str, parameters: dict[str, str], target: QueueTarget | None) -> None:
    run = branch(type, parameters)
    assert run.outcome == Ended("QUEUED")
    assert run.host.asked("transfer_to_queue") == [(target,)]


@pytest.mark.parametrize("type", ["TransferContactToQueue", "DequeueContactAndTransferToQueue"])
@pytest.mark.parametrize("error", ["QueueAtCapacity", "NoMatchingError"])
def test_a_queue_that_takes_nobody_has_a_branch(type: str, error: str) -> None:
    host = RecordingHost(refusals={"transfer_to_queue": HostError(error)})
    run = branch(type, {"QueueId": "q"}, host, errors=["QueueAtCapacity", "NoMatchingError"])
    assert run.host.path == ["it", error]


def test_a_transfer_to_an_agent_ends_the_flow() -> None:
    assert branch("TransferContactToAgent", {}).outcome == Ended("AGENT")


def test_a_module_runs_with_its_input_looked_up() -> None:
    host = on("VOICE", Attributes={"a": "1"})
    host.sources["m"] = module(ending("bye"))
    run = branch("InvokeFlowModule", {"FlowModuleId": "m", "Input": {"who": "$.Attributes.a", "n": 7}}, host)
    assert run.look_up("$.Modules.Input") == {"who": "1", "n": 7}
