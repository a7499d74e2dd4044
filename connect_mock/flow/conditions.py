"""Conditions: whether the result of an action takes a branch.

Source: Amazon Connect developer guide, Flow language; the operators' names as the service accepts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from connect_mock.flow.references import text_of

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,6})?")


def holds(operator: Any, value: Any, operands: list[Any]) -> bool:
    """Whether the condition is true of `value`. Of a value that is missing none is; nor is an operator that is unknown."""
    if operator == "Exists":
        return value is not None
    test = OPERATORS.get(operator) if isinstance(operator, str) else None
    if test is None or value is None or len(operands) != 1 or operands[0] is None:
        return False
    return test(value, operands[0])


def _key_exists(value: Any, operand: Any) -> bool:
    """Accepted by the service and not documented: taken for a test of the names in an object."""
    return isinstance(value, Mapping) and text_of(operand) in value


def _text(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, operand: test(text_of(value), text_of(operand))


def _number(test: Callable[[Decimal, Decimal], bool]) -> Callable[[Any, Any], bool]:
    def compare(value: Any, operand: Any) -> bool:
        left, right = number_of(value), number_of(operand)
        return left is not None and right is not None and test(left, right)

    return compare


def number_of(value: Any) -> Decimal | None:
    """The number that `value` is or reads as; None when it is none."""
    text = text_of(value).strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": _text(str.__eq__),
    "TextStartsWith": _text(str.startswith),
    "TextEndsWith": _text(str.endswith),
    "TextContains": _text(str.__contains__),
    "NumberGreaterThan": _number(Decimal.__gt__),
    "NumberGreaterOrEqualTo": _number(Decimal.__ge__),
    "NumberLessThan": _number(Decimal.__lt__),
    "NumberLessOrEqualTo": _number(Decimal.__le__),
    "KeyExists": _key_exists,
}
"""All but Exists, each with a value that is there and one operand."""
