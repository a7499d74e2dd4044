"""Host: everything a flow can ask of the world around it.

The interpreter reaches contacts, queues, Lambda functions, clocks and chance through these methods alone; a backend,
or a test, implements them. Any method may raise HostError, which becomes an error branch of the action that asked;
every other exception passes through the engine.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypedDict

from connect_mock.flow.document import Action
from connect_mock.flow.outcomes import NO_MATCHING_ERROR, Source


class HostError(Exception):
    """The host refuses, with an error type of the flow language: NoMatchingError, QueueAtCapacity, NoneFoundError ..."""

    def __init__(self, error_type: str = NO_MATCHING_ERROR, why: str = "") -> None:
        super().__init__(f"{error_type}: {why}" if why else error_type)
        self.error_type = error_type
        self.why = why


@dataclass(frozen=True)
class Prompt:
    """Something the participant hears or reads."""

    kind: Literal["Text", "SSML", "PromptId", "Media"]
    value: str
    """The text, the SSML document, the id or ARN of a prompt, or the address of a file."""


@dataclass(frozen=True)
class QueueTarget:
    """A queue: by its id or ARN, or as the queue of an agent. Exactly one of them is given."""

    queue_id: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True)
class QueueMetrics:
    """Real-time figures of a queue. None is a figure that there is none of."""

    name: str | None = None
    arn: str | None = None
    size: int | None = 0
    """Contacts in the queue."""
    oldest_contact_age: float | None = 0
    """Milliseconds, the unit of CheckMetricData (seen in exported flows)."""
    estimated_wait_time: float | None = None
    """Seconds."""
    online: int = 0
    available: int = 0
    staffed: int = 0
    after_contact_work: int = 0
    busy: int = 0
    missed: int = 0
    non_productive: int = 0


@dataclass(frozen=True)
class LexBot:
    """A bot: the alias ARN of Lex V2, or name, alias and region of Lex V1."""

    alias_arn: str | None = None
    name: str | None = None
    alias: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class LexTurn:
    """A bot's answer to one utterance."""

    intent_name: str | None
    finished: bool
    """Whether the bot gives the participant back to the flow."""
    messages: Sequence[str] = ()
    dialog_state: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)
    session_attributes: Mapping[str, Any] = field(default_factory=dict)
    intent_confidence: float | None = None
    sentiment: Mapping[str, Any] = field(default_factory=dict)
    """As under `$.Lex.SentimentResponse`: `Label` and `Scores`."""
    alternative_intents: Mapping[str, Any] = field(default_factory=dict)
    """As under `$.Lex.AlternativeIntents`, by intent name."""


@dataclass(frozen=True)
class LambdaCall:
    """An invocation that a flow asks for."""

    function_arn: str
    parameters: Mapping[str, Any]
    """`Details.Parameters` of the event; the host adds `Details.ContactData`."""
    seconds: float
    """How long the flow waits for an answer."""
    asynchronous: bool = False


class ContactChanges(TypedDict, total=False):
    """Changes to a contact; those in one call happen all or not at all."""

    Name: str
    Description: str
    LanguageCode: str
    CustomerId: str
    References: Mapping[str, Any]
    WisdomSessionArn: str
    TextToSpeechVoice: Mapping[str, str]
    """`TextToSpeechVoice`, `TextToSpeechEngine`, `TextToSpeechStyle` as in the action; the first is $.TextToSpeechVoiceId."""
    Tags: Mapping[str, str]
    """To set; the others stay."""
    UntagKeys: Sequence[str]
    """Tags to remove."""
    CallbackNumber: str
    """E.164. May be refused with CallbackNumberNotDialable."""
    EventHooks: Mapping[str, str]
    """Flow ids or ARNs by hook; the other hooks stay. Refused when a flow does not exist."""
    QueuePriority: int
    QueueTimeAdjustmentSeconds: int
    RoutingCriteria: Mapping[str, Any]
    FlowLogging: bool
    Analytics: Mapping[str, Any]
    """Conversational analytics as ConversationalAnalyticsConfiguration of the API has it."""
    MediaStreaming: bool
    """Whether the customer's audio is streamed. Refused when the instance has nowhere to stream it to."""
    ParticipantState: str
    """`CustomerOnHold` leaves flows to the agent alone, `AgentOnHold` to the customer, `OffHold` to both."""
    CallerId: str
    """The number that the customer is called from."""
    Case: Mapping[str, Any]
    """The fields of a case to link the contact to."""


