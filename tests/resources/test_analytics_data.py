"""Analytics data sets: the catalogue, and their associations with accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

NO_INSTANCE = "00000000-0000-4000-8000-000000000000"
Act = Callable[..., Any]


@pytest.fixture
def act(client: Any, instance_id: str) -> Act:
    """Calls an operation on the instance: `act("associate_analytics_data_set", DataSetId="contact_record")`."""
    return lambda operation, **members: getattr(client, operation)(**{"InstanceId": instance_id} | members)


@pytest.fixture
def associate(act: Act) -> Act:
    """Associates one data set."""
    return lambda data_set="contact_record", **members: act("associate_analytics_data_set", DataSetId=data_set, **members)


@pytest.fixture
def associated(act: Act) -> Act:
    """The ids of the data sets that are associated, as listed."""
    return lambda **asked: [each["DataSetId"] for each in act("list_analytics_data_associations", **asked)["Results"]]


# --- one at a time ----------------------------------------------------------------------------------------------------


def test_a_data_set_is_associated_with_the_own_account(associate: Act) -> None:
    made = associate("contact_record")
    assert (made["DataSetId"], made["TargetAccountId"]) == ("contact_record", "123456789012")


def test_a_data_set_is_associated_with_another_account(associate: Act) -> None:
    assert associate(TargetAccountId="111122223333")["TargetAccountId"] == "111122223333"


def test_an_association_is_a_resource_share_of_the_own_account(associate: Act) -> None:
    made = associate(TargetAccountId="111122223333")
    assert made["ResourceShareArn"] == f"arn:aws:ram:us-east-1:123456789012:resource-share/{made['ResourceShareId']}"
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["ResourceShareId"])


def test_an_association_is_listed_with_its_share(act: Act, associate: Act) -> None:
    made = associate()
    del made["ResponseMetadata"]
    assert act("list_analytics_data_associations")["Results"] == [made | {"ResourceShareStatus": "ACTIVE"}]


@pytest.mark.parametrize("account", [{}, {"TargetAccountId": "111122223333"}])
def test_a_data_set_is_associated_once(associate: Act, account: dict[str, str], refused: Any) -> None:
    associate()
    with refused("InvalidParameterException") as refusal:
        associate(**account)
    assert refusal.message == "Data set contact_record is already associated with the instance"


@pytest.mark.parametrize("account", [{}, {"TargetAccountId": "111122223333"}])
def test_an_association_ends(act: Act, associate: Act, associated: Act, account: dict[str, str]) -> None:
    associate("contact_record", **account)
    associate("users")
    act("disassociate_analytics_data_set", DataSetId="contact_record", **account)
    assert associated() == ["users"]


def test_a_data_set_can_be_associated_again(act: Act, associate: Act) -> None:
    before = associate()["ResourceShareId"]
    act("disassociate_analytics_data_set", DataSetId="contact_record")
    assert associate()["ResourceShareId"] != before


def test_what_is_not_associated_cannot_be_ended(act: Act, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act("disassociate_analytics_data_set", DataSetId="contact_record")
    assert "contact_record" in refusal.message


def test_an_association_with_another_account_is_not_ended(act: Act, associate: Act, refused: Any) -> None:
    associate()
    with refused("ResourceNotFoundException"):
        act("disassociate_analytics_data_set", DataSetId="contact_record", TargetAccountId="111122223333")


def test_an_id_of_a_data_set_has_at_most_255_characters(associate: Act, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        associate("x" * 256)
    assert "DataSetId must be 1 to 255 characters long" in refusal.message


# --- several ----------------------------------------------------------------------------------------------------------


def test_several_data_sets_are_associated_at_once(act: Act, associated: Act) -> None:
    answer = act("batch_associate_analytics_data_set", DataSetIds=["users", "contact_record"], TargetAccountId="111122223333")
    assert [each["DataSetId"] for each in answer["Created"]] == ["users", "contact_record"]
    assert {each["TargetAccountId"] for each in answer["Created"]} == {"111122223333"}
    assert answer["Errors"] == []
    assert associated() == ["contact_record", "users"]


def test_what_cannot_be_associated_is_told_and_the_rest_is_done(act: Act, associate: Act, associated: Act) -> None:
    associate("users")
    answer = act("batch_associate_analytics_data_set", DataSetIds=["users", "contact_record", "contact_record"])
    assert [each["DataSetId"] for each in answer["Created"]] == ["contact_record"]
    assert answer["Errors"] == [
        {"ErrorCode": "InvalidParameterException", "ErrorMessage": f"Data set {each} is already associated with the instance"}
        for each in ("users", "contact_record")
    ]
    assert associated() == ["contact_record", "users"]


def test_several_associations_end_at_once(act: Act, associated: Act) -> None:
    act("batch_associate_analytics_data_set", DataSetIds=["users", "contact_record", "bot_slots"])
    answer = act("batch_disassociate_analytics_data_set", DataSetIds=["users", "contact_record"])
    assert (answer["Deleted"], answer["Errors"]) == (["users", "contact_record"], [])
    assert associated() == ["bot_slots"]


def test_what_cannot_be_ended_is_told_and_the_rest_is_done(act: Act, associate: Act, associated: Act) -> None:
    associate("users")
    answer = act("batch_disassociate_analytics_data_set", DataSetIds=["contact_record", "users"])
    assert answer["Deleted"] == ["users"]
    assert answer["Errors"] == [
        {
            "ErrorCode": "ResourceNotFoundException",
            "ErrorMessage": "Data set contact_record is not associated with the instance",
        }
    ]
    assert associated() == []


# --- lists ------------------------------------------------------------------------------------------------------------


def test_associations_are_listed_by_data_set(associate: Act, associated: Act) -> None:
    for data_set in ("users", "bot_slots", "contact_record"):
        associate(data_set)
    assert associated() == ["bot_slots", "contact_record", "users"]


def test_associations_of_one_data_set_are_listed(associate: Act, associated: Act) -> None:
    associate("users")
    associate("contact_record")
    assert associated(DataSetId="users") == ["users"]
    assert associated(DataSetId="bot_slots") == []


def test_associations_are_listed_a_page_at_a_time(act: Act, associate: Act) -> None:
    made = [associate(f"data-set-{number}")["DataSetId"] for number in range(3)]
    first = act("list_analytics_data_associations", MaxResults=2)
    rest = act("list_analytics_data_associations", MaxResults=2, NextToken=first["NextToken"])
    assert [each["DataSetId"] for each in first["Results"]] == made[:2]
    assert [each["DataSetId"] for each in rest["Results"]] == made[2:]
    assert "NextToken" not in rest


def test_the_data_sets_that_there_are_can_all_be_associated(act: Act) -> None:
    data_sets = [each["DataSetId"] for each in act("list_analytics_data_lake_data_sets")["Results"]]
    assert "contact_record" in data_sets
    assert act("batch_associate_analytics_data_set", DataSetIds=data_sets)["Errors"] == []


def test_data_sets_are_listed_a_page_at_a_time(act: Act) -> None:
    everything = act("list_analytics_data_lake_data_sets")["Results"]
    first = act("list_analytics_data_lake_data_sets", MaxResults=3)
    rest = act("list_analytics_data_lake_data_sets", NextToken=first["NextToken"])
    assert first["Results"] == everything[:3]
    assert first["Results"] + rest["Results"] == everything


# --- instances --------------------------------------------------------------------------------------------------------

OPERATIONS: dict[str, dict[str, Any]] = {
    "associate_analytics_data_set": {"DataSetId": "users"},
    "batch_associate_analytics_data_set": {"DataSetIds": ["users"]},
    "batch_disassociate_analytics_data_set": {"DataSetIds": ["users"]},
    "disassociate_analytics_data_set": {"DataSetId": "users"},
    "list_analytics_data_associations": {},
    "list_analytics_data_lake_data_sets": {},
}


@pytest.mark.parametrize("instance", [NO_INSTANCE, "nonexistent-instance-id"])
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_an_instance_that_does_not_exist_is_not_found(act: Act, operation: str, instance: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, InstanceId=instance, **OPERATIONS[operation])
    assert refusal.message == f"Instance with id {instance} not found"


def test_each_instance_has_its_own_associations(client: Any, associate: Act, associated: Act) -> None:
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )["Id"]
    associate("users")
    assert associated(InstanceId=other) == []
    assert associate("users", InstanceId=other)["DataSetId"] == "users"


def test_associations_go_with_their_instance(act: Act, client: Any, instance_id: str, associate: Act, refused: Any) -> None:
    associate()
    client.delete_instance(InstanceId=instance_id)
    with refused("ResourceNotFoundException"):
        act("list_analytics_data_associations")
