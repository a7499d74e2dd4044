"""A host that answers what it is told to answer, and remembers what it was asked: how flows are tested without a backend."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from connect_mock.flow.document import Action
from connect_mock.flow.engine import Execution
from connect_mock.flow.host import (
    ContactChanges,
    ContactKind,
    HostError,
    LambdaCall,
    LexBot,
    LexTurn,
    LogEntry,
    Prompt,
    QueueMetrics,
    QueueTarget,
    RecordKind,
    Step,
    TargetContact,
)
from connect_mock.flow.outcomes import Ended, Event, Failure, Source, Waiting

NOON = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.timezone.utc)


@dataclass
class RecordingHost:
    """`known` is what `contact` answers, `done` is what was asked for, in order: (method, arguments...)."""

    known: dict[str, Any] = field(default_factory=lambda: {"Channel": "VOICE", "ContactId": "c-1", "Attributes": {}})
    refusals: dict[str, HostError] = field(default_factory=dict)
    """By method."""
    forced: dict[str, str] = field(default_factory=dict)
    """Error types by identifier."""
    sources: dict[str, Source] = field(default_factory=dict)
    records: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    lambda_answer: Any = field(default_factory=dict)
    turns: list[LexTurn] = field(default_factory=list)
    queue_metrics: QueueMetrics = field(default_factory=QueueMetrics)
    opened: bool = True
    logging: bool = False
    seed: int = 1
    done: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    time: datetime.datetime = NOON

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    @property
    def said(self) -> list[str]:
        """The texts of all prompts."""
        return [prompt.value for name, *arguments in self.done if name == "say" for prompt in arguments[0]]

    @property
    def path(self) -> list[str]:
        """The identifiers of the actions that were run."""
        return [step.action.identifier for step in self.steps]

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of each call of a method."""
        return [tuple(arguments) for method, *arguments in self.done if method == name]

    def _do(self, name: str, *arguments: Any) -> None:
        self.done.append((name, *arguments))
        if name in self.refusals:
            raise self.refusals[name]

    # --- Host

    def log(self, entry: LogEntry) -> None:
        self.entries.append(entry.rendered(self.known.get("ContactId", "")))

    def step(self, step: Step) -> None:
        self.steps.append(step)

    def now(self) -> datetime.datetime:
        return self.time

    def percentage(self) -> int:
        return self.random.randint(1, 100)

    def forced_error(self, flow: Source, action: Action, parameters: Mapping[str, Any]) -> str | None:
        return self.forced.get(action.identifier)

    def contact(self, root: str) -> Any:
        return self.known.get(root)

    def update_attributes(self, attributes: Mapping[str, str], target: TargetContact) -> None:
        self._do("update_attributes", attributes, target)
        self.known["Attributes"] = {**self.known.get("Attributes", {}), **attributes}

    def update_contact(self, changes: ContactChanges, target: TargetContact) -> None:
        self._do("update_contact", changes, target)
        self.logging = changes.get("FlowLogging", self.logging)

    def resume_contact(self) -> None:
        self._do("resume_contact")

    def set_target_queue(self, queue: QueueTarget) -> None:
        self._do("set_target_queue", queue)

    def transfer_to_queue(self, queue: QueueTarget | None) -> None:
        self._do("transfer_to_queue", queue)

    def say(self, prompts: Sequence[Prompt], repeatedly: bool = False) -> None:
        self._do("say", prompts, repeatedly)

    def show_view(self, view_id: str, data: Mapping[str, Any], hide_response: bool) -> None:
        self._do("show_view", view_id, data, hide_response)

    def in_hours(self, hours_of_operation_id: str | None) -> bool:
        self._do("in_hours", hours_of_operation_id)
        return self.opened

    def metrics(self, queue: QueueTarget | None, channel: str | None) -> QueueMetrics:
        self._do("metrics", queue, channel)
        return self.queue_metrics

    def invoke_lambda(self, call: LambdaCall) -> Any:
        self._do("invoke_lambda", call)
        return self.lambda_answer

    def lex_turn(self, bot: LexBot, text: str, session_attributes: Mapping[str, Any]) -> LexTurn:
        self._do("lex_turn", bot, text, session_attributes)
        return self.turns.pop(0)

    def call_third_party(self, number: str, parameters: Mapping[str, Any]) -> None:
        self._do("call_third_party", number)

    def start_contact(self, kind: ContactKind, parameters: Mapping[str, Any]) -> str:
        self._do("start_contact", kind, parameters)
        return f"new-{len(self.asked('start_contact'))}"

    def load(self, kind: Literal["FLOW", "MODULE"], id: str) -> Source:
        self._do("load", kind, id)
        if id not in self.sources:
            raise HostError(why=f"there is no {kind} {id!r}")
        return self.sources[id]

    def find(self, kind: RecordKind, query: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        self._do("find", kind, query)
        return self.records.get(kind, [])

    def store(self, kind: RecordKind, record: Mapping[str, Any]) -> Mapping[str, Any]:
        self._do("store", kind, record)
        return self.records.get(kind, [{}])[0]

    def record(self, effect: str, parameters: Mapping[str, Any]) -> None:
        self._do("record", effect, parameters)


# --- flows


def action(
    identifier: str,
    type: str,
    parameters: Mapping[str, Any] | None = None,
    to: str = "",
    *,
    on: Mapping[Any, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One action. `on` has its conditions: a text is tested with Equals, a pair is (operator, operand)."""
    conditions = [(each if isinstance(each, tuple) else ("Equals", each), target) for each, target in (on or {}).items()]
    transitions = {
        "NextAction": to,
        "Conditions": [
            {"NextAction": target, "Condition": {"Operator": operator, "Operands": list(operands)}}
            for (operator, *operands), target in conditions
        ],
        "Errors": [{"ErrorType": error, "NextAction": target} for error, target in (errors or {}).items()],
    }
    transitions = {key: value for key, value in transitions.items() if value}
    return {"Identifier": identifier, "Type": type, "Parameters": dict(parameters or {}), "Transitions": transitions}


def ending(identifier: str) -> dict[str, Any]:
    """An action that ends the flow."""
    return action(identifier, "DisconnectParticipant")


def source(*actions: dict[str, Any], name: str = "main", type: str = "CONTACT_FLOW") -> Source:
    """A flow that starts with the first of these actions."""
    start = actions[0]["Identifier"] if actions else "nothing"
    content = json.dumps({"Version": "2019-10-30", "StartAction": start, "Actions": actions})
    return Source(name, f"arn:{name}", name, type, content)


def module(*actions: dict[str, Any], name: str = "module") -> Source:
    """A module."""
    return source(*actions, name=name, type="MODULE")


@dataclass
class Run:
    """A flow that was started, and its host."""

    execution: Execution
    host: RecordingHost
    outcome: Waiting | Ended

    def enter(self, event: Event | Failure) -> Run:
        """Something happens."""
        self.outcome = self.execution.enter(self.host, event)
        return self

    def expire(self) -> Run:
        """The time is up."""
        self.outcome = self.execution.expire(self.host)
        return self

    def look_up(self, text: str) -> Any:
        """What a text with references says now."""
        return self.execution.look_up(self.host, text)

    @property
    def last(self) -> Step:
        """The step before the one that ended the flow."""
        return self.host.steps[-2]


def start(flow: Source, host: RecordingHost | None = None) -> Run:
    """Start a flow."""
    host = host or RecordingHost()
    execution = Execution(flow)
    return Run(execution, host, execution.start(host))


def branch(type: str, parameters: Mapping[str, Any], host: RecordingHost | None = None, *, errors: Sequence[str] = ()) -> Run:
    """Start an action that leads to an ending of its own for each error, and for success to `next`."""
    wired = {error: error for error in errors}
    first = action("it", type, parameters, "next", errors=wired)
    return start(source(first, ending("next"), *map(ending, wired)), host)
