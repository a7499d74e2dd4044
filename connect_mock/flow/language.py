"""The facts about the flow language: action types, their parameters, branches and limits, as `language.json` has them.

Distilled from the Amazon Connect developer guide (Flow language), from exports of consoles, and from what the service was seen
to refuse or accept where that differs. What is not documented is lenient: a parameter of which nobody says whether it can be
dynamic can be, an error branch of which nobody says when it is refused is optional.

In `language.json`, a text in place of `values`, `keys` or `properties` names an entry of `value_sets` or `shapes`. `min` and
`max` are about what the type counts: the number, the characters of a text, the items of an array, the entries of a map.
`usual_...` is what is known without a refusal ever seen; beyond it there is a warning.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

MODULE = "MODULE"
"""Stands where flows have their type; the API knows it as a resource of its own."""


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter, a member of one, an item of an array, or the whole `Parameters` of a type, which is an object."""

    type: str = "string"
    required: bool = False
    dynamic: str = ""
    """`whole`: a literal or one reference; `mixed`: text with references in it; `only`: one reference; empty: never."""
    values: tuple[str, ...] = ()
    usual_values: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    usual_min: int | None = None
    usual_max: int | None = None
    pattern: str = ""
    characters: str = ""
    numbers: bool = False
    """Whether a JSON number is taken where a number in a text is meant."""
    resource: str = ""
    """What it is the id of, by the keyword in ARNs."""
    open: bool = False
    """Nobody knows what is in it."""
    properties: Mapping[str, Parameter] = field(default_factory=dict)
    prefixes: Mapping[str, Parameter] = field(default_factory=dict)
    items: Parameter | None = None
    each: Parameter | None = None
    keys: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    """By rule, what the service says in place of its usual words."""

    @cached_property
    def interests(self) -> tuple[str, ...]:
        """What there is to check about it: the names under which rules ask for its values."""
        found = {
            "members": self.type in ("object", "map") and not self.open,
            "anything": self.open or self.type == "any",
            "values": bool(self.values),
            "bounds": self.min is not None or self.max is not None,
            "usual": bool(self.usual_values) or self.usual_min is not None or self.usual_max is not None,
            "format": bool(self.pattern or self.characters),
            "resource": bool(self.resource),
            "literal": not self.dynamic and self.type != "any",
            self.dynamic: bool(self.dynamic),
        }
        return tuple(name for name, interesting in found.items() if interesting)

    @cached_property
    def required_names(self) -> tuple[str, ...]:
        """The properties that always have to be there."""
        return tuple(name for name, each in self.properties.items() if each.required)

    def member(self, name: str) -> Parameter | None:
        """What the property or entry of that name takes; None when there must be none of that name."""
        found = self.properties.get(name)
        if found is None and self.each is not None and (not self.keys or name in self.keys):
            return self.each
        return found or next((each for prefix, each in self.prefixes.items() if name.startswith(prefix)), None)


@dataclass(frozen=True, eq=False)
class When:
    """A condition on an action's parameters; everything that is given has to hold."""

    equals: Mapping[str, list[str]] = field(default_factory=dict)
    contains: Mapping[str, str] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    conditions: bool = False
    flow_types: tuple[str, ...] = ()

    def holds(self, parameters: Mapping[str, Any], conditions: bool = False, flow_type: str | None = None) -> bool:
        """Whether it is so. An unknown flow type may be any."""
        if (self.conditions and not conditions) or (self.flow_types and flow_type and flow_type not in self.flow_types):
            return False
        for test in self.tests:  # noqa: SIM110 (a generator costs more than the tests)
            if not test(parameters):
                return False
        return True

    @cached_property
    def tests(self) -> list[Callable[[Mapping[str, Any]], bool]]:
        """One for each thing that is said about the parameters."""
        return [
            *(_is_present(path) for path in self.present),
            *(_is_absent(path) for path in self.absent),
            *(_is_among(path, values) for path, values in self.equals.items()),
            *(_is_in(path, value) for path, value in self.contains.items()),
        ]


