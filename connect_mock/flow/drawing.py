"""Pictures of a flow: Mermaid text, and SVG that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from connect_mock.flow.columns import HEAD, WIDTH
from connect_mock.flow.document import Action, read
from connect_mock.flow.layout import LEAST_GAP, Arrow, Box, arrows, boxes

MARGIN = 48
LONGEST_NAME, LONGEST_LABEL = 26, 31
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What must not stand in XML."""

# --- Mermaid ----------------------------------------------------------------------------------------------------------


def mermaid(content: str) -> str:
    """The flow as a Mermaid flowchart; raises NotAFlow."""
    flow = read(content)
    lines = ["flowchart LR", "    start([Start])"]
    for place, each in enumerate(flow.actions):
        lines.append(f'    a{place}["{_quoted(each.type)}<br/>{_quoted(each.identifier)}"]')
    lines += [f"    start --> a{place}" for place, each in enumerate(flow.actions) if each.identifier == flow.start_action]
    for arrow in arrows(flow):
        line = "-.->" if arrow.is_error else "-->"
        label = f'|"{_quoted(arrow.label)}"|' if arrow.label else ""
        lines.append(f"    a{arrow.start} {line}{label} a{arrow.end}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return escape(text, quote=True).replace("&#x27;", "'").replace("\n", " ")


# --- SVG --------------------------------------------------------------------------------------------------------------


class Look(NamedTuple):
    """How something is told apart from the rest."""

    classes: str = ""
    """Of CSS."""
    says: str = ""
    """A few words that show when one points at it."""
    is_in_front: bool = False
    """Whether lines of this look cover the others."""


@dataclass(frozen=True)
class Colouring:
    """How the boxes and lines of a picture look."""

    style: str
    """Style sheet, put after the one that all pictures have; empty for pictures in a page that has them both."""
    of_action: Callable[[Action], Look] = lambda action: Look()
    of_transition: Callable[[Action, str], Look] = lambda action, path: Look()
    """Of the transition at that path below the action."""


SHAPES = """
.flow{font:12px system-ui,'Segoe UI',Helvetica,Arial,sans-serif}
.flow .type{font-weight:600}
.flow .name,.flow .way text{font-size:11px}
.flow .line{fill:none;stroke-width:1.4}
"""
"""The part of a style sheet that has no colours."""

PLAIN = Colouring(
    SHAPES
    + """
.flow text{fill:#1d2433}
.flow .name{fill:#5b6475}
.flow .way text{fill:#465066}
.flow rect{fill:#fff;stroke:#8c97ab}
.flow .rule{stroke:#e3e7ee}
.flow .line{stroke:#64748b}
.flow .tip,.flow circle{fill:#64748b}
.flow .error .line{stroke:#b4534f;stroke-dasharray:5 4}
.flow .error .tip,.flow .error circle{fill:#b4534f}
"""
)


def svg(content: str, colouring: Colouring = PLAIN, anchor: str = "") -> str:
    """The flow as an SVG picture; raises NotAFlow. With `anchor`, the box of Actions[2] has the id `{anchor}-2`."""
    flow = read(content)
    placed = boxes(content, flow)
    width = max((box.x + WIDTH for box in placed), default=0) + 2 * MARGIN
    height = max((box.y + box.height for box in placed), default=0) + 2 * MARGIN
    size = f'style="--width:{width:g}px" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    parts = [
        f'<svg class="flow" xmlns="http://www.w3.org/2000/svg" {size}>',
        *([f"<style>{colouring.style}</style>"] if colouring.style else []),
        f'<g transform="translate({MARGIN} {MARGIN})">',
        *_lines(placed, colouring),
        *(_entry(box) for box in placed if box.action.identifier == flow.start_action),
        *(_box(box, colouring, f"{anchor}-{box.action.index}" if anchor else "") for box in placed),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(placed: Sequence[Box], colouring: Colouring) -> list[str]:
    """Those in front last."""
    drawn: dict[bool, list[str]] = {False: [], True: []}
    for box in placed:
        for row, arrow in enumerate(box.arrows):
            look = colouring.of_transition(box.action, arrow.path)
            drawn[look.is_in_front].append(_line(box, row, placed[arrow.end], look))
    return drawn[False] + drawn[True]


def _line(box: Box, row: int, end: Box, look: Look) -> str:
    """A line from a row of a box to the left side of another, with a tip."""
    arrow = box.arrows[row]
    path = _curve(box, row, end) if end.x - box.x >= WIDTH + LEAST_GAP else _loop(box, row, end)
    return _group(_classes(arrow, look), _title(arrow.name, look) + f'<path class="line" d="{path}"/>{_tip(end)}')


def _curve(box: Box, row: int, end: Box) -> str:
    """To the right, through the lanes on the way."""
    x, y = box.x + WIDTH, box.exit(row)
    path = [f"M{x:g} {y:g}"]
    for x2, y2 in box.lanes_to(box.arrows[row].end, end.x):
        path.append(f"{_bent(x, y, x2, y2)}H{x2 + WIDTH:g}")
        x, y = x2 + WIDTH, y2
    return "".join([*path, _bent(x, y, end.x - 7, end.entrance)])


def _bent(x: float, y: float, x2: float, y2: float) -> str:
    bend = min(max((x2 - x) / 2, 48), 160)
    return f"C{x + bend:g} {y:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"


def _loop(box: Box, row: int, end: Box) -> str:
    """Back to the left: between the two boxes, or below them where they stand side by side."""
    x1, y1, x2, y2 = box.x + WIDTH, box.exit(row), end.x, end.entrance
    upper, lower = sorted((box, end), key=lambda each: each.y)
    bottom = upper.y + upper.height
    below = (bottom if lower.y > bottom else max(bottom, lower.y + lower.height)) + 12 + 4 * row
    return (
        f"M{x1:g} {y1:g}C{x1 + 36:g} {y1:g} {x1 + 36:g} {below:g} {x1 - 8:g} {below:g}"
        f"L{x2 + 8:g} {below:g}C{x2 - 40:g} {below:g} {x2 - 40:g} {y2:g} {x2 - 7:g} {y2:g}"
    )


def _tip(end: Box) -> str:
    x, y = end.x, end.entrance
    return f'<path class="tip" d="M{x - 9:g} {y - 4.5:g}L{x:g} {y:g}L{x - 9:g} {y + 4.5:g}z"/>'


def _entry(box: Box) -> str:
    x, y = box.x, box.entrance
    line = f'<circle cx="{x - 30:g}" cy="{y:g}" r="5"/><path class="line" d="M{x - 25:g} {y:g}H{x - 7:g}"/>'
    return _group("entry", f"<title>Start</title>{line}{_tip(box)}")


def _box(box: Box, colouring: Colouring, anchor: str) -> str:
    action, x, y = box.action, box.x, box.y
    look = colouring.of_action(action)
    parts = [
        _title(f"{action.type} {action.identifier}", look),
        f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{box.height:g}" rx="7"/>',
        f'<text class="type" x="{x + 12:g}" y="{y + 20:g}">{_short(action.type, LONGEST_NAME)}</text>',
        f'<text class="name" x="{x + 12:g}" y="{y + 37:g}">{_short(action.identifier, LONGEST_LABEL)}</text>',
        f'<path class="rule" d="M{x + 1:g} {y + HEAD:g}h{WIDTH - 2}"/>' if box.arrows else "",
        *(_row(box, row, colouring) for row in range(len(box.arrows))),
    ]
    return _group(_joined("box", look.classes), "".join(parts), anchor)


def _row(box: Box, row: int, colouring: Colouring) -> str:
    arrow, x, y = box.arrows[row], box.x + WIDTH, box.exit(row)
    look = colouring.of_transition(box.action, arrow.path)
    drawn = (
        f'<text x="{x - 12:g}" y="{y + 4:g}" text-anchor="end">{_short(arrow.name, LONGEST_LABEL)}</text>'
        f'<circle cx="{x:g}" cy="{y:g}" r="3.5"/>'
    )
    return _group(_joined("way", _classes(arrow, look)), _title(arrow.name, look) + drawn)


def _group(classes: str, inside: str, anchor: str = "") -> str:
    named = f' id="{anchor}"' if anchor else ""
    return f'<g class="{classes}"{named}>{inside}</g>'


def _classes(arrow: Arrow, look: Look) -> str:
    return _joined("error" if arrow.is_error else "", look.classes)


def _joined(*classes: str) -> str:
    return " ".join(filter(None, classes))


def _title(text: str, look: Look) -> str:
    return f"<title>{shown(f'{text}: {look.says}' if look.says else text)}</title>"


def _short(text: str, longest: int) -> str:
    return shown(text if len(text) <= longest else f"{text[: longest - 1]}…")


def shown(text: str) -> str:
    """Text as it can stand in XML and HTML."""
    return escape(UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))


FORMATS = {"svg": svg, "mermaid": mermaid}
"""The formats by the name that `connect-mock draw --format` knows them by."""
