"""Flows with one thing broken, and documents of any kind: what is broken is told with its action, and nothing goes wrong."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connect_mock.flow.language import language
from connect_mock.flow.lint import FORMATS, problems_of
from connect_mock.flow.problems import problems_in, refusal
from tests.flow.samples import FLOW_TYPES, TYPES, document, minimal

QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def chain(names: list[str]) -> dict[str, Any]:
    """A valid flow of the least actions of these types, one after the other, and an end."""
    actions = [minimal(name) | {"Identifier": f"{name} {place}"} for place, name in enumerate(names)]
    end = {"Identifier": "end", "Type": "EndFlowExecution", "Parameters": {}, "Transitions": {}}
    for action, following in zip(actions, [*actions[1:], end], strict=True):
        for branch in _branches(action):
            branch["NextAction"] = following["Identifier"]
    return document(*actions, end)


def _branches(action: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything in an action that has a NextAction."""
    transitions = action["Transitions"]
    return [transitions, *transitions["Errors"], *transitions["Conditions"]]


GOES_ON = [
    name
    for name in TYPES
    if not language().actions[name].terminal and not language().actions[name].unconfirmed and name != "InvokeFlowModule"
]
flows = st.lists(st.sampled_from(GOES_ON), min_size=1, max_size=6).map(chain)


def errors_in(flow: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.identifier, each.rule) for each in problems_in(json.dumps(flow)) if each.severity == "error"]


@QUIET
@given(flows)
def test_a_chain_of_least_actions_is_valid(flow: dict[str, Any]) -> None:
    assert errors_in(flow) == []


@QUIET
@given(flows, st.data())
def test_a_branch_that_goes_elsewhere_is_told_with_its_action(flow: dict[str, Any], data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(flow["Actions"][:-1]))
    data.draw(st.sampled_from(_branches(action)))["NextAction"] = data.draw(st.sampled_from(["", "$end", "nowhere", 7, []]))
    assert set(errors_in(flow)) == {(action["Identifier"], "dangling-transition")}


@QUIET
@given(flows, st.data())
def test_a_deleted_action_is_told_with_those_that_go_to_it(flow: dict[str, Any], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(flow["Actions"]) - 1))
    del flow["Actions"][place]
    assert set(errors_in(flow)) == {(flow["Actions"][place - 1]["Identifier"], "dangling-transition")}


@QUIET
@given(flows, st.data())
def test_a_renamed_action_is_told_with_those_that_go_to_it(flow: dict[str, Any], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(flow["Actions"]) - 1))
    flow["Actions"][place]["Identifier"] += "x"
    assert set(errors_in(flow)) == {(flow["Actions"][place - 1]["Identifier"], "dangling-transition")}


@QUIET
@given(flows, st.data())
def test_a_type_with_another_letter_is_told(flow: dict[str, Any], data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(flow["Actions"]))
    action["Type"] += data.draw(st.sampled_from(["x", " ", "2"]))
    assert errors_in(flow) == [(action["Identifier"], "unknown-type")]


@QUIET
@given(flows, st.data())
def test_a_deleted_branch_is_told_with_its_action(flow: dict[str, Any], data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(flow["Actions"][:-1]))
    kind = data.draw(st.sampled_from(["NextAction", "Errors", "Conditions"]))
    removed = action["Transitions"].pop(kind)
    facts = language().actions[action["Type"]]
    expected = {"NextAction": "missing-next-action", "Errors": "missing-error", "Conditions": "missing-condition"}[kind]
    needed = facts.next_action == "required" if kind == "NextAction" else bool(removed)
    assert set(errors_in(flow)) == ({(action["Identifier"], expected)} if needed else set())


@QUIET
@given(flows, st.data())
def test_a_renamed_parameter_is_told_with_its_action(flow: dict[str, Any], data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(flow["Actions"][:-1]))
    if action["Parameters"]:
        name = data.draw(st.sampled_from(sorted(action["Parameters"])))
        action["Parameters"][f"{name}x"] = action["Parameters"].pop(name)
        found = errors_in(flow)
        assert (action["Identifier"], "unknown-parameter") in found
        assert {identifier for identifier, _ in found} == {action["Identifier"]}


@QUIET
@given(flows, st.data())
def test_a_value_of_another_type_is_told_with_its_action(flow: dict[str, Any], data: st.DataObject) -> None:
    action = data.draw(st.sampled_from(flow["Actions"][:-1]))
    if action["Parameters"]:
        name = data.draw(st.sampled_from(sorted(action["Parameters"])))
        action["Parameters"][name] = data.draw(st.sampled_from([7.5, True, None, [[]]]))
        assert {identifier for identifier, _ in errors_in(flow)} == {action["Identifier"]}


