"""A contact's life: which flow runs when, and where the contact goes when a flow ends.

Source: administrator guide, "Flow types" and "Contact initiation methods and flow types"; the flow language reference on
EndFlowExecution. An agent who takes a contact is an event from outside: no agent works here by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from connect_mock import agenda, clock
from connect_mock.contact import Audience, Contact, Line
from connect_mock.contacts import arrangements, queueing
from connect_mock.contacts.flow_runs import FlowRun, Life
from connect_mock.contacts.flow_sources import default_flow, source
from connect_mock.contacts.new_contacts import next_segment
from connect_mock.contacts.started_by_flows import start_contact
from connect_mock.contacts.system_attributes import instance_of, target_queue
from connect_mock.flow.host import ContactKind, HostError
from connect_mock.flow.outcomes import Ended, Source
from connect_mock.resources.users import User

Then = Callable[[FlowRun, Ended], None]

MAX_NESTING = 10
"""Contacts that start each other at one moment; flows that start themselves would go on for ever. Ours."""

_nesting = 0

# --- beginning


def begin(contact: Contact) -> None:
    """The contact has just been made: it starts at its time, and expires at its time."""
    if first_words := _first_words(contact):
        note(contact, ">", first_words)
    if contact.expires:
        agenda.add(contact.expires, _expire, contact)
    if contact.scheduled_timestamp:
        schedule(contact, contact.scheduled_timestamp)
    elif contact.initiation_method == "CALLBACK" or contact.channel != "VOICE" or contact.initiation_method != "API":
        _reach(contact)
    else:
        _dial(contact)


def _first_words(contact: Contact) -> str | None:
    """What a customer wrote to begin a chat, or the email."""
    started = contact.started_with or {}
    message, email = started.get("initial_message"), (started.get("email_message") or {}).get("RawMessage")
    if contact.segment_attributes.get("connect:Direction") != {"ValueString": "INBOUND"}:
        return None
    if message:
        return f"say {message['Content']}"
    return f"write {email['Subject']}: {email['Body']}" if email else None


def schedule(contact: Contact, when: datetime.datetime) -> None:
    """Have the contact start at that time, unless it is rescheduled before."""
    agenda.add(when, _start_scheduled, contact)


def _start_scheduled(contact: Contact, when: datetime.datetime) -> None:
    if contact.scheduled_timestamp == when and _is_open(contact):
        _reach(contact)


def _reach(contact: Contact) -> None:
    """The contact is connected to the system: its flow runs, or a callback goes to its queue."""
    if contact.initiation_method != "CALLBACK":
        contact.connected_to_system = clock.now()
    if contact.contact_flow_id:
        if not _run_named(contact, contact.contact_flow_id, _flow_ended):
            end(contact, "CONTACT_FLOW_DISCONNECT")
    elif contact.initiation_method == "CALLBACK":
        _queue_callback(contact)


def _dial(contact: Contact) -> None:
    """Call the customer, who answers at once unless a test arranged something else."""
    started = contact.started_with or {}
    number = (contact.customer_endpoint or {}).get("Address", "")
    reason = arrangements.current.unreachable.get(number)
    if reason is None:
        return _reach(contact)
    rings_until = clock.now() + datetime.timedelta(seconds=started.get("ring_timeout", 60))
    return agenda.add(rings_until, _rang_out, contact)


def _rang_out(contact: Contact, when: datetime.datetime) -> None:
    number = (contact.customer_endpoint or {}).get("Address", "")
    end(contact, arrangements.current.unreachable.get(number, "TELECOM_UNANSWERED"))


def _queue_callback(contact: Contact) -> None:
    queue = target_queue(contact)
    if queue is not None:
        queueing.enqueue(contact, queue)
        note(contact, "->", f"queue {queueing.label(queue)}")


# --- running flows


def _run_named(contact: Contact, flow_id: str, then: Then, audience: Audience = "CUSTOMER") -> bool:
    """Run a flow that was chosen; False, and a line in the conversation, for one that has been deleted since."""
    try:
        flow = source(instance_of(contact), "FLOW", flow_id)
    except HostError as refusal:
        note(contact, "!", refusal.why)
        return False
    _run(contact, flow, then, audience)
    return True


def _run(contact: Contact, flow: Source, then: Then, audience: Audience = "CUSTOMER") -> None:
    before = contact.handling.runs.get(audience)
    if before:
        before.stop()
    FlowRun(contact, flow, Life(then, _start_contact, resume), audience).start()


def _start_contact(contact: Contact, kind: ContactKind, parameters: Mapping[str, Any]) -> Contact:
    """Start another contact for a flow. Raises HostError where contacts start each other without end."""
    global _nesting
    if _nesting >= MAX_NESTING:
        raise HostError(why=f"{MAX_NESTING} contacts started each other, one in the flow of the other, and no time has passed")
    made = start_contact(contact, kind, parameters)
    _nesting += 1
    try:
        begin(made)
    finally:
        _nesting -= 1
    return made


def _run_event(contact: Contact, hook: str, default: str | None, then: Then, audience: Audience) -> bool:
    """Run the flow that was set for an event, or the default flow of a type on a call; False when there is none."""
    flow_id = contact.handling.hooks.get(hook)
    if flow_id:
        return _run_named(contact, flow_id, then, audience)
    flow = default_flow(instance_of(contact), default) if default and contact.channel == "VOICE" else None
    if flow:
        _run(contact, flow, then, audience)
    return flow is not None


def _nothing(run: FlowRun, ended: Ended) -> None:
    """The contact goes on as it is."""


def _flow_ended(run: FlowRun, ended: Ended) -> None:
    """The contact's own flow is over. Without a queue, an agent or a third party there is nobody left to talk to."""
    if ended.how == "QUEUED":
        _run_event(run.segment, "CustomerQueue", "CUSTOMER_QUEUE", _queue_flow_ended, "CUSTOMER")
    elif ended.how == "AGENT":
        _offer_to_agent(run.segment)
    elif ended.how != "THIRD_PARTY":
        end(run.segment, "CONTACT_FLOW_DISCONNECT")


