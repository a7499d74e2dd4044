"""REST-JSON both ways: a request becomes an operation and its parameters, a result becomes an answer.

Everything comes from the shapes of the service model and is worked out once per operation, at its first call. No
operation is named here. Timestamps are epoch seconds unless their shape says otherwise, as every AWS client expects.
"""

from __future__ import annotations

import base64
import datetime
import gzip
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

from botocore import xform_name
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape

from connect_mock import ids
from connect_mock.errors import ConnectError, InvalidMember, UnknownOperationException
from connect_mock.resource import Shown
from connect_mock.validation import Check, checker

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a request body, unpacked, that are looked at; a larger one is refused."""

MAX_FIELDS = 1000
"""Fields of a query string."""

snake = cache(xform_name)
"""A member's name as Python writes it: `ContactFlowId` is `contact_flow_id`."""


class Request(NamedTuple):
    """An HTTP request as far as the service looks at it."""

    method: str
    path: str
    """Still percent-encoded, so that an ARN stays one segment."""
    query: str
    headers: Mapping[str, str]
    """Looked up by lower-case name."""
    body: bytes


class Answer(NamedTuple):
    """An HTTP response."""

    status: int
    headers: dict[str, str]
    body: bytes


# --- routes -----------------------------------------------------------------------------------------------------------


class Router:
    """Finds an operation by method and path, compared segment by segment; a literal segment wins over a label."""

    def __init__(self, service_model: ServiceModel) -> None:
        self._root: dict[Any, Any] = {}  # by segment, by None for a label, by (method,) where a path ends
        operations = service_model._service_description["operations"]  # type: ignore[attr-defined]  # the parsed form would build every shape
        for name, operation in operations.items():
            self._add(operation["http"]["method"], operation["http"]["requestUri"], name)

    def _add(self, method: str, uri: str, name: str) -> None:
        node, labels = self._root, []
        for segment in uri[1:].split("/"):
            is_label = segment.startswith("{")
            if is_label:
                labels.append(segment.strip("{}+"))
            node = node.setdefault(None if is_label else segment, {})
        node[(method,)] = (name, labels)

    def match(self, method: str, path: str) -> tuple[str, dict[str, str]]:
        """The operation's name and its labels by location name; raises UnknownOperationException."""
        found = self._walk(self._root, path[1:].split("/"), 0, method)
        if found is None:
            raise UnknownOperationException(f"Unable to determine service/operation name to be authorized: {method} {path}")
        name, labels, values = found
        return name, {label: unquote(value) for label, value in zip(labels, values, strict=True)}

    def _walk(
        self, node: dict[Any, Any], segments: list[str], depth: int, method: str
    ) -> tuple[str, list[str], list[str]] | None:
        if depth == len(segments):
            leaf = node.get((method,))
            return (*leaf, []) if leaf else None
        segment = segments[depth]
        if segment in node and (found := self._walk(node[segment], segments, depth + 1, method)):
            return found
        if None in node and segment and (found := self._walk(node[None], segments, depth + 1, method)):
            found[2].insert(0, segment)
            return found
        return None


# --- requests ---------------------------------------------------------------------------------------------------------

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


def members_of(shape: Shape | None) -> dict[str, Shape]:
    """A structure's members by name; none for no shape at all."""
    return dict(shape.members) if isinstance(shape, StructureShape) else {}


def location(name: str, shape: Shape) -> str:
    """The member's name on the wire."""
    return str(shape.serialization.get("name", name))


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


