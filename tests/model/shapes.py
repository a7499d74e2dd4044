"""Values made from shapes: what an operation can be called with, and whether an answer is what its shape says."""

from __future__ import annotations

import base64
import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from connect_mock.service_model import corrections
from tests.conftest import flow_content

MOMENT = datetime.datetime(2026, 11, 21, 12, 30, tzinfo=datetime.timezone.utc)

CANDIDATES = (
    "a",
    "1",
    "example",
    "3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b",
    "arn:aws:connect:us-east-1:123456789012:instance/3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b",
    "arn:aws:connect:us-east-1:123456789012:traffic-distribution-group/3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b",
    "arn:aws:connect:us-east-1:aws:metric/CONTACTS_QUEUED",
    "us-east-1",
    "+15551234567",
    "2026-11-21",
    "2026-11-21T12:30:00.000Z",
    "someone@example.com",
    "s3://bucket/key",
    "d-0123456789",
    "a" * 64,
    "Pa55word",
    "404",
)
"""Strings of the kinds that the patterns of the model ask for."""

RULE_FUNCTION = json.dumps(
    {
        "Version": "2022-11-25",
        "RuleFunction": {
            "Operator": "AND",
            "Operands": [
                {
                    "Operator": "CONTAINS_ANY",
                    "Operands": ["refund"],
                    "ComparisonValue": "$.ContactLens.PostCall.Queue.QueueId",
                    "Negate": False,
                }
            ],
        },
    }
)

MODULE_CONTENT = json.dumps(
    {
        "Version": "2019-10-30",
        "StartAction": "done",
        "Metadata": {},
        "Actions": [{"Identifier": "done", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}],
        "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
    }
)

