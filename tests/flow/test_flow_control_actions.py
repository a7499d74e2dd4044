from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from connect_mock.flow.host import HostError, QueueMetrics, QueueTarget
from connect_mock.flow.outcomes import Ended, Failure, Occurred, Waiting
from tests.flow.recording_host import RecordingHost, Run, action, ending, source, start

REFUSED = HostError("NoMatchingError", "refused")


def chose(type: str, parameters: dict[str, Any], conditions: dict[Any, str], host: RecordingHost | None = None) -> Run:
    """An action with conditions; each leads to an ending named after its target."""
    errors = {error: error for error in ("NoMatchingError", "NoMatchingCondition", "ParticipantNotFound")}
    names = {"next", *conditions.values(), *errors}
    flow = source(action("it", type, parameters, "next", on=conditions, errors=errors), *map(ending, sorted(names)))
    return start(flow, host)


def on(channel: str | None) -> RecordingHost:
    return RecordingHost(known={"Channel": channel, "Attributes": {}})


@pytest.mark.parametrize("opened", [True, False])
def test_hours_of_operation_are_open_or_not(opened: bool) -> None:
    host = RecordingHost(opened=opened)
    run = chose("CheckHoursOfOperation", {"HoursOfOperationId": "h"}, {"True": "open", "False": "closed"}, host)
    assert run.host.path[-1] == ("open" if opened else "closed")
    assert run.host.asked("in_hours") == [("h",)]


def test_hours_are_those_of_the_queue_when_none_are_named() -> None:
    assert chose("CheckHoursOfOperation", {}, {"True": "open"}).host.asked("in_hours") == [(None,)]


def test_hours_that_a_reference_does_not_find_are_not_those_of_the_queue() -> None:
    run = chose("CheckHoursOfOperation", {"HoursOfOperationId": "$.Attributes.none"}, {"True": "open"})
    assert run.host.asked("in_hours") == [("",)]


def test_hours_that_do_not_exist_are_an_error() -> None:
    host = RecordingHost(refusals={"in_hours": REFUSED})
    assert chose("CheckHoursOfOperation", {}, {"True": "open"}, host).host.path[-1] == "NoMatchingError"


METRICS = QueueMetrics(name="Q", arn="arn:q", size=3, oldest_contact_age=300_000, online=4, available=1, staffed=2)


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("NumberOfAgentsAvailable", 1),
        ("NumberOfAgentsStaffed", 2),
        ("NumberOfAgentsOnline", 4),
        ("NumberOfContactsInQueue", 3),
        ("OldestContactInQueueAgeSeconds", 300_000),
    ],
)
def test_each_metric_of_a_queue_can_be_tested(metric: str, value: int) -> None:
    run = chose(
        "CheckMetricData", {"MetricType": metric, "QueueId": "q"}, {str(value): "yes"}, RecordingHost(queue_metrics=METRICS)
    )
    assert run.host.path[-1] == "yes"
    assert run.host.asked("metrics") == [(QueueTarget("q"), None)]


@pytest.mark.parametrize(
    ("operator", "operand", "true"),
    [
        ("Equals", "3", True),
        ("NumberGreaterThan", "2", True),
        ("NumberGreaterThan", "3", False),
        ("NumberGreaterOrEqualTo", "3", True),
        ("NumberLessThan", "4", True),
        ("NumberLessThan", "3", False),
        ("NumberLessOrEqualTo", "2", False),
    ],
)
def test_metrics_are_compared_as_numbers(operator: str, operand: str, true: bool) -> None:
    host = RecordingHost(queue_metrics=METRICS)
    run = chose("CheckMetricData", {"MetricType": "NumberOfContactsInQueue"}, {(operator, operand): "yes"}, host)
    assert run.host.path[-1] == ("yes" if true else "NoMatchingCondition")


def test_a_metric_that_there_is_none_of_meets_no_condition() -> None:
    host = RecordingHost(queue_metrics=dataclasses.replace(METRICS, oldest_contact_age=None))
    parameters = {"MetricType": "OldestContactInQueueAgeSeconds"}
    assert chose("CheckMetricData", parameters, {("NumberLessThan", "1"): "yes"}, host).host.path[-1] == "NoMatchingCondition"


def test_an_unknown_metric_is_an_error() -> None:
    assert chose("CheckMetricData", {"MetricType": "Happiness"}, {}).last.why == "there is no metric 'Happiness'"


