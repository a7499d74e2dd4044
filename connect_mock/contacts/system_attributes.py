"""What flows know of a contact: the roots of references, and the ContactData of Lambda events.

Source: administrator guide, "List of available contact attributes and their JSONPath references", and the event on "Invoke AWS
Lambda functions".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connect_mock.contact import Contact
from connect_mock.instance import Instance
from connect_mock.resources.phone_numbers import PhoneNumber
from connect_mock.resources.queues import Queue
from connect_mock.resources.users import User

DEFAULT_VOICE = "Joanna"
"""Until a flow sets another (administrator guide, Set voice)."""


def known(contact: Contact, root: str) -> Any:
    """The value under a root such as `Channel` or `Queue`; None when there is nothing."""
    read = ROOTS.get(root)
    return read(contact) if read else None


def contact_data(contact: Contact) -> dict[str, Any]:
    """`Details.ContactData` of a Lambda event."""
    return {name: ROOTS[name](contact) for name in IN_LAMBDA_EVENTS}


def instance_of(contact: Contact) -> Instance:
    """The instance that the contact is in."""
    assert isinstance(contact.owner, Instance)  # contacts have no other owner
    return contact.owner


def target_queue(contact: Contact) -> Queue | None:
    """The queue that the contact is to go to, or is in; None when none was set or it was deleted."""
    queue_id = contact.handling.target_queue_id
    return instance_of(contact)[Queue].find(queue_id) if queue_id else None


def _queue(contact: Contact) -> dict[str, Any] | None:
    queue = target_queue(contact)
    if queue is None:
        return None
    number = instance_of(contact).owner[PhoneNumber].find(queue.outbound_caller_id_number_id or "")  # type: ignore[index]
    caller = {"Address": number.phone_number, "Type": "TELEPHONE_NUMBER"} if number else None
    return {"ARN": queue.arn, "Name": queue.name, "OutboundCallerId": caller}


def _agent(contact: Contact) -> dict[str, Any] | None:
    user = instance_of(contact)[User].find((contact.agent_info or {}).get("Id", ""))
    if user is None:
        return None
    identity = user.identity_info or {}
    return {
        "UserName": user.username,
        "FirstName": identity.get("FirstName"),
        "LastName": identity.get("LastName"),
        "ARN": user.arn,
    }


def _media(contact: Contact) -> dict[str, Any]:
    message = (contact.started_with or {}).get("initial_message") or {}
    return {"InitialMessage": message.get("Content"), "Sip": {"Headers": (contact.started_with or {}).get("sip_headers", {})}}


ROOTS: dict[str, Callable[[Contact], Any]] = {
    "AdditionalEmailRecipients": lambda contact: contact.additional_email_recipients,
    "Agent": _agent,
    "Attributes": lambda contact: contact.attributes,
    "AwsRegion": lambda contact: contact.owner.region_name,
    "Channel": lambda contact: contact.channel,
    "ContactId": lambda contact: contact.id,
    "CustomerCallBackPhoneNumber": lambda contact: contact.handling.callback_number,
    "CustomerEndpoint": lambda contact: contact.customer_endpoint,
    "CustomerId": lambda contact: contact.customer_id,
    "Description": lambda contact: contact.description,
    "InitialContactId": lambda contact: contact.initial_contact_id or contact.id,
    "InitiationMethod": lambda contact: contact.initiation_method,
    "InstanceARN": lambda contact: instance_of(contact).arn,
    "LanguageCode": lambda contact: contact.handling.language_code or "en-US",
    "Media": _media,
    "MediaStreams": lambda contact: {"Customer": {"Audio": contact.handling.media_stream}},
    "Name": lambda contact: contact.name,
    "PreviousContactId": lambda contact: contact.previous_contact_id or contact.id,
    "Queue": _queue,
    "References": lambda contact: contact.references,
    "RelatedContactId": lambda contact: contact.related_contact_id,
    "SegmentAttributes": lambda contact: contact.segment_attributes,
    "SystemEndpoint": lambda contact: contact.system_endpoint,
    "Tags": lambda contact: contact.tags,
    "TextToSpeechVoiceId": lambda contact: contact.handling.voice.get("TextToSpeechVoice", DEFAULT_VOICE),
    "OutboundCallStatus": lambda contact: (contact.started_with or {}).get("outbound_call_status"),
}
"""The roots that a run of a flow does not keep itself."""

IN_LAMBDA_EVENTS = (
    "Attributes",
    "AwsRegion",
    "Channel",
    "ContactId",
    "CustomerEndpoint",
    "CustomerId",
    "Description",
    "InitialContactId",
    "InitiationMethod",
    "InstanceARN",
    "LanguageCode",
    "MediaStreams",
    "Name",
    "PreviousContactId",
    "Queue",
    "References",
    "RelatedContactId",
    "SegmentAttributes",
    "SystemEndpoint",
    "Tags",
)
