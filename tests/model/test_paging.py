"""How large the pages of an operation are: as its model, its documentation and the corrections say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from botocore.model import ListShape

from connect_mock import mock_connect, moto_bridge
from connect_mock.backend import ConnectBackend
from connect_mock.dispatch import perform, service
from connect_mock.errors import InvalidMember
from connect_mock.service_model import corrections, snake
from connect_mock.wire import Operation
from tests.model.calls import call, input_shape
from tests.model.shapes import Values

OPERATIONS = service("connect").operation_names
PAGED = [name for name in OPERATIONS if "NextToken" in service("connect").operation(name).inputs]
SIZED = [name for name in PAGED if "MaxResults" in service("connect").operation(name).inputs]
EMULATED = [name for name in SIZED if hasattr(ConnectBackend, snake(name))]
MANY: list[dict[str, Any]] = [{}] * 1200


@pytest.fixture(scope="module")
def backend() -> Any:
    """Where the calls go; what it holds does not matter."""
    with mock_connect():
        yield moto_bridge.connect_backends["123456789012"]["us-east-1"]


@pytest.fixture
def operation(name: str) -> Operation:
    return service("connect").operation(name)


def largest(name: str) -> int:
    """The largest page that can be asked for, by the model and its corrections."""
    modeled = input_shape("connect", name).members["MaxResults"].metadata["max"]
    return int(corrections()["max_results"].get(name, modeled))


def page_of(operation: Operation, backend: Any, **parameters: Any) -> tuple[int, Any]:
    """The size of a page when very much is found, and the token for the next."""
    page = perform(operation, lambda **_: MANY, backend, {"InstanceId": "i", **parameters})
    lists = [member for member, shape in operation.outputs.items() if isinstance(shape, ListShape)]
    return len(page[lists[0]]), page.get("NextToken")


@pytest.mark.parametrize("name", PAGED)
def test_a_page_is_a_hundred_or_the_largest_where_nothing_is_said(name: str, operation: Operation, backend: Any) -> None:
    expected = corrections()["default_results"].get(name, min(100, largest(name)) if name in SIZED else 100)
    size, token = page_of(operation, backend)
    assert size == expected
    assert token


@pytest.mark.parametrize("name", SIZED)
def test_the_largest_page_can_be_asked_for_and_no_larger_one(name: str, operation: Operation, backend: Any) -> None:
    assert page_of(operation, backend, MaxResults=largest(name))[0] == largest(name)
    with pytest.raises(InvalidMember, match=f"MaxResults must be at most {largest(name)}"):
        page_of(operation, backend, MaxResults=largest(name) + 1)


@pytest.mark.parametrize("name", PAGED)
def test_the_pages_add_up_to_everything(name: str, operation: Operation, backend: Any) -> None:
    size, token = page_of(operation, backend)
    sizes = [size]
    while token:
        size, token = page_of(operation, backend, NextToken=token)
        sizes.append(size)
    assert sum(sizes) == len(MANY)
    assert set(sizes[:-1]) == {sizes[0]}


def documented() -> dict[str, int]:
    """The default page size that the documentation of MaxResults states, by operation."""
    said = {name: input_shape("connect", name).members["MaxResults"].documentation for name in SIZED}
    found = {name: re.search(r"default[^.]{0,40}?\b(\d+)\b", text, re.IGNORECASE) for name, text in said.items()}
    return {name: int(match[1]) for name, match in found.items() if match}


@pytest.mark.parametrize(("name", "size"), sorted(documented().items()))
def test_a_page_is_as_long_as_the_documentation_says(name: str, size: int, operation: Operation, backend: Any) -> None:
    assert page_of(operation, backend)[0] == min(size, largest(name))


@pytest.mark.parametrize(
    "name",
    [name for name in PAGED if service("connect").operation(name).outputs.keys() & {"ApproximateTotalCount", "TotalCount"}],
)
def test_the_total_counts_what_is_on_other_pages_too(name: str, operation: Operation, backend: Any) -> None:
    page = perform(operation, lambda **_: MANY, backend, {"InstanceId": "i", "MaxResults": 1})
    assert page.get("ApproximateTotalCount", page.get("TotalCount")) == len(MANY)


# --- real calls


@pytest.fixture
def instance_id(amazon_connect: Any) -> str:
    return str(amazon_connect.instance_id)


@pytest.mark.amazon_connect(empty_instances=True)
@pytest.mark.parametrize("name", EMULATED)
def test_an_emulated_operation_refuses_a_page_that_is_too_large(name: str, instance_id: str) -> None:
    values = Values(full=False, known={"InstanceId": instance_id}).of(input_shape("connect", name))
    answer = call("connect", name, values | {"MaxResults": largest(name) + 1})
    said = json.loads(answer.body)["Message"]
    assert answer.status == 400
    assert "MaxResults must be " in said
    assert str(largest(name)) in said
