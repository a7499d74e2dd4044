"""Participant actions: what the customer hears, says and types.

Not emulated: how long a prompt takes (what is said is said at once), so that a key pressed while it plays is a key pressed
after it; encryption of stored input (the digits stay readable).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.prompts import Speaking, prompt_in
from connect_mock.flow.actions.registry import (
    Action,
    Unusable,
    action,
)
from connect_mock.flow.host import Host, LexBot, LexTurn, Prompt
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import (
    Ended,
    Event,
    Failed,
    Keys,
    Next,
    Outcome,
    Result,
    TimeUp,
    Utterance,
    ViewAnswer,
    Waiting,
)
from connect_mock.flow.phone_numbers import e164, international
from connect_mock.flow.references import text_of


@action
@dataclass(frozen=True, kw_only=True)
class MessageParticipant(Speaking):
    """Play a prompt or send a message. Tasks and e-mails pass by (administrator guide, Play prompt)."""

    wrong_channel = None
    log_name = "PlayPrompt"

    skip_when_dtmf_buffer_enabled: bool = False

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Say it, unless keys are waiting that make it superfluous."""
        typed_ahead = self.skip_when_dtmf_buffer_enabled and memory.keypad.keys
        if host.contact("Channel") not in ("TASK", "EMAIL") and not typed_ahead:
            self.say(host)
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class MessageParticipantIteratively(Action):
    """Play messages again and again while the participant waits."""

    log_name = "LoopPrompts"

    messages: Sequence[Any]
    interrupt_frequency_seconds: int | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Start from the first message."""
        memory.interrupted = None
        host.say([_message(each) for each in self.messages], repeatedly=True)
        return Waiting(self.interrupt_frequency_seconds)

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """Interrupt them; EndFlowExecution will come back here."""
        memory.interrupted = memory.identifier
        return Result("MessagesInterrupted")


def _message(entry: Any) -> Prompt:
    prompt = prompt_in(entry) if isinstance(entry, Mapping) else None
    if prompt is None:
        raise Unusable("Parameters.Messages has an entry without Text, PromptId, SSML or Media")
    return prompt


@action
@dataclass(frozen=True, kw_only=True)
class DisconnectParticipant(Action):
    """Disconnect the participant; the flow is over."""

    log_name = "Disconnect"

    def run(self, host: Host, memory: Memory) -> Outcome:
        """The end."""
        return Ended("DISCONNECTED")


# --- keys


@dataclass(frozen=True, kw_only=True)
class PhoneNumberValidation:
    """The input is to be a telephone number: of one country without its code, or with it."""

    number_format: str
    country_code: str = ""

    def checked(self, digits: str) -> str | None:
        """The number in E.164; None when it is none."""
        return e164(digits) if self.number_format == "E164" else international(digits, self.country_code)


@dataclass(frozen=True, kw_only=True)
class CustomValidation:
    """The input has at most so many keys."""

    maximum_length: int


@dataclass(frozen=True, kw_only=True)
class InputValidation:
    """What stored input has to be: one of these."""

    phone_number_validation: PhoneNumberValidation | None = None
    custom_validation: CustomValidation | None = None


@dataclass(frozen=True, kw_only=True)
class DtmfConfiguration:
    """How keys are taken."""

    input_termination_sequence: str = "#"
    disable_cancel_key: bool = False
    interdigit_time_limit_seconds: int = 5


@action
@dataclass(frozen=True, kw_only=True)
class GetParticipantInput(Speaking):
    """Ask for keys: one that branches, or a sequence that is stored in $.StoredCustomerInput.

    Not documented, chosen here: of several keys in a menu the first counts, and the others are lost unless the touchtone
    buffer is enabled; a menu stores nothing; a telephone number stored in local format gets its country code, as callbacks
    need it.
    """

    log_name = "GetUserInput"

    input_time_limit_seconds: int = 5
    store_input: bool = False
    input_validation: InputValidation = InputValidation()
    input_encryption: Mapping[str, Any] | None = None
    dtmf_configuration: DtmfConfiguration = DtmfConfiguration()
    enable_dtmf_buffer: bool | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Ask, and take the keys that are there already; or, in its third form, only switch the touchtone buffer."""
        if self.enable_dtmf_buffer is not None:
            memory.keypad.buffered = self.enable_dtmf_buffer
            memory.keypad.keys *= self.enable_dtmf_buffer
            return Next()
        self.say(host)
        waiting = Waiting(self.input_time_limit_seconds, ("Keys",), "")
        waiting_keys, memory.keypad.keys = memory.keypad.keys, ""
        return self.resume(host, memory, waiting, Keys(waiting_keys)) if waiting_keys else waiting

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """Keys were pressed, or none for too long."""
        if isinstance(event, Keys):
            return (
                self._store_keys(memory, waiting.progress, event.digits) if self.store_input else _choose(memory, event.digits)
            )
        if not self.store_input:
            return Failed("InputTimeLimitExceeded", f"no key within {self.input_time_limit_seconds} seconds")
        return self._stored(memory, waiting.progress or "Timeout")

    def _store_keys(self, memory: Memory, typed: str, digits: str) -> Outcome:
        for index, key in enumerate(digits):
            typed = "" if self._cancels(key) else typed + key
            if self._complete(typed):
                _keep(memory, digits[index + 1 :])
                return self._stored(memory, typed.removesuffix(self.dtmf_configuration.input_termination_sequence))
        return Waiting(self.dtmf_configuration.interdigit_time_limit_seconds, ("Keys",), typed)

    def _cancels(self, key: str) -> bool:
        keys = self.dtmf_configuration
        return key == "*" and not keys.disable_cancel_key and "*" not in keys.input_termination_sequence

    def _complete(self, typed: str) -> bool:
        end = self.dtmf_configuration.input_termination_sequence
        limit = self.input_validation.custom_validation
        return bool(end and typed.endswith(end)) or bool(limit and len(typed) >= limit.maximum_length)

    def _stored(self, memory: Memory, typed: str) -> Outcome:
        number = self.input_validation.phone_number_validation
        checked = number.checked(typed) if number and typed != "Timeout" else typed
        if checked is None:
            return Failed("InvalidPhoneNumber", f"{typed!r} is not a telephone number")
        memory.namespaces["StoredCustomerInput"] = checked
        return Next()


