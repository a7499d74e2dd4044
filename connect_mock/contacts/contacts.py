"""Contacts: what is known of them, and what can be done to them once they exist. `starting_chats` and the like make them.

Not emulated: the deletion of contacts after 24 months.
"""

from __future__ import annotations

import datetime
from typing import Any

from connect_mock import clock, contacts
from connect_mock.collection import Collection, Selection
from connect_mock.contact import Contact, SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.contact_search import found_contacts
from connect_mock.contacts.new_contacts import entered_flow, next_segment, recipients
from connect_mock.errors import (
    ConflictException,
    ContactNotFoundException,
    InvalidRequestException,
    LimitExceededException,
    ServiceQuotaExceededException,
)
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resources.queues import Queue
from connect_mock.resources.users import User

MAX_TAGS = 6
"""User tags of a contact (model)."""

TAGGABLE_AFTER_END = datetime.timedelta(hours=3)
"""How long after its end a contact can be tagged (administrator guide, Granular billing)."""

MAX_TRANSFERS = 11
"""Times that a contact can be transferred (documentation of TransferContact)."""

MAX_PAUSES = 10
"""Times that a contact can be paused (model, TotalPauseCount)."""

MAX_RESCHEDULES = 20
"""Times that a task can be rescheduled (administrator guide, quotas)."""

REFERENCE_MEMBERS = {
    "URL": "Url",
    "NUMBER": "Number",
    "STRING": "String",
    "DATE": "Date",
    "EMAIL": "Email",
    "ATTACHMENT": "Attachment",
    "EMAIL_MESSAGE": "EmailMessage",
}
"""The member of ReferenceSummary for each type of reference."""

NOT_STOPPABLE = ("DISCONNECT", "TRANSFER", "QUEUE_TRANSFER", "EXTERNAL_OUTBOUND", "MONITOR")
"""Initiation methods of voice contacts that StopContact does not end (its documentation)."""


