"""Every action type succeeds, takes each of its error branches, and knows each of its operators.

Which there are is asked of the facts about the language: a new type, error or operator fails here until it is provided for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from connect_mock.flow.actions import ACTIONS
from connect_mock.flow.host import Host, HostError, LexTurn, QueueMetrics, Step
from connect_mock.flow.language import Form, language
from connect_mock.flow.outcomes import (
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    Event,
    Failure,
    Keys,
    Occurred,
    TimeUp,
    Utterance,
    ViewAnswer,
    Waiting,
)
from tests.flow.recording_host import RecordingHost, Run, action, ending, module, source, start
from tests.flow.samples import ID, TYPES, a_flow_type, minimal, sample


@dataclass(frozen=True)
class Situation:
    """What an action finds when it runs, and what happens while it waits."""

    given: dict[str, Any] = field(default_factory=dict)
    """Parameters besides those that the type requires."""
    known: dict[str, Any] = field(default_factory=dict)
    """About the contact; the action's type says the channel."""
    happens: Sequence[Event | Failure] = ()
    records: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """Error types by method of the host."""
    host: dict[str, Any] = field(default_factory=dict)
    """Anything else about it."""


def run(type: str, here: Situation, *condition: str, forced: str = "", flow_type: str = "") -> Run:
    """Run an action that goes to `next`, to `held` when the condition does, and for each error to an ending of that name."""
    parameters = (minimal(type)["Parameters"] if type in TYPES else {}) | here.given
    errors = {error: error for error in errors_of(type)}
    it = action("it", type, parameters, "next", on={condition: "held"} if condition else {}, errors=errors)
    flow = source(it, *map(ending, ("next", "held", *errors)), type=flow_type or home(type))
    going = start(flow, host_of(type, here, forced))
    for event in here.happens:
        if isinstance(going.outcome, Waiting):
            going = going.expire() if isinstance(event, TimeUp) else going.enter(event)
    return going


def host_of(type: str, here: Situation, forced: str) -> RecordingHost:
    known = {"Channel": a_channel(type), "ContactId": "c-1", "Attributes": {"it": "50"}} | here.known
    refusals = {method: HostError(error, "refused") for method, error in here.refused.items()}
    forcing = {"it": forced} if forced else {}
    return RecordingHost(known=known, refusals=refusals, records=here.records, forced=forcing, **deepcopy(here.host))


def home(type: str) -> str:
    """A type of flows that the action can be in."""
    return a_flow_type(type) if type in TYPES else "CONTACT_FLOW"


def a_channel(type: str) -> str | None:
    """One that the action supports; a campaign has none."""
    channels = language().actions[type].channels if type in TYPES else {"VOICE"}
    return next((each for each in ("VOICE", "CHAT", "TASK", "EMAIL") if each in channels), None)


def errors_of(type: str) -> tuple[str, ...]:
    return language().actions[type].errors_in_any_form if type in TYPES else ()


def left(going: Run) -> Step:
    """The step with which the flow left the action."""
    return next(step for step in reversed(going.host.steps) if step.action.identifier == "it")


# --- success

OTHER_FLOW = source(ending("there"), name="other")
MODULE = module(action("inside", "EndFlowModuleExecution", {"Result": "done"}))

