"""REST-JSON both ways: a request becomes an operation and its parameters, a result becomes an answer.

Everything comes from the shapes of the service model and is worked out once per operation, at its first call. No
operation is named here.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from botocore.model import ListShape, OperationModel, ServiceModel, Shape

from connect_mock import ids
from connect_mock.errors import ConnectError, InvalidMember
from connect_mock.parsing import SCALARS, TEXT_SCALARS, Parser, Parsers
from connect_mock.rendering import Renderers, as_json
from connect_mock.routes import Router
from connect_mock.service_model import corrections, location, members_of, snake
from connect_mock.validation import Check, checker

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a request body, unpacked, that are looked at; a larger one is refused."""

MAX_FIELDS = 1000
"""Fields of a query string."""


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


# --- requests -----------------------------------------------------------------------------------------------------------


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


@lru_cache(maxsize=256)
def query_fields(query: str) -> dict[str, list[str]]:
    """The values of a query string by key. A test asks for the same pages again and again."""
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


# --- operations ---------------------------------------------------------------------------------------------------------


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
        """The names of the errors that the operation declares, and of those that it was seen to answer besides."""
        declared = (shape.name for shape in self.model.error_shapes)
        return frozenset((*declared, *corrections()["errors"].get(self.name, ())))

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
        content = self.service.renderers.of(shape)(result) if shape and result is not None else "{}"
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


def answer(status: int, content: str, error_type: str | None = None) -> Answer:
    """`content`, which is JSON, with the headers that every answer of the service has."""
    headers = {"Content-Type": "application/json", "x-amzn-RequestId": ids.uuid()}
    if error_type:
        headers["x-amzn-ErrorType"] = error_type
    return Answer(status, headers, content.encode("ascii"))


def front_end_refusal(error: ConnectError) -> Answer:
    """An error that comes before any operation; the front end spells `message` in lower case."""
    return answer(error.status, as_json({"message": error.message}), error.code)


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
