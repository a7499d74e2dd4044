"""Task templates: which fields a task has, and which flow it runs.

Every version of a template is kept, for the tasks that were made from it. Versions are numbered from 1; AWS only says that it
generates them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from connect_mock.collection import Selection
from connect_mock.errors import ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, Created, NamedResource, Shown
from connect_mock.resources.task_template_problems import check, problem, refusal

FIELDS = Quota("task_template_fields", 50)
"""Of one template."""

CONTENT = (
    "description",
    "contact_flow_id",
    "self_assign_flow_id",
    "contact_hooks",
    "constraints",
    "defaults",
    "fields",
)
"""What an update replaces as a whole, beside the name and the status."""


@dataclass(kw_only=True, slots=True, eq=False)
class TaskTemplate(NamedResource, Created):
    """A task template.

    The flow, the module and the quick connects that it names exist when it is written. Nothing public says that they could
    not be deleted later; then it is left with their ids.
    """

    arn_type = "task-template"
    quota: ClassVar = Quota("task_templates", 50)

    owner: Instance = field(repr=False)
    contact_flow_id: str | None = None
    self_assign_flow_id: str | None = None
    contact_hooks: dict[str, str] | None = None
    constraints: dict[str, Any]
    defaults: dict[str, Any] | None = None
    fields: list[dict[str, Any]]
    status: str = "ACTIVE"
    created_time: datetime.datetime = field(init=False)
    snapshots: list[dict[str, Any]] = field(default_factory=list)

    @property
    def instance_id(self) -> str:
        return self.owner.id

    @property
    def snapshot_version(self) -> str:
        """The version as it is now, which a task keeps that is made from it."""
        return str(len(self.snapshots))

    def keep(self) -> None:
        """Make a version of what the template is now."""
        names = ("name", "status", "last_modified_time", *CONTENT)
        self.snapshots.append({name: getattr(self, name) for name in names})

    def at(self, version: str) -> Shown:
        """The template as it was in that version; raises ResourceNotFoundException."""
        known = {str(number): each for number, each in enumerate(self.snapshots, start=1)}
        if version not in known:
            raise ResourceNotFoundException(f"TaskTemplate with id {self.id} has no version {version}")
        return Shown(self, **known[version])


class TaskTemplateOperations(Operations):
    """The operations on task templates."""

    def create_task_template(self, *, instance_id: str, name: str, **content: Any) -> dict[str, str]:
        """A new template, ACTIVE unless it says otherwise.

        Raises PropertyValidationException with all that is wrong with it.
        """
        instance = self.instance(instance_id)
        _check(instance, None, {"name": name, **content})
        template = instance[TaskTemplate].add(name=name, **_with_ids(content))
        template.keep()
        return {"Id": template.id, "Arn": template.arn}

    def get_task_template(
        self, *, instance_id: str, task_template_id: str, snapshot_version: str | None = None
    ) -> TaskTemplate | Shown:
        """The template as it is, or as it was in a version."""
        template = self.instance(instance_id)[TaskTemplate].get(task_template_id)
        return template if snapshot_version is None else template.at(snapshot_version)

    def list_task_templates(
        self, *, instance_id: str, status: str | None = None, name: str | None = None
    ) -> Selection[TaskTemplate]:
        """Templates with that status and exactly that name.

        The documentation says that the token for more is always null; here the list has pages when MaxResults asks for them.
        """
        templates = self.instance(instance_id)[TaskTemplate]
        return templates.where(lambda each: status in (None, each.status) and name in (None, each.name))

    def update_task_template(
        self, *, instance_id: str, task_template_id: str, status: str, name: str | None = None, **content: Any
    ) -> TaskTemplate:
        """Replace the whole template: what is left out is gone (documentation of the operation). Status is required."""
        instance = self.instance(instance_id)
        templates = instance[TaskTemplate]
        template = templates.get(task_template_id)
        _check(instance, template, {"name": name, **content})
        templates.update(template, name=name, status=status, **_with_ids(content))
        for member in CONTENT:
            if content.get(member) is None:
                setattr(template, member, None)
        template.keep()
        return template

    def delete_task_template(self, *, instance_id: str, task_template_id: str) -> None:
        """No check is documented; tasks made from it go on."""
        templates = self.instance(instance_id)[TaskTemplate]
        templates.remove(templates.get(task_template_id))


def _check(instance: Instance, template: TaskTemplate | None, content: Mapping[str, Any]) -> None:
    check(content, lambda model, id: instance[MODELS[model]].find(id) is not None)
    holder = instance[TaskTemplate].named(content["name"])
    if holder not in (None, template):
        raise refusal([problem("Name", "RESOURCE_NAME_ALREADY_EXISTS", f"template {holder.id} has the name {holder.name!r}")])
    FIELDS.check(len(content["fields"]))


def _with_ids(content: dict[str, Any]) -> dict[str, Any]:
    """The content with the flows' ids in the place of their ARNs."""
    flows = {
        name: content[name].rpartition("/")[2] for name in ("contact_flow_id", "self_assign_flow_id") if content.get(name)
    }
    return content | flows
