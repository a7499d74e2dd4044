"""What those rely on who used moto's own Connect with plain mock_aws: it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
ACCOUNT, PARTNER = "123456789012", "111122223333"


@pytest.fixture(scope="module")
def session() -> boto3.Session:
    """One for all: each session reads the model of the service, which takes longer than the tests."""
    return boto3.Session("testing", "testing", region_name="us-east-1")


@pytest.fixture
def connect(session: boto3.Session) -> Iterator[Any]:
    """A client as moto's users make it."""
    with mock_aws():
        yield session.client("connect")


@pytest.fixture
def instance_id(connect: Any) -> str:
    """An instance without alias."""
    return str(connect.create_instance(**INSTANCE)["Id"])


NO_INSTANCE: dict[str, dict[str, Any]] = {
    "describe_instance": {},
    "delete_instance": {},
    "associate_analytics_data_set": {"DataSetId": "contact_record"},
    "disassociate_analytics_data_set": {"DataSetId": "contact_record"},
    "batch_associate_analytics_data_set": {"DataSetIds": ["contact_record"]},
    "batch_disassociate_analytics_data_set": {"DataSetIds": ["contact_record"]},
    "list_analytics_data_associations": {},
    "list_analytics_data_lake_data_sets": {},
}


@pytest.mark.parametrize("unknown", ["nonexistent-instance-id", "5b2b4ea4-8c1d-4c6e-9d4e-0123456789ab"])
@pytest.mark.parametrize("operation", NO_INSTANCE)
def test_an_unknown_instance_is_not_found(connect: Any, operation: str, unknown: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(connect, operation)(InstanceId=unknown, **NO_INSTANCE[operation])
    assert unknown in refusal.message
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_the_modeled_exception_can_be_caught(connect: Any) -> None:
    with pytest.raises(connect.exceptions.ResourceNotFoundException) as caught:
        connect.describe_instance(InstanceId="nonexistent-instance-id")
    assert isinstance(caught.value, ClientError)


def test_an_instance_needs_no_alias(connect: Any, instance_id: str) -> None:
    instance = connect.describe_instance(InstanceId=instance_id)["Instance"]
    assert "InstanceAlias" not in instance
    assert (instance["InstanceStatus"], instance["IdentityManagementType"]) == ("ACTIVE", "CONNECT_MANAGED")


def test_an_instance_has_what_it_was_made_with(connect: Any) -> None:
    made = connect.create_instance(
        IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=False
    )
    instance = connect.describe_instance(InstanceId=made["Id"])["Instance"]
    assert made["Arn"] == instance["Arn"] == f"arn:aws:connect:us-east-1:{ACCOUNT}:instance/{made['Id']}"
    assert (instance["InstanceAlias"], instance["IdentityManagementType"]) == ("acme", "SAML")
    assert (instance["InboundCallsEnabled"], instance["OutboundCallsEnabled"]) == (True, False)
    assert instance["InstanceAccessUrl"] == "https://acme.my.connect.aws"
    assert instance["ServiceRole"].startswith(f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/connect.amazonaws.com/")
    assert instance["CreatedTime"].tzinfo is not None


def test_no_instances_are_listed_at_first(connect: Any) -> None:
    listed = connect.list_instances()
    assert listed["InstanceSummaryList"] == []
    assert "NextToken" not in listed


def test_instances_are_listed_in_the_order_they_were_made(connect: Any) -> None:
    made = [connect.create_instance(**INSTANCE)["Id"] for _ in range(3)]
    listed = connect.list_instances()["InstanceSummaryList"]
    assert [each["Id"] for each in listed] == made
    assert {"Id", "Arn", "IdentityManagementType", "CreatedTime", "InstanceStatus"} <= listed[0].keys()


def test_instances_are_listed_in_pages(connect: Any) -> None:
    made = [connect.create_instance(**INSTANCE)["Id"] for _ in range(5)]
    pages = connect.get_paginator("list_instances").paginate(PaginationConfig={"PageSize": 2})
    assert [[each["Id"] for each in page["InstanceSummaryList"]] for page in pages] == [made[:2], made[2:4], made[4:]]


def test_deletion_takes_the_instance_and_its_associations(connect: Any, instance_id: str, refused: Any) -> None:
    connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contact_record")
    connect.delete_instance(InstanceId=instance_id)
    assert connect.list_instances()["InstanceSummaryList"] == []
    with refused("ResourceNotFoundException"):
        connect.list_analytics_data_associations(InstanceId=instance_id)


def test_deletion_leaves_the_other_instances(connect: Any, instance_id: str) -> None:
    other = connect.create_instance(**INSTANCE)["Id"]
    connect.delete_instance(InstanceId=instance_id)
    assert [each["Id"] for each in connect.list_instances()["InstanceSummaryList"]] == [other]


@pytest.mark.parametrize("tags", [{"env": "test", "team": "voice"}, {"env": ""}, {}])
def test_an_instance_has_its_tags(connect: Any, tags: dict[str, str]) -> None:
    made = connect.create_instance(**INSTANCE, Tags=tags or {"env": "test"})
    if not tags:
        connect.untag_resource(resourceArn=made["Arn"], tagKeys=["env"])
    assert connect.list_tags_for_resource(resourceArn=made["Arn"])["tags"] == tags
    assert connect.describe_instance(InstanceId=made["Id"])["Instance"].get("Tags", {}) == tags


def test_tags_come_and_go(connect: Any) -> None:
    arn = connect.create_instance(**INSTANCE, Tags={"env": "test"})["Arn"]
    connect.tag_resource(resourceArn=arn, tags={"env": "live", "team": "voice"})
    connect.untag_resource(resourceArn=arn, tagKeys=["team", "nothing"])
    assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {"env": "live"}


def test_an_association_is_with_the_own_account_unless_said_otherwise(connect: Any, instance_id: str) -> None:
    made = connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contact_record")
    assert (made["DataSetId"], made["TargetAccountId"]) == ("contact_record", ACCOUNT)
    assert made["ResourceShareArn"] == f"arn:aws:ram:us-east-1:{ACCOUNT}:resource-share/{made['ResourceShareId']}"


def test_the_resource_share_is_of_the_account_that_shares(connect: Any, instance_id: str) -> None:
    made = connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contact_record", TargetAccountId=PARTNER)
    assert made["TargetAccountId"] == PARTNER
    assert made["ResourceShareArn"].split(":")[4] == ACCOUNT


def test_a_data_set_is_associated_once(connect: Any, instance_id: str, refused: Any) -> None:
    connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contact_record")
    with refused("InvalidParameterException"):
        connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="contact_record", TargetAccountId=PARTNER)


def test_any_data_set_can_be_associated(connect: Any, instance_id: str) -> None:
    assert connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="my_own")["DataSetId"] == "my_own"


