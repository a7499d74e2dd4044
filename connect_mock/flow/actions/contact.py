"""Contact actions: what they change in the contact, and where they send it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from connect_mock.flow.actions.analytics import cannot_redact, configuration, older_configuration
from connect_mock.flow.actions.effects import Recorded
from connect_mock.flow.actions.registry import (
    Action,
    Unusable,
    action,
)
from connect_mock.flow.host import ContactChanges, Host, HostError, QueueTarget, TargetContact
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Call, Ended, Failed, Next, Outcome, Return
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


# --- recording, streaming and processing


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactRecordingBehavior(Recorded):
    """What to record and how to analyse it; the older form, which cannot fail.

    There is no sound to record. How the contact is to be analysed shows in DescribeContact.
    """

    log_name = "SetRecordingBehavior"

    recording_behavior: Mapping[str, Any]
    analytics_behavior: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Note it; tasks and e-mails are not analysed."""
        channel = host.contact("Channel")
        if self.analytics_behavior and channel in ("VOICE", "CHAT"):
            host.update_contact({"Analytics": older_configuration(self.analytics_behavior, channel)}, "Current")
        return super().run(host, memory)


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactRecordingAndAnalyticsBehavior(Recorded):
    """What to record of a chat, a call or a screen, and how to analyse it.

    There is neither sound nor screen to record. How the contact is to be analysed shows in DescribeContact.

    What makes InFlightRedactionConfigurationFailed is not documented: here it is a language that redaction in flight does not
    know.
    """

    chat_behavior: Mapping[str, Any] | None = None
    voice_behavior: Mapping[str, Any] | None = None
    screen_recording_behavior: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Note it, when it is for this channel."""
        channel = host.contact("Channel")
        if (self.chat_behavior and channel != "CHAT") or (self.voice_behavior and channel != "VOICE"):
            return Failed("ChannelMismatch", f"the contact is on {channel}")
        if problem := cannot_redact(self._analytics()):
            return Failed("InFlightRedactionConfigurationFailed", problem)
        if analytics := self._analytics():
            host.update_contact({"Analytics": configuration(analytics)}, "Current")
        return super().run(host, memory)

    def _analytics(self) -> Mapping[str, Any]:
        of_chat = (self.chat_behavior or {}).get("ChatAnalyticsBehavior")
        return of_chat or (self.voice_behavior or {}).get("VoiceAnalyticsBehavior") or {}


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactMediaProcessing(Recorded):
    """Let a Lambda function process the messages of a chat.

    Messages are delivered as they are.
    """

    wrong_channel = "ChannelMismatch"

    chat_processor: Mapping[str, Any]


@action
@dataclass(frozen=True, kw_only=True)
class UpdateContactMediaStreamingBehavior(Action):
    """Start or stop streaming the customer's audio: $.MediaStreams.Customer.Audio."""

    media_streaming_state: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start or stop."""
        host.update_contact({"MediaStreaming": self.media_streaming_state == "Enabled"}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class UpdatePreviousContactParticipantState(Action):
    """Put the customer or the agent of the previous contact on hold, who then does not hear the flow, or take both off.

    Flows for hold (UpdateContactEventHooks) do not run for it; whether they do is not documented.
    """

    previous_contact_participant_state: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Put them there."""
        host.update_contact({"ParticipantState": self.previous_contact_participant_state}, "Current")
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class ResumeContact(Action):
    """Have the contact go on after a pause; the flow for the event ResumeContact runs. One that is not paused is an error."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Have it go on."""
        host.resume_contact()
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class CompleteOutboundCall(Recorded):
    """Dial the destination of an outbound contact, from a certain number when one is given.

    Outbound whispers run when the customer has answered, so that nothing is left to dial. The number shows in DescribeContact.
    """

    caller_id: Mapping[str, Any] | None = None
    voice_connector: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Note it; a voice connector has a number of its own."""
        number = text_of((self.caller_id or {}).get("Number"))
        if number and not self.voice_connector:
            host.update_contact({"CallerId": number}, "Current")
        return super().run(host, memory)


@action
@dataclass(frozen=True, kw_only=True)
class CreateWisdomSession(Action):
    """Start a session of the agents' assistant: $.Wisdom.SessionArn."""

    wisdom_assistant_arn: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start it."""
        memory.namespaces["Wisdom"] = host.store("WISDOM_SESSION", self.given)
        return Next()


# --- cases


def _link(host: Host, case: Mapping[str, Any], wanted: bool) -> Outcome:
    """Link the contact to the case, if that is wanted; a refusal has a branch of its own."""
    try:
        if wanted:
            host.update_contact({"Case": case}, "Current")
    except HostError as refusal:
        return Failed("ContactNotLinked", refusal.why)
    return Next()


@action
@dataclass(frozen=True, kw_only=True)
class CreateCase(Action):
    """Create a case: $.Case."""

    link_contact_to_case: bool
    case_template_id: str
    case_request_fields: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Create and link it."""
        memory.namespaces["Case"] = host.store("CASE", self.given)
        return _link(host, memory.namespaces["Case"], self.link_contact_to_case)


