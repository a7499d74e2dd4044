"""Phone numbers: describe, list, move, bind to a flow, release. Claims are in `phone_number_claims`.

A number belongs to the account and Region; its target is an instance or a traffic distribution group. A claim or a move beyond
the quota of the target is answered with an id and ends as FAILED, as the operations declare no error for it (documentation of
PhoneNumberStatus).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from connect_mock import clock
from connect_mock.collection import Collection, Selection
from connect_mock.errors import (
    InvalidParameterException,
    ResourceInUseException,
    ResourceNotFoundException,
)
from connect_mock.instance import Instance
from connect_mock.lifecycle import Lifecycle, without_gone
from connect_mock.operations import Operations
from connect_mock.publishing import addressed
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, Resource, Shown, To
from connect_mock.resources import phone_number_inventory as inventory
from connect_mock.resources.contact_flows import ContactFlow, check_flow_published, check_flow_type
from connect_mock.resources.traffic_distribution_groups import TrafficDistributionGroup, group_at

LIFE = "connect::phone_number"

QUOTA = Quota("phone_numbers", 5)
"""Numbers claimed to one instance or traffic distribution group."""

RETRY = datetime.timedelta(days=1)
"""How long a number whose claim failed is kept for another try (documentation of PhoneNumberStatus)."""

LEGACY_TYPES = {"UIFN": "TOLL_FREE", "THIRD_PARTY_TF": "TOLL_FREE", "SHARED": "DID", "THIRD_PARTY_DID": "DID"}
"""What ListPhoneNumbers calls the types that it does not know; AWS does not say which becomes which."""

Target = Instance | TrafficDistributionGroup


@dataclass(kw_only=True, slots=True, eq=False)
class PhoneNumber(Resource):
    """A number that is claimed, or whose claim failed not long ago."""

    arn_type = "phone-number"
    prefixes = ("PhoneNumber",)
    resource_type = "PHONE_NUMBER"
    duplicate_error = InvalidParameterException
    refers_to: ClassVar = {"traffic_distribution_group_id": To("TrafficDistributionGroup")}

    owner: Operations = field(repr=False)
    phone_number: str
    country_code: str
    type: str
    description: str | None = None
    target_arn: str
    instance_arn: str
    """The instance that is the target, or the one whose traffic distribution group is."""
    source_phone_number_arn: str | None = None
    contact_flow_id: str | None = None
    """The flow that answers, with the version or alias if one was named."""
    claimed_time: datetime.datetime | None = None
    """None while the only claim of it has failed."""
    failure: str | None = None
    """Why the last change failed."""
    lifecycle: Lifecycle

    @property
    def unique_key(self) -> str:
        return self.phone_number

    @property
    def traffic_distribution_group_id(self) -> str | None:
        return None if self.instance_id else self.target_arn.rpartition("/")[2]

    @property
    def instance_id(self) -> str | None:
        """The instance that it is claimed to; a number of a traffic distribution group has none."""
        return self.instance_arn.rpartition("/")[2] if self.target_arn == self.instance_arn else None

    @property
    def status(self) -> dict[str, str | None]:
        state = self.lifecycle.state
        return {"Status": state, "Message": self.failure if state == "FAILED" else None}

    def can_call_for(self, instance: Instance) -> bool:
        """Whether it is claimed, and to this instance or to a group of it: a replica has the id of its source."""
        is_here = self.instance_arn == instance.arn or self.traffic_distribution_group_id is not None
        return is_here and self.claimed_time is not None and self.instance_arn.rpartition("/")[2] == instance.id

    @property
    def gone(self) -> bool:
        """Whether the claim failed and the time to try again is over."""
        failed = self.claimed_time is None and self.lifecycle.state == "FAILED"
        return failed and clock.now() > self.last_modified_time + RETRY


def on_its_way(failure: str | None) -> Lifecycle:
    """The states of a change that ends well, or fails."""
    return Lifecycle(LIFE, ("IN_PROGRESS", "FAILED" if failure else "CLAIMED"))


def release(operations: Operations, number: PhoneNumber) -> None:
    """Put the number back into the inventory, where it rests."""
    operations[PhoneNumber].remove(number)
    _take_from_queues(operations, number, lambda _: True)
    if number.source_phone_number_arn is None:
        inventory.given_back(operations, number)


def _take_from_queues(operations: Operations, number: PhoneNumber, where: Callable[[Instance], bool]) -> None:
    """Let the queues of some instances, replicas included, call with the number no longer (AWS does not say)."""
    instances = [instance for backend in operations.same_account() for instance in backend[Instance] if where(instance)]
    for instance in instances:
        queues: Collection[Any] = instance[MODELS["Queue"]]
        for queue in queues:
            if queue.outbound_caller_id_number_id in (number.id, number.arn):
                queue.outbound_caller_id_number_id = None


def release_all(operations: Operations, instance: Instance) -> None:
    """Release the numbers that are claimed to an instance, as its deletion does (administrator guide)."""
    for each in [each for each in operations[PhoneNumber] if each.target_arn == instance.arn]:
        release(operations, each)


# --- finding things


def numbers(operations: Operations) -> Collection[PhoneNumber]:
    """The numbers of this Region."""
    return without_gone(operations[PhoneNumber])


def number_at(operations: Operations, id_or_arn: str) -> PhoneNumber:
    """The number of this Region, or by ARN one of a traffic distribution group that has a share in this Region.

    Raises ResourceNotFoundException.
    """
    by_arn = id_or_arn.startswith("arn:")
    for backend in operations.same_account() if by_arn else [operations]:
        found = numbers(backend).find(id_or_arn)
        if found and (found.arn == id_or_arn or not by_arn) and (backend is operations or _has_share(operations, found)):
            return found
    raise ResourceNotFoundException(f"Phone number {id_or_arn} not found")


def _has_share(operations: Operations, number: PhoneNumber) -> bool:
    group = number.owner[TrafficDistributionGroup].find(number.target_arn)
    return group is not None and operations.region_name in group.regions


def changeable(operations: Operations, id_or_arn: str) -> PhoneNumber:
    """The number, which has to be of this Region and at rest: raises InvalidParameterException, ResourceInUseException."""
    number = number_at(operations, id_or_arn)
    if number.owner is not operations:
        raise InvalidParameterException(f"Phone number {id_or_arn} can be changed only in {number.owner.region_name}")
    if number.lifecycle.state == "IN_PROGRESS":
        problem = f"A change of phone number {number.phone_number} is in progress"
        raise ResourceInUseException(problem, ResourceType="PHONE_NUMBER", ResourceId=number.id)
    return number


def _number_of(operations: Operations, id_or_arn: str, instance_id: str) -> tuple[PhoneNumber, Instance]:
    """A number and the instance of this Region that its calls can come to."""
    number, instance = number_at(operations, id_or_arn), operations.instance(instance_id)
    if number.instance_arn.rpartition("/")[2] != instance.id:
        raise InvalidParameterException(f"Phone number {number.phone_number} is not claimed to instance {instance.id}")
    return number, instance


def target_at(operations: Operations, instance_id: str | None, target_arn: str | None) -> Target:
    """The instance or group that is named by one of the two; raises InvalidParameterException for both and for none."""
    if (instance_id is None) == (target_arn is None):
        raise InvalidParameterException("One of InstanceId and TargetArn must be given, and only one")
    if ":traffic-distribution-group/" in (target_arn or ""):
        return group_at(operations, str(target_arn))
    instance = operations.instance(str(instance_id or target_arn))
    if target_arn not in (None, instance.arn):
        raise ResourceNotFoundException(f"TargetArn {target_arn} is neither an instance nor a traffic distribution group")
    return instance


def target_here(operations: Operations, instance_id: str | None, target_arn: str | None) -> Target:
    """What numbers can be claimed to in this Region: groups when they are active (administrator guide)."""
    target = target_at(operations, instance_id, target_arn)
    if isinstance(target, TrafficDistributionGroup):
        if target.owner is not operations:
            raise InvalidParameterException(f"TargetArn must be in Region {operations.region_name}, got {target_arn}")
        if target.status != "ACTIVE":
            raise InvalidParameterException(f"TargetArn must be an ACTIVE group, {target.name} is {target.status}")
    return target


def instance_arn_of(target: Target) -> str:
    """The target itself, or the instance of the group."""
    return target.instance_arn if isinstance(target, TrafficDistributionGroup) else target.arn


def failure_of(operations: Operations, target: Target, moved: PhoneNumber | None = None) -> str | None:
    """Why no more numbers can be claimed to the target; None when they can. `moved` is not counted."""
    claimed = [
        each for each in numbers(operations) if each.claimed_time and each.target_arn == target.arn and each is not moved
    ]
    if len(claimed) < QUOTA.limit:
        return None
    return f"{target.arn} has reached its limit of {QUOTA.limit:g} claimed phone numbers"


def checked_prefix(prefix: str | None) -> str:
    """The prefix has a plus (documentation of PhoneNumberPrefix)."""
    if prefix and not prefix.startswith("+"):
        raise InvalidParameterException(f"PhoneNumberPrefix must begin with + and a country code, got {prefix}")
    return prefix or ""


class PhoneNumberOperations(Operations):
    """The operations on claimed phone numbers."""

    def describe_phone_number(self, *, phone_number_id: str) -> dict[str, PhoneNumber]:
        """The number and how far its last change is. Each look counts for moto's state manager."""
        number = number_at(self, phone_number_id)
        number.lifecycle.look()
        return {"ClaimedPhoneNumberSummary": number}

    def list_phone_numbers(
        self,
        *,
        instance_id: str,
        phone_number_types: list[str] | None = None,
        phone_number_country_codes: list[str] | None = None,
    ) -> Selection[Shown]:
        """The numbers of an instance, under ARNs that cannot be tagged and with only the oldest types."""
        instance = self.instance(instance_id)
        shown = [
            Shown(each, arn=f"{instance.arn_prefix}phone-number/{each.id}", type=LEGACY_TYPES.get(each.type, each.type))
            for each in numbers(self)
            if each.target_arn == instance.arn and each.country_code in (phone_number_country_codes or [each.country_code])
        ]
        found = [each for each in shown if each.members["type"] in (phone_number_types or [each.members["type"]])]
        return Selection(found, position=lambda each: each.resource.position)

    def list_phone_numbers_v2(
        self,
        *,
        instance_id: str | None = None,
        target_arn: str | None = None,
        phone_number_types: list[str] | None = None,
        phone_number_country_codes: list[str] | None = None,
        phone_number_prefix: str | None = None,
    ) -> Selection[PhoneNumber]:
        """The numbers of an instance, of a traffic distribution group, or of the account in this Region."""
        target = target_at(self, instance_id, target_arn) if instance_id or target_arn else None
        backend = target.owner if isinstance(target, TrafficDistributionGroup) else self
        prefix = checked_prefix(phone_number_prefix)
        return without_gone(backend[PhoneNumber]).where(
            lambda each: (
                (target is None or each.target_arn == target.arn)
                and each.type in (phone_number_types or [each.type])
                and each.country_code in (phone_number_country_codes or [each.country_code])
                and each.phone_number.startswith(prefix)
            )
        )

    def update_phone_number(
        self, *, phone_number_id: str, instance_id: str | None = None, target_arn: str | None = None
    ) -> dict[str, str]:
        """Move the number to another instance or group. Its flow does not go with it, and queues lose it."""
        number, target = changeable(self, phone_number_id), target_here(self, instance_id, target_arn)
        number.failure = failure_of(self, target, number)
        if number.failure is None:
            flow_id = number.contact_flow_id if target.arn == number.target_arn else None
            number.target_arn, number.instance_arn, number.contact_flow_id = target.arn, instance_arn_of(target), flow_id
            number.claimed_time = number.claimed_time or clock.now()
            _take_from_queues(self, number, lambda instance: not number.can_call_for(instance))
        number.lifecycle = on_its_way(number.failure)
        self[PhoneNumber].touch(number)
        return {"PhoneNumberId": number.id, "PhoneNumberArn": number.arn}

    def update_phone_number_metadata(self, *, phone_number_id: str, phone_number_description: str | None = None) -> None:
        """Describe the number."""
        number = changeable(self, phone_number_id)
        self[PhoneNumber].update(number, description=phone_number_description)
        number.lifecycle = on_its_way(number.failure if number.claimed_time is None else None)

    def release_phone_number(self, *, phone_number_id: str) -> None:
        """Give the number up. It is gone from all lists at once, and cannot be had for 180 days."""
        release(self, changeable(self, phone_number_id))

    # --- the flow that answers

    def associate_phone_number_contact_flow(self, *, phone_number_id: str, instance_id: str, contact_flow_id: str) -> None:
        """Have a published inbound flow of the instance answer; it takes the place of the one before.

        Inbound flows are the one type that the console offers for a number.
        """
        number, instance = _number_of(self, phone_number_id, instance_id)
        flow, qualifier = addressed(instance[ContactFlow], contact_flow_id)
        check_flow_type(flow, "CONTACT_FLOW", "ContactFlowId")
        check_flow_published(flow, qualifier, "ContactFlowId")
        number.contact_flow_id = f"{flow.id}:{qualifier}" if qualifier else flow.id

    def disassociate_phone_number_contact_flow(self, *, phone_number_id: str, instance_id: str) -> None:
        """Have no flow answer; for a number without one nothing happens."""
        number, _ = _number_of(self, phone_number_id, instance_id)
        number.contact_flow_id = None
