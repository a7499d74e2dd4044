"""A flow played alone: one participant, no instance, and a world that a test or a person describes in a few words.

This is what `connect-mock run` plays. The transcript has a line for everything that happens:

    < Press 1 for billing
    > 1
    -> queue Billing
"""

from __future__ import annotations

import datetime
import json
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from connect_mock.flow.outcomes import Ended, Event, Keys, Occurred, Source, Utterance, ViewAnswer, Waiting

LARGEST_ANSWER = 32 * 1024
"""Bytes of a Lambda function's answer (administrator guide, Invoke Lambda functions)."""

KEYS = frozenset("0123456789*#")

Write = Callable[[str], None]
Lambda = Callable[[dict[str, Any], Any], Any]


@dataclass
class World:
    """What there is around the flow."""

    contact: dict[str, Any] = field(default_factory=dict)
    """The roots of references: `Channel`, `Attributes`, `CustomerEndpoint` and so on."""
    lambdas: dict[str, Lambda] = field(default_factory=dict)
    """Handlers by function name or ARN."""
    sources: dict[str, Source] = field(default_factory=dict)
    """Flows and modules by name, id or ARN."""
    in_hours: bool = True
    now: datetime.datetime = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.timezone.utc)
    chance: Random = field(default_factory=lambda: Random(0))


