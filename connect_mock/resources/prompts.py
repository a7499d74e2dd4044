"""Prompts: recordings that flows play.

A prompt keeps the bytes that its source had when it was made or updated; where nobody put an object there, it is a moment of
silence. Not emulated: that the service takes only WAV files, of five minutes at most, from a bucket in the instance's Region.
"""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from connect_mock import other_services
from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidParameterException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.other_services import SERVICE_ACCOUNT, S3Object
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource, last_modified
from connect_mock.resources.flow_inventory import HELD
from connect_mock.search import Search, with_tags

MAX_BYTES = 50 * 1024 * 1024
"""The largest recording (administrator guide, "Create prompts")."""

URL_SECONDS = 300
"""How long the URL of a prompt is valid. AWS does not say; attached files have 300 seconds."""

SAMPLES_PER_SECOND = 8000

DEFAULTS = (
    "Beep.wav",
    "CustomerHold.wav",
    "CustomerQueue.wav",
    "Music_Jazz_MyTimetoFly_Inst.wav",
    "Music_Pop_ThisAndThatIsLife_Inst.wav",
    "Music_Pop_ThrowYourselfInFrontOfIt_Inst.wav",
    "Music_Rock_EverywhereTheSunShines_Inst.wav",
)
"""The prompts of a new instance (recorded export)."""


@dataclass(kw_only=True, slots=True, eq=False)
class Prompt(NamedResource):
    """A recording."""

    arn_type = "prompt"
    prefixes = ("Prompt",)
    tag_type = "prompt"
    quota = Quota("prompts", 500)

    owner: Instance = field(repr=False)
    audio: bytes = field(repr=False)

    @property
    def file(self) -> S3Object:
        """Where the service keeps it for downloads."""
        return other_services.managed(self.owner.region_name, f"{self.owner.id}/prompts/{self.id}.wav")


HELD[Prompt.arn_type] = lambda instance: instance[Prompt]

SEARCH = Search(
    fields={"name": attrgetter("name"), "description": attrgetter("description"), "resourceID": attrgetter("id")},
)


def furnish(instance: Instance) -> None:
    """Give the instance the seven prompts of a new one; each is a moment of silence here."""
    for name in DEFAULTS:
        instance[Prompt].add(name=name, audio=silence())


@cache
def silence() -> bytes:
    """A WAV file of a tenth of a second: one channel, 16 bits, 8 kHz."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(SAMPLES_PER_SECOND)
        recording.writeframes(bytes(2 * SAMPLES_PER_SECOND // 10))
    return file.getvalue()


class PromptOperations(Operations):
    """The operations on prompts."""

    def create_prompt(self, *, instance_id: str, s3_uri: str, **members: Any) -> dict[str, str]:
        """A new prompt with a copy of the file.

        Raises InvalidParameterException for a file that is too large; InvalidRequestException, in the place of an error that
        the operation does not declare, for no file at all under `mock_connect(check_other_services=True)`.
        """
        prompts = self.instance(instance_id)[Prompt]
        prompt = prompts.add(audio=_recording(s3_uri), **members)
        return {"PromptId": prompt.id, "PromptARN": prompt.arn}

    def describe_prompt(self, *, instance_id: str, prompt_id: str) -> dict[str, Prompt]:
        """The prompt, without its file."""
        return {"Prompt": self._prompts(instance_id).get(prompt_id)}

    def get_prompt_file(self, *, instance_id: str, prompt_id: str) -> dict[str, Any]:
        """A URL by which anybody can download the file for a while."""
        prompt = self._prompts(instance_id).get(prompt_id)
        services, region_name = other_services.services, self.region_name
        services.write_object(prompt.file, prompt.audio, "audio/wav", SERVICE_ACCOUNT, region_name)
        url = services.presigned_url("GET", prompt.file, region_name, URL_SECONDS)
        return {"PromptPresignedUrl": url, **last_modified(prompt)}

    def list_prompts(self, *, instance_id: str) -> Collection[Prompt]:
        """All prompts, those of a new instance included."""
        return self._prompts(instance_id)

    def search_prompts(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: dict[str, Any] | None = None
    ) -> Selection[Prompt]:
        """Prompts by name, description and id, and by tags."""
        return SEARCH.over(self._prompts(instance_id), search_criteria, with_tags(search_filter))

    def update_prompt(self, *, instance_id: str, prompt_id: str, s3_uri: str | None = None, **members: Any) -> dict[str, str]:
        """Another name, description or file. A file is refused as by CreatePrompt."""
        prompts = self._prompts(instance_id)
        prompt = prompts.get(prompt_id)
        prompts.update(prompt, audio=_recording(s3_uri) if s3_uri else None, **members)
        return {"PromptId": prompt.id, "PromptARN": prompt.arn}

    def delete_prompt(self, *, instance_id: str, prompt_id: str) -> None:
        """The prompt is gone, whether flows play it or not, and so is its file."""
        prompts = self._prompts(instance_id)
        prompt = prompts.get(prompt_id)
        prompts.remove(prompt)
        other_services.services.delete_object(prompt.file)

    def _prompts(self, instance_id: str) -> Collection[Prompt]:
        return self.instance(instance_id)[Prompt]


def _recording(s3_uri: str) -> bytes:
    """The bytes of the file that a caller names."""
    audio = other_services.source(s3_uri)
    if audio is None:
        return silence()
    if len(audio) > MAX_BYTES:
        raise InvalidParameterException(f"S3Uri must name a file of at most {MAX_BYTES} bytes, {s3_uri} has {len(audio)}")
    return audio
