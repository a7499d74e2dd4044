"""Instance: the resource that owns nearly all others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from connect_mock import clock
from connect_mock.collection import Collection, Owner
from connect_mock.lifecycle import Lifecycle
from connect_mock.resource import Resource

INSTANCE_STATES = ("CREATION_IN_PROGRESS", "ACTIVE")


@dataclass(kw_only=True, slots=True, eq=False)
class Instance(Resource, Owner):
    """An Amazon Connect instance and everything in it: `instance[ContactFlow]` are its flows."""

    arn_type = "instance"

    identity_management_type: str
    inbound_calls_enabled: bool
    outbound_calls_enabled: bool
    instance_alias: str | None = None
    directory_id: str | None = None
    service_role: str
    created_time: datetime.datetime = field(default_factory=clock.now)
    lifecycle: Lifecycle = field(default_factory=lambda: Lifecycle("connect::instance", INSTANCE_STATES))
    collections: dict[type[Any], Collection[Any]] = field(default_factory=dict, repr=False)
    arn_prefix: str = ""
    region_name: str = ""

    def __post_init__(self) -> None:
        self.arn_prefix = f"{self.arn}/"
        self.region_name = self.owner.region_name

    @property
    def instance_status(self) -> str:
        return self.lifecycle.state

    @property
    def instance_access_url(self) -> str | None:
        """Where people sign in; an instance without alias has none of its own (DescribeInstance, recorded answer)."""
        return f"https://{self.instance_alias}.my.connect.aws" if self.instance_alias else None
