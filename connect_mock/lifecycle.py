"""States that a thing passes through by itself, such as CREATION_IN_PROGRESS and then ACTIVE.

They end at once unless moto's state manager says otherwise for the model name: `immediate`, `manual` with `times` looks, or
`time` with `seconds` on the mock's clock.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from connect_mock import clock
from connect_mock.collection import Collection


def _immediate(model_name: str) -> dict[str, Any]:
    return {"progression": "immediate"}


progression: Callable[[str], dict[str, Any]] = _immediate
"""What the state manager says of a model name; `moto_bridge` puts moto's here."""


def use(source: Callable[[str], dict[str, Any]]) -> None:
    """Ask `source` from now on."""
    global progression
    progression = source


@dataclass(slots=True, repr=False)
class Lifecycle:
    """Where a thing is on its way through `states`."""

    model_name: str
    """The name under which moto's state manager knows it, for example `connect::instance`."""
    states: tuple[str, ...]
    reached: int = 0
    looks: int = 0
    since: datetime.datetime = field(default_factory=clock.now)

    def __repr__(self) -> str:
        """Without what nobody sees: whether a state that is over was left already."""
        return f"Lifecycle({self.model_name!r}, {self.state!r}, looks={self.looks})"

    def look(self) -> None:
        """Count one look at the thing: a Describe call."""
        self.looks += 1

    @property
    def state(self) -> str:
        """The state it is in now."""
        while self.reached < len(self.states) - 1 and self._is_due():
            self.reached, self.looks, self.since = self.reached + 1, 0, clock.now()
        return self.states[self.reached]

    def _is_due(self) -> bool:
        rule = progression(self.model_name)
        if rule["progression"] == "manual":
            return bool(self.looks >= rule["times"])
        if rule["progression"] == "time":
            return clock.now() > self.since + datetime.timedelta(seconds=rule["seconds"])
        return True


GONE = "GONE"
"""The last state of what is being deleted."""

C = TypeVar("C", bound=Collection[Any])


def without_gone(collection: C) -> C:
    """The collection, after those whose property `gone` is true were taken out: nothing else watches them."""
    for each in [each for each in collection if each.gone]:
        collection.remove(each)
    return collection
