"""What flows and flow modules have in common: a saved copy, a published copy, versions and aliases.

Source: documentation of DescribeContactFlow, UpdateContactFlowContent and CreateContactFlowVersion; live notes of 2026 on
modules. The hash is the hexadecimal SHA-256 of the published content: AWS does not say which bytes it takes.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from connect_mock.collection import Collection, Owner
from connect_mock.errors import (
    ConnectError,
    ContactFlowNotPublishedException,
    InvalidRequestException,
    ResourceNotFoundException,
)
from connect_mock.resource import NamedResource, Resource, Shown
from connect_mock.search import Search

SAVED, LATEST = "$SAVED", "$LATEST"

watchers: list[Callable[[Publishable], None]] = []
"""Called with what is published: how coverage knows of flows that nobody runs."""


def sha256(content: str) -> str:
    """The hash of content, in hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(kw_only=True, slots=True, eq=False)
class Version(Resource):
    """An immutable copy of published content, under a number that is never used again."""

    taggable = False

    owner: Publishable = field(repr=False)
    version: int
    version_description: str | None = None
    content: str
    content_sha256: str
    settings: str | None = None

    @property
    def unique_key(self) -> str:
        return str(self.version)

    @property
    def arn(self) -> str:
        return f"{self.owner.arn}:{self.version}"


@dataclass(kw_only=True, slots=True, eq=False)
class Alias(NamedResource):
    """A name for a version."""

    prefixes = ("Alias",)
    taggable = False

    owner: Publishable = field(repr=False)
    version: int

    @property
    def arn(self) -> str:
        return f"{self.owner.arn}:{self.id}"

    @property
    def contact_flow_id(self) -> str:
        return self.owner.id

    @property
    def contact_flow_arn(self) -> str:
        return self.owner.arn

    contact_flow_module_id = contact_flow_id
    contact_flow_module_arn = contact_flow_arn


@dataclass(frozen=True)
class Origin:
    """What a version that is replicated from another Region has there; None for what it gets here."""

    version: int | None = None
    last_modified_time: datetime.datetime | None = None
    last_modified_region: str | None = None


