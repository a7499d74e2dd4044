"""Queues: where contacts wait for an agent.

A standard queue is made by CreateQueue. The queue of an agent comes and goes with its user: it has the user's id and no name,
is listed and described, and nobody changes it (administrator guide, "Queues: standard and agent").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidParameterException, InvalidRequestException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations, check_any_given
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, Resource, To
from connect_mock.resources.contact_flows import ContactFlow, check_flow_type
from connect_mock.resources.flow_inventory import HELD
from connect_mock.resources.hours_of_operations import HoursOfOperation
from connect_mock.resources.phone_numbers import PhoneNumber
from connect_mock.search import Search, all_of, with_tags

STANDARD, AGENT = "STANDARD", "AGENT"

QUEUES = Quota("queues", 100)
"""Standard queues of an instance. Each user adds a queue of an agent, which does not count."""

QUICK_CONNECTS = Quota("quick_connects_of_a_queue", 700)

EMAIL_ADDRESSES = Quota("email_addresses_of_a_queue", 49)
"""Those beside the default one (documentation of AssociateQueueEmailAddresses)."""

CONCURRENT_CONTACTS = (
    Quota("concurrent_calls", 10),
    Quota("concurrent_chats", 500),
    Quota("concurrent_tasks", 2500),
    Quota("concurrent_emails", 1000),
)
"""Their sum is more than MaxContacts may be (administrator guide, "Set the limit of maximum contacts in a queue")."""

MAX_CONTACTS_OF_AN_AGENT = 10
"""What the queue of an agent holds (administrator guide, same page)."""


@dataclass(kw_only=True, slots=True, eq=False)
class Queue(Resource):
    """A queue, of either type. That of an agent is added with its user's id and the type AGENT, and nothing else."""

    arn_type = "queue"
    tag_type = "standard-queue"
    refers_to: ClassVar = {
        "hours_of_operation_id": To("HoursOfOperation"),
        "outbound_flow_id": To("ContactFlow", keeps=False),
        "outbound_email_address_id": To("EmailAddress"),
        "email_address_ids": To("EmailAddress", keeps=False),
        "quick_connect_ids": To("QuickConnect", keeps=False),
    }

    owner: Instance = field(repr=False)
    name: str | None = None
    description: str | None = None
    queue_type: str = STANDARD
    status: str = "ENABLED"
    hours_of_operation_id: str | None = None
    max_contacts: int | None = None
    """How many contacts of all channels fill it; None is as many as the quotas allow."""
    outbound_caller_id_name: str | None = None
    outbound_caller_id_number_id: str | None = None
    outbound_flow_id: str | None = None
    outbound_email_address_id: str | None = None
    email_address_ids: list[str] = field(default_factory=list)
    """Those that were associated, whether or not one of them is the default."""
    quick_connect_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.queue_type == AGENT:
            self.max_contacts = MAX_CONTACTS_OF_AN_AGENT

    @property
    def arn(self) -> str:
        kind = "agent/" if self.queue_type == AGENT else ""
        return f"{self.owner.arn_prefix}{self.arn_type}/{kind}{self.id}"

    @property
    def unique_key(self) -> str | None:
        return self.name

    @property
    def taggable(self) -> bool:  # type: ignore[override]
        return self.queue_type == STANDARD

    @property
    def outbound_caller_config(self) -> dict[str, str] | None:
        config = {
            "OutboundCallerIdName": self.outbound_caller_id_name,
            "OutboundCallerIdNumberId": self.outbound_caller_id_number_id,
            "OutboundFlowId": self.outbound_flow_id,
        }
        return {name: value for name, value in config.items() if value} or None

    @property
    def outbound_email_config(self) -> dict[str, str] | None:
        default = self.outbound_email_address_id
        return {"OutboundEmailAddressId": default} if default else None


HELD[Queue.arn_type] = lambda instance: instance[Queue]

SEARCH = Search(
    fields={"name": attrgetter("name"), "description": attrgetter("description"), "resourceID": attrgetter("id")},
    conditions={"QueueTypeCondition": lambda value: lambda queue: queue.queue_type == value},
)