KNOWN: dict[str, Any] = {
    "ContactFlowContent": flow_content(),
    "ContactFlowModuleContent": MODULE_CONTENT,
    "ContactFlowModuleVersion": 1,
    "ContactFlowVersion": 1,
    "EntityArn": "arn:aws:wisdom:us-east-1:123456789012:ai-agent/assistant/agent",
    "EntityType": "AI_AGENT",
    "FlowModuleSettings": "{}",
    "HierarchyRestrictedResourceName": "User",
    "IpCidr": "111.222.0.0/16",
    "OutboundCallsEnabled": True,
    "QuickConnectConfig": {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+15551234567"}},
    "RuleActions": [{"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}],
    "RuleFunction": RULE_FUNCTION,
    "RuleTriggerEventSource": {"EventSourceName": "OnPostCallAnalysisAvailable"},
    "SessionInactivityDurationMinutes": 1440,
}
"""Values that mean more than their shape says, by shape or member, so that not every call with generated ones is refused."""


PYTHON_TYPES = {"string": str, "structure": dict, "list": list, "integer": int, "long": int, "boolean": bool}


class NoExample(LookupError):
    """None of CANDIDATES is accepted: a pattern of a newer model needs one of its own."""


class Values:
    """Makes values of shapes: of all members, or only of the required ones.

    `known` are values for members and shapes of these names; a member's own name counts first. A structure that holds itself
    is not made inside itself, and of a union only one member is; with `one_condition` also of a node of a criteria tree.
    """

    def __init__(self, *, full: bool, known: Mapping[str, Any] | None = None, one_condition: bool = False) -> None:
        self._full = full
        self._one_condition = one_condition
        self._known = known or {}
        self._inside: list[str] = []

    def of(self, shape: Shape, name: str = "") -> Any:
        """A value of `shape` for the member `name`."""
        self._inside.append(shape.name)
        try:
            return self._of(shape, name)
        finally:
            self._inside.pop()

    def _of(self, shape: Shape, name: str) -> Any:
        known = self._known.get(name, self._known.get(shape.name))
        if type(known) is PYTHON_TYPES.get(shape.type_name) and (type(known) is not str or accepts(shape, known)):
            return known
        if isinstance(shape, StructureShape):
            return {member: self._member(shape, member) for member in self._members(shape)}
        if isinstance(shape, ListShape):
            return [self.of(shape.member, name)] * self._size(shape, shape.member)
        if isinstance(shape, MapShape):
            return {self.of(shape.key): self.of(shape.value) for _ in range(self._size(shape, shape.value))}
        return self._string(shape) if shape.type_name == "string" else self._other(shape)

    def _member(self, shape: StructureShape, member: str) -> Any:
        """A value that also fits a pattern which only this member has."""
        value, pattern = self.of(shape.members[member], member), corrections()["member_patterns"].get(f"{shape.name}.{member}")
        if pattern is None or re.fullmatch(pattern, value):
            return value
        return next(each for each in CANDIDATES if re.fullmatch(pattern, each))

    def _members(self, shape: StructureShape) -> Iterator[str]:
        required = {*shape.required_members, *corrections()["required"].get(shape.name, [])}
        chosen = list(shape.members) if self._full else [member for member in shape.members if member in required]
        if shape.is_tagged_union or (self._one_condition and "OrConditions" in shape.members):
            chosen = list(shape.members)[-1 if self._full else 0 :][:1]
        for member in chosen:
            if member in required or not self._holds_itself(shape.members[member]):
                yield member

    def _holds_itself(self, shape: Shape) -> bool:
        return shape.name in self._inside or (isinstance(shape, ListShape) and shape.member.name in self._inside)

    def _size(self, shape: Shape, item: Shape) -> int:
        wanted = int(item.name not in self._inside)
        return int(max(shape.metadata.get("min", 0), min(wanted, shape.metadata.get("max", 1))))

    def _string(self, shape: Shape) -> str:
        if "enum" in shape.metadata:
            return str(shape.metadata["enum"][-1 if self._full else 0])
        return example(shape)

    def _other(self, shape: Shape) -> Any:
        low = shape.metadata.get("min")
        high = shape.metadata.get("max", 7)
        number = high if self._full or low is None else low
        made = {
            "boolean": self._full,
            "timestamp": MOMENT,
            "blob": b"example",
            "float": float(number),
            "double": float(number),
        }
        return made.get(shape.type_name, int(number))


def example(shape: Shape) -> str:
    """A string that the shape accepts; raises NoExample."""
    shortest = "a" * shape.metadata.get("min", 0)
    for candidate in (*CANDIDATES, shortest):
        if accepts(shape, candidate):
            return candidate
    raise NoExample(f"{shape.name}: {shape.metadata}")


def accepts(shape: Shape, text: str) -> bool:
    """Whether length and pattern of a string shape, as corrected, let `text` through."""
    facts = shape.metadata
    pattern = corrections()["patterns"].get(shape.name, facts.get("pattern"))
    fits = facts.get("min", 0) <= len(text) <= facts.get("max", len(text))
    return fits and (pattern is None or bool(re.fullmatch(pattern, text, re.DOTALL)))


# --- answers ----------------------------------------------------------------------------------------------------------

JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float),
    "blob": (str,),
}


def faults(shape: Shape, value: Any, path: str = "answer") -> Iterator[str]:
    """What in a JSON value is not as `shape` says: types, members that it does not have or that are missing, enums."""
    if isinstance(shape, StructureShape):
        yield from _structure_faults(shape, value, path)
    elif isinstance(shape, ListShape):
        for index, item in enumerate(value if type(value) is list else [...]):
            yield from faults(shape.member, item, f"{path}[{index}]")
    elif isinstance(shape, MapShape):
        for key, item in value.items() if type(value) is dict else [("", ...)]:
            yield from faults(shape.key, key, f"{path} key")
            yield from faults(shape.value, item, f"{path}.{key}")
    else:
        yield from _scalar_faults(shape, value, path)


def _structure_faults(shape: StructureShape, value: Any, path: str) -> Iterator[str]:
    if type(value) is not dict:
        yield f"{path} is {value!r}, not a structure"
        return
    members = {each.serialization.get("name", name): each for name, each in shape.members.items()}
    yield from (f"{path}.{name} is not in {shape.name}" for name in value.keys() - members.keys())
    yield from (f"{path}.{name} is missing" for name in shape.required_members if name not in value)
    for name in value.keys() & members.keys():
        yield from faults(members[name], value[name], f"{path}.{name}")


def _scalar_faults(shape: Shape, value: Any, path: str) -> Iterator[str]:
    is_iso = shape.serialization.get("timestampFormat") == "iso8601"
    if type(value) not in ((str,) if is_iso else JSON_TYPES[shape.type_name]):
        yield f"{path} is {value!r}, not a {shape.type_name}"
    elif "enum" in shape.metadata and value.upper() not in map(str.upper, shape.metadata["enum"]):
        # case apart: DescribeContactFlowModule answers in lower case, the real service too
        yield f"{path} is {value!r}, not in the enum {shape.name}"
    elif shape.type_name == "blob":
        base64.b64decode(value, validate=True)
