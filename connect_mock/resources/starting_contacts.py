"""Starting contacts: chats, tasks, emails, calls and messages that go out, and contacts made outside.

Not emulated: dialling and answering; quick connects and task templates (there are none yet, so every id of one is unknown);
whether source numbers, email addresses, queues and users exist; connection information in the answer of StartChatContact
(ConnectionTypes); publishing to a streaming endpoint; quotas of concurrent contacts.
"""

from __future__ import annotations

import base64
import datetime
import json
from typing import Any

from connect_mock import clock, ids, settings
from connect_mock.contact import Contact, SegmentAttributes
from connect_mock.errors import (
    DestinationNotAllowedException,
    InvalidRequestException,
    NotImplementedException,
    OutboundContactNotPermittedException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
)
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resources import contact_content
from connect_mock.resources.contact_content import SUBTYPE
from connect_mock.resources.contacts import SYSTEM_TAG, entered_flow, recipients

MAX_LINKED = 12
"""Contacts that a chain of PreviousContactId can link (documentation of StartTaskContact)."""

MAX_RECIPIENTS = 50
"""Recipients of an email, the destination included (documentation of StartEmailContact)."""

CHAT_MINUTES = 25 * 60
TASK_MINUTES = 7 * 24 * 60
EMAIL_MINUTES = 14 * 24 * 60
"""How long a contact stays open when nothing else is said (administrator guide)."""

CREATABLE = {
    "VOICE": {"TRANSFER": "connect:ExternalAudio"},
    "EMAIL": {"OUTBOUND": "connect:Email", "AGENT_REPLY": "connect:Email", "FLOW": "connect:Email"},
    "TASK": {"API": "connect:ExternalTask"},
}
"""The subtype by channel and initiation method of CreateContact (its documentation)."""