def _choose(memory: Memory, digits: str) -> Outcome:
    _keep(memory, digits[1:])
    return Result(digits[0])


def _keep(memory: Memory, digits: str) -> None:
    memory.keypad.keys = digits if memory.keypad.buffered else ""


# --- bots


@dataclass(frozen=True, kw_only=True)
class LexV2Bot:
    """A bot of Lex V2."""

    alias_arn: str


@dataclass(frozen=True, kw_only=True)
class LexV1Bot:
    """A bot of Lex V1."""

    name: str
    region: str
    alias: str


@action
@dataclass(frozen=True, kw_only=True)
class ConnectParticipantWithLexBot(Speaking):
    """Let a bot talk with the participant until it is finished.

    On the telephone silence is an empty utterance for the bot, after the start timeout of its session attributes (3 seconds by
    default). In a chat without LexTimeoutSeconds it waits for as long as it takes; the default there is not documented.
    """

    log_name = "GetUserInput"

    lex_v2_bot: LexV2Bot | None = None
    lex_bot: LexV1Bot | None = None
    lex_initialization_data: Mapping[str, Any] | None = None
    lex_session_attributes: Mapping[str, Any] | None = None
    lex_timeout_seconds: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Say the prompt and listen; or give the bot the customer's first message, which has to be there."""
        attributes = dict(self.lex_session_attributes or {})
        if self.lex_initialization_data is None:
            self.say(host)
            return self._listen(host, attributes)
        first = text_of(self.lex_initialization_data.get("InitialMessage"))
        if not first:
            return Failed(why="LexInitializationData.InitialMessage is empty")
        return self._turn(host, memory, first, attributes)

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """The participant said, typed or did nothing."""
        if isinstance(event, TimeUp) and host.contact("Channel") != "VOICE":
            return Failed("InputTimeLimitExceeded", f"no message within {waiting.seconds} seconds")
        return self._turn(host, memory, _said(event), waiting.progress)

    def _turn(self, host: Host, memory: Memory, text: str, attributes: Mapping[str, Any]) -> Outcome:
        turn = host.lex_turn(self._bot(), text, attributes)
        if turn.messages:
            host.say([Prompt("Text", message) for message in turn.messages])
        attributes = {**attributes, **turn.session_attributes}
        memory.namespaces["Lex"] = _heard(turn, attributes)
        return Result(turn.intent_name) if turn.finished else self._listen(host, attributes)

    def _listen(self, host: Host, attributes: dict[str, Any]) -> Outcome:
        return Waiting(self._patience(host, attributes), ("Keys", "Utterance"), attributes)

    def _patience(self, host: Host, attributes: Mapping[str, Any]) -> float | None:
        if host.contact("Channel") == "VOICE":
            milliseconds = text_of(attributes.get("x-amz-lex:audio:start-timeout-ms:*:*", 3000))
            return int(milliseconds) / 1000 if milliseconds.isdecimal() and len(milliseconds) < 9 else 3
        seconds = text_of((self.lex_timeout_seconds or {}).get("Text"))
        return int(seconds) if seconds.isdecimal() and len(seconds) < 9 else None

    def _bot(self) -> LexBot:
        if self.lex_v2_bot:
            return LexBot(alias_arn=self.lex_v2_bot.alias_arn)
        if self.lex_bot:
            return LexBot(name=self.lex_bot.name, alias=self.lex_bot.alias, region=self.lex_bot.region)
        raise Unusable("Parameters has neither LexV2Bot nor LexBot")


