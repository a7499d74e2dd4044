"""Rules about the parameters of an action, one by one.

Sources: Amazon Connect developer guide, Flow language; exports of consoles; what the service was seen to refuse. Every scalar
in `Parameters` is a text, numbers and booleans too, but where a module's contract or the language says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connect_mock.flow.language import Parameter
from connect_mock.flow.rules.publication import Place, Publication, below
from connect_mock.flow.rules.references import has_reference, is_reference
from connect_mock.flow.rules.rule import (
    ERROR,
    INVALID_NAME,
    INVALID_VALUE,
    MISSING,
    UNUSUAL_VALUE,
    WARNING,
    Finding,
    Findings,
    listed,
    plain,
    rule,
    shown,
)

MAX_PATH = 200
"""Characters; deeper than this a path is not continued."""

INTEGER = re.compile(r"[+-]?[0-9]{1,30}")
CONTAINERS = {"object": dict, "map": dict, "array": list}
SCALARS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean_string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
CALLED = {
    "string": "a text",
    "boolean_string": "a text",
    "integer_string": "a whole number in a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "map": "an object",
    "array": "an array",
    "any": "a value",
}
COUNTED = {"string": "characters", "array": "items", "map": "entries"}


@rule("unknown-parameter", about="parameters")
def unknown_parameter(publication: Publication) -> Findings:
    """An action has no parameter that its type does not have, and an object in it no member that is not known (seen live)."""
    for place in publication.places["members"]:
        for name in place.value if isinstance(place.value, dict) else ():
            if place.parameter.member(name) is None:
                yield Finding(place.subject, INVALID_NAME, below(place.path, name), _names(name, place.parameter))


def _names(name: str, parameter: Parameter) -> str:
    known = parameter.keys or tuple(parameter.properties)
    other_case = [each for each in known if each.lower() == name.lower()]
    if other_case:
        return f"Did you mean {other_case[0]}?"
    return f"It takes {listed(known)}." if known else "It takes none."


@rule("missing-parameter", about="parameters")
def missing_parameter(publication: Publication) -> Findings:
    """What a type requires is there, always or in the form that the action has.

    GetParticipantInput, for one, requires InputValidation when StoreInput is True.
    """
    for place in publication.places["members"]:
        for name in place.parameter.required_names if isinstance(place.value, dict) else ():
            if place.value.get(name) is None:
                advice = f"It takes {_accepted(place.parameter.properties[name])}."
                yield Finding(place.subject, MISSING, f"{place.path}.{name}", advice)
    for subject, action_type in publication.typed:
        for name in action_type.required:
            if subject.parameters.get(name) is None:
                advice = f"It takes {_accepted(action_type.parameters.properties[name])}."
                yield Finding(subject, MISSING, f"Parameters.{name}", advice)


@rule("refused-parameter", about="parameters")
def refused_parameter(publication: Publication) -> Findings:
    """What the form of the action does not have is absent: a menu has no InputValidation and no InputEncryption."""
    for subject, action_type in publication.typed:
        for name in action_type.refused:
            if name in subject.parameters:
                advice = f"{action_type.name} of this form does not take it."
                yield Finding(subject, INVALID_NAME, f"Parameters.{name}", advice)


@rule("wrong-type", about="parameters")
def wrong_type(publication: Publication) -> Findings:
    """A value has the JSON type of its parameter. Numbers and booleans are written as texts, but where a number is allowed."""
    for place in publication.places["all"]:
        if not _fits(place.value, place.parameter) and not is_reference(place.value):
            wanted = CALLED[place.parameter.type]
            yield Finding(place.subject, INVALID_VALUE, place.path, f"It must be {wanted}, got {_typed(place.value)}.")


def _fits(value: Any, parameter: Parameter) -> bool:
    kind = parameter.type
    if kind == "string":
        return isinstance(value, str)
    if kind in CONTAINERS:
        return isinstance(value, CONTAINERS[kind])
    if kind == "integer_string":
        return _is_integer(value, parameter)
    types = SCALARS.get(kind)
    return types is None or (isinstance(value, types) and (kind == "boolean" or not isinstance(value, bool)))


def _is_integer(value: Any, parameter: Parameter) -> bool:
    if isinstance(value, str):
        return not value or bool(INTEGER.fullmatch(value)) or bool(parameter.dynamic and has_reference(value))
    return parameter.numbers and isinstance(value, int) and not isinstance(value, bool)


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return f"the boolean {shown(value)}"
    return f"the number {shown(value)}" if isinstance(value, int | float) else shown(value)


@rule("empty-value", about="parameters")
def empty_value(publication: Publication) -> Findings:
    """No text in `Parameters` is empty; a single space is accepted (seen live).

    Deep inside the data of a view consoles write empty texts, so there it is a warning.
    """
    for place in publication.places["all"]:
        if place.value == "":
            yield _empty(place, place.path, ERROR)
    for place in publication.places["anything"]:
        for path in _empty_texts(place.value, place.path):
            yield _empty(place, path, WARNING)


def _empty(place: Place, path: str, severity: str) -> Finding:
    what = place.parameter.says.get("empty-value", INVALID_VALUE)
    advice = f"{plain(path, 150)} must not be empty."
    return Finding(place.subject, what, path, advice, f"Path: {place.subject.action.index}.Parameter", severity)


def _empty_texts(value: Any, path: str) -> Iterator[str]:
    """Where inside a value of any depth there is an empty text."""
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, inner in entries:
            deeper = path if len(path) > MAX_PATH else below(path, name)
            if inner == "":
                yield deeper
            elif isinstance(inner, dict | list):
                waiting.append((deeper, inner))


@rule("invalid-value", about="parameters")
def invalid_value(publication: Publication) -> Findings:
    """A value is one of those that its parameter has, in their exact spelling: True is not true."""
    for place in publication.places["values"]:
        value, values = place.value, place.parameter.values
        if value not in values and isinstance(value, str) and value and not has_reference(value):
            advice = f"It must be {listed(values)}, got {shown(value)}."
            yield Finding(place.subject, INVALID_VALUE, place.path, advice)


@rule("out-of-range", about="parameters")
def out_of_range(publication: Publication) -> Findings:
    """Numbers, the length of texts and the number of items or entries are within the bounds of their parameter."""
    for place in publication.places["bounds"]:
        low, high = place.parameter.min, place.parameter.max
        if _outside(place, low, high):
            what = place.parameter.says.get("out-of-range", INVALID_VALUE)
            yield Finding(
                place.subject, what, place.path, f"It must be {_bounds(low, high, place.parameter)}, got {_size(place)}."
            )


@rule("unusual-value", about="parameters")
def unusual_value(publication: Publication) -> Findings:
    """A value is one of those that are known to work, though the service was not seen to refuse others; a warning."""
    for place in publication.places["usual"]:
        value, parameter = place.value, place.parameter
        low, high, values = parameter.usual_min, parameter.usual_max, parameter.usual_values
        if _outside(place, low, high):
            advice = f"It should be {_bounds(low, high, parameter)}, got {_size(place)}."
            yield Finding(place.subject, UNUSUAL_VALUE, place.path, advice, severity=WARNING)
        if values and value not in values and isinstance(value, str) and value and not has_reference(value):
            advice = f"It should be {listed(values)}, got {shown(value)}."
            yield Finding(place.subject, UNUSUAL_VALUE, place.path, advice, severity=WARNING)


def _outside(place: Place, low: int | None, high: int | None) -> bool:
    measure = _measure(place.value, place.parameter.type)
    return measure is not None and ((low is not None and measure < low) or (high is not None and measure > high))


def _measure(value: Any, kind: str) -> int | float | None:
    """What bounds are about; None where it is not known before run time, or the type is wrong."""
    if kind == "string":
        return len(value) if isinstance(value, str) and value and not has_reference(value) else None
    if kind in CONTAINERS:
        return len(value) if isinstance(value, CONTAINERS[kind]) else None
    if isinstance(value, str):
        return int(value) if INTEGER.fullmatch(value) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _size(place: Place) -> str:
    counted = COUNTED.get(place.parameter.type)
    return f"{len(place.value)} {counted}" if counted else shown(place.value)


def _bounds(low: int | None, high: int | None, parameter: Parameter) -> str:
    unit = f" {COUNTED[parameter.type]}" if parameter.type in COUNTED else ""
    if low is None or high is None:
        return f"at most {high}{unit}" if low is None else f"at least {low}{unit}"
    return f"{low}{unit}" if low == high else f"from {low} to {high}{unit}"


def _accepted(parameter: Parameter) -> str:
    """What a parameter takes, in a few words."""
    if parameter.values:
        return listed(parameter.values)
    if parameter.dynamic == "only":
        return "a reference such as $.Attributes.name"
    kind = CALLED[parameter.type]
    if parameter.min is None and parameter.max is None:
        return kind
    return f"{kind}: {_bounds(parameter.min, parameter.max, parameter)}"


@rule("invalid-format", about="parameters")
def invalid_format(publication: Publication) -> Findings:
    """A text is made of the characters that its parameter allows, or has the pattern that it asks for."""
    for place in publication.places["format"]:
        value, parameter = place.value, place.parameter
        if not isinstance(value, str) or not value or has_reference(value):
            continue
        if parameter.characters and not set(value) <= set(parameter.characters):
            advice = f"It must have only {' '.join(parameter.characters)} in it, got {shown(value)}."
            yield Finding(place.subject, INVALID_VALUE, place.path, advice)
        if parameter.pattern and not re.fullmatch(parameter.pattern, value):
            advice = f"It must match {parameter.pattern}, got {shown(value)}."
            yield Finding(place.subject, INVALID_VALUE, place.path, advice)
