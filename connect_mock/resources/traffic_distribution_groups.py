"""Traffic distribution groups: which share of the calls, agents and sign-ins of a replicated instance each Region gets.

A group lives in the Region of the source instance, where its id is enough; in the Region of the replica its ARN names it.
A new one sends everything to the source Region. AWS publishes no quota; tests may set `traffic_distribution_groups`.

Not emulated: that agents move to another Region when a distribution changes.
"""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass, field
from typing import Any, ClassVar

from connect_mock import clock, integrity
from connect_mock.collection import Collection
from connect_mock.errors import InvalidRequestException, ResourceNotFoundException, ResourceNotReadyException
from connect_mock.instance import Instance
from connect_mock.lifecycle import GONE, Lifecycle, without_gone
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, NamedResource

LIFE = "connect::traffic_distribution_group"

Distributions = dict[str, list[dict[str, Any]]]


@dataclass(kw_only=True, slots=True, eq=False)
class TrafficDistributionGroup(NamedResource):
    """A group. It belongs to the account and Region."""

    arn_type = "traffic-distribution-group"
    quota: ClassVar = Quota("traffic_distribution_groups", sys.maxsize)

    owner: Operations = field(repr=False)
    instance_arn: str
    regions: tuple[str, str]
    """The Regions of the source instance and of its replica."""
    is_default: bool = False
    """Whether it came with the replica and goes with it."""
    telephony_config: Distributions
    agent_config: Distributions
    sign_in_config: Distributions | None = None
    """Only the default group has it."""
    last_failover_time: datetime.datetime | None = None
    user_ids: list[str] = field(default_factory=list)
    lifecycle: Lifecycle = field(default_factory=lambda: Lifecycle(LIFE, ("CREATION_IN_PROGRESS", "ACTIVE")))

    @property
    def unique_key(self) -> str:
        return f"{self.name} of {self.instance_arn}"

    @property
    def status(self) -> str:
        return self.lifecycle.state

    @property
    def gone(self) -> bool:
        return self.lifecycle.state == GONE


def everything_to(regions: tuple[str, str]) -> dict[str, Distributions]:
    """The distributions of a new group: all traffic to the source Region (AWS does not say)."""
    source, replica = regions
    shares = [{"Region": source, "Percentage": 100}, {"Region": replica, "Percentage": 0}]
    return {"telephony_config": {"Distributions": shares}, "agent_config": {"Distributions": shares}}


def groups(operations: Operations) -> Collection[TrafficDistributionGroup]:
    """The groups that were made in this Region."""
    return without_gone(operations[TrafficDistributionGroup])


def group_at(operations: Operations, id_or_arn: str) -> TrafficDistributionGroup:
    """The group with that id, if it was made in this Region, or with that ARN, if this is one of its two Regions.

    Raises ResourceNotFoundException.
    """
    by_arn = id_or_arn.startswith("arn:")
    for backend in operations.same_account() if by_arn else [operations]:
        found = groups(backend).find(id_or_arn)
        if found and operations.region_name in found.regions and (found.arn == id_or_arn or not by_arn):
            return found
    raise ResourceNotFoundException(f"Traffic distribution group {id_or_arn} not found")


