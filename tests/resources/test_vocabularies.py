"""Vocabularies: creation, content, search, defaults, deletion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto.moto_api import state_manager

LIFE = "connect::vocabulary"
NOBODY = "00000000-0000-4000-8000-000000000000"
HEADER = "Phrase\tIPA\tSoundsLike\tDisplayAs\n"
TABLE = f"{HEADER}Los-Angeles\t\t\tLos Angeles\nF.B.I.\tɛ f b i\t\tFBI\nEtienne\t\teh-tee-en\t\n"

Create = Callable[..., str]


@pytest.fixture
def create(client: Any, instance_id: str) -> Create:
    """Creates a vocabulary and gives its id."""

    def created(name: str = "Cities", language: str = "en-US", content: str = TABLE, **members: Any) -> str:
        made = client.create_vocabulary(
            InstanceId=instance_id, VocabularyName=name, LanguageCode=language, Content=content, **members
        )
        return str(made["VocabularyId"])

    return created


@pytest.fixture
def vocabulary_id(create: Create) -> str:
    """The id of a vocabulary for American English."""
    return create()


@pytest.fixture
def show(client: Any, instance_id: str) -> Callable[[str], Any]:
    """A vocabulary as DescribeVocabulary shows it."""
    return lambda vocabulary_id: client.describe_vocabulary(InstanceId=instance_id, VocabularyId=vocabulary_id)["Vocabulary"]


@pytest.fixture
def names(client: Any, instance_id: str) -> Callable[..., list[str]]:
    """The names that a search finds."""
    return lambda **asked: [
        each["Name"] for each in client.search_vocabularies(InstanceId=instance_id, **asked)["VocabularySummaryList"]
    ]


@pytest.fixture
def defaults(client: Any, instance_id: str) -> Callable[..., list[str]]:
    """The names of the default vocabularies."""
    return lambda **asked: [
        each["VocabularyName"]
        for each in client.list_default_vocabularies(InstanceId=instance_id, **asked)["DefaultVocabularyList"]
    ]


@pytest.fixture
def slow() -> Iterator[None]:
    """States pass at the second look at the vocabulary."""
    state_manager.set_transition(LIFE, {"progression": "manual", "times": 2})
    yield
    state_manager.unset_transition(LIFE)


# --- create -----------------------------------------------------------------------------------------------------------


def test_a_new_vocabulary_is_described_as_it_was_created(client: Any, amazon_connect: Any, show: Any) -> None:
    made = client.create_vocabulary(
        InstanceId=amazon_connect.instance_id,
        VocabularyName="Cities",
        LanguageCode="en-US",
        Content=TABLE,
        Tags={"team": "voice"},
    )
    found = show(made["VocabularyId"])
    assert made["State"] == "CREATION_IN_PROGRESS"
    assert found["Arn"] == made["VocabularyArn"] == f"{amazon_connect.instance['Arn']}/vocabulary/{found['Id']}"
    assert (found["Name"], found["LanguageCode"], found["Content"]) == ("Cities", "en-US", TABLE)
    assert (found["State"], found["Tags"]) == ("ACTIVE", {"team": "voice"})
    assert "FailureReason" not in found


def test_creation_takes_time_where_the_state_manager_says_so(create: Create, show: Any, slow: None) -> None:
    vocabulary_id = create()
    assert [show(vocabulary_id)["State"] for _ in range(2)] == ["CREATION_IN_PROGRESS", "ACTIVE"]


def test_a_name_is_taken_once_in_an_instance(create: Create, vocabulary_id: str, refused: Any) -> None:
    with refused("ResourceConflictException") as refusal:
        create(language="de-DE")
    assert "'Cities'" in refusal.message


def test_the_same_token_makes_one_vocabulary(create: Create, names: Any) -> None:
    assert create(ClientToken="once") == create(ClientToken="once")
    assert names() == ["Cities"]


@pytest.mark.amazon_connect(quotas={"vocabularies": 2})
def test_an_instance_has_so_many_vocabularies(create: Create, refused: Any) -> None:
    create("A")
    create("B")
    with refused("ServiceQuotaExceededException") as refusal:
        create("C")
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 402


def test_an_instance_has_20_vocabularies(create: Create, refused: Any) -> None:
    for number in range(20):
        create(f"Vocabulary{number}")
    with refused("ServiceQuotaExceededException"):
        create("Another")


@pytest.mark.parametrize(
    ("member", "value"),
    [("VocabularyName", "Two words"), ("VocabularyName", "x" * 141), ("LanguageCode", "en-XX"), ("Content", "x" * 60_001)],
)
def test_members_are_as_in_the_model(client: Any, instance_id: str, member: str, value: str, refused: Any) -> None:
    given = {"VocabularyName": "Cities", "LanguageCode": "en-US", "Content": TABLE} | {member: value}
    with refused("InvalidRequestException") as refusal:
        client.create_vocabulary(InstanceId=instance_id, **given)
    assert member in refusal.message


def table_of(size: int) -> str:
    """A table of about so many bytes, with letters that have two."""
    row = "Zürich\t\t\tZürich\n"
    return HEADER + row * (size // len(row.encode()))


def test_content_is_at_most_50_kb_large(create: Create, refused: Any) -> None:
    content = table_of(51_300)
    assert len(content) < 51_200 < len(content.encode())
    with refused("InvalidRequestException") as refusal:
        create(content=content)
    assert refusal.message == f"Content must be at most 51200 bytes, got {len(content.encode())}"


def test_content_of_nearly_50_kb_is_kept(create: Create, show: Any) -> None:
    content = table_of(51_100)
    assert show(create(content=content))["Content"] == content


# --- the table


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("DisplayAs\tPhrase\tSoundsLike\tIPA\nLos Angeles\tLos-Angeles\t\t\n", id="another order"),
        pytest.param(HEADER.replace("\n", "\r\n") + "Los-Angeles\t\t\tLos Angeles\r\n", id="lines of Windows"),
        pytest.param(HEADER + "\nEtienne\t\t\t\n\n", id="empty lines"),
    ],
)
def test_a_table_may_be_written_so(create: Create, show: Any, content: str) -> None:
    assert show(create(content=content))["State"] == "ACTIVE"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Los-Angeles\t\t\tLos Angeles", "The first line must be the columns Phrase, IPA, SoundsLike, DisplayAs"),
        ("Phrase,IPA,SoundsLike,DisplayAs\nCity,,,", "The first line must be the columns"),
        ("Phrase\tDisplayAs\nCity\tCity", "The first line must be the columns"),
        (HEADER, "The table has no rows"),
        (HEADER + "Los-Angeles", "Line 2: there must be 4 values, separated by tabs, got 1"),
        (HEADER + "City\t\t\t\n\t\t\tCity", "Line 3: Phrase must not be empty"),
        (HEADER + "Los Angeles\t\t\t", "Line 2: Phrase must have neither spaces nor digits, got 'Los Angeles'"),
        (HEADER + "Route-66\t\t\t", "Line 2: Phrase must have neither spaces nor digits, got 'Route-66'"),
        (HEADER + "City\ts\tsit-ee\t", "Line 2: a row has only one of IPA and SoundsLike"),
        (HEADER + "City\t\t\t" + "x" * 257, "Line 2: each value must be at most 256 characters long"),
    ],
)
def test_creation_fails_for_a_table_that_cannot_be_read(create: Create, show: Any, content: str, reason: str) -> None:
    found = show(create(content=content))
    assert found["State"] == "CREATION_FAILED"
    assert found["FailureReason"].startswith(reason)


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def several(create: Create) -> None:
    """Vocabularies of two languages; one could not be made."""
    create("Cities-US")
    create("Cities-DE", "de-DE")
    create("Products", content="no table")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Cities-US", "Cities-DE", "Products"]),
        ({"State": "ACTIVE"}, ["Cities-US", "Cities-DE"]),
        ({"State": "CREATION_FAILED"}, ["Products"]),
        ({"State": "DELETE_IN_PROGRESS"}, []),
        ({"NameStartsWith": "Cities"}, ["Cities-US", "Cities-DE"]),
        ({"NameStartsWith": "cities"}, []),
        ({"LanguageCode": "en-US"}, ["Cities-US", "Products"]),
        ({"LanguageCode": "en-US", "State": "ACTIVE", "NameStartsWith": "C"}, ["Cities-US"]),
    ],
)
def test_vocabularies_are_found(names: Any, several: None, asked: dict[str, str], expected: list[str]) -> None:
    assert names(**asked) == expected


def test_a_search_shows_no_content(client: Any, instance_id: str, several: None) -> None:
    summaries = client.search_vocabularies(InstanceId=instance_id)["VocabularySummaryList"]
    assert all("Content" not in each for each in summaries)
    assert summaries[2]["FailureReason"].startswith("The first line")


@pytest.mark.parametrize("operation", ["search_vocabularies", "list_default_vocabularies"])
def test_an_unknown_instance_is_refused(client: Any, operation: str, refused: Any) -> None:
    with refused("InvalidRequestException"):  # ResourceNotFoundException is not declared
        getattr(client, operation)(InstanceId=NOBODY)


LISTS = [("search_vocabularies", "VocabularySummaryList"), ("list_default_vocabularies", "DefaultVocabularyList")]


@pytest.mark.parametrize(("operation", "result"), LISTS)
def test_vocabularies_come_a_page_at_a_time(
    client: Any, instance_id: str, create: Create, operation: str, result: str
) -> None:
    for name, language in (("A", "en-US"), ("B", "de-DE"), ("C", "fr-FR")):
        client.associate_default_vocabulary(InstanceId=instance_id, LanguageCode=language, VocabularyId=create(name, language))
    pages = client.get_paginator(operation).paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 2})
    assert [len(page[result]) for page in pages] == [2, 1]


@pytest.mark.parametrize(("operation", "result"), LISTS)
def test_a_page_has_at_most_100_vocabularies(client: Any, instance_id: str, operation: str, result: str, refused: Any) -> None:
    assert getattr(client, operation)(InstanceId=instance_id, MaxResults=100)[result] == []
    with refused("InvalidRequestException"):
        getattr(client, operation)(InstanceId=instance_id, MaxResults=101)


# --- defaults ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def make_default(client: Any, instance_id: str) -> Callable[..., Any]:
    """Makes a vocabulary the default for a language."""
    return lambda vocabulary_id, language="en-US": client.associate_default_vocabulary(
        InstanceId=instance_id, LanguageCode=language, VocabularyId=vocabulary_id
    )


def test_a_default_vocabulary_is_listed(client: Any, instance_id: str, vocabulary_id: str, make_default: Any) -> None:
    make_default(vocabulary_id)
    assert client.list_default_vocabularies(InstanceId=instance_id)["DefaultVocabularyList"] == [
        {
            "InstanceId": instance_id,
            "LanguageCode": "en-US",
            "VocabularyId": vocabulary_id,
            "VocabularyName": "Cities",
        }
    ]


def test_a_language_has_one_default(create: Create, make_default: Any, defaults: Any) -> None:
    for name in ("First", "Second"):
        make_default(create(name))
    assert defaults() == ["Second"]


def test_each_language_has_its_default(create: Create, make_default: Any, defaults: Any) -> None:
    make_default(create("American"))
    make_default(create("German", "de-DE"), "de-DE")
    assert defaults() == ["American", "German"]
    assert defaults(LanguageCode="de-DE") == ["German"]


def test_no_vocabulary_is_no_default(
    client: Any, instance_id: str, vocabulary_id: str, make_default: Any, defaults: Any
) -> None:
    make_default(vocabulary_id)
    client.associate_default_vocabulary(InstanceId=instance_id, LanguageCode="de-DE")
    assert defaults() == ["Cities"]
    client.associate_default_vocabulary(InstanceId=instance_id, LanguageCode="en-US")
    assert defaults() == []


def test_a_default_is_for_its_own_language(vocabulary_id: str, make_default: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        make_default(vocabulary_id, "de-DE")
    assert refusal.message == "VocabularyId must be a vocabulary for de-DE, Cities is for en-US"


def test_a_vocabulary_that_could_not_be_made_is_no_default(create: Create, make_default: Any, refused: Any) -> None:
    vocabulary_id = create(content="no table")
    with refused("InvalidRequestException") as refusal:
        make_default(vocabulary_id)
    assert refusal.message == "VocabularyId must be an ACTIVE vocabulary, Cities is CREATION_FAILED"


# --- delete -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def delete(client: Any, instance_id: str) -> Callable[[str], Any]:
    """Deletes a vocabulary."""
    return lambda vocabulary_id: client.delete_vocabulary(InstanceId=instance_id, VocabularyId=vocabulary_id)


def test_a_deleted_vocabulary_is_gone(delete: Any, vocabulary_id: str, show: Any, names: Any, refused: Any) -> None:
    answer = delete(vocabulary_id)
    assert (answer["VocabularyId"], answer["State"]) == (vocabulary_id, "DELETE_IN_PROGRESS")
    assert names() == []
    with refused("ResourceNotFoundException"):
        show(vocabulary_id)


def test_deletion_takes_time_where_the_state_manager_says_so(
    delete: Any, vocabulary_id: str, show: Any, names: Any, slow: None, client: Any
) -> None:
    [show(vocabulary_id) for _ in range(2)]
    delete(vocabulary_id)
    assert show(vocabulary_id)["State"] == "DELETE_IN_PROGRESS"
    assert delete(vocabulary_id)["State"] == "DELETE_IN_PROGRESS"
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        show(vocabulary_id)
    assert names() == []


def test_a_name_is_free_after_deletion(delete: Any, vocabulary_id: str, create: Create) -> None:
    delete(vocabulary_id)
    assert create() != vocabulary_id


def test_a_default_is_not_deleted(delete: Any, vocabulary_id: str, make_default: Any, refused: Any) -> None:
    make_default(vocabulary_id)
    with refused("ResourceInUseException") as refusal:
        delete(vocabulary_id)
    assert refusal.message == "Cities is the default vocabulary for en-US"


def test_a_vocabulary_on_the_way_is_not_deleted(delete: Any, create: Create, slow: None, refused: Any) -> None:
    vocabulary_id = create()
    with refused("ResourceInUseException") as refusal:
        delete(vocabulary_id)
    assert refusal.message == "Cities is being created"


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_vocabulary", {}),
        ("delete_vocabulary", {}),
        ("associate_default_vocabulary", {"LanguageCode": "en-US"}),
    ],
)
def test_an_unknown_vocabulary_is_not_found(
    client: Any, instance_id: str, operation: str, members: dict[str, str], refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=instance_id, VocabularyId=NOBODY, **members)
