"""Starting chats: those of customers, and text messages that go out.

Not emulated: connection information in the answer of StartChatContact (ConnectionTypes); publishing to a streaming endpoint;
quotas of concurrent chats; that a chat ends when its customer does not connect within 5 minutes.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from connect_mock import contacts, ids
from connect_mock.contact import Contact, SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.contact_content import SUBTYPE
from connect_mock.contacts.new_contacts import CHAT_MINUTES, add_contact, entered_flow, system
from connect_mock.errors import InvalidRequestException, NotImplementedException
from connect_mock.instance import Instance
from connect_mock.operations import Operations


class StartingChatOperations(Operations):
    """The operations that start chats."""

    def start_chat_contact(
        self,
        *,
        instance_id: str,
        contact_flow_id: str,
        participant_details: dict[str, str],
        chat_duration_in_minutes: int = CHAT_MINUTES,
        supported_messaging_content_types: list[str] | None = None,
        initial_message: dict[str, str] | None = None,
        persistent_chat: dict[str, str] | None = None,
        related_contact_id: str | None = None,
        segment_attributes: SegmentAttributes | None = None,
        connection_types: list[str] | None = None,
        chat_streaming_configuration: dict[str, str] | None = None,
        participant_configuration: dict[str, str] | None = None,
        disconnect_on_customer_exit: list[str] | None = None,
        **members: Any,
    ) -> dict[str, str | None]:
        """A chat for a customer, with the token that lets the customer in."""
        if connection_types:
            raise NotImplementedException("connect-mock does not emulate ConnectionTypes of StartChatContact yet")
        if persistent_chat and related_contact_id:
            raise InvalidRequestException("Only one of PersistentChat and RelatedContactId may be given")
        instance = self.instance(instance_id)
        flow = entered_flow(instance, contact_flow_id)
        segments = segment_attributes or {}
        contact_content.check_segment_attributes(segments, [SUBTYPE])
        content_types = _checked_content_types(supported_messaging_content_types, segments)
        if initial_message:
            contact_content.check_message("InitialMessage", initial_message, content_types)
        continued = _past_segment(instance, persistent_chat) if persistent_chat else None
        contact = add_contact(
            instance,
            channel="CHAT",
            initiation_method="API",
            flow=flow,
            related=continued.id if continued else related_contact_id,
            segments=system("connect:Chat", "INBOUND") | segments,
            minutes=chat_duration_in_minutes,
            started_with={
                "participant_details": participant_details,
                "participant_id": ids.uuid(),
                "initial_message": initial_message,
                "content_types": content_types,
                "participant_configuration": participant_configuration,
                "disconnect_on_customer_exit": disconnect_on_customer_exit,
                "streaming": chat_streaming_configuration,
                "streaming_id": ids.uuid() if chat_streaming_configuration else None,
            },
            **members,
        )
        contacts.contact_life.begin(contact)
        return _chat_started(self, instance, contact, continued)

    def start_outbound_chat_contact(
        self,
        *,
        instance_id: str,
        source_endpoint: dict[str, str],
        destination_endpoint: dict[str, str],
        contact_flow_id: str,
        segment_attributes: SegmentAttributes,
        chat_duration_in_minutes: int = CHAT_MINUTES,
        participant_details: dict[str, str] | None = None,
        supported_messaging_content_types: list[str] | None = None,
        initial_system_message: dict[str, str] | None = None,
        initial_templated_system_message: dict[str, Any] | None = None,
        related_contact_id: str | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """An SMS or WhatsApp conversation that the contact center begins."""
        instance = self.instance(instance_id)
        _check_endpoint("SourceEndpoint", source_endpoint, "CONNECT_PHONENUMBER_ARN")
        _check_endpoint("DestinationEndpoint", destination_endpoint, "TELEPHONE_NUMBER")
        flow = entered_flow(instance, contact_flow_id)
        contact_content.check_segment_attributes(segment_attributes, [SUBTYPE])
        if (kind := contact_content.subtype(segment_attributes)) not in ("connect:SMS", "connect:WhatsApp"):
            raise InvalidRequestException(f"SegmentAttributes.{SUBTYPE} must be connect:SMS or connect:WhatsApp, got {kind!r}")
        content_types = _checked_content_types(supported_messaging_content_types, segment_attributes)
        if initial_system_message and initial_templated_system_message:
            raise InvalidRequestException("Only one of InitialSystemMessage and InitialTemplatedSystemMessage may be given")
        if initial_system_message:
            contact_content.check_message("InitialSystemMessage", initial_system_message, content_types)
        contact = add_contact(
            instance,
            channel="CHAT",
            initiation_method="API",
            flow=flow,
            related=related_contact_id,
            segments=system("connect:Chat", "OUTBOUND") | segment_attributes,
            minutes=chat_duration_in_minutes,
            customer_endpoint=destination_endpoint,
            system_endpoint=source_endpoint,
            started_with={
                "participant_details": participant_details,
                "initial_message": initial_system_message or initial_templated_system_message,
                "content_types": content_types,
            },
            **members,
        )
        contacts.contact_life.begin(contact)
        return {"ContactId": contact.id}


def _checked_content_types(given: list[str] | None, segments: SegmentAttributes) -> list[str]:
    """The content types of the chat; text/plain alone when none are given."""
    content_types = given if given is not None else ["text/plain"]
    contact_content.check_content_types(content_types, segments)
    return content_types


def _past_segment(instance: Instance, persistent_chat: dict[str, str]) -> Contact:
    """The ended chat segment that a persistent chat goes on from (documentation of PersistentChat)."""
    kind, source_id = persistent_chat.get("RehydrationType"), persistent_chat.get("SourceContactId")
    if not kind or not source_id:
        raise InvalidRequestException("PersistentChat needs RehydrationType and SourceContactId")
    source = instance[Contact].get(source_id)
    if kind == "ENTIRE_PAST_SESSION" and source.initial_contact_id:
        raise InvalidRequestException(f"SourceContactId must be the initial contact of a session, {source.id} is not")
    session = source.chain if kind == "ENTIRE_PAST_SESSION" else [source]
    ended = [each for each in session if each.channel == "CHAT" and each.disconnect_timestamp]
    if not ended:
        raise InvalidRequestException(f"SourceContactId must be of a chat that has ended, {source.id} is not")
    return ended[-1]


def _chat_started(
    operations: Operations, instance: Instance, contact: Contact, continued: Contact | None
) -> dict[str, str | None]:
    started = contact.started_with or {}
    return {
        "ContactId": contact.id,
        "ParticipantId": started["participant_id"],
        "ParticipantToken": participant_token(operations, instance, contact, started["participant_id"]),
        "ContinuedFromContactId": continued.id if continued else None,
        "StreamingId": started["streaming_id"],
    }


def participant_token(operations: Operations, instance: Instance, contact: Contact, participant_id: str) -> str:
    """A token that says account, Region, instance, contact and participant, as opaque text."""
    said = [operations.account_id, operations.region_name, instance.id, contact.id, participant_id, ids.alphanumeric(16)]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode("ascii")


def _check_endpoint(member: str, endpoint: dict[str, str], kind: str) -> None:
    if endpoint.get("Type") != kind or not endpoint.get("Address"):
        raise InvalidRequestException(f"{member} must be of type {kind} and have an address, got {endpoint}")
