"""Execution: one run of a flow for one contact.

`start`, `enter` and `expire` run the flow until it waits or ends, and return which of the two it is. They know no clock, no
thread and nothing of the world but what Host answers; between them all there is to know is in the Execution.

How the next action is chosen (Amazon Connect developer guide, Flow language):

1. an error goes to the entry of `Errors` with its type, else to the one for NoMatchingError, else the flow stops;
2. a result goes to the first condition that is true of it;
3. when none is true, to the entry of `Errors` for NoMatchingCondition, if there is one, else to NextAction;
4. success without a result goes to NextAction.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from connect_mock.flow.actions import Action, Unusable
from connect_mock.flow.compiled import Branch, ReadyAction, ReadyFlow, read, ready_flow
from connect_mock.flow.document import NotAFlow
from connect_mock.flow.host import Host, HostError, LogEntry, Step
from connect_mock.flow.memory import Memory
from connect_mock.flow.namespaces import RUN_ROOTS
from connect_mock.flow.outcomes import (
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    Call,
    Ended,
    Enter,
    Event,
    Failed,
    Failure,
    GoTo,
    Keys,
    Next,
    Outcome,
    Result,
    Return,
    Source,
    TimeUp,
    Waiting,
)
from connect_mock.flow.references import Lookup, TextTooLong, filled, text_of, text_template

MAX_ACTIONS = 10_000
"""Actions that may run without a wait; after them the flow is in an endless loop. Ours: the service's is not documented."""

MAX_MODULES = 5
"""Levels of modules (administrator guide, Flow modules)."""

MAX_WAIT = 10 * 366 * 24 * 3600
"""Seconds after which any wait is over; longer ones would leave the calendar."""

NAMED_IN_A_LOOP = 20
"""Actions that the message about an endless loop names."""


class UnexpectedEvent(Exception):
    """The flow is not waiting for that, has not been started, or is over. Nothing has changed."""


@dataclass(slots=True)
class Frame:
    """A flow or module that is being run, and the action where it is."""

    source: Source
    flow: ReadyFlow = field(repr=False, compare=False)
    memory: Memory
    identifier: str = ""
    action: ReadyAction | None = field(default=None, repr=False, compare=False)
    """The action where it is; None when there is none of that identifier."""

    def go_to(self, identifier: str) -> None:
        """Be at that action."""
        self.identifier = self.memory.identifier = identifier
        self.action = self.flow.actions.get(identifier)


