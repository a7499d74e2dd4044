"""SearchCriteria and tag filters, over resources that are nothing but what is searched."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_mock.collection import Collection
from connect_mock.errors import InvalidParameterException
from connect_mock.resource import NamedResource
from connect_mock.search import Search, all_of, any_of, tag_filter


@dataclass(kw_only=True, slots=True, eq=False)
class Pot(NamedResource):
    kind: str = "CLAY"


class Place:
    """Something that resources belong to."""

    arn_prefix = "arn:aws:made-up:us-east-1:123456789012:"
    region_name = "us-east-1"


SEARCH = Search(
    fields={"name": attrgetter("name"), "description": attrgetter("description"), "tag": lambda pot: pot.tags.values()},
    conditions={"KindCondition": lambda kind: lambda pot: pot.kind == kind},
)

POTS: list[dict[str, Any]] = [
    {"name": "Blue pot", "tags": {"room": "kitchen", "age": "old"}},
    {"name": "blue vase", "description": "Straße", "tags": {"room": "hall"}, "kind": "GLASS"},
    {"name": "Red pot", "description": "cracked", "tags": {"Room": "kitchen"}},
    {"name": "Green", "kind": "GLASS"},
]


@pytest.fixture(scope="module")
def pots() -> Collection[Pot]:
    made = Collection(Pot, Place())
    for members in POTS:
        made.add(**members)
    return made


def name(value: str, comparison: str | None = None, field: str = "name") -> dict[str, Any]:
    """A condition on the name."""
    condition = {"FieldName": field, "Value": value}
    return {"StringCondition": condition | ({"ComparisonType": comparison} if comparison else {})}


def found(pots: Collection[Pot], criteria: Any = None, keep: Any = None) -> list[str]:
    return [pot.name for pot in SEARCH.over(pots, criteria, keep)]


BLUE_POT, BLUE_VASE, RED_POT, GREEN = EVERYTHING = [pot["name"] for pot in POTS]
BLUE = name("blue", "STARTS_WITH")
POT = name("pot", "CONTAINS")
GLASS = {"KindCondition": "GLASS"}

# --- one condition


@pytest.mark.parametrize("criteria", [None, {}])
def test_without_criteria_everything_is_found(pots: Collection[Pot], criteria: Any) -> None:
    assert found(pots, criteria) == EVERYTHING


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        (name("Blue", "STARTS_WITH"), [BLUE_POT, BLUE_VASE]),
        (name("pot", "STARTS_WITH"), []),
        (name("POT", "CONTAINS"), [BLUE_POT, RED_POT]),
        (name("", "CONTAINS"), EVERYTHING),
        (name("red pot", "EXACT"), [RED_POT]),
        (name("red", "EXACT"), []),
        (name("RED POT"), [RED_POT]),
        (name("STRASSE", field="description"), [BLUE_VASE]),
        (name("STRAßE", field="description"), [BLUE_VASE]),
        (name("", "CONTAINS", field="description"), [BLUE_VASE, RED_POT]),
        (name("kitchen", field="tag"), [BLUE_POT, RED_POT]),
        (name("o", "STARTS_WITH", field="tag"), [BLUE_POT]),
        (GLASS, [BLUE_VASE, GREEN]),
        ({"KindCondition": "glass"}, []),
    ],
    ids=str,
)
def test_a_condition_finds_what_it_says(pots: Collection[Pot], criteria: Any, names: list[str]) -> None:
    assert found(pots, criteria) == names


def test_an_unknown_field_is_refused_with_those_that_are_known(pots: Collection[Pot]) -> None:
    with pytest.raises(InvalidParameterException) as refusal:
        found(pots, name("x", field="colour"))
    assert refusal.value.message == "SearchCriteria: FieldName must be one of name, description, tag, got 'colour'"


@pytest.mark.parametrize("condition", [{}, {"Value": "x"}])
def test_a_condition_without_a_field_is_refused(pots: Collection[Pot], condition: Any) -> None:
    with pytest.raises(InvalidParameterException, match="FieldName must be one of name"):
        found(pots, {"StringCondition": condition})


def test_a_comparison_of_a_newer_model_is_refused(pots: Collection[Pot]) -> None:
    with pytest.raises(InvalidParameterException, match=r"ComparisonType must be one of .* got 'LIKE'"):
        found(pots, name("x", "LIKE"))


def test_a_condition_that_the_search_does_not_have_is_refused(pots: Collection[Pot]) -> None:
    with pytest.raises(InvalidParameterException, match="AgeCondition is not supported here"):
        found(pots, {"AgeCondition": 5})


# --- trees


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        ({"OrConditions": [BLUE, POT]}, [BLUE_POT, BLUE_VASE, RED_POT]),
        ({"AndConditions": [BLUE, POT]}, [BLUE_POT]),
        ({"AndConditions": [BLUE, GLASS]}, [BLUE_VASE]),
        ({"AndConditions": [BLUE]}, [BLUE_POT, BLUE_VASE]),
        ({"AndConditions": [BLUE, {"OrConditions": [GLASS, name("Red pot")]}]}, [BLUE_VASE]),
        ({"OrConditions": [name("Green"), {"AndConditions": [BLUE, GLASS]}]}, [BLUE_VASE, GREEN]),
        ({"OrConditions": []}, EVERYTHING),
        ({"AndConditions": []}, EVERYTHING),
        ({"OrConditions": [BLUE, {}]}, EVERYTHING),
        ({"AndConditions": [BLUE, {}]}, [BLUE_POT, BLUE_VASE]),
    ],
    ids=str,
)
def test_a_tree_is_or_and_and(pots: Collection[Pot], criteria: Any, names: list[str]) -> None:
    assert found(pots, criteria) == names


@pytest.mark.parametrize(
    "wrap", [lambda node: node, lambda node: {"OrConditions": [node]}, lambda node: {"AndConditions": [node]}]
)
def test_a_node_that_says_two_things_is_refused(pots: Collection[Pot], wrap: Any) -> None:
    with pytest.raises(InvalidParameterException) as refusal:
        found(pots, wrap({**BLUE, **GLASS}))
    assert refusal.value.message == "SearchCriteria: one node holds only one of KindCondition, StringCondition"


def test_a_tree_is_checked_though_nothing_is_searched() -> None:
    with pytest.raises(InvalidParameterException):
        SEARCH.over(Collection(Pot, Place()), {"AndConditions": [name("x", field="colour")]})


def test_a_search_sees_what_is_added_later(pots: Collection[Pot]) -> None:
    mine = Collection(Pot, Place())
    mine.add(name="first")
    assert found(mine, POT) == []
    mine.add(name="pot")
    assert found(mine, POT) == ["pot"]


def test_a_filter_is_asked_as_well(pots: Collection[Pot]) -> None:
    assert found(pots, BLUE, lambda pot: pot.kind == "GLASS") == [BLUE_VASE]


trees = st.recursive(
    st.sampled_from([BLUE, POT, GLASS, {}]),
    lambda inner: (
        st.fixed_dictionaries({"OrConditions": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"AndConditions": st.lists(inner, max_size=3)})
    ),
    max_leaves=8,
)


def holds(node: dict[str, Any], pot: Pot) -> bool:
    """What the tree means, said plainly: a node that says nothing holds for everything."""
    if "OrConditions" in node:
        return not node["OrConditions"] or any(holds(each, pot) for each in node["OrConditions"])
    if "AndConditions" in node:
        return all(holds(each, pot) for each in node["AndConditions"])
    meaning = {str(BLUE): pot.name.lower().startswith("blue"), str(POT): "pot" in pot.name.lower()}
    return (meaning | {str(GLASS): pot.kind == "GLASS", "{}": True})[str(node)]


@given(tree=trees)
def test_any_tree_finds_what_it_means(pots: Collection[Pot], tree: dict[str, Any]) -> None:
    assert found(pots, tree) == [pot.name for pot in pots if holds(tree, pot)]


# --- tags


def tag(key: str, value: str | None = None) -> dict[str, str]:
    """A condition on a tag."""
    return {"TagKey": key} | ({"TagValue": value} if value is not None else {})


@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        (None, EVERYTHING),
        ({}, EVERYTHING),
        ({"TagCondition": tag("room", "kitchen")}, [BLUE_POT]),
        ({"TagCondition": tag("room")}, [BLUE_POT, BLUE_VASE]),
        ({"TagCondition": tag("room", "Kitchen")}, []),
        ({"TagCondition": tag("Room")}, [RED_POT]),
        ({"TagCondition": tag("room", "")}, []),
        ({"AndConditions": [tag("room"), tag("age", "old")]}, [BLUE_POT]),
        ({"AndConditions": [tag("room", "hall")]}, [BLUE_VASE]),
        ({"AndConditions": []}, EVERYTHING),
        ({"OrConditions": [[tag("room", "hall")], [tag("Room")]]}, [BLUE_VASE, RED_POT]),
        ({"OrConditions": [[tag("room", "kitchen"), tag("age", "new")], [tag("room", "hall")]]}, [BLUE_VASE]),
        ({"OrConditions": []}, EVERYTHING),
    ],
    ids=str,
)
def test_a_tag_filter_keeps_what_it_says(pots: Collection[Pot], conditions: Any, names: list[str]) -> None:
    assert found(pots, None, tag_filter(conditions)) == names


def test_a_tag_filter_that_says_two_things_is_refused() -> None:
    with pytest.raises(InvalidParameterException) as refusal:
        tag_filter({"TagCondition": tag("room"), "AndConditions": [tag("age")]})
    assert refusal.value.message == "TagFilter: only one of AndConditions, TagCondition may be given"


def test_a_tag_filter_of_a_newer_model_is_refused() -> None:
    with pytest.raises(InvalidParameterException, match="TagFilter: NotCondition is not supported here"):
        tag_filter({"NotCondition": tag("room")})


# --- joining


def test_joining_nothing_keeps_everything() -> None:
    assert all_of([]) is any_of([]) is all_of([None, None]) is any_of([None]) is None


def test_joining_asks_all_or_any() -> None:
    even, large = lambda number: number % 2 == 0, lambda number: number > 5
    both, one = all_of([even, large, None]), any_of([even, large])
    assert both
    assert one
    assert [number for number in range(9) if both(number)] == [6, 8]
    assert [number for number in range(9) if one(number)] == [0, 2, 4, 6, 7, 8]
