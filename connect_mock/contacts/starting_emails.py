"""Starting emails: those that come in.

Not emulated: whether the address that it is for exists; quotas of concurrent emails.
"""

from __future__ import annotations

from typing import Any

from connect_mock import contacts, ids
from connect_mock.contact import SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.contact_content import SUBTYPE
from connect_mock.contacts.new_contacts import EMAIL_MINUTES, add_contact, attached, entered_flow, file_arn, recipients, system
from connect_mock.errors import InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations

MAX_RECIPIENTS = 50
"""Recipients of an email, the destination included (documentation of StartEmailContact)."""


class StartingEmailOperations(Operations):
    """The operation that starts emails."""

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
        contact = add_contact(
            instance,
            channel="EMAIL",
            initiation_method="INBOUND",
            flow=flow,
            related=related_contact_id,
            segments=system("connect:Email", "INBOUND") | _email_segments(raw) | segments,
            minutes=EMAIL_MINUTES,
            customer_endpoint={"Type": "EMAIL_ADDRESS", **recipients([from_email_address])[0]},
            system_endpoint={"Type": "EMAIL_ADDRESS", "Address": destination_email_address},
            additional_email_recipients=_additional(others),
            references=(references or {}) | _email_file(instance) | attached(instance, attachments or []),
            started_with={"email_message": email_message},
            **members,
        )
        contacts.contact_life.begin(contact)
        return {"ContactId": contact.id}


def _email_file(instance: Instance) -> dict[str, dict[str, Any]]:
    return {"EmailMessage": {"Type": "EMAIL_MESSAGE", "Arn": file_arn(instance, ids.uuid())}}


def _email_segments(raw: dict[str, Any]) -> SegmentAttributes:
    headers = raw.get("Headers", {})
    verdicts = {name: headers.get(f"X_SES_{name}_VERDICT") for name in ("SPAM", "VIRUS")}
    found = {f"connect:X-SES-{name}-VERDICT": {"ValueString": value} for name, value in verdicts.items() if value}
    return {"connect:EmailSubject": {"ValueString": raw["Subject"]}, **found}


def _additional(others: dict[str, list[dict[str, str]]]) -> dict[str, Any] | None:
    lists = {"ToList": others.get("ToAddresses"), "CcList": others.get("CcAddresses")}
    return {name: recipients(addresses) for name, addresses in lists.items() if addresses} or None