@pytest.mark.parametrize(
    ("type", "parameters"), [("CheckMetricData", {"MetricType": "NumberOfAgentsOnline"}), ("GetMetricData", {})]
)
def test_metrics_without_a_queue_are_an_error(type: str, parameters: dict[str, str]) -> None:
    host = RecordingHost(refusals={"metrics": REFUSED})
    assert chose(type, parameters, {}, host).host.path[-1] == "NoMatchingError"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("Queue.Name", "Q"),
        ("Queue.ARN", "arn:q"),
        ("Queue.Size", 3),
        ("Queue.OldestContactAge", 300_000),
        ("Queue.EstimatedWaitTime", None),
        ("Agents.Online.Count", 4),
        ("Agents.Available.Count", 1),
        ("Agents.Staffed.Count", 2),
        ("Agents.AfterContactWork.Count", 0),
        ("Agents.Busy.Count", 0),
        ("Agents.Missed.Count", 0),
        ("Agents.NonProductive.Count", 0),
    ],
)
def test_metrics_of_a_queue_can_be_referred_to(path: str, value: Any) -> None:
    run = chose("GetMetricData", {"AgentId": "u", "QueueChannel": "Chat"}, {}, RecordingHost(queue_metrics=METRICS))
    assert run.look_up(f"$.Metrics.{path}") == value
    assert run.host.asked("metrics") == [(QueueTarget(agent_id="u"), "Chat")]


@pytest.mark.parametrize("status", ["CallAnswered", "VoicemailBeep", "VoicemailNoBeep", "NotDetected"])
def test_the_answer_to_a_campaigns_call_can_be_tested(status: str) -> None:
    host = RecordingHost(known={"Channel": "VOICE", "OutboundCallStatus": status})
    assert chose("CheckOutboundCallStatus", {}, {status: "yes"}, host).host.path[-1] == "yes"


def test_calls_of_no_campaign_have_no_answer() -> None:
    assert chose("CheckOutboundCallStatus", {}, {"CallAnswered": "yes"}).host.path[-1] == "NoMatchingError"


@pytest.mark.parametrize(
    "result", ["Enrolled", "NotEnrolled", "OptedOut", "Authenticated", "Inconclusive", "HighRisk", "LowRisk"]
)
def test_voice_id_answers_what_the_host_says(result: str) -> None:
    host = RecordingHost(records={"VOICE_ID": [{"Result": result}]})
    assert chose("CheckVoiceId", {"CheckVoiceIdOption": "enrollmentStatus"}, {result: "yes"}, host).host.path[-1] == "yes"


def test_voice_id_has_no_answer_of_its_own() -> None:
    assert chose("CheckVoiceId", {"CheckVoiceIdOption": "fraudDetection"}, {}).host.path[-1] == "NoMatchingError"


def test_a_chat_has_no_stream_to_voice_id() -> None:
    assert chose("StartVoiceIdStream", {}, {}, on("CHAT")).host.path == ["it", "NoMatchingError"]


def test_a_stream_to_voice_id_is_noted() -> None:
    run = chose("StartVoiceIdStream", {}, {})
    assert run.host.path == ["it", "next"]
    assert run.host.done == [("record", "StartVoiceIdStream", {})]


# --- attributes of the flow


def test_flow_attributes_are_set_and_kept() -> None:
    flow = source(
        action("a", "UpdateFlowAttributes", {"FlowAttributes": {"x": {"Value": "1"}}}, "b"),
        action("b", "UpdateFlowAttributes", {"FlowAttributes": {"y": {"Value": "<$.FlowAttributes.x>"}}}, "bye"),
        ending("bye"),
    )
    assert start(flow).look_up("$.FlowAttributes") == {"x": "1", "y": "<1>"}


@pytest.mark.parametrize(
    "attributes", [{"x": "1"}, {"a.b": {"Value": "1"}}, {"$": {"Value": "1"}}, {"x": {"Value": "é" * 16_384}}]
)
def test_flow_attributes_that_cannot_be_kept_are_an_error_and_change_nothing(attributes: dict[str, Any]) -> None:
    run = chose("UpdateFlowAttributes", {"FlowAttributes": attributes}, {})
    assert run.host.path[-1] == "NoMatchingError"
    assert run.look_up("$.FlowAttributes") is None


# --- routing


STEPS = {"Steps": [{"Expression": {"AttributeCondition": {"Name": "Language"}}}]}


