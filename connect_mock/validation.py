"""What the shapes of the model demand of a value: required members, lengths, ranges, patterns and enums.

botocore checks required members, types and minima in the client; maxima, patterns and enums reach the service, and clients
in other languages check nothing. Corrections of the model (`model_corrections.json`) are taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from connect_mock.errors import InvalidMember, TooManyItems
from connect_mock.service_model import corrections

Check = Callable[[Any], None]


def checker(shape: Shape, known: dict[str, Check | None]) -> Check | None:
    """What to call with a parsed value of `shape`; None where the shape demands nothing. It raises InvalidMember.

    `known` holds what was made before, by shape name.
    """
    if shape.name not in known:
        if isinstance(shape, StructureShape):
            _structure(shape, known)
        else:
            checks = list(_own_checks(shape)) + list(_checks_of_items(shape, known))
            known[shape.name] = _all(checks)
    return known[shape.name]


def _all(checks: list[Check]) -> Check | None:
    if len(checks) < 2:
        return checks[0] if checks else None

    def check(value: Any) -> None:
        for each in checks:
            each(value)

    return check


def _structure(shape: StructureShape, known: dict[str, Check | None]) -> None:
    required = [*shape.required_members, *corrections()["required"].get(shape.name, [])]
    members: dict[str, Check] = {}

    def check(value: dict[str, Any]) -> None:
        for name in required:
            if name not in value:
                raise InvalidMember("given", None).inside(name)
        for name, item in value.items():
            if name in members:
                try:
                    members[name](item)
                except InvalidMember as problem:
                    raise problem.inside(name) from None

    known[shape.name] = check  # before its members: a criteria tree holds itself
    for name, member in shape.members.items():
        own = corrections()["member_patterns"].get(f"{shape.name}.{name}")
        checks = [each for each in (checker(member, known),) if each] + (_pattern(own, may_be_empty=False) if own else [])
        if found := _all(checks):
            members[name] = found


def _checks_of_items(shape: Shape, known: dict[str, Check | None]) -> list[Check]:
    if isinstance(shape, ListShape) and (member := checker(shape.member, known)):
        return [_each(member, enumerate)]
    if isinstance(shape, MapShape):
        value, key = checker(shape.value, known), checker(shape.key, known)
        checks = [_each(value, dict.items)] if value else []
        return [*checks, _each(key, lambda items: ((name, name) for name in items))] if key else checks
    return []


def _each(check: Check, items: Callable[[Any], Any]) -> Check:
    def check_each(value: Any) -> None:
        for step, item in items(value):
            try:
                check(item)
            except InvalidMember as problem:
                raise problem.inside(step) from None

    return check_each


def _own_checks(shape: Shape) -> list[Check]:
    facts = shape.metadata
    checks: list[Check] = []
    low, high = facts.get("min"), facts.get("max")
    if low is not None or high is not None:
        checks.append(_range(low, high) if shape.type_name in _NUMBERS else _length(low, high, _UNITS[shape.type_name]))
    if "enum" in facts:
        checks.append(_enum(facts["enum"]))
    if pattern := corrections()["patterns"].get(shape.name, facts.get("pattern")):
        checks.extend(_pattern(pattern, may_be_empty=low == 0))
    return checks


_NUMBERS = {"integer", "long", "float", "double"}
_UNITS = {"string": "characters", "list": "items", "map": "entries", "blob": "bytes"}


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"at most {high}" if high is not None else f"at least {low}"


def _range(low: float | None, high: float | None) -> Check:
    def check(value: float) -> None:
        if (low is not None and value < low) or (high is not None and value > high):
            raise InvalidMember(_bounds(low, high), value)

    return check


def _length(low: int | None, high: int | None, unit: str) -> Check:
    smallest, largest = low or 0, high if high is not None else float("inf")

    def check(value: Any) -> None:
        if unit == "items" and len(value) > largest:
            raise TooManyItems(int(largest), value)
        if not smallest <= len(value) <= largest:
            raise InvalidMember(f"{_bounds(low or None, high)} {unit} long", value)

    return check


def _enum(values: list[str]) -> Check:
    accepted = frozenset(values)

    def check(value: str) -> None:
        if value not in accepted:
            raise InvalidMember(f"one of {', '.join(values)}", value)

    return check


def _pattern(pattern: str, may_be_empty: bool) -> list[Check]:
    """The whole value has to match. A pattern that Python cannot read is not checked."""
    try:
        matches = re.compile(pattern, re.DOTALL).fullmatch
    except re.error:
        return []

    def check(value: str) -> None:
        if not matches(value) and not (may_be_empty and value == ""):
            raise InvalidMember(f"text that matches {pattern}", value)

    return [check]
