"""Coverage of flows as a page: each flow is drawn, with what was run and what was missed. It needs no other file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from connect_mock.flow.document import Action
from connect_mock.flow.drawing import SHAPES, Colouring, Look, shown, svg
from connect_mock.flow_coverage.measuring import Coverage, FlowCoverage, Share
from connect_mock.flow_coverage.text import missed

SAFETY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">"""
"""Nothing that a flow says can make a browser do anything."""

LEGEND = (("covered", "taken"), ("missed", "missed"), ("uncounted", "no run can take it"))


def page(coverage: Coverage) -> str:
    """The whole page."""
    style = resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    flows = [_Drawn(flow, coverage.title_of(flow), f"flow-{place}") for place, flow in enumerate(coverage.flows)]
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        SAFETY,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Flow coverage: {coverage.percent:g}%</title>",
        f"<style>{SHAPES}{style}</style></head><body>",
        _header(coverage),
        "<main>",
        *_table(flows),
        *(flow.section() for flow in flows),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _header(coverage: Coverage) -> str:
    counted = f"{coverage.action_share} actions and {coverage.transition_share} transitions"
    flows = _several(len(coverage.flows), "flow or module", "flows and modules")
    legend = "".join(f'<li class="{classes}">{what}</li>' for classes, what in LEGEND)
    return (
        f'<header><p class="figure {_grade(coverage.total)}">{coverage.percent:g}<small>%</small></p>'
        f"<div><h1>Flow coverage</h1><p>{counted} of {flows}</p>{_bar(coverage.total)}</div>"
        f'<ul class="legend">{legend}</ul></header>'
    )


def _table(flows: list[_Drawn]) -> Iterator[str]:
    headings = "<th>Flow</th><th>Type</th><th>Actions</th><th>Transitions</th><th>Covered</th><th></th>"
    yield f'<div class="card"><table><thead><tr>{headings}</tr></thead><tbody>'
    yield from (each.row() for each in flows)
    yield "</tbody></table></div>"


@dataclass(eq=False)
class _Drawn:
    """A flow on the page."""

    flow: FlowCoverage
    title: str
    anchor: str

    def row(self) -> str:
        """Its line in the table."""
        flow = self.flow
        cells = (shown(flow.type), flow.action_share, flow.transition_share, _percent(flow.total), _bar(flow.total))
        named = f'<th scope="row"><a href="#{self.anchor}">{shown(self.title)}</a></th>'
        return f"<tr>{named}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    def section(self) -> str:
        """Its picture, and what was missed."""
        heading = f'{shown(self.title)} <span class="kind">{shown(self.flow.type)}</span>{_percent(self.flow.total)}'
        picture = svg(self.flow.content, Colouring("", self._of_action, self._of_transition), self.anchor)
        return (
            f'<section class="card" id="{self.anchor}"><h2>{heading}</h2>'
            f'<div class="picture" tabindex="0">{picture}</div>{self._missed()}</section>'
        )

    def _missed(self) -> str:
        found = list(missed(self.flow))
        if not found:
            return ""
        actions = _several(len(self.flow.missed_actions), "action", "actions")
        transitions = _several(len(self.flow.missed_transitions), "transition", "transitions")
        items = "".join(self._item(action, what) for action, what in found)
        return f"<details><summary>Missed: {actions} and {transitions}</summary><ul>{items}</ul></details>"

    def _item(self, action: Action, what: str) -> str:
        place = f'<a href="#{self.anchor}-{action.index}">{shown(action.identifier)}</a>'
        return f'<li>{place} <span class="kind">{shown(action.type)}</span> {shown(what)}</li>'

    # --- colours

    @cached_property
    def _counted(self) -> set[tuple[str, str]]:
        return {each.key for each in self.flow.transitions}

    def _of_action(self, action: Action) -> Look:
        return Look("covered") if action.identifier in self.flow.ran else Look("missed", "never ran")

    def _of_transition(self, action: Action, path: str) -> Look:
        key = action.identifier, path
        if key not in self._counted:
            return Look("uncounted", "no run can take it")
        times = self.flow.taken[key]
        if not times:
            return Look("missed", "never taken")
        return Look("covered", f"taken {_several(times, 'time', 'times')}", is_in_front=True)


def _several(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _percent(share: Share) -> str:
    return f'<span class="percent {_grade(share)}">{share.percent:g}%</span>'


def _bar(share: Share) -> str:
    return f'<span class="bar"><span class="{_grade(share)}" style="width:{share.percent:g}%"></span></span>'


def _grade(share: Share) -> str:
    if share.covered == share.total:
        return "full"
    return "partial" if share.covered else "none"
