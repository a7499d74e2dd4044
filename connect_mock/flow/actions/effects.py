"""Recorded: actions whose effect is outside of what is simulated."""

from __future__ import annotations

from dataclasses import dataclass

from connect_mock.flow.actions.registry import Action
from connect_mock.flow.host import Host
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Next, Outcome


@dataclass(frozen=True, kw_only=True)
class Recorded(Action):
    """It succeeds after it was noted; tests can force its errors (`Host.forced_error`).

    The second paragraph of a subclass's docstring says what is missing.
    """

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Note it."""
        host.record(type(self).__name__, self.given)
        return Next()
