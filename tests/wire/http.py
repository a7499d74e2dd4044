"""Requests as any HTTP client could send them, and what must hold of every answer to them."""

from __future__ import annotations

import json
from typing import Any

from botocore.model import ServiceModel

from connect_mock import moto_bridge
from connect_mock.dispatch import service
from connect_mock.wire import Answer, Request
from tests.conftest import state

METADATA = {"apiVersion": "2017-08-08", "endpointPrefix": "made-up", "protocol": "rest-json", "serviceId": "Made Up"}


def made_up(shapes: dict[str, Any], routes: dict[str, str] | None = None) -> ServiceModel:
    """A service of these shapes; `routes` gives its operations by name as `"GET /path"`."""
    operations = {
        name: {"name": name, "http": dict(zip(("method", "requestUri"), route.split(), strict=True))}
        for name, route in (routes or {}).items()
    }
    return ServiceModel({"metadata": METADATA, "operations": operations, "shapes": shapes}, service_name="made-up")


def send(
    method: str,
    path: str,
    query: str = "",
    body: bytes | Any = b"",
    headers: dict[str, str] | None = None,
    to: str = "connect",
) -> Answer:
    """The answer of the whole of connect-mock; a body that is not bytes goes as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return moto_bridge.answer(Request(method, path, query, headers or {}, content), to, "us-east-1")


def refusal(
    operation: str, method: str, path: str, query: str = "", body: bytes | Any = b"", headers: dict[str, str] | None = None
) -> str:
    """The message with which the operation refuses the request; its error is a declared one and nothing has changed."""
    before = state()
    answer = send(method, path, query, body, headers)
    check(answer, operation)
    assert answer.status != 200, answer.body
    assert state() == before
    return str(json.loads(answer.body)["Message"])


def check(answer: Answer, operation: str) -> None:
    """A success, or an error that the operation declares, with the status that the model gives it."""
    content = json.loads(answer.body)
    assert isinstance(content, dict)
    assert answer.headers["Content-Type"] == "application/json"
    code = answer.headers.get("x-amzn-ErrorType")
    if code is None:
        assert answer.status == 200
    elif code != "NotImplementedException":
        assert code in service("connect").operation(operation).errors, (code, answer.body)
        assert answer.status == service("connect").error_shapes[code].metadata["error"]["httpStatusCode"] < 500
