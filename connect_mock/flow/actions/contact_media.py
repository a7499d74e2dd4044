"""Contact actions: what is recorded, streamed and processed of a contact, and who hears whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.analytics import cannot_redact, configuration, older_configuration
from connect_mock.flow.actions.effects import Recorded
from connect_mock.flow.actions.registry import (
    Action,
    action,
)
from connect_mock.flow.host import Host
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Failed, Next, Outcome
from connect_mock.flow.references import text_of


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
