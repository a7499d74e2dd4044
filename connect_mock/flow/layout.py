"""Where the boxes of a picture of a flow stand, and the arrows between them.

An action is a box with a row for each of its transitions, as in the console. Boxes stand where the console put them, when the
Metadata say where, otherwise in `columns`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from connect_mock.flow.columns import HEAD, ROW, WIDTH, Lanes, Place, height_of, in_columns
from connect_mock.flow.document import Action, Flow

LEAST_GAP = 36
"""Pixels between two boxes where the console put them."""
MAX_SPREAD = 3.0
"""How far the places of the console are pulled apart, at most, when boxes would overlap there."""

FARTHEST = 1_000_000
"""Pixels from the corner; what is farther away is no place."""

NEXT_ACTION = "NextAction"

NO_LANES: Lanes = {}


@dataclass(frozen=True)
class Arrow:
    """A transition: from action to action, by their index, and what it is called."""

    start: int
    end: int
    label: str
    """Empty for NextAction."""
    is_error: bool
    path: str
    """Where it is below its action, as `Action.targets` has it."""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or NEXT_ACTION


@dataclass(frozen=True)
class Box:
    """An action, its transitions to actions that exist, and the place of its upper left corner, in pixels."""

    action: Action
    arrows: Sequence[Arrow]
    x: float
    y: float
    lanes: Lanes = field(repr=False)
    """Where the lines of a picture pass columns on their way."""

    @property
    def height(self) -> float:
        """In pixels."""
        return height_of(len(self.arrows))

    @property
    def entrance(self) -> float:
        """How far down lines arrive."""
        return self.y + HEAD / 2

    def exit(self, row: int) -> float:
        """How far down the line of a transition leaves."""
        return self.y + HEAD + (row + 0.5) * ROW

    def lanes_to(self, end: int, x: float) -> list[Place]:
        """Where lines to the action of that index, which stands at `x`, pass the columns between."""
        lanes = sorted(place for (_, box), place in self.lanes.items() if box == end)
        return [place for place in lanes if self.x < place[0] < x]


def arrows(flow: Flow) -> Iterator[Arrow]:
    """Every transition to an action that exists."""
    place_of = {action.identifier: place for place, action in reversed(list(enumerate(flow.actions)))}
    for start, action in enumerate(flow.actions):
        for path, target in action.targets():
            if isinstance(target, str) and target in place_of:
                label, is_error = _label(action, path)
                yield Arrow(start, place_of[target], label, is_error, path)


def name_of(action: Action, path: str) -> str:
    """What people call a transition: its ErrorType, what its condition compares with, or NextAction."""
    return _label(action, path)[0] or NEXT_ACTION


def _label(action: Action, path: str) -> tuple[str, bool]:
    """`Transitions.Errors[0].NextAction` is called by its ErrorType, a condition by what it compares with."""
    kind, _, rest = path.removeprefix("Transitions.").partition("[")
    if not rest:
        return "", False
    branch: dict[str, Any] = action.transitions[kind][int(rest.partition("]")[0])]
    if kind == "Errors":
        return str(branch.get("ErrorType", "")), True
    condition = branch.get("Condition")
    condition = condition if isinstance(condition, dict) else {}
    operands = condition.get("Operands")
    values = ", ".join(map(str, operands)) if isinstance(operands, list) else ""
    operator = condition.get("Operator", "")
    return values if operator == "Equals" else f"{operator} {values}".strip(), False


# --- where boxes stand ------------------------------------------------------------------------------------------------


def boxes(content: str, flow: Flow) -> list[Box]:
    """Where each action stands, in the order of the flow."""
    leaving: list[list[Arrow]] = [[] for _ in flow.actions]
    for arrow in arrows(flow):
        leaving[arrow.start].append(arrow)
    places, lanes = _given(content, flow, leaving), NO_LANES
    if places is None:
        start = next((place for place, each in enumerate(flow.actions) if each.identifier == flow.start_action), None)
        places, lanes = in_columns(start, [[arrow.end for arrow in each] for each in leaving])
    return [Box(action, own, x, y, lanes) for action, own, (x, y) in zip(flow.actions, leaving, places, strict=True)]


def _from_corner(places: Sequence[Place]) -> list[Place]:
    left, top = min(x for x, _ in places), min(y for _, y in places)
    return [(x - left, y - top) for x, y in places]


def _given(content: str, flow: Flow, leaving: Sequence[Sequence[Arrow]]) -> list[Place] | None:
    """The places of the console, pulled apart until no box covers another; None when they are not known, or too close."""
    metadata = json.loads(content).get("Metadata")
    known = metadata.get("ActionMetadata") if isinstance(metadata, dict) else None
    found = [_position(known.get(action.identifier)) for action in flow.actions] if isinstance(known, dict) else []
    places = [place for place in found if place is not None]
    if not places or len(places) < len(flow.actions):
        return None
    spread_x, spread_y = _spread(places, [height_of(len(each)) for each in leaving])
    if max(spread_x, spread_y) > MAX_SPREAD:
        return None
    return _from_corner([(x * spread_x, y * spread_y) for x, y in places])


def _position(entry: Any) -> Place | None:
    position = (entry.get("position") or entry.get("Position")) if isinstance(entry, dict) else None
    if not isinstance(position, dict):
        return None
    x, y = _coordinate(position.get("x")), _coordinate(position.get("y"))
    return None if x is None or y is None else (x, y)


def _coordinate(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) <= FARTHEST else None


def _spread(places: Sequence[Place], heights: Sequence[float]) -> tuple[float, float]:
    """By how much to multiply the places, across and down, so that of every two boxes one is beside or below the other."""
    across, down = 1.0, 1.0
    for index, (x, y) in enumerate(places):
        for other, (x2, y2) in enumerate(places[:index]):
            upper = heights[index] if y < y2 else heights[other]
            beside = (WIDTH + LEAST_GAP) / abs(x - x2) if x != x2 else float("inf")
            below = (upper + LEAST_GAP) / abs(y - y2) if y != y2 else float("inf")
            if beside < below:
                across = max(across, beside)
            else:
                down = max(down, below)
    return across, down
