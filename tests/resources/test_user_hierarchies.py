"""The user hierarchy: its levels and its groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
NO_ID = "00000000-0000-4000-8000-000000000000"
LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")


def set_levels(act: Act, *names: str) -> None:
    levels = {level: {"Name": name} for level, name in zip(LEVELS, names, strict=False)}
    act("update_user_hierarchy_structure", HierarchyStructure=levels)


def structure(act: Act) -> dict[str, Any]:
    return dict(act("describe_user_hierarchy_structure")["HierarchyStructure"])


def level_names(act: Act) -> dict[str, str]:
    return {level: each["Name"] for level, each in structure(act).items()}


def group(act: Act, group_id: str) -> dict[str, Any]:
    return dict(act("describe_user_hierarchy_group", HierarchyGroupId=group_id)["HierarchyGroup"])


def listed(act: Act) -> list[str]:
    return [each["Name"] for each in act("list_user_hierarchy_groups")["UserHierarchyGroupSummaryList"]]


def found(act: Act, **asked: Any) -> list[str]:
    return [each["Name"] for each in act("search_user_hierarchy_groups", **asked)["UserHierarchyGroups"]]


def condition(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


@pytest.fixture
def levels(act: Act) -> None:
    """Three levels."""
    set_levels(act, "Site", "Floor", "Team")


@pytest.fixture
def make(act: Act) -> Callable[..., str]:
    """Makes a group and gives its id."""
    return lambda name, parent=None, **members: str(
        act("create_user_hierarchy_group", Name=name, **({"ParentGroupId": parent} if parent else {}), **members)[
            "HierarchyGroupId"
        ]
    )


@pytest.fixture
def site_id(levels: None, make: Any) -> str:
    return str(make("Lisbon", Tags={"country": "pt"}))


@pytest.fixture
def floor_id(site_id: str, make: Any) -> str:
    return str(make("First floor", site_id))


# --- structure


def test_a_new_instance_has_no_levels(act: Act) -> None:
    assert structure(act) == {}


def test_levels_are_described_with_their_numbers(act: Act, instance_id: str, levels: None) -> None:
    second = structure(act)["LevelTwo"]
    assert (second["Id"], second["Name"]) == ("2", "Floor")
    assert second["Arn"].endswith(f":instance/{instance_id}/agent-group-level/2")


def test_there_are_up_to_five_levels(act: Act) -> None:
    set_levels(act, "A", "B", "C", "D", "E")
    assert list(structure(act)) == list(LEVELS)


def test_a_level_is_renamed_and_others_are_added(act: Act, levels: None, amazon_connect: Any) -> None:
    before = structure(act)
    amazon_connect.clock.advance(60)
    set_levels(act, "Site", "Storey", "Team", "Desk")
    after = structure(act)
    assert level_names(act) == dict(zip(LEVELS, ("Site", "Storey", "Team", "Desk"), strict=False))
    assert after["LevelOne"] == before["LevelOne"]
    assert after["LevelTwo"]["LastModifiedTime"] > before["LevelTwo"]["LastModifiedTime"]


def test_levels_that_are_not_named_are_removed(act: Act, levels: None) -> None:
    set_levels(act, "Site")
    assert level_names(act) == {"LevelOne": "Site"}


def test_all_levels_are_removed(act: Act, levels: None) -> None:
    set_levels(act)
    assert structure(act) == {}


def test_a_level_that_was_removed_can_be_added_again(act: Act, levels: None) -> None:
    set_levels(act, "Site")
    set_levels(act, "Site", "Area", "Team")
    assert level_names(act) == {"LevelOne": "Site", "LevelTwo": "Area", "LevelThree": "Team"}


@pytest.mark.parametrize("remaining", [(), ("Place",)])
def test_a_level_with_groups_is_not_removed(act: Act, floor_id: str, remaining: tuple[str, ...], refused: Any) -> None:
    with refused("ResourceInUseException") as refusal:
        set_levels(act, *remaining)
    response = refusal.response
    assert (response["ResourceType"], response["ResourceId"]) == ("HIERARCHY_LEVEL", str(len(remaining) + 1))
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_no_level_is_left_out(act: Act, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act("update_user_hierarchy_structure", HierarchyStructure={"LevelTwo": {"Name": "Floor"}})
    assert refusal.message == "HierarchyStructure has LevelTwo without LevelOne"


@pytest.mark.parametrize("name", ["", "x" * 51])
def test_the_name_of_a_level_has_at_most_50_characters(act: Act, levels: None, name: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        set_levels(act, "Other", name)


# --- groups


def test_a_new_group_is_described_as_it_was_created(act: Act, instance_id: str, site_id: str) -> None:
    made = group(act, site_id)
    assert (made["Id"], made["Name"], made["LevelId"], made["Tags"]) == (site_id, "Lisbon", "1", {"country": "pt"})
    assert made["Arn"].endswith(f":instance/{instance_id}/agent-group/{site_id}")


def test_the_path_of_a_group_goes_from_the_first_level_to_the_group_itself(
    act: Act, site_id: str, floor_id: str, make: Any
) -> None:
    team = group(act, make("Sales", floor_id))
    assert team["LevelId"] == "3"
    assert {level: each["Id"] for level, each in team["HierarchyPath"].items()} == {
        "LevelOne": site_id,
        "LevelTwo": floor_id,
        "LevelThree": team["Id"],
    }
    assert team["HierarchyPath"]["LevelOne"]["Name"] == "Lisbon"


def test_a_path_shows_the_new_name_of_a_parent(act: Act, site_id: str, floor_id: str) -> None:
    act("update_user_hierarchy_group_name", HierarchyGroupId=site_id, Name="Porto")
    assert group(act, floor_id)["HierarchyPath"]["LevelOne"]["Name"] == "Porto"


def test_a_parent_is_named_by_id_or_arn(act: Act, site_id: str, make: Any) -> None:
    assert group(act, make("Attic", group(act, site_id)["Arn"]))["HierarchyPath"]["LevelOne"]["Id"] == site_id


def test_a_group_needs_a_parent_that_exists(levels: None, make: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        make("Sales", NO_ID)


def test_a_group_needs_a_level_to_be_on(make: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        make("Lisbon")
    assert "HierarchyLevel with id 1" in refusal.message


def test_a_group_is_not_deeper_than_the_levels(act: Act, floor_id: str, make: Any, refused: Any) -> None:
    set_levels(act, "Site", "Floor")
    with refused("ResourceNotFoundException") as refusal:
        make("Sales", floor_id)
    assert "HierarchyLevel with id 3" in refusal.message


def test_siblings_have_different_names(site_id: str, floor_id: str, make: Any, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        make("First floor", site_id)
    with refused("DuplicateResourceException"):
        make("Lisbon")


def test_groups_with_other_parents_can_have_the_same_name(act: Act, floor_id: str, make: Any) -> None:
    make("First floor", make("Porto"))
    assert listed(act).count("First floor") == 2


@pytest.mark.parametrize("name", ["", "x" * 101])
def test_the_name_of_a_group_has_at_most_100_characters(act: Act, site_id: str, make: Any, name: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        make(name)
    with refused("InvalidParameterException"):
        act("update_user_hierarchy_group_name", HierarchyGroupId=site_id, Name=name)


@pytest.mark.amazon_connect(quotas={"hierarchy_groups": 1})
def test_there_are_as_many_groups_as_the_quota_says(impatient_client: Any, instance_id: str, site_id: str) -> None:
    with pytest.raises(impatient_client.exceptions.LimitExceededException):
        impatient_client.create_user_hierarchy_group(InstanceId=instance_id, Name="Porto")


@pytest.mark.amazon_connect(empty_instances=True, quotas={"hierarchy_groups": 1})
def test_an_empty_instance_takes_groups_too(act: Act, site_id: str) -> None:
    assert found(act) == ["Lisbon"]
    assert list(group(act, site_id)["HierarchyPath"]) == ["LevelOne"]


def test_a_group_is_renamed(act: Act, site_id: str, amazon_connect: Any) -> None:
    before = group(act, site_id)["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    act("update_user_hierarchy_group_name", HierarchyGroupId=site_id, Name="Porto")
    assert group(act, site_id)["Name"] == "Porto"
    assert group(act, site_id)["LastModifiedTime"] > before


def test_a_group_does_not_take_the_name_of_a_sibling(act: Act, site_id: str, make: Any, refused: Any) -> None:
    make("Porto")
    with refused("DuplicateResourceException"):
        act("update_user_hierarchy_group_name", HierarchyGroupId=site_id, Name="Porto")


def test_a_deleted_group_is_gone(act: Act, site_id: str, floor_id: str, refused: Any) -> None:
    act("delete_user_hierarchy_group", HierarchyGroupId=floor_id)
    assert listed(act) == ["Lisbon"]
    with refused("ResourceNotFoundException"):
        group(act, floor_id)


def test_a_group_with_groups_below_it_is_not_deleted(act: Act, site_id: str, floor_id: str, refused: Any) -> None:
    with refused("ResourceInUseException") as refusal:
        act("delete_user_hierarchy_group", HierarchyGroupId=site_id)
    assert (refusal.response["ResourceType"], refusal.response["ResourceId"]) == ("HIERARCHY_GROUP", site_id)


def test_a_group_with_users_is_not_deleted(act: Act, site_id: str, make_user: Any, refused: Any) -> None:
    make_user(HierarchyGroupId=site_id)
    with refused("ResourceInUseException") as refusal:
        act("delete_user_hierarchy_group", HierarchyGroupId=site_id)
    assert (refusal.response["ResourceType"], refusal.response["ResourceId"]) == ("HIERARCHY_GROUP", site_id)


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_user_hierarchy_group", {}),
        ("update_user_hierarchy_group_name", {"Name": "Porto"}),
        ("delete_user_hierarchy_group", {}),
    ],
)
def test_a_group_that_does_not_exist_is_not_found(act: Act, operation: str, members: dict[str, str], refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act(operation, HierarchyGroupId=NO_ID, **members)


# --- list and search


def test_groups_of_all_levels_are_listed(act: Act, site_id: str, floor_id: str) -> None:
    first = act("list_user_hierarchy_groups")["UserHierarchyGroupSummaryList"][0]
    assert listed(act) == ["Lisbon", "First floor"]
    assert (first["Id"], first["Arn"]) == (site_id, group(act, site_id)["Arn"])


@pytest.mark.parametrize(
    ("operation", "member", "largest", "number"),
    [
        ("list_user_hierarchy_groups", "UserHierarchyGroupSummaryList", 1000, 2),
        ("search_user_hierarchy_groups", "UserHierarchyGroups", 100, 3),
    ],
)
def test_pages_are_as_large_as_asked_for_and_no_larger_than_allowed(
    act: Act, floor_id: str, operation: str, member: str, largest: int, number: int, refused: Any
) -> None:
    first = act(operation, MaxResults=1)
    rest = act(operation, MaxResults=largest, NextToken=first["NextToken"])
    assert (len(first[member]), len(rest[member]), "NextToken" in rest) == (1, number - 1, False)
    with refused("InvalidParameterException"):
        act(operation, MaxResults=largest + 1)


def test_a_search_finds_the_hidden_group_at_the_root(act: Act) -> None:
    answer = act("search_user_hierarchy_groups")
    assert [(each["LevelId"], each["HierarchyPath"]) for each in answer["UserHierarchyGroups"]] == [("0", {})]
    assert answer["ApproximateTotalCount"] == 1


@pytest.fixture
def root_id(act: Act) -> str:
    """The id of the hidden group."""
    return str(act("search_user_hierarchy_groups")["UserHierarchyGroups"][0]["Id"])


def test_the_hidden_group_is_not_listed(act: Act, root_id: str) -> None:
    assert listed(act) == []


def test_the_hidden_group_is_the_parent_of_the_groups_on_the_first_level(
    act: Act, root_id: str, floor_id: str, make: Any
) -> None:
    assert group(act, make("Porto", root_id))["LevelId"] == "1"
    assert found(act, SearchCriteria=condition("parentId", root_id)) == ["Lisbon", "Porto"]


@pytest.mark.parametrize(
    ("operation", "members"), [("update_user_hierarchy_group_name", {"Name": "x"}), ("delete_user_hierarchy_group", {})]
)
def test_the_hidden_group_is_not_changed(
    act: Act, root_id: str, operation: str, members: dict[str, str], refused: Any
) -> None:
    with refused("InvalidRequestException"):
        act(operation, HierarchyGroupId=root_id, **members)


@pytest.mark.parametrize(
    ("field", "value", "comparison", "names"),
    [
        ("name", "first", "STARTS_WITH", ["First floor"]),
        ("name", "isb", "CONTAINS", ["Lisbon"]),
        ("levelId", "2", "EXACT", ["First floor"]),
    ],
)
def test_groups_are_found_by_name_and_level(
    act: Act, floor_id: str, field: str, value: str, comparison: str, names: list[str]
) -> None:
    assert found(act, SearchCriteria=condition(field, value, comparison)) == names


def test_groups_are_found_by_their_id_and_their_parents(act: Act, site_id: str, floor_id: str) -> None:
    assert found(act, SearchCriteria=condition("resourceID", site_id)) == ["Lisbon"]
    assert found(act, SearchCriteria=condition("parentId", site_id)) == ["First floor"]


def test_groups_are_found_by_their_tags(act: Act, floor_id: str) -> None:
    tagged = {"AttributeFilter": {"AndCondition": {"TagConditions": [{"TagKey": "country", "TagValue": "pt"}]}}}
    assert found(act, SearchFilter=tagged) == ["Lisbon"]


def test_found_groups_are_whole(act: Act, floor_id: str) -> None:
    answer = act("search_user_hierarchy_groups", SearchCriteria=condition("resourceID", floor_id))
    assert answer["UserHierarchyGroups"] == [group(act, floor_id)]
