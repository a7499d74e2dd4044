"""Interactions: other services that a flow talks with.

Not emulated: the further tries of a failed Lambda function, and the 20 seconds for several without a prompt in between.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.contact import queue_target
from connect_mock.flow.actions.registry import Action, Unusable, action
from connect_mock.flow.host import Host, LambdaCall
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Failed, Next, Outcome
from connect_mock.flow.references import text_of

MAX_ANSWER = 32 * 1024
"""Bytes of a Lambda function's answer (administrator guide, Invoke Lambda functions)."""


@action
@dataclass(frozen=True, kw_only=True)
class InvokeLambdaFunction(Action):
    """Invoke a function: $.External, or $.LambdaInvocation.RequestId when nobody waits for it.

    A failed invocation leaves both as they were; that is not documented. Under STRING_MAP, numbers and truth values at the
    top level count as the texts they are written as.
    """

    log_name = "InvokeExternalResource"
    logged_results = "External"

    lambda_function_arn: str
    invocation_time_limit_seconds: int = 8
    invocation_type: str = "SYNCHRONOUS"
    lambda_invocation_attributes: Mapping[str, Any] | None = None
    response_validation: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Invoke it, and look at the answer."""
        asynchronous = self.invocation_type == "ASYNCHRONOUS"
        limit = self.invocation_time_limit_seconds
        parameters = self.lambda_invocation_attributes or {}
        answer = host.invoke_lambda(LambdaCall(self.lambda_function_arn, parameters, limit, asynchronous))
        if asynchronous:
            memory.namespaces["LambdaInvocation"] = {"RequestId": answer}
        else:
            keep_answer(memory, answer, is_json=(self.response_validation or {}).get("ResponseType") == "JSON")
        return Next()


def keep_answer(memory: Memory, answer: Any, *, is_json: bool) -> None:
    """Make it $.External and $.LambdaInvocation.ResultData. Raises Unusable when it is not what was agreed on."""
    answer = answer if is_json else dict(_string_map(answer))
    try:
        size = len(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))
    except (TypeError, ValueError, RecursionError) as error:
        raise Unusable(f"the answer is not JSON: {error}") from None
    if size > MAX_ANSWER:
        raise Unusable(f"the answer has {size} bytes, more than {MAX_ANSWER}")
    memory.namespaces["External"] = answer
    memory.namespaces["LambdaInvocation"] = {"ResultData": answer}


def _string_map(answer: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(answer, Mapping):
        raise Unusable(f"the answer has to be an object of texts (STRING_MAP), got {type(answer).__name__}")
    for name, value in answer.items():
        if isinstance(value, (Mapping, list, tuple)):
            raise Unusable(f"the answer has to be an object of texts (STRING_MAP), and {name!r} is none")
        if value is not None:
            yield text_of(name), text_of(value)


@action
@dataclass(frozen=True, kw_only=True)
class CreateCallbackContact(Action):
    """Queue a callback to the contact's callback number."""

    initial_call_delay_seconds: int
    maximum_connection_attempts: int
    retry_delay_seconds: int
    queue_id: str | None = None
    agent_id: str | None = None
    contact_flow_id: str | None = None
    caller_id: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Queue it."""
        queue_target(self.queue_id, self.agent_id)
        host.start_contact("CALLBACK", self.given)
        return Next()


# --- customer profiles


@dataclass(frozen=True, kw_only=True)
class ProfileAction(Action):
    """What the actions of Customer Profiles have in common."""

    profile_request_data: Mapping[str, Any]
    profile_response_data: Any = ()

    def load(self, memory: Memory, profile: Mapping[str, Any]) -> None:
        """Make the profile $.Customer: its id, and the fields that were asked for."""
        before = memory.namespaces.get("Customer", {})
        same = before.get("ProfileId") == profile.get("ProfileId")
        loaded = _selected(profile, ["ProfileId", "ProfileARN", *self.wanted()])
        memory.namespaces["Customer"] = _merged(before if same else {}, loaded)

    def wanted(self) -> list[str]:
        """The fields that were asked for."""
        fields = self.profile_response_data
        return list(map(text_of, fields)) if isinstance(fields, (list, tuple)) else []


def _selected(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Some fields of a record; `Attributes.x` is the field x of its field Attributes."""
    found: dict[str, Any] = {}
    for name in names:
        group, _, inner = name.partition(".")
        if not inner and name in record:
            found[name] = record[name]
        elif inner and isinstance(record.get(group), Mapping) and inner in record[group]:
            found.setdefault(group, {})[inner] = record[group][inner]
    return found


def _merged(before: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(before)
    for name, value in more.items():
        old = merged.get(name)
        merged[name] = {**old, **value} if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


@action
@dataclass(frozen=True, kw_only=True)
class GetCustomerProfile(ProfileAction):
    """Find one profile: $.Customer."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Find it."""
        found = host.find("CUSTOMER_PROFILE", self.profile_request_data)
        if not found:
            return Failed("NoneFoundError", "no profile matches")
        if len(found) > 1:
            return Failed("MultipleFoundError", f"{len(found)} profiles match")
        self.load(memory, found[0])
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class CreateCustomerProfile(ProfileAction):
    """Create a profile: $.Customer."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Create it."""
        self.load(memory, host.store("CUSTOMER_PROFILE", self.profile_request_data))
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdateCustomerProfile(ProfileAction):
    """Change the profile that was found or created before."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Change it."""
        id = self.profile_request_data.get("ProfileId") or memory.namespaces.get("Customer", {}).get("ProfileId")
        if not id:
            return Failed(why="no profile was loaded")
        self.load(memory, host.store("CUSTOMER_PROFILE", {**self.profile_request_data, "ProfileId": id}))
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class AssociateContactToCustomerProfile(Action):
    """Let a profile be found by the id of the contact."""

    profile_request_data: Mapping[str, Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Give the profile that key."""
        host.store("CUSTOMER_PROFILE_KEY", self.profile_request_data)
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class GetCustomerProfileObject(ProfileAction):
    """Load an object of a profile: $.Customer.Order and so on, or $.Customer.ObjectAttributes for types of one's own."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Load it; its id always comes along."""
        found = host.find("CUSTOMER_PROFILE_OBJECT", self.profile_request_data)
        if not found:
            return Failed("NoneFoundError", "no object matches")
        memory.namespaces["Customer"] = _merged(memory.namespaces.get("Customer", {}), self._fields(found[0]))
        return Next()

    def _fields(self, record: Mapping[str, Any]) -> dict[str, Any]:
        kind = text_of(self.profile_request_data.get("ObjectType"))
        own = {f"{kind}Id": record[f"{kind}Id"]} if f"{kind}Id" in record else {}
        for name in self.wanted():
            field = name if name in record else name.removeprefix(kind)
            if field in record:
                own[field] = record[field]
        attributes = _selected(
            {"ObjectAttributes": record, **record}, [n for n in self.wanted() if n.startswith("ObjectAttributes.")]
        )
        return {kind: own, **attributes} if own else attributes


@action
@dataclass(frozen=True, kw_only=True)
class GetCalculatedAttributesForCustomerProfile(ProfileAction):
    """Load calculated attributes: $.Customer.CalculatedAttributes."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Load them."""
        found = host.find("CALCULATED_ATTRIBUTES", self.profile_request_data)
        if not found:
            return Failed("NoneFoundError", "the profile has no calculated attributes")
        loaded = _selected({"CalculatedAttributes": found[0]}, self.wanted())
        memory.namespaces["Customer"] = _merged(memory.namespaces.get("Customer", {}), loaded)
        return Next()
