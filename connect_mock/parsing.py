"""From JSON to the values of shapes: the scalars, and the structures, lists and maps that hold them.

What a shape says about its type is checked here; what it demands beyond that, in `validation`.
"""

from __future__ import annotations

import base64
import datetime
import json
import math
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from connect_mock.errors import InvalidMember
from connect_mock.service_model import location

Parser = Callable[[Any], Any]


_SURROGATE = re.compile("[\ud800-\udfff]")
_FRACTION = re.compile(r"\.\d+")


def string(value: Any) -> str:
    """A JSON string of whole characters: half of a surrogate pair is in no encoding that a client could read."""
    if type(value) is not str:
        raise InvalidMember("a string", value)
    if not value.isascii() and _SURROGATE.search(value):
        raise InvalidMember("Unicode text without lone surrogates", value)
    return value


def boolean(value: Any) -> bool:
    """A JSON boolean."""
    if value is True or value is False:
        return bool(value)
    raise InvalidMember("true or false", value)


def _integer(bits: int) -> Parser:
    end = 2 ** (bits - 1)

    def parse(value: Any) -> int:
        """A JSON number without fraction that fits."""
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int:
            raise InvalidMember("an integer", value)
        if not -end <= value < end:
            raise InvalidMember(f"an integer of {bits} bits", value)
        return value

    return parse


integer, long = _integer(32), _integer(64)


def number(value: Any) -> float:
    """A JSON number that a double can hold."""
    try:
        converted = float(value) if type(value) in (int, float) else math.nan
    except OverflowError:
        converted = math.nan
    if not math.isfinite(converted):
        raise InvalidMember("a number", value)
    return converted


def timestamp(value: Any) -> datetime.datetime:
    """Epoch seconds, an ISO 8601 string as some clients send, or the date of an HTTP header; in UTC whatever was sent."""
    try:
        moment = _moment(value)
        return moment.astimezone(datetime.timezone.utc) if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)
    except (ValueError, OverflowError, OSError):
        raise InvalidMember("a timestamp (epoch seconds or ISO 8601)", value) from None


def _moment(value: Any) -> datetime.datetime:
    if type(value) in (int, float):
        return datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
    if type(value) is not str:
        raise ValueError(value)
    if value.replace(".", "", 1).isdecimal():
        return datetime.datetime.fromtimestamp(float(value), datetime.timezone.utc)
    if value.endswith("GMT"):
        return parsedate_to_datetime(value)
    microseconds = _FRACTION.sub(lambda found: f"{found[0][:7]:0<7}", value)  # Python 3.10 wants three digits or six
    return datetime.datetime.fromisoformat(microseconds.replace("Z", "+00:00"))


def blob(value: Any) -> bytes:
    """Base64 text."""
    try:
        return base64.b64decode(string(value), validate=True)
    except ValueError as error:
        raise InvalidMember("base64", value) from error


SCALARS: dict[str, Parser] = {
    "string": string,
    "character": string,
    "boolean": boolean,
    "integer": integer,
    "long": long,
    "float": number,
    "double": number,
    "timestamp": timestamp,
    "blob": blob,
}
"""Values in JSON."""


def _text_of(parse: Parser) -> Parser:
    def parse_text(value: Any) -> Any:
        try:
            meant = json.loads(value) if _JSON_TEXT.fullmatch(value) else value
        except ValueError:  # more digits than Python reads
            meant = value
        return parse(meant)

    return parse_text


_JSON_TEXT = re.compile(r"true|false|-?[0-9]+(\.[0-9]+)?")
_NOT_TEXT = ("boolean", "integer", "long", "float", "double")
TEXT_SCALARS = SCALARS | {kind: _text_of(SCALARS[kind]) for kind in _NOT_TEXT}
"""Values in a path, a query or a header, where `5` is a number and `true` is a boolean."""


class Parsers:
    """Turns JSON into the values of shapes: timestamps become datetimes, members outside the shape are dropped."""

    def __init__(self, scalars: Mapping[str, Parser]) -> None:
        self._scalars = scalars
        self._known: dict[str, Parser] = {}

    def of(self, shape: Shape) -> Parser:
        """The parser of `shape`, made at its first use. Shapes may hold themselves."""
        known = self._known.get(shape.name)
        if known is None:
            known = self._known[shape.name] = self._make(shape)
        return known

    def _make(self, shape: Shape) -> Parser:
        if isinstance(shape, StructureShape):
            return self._structure(shape)
        if isinstance(shape, ListShape):
            return self._list(shape)
        if isinstance(shape, MapShape):
            return self._map(shape)
        return self._scalars[shape.type_name]

    def _structure(self, shape: StructureShape) -> Parser:
        members: dict[str, tuple[str, Parser]] = {}

        def parse(value: Any) -> dict[str, Any]:
            if type(value) is not dict:
                raise InvalidMember("an object", value)
            parsed = {}
            for key, item in value.items():
                if item is not None and key in members:
                    name, member = members[key]
                    try:
                        parsed[name] = member(item)
                    except InvalidMember as problem:
                        raise problem.inside(name) from None
            return parsed

        self._known[shape.name] = parse
        members.update({location(name, member): (name, self.of(member)) for name, member in shape.members.items()})
        return parse

    def _list(self, shape: ListShape) -> Parser:
        member = self.of(shape.member)

        def parse(value: Any) -> list[Any]:
            if type(value) is not list:
                raise InvalidMember("a list", value)
            parsed = []
            for index, item in enumerate(value):
                try:
                    parsed.append(member(item))
                except InvalidMember as problem:
                    raise problem.inside(index) from None
            return parsed

        return parse

    def _map(self, shape: MapShape) -> Parser:
        name, member = self.of(shape.key), self.of(shape.value)

        def parse(value: Any) -> dict[str, Any]:
            if type(value) is not dict:
                raise InvalidMember("an object", value)
            parsed = {}
            for key, item in value.items():
                try:
                    parsed[name(key)] = member(item)
                except InvalidMember as problem:
                    raise problem.inside(key) from None
            return parsed

        return parse