TargetContact = Literal["Current", "Related"]

ContactKind = Literal["TASK", "CALLBACK", "CHAT", "EMAIL", "OUTBOUND_EMAIL", "SMS", "CAMPAIGN_EMAIL", "DIAL_REQUEST"]
"""What is started. TASK: CreateTask. CALLBACK: CreateCallbackContact. CHAT: StartOutboundChatContact. EMAIL: CreateContact.
OUTBOUND_EMAIL: StartOutboundEmailContact. The last three are a campaign's: SendSMS, SendOutboundEmail, PutDialRequest."""

RecordKind = Literal[
    "CALCULATED_ATTRIBUTES",
    "CASE",
    "CONTACT_CONTENT",
    "CUSTOMER_PROFILE",
    "CUSTOMER_PROFILE_KEY",
    "CUSTOMER_PROFILE_OBJECT",
    "DATA_TABLE_ROW",
    "DELIVERY_RECEIPTS",
    "LAMBDA_RESULT",
    "SEGMENT_MEMBERSHIP",
    "VOICE_ID",
    "WISDOM_SESSION",
]
"""What a flow reads and writes outside the contact; `Host.find` and `Host.store` say what each looks like."""


@dataclass(slots=True)
class Step:
    """An action that was run, and the branch that the flow took from it."""

    flow: Source
    action: Action
    branch: str | None = None
    """The path of the branch below the action, as `document.Action.targets` has it; None when the flow left by none."""
    to: str | None = None
    """The identifier of the next action; None when the flow, or the module, was left."""
    result: Any = None
    error_type: str | None = None
    why: str = ""


@dataclass(slots=True)
class LogEntry:
    """One entry of a flow log."""

    flow: Source
    identifier: str
    block: str
    """The name of the block in logs, which is older than the one of the action type."""
    time: datetime.datetime
    parameters: Any
    results: str | None
    external_results: Any

    def rendered(self, contact_id: str) -> dict[str, Any]:
        """The entry as in CloudWatch (administrator guide, Flow logs)."""
        entry = {
            "ContactId": contact_id,
            "ContactFlowId": self.flow.arn,
            "ContactFlowName": self.flow.name,
            "ContactFlowModuleType": self.block,
            "Identifier": self.identifier,
            "Timestamp": self.time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "Parameters": self.parameters,
        }
        others = {"Results": self.results, "ExternalResults": self.external_results}
        return entry | {name: value for name, value in others.items() if value is not None}


