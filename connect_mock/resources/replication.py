"""Replication: an instance's replica in another Region, and what differs between the two since.

The resources of the instance are copied once, when it is replicated, under their ids. Not emulated: that the service goes on
copying changes; each resource that differs is a replication finding here. AWS does not say what a GlobalSignInEndpoint looks
like, so there is none.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from connect_mock import clock, settings
from connect_mock.collection import Owner, field_names
from connect_mock.errors import InvalidRequestException, ResourceConflictException
from connect_mock.instance import Instance, Replication
from connect_mock.operations import Operations
from connect_mock.publishing import Publishable, Version, sha256
from connect_mock.resource import Resource
from connect_mock.resources import furnishing
from connect_mock.resources.traffic_distribution_groups import TrafficDistributionGroup, everything_to, groups

REPLICA_REGIONS = {
    "us-east-1": "us-west-2",
    "us-west-2": "us-east-1",
    "eu-central-1": "eu-west-2",
    "eu-west-2": "eu-central-1",
    "ap-northeast-1": "ap-northeast-3",
}
"""The one Region where an instance of each Region can have its replica (administrator guide)."""

DEFAULT_GROUP = "Default traffic distribution group"
"""AWS does not say how it is called."""

RESOURCE_TYPES: dict[str, tuple[str, ...]] = {
    "AGENT": ("User",),
    "AGENT_GROUP": ("HierarchyGroup",),
    "AGENT_GROUP_LEVEL": ("HierarchyLevel",),
    "AGENT_STATE": ("AgentStatus",),
    "ATTRIBUTE": ("PredefinedAttribute",),
    "CONTACT_FLOW": ("ContactFlow",),
    "DATA_TABLE": ("DataTable",),
    "DATA_TABLE_ATTRIBUTE": ("DataTable", "DataTableAttribute"),
    "DATA_TABLE_RECORD": ("DataTable", "DataTableRecord"),
    "DATA_TABLE_VALUE": ("DataTable", "DataTableValue"),
    "FLOW_MODULE": ("ContactFlowModule",),
    "FLOW_MODULE_ALIAS": ("ContactFlowModule", "Alias"),
    "FLOW_MODULE_VERSION": ("ContactFlowModule", "Version"),
    "METRIC": ("Metric",),
    "NOTIFICATION": ("Notification",),
    "OPERATING_HOURS": ("HoursOfOperation",),
    "PHONE_NUMBER": (),
    "PROMPT": ("Prompt",),
    "QUEUE": ("Queue",),
    "REPORT": (),
    "ROUTING_PROFILE": ("RoutingProfile",),
    "SECURITY_PROFILE": ("SecurityProfile",),
    "TASK_TEMPLATE": ("TaskTemplate",),
    "TEST_CASE": ("TestCase",),
    "TRANSFER_DESTINATION": ("QuickConnect",),
    "VIEW": ("View",),
    "WORKSPACE": ("Workspace",),
}
"""What can be asked of ListReplicationFindings (documentation of ResourceType), and the classes: one, or one inside another.

