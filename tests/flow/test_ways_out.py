"""The transitions that a run can take, which coverage counts."""

from __future__ import annotations

from typing import Any

import pytest

from connect_mock.flow.compiled import ready_flow
from connect_mock.flow.layout import name_of
from connect_mock.flow.ways_out import NEVER_BY_NEXT_ACTION, ways_out
from tests.flow.recording_host import action, ending, source


def ways(type: str, parameters: dict[str, Any], **members: Any) -> list[str]:
    """What the ways out of such an action are called."""
    flow = source(action("it", type, parameters, "bye", **members), ending("bye"))
    ready = ready_flow(flow.content).actions["it"]
    return [name_of(ready.entry, branch.path) for branch in ways_out(ready, flow.type)]


FAILING = {"NoMatchingError": "bye"}
UNMATCHED = {"NoMatchingCondition": "bye", **FAILING}
MENU = {"Text": "1?", "StoreInput": "False", "InputTimeLimitSeconds": "5"}
STORED = {**MENU, "StoreInput": "True", "InputValidation": {"CustomValidation": {"MaximumLength": "4"}}}
THIRD_PARTY = {"ThirdPartyPhoneNumber": "+12065550100", "ThirdPartyConnectionTimeLimitSeconds": "20"}


def test_an_action_without_conditions_goes_by_next_action_and_by_its_errors() -> None:
    assert ways("MessageParticipant", {"Text": "Hi"}, errors=FAILING) == ["NextAction", "NoMatchingError"]


@pytest.mark.parametrize("type", [*sorted(NEVER_BY_NEXT_ACTION), "Unheard"])
def test_what_does_not_come_back_has_no_next_action(type: str) -> None:
    assert ways(type, {}, errors=FAILING) == ["NoMatchingError"]


@pytest.mark.parametrize(("goes_on", "expected"), [("True", ["NextAction"]), ("False", [])])
def test_a_call_handed_over_for_good_has_no_next_action(goes_on: str, expected: list[str]) -> None:
    assert ways("TransferParticipantToThirdParty", {**THIRD_PARTY, "ContinueFlowExecution": goes_on}) == expected


def test_a_result_of_which_no_condition_is_true_goes_by_no_matching_condition_and_not_by_next_action() -> None:
    given = {"ComparisonValue": "$.Attributes.x"}
    assert ways("Compare", given, on={"a": "bye"}, errors={"NoMatchingCondition": "bye"}) == ["a", "NoMatchingCondition"]
    assert ways("Compare", given, on={"a": "bye"}) == ["NextAction", "a"]


def test_input_that_is_stored_is_no_result() -> None:
    assert ways("GetParticipantInput", MENU, errors=UNMATCHED) == ["NoMatchingCondition", "NoMatchingError"]
    assert ways("GetParticipantInput", STORED, errors=FAILING) == ["NextAction", "NoMatchingError"]


@pytest.mark.parametrize("type", ["InvokeFlowModule", "AuthenticateParticipant"])
def test_what_can_succeed_without_a_result_then_goes_by_next_action(type: str) -> None:
    assert ways(type, {}, on={"OptedOut": "bye"}, errors=UNMATCHED)[:2] == ["NextAction", "OptedOut"]


def test_with_a_condition_for_every_result_there_is_no_next_action() -> None:
    assert ways("CheckHoursOfOperation", {}, on={"True": "bye", "False": "bye"}) == ["True", "False"]
    assert ways("CheckHoursOfOperation", {}, on={"True": "bye"}) == ["NextAction", "True"]


def test_the_results_of_a_wait_are_its_events_and_its_end() -> None:
    given = {"TimeLimitSeconds": "60", "Events": ["CustomerReturned"]}
    assert ways("Wait", given, on={"WaitCompleted": "bye"}) == ["NextAction", "WaitCompleted"]
    both = {"WaitCompleted": "bye", "CustomerReturned": "bye"}
    assert ways("Wait", given, on=both) == ["WaitCompleted", "CustomerReturned"]


def test_of_two_branches_for_one_error_the_first_counts() -> None:
    entry = action("it", "MessageParticipant", {"Text": "Hi"}, "bye", errors=FAILING)
    entry["Transitions"]["Errors"] *= 2
    ready = ready_flow(source(entry, ending("bye")).content).actions["it"]
    assert [branch.path for branch in ways_out(ready, "CONTACT_FLOW")][1:] == ["Transitions.Errors[0].NextAction"]
