"""Hours of operation: their life, search, and what inherits from what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def time(hours: int, minutes: int = 0) -> dict[str, int]:
    return {"Hours": hours, "Minutes": minutes}


def opening(day: str, start: int, end: int) -> dict[str, Any]:
    return {"Day": day, "StartTime": time(start), "EndTime": time(end)}


WEEKDAYS = [opening(day, 9, 17) for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")]


@pytest.fixture
def create(act: Act) -> Callable[..., str]:
    """Makes hours and gives their id."""

    def make(name: str = "Office", **members: Any) -> str:
        asked = {"Name": name, "TimeZone": "Europe/London", "Config": WEEKDAYS} | members
        return str(act("create_hours_of_operation", **asked)["HoursOfOperationId"])

    return make


@pytest.fixture
def office_id(create: Callable[..., str]) -> str:
    """Hours from Monday to Friday."""
    return create()


@pytest.fixture
def describe(act: Act) -> Callable[[str], dict[str, Any]]:
    """Hours as DescribeHoursOfOperation shows them."""
    return lambda id: dict(act("describe_hours_of_operation", HoursOfOperationId=id)["HoursOfOperation"])


@pytest.fixture
def names(act: Act) -> Callable[..., list[str]]:
    """The names that a search finds, or without criteria the list."""
    return lambda **asked: [each["Name"] for each in act("search_hours_of_operations", **asked)["HoursOfOperations"]]


def parents(*ids: str) -> dict[str, Any]:
    return {"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": id} for id in ids]}


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_new_instance_has_basic_hours_that_are_always_open(hours_id: str, describe: Any) -> None:
    basic = describe(hours_id)
    assert (basic["Name"], basic["TimeZone"]) == ("Basic Hours", "America/New_York")
    assert len({each["Day"] for each in basic["Config"]}) == 7
    assert all(each["StartTime"] == each["EndTime"] == time(0) for each in basic["Config"])


def test_the_sample_flow_checks_the_basic_hours(act: Act, hours_id: str) -> None:
    flows = act("list_contact_flows")["ContactFlowSummaryList"]
    sample = next(each["Id"] for each in flows if each["Name"] == "Sample queue configurations flow")
    content = act("describe_contact_flow", ContactFlowId=sample)["ContactFlow"]["Content"]
    assert f"/operating-hours/{hours_id}" in content


def test_hours_are_described_as_they_were_created(create: Any, describe: Any) -> None:
    found = describe(create(Description="By day", Tags={"team": "voice"}))
    assert (found["Name"], found["Description"], found["TimeZone"]) == ("Office", "By day", "Europe/London")
    assert (found["Config"], found["Tags"]) == (WEEKDAYS, {"team": "voice"})
    assert found["LastModifiedRegion"] == "us-east-1"


def test_hours_have_an_arn_below_their_instance(act: Act, instance_id: str) -> None:
    made = act("create_hours_of_operation", Name="Office", TimeZone="UTC", Config=[])
    arn = f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/operating-hours/{made['HoursOfOperationId']}"
    assert made["HoursOfOperationArn"] == arn


def test_hours_are_found_by_arn_too(act: Act, office_id: str, describe: Any) -> None:
    assert describe(describe(office_id)["HoursOfOperationArn"])["HoursOfOperationId"] == office_id


@pytest.mark.parametrize("zone", ["Mars/Olympus", "europe/london", "UTC+1", ""])
def test_a_time_zone_that_does_not_exist_is_refused(create: Any, zone: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(TimeZone=zone)
    assert refusal.message == f"TimeZone must be an IANA time zone such as Europe/London, got {zone!r}"


@pytest.mark.parametrize("zone", ["EST5EDT", "Asia/Kathmandu", "UTC"])
def test_any_zone_of_the_database_will_do(create: Any, describe: Any, zone: str) -> None:
    assert describe(create(TimeZone=zone))["TimeZone"] == zone


@pytest.mark.parametrize(("start", "end"), [(time(17), time(9)), (time(9), time(9)), (time(9, 30), time(9, 15))])
def test_hours_do_not_end_before_they_begin(create: Any, start: Any, end: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(Config=[WEEKDAYS[0], {"Day": "SUNDAY", "StartTime": start, "EndTime": end}])
    assert refusal.message.startswith("Config[1]: EndTime must be after StartTime or 00:00, got ")


@pytest.mark.parametrize(
    "item",
    [
        {"Day": "FUNDAY", "StartTime": time(9), "EndTime": time(17)},
        {"Day": "MONDAY", "StartTime": time(24), "EndTime": time(17)},
        {"Day": "MONDAY", "StartTime": time(9, 60), "EndTime": time(17)},
    ],
)
def test_days_and_times_are_those_of_the_calendar_and_the_clock(create: Any, item: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        create(Config=[item])


def test_a_week_has_at_most_100_items(create: Any, refused: Any) -> None:
    create(Config=[WEEKDAYS[0]] * 100)
    with refused("InvalidParameterException"):
        create("More", Config=[WEEKDAYS[0]] * 101)


def test_a_name_is_taken_once(create: Any, office_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        create("Office")


@pytest.mark.amazon_connect(quotas={"hours_of_operations": 2})
def test_an_instance_has_so_many_hours(create: Any, impatient_client: Any, instance_id: str, refused: Any) -> None:
    create()
    with refused("LimitExceededException"):
        impatient_client.create_hours_of_operation(InstanceId=instance_id, Name="More", TimeZone="UTC", Config=[])


def test_hours_can_be_tagged(client: Any, office_id: str, describe: Any) -> None:
    client.tag_resource(resourceArn=describe(office_id)["HoursOfOperationArn"], tags={"team": "voice"})
    assert describe(office_id)["Tags"] == {"team": "voice"}


def test_tags_of_hours_are_found(act: Act, create: Any) -> None:
    create(Tags={"team": "voice"})
    found = act("search_resource_tags", ResourceTypes=["operating-hours"])["Tags"]
    assert found == [{"key": "team", "value": "voice"}]


# --- list and search --------------------------------------------------------------------------------------------------


def test_hours_are_listed_with_ids_arns_and_names(act: Act, office_id: str, describe: Any) -> None:
    listed = act("list_hours_of_operations")["HoursOfOperationSummaryList"]
    assert [each["Name"] for each in listed] == ["Basic Hours", "Office"]
    assert (listed[1]["Id"], listed[1]["Arn"]) == (office_id, describe(office_id)["HoursOfOperationArn"])


@pytest.mark.parametrize(("operation", "largest"), [("list_hours_of_operations", 1000), ("search_hours_of_operations", 100)])
def test_a_page_has_a_largest_size(act: Act, operation: str, largest: int, refused: Any) -> None:
    act(operation, MaxResults=largest)
    with refused("InvalidParameterException"):
        act(operation, MaxResults=largest + 1)


def test_hours_are_listed_a_page_at_a_time(act: Act, office_id: str) -> None:
    first = act("list_hours_of_operations", MaxResults=1)
    rest = act("list_hours_of_operations", MaxResults=1, NextToken=first["NextToken"])
    assert [each["Id"] for each in rest["HoursOfOperationSummaryList"]] == [office_id]
    assert "NextToken" not in rest


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "office"), ("description", "by day"), ("timezone", "Europe/London"), ("resourceID", "{id}")],
)
def test_hours_are_found_by_each_field(create: Any, names: Any, field: str, value: str) -> None:
    id = create(Description="By day")
    condition = {"FieldName": field, "Value": value.format(id=id), "ComparisonType": "EXACT"}
    assert names(SearchCriteria={"StringCondition": condition}) == ["Office"]


def test_hours_are_found_by_tag(create: Any, names: Any) -> None:
    create(Tags={"team": "voice"})
    assert names(SearchFilter={"TagFilter": {"TagCondition": {"TagKey": "team", "TagValue": "voice"}}}) == ["Office"]


def test_a_field_that_cannot_be_searched_is_refused(names: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        names(SearchCriteria={"StringCondition": {"FieldName": "config", "Value": "x", "ComparisonType": "EXACT"}})


def test_a_search_counts_what_it_found(act: Act, office_id: str) -> None:
    assert act("search_hours_of_operations", MaxResults=1)["ApproximateTotalCount"] == 2


# --- update and delete ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"Name": "Branch"},
        {"Description": "New"},
        {"TimeZone": "Asia/Tokyo"},
        {"Config": [opening("SUNDAY", 10, 0)]},
        {"Config": []},
    ],
)
def test_what_is_given_changes_and_the_rest_stays(act: Act, create: Any, describe: Any, change: Any) -> None:
    id = create(Description="Old")
    before = describe(id)
    act("update_hours_of_operation", HoursOfOperationId=id, **change)
    after = describe(id)
    assert after.pop("LastModifiedTime") >= before.pop("LastModifiedTime")
    assert after == before | change


@pytest.mark.parametrize("change", [{"TimeZone": "Moon"}, {"Config": [opening("SUNDAY", 10, 9)]}])
def test_a_change_is_checked_like_new_hours(act: Act, office_id: str, change: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        act("update_hours_of_operation", HoursOfOperationId=office_id, Name="Branch", **change)


def test_hours_do_not_take_a_name_that_is_taken(act: Act, office_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        act("update_hours_of_operation", HoursOfOperationId=office_id, Name="Basic Hours", TimeZone="UTC")


def test_deleted_hours_are_gone(act: Act, office_id: str, names: Any) -> None:
    act("delete_hours_of_operation", HoursOfOperationId=office_id)
    assert names() == ["Basic Hours"]


def test_hours_that_a_queue_uses_are_not_deleted(act: Act, hours_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act("delete_hours_of_operation", HoursOfOperationId=hours_id)
    assert "BasicQueue" in refusal.message


OPERATIONS = {
    "describe_hours_of_operation": {},
    "update_hours_of_operation": {"Name": "New"},
    "delete_hours_of_operation": {},
    "associate_hours_of_operations": parents(),
    "disassociate_hours_of_operations": {"ParentHoursOfOperationIds": [UNKNOWN]},
    "list_child_hours_of_operations": {},
    "get_effective_hours_of_operations": {"FromDate": "2026-01-01", "ToDate": "2026-01-01"},
    "create_hours_of_operation_override": {
        "Name": "Override",
        "Config": [],
        "EffectiveFrom": "2026-01-01",
        "EffectiveTill": "2026-01-01",
    },
    "list_hours_of_operation_overrides": {},
    "describe_hours_of_operation_override": {"HoursOfOperationOverrideId": UNKNOWN},
    "update_hours_of_operation_override": {"HoursOfOperationOverrideId": UNKNOWN},
    "delete_hours_of_operation_override": {"HoursOfOperationOverrideId": UNKNOWN},
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_unknown_hours_are_not_found(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, HoursOfOperationId=UNKNOWN, **OPERATIONS[operation])
    assert UNKNOWN in refusal.message


# --- parents ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def associate(act: Act) -> Callable[..., None]:
    """Lets hours inherit from others."""
    return lambda child, *ids: act("associate_hours_of_operations", HoursOfOperationId=child, **parents(*ids))


@pytest.fixture
def parent_id(create: Callable[..., str]) -> str:
    """Hours that others can inherit from."""
    return create("Holidays", Config=[])


def test_hours_are_created_with_parents(create: Any, parent_id: str, describe: Any) -> None:
    found = describe(create(**parents(parent_id)))["ParentHoursOfOperations"]
    assert found == [{"Id": parent_id, "Name": "Holidays", "Arn": describe(parent_id)["HoursOfOperationArn"]}]


def test_parents_are_added_to_those_that_are_there(create: Any, associate: Any, describe: Any, parent_id: str) -> None:
    child, other = create(**parents(parent_id)), create("Region")
    associate(child, other, parent_id)
    assert [each["Name"] for each in describe(child)["ParentHoursOfOperations"]] == ["Holidays", "Region"]


def test_parents_are_named_by_arn_too(office_id: str, associate: Any, describe: Any, parent_id: str) -> None:
    associate(office_id, describe(parent_id)["HoursOfOperationArn"])
    assert describe(office_id)["ParentHoursOfOperations"][0]["Id"] == parent_id


def test_hours_have_at_most_three_parents(create: Any, associate: Any, office_id: str, refused: Any) -> None:
    ids = [create(f"Parent {number}") for number in range(4)]
    associate(office_id, *ids[:3])
    with refused("ServiceQuotaExceededException"):
        associate(office_id, ids[3])


@pytest.mark.amazon_connect(quotas={"parent_hours_of_operations": 1})
def test_new_hours_have_as_many_parents_as_a_test_allows(
    create: Any, impatient_client: Any, instance_id: str, refused: Any
) -> None:
    ids = [create(f"Region {number}") for number in range(2)]
    new = {"InstanceId": instance_id, "Name": "New", "TimeZone": "UTC", "Config": []}
    with refused("LimitExceededException"):
        impatient_client.create_hours_of_operation(**new, **parents(*ids))


def test_new_hours_have_at_most_three_parents(create: Any, refused: Any) -> None:
    ids = [create(f"Parent {number}") for number in range(4)]
    with refused("InvalidParameterException"):
        create(**parents(*ids))


def test_a_parent_that_does_not_exist_is_not_found(create: Any, office_id: str, associate: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        associate(office_id, UNKNOWN)
    with refused("ResourceNotFoundException"):
        create("New", **parents(UNKNOWN))


def test_a_parent_has_to_be_named(act: Act, office_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("associate_hours_of_operations", HoursOfOperationId=office_id, ParentHoursOfOperationConfigs=[{}])
    assert refusal.message == "ParentHoursOfOperationConfigs[0].HoursOfOperationId is required"


def test_hours_are_no_parent_of_themselves(office_id: str, associate: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        associate(office_id, office_id)


def test_a_child_is_no_parent(create: Any, office_id: str, associate: Any, parent_id: str, refused: Any) -> None:
    associate(office_id, parent_id)
    with refused("InvalidRequestException"):
        create("Grandchild", **parents(office_id))
    other = create("Other")
    with refused("InvalidRequestException"):
        associate(other, office_id)


def test_a_parent_is_no_child(create: Any, office_id: str, associate: Any, parent_id: str, refused: Any) -> None:
    associate(office_id, parent_id)
    other = create("Other")
    with refused("InvalidRequestException"):
        associate(parent_id, other)


def test_a_parent_is_given_up(act: Act, office_id: str, associate: Any, describe: Any, parent_id: str) -> None:
    associate(office_id, parent_id)
    act("disassociate_hours_of_operations", HoursOfOperationId=office_id, ParentHoursOfOperationIds=[parent_id])
    assert describe(office_id)["ParentHoursOfOperations"] == []


def test_what_is_no_parent_cannot_be_given_up(
    act: Act, create: Any, office_id: str, associate: Any, parent_id: str, refused: Any
) -> None:
    associate(office_id, parent_id)
    ids = [parent_id, create("Other")]
    with refused("InvalidRequestException"):
        act("disassociate_hours_of_operations", HoursOfOperationId=office_id, ParentHoursOfOperationIds=ids)


def test_the_children_of_hours_are_listed(act: Act, create: Any, describe: Any, parent_id: str) -> None:
    ids = [create(f"Child {number}", **parents(parent_id)) for number in range(3)]
    listed = act("list_child_hours_of_operations", HoursOfOperationId=parent_id, MaxResults=2)
    assert [each["Id"] for each in listed["ChildHoursOfOperationsSummaryList"]] == ids[:2]
    assert listed["LastModifiedTime"] == describe(parent_id)["LastModifiedTime"]
    rest = act("list_child_hours_of_operations", HoursOfOperationId=parent_id, MaxResults=2, NextToken=listed["NextToken"])
    assert [each["Name"] for each in rest["ChildHoursOfOperationsSummaryList"]] == ["Child 2"]


def test_at_most_100_children_are_on_a_page(act: Act, office_id: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        act("list_child_hours_of_operations", HoursOfOperationId=office_id, MaxResults=101)


def test_hours_that_others_inherit_from_are_not_deleted(act: Act, create: Any, parent_id: str, refused: Any) -> None:
    create(**parents(parent_id))
    with refused("InvalidRequestException"):
        act("delete_hours_of_operation", HoursOfOperationId=parent_id)
