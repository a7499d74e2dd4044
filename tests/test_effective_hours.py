"""When hours are open: precedence, recurrence, and that the hours of a date and the answer for a moment agree."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_mock.effective_hours import DAYS, MINUTES, effective_spans, is_open, span_of, spans_on, time_slice

MONDAY = datetime.date(2026, 3, 2)
ONE_DAY = datetime.timedelta(days=1)


@dataclass
class Override:
    """An override without a backend."""

    config: list[dict[str, Any]] = field(default_factory=list)
    override_type: str = "STANDARD"
    recurrence_config: dict[str, Any] | None = None
    effective_from: str = "2026-01-01"
    effective_till: str = "2026-12-31"
    name: str = "Override"


@dataclass
class Hours:
    """Hours without a backend."""

    config: list[dict[str, Any]]
    effective_overrides: list[Override] = field(default_factory=list)
    time_zone: str = "UTC"


def hour(start: int, end: int, day: str | None = "MONDAY") -> dict[str, Any]:
    times = {"StartTime": time_slice(start * 60), "EndTime": time_slice(end * 60)}
    return {"Day": day, **times} if day else times


def recurring(**pattern: Any) -> dict[str, Any]:
    return {"RecurrencePattern": {"Interval": 1, **pattern}}


def open_hours(*overrides: Override, date: datetime.date = MONDAY) -> list[tuple[float, float]]:
    """The hours of a date; in the week it is open on Mondays from 9 to 17."""
    spans = effective_spans(Hours([hour(9, 17)], list(overrides)), date)
    return [(start / 60, end / 60) for start, end in spans]


# --- precedence -------------------------------------------------------------------------------------------------------


def test_without_overrides_the_week_holds() -> None:
    assert open_hours() == [(9, 17)]
    assert open_hours(date=MONDAY + ONE_DAY) == []


def test_a_standard_override_replaces_the_day() -> None:
    assert open_hours(Override([hour(11, 12)])) == [(11, 12)]


def test_a_standard_override_without_hours_for_the_day_closes_it() -> None:
    assert open_hours(Override([hour(11, 12, "TUESDAY")])) == []


def test_open_adds_to_the_day() -> None:
    assert open_hours(Override([hour(16, 20)], "OPEN")) == [(9, 20)]


def test_open_adds_to_a_standard_override() -> None:
    assert open_hours(Override([hour(11, 12)]), Override([hour(18, 20)], "OPEN")) == [(11, 12), (18, 20)]


def test_closed_takes_away_from_all_others() -> None:
    overrides = Override([hour(8, 20)]), Override([hour(6, 22)], "OPEN"), Override([hour(12, 16)], "CLOSED")
    assert open_hours(*overrides) == [(6, 12), (16, 22)]


def test_closed_for_the_day_leaves_nothing() -> None:
    assert open_hours(Override([hour(0, 24)], "OPEN"), Override(override_type="CLOSED")) == []


def test_overrides_of_one_type_add_up() -> None:
    assert open_hours(Override([hour(8, 9)]), Override([hour(10, 11)])) == [(8, 9), (10, 11)]


def test_hours_that_touch_or_overlap_are_one() -> None:
    assert open_hours(Override([hour(8, 10), hour(10, 12), hour(11, 13)])) == [(8, 13)]


def test_a_recurring_override_without_hours_for_the_day_does_nothing() -> None:
    assert spans_on(Override([hour(0, 24, "TUESDAY")], "CLOSED"), MONDAY) is None


def test_an_override_is_for_its_dates_alone_and_both_of_them() -> None:
    override = Override([hour(11, 12, None)], effective_from="2026-03-02", effective_till="2026-03-04")
    dates = [MONDAY + ONE_DAY * number for number in range(-1, 4)]
    assert [spans_on(override, date) is not None for date in dates] == [False, True, True, True, False]


def test_an_item_without_times_is_for_the_whole_day() -> None:
    assert open_hours(Override([{"Day": "MONDAY"}], "CLOSED")) == []


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    assert span_of(hour(10, 24)) == (600, MINUTES)
    assert span_of(hour(0, 24)) == (0, MINUTES)


# --- recurrence -------------------------------------------------------------------------------------------------------


def dates_of(pattern: dict[str, Any], year: int = 2026, **members: Any) -> list[str]:
    """The dates of a year on which an override recurs, as month-day."""
    override = Override(override_type="CLOSED", recurrence_config=pattern, effective_till="2030-12-31", **members)
    first = datetime.date(year, 1, 1)
    dates = (first + ONE_DAY * number for number in range(365))
    return [f"{date:%m-%d}" for date in dates if spans_on(override, date)]


def test_every_week_is_every_day_named_in_config() -> None:
    found = dates_of(recurring(Frequency="WEEKLY"), config=[hour(9, 17, "FRIDAY")])
    assert found[:3] == ["01-02", "01-09", "01-16"]
    assert len(found) == 52


def test_every_other_week_counts_from_the_week_of_the_first_date() -> None:
    pattern = recurring(Frequency="WEEKLY", Interval=2)
    config = [hour(9, 17, "MONDAY"), hour(9, 17, "SUNDAY")]
    found = dates_of(pattern, effective_from="2026-01-07", config=config)
    assert found[:4] == ["01-11", "01-19", "01-25", "02-02"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"Interval": 3, "ByMonthDay": [15]}, ["01-15", "04-15", "07-15", "10-15"]),
        ({"Interval": 6, "ByMonthDay": [-1]}, ["01-31", "07-31"]),
        ({"Interval": 1, "ByMonthDay": [31]}, ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"]),
        ({"Interval": 6}, ["01-05", "07-05"]),
    ],
)
def test_a_day_of_the_month_recurs_in_every_so_many_months(pattern: dict[str, Any], expected: list[str]) -> None:
    assert dates_of(recurring(Frequency="MONTHLY", **pattern), effective_from="2026-01-05") == expected


@pytest.mark.parametrize(
    ("occurrence", "expected"),
    [(1, ["01-02", "07-03"]), (2, ["01-09", "07-10"]), (4, ["01-23", "07-24"]), (-1, ["01-30", "07-31"])],
)
def test_an_occurrence_of_a_weekday_recurs(occurrence: int, expected: list[str]) -> None:
    pattern = recurring(Frequency="MONTHLY", Interval=6, ByWeekdayOccurrence=[occurrence])
    assert dates_of(pattern, config=[hour(9, 17, "FRIDAY")]) == expected


@pytest.mark.parametrize(("occurrence", "day"), [(1, "08-07"), (2, "08-14"), (4, "08-28"), (-1, "08-28")])
def test_the_seventh_day_of_a_month_still_belongs_to_its_first_week(occurrence: int, day: str) -> None:
    pattern = recurring(Frequency="YEARLY", ByMonth=[8], ByWeekdayOccurrence=[occurrence])
    assert dates_of(pattern, config=[hour(9, 17, "FRIDAY")]) == [day]


def test_months_are_counted_across_the_years() -> None:
    pattern = recurring(Frequency="MONTHLY", Interval=5, ByMonthDay=[1])
    assert dates_of(pattern, 2027, effective_from="2026-11-01") == ["04-01", "09-01"]


def test_the_second_thursday_of_april_recurs_every_year() -> None:
    pattern = recurring(Frequency="YEARLY", ByMonth=[4], ByWeekdayOccurrence=[2])
    found = [dates_of(pattern, year, config=[hour(9, 17, "THURSDAY")]) for year in (2026, 2027)]
    assert found == [["04-09"], ["04-08"]]


def test_every_second_year_counts_from_the_first_date() -> None:
    pattern = recurring(Frequency="YEARLY", Interval=2, ByMonth=[12], ByMonthDay=[25])
    assert [dates_of(pattern, year) for year in (2026, 2027, 2028)] == [["12-25"], [], ["12-25"]]


def test_a_year_without_a_month_or_day_recurs_on_the_first_date() -> None:
    assert dates_of(recurring(Frequency="YEARLY"), 2027, effective_from="2026-05-01") == ["05-01"]


def test_nothing_recurs_before_the_first_date() -> None:
    assert dates_of(recurring(Frequency="MONTHLY", ByMonthDay=[1]), effective_from="2026-11-02") == ["12-01"]


# --- moments ----------------------------------------------------------------------------------------------------------


def open_at(hours: Hours, text: str) -> bool:
    return is_open(hours, datetime.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T08:59:59+00:00", False),
        ("2026-03-02T09:00:00+00:00", True),
        ("2026-03-02T16:59:59+00:00", True),
        ("2026-03-02T17:00:00+00:00", False),
        ("2026-03-02T18:30:00+02:00", True),
        ("2026-03-03T09:00:00+00:00", False),
    ],
)
def test_the_start_belongs_to_the_hours_and_the_end_does_not(moment: str, expected: bool) -> None:
    assert open_at(Hours([hour(9, 17)]), moment) is expected


def test_a_moment_is_looked_at_in_the_zone_of_the_hours() -> None:
    tokyo = Hours([hour(9, 17)], time_zone="Asia/Tokyo")
    assert open_at(tokyo, "2026-03-02T00:00:00+00:00")
    assert not open_at(tokyo, "2026-03-02T09:00:00+00:00")


def test_the_date_of_an_override_is_that_of_the_zone() -> None:
    closed = Override(override_type="CLOSED", effective_from="2026-03-02", effective_till="2026-03-02")
    hours = Hours([hour(0, 24)], [closed], time_zone="America/New_York")
    assert not open_at(hours, "2026-03-03T04:59:00+00:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-29T00:30:00+00:00", False),  # 01:30 in winter time
        ("2026-03-29T01:00:00+00:00", True),  # 03:00 in summer time: the hour from 02:00 does not come
        ("2026-03-29T01:59:00+00:00", True),
        ("2026-03-29T02:00:00+00:00", False),
    ],
)
def test_an_hour_that_does_not_come_shortens_the_hours(moment: str, expected: bool) -> None:
    assert open_at(Hours([hour(2, 4, "SUNDAY")], time_zone="Europe/Paris"), moment) is expected


def test_an_hour_that_comes_twice_is_open_twice() -> None:
    paris = Hours([hour(2, 3, "SUNDAY")], time_zone="Europe/Paris")
    assert [open_at(paris, f"2026-10-25T{time}:30:00+00:00") for time in ("00", "01", "02")] == [True, True, False]


times = st.integers(0, 95).map(lambda quarter: quarter * 15)


@st.composite
def items(draw: Any) -> dict[str, Any]:
    start = draw(times)
    end = draw(st.integers(start // 15 + 1, 96)) * 15
    day = draw(st.sampled_from([None, *DAYS]))
    return {"StartTime": time_slice(start), "EndTime": time_slice(end)} | ({"Day": day} if day else {})


recurrences = st.one_of(
    st.none(),
    st.integers(1, 6).map(lambda number: recurring(Frequency="WEEKLY", Interval=number)),
    st.sampled_from([1, 15, 31, -1]).map(lambda day: recurring(Frequency="MONTHLY", ByMonthDay=[day])),
    st.integers(1, 12).map(lambda month: recurring(Frequency="YEARLY", ByMonth=[month])),
)
overrides = st.builds(
    Override,
    config=st.lists(items(), max_size=3),
    override_type=st.sampled_from(["STANDARD", "OPEN", "CLOSED"]),
    recurrence_config=recurrences,
)
schedules = st.builds(
    Hours,
    config=st.lists(items(), max_size=5),
    effective_overrides=st.lists(overrides, max_size=4),
    time_zone=st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
moments = st.datetimes(
    datetime.datetime(2026, 1, 1), datetime.datetime(2026, 12, 31), timezones=st.just(datetime.timezone.utc)
)

dates = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@given(schedules, moments)
def test_hours_are_open_at_a_moment_when_it_is_in_the_effective_hours_of_its_date(hours: Hours, at: datetime.datetime) -> None:
    local = at.astimezone(ZoneInfo(hours.time_zone))
    minute = local.hour * 60 + local.minute
    assert is_open(hours, at) is any(start <= minute < end for start, end in effective_spans(hours, local.date()))


def minutes_of(hours: Hours, date: datetime.date, kind: str) -> set[int] | None:
    """The minutes that the overrides of a type name on a date; None when none is for it."""
    of_kind = [spans_on(each, date) for each in hours.effective_overrides if each.override_type == kind]
    named = [spans for spans in of_kind if spans is not None]
    return {minute for spans in named for span in spans for minute in range(*span)} if named else None


@given(schedules, dates)
def test_effective_hours_are_those_of_the_day_and_open_ones_without_closed_ones(hours: Hours, date: datetime.date) -> None:
    week = [each for each in hours.config if each.get("Day", DAYS[date.weekday()]) == DAYS[date.weekday()]]
    regular = {minute for each in week for minute in range(*span_of(each))}
    standard, opened, closed = (minutes_of(hours, date, kind) for kind in ("STANDARD", "OPEN", "CLOSED"))
    expected = ((regular if standard is None else standard) | (opened or set())) - (closed or set())
    assert {minute for span in effective_spans(hours, date) for minute in range(*span)} == expected


@given(schedules, dates)
def test_effective_hours_are_in_order_and_apart(hours: Hours, date: datetime.date) -> None:
    edges = [edge for span in effective_spans(hours, date) for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= MINUTES for edge in edges)