class ContactOperations(Operations):
    """The operations on contacts that exist."""

    def describe_contact(self, *, instance_id: str, contact_id: str) -> dict[str, Contact]:
        """All that is known of the contact, while it is open and after."""
        return {"Contact": self._contact(instance_id, contact_id)}

    def search_contacts(self, *, instance_id: str, time_range: dict[str, Any], **asked: Any) -> Selection[Contact]:
        """Contacts of a time range of up to eight weeks, newest first unless sorted otherwise; see `contact_search`."""
        return found_contacts(self.instance(instance_id)[Contact], time_range, **asked)

    def update_contact(self, *, instance_id: str, contact_id: str, **members: Any) -> None:
        """Change name, description, references, segment attributes, and for external audio who took part.

        Open and finished contacts alike. References and segment attributes are merged by key. Raises InvalidRequestException
        when nothing is to be changed, or what this contact does not allow.
        """
        contact = self._contact(instance_id, contact_id)
        if not members:
            raise InvalidRequestException("At least one member to update must be given")
        _check_updatable(contact, members)
        references, segment_attributes = members.pop("references", {}), members.pop("segment_attributes", {})
        contact_content.check_references(references)
        contact_content.check_segment_attributes(segment_attributes, [contact_content.EXPIRY])
        self._contacts(instance_id).update(contact, **_as_described(members))
        contact.references = contact.references | references
        contact.changed()
        _set_segment_attributes(contact, segment_attributes)

    def stop_contact(self, *, instance_id: str, contact_id: str, disconnect_reason: dict[str, str] | None = None) -> None:
        """End the contact.

        Which error an ended contact gives is not published: ContactNotFoundException here, ResourceNotFoundException for one
        that never was. Only campaigns give a reason on the real service; the one given is kept.
        """
        contact = self._contact(instance_id, contact_id)
        if contact.channel == "VOICE" and contact.initiation_method in NOT_STOPPABLE:
            raise InvalidRequestException(
                f"Voice contacts with initiation method {contact.initiation_method} cannot be stopped"
            )
        if contact.disconnect_timestamp:
            raise ContactNotFoundException(f"Contact {contact.id} has ended")
        reason = "OTHER" if contact.channel == "VOICE" else "API"
        contacts.contact_life.end(contact, (disconnect_reason or {}).get("Code") or reason)

    # --- attributes and references

    def get_contact_attributes(self, *, instance_id: str, initial_contact_id: str) -> dict[str, dict[str, str]]:
        """The attributes of the chain that the contact is in."""
        return {"Attributes": self._contact(instance_id, initial_contact_id).attributes}

    def update_contact_attributes(self, *, instance_id: str, initial_contact_id: str, attributes: dict[str, str]) -> None:
        """Set attributes for the whole chain; those not named stay. After the end too."""
        contact = self._contact(instance_id, initial_contact_id)
        contact_content.check_attributes(contact.attributes | attributes)
        contact.attributes.update(attributes)
        contact.changed()

    def list_contact_references(
        self, *, instance_id: str, contact_id: str, reference_types: list[str]
    ) -> list[dict[str, dict[str, Any]]]:
        """The references of these types, by name."""
        contact = self._contact(instance_id, contact_id)
        return [
            {REFERENCE_MEMBERS[each["Type"]]: {"Name": name} | each}
            for name, each in sorted(contact.references.items())
            if each["Type"] in reference_types
        ]

    def list_associated_contacts(self, *, instance_id: str, contact_id: str) -> Selection[Contact]:
        """The tree of contacts that previous and related contacts make, oldest first."""
        return Selection(self._contact(instance_id, contact_id).tree)

    # --- tags

    def tag_contact(self, *, instance_id: str, contact_id: str, tags: dict[str, str]) -> None:
        """Up to six tags beside those of the service, until three hours after the end."""
        contact = self._contact(instance_id, contact_id)
        ended = contact.disconnect_timestamp
        if ended and clock.now() > ended + TAGGABLE_AFTER_END:
            raise InvalidRequestException(f"Contact {contact.id} ended more than {TAGGABLE_AFTER_END} hours ago")
        tagged = contact.tags | tags
        users = [key for key in tagged if not key.startswith("aws:")]
        if len(users) > MAX_TAGS:
            raise InvalidRequestException(f"A contact can have at most {MAX_TAGS} tags, this makes {len(users)}")
        contact.tags = tagged
        contact.changed()

    def untag_contact(self, *, instance_id: str, contact_id: str, tag_keys: list[str]) -> None:
        """Remove tags; those of the service stay (the model refuses their keys)."""
        contact = self._contact(instance_id, contact_id)
        contact.tags = {key: value for key, value in contact.tags.items() if key not in tag_keys}
        contact.changed()

    # --- tasks and emails

    def pause_contact(self, *, instance_id: str, contact_id: str, contact_flow_id: str | None = None) -> None:
        """Pause a task or email that is open and not paused; ten times at the most."""
        contact = self._open_task_or_email(instance_id, contact_id, contact_flow_id)
        if contact.is_paused:
            raise ConflictException(f"Contact {contact.id} is paused")
        if (contact.total_pause_count or 0) >= MAX_PAUSES:
            raise LimitExceededException(f"A contact can be paused at most {MAX_PAUSES} times")
        contacts.contact_life.pause(contact, contact_flow_id)

    def resume_contact(self, *, instance_id: str, contact_id: str, contact_flow_id: str | None = None) -> None:
        """Go on with a paused task or email."""
        contact = self._open_task_or_email(instance_id, contact_id, contact_flow_id)
        if not contact.is_paused:
            raise ConflictException(f"Contact {contact.id} is not paused")
        contacts.contact_life.resume(contact, contact_flow_id)

    def update_contact_schedule(self, *, instance_id: str, contact_id: str, scheduled_time: datetime.datetime) -> None:
        """Another time for a task that has not started; up to six days ahead, 20 times at the most."""
        contact = self._contact(instance_id, contact_id)
        if contact.channel != "TASK" or not contact.is_scheduled or contact.disconnect_timestamp:
            raise InvalidRequestException(f"Contact {contact.id} is not a task that is still scheduled")
        contact_content.check_schedule(scheduled_time)
        if contact.reschedules >= MAX_RESCHEDULES:
            raise LimitExceededException(f"A task can be rescheduled at most {MAX_RESCHEDULES} times")
        contact.scheduled_timestamp, contact.reschedules = scheduled_time, contact.reschedules + 1
        contacts.contact_life.schedule(contact, scheduled_time)
        contact.changed()

    def transfer_contact(
        self,
        *,
        instance_id: str,
        contact_id: str,
        contact_flow_id: str,
        queue_id: str | None = None,
        user_id: str | None = None,
    ) -> dict[str, str]:
        """A new segment for the task or email in another flow; the old one ends. Attributes are shared between them."""
        instance = self.instance(instance_id)
        contact = instance[Contact].get(contact_id)
        if queue_id and user_id:
            raise InvalidRequestException("Only one of QueueId and UserId may be given")
        if contact.channel not in ("TASK", "EMAIL") or contact.disconnect_timestamp:
            raise InvalidRequestException(f"Contact {contact.id} is not an active task or email")
        flow = entered_flow(instance, contact_flow_id, ("CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER"))
        if sum(each.initiation_method == "TRANSFER" for each in contact.chain) >= MAX_TRANSFERS:
            raise ServiceQuotaExceededException(f"A contact can be transferred at most {MAX_TRANSFERS} times")
        queue = _queue_of_transfer(instance, queue_id, user_id)
        made = next_segment(contact, "TRANSFER", flow)
        contacts.contact_life.end(contact, "TRANSFERRED" if contact.channel == "EMAIL" else "OTHER")
        made.handling.target_queue_id = queue
        contacts.contact_life.begin(made)
        return {"ContactId": made.id, "ContactArn": made.arn}

    # --- finding them

    def _contacts(self, instance_id: str) -> Collection[Contact]:
        return self.instance(instance_id)[Contact]

    def _contact(self, instance_id: str, contact_id: str) -> Contact:
        return self._contacts(instance_id).get(contact_id)

    def _open_task_or_email(self, instance_id: str, contact_id: str, contact_flow_id: str | None) -> Contact:
        contact = self._contact(instance_id, contact_id)
        if contact.channel not in ("TASK", "EMAIL"):
            raise InvalidRequestException(
                f"Only tasks and emails can be paused and resumed, {contact.id} is {contact.channel}"
            )
        if contact.disconnect_timestamp or contact.is_scheduled:
            raise ConflictException(f"Contact {contact.id} has {'ended' if contact.disconnect_timestamp else 'not started'}")
        if contact_flow_id:
            entered_flow(self.instance(instance_id), contact_flow_id)
        return contact


