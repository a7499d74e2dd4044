"""Lambda functions that flows invoke: a handler that a test registered, else moto's function.

The time that a function takes is counted on the mock's clock: a handler that calls `clock.advance(9)` is too late.
"""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connect_mock import clock, ids, other_services
from connect_mock.contact import Invocation
from connect_mock.contacts import arrangements
from connect_mock.flow.host import HostError, LambdaCall

if TYPE_CHECKING:
    from connect_mock.contacts.arrangements import Function


@dataclass(frozen=True)
class Context:
    """The second argument of a handler."""

    invoked_function_arn: str
    function_name: str
    aws_request_id: str
    milliseconds: int

    def get_remaining_time_in_millis(self) -> int:
        """The time limit of the flow's action; time passes only when the clock is advanced."""
        return self.milliseconds


def event_of(contact_data: dict[str, Any], call: LambdaCall) -> dict[str, Any]:
    """The event that the function gets (administrator guide, Invoke Lambda functions)."""
    event = {"Name": "ContactFlowEvent", "Details": {"ContactData": contact_data, "Parameters": call.parameters}}
    copied: dict[str, Any] = json.loads(json.dumps(event, default=dict))
    return copied


def invoke(call: LambdaCall, event: dict[str, Any]) -> Invocation:
    """Invoke the function; what went wrong is in the result."""
    invocation = Invocation(call.function_arn, event, ids.uuid())
    before = clock.now()
    try:
        invocation.answer = _answer(call, invocation)
    except HostError as refusal:
        invocation.error = refusal.why
    seconds = (clock.now() - before).total_seconds()
    if invocation.error is None and seconds > call.seconds:
        invocation.error = f"{call.function_arn} took {seconds:.0f} seconds, the flow waits for {call.seconds:g}"
    return invocation


def _answer(call: LambdaCall, invocation: Invocation) -> Any:
    handler = _registered(call.function_arn)
    if handler:
        return _of_handler(handler, call, invocation)
    region_name, account_id = invocation.event["Details"]["ContactData"]["InstanceARN"].split(":")[3:5]
    try:
        answer = other_services.services.invoke_function(
            call.function_arn, json.dumps(invocation.event), account_id, region_name
        )
    except other_services.FunctionError as problem:
        raise HostError(why=f"{call.function_arn} failed: {problem}") from None
    if answer is None:
        raise HostError(
            why=f"there is no function {call.function_arn}: amazon_connect.lambda_function(name, handler) registers one, "
            "and moto's Lambda has none"
        )
    return json.loads(answer)


def _of_handler(handler: Function, call: LambdaCall, invocation: Invocation) -> Any:
    """What a Python handler answers, as it would arrive: as JSON."""
    name = call.function_arn.split(":")[6] if call.function_arn.count(":") > 5 else call.function_arn
    context = Context(call.function_arn, name, invocation.request_id, int(call.seconds * 1000))
    event = json.loads(json.dumps(invocation.event))
    try:
        return json.loads(json.dumps(handler(event, context)))
    except Exception as problem:
        said = f"{type(problem).__name__}: {problem}"
        raise HostError(why=f"{call.function_arn} raised {said}\n{traceback.format_exc().strip()}") from None


def _registered(function_arn: str) -> Function | None:
    """The handler for the ARN, the ARN without its version, or the name."""
    functions = arrangements.current.functions
    parts = function_arn.split(":")
    for name in (function_arn, ":".join(parts[:7]), *parts[6:7]):
        if name in functions:
            return functions[name]
    return None
