"""Contacts in queues. Which agent gets them is not decided here.

`instance.waiting` has the contacts of each queue by their ids, in the order in which they came.
"""

from __future__ import annotations

from connect_mock import clock
from connect_mock.contact import Contact
from connect_mock.contacts.new_contacts import next_segment
from connect_mock.contacts.system_attributes import instance_of
from connect_mock.flow.host import HostError
from connect_mock.instance import Instance
from connect_mock.resources.queues import Queue

BUFFER = 1.2
"""How much more than its limit a queue takes of transferred contacts and callbacks (administrator guide, Set up a queue)."""

MAX_MOVES = 11
"""Times that a contact can go from queue to queue (administrator guide, Transfer to queue)."""


def in_queue(instance: Instance, queue_id: str) -> dict[str, Contact]:
    """The contacts that wait in a queue."""
    return instance.waiting.get(queue_id, {})


def is_waiting(contact: Contact) -> bool:
    """Whether the contact is in a queue."""
    queue_id = (contact.queue_info or {}).get("Id", "")
    return contact.id in in_queue(instance_of(contact), queue_id)


def check_room(queue: Queue, initiation_method: str) -> None:
    """Raise HostError when the queue takes no more, or no contacts at all."""
    if queue.status == "DISABLED":
        raise HostError(why=f"queue {queue.name} is disabled")
    limit = queue.max_contacts
    if limit is not None and initiation_method in ("CALLBACK", "TRANSFER", "QUEUE_TRANSFER"):
        limit = int(limit * BUFFER)
    if limit is not None and len(in_queue(queue.owner, queue.id)) >= limit:
        raise HostError("QueueAtCapacity", f"queue {queue.name} is full, it holds {limit} at most")


def enqueue(contact: Contact, queue: Queue) -> None:
    """Put the contact into the queue."""
    contact.handling.target_queue_id = queue.id
    contact.queue_info = {"Id": queue.id, "EnqueueTimestamp": clock.now()}
    instance_of(contact).waiting.setdefault(queue.id, {})[contact.id] = contact
    contact.changed()


def leave(contact: Contact) -> None:
    """Take the contact out of its queue, if it is in one."""
    queue_id = (contact.queue_info or {}).get("Id", "")
    in_queue(instance_of(contact), queue_id).pop(contact.id, None)


def named(contact: Contact, queue_id: str | None, agent_id: str | None) -> Queue:
    """The queue with that id or ARN, or the queue of that agent. Raises HostError."""
    instance = instance_of(contact)
    found = instance[Queue].find(queue_id or agent_id or "")
    if found is None:
        raise HostError(
            why=f"there is no queue {queue_id!r}" if agent_id is None else f"there is no queue of agent {agent_id!r}"
        )
    return found


def move(contact: Contact, queue: Queue) -> Contact:
    """A new segment of the contact, in another queue; the contact ends. Raises HostError when there is no room for it."""
    if sum(each.initiation_method == "QUEUE_TRANSFER" for each in contact.chain) >= MAX_MOVES:
        raise HostError(why=f"a contact can go from queue to queue at most {MAX_MOVES} times")
    check_room(queue, "QUEUE_TRANSFER")
    made = next_segment(contact, "QUEUE_TRANSFER", None)
    made.system_endpoint = None  # documentation of Contact.SystemEndpoint
    enqueue(made, queue)
    return made


def label(queue: Queue) -> str:
    """How a transcript calls the queue."""
    return queue.name or f"of agent {queue.id}"
