"""The queues of routing profiles: whose contacts are routed to agents, and whose contacts agents pick themselves."""

from __future__ import annotations

from typing import Any

from connect_mock.errors import InvalidParameterException, InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations, check_any_given
from connect_mock.resource import last_modified
from connect_mock.resources.queues import Queue
from connect_mock.resources.routing_profiles import (
    QueueChannel,
    RoutingProfile,
    manual_assignments_in,
    queue_channels_in,
    ranks_in,
    within_quotas,
)

MAX_REFERENCES = 10
"""In one call of DisassociateRoutingProfileQueues and in each list (documentation of the operation)."""


class RoutingProfileQueueOperations(Operations):
    """The operations on the queues of routing profiles."""

    def associate_routing_profile_queues(
        self,
        *,
        instance_id: str,
        routing_profile_id: str,
        queue_configs: list[dict[str, Any]] | None = None,
        manual_assignment_queue_configs: list[dict[str, Any]] | None = None,
    ) -> None:
        """Add queues and channels. One that is there gets the new priority and delay: sources are silent."""
        instance = self.instance(instance_id)
        profile = instance[RoutingProfile].get(routing_profile_id)
        check_any_given(QueueConfigs=queue_configs, ManualAssignmentQueueConfigs=manual_assignment_queue_configs)
        ranks = profile.ranks | ranks_in(instance, queue_configs or [])
        more = manual_assignments_in(instance, manual_assignment_queue_configs or [])
        members = within_quotas(ranks, [*profile.manual_assignments, *more])
        instance[RoutingProfile].update(profile, **members)

    def disassociate_routing_profile_queues(
        self,
        *,
        instance_id: str,
        routing_profile_id: str,
        queue_references: list[dict[str, str]] | None = None,
        manual_assignment_queue_references: list[dict[str, str]] | None = None,
    ) -> None:
        """Take queues and channels away. Those of existing queues that the profile does not have are passed over.

        Raises InvalidParameterException for more than ten in one list.
        """
        instance = self.instance(instance_id)
        profile = instance[RoutingProfile].get(routing_profile_id)
        lists = {"QueueReferences": queue_references, "ManualAssignmentQueueReferences": manual_assignment_queue_references}
        check_any_given(**lists)
        gone, gone_manual = (_references(instance, name, found or []) for name, found in lists.items())
        instance[RoutingProfile].update(
            profile,
            ranks={each: rank for each, rank in profile.ranks.items() if each not in gone},
            manual_assignments=tuple(each for each in profile.manual_assignments if each not in gone_manual),
        )

    def update_routing_profile_queues(
        self, *, instance_id: str, routing_profile_id: str, queue_configs: list[dict[str, Any]]
    ) -> None:
        """Change priority and delay of queues and channels that are associated."""
        instance = self.instance(instance_id)
        profile = instance[RoutingProfile].get(routing_profile_id)
        ranks = ranks_in(instance, queue_configs)
        for each in ranks:
            if each not in profile.ranks:
                raise InvalidRequestException(
                    f"Queue {each.queue_id} with channel {each.channel} is not associated with routing profile {profile.id}"
                )
        instance[RoutingProfile].update(profile, ranks=profile.ranks | ranks)

    def list_routing_profile_queues(self, *, instance_id: str, routing_profile_id: str) -> dict[str, Any]:
        """A row for each queue and channel."""
        profile = self.instance(instance_id)[RoutingProfile].get(routing_profile_id)
        rows = [
            {**_row(profile, each), "Priority": rank.priority, "Delay": rank.delay} for each, rank in profile.ranks.items()
        ]
        return {"RoutingProfileQueueConfigSummaryList": rows, **last_modified(profile)}

    def list_routing_profile_manual_assignment_queues(self, *, instance_id: str, routing_profile_id: str) -> dict[str, Any]:
        """A row for each queue and channel."""
        profile = self.instance(instance_id)[RoutingProfile].get(routing_profile_id)
        rows = [_row(profile, each) for each in profile.manual_assignments]
        return {"RoutingProfileManualAssignmentQueueConfigSummaryList": rows, **last_modified(profile)}


def _references(instance: Instance, member: str, references: list[dict[str, str]]) -> set[QueueChannel]:
    if len(references) > MAX_REFERENCES:
        raise InvalidParameterException(f"{member} must include at most {MAX_REFERENCES} items, got {len(references)}")
    return set(queue_channels_in(instance, references))


def _row(profile: RoutingProfile, pair: QueueChannel) -> dict[str, Any]:
    queue = profile.owner[Queue].get(pair.queue_id)
    return {"QueueId": queue.id, "QueueArn": queue.arn, "QueueName": queue.name, "Channel": pair.channel}
