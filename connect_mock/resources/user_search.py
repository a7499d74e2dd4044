"""What SearchUsers can look for."""

from __future__ import annotations

import operator
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from connect_mock.errors import AccessDeniedException, InvalidParameterException
from connect_mock.instance import Instance
from connect_mock.resources.user_hierarchies import with_child_groups
from connect_mock.search import COMPARISONS, Keep, Search, attribute_filter, tag_filter

FIELDS: dict[str, Callable[[Any], Any]] = {
    "Username": attrgetter("username"),
    "FirstName": attrgetter("first_name"),
    "LastName": attrgetter("last_name"),
    "RoutingProfileId": attrgetter("routing_profile_id"),
    "SecurityProfileId": attrgetter("security_profile_ids"),
    "resourceId": attrgetter("id"),
}

Proficiency = tuple[str, str, float]
"""Name and value of a predefined attribute, and the level."""

MAX_TAG_CONDITIONS, MAX_GROUP_CONDITIONS = 25, 20
"""In one UserAttributeFilter (documentation of ControlPlaneUserAttributeFilter)."""


def search(instance: Instance) -> Search:
    """The conditions on users of `instance`."""
    return Search(
        FIELDS, {"ListCondition": _with_proficiency, "HierarchyGroupCondition": lambda value: in_group(instance, value)}
    )


def user_filter(instance: Instance, search_filter: dict[str, Any]) -> Keep | None:
    """A UserSearchFilter. Raises AccessDeniedException for both kinds of filter at once, as its documentation says."""
    tags, attributes = search_filter.get("TagFilter"), search_filter.get("UserAttributeFilter")
    if tags and attributes:
        raise AccessDeniedException("SearchFilter can have a TagFilter or a UserAttributeFilter, not both")
    _check_size(attributes or {})
    in_this = {"HierarchyGroupCondition": lambda value: in_group(instance, value)}
    return attribute_filter(attributes, in_this) if attributes else tag_filter(tags)


def in_group(instance: Instance, condition: dict[str, str]) -> Keep:
    """A HierarchyGroupCondition; without a match type it is EXACT."""
    group_id = condition.get("Value", "").rpartition("/")[2]
    if condition.get("HierarchyGroupMatchType") == "WITH_CHILD_GROUPS":
        groups = with_child_groups(instance, group_id)
        return lambda user: user.hierarchy_group_id in groups
    return lambda user: user.hierarchy_group_id == group_id


def _check_size(attributes: dict[str, Any]) -> None:
    nodes = [attributes, attributes.get("AndCondition", {}), *attributes.get("OrConditions", [])]
    tags = sum(len(node.get("TagConditions", ())) + ("TagCondition" in node) for node in nodes)
    groups = sum("HierarchyGroupCondition" in node for node in nodes)
    for what, count, most in (("tag", tags, MAX_TAG_CONDITIONS), ("hierarchy group", groups, MAX_GROUP_CONDITIONS)):
        if count > most:
            raise InvalidParameterException(f"UserAttributeFilter can have {most} {what} conditions, got {count}")


# --- proficiencies


def _with_proficiency(condition: dict[str, Any]) -> Keep:
    """A ListCondition: the user has a proficiency for which all conditions hold."""
    checks = [check for each in condition.get("Conditions", []) for check in _on_proficiency(each)]
    return lambda user: any(
        all(check((name, value, level)) for check in checks) for (name, value), level in user.proficiencies.items()
    )


def _on_proficiency(condition: dict[str, Any]) -> list[Callable[[Proficiency], bool]]:
    text, number = condition.get("StringCondition"), condition.get("NumberCondition")
    return [*([_text(text)] if text is not None else []), *([_level(number)] if number is not None else [])]


PLACES = {"name": 0, "value": 1}


def _text(condition: dict[str, str]) -> Callable[[Proficiency], bool]:
    place = PLACES.get(field := condition.get("FieldName", ""))
    if place is None:
        raise InvalidParameterException(f"ListCondition: FieldName must be one of name, value, got {field!r}")
    compare, wanted = COMPARISONS[condition.get("ComparisonType", "EXACT")], condition.get("Value", "").casefold()
    return lambda proficiency: compare(str(proficiency[place]).casefold(), wanted)


NUMBER_COMPARISONS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "GREATER_OR_EQUAL": ("MinValue", operator.ge),
    "GREATER": ("MinValue", operator.gt),
    "LESSER_OR_EQUAL": ("MaxValue", operator.le),
    "LESSER": ("MaxValue", operator.lt),
    "EQUAL": ("MinValue", operator.eq),
    "NOT_EQUAL": ("MinValue", operator.ne),
}
"""The member that a comparison is with. AWS does not say which: the other one will do when it is the only one."""


def _level(condition: dict[str, Any]) -> Callable[[Proficiency], bool]:
    if (field := condition.get("FieldName", "")) != "limit":
        raise InvalidParameterException(f"ListCondition: FieldName of a NumberCondition must be limit, got {field!r}")
    kind = condition.get("ComparisonType", "EQUAL")
    if kind == "RANGE":
        low, high = _bound(condition, "MinValue"), _bound(condition, "MaxValue")
        return lambda proficiency: low <= proficiency[2] <= high
    member, compare = NUMBER_COMPARISONS[kind]
    other = "MaxValue" if member == "MinValue" else "MinValue"
    bound = _bound(condition, member if member in condition else other)
    return lambda proficiency: compare(proficiency[2], bound)


def _bound(condition: dict[str, Any], member: str) -> int:
    if member not in condition:
        kind = condition.get("ComparisonType", "EQUAL")
        raise InvalidParameterException(f"ListCondition: a NumberCondition of type {kind} needs {member}")
    return int(condition[member])