def _queue_flow_ended(run: FlowRun, ended: Ended) -> None:
    """The contact stays in its queue, unless the flow ended it or took it elsewhere."""
    if ended.how == "DISCONNECTED":
        end(run.segment, "CONTACT_FLOW_DISCONNECT")
    elif ended.how == "THIRD_PARTY":
        queueing.leave(run.segment)
    elif ended.how == "QUEUED" and run.next_segment:
        end(run.segment, "TRANSFERRED" if run.segment.channel == "EMAIL" else "OTHER")
        _run_event(run.next_segment, "CustomerQueue", "CUSTOMER_QUEUE", _queue_flow_ended, "CUSTOMER")


def _offer_to_agent(contact: Contact) -> None:
    """TransferContactToAgent: into the queue of the agent whom the transfer is for; without one the contact ends."""
    queue = target_queue(contact)
    if queue is None:
        return end(contact, "CONTACT_FLOW_DISCONNECT")
    return queueing.enqueue(contact, queue)


# --- agents


def accept(contact: Contact, user: User) -> None:
    """An agent takes the contact out of its queue: agent whisper, customer whisper, and they are connected."""
    contact.agent_info = {"Id": user.id, "AcceptedByAgentTimestamp": clock.now()}
    if not _run_event(contact, "AgentWhisper", "AGENT_WHISPER", partial(_agent_whispered, user), "AGENT"):
        _join(contact, user)


def _agent_whispered(user: User, run: FlowRun, ended: Ended) -> None:
    if _is_open(run.segment):
        _join(run.segment, user)


def _join(contact: Contact, user: User) -> None:
    queueing.leave(contact)
    _stop(contact, "CUSTOMER")
    if contact.initiation_method == "CALLBACK":
        _call_back(contact, user)
    else:
        _whisper(contact, user, "CustomerWhisper", "CUSTOMER_WHISPER")


def _call_back(contact: Contact, user: User) -> None:
    """Call the customer, and again later as often as CreateCallbackContact says, when nobody answers."""
    number = (contact.customer_endpoint or {}).get("Address", "")
    note(contact, "->", f"calls {number}")
    reason = arrangements.current.unreachable.get(number)
    if reason is None:
        contact.connected_to_system = clock.now()
        return _whisper(contact, user, "", "OUTBOUND_WHISPER")
    note(contact, "!", f"nobody answered: {reason}")
    contact.agent_info = None
    return _try_again(contact, reason)


