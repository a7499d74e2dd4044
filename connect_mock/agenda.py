"""What is to happen at a time: flows that wait, tasks that start later, contacts that expire.

Nothing watches the clock. Whoever looks at the state first has everything done that is due (`dispatch.catch_up`), each thing
at its own time and in the order of the times.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Any

from connect_mock import clock

Act = Callable[[Any, datetime.datetime], None]

_entries: list[tuple[datetime.datetime, int, Act, Any]] = []
_order = count()
_running = False


def add(when: datetime.datetime, act: Act, subject: Any) -> None:
    """Have `act(subject, when)` done at `when`. It has to see for itself whether it still matters then."""
    heappush(_entries, (when, next(_order), act, subject))


def next_time() -> datetime.datetime | None:
    """When the next thing is due."""
    return _entries[0][0] if _entries else None


def run_due() -> None:
    """Do what is due. What is added meanwhile and is due as well has its turn too, unless it is one of these that asks."""
    global _running
    if _running or not _entries:
        return
    _running = True
    try:
        while _entries and _entries[0][0] <= clock.now():
            when, _, act, subject = heappop(_entries)
            with clock.at(when):
                act(subject, when)
    finally:
        _running = False


def clear() -> None:
    """Forget everything."""
    _entries.clear()
