"""Flow control actions: where the flow goes next, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.contact import queue_target, texts
from connect_mock.flow.actions.effects import Recorded
from connect_mock.flow.actions.registry import (
    Action,
    Unusable,
    action,
)
from connect_mock.flow.host import Host, QueueMetrics
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Ended, Enter, Event, Failed, GoTo, Next, Outcome, Result, TimeUp, Waiting
from connect_mock.flow.references import text_of

MAX_FLOW_ATTRIBUTES = 32 * 1024
"""Bytes of all flow attributes (administrator guide, quotas)."""

MAX_LOOPS = 100
TRANSFERABLE = frozenset({"CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER"})
"""Types of flows that a flow can hand over to (administrator guide, Transfer to flow)."""

MAX_WAIT = 604_800
"""Seconds: a week."""


@action
@dataclass(frozen=True, kw_only=True)
class Compare(Action):
    """Let the conditions look at a value."""

    log_name = "CheckAttribute"

    comparison_value: Any

    def run(self, host: Host, memory: Memory) -> Outcome:
        """It was looked up already."""
        return Result(self.comparison_value)


@action
@dataclass(frozen=True, kw_only=True)
class UpdateFlowAttributes(Action):
    """Set $.FlowAttributes, all or none."""

    log_name = "SetAttributes"

    flow_attributes: Mapping[str, Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Set them."""
        values = {key: entry.get("Value") for key, entry in self.flow_attributes.items() if isinstance(entry, Mapping)}
        if values.keys() != self.flow_attributes.keys():
            return Failed(why='flow attributes are objects like {"Value": "x"}')
        attributes = {**memory.namespaces.get("FlowAttributes", {}), **texts(values, "FlowAttributes")}
        if sum(len(part.encode(errors="replace")) for entry in attributes.items() for part in entry) > MAX_FLOW_ATTRIBUTES:
            return Failed(why=f"flow attributes have at most {MAX_FLOW_ATTRIBUTES} bytes in all")
        memory.namespaces["FlowAttributes"] = attributes
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class Loop(Action):
    """Count passes, or go through an array.

    The name and the array form are in the administrator guide, their keys in Parameters are not documented: taken here are
    `LoopName`, and a `LoopCount` that refers to an array. $.Loop.<name>.Index is there in both forms.
    """

    loop_count: Any
    loop_name: str = ""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Go on, or be done and start again from nothing."""
        count, passes = self._count(), memory.counters.pop(memory.identifier, 0)
        if passes >= count:
            return Result("DoneLooping")
        memory.counters[memory.identifier] = passes + 1
        memory.namespaces["Loop"] = {**memory.namespaces.get("Loop", {}), **self._position(passes)}
        return Result("ContinueLooping")

    def _count(self) -> int:
        if isinstance(self.loop_count, (list, tuple)):
            return len(self.loop_count)
        text = text_of(self.loop_count).strip()
        if not (text.isdecimal() and len(text) <= 3 and int(text) <= MAX_LOOPS):
            raise Unusable(f"Parameters.LoopCount must be an array or a number from 0 to {MAX_LOOPS}, got {text[:100]!r}")
        return int(text)

    def _position(self, index: int) -> dict[str, Any]:
        if not self.loop_name:
            return {}
        if isinstance(self.loop_count, (list, tuple)):
            return {self.loop_name: {"Index": index, "Element": self.loop_count[index], "Elements": self.loop_count}}
        return {self.loop_name: {"Index": index}}


@action
@dataclass(frozen=True, kw_only=True)
class DistributeByPercentage(Action):
    """Let the conditions look at a random number from 1 to 100."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Ask for one."""
        return Result(host.percentage())


# --- queues and hours


@action
@dataclass(frozen=True, kw_only=True)
class CheckHoursOfOperation(Action):
    """Whether it is open now."""

    hours_of_operation_id: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """True or False."""
        return Result(str(host.in_hours(self.hours_of_operation_id)))


@action
@dataclass(frozen=True, kw_only=True)
class CheckMetricData(Action):
    """Let the conditions look at one figure of a queue; the age of contacts is in milliseconds there (seen in exports)."""

    log_name = "CheckQueueStatus"

    metric_type: str
    queue_id: str | None = None
    agent_id: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Ask for it."""
        figures = {
            "NumberOfAgentsAvailable": "available",
            "NumberOfAgentsStaffed": "staffed",
            "NumberOfAgentsOnline": "online",
            "OldestContactInQueueAgeSeconds": "oldest_contact_age",
            "NumberOfContactsInQueue": "size",
        }
        if self.metric_type not in figures:
            return Failed(why=f"there is no metric {self.metric_type!r}")
        metrics = host.metrics(queue_target(self.queue_id, self.agent_id), None)
        return Result(getattr(metrics, figures[self.metric_type]))


@action
@dataclass(frozen=True, kw_only=True)
class GetMetricData(Action):
    """Load the figures of a queue: $.Metrics."""

    log_name = "GetQueueMetrics"

    queue_id: str | None = None
    agent_id: str | None = None
    queue_channel: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Load them."""
        metrics = host.metrics(queue_target(self.queue_id, self.agent_id), self.queue_channel)
        memory.namespaces["Metrics"] = _namespace(metrics)
        return Next()


