"""Which actions and transitions of flows and modules were run: coverage of flows, as coverage.py measures that of code.

    with measured() as coverage:
        ...
    print(coverage.percent, *coverage.flows)

It is measured in the process where the flows run. A flow counts that ran, or was published and never ran; those that a new
instance comes with count when they ran. The same flow made again and again is one flow: the one of that name and type with the
same actions and transitions, whatever the parameters of its actions say.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

from connect_mock import publishing
from connect_mock.contacts import flow_runs
from connect_mock.flow.compiled import CACHED_FLOWS, ReadyFlow, ready_flow
from connect_mock.flow.document import Action, read
from connect_mock.flow.host import LogEntry, Step
from connect_mock.flow.language import MODULE
from connect_mock.flow.layout import name_of
from connect_mock.flow.ways_out import ways_out
from connect_mock.resources.contact_flow_modules import ContactFlowModule
from connect_mock.resources.contact_flows import ContactFlow
from connect_mock.resources.default_flows import flow_files

NAMES_OF_RESOURCES = re.compile(r"arn:[^\s\"]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What differs in the conditions of a flow from one instance to the next."""


@dataclass(frozen=True)
class Transition:
    """A branch of an action."""

    action: Action
    path: str
    """Where it is below the action, as `Action.targets` has it."""

    @property
    def name(self) -> str:
        """Its ErrorType, what its condition compares with, or NextAction."""
        return name_of(self.action, self.path)

    @property
    def key(self) -> tuple[str, str]:
        """The identifier of its action, and its path."""
        return self.action.identifier, self.path


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    covered: int
    total: int

    def __str__(self) -> str:
        return f"{self.covered}/{self.total}"

    def __add__(self, other: Share) -> Share:
        return Share(self.covered + other.covered, self.total + other.total)

    @property
    def percent(self) -> float:
        """To one decimal, and never rounded up; 100 of nothing."""
        return 1000 * self.covered // self.total / 10 if self.total else 100.0

    def is_below(self, percent: float) -> bool:
        """Whether it is less than that."""
        return 100 * self.covered < percent * self.total


NOTHING = Share(0, 0)


@dataclass(eq=False)
class FlowCoverage:
    """What of one flow or module was run."""

    name: str
    type: str
    """CONTACT_FLOW and so on, or MODULE."""
    content: str = field(repr=False)
    ran: set[str] = field(default_factory=set, repr=False)
    """The identifiers of actions."""
    taken: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)
    """How often each transition was taken, by `Transition.key`."""

    def __str__(self) -> str:
        return f"{self.name}: {self.total.percent:g}%"

    @cached_property
    def _flow(self) -> ReadyFlow:
        return ready_flow(self.content)

    @cached_property
    def actions(self) -> list[Action]:
        """All of them, in the order of the content."""
        return sorted((ready.entry for ready in self._flow.actions.values()), key=lambda action: action.index)

    @property
    def transitions(self) -> list[Transition]:
        """Those that a run can take, or took."""
        return [each for action in self.actions for each in self._of(action)]

    def _of(self, action: Action) -> Iterator[Transition]:
        usable = {each.path for each in ways_out(self._flow.actions[action.identifier], self.type)}
        for path, target in action.targets():
            if (
                isinstance(target, str)
                and target in self._flow.actions
                and (path in usable or (action.identifier, path) in self.taken)
            ):
                yield Transition(action, path)

    @property
    def missed_actions(self) -> list[Action]:
        """Those that were never run."""
        return [action for action in self.actions if action.identifier not in self.ran]

    @property
    def missed_transitions(self) -> list[Transition]:
        """Those that were never taken."""
        return [each for each in self.transitions if each.key not in self.taken]

    @property
    def action_share(self) -> Share:
        """The actions that were run."""
        return Share(len(self.actions) - len(self.missed_actions), len(self.actions))

    @property
    def transition_share(self) -> Share:
        """The transitions that were taken."""
        transitions = self.transitions
        return Share(len(transitions) - len(self.missed_transitions), len(transitions))

    @property
    def total(self) -> Share:
        """Both together."""
        return self.action_share + self.transition_share


Key = tuple[str, str, str]
"""A flow: its name, its type and its fingerprint."""


