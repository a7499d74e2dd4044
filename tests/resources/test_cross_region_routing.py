"""Cross-Region routing of a replicated instance."""

from __future__ import annotations

from typing import Any

import boto3
import pytest


@pytest.fixture
def replicated(client: Any) -> str:
    """The id of an instance of us-east-1 with a replica in us-west-2."""
    made = client.create_instance(
        IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    client.replicate_instance(InstanceId=made["Id"], ReplicaRegion="us-west-2", ReplicaAlias="acme-west")
    return str(made["Id"])


def isolated(client: Any, instance_id: str) -> list[str]:
    return list(client.get_cross_region_routing(InstanceId=instance_id)["IsolatedRegions"])


def test_contacts_pass_between_the_regions_at_first(client: Any, replicated: str) -> None:
    assert isolated(client, replicated) == []


def test_both_regions_are_isolated_and_both_know(client: Any, replicated: str) -> None:
    west = boto3.client("connect", region_name="us-west-2")
    west.update_cross_region_routing(InstanceId=replicated, IsolatedAll=True)
    assert isolated(client, replicated) == isolated(west, replicated) == ["us-east-1", "us-west-2"]


def test_contacts_pass_again(client: Any, replicated: str) -> None:
    for isolate in (True, False):
        client.update_cross_region_routing(InstanceId=replicated, IsolatedAll=isolate)
    assert isolated(client, replicated) == []


@pytest.mark.parametrize(
    ("operation", "members"), [("get_cross_region_routing", {}), ("update_cross_region_routing", {"IsolatedAll": True})]
)
def test_an_instance_without_replica_has_no_such_routing(
    client: Any, instance_id: str, operation: str, members: dict[str, bool], refused: Any
) -> None:
    with refused("InvalidRequestException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, **members)
    assert "it has no replica" in refusal.message
