"""Instances: create, describe, list, delete."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from moto.moto_api import state_manager

from connect_mock import mock_connect

DEFAULT_FLOWS = {
    "Default agent hold": "AGENT_HOLD",
    "Default agent transfer": "AGENT_TRANSFER",
    "Default agent whisper": "AGENT_WHISPER",
    "Default customer hold": "CUSTOMER_HOLD",
    "Default customer queue": "CUSTOMER_QUEUE",
    "Default customer whisper": "CUSTOMER_WHISPER",
    "Default outbound": "OUTBOUND_WHISPER",
    "Default queue transfer": "QUEUE_TRANSFER",
    "Sample AB test": "CONTACT_FLOW",
    "Sample Lambda integration": "CONTACT_FLOW",
    "Sample after contact work flow": "CONTACT_FLOW",
    "Sample disconnect flow": "CONTACT_FLOW",
    "Sample inbound flow (first contact experience)": "CONTACT_FLOW",
    "Sample interruptible queue flow with callback": "CUSTOMER_QUEUE",
    "Sample note for screenpop": "CONTACT_FLOW",
    "Sample queue configurations flow": "CONTACT_FLOW",
    "Sample queue customer": "CONTACT_FLOW",
    "Sample recording behavior": "CONTACT_FLOW",
    "Sample secure input with agent": "QUEUE_TRANSFER",
    "Sample secure input with no agent": "CONTACT_FLOW",
}


def create(client: Any, **members: Any) -> dict[str, str]:
    settings = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": False}
    return client.create_instance(**settings | members)


def test_a_new_instance_is_described_as_it_was_asked_for(client: Any) -> None:
    made = create(client, InstanceAlias="acme-support", Tags={"team": "voice"})
    instance = client.describe_instance(InstanceId=made["Id"])["Instance"]
    assert instance["Arn"] == made["Arn"] == f"arn:aws:connect:us-east-1:123456789012:instance/{made['Id']}"
    assert instance["InstanceAlias"] == "acme-support"
    assert instance["InstanceStatus"] == "ACTIVE"
    assert (instance["InboundCallsEnabled"], instance["OutboundCallsEnabled"]) == (True, False)
    assert instance["InstanceAccessUrl"] == "https://acme-support.my.connect.aws"
    assert instance["Tags"] == {"team": "voice"}
    assert isinstance(instance["CreatedTime"], datetime.datetime)
    assert instance["ServiceRole"].startswith(
        "arn:aws:iam::123456789012:role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_"
    )


@pytest.mark.amazon_connect(quotas={"instances": 1})
def test_there_are_only_so_many_instances(client: Any, refused: Any) -> None:
    create(client, InstanceAlias="acme")
    with refused("ServiceQuotaExceededException") as refusal:
        create(client, InstanceAlias="globex")
    assert "The quota of 1 instances is used up" in refusal.message


def test_a_summary_has_no_tags(client: Any) -> None:
    create(client, InstanceAlias="acme", Tags={"a": "b"})
    (summary,) = client.list_instances()["InstanceSummaryList"]
    assert "Tags" not in summary


@pytest.mark.parametrize("alias", ["acme", "ACME"])
def test_an_alias_is_taken_in_all_accounts_and_regions(client: Any, alias: str, refused: Any) -> None:
    create(client, InstanceAlias="acme")
    with mock_connect(region_name="eu-west-2", account_id="111122223333") as elsewhere:
        with refused("InvalidRequestException") as refusal:
            create(elsewhere.client, InstanceAlias=alias)
        assert refusal.message == "Invalid Input. Instance alias is already used."


def test_an_alias_is_free_again_after_deletion(client: Any) -> None:
    client.delete_instance(InstanceId=create(client, InstanceAlias="acme")["Id"])
    assert create(client, InstanceAlias="acme")["Id"]


def test_an_alias_that_looks_like_a_directory_is_refused(client: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(client, InstanceAlias="d-123")
    assert "InstanceAlias" in refusal.message


def test_an_instance_on_a_directory_needs_the_directory(client: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(client, IdentityManagementType="EXISTING_DIRECTORY", InstanceAlias="acme")
    assert "DirectoryId" in refusal.message


def test_the_same_client_token_makes_one_instance(client: Any) -> None:
    first = create(client, ClientToken="token-1")
    assert create(client, ClientToken="token-1")["Id"] == first["Id"]
    assert len(client.list_instances()["InstanceSummaryList"]) == 1


def test_another_client_token_makes_another_instance(client: Any) -> None:
    assert create(client, ClientToken="token-1")["Id"] != create(client, ClientToken="token-2")["Id"]


def test_instances_come_ten_to_a_page(client: Any) -> None:
    made = [create(client)["Id"] for _ in range(12)]
    pages = [page["InstanceSummaryList"] for page in client.get_paginator("list_instances").paginate()]
    assert [len(page) for page in pages] == [10, 2]
    assert [each["Id"] for page in pages for each in page] == made


def test_a_deleted_instance_is_gone_with_everything_in_it(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    client.delete_instance(InstanceId=instance_id)
    with refused("ResourceNotFoundException"):
        client.describe_instance(InstanceId=instance_id)
    with refused("ResourceNotFoundException"):
        client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)


def test_an_instance_is_on_its_way_for_as_many_looks_as_the_state_manager_says(client: Any) -> None:
    state_manager.set_transition("connect::instance", {"progression": "manual", "times": 2})
    try:
        made = create(client)
        seen = [client.describe_instance(InstanceId=made["Id"])["Instance"]["InstanceStatus"] for _ in range(3)]
    finally:
        state_manager.unset_transition("connect::instance")
    assert seen == ["CREATION_IN_PROGRESS", "ACTIVE", "ACTIVE"]


def test_an_instance_is_on_its_way_for_the_seconds_that_the_state_manager_says(client: Any, amazon_connect: Any) -> None:
    state_manager.set_transition("connect::instance", {"progression": "time", "seconds": 60})
    try:
        made = create(client)
        before = client.describe_instance(InstanceId=made["Id"])["Instance"]["InstanceStatus"]
        amazon_connect.clock.advance(61)
        after = client.describe_instance(InstanceId=made["Id"])["Instance"]["InstanceStatus"]
    finally:
        state_manager.unset_transition("connect::instance")
    assert (before, after) == ("CREATION_IN_PROGRESS", "ACTIVE")


def test_a_new_instance_holds_the_default_flows(client: Any, instance_id: str) -> None:
    flows = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    assert {flow["Name"]: flow["ContactFlowType"] for flow in flows} == DEFAULT_FLOWS
    assert {(flow["ContactFlowStatus"], flow["ContactFlowState"]) for flow in flows} == {("PUBLISHED", "ACTIVE")}


@pytest.mark.parametrize("name", sorted(DEFAULT_FLOWS))
def test_a_default_flow_can_be_published_again(client: Any, instance_id: str, name: str) -> None:
    flows = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    flow_id = next(flow["Id"] for flow in flows if flow["Name"] == name)
    flow = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]
    assert "${" not in flow["Content"]
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content=flow["Content"])


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_can_be_asked_for(client: Any, instance_id: str) -> None:
    assert client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"] == []
