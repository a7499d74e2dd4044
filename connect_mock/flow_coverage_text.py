"""Coverage of flows for a terminal: a line for each flow, and below it what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from connect_mock.flow_coverage import Coverage, FlowCoverage, Transition

HEADINGS = ("flow", "type", "actions", "transitions", "covered")

Row = tuple[str, ...]


def report(coverage: Coverage) -> Iterator[str]:
    """The lines, the total last."""
    flows = coverage.flows
    rows = [HEADINGS, *(_row(coverage.title_of(flow), flow) for flow in flows), _total(flows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield _aligned(rows[0], widths)
    for flow, row in zip(flows, rows[1:], strict=False):
        yield _aligned(row, widths)
        yield from _missed(flow)
    yield _aligned(rows[-1], widths)


def _row(title: str, flow: FlowCoverage) -> Row:
    return title, flow.type, str(flow.action_share), str(flow.transition_share), f"{flow.total.percent:g}%"


def _total(flows: list[FlowCoverage]) -> Row:
    actions, transitions = (sum(shares[1:], shares[0]) for shares in zip(*map(_shares, flows), strict=True))
    return "total", "", str(actions), str(transitions), f"{(actions + transitions).percent:g}%"
