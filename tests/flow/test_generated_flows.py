"""Valid flows of any shape: the engine always ends, waits, or stops what goes round in circles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connect_mock.flow import engine
from connect_mock.flow.engine import Execution
from connect_mock.flow.host import LexBot, LexTurn
from connect_mock.flow.language import language
from connect_mock.flow.outcomes import Ended, Failure, Keys, Occurred, Source, Utterance, ViewAnswer, Waiting
from connect_mock.flow.problems import problems_in
from tests.flow.recording_host import RecordingHost
from tests.flow.samples import END, TYPES, document, minimal

NAMES = [
    name
    for name in TYPES
    if not language().actions[name].unconfirmed and "CONTACT_FLOW" in language().actions[name].flow_types
]
TURNS = 10


class TalkativeHost(RecordingHost):
    """One whose bots always have an answer."""

    def lex_turn(self, bot: LexBot, text: str, session_attributes: Mapping[str, Any]) -> LexTurn:
        """Finished when something was said."""
        return LexTurn("Order" if text else None, finished=bool(text))


@pytest.fixture(autouse=True)
def short_of_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Circles are seen sooner."""
    monkeypatch.setattr(engine, "MAX_ACTIONS", 300)


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    """A valid flow of the least actions, whose branches lead anywhere in it, circles included."""
    chosen = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8))
    actions = [minimal(name) | {"Identifier": f"{name} {place}"} for place, name in enumerate(chosen)] + [END]
    targets = st.sampled_from([action["Identifier"] for action in actions])
    for action in actions[:-1]:
        for branch in _branches(action["Transitions"]):
            branch["NextAction"] = draw(targets)
    return document(*actions)


def _branches(transitions: dict[str, Any]) -> list[dict[str, Any]]:
    return [transitions, *transitions["Errors"], *transitions["Conditions"]] if transitions else []


events = st.one_of(
    st.none(),
    st.text("0123456789*#", min_size=1, max_size=4).map(Keys),
    st.text(max_size=5).map(Utterance),
    st.text(max_size=5).map(ViewAnswer),
    st.just(Failure()),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(flows(), st.lists(events, max_size=TURNS), st.sampled_from(["VOICE", "CHAT", "TASK", "EMAIL"]))
def test_a_valid_flow_ends_waits_or_hits_the_limit(flow: dict[str, Any], turns: list[Any], channel: str) -> None:
    content = json.dumps(flow)
    assert [each for each in problems_in(content, "CONTACT_FLOW") if each.severity == "error"] == []
    host = TalkativeHost(known={"Channel": channel, "ContactId": "c-1", "Attributes": {}})
    execution = Execution(Source("f", "arn:f", "f", "CONTACT_FLOW", content))
    state: Waiting | Ended = execution.start(host)
    for turn in turns:
        if isinstance(state, Ended):
            break
        state = _next(execution, host, state, turn)
    assert isinstance(state, Waiting) or state.how in (
        "DISCONNECTED",
        "ENDED",
        "QUEUED",
        "THIRD_PARTY",
        "AGENT",
        "ENDLESS",
        "STOPPED",
    )
    assert (execution.waiting is None) == isinstance(state, Ended)
    assert execution.actions_run <= engine.MAX_ACTIONS * (TURNS + 1)


def _next(execution: Execution, host: RecordingHost, waiting: Waiting, turn: Any) -> Waiting | Ended:
    """What happens next: `turn` where the flow waits for that, else the first thing that it does wait for."""
    if isinstance(turn, Failure) or (turn is not None and turn.name in waiting.awaiting):
        return execution.enter(host, turn)
    if waiting.seconds is not None:
        return execution.expire(host)
    name = waiting.awaiting[0] if waiting.awaiting else ""
    made = {"Keys": Keys("1"), "Utterance": Utterance("hello"), "ViewAnswer": ViewAnswer("Next")}
    return execution.enter(host, made.get(name, Occurred(name)) if name else Failure())
