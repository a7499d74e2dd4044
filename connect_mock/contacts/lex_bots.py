"""Lex bots: Python callables that a test registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connect_mock.contacts import arrangements
from connect_mock.flow.host import HostError, LexBot, LexTurn

ANSWER = {
    "intent": str,
    "slots": Mapping,
    "session_attributes": Mapping,
    "messages": (list, tuple),
    "sentiment": (str, Mapping),
    "confidence": (int, float),
    "state": str,
    "alternative_intents": Mapping,
    "finished": bool,
}
"""What a bot may answer, and of which type: all are optional."""


def take_turn(bot: LexBot, text: str, session_attributes: Mapping[str, Any]) -> LexTurn:
    """What the bot says to `text`. Raises HostError when there is none, and when it raises or answers something else."""
    name = bot.alias_arn or bot.name or ""
    handler = _registered(name)
    try:
        return turn_of(handler(text, dict(session_attributes)))
    except Exception as problem:
        raise HostError(why=f"the bot {name} failed: {type(problem).__name__}: {problem}") from problem


def _registered(name: str) -> arrangements.Bot:
    bots = arrangements.current.bots
    for part in (name, *name.split(":")[-1].split("/")):
        if part in bots:
            return bots[part]
    raise HostError(why=f"no bot is registered for {name} (amazon_connect.lex_bot(name, handler) registers one)")


def turn_of(answer: Mapping[str, Any]) -> LexTurn:
    """A bot's answer as the flow wants it. With an intent the bot is finished, unless `finished` says otherwise.

    Raises TypeError for what is not such an answer.
    """
    for name, value in answer.items():
        if name not in ANSWER or not isinstance(value, ANSWER[name]):  # type: ignore[arg-type]
            raise TypeError(f"a bot answers {', '.join(ANSWER)}; got {name}={value!r}")
    sentiment = answer.get("sentiment", {})
    return LexTurn(
        intent_name=answer.get("intent"),
        finished=answer.get("finished", "intent" in answer),
        messages=answer.get("messages", ()),
        dialog_state=answer.get("state", "Fulfilled" if "intent" in answer else "ElicitIntent"),
        slots=answer.get("slots", {}),
        session_attributes=answer.get("session_attributes", {}),
        intent_confidence=answer.get("confidence"),
        sentiment={"Label": sentiment} if isinstance(sentiment, str) else sentiment,
        alternative_intents=answer.get("alternative_intents", {}),
    )
