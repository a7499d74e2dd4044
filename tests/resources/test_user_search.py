"""SearchUsers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
MakeUser = Callable[..., str]


@pytest.fixture
def groups(act: Act) -> dict[str, str]:
    """The ids of the group Lisbon and of one below it."""
    levels = {"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Floor"}}
    act("update_user_hierarchy_structure", HierarchyStructure=levels)
    site = act("create_user_hierarchy_group", Name="Lisbon")["HierarchyGroupId"]
    return {
        "site": site,
        "floor": act("create_user_hierarchy_group", Name="First floor", ParentGroupId=site)["HierarchyGroupId"],
    }


@pytest.fixture(autouse=True)
def people(act: Act, make_user: MakeUser, groups: dict[str, str], profile_ids: dict[str, str]) -> dict[str, str]:
    """Three users, with their ids by name."""
    act("create_predefined_attribute", Name="Drink", Values={"StringList": ["Tea", "Milk"]})
    named = {"FirstName": "Benjamin", "LastName": "Smith"}
    ids = {
        "ana": make_user("ana", Tags={"team": "red"}, HierarchyGroupId=groups["site"]),
        "ben": make_user("ben", IdentityInfo=named, SecurityProfileIds=[profile_ids["Agent"], profile_ids["Admin"]]),
        "eva": make_user("eva", Tags={"team": "red", "shift": "late"}, HierarchyGroupId=groups["floor"]),
    }
    for name, *skills in (("ana", ("Tea", 3), ("Milk", 1)), ("ben", ("Tea", 5))):
        proficiencies = [{"AttributeName": "Drink", "AttributeValue": value, "Level": level} for value, level in skills]
        act("associate_user_proficiencies", UserId=ids[name], UserProficiencies=proficiencies)
    return ids


@pytest.fixture
def found(act: Act) -> Callable[..., list[str]]:
    """The names of users that match criteria."""
    return lambda criteria=None, **search_filter: [
        each["Username"] for each in act("search_users", SearchCriteria=criteria or {}, SearchFilter=search_filter)["Users"]
    ]


def condition(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


def test_without_criteria_all_users_are_found(found: Any) -> None:
    assert found() == ["ana", "ben", "eva"]


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        (condition("Username", "an", "STARTS_WITH"), ["ana"]),
        (condition("FirstName", "jam", "CONTAINS"), ["ben"]),
        (condition("LastName", "Diaz"), ["ana", "eva"]),
        ({"AndConditions": [condition("LastName", "Diaz"), condition("Username", "eva")]}, ["eva"]),
        ({"OrConditions": [condition("LastName", "Smith"), condition("Username", "eva")]}, ["ben", "eva"]),
    ],
    ids=str,
)
def test_users_are_found_by_their_names(found: Any, criteria: Any, names: list[str]) -> None:
    assert found(criteria) == names


def test_users_are_found_by_their_ids_and_profiles(found: Any, people: dict[str, str], profile_ids: dict[str, str]) -> None:
    assert found(condition("resourceId", people["ben"])) == ["ben"]
    assert found(condition("SecurityProfileId", profile_ids["Admin"])) == ["ben"]
    assert found(condition("SecurityProfileId", profile_ids["Agent"])) == ["ana", "ben", "eva"]
    assert found(condition("RoutingProfileId", profile_ids["Basic Routing Profile"])) == ["ana", "ben", "eva"]
    assert found(condition("RoutingProfileId", people["ben"])) == []


def test_an_unknown_field_is_refused(found: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        found(condition("Email", "x"))
    assert "Username, FirstName, LastName, RoutingProfileId, SecurityProfileId, resourceId" in refusal.message


def test_a_search_shows_users_with_their_names_and_tags(act: Act, people: dict[str, str]) -> None:
    user = act("search_users", SearchCriteria=condition("Username", "eva"))["Users"][0]
    described = act("describe_user", UserId=people["eva"])["User"]
    same = ("Id", "Arn", "Username", "IdentityInfo", "Tags", "HierarchyGroupId", "RoutingProfileId", "DirectoryUserId")
    assert {name: user[name] for name in same} == {name: described[name] for name in same}


def test_a_search_shows_of_identity_information_the_names_alone(act: Act, people: dict[str, str]) -> None:
    identity = {"FirstName": "Eva", "LastName": "Diaz", "Email": "eva@example.com"}
    act("update_user_identity_info", UserId=people["eva"], IdentityInfo=identity)
    user = act("search_users", SearchCriteria=condition("Username", "eva"))["Users"][0]
    assert user["IdentityInfo"] == {"FirstName": "Eva", "LastName": "Diaz"}


def test_a_search_counts_all_that_it_finds(act: Act) -> None:
    answer = act("search_users", SearchCriteria=condition("LastName", "Diaz"), MaxResults=1)
    assert (len(answer["Users"]), answer["ApproximateTotalCount"]) == (1, 2)


# --- proficiencies


def skill(*conditions: tuple[str, Any]) -> dict[str, Any]:
    return {
        "ListCondition": {
            "TargetListType": "PROFICIENCIES",
            "Conditions": [{f"{kind}Condition": members} for kind, members in conditions],
        }
    }


def text(field: str, value: str) -> tuple[str, Any]:
    return ("String", {"FieldName": field, "Value": value, "ComparisonType": "EXACT"})


def level(comparison: str, **bounds: int) -> tuple[str, Any]:
    return ("Number", {"FieldName": "limit", "ComparisonType": comparison, **bounds})


TEA = text("value", "Tea")


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        (skill(text("name", "Drink")), ["ana", "ben"]),
        (skill(text("value", "Milk")), ["ana"]),
        (skill(TEA, level("GREATER_OR_EQUAL", MinValue=3)), ["ana", "ben"]),
        (skill(TEA, level("GREATER", MinValue=3)), ["ben"]),
        (skill(TEA, level("LESSER_OR_EQUAL", MaxValue=3)), ["ana"]),
        (skill(TEA, level("LESSER", MaxValue=3)), []),
        (skill(TEA, level("EQUAL", MinValue=5)), ["ben"]),
        (skill(TEA, level("EQUAL", MaxValue=5)), ["ben"]),
        (skill(TEA, level("NOT_EQUAL", MinValue=5)), ["ana"]),
        (skill(level("RANGE", MinValue=1, MaxValue=2)), ["ana"]),
        (skill(TEA, level("RANGE", MinValue=1, MaxValue=2)), []),
        ({"AndConditions": [skill(TEA), condition("Username", "ben")]}, ["ben"]),
    ],
    ids=str,
)
def test_users_are_found_by_one_of_their_proficiencies(found: Any, criteria: Any, names: list[str]) -> None:
    assert found(criteria) == names


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        (skill(text("level", "3")), "FieldName must be one of name, value, got 'level'"),
        (skill(("Number", {"FieldName": "level", "MinValue": 3})), "FieldName of a NumberCondition must be limit"),
        (skill(level("RANGE", MinValue=1)), "a NumberCondition of type RANGE needs MaxValue"),
    ],
    ids=str,
)
def test_a_condition_on_proficiencies_that_makes_no_sense_is_refused(
    found: Any, criteria: Any, message: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        found(criteria)
    assert message in refusal.message


# --- hierarchy groups


@pytest.mark.parametrize(
    ("group", "match", "names"),
    [
        ("site", "EXACT", ["ana"]),
        ("site", "WITH_CHILD_GROUPS", ["ana", "eva"]),
        ("floor", "WITH_CHILD_GROUPS", ["eva"]),
    ],
)
def test_users_are_found_by_their_hierarchy_group(
    found: Any, groups: dict[str, str], group: str, match: str, names: list[str]
) -> None:
    in_group = {"HierarchyGroupCondition": {"Value": groups[group], "HierarchyGroupMatchType": match}}
    assert found(in_group) == found(UserAttributeFilter=in_group) == names
    assert found(UserAttributeFilter={"AndCondition": in_group}) == names


# --- filters

RED, LATE = {"TagKey": "team", "TagValue": "red"}, {"TagKey": "shift"}


@pytest.mark.parametrize(
    ("search_filter", "names"),
    [
        ({"TagFilter": {"TagCondition": RED}}, ["ana", "eva"]),
        ({"TagFilter": {"AndConditions": [RED, LATE]}}, ["eva"]),
        ({"UserAttributeFilter": {"TagCondition": LATE}}, ["eva"]),
        ({"UserAttributeFilter": {"AndCondition": {"TagConditions": [RED, LATE]}}}, ["eva"]),
        ({"UserAttributeFilter": {"OrConditions": [{"TagConditions": [RED]}, {"TagConditions": [LATE]}]}}, ["ana", "eva"]),
    ],
    ids=str,
)
def test_users_are_filtered_by_their_tags(found: Any, search_filter: Any, names: list[str]) -> None:
    assert found(**search_filter) == names


def test_tags_and_hierarchy_groups_are_joined(found: Any, groups: dict[str, str]) -> None:
    in_group = {"Value": groups["site"], "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}
    both = {"TagConditions": [LATE], "HierarchyGroupCondition": in_group}
    assert found(UserAttributeFilter={"AndCondition": both}) == ["eva"]
    assert found(UserAttributeFilter={"OrConditions": [both]}) == ["eva"]


def test_criteria_and_filter_both_hold(found: Any) -> None:
    assert found(condition("Username", "ana"), TagFilter={"TagCondition": LATE}) == []


def test_one_kind_of_filter_is_given_at_most(found: Any, refused: Any) -> None:
    with refused("AccessDeniedException") as refusal:
        found(TagFilter={"TagCondition": RED}, UserAttributeFilter={"TagCondition": LATE})
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ([{"TagConditions": [RED] * 13}] * 2, "25 tag conditions, got 26"),
        ([{"HierarchyGroupCondition": {"Value": "x"}}] * 21, "20 hierarchy group conditions, got 21"),
    ],
    ids=["tags", "groups"],
)
def test_a_filter_has_no_more_conditions_than_allowed(found: Any, conditions: Any, message: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        found(UserAttributeFilter={"OrConditions": conditions})
    assert message in refusal.message
