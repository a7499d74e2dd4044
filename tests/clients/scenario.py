"""Reads the scenario and plays it with a client, for players that are written in Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Protocol

PATH = Path(__file__).with_name("scenario.json")
AT_MOST = 300
"""Seconds that a timestamp of now may be away from now."""


class Refused(Exception):
    """The client raised the class of error that the exception names."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


class Player(Protocol):
    """A client that can play the scenario."""

    def call(self, operation: str, parameters: dict[str, Any]) -> Any:
        """The answer; raises Refused."""
        ...

    def all_pages(self, operation: str, parameters: dict[str, Any], size: int) -> Any:
        """The pages of that size, put together by the client's own paginator."""
        ...

    def time(self, value: Any) -> datetime:
        """A timestamp of an answer, after a look that it is of the client's own kind."""
        ...


def play(player: Player) -> None:
    """All steps, in order; raises AssertionError that names the step that did not come out."""
    scenario = json.loads(PATH.read_text(encoding="utf-8"))
    known = {name: value if isinstance(value, str) else json.dumps(value) for name, value in scenario["given"].items()}
    for step in scenario["steps"]:
        try:
            _play(player, step, known)
        except (AssertionError, Refused) as problem:
            raise AssertionError(f"{step['call']}: that {step['that']}: {problem}") from problem


def _play(player: Player, step: dict[str, Any], known: dict[str, Any]) -> None:
    parameters = _filled(step["with"], known)
    if "refused" in step:
        name = _refusal(lambda: player.call(step["call"], parameters))
        assert name == step["refused"], f"was refused with {name}, not {step['refused']}"
        return
    if "pages_of" in step:
        answer = player.all_pages(step["call"], parameters, step["pages_of"])
    else:
        answer = player.call(step["call"], parameters)
    _check(player, answer, step, known)
    known.update({name: _at(answer, path) for name, path in step.get("keep", {}).items()})


def _refusal(call: Callable[[], Any]) -> str | None:
    try:
        call()
    except Refused as refused:
        return refused.name
    return None


def _check(player: Player, answer: Any, step: dict[str, Any], known: dict[str, Any]) -> None:
    for path, expected in _filled(step.get("answers", {}), known).items():
        assert _at(answer, path) == expected, f"{path} is {_at(answer, path)!r}, not {expected!r}"
    for path in step.get("times", []):
        away = (player.time(_at(answer, path)) - datetime.now(timezone.utc)).total_seconds()
        assert abs(away) < AT_MOST, f"{path} is {away} seconds away from now"
    for path, count in step.get("counts", {}).items():
        assert len(_at(answer, path)) == count, f"{path} holds {len(_at(answer, path))}, not {count}"


def _filled(value: Any, known: dict[str, Any]) -> Any:
    """`value` with what is known in the places of `$name`."""
    if isinstance(value, dict):
        return {name: _filled(each, known) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, known) for each in value]
    return known[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def _at(value: Any, path: str) -> Any:
    found = value
    for step in path.split("."):
        try:
            found = found[int(step)] if isinstance(found, list) else found[step]
        except (LookupError, TypeError):
            raise AssertionError(f"{path} is not in {value}") from None
    return found
