"""Starting tasks, at once or at a time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from connect_mock import contacts
from connect_mock.contact import SegmentAttributes
from connect_mock.contacts import contact_content
from connect_mock.contacts.new_contacts import TASK_MINUTES, add_contact, attached, entered_flow, system
from connect_mock.errors import InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resources.quick_connects import QuickConnect
from connect_mock.resources.task_templates import TaskTemplate


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
        start = _start_of(instance, contact_flow_id, quick_connect_id, task_template_id)
        if scheduled_time:
            contact_content.check_schedule(scheduled_time)
        segments = segment_attributes or {}
        contact_content.check_segment_attributes(segments, [contact_content.EXPIRY, "connect:CreatedByUser"])
        contact_content.check_references(references or {})
        contact = add_contact(
            instance,
            channel="TASK",
            initiation_method="API",
            flow=entered_flow(instance, start.contact_flow_id),
            task_template_info=start.template,
            previous=previous_contact_id,
            related=related_contact_id,
            segments=system("connect:Task") | segments,
            minutes=TASK_MINUTES,
            scheduled_timestamp=scheduled_time,
            references=(references or {}) | attached(instance, attachments or []),
            **members,
        )
        contact.handling.target_queue_id = start.queue_id
        contacts.contact_life.begin(contact)
        return {"ContactId": contact.id}


def _check_one_of(**members: str | None) -> None:
    given = [name for name, value in members.items() if value is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        raise InvalidRequestException(f"Exactly one of {', '.join(members)} must be given, got {found}")


@dataclass(frozen=True)
class Start:
    """Where a task begins."""

    contact_flow_id: str
    queue_id: str | None = None
    """The queue, or the agent, of the quick connect."""
    template: dict[str, str] | None = None


def _start_of(instance: Instance, flow_id: str | None, quick_connect_id: str | None, template_id: str | None) -> Start:
    """In the flow that was named, in that of the quick connect, or in that of the template.

    Raises ResourceNotFoundException, and InvalidRequestException for a quick connect or template that has no flow, or a
    template that is not active.
    """
    if flow_id is not None:
        return Start(flow_id)
    if quick_connect_id is not None:
        return _of_quick_connect(instance[QuickConnect].get(quick_connect_id))
    return _of_template(instance[TaskTemplate].get(template_id or ""))


def _of_quick_connect(quick_connect: QuickConnect) -> Start:
    if quick_connect.contact_flow_id is None:
        raise InvalidRequestException(f"QuickConnectId must be of type USER or QUEUE, {quick_connect.id} leads to a number")
    return Start(quick_connect.contact_flow_id, quick_connect.queue_id or quick_connect.user_id)


def _of_template(template: TaskTemplate) -> Start:
    if template.status != "ACTIVE" or template.contact_flow_id is None:
        lacks = "is not active" if template.status != "ACTIVE" else "has no flow"
        raise InvalidRequestException(f"Task template {template.id} {lacks}")
    return Start(template.contact_flow_id, template={"Arn": template.arn, "Name": template.name})
