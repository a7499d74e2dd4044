"""Contact: one segment of a customer's contact with an instance.

A contact has no status: what happened to it shows in its timestamps. What becomes of it is in `contacts/`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from connect_mock import clock
from connect_mock.resource import Resource

NOTHING: Mapping[Any, Any] = {}
"""What most contacts have, and share: it is never changed."""

Audience = Literal["CUSTOMER", "AGENT"]
"""Whom a flow is for."""

SegmentAttributes = dict[str, dict[str, Any]]
"""By name, each with one of ValueString, ValueMap and so on, as on the wire."""


@dataclass(slots=True)
class Line:
    """One line of a contact's conversation."""

    mark: str
    """`<` is what the customer hears or reads, `>` what the customer does, `->` where the contact goes, `!` what went wrong,
    `*` what has no effect in a simulation.
    """
    text: str
    action: str = ""
    """The identifier of the flow's action; empty for what no action did."""
    heard: str | None = None
    """What was said, by itself; None for a line that says nothing to the customer."""


@dataclass(slots=True)
class Invocation:
    """One invocation that a flow asked for, as `call.lambda_calls` shows it."""

    function: str
    """The ARN, or the name, as the flow has it."""
    event: dict[str, Any]
    request_id: str
    answer: Any = None
    """What it answered, as JSON values."""
    error: str | None = None
    """Why it failed; None when it did not."""

    @property
    def parameters(self) -> dict[str, Any]:
        """`Details.Parameters` of the event."""
        return self.event["Details"]["Parameters"]  # type: ignore[no-any-return]


@dataclass(slots=True)
class Handling:
    """What flows have made of a contact so far, and what they are still doing."""

    runs: Mapping[Audience, Any] = field(default_factory=lambda: NOTHING)
    """The flows that are being run (`contacts.flow_runs.FlowRun`), by whom they are for."""
    conversation: list[Line] = field(default_factory=list)
    lambda_calls: tuple[Invocation, ...] = ()
    hooks: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Flows by event (UpdateContactEventHooks)."""
    target_queue_id: str | None = None
    callback_number: str | None = None
    language_code: str | None = None
    voice: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    media_stream: dict[str, str] | None = None
    """The customer's audio, as Lambda events have it."""
    participant_state: str = "OffHold"
    """Who is on hold while flows run (UpdatePreviousContactParticipantState)."""
    logging: bool = False
    """Whether flow logs go to CloudWatch, as far as the flow decides (UpdateFlowLoggingBehavior)."""
    end_of_flow: str = ""
    """How the last flow of the contact ended, and why."""


@dataclass(kw_only=True, slots=True, eq=False)
class Contact(Resource):
    """One segment of a customer's contact with the instance."""

    arn_type = "contact"
    prefixes = ("Contact",)
    taggable = False

    channel: str
    initiation_method: str
    initiation_timestamp: datetime.datetime = field(default_factory=clock.now)
    last_update_timestamp: datetime.datetime = field(default_factory=clock.now)
    contact_flow_id: str | None = None
    """The flow that it entered, as the caller named it, with its qualifier."""
    name: str | None = None
    description: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    """Shared with every contact of the chain that PreviousContactId makes."""
    references: dict[str, dict[str, Any]] = field(default_factory=dict)
    segment_attributes: SegmentAttributes = field(default_factory=dict)

    initial_contact_id: str | None = None
    previous_contact_id: str | None = None
    related_contact_id: str | None = None
    tree: list[Contact] = field(default_factory=list, repr=False)
    """All contacts that previous or related contacts connect with this one, the first of them first."""

    scheduled_timestamp: datetime.datetime | None = None
    reschedules: int = 0
    expires: datetime.datetime | None = None
    ended: datetime.datetime | None = None
    end_reason: str | None = None

    is_paused: bool = False
    last_paused_timestamp: datetime.datetime | None = None
    last_resumed_timestamp: datetime.datetime | None = None
    total_pause_count: int | None = None
    total_pause_duration_in_seconds: int | None = None

    queue_info: dict[str, Any] | None = None
    agent_info: dict[str, Any] | None = None
    queue_priority: int = 5
    customer_id: str | None = None
    customer_endpoint: dict[str, Any] | None = None
    system_endpoint: dict[str, Any] | None = None
    additional_email_recipients: dict[str, Any] | None = None
    campaign: dict[str, str] | None = None
    outbound_strategy: dict[str, Any] | None = None
    connected_to_system: datetime.datetime | None = None
    routing_criteria: dict[str, Any] | None = None
    queue_time_adjustment_seconds: int | None = None
    wisdom_info: dict[str, str] | None = None
    cases: list[dict[str, str]] | None = None
    contact_lens: dict[str, Any] | None = None
    task_template_info: dict[str, str] | None = None
    handling: Handling = field(default_factory=Handling)
    started_with: dict[str, Any] | None = None
    """What the call that made it said and no later call shows: participants, messages, chat settings, source numbers."""

    def __post_init__(self) -> None:
        self.tree.append(self)

    @property
    def position(self) -> tuple[float, int]:
        return (self.initiation_timestamp.timestamp(), self.sequence)

    @property
    def contact_association_id(self) -> str:
        """The root of the tree of contacts."""
        return self.tree[0].id

    @property
    def chain_id(self) -> str:
        """The first contact of the chain that PreviousContactId makes."""
        return self.initial_contact_id or self.id

    @property
    def chain(self) -> list[Contact]:
        """The contacts of that chain, oldest first."""
        return [each for each in self.tree if each.chain_id == self.chain_id]

    @property
    def disconnect_timestamp(self) -> datetime.datetime | None:
        return self.ended

    @property
    def disconnect_reason(self) -> str | None:
        return self.end_reason

    @property
    def is_scheduled(self) -> bool:
        """Whether it waits for its time to start."""
        return self.scheduled_timestamp is not None and self.scheduled_timestamp > clock.now()

    @property
    def connected_to_system_timestamp(self) -> datetime.datetime | None:
        """When it reached the instance: a call that goes out when it was answered, a scheduled task when it started."""
        return self.connected_to_system

    def pause(self) -> None:
        """Pause it now."""
        self.is_paused, self.last_paused_timestamp = True, clock.now()
        self.total_pause_count = (self.total_pause_count or 0) + 1
        self.changed()

    def resume(self) -> None:
        """Go on now, after a pause."""
        assert self.last_paused_timestamp  # only what was paused goes on
        self.is_paused, self.last_resumed_timestamp = False, clock.now()
        paused = int((self.last_resumed_timestamp - self.last_paused_timestamp).total_seconds())
        self.total_pause_duration_in_seconds = (self.total_pause_duration_in_seconds or 0) + paused
        self.changed()

    def end(self, reason: str) -> None:
        """End it now."""
        self.ended, self.end_reason = clock.now(), reason

    def changed(self) -> None:
        """Note that it was updated now."""
        self.last_update_timestamp = clock.now()
