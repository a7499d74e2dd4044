"""States that a thing passes through by itself, at the pace that moto's state manager sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto.moto_api import state_manager

from connect_mock import clock
from connect_mock.lifecycle import Lifecycle

STATES = ("PLANNED", "BUILDING", "READY")
MODEL = "connect::made-up"


@pytest.fixture
def pace() -> Iterator[Any]:
    """Sets how the state manager lets things with STATES go on."""
    yield lambda **rule: state_manager.set_transition(MODEL, rule)
    state_manager.unset_transition(MODEL)


@pytest.fixture
def thing(pace: Any, amazon_connect: Any) -> Lifecycle:
    """A thing that is new."""
    return Lifecycle(MODEL, STATES)


def states_at_each_look(thing: Lifecycle, looks: int) -> list[str]:
    """What is seen when someone looks so many times."""
    seen = []
    for _ in range(looks):
        thing.look()
        seen.append(thing.state)
    return seen


def test_a_thing_is_ready_at_once_when_so_told(thing: Lifecycle, pace: Any) -> None:
    pace(progression="immediate")
    assert thing.state == "READY"


def test_a_thing_goes_on_after_so_many_looks(thing: Lifecycle, pace: Any) -> None:
    pace(progression="manual", times=2)
    assert states_at_each_look(thing, 5) == ["PLANNED", "BUILDING", "BUILDING", "READY", "READY"]


def test_a_thing_that_nobody_looks_at_stays(thing: Lifecycle, pace: Any) -> None:
    pace(progression="manual", times=1)
    assert [thing.state for _ in range(5)] == ["PLANNED"] * 5


def test_a_thing_goes_on_after_so_many_seconds(thing: Lifecycle, pace: Any) -> None:
    pace(progression="time", seconds=60)
    seen = [thing.state]
    for _ in range(3):
        clock.advance(61)
        seen.append(thing.state)
    assert seen == ["PLANNED", "BUILDING", "READY", "READY"]


def test_a_thing_stays_while_its_time_is_not_up(thing: Lifecycle, pace: Any) -> None:
    pace(progression="time", seconds=60)
    clock.advance(30)
    assert thing.state == "PLANNED"


def test_the_pace_may_change_on_the_way(thing: Lifecycle, pace: Any) -> None:
    pace(progression="manual", times=1)
    assert states_at_each_look(thing, 1) == ["BUILDING"]
    pace(progression="immediate")
    assert thing.state == "READY"


def test_the_last_state_is_not_left(thing: Lifecycle, pace: Any) -> None:
    pace(progression="immediate")
    assert [thing.state for _ in range(3)] == ["READY"] * 3


def test_a_thing_with_one_state_is_in_it(pace: Any) -> None:
    pace(progression="manual", times=1)
    assert states_at_each_look(Lifecycle(MODEL, ("ONLY",)), 2) == ["ONLY", "ONLY"]