def _said(event: Event) -> str:
    if isinstance(event, Utterance):
        return event.text
    return event.digits if isinstance(event, Keys) else ""


def _heard(turn: LexTurn, session_attributes: Mapping[str, Any]) -> dict[str, Any]:
    """`$.Lex` after a turn."""
    return {
        "IntentName": turn.intent_name,
        "IntentConfidence": {"Score": turn.intent_confidence},
        "Slots": turn.slots,
        "SessionAttributes": session_attributes,
        "DialogState": turn.dialog_state,
        "SentimentResponse": turn.sentiment,
        "AlternativeIntents": turn.alternative_intents,
    }


# --- views


@dataclass(frozen=True, kw_only=True)
class ViewResource:
    """A view: id, name or ARN, which may carry the version itself."""

    id: str
    version: str = ""


@action
@dataclass(frozen=True, kw_only=True)
class ShowView(Action):
    """Show a page of a guide, and wait for the choice made in it."""

    view_resource: ViewResource
    invocation_time_limit_seconds: int
    view_data: Mapping[str, Any] | None = None
    sensitive_data_configuration: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Show it."""
        view, hidden = self.view_resource, self.sensitive_data_configuration or {}
        id = f"{view.id}:{view.version}" if view.version else view.id
        host.show_view(id, self.view_data or {}, hide_response="TRANSCRIPT" in (hidden.get("HideResponseOn") or ()))
        return Waiting(self.invocation_time_limit_seconds, ("ViewAnswer",))

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """Something was chosen, or nothing in time."""
        if not isinstance(event, ViewAnswer):
            return Failed("TimeLimitExceeded", f"no answer within {self.invocation_time_limit_seconds} seconds")
        memory.namespaces["Views"] = {"Action": event.action, "ViewResultData": event.data}
        return Result(event.action)
