"""Overrides of hours of operation, and the hours that come out of week and overrides."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from connect_mock.effective_hours import ALL_DAY, Applied, Span, applied_overrides, effective_spans, time_slice
from connect_mock.errors import InvalidParameterException, brief
from connect_mock.operations import Operations
from connect_mock.resource import last_modified
from connect_mock.resources.hours_of_operations import (
    HoursOfOperation,
    HoursOfOperationOverride,
    check_config,
)
from connect_mock.search import Keep, Search, with_tags

DATE_FIELDS = {"effectiveFrom": attrgetter("effective_from"), "effectiveTill": attrgetter("effective_till")}
"""FieldName of DateCondition; AWS lists none."""

DATE_COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "GREATER_THAN": lambda date, wanted: date > wanted,
    "LESS_THAN": lambda date, wanted: date < wanted,
    "GREATER_THAN_OR_EQUAL_TO": lambda date, wanted: date >= wanted,
    "LESS_THAN_OR_EQUAL_TO": lambda date, wanted: date <= wanted,
    "EQUAL_TO": lambda date, wanted: date == wanted,
}
"""Dates are compared as text: they are all written YYYY-MM-DD."""

MEMBERS = ("config", "effective_from", "effective_till", "recurrence_config", "override_type")
"""Of an override, those that have to go together."""


class HoursOfOperationOverrideOperations(Operations):
    """The operations on overrides and on effective hours."""

    def create_hours_of_operation_override(
        self, *, instance_id: str, hours_of_operation_id: str, **members: Any
    ) -> dict[str, str]:
        """A new override, STANDARD unless it says otherwise; its name is unique among those of the same hours."""
        hours = self._overridden(instance_id, hours_of_operation_id)
        _check(members)
        override = hours[HoursOfOperationOverride].add(**members)
        return {"HoursOfOperationOverrideId": override.id}

    def describe_hours_of_operation_override(
        self, *, instance_id: str, hours_of_operation_id: str, hours_of_operation_override_id: str
    ) -> dict[str, HoursOfOperationOverride]:
        """One override; those that hours inherit belong to their parents."""
        overrides = self._overridden(instance_id, hours_of_operation_id)[HoursOfOperationOverride]
        return {"HoursOfOperationOverride": overrides.get(hours_of_operation_override_id)}

    def list_hours_of_operation_overrides(self, *, instance_id: str, hours_of_operation_id: str) -> dict[str, Any]:
        """The hours' own overrides, and when the hours were modified."""
        hours = self._overridden(instance_id, hours_of_operation_id)
        return {"HoursOfOperationOverrideList": hours[HoursOfOperationOverride], **last_modified(hours)}

    def search_hours_of_operation_overrides(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> list[HoursOfOperationOverride]:
        """Overrides by name, description, id, hours and dates.

        Overrides have no tags: the filter is on those of their hours. AWS documents neither that nor the fields.
        """
        keep = with_tags(search_filter)
        all_hours = self.instance(instance_id)[HoursOfOperation]
        wanted = all_hours.where(keep) if keep else all_hours
        return [each for hours in wanted for each in SEARCH.over(hours[HoursOfOperationOverride], search_criteria)]

    def update_hours_of_operation_override(
        self, *, instance_id: str, hours_of_operation_id: str, hours_of_operation_override_id: str, **members: Any
    ) -> None:
        """Change what is given; Config and RecurrenceConfig take the place of the whole ones before.

        An override that becomes STANDARD no longer recurs.
        """
        overrides = self._overridden(instance_id, hours_of_operation_id)[HoursOfOperationOverride]
        override = overrides.get(hours_of_operation_override_id)
        becomes_standard = members.get("override_type") == "STANDARD" and "recurrence_config" not in members
        before = {name: getattr(override, name) for name in MEMBERS}
        _check(before | ({"recurrence_config": None} if becomes_standard else {}) | members)
        overrides.update(override, **members)
        if becomes_standard:
            override.recurrence_config = None

    def delete_hours_of_operation_override(
        self, *, instance_id: str, hours_of_operation_id: str, hours_of_operation_override_id: str
    ) -> None:
        """The week, or other overrides, hold again."""
        overrides = self._overridden(instance_id, hours_of_operation_id)[HoursOfOperationOverride]
        overrides.remove(overrides.get(hours_of_operation_override_id))

    def get_effective_hours_of_operations(
        self, *, instance_id: str, hours_of_operation_id: str, from_date: str, to_date: str
    ) -> dict[str, Any]:
        """When the hours are open on each date, both ends included, in their own time zone; and the overrides that changed it.

        A date without hours is closed. Dates without overrides are missing from the second list.
        """
        hours = self._overridden(instance_id, hours_of_operation_id)
        dates = list(_dates(_date("FromDate", from_date), _date("ToDate", to_date)))
        applied = ((date, applied_overrides(hours, date)) for date in dates)
        return {
            "EffectiveHoursOfOperationList": [_open_on(date, effective_spans(hours, date)) for date in dates],
            "EffectiveOverrideHoursList": [_overridden_on(date, found) for date, found in applied if found],
            "TimeZone": hours.time_zone,
        }

    def _overridden(self, instance_id: str, hours_of_operation_id: str) -> HoursOfOperation:
        return self.instance(instance_id)[HoursOfOperation].get(hours_of_operation_id)


# --- search -----------------------------------------------------------------------------------------------------------


def _date_condition(condition: dict[str, str]) -> Keep:
    name = condition.get("FieldName", "")
    if name not in DATE_FIELDS:
        known = ", ".join(DATE_FIELDS)
        raise InvalidParameterException(
            f"SearchCriteria: FieldName of DateCondition must be one of {known}, got {brief(name)}"
        )
    read, wanted = DATE_FIELDS[name], condition.get("Value", "")
    compare = DATE_COMPARISONS[condition.get("ComparisonType", "EQUAL_TO")]
    return lambda override: compare(read(override), wanted)


SEARCH = Search(
    fields={
        "name": attrgetter("name"),
        "description": attrgetter("description"),
        "resourceID": attrgetter("id"),
        "hoursOfOperationId": attrgetter("hours_of_operation_id"),
    },
    conditions={"DateCondition": _date_condition},
)


# --- effective hours --------------------------------------------------------------------------------------------------


def _dates(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    if last < first:
        raise InvalidParameterException(f"ToDate {last} must not be before FromDate {first}")
    return map(datetime.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _open_on(date: datetime.date, spans: list[Span]) -> dict[str, Any]:
    return {"Date": date.isoformat(), "OperationalHours": [_hour(each) for each in spans]}


def _overridden_on(date: datetime.date, applied: list[Applied]) -> dict[str, Any]:
    return {"Date": date.isoformat(), "OverrideHours": [hour for each in applied for hour in _override_hours(each)]}


def _override_hours(applied: Applied) -> list[dict[str, Any]]:
    """A STANDARD override without hours for the day closes all of it."""
    named = {"OverrideName": applied.override.name, "OperationalStatus": applied.status}
    return [{**_hour(each), **named} for each in applied.spans or [ALL_DAY]]


def _hour(span: Span) -> dict[str, Any]:
    start, end = span
    return {"Start": time_slice(start), "End": time_slice(end)}


# --- checks -----------------------------------------------------------------------------------------------------------


def _check(members: dict[str, Any]) -> None:
    """Raise InvalidParameterException for dates, hours and a recurrence that do not go together."""
    first, last = (
        _date(name, members[key]) for name, key in (("EffectiveFrom", "effective_from"), ("EffectiveTill", "effective_till"))
    )
    if last < first:
        raise InvalidParameterException(f"EffectiveTill {last} must not be before EffectiveFrom {first}")
    check_config(members["config"])
    recurrence = members.get("recurrence_config")
    if recurrence:
        _check_recurs(members.get("override_type") or "STANDARD")
        _check_pattern(recurrence["RecurrencePattern"], members["config"])


def _date(name: str, value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise InvalidParameterException(f"{name} must be a date of the calendar, YYYY-MM-DD, got {brief(value)}") from None


def _check_recurs(override_type: str) -> None:
    if override_type == "STANDARD":
        raise InvalidParameterException(
            "RecurrenceConfig: an override that recurs has OverrideType OPEN or CLOSED, got STANDARD"
        )


def _check_pattern(pattern: dict[str, Any], config: list[dict[str, Any]]) -> None:
    """What the documentation of RecurrencePattern says of its members."""
    for problem in _problems(pattern, config):
        raise InvalidParameterException(f"RecurrencePattern: {problem}")


def _problems(pattern: dict[str, Any], config: list[dict[str, Any]]) -> Iterator[str]:
    given = [name for name in ("ByMonth", "ByMonthDay", "ByWeekdayOccurrence") if pattern.get(name)]
    for name in given:
        if len(pattern[name]) > 1:
            yield f"{name} takes one value, got {pattern[name]}"
        if 0 in pattern[name]:
            yield f"{name} counts from 1, or from -1 at the end of the month, got 0"
    if "ByMonth" in given and pattern["Frequency"] != "YEARLY":
        yield f"ByMonth goes with Frequency YEARLY, got {pattern['Frequency']}"
    if given and pattern["Frequency"] == "WEEKLY":
        yield f"{given[0]} goes with Frequency MONTHLY or YEARLY, got WEEKLY"
    if {"ByMonthDay", "ByWeekdayOccurrence"} <= {*given}:
        yield "ByMonthDay and ByWeekdayOccurrence exclude each other"
    if "ByWeekdayOccurrence" in given and not all(each.get("Day") for each in config or [{}]):
        yield "ByWeekdayOccurrence counts the weekday that each item of Config has in Day, which is missing"
