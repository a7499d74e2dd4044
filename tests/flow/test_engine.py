"""Transitions, waits, modules, transfers between flows, logs: what the engine does whatever the action."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_mock.flow.actions import ACTIONS, Action
from connect_mock.flow.actions import action as register
from connect_mock.flow.compiled import ready_flow
from connect_mock.flow.conditions import OPERATORS, holds
from connect_mock.flow.engine import MAX_ACTIONS, Execution, UnexpectedEvent
from connect_mock.flow.host import HostError
from connect_mock.flow.language import language
from connect_mock.flow.outcomes import Ended, Failure, Keys, Occurred, Source, Utterance, Waiting
from tests.flow.recording_host import NOON, RecordingHost, action, branch, ending, module, source, start

MENU = action(
    "menu",
    "GetParticipantInput",
    {"Text": "Press 1", "InputTimeLimitSeconds": "5", "StoreInput": "False"},
    "e",
    on={"1": "one"},
    errors={"NoMatchingCondition": "other", "InputTimeLimitExceeded": "late", "NoMatchingError": "e"},
)
MENU_FLOW = source(MENU, ending("one"), ending("other"), ending("late"), ending("e"))

COMPARE = action("it", "Compare", {"ComparisonValue": "$.Attributes.x"}, "next")


def compared(value: Any, conditions: dict[Any, str], errors: dict[str, str] | None = None) -> str:
    """Where a Compare of `value` goes."""
    host = RecordingHost(known={"Attributes": {"x": value, "other": "gold"}})
    flow = source(
        action("it", "Compare", {"ComparisonValue": "$.Attributes.x"}, "next", on=conditions, errors=errors),
        *map(ending, ("next", "none", "a", "b")),
    )
    return start(flow, host).host.path[-1]


# --- choosing the next action


def test_success_without_a_result_goes_to_the_next_action() -> None:
    assert branch("MessageParticipant", {"Text": "Hi"}).host.path == ["it", "next"]


def test_an_error_goes_to_the_branch_of_its_type() -> None:
    run = branch("TransferContactToQueue", {}, RecordingHost(forced={"it": "QueueAtCapacity"}), errors=["QueueAtCapacity"])
    assert run.host.path == ["it", "QueueAtCapacity"]


def test_an_error_without_a_branch_of_its_own_goes_to_no_matching_error() -> None:
    run = branch("TransferContactToQueue", {}, RecordingHost(forced={"it": "QueueAtCapacity"}), errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]


def test_an_error_without_any_branch_stops_the_flow() -> None:
    run = branch("TransferContactToQueue", {}, RecordingHost(forced={"it": "QueueAtCapacity"}))
    assert run.outcome == Ended(
        "STOPPED",
        "TransferContactToQueue 'it' of main failed (QueueAtCapacity: forced), and TransferContactToQueue 'it' of main "
        "has no branch for it",
    )


def test_the_first_condition_that_is_true_wins() -> None:
    assert compared("x1", {("TextStartsWith", "x"): "a", ("Equals", "x1"): "b"}) == "a"


def test_a_result_without_a_true_condition_goes_to_no_matching_condition() -> None:
    assert compared("y", {"x": "a"}, {"NoMatchingCondition": "none"}) == "none"


def test_a_result_without_a_true_condition_goes_on_where_there_is_no_such_branch() -> None:
    assert compared("y", {"x": "a"}) == "next"


def test_conditions_of_an_action_without_a_result_are_not_looked_at() -> None:
    flow = source(action("it", "MessageParticipant", {"Text": "Hi"}, "next", on={"": "a"}), ending("next"), ending("a"))
    assert start(flow).host.path == ["it", "next"]


@pytest.mark.parametrize("to", ["", "$end", "nowhere"])
def test_a_branch_that_leads_nowhere_stops_the_flow(to: str) -> None:
    outcome = start(source(action("it", "MessageParticipant", {"Text": "Hi"}, to))).outcome
    assert isinstance(outcome, Ended)
    assert outcome.how == "STOPPED"


def test_an_error_branch_that_leads_nowhere_stops_the_flow() -> None:
    flow = source(action("it", "Wait", {}, "it", errors={"NoMatchingError": "nowhere"}))
    assert "leads to 'nowhere', which does not exist" in str(start(flow).outcome)


def test_an_unknown_type_takes_its_error_branch_and_is_logged() -> None:
    run = branch("PlayPrompt", {}, RecordingHost(logging=True), errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]
    assert run.host.entries[0]["Results"] == "NoMatchingError: there is no action type 'PlayPrompt'"


def test_parameters_that_cannot_be_used_are_an_error_that_says_why() -> None:
    run = branch("CreateTask", {"DelaySeconds": "$.Attributes.x"}, errors=["NoMatchingError"])
    assert run.last.why == "Parameters.DelaySeconds must be a whole number, got ''"


@pytest.mark.parametrize(
    ("type", "parameters", "why"),
    [
        ("TagContact", {"Tags": "x"}, "Parameters.Tags must be an object, got str"),
        ("UntagContact", {"TagKeys": "x"}, "Parameters.TagKeys must be an array, got str"),
        ("CreateCase", {"LinkContactToCase": "maybe"}, "Parameters.LinkContactToCase must be True or False, got 'maybe'"),
        ("ShowView", {"ViewResource": {}}, "Parameters.ViewResource has no id"),
    ],
)
def test_parameters_of_another_form_are_an_error_that_says_why(type: str, parameters: dict[str, Any], why: str) -> None:
    host = RecordingHost(known={"Channel": "CHAT"})
    assert branch(type, parameters, host, errors=["NoMatchingError"]).last.why == why


def test_missing_parameters_are_an_error_that_names_them() -> None:
    run = branch("InvokeLambdaFunction", {}, errors=["NoMatchingError"])
    assert run.last.why == "Parameters has no lambda_function_arn"


def test_a_text_that_grows_without_bound_is_an_error() -> None:
    host = RecordingHost(known={"Channel": "VOICE", "Attributes": {"x": "x" * 600_000}})
    run = branch("MessageParticipant", {"Text": "$.Attributes.x$.Attributes.x"}, host, errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]


# --- conditions


@pytest.mark.parametrize(
    ("operator", "value", "operand", "true"),
    [
        ("Equals", "gold", "gold", True),
        ("Equals", "gold", "Gold", False),
        ("Equals", 5, "5", True),
        ("Equals", True, "true", True),
        ("TextStartsWith", "golden", "gold", True),
        ("TextStartsWith", "golden", "old", False),
        ("TextEndsWith", "golden", "den", True),
        ("TextEndsWith", "golden", "gold", False),
        ("TextContains", "golden", "old", True),
        ("TextContains", "golden", "OLD", False),
        ("NumberGreaterThan", "10", "9", True),
        ("NumberGreaterThan", "9", "9", False),
        ("NumberGreaterOrEqualTo", "9.0", "9", True),
        ("NumberGreaterOrEqualTo", "8", "9", False),
        ("NumberLessThan", "-1", "0", True),
        ("NumberLessThan", "0", "0", False),
        ("NumberLessOrEqualTo", 9, "9", True),
        ("NumberLessOrEqualTo", 10, "9", False),
        ("NumberLessThan", "nine", "10", False),
        ("NumberLessThan", "1", "ten", False),
        ("NumberLessThan", "NaN", "1", False),
        ("NumberGreaterThan", "Infinity", "1", False),
        ("NumberGreaterThan", "1e999999", "1", True),
        ("KeyExists", {"a": None}, "a", True),
        ("KeyExists", {"a": 1}, "b", False),
        ("KeyExists", "abc", "a", False),
        ("And", "x", "x", False),
        (None, "x", "x", False),
        (["Equals"], "x", "x", False),
    ],
)
def test_each_operator(operator: Any, value: Any, operand: Any, true: bool) -> None:
    assert holds(operator, value, [operand]) is true


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_operator_is_true_of_a_missing_value(operator: str) -> None:
    assert compared(None, {(operator, ""): "a"}, {"NoMatchingCondition": "none"}) == "none"


@pytest.mark.parametrize(("value", "where"), [("x", "a"), ("", "a"), (None, "none")])
def test_exists_tells_whether_there_is_a_value(value: Any, where: str) -> None:
    assert compared(value, {("Exists",): "a"}, {"NoMatchingCondition": "none"}) == where


@pytest.mark.parametrize("operands", [(), ("a", "b")])
def test_a_condition_with_another_number_of_operands_is_never_true(operands: tuple[str, ...]) -> None:
    assert not holds("Equals", "a", list(operands))


def test_operands_of_compare_can_be_references() -> None:
    assert compared("gold", {"$.Attributes.other": "a"}) == "a"


def test_operands_of_other_types_are_taken_literally() -> None:
    host = RecordingHost(known={"Channel": "VOICE", "Attributes": {"one": "1"}})
    run = start(source(MENU | {"Transitions": changed_operand("$.Attributes.one")}, *map(ending, ("one", "other"))), host)
    assert run.enter(Keys("1")).host.path == ["menu", "other"]


def changed_operand(operand: str) -> dict[str, Any]:
    return dict(json.loads(json.dumps(MENU["Transitions"]).replace('"1"', json.dumps(operand))))


@given(
    st.sampled_from(sorted(OPERATORS)),
    st.none() | st.text() | st.floats() | st.integers() | st.dictionaries(st.text(), st.none()),
)
def test_no_value_breaks_an_operator(operator: str, value: Any) -> None:
    holds(operator, value, [value])


# --- waits


def test_a_flow_runs_until_it_waits() -> None:
    run = start(MENU_FLOW)
    assert run.outcome == Waiting(5, ("Keys",), "")
    assert run.execution.deadline == NOON + datetime.timedelta(seconds=5)
    assert run.host.said == ["Press 1"]


def test_what_is_entered_decides_how_it_goes_on() -> None:
    run = start(MENU_FLOW).enter(Keys("1"))
    assert run.host.path == ["menu", "one"]
    assert run.outcome == run.execution.ended == Ended("DISCONNECTED")


def test_a_wait_that_ends_has_a_branch_of_its_own() -> None:
    assert start(MENU_FLOW).expire().host.path == ["menu", "late"]


def test_a_failure_from_outside_takes_an_error_branch() -> None:
    assert start(MENU_FLOW).enter(Failure("NoMatchingError", "line lost")).last.why == "line lost"


def test_nothing_is_awaited_once_the_flow_has_ended() -> None:
    run = start(MENU_FLOW).enter(Keys("1"))
    assert (run.execution.waiting, run.execution.deadline, run.execution.current) == (None, None, None)
    with pytest.raises(UnexpectedEvent, match="flow main is over: DISCONNECTED"):
        run.enter(Keys("1"))
    with pytest.raises(UnexpectedEvent, match="is over"):
        run.expire()


def test_an_event_that_is_not_awaited_is_refused_and_changes_nothing() -> None:
    run = start(MENU_FLOW)
    before = copy.deepcopy(run.execution)
    with pytest.raises(UnexpectedEvent, match="GetParticipantInput 'menu' of main does not wait for Utterance, but for Keys"):
        run.enter(Utterance("billing"))
    assert run.execution == before


def test_a_flow_can_be_ended_from_outside() -> None:
    run = start(MENU_FLOW)
    gone = Ended("DISCONNECTED", "customer hung up")
    assert run.execution.stop(run.host, gone) == run.execution.ended == gone
    assert (run.host.steps[-1].action.identifier, run.host.steps[-1].why) == ("menu", "customer hung up")


def test_what_the_host_refuses_to_tell_is_an_error_branch() -> None:
    run = branch("MessageParticipant", {"Text": "$.Customer.X $.Queue.Name"}, Silent(), errors=["NoMatchingError"])
    assert run.last.why == "no queue"


class Silent(RecordingHost):
    def contact(self, root: str) -> Any:
        if root == "Queue":
            raise HostError(why="no queue")
        return super().contact(root)


def test_a_flow_starts_once() -> None:
    run = start(MENU_FLOW)
    with pytest.raises(UnexpectedEvent, match="was started before"):
        run.execution.start(run.host)


def test_a_flow_that_was_not_started_waits_for_nothing() -> None:
    with pytest.raises(UnexpectedEvent, match="was not started"):
        Execution(MENU_FLOW).enter(RecordingHost(), Keys("1"))


def test_a_wait_without_a_time_limit_does_not_run_out() -> None:
    flow = source(action("music", "MessageParticipantIteratively", {"Messages": [{"Text": "la"}]}), type="CUSTOMER_QUEUE")
    with pytest.raises(UnexpectedEvent, match="waits without a time limit"):
        start(flow).expire()


def test_a_wait_beyond_the_calendar_is_cut_short() -> None:
    parameters = {"ViewResource": {"Id": "form"}, "InvocationTimeLimitSeconds": "9" * 18}
    run = branch("ShowView", parameters, RecordingHost(known={"Channel": "CHAT"}))
    assert run.execution.deadline is not None


def test_an_execution_can_be_copied_and_stored_while_it_waits() -> None:
    run = start(MENU_FLOW)
    for twin in (copy.deepcopy(run.execution), pickle.loads(pickle.dumps(run.execution))):
        assert twin == run.execution
        assert twin.enter(RecordingHost(), Keys("1")) == Ended("DISCONNECTED")
    assert run.execution.waiting


def test_an_exception_of_the_host_passes_and_the_flow_says_so_afterwards() -> None:
    run = start(MENU_FLOW)
    with pytest.raises(ZeroDivisionError):
        run.execution.enter(Broken(), Keys("1"))
    with pytest.raises(UnexpectedEvent, match="flow main was broken off by an exception"):
        run.enter(Keys("1"))


class Broken(RecordingHost):
    def step(self, step: Any) -> None:
        raise ZeroDivisionError


def test_what_the_host_refuses_is_an_error_branch() -> None:
    host = RecordingHost(refusals={"say": HostError("NoMatchingError", "no such prompt")})
    run = branch("MessageParticipant", {"PromptId": "p"}, host, errors=["NoMatchingError"])
    assert (run.last.error_type, run.last.why) == ("NoMatchingError", "no such prompt")


# --- every action


@pytest.mark.parametrize("type", sorted(ACTIONS))
def test_any_error_of_any_action_can_be_forced(type: str) -> None:
    facts = language().actions.get(type)
    errors = facts.known_errors if facts else ["NoMatchingError"]
    for error in errors:
        run = branch(type, {}, RecordingHost(forced={"it": error}), errors=errors)
        assert run.host.path == ["it", error]


def test_the_language_has_no_action_that_the_interpreter_does_not() -> None:
    assert language().actions.keys() <= ACTIONS.keys()


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="two action types named Compare"):
        register(type("Compare", (Action,), {}))


CHANNELS = [
    (type, channel)
    for type, facts in language().actions.items()
    for channel in ("VOICE", "CHAT", "TASK", "EMAIL")
    if channel not in facts.channels and "NoMatchingError" in facts.known_errors and ACTIONS[type].wrong_channel
]


@pytest.mark.parametrize(("type", "channel"), CHANNELS)
def test_an_unsupported_channel_takes_an_error_branch(type: str, channel: str) -> None:
    run = branch(type, {}, RecordingHost(known={"Channel": channel}), errors=["NoMatchingError"])
    assert run.last.why == f"{type} does not support {channel}"


def test_inside_a_module_an_action_that_the_flow_type_does_not_support_takes_its_error_branch() -> None:
    run = in_module(action("it", "TransferContactToQueue", {}, "e", errors={"NoMatchingError": "e"}), type="CUSTOMER_WHISPER")
    assert run.last.why == "TransferContactToQueue does not support CUSTOMER_WHISPER flows"


def test_inside_a_module_an_action_that_the_flow_type_supports_runs() -> None:
    assert in_module(action("it", "TransferContactToQueue", {}, "e")).outcome == Ended("QUEUED")


def in_module(*actions: dict[str, Any], type: str = "CONTACT_FLOW") -> Any:
    flow = source(action("call", "InvokeFlowModule", {"FlowModuleId": "m"}, "bye"), ending("bye"), type=type)
    return start(flow, RecordingHost(sources={"m": module(*actions, ending("e"))}))


# --- flows and modules


def test_transfer_to_flow_goes_on_in_the_other_flow_and_drops_flow_attributes_only() -> None:
    other = source(
        action("hello", "MessageParticipant", {"Text": "<$.FlowAttributes.a$.External.b>"}, "bye"), ending("bye"), name="other"
    )
    flow = source(
        action("set", "UpdateFlowAttributes", {"FlowAttributes": {"a": {"Value": "x"}}}, "ask"),
        action("ask", "InvokeLambdaFunction", {"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "3"}, "go"),
        action("go", "TransferToFlow", {"ContactFlowId": "other"}, "go"),
    )
    run = start(flow, RecordingHost(sources={"other": other}, lambda_answer={"b": "kept"}))
    assert run.host.said == ["<kept>"]
    assert run.execution.flow == other


@pytest.mark.parametrize("target", ["missing", "queue", "broken"])
def test_transfer_to_a_flow_that_cannot_take_over_is_an_error(target: str) -> None:
    sources = {"queue": source(ending("a"), type="CUSTOMER_QUEUE"), "broken": replace(source(), content="{}")}
    run = branch("TransferToFlow", {"ContactFlowId": target}, RecordingHost(sources=sources), errors=["NoMatchingError"])
    assert run.host.path == ["it", "NoMatchingError"]


def test_content_that_is_no_flow_stops_at_once() -> None:
    outcome = Execution(Source("f", "arn:f", "f", "CONTACT_FLOW", "nonsense")).start(RecordingHost())
    assert isinstance(outcome, Ended)
    assert outcome.how == "STOPPED"


def test_a_flow_whose_first_action_is_missing_stops_at_once() -> None:
    assert start(source()).outcome == Ended("STOPPED", "there is no action 'nothing'")


MODULE = module(
    action("hi", "MessageParticipant", {"Text": "$.Modules.Input.who $.FlowAttributes.a$.External.b"}, "return"),
    action("return", "EndFlowModuleExecution", {"Result": "approved", "ResultData": {"score": "$.Attributes.score"}}),
)


def called(callee: Source, parameters: dict[str, Any] | None = None, **transitions: Any) -> Any:
    flow = source(
        action("set", "UpdateFlowAttributes", {"FlowAttributes": {"a": {"Value": "secret"}}}, "call"),
        action("call", "InvokeFlowModule", {"FlowModuleId": "m"} | (parameters or {}), "next", **transitions),
        *map(ending, ("next", "ok", "e", "none")),
    )
    host = RecordingHost(known={"Channel": "VOICE", "Attributes": {"score": "9"}}, sources={"m": callee})
    return start(flow, host)


def test_a_module_sees_its_input_and_nothing_else_of_its_caller() -> None:
    assert called(MODULE, {"Input": {"who": "Ada"}}).host.said == ["Ada "]


def test_the_result_of_a_module_chooses_the_branch_of_its_caller() -> None:
    run = called(MODULE, on={"approved": "ok"})
    assert run.host.path == ["set", "hi", "return", "call", "ok"]
    assert run.last.result == "approved"


def test_a_result_that_the_caller_does_not_expect_goes_to_no_matching_condition() -> None:
    assert called(MODULE, on={"x": "ok"}, errors={"NoMatchingCondition": "none"}).host.path[-1] == "none"


def test_the_caller_sees_what_the_module_returned() -> None:
    run = called(MODULE)
    assert run.look_up("$.Modules.Result") == "approved"
    assert run.look_up("$.Modules.ResultData.score") == "9"
    assert run.look_up("$.FlowAttributes.a") == "secret"
    assert run.look_up("$.Modules.Input") is None


def test_a_module_that_returns_without_a_result_goes_on_with_the_next_action() -> None:
    plain = module(action("return", "EndFlowModuleExecution"))
    assert called(plain, on={"approved": "ok"}, errors={"NoMatchingCondition": "none"}).host.path[-1] == "next"


def test_a_module_can_end_the_flow() -> None:
    assert called(module(ending("bye"))).outcome == Ended("DISCONNECTED")


def test_a_return_outside_a_module_ends_the_flow() -> None:
    outcome = start(source(action("return", "EndFlowModuleExecution"))).outcome
    assert isinstance(outcome, Ended)
    assert outcome.how == "ENDED"


def test_a_missing_module_is_an_error() -> None:
    run = branch("InvokeFlowModule", {"FlowModuleId": "gone"}, errors=["NoMatchingError"])
    assert run.last.why == "there is no MODULE 'gone'"


def test_a_module_that_is_no_flow_is_an_error() -> None:
    assert called(replace(MODULE, content="[]"), errors={"NoMatchingError": "e"}).host.path == ["set", "call", "e"]


@pytest.mark.parametrize("id", ["m:$LATEST", "m:3", "arn:aws:connect:eu-west-2:1:instance/i/flow-module/m:live"])
def test_a_module_is_asked_for_with_its_version_or_alias(id: str) -> None:
    run = branch("InvokeFlowModule", {"FlowModuleId": id}, errors=["NoMatchingError"])
    assert run.host.asked("load") == [("MODULE", id)]


def nested(levels: int) -> dict[str, Source]:
    """Modules that call each other, down to one that returns."""
    sources = {f"m{levels}": module(action("return", "EndFlowModuleExecution", {"Result": "deep"}), name=f"m{levels}")}
    for level in range(1, levels):
        sources[f"m{level}"] = module(
            action("call", "InvokeFlowModule", {"FlowModuleId": f"m{level + 1}"}, "return", errors={"NoMatchingError": "e"}),
            action("return", "EndFlowModuleExecution", {"Result": "$.Modules.Result"}),
            action("e", "EndFlowModuleExecution", {"Result": "too deep"}),
            name=f"m{level}",
        )
    return sources


@pytest.mark.parametrize(("levels", "result"), [(1, "deep"), (5, "deep"), (6, "too deep")])
def test_modules_nest_five_deep(levels: int, result: str) -> None:
    run = branch("InvokeFlowModule", {"FlowModuleId": "m1"}, RecordingHost(sources=nested(levels)))
    assert run.look_up("$.Modules.Result") == result


def test_a_module_cannot_run_inside_itself() -> None:
    itself = module(
        action("again", "InvokeFlowModule", {"FlowModuleId": "m"}, "e", errors={"NoMatchingError": "e"}), ending("e")
    )
    run = branch("InvokeFlowModule", {"FlowModuleId": "m"}, RecordingHost(sources={"m": itself}))
    assert run.last.why == "module module is running already"


def test_a_module_can_wait() -> None:
    asking = module(MENU, action("one", "EndFlowModuleExecution", {"Result": "one"}))
    run = called(asking, on={"one": "ok"})
    assert isinstance(run.outcome, Waiting)
    assert run.enter(Keys("1")).host.path == ["set", "menu", "one", "call", "ok"]


# --- loops


def counting(count: Any, **parameters: Any) -> Source:
    return source(
        action("loop", "Loop", {"LoopCount": count, **parameters}, "bye", on={"ContinueLooping": "say", "DoneLooping": "bye"}),
        action("say", "MessageParticipant", {"Text": "$.Loop.l.Index:`$.Loop.l.Element`"}, "loop"),
        ending("bye"),
    )


@pytest.mark.parametrize("count", ["0", "3", 3, "100"])
def test_a_loop_goes_round_as_often_as_it_says(count: Any) -> None:
    assert start(counting(count)).host.path.count("say") == int(count)


@pytest.mark.parametrize("count", ["101", "-1", "many", "$.Attributes.none", {}])
def test_a_loop_that_cannot_count_is_an_error(count: Any) -> None:
    run = branch("Loop", {"LoopCount": count}, errors=["NoMatchingError"])
    assert "LoopCount must be an array or a number from 0 to 100" in run.last.why


def test_a_loop_goes_through_an_array() -> None:
    host = RecordingHost(known={"Channel": "VOICE", "Attributes": {"list": ["a", "b"]}})
    run = start(counting("$.Attributes.list", LoopName="l"), host)
    assert run.host.said == ["0:a", "1:b"]
    assert run.look_up("$.Loop.l.Elements") == ["a", "b"]


def test_a_named_loop_tells_how_often_it_went_round() -> None:
    assert start(counting("2", LoopName="l")).host.said == ["0:", "1:"]


def test_a_loop_starts_again_once_it_is_done() -> None:
    flow = source(
        action("outer", "Loop", {"LoopCount": "2"}, "bye", on={"ContinueLooping": "inner", "DoneLooping": "bye"}),
        action("inner", "Loop", {"LoopCount": "3"}, "outer", on={"ContinueLooping": "say", "DoneLooping": "outer"}),
        action("say", "MessageParticipant", {"Text": "x"}, "inner"),
        ending("bye"),
    )
    assert start(flow).host.path.count("say") == 6


def test_a_loop_goes_on_counting_when_the_contact_comes_back_to_its_flow() -> None:
    first = source(
        action("loop", "Loop", {"LoopCount": "2"}, "bye", on={"ContinueLooping": "go", "DoneLooping": "bye"}),
        action("go", "TransferToFlow", {"ContactFlowId": "second"}, "bye"),
        ending("bye"),
        name="first",
    )
    second = source(action("back", "TransferToFlow", {"ContactFlowId": "first"}, "back"), name="second")
    run = start(first, RecordingHost(sources={"first": first, "second": second}))
    assert run.host.path.count("back") == 2


def test_percentages_are_drawn_from_the_host() -> None:
    flow = source(
        action("it", "DistributeByPercentage", {}, "rest", on={("NumberLessThan", "31"): "a", ("NumberLessThan", "51"): "b"}),
        *map(ending, ("a", "b", "rest")),
    )
    went = [start(flow, RecordingHost(seed=seed)).host.path[-1] for seed in range(300)]
    assert [start(flow, RecordingHost(seed=seed)).host.path[-1] for seed in range(300)] == went
    assert 60 < went.count("a") < 120
    assert 40 < went.count("b") < 80


def test_an_endless_loop_ends_and_names_its_actions() -> None:
    flow = source(
        action("first", "MessageParticipant", {"Text": "x"}, "ping"),
        action("ping", "TagContact", {"Tags": {}}, "pong"),
        action("pong", "TagContact", {"Tags": {}}, "ping"),
    )
    run = start(flow)
    assert run.outcome == Ended("ENDLESS", f"{MAX_ACTIONS} actions ran without a wait; the flow goes round in 'pong', 'ping'")
    assert run.execution.actions_run == MAX_ACTIONS


def test_a_wait_starts_the_count_anew() -> None:
    again = source(
        MENU | {"Transitions": {"NextAction": "loop", "Conditions": [], "Errors": []}},
        action("loop", "Loop", {"LoopCount": "100"}, "menu", on={"ContinueLooping": "loop", "DoneLooping": "menu"}),
    )
    run = start(again)
    for _ in range(MAX_ACTIONS // 100 + 1):
        run.enter(Keys("1"))
    assert isinstance(run.outcome, Waiting)


# --- steps and logs


def test_each_step_tells_its_branch_in_the_words_of_the_document() -> None:
    run = start(MENU_FLOW).enter(Keys("1"))
    step = run.host.steps[0]
    assert step.branch in dict(step.action.targets())
    assert (step.branch, step.to, step.result) == ("Transitions.Conditions[0].NextAction", "one", "1")
    assert start(MENU_FLOW).expire().host.steps[0].branch == "Transitions.Errors[1].NextAction"


def test_the_last_step_leaves_by_no_branch() -> None:
    step = start(MENU_FLOW).enter(Keys("1")).host.steps[-1]
    assert (step.action.identifier, step.branch, step.to) == ("one", None, None)


def test_nothing_is_logged_until_the_flow_asks_for_it() -> None:
    flow = source(
        action("a", "MessageParticipant", {"Text": "x"}, "on"),
        action("on", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "b"),
        action("b", "MessageParticipant", {"Text": "$.Attributes.who"}, "off"),
        action("off", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Disabled"}, "bye"),
        ending("bye"),
    )
    run = start(flow, RecordingHost(known={"Channel": "VOICE", "ContactId": "c-1", "Attributes": {"who": "Ada"}}))
    assert [entry["Identifier"] for entry in run.host.entries] == ["on", "b"]
    assert run.host.entries[1] == {
        "ContactId": "c-1",
        "ContactFlowId": "arn:main",
        "ContactFlowName": "main",
        "ContactFlowModuleType": "PlayPrompt",
        "Identifier": "b",
        "Timestamp": "2026-06-01T12:00:00.000Z",
        "Parameters": {"Text": "Ada"},
    }


def test_logs_show_results_and_the_answer_of_a_function() -> None:
    host = RecordingHost(logging=True, lambda_answer={"tier": "gold"})
    flow = source(
        action("ask", "InvokeLambdaFunction", {"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "3"}, "look"),
        action("look", "Compare", {"ComparisonValue": "$.External.tier"}, "bye"),
        ending("bye"),
    )
    asked, looked, _ = start(flow, host).host.entries
    assert (asked["ContactFlowModuleType"], asked["ExternalResults"]) == ("InvokeExternalResource", {"tier": "gold"})
    assert (looked["ContactFlowModuleType"], looked["Results"]) == ("CheckAttribute", "gold")


def test_a_wait_is_logged_when_it_begins_and_when_it_ends() -> None:
    run = start(MENU_FLOW, RecordingHost(known={"Channel": "VOICE"}, logging=True)).enter(Keys("1"))
    assert [entry.get("Results") for entry in run.host.entries] == [None, "1", None]


# --- whatever the flow


IDENTIFIERS = st.sampled_from(["a", "b", "c", "d", "missing"])
VALUES = st.sampled_from(["1", "0", "True", "x", "$.Attributes.x", "$.External.list", "$.External", "Hi $.Attributes.x", ""])


@st.composite
def parameters_of(draw: Any, type: str) -> dict[str, Any]:
    facts = language().actions.get(type)
    names = list(facts.parameters.properties) if facts else []
    nested_values = (
        VALUES | st.dictionaries(VALUES, VALUES, max_size=2) | st.lists(VALUES | st.dictionaries(VALUES, VALUES), max_size=2)
    )
    return draw(st.dictionaries(st.sampled_from([*names, "Unknown"]), nested_values, max_size=6))  # type: ignore[no-any-return]


@st.composite
def actions(draw: Any, identifier: str) -> dict[str, Any]:
    type = draw(st.sampled_from([*sorted(ACTIONS), "Unknown"]))
    conditions = st.dictionaries(st.tuples(st.sampled_from([*OPERATORS, "Exists", "And"]), VALUES), IDENTIFIERS, max_size=2)
    errors = st.dictionaries(st.sampled_from(["NoMatchingError", "NoMatchingCondition", "X"]), IDENTIFIERS, max_size=2)
    return action(identifier, type, draw(parameters_of(type)), draw(IDENTIFIERS), on=draw(conditions), errors=draw(errors))


FLOWS = st.tuples(*map(actions, "abcd"))
EVENTS = st.sampled_from([Keys("1"), Keys("12#"), Utterance("x"), Occurred("CustomerReturned"), Failure("X"), None])


@settings(max_examples=60, deadline=None)
@given(FLOWS, st.lists(EVENTS, max_size=6), st.sampled_from(["VOICE", "CHAT", "TASK", None]))
def test_any_flow_ends_or_waits_whatever_happens(flow: Any, events: list[Any], channel: str | None) -> None:
    host = RecordingHost(known={"Channel": channel, "Attributes": {"x": "1"}}, lambda_answer={"list": "1"})
    host.sources = {"1": module(*flow), "x": source(*flow)}
    execution = Execution(source(*flow))
    outcome = execution.start(host)
    for event in events:
        try:
            outcome = execution.enter(host, event) if event else execution.expire(host)
        except (UnexpectedEvent, IndexError):  # RecordingHost has no turns of a bot
            continue
    assert isinstance(outcome, (Waiting, Ended))
    assert (execution.ended is None) == (execution.waiting is not None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(JSON, JSON, JSON)
def test_an_action_of_any_form_does_not_break_the_engine(parameters: Any, transitions: Any, branches: Any) -> None:
    written = {
        "Identifier": "a",
        "Type": "Compare",
        "Parameters": parameters,
        "Transitions": {"Errors": branches, "Conditions": [transitions], "NextAction": transitions},
    }
    assert isinstance(start(source(written)).outcome, (Waiting, Ended))


def test_of_two_actions_with_one_identifier_the_first_counts() -> None:
    assert start(source(ending("it"), action("it", "EndFlowExecution"))).outcome == Ended("DISCONNECTED")


def test_content_is_read_once() -> None:
    assert ready_flow(MENU_FLOW.content) is ready_flow(MENU_FLOW.content)


BUSY = [
    action("loop", "Loop", {"LoopCount": "$.Attributes.count"}, "bye", on={"ContinueLooping": "set", "DoneLooping": "bye"}),
    action("set", "UpdateContactAttributes", {"Attributes": {"a": "Dear $.Attributes.count"}}, "flow"),
    action("flow", "UpdateFlowAttributes", {"FlowAttributes": {"a": {"Value": "$.Attributes.a"}}}, "look"),
    action("look", "Compare", {"ComparisonValue": "$.FlowAttributes.a"}, "bye", on={("TextContains", "ear"): "loop"}),
    ending("bye"),
]


def seconds_for(count: int) -> float:
    """The least time that it takes to go round `count` times."""

    def once() -> float:
        host = RecordingHost(known={"Channel": "VOICE", "Attributes": {"count": str(count)}})
        started = time.process_time()
        start(source(*BUSY), host)
        return time.process_time() - started

    return min(once() for _ in range(5))


def test_a_hundred_actions_take_about_a_millisecond() -> None:
    assert seconds_for(25) < 0.005


def test_ten_times_the_actions_take_ten_times_the_time() -> None:
    assert seconds_for(100) < 15 * seconds_for(10)