SUCCEEDING: dict[str, Situation] = {
    "AuthenticateParticipant": Situation(happens=[Occurred("OptedOut")]),
    "CheckMetricData": Situation(host={"queue_metrics": QueueMetrics(available=50)}),
    "CheckOutboundCallStatus": Situation(known={"OutboundCallStatus": "CallAnswered"}),
    "CheckVoiceId": Situation(records={"VOICE_ID": [{"Result": "Enrolled"}]}),
    "ConnectParticipantWithAgenticCX": Situation(happens=[Occurred("Escalation")]),
    "ConnectParticipantWithLexBot": Situation(happens=[Utterance("a table")], host={"turns": [LexTurn("Book", True)]}),
    "DequeueContactAndTransferToQueue": Situation({"QueueId": ID}),
    "GetCalculatedAttributesForCustomerProfile": Situation(records={"CALCULATED_ATTRIBUTES": [{}]}),
    "GetCase": Situation(records={"CASE": [{}]}),
    "GetCustomerProfile": Situation(records={"CUSTOMER_PROFILE": [{}]}),
    "GetCustomerProfileObject": Situation(records={"CUSTOMER_PROFILE_OBJECT": [{}]}),
    "GetParticipantInput": Situation(happens=[Keys("1")]),
    "InvokeFlowModule": Situation(host={"sources": {ID: MODULE}}),
    "LoadContactContent": Situation(records={"CONTACT_CONTENT": [{}]}),
    "MessageParticipantIteratively": Situation({"InterruptFrequencySeconds": "30"}, happens=[TimeUp()]),
    "ShowView": Situation(happens=[ViewAnswer("Submit")]),
    "TransferParticipantToThirdParty": Situation(happens=[Occurred("ThirdPartyDisconnected")]),
    "TransferToFlow": Situation(host={"sources": {ID: OTHER_FLOW}}),
    "UpdateContactCallbackNumber": Situation(known={"Attributes": {"it": "+441134960000"}}),
    "UpdateContactTargetQueue": Situation({"QueueId": ID}),
    "UpdateCustomerProfile": Situation({"ProfileRequestData": {"ProfileId": "p"}}),
    "Wait": Situation(known={"Channel": "CHAT"}, happens=[TimeUp()]),
}
"""What there has to be for an action to succeed, where not everything will do."""

LEAVING = {
    "DequeueContactAndTransferToQueue": "QUEUED",
    "DisconnectParticipant": "DISCONNECTED",
    "EndFlowExecution": "ENDED",
    "EndFlowModuleExecution": "ENDED",
    "TransferContactToAgent": "AGENT",
    "TransferContactToQueue": "QUEUED",
    "TransferToFlow": "there",
}
"""Where those lead that do not go on in their flow: how it ends, or the action of the other flow."""


def arrived(going: Run) -> str:
    """The action after it, or how the flow ended with it."""
    last = going.host.path[-1]
    return getattr(going.outcome, "how", "waits") if last == "it" else last


@pytest.mark.parametrize("type", sorted({*ACTIONS, *TYPES}))
def test_the_least_action_of_each_type_succeeds(type: str) -> None:
    going = run(type, SUCCEEDING.get(type, Situation()))
    step = left(going)
    has_result = step.result is not None and NO_MATCHING_CONDITION in errors_of(type)
    assert step.error_type is None, step.why
    assert arrived(going) == LEAVING.get(type, NO_MATCHING_CONDITION if has_result else "next")


# --- errors

ERRORS = [(type, error) for type in TYPES for error in errors_of(type)]

ONLY_FORCED = {
    ("RenderMessageTemplate", NO_MATCHING_ERROR): "nothing is rendered",
    ("RenderMessageTemplate", "TemplateRenderingError"): "nothing is rendered",
    ("UpdateContactMediaProcessing", NO_MATCHING_ERROR): "nothing is processed",
    ("UpdateContactRecordingAndAnalyticsBehavior", NO_MATCHING_ERROR): "every behavior is taken",
}
"""Errors that nothing here leads to, and why: only a test that forces them sees them."""

TO_BE_ASKED = [name for name, each in vars(Host).items() if callable(each) and name[0] != "_" and name != "record"]
"""The methods that a host can refuse. What it is told to record it never refuses."""

NOT_LINKED = Situation(records={"CASE": [{}]}, refused={"update_contact": NO_MATCHING_ERROR})
FULL = Situation({"QueueId": ID}, refused={"transfer_to_queue": "QueueAtCapacity"})
LOCAL_NUMBER = {"PhoneNumberValidation": {"NumberFormat": "Local", "CountryCode": "US"}}
ICELANDIC = {"Enabled": "True", "AnalyticsLanguage": "is-IS", "InFlightChatRedactionConfiguration": {"Enabled": "True"}}

