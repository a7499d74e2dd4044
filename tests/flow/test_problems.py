"""What published content is refused for, as a caller sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from connect_mock.flow.problems import RULES
from tests.conftest import flow_content

Problems = Callable[[str], list[str]]


def changed(**members: Any) -> str:
    """Good content with other top-level members; None takes one away."""
    document = json.loads(flow_content()) | members
    return json.dumps({key: value for key, value in document.items() if value is not None})


def with_action(**members: Any) -> str:
    """Good content whose first action has other members; None takes one away."""
    greet, bye = json.loads(flow_content())["Actions"]
    return changed(Actions=[{key: value for key, value in (greet | members).items() if value is not None}, bye])


BYE = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}

BROKEN: dict[str, tuple[str, list[str]]] = {
    "wrong_version": (
        changed(Version="2018-01-01"),
        ["Invalid flow version. Version: 2018-01-01, expected: 2019-10-30"],
    ),
    "no_actions": (
        changed(Actions=[], StartAction=None),
        ["Flow has no actions. Path: Actions", "StartAction does not name an action. StartAction: None"],
    ),
    "missing_identifiers": (
        changed(Actions=[BYE, BYE | {"Identifier": ""}], StartAction="bye"),
        ["Action is missing required property. Path: Actions[1].Identifier"],
    ),
    "duplicate_identifiers": (
        changed(Actions=[BYE, BYE, BYE], StartAction="bye"),
        ["Duplicate Action identifier. Identifier: bye, used 3 times"],
    ),
    "unknown_types": (
        with_action(Type="PlayPrompt"),
        ["Invalid Action type. Type: PlayPrompt"],
    ),
    "unknown_start": (
        changed(StartAction="nowhere"),
        ["StartAction does not name an action. StartAction: nowhere"],
    ),
    "dangling_transitions": (
        with_action(
            Transitions={
                "NextAction": "one",
                "Conditions": [{"NextAction": "two"}],
                "Errors": [{"NextAction": "bye"}, {"NextAction": "three"}],
            }
        ),
        [
            f"Transition to an action that does not exist. Path: Actions[0].Transitions.{path}"
            for path in (
                "NextAction, NextAction: one",
                "Conditions[0].NextAction, NextAction: two",
                "Errors[1].NextAction, NextAction: three",
            )
        ],
    ),
}
"""For each rule, content that breaks it and the problems that are found."""


@pytest.fixture
def problems_of(client: Any, instance_id: str, refused: Any) -> Problems:
    """Publishes content that is refused: the messages of the modeled `problems`."""

    def publish(content: str) -> list[str]:
        with refused("InvalidContactFlowException") as refusal:
            client.create_contact_flow(InstanceId=instance_id, Name="Broken", Type="CONTACT_FLOW", Content=content)
        assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        return [each["message"] for each in refusal.response["problems"]]

    return publish


def test_every_rule_has_an_example() -> None:
    assert sorted(rule.__name__ for rule in RULES) == sorted(BROKEN)


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_content_that_breaks_a_rule_cannot_be_published(rule: str, problems_of: Problems) -> None:
    content, messages = BROKEN[rule]
    assert problems_of(content) == messages


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_content_that_breaks_a_rule_can_be_saved(rule: str, client: Any, instance_id: str) -> None:
    client.create_contact_flow(
        InstanceId=instance_id, Name="Broken", Type="CONTACT_FLOW", Content=BROKEN[rule][0], Status="SAVED"
    )


@pytest.mark.parametrize("content", [" ", "{", "Hello", "\ufeff{}", '{"Actions": "' + "[" * 100_000, "[" * 100_000])
def test_content_that_is_not_json_says_so(content: str, problems_of: Problems) -> None:
    (problem,) = problems_of(content)
    assert problem.startswith("Invalid contact flow format: content is not JSON")


@pytest.mark.parametrize("content", ["null", "[]", '"flow"', "7"])
def test_content_is_a_json_object(content: str, problems_of: Problems) -> None:
    assert problems_of(content) == ["Invalid contact flow format: content is not a JSON object"]


@pytest.mark.parametrize("actions", [None, {}, "greet", ["greet"], [{}, None]])
def test_content_has_a_list_of_actions(actions: Any, problems_of: Problems) -> None:
    assert problems_of(changed(Actions=actions)) == ["JSON field is missing or null for field name: actions"]


@pytest.mark.parametrize("identifier", [None, 5, ["greet"], {"name": "greet"}])
def test_an_identifier_is_a_text(identifier: Any, problems_of: Problems) -> None:
    found = problems_of(with_action(Identifier=identifier))
    assert "Action is missing required property. Path: Actions[0].Identifier" in found


@pytest.mark.parametrize("start", [5, ["greet"], {"name": "greet"}, True])
def test_a_start_is_a_text(start: Any, problems_of: Problems) -> None:
    assert problems_of(changed(StartAction=start)) == [f"StartAction does not name an action. StartAction: {start}"]


@pytest.mark.parametrize("target", [None, "", 5, ["bye"], {"name": "bye"}])
def test_a_transition_goes_to_a_text(target: Any, problems_of: Problems) -> None:
    (problem,) = problems_of(with_action(Transitions={"NextAction": target}))
    assert problem.startswith("Transition to an action that does not exist. Path: Actions[0].Transitions.NextAction")


@pytest.mark.parametrize("transitions", ["bye", ["bye"], {"Conditions": "bye", "Errors": ["bye"]}, {"Errors": [None]}])
def test_transitions_of_another_form_lead_nowhere(transitions: Any, client: Any, instance_id: str, flow_id: str) -> None:
    content = with_action(Transitions=transitions)
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content=content)


@pytest.mark.parametrize("kind", [None, 5, ["MessageParticipant"]])
def test_a_type_is_a_text(kind: Any, problems_of: Problems) -> None:
    (problem,) = problems_of(with_action(Type=kind))
    assert problem.startswith("Invalid Action type. Type: ")


def test_all_problems_are_found_at_once(problems_of: Problems) -> None:
    found = problems_of(changed(Version="1", StartAction="nowhere", Actions=[BYE | {"Type": "PlayPrompt"}]))
    assert found == [
        "Invalid flow version. Version: 1, expected: 2019-10-30",
        "Invalid Action type. Type: PlayPrompt",
        "StartAction does not name an action. StartAction: nowhere",
    ]


def test_at_most_50_problems_are_told(problems_of: Problems) -> None:
    actions = [{"Identifier": f"action {number}", "Type": f"Type {number}"} for number in range(60)]
    found = problems_of(changed(Actions=actions, StartAction="action 0"))
    assert found == [f"Invalid Action type. Type: Type {number}" for number in range(50)]


def test_a_message_has_at_most_256_characters(problems_of: Problems) -> None:
    (problem,) = problems_of(with_action(Type="X" * 1000))
    assert problem == ("Invalid Action type. Type: " + "X" * 1000)[:256]


def test_the_error_has_no_message_of_its_own(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidContactFlowException") as refusal:
        client.create_contact_flow(InstanceId=instance_id, Name="Broken", Type="CONTACT_FLOW", Content="{}")
    assert refusal.message == ""


def test_a_flow_may_go_round_in_circles(client: Any, instance_id: str, flow_id: str) -> None:
    content = with_action(Transitions={"NextAction": "greet"})
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content=content)
