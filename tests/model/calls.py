"""Calls as botocore makes them, without a client: its serializer, the whole way through connect-mock, its parser."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import botocore
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSRequest, HeadersDict, create_request_object, prepare_request_dict
from botocore.model import OperationModel, StructureShape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

from connect_mock import moto_bridge
from connect_mock.service_model import SERVICES, load
from connect_mock.wire import Answer, Request
from tests.model.shapes import KNOWN, Values

WRITTEN_FOR = (1, 44, 5)
"""The botocore whose model connect-mock was written for; an older one may lack members, shapes and errors."""

needs_the_model = pytest.mark.skipif(
    tuple(map(int, botocore.__version__.split(".")[:3])) < WRITTEN_FOR, reason="the installed model is older"
)

HOSTS = {"connect": "connect", "connectparticipant": "participant.connect", "connect-contact-lens": "contact-lens"}
REGION = "us-east-1"

OPERATIONS = [(service, name) for service in SERVICES for name in load(service).operation_names]
"""Every operation of the installed models, by service and name."""


def operation_model(service: str, name: str) -> OperationModel:
    """The operation as botocore knows it."""
    return load(service).operation_model(name)


def input_shape(service: str, name: str) -> StructureShape:
    """The shape of its parameters."""
    return operation_model(service, name).input_shape or StructureShape("NoInput", {"type": "structure", "members": {}})


def variants(service: str, name: str, known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Parameters for an operation: the required ones, each of the others beside them, and all."""
    shape = input_shape(service, name)
    least = Values(full=False, known=known, one_condition=True).of(shape)
    most = Values(full=True, known=known, one_condition=True).of(shape)
    most.pop("NextToken", None)
    yield least
    yield from (least | {member: value} for member, value in most.items() if member not in least)
    yield most


def prepared(service: str, name: str, parameters: dict[str, Any]) -> AWSPreparedRequest:
    """The request that botocore would send; what its client would refuse is sent as well."""
    made = create_serializer("rest-json", include_validation=False).serialize_to_request(
        parameters, operation_model(service, name)
    )
    prepare_request_dict(made, endpoint_url=f"https://{HOSTS[service]}.{REGION}.amazonaws.com")
    request: AWSRequest = create_request_object(made)
    return request.prepare()


def as_request(request: AWSPreparedRequest) -> Request:
    """The same as the wire sees it."""
    url = urlsplit(request.url)
    body: Any = request.body.encode() if isinstance(request.body, str) else request.body
    headers: Any = request.headers
    return Request(request.method, url.path, url.query, headers, body or b"")


def call(service: str, name: str, parameters: dict[str, Any]) -> Answer:
    """The answer to the operation called with these parameters."""
    return moto_bridge.answer(as_request(prepared(service, name, parameters)), service, REGION)


def read(service: str, name: str, answer: Answer) -> dict[str, Any]:
    """The answer as a client of botocore gets it."""
    response = {"status_code": answer.status, "headers": HeadersDict(answer.headers), "body": answer.body}
    shape: Any = operation_model(service, name).output_shape  # botocore's own client gives None where there is none
    parsed: dict[str, Any] = create_parser("rest-json").parse(response, shape)
    return parsed


# --- something to call operations on ----------------------------------------------------------------------------------

MAKERS = ("Create", "Start", "Claim")
ROUNDS = 3
"""How often all is tried: what one call makes, another one needs."""


@dataclass
class World:
    """One of everything that can be made with generated input, and the ids that were given out."""

    known: dict[str, Any] = field(default_factory=lambda: dict(KNOWN))
    """Ids by the name that members for them have, and other values that mean something."""
    called: set[str] = field(default_factory=set)
    """The operations that made something."""

    def make(self) -> None:
        """Make it. What is refused, or fails, is left out: the tests of that operation tell why."""
        for _ in range(ROUNDS):
            for name in load("connect").operation_names:
                if name.startswith(MAKERS) and name not in self.called:
                    self._make_with(name)

    def known_to(self, name: str) -> dict[str, Any]:
        """What is known, with the ids that members of several operations share as this operation means them."""
        noun = re.sub("^[A-Z][a-z]+", "", name)
        shared = {"AliasId": self.known.get(f"{noun}Id"), "resourceArn": self.known.get("InstanceArn")}
        return self.known | {member: value for member, value in shared.items() if value}

    def _make_with(self, name: str) -> None:
        own = {"Name": "World", "AliasName": "World", "ClientToken": "world"}
        with suppress(Exception):
            for parameters in variants("connect", name, self.known | own):
                answer = call("connect", name, parameters)
                if answer.status == 200:
                    return self._learn(name, json.loads(answer.body))

    def _learn(self, name: str, content: dict[str, Any]) -> None:
        noun = name[len(next(each for each in MAKERS if name.startswith(each))) :]
        self.called.add(name)
        for member, value in content.items():
            if isinstance(value, str) and member.endswith(("Id", "Arn", "Token")):
                self.known.setdefault(f"{noun}{member}" if member in ("Id", "Arn") else member, value)


@dataclass
class Kept:
    """The state of all backends, to go back to."""

    states: list[tuple[Any, dict[str, Any]]]

    @classmethod
    def now(cls) -> Kept:
        """A copy of it."""
        return cls([(backend, _copy(backend, vars(backend))) for backend in moto_bridge.all_backends()])

    def restore(self) -> None:
        """Make it the state again."""
        for backend, state in self.states:
            vars(backend).update(_copy(backend, state))


def _copy(backend: Any, state: dict[str, Any]) -> dict[str, Any]:
    copied: dict[str, Any] = copy.deepcopy(state, {id(backend): backend})
    return copied