PROVOKED: dict[tuple[str, str], Situation] = {
    ("AuthenticateParticipant", NO_MATCHING_ERROR): Situation(known={"Channel": "VOICE"}),
    ("AuthenticateParticipant", "TimeLimitExceeded"): Situation(happens=[TimeUp()]),
    ("CheckOutboundCallStatus", NO_MATCHING_ERROR): Situation(known={"OutboundCallStatus": None}),
    ("ConnectParticipantWithAgenticCX", NO_MATCHING_ERROR): Situation(happens=[Failure()]),
    ("ConnectParticipantWithAgenticCX", "InputTimeLimitExceeded"): Situation(happens=[Failure("InputTimeLimitExceeded")]),
    ("ConnectParticipantWithLexBot", "InputTimeLimitExceeded"): Situation(
        {"LexTimeoutSeconds": {"Text": "60"}}, {"Channel": "CHAT"}, [TimeUp()]
    ),
    ("CreateCase", "ContactNotLinked"): NOT_LINKED,
    ("CreatePersistentContactAssociation", NO_MATCHING_ERROR): Situation(known={"Channel": "VOICE"}),
    ("DequeueContactAndTransferToQueue", "QueueAtCapacity"): FULL,
    ("GetCalculatedAttributesForCustomerProfile", "NoneFoundError"): Situation(),
    ("GetCase", "ContactNotLinked"): NOT_LINKED,
    ("GetCase", "MultipleFound"): Situation({"GetLastUpdatedCase": "false"}, records={"CASE": [{}, {}]}),
    ("GetCase", "NoneFound"): Situation(),
    ("GetCustomerProfile", "MultipleFoundError"): Situation(records={"CUSTOMER_PROFILE": [{}, {}]}),
    ("GetCustomerProfile", "NoneFoundError"): Situation(),
    ("GetCustomerProfileObject", "NoneFoundError"): Situation(),
    ("GetParticipantInput", "InputTimeLimitExceeded"): Situation(happens=[TimeUp()]),
    ("GetParticipantInput", "InvalidPhoneNumber"): Situation(
        {"StoreInput": "True", "InputValidation": LOCAL_NUMBER}, happens=[Keys("555#")]
    ),
    ("Loop", NO_MATCHING_ERROR): Situation({"LoopCount": "$.Attributes.none"}),
    ("ShowView", "TimeLimitExceeded"): Situation(happens=[TimeUp()]),
    ("StartVoiceIdStream", NO_MATCHING_ERROR): Situation(known={"Channel": "CHAT"}),
    ("TransferContactToQueue", "QueueAtCapacity"): FULL,
    ("TransferParticipantToThirdParty", "CallFailed"): Situation(refused={"call_third_party": "CallFailed"}),
    ("TransferParticipantToThirdParty", "ConnectionTimeLimitExceeded"): Situation(happens=[TimeUp()]),
    ("UpdateCase", "ContactNotLinked"): NOT_LINKED,
    ("UpdateContactCallbackNumber", "CallbackNumberNotDialable"): Situation(
        known={"Attributes": {"it": "+8821234567"}}, refused={"update_contact": "CallbackNumberNotDialable"}
    ),
    ("UpdateContactCallbackNumber", "InvalidCallbackNumber"): Situation(),
    ("UpdateContactMediaProcessing", "ChannelMismatch"): Situation(known={"Channel": "VOICE"}),
    ("UpdateContactRecordingAndAnalyticsBehavior", "ChannelMismatch"): Situation(
        {"VoiceBehavior": {"VoiceRecordingBehavior": {"RecordedParticipants": []}}}, {"Channel": "CHAT"}
    ),
    ("UpdateContactRecordingAndAnalyticsBehavior", "InFlightRedactionConfigurationFailed"): Situation(
        {"ChatBehavior": {"ChatAnalyticsBehavior": ICELANDIC}}, {"Channel": "CHAT"}
    ),
    ("UpdateFlowAttributes", NO_MATCHING_ERROR): Situation({"FlowAttributes": {"it": {"Value": "x" * 33_000}}}),
    ("Wait", NO_MATCHING_ERROR): Situation(known={"Channel": "VOICE"}),
    ("Wait", "ParticipantNotFound"): Situation(
        {"Events": ["BotParticipantDisconnected"]}, {"Channel": "CHAT"}, [Failure("ParticipantNotFound")]
    ),
}
"""What leads to an error. A result without a condition, and a host that refuses whatever it is asked, need no entry."""


