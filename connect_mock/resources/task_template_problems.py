"""What is wrong with a task template, as PropertyValidationException lists it.

Sources: documentation of CreateTaskTemplate; a recorded refusal of a template without Constraints, whose message was empty;
the lengths of texts are those that UpdateContactTaskTemplate checks references against. AWS does not publish paths, messages,
nor which reason goes with which problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from connect_mock.errors import PropertyValidationException, brief

Problem = dict[str, str]
Content = Mapping[str, Any]
"""The members of a template by Python name."""

Exists = Callable[[str, str], bool]
"""Whether the instance has something of that class with that id or ARN."""

LISTS = ("RequiredFields", "ReadOnlyFields", "InvisibleFields")
"""Of Constraints."""

HOOK = "WrapUpFlowId"
"""The member of ContactHooks, which is the id of a flow module."""


def check(content: Content, exists: Exists) -> None:
    """Raise PropertyValidationException with all that is wrong."""
    problems = [problem for rule in (_names, _constraints, _fields, _defaults, _flows) for problem in rule(content)] + list(
        _references(content, exists)
    )
    if problems:
        raise refusal(problems)


def refusal(problems: list[Problem]) -> PropertyValidationException:
    """The exception that lists the problems."""
    return PropertyValidationException("; ".join(each["Message"] for each in problems), PropertyList=problems)


def problem(path: str, reason: str, message: str) -> Problem:
    """One entry of PropertyList."""
    return {"PropertyPath": path, "Reason": reason, "Message": f"{path}: {message}"}


def _names(content: Content) -> Iterator[Problem]:
    if not content.get("name"):
        yield problem("Name", "REQUIRED_PROPERTY_MISSING", "a template has a name")
    count = Counter(_name(each) for each in _fields_of(content))
    for index, each in enumerate(_fields_of(content)):
        if not _name(each):
            yield problem(f"Fields[{index}].Id.Name", "REQUIRED_PROPERTY_MISSING", "a field has a name")
        elif count[_name(each)] > 1:
            yield problem(f"Fields[{index}].Id.Name", "UNIQUE_CONSTRAINT_VIOLATED", f"{_name(each)!r} is there more than once")


def _constraints(content: Content) -> Iterator[Problem]:
    constraints = content.get("constraints") or {}
    if not constraints.get("RequiredFields"):
        yield problem("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING", "it must name the field of type NAME")
        return
    required = {_name(each) for each in constraints["RequiredFields"]}
    for each in _fields_of(content):
        if each.get("Type") == "NAME" and _name(each) not in required:
            yield problem(
                "Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING", f"it must name {_name(each)!r}, of type NAME"
            )
    for name in LISTS:
        yield from _unknown(content, f"Constraints.{name}", constraints.get(name) or [])


def _fields(content: Content) -> Iterator[Problem]:
    fields = _fields_of(content)
    names = [index for index, each in enumerate(fields) if each.get("Type") == "NAME"]
    if not names:
        yield problem("Fields", "REQUIRED_PROPERTY_MISSING", "exactly one field has type NAME, there is none")
    for index in names[1:]:
        yield problem(
            f"Fields[{index}].Type", "UNIQUE_CONSTRAINT_VIOLATED", f"exactly one field has type NAME, here are {len(names)}"
        )
    for index, each in enumerate(fields):
        if not each.get("Type"):
            yield problem(f"Fields[{index}].Type", "REQUIRED_PROPERTY_MISSING", "a field has a type")
        if each.get("Type") == "SINGLE_SELECT" and not each.get("SingleSelectOptions"):
            yield problem(
                f"Fields[{index}].SingleSelectOptions", "REQUIRED_PROPERTY_MISSING", "a SINGLE_SELECT field has options"
            )


def _defaults(content: Content) -> Iterator[Problem]:
    fields = {_name(each): each for each in _fields_of(content)}
    defaults = _defaults_of(content)
    yield from _unknown(content, "Defaults.DefaultFieldValues", defaults)
    for index, each in enumerate(defaults):
        field = fields.get(_name(each), {})
        accepted = VALUES.get(field.get("Type", ""))
        if accepted and not accepted[1](field, each.get("DefaultValue", "")):
            path = f"Defaults.DefaultFieldValues[{index}].DefaultValue"
            yield problem(path, "TYPE_MISMATCH", f"must be {accepted[0]}, got {brief(each.get('DefaultValue'))}")


def _flows(content: Content) -> Iterator[Problem]:
    if not content.get("contact_flow_id") and not any(each.get("Type") == "QUICK_CONNECT" for each in _fields_of(content)):
        yield problem("ContactFlowId", "REQUIRED_PROPERTY_MISSING", "a template has a flow or a field of type QUICK_CONNECT")


def _references(content: Content, exists: Exists) -> Iterator[Problem]:
    for path, model, id in references(content):
        if not exists(model, id):
            yield problem(path, "REFERENCED_RESOURCE_NOT_FOUND", f"{model} {brief(id)} does not exist")


def references(content: Content) -> Iterator[tuple[str, str, str]]:
    """What the template refers to: the path of the member, the name of the class and the id or ARN."""
    quick_connects = {_name(each) for each in _fields_of(content) if each.get("Type") == "QUICK_CONNECT"}
    found = [
        ("ContactFlowId", "ContactFlow", content.get("contact_flow_id")),
        ("SelfAssignFlowId", "ContactFlow", content.get("self_assign_flow_id")),
        (f"ContactHooks.{HOOK}", "ContactFlowModule", (content.get("contact_hooks") or {}).get(HOOK)),
        *(
            (f"Defaults.DefaultFieldValues[{index}].DefaultValue", "QuickConnect", each.get("DefaultValue"))
            for index, each in enumerate(_defaults_of(content))
            if _name(each) in quick_connects
        ),
    ]
    yield from ((path, model, id) for path, model, id in found if id)


def _unknown(content: Content, path: str, named: list[dict[str, Any]]) -> Iterator[Problem]:
    known = {_name(each) for each in _fields_of(content)}
    for index, each in enumerate(named):
        if _name(each) not in known:
            yield problem(f"{path}[{index}].Id.Name", "REFERENCED_RESOURCE_NOT_FOUND", f"there is no field {_name(each)!r}")


def _fields_of(content: Content) -> list[dict[str, Any]]:
    return content.get("fields") or []


def _defaults_of(content: Content) -> list[dict[str, Any]]:
    return (content.get("defaults") or {}).get("DefaultFieldValues") or []


def _name(item: Mapping[str, Any]) -> str:
    return str(item.get("Id", {}).get("Name", ""))


def _is_number(_: Mapping[str, Any], text: str) -> bool:
    try:
        return bool(float(text) * 0 == 0)  # neither infinite nor NaN
    except ValueError:
        return False


VALUES: dict[str, tuple[str, Callable[[Mapping[str, Any], str], bool]]] = {
    "NUMBER": ("a number", _is_number),
    "BOOLEAN": ("true or false", lambda _, text: text.lower() in ("true", "false")),
    "SINGLE_SELECT": ("one of the field's options", lambda field, text: text in (field.get("SingleSelectOptions") or [])),
    "TEXT": ("at most 512 characters long", lambda _, text: len(text) <= 512),
    "TEXT_AREA": ("at most 4096 characters long", lambda _, text: len(text) <= 4096),
}
"""By type of field, what a value has to be and whether it is. Types that are missing take any text."""
