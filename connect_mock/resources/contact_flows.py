"""Flows: drafts, published content, versions, aliases and search.

Not emulated: that the service makes flow versions for CAMPAIGN flows only (documentation of CreateContactFlowVersion, which
the newest model no longer says of aliases); any flow can have them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidContactFlowException, InvalidParameterException, InvalidRequestException
from connect_mock.flow import document
from connect_mock.flow.problems import problems
from connect_mock.operations import Operations
from connect_mock.publishing import LATEST, SAVED, Alias, Publishable, Version, qualified
from connect_mock.search import Keep, Search, all_of, any_of, has_tag, tag_filter

MAX_CONTENT = 256_000
"""Characters (documentation of CreateContactFlow; the shape has no maximum)."""


@dataclass(kw_only=True, slots=True, eq=False)
class ContactFlow(Publishable):
    """A flow."""

    arn_type = "contact-flow"
    prefixes = ("ContactFlow", "Flow")
    tag_type = "contact-flow"

    type: str
    is_default: bool = False
    """Whether the instance came with it and needs it: it can be changed, and neither archived nor deleted."""


class ContactFlowOperations(Operations):
    """The operations on flows."""

    def create_contact_flow(
        self, *, instance_id: str, content: str, status: str = "PUBLISHED", **members: Any
    ) -> dict[str, ContactFlow]:
        """A new flow, published unless `status` is SAVED; published content is checked."""
        flows = self.instance(instance_id)[ContactFlow]
        _check_content(content, publish=status == "PUBLISHED")
        flow = flows.add(saved_content=content, **members)
        if status == "PUBLISHED":
            flow.publish()
        return {"ContactFlowId": flow.id, "ContactFlowArn": flow.arn, "FlowContentSha256": flow.content_sha256}  # type: ignore[dict-item]

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
        if qualifier not in ("", LATEST, SAVED):
            raise InvalidRequestException(f"Content can be written to {SAVED} or published, not to {qualifier}")
        _check_content(content, publish=qualifier != SAVED)
        flow.saved_content = content
        if qualifier != SAVED:
            flow.publish()
        self.instance(instance_id)[ContactFlow].touch(flow)

    def update_contact_flow_metadata(
        self, *, instance_id: str, contact_flow_id: str, contact_flow_state: str | None = None, **members: Any
    ) -> None:
        """Rename, describe, archive or bring back. Default flows cannot be archived (administrator guide)."""
        flow, _ = self._flow(instance_id, contact_flow_id)
        if contact_flow_state == "ARCHIVED" and flow.is_default:
            raise InvalidRequestException(f"{flow.name} is a default flow and cannot be archived")
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
        version = flow.snapshot(flow_content_sha256, description, contact_flow_version)
        version.last_modified_time = last_modified_time or version.last_modified_time
        version.last_modified_region = last_modified_region or version.last_modified_region
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
        version = flow.version_numbered(contact_flow_version)
        alias = flow[Alias].add(name=alias_name, description=description, version=version.version)
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
        flow, _ = self._flow(instance_id, contact_flow_id)
        alias = flow[Alias].get(alias_id)
        version = None if contact_flow_version is None else flow.version_numbered(contact_flow_version).version
        flow[Alias].update(alias, version=version, **members)

    def delete_contact_flow_alias(self, *, instance_id: str, contact_flow_id: str, alias_id: str) -> None:
        """The version stays."""
        aliases = self._flow(instance_id, contact_flow_id)[0][Alias]
        aliases.remove(aliases.get(alias_id))

    def _flow(self, instance_id: str, contact_flow_id: str) -> tuple[ContactFlow, str]:
        bare, qualifier = qualified(contact_flow_id)
        return self.instance(instance_id)[ContactFlow].get(bare), qualifier


def _check_content(content: str, publish: bool) -> None:
    if not 1 <= len(content) <= MAX_CONTENT:
        raise InvalidParameterException(f"Content must be 1 to {MAX_CONTENT} characters long, got {len(content)}")
    if not publish:
        return
    try:
        found = problems(document.read(content))
    except document.NotAFlow as error:
        found = [str(error)]
    if found:
        raise InvalidContactFlowException(problems=[{"message": message} for message in found])


SEARCH = Search(
    fields={"name": attrgetter("name"), "description": attrgetter("description")},
    conditions={
        "TypeCondition": lambda value: lambda flow: flow.type == value,
        "StateCondition": lambda value: lambda flow: flow.state == value,
        "StatusCondition": lambda value: lambda flow: flow.status == value,
    },
)


def _filter(search_filter: dict[str, Any]) -> Keep | None:
    return all_of(
        [tag_filter(search_filter.get("TagFilter")), _attribute_filter(search_filter.get("FlowAttributeFilter") or {})]
    )


def _attribute_filter(conditions: dict[str, Any]) -> Keep | None:
    if len(conditions) > 1:
        raise InvalidParameterException(f"FlowAttributeFilter: only one of {', '.join(sorted(conditions))} may be given")
    if "OrConditions" in conditions:
        return any_of(_tags_and_type(each) for each in conditions["OrConditions"])
    return _tags_and_type(conditions.get("AndCondition", conditions))


def _tags_and_type(conditions: dict[str, Any]) -> Keep | None:
    tags = [*conditions.get("TagConditions", []), *([conditions["TagCondition"]] if "TagCondition" in conditions else [])]
    keeps: list[Keep | None] = [has_tag(each) for each in tags]
    if wanted := conditions.get("ContactFlowTypeCondition", {}).get("ContactFlowType"):
        keeps.append(lambda flow: flow.type == wanted)
    return all_of(keeps)