Phone numbers of both Regions are those of a traffic distribution group, of which there is only one; there are no reports.
"""

MIRRORED = frozenset(path[0] for path in RESOURCE_TYPES.values() if path)
"""The classes of what a replica gets from its source."""


class ReplicationOperations(Operations):
    """The operations on replication."""

    def replicate_instance(self, *, instance_id: str, replica_region: str, replica_alias: str | None = None) -> dict[str, str]:
        """The instance once more in another Region, with the same id, and a default traffic distribution group.

        Raises InvalidRequestException for an instance that is not ACTIVE, has no alias, does not use SAML or is replicated,
        and for another Region than the one that AWS pairs with this one (administrator guide); ResourceConflictException for
        an alias that is taken.
        """
        instance = self.instance(instance_id)
        self._check_can_be_replicated(instance, replica_region)
        if replica_alias and self.is_alias_taken(replica_alias):
            raise ResourceConflictException(f"ReplicaAlias {replica_alias} is already used")
        replication = Replication(self.region_name, replica_region)
        replica = self._replica(instance, replication, replica_alias)
        instance.replication = replication
        self._add_default_group(instance, replication)
        return {"Id": replica.id, "Arn": replica.arn}

    def list_replication_findings(self, *, instance_id: str, resource_type: str) -> dict[str, Any]:
        """The resources of a type that are in one Region and not, or not as new, in the other."""
        instance = self.instance(instance_id)
        path = _checked_type(instance, resource_type)
        here, there = _both(self, instance)
        findings = [*_findings(there, here, path, resource_type), *_findings(here, there, path, resource_type)]
        return {
            "ReplicationFindingsList": findings,
            "ApproximateDriftedResourceCounts": [_drift(each.region_name, findings) for each in (here, there)],
            "ResourceReplicationStatuses": [
                {"Region": each.region_name, "Status": "ENABLED" if path else "DISABLED"} for each in (here, there)
            ],
        }

    def _check_can_be_replicated(self, instance: Instance, replica_region: str) -> None:
        paired = REPLICA_REGIONS.get(self.region_name)
        if instance.replication:
            raise InvalidRequestException(f"Instance {instance.id} is replicated: {' to '.join(instance.replication.regions)}")
        if paired is None:
            raise InvalidRequestException(f"Instances of {self.region_name} cannot be replicated")
        if replica_region != paired:
            raise InvalidRequestException(
                f"ReplicaRegion must be {paired} for an instance of {self.region_name}, got {replica_region}"
            )
        if instance.instance_status != "ACTIVE" or not instance.instance_alias:
            raise InvalidRequestException(f"Instance {instance.id} must be ACTIVE and have an alias to be replicated")
        if instance.identity_management_type != "SAML":
            raise InvalidRequestException(
                f"Instance {instance.id} must have the IdentityManagementType SAML to be replicated,"
                f" it has {instance.identity_management_type}"
            )

    def _replica(self, source: Instance, replication: Replication, alias: str | None) -> Instance:
        replica = self.in_region(replication.replica_region)[Instance].add(
            id=source.id,
            identity_management_type=source.identity_management_type,
            attributes=dict(source.attributes),
            instance_alias=alias,
            service_role=source.service_role,
            replication=replication,
        )
        if not settings.current.empty_instances:
            furnishing.furnish(replica)
        mirror(source, replica)
        return replica

    def _add_default_group(self, instance: Instance, replication: Replication) -> None:
        groups(self).add(
            name=DEFAULT_GROUP,
            instance_arn=instance.arn,
            regions=replication.regions,
            is_default=True,
            sign_in_config={"Distributions": [{"Region": region, "Enabled": True} for region in replication.regions]},
            **everything_to(replication.regions),
        )


# --- copying


Moves = dict[str, str]


def mirror(source: Instance, replica: Instance) -> None:
    """Give the replica copies of the resources of the source, with the ids that they have there and the replica's ARNs."""
    moves = {source.arn: replica.arn, _of_aws(source): _of_aws(replica)}
    for model in [model for model in {**source.collections, **replica.collections} if model.__name__ in MIRRORED]:
        replica.collections[model] = copy.deepcopy(source[model], {id(source): replica})
        for resource in replica[model]:
            _move(resource, moves)


def _of_aws(instance: Instance) -> str:
    """How the ARNs of what AWS manages begin in the Region of the instance."""
    return f"{instance.arn.partition(':connect:')[0]}:connect:{instance.region_name}:aws:"


def _move(resource: Resource, moves: Moves) -> None:
    """Put other ARNs in the place of some in all members of a resource, and in what it holds."""
    model: Any = type(resource)
    for name in field_names(model) - {"owner", "collections", "lifecycle"}:
        setattr(resource, name, _moved(getattr(resource, name), moves))
    if isinstance(resource, Owner):
        for inner in resource.resources():
            _move(inner, moves)
    if isinstance(resource, Publishable) and resource.published_content is not None:
        resource.content_sha256 = sha256(resource.published_content)
    if isinstance(resource, Version):
        resource.content_sha256 = sha256(resource.content)