@pytest.mark.parametrize(
    "criteria", [STEPS, "$.External", '{"Steps": [{"Expression": {"AttributeCondition": {"Name": "Language"}}}]}']
)
def test_routing_criteria_can_come_from_anywhere(criteria: Any) -> None:
    flow = source(
        action(
            "ask",
            "InvokeLambdaFunction",
            {"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "3", "ResponseValidation": {"ResponseType": "JSON"}},
            "it",
        ),
        action("it", "UpdateContactRoutingCriteria", {"RoutingCriteria": criteria}, "bye"),
        ending("bye"),
    )
    host = RecordingHost(lambda_answer=STEPS)
    assert start(flow, host).host.asked("update_contact") == [({"RoutingCriteria": STEPS}, "Current")]


@pytest.mark.parametrize("criteria", ["nonsense", "[" * 100_000, {}, {"Steps": 3}, "$.Attributes.none"])
def test_routing_criteria_without_steps_are_an_error(criteria: Any) -> None:
    assert chose("UpdateContactRoutingCriteria", {"RoutingCriteria": criteria}, {}).host.path[-1] == "NoMatchingError"


def test_routing_criteria_that_the_host_refuses_are_an_error() -> None:
    host = RecordingHost(refusals={"update_contact": REFUSED})
    assert chose("UpdateContactRoutingCriteria", {"RoutingCriteria": STEPS}, {}, host).last.why == "refused"


# --- the end, and waiting


def test_end_flow_execution_ends_the_flow() -> None:
    assert chose("EndFlowExecution", {}, {}).outcome == Ended("ENDED")


def test_end_flow_execution_goes_back_to_the_prompts_that_were_interrupted() -> None:
    parameters = {"Messages": [{"Text": "la"}], "InterruptFrequencySeconds": "30"}
    music = action("music", "MessageParticipantIteratively", parameters, on={"MessagesInterrupted": "offer"})
    offer = action("offer", "MessageParticipant", {"Text": "Still there?"}, "end")
    flow = source(music, offer, action("end", "EndFlowExecution"), type="CUSTOMER_QUEUE")
    run = start(flow).expire()
    assert run.outcome == Waiting(30)
    assert run.host.said == ["la", "Still there?", "la"]
    assert (run.host.steps[-1].action.identifier, run.host.steps[-1].to) == ("end", "music")


WAIT = {"TimeLimitSeconds": "60", "Events": ["CustomerReturned", "BotParticipantDisconnected"]}
EVENTS = {name: name for name in ("WaitCompleted", "CustomerReturned", "BotParticipantDisconnected")}


def test_a_wait_ends_with_its_time() -> None:
    run = chose("Wait", WAIT, EVENTS, on("CHAT"))
    assert run.outcome == Waiting(60, ("CustomerReturned", "BotParticipantDisconnected"))
    assert run.expire().host.path == ["it", "WaitCompleted"]


@pytest.mark.parametrize("event", ["CustomerReturned", "BotParticipantDisconnected"])
def test_a_wait_ends_with_an_event(event: str) -> None:
    assert chose("Wait", WAIT, EVENTS, on("CHAT")).enter(Occurred(event)).host.path == ["it", event]


def test_a_wait_for_a_bot_that_is_not_there_has_a_branch() -> None:
    run = chose("Wait", WAIT, EVENTS, on("CHAT")).enter(Failure("ParticipantNotFound"))
    assert run.host.path == ["it", "ParticipantNotFound"]


@pytest.mark.parametrize("seconds", ["0", "604801", "-5", "soon", "$.Attributes.none"])
def test_a_wait_without_a_possible_time_is_an_error(seconds: str) -> None:
    assert chose("Wait", {"TimeLimitSeconds": seconds}, EVENTS, on("TASK")).host.path == ["it", "NoMatchingError"]


def test_a_call_waits_for_events_alone() -> None:
    assert chose("Wait", {"TimeLimitSeconds": "5"}, EVENTS, on("VOICE")).last.why == "a call can only wait for events"
    assert isinstance(chose("Wait", WAIT, EVENTS, on("VOICE")).outcome, Waiting)


@pytest.mark.parametrize("channel", ["CHAT", "TASK", "EMAIL", None])
def test_everything_else_can_wait_for_time(channel: str | None) -> None:
    assert chose("Wait", {"TimeLimitSeconds": "5"}, EVENTS, on(channel)).outcome == Waiting(5)


def test_a_wait_that_keeps_running_goes_on_at_once() -> None:
    parameters = WAIT | {"ContinueExecution": "True", "MinimumWaitTimeSeconds": "5"}
    assert chose("Wait", parameters, EVENTS | {"Continue": "on"}, on("CHAT")).host.path == ["it", "on"]


@pytest.mark.parametrize(("behavior", "logging"), [("Enabled", True), ("Disabled", False)])
def test_flow_logs_are_switched(behavior: str, logging: bool) -> None:
    run = chose("UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": behavior}, {})
    assert run.host.asked("update_contact") == [({"FlowLogging": logging}, "Current")]
