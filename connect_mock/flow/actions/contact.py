"""Contact actions: what they change in the contact, and where they send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from connect_mock.flow.actions.registry import (
    Action,
    Unusable,
    action,
)
from connect_mock.flow.host import ContactChanges, Host, QueueTarget, TargetContact
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Failed, Next, Outcome
from connect_mock.flow.phone_numbers import E164
from connect_mock.flow.references import text_of

MAX_TAGS = 6
"""User tags of a contact (service model)."""

HOLD_HOOKS = frozenset({"AgentHold", "CustomerHold"})


def queue_target(queue_id: str | None, agent_id: str | None) -> QueueTarget | None:
    """The queue that an action names; None when it names none. Raises Unusable when it names two."""
    if queue_id is None and agent_id is None:
        return None
    if queue_id is not None and agent_id is not None:
        raise Unusable("Parameters has both QueueId and AgentId")
    return QueueTarget(queue_id, agent_id)


def target_contact(name: str) -> TargetContact:
    """`Current` or `Related`. Raises Unusable."""
    for each in get_args(TargetContact):
        if each == name:
            return each  # type: ignore[no-any-return]
    raise Unusable(f"Parameters.TargetContact must be Current or Related, got {name!r}")


# --- attributes, tags and other data


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactAttributes(Action):
    """Set attributes, all or none."""

    log_name = "SetAttributes"

    attributes: Mapping[str, Any]
    target_contact: str = "Current"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Set them. A key with a dollar sign or a dot could not be referred to, and is refused (developer guide)."""
        host.update_attributes(texts(self.attributes, "Attributes"), target_contact(self.target_contact))
        return Next()


def texts(given: Mapping[str, Any], name: str) -> dict[str, str]:
    """The entries of a map of attributes as texts. Raises Unusable for a key that no reference can name."""
    wrong = [key for key in given if "$" in key or "." in key or not key]
    if wrong:
        raise Unusable(f"Parameters.{name} has the key {wrong[0]!r}; keys are not empty, and have neither $ nor a full stop")
    return {key: text_of(value) for key, value in given.items()}


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactData(Action):
    """Set fields of the contact that are Connect's own, all or none. Those of Voice ID, which ended in 2026, are recorded."""

    log_name = "SetContactData"

    name: str | None = None
    description: str | None = None
    language_code: str | None = None
    customer_id: str | None = None
    references: Mapping[str, Any] | None = None
    wisdom_session_arn: str | None = None
    target_contact: str = "Current"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Set those that are given."""
        changes = self._changes()
        if changes:
            host.update_contact(changes, target_contact(self.target_contact))
        others = self.given.keys() - changes.keys() - {"TargetContact"}
        if others:
            host.record(type(self).__name__, {name: self.given[name] for name in sorted(others)})
        return Next()

    def _changes(self) -> ContactChanges:
        changes = ContactChanges()
        if self.name is not None:
            changes["Name"] = self.name
        if self.description is not None:
            changes["Description"] = self.description
        if self.language_code is not None:
            changes["LanguageCode"] = self.language_code
        if self.customer_id is not None:
            changes["CustomerId"] = self.customer_id
        if self.references is not None:
            changes["References"] = self.references
        if self.wisdom_session_arn is not None:
            changes["WisdomSessionArn"] = self.wisdom_session_arn
        return changes


@action
@dataclass(frozen=True, kw_only=True)
class TagContact(Action):
    """Set tags, all or none."""

    tags: Mapping[str, Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Set them."""
        if len(self.tags) > MAX_TAGS:
            return Failed(why=f"a contact has at most {MAX_TAGS} tags, got {len(self.tags)}")
        host.update_contact({"Tags": {key: text_of(value) for key, value in self.tags.items()}}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UntagContact(Action):
    """Remove tags."""

    tag_keys: Sequence[Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Remove them."""
        host.update_contact({"UntagKeys": [text_of(key) for key in self.tag_keys]}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactTextToSpeechVoice(Action):
    """Choose the voice; on chats and tasks without effect, but no error."""

    log_name = "SetVoice"

    text_to_speech_voice: str
    text_to_speech_engine: str | None = None
    text_to_speech_style: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Choose it."""
        if host.contact("Channel") in ("VOICE", None):
            host.update_contact({"TextToSpeechVoice": {name: text_of(value) for name, value in self.given.items()}}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactCallbackNumber(Action):
    """Set the number to call back."""

    wrong_channel = "InvalidCallbackNumber"
    log_name = "SetCallBackNumber"

    callback_number: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Set it, when it is one; whether it can be called is for the host to say."""
        if not E164.fullmatch(self.callback_number):
            return Failed("InvalidCallbackNumber", f"{self.callback_number!r} is not an E.164 telephone number")
        host.update_contact({"CallbackNumber": self.callback_number}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactEventHooks(Action):
    """Choose the flow for a later event. Hold flows are for telephones alone."""

    log_name = "SetEventHook"

    event_hooks: Mapping[str, Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Choose it."""
        if self.event_hooks.keys() & HOLD_HOOKS and host.contact("Channel") not in ("VOICE", None):
            return Failed(why=f"there is no hold on {host.contact('Channel')}")
        host.update_contact({"EventHooks": {hook: text_of(flow) for hook, flow in self.event_hooks.items()}}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactRoutingBehavior(Action):
    """Change the priority of the contact, or the time it seems to have waited."""

    log_name = "SetQueuePriority"

    queue_priority: int | None = None
    queue_time_adjustment_seconds: int | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Change it."""
        changes = ContactChanges()
        if self.queue_priority is not None:
            changes["QueuePriority"] = self.queue_priority
        if self.queue_time_adjustment_seconds is not None:
            changes["QueueTimeAdjustmentSeconds"] = self.queue_time_adjustment_seconds
        host.update_contact(changes, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactTargetQueue(Action):
    """Choose the queue that the contact will go to. With neither queue nor agent it fails; that is not documented."""

    log_name = "SetQueue"

    queue_id: str | None = None
    agent_id: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Choose it."""
        target = queue_target(self.queue_id, self.agent_id)
        if target is None:
            return Failed(why="Parameters has neither QueueId nor AgentId")
        host.set_target_queue(target)
        return Next()