def _moved(value: Any, moves: Moves) -> Any:
    if isinstance(value, str):
        for old, new in moves.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, dict):
        return {_moved(key, moves): _moved(each, moves) for key, each in value.items()}
    return type(value)(_moved(each, moves) for each in value) if type(value) in (list, tuple, set, frozenset) else value


# --- differences


def _checked_type(instance: Instance, resource_type: str) -> tuple[str, ...]:
    if instance.replication is None:
        raise InvalidRequestException(f"Instance {instance.id} is not set up for Global Resiliency: it has no replica")
    if resource_type not in RESOURCE_TYPES:
        raise InvalidRequestException(f"ResourceType must be one of {', '.join(RESOURCE_TYPES)}, got {resource_type}")
    return RESOURCE_TYPES[resource_type]


def _both(operations: Operations, instance: Instance) -> tuple[Instance, Instance]:
    """The instance in its source Region and its replica."""
    assert instance.replication is not None
    source, replica = (operations.in_region(region)[Instance].get(instance.id) for region in instance.replication.regions)
    return source, replica


def _resources(instance: Instance, path: tuple[str, ...]) -> dict[str, Resource]:
    """The resources of a class, or of a class inside another, by id."""
    found: list[Any] = [instance] if path else []
    for name in path:
        found = [
            resource
            for owner in found
            for model, collection in owner.collections.items()
            if model.__name__ == name
            for resource in collection
        ]
    return {each.id: each for each in found}


def _findings(lagging: Instance, leading: Instance, path: tuple[str, ...], resource_type: str) -> Iterator[dict[str, Any]]:
    """What one Region lacks of the other."""
    there = _resources(lagging, path)
    for resource in _resources(leading, path).values():
        other = there.get(resource.id)
        if other is None or other.last_modified_time < resource.last_modified_time:
            yield {
                "Arn": resource.arn,
                "Id": resource.id,
                "Region": lagging.region_name,
                "ResourceType": resource_type,
                "Name": getattr(resource, "name", None),
                "Operation": "UPDATE" if other else "CREATE",
                "Message": f"{resource.arn} was changed and not yet copied to {lagging.region_name}",
            }


def _drift(region_name: str, findings: list[dict[str, Any]]) -> dict[str, Any]:
    count = sum(each["Region"] == region_name for each in findings)
    return {"Region": region_name, "Count": count, "Timestamp": clock.now()}


# --- the end of it


def check_can_be_deleted(operations: Operations, instance: Instance) -> None:
    """Raises InvalidRequestException for a source with a replica, and for a replica with other groups than the default one.

    AWS says only that the default traffic distribution group goes with the replica.
    """
    replication = instance.replication
    if replication and replication.source_region == operations.region_name:
        raise InvalidRequestException(
            f"The replica of instance {instance.id} in {replication.replica_region} must be deleted first"
        )
    others = [each.name for each in _groups_of(operations, instance) if not each.is_default]
    if others:
        raise InvalidRequestException(f"Traffic distribution groups must be deleted before the replica: {', '.join(others)}")


def part(operations: Operations, instance: Instance) -> None:
    """Make an instance again the only one: its replica is being deleted, and the default group with it."""
    if instance.replication:
        source, _ = _both(operations, instance)
        for each in _groups_of(operations, instance):
            each.owner[TrafficDistributionGroup].remove(each)
        source.replication = None


def _groups_of(operations: Operations, instance: Instance) -> list[TrafficDistributionGroup]:
    if instance.replication is None:
        return []
    source, _ = _both(operations, instance)
    return [each for each in groups(operations.in_region(source.region_name)) if each.instance_arn == source.arn]
