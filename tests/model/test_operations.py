"""Every operation of the installed model, whatever its number: routes, parameters, and answers as the model declares them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest

from connect_mock import dispatch, errors, mock_connect
from connect_mock.backend import ConnectBackend
from connect_mock.coverage import coverage
from connect_mock.dispatch import service
from connect_mock.service_model import SERVICES, load, snake
from tests.conftest import state
from tests.model.calls import (
    OPERATIONS,
    Kept,
    World,
    as_request,
    call,
    input_shape,
    needs_the_model,
    operation_model,
    prepared,
    read,
    variants,
)
from tests.model.shapes import NoExample, Values, faults

EMULATED = [(each.service, name) for each in coverage() for name in each.emulated]
NOT_EMULATED = [(each.service, name) for each in coverage() for name in each.missing]
SHARED = {"ClientToken", "NextToken", "MaxResults"}
"""Members that the dispatcher deals with where an operation has them."""


def each_of(operations: list[tuple[str, str]]) -> pytest.MarkDecorator:
    """A test for each of them, under their names."""
    return pytest.mark.parametrize(("where", "name"), operations, ids=["-".join(each) for each in operations])


each_operation = each_of(OPERATIONS)
each_emulated = each_of(EMULATED)
minimal_and_full = pytest.mark.parametrize("full", [False, True], ids=["minimal", "full"])


def generated(where: str, name: str, values: Values) -> dict[str, Any]:
    """Parameters for an operation; one that has an example for none of its strings is left to who adds the example."""
    try:
        parameters: dict[str, Any] = values.of(input_shape(where, name))
        return parameters
    except NoExample as unknown:
        pytest.skip(str(unknown))


def parameters_of(where: str, name: str) -> dict[str, inspect.Parameter]:
    """The parameters of the method of an operation."""
    backend: Any = ConnectBackend  # the class will do: nothing is called
    _, *parameters = inspect.signature(dispatch.method_of(service(where).operation(name), backend)).parameters.values()
    return {each.name: each for each in parameters}


def named(parameters: dict[str, inspect.Parameter]) -> dict[str, inspect.Parameter]:
    """Those that are there for one member each."""
    return {name: each for name, each in parameters.items() if each.kind is not each.VAR_KEYWORD}


# --- requests


@each_operation
@minimal_and_full
def test_a_request_of_botocore_comes_back_as_the_operation_and_its_parameters(where: str, name: str, full: bool) -> None:
    parameters = generated(where, name, Values(full=full))
    request = as_request(prepared(where, name, parameters))
    operation, labels = service(where).route(request)
    assert operation.name == name
    assert operation.parse(request, labels) == parameters


@needs_the_model
@each_emulated
def test_the_parameters_of_a_method_are_members_of_the_input(where: str, name: str) -> None:
    members = {snake(member) for member in input_shape(where, name).members}
    assert named(parameters_of(where, name)).keys() <= members


@each_emulated
def test_a_method_needs_nothing_that_an_older_model_does_not_have(where: str, name: str) -> None:
    members = {snake(member) for member in input_shape(where, name).members}
    needed = [each for each, parameter in named(parameters_of(where, name)).items() if parameter.default is parameter.empty]
    assert members >= set(needed)


@each_emulated
def test_a_method_takes_every_member_of_the_input(where: str, name: str) -> None:
    members = {snake(member) for member in input_shape(where, name).members if member not in SHARED}
    parameters = parameters_of(where, name)
    takes_all = parameters.keys() != named(parameters).keys()
    assert takes_all or members <= parameters.keys()


# --- answers


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[World, Kept]]:
    with mock_connect(empty_instances=True):
        made = World()
        made.make()
        yield made, Kept.now()


@pytest.fixture
def known(world: tuple[World, Kept], name: str) -> dict[str, Any]:
    """The ids in a world that holds one of everything, and is as good as new for each test."""
    made, kept = world
    kept.restore()
    return made.known_to(name)


def expected_refusal(where: str, name: str, answer: Any) -> bool:
    """Whether the operation declares the error, or is known to answer it, and the answer has its status and its shape."""
    shapes = {shape.name: shape for shape in load(where).error_shapes if shape.name in service(where).operation(name).errors}
    code = answer.headers["x-amzn-ErrorType"]
    if code == "NotImplementedException":  # of a part of the operation
        return bool(answer.status == 501)
    assert code in shapes, answer.body
    assert answer.status == shapes[code].metadata["error"]["httpStatusCode"] < 500
    assert not list(faults(shapes[code], json.loads(answer.body)))
    assert read(where, name, answer)["Error"]["Code"] == code
    return True


def expected_success(where: str, name: str, answer: Any) -> bool:
    """Whether the answer has the shape of the output, and botocore reads from it what was said."""
    model = operation_model(where, name)
    assert answer.status == model.http.get("responseCode", 200)
    content = json.loads(answer.body)
    assert list(faults(model.output_shape, content) if model.output_shape else content) == []
    parsed = read(where, name, answer)
    parsed.pop("ResponseMetadata")
    said = json.loads(service(where).renderers.of(model.output_shape)(parsed)) if model.output_shape else parsed
    return bool(content == said)


@each_emulated
def test_a_call_answers_what_the_model_declares(
    where: str, name: str, known: dict[str, Any], world: tuple[World, Kept]
) -> None:
    generated(where, name, Values(full=True))
    for parameters in variants(where, name, known):
        world[1].restore()
        before = state()
        answer = call(where, name, parameters)
        if "x-amzn-ErrorType" in answer.headers:
            assert expected_refusal(where, name, answer)
            assert state() == before
        else:
            assert expected_success(where, name, answer)


@each_emulated
def test_a_call_for_an_instance_that_is_not_there_is_refused(where: str, name: str, known: dict[str, Any]) -> None:
    parameters = generated(where, name, Values(full=False, known=known))
    nowhere = "00000000-0000-4000-8000-000000000000"
    if parameters.get("InstanceId") != known["InstanceId"]:
        return
    before = state()
    assert expected_refusal(where, name, call(where, name, parameters | {"InstanceId": nowhere}))
    assert state() == before


@each_of(NOT_EMULATED)
def test_an_operation_that_is_not_emulated_says_so(where: str, name: str, known: dict[str, Any]) -> None:
    answer = call(where, name, generated(where, name, Values(full=False, known=known)))
    assert answer.status == 501
    assert answer.headers["x-amzn-ErrorType"] == "NotImplementedException"
    assert name in json.loads(answer.body)["message"]


# --- errors

FRONT_END = {each for each in vars(errors).values() if isinstance(each, type) and "status" in vars(each)}
CLASSES = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.ConnectError)}


def modeled_errors(where: str) -> set[str]:
    return {shape.name for shape in load(where).error_shapes}


@needs_the_model
@pytest.mark.parametrize("name", sorted(each.__name__ for each in CLASSES - FRONT_END))
def test_an_error_class_has_the_name_of_an_error_of_the_model(name: str) -> None:
    assert any(name in modeled_errors(where) for where in SERVICES)


@pytest.mark.parametrize("name", sorted({name for where in SERVICES for name in modeled_errors(where)}))
def test_an_error_of_the_model_has_a_class(name: str) -> None:
    assert issubclass(getattr(errors, name), errors.ConnectError)


@pytest.mark.parametrize("name", sorted({name for where in SERVICES for name in modeled_errors(where)}))
def test_an_error_is_rendered_with_every_member_of_its_shape(name: str) -> None:
    where = next(where for where in SERVICES if name in modeled_errors(where))
    shape = load(where).shape_for(name)
    members = Values(full=True).of(shape)
    message = next((value for member, value in members.items() if member.lower() == "message"), "")
    operation = service(where).operation(next(iter(load(where).operation_names)))
    answer = operation.refusal(getattr(errors, name)(message, **members))
    assert answer.status == shape.metadata["error"]["httpStatusCode"]
    assert json.loads(answer.body) == members
