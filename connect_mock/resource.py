"""What everything that is created, listed and tagged has in common."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from connect_mock import clock, ids
from connect_mock.quotas import Quota


class HasResources(Protocol):
    """What a resource has to know of the thing that holds it: an instance, an account in a Region, a flow."""

    @property
    def arn_prefix(self) -> str:
        """What stands in an ARN before `<arn_type>/<id>`."""
        ...

    @property
    def region_name(self) -> str:
        """The Region that is noted at its resources when they change."""
        ...


@dataclass(frozen=True)
class To:
    """What a member of a resource refers to."""

    model: str
    """The name of the class of the thing referred to, which may be defined in a module that imports this one."""
    keeps: bool = True
    """Whether that thing cannot be deleted as long; else its id disappears from the member."""


@dataclass(kw_only=True, slots=True, eq=False)
class Resource:
    """A thing with an id, an ARN and tags.

    It never renders itself: `rendering` takes the members of the output shape from it. A nested structure is kept as the
    caller sent it, under the names of the wire.
    """

    arn_type: ClassVar[str] = ""
    """The keyword before the id in the ARN, for example `contact-flow`; empty for what has no ARN of its own."""

    prefixes: ClassVar[tuple[str, ...]] = ()
    """What stands before the names of members in some output shapes, for example `ContactFlow` in `ContactFlowState`."""

    tag_type: ClassVar[str] = ""
    """The resource type by which SearchResourceTags knows it; empty where that operation does not."""

    taggable: ClassVar[bool] = True
    """Whether TagResource takes its ARN."""

    resource_type: ClassVar[str | None] = None
    """How ResourceInUseException calls it, where its model has a word for it."""

    refers_to: ClassVar[Mapping[str, To]] = {}
    """Members that hold the id, or several ids, of other resources of one owner: the collection sees to it that they exist
    when they are set and for as long as they are needed.
    """

    quota: ClassVar[Quota | None] = None
    """How many of them an owner can have; None where the service has no limit."""

    owner: HasResources = field(repr=False)
    sequence: int = 0
    """The place in its collection, in the order of creation."""
    id: str = field(default_factory=ids.uuid)
    tags: dict[str, str] = field(default_factory=dict)
    last_modified_time: datetime.datetime = field(default_factory=clock.now)
    last_modified_region: str = ""
    unknown: dict[str, Any] | None = None
    """Members of a newer service model, by Python name: kept and given back, without effect."""

    def __init_subclass__(cls) -> None:
        MODELS[cls.__name__] = cls

    @property
    def arn(self) -> str:
        return f"{self.owner.arn_prefix}{self.arn_type}/{self.id}"

    @property
    def position(self) -> Any:
        """Where it stands in lists. Must not change while the resource exists."""
        return self.sequence

    @property
    def unique_key(self) -> str | None:
        """What no two resources of a collection may share; None for nothing."""
        return None


MODELS: dict[str, type[Resource]] = {}
"""Every class of resources by its name."""


@dataclass(kw_only=True, slots=True, eq=False)
class NamedResource(Resource):
    """A resource whose name is unique in its collection."""

    name: str
    description: str | None = None

    @property
    def unique_key(self) -> str | None:
        return self.name


class Created:
    """A resource that shows when it was made, in a field `created_time`: at the moment of its first modification."""

    __slots__ = ()

    def __post_init__(self: Any) -> None:
        self.created_time = self.last_modified_time


class Shown:
    """A resource as one call shows it: with other values for some members, by their Python names."""

    __slots__ = ("members", "resource")

    def __init__(self, resource: Resource, **members: Any) -> None:
        self.resource = resource
        self.members = members


def last_modified(resource: Resource) -> dict[str, Any]:
    """When and through which Region it was changed, as lists of what belongs to a resource have it beside their rows."""
    return {"LastModifiedTime": resource.last_modified_time, "LastModifiedRegion": resource.last_modified_region}
