"""Every action type succeeds, takes each of its error branches, and supports each of its operators.

What is run comes from the facts about the language, so that a new type, error or operator is missed here until it is told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from connect_mock.flow.actions import ACTIONS
from connect_mock.flow.host import HostError, LexTurn, QueueMetrics, Step
from connect_mock.flow.language import Conditions, Form, language
from connect_mock.flow.outcomes import (
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    Ended,
    Event,
    Failure,
    Keys,
    Occurred,
    TimeUp,
    Utterance,
    ViewAnswer,
)
from tests.flow.recording_host import RecordingHost, Run, action, ending, module, source, start
from tests.flow.samples import TYPES, a_flow_type, minimal, sample

HAPPENING = Event | Failure


@dataclass(frozen=True)
class Situation:
    """What an action finds when it runs, and what happens while it waits."""

    given: dict[str, Any] = field(default_factory=dict)
    """Parameters besides those that the type requires; None takes one away."""
    happening: Sequence[HAPPENING] = ()
    known: dict[str, Any] = field(default_factory=dict)
    """Of the contact."""
    refused: dict[str, str] = field(default_factory=dict)
    """Error types by method of the host."""
    host: dict[str, Any] = field(default_factory=dict)
    """Other members of the host."""


def run(type: str, here: Situation, *conditions: tuple[str, ...], forced: str = "", flow_type: str = "") -> Run:
    """Run an action in a flow where each error, success (`next`) and a condition that holds (`held`) lead to another end."""
    parameters = (minimal(type)["Parameters"] if type in TYPES else {}) | here.given
    parameters = {name: value for name, value in parameters.items() if value is not None}
    errors = {error: error for error in errors_of(type)}
    wired = action("it", type, parameters, "next", on=dict.fromkeys(conditions, "held"), errors=errors)
    flow = source(wired, *map(ending, ("next", "held", *errors)), type=flow_type or home(type))
    going = start(flow, host_of(type, here, forced))
    for event in here.happening if not forced else ():
        going = going.expire() if isinstance(event, TimeUp) else going.enter(event)
    return going


def host_of(type: str, here: Situation, forced: str) -> RecordingHost:
    known = {"Channel": a_channel(type), "ContactId": "c-1", "Attributes": {}} | here.known
    refusals = {method: HostError(error, "refused") for method, error in here.refused.items()}
    return RecordingHost(known=known, refusals=refusals, forced={"it": forced} if forced else {}, **here.host)


def home(type: str) -> str:
    """A type of flows that has the action."""
    return a_flow_type(type) if type in TYPES else "CONTACT_FLOW"


def a_channel(type: str) -> str | None:
    """One that the type supports; a campaign has none."""
    if home(type) == "CAMPAIGN":
        return None
    channels = language().actions[type].channels if type in TYPES else {"VOICE"}
    return next(each for each in ("VOICE", "CHAT", "TASK", "EMAIL") if each in channels)


def errors_of(type: str) -> tuple[str, ...]:
    return language().actions[type].errors_in_any_form if type in TYPES else ()


def step_of(going: Run) -> Step:
    """The step in which the flow left the action."""
    return next(step for step in reversed(going.host.steps) if step.action.identifier == "it")


# --- success

QUEUE = {"QueueId": "q"}
PROFILE = {"ProfileId": "p", "FirstName": "Ada"}
CALL = {"ContinueFlowExecution": "True"}
SUCCEEDING: dict[str, Situation] = {
    "AuthenticateParticipant": Situation(happening=[Occurred("OptedOut")]),
    "CheckMetricData": Situation(host={"queue_metrics": QueueMetrics(available=50)}),
    "CheckOutboundCallStatus": Situation(known={"OutboundCallStatus": "CallAnswered"}),
    "CheckVoiceId": Situation(host={"records": {"VOICE_ID": [{"Result": "Enrolled"}]}}),
    "Compare": Situation(known={"Attributes": {"it": "50"}}),
    "ConnectParticipantWithAgenticCX": Situation(happening=[Occurred("Escalation")]),
    "ConnectParticipantWithLexBot": Situation(happening=[Utterance("x")], host={"turns": [LexTurn("Book", True)]}),
    "DequeueContactAndTransferToQueue": Situation(QUEUE),
    "GetCalculatedAttributesForCustomerProfile": Situation(host={"records": {"CALCULATED_ATTRIBUTES": [{"a": "1"}]}}),
    "GetCase": Situation(host={"records": {"CASE": [{"case_id": "1"}]}}),
    "GetCustomerProfile": Situation(host={"records": {"CUSTOMER_PROFILE": [PROFILE]}}),
    "GetCustomerProfileObject": Situation(host={"records": {"CUSTOMER_PROFILE_OBJECT": [{"OrderId": "1"}]}}),
    "GetParticipantInput": Situation(happening=[Keys("1")]),
    "InvokeFlowModule": Situation(host={"sources": {}}),
    "LoadContactContent": Situation(host={"records": {"CONTACT_CONTENT": [{"Plaintext": "Hello"}]}}),
    "MessageParticipantIteratively": Situation({"InterruptFrequencySeconds": "30"}, [TimeUp()]),
    "ShowView": Situation(happening=[ViewAnswer("Submit")]),
    "TransferParticipantToThirdParty": Situation(CALL, [Occurred("ThirdPartyDisconnected")]),
    "UpdateContactCallbackNumber": Situation(known={"Attributes": {"it": "+441134960000"}}),
    "UpdateContactRoutingCriteria": Situation({"RoutingCriteria": {"Steps": []}}),
    "UpdateContactTargetQueue": Situation(QUEUE),
    "UpdateCustomerProfile": Situation({"ProfileRequestData": PROFILE}),
    "Wait": Situation(happening=[TimeUp()], known={"Channel": "CHAT"}),
}
"""What has to be so that an action succeeds, where not everything will do."""
