"""What several actions say to the participant before they do anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from connect_mock.flow.actions.registry import Action, Unusable
from connect_mock.flow.host import Host, Prompt
from connect_mock.flow.references import text_of


@dataclass(frozen=True, kw_only=True)
class Speaking(Action):
    """An action with a prompt: at most one of these, of which only `Text` can be sent to a chat."""

    prompt_id: str | None = None
    text: str | None = None
    ssml: str | None = None
    media: Mapping[str, Any] | None = None

    def say(self, host: Host) -> None:
        """Say it, when there is something to say. Raises Unusable, and HostError for an unknown prompt."""
        prompt = prompt_in(self.given)
        if prompt:
            _check_channel(host, prompt)
            host.say([prompt])


def prompt_in(given: Mapping[str, Any]) -> Prompt | None:
    """The prompt among the parameters of an action, or in one entry of Messages."""
    kinds: tuple[Literal["Text", "SSML", "PromptId"], ...] = ("Text", "SSML", "PromptId")
    for kind in kinds:
        if kind in given:
            return Prompt(kind, text_of(given[kind]))
    media = given.get("Media")
    return Prompt("Media", text_of(media.get("Uri"))) if isinstance(media, Mapping) else None


def _check_channel(host: Host, prompt: Prompt) -> None:
    """Audio reaches telephones alone (administrator guide, Play prompt). Raises Unusable."""
    channel = host.contact("Channel")
    if prompt.kind != "Text" and channel not in ("VOICE", None):
        raise Unusable(f"{prompt.kind} cannot be played on {channel}")
