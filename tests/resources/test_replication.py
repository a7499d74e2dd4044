"""Replication: an instance and its replica in another Region, and what differs between them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto.moto_api import state_manager

from connect_mock import mock_connect
from tests.conftest import flow_content

NOBODY = "00000000-0000-4000-8000-000000000000"
LIFE = "connect::replication"


def new_instance(client: Any, **members: Any) -> dict[str, str]:
    settings = {"IdentityManagementType": "SAML", "InboundCallsEnabled": True, "OutboundCallsEnabled": False}
    return dict(client.create_instance(**settings | members))


@pytest.fixture
def source(client: Any) -> dict[str, str]:
    """An instance that can be replicated: its Id and Arn."""
    return new_instance(client, InstanceAlias="acme")


@pytest.fixture
def replicate(client: Any, source: dict[str, str]) -> Callable[..., Any]:
    """Replicates the instance to us-west-2."""

    def replicated(**members: Any) -> Any:
        asked = {"InstanceId": source["Id"], "ReplicaRegion": "us-west-2", "ReplicaAlias": "acme-west"}
        return client.replicate_instance(**asked | members)

    return replicated


@pytest.fixture
def west(amazon_connect: Any) -> Any:
    """A client in us-west-2."""
    return boto3.client("connect", region_name="us-west-2")


@pytest.fixture
def both(replicate: Any, source: dict[str, str]) -> str:
    """The id of an instance that is replicated."""
    replicate()
    return source["Id"]


def configuration(client: Any, instance_id: str) -> Any:
    return client.describe_instance(InstanceId=instance_id).get("ReplicationConfiguration")


# --- ReplicateInstance ------------------------------------------------------------------------------------------------


def test_a_replica_has_the_same_id_in_the_other_region(replicate: Any, source: dict[str, str], west: Any) -> None:
    made = replicate()
    assert made["Id"] == source["Id"]
    assert made["Arn"] == source["Arn"].replace("us-east-1", "us-west-2")
    replica = west.describe_instance(InstanceId=source["Id"])["Instance"]
    assert (replica["Arn"], replica["InstanceAlias"], replica["InstanceStatus"]) == (made["Arn"], "acme-west", "ACTIVE")
    assert replica["IdentityManagementType"] == "SAML"
    assert (replica["InboundCallsEnabled"], replica["OutboundCallsEnabled"]) == (True, False)


def test_both_regions_show_the_replication(client: Any, west: Any, both: str) -> None:
    for each in (client, west):
        assert configuration(each, both) == {
            "ReplicationStatusSummaryList": [
                {"Region": "us-east-1", "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"},
                {"Region": "us-west-2", "ReplicationStatus": "INSTANCE_REPLICATION_COMPLETE"},
            ],
            "SourceRegion": "us-east-1",
        }


def test_an_instance_without_replica_shows_no_replication(client: Any, instance_id: str) -> None:
    assert configuration(client, instance_id) is None


@pytest.fixture
def slow() -> Iterator[None]:
    """Replication is done at the second look."""
    state_manager.set_transition(LIFE, {"progression": "manual", "times": 2})
    yield
    state_manager.unset_transition(LIFE)


def test_replication_takes_time_where_the_state_manager_says_so(client: Any, slow: None, both: str) -> None:
    states = [configuration(client, both)["ReplicationStatusSummaryList"][1]["ReplicationStatus"] for _ in range(2)]
    assert states == ["INSTANCE_REPLICATION_IN_PROGRESS", "INSTANCE_REPLICATION_COMPLETE"]


def test_an_instance_is_replicated_by_its_arn(replicate: Any, source: dict[str, str]) -> None:
    assert replicate(InstanceId=source["Arn"])["Id"] == source["Id"]


def test_the_replica_has_its_resources_under_the_same_ids(
    client: Any, west: Any, source: dict[str, str], replicate: Any
) -> None:
    made = client.create_contact_flow(
        InstanceId=source["Id"], Name="Inbound", Type="CONTACT_FLOW", Content=flow_content(), Tags={"a": "b"}
    )
    replicate()
    found = west.describe_contact_flow(InstanceId=source["Id"], ContactFlowId=made["ContactFlowId"])["ContactFlow"]
    assert found["Arn"] == made["ContactFlowArn"].replace("us-east-1", "us-west-2")
    assert (found["Name"], found["Content"], found["Tags"]) == ("Inbound", flow_content(), {"a": "b"})


def test_content_in_the_replica_names_its_own_resources(
    client: Any, west: Any, source: dict[str, str], replicate: Any
) -> None:
    content = flow_content(text=f"You called {source['Arn']} or arn:aws:connect:us-east-1:aws:view/form")
    made = client.create_contact_flow(InstanceId=source["Id"], Name="Inbound", Type="CONTACT_FLOW", Content=content)
    client.create_contact_flow_version(InstanceId=source["Id"], ContactFlowId=made["ContactFlowId"])
    replicate()
    expected = content.replace("us-east-1", "us-west-2")
    for qualifier in ("", ":1", ":$SAVED"):
        flow_id = made["ContactFlowId"] + qualifier
        found = west.describe_contact_flow(InstanceId=source["Id"], ContactFlowId=flow_id)["ContactFlow"]
        assert found["Content"] == expected
        assert found["FlowContentSha256"] == hashlib.sha256(expected.encode()).hexdigest()


def test_a_replica_has_no_other_default_flows(client: Any, west: Any, both: str) -> None:
    def flows(client: Any) -> list[tuple[str, str]]:
        found = client.list_contact_flows(InstanceId=both)["ContactFlowSummaryList"]
        return [(each["Id"], each["Name"]) for each in found]

    assert flows(west) == flows(client)


def test_a_change_in_one_region_is_no_change_in_the_other(client: Any, west: Any, both: str) -> None:
    flow_id = client.list_contact_flows(InstanceId=both)["ContactFlowSummaryList"][0]["Id"]
    west.update_contact_flow_name(InstanceId=both, ContactFlowId=flow_id, Name="Renamed")
    found = client.describe_contact_flow(InstanceId=both, ContactFlowId=flow_id)["ContactFlow"]
    assert found["Name"] != "Renamed"


def test_a_name_is_free_in_each_region(client: Any, west: Any, both: str) -> None:
    for each in (client, west):
        assert each.create_contact_flow(InstanceId=both, Name="Inbound", Type="CONTACT_FLOW", Content=flow_content())


def test_an_instance_is_replicated_once(replicate: Any, both: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        replicate(ReplicaAlias="another")
    assert refusal.message == f"Instance {both} is replicated: us-east-1 to us-west-2"


def test_a_replica_is_not_replicated(west: Any, both: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        west.replicate_instance(InstanceId=both, ReplicaRegion="us-east-1", ReplicaAlias="another")


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-2"])
def test_a_region_has_one_region_for_replicas(replicate: Any, region: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        replicate(ReplicaRegion=region)
    assert refusal.message == f"ReplicaRegion must be us-west-2 for an instance of us-east-1, got {region}"


def test_instances_of_some_regions_cannot_be_replicated(refused: Any) -> None:
    with mock_connect(region_name="ap-southeast-2") as sydney:
        instance = new_instance(sydney.client, InstanceAlias="acme")
        with refused("InvalidRequestException") as refusal:
            sydney.client.replicate_instance(InstanceId=instance["Id"], ReplicaRegion="us-west-2", ReplicaAlias="west")
        assert refusal.message == "Instances of ap-southeast-2 cannot be replicated"


def test_an_instance_without_alias_is_not_replicated(client: Any, replicate: Any, refused: Any) -> None:
    other = new_instance(client)
    with refused("InvalidRequestException") as refusal:
        replicate(InstanceId=other["Id"])
    assert "must be ACTIVE and have an alias" in refusal.message


def test_an_instance_that_does_not_use_saml_is_not_replicated(instance_id: str, replicate: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        replicate(InstanceId=instance_id)
    assert "must have the IdentityManagementType SAML" in refusal.message


@pytest.mark.amazon_connect(quotas={"instances": 1})
def test_a_replica_is_one_of_the_instances_of_its_region(west: Any, replicate: Any, refused: Any) -> None:
    new_instance(west, InstanceAlias="west-first")
    with refused("ServiceQuotaExceededException") as refusal:
        replicate()
    assert "The quota of 1 instances is used up" in refusal.message


def test_an_instance_is_active_before_it_is_replicated(client: Any, replicate: Any, refused: Any) -> None:
    state_manager.set_transition("connect::instance", {"progression": "manual", "times": 1})
    try:
        other = new_instance(client, InstanceAlias="slow")
        with refused("InvalidRequestException"):
            replicate(InstanceId=other["Id"])
    finally:
        state_manager.unset_transition("connect::instance")


@pytest.mark.parametrize("alias", ["acme", "ACME"])
def test_the_alias_of_a_replica_is_its_own(replicate: Any, alias: str, refused: Any) -> None:
    with refused("ResourceConflictException") as refusal:
        replicate(ReplicaAlias=alias)
    assert alias in refusal.message


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("replicate_instance", {"ReplicaRegion": "us-west-2", "ReplicaAlias": "west"}),
        ("list_replication_findings", {"ResourceType": "QUEUE"}),
        ("get_cross_region_routing", {}),
        ("update_cross_region_routing", {"IsolatedAll": True}),
    ],
)
def test_an_unknown_instance_is_not_found(client: Any, operation: str, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=NOBODY, **members)


# --- deletion ---------------------------------------------------------------------------------------------------------


def test_a_replica_is_deleted_before_its_source(client: Any, west: Any, both: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.delete_instance(InstanceId=both)
    assert refusal.message == f"The replica of instance {both} in us-west-2 must be deleted first"
    west.delete_instance(InstanceId=both)
    client.delete_instance(InstanceId=both)
    assert client.list_instances()["InstanceSummaryList"] == []


def test_the_default_group_goes_with_the_replica(client: Any, west: Any, both: str) -> None:
    west.delete_instance(InstanceId=both)
    assert client.list_traffic_distribution_groups()["TrafficDistributionGroupSummaryList"] == []
    assert configuration(client, both) is None


def test_a_replica_can_be_made_again(west: Any, both: str, replicate: Any) -> None:
    west.delete_instance(InstanceId=both)
    assert replicate()["Id"] == both


def test_a_replica_stays_while_it_has_other_groups(client: Any, west: Any, both: str, refused: Any) -> None:
    client.create_traffic_distribution_group(Name="Main", InstanceId=both)
    with refused("InvalidRequestException") as refusal:
        west.delete_instance(InstanceId=both)
    assert refusal.message == "Traffic distribution groups must be deleted before the replica: Main"


def test_a_replica_stays_while_the_default_group_has_numbers(client: Any, west: Any, both: str, refused: Any) -> None:
    (group,) = client.list_traffic_distribution_groups()["TrafficDistributionGroupSummaryList"]
    client.claim_phone_number(TargetArn=group["Arn"], PhoneNumber="+12065550100")
    with refused("InvalidRequestException"):
        west.delete_instance(InstanceId=both)


# --- findings ---------------------------------------------------------------------------------------------------------


def findings(client: Any, instance_id: str, resource_type: str = "CONTACT_FLOW") -> list[tuple[str, str, str]]:
    found = client.list_replication_findings(InstanceId=instance_id, ResourceType=resource_type)
    return [(each["Region"], each["Operation"], each.get("Name", "")) for each in found["ReplicationFindingsList"]]


def test_nothing_differs_after_replication(client: Any, west: Any, both: str) -> None:
    assert findings(client, both) == findings(west, both) == []


def test_what_one_region_lacks_is_found(client: Any, west: Any, both: str) -> None:
    made = client.create_contact_flow(InstanceId=both, Name="New", Type="CONTACT_FLOW", Content=flow_content())
    found = west.list_replication_findings(InstanceId=both, ResourceType="CONTACT_FLOW")
    (finding,) = found["ReplicationFindingsList"]
    assert (finding["Id"], finding["Arn"]) == (made["ContactFlowId"], made["ContactFlowArn"])
    assert (finding["ResourceType"], finding["Region"], finding["Operation"]) == ("CONTACT_FLOW", "us-west-2", "CREATE")
    counts = {each["Region"]: each["Count"] for each in found["ApproximateDriftedResourceCounts"]}
    assert counts == {"us-east-1": 0, "us-west-2": 1}


def test_what_changed_in_one_region_is_found(client: Any, west: Any, both: str, amazon_connect: Any) -> None:
    flow_id = client.list_contact_flows(InstanceId=both)["ContactFlowSummaryList"][0]["Id"]
    amazon_connect.clock.advance(60)
    west.update_contact_flow_name(InstanceId=both, ContactFlowId=flow_id, Name="Renamed")
    assert findings(client, both) == [("us-east-1", "UPDATE", "Renamed")]


def test_versions_of_modules_are_compared(client: Any, both: str, source: dict[str, str]) -> None:
    content = flow_content(last="EndFlowModuleExecution").replace('"Metadata"', '"Settings": {}, "Metadata"')
    made = client.create_contact_flow_module(InstanceId=both, Name="Module", Content=content)
    client.create_contact_flow_module_version(InstanceId=both, ContactFlowModuleId=made["Id"])
    assert [region for region, _, _ in findings(client, both, "FLOW_MODULE_VERSION")] == ["us-west-2"]


@pytest.mark.parametrize(("kind", "status"), [("QUEUE", "ENABLED"), ("REPORT", "DISABLED")])
def test_a_type_has_a_status_in_each_region(client: Any, both: str, kind: str, status: str) -> None:
    found = client.list_replication_findings(InstanceId=both, ResourceType=kind)
    assert found["ResourceReplicationStatuses"] == [
        {"Region": "us-east-1", "Status": status},
        {"Region": "us-west-2", "Status": status},
    ]


def test_a_type_that_does_not_exist_is_refused(client: Any, both: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        findings(client, both, "CONTACT")
    assert refusal.message.startswith("ResourceType must be one of AGENT, AGENT_GROUP")


def test_an_instance_without_replica_has_no_findings(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        findings(client, instance_id)
    assert "it has no replica" in refusal.message


def test_findings_come_a_page_at_a_time(client: Any, both: str) -> None:
    for number in range(3):
        client.create_contact_flow(InstanceId=both, Name=f"New {number}", Type="CONTACT_FLOW", Content=flow_content())
    asked = {"InstanceId": both, "ResourceType": "CONTACT_FLOW", "MaxResults": 2}
    first = client.list_replication_findings(**asked)
    rest = client.list_replication_findings(**asked, NextToken=first["NextToken"])
    assert [len(each["ReplicationFindingsList"]) for each in (first, rest)] == [2, 1]
    assert first["ApproximateDriftedResourceCounts"][1]["Count"] == rest["ApproximateDriftedResourceCounts"][1]["Count"] == 3


def test_a_page_has_at_most_100_findings(client: Any, both: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        client.list_replication_findings(InstanceId=both, ResourceType="QUEUE", MaxResults=101)
