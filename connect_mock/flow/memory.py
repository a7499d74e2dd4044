"""What one run of a flow or module remembers between its actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Keypad:
    """Keys that were pressed before the flow asked for them (the block Set touchtone buffer behavior)."""

    buffered: bool = False
    keys: str = ""


@dataclass(slots=True)
class Memory:
    """The namespaces that actions fill, and what they need when the flow comes back to them.

    A module has a memory of its own: it sees neither the flow attributes nor the results of its caller (administrator guide,
    Flow modules). A flow that takes over by TransferToFlow keeps all but the flow attributes; that is documented for
    `$.External` alone.
    """

    namespaces: dict[str, Any] = field(default_factory=dict)
    """Values under the roots of `namespaces.RUN_ROOTS`."""
    counters: dict[str, int] = field(default_factory=dict)
    """Passes of each Loop by its identifier; shared by all runs of a flow in one contact."""
    keypad: Keypad = field(default_factory=Keypad)
    identifier: str = ""
    """The action that is running."""
    interrupted: str | None = None
    """The MessageParticipantIteratively that was interrupted: where EndFlowExecution goes back to."""

    def for_next_flow(self) -> Memory:
        """What is left of it after TransferToFlow."""
        kept = {root: value for root, value in self.namespaces.items() if root != "FlowAttributes"}
        return Memory(kept, keypad=self.keypad)

    def for_module(self, given: Any) -> Memory:
        """What a module starts with."""
        return Memory({"Modules": {"Input": given}}, keypad=self.keypad)
