"""From a request to its answer: one operation of the backend is called, and all that operations share happens around it.

    route -> authorize -> parse and check -> ClientToken -> the method -> one page -> render

What is shared is read from the model: an operation pages because it has a NextToken, it is idempotent because it has a
ClientToken, and it refuses only with errors that it declares.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import RLock
from typing import Any

from botocore.model import ListShape

from connect_mock import agenda, clock, page_tokens
from connect_mock.backend import ConnectBackend
from connect_mock.collection import Collection, Selection, warn_of_unknown_member
from connect_mock.errors import (
    AccessDeniedException,
    ConflictException,
    ConnectError,
    ContactNotFoundException,
    DuplicateResourceException,
    IdempotencyException,
    InvalidMember,
    InvalidParameterException,
    InvalidRequestException,
    LimitExceededException,
    NotImplementedException,
    ResourceConflictException,
    ResourceInUseException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
    ValidationException,
)
from connect_mock.service_model import corrections, load, snake
from connect_mock.wire import Answer, Operation, Request, Service, front_end_refusal

CLIENT_TOKEN_LIFETIME = timedelta(days=7)
"""StartChatContact, StartTaskContact: the token is valid for seven days after the contact was made."""

Authorize = Callable[[str], None]
"""Given an operation's name, raises AccessDeniedException or UnrecognizedClientException."""

lock = RLock()
"""Held while a call is answered, and by whoever looks at or clears the state from outside."""


@cache
def service(name: str) -> Service:
    """The service of that botocore name, read at its first use."""
    return Service(load(name))


def answer(request: Request, service_name: str, backend: ConnectBackend, authorize: Authorize | None = None) -> Answer:
    """The answer of `backend` to `request`. Every refusal is an answer; only a fault of connect-mock itself raises."""
    try:
        operation, labels = service(service_name).route(request)
        if authorize:
            authorize(operation.name)
    except ConnectError as refusal:
        return front_end_refusal(refusal)
    with lock:  # parsing too: what an operation works out at its first call must not be seen half done
        agenda.run_due()
        return _answer(operation, request, labels, backend)


def catch_up() -> None:
    """Do what has become due."""
    with lock:
        agenda.run_due()


clock.when_advanced(catch_up)


def _answer(operation: Operation, request: Request, labels: dict[str, str], backend: ConnectBackend) -> Answer:
    try:
        method = method_of(operation, backend)
        return operation.render(perform(operation, method, backend, operation.parse(request, labels)))
    except InvalidMember as problem:
        return operation.refusal(_declared(operation, InvalidParameterException(str(problem))))
    except RecursionError:
        return operation.refusal(_declared(operation, InvalidRequestException("The request is nested too deeply")))
    except NotImplementedException as refusal:
        return front_end_refusal(refusal)
    except ConnectError as refusal:
        return operation.refusal(_declared(operation, refusal))


def method_of(operation: Operation, backend: ConnectBackend) -> Callable[..., Any]:
    """The method that emulates `operation`; raises NotImplementedException where there is none."""
    is_connect = operation.service.model.service_name == "connect"
    method = getattr(backend, operation.method_name, None) if is_connect else None
    if method is None:
        raise NotImplementedException(f"connect-mock does not emulate {operation.name} yet")
    return method  # type: ignore[no-any-return]


STAND_INS: dict[type[ConnectError], tuple[type[ConnectError], ...]] = {
    ResourceNotFoundException: (InvalidRequestException, InvalidParameterException),
    ContactNotFoundException: (ResourceNotFoundException, InvalidRequestException),
    DuplicateResourceException: (ResourceConflictException, InvalidRequestException, InvalidParameterException),
    ResourceConflictException: (ConflictException, DuplicateResourceException, InvalidRequestException),
    ResourceInUseException: (ResourceConflictException, InvalidRequestException),
    LimitExceededException: (ServiceQuotaExceededException, InvalidRequestException),
    ServiceQuotaExceededException: (LimitExceededException, InvalidRequestException),
    AccessDeniedException: (InvalidRequestException, InvalidParameterException),
    InvalidParameterException: (InvalidRequestException, ValidationException),
    InvalidRequestException: (InvalidParameterException, ValidationException),
}
"""What is answered instead of an error that the operation does not declare: the first of these that it does."""


def _declared(operation: Operation, error: ConnectError) -> ConnectError:
    if error.code in operation.errors:
        return error
    stand_ins = (each for each in STAND_INS.get(type(error), ()) if each.__name__ in operation.errors)
    stand_in = next(stand_ins, None)
    return stand_in(error.message) if stand_in else error


# --- around the method ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What of an operation's shapes matters when its method is called."""

    accepted: frozenset[str] | None
    """The members that the method has a parameter for; None when it takes all."""
    result_list: str | None
    """The output member that is paged; None when the operation does not page."""
    total: str | None
    """The output member with the overall count."""
    largest_page: int
    default_page: int
    detects_other_arguments: bool
    """Whether a ClientToken with other arguments is refused: the operation declares IdempotencyException."""


