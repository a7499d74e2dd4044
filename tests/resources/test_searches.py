"""What all searches share: criteria with alternatives, filters on tags, pages, and records like those of Describe."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore import xform_name

from tests.conftest import flow_content
from tests.resources.configuration import MEMBERS, NAMES, id_of, plural
from tests.resources.test_contact_flow_modules import module_content

Act = Callable[..., Any]

TEMPLATE = json.dumps({"Head": {"Title": "Page", "Configuration": {}}, "Body": [{"_id": "h", "Type": "Header", "Props": {}}]})
MORE_MEMBERS: dict[str, dict[str, Any]] = {
    "ContactFlow": {"Type": "CONTACT_FLOW", "Content": flow_content(), "Description": "Says hello"},
    "ContactFlowModule": {"Content": module_content(), "Description": "Greets"},
    "Prompt": {"S3Uri": "s3://prompts/hello.wav", "Description": "Hello"},
    "QuickConnect": {
        "QuickConnectConfig": {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}
    },
    "View": {"Status": "PUBLISHED", "Content": {"Actions": ["Next"], "Template": TEMPLATE}, "Description": "Welcomes"},
}
"""Beside what the state machine makes things with."""

KINDS = sorted({**MEMBERS, **MORE_MEMBERS}.keys() - {"PredefinedAttribute"})  # which has no tags
FIELDS = {"User": "Username"}
each_kind = pytest.mark.parametrize("kind", KINDS)

OTHERWISE = {
    "ContactFlowModule": {"State", "Status"},
    "RoutingProfile": {"AgentAvailabilityTimer", "LastModifiedTime", "LastModifiedRegion"},
    "User": {"IdentityInfo"},
}
"""Members that a search leaves out, shortens (documentation of SearchRoutingProfiles, UserIdentityInfoLite) or writes large,
which DescribeContactFlowModule does not (seen live).
"""


@pytest.fixture
def things(kind: str, act: Act, hours_id: str, queue_id: str, profile_ids: dict[str, str]) -> dict[str, str]:
    """Two things of the kind: their ids by name. Only the first is on floor 1, both are in the building."""
    act("update_user_hierarchy_structure", HierarchyStructure={"LevelOne": {"Name": "Site"}})
    references: dict[str, dict[str, Any]] = {
        "Queue": {"HoursOfOperationId": hours_id},
        "RoutingProfile": {"DefaultOutboundQueueId": queue_id},
        "User": {
            "RoutingProfileId": profile_ids["Basic Routing Profile"],
            "SecurityProfileIds": [profile_ids["Agent"]],
        },
    }
    members = MEMBERS.get(kind, {}) | MORE_MEMBERS.get(kind, {}) | references.get(kind, {})
    return {name: made(act, kind, name, floor, members) for name, floor in (("Alpha", "1"), ("Beta", "2"))}


def made(act: Act, kind: str, name: str, floor: str, members: dict[str, Any]) -> str:
    tags = {"floor": floor, "building": "north"}
    answer = act(xform_name(f"Create{kind}"), **{NAMES.get(kind, "Name"): name}, **members, Tags=tags)
    return str(answer.get("View", answer).get("Id") or answer[id_of(kind)])


@pytest.fixture
def search(kind: str, act: Act) -> Callable[..., Any]:
    """The answer of the search."""
    return lambda **asked: act(xform_name(f"Search{plural(kind)}"), **asked)


@pytest.fixture
def find(kind: str, search: Any, things: dict[str, str]) -> Callable[..., list[str]]:
    """The names of those of the two things that the search finds."""
    return lambda **asked: [
        name for name, id in things.items() if id in json.dumps(search(**asked)[plural(kind)], default=str)
    ]


def called(kind: str, name: str, comparison: str = "EXACT") -> dict[str, Any]:
    field = FIELDS.get(kind, "name")
    return {"StringCondition": {"FieldName": field, "Value": name, "ComparisonType": comparison}}


@each_kind
def test_a_search_takes_alternatives(kind: str, find: Any) -> None:
    assert find(SearchCriteria={"OrConditions": [called(kind, "Alpha"), called(kind, "Beta")]}) == ["Alpha", "Beta"]


@each_kind
def test_a_search_takes_several_conditions(kind: str, find: Any) -> None:
    criteria = [called(kind, "a", "CONTAINS"), called(kind, "B", "STARTS_WITH")]
    assert find(SearchCriteria={"AndConditions": criteria}) == ["Beta"]


@pytest.fixture
def filtered(kind: str, client: Any, find: Any) -> Callable[..., list[str]]:
    """The names of what is found by tags: `filtered("OrConditions", tag, tag)`."""
    operation = client.meta.service_model.operation_model(f"Search{plural(kind)}")
    form = "TagFilter" if "TagFilter" in operation.input_shape.members["SearchFilter"].members else "AttributeFilter"
    return lambda *tags: find(SearchFilter={form: FORMS[form](*tags)})


FORMS: dict[str, Callable[..., Any]] = {
    "TagFilter": lambda how, *tags: {
        "all": {"AndConditions": [*tags]},
        "any": {"OrConditions": [[each] for each in tags]},
        "one": {"TagCondition": tags[0]},
    }[how],
    "AttributeFilter": lambda how, *tags: {
        "all": {"AndCondition": {"TagConditions": [*tags]}},
        "any": {"OrConditions": [{"TagConditions": [each]} for each in tags]},
        "one": {"TagCondition": tags[0]},
    }[how],
}
"""The two ways in which searches are told of tags."""

FIRST, SECOND = {"TagKey": "floor", "TagValue": "1"}, {"TagKey": "floor", "TagValue": "2"}
NORTH = {"TagKey": "building", "TagValue": "north"}


@each_kind
def test_a_search_takes_a_tag(kind: str, filtered: Any) -> None:
    assert filtered("one", FIRST) == ["Alpha"]


@each_kind
def test_a_search_takes_a_tag_with_any_value(kind: str, filtered: Any) -> None:
    assert filtered("one", {"TagKey": "floor"}) == ["Alpha", "Beta"]


@each_kind
def test_a_search_takes_several_tags(kind: str, filtered: Any) -> None:
    assert filtered("all", NORTH, SECOND) == ["Beta"]


@each_kind
def test_a_search_takes_alternative_tags(kind: str, filtered: Any) -> None:
    assert filtered("any", FIRST, SECOND) == ["Alpha", "Beta"]


@each_kind
def test_a_search_has_pages_and_counts_what_is_on_others(kind: str, search: Any, things: dict[str, str]) -> None:
    asked = {"SearchCriteria": {"OrConditions": [called(kind, name) for name in things]}, "MaxResults": 1}
    first = search(**asked)
    second = search(**asked, NextToken=first["NextToken"])
    assert [id in json.dumps(page, default=str) for id, page in zip(things.values(), (first, second), strict=True)] == [
        True,
        True,
    ]
    assert first["ApproximateTotalCount"] == second["ApproximateTotalCount"] == 2
    assert "NextToken" not in second


@each_kind
def test_a_search_shows_a_thing_as_describe_does(
    kind: str, client: Any, act: Act, search: Any, things: dict[str, str]
) -> None:
    (row,) = search(SearchCriteria=called(kind, "Alpha"))[plural(kind)]
    described = act(xform_name(f"Describe{kind}"), **{id_of(kind): things["Alpha"]})
    shown = next(value for name, value in described.items() if name != "ResponseMetadata")
    output = client.meta.service_model.operation_model(f"Search{plural(kind)}").output_shape
    members = set(output.members[plural(kind)].member.members) & shown.keys() - OTHERWISE.get(kind, set())
    assert {name: row.get(name) for name in members} == {name: shown[name] for name in members}
