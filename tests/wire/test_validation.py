"""What shapes demand of a value, and the sentence that says what is wrong: where it is, what would do, and what was given."""

from __future__ import annotations

from typing import Any

import pytest

from connect_mock.dispatch import service
from connect_mock.errors import InvalidMember
from connect_mock.parsing import SCALARS, Parsers
from connect_mock.validation import checker
from tests.wire.http import made_up, refusal

SHAPES: dict[str, Any] = {
    "Input": {
        "type": "structure",
        "required": ["Name"],
        "members": {
            "Name": {"shape": "Name"},
            "Colour": {"shape": "Colour"},
            "Size": {"shape": "Size"},
            "Share": {"shape": "Share"},
            "Depth": {"shape": "Depth"},
            "Weight": {"shape": "Weight"},
            "Code": {"shape": "Code"},
            "Odd": {"shape": "Odd"},
            "Optional": {"shape": "OptionalCode"},
            "Names": {"shape": "Names"},
            "Labels": {"shape": "Labels"},
            "Bytes": {"shape": "Bytes"},
            "Parts": {"shape": "Parts"},
            "Tree": {"shape": "Tree"},
            "Free": {"shape": "Free"},
        },
    },
    "Name": {"type": "string", "min": 1, "max": 5},
    "Colour": {"type": "string", "enum": ["RED", "BLUE"]},
    "Size": {"type": "integer", "min": 1, "max": 10},
    "Share": {"type": "integer", "min": 0, "max": 100},
    "Depth": {"type": "long", "min": 0},
    "Weight": {"type": "double", "max": 2.5},
    "Code": {"type": "string", "pattern": "[a-z]+"},
    "Odd": {"type": "string", "pattern": "(unclosed"},
    "OptionalCode": {"type": "string", "pattern": "[a-z]+", "min": 0},
    "Names": {"type": "list", "member": {"shape": "Name"}, "min": 1, "max": 2},
    "Labels": {"type": "map", "key": {"shape": "Name"}, "value": {"shape": "Code"}, "max": 2},
    "Bytes": {"type": "blob", "max": 3},
    "Parts": {"type": "list", "member": {"shape": "Part"}},
    "Part": {"type": "structure", "required": ["Id"], "members": {"Id": {"shape": "Name"}, "Labels": {"shape": "Labels"}}},
    "Tree": {"type": "structure", "members": {"Branches": {"shape": "Trees"}, "Leaf": {"shape": "Colour"}}},
    "Trees": {"type": "list", "member": {"shape": "Tree"}},
    "Free": {"type": "string"},
}