def _is_present(path: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda parameters: at(parameters, path) is not None


def _is_absent(path: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda parameters: at(parameters, path) is None


def _is_among(path: str, values: list[str]) -> Callable[[Mapping[str, Any]], bool]:
    return lambda parameters: at(parameters, path) in values


def _is_in(path: str, value: str) -> Callable[[Mapping[str, Any]], bool]:
    def test(parameters: Mapping[str, Any]) -> bool:
        found = at(parameters, path)
        return isinstance(found, list) and value in found

    return test


def at(parameters: Any, path: str) -> Any:
    """What is at `A.B` in nested objects, None when there is nothing."""
    if "." not in path:
        return parameters.get(path) if isinstance(parameters, dict) else None
    for name in path.split("."):
        parameters = parameters.get(name) if isinstance(parameters, dict) else None
    return parameters


@dataclass(frozen=True, eq=False)
class Conditions:
    """What conditions a type takes."""

    operators: tuple[str, ...]
    operands: tuple[str, ...] | str
    """The operands there are, or what they are: `text`, `number`, `percentage`, `value` (a text or a reference)."""
    min: int = 0
    max: int | None = None
    required: tuple[str, ...] = ()
    required_from: str = ""
    """The parameter whose items have to have a condition each."""


@dataclass(frozen=True, eq=False)
class Constraint:
    """Something that parameters have to satisfy together. Each rule takes the kinds that it knows."""

    kind: str
    at: str = ""
    """The object that it is about: `A.B`, or `A[].B` for one of each item."""
    keys: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    key: str = ""
    values: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    max: int = 0
    when: When = When()
    says: str = ""


@dataclass(frozen=True, eq=False)
class Form:
    """What is different about a type when `when` holds."""

    when: When
    name: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Conditions | None] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    flow_types: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ActionType:
    """A type of actions."""

    name: str
    category: str
    flow_types: frozenset[str]
    channels: frozenset[str]
    next_action: str
    """`required`, `optional`, or `forbidden` where the type ends the flow."""
    errors: Mapping[str, str]
    """By error type: `required`, `optional`, `refused`."""
    conditions: Conditions | None
    parameters: Parameter
    constraints: tuple[Constraint, ...] = ()
    forms: tuple[Form, ...] = ()
    required: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unconfirmed: bool = False
    """Whether its parameters are known from one source only, so that there are only warnings about them."""

    @cached_property
    def terminal(self) -> bool:
        """Whether nothing follows it."""
        return self.next_action == "forbidden"

    @cached_property
    def known_errors(self) -> tuple[str, ...]:
        """The error types that it can have a branch for."""
        return tuple(name for name, status in self.errors.items() if status != "refused")

    @cached_property
    def errors_in_any_form(self) -> tuple[str, ...]:
        """The same, of all its forms."""
        of_forms = (error for form in self.forms for error in form.errors.items())
        return tuple(dict.fromkeys((*self.known_errors, *(name for name, status in of_forms if status != "refused"))))

    @cached_property
    def required_errors(self) -> tuple[str, ...]:
        """The error types that it must have a branch for."""
        return tuple(name for name, status in self.errors.items() if status == "required")

    def as_used(self, parameters: Mapping[str, Any], conditions: bool, flow_type: str | None) -> ActionType:
        """The type in the forms that such an action has."""
        if not self.forms:
            return self
        return _in_forms(self, tuple(form.when.holds(parameters, conditions, flow_type) for form in self.forms))


@cache
def _in_forms(action_type: ActionType, holding: tuple[bool, ...]) -> ActionType:
    for form, holds in zip(action_type.forms, holding, strict=True):
        if holds:
            action_type = replace(
                action_type,
                errors={**action_type.errors, **form.errors},
                required=action_type.required + form.required,
                refused=action_type.refused + form.refused,
                flow_types=action_type.flow_types | set(form.flow_types),
                **form.changes,  # type: ignore[arg-type]
            )
    return action_type


@dataclass(frozen=True, eq=False)
class Language:
    """All of it."""

    version: str
    max_characters: int
    max_actions: int
    max_identifier: int
    forbidden_characters: frozenset[str]
    forbidden_identifiers: frozenset[str]
    flow_types: Mapping[str, frozenset[str]]
    """The channels of the contacts that run flows of a type; a campaign's have none."""
    operators: Mapping[str, int]
    """How many operands each takes."""
    reference_roots: Mapping[str, bool]
    """The names that can follow `$.`, and whether something has to follow them."""
    renamed: Mapping[str, str]
    """Names that people write for a type: blocks of the console, other spellings."""
    actions: Mapping[str, ActionType]


@cache
def language() -> Language:
    """The facts, read when they are first asked for."""
    return _Reader(json.loads(resources.files(__package__).joinpath("language.json").read_text(encoding="utf-8"))).language()


class _Reader:
    """Makes dataclasses of the document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.channels = frozenset(document["channels"])
        self.shapes = {name: self._members(shape) for name, shape in document["shapes"].items()}

    def language(self) -> Language:
        facts = self.document
        roots = facts["reference_roots"]
        return Language(
            version=facts["version"],
            max_characters=facts["max_characters"],
            max_actions=facts["max_actions"],
            max_identifier=facts["max_identifier"],
            forbidden_characters=frozenset(facts["forbidden_characters"]),
            forbidden_identifiers=frozenset(facts["forbidden_identifiers"]),
            flow_types={name: self._channels(channels) for name, channels in facts["flow_types"].items()},
            operators=facts["operators"],
            reference_roots=dict.fromkeys(roots["alone"], False) | dict.fromkeys(roots["with_leaf"], True),
            renamed=facts["renamed"],
            actions={name: self._action(name, **action) for name, action in facts["actions"].items()},
        )

    def _channels(self, channels: Any) -> frozenset[str]:
        return self.channels if channels == "any" else frozenset(channels)

    def _flow_types(self, flow_types: Any) -> frozenset[str]:
        everywhere = frozenset(self.document["flow_types"])
        return {"all": everywhere, "any": everywhere - {"CAMPAIGN"}}.get(str(flow_types)) or frozenset(flow_types)

    def _action(self, name: str, **facts: Any) -> ActionType:
        return ActionType(
            name=name,
            category=facts["category"],
            flow_types=self._flow_types(facts["flow_types"]),
            channels=self._channels(facts["channels"]),
            next_action=facts["next_action"],
            errors=facts["errors"],
            conditions=_conditions(facts.get("conditions")),
            parameters=Parameter(type="object", properties=self._members(facts["parameters"])),
            constraints=tuple(_constraint(**each) for each in facts.get("constraints", ())),
            forms=tuple(_form(**each) for each in facts.get("forms", ())),
            unconfirmed=facts.get("unconfirmed", False),
        )

    def _members(self, members: Any) -> dict[str, Parameter]:
        return self.shapes[members] if isinstance(members, str) else {k: self._parameter(**v) for k, v in members.items()}

    def _parameter(self, **facts: Any) -> Parameter:
        for key in ("values", "usual_values", "keys"):
            if key in facts:
                facts[key] = self._values(facts[key])
        for key in ("properties", "prefixes"):
            if key in facts:
                facts[key] = self._members(facts[key])
        for key in ("items", "each"):
            if key in facts:
                facts[key] = self._parameter(**facts[key])
        return Parameter(**facts)

    def _values(self, values: Any) -> tuple[str, ...]:
        return tuple(self.document["value_sets"][values] if isinstance(values, str) else values)


def _conditions(facts: Any) -> Conditions | None:
    return None if facts is None else Conditions(**_frozen(facts))


def _constraint(**facts: Any) -> Constraint:
    when = When(**_frozen(facts.pop("when", {})))
    groups = tuple(map(tuple, facts.pop("groups", ())))
    return Constraint(when=when, groups=groups, **_frozen(facts))


def _form(**facts: Any) -> Form:
    changes = {"conditions": _conditions(facts.pop("conditions"))} if "conditions" in facts else {}
    return Form(when=When(**_frozen(facts.pop("when"))), changes=changes, **_frozen(facts))


def _frozen(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}
