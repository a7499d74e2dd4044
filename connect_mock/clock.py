"""The one source of time: the system's now plus what `advance` added.

Because it asks the system each time, time-machine and freezegun are respected. Nothing sleeps.
"""

from __future__ import annotations

import datetime
from threading import Lock

_advanced = datetime.timedelta(0)
_lock = Lock()


def now() -> datetime.datetime:
    """The current time in UTC, in whole milliseconds as the service keeps it."""
    moment = datetime.datetime.now(datetime.timezone.utc) + _advanced
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def advance(seconds: float | datetime.timedelta) -> datetime.datetime:
    """Move the clock forward by `seconds` and return the new time.

    It does not go back (ValueError), nor beyond the end of the calendar (OverflowError).
    """
    global _advanced
    step = seconds if isinstance(seconds, datetime.timedelta) else datetime.timedelta(seconds=seconds)
    if step < datetime.timedelta(0):
        raise ValueError(f"the clock only goes forward, and was asked to go {step.total_seconds()} seconds")
    with _lock:
        now() + step  # raises before anything has changed
        _advanced += step
    return now()


def reset() -> None:
    """Forget what `advance` added."""
    global _advanced
    _advanced = datetime.timedelta(0)
