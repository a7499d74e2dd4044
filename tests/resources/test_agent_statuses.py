"""Agent statuses: create, describe, list, search, update."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def make(act: Act) -> Callable[..., str]:
    """Makes an agent status and gives its id."""
    return lambda name, **members: str(
        act("create_agent_status", **{"Name": name, "State": "ENABLED"} | members)["AgentStatusId"]
    )


@pytest.fixture
def lunch_id(make: Any) -> str:
    return str(make("Lunch", Description="Away", DisplayOrder=7, Tags={"paid": "no"}))


@pytest.fixture
def described(act: Act) -> Callable[[str], dict[str, Any]]:
    """An agent status as DescribeAgentStatus shows it."""
    return lambda status_id: dict(act("describe_agent_status", AgentStatusId=status_id)["AgentStatus"])


@pytest.fixture
def ids(act: Act) -> dict[str, str]:
    """The ids of the statuses that the instance came with, by name."""
    return {each["Name"]: each["Id"] for each in act("list_agent_statuses")["AgentStatusSummaryList"]}


def listed(act: Act, **filters: Any) -> list[str]:
    return [each["Name"] for each in act("list_agent_statuses", **filters)["AgentStatusSummaryList"]]


def found(act: Act, **asked: Any) -> list[str]:
    return [each["Name"] for each in act("search_agent_statuses", **asked)["AgentStatuses"]]


def condition(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


def test_an_instance_comes_with_available_and_offline(ids: Any, described: Any) -> None:
    found = [described(each) for each in ids.values()]
    assert [(each["Name"], each["Type"], each["State"], each["DisplayOrder"]) for each in found] == [
        ("Available", "ROUTABLE", "ENABLED", 1),
        ("Offline", "OFFLINE", "ENABLED", 2),
    ]


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_has_no_statuses(act: Act) -> None:
    assert listed(act) == []


def test_a_new_status_is_described_as_it_was_created(lunch_id: str, described: Any) -> None:
    status = described(lunch_id)
    assert status["AgentStatusId"] == lunch_id
    assert (status["Name"], status["Description"], status["DisplayOrder"]) == ("Lunch", "Away", 7)
    assert (status["State"], status["Tags"]) == ("ENABLED", {"paid": "no"})


def test_a_new_status_is_custom(lunch_id: str, described: Any) -> None:
    assert described(lunch_id)["Type"] == "CUSTOM"


def test_a_status_without_an_order_has_none(make: Any, described: Any) -> None:
    assert "DisplayOrder" not in described(make("Lunch"))


def test_a_status_has_an_arn_below_its_instance(act: Act, instance_id: str) -> None:
    made = act("create_agent_status", Name="Lunch", State="DISABLED")
    assert made["AgentStatusARN"].endswith(f":instance/{instance_id}/agent-state/{made['AgentStatusId']}")


def test_a_status_is_described_by_its_arn(lunch_id: str, described: Any) -> None:
    assert described(described(lunch_id)["AgentStatusARN"])["Name"] == "Lunch"


@pytest.mark.parametrize("name", ["Lunch", "Available"])
def test_a_name_is_taken_once(make: Any, lunch_id: str, name: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        make(name)


def test_the_order_is_at_most_50(make: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        make("Lunch", DisplayOrder=51)
    assert "DisplayOrder must be 1 to 50" in refusal.message


@pytest.mark.amazon_connect(quotas={"agent_statuses": 3})
def test_there_are_as_many_statuses_as_the_quota_says(impatient_client: Any, instance_id: str, lunch_id: str) -> None:
    with pytest.raises(impatient_client.exceptions.LimitExceededException):
        impatient_client.create_agent_status(InstanceId=instance_id, Name="Training", State="ENABLED")


@pytest.mark.parametrize("operation", ["describe_agent_status", "update_agent_status"])
def test_a_status_that_does_not_exist_is_not_found(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act(operation, AgentStatusId=NO_ID)


# --- list


def test_a_disabled_status_is_listed(make: Any, act: Act) -> None:
    make("Lunch", State="DISABLED")
    assert listed(act) == ["Available", "Offline", "Lunch"]


@pytest.mark.parametrize(
    ("types", "names"), [(["CUSTOM"], ["Lunch"]), (["ROUTABLE", "OFFLINE"], ["Available", "Offline"])], ids=str
)
def test_statuses_are_listed_by_type(act: Act, lunch_id: str, types: list[str], names: list[str]) -> None:
    assert listed(act, AgentStatusTypes=types) == names


def test_a_list_says_of_each_status_what_it_is(act: Act, lunch_id: str, described: Any) -> None:
    summary = act("list_agent_statuses", AgentStatusTypes=["CUSTOM"])["AgentStatusSummaryList"][0]
    status = described(lunch_id)
    assert (summary["Id"], summary["Arn"]) == (lunch_id, status["AgentStatusARN"])
    assert summary["LastModifiedTime"] == status["LastModifiedTime"]


@pytest.mark.parametrize(
    ("operation", "member", "largest"),
    [("list_agent_statuses", "AgentStatusSummaryList", 1000), ("search_agent_statuses", "AgentStatuses", 100)],
)
def test_pages_are_as_large_as_asked_for_and_no_larger_than_allowed(
    act: Act, lunch_id: str, operation: str, member: str, largest: int, refused: Any
) -> None:
    first = act(operation, MaxResults=2)
    rest = act(operation, MaxResults=largest, NextToken=first["NextToken"])
    assert (len(first[member]), len(rest[member]), "NextToken" in rest) == (2, 1, False)
    with refused("InvalidParameterException"):
        act(operation, MaxResults=largest + 1)


# --- search


@pytest.mark.parametrize(
    ("field", "value", "comparison", "names"),
    [
        ("name", "lun", "STARTS_WITH", ["Lunch"]),
        ("description", "way", "CONTAINS", ["Lunch"]),
        ("state", "ENABLED", "EXACT", ["Available", "Offline", "Lunch"]),
        ("state", "DISABLED", "EXACT", []),
        ("type", "OFFLINE", "EXACT", ["Offline"]),
        ("displayOrder", "7", "EXACT", ["Lunch"]),
    ],
)
def test_statuses_are_found_by_each_field(
    act: Act, lunch_id: str, field: str, value: str, comparison: str, names: list[str]
) -> None:
    assert found(act, SearchCriteria=condition(field, value, comparison)) == names


def test_a_status_is_found_by_its_id(act: Act, lunch_id: str) -> None:
    assert found(act, SearchCriteria=condition("resourceID", lunch_id)) == ["Lunch"]


def test_a_status_is_found_by_its_tags(act: Act, lunch_id: str) -> None:
    tagged = {"AttributeFilter": {"TagCondition": {"TagKey": "paid", "TagValue": "no"}}}
    assert found(act, SearchFilter=tagged) == ["Lunch"]


def test_an_unknown_field_is_refused(act: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("search_agent_statuses", SearchCriteria=condition("colour", "red"))
    assert "FieldName must be one of name, description, state, type, displayOrder, resourceID" in refusal.message


def test_a_search_counts_all_that_it_finds(act: Act, lunch_id: str) -> None:
    assert act("search_agent_statuses", MaxResults=1)["ApproximateTotalCount"] == 3


# --- update


@pytest.mark.parametrize(
    "change", [{"Name": "Break"}, {"Description": ""}, {"State": "DISABLED"}, {"DisplayOrder": 50}], ids=str
)
def test_an_update_changes_what_it_names_and_no_more(
    act: Act, lunch_id: str, described: Any, change: dict[str, Any], amazon_connect: Any
) -> None:
    before = described(lunch_id)
    amazon_connect.clock.advance(60)
    act("update_agent_status", AgentStatusId=lunch_id, **change)
    after = described(lunch_id)
    assert after.pop("LastModifiedTime") > before.pop("LastModifiedTime")
    assert after == before | change


def test_the_order_can_be_taken_away(act: Act, lunch_id: str, described: Any) -> None:
    act("update_agent_status", AgentStatusId=lunch_id, ResetOrderNumber=True)
    assert "DisplayOrder" not in described(lunch_id)


def test_an_order_is_not_taken_away_and_given_at_once(act: Act, lunch_id: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        act("update_agent_status", AgentStatusId=lunch_id, ResetOrderNumber=True, DisplayOrder=3)


def test_an_update_does_not_take_the_name_of_another(act: Act, lunch_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        act("update_agent_status", AgentStatusId=lunch_id, Name="Offline", ResetOrderNumber=True)


def test_a_status_that_came_with_the_instance_can_be_renamed(act: Act, ids: Any) -> None:
    act("update_agent_status", AgentStatusId=ids["Available"], Name="Ready")
    assert listed(act) == ["Ready", "Offline"]


def test_tags_of_statuses_are_known_as_those_of_agent_states(act: Act, lunch_id: str) -> None:
    assert act("search_resource_tags", ResourceTypes=["agent-state"])["Tags"] == [{"key": "paid", "value": "no"}]
