"""The facts about the flow language: of each type the least is accepted, and every fact about it is held against a flow."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest

from connect_mock.flow.language import ActionType, Parameter, language
from connect_mock.flow.problems import Problem
from tests.flow.samples import (
    FLOW_TYPES,
    TYPES,
    Path,
    a_flow_type,
    condition,
    flow_of,
    found,
    operand,
    parameters_of,
    sample,
    with_value,
    without,
    written,
)

WRONG = "no value of anything"
TOGETHER = {"refused-parameter", "stray-parameter", "exclusive-parameters", "missing-alternative"}
"""What can be wrong with a parameter because of others."""


def facts(action_type: str) -> ActionType:
    return language().actions[action_type]


def of_parameters(*wanted: str) -> list[Any]:
    """Test cases: (type, path, parameter) of each parameter that has one of these attributes."""
    return [
        pytest.param(name, path, parameter, id=f"{name}-{'.'.join(map(str, path))}")
        for name in TYPES
        for path, parameter in parameters_of(name)
        if any(getattr(parameter, each) not in (None, "", (), False) for each in wanted)
    ]


def required() -> list[Any]:
    """Test cases: (type, path) of what is required of the least action."""
    return [
        pytest.param(name, path, id=f"{name}-{'.'.join(map(str, path))}")
        for name in TYPES
        for path, parameter in parameters_of(name)
        if parameter.required and _has(flow_of(name)[0]["Parameters"], path)
    ]


def _has(value: Any, path: Path) -> bool:
    for key in path:
        if isinstance(key, int) or key not in value:
            return False
        value = value[key]
    return True


def problems(action_type: str, *actions: dict[str, Any]) -> list[Problem]:
    return found(*actions, flow_type=a_flow_type(action_type))


def rules(action_type: str, *actions: dict[str, Any]) -> set[str]:
    """The rules that are broken by the action `it`."""
    return {each.rule for each in problems(action_type, *actions) if each.identifier == "it"}


def broken_at(action_type: str, path: Path, *actions: dict[str, Any]) -> set[str]:
    """The rules that are broken at one path of the parameters of `it`."""
    return {each.rule for each in problems(action_type, *actions) if (each.identifier, each.path) == ("it", written(path))}


def test_the_document_has_no_fact_that_nobody_reads() -> None:
    document = json.loads(resources.files("connect_mock.flow").joinpath("language.json").read_text(encoding="utf-8"))
    for action in document["actions"].values():
        assert action.keys() <= {
            "category",
            "flow_types",
            "channels",
            "unconfirmed",
            "next_action",
            "errors",
            "conditions",
            "parameters",
            "constraints",
            "forms",
        }


def test_the_two_types_that_the_service_refuses_are_not_in_the_language() -> None:
    assert {"RouteContactToAgent", "CheckSegmentMembership"}.isdisjoint(TYPES)
    assert len(TYPES) == 72


def test_the_language_is_read_once() -> None:
    assert language() is language()


# --- every type


@pytest.mark.parametrize("name", TYPES)
def test_the_least_action_of_a_type_is_accepted(name: str) -> None:
    assert problems(name, *flow_of(name)) == []


@pytest.mark.parametrize(("name", "path"), required())
def test_a_required_parameter_has_to_be_there(name: str, path: Path) -> None:
    action, *others = flow_of(name)
    assert "missing-parameter" in broken_at(name, path, without(action, path), *others)


@pytest.mark.parametrize("name", TYPES)
def test_an_unknown_parameter_is_refused(name: str) -> None:
    assert broken_at(name, ("Unheard",), *with_value(name, ("Unheard",), "of")) == {"unknown-parameter"}


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("type"))
def test_a_parameter_that_is_accepted_can_be_there(name: str, path: Path, parameter: Parameter) -> None:
    broken = broken_at(name, path, *with_value(name, path, sample(parameter)))
    assert broken <= TOGETHER


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("type"))
def test_a_parameter_has_the_right_type(name: str, path: Path, parameter: Parameter) -> None:
    if parameter.type != "any":
        wrong = {"key": "x"} if parameter.type == "array" else [[]]
        assert "wrong-type" in broken_at(name, path, *with_value(name, path, wrong))


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("type"))
def test_no_text_is_empty(name: str, path: Path, parameter: Parameter) -> None:
    if parameter.type in ("string", "integer_string", "boolean_string"):
        assert "empty-value" in broken_at(name, path, *with_value(name, path, ""))


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("values"))
def test_a_value_is_one_of_those_there_are(name: str, path: Path, parameter: Parameter) -> None:
    assert "invalid-value" in broken_at(name, path, *with_value(name, path, WRONG))


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("usual_values"))
def test_a_value_that_is_not_usual_is_told(name: str, path: Path, parameter: Parameter) -> None:
    assert broken_at(name, path, *with_value(name, path, WRONG)) == {"unusual-value"}


def sized(parameter: Parameter, size: int) -> Any:
    """A value of that number, length or count."""
    if parameter.type == "string":
        return "5" * size
    if parameter.type == "array":
        assert parameter.items
        return [sample(parameter.items)] * size
    if parameter.type == "map":
        assert parameter.each
        return {key: sample(parameter.each) for key in (parameter.keys or [f"key {n}" for n in range(size)])[:size]}
    return str(size) if parameter.type == "integer_string" else size


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("max"))
def test_a_value_can_reach_its_maximum_and_no_more(name: str, path: Path, parameter: Parameter) -> None:
    assert parameter.max is not None
    assert "out-of-range" not in broken_at(name, path, *with_value(name, path, sized(parameter, parameter.max)))
    assert "out-of-range" in broken_at(name, path, *with_value(name, path, sized(parameter, parameter.max + 1)))


@pytest.mark.parametrize(
    ("name", "path", "parameter"), [each for each in of_parameters("min") if each.values[2].type != "string"]
)
def test_a_value_can_reach_its_minimum_and_no_less(name: str, path: Path, parameter: Parameter) -> None:
    assert parameter.min is not None
    assert "out-of-range" not in broken_at(name, path, *with_value(name, path, sized(parameter, parameter.min)))
    assert "out-of-range" in broken_at(name, path, *with_value(name, path, sized(parameter, parameter.min - 1)))


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("usual_max"))
def test_a_value_beyond_what_is_usual_is_told(name: str, path: Path, parameter: Parameter) -> None:
    assert parameter.usual_max is not None
    assert broken_at(name, path, *with_value(name, path, sized(parameter, parameter.usual_max + 1))) == {"unusual-value"}


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("pattern", "characters"))
def test_a_text_has_the_format_of_its_parameter(name: str, path: Path, parameter: Parameter) -> None:
    assert "invalid-format" in broken_at(name, path, *with_value(name, path, "?"))


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("keys"))
def test_a_map_has_the_keys_there_are(name: str, path: Path, parameter: Parameter) -> None:
    value = {"Unheard": sample(parameter.each)} if parameter.each else {}
    assert broken_at(name, (*path, "Unheard"), *with_value(name, path, value)) == {"unknown-parameter"}


@pytest.mark.parametrize(("name", "path", "parameter"), of_parameters("type"))
def test_a_parameter_can_be_dynamic_or_not(name: str, path: Path, parameter: Parameter) -> None:
    broken = broken_at(name, path, *with_value(name, path, "$.Attributes.it"))
    if parameter.dynamic or parameter.type == "any":
        assert broken <= TOGETHER
    else:
        assert "static-only" in broken


# --- branches of every type


def with_errors(name: str, errors: list[str]) -> tuple[dict[str, Any], ...]:
    action, *others = flow_of(name)
    branches = [{"ErrorType": each, "NextAction": "end"} for each in errors]
    return action | {"Transitions": action["Transitions"] | {"Errors": branches}}, *others


@pytest.mark.parametrize("name", [name for name in TYPES if facts(name).required_errors])
def test_each_required_error_has_a_branch(name: str) -> None:
    for problem in problems(name, *with_errors(name, [])):
        assert problem.rule == "missing-error"
    missing = [each.message for each in problems(name, *with_errors(name, []))]
    for error in facts(name).required_errors:
        start = f"Action is missing required error. Error: {error}, Path: Actions[0], Identifier: it. "
        assert [each for each in missing if each.startswith(start)]


@pytest.mark.parametrize("name", [name for name in TYPES if not facts(name).terminal])
def test_an_error_that_the_type_does_not_know_has_no_branch(name: str) -> None:
    errors = [each["ErrorType"] for each in flow_of(name)[0]["Transitions"]["Errors"]]
    assert rules(name, *with_errors(name, [*errors, "Unheard"])) == {"disallowed-error"}


@pytest.mark.parametrize("name", [name for name in TYPES if facts(name).terminal])
def test_a_type_that_ends_the_flow_leads_nowhere(name: str) -> None:
    action, *_ = flow_of(name, Transitions={"NextAction": "it"})
    assert rules(name, action) == {"terminal-transitions"}


@pytest.mark.parametrize("name", [name for name in TYPES if facts(name).next_action == "required"])
def test_a_type_that_does_not_end_the_flow_goes_on(name: str) -> None:
    action, *others = flow_of(name)
    del action["Transitions"]["NextAction"]
    assert rules(name, action, *others) == {"missing-next-action"}


def with_condition(name: str, operator: str, value: Any) -> tuple[dict[str, Any], ...]:
    action, *others = flow_of(name)
    more = [*action["Transitions"]["Conditions"], condition(facts(name).conditions, value, operator)]
    return action | {"Transitions": action["Transitions"] | {"Conditions": more}}, *others


WITH_CONDITIONS = [name for name in TYPES if facts(name).conditions]


@pytest.mark.parametrize("name", WITH_CONDITIONS)
def test_an_operator_that_the_type_does_not_know_is_refused(name: str) -> None:
    takes = facts(name).conditions
    assert takes
    assert "disallowed-operator" in rules(name, *with_condition(name, "And", operand(takes)))


@pytest.mark.parametrize("name", WITH_CONDITIONS)
def test_an_operand_is_a_text_with_something_in_it(name: str) -> None:
    assert "invalid-operand" in rules(name, *with_condition(name, "", ""))
    assert "invalid-operand" in rules(name, *with_condition(name, "", ["nested"]))


@pytest.mark.parametrize("name", [name for name in TYPES if not facts(name).conditions and not facts(name).terminal])
def test_a_type_without_a_result_has_no_conditions(name: str) -> None:
    action, *others = flow_of(name)
    branch = {"NextAction": "end", "Condition": {"Operator": "Equals", "Operands": ["x"]}}
    action["Transitions"]["Conditions"] = [branch]
    assert rules(name, action, *others) == {"unsupported-conditions"}


# --- flow types


@pytest.mark.parametrize("flow_type", FLOW_TYPES)
@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_in_its_flow_types_and_in_no_others(name: str, flow_type: str) -> None:
    broken = {each.rule for each in found(*flow_of(name), flow_type=flow_type) if each.identifier == "it"}
    assert ("wrong-flow-type" in broken) == (flow_type not in facts(name).flow_types)
