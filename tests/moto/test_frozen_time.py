"""Libraries that stop or move the time are respected, and the mock's clock goes on from there."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from connect_mock import clock, mock_connect

NOON = datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.timezone.utc)
INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}


def created(client: Any) -> datetime.datetime:
    """The creation time of a new instance."""
    made = client.create_instance(**INSTANCE)["Id"]
    time: datetime.datetime = client.describe_instance(InstanceId=made)["Instance"]["CreatedTime"]
    return time


def test_freezegun_stops_the_clock() -> None:
    freezegun = pytest.importorskip("freezegun", reason="freezegun is not installed")
    with freezegun.freeze_time(NOON), mock_connect(empty_instances=True) as handle:
        assert clock.now() == NOON
        assert created(handle.client) == NOON


def test_freezegun_moves_the_clock() -> None:
    freezegun = pytest.importorskip("freezegun", reason="freezegun is not installed")
    with freezegun.freeze_time(NOON) as frozen, mock_connect(empty_instances=True) as handle:
        frozen.tick(datetime.timedelta(hours=1))
        clock.advance(60)
        assert created(handle.client) == NOON + datetime.timedelta(hours=1, minutes=1)


def test_time_machine_stops_the_clock() -> None:
    time_machine = pytest.importorskip("time_machine", reason="time-machine is not installed")
    with time_machine.travel(NOON, tick=False), mock_connect(empty_instances=True) as handle:
        assert clock.now() == NOON
        assert created(handle.client) == NOON


def test_time_machine_moves_the_clock() -> None:
    time_machine = pytest.importorskip("time_machine", reason="time-machine is not installed")
    with time_machine.travel(NOON, tick=False) as traveller, mock_connect(empty_instances=True) as handle:
        traveller.shift(3600)
        clock.advance(60)
        assert created(handle.client) == NOON + datetime.timedelta(hours=1, minutes=1)


def test_the_clock_is_the_system_s_again_afterwards() -> None:
    freezegun = pytest.importorskip("freezegun", reason="freezegun is not installed")
    with freezegun.freeze_time(NOON), mock_connect():
        clock.advance(60)
    assert abs(clock.now() - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=1)
