"""FlowRun: a flow that runs on a contact. It is the Host of the engine, and books what is due in the agenda.

Where the flow leads when it ends is for `contact_life`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from connect_mock import agenda, clock, ids
from connect_mock.contact import NOTHING, Audience, Contact, Line
from connect_mock.contacts import arrangements, flow_logs, lambda_invocations, lex_bots, queueing, records
from connect_mock.contacts.contact_changes import change_attributes, change_contact
from connect_mock.contacts.flow_sources import in_hours, prompt_text, source, view_name
from connect_mock.contacts.queue_metrics import queue_metrics
from connect_mock.contacts.system_attributes import contact_data, instance_of, known, target_queue
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
from connect_mock.flow.outcomes import Ended, Event, Failure, Occurred, Source, Utterance, Waiting
from connect_mock.resources.queues import Queue

CUSTOMER_RETURNED = "CustomerReturned"
"""An event that Wait waits for."""

watchers: list[Callable[[Step | LogEntry], None]] = []
"""Called with each step of each flow and each entry of its log: how coverage is measured."""


@dataclass(frozen=True)
class Life:
    """What a run leaves to others."""

    ended: Callable[[FlowRun, Ended], None]
    """Told how the flow ended."""
    start_contact: Callable[[Contact, ContactKind, Mapping[str, Any]], Contact]
    """Starts another contact for this one, with the parameters of an action; raises HostError."""
    resume: Callable[[Contact], None]
    """Has the contact go on after a pause; raises HostError."""


class FlowRun:
    """A flow on a contact."""

    __slots__ = ("audience", "execution", "life", "next_segment", "segment")

    logging = True

    def __init__(self, segment: Contact, flow: Source, life: Life, audience: Audience) -> None:
        self.segment = segment
        self.execution = Execution(flow)
        self.life = life
        self.audience: Audience = audience
        self.next_segment: Contact | None = None
        """The segment in another queue, after DequeueContactAndTransferToQueue."""

    def __repr__(self) -> str:
        return f"FlowRun({self.execution!r})"

    # --- what happens to it

    def start(self) -> None:
        """Run it from its beginning."""
        handling = self.segment.handling
        handling.runs = {**handling.runs, self.audience: self}
        self._after(self.execution.start(self))

    def enter(self, event: Event | Failure) -> None:
        """Something happened; raises UnexpectedEvent when the flow does not wait for it.

        A customer who writes has returned (administrator guide, Wait).
        """
        waiting = self.execution.waiting
        if isinstance(event, Utterance) and waiting and CUSTOMER_RETURNED in waiting.awaiting:
            event = Occurred(CUSTOMER_RETURNED)
        self._after(self.execution.enter(self, event))

    def stop(self) -> None:
        """End it from outside."""
        self._leave()
        if not self.execution.ended:
            self.execution.stop(self, Ended("ENDED"))

    def _after(self, state: Waiting | Ended) -> None:
        deadline = self.execution.deadline
        if deadline is not None:
            agenda.add(deadline, FlowRun._time_up, self)
        if isinstance(state, Ended) and self._leave():
            self.segment.handling.end_of_flow = f"{state.how}: {state.why}" if state.why else state.how
            self.life.ended(self, state)

    @property
    def _is_running(self) -> bool:
        return self.segment.handling.runs.get(self.audience) is self

    def _leave(self) -> bool:
        """Be one of the contact's runs no more; False when it was none."""
        was_running, handling = self._is_running, self.segment.handling
        if was_running:
            handling.runs = {audience: run for audience, run in handling.runs.items() if run is not self} or NOTHING
        return was_running

    def _time_up(self, deadline: datetime.datetime) -> None:
        if self._is_running and self.execution.deadline == deadline and instance_of(self.segment).exists:
            self._after(self.execution.expire(self))

    def note(self, mark: str, text: str, heard: str | None = None, where: Contact | None = None) -> None:
        """Add a line to the conversation, of its own segment or another."""
        place = self.execution.place
        action = place.entry.identifier if place else ""
        (where or self.segment).handling.conversation.append(Line(mark, text, action, heard))

    # --- Host: time, chance, log

    def log(self, entry: LogEntry) -> None:
        for watcher in watchers:
            watcher(entry)
        flow_logs.keep(self.segment, entry)
        if self.segment.handling.logging:
            flow_logs.write(self.segment, entry)

    def step(self, step: Step) -> None:
        for watcher in watchers:
            watcher(step)
        if step.error_type:
            self.note("!", f"{step.action.type} took {step.error_type}" + (f": {step.why}" if step.why else ""))
        elif step.why:
            self.note("!", step.why)

    def now(self) -> datetime.datetime:
        return clock.now()

    def percentage(self) -> int:
        pinned = arrangements.current.percentages
        return pinned.popleft() if pinned else ids.source.randint(1, 100)

    def forced_error(self, flow: Source, action: Action, parameters: Mapping[str, Any]) -> str | None:
        if not arrangements.current.errors:
            return None
        return arrangements.current.forced_error(flow, action.identifier, action.type)

    def record(self, effect: str, parameters: Mapping[str, Any]) -> None:
        self.note("*", effect)

    # --- Host: the contact

    def contact(self, root: str) -> Any:
        return known(self.segment, root)

    def update_attributes(self, attributes: Mapping[str, str], target: TargetContact) -> None:
        change_attributes(self.segment, attributes, target)

    def update_contact(self, changes: ContactChanges, target: TargetContact) -> None:
        change_contact(self.segment, changes, target)

    def resume_contact(self) -> None:
        self.life.resume(self.segment)

    def say(self, prompts: Sequence[Prompt], repeatedly: bool = False) -> None:
        to_agent = self.audience == "AGENT" or self.segment.handling.participant_state == "CustomerOnHold"
        how = ", ".join(["to the agent"] * to_agent + ["again and again"] * repeatedly)
        for text in [prompt_text(instance_of(self.segment), prompt) for prompt in prompts]:
            self.note("<", f"{text} ({how})" if how else text, heard=None if to_agent else text)

    def show_view(self, view_id: str, data: Mapping[str, Any], hide_response: bool) -> None:
        name = view_name(instance_of(self.segment), view_id)
        self.note("<", f"view {name} {json.dumps(data, default=dict)}", heard=f"view {name}")

    # --- Host: queues

    def set_target_queue(self, queue: QueueTarget) -> None:
        self.segment.handling.target_queue_id = queueing.named(self.segment, queue.queue_id, queue.agent_id).id

    def transfer_to_queue(self, queue: QueueTarget | None) -> None:
        moved = self._enqueued() if queue is None else self._moved(queue)
        self.note("->", f"queue {queueing.label(moved)}", where=self.next_segment)

    def _enqueued(self) -> Queue:
        queue = target_queue(self.segment)
        if queue is None or queueing.is_waiting(self.segment):
            raise HostError(why="no queue was set" if queue is None else "the contact is in a queue already")
        queueing.check_room(queue, self.segment.initiation_method)
        queueing.enqueue(self.segment, queue)
        return queue

    def _moved(self, target: QueueTarget) -> Queue:
        """A new segment of the contact is in the other queue."""
        queue = queueing.named(self.segment, target.queue_id, target.agent_id)
        if not queueing.is_waiting(self.segment):
            raise HostError(why="the contact is in no queue")
        self.next_segment = queueing.move(self.segment, queue)
        return queue

    def in_hours(self, hours_of_operation_id: str | None) -> bool:
        queue = target_queue(self.segment)
        hours = hours_of_operation_id or (queue and queue.hours_of_operation_id)
        if not hours:
            raise HostError(why="neither hours nor a queue with hours were set")
        return in_hours(instance_of(self.segment), hours)

    def metrics(self, queue: QueueTarget | None, channel: str | None) -> QueueMetrics:
        target = queueing.named(self.segment, queue.queue_id, queue.agent_id) if queue else target_queue(self.segment)
        if target is None:
            raise HostError(why="no queue was set")
        return queue_metrics(target, channel)

    # --- Host: functions, bots, records, other contacts

    def invoke_lambda(self, call: LambdaCall) -> Any:
        event = lambda_invocations.event_of(contact_data(self.segment), call)
        invocation = lambda_invocations.invoke(call, event)
        self.segment.handling.lambda_calls += (invocation,)
        if call.asynchronous:
            return invocation.request_id
        if invocation.error is not None:
            raise HostError(why=invocation.error)
        return invocation.answer

    def lex_turn(self, bot: LexBot, text: str, session_attributes: Mapping[str, Any]) -> LexTurn:
        return lex_bots.take_turn(bot, text, session_attributes)

    def call_third_party(self, number: str, parameters: Mapping[str, Any]) -> None:
        self.note("->", f"calls {number}")
        reason = arrangements.current.unreachable.get(number)
        if reason:
            raise HostError("CallFailed", reason)

    def start_contact(self, kind: ContactKind, parameters: Mapping[str, Any]) -> str:
        made = self.life.start_contact(self.segment, kind, parameters)
        self.note("->", f"starts {kind} {made.name or ''}".rstrip())
        return made.id

    def load(self, kind: Literal["FLOW", "MODULE"], id: str) -> Source:
        return source(instance_of(self.segment), kind, id)

    def find(self, kind: RecordKind, query: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return records.find(self.segment, kind, query)

    def store(self, kind: RecordKind, record: Mapping[str, Any]) -> Mapping[str, Any]:
        return records.store(self.segment, kind, record)