class Coverage:
    """What of several flows was run."""

    def __init__(self) -> None:
        self._flows: dict[Key, FlowCoverage] = {}
        self._published: dict[Any, Key] = {}
        """The flow that was last published, by ARN, and those of other processes."""

    @property
    def flows(self) -> list[FlowCoverage]:
        """By name."""
        published = set(self._published.values())
        counted = [key for key, flow in self._flows.items() if flow.ran or key in published]
        return [self._flows[key] for key in sorted(counted)]

    @property
    def action_share(self) -> Share:
        """The actions that were run, of all flows."""
        return sum((flow.action_share for flow in self.flows), NOTHING)

    @property
    def transition_share(self) -> Share:
        """The transitions that were taken, of all flows."""
        return sum((flow.transition_share for flow in self.flows), NOTHING)

    @property
    def total(self) -> Share:
        """Both together."""
        return self.action_share + self.transition_share

    @property
    def percent(self) -> float:
        """Of the actions and transitions of all flows, to one decimal."""
        return self.total.percent

    def title_of(self, flow: FlowCoverage) -> str:
        """Its name, with the beginning of the fingerprint where another flow has that name and type."""
        others = [each for each in self.flows if (each.name, each.type) == (flow.name, flow.type)]
        return flow.name if len(others) == 1 else f"{flow.name} [{fingerprint(flow.content)[:7]}]"

    # --- measuring

    def notice(self, event: Step | LogEntry) -> None:
        """An action was run, which its log says even while it waits, or left by a branch."""
        flow = self._flow(event.flow.name, event.flow.type, event.flow.content)
        if isinstance(event, LogEntry):
            flow.ran.add(event.identifier)
        elif event.branch:
            flow.taken[event.action.identifier, event.branch] += 1

    def notice_published(self, made: Any) -> None:
        """A flow or module was published: what was published under its ARN before counts only if it ran."""
        if isinstance(made, (ContactFlow, ContactFlowModule)) and made.name not in _default_names():
            type = made.type if isinstance(made, ContactFlow) else MODULE
            self._published[made.arn] = self._key(made.name, type, made.content)
            self._flow(made.name, type, made.content)

    def _flow(self, name: str, type: str, content: str) -> FlowCoverage:
        key = self._key(name, type, content)
        if key not in self._flows:
            self._flows[key] = FlowCoverage(name, type, content)
        return self._flows[key]

    def _key(self, name: str, type: str, content: str) -> Key:
        return name, type, fingerprint(content)

    # --- from one process to another

    def as_data(self) -> list[Any]:
        """All of it in lists, texts and numbers."""
        return [
            [flow.name, flow.type, flow.content, sorted(flow.ran), [[*key, count] for key, count in flow.taken.items()]]
            for flow in self.flows
        ]

    def add(self, data: Iterable[Sequence[Any]]) -> None:
        """Add what `as_data` of another one gave."""
        for name, type, content, ran, taken in data:
            key = self._key(name, type, content)
            flow = self._flow(name, type, content)
            self._published[key] = key
            flow.ran.update(ran)
            flow.taken.update({(identifier, path): count for identifier, path, count in taken})


@lru_cache(maxsize=CACHED_FLOWS)
def fingerprint(content: str) -> str:
    """The same for contents whose actions and transitions are the same but for what conditions name of the instance."""
    flow = read(content)
    actions = [[each.identifier, each.type, [[*way, _named(each, way[0])] for way in each.targets()]] for each in flow.actions]
    return hashlib.sha256(json.dumps([flow.start_action, actions]).encode()).hexdigest()


def _named(action: Action, path: str) -> str:
    return NAMES_OF_RESOURCES.sub("*", name_of(action, path))


@cache
def _default_names() -> frozenset[str]:
    return frozenset(flow["Name"] for flow in flow_files())


@contextmanager
def measured() -> Iterator[Coverage]:
    """Measures while the block runs. Blocks may be inside one another."""
    coverage = Coverage()
    flow_runs.watchers.append(coverage.notice)
    publishing.watchers.append(coverage.notice_published)
    try:
        yield coverage
    finally:
        flow_runs.watchers.remove(coverage.notice)
        publishing.watchers.remove(coverage.notice_published)