@action
@dataclass(frozen=True, kw_only=True)
class GetCase(Action):
    """Find a case by its fields: $.Case."""

    link_contact_to_case: bool
    get_last_updated_case: bool
    customer_id: str | None = None
    case_request_fields: Mapping[str, Any] | None = None
    case_response_fields: Sequence[Any] = ()

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Find it: the only one, or the one that changed last."""
        found = host.find("CASE", self.given)
        if not found:
            return Failed("NoneFound", "no case matches")
        if len(found) > 1 and not self.get_last_updated_case:
            return Failed("MultipleFound", f"{len(found)} cases match")
        wanted = {"case_id", *map(text_of, self.case_response_fields)}
        memory.namespaces["Case"] = {name: value for name, value in found[0].items() if name in wanted}
        return _link(host, found[0], self.link_contact_to_case)


@action
@dataclass(frozen=True, kw_only=True)
class UpdateCase(Action):
    """Change the fields of a case."""

    link_contact_to_case: bool
    case_id: str
    case_request_fields: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Change and link it."""
        return _link(host, host.store("CASE", self.given), self.link_contact_to_case)


# --- other contacts


@action
@dataclass(frozen=True, kw_only=True)
class CreateTask(Action):
    """Start a task: $.Task.ContactId."""

    contact_flow_id: str
    name: str
    delay_seconds: int | None = None
    scheduled_time: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start it."""
        if self.delay_seconds is not None and self.scheduled_time is not None:
            return Failed(why="Parameters has both DelaySeconds and ScheduledTime")
        memory.namespaces["Task"] = {"ContactId": host.start_contact("TASK", self.given)}
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class StartOutboundChatContact(Action):
    """Start a chat by text message."""

    source_endpoint: Mapping[str, Any]
    destination_endpoint: Mapping[str, Any]
    contact_flow_arn: str
    contact_subtype: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start it."""
        host.start_contact("CHAT", self.given)
        return Next()


# --- transfers and modules


@action
@dataclass(frozen=True, kw_only=True)
class TransferContactToQueue(Action):
    """Put the contact into its target queue; the flow is over."""

    log_name = "Transfer"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Put it there."""
        host.transfer_to_queue(None)
        return Ended("QUEUED")


@action
@dataclass(frozen=True, kw_only=True)
class DequeueContactAndTransferToQueue(Action):
    """Take the contact from one queue to another; the flow is over. With no queue named it fails; that is not documented."""

    log_name = "Dequeue"

    queue_id: str | None = None
    agent_id: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Take it there."""
        target = queue_target(self.queue_id, self.agent_id)
        if target is None:
            return Failed(why="Parameters has neither QueueId nor AgentId")
        host.transfer_to_queue(target)
        return Ended("QUEUED")


@action
@dataclass(frozen=True, kw_only=True)
class TransferContactToAgent(Action):
    """Connect the contact with the agent whom the transfer is for; the flow is over."""

    log_name = "Transfer"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """The end."""
        return Ended("AGENT")


@action
@dataclass(frozen=True, kw_only=True)
class InvokeFlowModule(Action):
    """Run a module."""

    flow_module_id: str
    input: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Find it."""
        return Call(host.load("MODULE", self.flow_module_id), self.input or {})


@action
@dataclass(frozen=True, kw_only=True)
class EndFlowModuleExecution(Action):
    """Return from a module."""

    log_name = "ReturnFromFlowModule"

    result: str | None = None
    result_data: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Return."""
        return Return(self.result, self.result_data)
