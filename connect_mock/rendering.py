"""From dicts and resources to JSON text: the members that the output shape has, and no others.

Timestamps are epoch seconds unless their shape says otherwise, as every AWS client expects. The text is put together at once,
because writing down values that were collected first takes twice as long.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Callable
from functools import cache
from json.encoder import encode_basestring_ascii as quoted
from operator import attrgetter
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from connect_mock.resource import Shown
from connect_mock.service_model import location, snake

Renderer = Callable[[Any], str]
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)

as_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
"""Any JSON value as text."""


def epoch_seconds(value: datetime.datetime) -> float:
    """Seconds since 1970 with milliseconds."""
    return round((value - _EPOCH).total_seconds(), 3)


def iso8601(value: datetime.datetime) -> str:
    """For the few shapes that say so: 2024-05-01T12:00:00.000Z."""
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def _text(value: Any) -> str:
    return quoted(value) if value.__class__ is str else as_json(value)


def _plain(value: Any) -> str:
    """A number or a truth value."""
    if value.__class__ is int:
        return repr(value)
    return "true" if value is True else "false" if value is False else as_json(value)


def _seconds(value: datetime.datetime) -> str:
    return repr(epoch_seconds(value))


def _moment(value: datetime.datetime) -> str:
    return quoted(iso8601(value))


def _base64(value: bytes) -> str:
    return quoted(base64.b64encode(value).decode("ascii"))


class Renderers:
    """Turns dicts and resources into JSON, with the members that the output shape has and no others."""

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
            member = self.of(shape.member)
            return lambda items: f"[{','.join([member(item) for item in items])}]"
        if isinstance(shape, MapShape):
            value = self.of(shape.value)
            return lambda items: "{" + ",".join([f"{_text(key)}:{value(item)}" for key, item in items.items()]) + "}"
        return self._scalar(shape)

    def _scalar(self, shape: Shape) -> Renderer:
        if shape.type_name == "timestamp":
            return _moment if shape.serialization.get("timestampFormat") == "iso8601" else _seconds
        return {"string": _text, "blob": _base64}.get(shape.type_name, _plain)

    def _structure(self, shape: StructureShape) -> Renderer:
        renderer = self._known[shape.name] = StructureRenderer(shape.name)
        renderer.members.extend(
            (name, f"{quoted(location(name, each))}:", self.of(each)) for name, each in shape.members.items()
        )
        return renderer


class StructureRenderer:
    """Renders one structure, from a dict with the names of the wire or from a resource."""

    def __init__(self, shape: str) -> None:
        self.shape = shape
        self.members: list[tuple[str, str, Renderer]] = []
        """Name, beginning of the text and renderer of each member."""
        self._plans: dict[type, list[tuple[str, Callable[[Any], Any], Renderer]]] = {}
        self._plans_of_shown: dict[tuple[Any, ...], list[tuple[str, str | None, Callable[[Any], Any], Renderer]]] = {}
        """By the resource's class and the names that were put in place of its own values."""

    def __call__(self, value: Any) -> str:
        kind: Any = type(value)
        if kind is dict:
            found = [key + render(value[name]) for name, key, render in self.members if value.get(name) is not None]
        elif kind is Shown:
            found = self._shown(value.resource, value.members)
        else:
            plan = self._plans.get(kind) or self._plan(kind)
            found = [  # most members are texts, and need no call of ours
                key + (quoted(item) if item.__class__ is str and render is _text else render(item))
                for key, get, render in plan
                if (item := get(value)) is not None
            ]
        return f"{{{','.join(found)}}}"

    def _plan(self, kind: Any) -> list[tuple[str, Callable[[Any], Any], Renderer]]:
        self._plans[kind] = [(key, attribute(self.shape, name, kind), render) for name, key, render in self.members]
        return self._plans[kind]

    def _shown(self, resource: Any, put: dict[str, Any]) -> list[str]:
        kinds = (type(resource), *put)
        plan = self._plans_of_shown.get(kinds)
        if plan is None:
            plan = self._plans_of_shown[kinds] = [self._plan_of_shown(*each, type(resource), put) for each in self.members]
        return [
            key + render(item)
            for key, there, get, render in plan
            if (item := put[there] if there else get(resource)) is not None
        ]

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
