"""Flows that answer on behalf of something: SMS and WhatsApp numbers, email addresses, analytics connectors, phone numbers.

The flows of phone numbers are set by AssociatePhoneNumberContactFlow and are only shown here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from connect_mock.errors import ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.lifecycle import without_gone
from connect_mock.operations import Operations
from connect_mock.publishing import addressed, qualified
from connect_mock.resource import To
from connect_mock.resources.associations import Association, check_arn
from connect_mock.resources.contact_flows import ContactFlow, check_flow_published
from connect_mock.resources.email_addresses import EmailAddress
from connect_mock.resources.phone_numbers import PhoneNumber

VOICE = "VOICE_PHONE_NUMBER"

NUMBERS = {
    "SMS_PHONE_NUMBER": ("a phone number of AWS End User Messaging SMS", "sms-voice", r"phone-number/\S+"),
    "WHATSAPP_MESSAGING_PHONE_NUMBER": (
        "a phone number of AWS End User Messaging Social",
        "social-messaging",
        r"phone-number-id/\S+",
    ),
}
"""What the resource of a type has to be the ARN of (documentation of AssociateFlow)."""

Summary = dict[str, str]
EMAIL = ("INBOUND_EMAIL", "OUTBOUND_EMAIL")


@dataclass(kw_only=True, slots=True, eq=False)
class FlowAssociation(Association):
    """The flow of a resource. Its id is made of the type and the ARN of the resource."""

    refers_to = {"contact_flow_id": To("ContactFlow", keeps=False)}

    owner: Instance = field(repr=False)
    type: str
    """What the resource is, as the members called ResourceType have it."""
    resource_id: str
    """An ARN."""
    contact_flow_id: str | None
    """None after the flow was deleted."""
    qualifier: str
    """The version or alias of the flow, if one was named."""

    @property
    def holds(self) -> bool:
        """Whether flow and resource still exist: else there is no association as far as callers can see."""
        has_resource = self.type not in EMAIL or self.owner[EmailAddress].find(self.resource_id)
        return bool(self.contact_flow_id and has_resource)


class FlowAssociationOperations(Operations):
    """The operations on flows associated with phone numbers and other resources."""

    def associate_flow(self, *, instance_id: str, resource_id: str, flow_id: str, resource_type: str) -> None:
        """Let the flow answer for the resource, instead of the one that did before.

        Raises InvalidParameterException for what is not the ARN of such a resource and for a flow that was never published,
        ResourceNotFoundException for a flow, a version of it or an email address that the instance does not hold. The numbers
        of other services are not looked for.
        """
        instance = self.instance(instance_id)
        resource_arn = _resource_arn(instance, resource_type, resource_id)
        answering = _answering(instance, flow_id)
        associations, id = instance[FlowAssociation], _id(resource_type, resource_arn)
        if found := associations.find(id):
            associations.update(found, **answering)
        else:
            associations.add(id=id, type=resource_type, resource_id=resource_arn, **answering)

    def get_flow_association(self, *, instance_id: str, resource_id: str, resource_type: str) -> Summary:
        """The flow of the resource; raises ResourceNotFoundException when it has none."""
        return _summary(_found(self.instance(instance_id), resource_id, resource_type))

    def batch_get_flow_association(
        self, *, instance_id: str, resource_ids: list[str], resource_type: str | None = None
    ) -> dict[str, list[Summary]]:
        """The flows of the resources, or of those of one type; nothing for a resource without a flow."""
        found = self._flow_associations(instance_id, resource_type)
        return {"FlowAssociationSummaryList": [each for each in found if each["ResourceId"] in resource_ids]}

    def list_flow_associations(self, *, instance_id: str, resource_type: str | None = None) -> list[Summary]:
        """The flows of all resources, or of those of one type.

        SMS numbers are among all of them, though the type is not one to ask for alone (AWS does not say).
        """
        return self._flow_associations(instance_id, resource_type)

    def disassociate_flow(self, *, instance_id: str, resource_id: str, resource_type: str) -> None:
        """No flow answers for the resource; raises ResourceNotFoundException when none did."""
        instance = self.instance(instance_id)
        instance[FlowAssociation].remove(_found(instance, resource_id, resource_type))

    def _flow_associations(self, instance_id: str, resource_type: str | None) -> list[Summary]:
        instance = self.instance(instance_id)
        others = (_summary(each) for each in instance[FlowAssociation] if each.holds)
        found = chain(others, self._of_phone_numbers(instance))
        return [each for each in found if resource_type in (None, each["ResourceType"])]

    def _of_phone_numbers(self, instance: Instance) -> Iterator[Summary]:
        for number in without_gone(self[PhoneNumber]):
            flow_id, qualifier = qualified(number.contact_flow_id or "")
            if flow := instance[ContactFlow].find(flow_id):
                yield {"ResourceId": number.arn, "FlowId": _flow_arn(flow, qualifier), "ResourceType": VOICE}


def _found(instance: Instance, resource_id: str, resource_type: str) -> FlowAssociation:
    found = instance[FlowAssociation].find(_id(resource_type, resource_id))
    if found is None or not found.holds:
        raise ResourceNotFoundException(f"No flow is associated with the {resource_type} {resource_id}")
    return found


def _summary(association: FlowAssociation) -> Summary:
    """As answers show it."""
    flow = association.owner[ContactFlow].get(str(association.contact_flow_id))
    flow_arn = _flow_arn(flow, association.qualifier)
    return {"ResourceId": association.resource_id, "FlowId": flow_arn, "ResourceType": association.type}


def _flow_arn(flow: ContactFlow, qualifier: str) -> str:
    """What answers show as FlowId (Terraform provider)."""
    return f"{flow.arn}:{qualifier}" if qualifier else flow.arn


def _answering(instance: Instance, flow_id: str) -> dict[str, str]:
    """The members that say which flow answers. A contact begins in published content alone, of any type of flow."""
    flow, qualifier = addressed(instance[ContactFlow], flow_id)
    check_flow_published(flow, qualifier, "FlowId")
    return {"contact_flow_id": flow.id, "qualifier": qualifier}


def _id(resource_type: str, resource_arn: str) -> str:
    return f"{resource_type} {resource_arn}"


def _resource_arn(instance: Instance, resource_type: str, resource_id: str) -> str:
    if resource_type in EMAIL:
        return instance[EmailAddress].get(resource_id).arn
    check_arn("ResourceId", resource_id, *NUMBERS.get(resource_type, ("a resource",)))
    return resource_id
