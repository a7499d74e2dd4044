"""What a test arranged for the flows that will run: functions, bots, errors, chance, people who do not answer, records.

They hold for all accounts and Regions, and are forgotten with the state (`clear`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connect_mock.flow.outcomes import Source

Function = Callable[[dict[str, Any], Any], Any]
"""A Lambda handler: takes an event and a context."""

Bot = Callable[[str, dict[str, Any]], Mapping[str, Any]]
"""Takes what the customer said, an empty text for silence, and the session attributes; answers as `lex_bots.ANSWER` says."""


@dataclass
class ForcedError:
    """An error branch that an action is to take."""

    action: str
    """Its identifier or its type."""
    error_type: str
    flow: str | None
    """The name, id or ARN of its flow; None for any flow."""
    times: float
    """How often it still happens."""

    def matches(self, flow: Source, identifier: str, type: str) -> bool:
        """Whether it is meant for this action."""
        return self.action in (identifier, type) and self.flow in (None, flow.name, flow.id, flow.arn)


@dataclass
class Arrangements:
    """All of them."""

    functions: dict[str, Function] = field(default_factory=dict)
    """By ARN or name."""
    bots: dict[str, Bot] = field(default_factory=dict)
    """By alias ARN, name or part of the ARN."""
    errors: list[ForcedError] = field(default_factory=list)
    percentages: deque[int] = field(default_factory=deque)
    """What DistributeByPercentage draws next."""
    unreachable: dict[str, str] = field(default_factory=dict)
    """Numbers that nobody answers, with the reason."""
    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What flows find outside the contact, by kind (`flow.host.RecordKind`)."""

    def forced_error(self, flow: Source, identifier: str, type: str) -> str | None:
        """The error that this action takes now, or None."""
        for error in self.errors:
            if error.times > 0 and error.matches(flow, identifier, type):
                error.times -= 1
                return error.error_type
        return None


current = Arrangements()
"""Those in force."""


def clear() -> None:
    """Forget them."""
    global current
    current = Arrangements()
