"""The flow actions and what running them does, worked out from the action types and the facts on the language."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass

from connect_mock.flow.actions import ACTIONS
from connect_mock.flow.actions.effects import Recorded
from connect_mock.flow.language import language

FULLY = "fully"
RECORDED = "is noted, and succeeds. {}"
REFUSED = "cannot be published: the service refuses the type"


@dataclass(frozen=True)
class Row:
    """One action type."""

    name: str
    runs: str
    """`fully`, or why not."""
    does: str
    """What it does, in a sentence or two."""
    errors: tuple[str, ...]
    """The error branches that it can take, in one form or another."""


def rows() -> list[Row]:
    """All action types by name."""
    return [_row(name) for name in sorted(ACTIONS)]


def _row(name: str) -> Row:
    facts = language().actions.get(name)
    errors = tuple(sorted(facts.errors_in_any_form)) if facts else ()
    does, *more = _paragraphs(name)
    why_not = RECORDED.format(more[0]) if more and issubclass(ACTIONS[name], Recorded) else FULLY
    return Row(name, REFUSED if facts is None else why_not, does, errors)


def _paragraphs(name: str) -> list[str]:
    """Of the docstring, each on one line."""
    text = inspect.getdoc(ACTIONS[name]) or ""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def as_table(table: list[Row]) -> str:
    """For a terminal."""
    width = max(len(row.name) for row in table)
    return "\n".join(f"{row.name:{width}}  {row.runs}" for row in table)


def as_markdown(table: list[Row]) -> str:
    """For the README."""
    lines = [f"| `{row.name}` | {row.runs} | {row.does} | {', '.join(row.errors)} |" for row in table]
    return "\n".join(["| action | runs | | error branches |", "|---|---|---|---|", *lines])


def as_json(table: list[Row]) -> str:
    """For programs."""
    return json.dumps({row.name: {"runs": row.runs, "does": row.does, "errors": row.errors} for row in table}, indent=2)


FORMATS = {"table": as_table, "markdown": as_markdown, "json": as_json}
"""The formats by the name that `connect-mock actions --format` knows them by."""