def unpacked(request: Request) -> bytes:
    """The request's body, out of its gzip coding if it has one and no larger than MAX_BODY."""
    body = request.body
    if body and request.headers.get("content-encoding", "").lower() == "gzip":
        try:
            body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(MAX_BODY + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise InvalidMember("gzip data, as its Content-Encoding says", body) from error
    if len(body) > MAX_BODY:
        raise InvalidMember(f"at most {MAX_BODY} bytes", f"{len(body)} bytes or more")
    return body


def query_fields(query: str) -> dict[str, list[str]]:
    """The values of a query string by key."""
    try:
        return parse_qs(query, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise InvalidMember(f"at most {MAX_FIELDS} fields", query).inside("query string") from error


def _not_json(constant: str) -> Any:
    raise InvalidMember("JSON", constant)


def json_body(request: Request) -> dict[str, Any]:
    """The JSON object in the body; an empty body is an empty object."""
    body = unpacked(request)
    if not body:
        return {}
    try:
        value = json.loads(body, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise InvalidMember("JSON", body) from error
    if type(value) is not dict:
        raise InvalidMember("a JSON object", value)
    return value


# --- answers ----------------------------------------------------------------------------------------------------------

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


# --- operations -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operation:
    """One operation of the model: what it is called, how it is parsed, and how it answers."""

    service: Service
    model: OperationModel

    @cached_property
    def name(self) -> str:
        """AWS's name, `SearchQueues`."""
        return str(self.model.name)

    @cached_property
    def method_name(self) -> str:
        """The method of the backend, `search_queues`."""
        return snake(self.name)

    @cached_property
    def inputs(self) -> dict[str, Shape]:
        """The members of the input shape."""
        return members_of(self.model.input_shape)

    @cached_property
    def outputs(self) -> dict[str, Shape]:
        """The members of the output shape."""
        return members_of(self.model.output_shape)

    @cached_property
    def errors(self) -> frozenset[str]:
        """The names of the errors that the operation declares."""
        return frozenset(shape.name for shape in self.model.error_shapes)

    @cached_property
    def _check(self) -> Check | None:
        return checker(self.model.input_shape, self.service.checks) if self.model.input_shape else None

    @cached_property
    def _located(self) -> list[tuple[str, str, str, Parser, bool]]:
        """Members outside the body: (name, where, name there, parser, whether it is a list)."""
        parsers = self.service.text_parsers
        return [
            (name, shape.serialization["location"], location(name, shape), parsers.of(shape), isinstance(shape, ListShape))
            for name, shape in self.inputs.items()
            if "location" in shape.serialization
        ]

    @cached_property
    def _body(self) -> list[tuple[str, str, Parser]]:
        parsers = self.service.parsers
        return [
            (name, location(name, shape), parsers.of(shape))
            for name, shape in self.inputs.items()
            if "location" not in shape.serialization
        ]

    def parse(self, request: Request, labels: dict[str, str]) -> dict[str, Any]:
        """The parameters by member name, checked against the model; raises InvalidMember."""
        query = query_fields(request.query) if request.query else {}
        parameters: dict[str, Any] = {}
        for name, where, key, parse, is_list in self._located:
            if where == "uri":
                value: Any = labels[key]
            elif where == "querystring":
                value = query.get(key)
                value = value if is_list or value is None else value[-1]
            else:
                value = request.headers.get(key.lower())
            if value is not None:
                parameters[name] = _inside(name, parse, value)
        if self._body:
            body = json_body(request)
            for name, key, parse in self._body:
                if body.get(key) is not None:
                    parameters[name] = _inside(name, parse, body[key])
        if self._check:
            self._check(parameters)
        return parameters

    def render(self, result: Any) -> Answer:
        """The answer that carries `result`, a dict or an object with the members of the output shape."""
        shape = self.model.output_shape
        content = self.service.renderers.of(shape)(result) if shape and result is not None else {}
        return answer(self.model.http.get("responseCode", 200), content)

    def refusal(self, error: ConnectError) -> Answer:
        """The answer that carries a modeled error."""
        shape = self.service.error_shapes.get(error.code)
        if shape is None:
            return front_end_refusal(error)
        members = {name: error.message for name in shape.members if name.lower() == "message"} | error.members
        return answer(shape.metadata["error"]["httpStatusCode"], self.service.renderers.of(shape)(members), error.code)


def _inside(name: str, parse: Parser, value: Any) -> Any:
    try:
        return parse(value)
    except InvalidMember as problem:
        raise problem.inside(name) from None


_as_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def answer(status: int, content: Any, error_type: str | None = None) -> Answer:
    """`content` as JSON with the headers that every answer of the service has."""
    headers = {"Content-Type": "application/json", "x-amzn-RequestId": ids.uuid()}
    if error_type:
        headers["x-amzn-ErrorType"] = error_type
    return Answer(status, headers, _as_json(content).encode("ascii"))


def front_end_refusal(error: ConnectError) -> Answer:
    """An error that comes before any operation; the front end spells `message` in lower case."""
    return answer(error.status, {"message": error.message}, error.code)


class Service:
    """A service of the model, with everything that is worked out from it."""

    def __init__(self, model: ServiceModel) -> None:
        self.model = model
        self.parsers = Parsers(SCALARS)
        self.text_parsers = Parsers(TEXT_SCALARS)
        self.renderers = Renderers()
        self.checks: dict[str, Check | None] = {}
        self.router = Router(model)
        self._operations: dict[str, Operation] = {}

    @cached_property
    def error_shapes(self) -> dict[str, Any]:
        """The modeled errors by name."""
        return {shape.name: shape for shape in self.model.error_shapes}

    @property
    def operation_names(self) -> list[str]:
        """All operations of the installed model."""
        return list(self.model.operation_names)

    def operation(self, name: str) -> Operation:
        """The operation of that name."""
        found = self._operations.get(name)
        if found is None:
            found = self._operations[name] = Operation(self, self.model.operation_model(name))
        return found

    def route(self, request: Request) -> tuple[Operation, dict[str, str]]:
        """The operation that `request` asks for, and its labels; raises UnknownOperationException."""
        name, labels = self.router.match(request.method, request.path)
        return self.operation(name), labels
