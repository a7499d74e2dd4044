"""Email addresses and their aliases."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
Make = Callable[..., str]
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def domain(amazon_connect: Any) -> str:
    """The domain that comes with the alias of the instance."""
    return f"{amazon_connect.instance['InstanceAlias']}.email.connect.aws"


@pytest.fixture
def make(act: Act, domain: str) -> Make:
    """Makes an address in that domain and gives its id."""
    return lambda name="help", **members: str(
        act("create_email_address", EmailAddress=f"{name}@{domain}", **members)["EmailAddressId"]
    )


@pytest.fixture
def described(act: Act) -> Callable[[str], dict[str, Any]]:
    """An address as DescribeEmailAddress shows it."""

    def show(email_address_id: str) -> dict[str, Any]:
        found = act("describe_email_address", EmailAddressId=email_address_id)
        return {name: value for name, value in found.items() if name != "ResponseMetadata"}

    return show


@pytest.fixture
def link(act: Act) -> Callable[[str, str], Any]:
    """Lets the emails of the second address be forwarded to the first."""
    return lambda address, alias: act(
        "associate_email_address_alias", EmailAddressId=address, AliasConfiguration={"EmailAddressId": alias}
    )


@pytest.fixture
def unlink(act: Act) -> Callable[[str, str], Any]:
    """Ends that."""
    return lambda address, alias: act(
        "disassociate_email_address_alias", EmailAddressId=address, AliasConfiguration={"EmailAddressId": alias}
    )


@pytest.fixture
def found(act: Act) -> Callable[..., list[str]]:
    """What stands before the @ of the addresses that a search finds."""

    def search(**members: Any) -> list[str]:
        return [each["EmailAddress"].partition("@")[0] for each in act("search_email_addresses", **members)["EmailAddresses"]]

    return search


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_new_address_is_described_as_it_was_created(act: Act, domain: str, described: Any) -> None:
    settings = {"EmailAddress": f"Help@{domain}", "DisplayName": "Help", "Description": "All", "Tags": {"team": "blue"}}
    made = act("create_email_address", **settings)
    shown = described(made["EmailAddressId"])
    assert {name: shown[name] for name in settings} == settings
    assert (shown["EmailAddressId"], shown["EmailAddressArn"]) == (made["EmailAddressId"], made["EmailAddressArn"])
    assert shown["AliasConfigurations"] == []


def test_an_address_has_an_arn_below_its_instance(amazon_connect: Any, make: Make, described: Any) -> None:
    email_address_id = make()
    arn = f"{amazon_connect.instance['Arn']}/email-address/{email_address_id}"
    assert described(email_address_id)["EmailAddressArn"] == arn
    assert described(arn) == described(email_address_id)


def test_times_are_texts_in_iso_8601(make: Make, described: Any) -> None:
    shown = described(make())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", shown["CreateTimestamp"])
    assert shown["ModifiedTimestamp"] == shown["CreateTimestamp"]


def test_an_address_is_in_a_domain_of_the_instance(act: Act, domain: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act("create_email_address", EmailAddress="help@example.com")
    assert domain in refusal.message
    assert "SES_IDENTITY" in refusal.message


def test_a_domain_of_amazon_ses_is_associated_first(act: Act, described: Any) -> None:
    act(
        "create_integration_association",
        IntegrationType="SES_IDENTITY",
        IntegrationArn="arn:aws:ses:us-east-1:123456789012:identity/example.com",
    )
    made = act("create_email_address", EmailAddress="help@Example.com")
    assert described(made["EmailAddressId"])["EmailAddress"] == "help@Example.com"


@pytest.mark.parametrize("name", ["help", "HELP"])
def test_an_address_is_taken_once_in_any_case(make: Make, name: str, refused: Any) -> None:
    make("help")
    with refused("DuplicateResourceException") as refusal:
        make(name)
    assert "help@" in refusal.message


def test_an_address_looks_like_one(act: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("create_email_address", EmailAddress="help")
    assert "EmailAddress" in refusal.message


@pytest.mark.amazon_connect(quotas={"email_addresses": 1})
def test_addresses_are_as_many_as_the_quota_allows(make: Make, refused: Any) -> None:
    make("help")
    with refused("ServiceQuotaExceededException"):
        make("shop")


def test_the_same_token_makes_one_address(make: Make, act: Act) -> None:
    assert make(ClientToken="again") == make(ClientToken="again")
    assert act("search_email_addresses")["ApproximateTotalCount"] == 1


def test_the_same_token_makes_no_other_address(make: Make, refused: Any) -> None:
    make("help", ClientToken="again")
    with refused("IdempotencyException"):
        make("shop", ClientToken="again")


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "comparison"),
    [
        ("EmailAddress", "shop@", "STARTS_WITH"),
        ("emailAddress", "SHOP", "CONTAINS"),
        ("DisplayName", "The shop", "EXACT"),
        ("displayName", "the", "STARTS_WITH"),
        ("Description", "buy", "CONTAINS"),
        ("description", "Who buys", "EXACT"),
    ],
)
def test_addresses_are_found_by_their_texts(make: Make, found: Any, field: str, value: str, comparison: str) -> None:
    make("help")
    make("shop", DisplayName="The shop", Description="Who buys")
    condition = {"FieldName": field, "Value": value, "ComparisonType": comparison}
    assert found(SearchCriteria={"StringCondition": condition}) == ["shop"]


def test_addresses_are_not_found_by_other_fields(act: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("search_email_addresses", SearchCriteria={"StringCondition": {"FieldName": "alias", "Value": "x"}})
    assert "EmailAddress" in refusal.message


def test_addresses_are_found_by_tag(make: Make, found: Any) -> None:
    make("help", Tags={"team": "red"})
    make("shop", Tags={"team": "blue"})
    condition = {"TagKey": "team", "TagValue": "blue"}
    assert found(SearchFilter={"TagFilter": {"TagCondition": condition}}) == ["shop"]


def test_a_found_address_shows_its_alias(act: Act, make: Make, link: Any) -> None:
    help_id, shop_id = make("help"), make("shop")
    link(help_id, shop_id)
    address = act("search_email_addresses")["EmailAddresses"][0]
    assert address["AliasConfigurations"] == [{"EmailAddressId": shop_id}]
    assert address.keys() == {"EmailAddressId", "EmailAddressArn", "EmailAddress", "AliasConfigurations"}


def test_found_addresses_come_in_pages(act: Act, make: Make, found: Any) -> None:
    make("help")
    make("shop")
    page = act("search_email_addresses", MaxResults=1)
    assert page["ApproximateTotalCount"] == 2
    assert found(MaxResults=1, NextToken=page["NextToken"]) == ["shop"]


def test_the_largest_page_has_100_addresses(act: Act, refused: Any) -> None:
    act("search_email_addresses", MaxResults=100)
    with refused("InvalidParameterException"):
        act("search_email_addresses", MaxResults=101)


# --- update and delete ------------------------------------------------------------------------------------------------


def test_display_name_and_description_change_apart(act: Act, make: Make, described: Any) -> None:
    email_address_id = make(DisplayName="Help", Description="All")
    answer = act("update_email_address_metadata", EmailAddressId=email_address_id, DisplayName="Care")
    shown = described(email_address_id)
    assert (shown["DisplayName"], shown["Description"]) == ("Care", "All")
    assert (answer["EmailAddressId"], answer["EmailAddressArn"]) == (email_address_id, shown["EmailAddressArn"])


def test_a_description_can_be_emptied(act: Act, make: Make, described: Any) -> None:
    email_address_id = make(Description="All")
    act("update_email_address_metadata", EmailAddressId=email_address_id, Description="")
    assert described(email_address_id)["Description"] == ""


def test_a_change_is_noted_with_its_time(act: Act, amazon_connect: Any, make: Make, described: Any) -> None:
    email_address_id = make()
    amazon_connect.clock.advance(60)
    act("update_email_address_metadata", EmailAddressId=email_address_id, DisplayName="Care")
    shown = described(email_address_id)
    assert shown["ModifiedTimestamp"] > shown["CreateTimestamp"]


def test_a_deleted_address_is_gone_and_free(act: Act, make: Make, found: Any) -> None:
    email_address_id = make("help")
    act("delete_email_address", EmailAddressId=email_address_id)
    assert found() == []
    assert make("help") != email_address_id


def test_the_default_address_of_a_queue_is_not_deleted(act: Act, make: Make, make_queue: Any, refused: Any) -> None:
    email_address_id = make()
    make_queue("Sales", OutboundEmailConfig={"OutboundEmailAddressId": email_address_id})
    with refused("ResourceConflictException") as refusal:
        act("delete_email_address", EmailAddressId=email_address_id)
    assert "Sales" in refusal.message


def test_a_deleted_address_is_gone_from_its_queues(act: Act, make: Make, make_queue: Any) -> None:
    email_address_id = make()
    queue_id = make_queue("Sales", EmailAddressesConfig=[{"EmailAddressId": email_address_id}])
    act("delete_email_address", EmailAddressId=email_address_id)
    assert act("list_queue_email_addresses", QueueId=queue_id)["EmailAddressMetadataList"] == []


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_email_address", {}),
        ("update_email_address_metadata", {"DisplayName": "Care"}),
        ("delete_email_address", {}),
        ("associate_email_address_alias", {"AliasConfiguration": {"EmailAddressId": NO_ID}}),
        ("disassociate_email_address_alias", {"AliasConfiguration": {"EmailAddressId": NO_ID}}),
    ],
)
def test_an_address_that_does_not_exist_is_not_found(act: Act, operation: str, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, EmailAddressId=NO_ID, **members)
    assert NO_ID in refusal.message


# --- aliases ----------------------------------------------------------------------------------------------------------


def test_an_address_has_an_alias_and_the_alias_has_none(make: Make, link: Any, described: Any) -> None:
    help_id, shop_id = make("help"), make("shop")
    link(help_id, shop_id)
    assert described(help_id)["AliasConfigurations"] == [{"EmailAddressId": shop_id}]
    assert described(shop_id)["AliasConfigurations"] == []


def test_an_address_has_at_most_one_alias(make: Make, link: Any, refused: Any) -> None:
    help_id = make("help")
    link(help_id, make("shop"))
    other = make("press")
    with refused("ResourceConflictException") as refusal:
        link(help_id, other)
    assert "has an alias: shop@" in refusal.message


def test_an_alias_is_one_of_one_address_only(make: Make, link: Any, refused: Any) -> None:
    shop_id, other = make("shop"), make("press")
    link(make("help"), shop_id)
    with refused("ResourceConflictException") as refusal:
        link(other, shop_id)
    assert "is an alias of help@" in refusal.message


def test_an_alias_has_no_alias(make: Make, link: Any, refused: Any) -> None:
    shop_id, other = make("shop"), make("press")
    link(make("help"), shop_id)
    with refused("ResourceConflictException"):
        link(shop_id, other)


def test_an_address_with_an_alias_is_no_alias(make: Make, link: Any, refused: Any) -> None:
    help_id, other = make("help"), make("press")
    link(help_id, make("shop"))
    with refused("ResourceConflictException"):
        link(other, help_id)


def test_an_address_is_not_its_own_alias(make: Make, link: Any, refused: Any) -> None:
    help_id = make("help")
    with refused("InvalidRequestException"):
        link(help_id, help_id)


def test_an_alias_has_to_exist(make: Make, link: Any, refused: Any) -> None:
    help_id = make("help")
    with refused("ResourceNotFoundException") as refusal:
        link(help_id, NO_ID)
    assert NO_ID in refusal.message


def test_addresses_that_were_parted_are_free_for_others(make: Make, link: Any, unlink: Any, described: Any) -> None:
    help_id, shop_id = make("help"), make("shop")
    link(help_id, shop_id)
    unlink(help_id, shop_id)
    assert described(help_id)["AliasConfigurations"] == []
    link(shop_id, help_id)
    assert described(shop_id)["AliasConfigurations"] == [{"EmailAddressId": help_id}]


def test_only_addresses_that_belong_together_are_parted(make: Make, link: Any, unlink: Any, refused: Any) -> None:
    help_id, shop_id = make("help"), make("shop")
    link(help_id, shop_id)
    with refused("ResourceNotFoundException") as refusal:
        unlink(shop_id, help_id)
    assert "help@" in refusal.message


def test_what_is_no_alias_of_the_address_is_not_parted_from_it(make: Make, link: Any, unlink: Any, refused: Any) -> None:
    help_id, other = make("help"), make("press")
    link(help_id, make("shop"))
    with refused("ResourceNotFoundException") as refusal:
        unlink(help_id, other)
    assert "press@" in refusal.message


def test_an_address_changes_when_its_alias_does(
    amazon_connect: Any, make: Make, link: Any, unlink: Any, described: Any
) -> None:
    help_id, shop_id = make("help"), make("shop")
    times = [described(help_id)["ModifiedTimestamp"]]
    for change in (link, unlink):
        amazon_connect.clock.advance(60)
        change(help_id, shop_id)
        times.append(described(help_id)["ModifiedTimestamp"])
    assert times == sorted(set(times))


def test_a_deleted_alias_is_gone_from_its_address(act: Act, make: Make, link: Any, described: Any) -> None:
    help_id, shop_id = make("help"), make("shop")
    link(help_id, shop_id)
    act("delete_email_address", EmailAddressId=shop_id)
    assert described(help_id)["AliasConfigurations"] == []


def test_an_address_that_is_deleted_frees_its_alias(act: Act, make: Make, link: Any, described: Any) -> None:
    help_id, shop_id, other = make("help"), make("shop"), make("press")
    link(help_id, shop_id)
    act("delete_email_address", EmailAddressId=help_id)
    link(other, shop_id)
    assert described(other)["AliasConfigurations"] == [{"EmailAddressId": shop_id}]
