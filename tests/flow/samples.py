"""Actions and flows made from the facts about the language: as little as is accepted of each type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from connect_mock.flow.language import ActionType, Conditions, Parameter, language
from connect_mock.flow.problems import Problem, problems_in

ACCOUNT = "arn:aws:connect:us-east-1:123456789012"
INSTANCE = f"{ACCOUNT}:instance/00000000-0000-4000-8000-000000000001"
ID = "00000000-0000-4000-8000-000000000002"
TYPES = sorted(language().actions)
FLOW_TYPES = list(language().flow_types)

BY_ARN = {
    "lambda": "arn:aws:lambda:us-east-1:123456789012:function:one",
    "lex-bot": "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/TSTALIASID",
}


def document(*actions: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A flow of these actions that starts with the first one."""
    start = actions[0].get("Identifier") if actions else None
    return {"Version": "2019-10-30", "StartAction": start, "Metadata": {}, "Actions": list(actions), **members}


def found(*actions: dict[str, Any], flow_type: str | None = None) -> list[Problem]:
    """The problems of a flow, or of a module, of these actions."""
    settings = {"Settings": {}} if flow_type == "MODULE" else {}
    return problems_in(json.dumps(document(*actions, **settings)), flow_type)


def flow_of(action_type: str, **changes: Any) -> tuple[dict[str, Any], ...]:
    """The least action of a type, changed, and an action for it to lead to."""
    action = minimal(action_type) | changes
    return (action,) if language().actions[action_type].terminal else (action, END)


END = {"Identifier": "end", "Type": "EndFlowExecution", "Parameters": {}, "Transitions": {}}


def a_flow_type(action_type: str) -> str:
    """One that the type can be used in."""
    allowed = language().actions[action_type].flow_types
    return next(each for each in FLOW_TYPES if each in allowed)


def minimal(action_type: str) -> dict[str, Any]:
    """An action `it` with the parameters and branches that its type requires, each to `end`."""
    facts = language().actions[action_type]
    parameters = _parameters(facts)
    return {"Identifier": "it", "Type": action_type, "Parameters": parameters, "Transitions": _transitions(facts, parameters)}


def _transitions(facts: ActionType, parameters: dict[str, Any]) -> dict[str, Any]:
    if facts.terminal:
        return {}
    used = facts.as_used(parameters, False, a_flow_type(facts.name))
    return {
        "NextAction": "end",
        "Errors": [{"ErrorType": each, "NextAction": "end"} for each in used.required_errors],
        "Conditions": [condition(used.conditions, operand) for operand in _operands(used.conditions)],
    }


def condition(takes: Conditions | None, operand: Any, operator: str = "") -> dict[str, Any]:
    """A branch to `end`."""
    assert takes
    return {"NextAction": "end", "Condition": {"Operator": operator or takes.operators[0], "Operands": [operand]}}


def _operands(takes: Conditions | None) -> list[str]:
    if takes is None:
        return []
    return list(takes.required) or ([operand(takes)] if takes.min else [])


def operand(takes: Conditions) -> str:
    """One that the type takes."""
    return takes.operands[0] if isinstance(takes.operands, tuple) else "50"


def _parameters(facts: ActionType) -> dict[str, Any]:
    required: dict[str, Any] = sample(facts.parameters)
    return deepcopy(required | ALSO_NEEDED.get(facts.name, {}))


ALSO_NEEDED: dict[str, dict[str, Any]] = {
    "ConnectParticipantWithLexBot": {"Text": "Hello", "LexV2Bot": {"AliasArn": BY_ARN["lex-bot"]}},
    "GetCustomerProfile": {"ProfileRequestData": {"IdentifierName": "_phone", "IdentifierValue": "+12065550100"}},
    "GetCustomerProfileObject": {"ProfileRequestData": {"ProfileId": "1", "ObjectType": "Order", "UseLatest": "true"}},
    "GetParticipantInput": {"Text": "Press 1", "InputTimeLimitSeconds": "5", "StoreInput": "False"},
    "MessageParticipant": {"Text": "Hello"},
    "MessageParticipantIteratively": {"Messages": [{"Text": "Hello"}]},
    "UpdateContactData": {"Name": "Ana"},
    "UpdateContactRecordingAndAnalyticsBehavior": {"ScreenRecordingBehavior": {"ScreenRecordedParticipants": ["Agent"]}},
}
"""What a type cannot do without though no single parameter is required."""


def sample(parameter: Parameter) -> Any:
    """A value that is accepted."""
    kind = parameter.type
    if kind == "object":
        return {name: sample(parameter.properties[name]) for name in parameter.required_names}
    if kind == "map":
        assert parameter.each or parameter.open
        return {(parameter.keys or ("key",))[0]: sample(parameter.each)} if parameter.each else {}
    if kind == "array":
        assert parameter.items
        return [sample(parameter.items)]
    return _scalar(parameter)


def _scalar(parameter: Parameter) -> Any:
    if parameter.values or parameter.usual_values:
        return (parameter.values or parameter.usual_values)[0]
    if parameter.resource:
        return BY_ARN.get(parameter.resource, ID)
    number = 1 if parameter.min is None else parameter.min
    of_kind = {"integer_string": str(number), "integer": number, "number": number, "boolean": True, "boolean_string": "true"}
    text = "$.Attributes.it" if parameter.dynamic == "only" else "A" * 22 if parameter.pattern else "5"
    return of_kind.get(parameter.type, text)


Path = tuple[str | int, ...]


def parameters_of(action_type: str) -> Iterator[tuple[Path, Parameter]]:
    """Every parameter of a type at any depth: its path in `Parameters`, and what it takes."""
    yield from _below((), language().actions[action_type].parameters)


def _below(path: Path, parameter: Parameter) -> Iterator[tuple[Path, Parameter]]:
    members: dict[str | int, Parameter] = {**parameter.properties}
    if parameter.items:
        members[0] = parameter.items
    if parameter.each:
        members[(parameter.keys or ("key",))[0]] = parameter.each
    for key, inner in members.items():
        yield (*path, key), inner
        yield from _below((*path, key), inner)


def with_value(action_type: str, path: Path, value: Any) -> tuple[dict[str, Any], ...]:
    """The least flow of a type, with `value` at that path of its parameters and what is needed around it."""
    action, *others = flow_of(action_type)
    here, parameter = action["Parameters"], language().actions[action_type].parameters
    for key in path[:-1]:
        parameter = _inner(parameter, key)
        if not isinstance(key, int) and key not in here:
            here[key] = sample(parameter)
        here = here[key]
    here[path[-1]] = value
    return action, *others


def _inner(parameter: Parameter, key: str | int) -> Parameter:
    inner = parameter.items if isinstance(key, int) else parameter.member(key)
    assert inner
    return inner


def written(path: Path) -> str:
    """A path as problems have it."""
    return "Actions[0].Parameters" + "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)


def without(action: dict[str, Any], path: Path) -> dict[str, Any]:
    """The action without what is at that path of its parameters."""
    changed = deepcopy(action)
    here: Any = changed["Parameters"]
    for key in path[:-1]:
        here = here[key]
    del here[path[-1]]
    return changed
