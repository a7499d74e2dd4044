"""Flow content: the JSON text of a flow or module, read into actions.

Source: Amazon Connect developer guide, "Flow language". Content that is only saved is never read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LANGUAGE_VERSION = "2019-10-30"


class NotAFlow(Exception):
    """The text is not a JSON object with what every flow has."""


@dataclass(frozen=True)
class Action:
    """One entry of `Actions`, with its place in the list."""

    index: int
    identifier: str
    type: str
    parameters: dict[str, Any]
    transitions: dict[str, Any]

    @property
    def path(self) -> str:
        """How messages of the service name it."""
        return f"Actions[{self.index}]"

    def targets(self) -> Iterator[tuple[str, Any]]:
        """Every transition: (its path below the action, the identifier it goes to)."""
        if "NextAction" in self.transitions:
            yield "Transitions.NextAction", self.transitions["NextAction"]
        for kind in ("Conditions", "Errors"):
            for index, branch in self._branches(kind):
                if "NextAction" in branch:
                    yield f"Transitions.{kind}[{index}].NextAction", branch["NextAction"]

    def operands(self) -> Iterator[tuple[str, Any]]:
        """Every operand of a condition: (its path below the action, the operand)."""
        for index, branch in self._branches("Conditions"):
            condition = branch.get("Condition")
            operands = condition.get("Operands") if isinstance(condition, dict) else None
            for place, operand in enumerate(operands if isinstance(operands, list) else ()):
                yield f"Transitions.Conditions[{index}].Condition.Operands[{place}]", operand

    def _branches(self, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
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


def read(content: str) -> Flow:
    """The flow in `content`; raises NotAFlow when it is no JSON object with a list of actions."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotAFlow(f"Invalid contact flow format: content is not JSON ({error})") from None
    if not isinstance(document, dict):
        raise NotAFlow("Invalid contact flow format: content is not a JSON object")
    actions = document.get("Actions")
    if not isinstance(actions, list) or not all(isinstance(each, dict) for each in actions):
        raise NotAFlow("JSON field is missing or null for field name: actions")
    return Flow(
        version=document.get("Version"),
        start_action=document.get("StartAction"),
        actions=tuple(_action(index, each) for index, each in enumerate(actions)),
        settings=_object(document.get("Settings")),
    )


def _action(index: int, entry: dict[str, Any]) -> Action:
    identifier = entry.get("Identifier")
    return Action(
        index=index,
        identifier=identifier if isinstance(identifier, str) else "",
        type=str(entry.get("Type", "")),
        parameters=_object(entry.get("Parameters")) or {},
        transitions=_object(entry.get("Transitions")) or {},
    )


def _object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None
