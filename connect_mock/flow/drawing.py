"""Pictures of a flow: Mermaid text, and SVG that needs nothing else.

Actions stand where the console put them, when the Metadata say where; otherwise in columns, by the number of steps from the
start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from connect_mock.flow.document import Action, Flow, read

WIDTH, HEIGHT = 200, 64
COLUMN, ROW = 340, 130
MARGIN = 40
LONGEST_LABEL = 26


@dataclass(frozen=True)
class Arrow:
    """A transition: from action to action, by their index, and what it is called."""

    start: int
    end: int
    label: str
    is_error: bool


@dataclass(frozen=True)
class Box:
    """An action and the place of its upper left corner, in pixels."""

    action: Action
    x: float
    y: float


def arrows(flow: Flow) -> Iterator[Arrow]:
    """Every transition to an action that exists."""
    index_of = {action.identifier: action.index for action in flow.actions}
    for action in flow.actions:
        for path, target in action.targets():
            if isinstance(target, str) and target in index_of:
                label, is_error = _label(action, path)
                yield Arrow(action.index, index_of[target], label, is_error)


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


def boxes(content: str, flow: Flow) -> list[Box]:
    """Where each action stands."""
    metadata = json.loads(content).get("Metadata")
    known = metadata.get("ActionMetadata", {}) if isinstance(metadata, dict) else {}
    places = [_position(known.get(action.identifier) if isinstance(known, dict) else None) for action in flow.actions]
    found = [place for place in places if place is not None]
    if len(found) < len(flow.actions):
        return [Box(action, *place) for action, place in zip(flow.actions, _columns(flow), strict=True)]
    left, top = min((x for x, _ in found), default=0), min((y for _, y in found), default=0)
    return [Box(action, x - left, y - top) for action, (x, y) in zip(flow.actions, found, strict=True)]


def _position(entry: Any) -> tuple[float, float] | None:
    position = (entry.get("position") or entry.get("Position")) if isinstance(entry, dict) else None
    if not isinstance(position, dict):
        return None
    x, y = position.get("x"), position.get("y")
    return (float(x), float(y)) if isinstance(x, int | float) and isinstance(y, int | float) else None


def _columns(flow: Flow) -> list[tuple[float, float]]:
    """One column for each number of steps from the start; what cannot be reached comes last."""
    depth: dict[int, int] = {}
    level = [action.index for action in flow.actions if action.identifier == flow.start_action][:1]
    following: dict[int, list[int]] = {}
    for arrow in arrows(flow):
        following.setdefault(arrow.start, []).append(arrow.end)
    while level:
        column = max(depth.values(), default=-1) + 1
        depth |= dict.fromkeys(level, column)
        level = list(dict.fromkeys(each for index in level for each in following.get(index, ()) if each not in depth))
    last = max(depth.values(), default=-1) + 1
    rows: dict[int, int] = {}
    places = []
    for action in flow.actions:
        column = depth.get(action.index, last)
        rows[column] = rows.get(column, -1) + 1
        places.append((float(column * COLUMN), float(rows[column] * ROW)))
    return places


# --- Mermaid ----------------------------------------------------------------------------------------------------------


def mermaid(content: str) -> str:
    """The flow as a Mermaid flowchart; raises NotAFlow."""
    flow = read(content)
    lines = ["flowchart LR", "    start([Start])"]
    lines += [f'    a{each.index}["{_quoted(each.type)}<br/>{_quoted(each.identifier)}"]' for each in flow.actions]
    lines += [f"    start --> a{each.index}" for each in flow.actions if each.identifier == flow.start_action]
    for arrow in arrows(flow):
        line = "-.->" if arrow.is_error else "-->"
        label = f'|"{_quoted(arrow.label)}"|' if arrow.label else ""
        lines.append(f"    a{arrow.start} {line}{label} a{arrow.end}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return escape(text, quote=True).replace("&#x27;", "'").replace("\n", " ")


# --- SVG --------------------------------------------------------------------------------------------------------------

STYLE = (
    "text{font:12px sans-serif;fill:#222}.type{font-weight:bold}"
    "text.label{font-size:10px;fill:#555;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    "rect{fill:#fff;stroke:#446;rx:6}path{fill:none;stroke:#446}.error{stroke:#b55;stroke-dasharray:4 3}"
)


def svg(content: str) -> str:
    """The flow as an SVG picture; raises NotAFlow."""
    flow = read(content)
    placed = boxes(content, flow)
    width = max((box.x for box in placed), default=0) + WIDTH + 2 * MARGIN
    height = max((box.y for box in placed), default=0) + HEIGHT + 2 * MARGIN
    lines = [_line(group, placed[group[0].start], placed[group[0].end]) for group in _bundles(flow)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" style="fill:#446;stroke:none"/></marker></defs>',
        f'<g transform="translate({MARGIN} {MARGIN})">',
        *(curve for curve, _ in lines),
        *(_rectangle(box, box.action.identifier == flow.start_action) for box in placed),
        *(labels for _, labels in lines if labels),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bundles(flow: Flow) -> list[list[Arrow]]:
    """The arrows between the same two actions, drawn as one."""
    bundles: dict[tuple[int, int], list[Arrow]] = {}
    for arrow in arrows(flow):
        bundles.setdefault((arrow.start, arrow.end), []).append(arrow)
    return list(bundles.values())


def _line(bundle: list[Arrow], start: Box, end: Box) -> tuple[str, str]:
    """A curve from the right side of one box to the left side of the other, and the labels in its middle."""
    x1, y1, x2, y2 = start.x + WIDTH, start.y + HEIGHT / 2, end.x, end.y + HEIGHT / 2
    bend = min(max(abs(x2 - x1) / 2, 60), 120)
    rise = HEIGHT if start is end else 0
    curve = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1 - rise:g} {x2 - bend:g} {y2 - rise:g} {x2:g} {y2:g}"
    kind = ' class="error"' if all(arrow.is_error for arrow in bundle) else ""
    texts = [arrow.label for arrow in bundle if arrow.label]
    x, bottom = (x1 + x2) / 2, (y1 + y2) / 2 - 4 - rise / 2
    labels = "".join(_text(text, x, bottom - 11 * place) for place, text in enumerate(reversed(texts)))
    return f'<path{kind} d="{curve}" marker-end="url(#tip)"/>', labels


def _text(text: str, x: float, y: float) -> str:
    return f'<text class="label" x="{x:g}" y="{y:g}" text-anchor="middle">{_short(text)}</text>'


def _rectangle(box: Box, is_start: bool) -> str:
    thick = ' stroke-width="3"' if is_start else ""
    middle = box.x + WIDTH / 2
    return (
        f"<g><title>{escape(box.action.type)}: {escape(box.action.identifier)}</title>"
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{WIDTH}" height="{HEIGHT}"{thick}/>'
        f'<text class="type" x="{middle:g}" y="{box.y + 27:g}" text-anchor="middle">{_short(box.action.type)}</text>'
        f'<text x="{middle:g}" y="{box.y + 46:g}" text-anchor="middle">{_short(box.action.identifier)}</text></g>'
    )


def _short(text: str) -> str:
    return escape(text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…")


FORMATS = {"svg": svg, "mermaid": mermaid}
"""The formats by the name that `connect-mock draw --format` knows them by."""
