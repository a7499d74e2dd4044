"""Instance: the resource that owns nearly all others."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, field
from typing import Any

from connect_mock import clock
from connect_mock.collection import Collection, Owner
from connect_mock.lifecycle import Lifecycle
from connect_mock.quotas import Quota
from connect_mock.resource import Resource

INSTANCE_STATES = ("CREATION_IN_PROGRESS", "ACTIVE")
REPLICATION_STATES = ("INSTANCE_REPLICATION_IN_PROGRESS", "INSTANCE_REPLICATION_COMPLETE")


@dataclass(slots=True)
class Replication:
    """The two Regions that an instance is in. The instance and its replica share it."""

    source_region: str
    replica_region: str
    is_isolated: bool = False
    """Whether contacts of one Region are kept from agents in the other."""
    lifecycle: Lifecycle = field(default_factory=lambda: Lifecycle("connect::replication", REPLICATION_STATES))

    @property
    def regions(self) -> tuple[str, str]:
        """The source Region first."""
        return self.source_region, self.replica_region

    @property
    def replication_status_summary_list(self) -> list[dict[str, str]]:
        status = self.lifecycle.state
        return [{"Region": region, "ReplicationStatus": status} for region in self.regions]


@dataclass(kw_only=True, slots=True, eq=False)
class Instance(Resource, Owner):
    """An Amazon Connect instance and everything in it: `instance[ContactFlow]` are its flows."""

    arn_type = "instance"
    quota = Quota("instances", math.inf)
    """AWS gives an account two; here only a test that sets the quota is held to it."""

    identity_management_type: str
    attributes: dict[str, str]
    """What is on or off in it, as `true` and `false`: `attributes["CONTACTFLOW_LOGS"]`. All types are there."""
    instance_alias: str | None = None
    directory_id: str | None = None
    service_role: str
    created_time: datetime.datetime = field(default_factory=clock.now)
    lifecycle: Lifecycle = field(default_factory=lambda: Lifecycle("connect::instance", INSTANCE_STATES))
    replication: Replication | None = None
    collections: dict[type[Any], Collection[Any]] = field(default_factory=dict, repr=False)
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    """The contacts in queues: by queue id, and in it by contact id in the order in which they came."""
    arn_prefix: str = ""
    region_name: str = ""

    def __post_init__(self) -> None:
        self.arn_prefix = f"{self.arn}/"
        self.region_name = self.owner.region_name

    @property
    def exists(self) -> bool:
        """Whether it was not deleted."""
        return self.owner[Instance].find(self.id) is self  # type: ignore[index]

    @property
    def instance_status(self) -> str:
        return self.lifecycle.state

    @property
    def inbound_calls_enabled(self) -> bool:
        return self.attributes["INBOUND_CALLS"] == "true"

    @property
    def outbound_calls_enabled(self) -> bool:
        return self.attributes["OUTBOUND_CALLS"] == "true"

    @property
    def instance_access_url(self) -> str | None:
        """Where people sign in; an instance without alias has none of its own (DescribeInstance, recorded answer)."""
        return f"https://{self.instance_alias}.my.connect.aws" if self.instance_alias else None
