"""New contacts: what all ways to make one have in common."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from connect_mock import clock, ids
from connect_mock.contact import Contact, SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.contact_content import SUBTYPE
from connect_mock.contacts.system_attributes import instance_of
from connect_mock.errors import InvalidRequestException, ServiceQuotaExceededException
from connect_mock.instance import Instance
from connect_mock.publishing import qualified
from connect_mock.resources.contact_flows import ContactFlow

SYSTEM_TAG = "aws:connect:instanceId"

MAX_LINKED = 12
"""Contacts that a chain of PreviousContactId can link (documentation of StartTaskContact)."""

CHAT_MINUTES = 25 * 60
TASK_MINUTES = 7 * 24 * 60
EMAIL_MINUTES = 14 * 24 * 60
"""How long a contact stays open when nothing else is said (administrator guide)."""


def add_contact(
    instance: Instance,
    *,
    flow: str | None,
    segments: SegmentAttributes,
    minutes: int | None = None,
    previous: str | None = None,
    related: str | None = None,
    attributes: dict[str, str] | None = None,
    **members: Any,
) -> Contact:
    """The contact, in the tree of the contact before it. Nothing is checked after this: it exists."""
    if previous and related:
        raise InvalidRequestException("Only one of PreviousContactId and RelatedContactId may be given")
    before = instance[Contact].get(previous or related) if previous or related else None  # type: ignore[arg-type]
    own = attributes or {}
    contact_content.check_attributes((before.attributes if before else {}) | own)
    chain = _linked(before) if before and previous else None
    now = clock.now()
    expires = _expires(contact_content.expiry_minutes(segments) or minutes, members.get("scheduled_timestamp") or now)
    return instance[Contact].add(
        initiation_timestamp=now,
        last_update_timestamp=now,
        contact_flow_id=flow,
        attributes=_shared(before, own, linked=chain is not None),
        segment_attributes=contact_content.with_expiry_timestamp(segments, expires) if expires else segments,
        expires=expires,
        initial_contact_id=chain,
        previous_contact_id=before.id if before and previous else None,
        related_contact_id=before.id if before and related else None,
        tree=before.tree if before else [],
        tags={SYSTEM_TAG: instance.id},
        **members,
    )


def _shared(before: Contact | None, own: dict[str, str], *, linked: bool) -> dict[str, str]:
    """The attributes of a new contact: those of the chain that it joins, or a copy of those of a related contact."""
    if before is None:
        return own
    if not linked:
        return before.attributes | own
    before.attributes.update(own)
    return before.attributes


def _linked(before: Contact) -> str:
    """The id of the chain's first contact; ServiceQuotaExceededException when it links twelve already."""
    if sum(each.previous_contact_id is not None for each in before.chain) >= MAX_LINKED:
        raise ServiceQuotaExceededException(f"At most {MAX_LINKED} contacts can be linked to contact {before.chain_id}")
    return before.chain_id


def _expires(minutes: int | None, start: datetime.datetime) -> datetime.datetime | None:
    return start + datetime.timedelta(minutes=minutes) if minutes else None


def next_segment(contact: Contact, initiation_method: str, flow: str | None, **members: Any) -> Contact:
    """The contact's next segment: what the customer, and what flows have chosen for later, stays the same."""
    before = contact.handling
    made = instance_of(contact)[Contact].add(
        channel=contact.channel,
        initiation_method=initiation_method,
        contact_flow_id=flow,
        name=contact.name,
        description=contact.description,
        attributes=contact.attributes,
        references=dict(contact.references),
        segment_attributes=contact.segment_attributes,
        initial_contact_id=contact.chain_id,
        previous_contact_id=contact.id,
        tree=contact.tree,
        expires=contact.expires,
        tags=contact.tags,
        customer_id=contact.customer_id,
        customer_endpoint=contact.customer_endpoint,
        system_endpoint=contact.system_endpoint,
        additional_email_recipients=contact.additional_email_recipients,
        connected_to_system=clock.now(),
        **members,
    )
    made.handling.hooks, made.handling.voice = before.hooks, before.voice
    made.handling.language_code, made.handling.logging = before.language_code, before.logging
    made.handling.callback_number, made.handling.media_stream = before.callback_number, copy.copy(before.media_stream)
    return made


def system(subtype: str, direction: str | None = None) -> SegmentAttributes:
    """The segment attributes that the service sets itself."""
    made: SegmentAttributes = {SUBTYPE: {"ValueString": subtype}}
    return made | {"connect:Direction": {"ValueString": direction}} if direction else made


def entered_flow(instance: Instance, contact_flow_id: str, types: tuple[str, ...] | None = None) -> str:
    """The id of the flow as the caller named it, qualifier included, once it is sure that a contact can enter it.

    Raises ResourceNotFoundException for a flow, version or alias that does not exist, and InvalidRequestException for one that
    is not published or of another type than `types`.
    """
    bare, qualifier = qualified(contact_flow_id)
    flow = instance[ContactFlow].get(bare)
    if types and flow.type not in types:
        raise InvalidRequestException(f"ContactFlowId must be a flow of type {', '.join(types)}, {bare} is {flow.type}")
    if flow.status == "SAVED":
        raise InvalidRequestException(f"Flow {bare} is not published")
    flow.at(qualifier)
    return f"{bare}:{qualifier}" if qualifier else bare


def recipients(addresses: list[dict[str, str]]) -> list[dict[str, str]]:
    """EmailAddressInfo as EmailRecipient."""
    return [_recipient(each) for each in addresses]


def _recipient(address: dict[str, str]) -> dict[str, str]:
    name = {"DisplayName": address["DisplayName"]} if "DisplayName" in address else {}
    return {"Address": address["EmailAddress"], **name}


def file_arn(instance: Instance, file_id: str) -> str:
    """The ARN of an attached file."""
    return f"{instance.arn_prefix}file/{file_id}"


def attached(instance: Instance, attachments: list[dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Attachments as the references that they become."""
    return {
        each["FileName"]: {
            "Type": "ATTACHMENT",
            "Value": each["S3Url"],
            "Status": "APPROVED",
            "Arn": file_arn(instance, ids.uuid()),
        }
        for each in attachments
    }
