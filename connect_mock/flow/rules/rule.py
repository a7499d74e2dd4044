"""What a rule is: a generator of findings about a document and its actions, with a name that does not change.

The first words of a finding are the service's own where they are known ("Invalid Action property value"); the action's
identifier and a sentence that says what would be accepted are added to them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from connect_mock.flow.rules.publication import Subject

ERROR, WARNING = "error", "warning"

INVALID_VALUE = "Invalid Action property value"
UNUSUAL_VALUE = "Unusual Action property value"
INVALID_NAME = "Invalid Action property name"
MISSING = "Action is missing required property"


@dataclass(frozen=True)
class Problem:
    """Why content cannot be published or, when `severity` is `warning`, what is odd about it."""

    rule: str
    identifier: str
    """Of the action; empty when it is about the document."""
    path: str
    """Where in the document, such as `Actions[3].Parameters.Text`; empty for the whole of it."""
    message: str
    severity: str = ERROR


class Finding(NamedTuple):
    """What a rule yields."""

    subject: Subject | None
    """The action that it is about; None for the document."""
    what: str
    path: str
    """Below the action, or below the document."""
    accepts: str
    shown: str = ""
    """What the service shows in place of the path."""
    severity: str = ERROR


Findings = Iterator[Finding]
Check = Callable[[Any], Findings]

# --- the registry


class Rule(NamedTuple):
    """A rule, by its name."""

    name: str
    check: Check
    about: str
    """`content` (the text), `flow`, or `parameters` of its actions."""

    @property
    def explanation(self) -> str:
        """Its docstring."""
        return inspect.cleandoc(self.check.__doc__ or "")


REGISTERED: dict[str, Rule] = {}
"""By name."""


def rule(name: str, about: str = "flow") -> Callable[[Check], Check]:
    """Makes a generator function a rule."""

    def register(check: Check) -> Check:
        if name in REGISTERED:
            raise ValueError(f"there is a rule {name} already")
        REGISTERED[name] = Rule(name, check, about)
        return check

    return register


# --- words


def shown(value: Any, limit: int = 40) -> str:
    """A value in a message: short, on one line, whatever it is."""
    if isinstance(value, str):
        return repr(value) if len(value) <= limit else f"{value[:limit]!r}..."
    if isinstance(value, dict | list):
        return f"an {'object' if isinstance(value, dict) else 'array'}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)[:limit]


def plain(text: str, limit: int = 60) -> str:
    """A name or path in a message, without quotes."""
    return repr(text[:limit])[1:-1]


def bare(value: Any) -> str:
    """The same without quotes."""
    return plain(value) if isinstance(value, str) else shown(value)


def listed(names: Any, limit: int = 12) -> str:
    """`A, B or C`; the first of many."""
    names = [plain(each) for each in names]
    if len(names) > limit:
        return f"{', '.join(names[:limit])} or another of {len(names)}"
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
