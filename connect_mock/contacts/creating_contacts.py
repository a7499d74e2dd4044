"""Contacts that are handled outside flows: external audio, drafts of emails, external tasks."""

from __future__ import annotations

from typing import Any

from connect_mock import contacts
from connect_mock.contact import SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.contact_content import SUBTYPE
from connect_mock.contacts.new_contacts import EMAIL_MINUTES, TASK_MINUTES, add_contact, system
from connect_mock.errors import InvalidRequestException
from connect_mock.operations import Operations

CREATABLE = {
    "VOICE": {"TRANSFER": "connect:ExternalAudio"},
    "EMAIL": {"OUTBOUND": "connect:Email", "AGENT_REPLY": "connect:Email", "FLOW": "connect:Email"},
    "TASK": {"API": "connect:ExternalTask"},
}
"""The subtype by channel and initiation method of CreateContact (its documentation)."""


class CreatingContactOperations(Operations):
    """The operation that makes contacts without a flow."""

    def create_contact(
        self,
        *,
        instance_id: str,
        channel: str,
        initiation_method: str,
        initiate_as: str | None = None,
        user_info: dict[str, str] | None = None,
        previous_contact_id: str | None = None,
        related_contact_id: str | None = None,
        expiry_duration_in_minutes: int | None = None,
        segment_attributes: SegmentAttributes | None = None,
        references: dict[str, dict[str, Any]] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A contact that is handled elsewhere: external audio, an email draft, an external task. It enters no flow."""
        instance = self.instance(instance_id)
        kind = CREATABLE.get(channel, {}).get(initiation_method)
        if kind is None:
            raise InvalidRequestException(f"Channel {channel} with InitiationMethod {initiation_method} is not supported")
        _check_creation(channel, initiation_method, initiate_as, user_info, previous_contact_id)
        segments = segment_attributes or {}
        contact_content.check_segment_attributes(segments, [contact_content.EXPIRY, SUBTYPE])
        contact_content.check_references(references or {}, (*contact_content.REFERENCE_TYPES, "ATTACHMENT"))
        contact = add_contact(
            instance,
            channel=channel,
            initiation_method=initiation_method,
            flow=None,
            previous=previous_contact_id,
            related=related_contact_id,
            segments=system(kind) | segments,
            minutes=expiry_duration_in_minutes or {"TASK": TASK_MINUTES, "EMAIL": EMAIL_MINUTES}.get(channel),
            agent_info={"Id": user_info["UserId"]} if user_info and "UserId" in user_info else None,
            references=references or {},
            **members,
        )
        contacts.contact_life.begin(contact)
        if initiate_as == "CONNECTED_TO_USER":
            contact.agent_info = {**(contact.agent_info or {}), "ConnectedToAgentTimestamp": contact.initiation_timestamp}
        if initiate_as == "COMPLETED":
            contacts.contact_life.end(contact, "API")
        return {"ContactId": contact.id, "ContactArn": contact.arn}


def _check_creation(
    channel: str, method: str, initiate_as: str | None, user_info: dict[str, str] | None, previous: str | None
) -> None:
    if channel == "EMAIL" and method in ("OUTBOUND", "AGENT_REPLY") and not (user_info or {}).get("UserId"):
        raise InvalidRequestException(f"UserInfo.UserId must be given for an email with InitiationMethod {method}")
    if initiate_as == "COMPLETED" and channel != "TASK":
        raise InvalidRequestException(f"InitiateAs COMPLETED is for channel TASK only, got {channel}")
    if initiate_as == "CONNECTED_TO_USER" and not (user_info or {}).get("UserId"):
        raise InvalidRequestException("UserInfo.UserId must be given for InitiateAs CONNECTED_TO_USER")
    if previous and channel != "VOICE":
        raise InvalidRequestException("PreviousContactId can be given for external audio contacts only")
