"""Hours of operation: the week in which a contact center is open, and what inherits from what.

Overrides and effective hours are in `hours_of_operation_overrides`. Queues refer to hours and nothing else happens by
itself: a flow asks whether they are open (`connect_mock.effective_hours.is_open`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar
from zoneinfo import available_timezones

from connect_mock.collection import Collection, Owner, Selection
from connect_mock.effective_hours import DAYS, span_of
from connect_mock.errors import InvalidParameterException, InvalidRequestException, brief
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource, To, last_modified
from connect_mock.resources.flow_inventory import HELD
from connect_mock.search import Search, with_tags

PARENTS = Quota("parent_hours_of_operations", 3)
"""That one set of hours can have (administrator guide: not adjustable)."""


@dataclass(kw_only=True, slots=True, eq=False)
class HoursOfOperation(NamedResource, Owner):
    """A set of hours: a week in a time zone, and the overrides that it has or inherits."""

    arn_type = "operating-hours"
    tag_type = "operating-hours"
    quota: ClassVar = Quota("hours_of_operations", 100)
    refers_to: ClassVar = {"parent_ids": To("HoursOfOperation")}

    time_zone: str
    config: list[dict[str, Any]]
    parent_ids: list[str] = field(default_factory=list)
    collections: dict[type[Any], Collection[Any]] = field(default_factory=dict, repr=False)

    @property
    def arn_prefix(self) -> str:  # type: ignore[override]
        return f"{self.arn}/"

    @property
    def region_name(self) -> str:  # type: ignore[override]
        return self.owner.region_name

    @property
    def siblings(self) -> Collection[HoursOfOperation]:
        """All hours of the instance."""
        owner: Any = self.owner
        return owner[HoursOfOperation]  # type: ignore[no-any-return]

    @property
    def parent_hours_of_operations(self) -> list[HoursOfOperation]:
        """Those whose overrides these inherit."""
        return [self.siblings.get(each) for each in self.parent_ids]

    @property
    def children(self) -> Selection[HoursOfOperation]:
        """Those that inherit the overrides of these."""
        return self.siblings.where(lambda each: self.id in each.parent_ids)

    @property
    def effective_overrides(self) -> Iterator[HoursOfOperationOverride]:
        """Their own overrides, and those of their parents."""
        for hours in (self, *self.parent_hours_of_operations):
            yield from hours[HoursOfOperationOverride]


@dataclass(kw_only=True, slots=True, eq=False)
class HoursOfOperationOverride(NamedResource):
    """Other hours than those of the week, between two dates that both count."""

    taggable = False
    quota: ClassVar = Quota("hours_of_operation_overrides", 50)

    owner: HoursOfOperation = field(repr=False)
    config: list[dict[str, Any]]
    effective_from: str
    effective_till: str
    recurrence_config: dict[str, Any] | None = None
    override_type: str = "STANDARD"

    @property
    def hours_of_operation_id(self) -> str:
        return self.owner.id

    @property
    def hours_of_operation_arn(self) -> str:
        return self.owner.arn


HELD[HoursOfOperation.arn_type] = lambda instance: instance[HoursOfOperation]

SEARCH = Search(
    fields={
        "name": attrgetter("name"),
        "description": attrgetter("description"),
        "timezone": attrgetter("time_zone"),
        "resourceID": attrgetter("id"),
    }
)


def furnish(instance: Instance) -> None:
    """Basic Hours, which are always open (export of a real instance in us-east-1; the zone of other Regions is not known)."""
    midnight = {"Hours": 0, "Minutes": 0}
    instance[HoursOfOperation].add(
        name="Basic Hours",
        time_zone="America/New_York",
        config=[{"Day": day, "StartTime": midnight, "EndTime": midnight} for day in DAYS],
    )


class HoursOfOperationOperations(Operations):
    """The operations on hours of operation and on their parents."""

    def create_hours_of_operation(
        self,
        *,
        instance_id: str,
        time_zone: str,
        config: list[dict[str, Any]],
        parent_hours_of_operation_configs: list[dict[str, str]] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """New hours; an empty Config is never open. Raises InvalidParameterException for an unknown time zone."""
        all_hours = self.instance(instance_id)[HoursOfOperation]
        check_time_zone(time_zone)
        check_config(config)
        parents = _named(all_hours, parent_hours_of_operation_configs or [])
        _check_have_no_parents(parents)
        PARENTS.check(len(parents))
        hours = all_hours.add(time_zone=time_zone, config=config, parent_ids=[each.id for each in parents], **members)
        return {"HoursOfOperationId": hours.id, "HoursOfOperationArn": hours.arn}

    def describe_hours_of_operation(self, *, instance_id: str, hours_of_operation_id: str) -> dict[str, HoursOfOperation]:
        """The hours with their parents and tags."""
        return {"HoursOfOperation": self.instance(instance_id)[HoursOfOperation].get(hours_of_operation_id)}

    def list_hours_of_operations(self, *, instance_id: str) -> Collection[HoursOfOperation]:
        """All hours of the instance."""
        return self.instance(instance_id)[HoursOfOperation]

    def search_hours_of_operations(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[HoursOfOperation]:
        """Hours by name, description, time zone and id, and by tags."""
        return SEARCH.over(self.instance(instance_id)[HoursOfOperation], search_criteria, with_tags(search_filter))

    def update_hours_of_operation(
        self,
        *,
        instance_id: str,
        hours_of_operation_id: str,
        time_zone: str | None = None,
        config: list[dict[str, Any]] | None = None,
        **members: Any,
    ) -> None:
        """Change what is given; a Config takes the place of the whole one before."""
        all_hours = self.instance(instance_id)[HoursOfOperation]
        hours = all_hours.get(hours_of_operation_id)
        if time_zone is not None:
            check_time_zone(time_zone)
        check_config(config or [])
        all_hours.update(hours, time_zone=time_zone, config=config, **members)

    def delete_hours_of_operation(self, *, instance_id: str, hours_of_operation_id: str) -> None:
        """Delete the hours and their overrides.

        Refused while a queue uses them, and while others inherit from them. That is an assumption: AWS documents neither, and
        declares InvalidRequestException only.
        """
        all_hours = self.instance(instance_id)[HoursOfOperation]
        all_hours.remove(all_hours.get(hours_of_operation_id))

    # --- parents

    def associate_hours_of_operations(
        self, *, instance_id: str, hours_of_operation_id: str, parent_hours_of_operation_configs: list[dict[str, str]]
    ) -> None:
        """Inherit the overrides of up to three parents; those that are parents already stay.

        A parent has no parents and a child no children (administrator guide): InvalidRequestException. More than three
        parents are ServiceQuotaExceededException.
        """
        all_hours = self.instance(instance_id)[HoursOfOperation]
        child = all_hours.get(hours_of_operation_id)
        parents = _named(all_hours, parent_hours_of_operation_configs)
        _check_can_inherit(child, parents)
        together = list(dict.fromkeys([*child.parent_ids, *(each.id for each in parents)]))
        PARENTS.check(len(together))
        all_hours.update(child, parent_ids=together)

    def disassociate_hours_of_operations(
        self, *, instance_id: str, hours_of_operation_id: str, parent_hours_of_operation_ids: list[str]
    ) -> None:
        """Inherit from these no longer. Hours that are no parent are InvalidRequestException."""
        all_hours = self.instance(instance_id)[HoursOfOperation]
        child = all_hours.get(hours_of_operation_id)
        given_up = [all_hours.get(each) for each in parent_hours_of_operation_ids]
        for each in given_up:
            if each.id not in child.parent_ids:
                raise InvalidRequestException(f"{_label(each)} is not a parent of {_label(child)}")
        left = [each for each in child.parent_ids if each not in {parent.id for parent in given_up}]
        all_hours.update(child, parent_ids=left)

    def list_child_hours_of_operations(self, *, instance_id: str, hours_of_operation_id: str) -> dict[str, Any]:
        """Those that inherit from these, and when these were modified."""
        hours = self.instance(instance_id)[HoursOfOperation].get(hours_of_operation_id)
        return {"ChildHoursOfOperationsSummaryList": hours.children, **last_modified(hours)}


def check_time_zone(name: str) -> None:
    """Raise InvalidParameterException unless the IANA database has a zone of that name."""
    if name not in _time_zones():
        raise InvalidParameterException(f"TimeZone must be an IANA time zone such as Europe/London, got {brief(name)}")


def check_config(config: Iterable[dict[str, Any]]) -> None:
    """Raise InvalidParameterException for hours that end before they begin; an end at 00:00 is midnight.

    Nothing public shows hours that go on into the next day in one item, nor what the service says to them.
    """
    for index, each in enumerate(config):
        start, end = span_of(each)
        if end <= start:
            times = f"{_clock_time(start)} to {_clock_time(end)}"
            raise InvalidParameterException(f"Config[{index}]: EndTime must be after StartTime or 00:00, got {times}")


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _clock_time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _named(all_hours: Collection[HoursOfOperation], configs: list[dict[str, str]]) -> list[HoursOfOperation]:
    """The hours that ParentHoursOfOperationConfigs names, each once."""
    for index, each in enumerate(configs):
        if "HoursOfOperationId" not in each:
            raise InvalidParameterException(f"ParentHoursOfOperationConfigs[{index}].HoursOfOperationId is required")
    return list(dict.fromkeys(all_hours.get(each["HoursOfOperationId"]) for each in configs))


def _check_have_no_parents(parents: Iterable[HoursOfOperation]) -> None:
    for each in parents:
        if each.parent_ids:
            raise InvalidRequestException(f"{_label(each)} has parents and cannot be a parent itself")


def _check_can_inherit(child: HoursOfOperation, parents: list[HoursOfOperation]) -> None:
    if child in parents:
        raise InvalidRequestException(f"{_label(child)} cannot be a parent of itself")
    if parents and len(child.children):
        raise InvalidRequestException(f"{_label(child)} has children and cannot have parents itself")
    _check_have_no_parents(parents)


def _label(hours: HoursOfOperation) -> str:
    return f"{hours.name} ({hours.id})"
