"""Vocabularies: words that Contact Lens is to recognize, and which vocabulary is the default for a language.

A table that cannot be read is accepted and ends as CREATION_FAILED with its FailureReason, as in the service. Not emulated:
the characters that Amazon Transcribe knows in each language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidRequestException, ResourceInUseException, brief
from connect_mock.lifecycle import GONE, Lifecycle, without_gone
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource

LIFE = "connect::vocabulary"

MAX_CONTENT = 50 * 1024
"""Bytes in UTF-8 (documentation of CreateVocabulary)."""

COLUMNS = ("Phrase", "IPA", "SoundsLike", "DisplayAs")
"""In any order; each row has a value in the first (Transcribe developer guide, custom vocabularies as tables)."""

MAX_ENTRY = 256
"""Characters (Transcribe developer guide)."""


@dataclass(kw_only=True, slots=True, eq=False)
class Vocabulary(NamedResource):
    """A vocabulary."""

    arn_type = "vocabulary"
    prefixes = ("Vocabulary",)
    quota: ClassVar = Quota("vocabularies", 20)

    language_code: str
    content: str
    failure: str | None = None
    """What is wrong with the content."""
    is_default: bool = False
    """Whether it is the default for its language."""
    lifecycle: Lifecycle = field(default_factory=lambda: Lifecycle(LIFE, ("CREATION_IN_PROGRESS", "ACTIVE")))

    @property
    def state(self) -> str:
        return self.lifecycle.state

    @property
    def gone(self) -> bool:
        return self.lifecycle.state == GONE

    @property
    def failure_reason(self) -> str | None:
        return self.failure if self.state == "CREATION_FAILED" else None

    @property
    def instance_id(self) -> str:
        return self.owner.arn_prefix.split("/")[1]


class VocabularyOperations(Operations):
    """The operations on vocabularies."""

    def create_vocabulary(self, *, instance_id: str, vocabulary_name: str, content: str, **members: Any) -> dict[str, str]:
        """A new vocabulary. Raises InvalidRequestException for content of more than 50 KB."""
        if (size := len(content.encode())) > MAX_CONTENT:
            raise InvalidRequestException(f"Content must be at most {MAX_CONTENT} bytes, got {size}")
        failure = next(problems(content), None)
        end = "CREATION_FAILED" if failure else "ACTIVE"
        vocabulary = self._vocabularies(instance_id).add(
            name=vocabulary_name,
            content=content,
            failure=failure,
            lifecycle=Lifecycle(LIFE, ("CREATION_IN_PROGRESS", end)),
            **members,
        )
        return _answered(vocabulary, "CREATION_IN_PROGRESS")

    def describe_vocabulary(self, *, instance_id: str, vocabulary_id: str) -> dict[str, Vocabulary]:
        """The vocabulary with its content. Each look counts for moto's state manager."""
        self._vocabularies(instance_id).get(vocabulary_id).lifecycle.look()
        return {"Vocabulary": self._vocabularies(instance_id).get(vocabulary_id)}

    def search_vocabularies(
        self,
        *,
        instance_id: str,
        state: str | None = None,
        name_starts_with: str | None = None,
        language_code: str | None = None,
    ) -> Selection[Vocabulary]:
        """The vocabularies in a state, whose names begin so, and of a language."""
        return self._vocabularies(instance_id).where(
            lambda each: (
                state in (None, each.state)
                and language_code in (None, each.language_code)
                and each.name.startswith(name_starts_with or "")
            )
        )

    def delete_vocabulary(self, *, instance_id: str, vocabulary_id: str) -> dict[str, str]:
        """Delete it. Refused while it is a default, or on the way to be made (AWS does not say)."""
        vocabularies = self._vocabularies(instance_id)
        vocabulary = vocabularies.get(vocabulary_id)
        if vocabulary.is_default:
            raise ResourceInUseException(f"{vocabulary.name} is the default vocabulary for {vocabulary.language_code}")
        if vocabulary.state == "CREATION_IN_PROGRESS":
            raise ResourceInUseException(f"{vocabulary.name} is being created")
        if vocabulary.state != "DELETE_IN_PROGRESS":
            vocabulary.lifecycle = Lifecycle(LIFE, ("DELETE_IN_PROGRESS", GONE))
        without_gone(vocabularies)
        return _answered(vocabulary, "DELETE_IN_PROGRESS")

    def associate_default_vocabulary(self, *, instance_id: str, language_code: str, vocabulary_id: str | None = None) -> None:
        """Make it the default for its language; without id the language has none."""
        vocabularies = self._vocabularies(instance_id)
        chosen = vocabularies.get(vocabulary_id) if vocabulary_id else None
        if chosen:
            _check_can_be_default(chosen, language_code)
        for each in vocabularies.where(lambda each: each.language_code == language_code):
            each.is_default = each is chosen

    def list_default_vocabularies(self, *, instance_id: str, language_code: str | None = None) -> Selection[Vocabulary]:
        """The defaults of all languages, or of one."""
        vocabularies = self._vocabularies(instance_id)
        return vocabularies.where(lambda each: each.is_default and language_code in (None, each.language_code))

    def _vocabularies(self, instance_id: str) -> Collection[Vocabulary]:
        return without_gone(self.instance(instance_id)[Vocabulary])


def _answered(vocabulary: Vocabulary, state: str) -> dict[str, str]:
    return {"VocabularyArn": vocabulary.arn, "VocabularyId": vocabulary.id, "State": state}


def _check_can_be_default(vocabulary: Vocabulary, language_code: str) -> None:
    if vocabulary.state != "ACTIVE":
        raise InvalidRequestException(f"VocabularyId must be an ACTIVE vocabulary, {vocabulary.name} is {vocabulary.state}")
    if vocabulary.language_code != language_code:
        raise InvalidRequestException(
            f"VocabularyId must be a vocabulary for {language_code}, {vocabulary.name} is for {vocabulary.language_code}"
        )


# --- the table


def problems(content: str) -> Iterator[str]:
    """What is wrong with the table: header and rows, separated by tabs."""
    header, *rows = content.lstrip("\ufeff").splitlines() or [""]
    columns = header.split("\t")
    if sorted(columns) != sorted(COLUMNS):
        yield f"The first line must be the columns {', '.join(COLUMNS)}, separated by tabs, got {brief(header)}"
        return
    if not any(row.strip() for row in rows):
        yield "The table has no rows"
    for number, row in enumerate(rows, start=2):
        if row.strip():
            yield from (f"Line {number}: {problem}" for problem in _problems_of_row(columns, row.split("\t")))


def _problems_of_row(columns: list[str], values: list[str]) -> Iterator[str]:
    if len(values) != len(columns):
        yield f"there must be {len(columns)} values, separated by tabs, got {len(values)}"
        return
    entry = dict(zip(columns, values, strict=True))
    if not entry["Phrase"]:
        yield "Phrase must not be empty"
    if any(each.isspace() or each.isdigit() for each in entry["Phrase"]):
        yield f"Phrase must have neither spaces nor digits, got {brief(entry['Phrase'])}"
    if entry["IPA"] and entry["SoundsLike"]:
        yield "a row has only one of IPA and SoundsLike"
    if any(len(value) > MAX_ENTRY for value in values):
        yield f"each value must be at most {MAX_ENTRY} characters long"