class TrafficDistributionGroupOperations(Operations):
    """The operations on traffic distribution groups."""

    def create_traffic_distribution_group(self, *, instance_id: str, name: str, **members: Any) -> dict[str, str]:
        """A group of a replicated instance, in its source Region (administrator guide).

        Raises ResourceNotReadyException before the instance is replicated.
        """
        instance = self.instance(instance_id)
        replication = instance.replication
        if replication is None or replication.lifecycle.state != "INSTANCE_REPLICATION_COMPLETE":
            raise ResourceNotReadyException(f"Instance {instance.id} is not replicated to another Region")
        if replication.source_region != self.region_name:
            raise InvalidRequestException(f"Groups of instance {instance.id} are created in {replication.source_region}")
        shares = everything_to(replication.regions)
        group = groups(self).add(instance_arn=instance.arn, regions=replication.regions, name=name, **shares, **members)
        return {"Id": group.id, "Arn": group.arn}

    def describe_traffic_distribution_group(
        self, *, traffic_distribution_group_id: str
    ) -> dict[str, TrafficDistributionGroup]:
        """The group and its status."""
        group = group_at(self, traffic_distribution_group_id)
        group.lifecycle.look()
        return {"TrafficDistributionGroup": group_at(self, traffic_distribution_group_id)}

    def list_traffic_distribution_groups(self, *, instance_id: str | None = None) -> list[TrafficDistributionGroup]:
        """The groups that this Region has a share in: those of one instance or of all."""
        wanted = None if instance_id is None else self.instance(instance_id).id
        found = [each for backend in self.same_account() for each in groups(backend) if self.region_name in each.regions]
        return [each for each in found if wanted in (None, each.instance_arn.rpartition("/")[2])]

    def delete_traffic_distribution_group(self, *, traffic_distribution_group_id: str) -> None:
        """Refused for the default group, and while phone numbers are claimed to the group."""
        group = self._own(traffic_distribution_group_id)
        if group.is_default:
            raise InvalidRequestException(f"{group.name} is the default group and is deleted with the replica")
        if group.status != "PENDING_DELETION":
            integrity.check_free(self, group)
            group.lifecycle = Lifecycle(LIFE, ("PENDING_DELETION", GONE))
        without_gone(self[TrafficDistributionGroup])

    # --- the distribution

    def get_traffic_distribution(self, *, id: str) -> TrafficDistributionGroup:
        """The shares of each Region. Only an active group has them (administrator guide)."""
        return _active(group_at(self, id))

    def update_traffic_distribution(self, *, id: str, **configs: Distributions) -> None:
        """Set the distribution of calls, agents or sign-ins; what is left out stays.

        Raises InvalidRequestException for shares that are not multiples of 10 or do not add up to 100, for other Regions than
        the group's two, for sign-ins of a group that is not the default one, and when nothing is given.
        """
        group = _active(group_at(self, id))
        if not configs:
            raise InvalidRequestException("One of TelephonyConfig, SignInConfig and AgentConfig must be given")
        for name, config in configs.items():
            (_check_sign_in if name == "sign_in_config" else _check_shares)(group, config["Distributions"])
        group.owner[TrafficDistributionGroup].update(group, **configs, last_failover_time=clock.now())
        group.lifecycle = Lifecycle(LIFE, ("UPDATE_IN_PROGRESS", "ACTIVE"))

    # --- users

    def associate_traffic_distribution_group_user(
        self, *, traffic_distribution_group_id: str, user_id: str, instance_id: str
    ) -> None:
        """Add an agent of the instance; one who is in it stays."""
        group, user = self._group_and_user(traffic_distribution_group_id, user_id, instance_id)
        if user not in group.user_ids:
            group.user_ids.append(user)

    def disassociate_traffic_distribution_group_user(
        self, *, traffic_distribution_group_id: str, user_id: str, instance_id: str
    ) -> None:
        """Take an agent out; for one who is not in it nothing happens."""
        group, user = self._group_and_user(traffic_distribution_group_id, user_id, instance_id)
        if user in group.user_ids:
            group.user_ids.remove(user)

    def list_traffic_distribution_group_users(self, *, traffic_distribution_group_id: str) -> list[dict[str, str]]:
        """The ids of its agents, without those who were deleted."""
        group = group_at(self, traffic_distribution_group_id)
        users = group.owner[Instance].get(group.instance_arn)[MODELS["User"]]
        return [{"UserId": each} for each in group.user_ids if each in users]

    def _own(self, id_or_arn: str) -> TrafficDistributionGroup:
        """The group, which has to be of this Region."""
        group = group_at(self, id_or_arn)
        if group.owner is not self:
            raise InvalidRequestException(f"Group {id_or_arn} can be changed only in {group.regions[0]}, where it was created")
        return group

    def _group_and_user(self, id_or_arn: str, user_id: str, instance_id: str) -> tuple[TrafficDistributionGroup, str]:
        group, instance = _active(self._own(id_or_arn)), self.instance(instance_id)
        if group.instance_arn != instance.arn:
            raise InvalidRequestException(f"Group {id_or_arn} is one of {group.instance_arn}, not of {instance.arn}")
        return group, instance[MODELS["User"]].get(user_id).id


def _active(group: TrafficDistributionGroup) -> TrafficDistributionGroup:
    if group.status != "ACTIVE":
        raise InvalidRequestException(f"Group {group.id} must be ACTIVE, it is {group.status}")
    return group


def _check_regions(group: TrafficDistributionGroup, distributions: list[dict[str, Any]]) -> None:
    given = [each["Region"] for each in distributions]
    if sorted(given) != sorted(group.regions):
        expected = " and ".join(group.regions)
        raise InvalidRequestException(f"Distributions must name each of {expected} once, got {', '.join(given) or 'none'}")


def _check_shares(group: TrafficDistributionGroup, distributions: list[dict[str, Any]]) -> None:
    _check_regions(group, distributions)
    shares = [each["Percentage"] for each in distributions]
    if any(share % 10 for share in shares) or sum(shares) != 100:
        raise InvalidRequestException(f"Percentage must be a multiple of 10, and all must add up to 100, got {shares}")


def _check_sign_in(group: TrafficDistributionGroup, distributions: list[dict[str, Any]]) -> None:
    if not group.is_default:
        raise InvalidRequestException(f"SignInConfig can be set for the default group only, {group.name} is another one")
    _check_regions(group, distributions)
    if not any(each["Enabled"] for each in distributions):
        raise InvalidRequestException("SignInConfig must be enabled for at least one Region")