class StartingContactOperations(Operations):
    """The operations that make contacts."""

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
        contact = _add(
            instance,
            channel="CHAT",
            initiation_method="API",
            flow=flow,
            related=continued.id if continued else related_contact_id,
            segments=_system("connect:Chat", "INBOUND") | segments,
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
        return _chat_started(self, instance, contact, continued)

    def start_task_contact(
        self,
        *,
        instance_id: str,
        contact_flow_id: str | None = None,
        quick_connect_id: str | None = None,
        task_template_id: str | None = None,
        previous_contact_id: str | None = None,
        related_contact_id: str | None = None,
        scheduled_time: datetime.datetime | None = None,
        segment_attributes: SegmentAttributes | None = None,
        attachments: list[dict[str, str]] | None = None,
        references: dict[str, dict[str, Any]] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A task, at once or at a time up to six days ahead."""
        _check_one_of(ContactFlowId=contact_flow_id, QuickConnectId=quick_connect_id, TaskTemplateId=task_template_id)
        instance = self.instance(instance_id)
        flow = _flow_of_task(instance, contact_flow_id, quick_connect_id or task_template_id)
        if scheduled_time:
            contact_content.check_schedule(scheduled_time)
        segments = segment_attributes or {}
        contact_content.check_segment_attributes(segments, [contact_content.EXPIRY, "connect:CreatedByUser"])
        contact_content.check_references(references or {})
        contact = _add(
            instance,
            channel="TASK",
            initiation_method="API",
            flow=flow,
            previous=previous_contact_id,
            related=related_contact_id,
            segments=_system("connect:Task") | segments,
            minutes=TASK_MINUTES,
            scheduled_timestamp=scheduled_time,
            references=(references or {}) | _attached(instance, attachments or []),
            **members,
        )
        return {"ContactId": contact.id}

    def start_email_contact(
        self,
        *,
        instance_id: str,
        from_email_address: dict[str, str],
        destination_email_address: str,
        email_message: dict[str, Any],
        additional_recipients: dict[str, list[dict[str, str]]] | None = None,
        attachments: list[dict[str, str]] | None = None,
        contact_flow_id: str | None = None,
        related_contact_id: str | None = None,
        segment_attributes: SegmentAttributes | None = None,
        references: dict[str, dict[str, Any]] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """An email that came in."""
        instance = self.instance(instance_id)
        flow = entered_flow(instance, contact_flow_id) if contact_flow_id else None
        raw, others = email_message.get("RawMessage"), additional_recipients or {}
        if raw is None:
            raise InvalidRequestException("EmailMessage.RawMessage must be given for MessageSourceType RAW")
        if (count := 1 + sum(map(len, others.values()))) > MAX_RECIPIENTS:
            raise InvalidRequestException(f"An email can have at most {MAX_RECIPIENTS} recipients, this one has {count}")
        segments = segment_attributes or {}
        contact_content.check_segment_attributes(segments, [contact_content.EXPIRY, SUBTYPE])
        contact_content.check_references(references or {}, ("URL", "NUMBER", "STRING", "DATE"))
        contact = _add(
            instance,
            channel="EMAIL",
            initiation_method="INBOUND",
            flow=flow,
            related=related_contact_id,
            segments=_system("connect:Email", "INBOUND") | _email_segments(raw) | segments,
            minutes=EMAIL_MINUTES,
            customer_endpoint={"Type": "EMAIL_ADDRESS", **recipients([from_email_address])[0]},
            system_endpoint={"Type": "EMAIL_ADDRESS", "Address": destination_email_address},
            additional_email_recipients=_additional(others),
            references=(references or {}) | _email_file(instance) | _attached(instance, attachments or []),
            started_with={"email_message": email_message},
            **members,
        )
        return {"ContactId": contact.id}

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
        contact = _add(
            instance,
            channel="CHAT",
            initiation_method="API",
            flow=flow,
            related=related_contact_id,
            segments=_system("connect:Chat", "OUTBOUND") | segment_attributes,
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
        return {"ContactId": contact.id}

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
        """A call to a customer. It rings until somebody can answer it."""
        instance = self.instance(instance_id)
        if not instance.outbound_calls_enabled:
            raise OutboundContactNotPermittedException(f"Outbound calls are not enabled for instance {instance.id}")
        _check_call(destination_phone_number, source_phone_number or queue_id, traffic_type, answer_machine_detection_config)
        flow = entered_flow(instance, contact_flow_id)
        contact_content.check_references(references or {})
        contact = _add(
            instance,
            channel="VOICE",
            initiation_method="API",
            flow=flow,
            related=related_contact_id,
            segments=_system("connect:Telephony", "OUTBOUND"),
            customer_endpoint={"Type": "TELEPHONE_NUMBER", "Address": destination_phone_number},
            system_endpoint={"Type": "TELEPHONE_NUMBER", "Address": source_phone_number} if source_phone_number else None,
            campaign={"CampaignId": campaign_id} if campaign_id else None,
            references=references or {},
            started_with={
                "queue_id": queue_id,
                "answer_machine_detection": answer_machine_detection_config,
                "traffic_type": traffic_type,
                "ring_timeout": ring_timeout_in_seconds,
            },
            **members,
        )
        return {"ContactId": contact.id}

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
        contact = _add(
            instance,
            channel=channel,
            initiation_method=initiation_method,
            flow=None,
            previous=previous_contact_id,
            related=related_contact_id,
            segments=_system(kind) | segments,
            minutes=expiry_duration_in_minutes or {"TASK": TASK_MINUTES, "EMAIL": EMAIL_MINUTES}.get(channel),
            agent_info={"Id": user_info["UserId"]} if user_info and "UserId" in user_info else None,
            references=references or {},
            **members,
        )
        if initiate_as == "CONNECTED_TO_USER":
            contact.agent_info = {**(contact.agent_info or {}), "ConnectedToAgentTimestamp": contact.initiation_timestamp}
        if initiate_as == "COMPLETED":
            contact.end("API")
        return {"ContactId": contact.id, "ContactArn": contact.arn}


# --- the contact ------------------------------------------------------------------------------------------------------


def _add(
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
    if before is None:
        shared = own
    elif chain:
        before.attributes.update(own)
        shared = before.attributes
    else:
        shared = before.attributes | own
    now = clock.now()
    expires = _expires(contact_content.expiry_minutes(segments) or minutes, members.get("scheduled_timestamp") or now)
    return instance[Contact].add(
        initiation_timestamp=now,
        last_update_timestamp=now,
        contact_flow_id=flow,
        attributes=shared,
        segment_attributes=contact_content.with_expiry_timestamp(segments, expires) if expires else segments,
        expires=expires,
        initial_contact_id=chain,
        previous_contact_id=before.id if before and previous else None,
        related_contact_id=before.id if before and related else None,
        tree=before.tree if before else [],
        tags={SYSTEM_TAG: instance.id},
        **members,
    )


def _linked(before: Contact) -> str:
    """The id of the chain's first contact; ServiceQuotaExceededException when it links twelve already."""
    if sum(each.previous_contact_id is not None for each in before.chain) >= MAX_LINKED:
        raise ServiceQuotaExceededException(f"At most {MAX_LINKED} contacts can be linked to contact {before.chain_id}")
    return before.chain_id


def _expires(minutes: int | None, start: datetime.datetime) -> datetime.datetime | None:
    return start + datetime.timedelta(minutes=minutes) if minutes else None


def _system(subtype: str, direction: str | None = None) -> SegmentAttributes:
    """The segment attributes that the service sets itself."""
    made: SegmentAttributes = {SUBTYPE: {"ValueString": subtype}}
    return made | {"connect:Direction": {"ValueString": direction}} if direction else made


# --- chats ------------------------------------------------------------------------------------------------------------


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


# --- tasks and emails -------------------------------------------------------------------------------------------------


def _check_one_of(**members: str | None) -> None:
    given = [name for name, value in members.items() if value is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        raise InvalidRequestException(f"Exactly one of {', '.join(members)} must be given, got {found}")


def _flow_of_task(instance: Instance, contact_flow_id: str | None, other_id: str | None) -> str:
    if contact_flow_id is None:
        raise ResourceNotFoundException(f"There is no quick connect or task template with id {other_id}")
    return entered_flow(instance, contact_flow_id)


def _attached(instance: Instance, attachments: list[dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Attachments as the references that they become."""
    return {
        each["FileName"]: {"Type": "ATTACHMENT", "Value": each["S3Url"], "Status": "APPROVED", "Arn": _file_arn(instance)}
        for each in attachments
    }


def _email_file(instance: Instance) -> dict[str, dict[str, Any]]:
    return {"EmailMessage": {"Type": "EMAIL_MESSAGE", "Arn": _file_arn(instance)}}


def _file_arn(instance: Instance) -> str:
    return f"{instance.arn_prefix}file/{ids.uuid()}"


def _email_segments(raw: dict[str, Any]) -> SegmentAttributes:
    headers = raw.get("Headers", {})
    verdicts = {name: headers.get(f"X_SES_{name}_VERDICT") for name in ("SPAM", "VIRUS")}
    found = {f"connect:X-SES-{name}-VERDICT": {"ValueString": value} for name, value in verdicts.items() if value}
    return {"connect:EmailSubject": {"ValueString": raw["Subject"]}, **found}


def _additional(others: dict[str, list[dict[str, str]]]) -> dict[str, Any] | None:
    lists = {"ToList": others.get("ToAddresses"), "CcList": others.get("CcAddresses")}
    return {name: recipients(addresses) for name, addresses in lists.items() if addresses} or None


# --- calls and contacts made elsewhere --------------------------------------------------------------------------------


def _check_call(destination: str, source: str | None, traffic_type: str, detection: dict[str, bool] | None) -> None:
    if source is None:
        raise InvalidRequestException("One of SourcePhoneNumber and QueueId must be given")
    if destination.startswith(settings.current.denied_destinations):
        raise DestinationNotAllowedException(f"Calls to {destination} are not allowed")
    if (detection or {}).get("EnableAnswerMachineDetection") and traffic_type != "CAMPAIGN":
        raise InvalidRequestException("TrafficType must be CAMPAIGN when EnableAnswerMachineDetection is true")


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
