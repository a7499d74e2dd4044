"""Starting calls: those that go out, and those that come in.

Not emulated: whether the source number is claimed; answering machines; quotas of concurrent calls.
"""

from __future__ import annotations

from typing import Any

from connect_mock import contacts, settings
from connect_mock.contact import Contact
from connect_mock.contacts import contact_content
from connect_mock.contacts.new_contacts import add_contact, entered_flow, system
from connect_mock.errors import (
    DestinationNotAllowedException,
    InvalidRequestException,
    OutboundContactNotPermittedException,
)
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resources.queues import Queue


class StartingCallOperations(Operations):
    """The operation that starts calls."""

    def start_outbound_voice_contact(
        self,
        *,
        instance_id: str,
        destination_phone_number: str,
        contact_flow_id: str,
        source_phone_number: str | None = None,
        queue_id: str | None = None,
        answer_machine_detection_config: dict[str, bool] | None = None,
        campaign_id: str | None = None,
        traffic_type: str = "GENERAL",
        ring_timeout_in_seconds: int = 60,
        related_contact_id: str | None = None,
        references: dict[str, dict[str, Any]] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A call to a customer, who answers at once unless a test arranged something else."""
        instance = self.instance(instance_id)
        if not instance.outbound_calls_enabled:
            raise OutboundContactNotPermittedException(f"Outbound calls are not enabled for instance {instance.id}")
        _check_call(destination_phone_number, source_phone_number or queue_id, traffic_type, answer_machine_detection_config)
        flow = entered_flow(instance, contact_flow_id)
        queue = instance[Queue].get(queue_id) if queue_id else None
        contact_content.check_references(references or {})
        contact = add_contact(
            instance,
            channel="VOICE",
            initiation_method="API",
            flow=flow,
            related=related_contact_id,
            segments=system("connect:Telephony", "OUTBOUND"),
            customer_endpoint={"Type": "TELEPHONE_NUMBER", "Address": destination_phone_number},
            system_endpoint={"Type": "TELEPHONE_NUMBER", "Address": source_phone_number} if source_phone_number else None,
            campaign={"CampaignId": campaign_id} if campaign_id else None,
            references=references or {},
            started_with={
                "answer_machine_detection": answer_machine_detection_config,
                "traffic_type": traffic_type,
                "ring_timeout": ring_timeout_in_seconds,
            },
            **members,
        )
        contact.handling.target_queue_id = queue.id if queue else None
        contacts.contact_life.begin(contact)
        return {"ContactId": contact.id}


def _check_call(destination: str, source: str | None, traffic_type: str, detection: dict[str, bool] | None) -> None:
    if source is None:
        raise InvalidRequestException("One of SourcePhoneNumber and QueueId must be given")
    if destination.startswith(settings.current.denied_destinations):
        raise DestinationNotAllowedException(f"Calls to {destination} are not allowed")
    if (detection or {}).get("EnableAnswerMachineDetection") and traffic_type != "CAMPAIGN":
        raise InvalidRequestException("TrafficType must be CAMPAIGN when EnableAnswerMachineDetection is true")


def receive_call(instance: Instance, *, to: str | None, from_: str, contact_flow_id: str) -> Contact:
    """A call that comes in, in the flow of the number that was called.

    Raises InvalidRequestException where the instance takes no calls, and what `entered_flow` raises.
    """
    if not instance.inbound_calls_enabled:
        raise InvalidRequestException(f"Inbound calls are not enabled for instance {instance.id}")
    contact = add_contact(
        instance,
        channel="VOICE",
        initiation_method="INBOUND",
        flow=entered_flow(instance, contact_flow_id),
        segments=system("connect:Telephony", "INBOUND"),
        customer_endpoint={"Type": "TELEPHONE_NUMBER", "Address": from_},
        system_endpoint={"Type": "TELEPHONE_NUMBER", "Address": to} if to else None,
    )
    contacts.contact_life.begin(contact)
    return contact