def _try_again(contact: Contact, reason: str) -> None:
    """MaximumConnectionAttempts counts the first call."""
    started = contact.started_with or {}
    started["attempts"] -= 1
    if not started["attempts"]:
        return end(contact, reason)
    return agenda.add(clock.now() + datetime.timedelta(seconds=started["retry_delay"]), _queue_again, contact)


def _queue_again(contact: Contact, when: datetime.datetime) -> None:
    if _is_open(contact):
        _queue_callback(contact)


def _whisper(contact: Contact, user: User, hook: str, default: str) -> None:
    """Run the whisper flow of an event for the customer, and connect them."""
    if not _run_event(contact, hook, default, partial(_customer_whispered, user), "CUSTOMER"):
        _connect(contact, user)


def _customer_whispered(user: User, run: FlowRun, ended: Ended) -> None:
    if _is_open(run.segment):
        _connect(run.segment, user)


def _connect(contact: Contact, user: User) -> None:
    contact.agent_info = {**(contact.agent_info or {}), "ConnectedToAgentTimestamp": clock.now()}
    contact.changed()
    note(contact, "->", f"agent {user.username}")
    _run_event(contact, "DefaultAgentUI", None, _nothing, "AGENT")


def hold(contact: Contact) -> None:
    """The agent puts the customer on hold."""
    _run_event(contact, "CustomerHold", "CUSTOMER_HOLD", _nothing, "CUSTOMER")
    _run_event(contact, "AgentHold", "AGENT_HOLD", _nothing, "AGENT")


def take_off_hold(contact: Contact) -> None:
    """The agent talks to the customer again."""
    for audience in list(contact.handling.runs):
        _stop(contact, audience)


def agent_leaves(contact: Contact) -> Contact | None:
    """The agent hangs up or finishes: when a disconnect flow was set, it runs on a new segment, which is returned."""
    hooks = contact.handling.hooks
    end(contact, "AGENT_COMPLETED" if contact.channel == "TASK" else "AGENT_DISCONNECT")
    _run_event(contact, "DisconnectAgentUI", None, _nothing, "AGENT")
    if "CustomerRemaining" not in hooks:
        return None
    segment = next_segment(contact, "DISCONNECT", hooks["CustomerRemaining"])
    begin(segment)
    return segment


def pause(contact: Contact, flow_id: str | None = None) -> None:
    """Pause the contact; a flow named now goes before the one that was set for that."""
    contact.pause()
    note(contact, "->", "pauses")
    _run_named_or_event(contact, flow_id, "PauseContact")


def resume(contact: Contact, flow_id: str | None = None) -> None:
    """The contact goes on after a pause. Raises HostError when it is not paused."""
    if not contact.is_paused:
        raise HostError(why="the contact is not paused")
    contact.resume()
    note(contact, "->", "goes on")
    _run_named_or_event(contact, flow_id, "ResumeContact")


def _run_named_or_event(contact: Contact, flow_id: str | None, hook: str) -> None:
    if flow_id:
        _run_named(contact, flow_id, _nothing, "AGENT")
    else:
        _run_event(contact, hook, None, _nothing, "AGENT")


def third_party_leaves(contact: Contact) -> None:
    """The outside number hangs up, which ends a contact that nobody else has."""
    end(contact, "THIRD_PARTY_DISCONNECT")


# --- ending


def end(contact: Contact, reason: str) -> None:
    """End the contact now, and what runs for it; one that has ended stays as it is."""
    if not _is_open(contact):
        return
    queueing.leave(contact)
    contact.end(reason)
    contact.changed()
    for audience in list(contact.handling.runs):
        _stop(contact, audience)
    note(contact, "->", f"ends: {reason}")


def _expire(contact: Contact, when: datetime.datetime) -> None:
    if contact.expires == when:
        end(contact, "EXPIRED")


def expire_at(contact: Contact, when: datetime.datetime) -> None:
    """Have the contact expire at another time than before."""
    contact.expires = when
    agenda.add(when, _expire, contact)


def _stop(contact: Contact, audience: Audience) -> None:
    run = contact.handling.runs.get(audience)
    if run:
        run.stop()


def _is_open(contact: Contact) -> bool:
    return contact.ended is None and instance_of(contact).exists


def note(contact: Contact, mark: str, text: str) -> None:
    """Add a line to the conversation that no flow's action is behind."""
    contact.handling.conversation.append(Line(mark, text))