@QUIET
@given(flows, st.data())
def test_an_identifier_that_is_taken_is_told(flow: dict[str, Any], data: st.DataObject) -> None:
    flow["Actions"].append(deepcopy(data.draw(st.sampled_from(flow["Actions"]))))
    taken = flow["Actions"][-1]["Identifier"]
    assert errors_in(flow) == [(taken, "duplicate-identifier")]


# --- anything at all

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=()), max_size=8)
    | st.sampled_from(
        ["", "$.", "$.External", "$.Attributes.a", "it", "end", "True", "5", "NoMatchingError", "Equals", *TYPES]
    )
)
names = st.text(max_size=5) | st.sampled_from(
    ["Identifier", "Type", "Parameters", "Transitions", "NextAction", "Errors", "Conditions", "Condition", "Operands", "Text"]
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5), max_leaves=15
)
like_actions = st.fixed_dictionaries(
    {"Identifier": values, "Type": st.sampled_from(TYPES) | values, "Parameters": values, "Transitions": values}
)
like_flows = st.fixed_dictionaries(
    {"Version": values, "StartAction": values, "Settings": values, "Actions": st.lists(like_actions | values, max_size=4)}
)


def check_everything(content: str, flow_type: str | None) -> None:
    found = problems_of("flow.json", content, flow_type)
    for write in FORMATS.values():
        assert "".join(write(found, 1)) is not None
    for each in refusal(content, flow_type, holds=lambda kind, reference: False):
        assert 1 <= len(each["message"]) <= 256
        each["message"].encode()


@settings(QUIET, max_examples=400)
@given(values | like_flows, st.sampled_from([None, *FLOW_TYPES]))
def test_any_json_is_checked_to_the_end(value: Any, flow_type: str | None) -> None:
    check_everything(json.dumps(value), flow_type)


@QUIET
@given(flows, st.data(), values, st.sampled_from([None, *FLOW_TYPES]))
def test_anything_can_stand_anywhere_in_a_flow(
    flow: dict[str, Any], data: st.DataObject, value: Any, flow_type: str | None
) -> None:
    here: Any = flow
    while True:
        key = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.booleans()):
            here[key] = value
            break
        here = here[key]
    check_everything(json.dumps(flow), flow_type)


@QUIET
@given(st.text(max_size=60) | st.text('{}[]",:0eE.-+tfn\\ \n', max_size=60))
def test_any_text_is_checked(content: str) -> None:
    check_everything(content, None)


# --- what is large or deep

DEEP = "[" * 900 + "]" * 900


def raw(action: str) -> str:
    return '{"Version": "2019-10-30", "StartAction": "it", "Actions": [' + action + "]}"


@pytest.mark.parametrize(
    "content",
    [
        raw(",".join(f'{{"Identifier": "{n}", "Type": "MessageParticipantX{n}"}}' for n in range(10_000))),
        raw(",".join("7" for _ in range(20_000))),
        raw(f'{{"Identifier": {DEEP}, "Type": {DEEP}, "Parameters": {DEEP}, "Transitions": {DEEP}}}'),
        raw('{"Identifier": "it", "Type": "ShowView", "Parameters": {"ViewData": {"x": ' + DEEP + "}}}"),
        raw('{"Identifier": "it", "Type": "ShowView", "Parameters": {"ViewResource": ' + DEEP + "}}"),
        raw('{"Identifier": "it", "Type": "Compare", "Parameters": {"ComparisonValue": "$%s!"}}' % ("['`a`']" * 20_000)),
        raw('{"Identifier": "it", "Type": "MessageParticipant", "Parameters": {"Text": "%s"}}' % ("$.a" * 60_000)),
        json.dumps(document({"Identifier": "it", "Type": "TagContact", "Parameters": {f"{n}": "" for n in range(20_000)}})),
        json.dumps(
            document(
                {
                    "Identifier": "i" * 50_000,
                    "Type": "UpdateFlowAttributes",
                    "Parameters": {"FlowAttributes": {"k" * 50_000: {f"{n}": n for n in range(5_000)}}},
                }
            )
        ),
    ],
    ids=[
        "unknown types",
        "numbers",
        "deep action",
        "deep view",
        "deep parameter",
        "brackets",
        "references",
        "names",
        "long names",
    ],
)
def test_large_and_deep_documents_are_checked_to_the_end(content: str) -> None:
    found = problems_in(content)
    assert found
    assert sum(len(each.message) + len(each.path) + len(each.identifier) for each in found) < 1000 * len(found)