def _queue_of_transfer(instance: Instance, queue_id: str | None, user_id: str | None) -> str | None:
    """The id of the queue, or of the user's own, which is the user's. Raises ResourceNotFoundException."""
    if user_id:
        return instance[User].get(user_id).id
    return instance[Queue].get(queue_id).id if queue_id else None


EXTERNAL_AUDIO_ONLY = ("queue_info", "user_info", "customer_endpoint", "system_endpoint")
DRAFT_EMAIL_TOO = ("customer_endpoint", "system_endpoint", "additional_recipients")


def _check_updatable(contact: Contact, members: dict[str, Any]) -> None:
    is_external = contact_content.subtype(contact.segment_attributes) == "connect:ExternalAudio"
    is_draft = contact.channel == "EMAIL" and contact.initiation_method in ("OUTBOUND", "AGENT_REPLY") and not contact.ended
    for member in (*EXTERNAL_AUDIO_ONLY, "additional_recipients"):
        allowed = (is_external and member in EXTERNAL_AUDIO_ONLY) or (is_draft and member in DRAFT_EMAIL_TOO)
        if member in members and not allowed:
            raise InvalidRequestException(f"{member} of contact {contact.id} ({contact.channel}) cannot be updated")


def _as_described(members: dict[str, Any]) -> dict[str, Any]:
    """The members of UpdateContact as DescribeContact names them."""
    described = dict(members)
    if "user_info" in described:
        described["agent_info"] = {"Id": described.pop("user_info").get("UserId")}
    if "additional_recipients" in described:
        addresses = described.pop("additional_recipients").get("CcEmailAddresses", [])
        described["additional_email_recipients"] = {"CcList": recipients(addresses)}
    return described


def _set_segment_attributes(contact: Contact, attributes: SegmentAttributes) -> None:
    if minutes := contact_content.expiry_minutes(attributes):
        expires = contact.initiation_timestamp + datetime.timedelta(minutes=minutes)
        contacts.contact_life.expire_at(contact, expires)
        attributes = contact_content.with_expiry_timestamp(attributes, expires)
    contact.segment_attributes = contact.segment_attributes | attributes
