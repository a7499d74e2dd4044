"""What belongs to queues: quick connects and email addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
Make = Callable[[str], str]
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def make_quick_connect(act: Act) -> Make:
    """Makes a quick connect to a telephone number and gives its id."""
    config = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}
    return lambda name: str(act("create_quick_connect", Name=name, QuickConnectConfig=config)["QuickConnectId"])


@pytest.fixture
def make_address(act: Act, amazon_connect: Any) -> Make:
    """Makes an email address and gives its id."""
    domain = f"{amazon_connect.instance['InstanceAlias']}.email.connect.aws"
    return lambda name: str(act("create_email_address", EmailAddress=f"{name}@{domain}")["EmailAddressId"])


@pytest.fixture
def quick_connects(act: Act) -> Callable[[str], list[str]]:
    """The names of a queue's quick connects."""

    def listed(queue_id: str) -> list[str]:
        return [each["Name"] for each in act("list_queue_quick_connects", QueueId=queue_id)["QuickConnectSummaryList"]]

    return listed


@pytest.fixture
def addresses(act: Act) -> Callable[[str], dict[str, bool]]:
    """The ids of a queue's email addresses, and whether each is the default."""

    def listed(queue_id: str) -> dict[str, bool]:
        found = act("list_queue_email_addresses", QueueId=queue_id)["EmailAddressMetadataList"]
        return {each["Id"]: each["IsDefaultOutboundEmail"] for each in found}

    return listed


def configs(*ids: str) -> list[dict[str, str]]:
    """An EmailAddressConfigList."""
    return [{"EmailAddressId": each} for each in ids]


# --- quick connects ---------------------------------------------------------------------------------------------------


def test_a_new_queue_has_no_quick_connects(quick_connects: Any, queue_id: str) -> None:
    assert quick_connects(queue_id) == []


def test_a_queue_is_made_with_quick_connects(make_queue: Any, make_quick_connect: Make, quick_connects: Any) -> None:
    made = [make_quick_connect(name) for name in ("Taxi", "Police")]
    assert quick_connects(make_queue("Sales", QuickConnectIds=made)) == ["Taxi", "Police"]


