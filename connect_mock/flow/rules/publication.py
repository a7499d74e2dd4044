"""What is checked: content with all that rules ask about it, put together once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from connect_mock.flow import contracts
from connect_mock.flow.contracts import Contract, ContractOf
from connect_mock.flow.document import Action, Flow
from connect_mock.flow.language import MODULE, ActionType, Conditions, Constraint, Language, Parameter, language

Holds = Callable[[str, str], "bool | None"]
"""Whether there is a resource: (its keyword in ARNs, an id or ARN). None when nobody knows about that kind."""


def nothing_known(kind: str, reference: str) -> bool | None:
    """Where there is no instance to look into, as when a file is checked."""
    return None


@dataclass(slots=True, eq=False)
class Subject:
    """An action that is checked."""

    action: Action
    type: ActionType | None
    """As it is in the forms that the action has; None when the language has no such type."""
    errors: list[tuple[int, dict[str, Any]]]
    conditions: list[tuple[int, dict[str, Any]]]
    """The branches, with their places in their list."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self.action.parameters

    @property
    def transitions(self) -> Mapping[str, Any]:
        return self.action.transitions


MAX_NAME = 80
"""Characters of a name that are shown in a path."""


def below(path: str, key: str | int) -> str:
    """The path of a member or an item."""
    return f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key[:MAX_NAME]}"


class Place(NamedTuple):
    """A value somewhere in `Parameters`, and what may stand there."""

    subject: Subject
    inside: Place | None
    key: str | int
    value: Any
    parameter: Parameter

    @property
    def path(self) -> str:
        """Below the action."""
        return below(self.inside.path, self.key) if self.inside else str(self.key)


@dataclass(frozen=True)
class Publication:
    """Content, and what it is published as and where."""

    flow: Flow
    flow_type: str | None = None
    holds: Holds = nothing_known
    contract_of: ContractOf = contracts.unknown
    own: Contract | None = None
    """What the module declares whose content it is; None for a flow, and for a module of which it is not known."""
    allow_unknown_actions: bool = False
    """Whether a type that the language does not have is taken for a newer one."""

    @property
    def is_module(self) -> bool:
        return self.flow_type == MODULE

    @cached_property
    def language(self) -> Language:
        return language()

    @cached_property
    def first_use(self) -> dict[str, int]:
        """By identifier, the index of the first action that has it."""
        return {action.identifier: action.index for action in reversed(self.flow.actions) if action.identifier}

    @cached_property
    def reached(self) -> set[str]:
        """The identifiers that can be reached from `StartAction`; nothing when that names no action."""
        following = {each.action.identifier: _following(each) for each in self.subjects}
        waiting, reached = [self.flow.start_action], set[str]()
        while waiting:
            identifier = waiting.pop()
            if isinstance(identifier, str) and identifier in following and identifier not in reached:
                reached.add(identifier)
                waiting.extend(following[identifier])
        return reached

    @cached_property
    def subjects(self) -> list[Subject]:
        """All actions."""
        return [self._subject(action) for action in self.flow.actions]

    @cached_property
    def typed(self) -> list[tuple[Subject, ActionType]]:
        """The actions whose type the language has."""
        return [(subject, subject.type) for subject in self.subjects if subject.type]

    @cached_property
    def continued(self) -> list[tuple[Subject, ActionType]]:
        """Those of them after which the flow goes on."""
        return [(subject, action_type) for subject, action_type in self.typed if not action_type.terminal]

    @cached_property
    def conditional(self) -> list[tuple[Subject, Conditions]]:
        """The actions that take conditions."""
        return [(subject, each.conditions) for subject, each in self.continued if each.conditions]

    @cached_property
    def comparisons(self) -> list[tuple[Subject, Conditions, str, dict[str, Any]]]:
        """Their conditions: (action, what its type takes, path, the condition)."""
        return [
            (subject, takes, f"Transitions.Conditions[{index}].Condition", branch["Condition"])
            for subject, takes in self.conditional
            for index, branch in subject.conditions
            if isinstance(branch.get("Condition"), dict)
        ]

    @cached_property
    def constrained(self) -> dict[str, list[tuple[Subject, Constraint]]]:
        """By kind of constraint, the actions whose parameters have to satisfy something together."""
        found: dict[str, list[tuple[Subject, Constraint]]] = defaultdict(list)
        for subject, action_type in self.typed:
            for constraint in action_type.constraints:
                found[constraint.kind].append((subject, constraint))
        return found

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """All parameters that the language has, from the outside in: by what there is to check about them, and all."""
        found: dict[str, list[Place]] = defaultdict(list)
        for subject, action_type in self.typed:
            _collect(found, Place(subject, None, "Parameters", subject.parameters, action_type.parameters))
        return found

    def _subject(self, action: Action) -> Subject:
        action_type = self.language.actions.get(action.type)
        conditions = list(action.branches("Conditions"))
        if action_type and action_type.forms:
            action_type = action_type.as_used(action.parameters, bool(conditions), self.flow_type)
        return Subject(action, action_type, list(action.branches("Errors")), conditions)


def _following(subject: Subject) -> list[Any]:
    branches = [branch.get("NextAction") for _, branch in subject.errors + subject.conditions]
    return [subject.transitions.get("NextAction"), *branches]


def _collect(found: dict[str, list[Place]], place: Place) -> None:
    """Goes no deeper than the language does, however deep the value is."""
    subject, _, _, value, parameter = place
    found["all"].append(place)
    for interest in parameter.interests:
        found[interest].append(place)
    if isinstance(value, dict) and not parameter.open:
        for name, inner in value.items():
            member = parameter.member(name)
            if member is not None:
                _collect(found, Place(subject, place, name, inner, member))
    elif isinstance(value, list) and parameter.items is not None:
        for index, inner in enumerate(value):
            _collect(found, Place(subject, place, index, inner, parameter.items))
