"""Flow content: the JSON text of a flow or module, read into actions.

Source: Amazon Connect developer guide, "Flow language". Content that is only saved is never read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

LANGUAGE_VERSION = "2019-10-30"


class NotAFlow(Exception):
    """The text is not a JSON object with what every flow has."""


class NotJson(NotAFlow):
    """The text is not even JSON."""


@dataclass(frozen=True)
class Action:
    """One entry of `Actions`, with its place in the list."""

    index: int
    identifier: str
    type: str
    parameters: dict[str, Any]
    transitions: dict[str, Any]
    entry: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """As it is written. What is there of another form than it has to be is empty above."""

    @property
    def path(self) -> str:
        """How messages of the service name it."""
        return f"Actions[{self.index}]"

    def targets(self) -> Iterator[tuple[str, Any]]:
        """Every transition: (its path below the action, the identifier it goes to)."""
        if "NextAction" in self.transitions:
            yield "Transitions.NextAction", self.transitions["NextAction"]
        for kind in ("Conditions", "Errors"):
            for index, branch in self.branches(kind):
                if "NextAction" in branch:
                    yield f"Transitions.{kind}[{index}].NextAction", branch["NextAction"]

    def operands(self) -> Iterator[tuple[str, Any]]:
        """Every operand of a condition: (its path below the action, the operand)."""
        for index, branch in self.branches("Conditions"):
            condition = branch.get("Condition")
            operands = condition.get("Operands") if isinstance(condition, dict) else None
            for place, operand in enumerate(operands if isinstance(operands, list) else ()):
                yield f"Transitions.Conditions[{index}].Condition.Operands[{place}]", operand

    def branches(self, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The entries of `Errors` or `Conditions`, with their places."""
        branches = self.transitions.get(kind)
        for index, branch in enumerate(branches if isinstance(branches, list) else ()):
            if isinstance(branch, dict):
                yield index, branch


@dataclass(frozen=True)
class Flow:
    """A flow as its content says it. Nothing is checked beyond what is needed to read it; see `problems`."""

    version: Any
    start_action: Any
    actions: tuple[Action, ...]
    settings: dict[str, Any] | None
    entry: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """As it is written. An entry of `Actions` that is no object is not among the actions."""


def read(content: str) -> Flow:
    """The flow in `content`; raises NotAFlow when it is no JSON object with a list of actions."""
    document = parse(content)
    if not isinstance(document, dict):
        raise NotAFlow("Invalid contact flow format: content is not a JSON object")
    actions = document.get("Actions")
    if not isinstance(actions, list):
        raise NotAFlow("JSON field is missing or null for field name: actions")
    return Flow(
        version=document.get("Version"),
        start_action=document.get("StartAction"),
        actions=tuple(_action(index, each) for index, each in enumerate(actions) if isinstance(each, dict)),
        settings=_object(document.get("Settings")),
        entry=document,
    )


def parse(content: str) -> Any:
    """The JSON value in `content`; raises NotJson. NaN and Infinity, which Python reads, are no JSON."""
    try:
        return json.loads(content, parse_constant=_refuse)
    except RecursionError:
        raise NotJson("Invalid contact flow format: content is not JSON (it is nested too deeply)") from None
    except ValueError as error:
        raise NotJson(f"Invalid contact flow format: content is not JSON ({error})") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no value of JSON")


def _action(index: int, entry: dict[str, Any]) -> Action:
    return Action(
        index=index,
        identifier=_text(entry.get("Identifier")),
        type=_text(entry.get("Type")),
        parameters=_object(entry.get("Parameters")) or {},
        transitions=_object(entry.get("Transitions")) or {},
        entry=entry,
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None
