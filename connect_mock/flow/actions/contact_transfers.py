"""Contact actions: the contacts that a flow starts, and where it sends its own: queues, agents, modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.contact import queue_target
from connect_mock.flow.actions.registry import (
    Action,
    action,
)
from connect_mock.flow.host import Host
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Call, Ended, Failed, Next, Outcome, Return

# --- other contacts


@action
@dataclass(frozen=True, kw_only=True)
class CreateTask(Action):
    """Start a task: $.Task.ContactId."""

    contact_flow_id: str
    name: str
    delay_seconds: int | None = None
    scheduled_time: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start it."""
        if self.delay_seconds is not None and self.scheduled_time is not None:
            return Failed(why="Parameters has both DelaySeconds and ScheduledTime")
        memory.namespaces["Task"] = {"ContactId": host.start_contact("TASK", self.given)}
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class StartOutboundChatContact(Action):
    """Start a chat by text message."""

    source_endpoint: Mapping[str, Any]
    destination_endpoint: Mapping[str, Any]
    contact_flow_arn: str
    contact_subtype: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start it."""
        host.start_contact("CHAT", self.given)
        return Next()


# --- transfers and modules


@action
@dataclass(frozen=True, kw_only=True)
class TransferContactToQueue(Action):
    """Put the contact into its target queue; the flow is over."""

    log_name = "Transfer"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Put it there."""
        host.transfer_to_queue(None)
        return Ended("QUEUED")


@action
@dataclass(frozen=True, kw_only=True)
class DequeueContactAndTransferToQueue(Action):
    """Take the contact from one queue to another; the flow is over. With no queue named it fails; that is not documented."""

    log_name = "Dequeue"

    queue_id: str | None = None
    agent_id: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Take it there."""
        target = queue_target(self.queue_id, self.agent_id)
        if target is None:
            return Failed(why="Parameters has neither QueueId nor AgentId")
        host.transfer_to_queue(target)
        return Ended("QUEUED")


@action
@dataclass(frozen=True, kw_only=True)
class TransferContactToAgent(Action):
    """Connect the contact with the agent whom the transfer is for; the flow is over."""

    log_name = "Transfer"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """The end."""
        return Ended("AGENT")


@action
@dataclass(frozen=True, kw_only=True)
class InvokeFlowModule(Action):
    """Run a module."""

    flow_module_id: str
    input: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Find it."""
        return Call(host.load("MODULE", self.flow_module_id), self.input or {})


@action
@dataclass(frozen=True, kw_only=True)
class EndFlowModuleExecution(Action):
    """Return from a module."""

    log_name = "ReturnFromFlowModule"

    result: str | None = None
    result_data: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Return."""
        return Return(self.result, self.result_data)