@dataclass(kw_only=True, slots=True, eq=False)
class Publishable(NamedResource, Owner):
    """Something with content that is saved, published, versioned and pointed at by aliases."""

    not_published: ClassVar[type[ConnectError]] = ContactFlowNotPublishedException
    """What is raised for the published copy of what was only saved."""

    state: str = "ACTIVE"
    saved_content: str
    published_content: str | None = None
    content_sha256: str | None = None
    saved_settings: str | None = None
    published_settings: str | None = None
    versions_made: int = 0
    collections: dict[type[Any], Collection[Any]] = field(default_factory=dict, repr=False)

    @property
    def arn_prefix(self) -> str:  # type: ignore[override]
        return f"{self.arn}:"

    @property
    def region_name(self) -> str:  # type: ignore[override]
        return self.owner.region_name

    @property
    def status(self) -> str:
        """PUBLISHED once it was published, SAVED before."""
        return "SAVED" if self.published_content is None else "PUBLISHED"

    @property
    def content(self) -> str:
        """What a search shows: the published content, or the saved one before there is any."""
        return self.saved_content if self.published_content is None else self.published_content

    @property
    def settings(self) -> str | None:
        return self.saved_settings if self.published_content is None else self.published_settings

    def write(self, content: str, settings: str | None, qualifier: str) -> None:
        """Keep content and settings as the draft and, unless `qualifier` is `$SAVED`, make them the published copy."""
        self.saved_content, self.saved_settings = content, settings
        if qualifier != SAVED:
            self.publish()

    def publish(self) -> None:
        """Make the saved copy the published one."""
        self.published_content, self.published_settings = self.saved_content, self.saved_settings
        self.content_sha256 = sha256(self.saved_content)
        for watcher in watchers:
            watcher(self)

    def at(self, qualifier: str) -> Shown:
        """The copy that `qualifier` names: `$SAVED`, `$LATEST` or nothing, a version's number, an alias's id or name.

        Raises its class's `not_published` for the published copy of what was only saved, and ResourceNotFoundException
        for a version or alias that does not exist.
        """
        if qualifier == SAVED:
            is_published = (self.saved_content, self.saved_settings) == (self.published_content, self.published_settings)
            status = "PUBLISHED" if is_published else "SAVED"
            return Shown(self, content=self.saved_content, settings=self.saved_settings, status=status)
        if qualifier in ("", LATEST):
            if self.published_content is None:
                raise self.not_published(f"{self.id} was saved and never published; ask for {self.id}:{SAVED}")
            return Shown(self, content=self.published_content, settings=self.published_settings, status="PUBLISHED")
        return self._at_version(self._version_named(qualifier))

    def _at_version(self, version: Version) -> Shown:
        return Shown(
            self,
            content=version.content,
            settings=version.settings,
            content_sha256=version.content_sha256,
            version=version.version,
            version_description=version.version_description,
            status="PUBLISHED",
            last_modified_time=version.last_modified_time,
            last_modified_region=version.last_modified_region,
        )

    def _version_named(self, qualifier: str) -> Version:
        """By number first: an alias may be named `2` and stand for version 1."""
        alias = self[Alias].find(qualifier) or (None if self[Version].named(qualifier) else self[Alias].named(qualifier))
        return self.version_numbered(alias.version if alias else qualifier)

    def version_numbered(self, number: int | str) -> Version:
        """The version of that number; raises ResourceNotFoundException."""
        found = self[Version].named(str(number))
        if found is None:
            raise ResourceNotFoundException(f"{self.id} has no version or alias {number}")
        return found

    def newest(self) -> Version | None:
        """The version with the highest number that still exists."""
        return next(iter(self[Version].all().newest_first()), None)

    def snapshot(self, expected_sha256: str | None, description: str | None, origin: Origin | None = None) -> Version:
        """A version of the published copy; the newest one, unchanged, when that has the same content.

        Raises InvalidRequestException when nothing was published, when the hash is another one than the caller expects, and
        when the number is taken.
        """
        if self.published_content is None:
            raise InvalidRequestException(f"{self.id} is not published, there is nothing to make a version of")
        if expected_sha256 not in (None, self.content_sha256):
            raise InvalidRequestException(f"The content has SHA-256 {self.content_sha256}, not {expected_sha256}")
        newest = self.newest()
        if newest and (newest.content, newest.settings) == (self.published_content, self.published_settings):
            return newest
        return self._new_version(description, origin or Origin())

    def _new_version(self, description: str | None, origin: Origin) -> Version:
        number = origin.version or self.versions_made + 1
        if number <= self.versions_made:
            raise InvalidRequestException(f"Version {number} exists or existed, the next one is {self.versions_made + 1}")
        self.versions_made = number
        version = self[Version].add(
            version=number,
            version_description=description,
            content=self.published_content,
            content_sha256=self.content_sha256,
            settings=self.published_settings,
        )
        version.last_modified_time = origin.last_modified_time or version.last_modified_time
        version.last_modified_region = origin.last_modified_region or version.last_modified_region
        return version

    def drop(self, number: int) -> None:
        """Delete a version; refused while aliases point at it (live note for modules)."""
        version = self.version_numbered(number)
        tied = sum(alias.version == number for alias in self[Alias])
        if tied:
            aliases = "one alias" if tied == 1 else f"{tied} aliases"
            raise InvalidRequestException(f"Cannot delete version '{number}' tied to {aliases}")
        self[Version].remove(version)

    def point(self, number: int, **members: Any) -> Alias:
        """A new alias for a version; raises ResourceNotFoundException when there is no such version."""
        return self[Alias].add(version=self.version_numbered(number).version, **members)

    def repoint(self, alias_id: str, number: int | None, **members: Any) -> None:
        """Change an alias, and with a number let it stand for another version. None leaves a member as it is."""
        alias = self[Alias].get(alias_id)
        version = None if number is None else self.version_numbered(number).version
        self[Alias].update(alias, version=version, **members)


P = TypeVar("P", bound=Publishable)


def addressed(collection: Collection[P], identifier: str) -> tuple[P, str]:
    """What an id or ARN names in `collection`, and its qualifier; raises ResourceNotFoundException."""
    bare, qualifier = qualified(identifier)
    return collection.get(bare), qualifier


def qualified(identifier: str) -> tuple[str, str]:
    """The id and the qualifier in an id or ARN: `...:instance/i/contact-flow/f:$SAVED` is `f` and `$SAVED`."""
    bare, _, qualifier = identifier.rpartition("/")[2].partition(":")
    return bare, qualifier


def check_writable(qualifier: str) -> None:
    """Raises InvalidRequestException where no content can be written: versions never change."""
    if qualifier not in ("", LATEST, SAVED):
        raise InvalidRequestException(f"Content can be written to {SAVED} or published, not to {qualifier}")


SEARCH = Search(
    fields={"name": attrgetter("name"), "description": attrgetter("description")},
    conditions={
        "TypeCondition": lambda value: lambda flow: flow.type == value,
        "StateCondition": lambda value: lambda each: each.state == value,
        "StatusCondition": lambda value: lambda each: each.status == value,
    },
)
"""How flows and modules are searched. Only the shape of a flow's criteria has a TypeCondition."""