def complaint(name: str, value: Any) -> str | None:
    """What is said of a value for the shape; None when nothing is wrong."""
    shape = made_up(SHAPES).shape_for(name)
    try:
        check = checker(shape, {})
        parsed = Parsers(SCALARS).of(shape)(value)
        if check:
            check(parsed)
    except InvalidMember as problem:
        return str(problem)
    return None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Name must be given, got None"),
        ({"Name": 5}, "Name must be a string, got 5"),
        ({"Name": ""}, "Name must be 1 to 5 characters long, got ''"),
        ({"Name": "abcdef"}, "Name must be 1 to 5 characters long, got 'abcdef'"),
        ({"Colour": "GREEN"}, "Colour must be one of RED, BLUE, got 'GREEN'"),
        ({"Colour": "red"}, "Colour must be one of RED, BLUE, got 'red'"),
        ({"Size": 0}, "Size must be 1 to 10, got 0"),
        ({"Size": 11}, "Size must be 1 to 10, got 11"),
        ({"Size": 2**40}, "Size must be an integer of 32 bits, got 1099511627776"),
        ({"Share": -1}, "Share must be 0 to 100, got -1"),
        ({"Depth": -1}, "Depth must be at least 0, got -1"),
        ({"Weight": 2.6}, "Weight must be at most 2.5, got 2.6"),
        ({"Weight": "2"}, "Weight must be a number, got '2'"),
        ({"Code": "A1"}, "Code must be text that matches [a-z]+, got 'A1'"),
        ({"Code": "abc\n"}, "Code must be text that matches [a-z]+, got 'abc\\n'"),
        ({"Names": []}, "Names must be 1 to 2 items long, got []"),
        ({"Names": ["a", ""]}, "Names[1] must be 1 to 5 characters long, got ''"),
        ({"Names": "a"}, "Names must be a list, got 'a'"),
        ({"Names": [None]}, "Names[0] must be a string, got None"),
        (
            {"Labels": {"a": "b", "c": "d", "e": "f"}},
            "Labels must be at most 2 entries long, got {'a': 'b', 'c': 'd', 'e': 'f'}",
        ),
        ({"Labels": {"a": "B"}}, "Labels.a must be text that matches [a-z]+, got 'B'"),
        ({"Labels": {"toolong": "b"}}, "Labels.toolong must be 1 to 5 characters long, got 'toolong'"),
        ({"Labels": []}, "Labels must be an object, got []"),
        ({"Bytes": "YWJjZA=="}, "Bytes must be at most 3 bytes long, got b'abcd'"),
        ({"Bytes": "abc"}, "Bytes must be base64, got 'abc'"),
        ({"Parts": [{"Id": "a"}, {}]}, "Parts[1].Id must be given, got None"),
        ({"Parts": [{"Id": "a", "Labels": {"x": "?"}}]}, "Parts[0].Labels.x must be text that matches [a-z]+, got '?'"),
        ({"Parts": ["a"]}, "Parts[0] must be an object, got 'a'"),
        (
            {"Tree": {"Branches": [{}, {"Branches": [{"Leaf": "OAK"}]}]}},
            "Tree.Branches[1].Branches[0].Leaf must be one of RED, BLUE, got 'OAK'",
        ),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(given: dict[str, Any], said: str) -> None:
    assert complaint("Input", ({} if given == {} else {"Name": "a"}) | given) == f"Invalid parameter: {said}"


def test_a_list_that_is_too_long_is_told_as_the_service_does() -> None:
    assert complaint("Input", {"Name": "a", "Names": ["a", "b", "c"]}) == "Names must include at most 2 items"


@pytest.mark.parametrize(
    "given",
    [
        {"Name": "abcde"},
        {"Colour": "BLUE"},
        {"Size": 10},
        {"Share": 0},
        {"Weight": -1e9},
        {"Code": "abc"},
        {"Odd": "no pattern that Python can read is held against anything"},
        {"Optional": ""},
        {"Names": ["a", "b"]},
        {"Labels": {}},
        {"Bytes": "YWJj"},
        {"Parts": []},
        {"Tree": {"Branches": [{"Branches": [{"Leaf": "RED"}]}]}},
        {"Free": "x" * 10_000},
    ],
    ids=lambda given: str(given)[:40],
)
def test_nothing_is_said_of_what_is_right(given: dict[str, Any]) -> None:
    assert complaint("Input", {"Name": "a"} | given) is None


def test_a_long_value_is_cut_in_the_message() -> None:
    said = complaint("Input", {"Name": "x" * 10_000})
    assert said == f"Invalid parameter: Name must be 1 to 5 characters long, got '{'x' * 99}... (10002 characters)"


def test_a_shape_that_demands_nothing_has_no_check() -> None:
    assert checker(made_up(SHAPES).shape_for("Free"), {}) is None


@pytest.mark.parametrize(("shape", "member"), [("UpdateTaskTemplateRequest", "Status")])
def test_a_member_that_only_the_service_requires_is_required(shape: str, member: str) -> None:
    model = service("connect").model.shape_for(shape)
    check = checker(model, {})
    assert check
    with pytest.raises(InvalidMember, match=f"{member} must be given"):
        check(dict.fromkeys(model.required_members, "x"))


@pytest.mark.amazon_connect(empty_instances=True)
def test_a_refusal_names_the_member_the_value_and_what_would_do(flows: str, flow: dict[str, Any]) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=flow | {"Status": "HALF"})
    assert message == "Invalid parameter: Status must be one of PUBLISHED, SAVED, got 'HALF'"
