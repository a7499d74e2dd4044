"""Running a flow costs a few calls through boto3 at most, and checking one a few times what reading its JSON costs.

The other side of a conversation is the canned call of `calls`: what botocore alone takes for DescribeInstance.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import boto3

from connect_mock import AmazonConnect, mock_connect
from connect_mock.flow.problems import problems_in
from tests.benchmarks.bar import Bar, Sample, seconds
from tests.benchmarks.calls import answer_to, canned_client, describe_instance
from tests.contacts.conftest import invoked, menu, queued, said
from tests.flow.recording_host import action, ending

ACTIONS = 250
"""As many as a flow may have."""

Prepare = Callable[[AmazonConnect], Callable[[], Any]]


@contextmanager
def against_canned_calls(prepare: Prepare) -> Iterator[tuple[Sample, Sample]]:
    """What is prepared, and one canned call."""
    with mock_connect() as mocked:
        client = boto3.client("connect", region_name=mocked.region_name)
        call = describe_instance(client, mocked.instance_id)
        floor = canned_client(mocked.region_name, answer_to(call, client))
        yield seconds(prepare(mocked), 10), seconds(partial(call, floor), 10)


def content(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": actions}


def loops(count: int, passes: int) -> dict[str, Any]:
    """A flow of loops one after the other, each of which compares and sets an attribute: three actions a pass."""
    actions = [each for number in range(count) for each in _loop(number, passes, f"loop {number + 1}")]
    return content(*actions, ending(f"loop {count}"))


def _loop(number: int, passes: int, after: str) -> list[dict[str, Any]]:
    loop, compare, keep = (f"{name} {number}" for name in ("loop", "compare", "keep"))
    attributes = {"FlowAttributes": {"count": {"Value": "one"}}}
    return [
        action(loop, "Loop", {"LoopCount": str(passes)}, after, on={"ContinueLooping": compare, "DoneLooping": after}),
        action(compare, "Compare", {"ComparisonValue": "$.FlowAttributes.count"}, keep, on={"none": after},
               errors={"NoMatchingCondition": keep}),
        action(keep, "UpdateFlowAttributes", attributes, loop, errors={"NoMatchingError": after}),
    ]  # fmt: skip


def hundred_control_actions(mocked: AmazonConnect) -> Callable[[], Any]:
    """A call from its start to its end: 100 actions and the hang-up."""
    flow = mocked.flow(loops(1, 33))
    return lambda: mocked.call(flow)


def four_turns(mocked: AmazonConnect) -> Callable[[], Any]:
    """Start, two inputs, a Lambda function, and the transfer to a queue."""
    mocked.lambda_function("lookup", lambda event, context: {"name": "Ana"})
    queue = mocked.client.list_queues(InstanceId=mocked.instance_id, QueueTypes=["STANDARD"])["QueueSummaryList"][0]["Id"]
    flow = mocked.flow(
        content(
            menu("language", "Press 1 for English", {"1": "lookup"}, "bye"),
            invoked("lookup", "lookup", "hello", "bye"),
            said("hello", "Hello $.External.name", "topic"),
            menu("topic", "Press 2 for billing", {"2": "queue"}, "bye"),
            *queued(queue),
        )
    )

    def converse() -> None:
        call = mocked.call(flow)
        call.press("1")
        call.press("2")
        assert call.queue == "BasicQueue"
        call.hangs_up()

    return converse


@contextmanager
def against_reading() -> Iterator[tuple[Sample, Sample]]:
    """Checking a flow of 250 actions, and reading its text."""
    says = [said(f"say {number}", f"Number {number}, $.Attributes.name", f"say {number + 1}") for number in range(ACTIONS - 1)]
    text = json.dumps(content(*says, ending(f"say {ACTIONS - 1}")))
    assert problems_in(text, "CONTACT_FLOW") == []
    yield seconds(partial(problems_in, text, "CONTACT_FLOW"), 1), seconds(partial(json.loads, text), 1)


@contextmanager
def against_a_tenth() -> Iterator[tuple[Sample, Sample]]:
    """A flow of 3,000 steps, and one of 300."""
    with mock_connect() as mocked:
        long, short = (mocked.flow(loops(count, 100), name=f"{count} loops") for count in (10, 1))
        yield seconds(lambda: mocked.call(long), 1), seconds(lambda: mocked.call(short), 1)


BARS = [
    Bar(name="flow.hundred_control_actions", limit=5, rounds=100, pair=partial(against_canned_calls, hundred_control_actions)),
    Bar(name="flow.four_turn_conversation", limit=8, rounds=100, pair=partial(against_canned_calls, four_turns)),
    Bar(name="flow.validation", limit=20, rounds=30, pair=against_reading),
    Bar(name="flow.ten_times_the_steps", limit=11, rounds=30, pair=against_a_tenth),
]
