"""Collections of resources, and how a page is cut from one.

A collection keeps its resources in order, so that a page in the middle costs what the first page costs, and so that paging
stays right while resources come and go: a page goes on after a position, not after a count.
"""

from __future__ import annotations

import dataclasses
import warnings
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from connect_mock import clock, integrity
from connect_mock.errors import DuplicateResourceException, ResourceNotFoundException
from connect_mock.resource import HasResources, Resource

R = TypeVar("R", bound=Resource)
T = TypeVar("T")
Position = Any
by_position: Callable[[Any], Position] = attrgetter("position")


class UnknownMemberWarning(UserWarning):
    """The installed botocore knows a member that connect-mock does not know yet."""


class Selection(Generic[T]):
    """Things in order, of which a page can be cut.

    `items` is sorted by `position`; `keep` leaves out what was not asked for; `start` and `stop` bound the part of `items`
    that counts; `descending` reads it from the end; `show` makes of an item what a page holds.
    """

    def __init__(
        self,
        items: Sequence[T],
        position: Callable[[T], Position] = by_position,
        keep: Callable[[T], bool] | None = None,
        *,
        start: int = 0,
        stop: int | None = None,
        descending: bool = False,
        show: Callable[[T], Any] | None = None,
    ) -> None:
        self._items = items
        self._position = position
        self._keep = keep
        self._start = start
        self._stop = len(items) if stop is None else stop
        self._descending = descending
        self._show = show

    def __iter__(self) -> Iterator[T]:
        return self._from(self._start, self._stop)

    def __len__(self) -> int:
        """How many there are; free where nothing is left out."""
        return sum(1 for _ in self) if self._keep else max(self._stop - self._start, 0)

    def where(self, keep: Callable[[T], bool]) -> Selection[T]:
        """Those of them that `keep` is true for as well."""
        before = self._keep
        both = keep if before is None else lambda item: before(item) and keep(item)
        return self._but(keep=both)

    def between(self, low: Position, high: Position) -> Selection[T]:
        """Those with a position from `low` to `high`, both included."""
        start = max(self._start, bisect_left(self._items, low, key=self._position))
        stop = min(self._stop, bisect_right(self._items, high, key=self._position))
        return self._but(start=start, stop=stop)

    def newest_first(self) -> Selection[T]:
        """The same from the end."""
        return self._but(descending=True)

    def shown(self, show: Callable[[T], Any]) -> Selection[T]:
        """The same, where a page holds what `show` makes of each: most are on no page."""
        return self._but(show=show)

    def settled(self) -> Selection[T]:
        """The same with nothing left to leave out, so that counting and cutting pages read the criteria once."""
        return self.sifted(lambda items: items) if self._keep else self

    def sifted(self, sieve: Callable[[Sequence[T]], Sequence[T]]) -> Selection[T]:
        """Those of them that `sieve` leaves, which is given all at once and in order: for many, quicker than `where`."""
        items = self._items[self._start : self._stop]
        left = sieve(list(filter(self._keep, items)) if self._keep else items)
        return Selection(left, self._position, descending=self._descending, show=self._show)

    def page(self, after: Position | None, size: int) -> tuple[list[Any], Position | None]:
        """Up to `size` of them after the position `after`, and the position to go on after; None when these are the last."""
        start, stop = self._start, self._stop
        if after is not None and self._descending:
            stop = bisect_left(self._items, after, key=self._position)
        elif after is not None:
            start = bisect_right(self._items, after, key=self._position)
        found: list[T] = []
        for item in self._from(start, stop):
            if len(found) == size:
                return self._on_page(found), self._position(found[-1]) if found else after
            found.append(item)
        return self._on_page(found), None

    def _on_page(self, found: list[T]) -> list[Any]:
        return [self._show(item) for item in found] if self._show else found

    def _but(self, **changes: Any) -> Selection[T]:
        same = {"keep": self._keep, "start": self._start, "stop": self._stop, "descending": self._descending}
        return Selection(self._items, self._position, **(same | {"show": self._show} | changes))

    def _from(self, start: int, stop: int) -> Iterator[T]:
        indexes = range(stop - 1, start - 1, -1) if self._descending else range(start, stop)
        items, keep = self._items, self._keep
        for index in indexes:
            item = items[index]
            if keep is None or keep(item):
                yield item


