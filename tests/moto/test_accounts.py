"""Which account and Region a call is for, and that no other sees what it did."""

from __future__ import annotations

import re
from typing import Any

import boto3
import pytest

from connect_mock import mock_connect

DEFAULT, OTHER = "123456789012", "111122223333"
INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
LIST = "https://connect.us-east-1.amazonaws.com/instance"


def account(made: dict[str, str]) -> str:
    """The account in the ARN of what was made."""
    return made["Arn"].split(":")[4]


def role_credentials(account_id: str, region: str = "us-east-1") -> dict[str, str]:
    """The credentials of a role in another account."""
    sts = boto3.client("sts", region)
    role = f"arn:aws:iam::{account_id}:role/operator"
    return dict(sts.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"])


def options(credentials: dict[str, str]) -> dict[str, Any]:
    """Credentials as a boto3 client takes them."""
    token = {"aws_session_token": credentials["SessionToken"]} if "SessionToken" in credentials else {}
    return {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        **token,
    }


def user_credentials(account_id: str) -> dict[str, str]:
    """The access key of an IAM user in another account."""
    iam = boto3.client("iam", "us-east-1", **options(role_credentials(account_id)))
    iam.create_user(UserName="operator")
    return dict(iam.create_access_key(UserName="operator")["AccessKey"])


def test_without_anything_it_is_moto_s_default_account(client: Any) -> None:
    assert account(client.create_instance(**INSTANCE)) == DEFAULT


@pytest.mark.parametrize("credentials", [role_credentials, user_credentials])
@mock_connect
def test_the_access_key_tells_the_account(credentials: Any) -> None:
    connect = boto3.client("connect", "us-east-1", **options(credentials(OTHER)))
    assert account(connect.create_instance(**INSTANCE)) == OTHER


@pytest.mark.parametrize("credentials", [role_credentials, user_credentials])
@mock_connect
def test_the_access_key_of_a_signed_request_tells_the_account(credentials: Any, signed: Any) -> None:
    given = options(credentials(OTHER))
    made = boto3.client("connect", "us-east-1", **given).create_instance(**INSTANCE)
    assert [each["Id"] for each in signed("GET", LIST, credentials=tuple(given.values())).json()["InstanceSummaryList"]] == [
        made["Id"]
    ]
    assert signed("GET", LIST).json()["InstanceSummaryList"] == []


@mock_connect
def test_the_access_key_of_a_role_in_another_partition_tells_the_account() -> None:
    connect = boto3.client("connect", "cn-north-1", **options(role_credentials(OTHER, "cn-north-1")))
    assert account(connect.create_instance(**INSTANCE)) == OTHER


def test_an_unknown_access_key_is_for_the_default_account() -> None:
    with mock_connect():
        boto3.client("iam", "us-east-1").list_users()
        connect = boto3.client("connect", "us-east-1", aws_access_key_id="AKIA" + "X" * 16, aws_secret_access_key="y")
        assert account(connect.create_instance(**INSTANCE)) == DEFAULT


def test_the_header_tells_the_account(client: Any, signed: Any) -> None:
    def send_header(params: dict[str, Any], **_: Any) -> None:
        params["headers"]["x-moto-account-id"] = OTHER

    client.meta.events.register("before-call.connect", send_header)
    made = client.create_instance(**INSTANCE)
    assert account(made) == OTHER
    assert signed("GET", LIST).json()["InstanceSummaryList"] == []
    listed = signed("GET", LIST, **{"x-moto-account-id": OTHER}).json()["InstanceSummaryList"]
    assert [each["Id"] for each in listed] == [made["Id"]]


def test_the_header_is_stronger_than_the_access_key(client: Any, signed: Any) -> None:
    given = options(role_credentials(OTHER))
    made = boto3.client("connect", "us-east-1", **given).create_instance(**INSTANCE)
    answer = signed("GET", LIST, credentials=tuple(given.values()), **{"x-moto-account-id": "444455556666"})
    assert account(made) == OTHER
    assert answer.json()["InstanceSummaryList"] == []


def test_the_environment_is_stronger_than_the_header(client: Any, monkeypatch: pytest.MonkeyPatch, signed: Any) -> None:
    monkeypatch.setenv("MOTO_ACCOUNT_ID", OTHER)
    made = client.create_instance(**INSTANCE)
    assert account(made) == OTHER
    listed = signed("GET", LIST, **{"x-moto-account-id": DEFAULT}).json()["InstanceSummaryList"]
    assert [each["Id"] for each in listed] == [made["Id"]]


@pytest.mark.amazon_connect(account_id=OTHER)
def test_the_handle_works_in_the_account_it_was_asked_for(amazon_connect: Any) -> None:
    assert account(amazon_connect.instance) == OTHER


def test_accounts_do_not_see_each_other(client: Any, instance_id: str, refused: Any) -> None:
    stranger = boto3.client("connect", "us-east-1", **options(role_credentials(OTHER)))
    assert stranger.list_instances()["InstanceSummaryList"] == []
    with refused("ResourceNotFoundException"):
        stranger.describe_instance(InstanceId=instance_id)
    with refused("ResourceNotFoundException"):
        stranger.delete_instance(InstanceId=instance_id)


def test_regions_do_not_see_each_other(amazon_connect: Any, refused: Any) -> None:
    arn, elsewhere = amazon_connect.instance["Arn"], boto3.client("connect", "eu-west-2")
    assert elsewhere.list_instances()["InstanceSummaryList"] == []
    with refused("ResourceNotFoundException"):
        elsewhere.describe_instance(InstanceId=amazon_connect.instance_id)
    with refused("ResourceNotFoundException"):
        elsewhere.list_tags_for_resource(resourceArn=arn)


# --- partitions -------------------------------------------------------------------------------------------------------

PARTITIONS = {"us-east-1": "aws", "eu-west-2": "aws", "cn-north-1": "aws-cn", "us-gov-west-1": "aws-us-gov"}


def arns(value: Any) -> list[str]:
    """Every string in an answer that is an ARN."""
    if isinstance(value, dict):
        return [arn for each in value.values() for arn in arns(each)]
    if isinstance(value, list):
        return [arn for each in value for arn in arns(each)]
    return [value] if isinstance(value, str) and value.startswith("arn:") else []


@pytest.mark.parametrize("region", PARTITIONS)
@mock_connect
def test_every_arn_is_of_the_region_s_partition(region: str, content: Any) -> None:
    connect = boto3.client("connect", region)
    made = connect.create_instance(**INSTANCE)
    flow = connect.create_contact_flow(InstanceId=made["Id"], Name="x", Type="CONTACT_FLOW", Content=content())
    answers = [
        made,
        flow,
        connect.describe_instance(InstanceId=made["Id"]),
        connect.list_instances(),
        connect.list_contact_flows(InstanceId=made["Id"]),
        connect.describe_contact_flow(InstanceId=made["Id"], ContactFlowId=flow["ContactFlowId"]),
        connect.search_contact_flows(InstanceId=made["Id"]),
        connect.associate_analytics_data_set(InstanceId=made["Id"], DataSetId="contact_record"),
        connect.list_analytics_data_associations(InstanceId=made["Id"]),
    ]
    assert all(arns(each) for each in answers)
    assert {arn.split(":")[1] for each in answers for arn in arns(each)} == {PARTITIONS[region]}
    assert {arn.split(":")[3] for each in answers for arn in arns(each)} == {region, ""}


@pytest.mark.parametrize("region", PARTITIONS)
@mock_connect
def test_the_service_role_is_of_the_region_s_partition(region: str) -> None:
    connect = boto3.client("connect", region)
    made = connect.create_instance(**INSTANCE)
    role = connect.describe_instance(InstanceId=made["Id"])["Instance"]["ServiceRole"]
    assert role.startswith(f"arn:{PARTITIONS[region]}:iam::{DEFAULT}:role/aws-service-role/connect.amazonaws.com/")


@pytest.mark.parametrize("region", PARTITIONS)
@mock_connect
def test_the_content_of_the_default_flows_names_no_other_partition(region: str) -> None:
    connect = boto3.client("connect", region)
    instance_id = connect.create_instance(**INSTANCE)["Id"]
    flows = connect.search_contact_flows(InstanceId=instance_id)["ContactFlows"]
    named = {arn for flow in flows for arn in re.findall(r"\barn:([^:]+):[^:]+:([^:]+):", flow["Content"])}
    assert named <= {(PARTITIONS[region], region)}
