"""Flow content made ready to run, once for each text of content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from connect_mock.flow import document
from connect_mock.flow.actions import ACTIONS, Action, Unusable
from connect_mock.flow.conditions import holds
from connect_mock.flow.language import language
from connect_mock.flow.outcomes import NO_MATCHING_ERROR
from connect_mock.flow.references import Lookup, Template, filled, template

CACHED_FLOWS = 128


class Branch(NamedTuple):
    """A way out of an action."""

    path: str
    """Where it is below the action, as `document.Action.targets` has it."""
    target: str
    """The identifier that it leads to; nothing of that name may exist."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A way out that is taken when it is true of the result."""

    branch: Branch
    operator: Any
    operands: Any
    """A list, or a template of one."""

    def holds(self, value: Any, lookup: Lookup) -> bool:
        """Whether it is true of `value`."""
        return holds(self.operator, value, filled(self.operands, lookup))


@dataclass(frozen=True, slots=True)
class ReadyAction:
    """One action: its parameters as templates, and its ways out."""

    entry: document.Action
    type: type[Action] | None
    """None for a type that the language does not have."""
    parameters: Any
    """A template, or the parameters themselves when there is no reference in them."""
    constant: Action | Unusable | None
    """The action itself, or why there is none, when there is no reference in its parameters."""
    channels: frozenset[str] | None
    """Where it works; None when it works everywhere, or has no error to raise where it does not."""
    flow_types: frozenset[str] | None
    """The same of the types of flows."""
    next_action: Branch | None
    errors: Mapping[str, Branch]
    conditions: tuple[Condition, ...]

    @property
    def wrong_channel(self) -> str:
        """The error type for a channel that it does not support."""
        return (self.type and self.type.wrong_channel) or NO_MATCHING_ERROR


@dataclass(frozen=True, slots=True)
class ReadyFlow:
    """A flow: where it starts, and its actions by identifier."""

    start: str
    actions: Mapping[str, ReadyAction] = field(repr=False)


@lru_cache(maxsize=CACHED_FLOWS)
def ready_flow(content: str) -> ReadyFlow:
    """The flow in `content`; raises `document.NotAFlow`. Of two actions with one identifier the first counts."""
    flow = document.read(content)
    actions = {entry.identifier: _ready(entry) for entry in reversed(flow.actions)}
    return ReadyFlow(_text(flow.start_action), actions)


def _ready(entry: document.Action) -> ReadyAction:
    branches = dict(_branches(entry))
    parameters = template(entry.parameters)
    action_type = ACTIONS.get(entry.type)
    return ReadyAction(
        entry=entry,
        type=action_type,
        parameters=parameters,
        constant=None if isinstance(parameters, Template) or action_type is None else read(action_type, parameters),
        channels=_supported(action_type, "channels"),
        flow_types=_supported(action_type, "flow_types"),
        next_action=branches.get("Transitions.NextAction"),
        errors=_errors(entry, branches),
        conditions=_conditions(entry, branches),
    )


def _supported(action_type: type[Action] | None, what: Literal["channels", "flow_types"]) -> frozenset[str] | None:
    """Where the language supports a type, when the type has an error for the rest."""
    facts = language().actions.get(action_type.__name__) if action_type else None
    if action_type is None or facts is None:
        return None
    error = action_type.wrong_channel if what == "channels" else NO_MATCHING_ERROR
    return getattr(facts, what) if error in facts.known_errors else None


def read(action_type: type[Action], parameters: Mapping[str, Any]) -> Action | Unusable:
    """The action, or why there is none."""
    try:
        return action_type.read(parameters)
    except Unusable as problem:
        return problem


def _branches(entry: document.Action) -> list[tuple[str, Branch]]:
    return [(path, Branch(path, _text(target))) for path, target in entry.targets()]


def _errors(entry: document.Action, branches: Mapping[str, Branch]) -> dict[str, Branch]:
    found: dict[str, Branch] = {}
    for index, error in enumerate(_list(entry.transitions.get("Errors"))):
        branch = branches.get(f"Transitions.Errors[{index}].NextAction")
        if branch:
            found.setdefault(_text(error.get("ErrorType")), branch)
    return found


def _conditions(entry: document.Action, branches: Mapping[str, Branch]) -> tuple[Condition, ...]:
    found = []
    for index, each in enumerate(_list(entry.transitions.get("Conditions"))):
        branch = branches.get(f"Transitions.Conditions[{index}].NextAction")
        condition = each.get("Condition") if branch else None
        if branch and isinstance(condition, dict):
            found.append(Condition(branch, condition.get("Operator"), _operands(entry, condition)))
    return tuple(found)


def _operands(entry: document.Action, condition: dict[str, Any]) -> Any:
    """Compare alone takes references here (developer guide, Compare)."""
    operands = _list(condition.get("Operands"))
    return template(operands) if entry.type == "Compare" else operands


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
