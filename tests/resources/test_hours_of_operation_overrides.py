"""Overrides of hours of operation, and effective hours through the API."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from connect_mock import moto_bridge
from connect_mock.effective_hours import is_open
from connect_mock.instance import Instance
from connect_mock.resources.hours_of_operations import HoursOfOperation

Act = Callable[..., Any]


def time(hours: int, minutes: int = 0) -> dict[str, int]:
    return {"Hours": hours, "Minutes": minutes}


def item(start: int, end: int, day: str | None = None) -> dict[str, Any]:
    times = {"StartTime": time(start), "EndTime": time(end)}
    return {"Day": day, **times} if day else times


CHRISTMAS = {"Frequency": "YEARLY", "Interval": 1, "ByMonth": [12], "ByMonthDay": [25]}


def recurring(**changes: Any) -> dict[str, Any]:
    return {"RecurrencePattern": CHRISTMAS | changes}


@pytest.fixture
def office_id(act: Act) -> str:
    """Hours on Mondays from 9 to 17, in Paris."""
    made = act("create_hours_of_operation", Name="Office", TimeZone="Europe/Paris", Config=[item(9, 17, "MONDAY")])
    return str(made["HoursOfOperationId"])


@pytest.fixture
def override(act: Act, office_id: str) -> Callable[..., str]:
    """Makes an override for 2026 and gives its id."""

    def make(name: str = "Summer", **members: Any) -> str:
        asked = {"HoursOfOperationId": office_id, "Name": name, "Config": [item(10, 12, "MONDAY")]}
        dates = {"EffectiveFrom": "2026-01-01", "EffectiveTill": "2026-12-31"}
        return str(act("create_hours_of_operation_override", **asked | dates | members)["HoursOfOperationOverrideId"])

    return make


@pytest.fixture
def one(act: Act, office_id: str) -> Act:
    """Calls an operation on an override of the office hours."""
    return lambda operation, id, **members: act(
        f"{operation}_hours_of_operation_override", HoursOfOperationId=office_id, HoursOfOperationOverrideId=id, **members
    )


@pytest.fixture
def describe(one: Act) -> Callable[[str], dict[str, Any]]:
    """An override as DescribeHoursOfOperationOverride shows it."""
    return lambda id: dict(one("describe", id)["HoursOfOperationOverride"])


@pytest.fixture
def effective(act: Act, office_id: str) -> Callable[..., Any]:
    """The effective hours of the office."""

    def ask(first: str, last: str | None = None) -> Any:
        return act("get_effective_hours_of_operations", HoursOfOperationId=office_id, FromDate=first, ToDate=last or first)

    return ask


# --- life -------------------------------------------------------------------------------------------------------------


def test_an_override_is_described_as_it_was_created(act: Act, override: Any, describe: Any, office_id: str) -> None:
    hours = act("describe_hours_of_operation", HoursOfOperationId=office_id)["HoursOfOperation"]
    id = override("Christmas", Description="Closed", Config=[], OverrideType="CLOSED", RecurrenceConfig=recurring())
    assert describe(id) == {
        "HoursOfOperationOverrideId": id,
        "HoursOfOperationId": office_id,
        "HoursOfOperationArn": hours["HoursOfOperationArn"],
        "Name": "Christmas",
        "Description": "Closed",
        "Config": [],
        "EffectiveFrom": "2026-01-01",
        "EffectiveTill": "2026-12-31",
        "RecurrenceConfig": recurring(),
        "OverrideType": "CLOSED",
    }


def test_an_override_is_standard_unless_it_says_otherwise(override: Any, describe: Any) -> None:
    assert describe(override())["OverrideType"] == "STANDARD"


def test_a_name_is_taken_once_in_the_same_hours(act: Act, override: Any, hours_id: str, refused: Any) -> None:
    override()
    with refused("DuplicateResourceException"):
        override()
    assert override(HoursOfOperationId=hours_id)


@pytest.mark.amazon_connect(quotas={"hours_of_operation_overrides": 1})
def test_hours_have_so_many_overrides(
    override: Any, impatient_client: Any, instance_id: str, office_id: str, refused: Any
) -> None:
    override()
    with refused("LimitExceededException"):
        impatient_client.create_hours_of_operation_override(
            InstanceId=instance_id,
            HoursOfOperationId=office_id,
            Name="More",
            Config=[],
            EffectiveFrom="2026-01-01",
            EffectiveTill="2026-01-01",
        )


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"EffectiveFrom": "2026-02-30"}, "EffectiveFrom must be a date of the calendar"),
        ({"EffectiveFrom": "tomorrow"}, "EffectiveFrom"),
        ({"EffectiveTill": "2025-12-31"}, "EffectiveTill 2025-12-31 must not be before EffectiveFrom 2026-01-01"),
        ({"Config": [item(12, 10)]}, "Config[0]: EndTime must be after StartTime"),
        ({"OverrideType": "STANDARD", "RecurrenceConfig": recurring()}, "has OverrideType OPEN or CLOSED"),
        ({"RecurrenceConfig": recurring(Interval=7)}, "Interval"),
        ({"RecurrenceConfig": recurring(ByMonth=[1, 2])}, "ByMonth takes one value"),
        ({"RecurrenceConfig": recurring(ByMonthDay=[0])}, "ByMonthDay counts from 1"),
        ({"RecurrenceConfig": recurring(ByWeekdayOccurrence=[1])}, "exclude each other"),
        ({"RecurrenceConfig": recurring(Frequency="MONTHLY")}, "ByMonth goes with Frequency YEARLY"),
        ({"RecurrenceConfig": recurring(Frequency="WEEKLY", ByMonth=[])}, "ByMonthDay goes with Frequency MONTHLY or YEARLY"),
        ({"Config": [item(1, 2)], "RecurrenceConfig": recurring(ByMonthDay=[], ByWeekdayOccurrence=[2])}, "has in Day"),
    ],
)
def test_what_does_not_go_together_is_refused(override: Any, members: Any, said: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        override(**{"OverrideType": "OPEN"} | members)
    assert said in refusal.message


@pytest.mark.parametrize(
    "change",
    [
        {"Name": "Winter"},
        {"Description": "Short days"},
        {"Config": [item(8, 9)]},
        {"EffectiveFrom": "2026-06-01", "EffectiveTill": "2026-06-30"},
        {"OverrideType": "OPEN", "RecurrenceConfig": recurring()},
    ],
)
def test_what_is_given_changes_and_the_rest_stays(one: Act, override: Any, describe: Any, change: Any) -> None:
    id = override()
    before = describe(id)
    one("update", id, **change)
    assert describe(id) == before | change


def test_a_change_is_checked_with_what_stays(one: Act, override: Any, refused: Any) -> None:
    id = override()
    with refused("InvalidParameterException"):
        one("update", id, EffectiveTill="2025-01-01")
    with refused("InvalidParameterException"):
        one("update", id, RecurrenceConfig=recurring())


def test_an_override_that_becomes_standard_no_longer_recurs(one: Act, override: Any, describe: Any) -> None:
    id = override(OverrideType="CLOSED", RecurrenceConfig=recurring())
    one("update", id, OverrideType="STANDARD")
    assert "RecurrenceConfig" not in describe(id)


def test_an_override_does_not_take_a_name_that_is_taken(one: Act, override: Any, refused: Any) -> None:
    override("Winter")
    id = override()
    with refused("DuplicateResourceException"):
        one("update", id, Name="Winter", Config=[])


def test_a_deleted_override_is_gone(act: Act, one: Act, override: Any, office_id: str, effective: Any) -> None:
    one("delete", override(Config=[]))
    assert act("list_hours_of_operation_overrides", HoursOfOperationId=office_id)["HoursOfOperationOverrideList"] == []
    assert effective("2026-03-02")["EffectiveOverrideHoursList"] == []


def test_overrides_go_with_their_hours(act: Act, override: Any, office_id: str) -> None:
    override()
    act("delete_hours_of_operation", HoursOfOperationId=office_id)
    assert act("search_hours_of_operation_overrides")["HoursOfOperationOverrides"] == []


@pytest.mark.parametrize("operation", ["describe", "update", "delete"])
def test_an_override_is_not_found_in_other_hours(one: Act, override: Any, hours_id: str, operation: str, refused: Any) -> None:
    other = override(HoursOfOperationId=hours_id)
    with refused("ResourceNotFoundException"):
        one(operation, other)


# --- list and search --------------------------------------------------------------------------------------------------


def test_overrides_of_hours_are_listed_a_page_at_a_time(act: Act, override: Any, office_id: str) -> None:
    ids = [override(f"Override {number}") for number in range(3)]
    first = act("list_hours_of_operation_overrides", HoursOfOperationId=office_id, MaxResults=2)
    rest = act("list_hours_of_operation_overrides", HoursOfOperationId=office_id, MaxResults=2, NextToken=first["NextToken"])
    listed = first["HoursOfOperationOverrideList"] + rest["HoursOfOperationOverrideList"]
    assert [each["HoursOfOperationOverrideId"] for each in listed] == ids
    assert first["LastModifiedRegion"] == "us-east-1"


def test_at_most_100_overrides_are_on_a_page(act: Act, office_id: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        act("list_hours_of_operation_overrides", HoursOfOperationId=office_id, MaxResults=101)
    with refused("InvalidParameterException"):
        act("search_hours_of_operation_overrides", MaxResults=101)


@pytest.fixture
def found(act: Act) -> Callable[..., list[str]]:
    """The names of the overrides that a search finds."""
    return lambda **asked: [
        each["Name"] for each in act("search_hours_of_operation_overrides", **asked)["HoursOfOperationOverrides"]
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("name", "summer"), ("description", "hot"), ("resourceID", "{id}"), ("hoursOfOperationId", "{hours}")]
)
def test_overrides_are_found_by_each_field(
    override: Any, found: Any, office_id: str, hours_id: str, field: str, value: str
) -> None:
    id = override(Description="Hot")
    override("Other", HoursOfOperationId=hours_id)
    condition = {"FieldName": field, "Value": value.format(id=id, hours=office_id), "ComparisonType": "EXACT"}
    assert found(SearchCriteria={"StringCondition": condition}) == ["Summer"]


@pytest.mark.parametrize(
    ("field", "comparison", "value", "expected"),
    [
        ("effectiveFrom", "EQUAL_TO", "2026-05-01", ["May"]),
        ("effectiveFrom", "GREATER_THAN", "2026-05-01", ["June"]),
        ("effectiveFrom", "GREATER_THAN_OR_EQUAL_TO", "2026-05-01", ["May", "June"]),
        ("effectiveTill", "LESS_THAN", "2026-06-30", ["May"]),
        ("effectiveTill", "LESS_THAN_OR_EQUAL_TO", "2026-06-30", ["May", "June"]),
    ],
)
def test_overrides_are_found_by_date(
    override: Any, found: Any, field: str, comparison: str, value: str, expected: list[str]
) -> None:
    override("May", EffectiveFrom="2026-05-01", EffectiveTill="2026-05-31")
    override("June", EffectiveFrom="2026-06-01", EffectiveTill="2026-06-30")
    condition = {"FieldName": field, "Value": value, "ComparisonType": comparison}
    assert found(SearchCriteria={"DateCondition": condition}) == expected


def test_an_unknown_date_field_is_refused(found: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        found(SearchCriteria={"DateCondition": {"FieldName": "name", "Value": "2026-05-01", "ComparisonType": "EQUAL_TO"}})


def test_overrides_are_found_by_the_tags_of_their_hours(
    client: Any, act: Act, override: Any, found: Any, hours_id: str
) -> None:
    override("Tagged", HoursOfOperationId=hours_id)
    override("Other")
    basic = act("describe_hours_of_operation", HoursOfOperationId=hours_id)["HoursOfOperation"]
    client.tag_resource(resourceArn=basic["HoursOfOperationArn"], tags={"team": "voice"})
    assert found(SearchFilter={"TagFilter": {"TagCondition": {"TagKey": "team"}}}) == ["Tagged"]


def test_a_search_counts_what_it_found_in_all_hours(act: Act, override: Any, hours_id: str) -> None:
    override()
    override(HoursOfOperationId=hours_id)
    page = act("search_hours_of_operation_overrides", MaxResults=1)
    assert page["ApproximateTotalCount"] == 2
    assert len(page["HoursOfOperationOverrides"]) == 1


# --- effective hours --------------------------------------------------------------------------------------------------


def test_each_date_has_its_hours(effective: Any) -> None:
    answer = effective("2026-03-01", "2026-03-03")
    assert answer["TimeZone"] == "Europe/Paris"
    assert answer["EffectiveOverrideHoursList"] == []
    assert answer["EffectiveHoursOfOperationList"] == [
        {"Date": "2026-03-01", "OperationalHours": []},
        {"Date": "2026-03-02", "OperationalHours": [{"Start": time(9), "End": time(17)}]},
        {"Date": "2026-03-03", "OperationalHours": []},
    ]


def test_a_whole_day_is_written_from_midnight_to_midnight(act: Act, hours_id: str) -> None:
    dates = {"FromDate": "2026-03-02", "ToDate": "2026-03-02"}
    answer = act("get_effective_hours_of_operations", HoursOfOperationId=hours_id, **dates)
    assert answer["EffectiveHoursOfOperationList"][0]["OperationalHours"] == [{"Start": time(0), "End": time(0)}]


def test_overrides_are_shown_with_the_date_that_they_are_for(override: Any, effective: Any) -> None:
    override("Lunch", OverrideType="CLOSED", Config=[item(12, 13, "MONDAY")])
    override("Late", OverrideType="OPEN", Config=[item(18, 20, "MONDAY")])
    answer = effective("2026-03-02", "2026-03-03")
    assert answer["EffectiveHoursOfOperationList"][0]["OperationalHours"] == [
        {"Start": time(9), "End": time(12)},
        {"Start": time(13), "End": time(17)},
        {"Start": time(18), "End": time(20)},
    ]
    assert answer["EffectiveOverrideHoursList"] == [
        {
            "Date": "2026-03-02",
            "OverrideHours": [
                {"Start": time(12), "End": time(13), "OverrideName": "Lunch", "OperationalStatus": "CLOSED"},
                {"Start": time(18), "End": time(20), "OverrideName": "Late", "OperationalStatus": "OPEN"},
            ],
        }
    ]


def test_a_standard_override_without_hours_is_shown_as_closed_all_day(override: Any, effective: Any) -> None:
    override("Holiday", Config=[])
    shown = effective("2026-03-02")["EffectiveOverrideHoursList"][0]["OverrideHours"]
    assert shown == [{"Start": time(0), "End": time(0), "OverrideName": "Holiday", "OperationalStatus": "CLOSED"}]


def test_overrides_of_parents_are_inherited(act: Act, override: Any, effective: Any, office_id: str) -> None:
    made = act("create_hours_of_operation", Name="Holidays", TimeZone="UTC", Config=[])
    parent = made["HoursOfOperationId"]
    configs = [{"HoursOfOperationId": parent}]
    act("associate_hours_of_operations", HoursOfOperationId=office_id, ParentHoursOfOperationConfigs=configs)
    override("Corporate holiday", HoursOfOperationId=parent, Config=[], OverrideType="CLOSED")
    assert effective("2026-03-02")["EffectiveHoursOfOperationList"][0]["OperationalHours"] == []
    act("disassociate_hours_of_operations", HoursOfOperationId=office_id, ParentHoursOfOperationIds=[parent])
    assert effective("2026-03-02")["EffectiveHoursOfOperationList"][0]["OperationalHours"] != []


def test_dates_go_forward(effective: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        effective("2026-03-02", "2026-03-01")
    assert refusal.message == "ToDate 2026-03-01 must not be before FromDate 2026-03-02"


@pytest.mark.parametrize("date", ["2026-13-01", "2026-02-29", "02/03/2026"])
def test_a_date_is_one_of_the_calendar(effective: Any, date: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        effective(date)


def test_the_last_days_of_the_calendar_have_hours(effective: Any) -> None:
    assert len(effective("9999-12-30", "9999-12-31")["EffectiveHoursOfOperationList"]) == 2


@pytest.mark.parametrize(("hour", "expected"), [(7, False), (8, True), (11, False), (15, True), (16, False)])
def test_hours_know_whether_they_are_open(override: Any, office_id: str, instance_id: str, hour: int, expected: bool) -> None:
    override("Lunch", OverrideType="CLOSED", Config=[item(12, 13, "MONDAY")])
    backend = next(each for each in moto_bridge.all_backends() if each[Instance].find(instance_id))
    hours = backend[Instance].get(instance_id)[HoursOfOperation].get(office_id)
    assert is_open(hours, datetime.datetime(2026, 3, 2, hour, 30, tzinfo=datetime.timezone.utc)) is expected
