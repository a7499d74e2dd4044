"""Contacts that flows start: tasks, callbacks, chats, emails and messages of campaigns."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from connect_mock import clock
from connect_mock.contact import Contact
from connect_mock.contacts import contact_content, queueing
from connect_mock.contacts.flow_sources import source
from connect_mock.contacts.new_contacts import CHAT_MINUTES, EMAIL_MINUTES, TASK_MINUTES, add_contact, next_segment, system
from connect_mock.contacts.system_attributes import instance_of, target_queue
from connect_mock.errors import ConnectError
from connect_mock.flow.host import ContactKind, HostError
from connect_mock.flow.references import text_of

Parameters = Mapping[str, Any]


def start_contact(contact: Contact, kind: ContactKind, parameters: Parameters) -> Contact:
    """The new contact, which has not begun yet. Raises HostError for what does not exist or a contact cannot hold."""
    try:
        return MAKE[kind](contact, parameters)
    except ConnectError as refusal:
        raise HostError(why=refusal.message) from None


def _task(contact: Contact, given: Parameters) -> Contact:
    references = {name: {"Type": "STRING", "Value": value} if isinstance(value, str) else dict(value)
                  for name, value in (given.get("References") or {}).items()}  # fmt: skip
    contact_content.check_references(references)
    return add_contact(
        instance_of(contact),
        channel="TASK",
        initiation_method="API",
        flow=_flow(contact, given["ContactFlowId"]),
        segments=system("connect:Task"),
        minutes=TASK_MINUTES,
        related=contact.id,
        name=text_of(given["Name"]),
        description=given.get("Description"),
        attributes={key: text_of(value) for key, value in (given.get("Attributes") or {}).items()},
        references=references,
        scheduled_timestamp=_scheduled(given),
    )


def _scheduled(given: Parameters) -> datetime.datetime | None:
    """DelaySeconds from now, or ScheduledTime in epoch seconds."""
    if "DelaySeconds" in given:
        return clock.now() + datetime.timedelta(seconds=int(text_of(given["DelaySeconds"])))
    if "ScheduledTime" not in given:
        return None
    text = text_of(given["ScheduledTime"])
    if not text.isdecimal():
        raise HostError(why=f"ScheduledTime must be epoch seconds, got {text!r}")
    scheduled = datetime.datetime.fromtimestamp(int(text), datetime.timezone.utc)
    contact_content.check_schedule(scheduled)
    return scheduled


def _flow(contact: Contact, id: Any) -> str:
    """The flow's id as it was named, once it is sure that it can be entered."""
    source(instance_of(contact), "FLOW", text_of(id))
    return text_of(id)


def _callback(contact: Contact, given: Parameters) -> Contact:
    """Waits for its delay, and then in the queue that was named or else is the contact's target."""
    number = contact.handling.callback_number or (contact.customer_endpoint or {}).get("Address")
    queue = target_queue(contact)
    if "QueueId" in given or "AgentId" in given:
        queue = queueing.named(contact, given.get("QueueId"), given.get("AgentId"))
    if queue is None or number is None:
        raise HostError(why="no queue was set" if queue is None else "the contact has no number to call back")
    queueing.check_room(queue, "CALLBACK")
    made = next_segment(contact, "CALLBACK", _flow(contact, given["ContactFlowId"]) if "ContactFlowId" in given else None)
    made.connected_to_system = made.system_endpoint = None
    made.customer_endpoint = {"Type": "TELEPHONE_NUMBER", "Address": number}
    made.handling.target_queue_id = queue.id
    made.started_with = {
        "attempts": int(text_of(given["MaximumConnectionAttempts"])),
        "retry_delay": int(text_of(given["RetryDelaySeconds"])),
    }
    if made.contact_flow_id is None:
        made.scheduled_timestamp = clock.now() + datetime.timedelta(seconds=int(text_of(given["InitialCallDelaySeconds"])))
    return made


def _chat(contact: Contact, given: Parameters) -> Contact:
    subtype = given["ContactSubtype"]
    return add_contact(
        instance_of(contact),
        channel="CHAT",
        initiation_method="API",
        flow=_flow(contact, given["ContactFlowArn"]),
        segments=system(subtype, "OUTBOUND"),
        minutes=CHAT_MINUTES,
        related=contact.id if given.get("RelatedContact") == "CURRENT" else None,
        customer_endpoint=dict(given["DestinationEndpoint"]),
        system_endpoint=dict(given["SourceEndpoint"]),
        started_with={"initial_message": given.get("InitialSystemMessage")},
    )


def _email(contact: Contact, given: Parameters) -> Contact:
    """CreateContact of a flow: the email that a later action sends."""
    return add_contact(
        instance_of(contact),
        channel="EMAIL",
        initiation_method="FLOW",
        flow=None,
        segments=system("connect:Email", "OUTBOUND"),
        minutes=EMAIL_MINUTES,
        related=contact.id,
    )


def _outbound_email(contact: Contact, given: Parameters) -> Contact:
    made = _email(contact, given)
    made.customer_endpoint = _address(given["DestinationEmailAddress"])
    made.system_endpoint = _address(given["FromEmailAddress"])
    made.started_with = {"email_message": dict(given["EmailMessage"])}
    return made


def _address(given: Any) -> dict[str, str]:
    address = given.get("EmailAddress") if isinstance(given, Mapping) else given
    return {"Type": "EMAIL_ADDRESS", "Address": text_of(address)}


def _message(channel: str, subtype: str) -> Callable[[Contact, Parameters], Contact]:
    """What a campaign sends or dials to its recipient."""

    def make(contact: Contact, given: Parameters) -> Contact:
        return add_contact(
            instance_of(contact),
            channel=channel,
            initiation_method="FLOW",
            flow=None,
            segments=system(subtype, "OUTBOUND"),
            related=contact.id,
            started_with=dict(given),
        )

    return make


MAKE: dict[ContactKind, Callable[[Contact, Parameters], Contact]] = {
    "CALLBACK": _callback,
    "CAMPAIGN_EMAIL": _message("EMAIL", "connect:Email"),
    "CHAT": _chat,
    "DIAL_REQUEST": _message("VOICE", "connect:Telephony"),
    "EMAIL": _email,
    "OUTBOUND_EMAIL": _outbound_email,
    "SMS": _message("CHAT", "connect:SMS"),
    "TASK": _task,
}
