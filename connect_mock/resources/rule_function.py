"""The Rules Function language: the conditions of a rule, as JSON text. Source: API reference, Rules Function language.

Only the form is read. Which operators and paths a trigger knows is not checked, and no rule is evaluated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from connect_mock.errors import InvalidRequestException, brief

MAX_CONDITIONS = 20
"""Conditions of one rule (same place)."""

FUNCTION_VERSION = "2022-11-25"
"""The only version of the Rules Function language (API reference, Example rule function)."""


def read_function(function: str, has_metric_groups: bool = False) -> list[dict[str, Any]]:
    """The leaves of a rule's function: `{"Version": "2022-11-25", "RuleFunction": group}`.

    A group has the Operator AND or OR and a list of Operands; the outermost one is always a group. What is not a group is a
    leaf, with an Operator and a ComparisonValue. AWS writes some conditions as an AND of leaves, for example the score of an
    evaluation form: that is one condition of the 20 that there may be. In the metric rules such an AND is a group of
    conditions, and each counts (API reference, Rules Function language).

    Raises InvalidRequestException for anything else.
    """
    found = list(_leaves(_outermost_group(function), has_metric_groups))
    count = len({condition for condition, _ in found})
    _expect(count <= MAX_CONDITIONS, "RuleFunction", f"at most {MAX_CONDITIONS} conditions", count)
    return [leaf for _, leaf in found]


def _outermost_group(function: str) -> dict[str, Any]:
    try:
        document = json.loads(function, parse_constant=_not_json)
    except (ValueError, RecursionError):
        document = None
    _expect(isinstance(document, dict), "it", "the text of a JSON object", function)
    _expect(document.get("Version") == FUNCTION_VERSION, "Version", FUNCTION_VERSION, document.get("Version"))
    group = document.get("RuleFunction")
    _expect(isinstance(group, dict) and _is_group(group), "RuleFunction", "a group with the Operator AND or OR", group)
    return group  # type: ignore[no-any-return]


def _not_json(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _leaves(outermost: dict[str, Any], has_metric_groups: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each leaf, after the place of the condition that it is, or is part of. Not recursive: nesting has no bound."""
    pending: list[tuple[str, Any, str | None]] = [("RuleFunction", outermost, None)]
    while pending:
        where, node, compound = pending.pop()
        _check_node(where, node)
        if _is_group(node):
            is_compound = node is not outermost and not has_metric_groups and _is_compound(node)
            part_of = where if is_compound else None
            pending += [(f"{where}.Operands[{index}]", each, part_of) for index, each in enumerate(node["Operands"])]
        else:
            yield compound or where, node


def _is_group(node: dict[str, Any]) -> bool:
    return node.get("Operator") in ("AND", "OR")


def _is_compound(group: dict[str, Any]) -> bool:
    return group["Operator"] == "AND" and not any(isinstance(each, dict) and _is_group(each) for each in group["Operands"])


def _check_node(where: str, node: Any) -> None:
    _expect(isinstance(node, dict), where, "an object", node)
    operator, path = node.get("Operator"), node.get("ComparisonValue")
    _expect(isinstance(operator, str) and operator != "", f"{where}.Operator", "AND, OR or the name of a comparison", operator)
    if _is_group(node) or "Operands" in node:
        _expect(isinstance(node.get("Operands"), list), f"{where}.Operands", "a list", node.get("Operands"))
    if not _is_group(node):
        is_path = isinstance(path, str) and path.startswith("$.")
        _expect(is_path, f"{where}.ComparisonValue", "a path that starts with $.", path)
    _expect(isinstance(node.get("Negate", False), bool), f"{where}.Negate", "true or false", node.get("Negate"))
    if "FilterClause" in node:
        _check_filter_clause(f"{where}.FilterClause", node["FilterClause"])


def _check_filter_clause(where: str, clause: Any) -> None:
    _expect(isinstance(clause, dict), where, "an object", clause)
    operator, filters = clause.get("LogicOperator"), clause.get("Filters")
    _expect(operator == "AND", f"{where}.LogicOperator", "AND", operator)
    is_list = isinstance(filters, list) and all(isinstance(each, dict) and "Type" in each for each in filters)
    _expect(is_list, f"{where}.Filters", "a list of objects with a Type", filters)


def _expect(fits: bool, where: str, expected: str, value: Any) -> None:
    if not fits:
        raise InvalidRequestException(f"Invalid Function: {where} must be {expected}, got {brief(value)}")