def provoking(type: str, error: str) -> Situation:
    """What leads to that error."""
    usual = SUCCEEDING.get(type, Situation())
    if error == NO_MATCHING_ERROR:
        usual = replace(usual, refused=dict.fromkeys(TO_BE_ASKED, error))
    return PROVOKED.get((type, error), usual)


@pytest.mark.parametrize(("type", "error"), [each for each in ERRORS if each not in ONLY_FORCED])
def test_each_error_is_provoked(type: str, error: str) -> None:
    going = run(type, provoking(type, error))
    assert left(going).error_type == (None if error == NO_MATCHING_CONDITION else error)
    assert arrived(going) == error


@pytest.mark.parametrize(("type", "error"), ERRORS)
def test_each_error_is_forced(type: str, error: str) -> None:
    assert arrived(run(type, Situation(), forced=error)) == error


def test_the_tables_of_errors_name_errors_that_there_are() -> None:
    assert {*ONLY_FORCED, *PROVOKED} <= set(ERRORS)
    assert not ONLY_FORCED.keys() & PROVOKED.keys()


# --- operators

OPERATED = [
    (type, operator, form)
    for type, facts in language().actions.items()
    for form, conditions in ((None, facts.conditions), *((each, each.changes.get("conditions")) for each in facts.forms))
    for operator in (conditions.operators if conditions else ())
]
"""Type, operator, and the form of the type that has it; None when it always has."""

OPERANDS: dict[str, Callable[[Any], tuple[list[Any], list[Any]]]] = {
    "Equals": lambda it: ([str(it)], [f"not {it}"]),
    "TextStartsWith": lambda it: ([it[:1]], [it[1:]]),
    "TextEndsWith": lambda it: ([it[1:]], [it[:1]]),
    "TextContains": lambda it: ([it[1:]], [f"{it} and more"]),
    "NumberGreaterThan": lambda it: ([str(int(it) - 1)], [str(it)]),
    "NumberGreaterOrEqualTo": lambda it: ([str(it)], [str(int(it) + 1)]),
    "NumberLessThan": lambda it: ([str(int(it) + 1)], [str(it)]),
    "NumberLessOrEqualTo": lambda it: ([str(it)], [str(int(it) - 1)]),
    "KeyExists": lambda it: (["it"], ["not it"]),
    "Exists": lambda it: ([], []),
}
"""By operator, operands with which it holds of a result, and operands with which it does not."""

LOOKED_AT: dict[str, tuple[Any, Any]] = {"KeyExists": ({"it": "x"}, {"it": "x"}), "Exists": ("50", None)}
"""What Compare looks at when the condition is to hold and when it is not, where that is not the same text."""


SWITCHED_ON = {"ContinueExecution": "True"}
"""Parameters that make a form when they have a certain value."""


def in_form(type: str, form: Form | None) -> Situation:
    """What makes an action of that form succeed."""
    usual = SUCCEEDING.get(type, Situation())
    if form is None:
        return usual
    takes, named = language().actions[type].parameters.properties, {name: each[0] for name, each in form.when.equals.items()}
    named |= {name: SWITCHED_ON.get(name) or sample(takes[name]) for name in form.when.present}
    return replace(usual, given=usual.given | named)


def described(part: str | Form | None) -> str:
    """For the name of a test."""
    if isinstance(part, Form):
        return " ".join([*(each[0] for each in part.when.equals.values()), *part.when.present, *part.when.flow_types])
    return part or "always"


@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize(("type", "operator", "form"), OPERATED, ids=described)
def test_each_operator_holds_and_does_not(type: str, operator: str, form: Form | None, holds: bool) -> None:
    here, flow_type = in_form(type, form), form.when.flow_types[0] if form and form.when.flow_types else ""
    if operator in LOOKED_AT:
        here = replace(here, known={"Attributes": {"it": LOOKED_AT[operator][0 if holds else 1]}})
    step = left(run(type, here, flow_type=flow_type))
    assert step.error_type is None, step.why
    operands = OPERANDS[operator](step.result)[0 if holds else 1]
    assert (arrived(run(type, here, operator, *operands, flow_type=flow_type)) == "held") is holds


def test_every_operator_of_the_language_is_known_by_an_action() -> None:
    assert {operator for _, operator, _ in OPERATED} == set(language().operators)
