"""The one source of time: the system's now plus what `advance` added.

Because it asks the system each time, time-machine and freezegun are respected. Nothing sleeps.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

_advanced = datetime.timedelta(0)
_lock = Lock()
_latest = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)
"""What `now` answered last: all that happens in one millisecond shares one object."""
_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """The current time in UTC, in whole milliseconds as the service keeps it."""
    global _latest
    moment = _moment.get() or datetime.datetime.now(datetime.timezone.utc) + _advanced
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    if moment != _latest:
        _latest = moment
    return _latest


def advance(seconds: float | datetime.timedelta) -> datetime.datetime:
    """Move the clock forward by `seconds`, do what has become due, and return the new time.

    It does not go back (ValueError), nor beyond the end of the calendar (OverflowError).
    """
    global _advanced
    step = seconds if isinstance(seconds, datetime.timedelta) else datetime.timedelta(seconds=seconds)
    if step < datetime.timedelta(0):
        raise ValueError(f"the clock only goes forward, and was asked to go {step.total_seconds()} seconds")
    with _lock:
        now() + step  # raises before anything has changed
        _advanced += step
    if moment := _moment.get():
        _moment.set(moment + step)
    _when_advanced()
    return now()


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """In the block it is `moment`: what was due at a time happens at that time, although it is looked at later."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def _nothing() -> None:
    """Nothing is due."""


_when_advanced: Callable[[], None] = _nothing


def when_advanced(act: Callable[[], None]) -> None:
    """Call `act` after each `advance` from now on."""
    global _when_advanced
    _when_advanced = act


def reset() -> None:
    """Forget what `advance` added."""
    global _advanced
    _advanced = datetime.timedelta(0)
