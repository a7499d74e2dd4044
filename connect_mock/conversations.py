"""Conversations: a test is the customer, or the agent, of a contact.

    call = amazon_connect.call(flow="billing.json")
    assert call.heard == ["Press 1 for billing"]
    call.press("1")
    assert call.queue == "Billing"

A conversation follows its customer from one segment of the contact to the next.
"""

from __future__ import annotations

import difflib
import itertools
import json
import re
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connect_mock import clock, dispatch
from connect_mock.contact import Contact, Invocation, Line
from connect_mock.contacts import contact_life, flow_logs, queueing
from connect_mock.contacts.flow_runs import FlowRun
from connect_mock.contacts.system_attributes import instance_of
from connect_mock.flow.engine import UnexpectedEvent
from connect_mock.flow.outcomes import Event, Keys, Occurred, Utterance, ViewAnswer
from connect_mock.resources.queues import Queue
from connect_mock.resources.users import User

made: weakref.WeakValueDictionary[int, Conversation] = weakref.WeakValueDictionary()
"""The conversations that somebody still holds, in the order in which they began: what a failed test shows."""

rewriting = False
"""Whether `expect_conversation` writes its files (`pytest --rewrite-conversations`)."""

_number = itertools.count()

SAME_CUSTOMER = ("DISCONNECT", "QUEUE_TRANSFER", "TRANSFER")
"""How a segment begins in which the customer of the one before goes on."""


class UnexpectedConversation(AssertionError):
    """It went another way than the test says; the message has all of it."""


