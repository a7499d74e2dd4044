"""Flows: drafts, published content, versions, aliases and search.

Not emulated: that the service makes flow versions for CAMPAIGN flows only (documentation of CreateContactFlowVersion, which
the newest model no longer says of aliases); any flow can have them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import (
    ContactFlowNotPublishedException,
    InvalidContactFlowException,
    InvalidParameterException,
    InvalidRequestException,
)
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.publishing import SAVED, SEARCH, Alias, Origin, Publishable, Version, addressed, check_writable, qualified
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS
from connect_mock.resources.contact_flow_modules import contracts_of
from connect_mock.resources.flow_inventory import HELD, held_by, publication_problems
from connect_mock.search import Keep, all_of, attribute_filter, tag_filter

MAX_CONTENT = 256_000
"""Characters (documentation of CreateContactFlow; the shape has no maximum)."""


@dataclass(kw_only=True, slots=True, eq=False)
class ContactFlow(Publishable):
    """A flow."""

    arn_type = "contact-flow"
    prefixes = ("ContactFlow", "Flow")
    tag_type = "contact-flow"
    quota: ClassVar = Quota("contact_flows", 100)

    type: str
    is_default: bool = False
    """Whether the instance came with it and needs it: it can be changed, and neither archived nor deleted."""


HELD[ContactFlow.arn_type] = lambda instance: instance[ContactFlow]


class ContactFlowOperations(Operations):
    """The operations on flows."""

    def create_contact_flow(
        self, *, instance_id: str, type: str, content: str, status: str = "PUBLISHED", **members: Any
    ) -> dict[str, Any]:
        """A new flow, published unless `status` is SAVED; published content is checked."""
        flows = self.instance(instance_id)[ContactFlow]
        self._check_content(instance_id, content, type if status == "PUBLISHED" else None)
        flow = flows.add(saved_content=content, type=type, **members)
        if status == "PUBLISHED":
            flow.publish()
        return {"ContactFlowId": flow.id, "ContactFlowArn": flow.arn, "FlowContentSha256": flow.content_sha256}

    def describe_contact_flow(self, *, instance_id: str, contact_flow_id: str) -> dict[str, Any]:
        """The flow as published, or as its id's qualifier says."""
        flow, qualifier = self._flow(instance_id, contact_flow_id)
        return {"ContactFlow": flow.at(qualifier)}

    def list_contact_flows(
        self, *, instance_id: str, contact_flow_types: list[str] | None = None
    ) -> Collection[ContactFlow] | Selection[ContactFlow]:
        """All flows, drafts that were never published included, or those of some types."""
        flows = self.instance(instance_id)[ContactFlow]
        return flows.where(lambda flow: flow.type in contact_flow_types) if contact_flow_types else flows

    def search_contact_flows(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[ContactFlow]:
        """Flows by name, description, type, state and status, and by tags."""
        return SEARCH.over(self.instance(instance_id)[ContactFlow], search_criteria, _filter(search_filter or {}))

    def update_contact_flow_content(self, *, instance_id: str, contact_flow_id: str, content: str) -> None:
        """Publish new content, or with `:$SAVED` keep it as the draft. Refused content leaves everything as it was."""
        flow, qualifier = self._flow(instance_id, contact_flow_id)
        check_writable(qualifier)
        self._check_content(instance_id, content, flow.type if qualifier != SAVED else None)
        flow.write(content, None, qualifier)
        self.instance(instance_id)[ContactFlow].touch(flow)

    def update_contact_flow_metadata(
        self, *, instance_id: str, contact_flow_id: str, contact_flow_state: str | None = None, **members: Any
    ) -> None:
        """Rename, describe, archive or bring back. Default flows cannot be archived (administrator guide)."""
        flow, _ = self._flow(instance_id, contact_flow_id)
        if contact_flow_state == "ARCHIVED" and flow.is_default:
            raise InvalidRequestException(f"{flow.name} is a default flow and cannot be archived")
        if contact_flow_state == "ARCHIVED" and (user := self._attached_to(self.instance(instance_id), flow)):
            raise InvalidRequestException(f"{flow.name} is used by {user} and cannot be archived")
        self.instance(instance_id)[ContactFlow].update(flow, state=contact_flow_state, **members)

    def update_contact_flow_name(self, *, instance_id: str, contact_flow_id: str, **members: Any) -> None:
        """Rename or describe."""
        flow, _ = self._flow(instance_id, contact_flow_id)
        self.instance(instance_id)[ContactFlow].update(flow, **members)

    def delete_contact_flow(self, *, instance_id: str, contact_flow_id: str) -> None:
        """Delete the flow with its versions and aliases; published and active ones too, default ones never."""
        flow, _ = self._flow(instance_id, contact_flow_id)
        if flow.is_default:
            raise InvalidRequestException(f"{flow.name} is a default flow and cannot be deleted")
        self.instance(instance_id)[ContactFlow].remove(flow)

    # --- versions

    def create_contact_flow_version(
        self,
        *,
        instance_id: str,
        contact_flow_id: str,
        description: str | None = None,
        flow_content_sha256: str | None = None,
        contact_flow_version: int | None = None,
        last_modified_time: Any = None,
        last_modified_region: str | None = None,
    ) -> dict[str, Any]:
        """A version of the published content; the number that exists when the content did not change.

        The last three are for replication: the number, time and Region that the version has elsewhere.
        """
        flow, _ = self._flow(instance_id, contact_flow_id)
        origin = Origin(contact_flow_version, last_modified_time, last_modified_region)
        version = flow.snapshot(flow_content_sha256, description, origin)
        return {"ContactFlowArn": flow.arn, "Version": version.version}

    def list_contact_flow_versions(self, *, instance_id: str, contact_flow_id: str) -> Selection[Version]:
        """Newest first."""
        return self._flow(instance_id, contact_flow_id)[0][Version].all().newest_first()

    def delete_contact_flow_version(self, *, instance_id: str, contact_flow_id: str, contact_flow_version: int) -> None:
        """Refused while an alias points at it. The number is not used again."""
        self._flow(instance_id, contact_flow_id)[0].drop(contact_flow_version)

    # --- aliases

    def create_contact_flow_alias(
        self,
        *,
        instance_id: str,
        contact_flow_id: str,
        contact_flow_version: int,
        alias_name: str,
        description: str | None = None,
    ) -> dict[str, str]:
        """A name for a version that exists."""
        flow, _ = self._flow(instance_id, contact_flow_id)
        alias = flow.point(contact_flow_version, name=alias_name, description=description)
        return {"ContactFlowArn": flow.arn, "Id": alias.id}

    def describe_contact_flow_alias(self, *, instance_id: str, contact_flow_id: str, alias_id: str) -> dict[str, Alias]:
        """The alias and the version that it names."""
        return {"ContactFlowAlias": self._flow(instance_id, contact_flow_id)[0][Alias].get(alias_id)}

    def list_contact_flow_aliases(self, *, instance_id: str, contact_flow_id: str) -> Collection[Alias]:
        """The flow's aliases."""
        return self._flow(instance_id, contact_flow_id)[0][Alias]

    def update_contact_flow_alias(
        self, *, instance_id: str, contact_flow_id: str, alias_id: str, contact_flow_version: int | None = None, **members: Any
    ) -> None:
        """Rename it, describe it, or let it name another version."""
        self._flow(instance_id, contact_flow_id)[0].repoint(alias_id, contact_flow_version, **members)

    def delete_contact_flow_alias(self, *, instance_id: str, contact_flow_id: str, alias_id: str) -> None:
        """The version stays."""
        aliases = self._flow(instance_id, contact_flow_id)[0][Alias]
        aliases.remove(aliases.get(alias_id))

    def _attached_to(self, instance: Instance, flow: ContactFlow) -> str | None:
        """What keeps a flow from being archived: a number, a queue or a quick connect (administrator guide)."""
        for model, member in (("Queue", "outbound_flow_id"), ("QuickConnect", "contact_flow_id")):
            for each in instance[MODELS[model]]:
                if getattr(each, member) == flow.id:
                    return f"{model} {each.name}"  # type: ignore[attr-defined]
        numbers = (each for each in self[MODELS["PhoneNumber"]] if each.instance_arn == instance.arn)  # type: ignore[attr-defined]
        used = (each for each in numbers if qualified(each.contact_flow_id or "")[0] == flow.id)  # type: ignore[attr-defined]
        return next((f"phone number {each.phone_number}" for each in used), None)  # type: ignore[attr-defined]

    def _flow(self, instance_id: str, contact_flow_id: str) -> tuple[ContactFlow, str]:
        return addressed(self.instance(instance_id)[ContactFlow], contact_flow_id)

    def _check_content(self, instance_id: str, content: str, published_as: str | None) -> None:
        """Content that is only saved is not looked at."""
        if not 1 <= len(content) <= MAX_CONTENT:
            raise InvalidParameterException(f"Content must be 1 to {MAX_CONTENT} characters long, got {len(content)}")
        instance = self.instance(instance_id)
        problems = (
            publication_problems(content, published_as, held_by(instance), contracts_of(instance)) if published_as else []
        )
        if problems:
            raise InvalidContactFlowException(problems=problems)


def check_flow_type(flow: ContactFlow, type: str, member: str) -> None:
    """Raise InvalidParameterException when the flow that a member of the request names is of another type."""
    if flow.type != type:
        raise InvalidParameterException(f"{member} must be a flow of type {type}, {flow.name} is {flow.type}")


def check_flow_published(flow: ContactFlow, qualifier: str, member: str) -> None:
    """Raise InvalidParameterException when a member of the request names what was only saved: contacts cannot begin there.

    Raises ResourceNotFoundException for a version or alias that does not exist.
    """
    try:
        flow.at(qualifier)
    except ContactFlowNotPublishedException:
        qualifier = SAVED
    if qualifier == SAVED:
        raise InvalidParameterException(f"{member} must be a published flow, {flow.name} was only saved")


def _filter(search_filter: dict[str, Any]) -> Keep | None:
    return all_of(
        [
            tag_filter(search_filter.get("TagFilter")),
            attribute_filter(search_filter.get("FlowAttributeFilter") or {}, {"ContactFlowTypeCondition": _of_type}),
        ]
    )


def _of_type(condition: dict[str, str]) -> Keep | None:
    wanted = condition.get("ContactFlowType")
    return (lambda flow: flow.type == wanted) if wanted else None