@dataclass(slots=True)
class Execution:
    """One run of `source`, from its first action to its end, through the modules and flows that it goes to."""

    source: Source
    """The flow that was started with."""
    frames: list[Frame] = field(default_factory=list)
    """The flow, and on top of it the modules that it is in."""
    counters: dict[str, dict[str, int]] = field(default_factory=dict)
    """Passes of the Loops, by the ARN of their flow: coming back to a flow goes on counting."""
    current: Action | None = None
    """The action that waits."""
    waiting: Waiting | None = None
    """What for; None while nothing is awaited."""
    deadline: datetime.datetime | None = None
    """When the wait is over; None when it has no end of its own."""
    ended: Ended | None = None
    stopped: Ended | None = None
    """What `stop` asked for while an action was running."""
    actions_run: int = 0

    @property
    def flow(self) -> Source:
        """The flow that is being run, which TransferToFlow changes; not the module."""
        return self.frames[0].source if self.frames else self.source

    @property
    def place(self) -> ReadyAction | None:
        """The action where it is."""
        return self.frames[-1].action if self.frames else None

    # --- from outside

    def start(self, host: Host) -> Waiting | Ended:
        """Run from the first action. Raises UnexpectedEvent when it was started before."""
        if self.frames or self.ended:
            raise UnexpectedEvent(f"flow {self.source.name} was started before")
        return self._advance(host, Enter(self.source))

    def enter(self, host: Host, event: Event | Failure) -> Waiting | Ended:
        """Something happened. Raises UnexpectedEvent when the flow does not wait for it; keys are kept instead when the flow
        has enabled the touchtone buffer.
        """
        waiting = self._awaited()
        if isinstance(event, Failure):
            return self._advance(host, Failed(event.error_type, event.why))
        if event.name in waiting.awaiting:
            return self._advance(host, self._resume(host, event))
        keypad = self.frames[-1].memory.keypad
        if not isinstance(event, Keys) or not keypad.buffered:
            raise UnexpectedEvent(f"{self._where()} does not wait for {event.name}, but for {_described(waiting)}")
        keypad.keys += event.digits
        return waiting

    def expire(self, host: Host) -> Waiting | Ended:
        """The time is up. Raises UnexpectedEvent when the flow waits for nothing, or without end."""
        if self._awaited().seconds is None:
            raise UnexpectedEvent(f"{self._where()} waits without a time limit")
        return self._advance(host, self._resume(host, TimeUp()))

    def stop(self, host: Host, ended: Ended) -> Ended:
        """End the flow from outside: the customer hung up, an agent took the contact. When an action asks for it while it
        runs, the flow ends after that action. Raises UnexpectedEvent when the flow is not running.
        """
        if self.waiting is None and self.frames and not self.ended:
            self.stopped = ended
            return ended
        self._awaited()
        return self._end(host, ended)

    def look_up(self, host: Host, text: str) -> Any:
        """What `text` says where the flow is now: the value of a reference, or a text with those in it looked up."""
        return filled(text_template(text), self._lookup(host))

    # --- running

    def _advance(self, host: Host, outcome: Outcome | None) -> Waiting | Ended:
        """Turn outcomes into transitions until the flow waits or ends."""
        passed: list[str] = []
        while True:
            if self.stopped:
                outcome = self.stopped
            if outcome is None:
                if len(passed) >= MAX_ACTIONS:
                    outcome = Ended("ENDLESS", _endless(passed))
                else:
                    passed.append(self.frames[-1].identifier)
                    outcome = self._perform(host)
            if isinstance(outcome, Waiting):
                return self._wait(host, outcome)
            if isinstance(outcome, Ended):
                return self._end(host, outcome)
            outcome = self._follow(host, outcome)

    def _perform(self, host: Host) -> Outcome:
        """Run the action where the flow is."""
        self.actions_run += 1
        frame = self.frames[-1]
        ready = frame.action
        if ready is None:
            return Ended("STOPPED", f"there is no action {frame.identifier!r}")
        try:
            parameters = ready.parameters if ready.constant else filled(ready.parameters, self._lookup(host))
            action = self._prepared(host, ready, parameters)
        except TextTooLong as problem:
            action, parameters = Failed(why=str(problem)), {}
        except HostError as refusal:
            action, parameters = Failed(refusal.error_type, refusal.why), {}
        if isinstance(action, Failed):
            return self._logged(host, ready, parameters, action)
        self.current = action
        return self._logged(host, ready, parameters, _attempt(action, host, frame.memory))

    def _prepared(self, host: Host, ready: ReadyAction, parameters: Mapping[str, Any]) -> Action | Failed:
        """The action with its parameters, or the reason why it cannot run here."""
        forced = host.forced_error(self.frames[-1].source, ready.entry, parameters)
        if forced is not None:
            return Failed(forced, "forced")
        if ready.type is None:
            return Failed(why=f"there is no action type {ready.entry.type!r}")
        problem = self._misplaced(host, ready)
        if problem:
            return problem
        action = ready.constant or read(ready.type, parameters)
        return Failed(why=str(action)) if isinstance(action, Unusable) else action

    def _misplaced(self, host: Host, ready: ReadyAction) -> Failed | None:
        """The error of an action that the channel, or inside a module the type of the flow, does not support. Outside modules
        publishing refuses the latter.
        """
        if ready.channels is not None:
            channel = host.contact("Channel")
            if channel is not None and channel not in ready.channels:
                return Failed(ready.wrong_channel, f"{ready.entry.type} does not support {channel}")
        if len(self.frames) > 1 and ready.flow_types is not None and self.flow.type not in ready.flow_types:
            return Failed(why=f"{ready.entry.type} does not support {self.flow.type} flows")
        return None

    def _resume(self, host: Host, event: Event) -> Outcome:
        """Go on with the action that waits."""
        waiting, action, frame = self._awaited(), self.current, self.frames[-1]
        assert action is not None  # something waits, and it is this
        return self._logged(host, self._ready(), action.given, _attempt(action, host, frame.memory, waiting, event))

    def _awaited(self) -> Waiting:
        if self.ended:
            raise UnexpectedEvent(f"flow {self.flow.name} is over: {self.ended.how} {self.ended.why}".rstrip())
        if self.waiting is None:
            state = "was broken off by an exception" if self.frames else "was not started"
            raise UnexpectedEvent(f"flow {self.flow.name} {state}")
        return self.waiting

    def _lookup(self, host: Host) -> Lookup:
        """Where references are looked up: what the run remembers, and the contact."""
        namespaces = self.frames[-1].memory.namespaces if self.frames else {}
        return lambda root: namespaces.get(root) if root in RUN_ROOTS else host.contact(root)

    # --- from outcomes to transitions

    def _follow(self, host: Host, outcome: Outcome) -> Outcome | None:
        """Go where the outcome leads; None when the next action is to run."""
        if isinstance(outcome, Next):
            return self._take(host, None, None)
        if isinstance(outcome, Result):
            return self._take(host, self._condition(host, outcome.value), outcome.value)
        if isinstance(outcome, Failed):
            return self._fail(host, outcome)
        if isinstance(outcome, Call):
            return self._call(outcome)
        if isinstance(outcome, Return):
            return self._return(host, outcome)
        if isinstance(outcome, Enter):
            return self._enter_flow(host, outcome.flow)
        assert isinstance(outcome, GoTo)
        self._step(host, None, outcome.identifier)
        self.frames[-1].go_to(outcome.identifier)
        return None

    def _condition(self, host: Host, value: Any) -> Branch | None:
        """The branch of a result, where that is not NextAction."""
        ready, lookup = self._ready(), self._lookup(host)
        for condition in ready.conditions:
            if condition.holds(value, lookup):
                return condition.branch
        return ready.errors.get(NO_MATCHING_CONDITION)

    def _take(self, host: Host, branch: Branch | None, result: Any) -> Ended | None:
        """Go by `branch`, or by NextAction."""
        branch = branch or self._ready().next_action
        if branch is None or branch.target not in self.frames[-1].flow.actions:
            return Ended("STOPPED", self._dead_end(branch))
        self._step(host, branch, branch.target, result)
        self.frames[-1].go_to(branch.target)
        return None

    def _fail(self, host: Host, failed: Failed) -> Ended | None:
        errors = self._ready().errors
        branch = errors.get(failed.error_type) or errors.get(NO_MATCHING_ERROR)
        why = f"{failed.error_type}: {failed.why}" if failed.why else failed.error_type
        if branch is None or branch.target not in self.frames[-1].flow.actions:
            return Ended("STOPPED", f"{self._where()} failed ({why}), and {self._dead_end(branch, 'branch for it')}")
        self._step(host, branch, branch.target, None, failed)
        self.frames[-1].go_to(branch.target)
        return None

    def _dead_end(self, branch: Branch | None, missing: str = "NextAction") -> str:
        if branch is None:
            return f"{self._where()} has no {missing}"
        return f"{branch.path} of {self._where()} leads to {branch.target!r}, which does not exist"

    def _enter_flow(self, host: Host, source: Source) -> Outcome | None:
        """Start a flow; the run of another one ends with it."""
        try:
            flow = ready_flow(source.content)
        except NotAFlow as problem:
            return Failed(why=str(problem)) if self.frames else Ended("STOPPED", str(problem))
        memory = Memory()
        if self.frames:
            self._step(host, None, None)
            memory = self.frames[0].memory.for_next_flow()
        self.frames[:] = [self._frame(source, flow, memory)]
        return None

    def _call(self, call: Call) -> Failed | None:
        if len(self.frames) > MAX_MODULES:
            return Failed(why=f"modules nest {MAX_MODULES} deep at most")
        if call.module.arn in [frame.source.arn for frame in self.frames]:
            return Failed(why=f"module {call.module.name} is running already")
        try:
            flow = ready_flow(call.module.content)
        except NotAFlow as problem:
            return Failed(why=str(problem))
        self.frames.append(self._frame(call.module, flow, self.frames[-1].memory.for_module(call.input)))
        return None

    def _frame(self, source: Source, flow: ReadyFlow, memory: Memory) -> Frame:
        memory.counters = self.counters.setdefault(source.arn, {})
        frame = Frame(source, flow, memory)
        frame.go_to(flow.start)
        return frame

    def _return(self, host: Host, outcome: Return) -> Outcome | None:
        """Go back to the caller, whose action takes the module's result as its own; without a caller the flow is over."""
        if len(self.frames) == 1:
            return Ended("ENDED", f"{self._where()} returns to nobody")
        self._step(host, None, None, outcome.result)
        self.frames.pop()
        namespaces = self.frames[-1].memory.namespaces
        returned = {"Result": outcome.result, "ResultData": outcome.data}
        namespaces["Modules"] = {**namespaces.get("Modules", {}), **returned}
        return Next() if outcome.result is None else Result(outcome.result)

    # --- stops

    def _wait(self, host: Host, waiting: Waiting) -> Waiting:
        self.waiting, self.deadline = waiting, None
        if waiting.seconds is not None:
            seconds = min(max(waiting.seconds, 0), MAX_WAIT)
            self.deadline = host.now() + datetime.timedelta(seconds=seconds)
        return waiting

    def _end(self, host: Host, ended: Ended) -> Ended:
        if self.place:
            self._step(host, None, None, why=ended.why)
        self.ended, self.waiting, self.deadline, self.current = ended, None, None, None
        return ended

    # --- telling about it

    def _ready(self) -> ReadyAction:
        ready = self.frames[-1].action
        assert ready is not None  # only an action that is there has an outcome
        return ready

    def _where(self) -> str:
        frame = self.frames[-1]
        kind = frame.action.entry.type if frame.action else "action"
        return f"{kind} {frame.identifier!r} of {frame.source.name}"

    def _step(
        self,
        host: Host,
        branch: Branch | None,
        to: str | None,
        result: Any = None,
        failed: Failed | None = None,
        why: str = "",
    ) -> None:
        """Tell the host which action was run and where the flow goes; the wait, if there was one, is over."""
        self.waiting = self.deadline = self.current = None
        step = Step(self.frames[-1].source, self._ready().entry, branch.path if branch else None, to, result, why=why)
        if failed:
            step.error_type, step.why = failed.error_type, failed.why
        host.step(step)

    def _logged(self, host: Host, ready: ReadyAction, parameters: Any, outcome: Outcome) -> Outcome:
        if host.logging:
            frame = self.frames[-1]
            external = None
            if isinstance(outcome, Next) and ready.type and ready.type.logged_results:
                external = frame.memory.namespaces.get(ready.type.logged_results)
            block = (ready.type and ready.type.log_name) or ready.entry.type
            host.log(LogEntry(frame.source, frame.identifier, block, host.now(), parameters, _results(outcome), external))
        return outcome


