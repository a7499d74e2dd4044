"""When hours of operation are open: the week, and the overrides that change it.

All times are those of the clock on the wall in the time zone of the hours. A time of day is counted in minutes from midnight;
on the days on which the clock is changed some of them do not come, or come twice.

At any moment the first of these that has something to say decides (administrator guide, "Dates with competing overrides"):

1. recurring overrides of type CLOSED,
2. recurring overrides of type OPEN,
3. overrides of type STANDARD, which replace the week on each date that they are for,
4. the week.

The guide does not say what holds among overrides of one type, own and inherited ones: here all of them hold, so that hours
add up. Dates of inherited overrides are those of the time zone of the hours that inherit.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol
from zoneinfo import ZoneInfo

MINUTES = 24 * 60
"""Of a day."""

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
"""In the order of `date.weekday()`."""

TYPES = ("CLOSED", "OPEN", "STANDARD")
"""Of overrides, in the order in which they decide."""

Span = tuple[int, int]
"""From a minute of a day to the one before which it ends."""

ALL_DAY: Span = (0, MINUTES)


class Override(Protocol):
    """Something that changes the week from one date to another, both included."""

    name: str
    config: list[dict[str, Any]]
    effective_from: str
    effective_till: str
    override_type: str
    recurrence_config: dict[str, Any] | None


class Hours(Protocol):
    """Hours of operation, with the overrides that are for them."""

    time_zone: str
    config: list[dict[str, Any]]

    @property
    def effective_overrides(self) -> Iterable[Override]:
        """Their own, and those they inherit."""
        ...


@dataclass(frozen=True)
class Applied:
    """What one override says of one date."""

    override: Override
    spans: list[Span]
    """When it is open, or of type CLOSED when it is closed."""

    @property
    def status(self) -> str:
        """OPEN or CLOSED, as the override's hours are to be understood."""
        return "CLOSED" if self.override.override_type == "CLOSED" or not self.spans else "OPEN"


def is_open(hours: Hours, at: datetime.datetime) -> bool:
    """Whether the hours are open at that moment."""
    local = at.astimezone(ZoneInfo(hours.time_zone))
    return _decides(_Day(hours, local.date()), local.hour * 60 + local.minute)


def effective_spans(hours: Hours, date: datetime.date) -> list[Span]:
    """When the hours are open on that date, in order; spans neither overlap nor touch."""
    day = _Day(hours, date)
    edges = sorted({0, MINUTES, *(edge for span in day.spans() for edge in span)})
    return _joined((start, end) for start, end in pairwise(edges) if _decides(day, start))


def applied_overrides(hours: Hours, date: datetime.date) -> list[Applied]:
    """The overrides that are for that date."""
    found = ((each, spans_on(each, date)) for each in hours.effective_overrides)
    return [Applied(each, spans) for each, spans in found if spans is not None]


def spans_on(override: Override, date: datetime.date) -> list[Span] | None:
    """The hours that the override has on that date; None when it is not for it.

    Of type STANDARD it is for every date between its two, and without hours for the day of the week that date is closed. A
    recurring override without Config is for whole days, an hour without Day for any day, one without times for all of the day.
    """
    if not override.effective_from <= date.isoformat() <= override.effective_till:
        return None
    if override.override_type == "STANDARD":
        return _spans_of_day(override.config, date)
    if not _recurs(override, date):
        return None
    return _spans_of_day(override.config or [{}], date) or None


def span_of(hour: Mapping[str, Any]) -> Span:
    """The minutes of an item of Config. An end at 00:00 is the midnight at the end of the day."""
    return _minute(hour.get("StartTime")), _minute(hour.get("EndTime")) or MINUTES


def time_slice(minute: int) -> dict[str, int]:
    """A minute of the day as the service writes it; the midnight at the end of the day is 00:00."""
    return {"Hours": minute // 60 % 24, "Minutes": minute % 60}


class _Day:
    """What is said of one date."""

    def __init__(self, hours: Hours, date: datetime.date) -> None:
        applied = applied_overrides(hours, date)
        by_type = {kind: [each for each in applied if each.override.override_type == kind] for kind in TYPES}
        self.closed = _all_spans(by_type["CLOSED"])
        self.opened = _all_spans(by_type["OPEN"])
        self.regular = _all_spans(by_type["STANDARD"]) if by_type["STANDARD"] else _spans_of_day(hours.config, date)

    def spans(self) -> list[Span]:
        return [*self.closed, *self.opened, *self.regular]


def _decides(day: _Day, minute: int) -> bool:
    if _covers(day.closed, minute):
        return False
    return _covers(day.opened, minute) or _covers(day.regular, minute)


def _covers(spans: Sequence[Span], minute: int) -> bool:
    return any(start <= minute < end for start, end in spans)


def _all_spans(applied: Iterable[Applied]) -> list[Span]:
    return [span for each in applied for span in each.spans]


def _spans_of_day(config: Iterable[Mapping[str, Any]], date: datetime.date) -> list[Span]:
    today = DAYS[date.weekday()]
    return sorted(span_of(each) for each in config if each.get("Day", today) == today)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    found: list[Span] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _minute(time: Mapping[str, int] | None) -> int:
    return time["Hours"] * 60 + time["Minutes"] if time else 0


# --- recurrence -------------------------------------------------------------------------------------------------------


def _recurs(override: Override, date: datetime.date) -> bool:
    """Whether the date is in the pattern, which is read as RFC 5545 reads the rules that its members are named after.

    An override without a pattern is for each of its dates. Weeks, months and years are counted from the one that
    EffectiveFrom is in, weeks from Monday to Sunday. A pattern that names neither day nor occurrence recurs on the day of the
    month, and a yearly one in the month, of EffectiveFrom.
    """
    if not override.recurrence_config:
        return True
    pattern = override.recurrence_config["RecurrencePattern"]
    first = datetime.date.fromisoformat(override.effective_from)
    if _periods_between(first, date, pattern["Frequency"]) % pattern["Interval"]:
        return False
    if pattern["Frequency"] == "WEEKLY":
        return True
    if pattern["Frequency"] == "YEARLY" and date.month not in (pattern.get("ByMonth") or [first.month]):
        return False
    return _in_month(pattern, first, date)


def _periods_between(first: datetime.date, date: datetime.date, frequency: str) -> int:
    years = date.year - first.year
    if frequency == "YEARLY":
        return years
    if frequency == "MONTHLY":
        return years * 12 + date.month - first.month
    return (_monday(date) - _monday(first)) // 7


def _monday(date: datetime.date) -> int:
    """The number of the day on which the date's week began."""
    return date.toordinal() - date.weekday()


def _in_month(pattern: Mapping[str, Any], first: datetime.date, date: datetime.date) -> bool:
    if occurrences := pattern.get("ByWeekdayOccurrence"):
        return any(each in occurrences for each in _occurrences(date))
    days = pattern.get("ByMonthDay") or [first.day]
    return any(each in days for each in _days_of_month(date))


def _occurrences(date: datetime.date) -> Iterator[int]:
    """Which of its weekdays in the month the date is, from the start and from the end: 1 is the first, -1 the last."""
    yield (date.day - 1) // 7 + 1
    yield -((_length_of_month(date) - date.day) // 7 + 1)


def _days_of_month(date: datetime.date) -> Iterator[int]:
    """Which day of the month the date is, from the start and from the end: 1 is the first, -1 the last."""
    yield date.day
    yield date.day - _length_of_month(date) - 1


def _length_of_month(date: datetime.date) -> int:
    return calendar.monthrange(date.year, date.month)[1]
