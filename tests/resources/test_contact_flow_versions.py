"""Versions and aliases of flows."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

NOTHING = "00000000-0000-4000-8000-000000000000"
Act = Callable[..., Any]


@pytest.fixture
def act(client: Any, instance_id: str, flow_id: str) -> Act:
    """Calls an operation on the flow: `act("create_contact_flow_version", Description="First")`."""
    return lambda operation, **members: getattr(client, operation)(
        **{"InstanceId": instance_id, "ContactFlowId": flow_id} | members
    )


@pytest.fixture
def publish(act: Act, content: Any) -> Act:
    """Publishes content that says `text`."""
    return lambda text: act("update_contact_flow_content", Content=content(text=text))


@pytest.fixture
def version(act: Act) -> Act:
    """Makes a version, or finds that there is one: its number."""
    return lambda **members: act("create_contact_flow_version", **members)["Version"]


@pytest.fixture
def describe(act: Act, flow_id: str) -> Act:
    """The flow as a qualifier shows it."""
    return lambda qualifier: act("describe_contact_flow", ContactFlowId=f"{flow_id}:{qualifier}")["ContactFlow"]


@pytest.fixture
def since_aliases(client: Any) -> None:
    """Skips where the installed botocore does not know aliases of flows yet."""
    if "CreateContactFlowAlias" not in client.meta.service_model.operation_names:
        pytest.skip("botocore has no CreateContactFlowAlias yet")


@pytest.fixture
def alias(act: Act, since_aliases: None) -> Act:
    """Makes an alias: its id."""
    return lambda name="live", number=1, **members: act(
        "create_contact_flow_alias", AliasName=name, ContactFlowVersion=number, **members
    )["Id"]


@pytest.fixture
def described_alias(act: Act) -> Act:
    """The alias with an id."""
    return lambda alias_id: act("describe_contact_flow_alias", AliasId=alias_id)["ContactFlowAlias"]


@pytest.fixture
def numbers(act: Act) -> Callable[[], list[int]]:
    """The numbers of the versions as they are listed."""
    return lambda: [each["Version"] for each in act("list_contact_flow_versions")["ContactFlowVersionSummaryList"]]


# --- versions ---------------------------------------------------------------------------------------------------------


def test_a_version_keeps_the_published_content(publish: Act, version: Act, describe: Act, content: Any) -> None:
    number = version(Description="First")
    publish("Something else")
    found = describe(number)
    assert (found["Version"], found["VersionDescription"]) == (1, "First")
    assert (found["Content"], found["Status"]) == (content(), "PUBLISHED")
    assert found["FlowContentSha256"] == hashlib.sha256(content().encode()).hexdigest()


def test_a_version_is_described_by_arn(act: Act, version: Act, describe: Act) -> None:
    arn = act("create_contact_flow_version")["ContactFlowArn"]
    assert act("describe_contact_flow", ContactFlowId=f"{arn}:1")["ContactFlow"] == describe(1)


def test_versions_are_numbered_upwards(publish: Act, version: Act) -> None:
    made = [(publish(text), version())[1] for text in ("One", "Two", "Three")]
    assert made == [1, 2, 3]


def test_the_same_content_is_the_same_version(version: Act, numbers: Any) -> None:
    assert (version(), version()) == (1, 1)
    assert numbers() == [1]


def test_content_that_came_back_is_a_new_version(publish: Act, version: Act) -> None:
    made = [(publish(text), version())[1] for text in ("One", "Two", "One")]
    assert made == [1, 2, 3]


def test_asking_again_for_a_version_does_not_change_it(act: Act, version: Act) -> None:
    version(Description="First")
    before = act("list_contact_flow_versions")["ContactFlowVersionSummaryList"]
    version(Description="Second", LastModifiedTime=datetime.datetime(2020, 1, 1), LastModifiedRegion="eu-west-2")
    assert act("list_contact_flow_versions")["ContactFlowVersionSummaryList"] == before


def test_a_draft_is_not_in_a_version(act: Act, flow_id: str, version: Act, describe: Act, content: Any) -> None:
    act("update_contact_flow_content", ContactFlowId=f"{flow_id}:$SAVED", Content="draft")
    assert describe(version())["Content"] == content()


def test_a_flow_that_was_never_published_has_no_versions(client: Any, instance_id: str, refused: Any) -> None:
    draft = client.create_contact_flow(
        InstanceId=instance_id, Name="Draft", Type="CONTACT_FLOW", Content="{}", Status="SAVED"
    )["ContactFlowId"]
    with refused("InvalidRequestException") as refusal:
        client.create_contact_flow_version(InstanceId=instance_id, ContactFlowId=draft)
    assert f"{draft} is not published" in refusal.message


def test_a_version_is_made_of_the_content_with_the_expected_hash(version: Act, content: Any) -> None:
    assert version(FlowContentSha256=hashlib.sha256(content().encode()).hexdigest()) == 1


def test_a_version_is_not_made_of_other_content_than_expected(version: Act, content: Any, refused: Any) -> None:
    other = hashlib.sha256(b"other").hexdigest()
    with refused("InvalidRequestException") as refusal:
        version(FlowContentSha256=other)
    assert refusal.message == f"The content has SHA-256 {hashlib.sha256(content().encode()).hexdigest()}, not {other}"


def test_the_number_of_a_deleted_version_is_not_used_again(act: Act, version: Act, numbers: Any) -> None:
    act("delete_contact_flow_version", ContactFlowVersion=version())
    assert version() == 2
    assert numbers() == [2]


def test_a_deleted_version_is_gone(act: Act, version: Act, describe: Act, refused: Any) -> None:
    act("delete_contact_flow_version", ContactFlowVersion=version())
    with refused("ResourceNotFoundException"):
        describe(1)
    with refused("ResourceNotFoundException"):
        act("delete_contact_flow_version", ContactFlowVersion=1)


def test_versions_are_listed_newest_first(publish: Act, version: Act, numbers: Any) -> None:
    for text in ("One", "Two", "Three"):
        publish(text)
        version()
    assert numbers() == [3, 2, 1]


def test_versions_are_listed_newest_first_over_pages(
    client: Any, instance_id: str, flow_id: str, publish: Act, version: Act
) -> None:
    for number in range(5):
        publish(f"Text {number}")
        version()
    pages = client.get_paginator("list_contact_flow_versions").paginate(
        InstanceId=instance_id, ContactFlowId=flow_id, PaginationConfig={"PageSize": 2}
    )
    found = [[each["Version"] for each in page["ContactFlowVersionSummaryList"]] for page in pages]
    assert found == [[5, 4], [3, 2], [1]]


def test_a_listed_version_has_arn_and_description(act: Act, version: Act) -> None:
    version(Description="First")
    (found,) = act("list_contact_flow_versions")["ContactFlowVersionSummaryList"]
    assert found["Arn"] == f"{act('describe_contact_flow')['ContactFlow']['Arn']}:1"
    assert found["VersionDescription"] == "First"


def test_a_version_says_when_and_where_it_was_made(
    act: Act, publish: Act, version: Act, describe: Act, amazon_connect: Any
) -> None:
    before = describe(version())["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    publish("Something else")
    assert (describe(1)["LastModifiedTime"], describe(1)["LastModifiedRegion"]) == (before, "us-east-1")
    assert (describe("$LATEST")["LastModifiedTime"] - before).total_seconds() >= 60


def test_a_replicated_version_keeps_number_time_and_region(version: Act, describe: Act) -> None:
    moment = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.timezone.utc)
    assert version(ContactFlowVersion=7, LastModifiedTime=moment, LastModifiedRegion="eu-west-2") == 7
    found = describe(7)
    assert (found["Version"], found["LastModifiedTime"], found["LastModifiedRegion"]) == (7, moment, "eu-west-2")


def test_a_listed_version_has_time_and_region(client: Any, act: Act, version: Act, describe: Act) -> None:
    if "LastModifiedTime" not in client.meta.service_model.shape_for("ContactFlowVersionSummary").members:
        pytest.skip("botocore has no LastModifiedTime of versions yet")
    moment = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.timezone.utc)
    version(LastModifiedTime=moment, LastModifiedRegion="eu-west-2")
    (found,) = act("list_contact_flow_versions")["ContactFlowVersionSummaryList"]
    assert (found["LastModifiedTime"], found["LastModifiedRegion"]) == (moment, "eu-west-2")


def test_numbers_go_on_after_a_replicated_version(publish: Act, version: Act) -> None:
    version(ContactFlowVersion=7)
    publish("Something else")
    assert version() == 8


@pytest.mark.parametrize("number", [1, 7])
def test_a_number_cannot_be_taken_twice(publish: Act, version: Act, number: int, refused: Any) -> None:
    version(ContactFlowVersion=7)
    publish("Something else")
    with refused("InvalidRequestException") as refusal:
        version(ContactFlowVersion=number)
    assert refusal.message == f"Version {number} exists or existed, the next one is 8"


# --- aliases ----------------------------------------------------------------------------------------------------------


def test_an_alias_is_described_as_it_was_created(
    act: Act, version: Act, alias: Act, described_alias: Act, flow_id: str
) -> None:
    version()
    made = alias("live", 1, Description="What callers hear")
    found = described_alias(made)
    assert (found["AliasId"], found["Name"], found["Description"]) == (made, "live", "What callers hear")
    assert (found["Version"], found["ContactFlowId"]) == (1, flow_id)
    assert found["ContactFlowArn"] == act("describe_contact_flow")["ContactFlow"]["Arn"]
    assert (found["LastModifiedRegion"], type(found["LastModifiedTime"])) == ("us-east-1", datetime.datetime)


def test_an_alias_shows_the_version_that_it_names(version: Act, publish: Act, alias: Act, describe: Act, content: Any) -> None:
    version()
    made = alias()
    publish("Something else")
    assert describe(made) == describe("live") == describe(1)


def test_an_alias_is_found_by_the_arn_that_a_list_shows(act: Act, version: Act, alias: Act, describe: Act) -> None:
    version()
    alias("live", Description="What callers hear")
    (listed,) = act("list_contact_flow_aliases")["ContactFlowAliasSummaryList"]
    assert (listed["AliasName"], listed["AliasDescription"], listed["Version"]) == ("live", "What callers hear", 1)
    assert act("describe_contact_flow", ContactFlowId=listed["Arn"])["ContactFlow"] == describe(1)


def test_a_number_is_a_version_even_where_an_alias_is_named_so(version: Act, publish: Act, alias: Act, describe: Act) -> None:
    version()
    publish("Two")
    version()
    alias("2", 1)
    assert describe("2")["Version"] == 2


def test_an_alias_needs_a_version_that_exists(alias: Act, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        alias("live", 1)


def test_the_name_of_an_alias_is_taken_once_in_a_flow(version: Act, alias: Act, refused: Any) -> None:
    version()
    alias("live")
    with refused("DuplicateResourceException"):
        alias("live")


def test_aliases_of_two_flows_can_have_the_same_name(
    act: Act, version: Act, alias: Act, client: Any, instance_id: str, content: Any
) -> None:
    other = client.create_contact_flow(InstanceId=instance_id, Name="Other", Type="CONTACT_FLOW", Content=content())
    version(), version(ContactFlowId=other["ContactFlowId"])
    assert alias("live") != alias("live", ContactFlowId=other["ContactFlowId"])


def test_an_alias_is_pointed_at_another_version(
    version: Act, publish: Act, alias: Act, act: Act, describe: Act, content: Any
) -> None:
    version()
    made = alias("live", 1)
    publish("Two")
    act("update_contact_flow_alias", AliasId=made, ContactFlowVersion=version())
    assert describe(made)["Content"] == content(text="Two")


def test_an_alias_is_renamed_and_described_anew(version: Act, alias: Act, act: Act, described_alias: Act) -> None:
    version()
    made = alias("live")
    act("update_contact_flow_alias", AliasId=made, Name="stable", Description="New")
    found = described_alias(made)
    assert (found["Name"], found["Description"], found["Version"]) == ("stable", "New", 1)
    assert alias("live") != made


def test_an_alias_cannot_take_the_name_of_another(version: Act, alias: Act, act: Act, refused: Any) -> None:
    version()
    alias("live")
    other = alias("test")
    with refused("DuplicateResourceException"):
        act("update_contact_flow_alias", AliasId=other, Name="live")


def test_an_alias_is_not_pointed_at_a_version_that_does_not_exist(version: Act, alias: Act, act: Act, refused: Any) -> None:
    version()
    made = alias("live")
    with refused("ResourceNotFoundException"):
        act("update_contact_flow_alias", AliasId=made, Name="stable", ContactFlowVersion=2)


def test_a_change_of_an_alias_is_noted(version: Act, alias: Act, act: Act, described_alias: Act, amazon_connect: Any) -> None:
    version()
    before = described_alias(made := alias("live"))["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    act("update_contact_flow_alias", AliasId=made, Description="New")
    assert (described_alias(made)["LastModifiedTime"] - before).total_seconds() >= 60


def test_a_deleted_alias_is_gone_and_its_version_stays(
    version: Act, alias: Act, act: Act, describe: Act, refused: Any
) -> None:
    version()
    made = alias("live")
    act("delete_contact_flow_alias", AliasId=made)
    assert act("list_contact_flow_aliases")["ContactFlowAliasSummaryList"] == []
    assert describe(1)["Version"] == 1
    for qualifier in (made, "live"):
        with refused("ResourceNotFoundException"):
            describe(qualifier)


OPERATIONS_ON_ALIASES: dict[str, dict[str, Any]] = {
    "create_contact_flow_alias": {"ContactFlowVersion": 1, "AliasName": "live"},
    "list_contact_flow_aliases": {},
    "describe_contact_flow_alias": {"AliasId": NOTHING},
    "update_contact_flow_alias": {"AliasId": NOTHING},
    "delete_contact_flow_alias": {"AliasId": NOTHING},
}


@pytest.mark.usefixtures("since_aliases")
@pytest.mark.parametrize(
    "operation", ["describe_contact_flow_alias", "update_contact_flow_alias", "delete_contact_flow_alias"]
)
def test_an_alias_that_does_not_exist_is_not_found(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, AliasId=NOTHING)
    assert NOTHING in refusal.message


@pytest.mark.usefixtures("since_aliases")
@pytest.mark.parametrize("operation", sorted(OPERATIONS_ON_ALIASES))
def test_a_flow_that_does_not_exist_has_no_aliases(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, ContactFlowId=NOTHING, **OPERATIONS_ON_ALIASES[operation])
    assert NOTHING in refusal.message


def test_aliases_are_listed_a_page_at_a_time(version: Act, alias: Act, client: Any, instance_id: str, flow_id: str) -> None:
    version()
    made = [alias(f"alias-{number}") for number in range(5)]
    pages = client.get_paginator("list_contact_flow_aliases").paginate(
        InstanceId=instance_id, ContactFlowId=flow_id, PaginationConfig={"PageSize": 2}
    )
    found = [[each["AliasId"] for each in page["ContactFlowAliasSummaryList"]] for page in pages]
    assert found == [made[:2], made[2:4], made[4:]]


def test_alias_operations_take_the_arn_of_the_instance(version: Act, alias: Act, described_alias: Act, act: Act) -> None:
    version()
    made = alias("live")
    instance_arn = act("describe_contact_flow")["ContactFlow"]["Arn"].partition("/contact-flow/")[0]
    found = act("describe_contact_flow_alias", InstanceId=instance_arn, AliasId=made)["ContactFlowAlias"]
    assert found == described_alias(made)


@pytest.mark.parametrize(("names", "aliases"), [(["live"], "one alias"), (["live", "test"], "2 aliases")])
def test_a_version_that_an_alias_names_cannot_be_deleted(
    version: Act, alias: Act, act: Act, names: list[str], aliases: str, refused: Any
) -> None:
    version()
    for name in names:
        alias(name)
    with refused("InvalidRequestException") as refusal:
        act("delete_contact_flow_version", ContactFlowVersion=1)
    assert refusal.message == f"Cannot delete version '1' tied to {aliases}"


def test_a_version_can_be_deleted_once_its_alias_names_another(
    version: Act, publish: Act, alias: Act, act: Act, numbers: Any
) -> None:
    version()
    made = alias("live", 1)
    publish("Two")
    act("update_contact_flow_alias", AliasId=made, ContactFlowVersion=version())
    act("delete_contact_flow_version", ContactFlowVersion=1)
    assert numbers() == [2]


def test_a_flow_is_deleted_with_its_versions_and_aliases(
    version: Act, alias: Act, act: Act, describe: Act, refused: Any
) -> None:
    version()
    made = alias()
    act("delete_contact_flow")
    for qualifier in (1, made, "live"):
        with refused("ResourceNotFoundException"):
            describe(qualifier)