def test_quick_connects_are_added_once(act: Act, queue_id: str, make_quick_connect: Make, quick_connects: Any) -> None:
    taxi, police = make_quick_connect("Taxi"), make_quick_connect("Police")
    act("associate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[taxi])
    act("associate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[police, taxi, police])
    assert quick_connects(queue_id) == ["Taxi", "Police"]


def test_quick_connects_are_taken_away(act: Act, make_queue: Any, make_quick_connect: Make, quick_connects: Any) -> None:
    taxi, police = make_quick_connect("Taxi"), make_quick_connect("Police")
    queue_id = make_queue("Sales", QuickConnectIds=[taxi, police])
    act("disassociate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[taxi])
    assert quick_connects(queue_id) == ["Police"]


def test_taking_away_what_the_queue_does_not_have_changes_nothing(
    act: Act, make_queue: Any, make_quick_connect: Make, quick_connects: Any
) -> None:
    taxi, police = make_quick_connect("Taxi"), make_quick_connect("Police")
    queue_id = make_queue("Sales", QuickConnectIds=[taxi])
    act("disassociate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[police])
    assert quick_connects(queue_id) == ["Taxi"]


def test_a_deleted_quick_connect_is_gone_from_its_queues(
    act: Act, make_queue: Any, make_quick_connect: Make, quick_connects: Any
) -> None:
    taxi, police = make_quick_connect("Taxi"), make_quick_connect("Police")
    queue_id = make_queue("Sales", QuickConnectIds=[taxi, police])
    act("delete_quick_connect", QuickConnectId=taxi)
    assert quick_connects(queue_id) == ["Police"]


def test_the_list_of_quick_connects_says_when_the_queue_changed(
    act: Act, queue_id: str, make_quick_connect: Make, amazon_connect: Any
) -> None:
    quick_connect = make_quick_connect("Taxi")
    before = act("list_queue_quick_connects", QueueId=queue_id)
    amazon_connect.clock.advance(60)
    act("associate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[quick_connect])
    after = act("list_queue_quick_connects", QueueId=queue_id)
    assert (after["LastModifiedTime"] - before["LastModifiedTime"]).total_seconds() >= 60
    assert after["LastModifiedRegion"] == amazon_connect.region_name


def test_quick_connects_come_in_pages(act: Act, make_queue: Any, make_quick_connect: Make) -> None:
    queue_id = make_queue("Sales", QuickConnectIds=[make_quick_connect(name) for name in ("Taxi", "Police")])
    page = act("list_queue_quick_connects", QueueId=queue_id, MaxResults=1)
    rest = act("list_queue_quick_connects", QueueId=queue_id, MaxResults=1, NextToken=page["NextToken"])
    assert [each["QuickConnectSummaryList"][0]["Name"] for each in (page, rest)] == ["Taxi", "Police"]
    assert "NextToken" not in rest


def test_50_quick_connects_fit_in_one_call_and_51_do_not(act: Act, queue_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("associate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[NO_ID] * 51)
    assert "QuickConnectIds" in refusal.message
    with refused("ResourceNotFoundException"):
        act("associate_queue_quick_connects", QueueId=queue_id, QuickConnectIds=[NO_ID] * 50)


@pytest.mark.amazon_connect(quotas={"quick_connects_of_a_queue": 2})
def test_a_queue_has_as_many_quick_connects_as_the_quota_allows(
    impatient_client: Any, instance_id: str, make_queue: Any, make_quick_connect: Make, refused: Any
) -> None:
    made = [make_quick_connect(name) for name in ("Taxi", "Police", "Doctor")]
    queue_id = make_queue("Sales", QuickConnectIds=made[:2])
    with refused("LimitExceededException"):
        impatient_client.associate_queue_quick_connects(InstanceId=instance_id, QueueId=queue_id, QuickConnectIds=made[2:])


@pytest.mark.parametrize("operation", ["associate_queue_quick_connects", "disassociate_queue_quick_connects"])
def test_one_quick_connect_that_does_not_exist_spoils_the_call(
    act: Act, queue_id: str, make_quick_connect: Make, operation: str, refused: Any
) -> None:
    taxi = make_quick_connect("Taxi")
    with refused("ResourceNotFoundException") as refusal:
        act(operation, QueueId=queue_id, QuickConnectIds=[taxi, NO_ID])
    assert NO_ID in refusal.message


# --- email addresses --------------------------------------------------------------------------------------------------


def test_a_new_queue_has_no_email_addresses(addresses: Any, queue_id: str) -> None:
    assert addresses(queue_id) == {}


def test_a_queue_is_made_with_email_addresses(make_queue: Any, make_address: Make, addresses: Any) -> None:
    help_id, shop_id = make_address("help"), make_address("shop")
    queue_id = make_queue(
        "Sales", EmailAddressesConfig=configs(help_id), OutboundEmailConfig={"OutboundEmailAddressId": shop_id}
    )
    assert addresses(queue_id) == {shop_id: True, help_id: False}


def test_email_addresses_are_added_once(act: Act, queue_id: str, make_address: Make, addresses: Any) -> None:
    help_id, shop_id = make_address("help"), make_address("shop")
    act("associate_queue_email_addresses", QueueId=queue_id, EmailAddressesConfig=configs(help_id))
    act("associate_queue_email_addresses", QueueId=queue_id, EmailAddressesConfig=configs(shop_id, help_id))
    assert list(addresses(queue_id)) == [help_id, shop_id]


def test_the_default_address_can_be_one_of_the_others(act: Act, queue_id: str, make_address: Make, addresses: Any) -> None:
    help_id, shop_id = make_address("help"), make_address("shop")
    act("associate_queue_email_addresses", QueueId=queue_id, EmailAddressesConfig=configs(help_id, shop_id))
    act(
        "update_queue_outbound_email_config",
        QueueId=queue_id,
        OutboundEmailConfig={"OutboundEmailAddressId": shop_id},
    )
    assert addresses(queue_id) == {shop_id: True, help_id: False}


def test_an_email_address_is_listed_with_its_arn(act: Act, queue_id: str, make_address: Make, amazon_connect: Any) -> None:
    help_id = make_address("help")
    act("associate_queue_email_addresses", QueueId=queue_id, EmailAddressesConfig=configs(help_id))
    found = act("list_queue_email_addresses", QueueId=queue_id)
    assert found["EmailAddressMetadataList"][0]["Arn"] == f"{amazon_connect.instance['Arn']}/email-address/{help_id}"
    assert found["LastModifiedRegion"] == amazon_connect.region_name


def test_email_addresses_are_taken_away(act: Act, make_queue: Any, make_address: Make, addresses: Any) -> None:
    help_id, shop_id = make_address("help"), make_address("shop")
    queue_id = make_queue("Sales", EmailAddressesConfig=configs(help_id, shop_id))
    act("disassociate_queue_email_addresses", QueueId=queue_id, EmailAddressesId=[help_id])
    assert addresses(queue_id) == {shop_id: False}


def test_the_default_address_is_not_taken_away(act: Act, make_queue: Any, make_address: Make, refused: Any) -> None:
    help_id = make_address("help")
    queue_id = make_queue("Sales", OutboundEmailConfig={"OutboundEmailAddressId": help_id})
    with refused("InvalidRequestException") as refusal:
        act("disassociate_queue_email_addresses", QueueId=queue_id, EmailAddressesId=[help_id])
    assert "UpdateQueueOutboundEmailConfig" in refusal.message


def test_email_addresses_come_in_pages(act: Act, make_queue: Any, make_address: Make) -> None:
    made = [make_address("help"), make_address("shop")]
    queue_id = make_queue("Sales", EmailAddressesConfig=configs(*made))
    page = act("list_queue_email_addresses", QueueId=queue_id, MaxResults=1)
    rest = act("list_queue_email_addresses", QueueId=queue_id, MaxResults=1, NextToken=page["NextToken"])
    assert [each["EmailAddressMetadataList"][0]["Id"] for each in (page, rest)] == made


@pytest.mark.amazon_connect(quotas={"email_addresses_of_a_queue": 1})
def test_the_default_address_does_not_count_among_those_of_the_quota(
    impatient_client: Any, instance_id: str, make_queue: Any, make_address: Make, refused: Any
) -> None:
    made = [make_address(name) for name in ("help", "shop", "press")]
    queue_id = make_queue(
        "Sales", EmailAddressesConfig=configs(*made[:2]), OutboundEmailConfig={"OutboundEmailAddressId": made[0]}
    )
    with refused("LimitExceededException"):
        impatient_client.associate_queue_email_addresses(
            InstanceId=instance_id, QueueId=queue_id, EmailAddressesConfig=configs(made[2])
        )


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("associate_queue_email_addresses", {"EmailAddressesConfig": configs(NO_ID)}),
        ("disassociate_queue_email_addresses", {"EmailAddressesId": [NO_ID]}),
    ],
)
def test_an_email_address_that_does_not_exist_is_not_found(
    act: Act, queue_id: str, operation: str, members: dict[str, Any], refused: Any
) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, QueueId=queue_id, **members)
    assert NO_ID in refusal.message


def test_the_same_token_associates_once(act: Act, queue_id: str, make_address: Make, addresses: Any) -> None:
    help_id = make_address("help")
    call = {"QueueId": queue_id, "EmailAddressesConfig": configs(help_id), "ClientToken": "again"}
    act("associate_queue_email_addresses", **call)
    act("disassociate_queue_email_addresses", QueueId=queue_id, EmailAddressesId=[help_id])
    act("associate_queue_email_addresses", **call)
    assert addresses(queue_id) == {}


# --- both -------------------------------------------------------------------------------------------------------------

ASSOCIATIONS: dict[str, dict[str, Any]] = {
    "associate_queue_quick_connects": {"QuickConnectIds": [NO_ID]},
    "disassociate_queue_quick_connects": {"QuickConnectIds": [NO_ID]},
    "list_queue_quick_connects": {},
    "associate_queue_email_addresses": {"EmailAddressesConfig": configs(NO_ID)},
    "disassociate_queue_email_addresses": {"EmailAddressesId": [NO_ID]},
    "list_queue_email_addresses": {},
}


@pytest.mark.parametrize("operation", ASSOCIATIONS)
def test_a_queue_that_does_not_exist_has_no_associations(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, QueueId=NO_ID, **ASSOCIATIONS[operation])
    assert f"Queue with id {NO_ID}" in refusal.message


@pytest.mark.parametrize("operation", ASSOCIATIONS)
def test_the_queue_of_an_agent_has_no_associations(act: Act, agent_queue_id: str, operation: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act(operation, QueueId=agent_queue_id, **ASSOCIATIONS[operation])
    assert agent_queue_id in refusal.message
