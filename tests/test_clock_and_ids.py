"""The clock that only goes forward, and ids that a seed makes repeatable."""

from __future__ import annotations

import datetime
import random
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from moto.moto_api._internal import mock_random

from connect_mock import clock, ids, mock_connect

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture(autouse=True)
def _a_clock_as_new() -> Iterator[None]:
    clock.reset()
    yield
    clock.reset()


# --- the clock


def test_now_is_the_time_of_the_system_in_utc() -> None:
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(milliseconds=1)
    assert before <= clock.now() <= datetime.datetime.now(datetime.timezone.utc)
    assert clock.now().tzinfo is datetime.timezone.utc


def test_now_is_in_whole_milliseconds() -> None:
    clock.advance(0.000_123)
    assert all(clock.now().microsecond % 1000 == 0 for _ in range(100))


@pytest.mark.parametrize("step", [3600, 3600.0, datetime.timedelta(hours=1)])
def test_the_clock_goes_forward_by_seconds_or_a_timedelta(step: Any) -> None:
    before = clock.now()
    after = clock.advance(step)
    assert datetime.timedelta(0) <= after - before - datetime.timedelta(hours=1) < datetime.timedelta(minutes=1)


def test_steps_add_up() -> None:
    before = clock.now()
    for _ in range(10):
        clock.advance(60)
    assert clock.now() - before >= datetime.timedelta(minutes=10)


def test_the_clock_keeps_going() -> None:
    clock.advance(3600)
    moments = [clock.now() for _ in range(1000)]
    assert moments == sorted(moments)


@pytest.mark.parametrize("step", [-1, -0.001, datetime.timedelta(days=-1), float("-inf")])
def test_the_clock_does_not_go_back(step: Any) -> None:
    before = clock.now()
    with pytest.raises((ValueError, OverflowError)):
        clock.advance(step)
    assert clock.now() - before < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("step", [1e12, 1e300, float("inf"), float("nan"), datetime.timedelta.max])
def test_a_step_beyond_the_calendar_is_refused_and_breaks_nothing(step: Any) -> None:
    before = clock.now()
    with pytest.raises((ValueError, OverflowError)):
        clock.advance(step)
    assert clock.now() - before < datetime.timedelta(minutes=1)


def test_the_end_of_a_mock_sets_the_clock_right() -> None:
    with mock_connect() as amazon_connect:
        amazon_connect.client.list_instances()
        amazon_connect.clock.advance(datetime.timedelta(days=400))
    assert clock.now() - datetime.datetime.now(datetime.timezone.utc) < datetime.timedelta(minutes=1)


def test_what_is_made_has_the_time_of_the_clock(amazon_connect: Any) -> None:
    later = amazon_connect.clock.advance(datetime.timedelta(days=400))
    assert amazon_connect.instance["CreatedTime"] >= later


# --- ids


def test_an_id_is_a_version_4_uuid_in_lower_case() -> None:
    assert all(UUID4.fullmatch(ids.uuid()) for _ in range(1000))


def test_no_two_ids_are_the_same() -> None:
    assert len({ids.uuid() for _ in range(10_000)}) == 10_000


def test_letters_and_digits_come_in_any_number() -> None:
    assert re.fullmatch(r"[A-Za-z0-9]{20}", ids.alphanumeric(20))
    assert ids.alphanumeric(0) == ""


def test_another_generator_can_be_drawn_from() -> None:
    before = ids.source
    try:
        drawn = []
        for _ in range(2):
            ids.use(random.Random(5))
            drawn.append((ids.uuid(), ids.alphanumeric(8)))
    finally:
        ids.use(before)
    assert drawn[0] == drawn[1]


def test_the_seed_of_moto_makes_ids_repeatable(amazon_connect: Any) -> None:
    made = []
    for _ in range(2):
        mock_random.seed(42)
        settings = {"IdentityManagementType": "SAML", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
        made.append(amazon_connect.client.create_instance(**settings)["Id"])
        amazon_connect.client.delete_instance(InstanceId=made[-1])
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "text", [str(uuid.UUID(int=0)), "3F2B8C6E-1A4D-4E7F-9B0A-5C6D7E8F9A0B", "8643c15a-d5af-1fed-046c-a1e5468312e5"]
)
def test_a_uuid_of_any_version_and_case_is_one(text: str) -> None:
    assert ids.is_uuid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "x",
        "3f2b8c6e1a4d4e7f9b0a5c6d7e8f9a0b",
        "3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0",
        "3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0g",
        "3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b-",
        " 3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b",
        "3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b\n",
        "{3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b}",
        "٣f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b",
    ],
)
def test_other_text_is_no_uuid(text: str) -> None:
    assert not ids.is_uuid(text)
