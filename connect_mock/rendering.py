"""From dicts and resources to JSON: the members that the output shape has, and no others.

Timestamps are epoch seconds unless their shape says otherwise, as every AWS client expects.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from connect_mock.resource import Shown
from connect_mock.service_model import location, snake

Renderer = Callable[[Any], Any]
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def epoch_seconds(value: datetime.datetime) -> float:
    """Seconds since 1970 with milliseconds."""
    return round((value - _EPOCH).total_seconds(), 3)


def iso8601(value: datetime.datetime) -> str:
    """For the few shapes that say so: 2024-05-01T12:00:00.000Z."""
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def _as_is(value: Any) -> Any:
    return value


class Renderers:
    """Turns dicts and resources into JSON values, with the members that the output shape has and no others."""

    def __init__(self) -> None:
        self._known: dict[str, Renderer] = {}

    def of(self, shape: Shape) -> Renderer:
        """The renderer of `shape`, made at its first use."""
        known = self._known.get(shape.name)
        if known is None:
            known = self._known[shape.name] = self._make(shape)
        return known

    def _make(self, shape: Shape) -> Renderer:
        if isinstance(shape, StructureShape):
            return self._structure(shape)
        if isinstance(shape, ListShape):
            return self._list(shape)
        if isinstance(shape, MapShape):
            value = self.of(shape.value)
            return _as_is if value is _as_is else lambda items: {k: value(v) for k, v in items.items()}
        return self._scalar(shape)

    def _list(self, shape: ListShape) -> Renderer:
        member = self.of(shape.member)
        return list if member is _as_is else lambda items: [member(item) for item in items]

    def _scalar(self, shape: Shape) -> Renderer:
        if shape.type_name == "timestamp":
            return iso8601 if shape.serialization.get("timestampFormat") == "iso8601" else epoch_seconds
        if shape.type_name == "blob":
            return lambda value: base64.b64encode(value).decode("ascii")
        return _as_is

    def _structure(self, shape: StructureShape) -> Renderer:
        renderer = self._known[shape.name] = StructureRenderer(shape.name)
        renderer.members.extend((name, location(name, each), self.of(each)) for name, each in shape.members.items())
        return renderer


class StructureRenderer:
    """Renders one structure, from a dict with the names of the wire or from a resource."""

    def __init__(self, shape: str) -> None:
        self.shape = shape
        self.members: list[tuple[str, str, Renderer]] = []
        """Name, name on the wire and renderer of each member."""
        self._plans: dict[type, list[tuple[str, Callable[[Any], Any], Renderer]]] = {}
        self._plans_of_shown: dict[tuple[Any, ...], list[tuple[str, str | None, Callable[[Any], Any], Renderer]]] = {}
        """By the resource's class and the names that were put in place of its own values."""

    def __call__(self, value: Any) -> dict[str, Any]:
        kind: Any = type(value)
        if kind is dict:
            return {key: render(value[name]) for name, key, render in self.members if value.get(name) is not None}
        if kind is Shown:
            return self._shown(value.resource, value.members)
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = [(key, attribute(self.shape, name, kind), render) for name, key, render in self.members]
        return {
            key: item if render is _as_is else render(item) for key, get, render in plan if (item := get(value)) is not None
        }

    def _shown(self, resource: Any, put: dict[str, Any]) -> dict[str, Any]:
        kinds = (type(resource), *put)
        plan = self._plans_of_shown.get(kinds)
        if plan is None:
            plan = self._plans_of_shown[kinds] = [self._plan_of_shown(*each, type(resource), put) for each in self.members]
        return {
            key: render(item)
            for key, there, get, render in plan
            if (item := put[there] if there else get(resource)) is not None
        }

    def _plan_of_shown(self, name: str, key: str, render: Renderer, kind: Any, put: dict[str, Any]) -> tuple[Any, ...]:
        there = next((each for each in attribute_names(self.shape, name, kind) if each in put), None)
        return (key, there, attribute(self.shape, name, kind), render)


@cache
def attribute(shape: str, member: str, resource: Any) -> Callable[[Any], Any]:
    """How `member` of the output shape `shape` is read from a resource of that class.

    What the class does not know, a newer model may have brought in: it lies in the resource's `unknown`.
    """
    names = (name for name in attribute_names(shape, member, resource) if hasattr(resource, name))
    name = next((name for name in names if not callable(getattr(resource, name))), None)
    if name:
        return attrgetter(name)
    unknown = snake(member)
    return lambda value: (getattr(value, "unknown", None) or {}).get(unknown)


@cache
def attribute_names(shape: str, member: str, resource: Any) -> tuple[str, ...]:
    """The attributes that may stand for a member, best first.

    `QueueArn` is the attribute `queue_arn`, or else, as the resource's name stands in front of it, `arn`: a resource names
    itself in `prefixes`, and the shape does too.
    """
    prefixes = ("", *getattr(resource, "prefixes", ()), shape)
    return tuple(snake(member.removeprefix(each)) for each in prefixes if member.startswith(each) and member != each)
