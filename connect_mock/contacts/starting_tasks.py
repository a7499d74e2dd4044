"""Starting tasks, at once or at a time."""

from __future__ import annotations

import datetime
from typing import Any

from connect_mock.contact import SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.contact_life import begin
from connect_mock.contacts.new_contacts import TASK_MINUTES, add_contact, attached, entered_flow, system
from connect_mock.errors import InvalidRequestException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations


class StartingTaskOperations(Operations):
    """The operation that starts tasks."""

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
        contact = add_contact(
            instance,
            channel="TASK",
            initiation_method="API",
            flow=flow,
            previous=previous_contact_id,
            related=related_contact_id,
            segments=system("connect:Task") | segments,
            minutes=TASK_MINUTES,
            scheduled_timestamp=scheduled_time,
            references=(references or {}) | attached(instance, attachments or []),
            **members,
        )
        begin(contact)
        return {"ContactId": contact.id}


def _check_one_of(**members: str | None) -> None:
    given = [name for name, value in members.items() if value is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        raise InvalidRequestException(f"Exactly one of {', '.join(members)} must be given, got {found}")


def _flow_of_task(instance: Instance, contact_flow_id: str | None, other_id: str | None) -> str:
    if contact_flow_id is None:
        raise ResourceNotFoundException(f"There is no quick connect or task template with id {other_id}")
    return entered_flow(instance, contact_flow_id)