class Host(Protocol):
    """What a flow can ask for. Times are in seconds unless said otherwise."""

    @property
    def logging(self) -> bool:
        """Whether flow logs are wanted (UpdateFlowLoggingBehavior sets it, through `update_contact`)."""

    def log(self, entry: LogEntry) -> None:
        """One entry of the flow log; called only while `logging`."""

    def step(self, step: Step) -> None:
        """An action was run to its end and left by a branch, or ended the flow."""

    def now(self) -> datetime.datetime:
        """The current time in UTC. When a wait has run out, answer with the end of that wait, so that waits add up."""

    def percentage(self) -> int:
        """A random whole number from 1 to 100."""

    def forced_error(self, flow: Source, action: Action, parameters: Mapping[str, Any]) -> str | None:
        """Asked before every action, with its parameters looked up: the error type it is to fail with, or None."""

    def contact(self, root: str) -> Any:
        """What is known under a root of references that the run does not keep itself (`namespaces.RUN_ROOTS`): `Channel` is
        "VOICE", "CHAT", "TASK", "EMAIL", or None in a campaign; `Attributes` and `Tags` are mappings; `Queue` has Name, ARN
        and OutboundCallerId; `SegmentAttributes` is as in the API. None when there is nothing.

        Beyond those roots `OutboundCallStatus` is asked for: one of the operands of CheckOutboundCallStatus, or None for a
        call that no campaign made.
        """

    def update_attributes(self, attributes: Mapping[str, str], target: TargetContact) -> None:
        """Set contact attributes, all or none. Refused above 32 KB in all."""

    def update_contact(self, changes: ContactChanges, target: TargetContact) -> None:
        """Set other fields of the contact, all or none."""

    def resume_contact(self) -> None:
        """Have the contact go on after a pause. Refused when it is not paused."""

    def set_target_queue(self, queue: QueueTarget) -> None:
        """Set the queue that the contact will go to. Refused when there is none like it."""

    def transfer_to_queue(self, queue: QueueTarget | None) -> None:
        """Put the contact into its target queue, or, taken out of the queue where it is, into `queue`. Refused with
        QueueAtCapacity; with NoMatchingError when there is no such queue, or the contact is not in a state for it.
        """

    def say(self, prompts: Sequence[Prompt], repeatedly: bool = False) -> None:
        """Play or send them in order; `repeatedly` is music that goes on until the flow does. Unknown prompts are refused."""

    def show_view(self, view_id: str, data: Mapping[str, Any], hide_response: bool) -> None:
        """Send a view, by id, name or ARN, with a version as suffix or not. `hide_response` keeps the answer out of the
        transcript. Refused when there is no such view.
        """

    def in_hours(self, hours_of_operation_id: str | None) -> bool:
        """Whether now is in these hours, or those of the target queue. Refused when there are none."""

    def metrics(self, queue: QueueTarget | None, channel: str | None) -> QueueMetrics:
        """Figures of a queue, or the target queue; of all channels, or `Voice` or `Chat` alone. Refused without a queue."""

    def invoke_lambda(self, call: LambdaCall) -> Any:
        """The decoded JSON answer of the function, or, when asynchronous, the request id. Refused when it cannot be called,
        fails, or takes longer than `call.seconds`.
        """

    def lex_turn(self, bot: LexBot, text: str, session_attributes: Mapping[str, Any]) -> LexTurn:
        """What the bot answers to `text`; an empty text is silence. Refused when there is no such bot."""

    def call_third_party(self, number: str, parameters: Mapping[str, Any]) -> None:
        """Dial an outside number; `parameters` are those of TransferParticipantToThirdParty. Refused with CallFailed or
        NoMatchingError. When the flow goes on afterwards, it waits for the events `ThirdPartyConnected` and
        `ThirdPartyDisconnected`.
        """

    def start_contact(self, kind: ContactKind, parameters: Mapping[str, Any]) -> str:
        """Start another contact with the parameters of the action; returns its id."""

    def load(self, kind: Literal["FLOW", "MODULE"], id: str) -> Source:
        """The flow or module with that id or ARN, which may end in a version, an alias or `$LATEST`. Refused when there is
        none, or it was never published.
        """

    def find(self, kind: RecordKind, query: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Records outside the contact that match; none by default. The query holds the action's parameters.

        CUSTOMER_PROFILE: profiles, with ProfileId. CUSTOMER_PROFILE_OBJECT: objects by field, without prefix.
        CALCULATED_ATTRIBUTES: values by attribute. CASE: fields by id, newest case first.
        DATA_TABLE_ROW: `PrimaryValues` and `Attributes`, both by name, and optionally `LockVersion`; the query has
        DataTableId and PrimaryValues by name. DELIVERY_RECEIPTS: `Id` and each status reached. CONTACT_CONTENT: `Plaintext`.
        LAMBDA_RESULT: `ResultData` of the asynchronous invocation with the query's RequestId, when it has answered.
        VOICE_ID and SEGMENT_MEMBERSHIP: `Result`, an operand of the action's conditions.
        """

    def store(self, kind: RecordKind, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """Create or change such a record with the action's parameters; returns it with its id: `ProfileId`, `case_id`, or
        `SessionArn` of a WISDOM_SESSION. A CUSTOMER_PROFILE_KEY is the ContactId by which the profile with that ProfileId can
        be found from now on; refused when there is no such profile.
        """

    def record(self, effect: str, parameters: Mapping[str, Any]) -> None:
        """An action that changes nothing in a simulation took place; `effect` is its type."""
