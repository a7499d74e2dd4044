"""A flow that was exported from the console, called by customers.

Copy this folder, put your own flow in the place of flow.json, and say what callers should hear. What the flow names, here the
queue Billing, is found by its name in the instance of the test, as when the console imports a flow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def flow(amazon_connect: Any) -> str:
    """The flow, published in an instance that has a queue for billing."""
    amazon_connect.queue("Billing")
    flow_id: str = amazon_connect.flow(HERE / "flow.json")
    return flow_id


def test_callers_who_press_1_reach_billing(amazon_connect: Any, flow: str) -> None:
    call = amazon_connect.call(flow)
    assert call.heard == ["Welcome to Lantern Energy. For billing, press 1."]
    call.press("1")
    assert call.queue == "Billing"


def test_callers_who_press_nothing_are_asked_three_times(amazon_connect: Any, flow: str) -> None:
    call = amazon_connect.call(flow)
    call.waits()
    call.waits()
    assert call.ended is None
    call.waits()
    assert call.heard == ["Please call again later. Goodbye."]
    assert call.ended == "CONTACT_FLOW_DISCONNECT"


def test_callers_hear_that_all_lines_are_busy(amazon_connect: Any, flow: str) -> None:
    amazon_connect.force_error("Transfer", "QueueAtCapacity")
    call = amazon_connect.call(flow)
    call.press("1")
    assert call.heard == ["All our lines are busy.", "Please call again later. Goodbye."]


def test_the_whole_conversation(amazon_connect: Any, flow: str) -> None:
    amazon_connect.call(flow).plays(HERE / "conversation.txt")
