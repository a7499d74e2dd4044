"""References between the resources of one owner: they hold from the moment they are made until they are given up.

A class of resources says in `refers_to` which members hold ids of others; collections ask here before anything changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connect_mock.errors import ResourceInUseException
from connect_mock.resource import MODELS, Resource, To


def checked(owner: Any, model: type[Resource], members: dict[str, Any]) -> dict[str, Any]:
    """The members, with ids in the place of ARNs. Raises ResourceNotFoundException for what does not exist."""
    found = {
        name: _each(lambda id, to=to: owner[MODELS[to.model]].get(id).id, members[name])
        for name, to in model.refers_to.items()
        if members.get(name)
    }
    return members | found


def _each(change: Any, value: Any) -> Any:
    """The ids in `value` changed: one, a list of them, each of which stays once, or the keys of a mapping."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key): inner for key, inner in value.items()}
    return type(value)(dict.fromkeys(change(each) for each in value))


def check_free(owner: Any, resource: Resource) -> None:
    """Raise ResourceInUseException while something needs the resource."""
    for user, _, to in _users(owner, resource):
        if to.keeps:
            raise ResourceInUseException(
                f"{_described(resource)} is in use by {_described(user)}",
                ResourceType=type(resource).resource_type,
                ResourceId=resource.id,
            )


def let_go(owner: Any, resource: Resource) -> None:
    """Take the id of the resource out of everything that names it and can do without."""
    for user, member, to in list(_users(owner, resource)):
        if not to.keeps:
            setattr(user, member, _without(getattr(user, member), resource.id))


def _users(owner: Any, resource: Resource) -> Iterator[tuple[Resource, str, To]]:
    """What refers to the resource, and by which member."""
    for model, collection in list(owner.collections.items()):
        for member, to in model.refers_to.items():
            if to.model == type(resource).__name__:
                yield from ((each, member, to) for each in collection if _names(getattr(each, member), resource.id))


def _names(value: Any, id: str) -> bool:
    return value == id if value is None or isinstance(value, str) else id in value


def _without(value: Any, id: str) -> Any:
    if isinstance(value, str):
        return None
    if isinstance(value, Mapping):
        return {key: inner for key, inner in value.items() if key != id}
    return type(value)(each for each in value if each != id)


def _described(resource: Resource) -> str:
    name = getattr(resource, "name", None)
    return f"{type(resource).__name__} {name} ({resource.id})" if name else f"{type(resource).__name__} {resource.id}"
