"""Coverage of flows for a terminal: a line for each flow, and below it what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from connect_mock.flow.document import Action
from connect_mock.flow_coverage.measuring import Coverage, FlowCoverage

HEADINGS = ("flow", "type", "actions", "transitions", "covered")


class Line(NamedTuple):
    """A line of a report, and the colour that a terminal that has any gives it."""

    text: str
    colour: str = ""


class Missed(NamedTuple):
    """Something that no run did."""

    action: Action
    what: str
    """`never ran`, or `never took` with the names of transitions."""


def report(coverage: Coverage) -> Iterator[Line]:
    """The lines, the total last."""
    flows = coverage.flows
    rows = [HEADINGS, *(_row(coverage.title_of(flow), flow.type, flow) for flow in flows), _row("total", "", coverage)]
    heading, *lines, total = _aligned(rows)
    yield Line(heading)
    for line, flow in zip(lines, flows, strict=True):
        yield Line(line, _colour(flow))
        yield from (Line(f"    {each}") for each in _sentences(flow))
    yield Line(total, _colour(coverage))


def missed(flow: FlowCoverage) -> Iterator[Missed]:
    """The actions that were never run, then those that were not left by every branch."""
    for action in flow.missed_actions:
        yield Missed(action, "never ran")
    unseen = {action.identifier for action in flow.missed_actions}
    for action, ways in groupby(flow.missed_transitions, key=attrgetter("action")):
        if action.identifier not in unseen:
            yield Missed(action, f"never took {', '.join(each.name for each in ways)}")


def _sentences(flow: FlowCoverage) -> Iterator[str]:
    if not flow.ran:
        yield f"never ran, with {len(flow.actions)} actions"
        return
    for action, what in missed(flow):
        yield f"{action.identifier} ({action.type}) {what}"


def _row(title: str, type: str, measured: Coverage | FlowCoverage) -> tuple[str, ...]:
    return title, type, str(measured.action_share), str(measured.transition_share), f"{measured.total.percent:g}%"


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    sides = "<<>>>"
    return ["  ".join(f"{each:{side}{width}}" for each, side, width in zip(row, sides, widths, strict=True)) for row in rows]


def _colour(measured: Coverage | FlowCoverage) -> str:
    if measured.total.covered == measured.total.total:
        return "green"
    return "yellow" if measured.total.covered else "red"