def _namespace(metrics: QueueMetrics) -> dict[str, Any]:
    """`$.Metrics` of a queue."""
    return {
        "Queue": {
            "Name": metrics.name,
            "ARN": metrics.arn,
            "Size": metrics.size,
            "OldestContactAge": metrics.oldest_contact_age,
            "EstimatedWaitTime": metrics.estimated_wait_time,
        },
        "Agents": {
            "Online": {"Count": metrics.online},
            "Available": {"Count": metrics.available},
            "Staffed": {"Count": metrics.staffed},
            "AfterContactWork": {"Count": metrics.after_contact_work},
            "Busy": {"Count": metrics.busy},
            "Missed": {"Count": metrics.missed},
            "NonProductive": {"Count": metrics.non_productive},
        },
    }


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactRoutingCriteria(Action):
    """Choose which agents are asked first."""

    routing_criteria: Any

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Choose them; the criteria may have come as JSON text from a Lambda function."""
        criteria = self.routing_criteria
        if isinstance(criteria, str):
            try:
                criteria = json.loads(criteria)
            except (ValueError, RecursionError):
                criteria = None
        if not isinstance(criteria, Mapping) or not isinstance(criteria.get("Steps"), Sequence):
            return Failed(why="RoutingCriteria must be an object with Steps")
        host.update_contact({"RoutingCriteria": criteria}, "Current")
        return Next()


# --- calls


@action
@dataclass(frozen=True, kw_only=True)
class CheckOutboundCallStatus(Action):
    """Who or what answered the call of a campaign."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """One of the operands; other calls have no answer to look at."""
        status = host.contact("OutboundCallStatus")
        return Failed(why="the call is no campaign's") if status is None else Result(status)


@action
@dataclass(frozen=True, kw_only=True)
class CheckVoiceId(Action):
    """What Voice ID found. The service ended in 2026; an answer has to come from the host."""

    check_voice_id_option: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Ask for it."""
        found = host.find("VOICE_ID", self.given)
        return Result(found[0].get("Result")) if found else Failed(why="Voice ID has no result")


@action
@dataclass(frozen=True, kw_only=True)
class StartVoiceIdStream(Recorded):
    """Start streaming to Voice ID.

    The service ended in May 2026.
    """


# --- the flow itself


@action
@dataclass(frozen=True, kw_only=True)
class UpdateFlowLoggingBehavior(Action):
    """Switch flow logs on or off."""

    log_name = "SetLoggingBehavior"

    flow_logging_behavior: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Switch them."""
        host.update_contact({"FlowLogging": self.flow_logging_behavior == "Enabled"}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class TransferToFlow(Action):
    """Go to the beginning of another flow, an inbound or transfer flow."""

    log_name = "SetContactFlow"

    contact_flow_id: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Find it."""
        flow = host.load("FLOW", self.contact_flow_id)
        if flow.type not in TRANSFERABLE:
            return Failed(why=f"{flow.name} is a {flow.type} flow")
        return Enter(flow)


@action
@dataclass(frozen=True, kw_only=True)
class EndFlowExecution(Action):
    """End the flow; after loop prompts were interrupted, go back to them."""

    log_name = "EndFlow"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """The end, or the prompts."""
        return GoTo(memory.interrupted) if memory.interrupted else Ended("ENDED")


@action
@dataclass(frozen=True, kw_only=True)
class Wait(Action):
    """Wait for a time, or for one of the events before.

    Calls can wait for events alone (administrator guide, Wait). Of the mode that keeps running meanwhile, which is not
    documented, the branch Continue is taken at once, and WaitCompleted never.
    """

    wrong_channel = None

    time_limit_seconds: int
    events: Sequence[Any] = ()
    continue_execution: bool = False

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start to wait."""
        if self.continue_execution:
            return Result("Continue")
        if host.contact("Channel") == "VOICE" and not self.events:
            return Failed(why="a call can only wait for events")
        if not 1 <= self.time_limit_seconds <= MAX_WAIT:
            return Failed(why=f"TimeLimitSeconds must be from 1 to {MAX_WAIT}, got {self.time_limit_seconds}")
        return Waiting(self.time_limit_seconds, tuple(map(text_of, self.events)))

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """Something happened, or the time is up. What a function that nobody waited for has answered meanwhile is there now:
        when the service loads it is not documented in the terms of the language.
        """
        invocation = memory.namespaces.get("LambdaInvocation", {})
        if "RequestId" in invocation:
            found = host.find("LAMBDA_RESULT", {"RequestId": invocation["RequestId"]})
            memory.namespaces["LambdaInvocation"] = {**invocation, **(found[0] if found else {})}
        return Result("WaitCompleted" if isinstance(event, TimeUp) else event.name)
