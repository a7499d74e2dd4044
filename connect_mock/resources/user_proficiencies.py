"""Proficiencies: what users are good at, in terms of the instance's predefined attributes."""

from __future__ import annotations

from typing import Any

from connect_mock import clock
from connect_mock.errors import InvalidParameterException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resources.predefined_attributes import PredefinedAttribute
from connect_mock.resources.users import User

PROFICIENCIES = Quota("proficiencies_of_a_user", 10)

Key = tuple[str, str]
"""Name and value of a predefined attribute."""


class UserProficiencyOperations(Operations):
    """The operations on users' proficiencies. Each changes all that it names, or nothing."""

    def associate_user_proficiencies(
        self, *, instance_id: str, user_id: str, user_proficiencies: list[dict[str, Any]]
    ) -> None:
        """Add proficiencies; one that the user has gets the new level (AWS does not say).

        Raises ResourceNotFoundException when name or value is not that of a predefined attribute.
        """
        instance = self.instance(instance_id)
        user = instance[User].get(user_id)
        changed = user.proficiencies | _levels(user_proficiencies)
        for key in _keys(user_proficiencies):
            _check_predefined(instance, *key)
        PROFICIENCIES.check(len(changed))
        _set(user, changed)

    def disassociate_user_proficiencies(
        self, *, instance_id: str, user_id: str, user_proficiencies: list[dict[str, str]]
    ) -> None:
        """Take proficiencies away; raises ResourceNotFoundException for one that the user does not have."""
        user = self.instance(instance_id)[User].get(user_id)
        gone = _held(user, _keys(user_proficiencies))
        _set(user, {key: level for key, level in user.proficiencies.items() if key not in gone})

    def update_user_proficiencies(self, *, instance_id: str, user_id: str, user_proficiencies: list[dict[str, Any]]) -> None:
        """Change levels; raises ResourceNotFoundException for a proficiency that was not associated before."""
        user = self.instance(instance_id)[User].get(user_id)
        levels = _levels(user_proficiencies)
        _held(user, list(levels))
        _set(user, user.proficiencies | levels)

    def list_user_proficiencies(self, *, instance_id: str, user_id: str) -> dict[str, Any]:
        """The proficiencies, and when and where they were last changed."""
        user = self.instance(instance_id)[User].get(user_id)
        return {
            "UserProficiencyList": [
                {"AttributeName": name, "AttributeValue": value, "Level": level}
                for (name, value), level in user.proficiencies.items()
            ],
            "LastModifiedTime": user.proficiencies_modified_time,
            "LastModifiedRegion": user.proficiencies_modified_region,
        }


def _keys(proficiencies: list[dict[str, Any]]) -> list[Key]:
    """Raises InvalidParameterException for one that comes twice."""
    keys = [(each["AttributeName"], each["AttributeValue"]) for each in proficiencies]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise InvalidParameterException(f"UserProficiencies names {' '.join(twice)} more than once")
    return keys


def _levels(proficiencies: list[dict[str, Any]]) -> dict[Key, float]:
    levels = [each["Level"] for each in proficiencies]
    for level in levels:
        if level not in (1, 2, 3, 4, 5):
            raise InvalidParameterException(f"Level must be one of 1, 2, 3, 4, 5, got {level:g}")
    return dict(zip(_keys(proficiencies), levels, strict=True))


def _check_predefined(instance: Instance, name: str, value: str) -> None:
    attribute = instance[PredefinedAttribute].find(name)
    if attribute is None or attribute.name != name:
        raise ResourceNotFoundException(f"There is no predefined attribute {name!r}")
    if value not in attribute.string_values:
        raise ResourceNotFoundException(f"Predefined attribute {name} has no value {value!r}")


def _held(user: User, keys: list[Key]) -> list[Key]:
    for name, value in keys:
        if (name, value) not in user.proficiencies:
            raise ResourceNotFoundException(f"User {user.username} has no proficiency {name} {value}")
    return keys


def _set(user: User, proficiencies: dict[Key, float]) -> None:
    user.proficiencies = proficiencies
    user.proficiencies_modified_time = clock.now()
    user.proficiencies_modified_region = user.owner.region_name