def test_associations_are_sorted_by_data_set(connect: Any, instance_id: str) -> None:
    for name in ("users", "agent_metrics", "contact_record"):
        connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId=name)
    results = connect.list_analytics_data_associations(InstanceId=instance_id)["Results"]
    assert [each["DataSetId"] for each in results] == ["agent_metrics", "contact_record", "users"]
    assert {each["ResourceShareStatus"] for each in results} == {"ACTIVE"}


def test_associations_can_be_asked_for_by_data_set(connect: Any, instance_id: str) -> None:
    for name in ("users", "contact_record"):
        connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId=name)
    (only,) = connect.list_analytics_data_associations(InstanceId=instance_id, DataSetId="users")["Results"]
    assert only["DataSetId"] == "users"
    assert connect.list_analytics_data_associations(InstanceId=instance_id, DataSetId="none")["Results"] == []


def test_associations_are_listed_in_pages(connect: Any, instance_id: str) -> None:
    for name in "cab":
        connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId=name)
    first = connect.list_analytics_data_associations(InstanceId=instance_id, MaxResults=2)
    rest = connect.list_analytics_data_associations(InstanceId=instance_id, MaxResults=2, NextToken=first["NextToken"])
    assert [each["DataSetId"] for page in (first, rest) for each in page["Results"]] == ["a", "b", "c"]
    assert "NextToken" not in rest


def test_a_disassociated_data_set_is_gone_and_can_come_back(connect: Any, instance_id: str) -> None:
    connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="users")
    connect.disassociate_analytics_data_set(InstanceId=instance_id, DataSetId="users")
    assert connect.list_analytics_data_associations(InstanceId=instance_id)["Results"] == []
    assert connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="users")["DataSetId"] == "users"


def test_what_was_not_associated_cannot_be_disassociated(connect: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        connect.disassociate_analytics_data_set(InstanceId=instance_id, DataSetId="users")


def test_instances_have_associations_of_their_own(connect: Any, instance_id: str) -> None:
    other = connect.create_instance(**INSTANCE)["Id"]
    connect.associate_analytics_data_set(InstanceId=instance_id, DataSetId="users")
    connect.associate_analytics_data_set(InstanceId=other, DataSetId="users")
    connect.disassociate_analytics_data_set(InstanceId=other, DataSetId="users")
    assert len(connect.list_analytics_data_associations(InstanceId=instance_id)["Results"]) == 1
