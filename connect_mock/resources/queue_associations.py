"""What belongs to queues: the quick connects that their agents see, and the email addresses that they send from."""

from __future__ import annotations

from typing import Any

from connect_mock.errors import InvalidRequestException
from connect_mock.operations import Operations
from connect_mock.resource import MODELS, last_modified
from connect_mock.resources.email_addresses import EmailAddress
from connect_mock.resources.queues import (
    Queue,
    email_addresses_of,
    existing,
    ids_in,
    quick_connects_of,
    replace,
    standard_queue,
    unique,
)


class QueueAssociationOperations(Operations):
    """The operations on the quick connects and email addresses of queues."""

    def associate_queue_quick_connects(self, *, instance_id: str, queue_id: str, quick_connect_ids: list[str]) -> None:
        """Add quick connects. Those that the queue has stay where they are."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        found = quick_connects_of(instance, [*queue.quick_connect_ids, *quick_connect_ids])
        instance[Queue].update(queue, quick_connect_ids=found)

    def disassociate_queue_quick_connects(self, *, instance_id: str, queue_id: str, quick_connect_ids: list[str]) -> None:
        """Take quick connects away. Those that exist and are not the queue's are passed over: sources are silent."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        gone = existing(instance, "QuickConnect", quick_connect_ids)
        instance[Queue].update(queue, quick_connect_ids=[each for each in queue.quick_connect_ids if each not in gone])

    def list_queue_quick_connects(self, *, instance_id: str, queue_id: str) -> dict[str, Any]:
        """In the order in which they were associated."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        quick_connects = [instance[MODELS["QuickConnect"]].get(each) for each in queue.quick_connect_ids]
        return {"QuickConnectSummaryList": quick_connects, **last_modified(queue)}

    # --- email addresses

    def associate_queue_email_addresses(
        self, *, instance_id: str, queue_id: str, email_addresses_config: list[dict[str, str]]
    ) -> None:
        """Add addresses that agents can send from, at most 49 beside the default one."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        found = [*queue.email_address_ids, *ids_in(email_addresses_config)]
        replace(queue, **email_addresses_of(instance, queue.outbound_email_config or {}, found))

    def disassociate_queue_email_addresses(self, *, instance_id: str, queue_id: str, email_addresses_id: list[str]) -> None:
        """Take addresses away. Those that exist and are not the queue's are passed over: sources are silent.

        Raises InvalidRequestException for the default one, which UpdateQueueOutboundEmailConfig sets.
        """
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        gone = existing(instance, "EmailAddress", email_addresses_id)
        if queue.outbound_email_address_id in gone:
            raise InvalidRequestException(
                f"{queue.outbound_email_address_id} is the default address, which UpdateQueueOutboundEmailConfig changes"
            )
        instance[Queue].update(queue, email_address_ids=[each for each in queue.email_address_ids if each not in gone])

    def list_queue_email_addresses(self, *, instance_id: str, queue_id: str) -> dict[str, Any]:
        """The default one first, then the others in the order in which they were associated."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        default = queue.outbound_email_address_id
        ids = unique(each for each in (default, *queue.email_address_ids) if each)
        found = [instance[EmailAddress].get(each) for each in ids]
        rows = [{"Id": each.id, "Arn": each.arn, "IsDefaultOutboundEmail": each.id == default} for each in found]
        return {"EmailAddressMetadataList": rows, **last_modified(queue)}
