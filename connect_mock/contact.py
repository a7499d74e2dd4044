"""Contact: one segment of a customer's contact with an instance.

A contact has no status: what happened to it shows in its timestamps. What time does to it (a scheduled one starts, an old one
expires) is worked out when somebody looks.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from connect_mock import clock
from connect_mock.resource import Resource

SegmentAttributes = dict[str, dict[str, Any]]
"""By name, each with one of ValueString, ValueMap and so on, as on the wire."""


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
    def is_expired(self) -> bool:
        return self.ended is None and self.expires is not None and self.expires <= clock.now()

    @property
    def disconnect_timestamp(self) -> datetime.datetime | None:
        return self.expires if self.is_expired else self.ended

    @property
    def disconnect_reason(self) -> str | None:
        return "EXPIRED" if self.is_expired else self.end_reason

    @property
    def is_scheduled(self) -> bool:
        """Whether it waits for its time to start."""
        return self.scheduled_timestamp is not None and self.scheduled_timestamp > clock.now()

    @property
    def is_paused(self) -> bool:
        paused, resumed = self.last_paused_timestamp, self.last_resumed_timestamp
        return paused is not None and (resumed is None or resumed < paused)

    @property
    def connected_to_system_timestamp(self) -> datetime.datetime | None:
        """When it reached the instance. A call that goes out does so when it is answered, which nobody does yet."""
        if self.channel == "VOICE" or self.is_scheduled:
            return None
        return self.scheduled_timestamp or self.initiation_timestamp

    def end(self, reason: str) -> None:
        """End it now."""
        self.ended, self.end_reason = clock.now(), reason

    def changed(self) -> None:
        """Note that it was updated now."""
        self.last_update_timestamp = clock.now()