def _results(outcome: Outcome) -> str | None:
    if isinstance(outcome, Result):
        return text_of(outcome.value)
    if isinstance(outcome, Failed):
        return f"{outcome.error_type}: {outcome.why}" if outcome.why else outcome.error_type
    return None


def _attempt(
    action: Action, host: Host, memory: Memory, waiting: Waiting | None = None, event: Event | None = None
) -> Outcome:
    """Run or resume it; what the host refuses is a failure of the action."""
    try:
        if waiting is None or event is None:
            return action.run(host, memory)
        return action.resume(host, memory, waiting, event)
    except HostError as refusal:
        return Failed(refusal.error_type, refusal.why)
    except Unusable as problem:
        return Failed(why=str(problem))


def _described(waiting: Waiting) -> str:
    until = "nothing but time" if waiting.seconds is not None else "what happens outside the flow"
    return " or ".join(waiting.awaiting) or until


def _endless(passed: list[str]) -> str:
    """Why a flow was ended, with the actions that it went round in."""
    names = list(dict.fromkeys(passed[-MAX_ACTIONS // 10 :]))
    more = f" and {len(names) - NAMED_IN_A_LOOP} more" if len(names) > NAMED_IN_A_LOOP else ""
    listed = ", ".join(repr(name) for name in names[:NAMED_IN_A_LOOP])
    return f"{MAX_ACTIONS} actions ran without a wait; the flow goes round in {listed}{more}"