class Conversation:
    """A contact as its customer hears it, and as an agent handles it."""

    def __init__(self, contact: Contact) -> None:
        self._first = contact
        made[next(_number)] = self

    def __repr__(self) -> str:
        return f"<{self.title}>\n{self.transcript}\n"

    @property
    def title(self) -> str:
        """What it is, in two words."""
        return f"{type(self).__name__} {self.contact_id}"

    # --- what there is to see

    @property
    def contact_id(self) -> str:
        """The id of the segment that the customer is in."""
        return self._contact.id

    @property
    def heard(self) -> list[str]:
        """What the customer was told, in order, since they last did something. Audio is its name in brackets."""
        heard: list[str] = []
        for line in self._lines:
            if line.mark == ">":
                heard.clear()
            elif line.heard is not None:
                heard.append(line.heard)
        return heard

    @property
    def queue(self) -> str | None:
        """The name of the queue that the contact is in or came from; the agent's username for the queue of an agent."""
        contact = self._contact
        queue = instance_of(contact)[Queue].find((contact.queue_info or {}).get("Id", ""))
        if queue is None or queue.name:
            return queue.name if queue else None
        user = instance_of(contact)[User].find(queue.id)
        return user.username if user else None

    @property
    def agent(self) -> str | None:
        """The username of the agent who is or was connected."""
        contact = self._contact
        info = contact.agent_info or {}
        user = instance_of(contact)[User].find(info.get("Id", "")) if "ConnectedToAgentTimestamp" in info else None
        return user.username if user else None

    @property
    def attributes(self) -> dict[str, str]:
        """The contact attributes."""
        return dict(self._contact.attributes)

    @property
    def ended(self) -> str | None:
        """Why the contact ended, as DescribeContact has it in DisconnectReason; None while it is open."""
        return self._contact.end_reason

    @property
    def log(self) -> list[dict[str, Any]]:
        """The flow log, an entry for each action, in the form of CloudWatch; of all contacts the last 10,000 are kept."""
        return [entry.rendered(each.id) for each in self._segments for entry in flow_logs.kept_of(each)]

    @property
    def lambda_calls(self) -> list[Invocation]:
        """The invocations of Lambda functions, in order."""
        return [call for each in self._segments for call in each.handling.lambda_calls]

    @property
    def transcript(self) -> str:
        """All of it, a line for each thing that happened, with the identifier of the flow's action."""
        return "\n".join(_shown(line) for line in self._lines)

    # --- what the customer does

    def press(self, keys: str) -> None:
        """Press keys of the telephone. Raises UnexpectedConversation when the flow does not wait for any."""
        self._do(f"press {keys}", Keys(keys))

    def enters(self, keys: str) -> None:
        """Enter several keys, for example `1234#`."""
        self._do(f"enter {keys}", Keys(keys))

    def says(self, text: str) -> None:
        """Say it, or write it in a chat."""
        self._do(f"say {text}", Utterance(text))

    def chooses(self, action: str, **data: Any) -> None:
        """Choose an action in a view, with the data of its form."""
        self._do(f"choose {action}" + (f" {json.dumps(data)}" if data else ""), ViewAnswer(action, data))

    def occurs(self, event: str, **data: Any) -> None:
        """Have something else happen that the flow waits for: `CustomerReturned`, `ThirdPartyDisconnected` ..."""
        self._do(f"occur {event}", Occurred(event, data))

    def waits(self, seconds: float | None = None) -> None:
        """Let time pass: so many seconds, or until what the flow waits for is over."""
        with self._act():
            self._note("wait" if seconds is None else f"wait {seconds:g}")
            clock.advance(self._seconds_left() if seconds is None else seconds)

    def third_party_hangs_up(self) -> None:
        """The number that the flow transferred the call to hangs up: the flow goes on, or the contact is over."""
        run = self._run
        if run:
            return self.occurs("ThirdPartyDisconnected")
        with self._act():
            self._note("third party hangs up")
            return contact_life.third_party_leaves(self._contact)

    def hangs_up(self) -> None:
        """The customer ends the contact."""
        with self._act():
            self._note("hang up")
            contact_life.end(self._contact, "CUSTOMER_DISCONNECT")

    # --- what an agent does

    def agent_accepts(self, username: str) -> None:
        """An agent takes the contact out of its queue, and the whispers run."""
        with self._act():
            if not queueing.is_waiting(self._contact):
                raise UnexpectedConversation(f"The contact is in no queue\n\n{self.transcript}")
            user = instance_of(self._contact)[User].named(username)
            if user is None:
                raise UnexpectedConversation(f"There is no user {username}\n\n{self.transcript}")
            self._note(f"agent {username} accepts")
            contact_life.accept(self._contact, user)

    def agent_holds(self) -> None:
        """The agent puts the customer on hold."""
        self._as_agent("agent holds", contact_life.hold)

    def agent_resumes(self) -> None:
        """The agent takes the customer off hold."""
        self._as_agent("agent resumes", contact_life.take_off_hold)

    def agent_leaves(self) -> None:
        """The agent hangs up, or finishes the contact."""
        self._as_agent("agent leaves", contact_life.agent_leaves)

    # --- golden conversations

    def expect_conversation(self, file: str | Path) -> None:
        """Raise UnexpectedConversation unless the file has this conversation; `pytest --rewrite-conversations` writes it."""
        path, text = Path(file), _golden(self._lines)
        if rewriting:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _compare(path, text)

    def plays(self, file: str | Path) -> None:
        """Do what the file's lines that begin with `>` say, and expect the conversation to go as the file says.

        What was done already, such as the first message of a chat, is not done again.
        """
        done = sum(line.mark == ">" for line in self._lines)
        for line in _script(Path(file))[done:]:
            self._play(line)
        self.expect_conversation(file)

    def _play(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        if verb == "agent":
            return self._play_agent(line.split())
        if verb == "wait":
            return self.waits(float(rest) if rest else None)
        if verb == "choose":
            action, _, data = rest.partition(" ")
            return self.chooses(action, **json.loads(data or "{}"))
        plain = {"press": self.press, "enter": self.enters, "say": self.says, "occur": self.occurs}
        if verb in plain:
            return plain[verb](rest)
        if line in ("hang up", "third party hangs up"):
            return self.hangs_up() if line == "hang up" else self.third_party_hangs_up()
        raise ValueError(f"nobody can {line!r} in a conversation")

    def _play_agent(self, words: list[str]) -> None:
        if words[-1] == "accepts":
            return self.agent_accepts(words[1])
        return {"holds": self.agent_holds, "resumes": self.agent_resumes, "leaves": self.agent_leaves}[words[-1]]()

    # --- underneath

    @property
    def _contact(self) -> Contact:
        return self._segments[-1]

    @property
    def _segments(self) -> list[Contact]:
        """The segments that the customer went through."""
        dispatch.catch_up()
        found = [self._first]
        while following := _following(found[-1]):
            found.append(following)
        return found

    @property
    def _lines(self) -> list[Line]:
        first, *later = self._segments
        lines = list(first.handling.conversation)
        for each in later:
            lines += [Line("->", f"next contact: {each.initiation_method}"), *each.handling.conversation]
        return lines

    @property
    def _run(self) -> FlowRun | None:
        return self._contact.handling.runs.get("CUSTOMER")

    def _note(self, text: str) -> None:
        contact_life.note(self._contact, ">", text)

    def _do(self, text: str, event: Event) -> None:
        with self._act():
            run = self._run
            if run is None and (self.agent is None or self.ended):
                raise UnexpectedConversation(f"Nobody listens to {text!r}: {self._why_nobody()}\n\n{self.transcript}")
            self._note(text)
            if run is None:
                return  # it is the agent who listens
            try:
                run.enter(event)
            except UnexpectedEvent as problem:
                raise UnexpectedConversation(f"{problem}\n\n{self.transcript}") from None

    def _as_agent(self, text: str, act: Any) -> None:
        with self._act():
            if self.agent is None or self.ended:
                raise UnexpectedConversation(f"No agent has the contact\n\n{self.transcript}")
            self._note(text)
            act(self._contact)

    def _seconds_left(self) -> float:
        run = self._run
        deadline = run.execution.deadline if run else None
        if deadline is None:
            why = "the flow waits without end" if run else self._why_nobody()
            raise UnexpectedConversation(f"There is no time limit to wait for: {why}\n\n{self.transcript}")
        return max((deadline - clock.now()).total_seconds(), 0) + 0.001  # clocks that run are a little behind the deadline

    def _why_nobody(self) -> str:
        contact = self._contact
        if contact.ended:
            return f"the contact has ended ({contact.end_reason})"
        return "the flow is over" + (f" ({contact.handling.end_of_flow})" if contact.handling.end_of_flow else "")

    @contextmanager
    def _act(self) -> Iterator[None]:
        with dispatch.lock:
            dispatch.catch_up()
            yield


def _following(contact: Contact) -> Contact | None:
    later = (each for each in contact.tree if each.previous_contact_id == contact.id)
    return next((each for each in later if each.initiation_method in SAME_CUSTOMER), None)


class Call(Conversation):
    """A conversation on the telephone."""


class Chat(Conversation):
    """A conversation in writing."""


class Task(Conversation):
    """A task on its way through flows."""


class Email(Conversation):
    """An email on its way through flows."""


KINDS: dict[str, type[Conversation]] = {"VOICE": Call, "CHAT": Chat, "TASK": Task, "EMAIL": Email}
"""By channel."""

# --- texts

IDENTIFIER_COLUMN = 72


def _shown(line: Line) -> str:
    text = f"{line.mark} {line.text}"
    return f"{text:<{IDENTIFIER_COLUMN}}  [{line.action}]" if line.action else text


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def _golden(lines: Iterable[Line]) -> str:
    """The lines as a file has them: without identifiers, and with no ids, which differ from run to run."""
    return "".join(_UUID.sub("<id>", f"{line.mark} {_in_one_line(line)}") + "\n" for line in lines)


def _in_one_line(line: Line) -> str:
    """The text without breaks; of what went wrong the first line, without the traceback."""
    return line.text.partition("\n")[0] if line.mark == "!" else " ".join(line.text.split())


def _script(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line[1:].strip() for line in lines if line.startswith("> ")]


def _compare(path: Path, text: str) -> None:
    if not path.exists():
        raise UnexpectedConversation(f"{path} does not exist; pytest --rewrite-conversations writes it:\n\n{text}")
    expected = path.read_text(encoding="utf-8")
    if expected != text:
        changes = difflib.unified_diff(expected.splitlines(), text.splitlines(), str(path), "this conversation", lineterm="")
        raise UnexpectedConversation("The conversation is another one:\n\n" + "\n".join(changes))
