"""The user hierarchy: up to five levels, and the tree of groups on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Selection
from connect_mock.errors import InvalidParameterException, InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource, Resource, To
from connect_mock.search import Search, with_tags

LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")

GROUPS = Quota("hierarchy_groups", 500)
"""In an instance; the hidden one at the root does not count."""

LONGEST_LEVEL_NAME, LONGEST_GROUP_NAME = 50, 100
"""Characters (documentation of the names; their shapes have no maximum)."""


@dataclass(kw_only=True, slots=True, eq=False)
class HierarchyLevel(Resource):
    """A level of the hierarchy. Its id is its number, from "1" to "5"."""

    arn_type = "agent-group-level"
    taggable = False
    resource_type = "HIERARCHY_LEVEL"

    name: str


@dataclass(kw_only=True, slots=True, eq=False)
class HierarchyGroup(NamedResource):
    """A group of users. It stays on its level, below its parent."""

    arn_type = "agent-group"
    resource_type = "HIERARCHY_GROUP"
    refers_to: ClassVar = {"parent_group_id": To("HierarchyGroup"), "level_id": To("HierarchyLevel")}

    owner: Instance = field(repr=False)
    level: int
    """From 1 to 5; 0 for the hidden group at the root."""
    parent_group_id: str | None = None

    @property
    def unique_key(self) -> str:
        """Names are unique among siblings (AWS does not say in what scope)."""
        return f"{self.name} in {self.parent_group_id}"

    @property
    def level_id(self) -> str:
        """The id of its level."""
        return str(self.level)

    @property
    def lineage(self) -> Iterator[HierarchyGroup]:
        """The group itself and the groups above it, without the hidden one."""
        group = self
        while group.level:
            yield group
            if group.parent_group_id is None:
                return
            group = self.owner[HierarchyGroup].get(group.parent_group_id)

    @property
    def hierarchy_path(self) -> dict[str, HierarchyGroup]:
        """The groups from the first level down to this one, by the name of their level."""
        return {LEVELS[group.level - 1]: group for group in self.lineage}


def with_child_groups(instance: Instance, group_id: str) -> set[str]:
    """The ids of the group and of all groups below it."""
    found = {group_id}
    for group in instance[HierarchyGroup]:  # in the order of creation: parents come first
        if group.parent_group_id in found:
            found.add(group.id)
    return found


def check_takes_users(instance: Instance, group_id: str | None) -> None:
    """Raise InvalidRequestException for the hidden group: no list shows it, so that nobody can be in it (AWS is silent)."""
    group = instance[HierarchyGroup].find(group_id or "")
    if group and group.level == 0:
        raise InvalidRequestException(f"HierarchyGroup {group.id} is the root of the hierarchy, which has no users")


def furnish(instance: Instance) -> None:
    """Give the instance the hidden group on which the others stand (documentation of SearchUserHierarchyGroups)."""
    instance[HierarchyGroup].add(name="ROOT", level=0)


SEARCH = Search(
    fields={
        "name": attrgetter("name"),
        "parentId": attrgetter("parent_group_id"),
        "levelId": attrgetter("level_id"),
        "resourceID": attrgetter("id"),
    }
)


class UserHierarchyOperations(Operations):
    """The operations on the structure of the hierarchy and on its groups."""

    # --- structure

    def describe_user_hierarchy_structure(self, *, instance_id: str) -> dict[str, dict[str, HierarchyLevel]]:
        """The levels that there are; a new instance has none."""
        levels = self.instance(instance_id)[HierarchyLevel]
        return {"HierarchyStructure": {LEVELS[int(level.id) - 1]: level for level in levels}}

    def update_user_hierarchy_structure(self, *, instance_id: str, hierarchy_structure: dict[str, dict[str, str]]) -> None:
        """Make these the levels: new ones are added, others renamed, and those not named are removed (Terraform provider).

        Raises InvalidRequestException when a level is left out above another one, and ResourceInUseException when a level to
        be removed has groups.
        """
        instance = self.instance(instance_id)
        names = [hierarchy_structure[level]["Name"] for level in LEVELS if level in hierarchy_structure]
        _check_no_gap(hierarchy_structure)
        for name in names:
            _check_name("The name of a level", name, LONGEST_LEVEL_NAME)
        _remove_levels_below(instance, len(names))
        for number, name in enumerate(names, start=1):
            _set_level(instance, str(number), name)

    # --- groups

    def create_user_hierarchy_group(
        self, *, instance_id: str, name: str, parent_group_id: str | None = None, **members: Any
    ) -> dict[str, str]:
        """A new group, on the level below its parent's, or on the first.

        Raises ResourceNotFoundException when the parent or that level does not exist.
        """
        instance = self.instance(instance_id)
        groups = instance[HierarchyGroup]
        parent = groups.get(parent_group_id) if parent_group_id else _root(instance)
        level = parent.level + 1 if parent else 1
        _check_name("Name", name, LONGEST_GROUP_NAME)
        instance[HierarchyLevel].get(str(level))
        GROUPS.check(len(groups) + (0 if _root(instance) else 1))
        group = groups.add(name=name, level=level, parent_group_id=parent.id if parent else None, **members)
        return {"HierarchyGroupId": group.id, "HierarchyGroupArn": group.arn}

    def describe_user_hierarchy_group(self, *, instance_id: str, hierarchy_group_id: str) -> dict[str, HierarchyGroup]:
        """The group and its path."""
        return {"HierarchyGroup": self.instance(instance_id)[HierarchyGroup].get(hierarchy_group_id)}

    def list_user_hierarchy_groups(self, *, instance_id: str) -> Selection[HierarchyGroup]:
        """All groups, those of deeper levels too, without the hidden one."""
        return self.instance(instance_id)[HierarchyGroup].where(lambda group: group.level > 0)

    def search_user_hierarchy_groups(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[HierarchyGroup]:
        """Groups by name, parentId, levelId and resourceID, and by tags.

        The hidden group with level "0" is among them (documentation of the operation); it is the parent of those on level one.
        """
        return SEARCH.over(self.instance(instance_id)[HierarchyGroup], search_criteria, with_tags(search_filter))

    def update_user_hierarchy_group_name(self, *, instance_id: str, hierarchy_group_id: str, name: str) -> None:
        """Rename the group."""
        groups = self.instance(instance_id)[HierarchyGroup]
        group = _changeable(groups.get(hierarchy_group_id))
        _check_name("Name", name, LONGEST_GROUP_NAME)
        groups.update(group, name=name)

    def delete_user_hierarchy_group(self, *, instance_id: str, hierarchy_group_id: str) -> None:
        """Refused while users are in it or groups below it."""
        groups = self.instance(instance_id)[HierarchyGroup]
        groups.remove(_changeable(groups.get(hierarchy_group_id)))


def _check_name(member: str, name: str, longest: int) -> None:
    if not 1 <= len(name) <= longest:
        raise InvalidParameterException(f"{member} must be 1 to {longest} characters long, got {name!r}")


def _check_no_gap(structure: dict[str, Any]) -> None:
    for above, below in pairwise(LEVELS):
        if below in structure and above not in structure:
            raise InvalidRequestException(f"HierarchyStructure has {below} without {above}")


def _remove_levels_below(instance: Instance, number: int) -> None:
    """From the top on: where a level has no groups, none below it has, so that a refusal comes before any removal."""
    for level in list(instance[HierarchyLevel]):
        if int(level.id) > number:
            instance[HierarchyLevel].remove(level)


def _set_level(instance: Instance, number: str, name: str) -> None:
    levels = instance[HierarchyLevel]
    level = levels.find(number)
    if level is None:
        levels.add(id=number, name=name)
    elif level.name != name:
        levels.update(level, name=name)


def _root(instance: Instance) -> HierarchyGroup | None:
    """The hidden group, which was there first; an instance that came empty has none."""
    first = next(iter(instance[HierarchyGroup]), None)
    return first if first and first.level == 0 else None


def _changeable(group: HierarchyGroup) -> HierarchyGroup:
    if group.level == 0:
        raise InvalidRequestException(f"HierarchyGroup {group.id} is the root of the hierarchy, which cannot be changed")
    return group