def furnish(instance: Instance) -> None:
    """Give the instance "BasicQueue", which keeps the basic hours."""
    hours = instance[HoursOfOperation].named("Basic Hours")
    if hours:
        instance[Queue].add(name="BasicQueue", description="A simple, basic voice queue.", hours_of_operation_id=hours.id)


def standard_queue(instance: Instance, queue_id: str) -> Queue:
    """The queue with that id or ARN.

    Raises ResourceNotFoundException, and InvalidRequestException for the queue of an agent.
    """
    queue = instance[Queue].get(queue_id)
    if queue.queue_type == AGENT:
        raise InvalidRequestException(f"Queue {queue.id} is the queue of an agent, only standard queues can be used here")
    return queue


class QueueOperations(Operations):
    """The operations on queues."""

    def create_queue(
        self,
        *,
        instance_id: str,
        max_contacts: int | None = None,
        outbound_caller_config: dict[str, str] | None = None,
        outbound_email_config: dict[str, str] | None = None,
        email_addresses_config: list[dict[str, str]] | None = None,
        quick_connect_ids: list[str] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A new standard queue, enabled."""
        instance = self.instance(instance_id)
        QUEUES.check(sum(queue.queue_type == STANDARD for queue in instance[Queue]) + 1)
        _check_max_contacts(max_contacts)
        queue = instance[Queue].add(
            max_contacts=max_contacts,
            **self._outbound_caller(instance, outbound_caller_config or {}),
            **email_addresses_of(instance, outbound_email_config or {}, ids_in(email_addresses_config or [])),
            quick_connect_ids=quick_connects_of(instance, quick_connect_ids or []),
            **members,
        )
        return {"QueueId": queue.id, "QueueArn": queue.arn}

    def describe_queue(self, *, instance_id: str, queue_id: str) -> dict[str, Queue]:
        """A queue of either type."""
        return {"Queue": self.instance(instance_id)[Queue].get(queue_id)}

    def list_queues(self, *, instance_id: str, queue_types: list[str] | None = None) -> Collection[Queue] | Selection[Queue]:
        """Queues of both types, or of those that are given."""
        queues = self.instance(instance_id)[Queue]
        return queues.where(lambda queue: queue.queue_type in queue_types) if queue_types else queues

    def search_queues(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: dict[str, Any] | None = None
    ) -> Selection[Queue]:
        """Standard queues by name, description and id, and by tags. The queues of agents are never found."""
        keep = all_of([lambda queue: queue.queue_type == STANDARD, with_tags(search_filter)])
        return SEARCH.over(self.instance(instance_id)[Queue], search_criteria, keep)

    def update_queue_name(
        self, *, instance_id: str, queue_id: str, name: str | None = None, description: str | None = None
    ) -> None:
        """Rename or describe; one of both has to be given (documentation of UpdateQueueName)."""
        check_any_given(Name=name, Description=description)
        self._update_queue(instance_id, queue_id, name=name, description=description)

    def update_queue_status(self, *, instance_id: str, queue_id: str, status: str) -> None:
        """Nothing enters a disabled queue; what waits there is still served."""
        self._update_queue(instance_id, queue_id, status=status)

    def update_queue_hours_of_operation(self, *, instance_id: str, queue_id: str, hours_of_operation_id: str) -> None:
        """Let the queue keep other hours."""
        self._update_queue(instance_id, queue_id, hours_of_operation_id=hours_of_operation_id)

    def update_queue_max_contacts(self, *, instance_id: str, queue_id: str, max_contacts: int | None = None) -> None:
        """Limit the queue; without MaxContacts, lift its limit."""
        queue = standard_queue(self.instance(instance_id), queue_id)
        _check_max_contacts(max_contacts)
        replace(queue, max_contacts=max_contacts)

    def update_queue_outbound_caller_config(
        self, *, instance_id: str, queue_id: str, outbound_caller_config: dict[str, str]
    ) -> None:
        """Replace name, number and whisper flow; what is left out is taken away."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        replace(queue, **self._outbound_caller(instance, outbound_caller_config))

    def update_queue_outbound_email_config(
        self, *, instance_id: str, queue_id: str, outbound_email_config: dict[str, str]
    ) -> None:
        """Replace the default email address; an empty structure takes it away."""
        instance = self.instance(instance_id)
        queue = standard_queue(instance, queue_id)
        replace(queue, **email_addresses_of(instance, outbound_email_config, queue.email_address_ids))

    def delete_queue(self, *, instance_id: str, queue_id: str) -> None:
        """Refused while a routing profile or a quick connect uses it."""
        instance = self.instance(instance_id)
        instance[Queue].remove(standard_queue(instance, queue_id))

    # --- what they share

    def _update_queue(self, instance_id: str, queue_id: str, **changes: Any) -> None:
        instance = self.instance(instance_id)
        instance[Queue].update(standard_queue(instance, queue_id), **changes)

    def _outbound_caller(self, instance: Instance, config: dict[str, str]) -> dict[str, str | None]:
        """The members of a queue that an OutboundCallerConfig sets."""
        return {
            "outbound_caller_id_name": config.get("OutboundCallerIdName"),
            "outbound_caller_id_number_id": _claimed_number(self, instance, config.get("OutboundCallerIdNumberId")),
            "outbound_flow_id": _whisper_flow(instance, config.get("OutboundFlowId")),
        }


def _claimed_number(operations: Operations, instance: Instance, id_or_arn: str | None) -> str | None:
    """The id of a number that is claimed to the instance or to a traffic distribution group of it.

    A number of another Region is named by its ARN, before and after (documentation of CreateQueue).
    """
    if id_or_arn is None:
        return None
    if ":instance/" in id_or_arn:
        raise InvalidParameterException(
            f"OutboundCallerIdNumberId must be an id or an ARN that ends in phone-number/<id>, got {id_or_arn}"
        )
    for backend in operations.same_account() if id_or_arn.startswith("arn:") else [operations]:
        number = backend[PhoneNumber].find(id_or_arn)
        if number and number.can_call_for(instance):
            return number.id if backend is operations else number.arn
    raise ResourceNotFoundException(f"Phone number {id_or_arn} is not claimed to instance {instance.id}")


def replace(queue: Queue, **members: Any) -> None:
    """Give a queue members that have been checked. Other than `Collection.update`, None takes a member away."""
    for name, value in members.items():
        setattr(queue, name, value)
    queue.owner[Queue].touch(queue)


def _whisper_flow(instance: Instance, flow_id: str | None) -> str | None:
    """The id of an outbound whisper flow."""
    if flow_id is None:
        return None
    flow = instance[ContactFlow].get(flow_id)
    check_flow_type(flow, "OUTBOUND_WHISPER", "OutboundFlowId")
    return flow.id


def email_addresses_of(instance: Instance, config: dict[str, str], others: list[str]) -> dict[str, Any]:
    """The members of a queue that an OutboundEmailConfig and the ids of other addresses set."""
    default = next(iter(existing(instance, "EmailAddress", config.values())), None)
    found = existing(instance, "EmailAddress", others)
    EMAIL_ADDRESSES.check(len([each for each in found if each != default]))
    return {"outbound_email_address_id": default, "email_address_ids": found}


def quick_connects_of(instance: Instance, quick_connect_ids: list[str]) -> list[str]:
    """The ids of existing quick connects, not more than a queue can have."""
    found = existing(instance, "QuickConnect", quick_connect_ids)
    QUICK_CONNECTS.check(len(found))
    return found


def _check_max_contacts(max_contacts: int | None) -> None:
    largest = sum(quota.limit for quota in CONCURRENT_CONTACTS)
    if max_contacts is not None and max_contacts >= largest:
        raise InvalidParameterException(
            f"MaxContacts must be less than {largest:g}, the sum of the quotas of concurrent contacts, got {max_contacts}"
        )


def ids_in(config: list[dict[str, str]]) -> list[str]:
    """The ids in an EmailAddressConfigList."""
    return [each["EmailAddressId"] for each in config]


def existing(instance: Instance, model: str, ids_or_arns: Iterable[str]) -> list[str]:
    """The ids, each once; raises ResourceNotFoundException."""
    return unique(instance[MODELS[model]].get(each).id for each in ids_or_arns)


def unique(ids: Iterable[str]) -> list[str]:
    """Each of them once, in the order in which they came first."""
    return list(dict.fromkeys(ids))