class Collection(Generic[R]):
    """All resources of one class that belong to one owner."""

    def __init__(self, model: type[R], owner: HasResources) -> None:
        self.model = model
        self.owner = owner
        self._by_id: dict[str, R] = {}
        self._by_key: dict[str, str] = {}
        self._ordered: list[R] = []
        self._added = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[R]:
        return iter(self._ordered)

    def __contains__(self, resource_id: str) -> bool:
        return resource_id in self._by_id

    def add(self, **members: Any) -> R:
        """Create a resource with these members and keep it.

        Raises DuplicateResourceException (or the class's own `duplicate_error`) when its unique key is taken,
        ResourceNotFoundException when it refers to what does not exist, LimitExceededException when the quota is used up.
        """
        members, unknown = self._known(members)
        if self.model.refers_to:
            members = integrity.checked(self.owner, self.model, members)
        if self.model.quota:
            self.model.quota.check(len(self) + 1)
        self._added += 1
        region = self.owner.region_name
        resource = self.model(owner=self.owner, sequence=self._added, last_modified_region=region, unknown=unknown, **members)
        self._claim(resource, resource.unique_key)
        self._by_id[resource.id] = resource
        if self._ordered and self._ordered[-1].position > resource.position:
            insort(self._ordered, resource, key=by_position)
        else:
            self._ordered.append(resource)
        return resource

    def find(self, id_or_arn: str) -> R | None:
        """The resource with that id or ARN, or None."""
        return self._by_id.get(id_or_arn) or self._by_id.get(id_or_arn.rpartition("/")[2])

    def get(self, id_or_arn: str) -> R:
        """The resource with that id or ARN; raises ResourceNotFoundException."""
        resource = self.find(id_or_arn)
        if resource is None:
            raise ResourceNotFoundException(f"{self.model.__name__} with id {id_or_arn} not found")
        return resource

    def named(self, unique_key: str) -> R | None:
        """The resource that holds the unique key, for example the name, or None."""
        return self._by_id.get(self._by_key.get(unique_key, ""))

    def update(self, resource: R, **changes: Any) -> R:
        """Change members of a resource of this collection. None leaves a member as it is.

        Raises DuplicateResourceException when the new unique key is taken, ResourceNotFoundException when it is to refer to
        what does not exist; then nothing has changed.
        """
        changes, unknown = self._known(changes)
        changes = {name: value for name, value in changes.items() if value is not None}
        if self.model.refers_to:
            changes = integrity.checked(self.owner, self.model, changes)
        before = {name: getattr(resource, name) for name in changes}
        old_key = resource.unique_key
        _assign(resource, changes)
        if (new_key := resource.unique_key) != old_key:
            try:
                self._claim(resource, new_key)
            except Exception:
                _assign(resource, before)
                raise
            self._by_key.pop(old_key or "", None)
        if unknown:
            resource.unknown = (resource.unknown or {}) | unknown
        return self.touch(resource)

    def touch(self, resource: R) -> R:
        """Note that `resource` was modified now, through this Region."""
        resource.last_modified_time = clock.now()
        resource.last_modified_region = self.owner.region_name
        return resource

    def remove(self, resource: R) -> None:
        """Take the resource out of the collection. Raises ResourceInUseException while another one needs it."""
        integrity.check_free(self.owner, resource)
        integrity.let_go(self.owner, resource)
        del self._by_id[resource.id]
        self._by_key.pop(resource.unique_key or "", None)
        del self._ordered[bisect_left(self._ordered, resource.position, key=by_position)]

    def all(self) -> Selection[R]:
        """All of them in order."""
        return Selection(self._ordered)

    def where(self, keep: Callable[[R], bool]) -> Selection[R]:
        """Those that `keep` is true for, in order."""
        return Selection(self._ordered, keep=keep)

    def _claim(self, resource: R, key: str | None) -> None:
        if key is None:
            return
        if key in self._by_key:
            raise self._duplicate(key)
        self._by_key[key] = resource.id

    def _duplicate(self, key: str) -> Exception:
        error = getattr(self.model, "duplicate_error", DuplicateResourceException)
        return error(f"{self.model.__name__} {key!r} already exists")

    def _known(self, members: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
        model: Any = self.model
        fields = field_names(model)
        unknown = {name: value for name, value in members.items() if name not in fields}
        if not unknown:
            return members, None
        for name in unknown:
            warn_of_unknown_member(self.model.__name__, name)
        return {name: value for name, value in members.items() if name in fields}, unknown


def _assign(resource: Resource, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(resource, name, value)


@cache
def field_names(model: Any) -> frozenset[str]:
    """The fields of the dataclass."""
    return frozenset(each.name for each in dataclasses.fields(model))


def warn_of_unknown_member(of: str, member: str) -> None:
    """Say once per member that a newer botocore knows more than this code."""
    message = f"connect-mock does not know {member} of {of}: it is kept and given back, and has no effect"
    warnings.warn(message, UnknownMemberWarning, stacklevel=2)


class Owner:
    """Holds collections: `owner[ContactFlow]` is the collection of its flows, made when first asked for."""

    __slots__ = ()
    collections: dict[type[Any], Collection[Any]]
    arn_prefix: str
    region_name: str

    def __getitem__(self, model: type[R]) -> Collection[R]:
        found = self.collections.get(model)
        if found is None:
            found = self.collections[model] = Collection(model, self)
        return found

    def resources(self) -> Iterator[Resource]:
        """Everything it holds, and everything that those hold."""
        for collection in self.collections.values():
            for resource in collection:
                yield resource
                if isinstance(resource, Owner):
                    yield from resource.resources()