class Player:
    """Plays a flow in a world and writes the transcript. It is the Host of the engine."""

    logging = False

    def __init__(self, source: Source, world: World, write: Write) -> None:
        self.world = world
        self.write = write
        self.execution = Execution(source)
        self.queue: str | None = None
        self.contact_data: dict[str, Any] = {
            "Channel": "VOICE",
            "ContactId": "00000000-0000-4000-8000-000000000001",
            "Attributes": {},
            "Tags": {},
            "SegmentAttributes": {},
        } | world.contact

    # --- playing

    def play(self, lines: Iterable[str]) -> Ended | Waiting:
        """Run the flow with one line of input for each time that it waits; returns where that leaves it.

        A line of keys is pressed, other text is said or chosen, an empty line lets the time run out, `hang up` ends the call.
        """
        state = self.execution.start(self)
        for line in lines:
            if isinstance(state, Ended):
                break
            if line.strip() == "hang up":
                self.write("> hang up")
                return Ended("DISCONNECTED", "the participant hung up")
            state = self._answer(state, line.strip())
        if isinstance(state, Ended):
            self.write(f"-> {state.how.lower()}" + (f": {state.why}" if state.why else ""))
        return state

    def _answer(self, waiting: Waiting, line: str) -> Ended | Waiting:
        if not line:
            return self._let_time_pass(waiting)
        event = event_for(line, waiting)
        if event is None:
            self.write(
                f"! the flow waits for {' or '.join(waiting.awaiting) or 'time to pass (an empty line)'}, not for {line!r}"
            )
            return waiting
        self.write(f"> {line}")
        return self.execution.enter(self, event)

    def _let_time_pass(self, waiting: Waiting) -> Ended | Waiting:
        if self.execution.deadline is None:
            self.write(f"! the flow waits for {' or '.join(waiting.awaiting)}, and that without end")
            return waiting
        self.write(f"> (nothing for {waiting.seconds:g} seconds)")
        self.world.now = self.execution.deadline
        return self.execution.expire(self)

    # --- Host: time, chance, log

    def log(self, entry: LogEntry) -> None:
        self.write(json.dumps(entry.rendered(self.contact_data["ContactId"])))

    def step(self, step: Step) -> None:
        if step.error_type:
            why = f": {step.why}" if step.why else ""
            self.write(f"! {step.action.type} {step.action.identifier} took {step.error_type}{why}")

    def now(self) -> datetime.datetime:
        return self.world.now

    def percentage(self) -> int:
        return self.world.chance.randint(1, 100)

    def forced_error(self, flow: Source, action: Action, parameters: Mapping[str, Any]) -> str | None:
        return None

    def record(self, effect: str, parameters: Mapping[str, Any]) -> None:
        self.write(f"* {effect}")

    # --- Host: the contact

    def contact(self, root: str) -> Any:
        if root == "Queue":
            return {"Name": self.queue, "ARN": self.queue} if self.queue else None
        return self.contact_data.get(root)

    def update_attributes(self, attributes: Mapping[str, str], target: TargetContact) -> None:
        self.contact_data["Attributes"] = {**self.contact_data["Attributes"], **attributes}

    def update_contact(self, changes: ContactChanges, target: TargetContact) -> None:
        changed: dict[str, Any] = dict(changes)
        self.logging = changed.pop("FlowLogging", self.logging)
        tags = {**self.contact_data["Tags"], **changed.pop("Tags", {})}
        removed = changed.pop("UntagKeys", ())
        self.contact_data |= changed | {"Tags": {key: value for key, value in tags.items() if key not in removed}}

    def resume_contact(self) -> None:
        self.write("-> resumes the contact")

    def say(self, prompts: Sequence[Prompt], repeatedly: bool = False) -> None:
        for prompt in prompts:
            self.write(f"< {prompt.value}" + (" (again and again)" if repeatedly else ""))

    def show_view(self, view_id: str, data: Mapping[str, Any], hide_response: bool) -> None:
        self.write(f"< view {view_id} {json.dumps(data)}")

    # --- Host: queues

    def set_target_queue(self, queue: QueueTarget) -> None:
        self.queue = queue.queue_id or queue.agent_id

    def transfer_to_queue(self, queue: QueueTarget | None) -> None:
        if queue is not None:
            self.set_target_queue(queue)
        if self.queue is None:
            raise HostError(why="no queue was set")
        self.write(f"-> queue {self.queue}")

    def in_hours(self, hours_of_operation_id: str | None) -> bool:
        return self.world.in_hours

    def metrics(self, queue: QueueTarget | None, channel: str | None) -> QueueMetrics:
        return QueueMetrics(name=self.queue, online=1, available=1, staffed=1)

    # --- Host: functions, bots, other contacts

    def invoke_lambda(self, call: LambdaCall) -> Any:
        handler = self._handler(call.function_arn)
        event = {
            "Name": "ContactFlowEvent",
            "Details": {"ContactData": self._lambda_data(), "Parameters": dict(call.parameters)},
        }
        try:
            answer = json.dumps(handler(event, None))
        except Exception as error:
            self.write("! " + traceback.format_exc().strip().replace("\n", "\n! "))
            raise HostError(why=f"{call.function_arn} raised {type(error).__name__}: {error}") from None
        if len(answer.encode()) > LARGEST_ANSWER:
            raise HostError(why=f"{call.function_arn} answered more than {LARGEST_ANSWER} bytes")
        return json.loads(answer)

    def _handler(self, function_arn: str) -> Lambda:
        for name in (function_arn, *reversed(function_arn.split(":"))):
            if name in self.world.lambdas:
                return self.world.lambdas[name]
        raise HostError(why=f"there is no function {function_arn}")

    def _lambda_data(self) -> dict[str, Any]:
        return {"Queue": self.contact("Queue"), **self.contact_data}

    def lex_turn(self, bot: LexBot, text: str, session_attributes: Mapping[str, Any]) -> LexTurn:
        raise HostError(why="there are no bots where a flow is played alone")

    def call_third_party(self, number: str, parameters: Mapping[str, Any]) -> None:
        self.write(f"-> calls {number}")

    def start_contact(self, kind: ContactKind, parameters: Mapping[str, Any]) -> str:
        self.write(f"-> starts {kind} {json.dumps(parameters, default=str)}")
        return "00000000-0000-4000-8000-000000000002"

    def load(self, kind: Literal["FLOW", "MODULE"], id: str) -> Source:
        for name in (id, id.rpartition("/")[2], id.rpartition("/")[2].partition(":")[0]):
            if name in self.world.sources:
                return self.world.sources[name]
        raise HostError(why=f"there is no {kind.lower()} {id}")

    def find(self, kind: RecordKind, query: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return ()

    def store(self, kind: RecordKind, record: Mapping[str, Any]) -> Mapping[str, Any]:
        self.write(f"-> stores {kind} {json.dumps(record, default=str)}")
        return {**record, "ProfileId": "1", "case_id": "1", "SessionArn": "1"}


def event_for(line: str, waiting: Waiting) -> Event | None:
    """What a line of input means to a flow that waits like that; None when it means nothing."""
    if "Keys" in waiting.awaiting and set(line) <= KEYS:
        return Keys(line)
    if "Utterance" in waiting.awaiting:
        return Utterance(line)
    if "ViewAnswer" in waiting.awaiting:
        return ViewAnswer(line)
    return Occurred(line) if line in waiting.awaiting else None