@cache
def _plan(service_name: str, name: str, method: Callable[..., Any]) -> Plan:
    operation = service(service_name).operation(name)
    pages = "NextToken" in operation.inputs
    lists = [member for member, shape in operation.outputs.items() if isinstance(shape, ListShape)]
    totals = [member for member in ("ApproximateTotalCount", "TotalCount") if member in operation.outputs]
    limit = operation.inputs["MaxResults"].metadata.get("max") if "MaxResults" in operation.inputs else None
    largest = int(corrections()["max_results"].get(name, limit or 1000))
    return Plan(
        accepted=_accepted(operation, method),
        result_list=lists[0] if pages else None,
        total=totals[0] if totals else None,
        largest_page=largest,
        default_page=corrections()["default_results"].get(name, min(100, largest)),
        detects_other_arguments="IdempotencyException" in operation.errors,
    )


def _accepted(operation: Operation, method: Callable[..., Any]) -> frozenset[str] | None:
    parameters = inspect.signature(method).parameters
    if any(each.kind is each.VAR_KEYWORD for each in parameters.values()):
        return None
    return frozenset(member for member in operation.inputs if snake(member) in parameters)


def perform(operation: Operation, method: Callable[..., Any], backend: ConnectBackend, parameters: dict[str, Any]) -> Any:
    """The result of the operation, ready to be rendered."""
    plan = _plan(operation.service.model.service_name, operation.name, getattr(method, "__func__", method))
    token = parameters.pop("ClientToken", None)
    if token is not None:
        return _idempotent(
            operation, plan, backend, token, parameters, lambda: _run(plan, operation, method, backend, parameters)
        )
    return _run(plan, operation, method, backend, parameters)


def _run(
    plan: Plan, operation: Operation, method: Callable[..., Any], backend: ConnectBackend, parameters: dict[str, Any]
) -> Any:
    if plan.result_list:
        token, size = parameters.pop("NextToken", None), parameters.pop("MaxResults", plan.default_page)
        call = [backend.account_id, backend.region_name, operation.name, parameters]
        after = page_tokens.read(token, call) if token is not None else None
        if size > plan.largest_page:
            raise InvalidMember(f"at most {plan.largest_page}", size).inside("MaxResults")
        return _page(plan, _call(plan, operation, method, backend, parameters), after, size, call)
    return _call(plan, operation, method, backend, parameters)


def _call(
    plan: Plan, operation: Operation, method: Callable[..., Any], backend: ConnectBackend, parameters: dict[str, Any]
) -> Any:
    accepted = plan.accepted
    unknown = [name for name in parameters if name not in accepted] if accepted is not None else []
    if not unknown:
        return method(**{snake(name): value for name, value in parameters.items()})
    for name in unknown:
        warn_of_unknown_member(operation.name, name)
    result = method(**{snake(name): value for name, value in parameters.items() if name not in unknown})
    _keep_unknown(operation, backend, parameters, unknown)
    return result


def _keep_unknown(operation: Operation, backend: ConnectBackend, parameters: dict[str, Any], unknown: list[str]) -> None:
    """Members that only a newer model has stay with the resource that the request names."""
    values = {snake(name): parameters[name] for name in unknown}
    named = [each for each in operation.inputs if each.endswith("Id") and each in parameters]
    for name in sorted(named, key="InstanceId".__eq__):  # the instance itself only when nothing else is named
        bare = parameters[name].rpartition("/")[2].partition(":")[0]  # an ARN, or an id with a qualifier such as `:$SAVED`
        if resource := backend.resource_with_id(bare):
            resource.unknown = (resource.unknown or {}) | values
            return


@dataclass(frozen=True)
class Remembered:
    """The outcome of a call that had a ClientToken."""

    arguments: str | None
    result: Any
    until: datetime


def _idempotent(
    operation: Operation,
    plan: Plan,
    backend: ConnectBackend,
    token: str,
    parameters: dict[str, Any],
    run: Callable[[], Any],
) -> Any:
    """The same token gives the same answer for seven days, and nothing is done twice."""
    key = (operation.name, parameters.get("InstanceId", "").rpartition("/")[2], token)
    arguments = json.dumps(parameters, sort_keys=True, default=str) if plan.detects_other_arguments else None
    before = backend.client_tokens.get(key)
    if before and before.until > clock.now():
        if before.arguments != arguments:
            raise IdempotencyException(f"ClientToken {token} was used before with other arguments")
        return before.result
    result = run()
    backend.client_tokens[key] = Remembered(arguments, result, clock.now() + CLIENT_TOKEN_LIFETIME)
    return result


def _page(plan: Plan, result: Any, after: Any, size: int, call: Any) -> dict[str, Any]:
    answered: dict[str, Any] = {}
    if isinstance(result, dict):
        answered, result = result, result[plan.result_list]
    if isinstance(result, Collection):
        result = result.all()
    elif not isinstance(result, Selection):
        rows = list(result)
        result = Selection(range(len(rows)), lambda index: index)
        found, position = result.page(after, size)
        found = [rows[index] for index in found]
        return _with_page(plan, answered, result, found, position, call)
    if plan.total:
        result = result.settled()
    found, position = result.page(after, size)
    return _with_page(plan, answered, result, found, position, call)


def _with_page(
    plan: Plan, answered: dict[str, Any], result: Selection[Any], found: list[Any], position: Any, call: Any
) -> dict[str, Any]:
    page = {**answered, str(plan.result_list): found}
    if plan.total:
        page[plan.total] = len(result)
    if position is not None:
        page["NextToken"] = page_tokens.issue(position, call)
    return page
