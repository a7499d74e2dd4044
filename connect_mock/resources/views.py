"""Views: the pages of step-by-step guides, saved, published and versioned.

Not emulated: refusing to delete or change what a workspace shows.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import (
    AccessDeniedException,
    DuplicateResourceException,
    ResourceNotFoundException,
)
from connect_mock.instance import Instance
from connect_mock.operations import Operations, check_any_given
from connect_mock.publishing import LATEST, SAVED, Publishable, Version, addressed, qualified
from connect_mock.resource import Created, Shown
from connect_mock.resources import view_templates
from connect_mock.resources.flow_inventory import ASSOCIATED
from connect_mock.resources.managed_views import VERSION, ManagedView, managed_views
from connect_mock.search import Search, with_tags

ARN_COLONS = 5
"""In an ARN without a qualifier."""


def _name_is_taken(_: str) -> DuplicateResourceException:
    return DuplicateResourceException("View name already exists for the instance")


@dataclass(kw_only=True, slots=True, eq=False)
class View(Publishable, Created):
    """A view of the customer's. Its contents are kept as JSON texts of Actions, InputSchema and Template."""

    arn_type = "view"
    prefixes = ("View",)
    duplicate_error: ClassVar[Callable[[str], Exception]] = staticmethod(_name_is_taken)
    not_published: ClassVar = ResourceNotFoundException

    type: str = "CUSTOMER_MANAGED"
    created_time: datetime.datetime = field(init=False)

    @property
    def content(self) -> dict[str, Any]:  # type: ignore[override]
        """What a search shows: the published content, or the saved one before there is any."""
        return json.loads(self.saved_content if self.published_content is None else self.published_content)  # type: ignore[no-any-return]

    def shown(self, qualifier: str) -> Shown:
        """The copy that `qualifier` names, as a call answers it."""
        copy = self.at(qualifier)
        copy.members["content"] = json.loads(copy.members["content"])
        return copy

    def shown_version(self, version: Version) -> Shown:
        """The version, with the ARN of its own."""
        copy = self.shown(str(version.version))
        copy.members["arn"] = version.arn
        return copy


SEARCH = Search(
    fields={"name": attrgetter("name"), "description": attrgetter("description")},
    conditions={
        "ViewTypeCondition": lambda value: lambda view: view.type == value,
        "ViewStatusCondition": lambda value: lambda view: view.status == value,
    },
)


def view_named(instance: Instance, reference: str) -> View | ManagedView | None:
    """What a flow names as a view: one of the instance or of AWS, by id, name or ARN, with a version or not."""
    bare, _ = qualified(reference)
    found = instance[View].find(bare) or instance[View].named(bare)
    partition = instance.arn.split(":")[1]
    return found or next((each for each in managed_views(partition, instance.region_name) if each.id == bare), None)


ASSOCIATED[View.arn_type] = lambda instance, reference: view_named(instance, reference) is not None


