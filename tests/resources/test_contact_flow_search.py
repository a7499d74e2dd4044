"""SearchContactFlows: criteria, filters, counts and pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.amazon_connect(empty_instances=True)

FLOWS: list[dict[str, Any]] = [
    {"Name": "Inbound", "Type": "CONTACT_FLOW", "Description": "Front door", "Tags": {"team": "voice", "stage": "live"}},
    {"Name": "Inbound chat", "Type": "CONTACT_FLOW", "Description": "Web site", "Tags": {"team": "chat", "stage": "live"}},
    {"Name": "Hold", "Type": "CUSTOMER_HOLD", "Description": "Music", "Tags": {"team": "voice"}},
    {"Name": "Next hold", "Type": "CUSTOMER_HOLD", "Status": "SAVED"},
    {"Name": "Old", "Type": "CUSTOMER_QUEUE", "Description": "The front door of before"},
]
EVERYTHING = [each["Name"] for each in FLOWS]
HOLD = (
    '{"Version": "2019-10-30", "StartAction": "play", "Actions": [{"Identifier": "play", '
    '"Type": "MessageParticipantIteratively", "Parameters": {"Messages": [{"Text": "Please hold"}]}, "Transitions": {}}]}'
)
"""What can be published as a hold flow."""


@pytest.fixture(autouse=True)
def flows(client: Any, instance_id: str, content: Any) -> None:
    """The flows above; the last one is archived."""
    for each in FLOWS:
        published = HOLD if each["Name"] == "Hold" else content()
        made = client.create_contact_flow(InstanceId=instance_id, Content=published, **each)["ContactFlowId"]
    client.update_contact_flow_metadata(InstanceId=instance_id, ContactFlowId=made, ContactFlowState="ARCHIVED")


@pytest.fixture
def search(client: Any, instance_id: str) -> Callable[..., list[str]]:
    """The names that a search finds: `search(criteria, filter)`."""

    def names(criteria: Any = None, search_filter: Any = None) -> list[str]:
        asked = {"SearchCriteria": criteria, "SearchFilter": search_filter}
        found = client.search_contact_flows(InstanceId=instance_id, **{key: value for key, value in asked.items() if value})
        assert found["ApproximateTotalCount"] == len(found["ContactFlows"])
        return [each["Name"] for each in found["ContactFlows"]]

    return names


def string(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


def tag(key: str, value: str | None = None) -> dict[str, str]:
    return {"TagKey": key} | ({} if value is None else {"TagValue": value})


def test_a_search_without_criteria_finds_everything(search: Any) -> None:
    assert search() == EVERYTHING


def test_a_search_shows_flows_as_describe_does(client: Any, instance_id: str) -> None:
    found = client.search_contact_flows(InstanceId=instance_id, SearchCriteria=string("name", "Inbound"))["ContactFlows"]
    described = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=found[0]["Id"])["ContactFlow"]
    assert found == [described]


def test_a_search_shows_the_draft_of_what_was_never_published(client: Any, instance_id: str, content: Any) -> None:
    (found,) = client.search_contact_flows(InstanceId=instance_id, SearchCriteria={"StatusCondition": "SAVED"})["ContactFlows"]
    assert (found["Name"], found["Content"], found["Status"]) == ("Next hold", content(), "SAVED")


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (string("name", "Inbound"), ["Inbound"]),
        (string("name", "inbound"), ["Inbound"]),
        (string("name", "bound"), []),
        (string("name", "in", "STARTS_WITH"), ["Inbound", "Inbound chat"]),
        (string("name", "hold", "STARTS_WITH"), ["Hold"]),
        (string("name", "hold", "CONTAINS"), ["Hold", "Next hold"]),
        (string("description", "Front door"), ["Inbound"]),
        (string("description", "front door", "CONTAINS"), ["Inbound", "Old"]),
        ({"StringCondition": {"FieldName": "name", "Value": "Hold"}}, ["Hold"]),
        ({"TypeCondition": "CUSTOMER_HOLD"}, ["Hold", "Next hold"]),
        ({"StateCondition": "ARCHIVED"}, ["Old"]),
        ({"StateCondition": "ACTIVE"}, EVERYTHING[:-1]),
        ({"StatusCondition": "SAVED"}, ["Next hold"]),
        ({"StatusCondition": "PUBLISHED"}, ["Inbound", "Inbound chat", "Hold", "Old"]),
    ],
)
def test_one_condition_finds_what_it_says(search: Any, criteria: Any, expected: list[str]) -> None:
    assert search(criteria) == expected


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"OrConditions": [string("name", "Hold"), {"StateCondition": "ARCHIVED"}]}, ["Hold", "Old"]),
        ({"AndConditions": [{"TypeCondition": "CUSTOMER_HOLD"}, {"StatusCondition": "SAVED"}]}, ["Next hold"]),
        (
            {
                "OrConditions": [
                    {"AndConditions": [{"TypeCondition": "CUSTOMER_HOLD"}, {"StatusCondition": "PUBLISHED"}]},
                    {"AndConditions": [string("name", "in", "STARTS_WITH"), string("description", "Web", "STARTS_WITH")]},
                ]
            },
            ["Inbound chat", "Hold"],
        ),
        (
            {
                "AndConditions": [
                    {"OrConditions": [{"TypeCondition": "CUSTOMER_HOLD"}, {"TypeCondition": "CUSTOMER_QUEUE"}]},
                    {"OrConditions": [{"StatusCondition": "SAVED"}, {"StateCondition": "ARCHIVED"}]},
                ]
            },
            ["Next hold", "Old"],
        ),
        ({"OrConditions": []}, EVERYTHING),
        ({"AndConditions": [{}]}, EVERYTHING),
    ],
)
def test_conditions_are_joined_by_or_and_and_at_any_depth(search: Any, criteria: Any, expected: list[str]) -> None:
    assert search(criteria) == expected


@pytest.mark.parametrize("nesting", ["OrConditions", "AndConditions"])
@pytest.mark.parametrize("field", ["Name", "type", "resourceID", ""])
def test_an_unknown_field_is_refused_wherever_it_stands(search: Any, nesting: str, field: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search({nesting: [{"TypeCondition": "CUSTOMER_HOLD"}, {nesting: [string(field, "Inbound")]}]})
    assert refusal.message == f"SearchCriteria: FieldName must be one of name, description, got {field!r}"


def test_a_node_holds_one_thing(search: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search({"OrConditions": [{"StateCondition": "ACTIVE", "TypeCondition": "CUSTOMER_HOLD"}]})
    assert refusal.message == "SearchCriteria: one node holds only one of StateCondition, TypeCondition"


@pytest.mark.parametrize(
    "criteria",
    [{"TypeCondition": "HOLD"}, {"StateCondition": "GONE"}, {"StatusCondition": "NEW"}, string("name", "Inbound", "LIKE")],
)
def test_a_value_that_does_not_exist_is_refused(search: Any, criteria: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search({"OrConditions": [criteria]})
    assert "SearchCriteria.OrConditions[0]" in refusal.message


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"TagCondition": tag("team", "voice")}, ["Inbound", "Hold"]),
        ({"TagCondition": tag("stage")}, ["Inbound", "Inbound chat"]),
        ({"TagCondition": tag("team", "Voice")}, []),
        ({"AndConditions": [tag("team", "voice"), tag("stage", "live")]}, ["Inbound"]),
        ({"OrConditions": [[tag("team", "chat")], [tag("team", "voice"), tag("stage", "live")]]}, ["Inbound", "Inbound chat"]),
    ],
)
def test_a_tag_filter_leaves_the_flows_with_such_tags(search: Any, tags: Any, expected: list[str]) -> None:
    assert search(None, {"TagFilter": tags}) == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"TagCondition": tag("team", "voice")}, ["Inbound", "Hold"]),
        ({"ContactFlowTypeCondition": {"ContactFlowType": "CUSTOMER_HOLD"}}, ["Hold", "Next hold"]),
        (
            {
                "AndCondition": {
                    "TagConditions": [tag("team", "voice")],
                    "ContactFlowTypeCondition": {"ContactFlowType": "CUSTOMER_HOLD"},
                }
            },
            ["Hold"],
        ),
        ({"AndCondition": {"TagConditions": [tag("team", "voice"), tag("stage", "live")]}}, ["Inbound"]),
        (
            {
                "OrConditions": [
                    {"TagConditions": [tag("team", "chat")]},
                    {"ContactFlowTypeCondition": {"ContactFlowType": "CUSTOMER_QUEUE"}},
                ]
            },
            ["Inbound chat", "Old"],
        ),
    ],
)
def test_an_attribute_filter_looks_at_tags_and_types(search: Any, attributes: Any, expected: list[str]) -> None:
    assert search(None, {"FlowAttributeFilter": attributes}) == expected


@pytest.mark.parametrize(
    "search_filter",
    [
        {"TagFilter": {"TagCondition": tag("team"), "AndConditions": [tag("stage")]}},
        {"FlowAttributeFilter": {"TagCondition": tag("team"), "AndCondition": {"TagConditions": [tag("stage")]}}},
    ],
)
def test_a_filter_holds_one_thing(search: Any, search_filter: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search(None, search_filter)
    assert "only one of And" in refusal.message


def test_both_filters_and_the_criteria_have_to_agree(search: Any) -> None:
    filters = {
        "TagFilter": {"TagCondition": tag("team", "voice")},
        "FlowAttributeFilter": {"TagCondition": tag("stage", "live")},
    }
    assert search(string("name", "in", "STARTS_WITH"), filters) == ["Inbound"]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_count_is_of_all_matches_and_not_of_a_page(client: Any, instance_id: str) -> None:
    criteria = string("name", "in", "STARTS_WITH")
    page = client.search_contact_flows(InstanceId=instance_id, SearchCriteria=criteria, MaxResults=1)
    assert (len(page["ContactFlows"]), page["ApproximateTotalCount"]) == (1, 2)


def test_pages_together_are_the_whole(client: Any, instance_id: str) -> None:
    pages = client.get_paginator("search_contact_flows").paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 2})
    found = [[each["Name"] for each in page["ContactFlows"]] for page in pages]
    assert found == [EVERYTHING[:2], EVERYTHING[2:4], EVERYTHING[4:]]


def test_a_page_has_at_most_100_flows(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.search_contact_flows(InstanceId=instance_id, MaxResults=101)
    assert "MaxResults must be 1 to 100, got 101" in refusal.message


def test_a_token_goes_on_with_the_same_search_only(client: Any, instance_id: str, refused: Any) -> None:
    token = client.search_contact_flows(InstanceId=instance_id, MaxResults=1)["NextToken"]
    with refused("InvalidParameterException") as refusal:
        client.search_contact_flows(
            InstanceId=instance_id, MaxResults=1, NextToken=token, SearchCriteria={"TypeCondition": "CUSTOMER_HOLD"}
        )
    assert "NextToken" in refusal.message