class ViewOperations(Operations):
    """The operations on views. Those of AWS can be looked at; to change them is AccessDeniedException."""

    def create_view(self, *, instance_id: str, status: str, content: dict[str, Any], **members: Any) -> dict[str, Shown]:
        """A new view. Content that is to be published is checked in full."""
        views = self.instance(instance_id)[View]
        view_templates.check(content, publish=status == "PUBLISHED")
        view = views.add(saved_content=_kept(content), **members)
        if status == "PUBLISHED":
            view.publish()
        return {"View": view.shown(_qualifier(status))}

    def describe_view(self, *, instance_id: str, view_id: str) -> dict[str, ManagedView | Shown]:
        """The view as published, or as its id's qualifier says; one of AWS by its ARN alone.

        A view that was only saved is ResourceNotFoundException without `:$SAVED`.
        """
        views = self.instance(instance_id)[View]
        if managed := self._managed_view(view_id):
            return {"View": managed}
        view, qualifier = addressed(views, view_id)
        if qualifier in ("", LATEST, SAVED):
            return {"View": view.shown(qualifier)}
        return {"View": view.shown_version(view.version_numbered(qualifier))}

    def list_views(self, *, instance_id: str, type: str | None = None) -> Selection[Any]:
        """Views of AWS and of the customer, by type and then by name; drafts that were never published included."""
        return self._all_views(instance_id).where(lambda view: type in (None, view.type))

    def search_views(self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None) -> Selection[Any]:
        """Views by name, description, type and status, and by tags."""
        return SEARCH.over(self._all_views(instance_id), search_criteria, with_tags(search_filter))

    def update_view_content(self, *, instance_id: str, view_id: str, status: str, content: dict[str, Any]) -> dict[str, Shown]:
        """Save new content, and publish it where the status says so. Refused content leaves everything as it was."""
        views, view = self._changeable_view(instance_id, view_id)
        view_templates.check(content, publish=status == "PUBLISHED")
        view.write(_kept(content), None, _qualifier(status))
        views.touch(view)
        return {"View": view.shown(_qualifier(status))}

    def update_view_metadata(
        self, *, instance_id: str, view_id: str, name: str | None = None, description: str | None = None, **members: Any
    ) -> None:
        """Rename or describe; id and ARN stay. LastModifiedTime is that of the content and does not move."""
        views, view = self._changeable_view(instance_id, view_id)
        check_any_given(Name=name, Description=description)
        modified = view.last_modified_time
        views.update(view, name=name, description=description, **members)
        view.last_modified_time = modified

    def delete_view(self, *, instance_id: str, view_id: str) -> None:
        """Delete the view with its versions; the name is free at once (seen live)."""
        views, view = self._changeable_view(instance_id, view_id)
        views.remove(view)

    # --- versions

    def create_view_version(
        self,
        *,
        instance_id: str,
        view_id: str,
        version_description: str | None = None,
        view_content_sha256: str | None = None,
    ) -> dict[str, Shown]:
        """A version of the published content; the highest one when that has the same content."""
        views, view = self._changeable_view(instance_id, view_id)
        before = view.versions_made
        version = view.snapshot(view_content_sha256, version_description)
        if view.versions_made > before:
            views.touch(view)
        return {"View": view.shown_version(version)}

    def list_view_versions(self, *, instance_id: str, view_id: str) -> list[Any]:
        """Highest first."""
        views = self.instance(instance_id)[View]
        if managed := self._managed_view(view_id):
            return [managed]
        view, _ = addressed(views, view_id)
        return [view.shown_version(each) for each in view[Version].all().newest_first()]

    def delete_view_version(self, *, instance_id: str, view_id: str, view_version: int) -> None:
        """The number is not used again."""
        self._changeable_view(instance_id, view_id)[1].drop(view_version)

    def _changeable_view(self, instance_id: str, view_id: str) -> tuple[Collection[View], View]:
        """A view that can be changed, and its collection."""
        views = self.instance(instance_id)[View]
        if self._managed_view(view_id):
            raise AccessDeniedException(f"{view_id} belongs to AWS and cannot be changed")
        return views, addressed(views, view_id)[0]

    def _managed_view(self, view_id: str) -> ManagedView | None:
        """The view of AWS with that ARN, with or without the one version; raises ResourceNotFoundException for another."""
        arn, qualifier = view_id, ""
        if view_id.count(":") > ARN_COLONS:
            arn, _, qualifier = view_id.rpartition(":")
        found = next((each for each in managed_views(self.partition, self.region_name) if each.arn == arn), None)
        if found and qualifier not in ("", LATEST, str(VERSION)):
            raise ResourceNotFoundException(f"{arn} has no version {qualifier}")
        return found

    def _all_views(self, instance_id: str) -> Selection[Any]:
        views = [*managed_views(self.partition, self.region_name), *self.instance(instance_id)[View]]
        return Selection(sorted(views, key=_position), _position)


_position = attrgetter("type", "name")


def _qualifier(status: str) -> str:
    return LATEST if status == "PUBLISHED" else SAVED


def _kept(content: dict[str, Any]) -> str:
    """The text that is kept, with the schema that comes from the template."""
    template = content.get("Template")
    return json.dumps(content | {"InputSchema": view_templates.input_schema(template)})
