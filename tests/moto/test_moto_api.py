"""moto's own controls: the seed, the state manager, the data behind its dashboard, the reset."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.core.base_backend import BackendDict
from moto.moto_api import state_manager
from moto.moto_api._internal import mock_random, moto_api_backend
from moto.moto_api._internal.responses import MotoAPIResponse

from connect_mock import mock_connect, moto_bridge

INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}


def ids_made(seed: int) -> list[str]:
    """The ids and the like that the same few calls come to after seeding."""
    with mock_connect() as handle:
        mock_random.seed(seed)
        made = handle.client.create_instance(**INSTANCE)
        instance = handle.client.describe_instance(InstanceId=made["Id"])["Instance"]
        flows = handle.client.list_contact_flows(InstanceId=made["Id"])["ContactFlowSummaryList"]
        return [instance["Arn"], instance["ServiceRole"], *(flow["Id"] for flow in flows)]


def test_the_same_seed_makes_the_same_ids() -> None:
    assert ids_made(42) == ids_made(42)


def test_another_seed_makes_other_ids() -> None:
    assert set(ids_made(42)).isdisjoint(ids_made(43))


def test_no_seed_makes_new_ids(client: Any) -> None:
    assert client.create_instance(**INSTANCE)["Id"] != client.create_instance(**INSTANCE)["Id"]


def test_the_state_manager_knows_our_transitions() -> None:
    assert "connect::instance" in state_manager.get_registered_models()
    assert state_manager.get_transition("connect::instance") == {"progression": "immediate"}


def data() -> dict[str, Any]:
    """What `/moto-api/data.json` says of Connect."""
    status, _, body = MotoAPIResponse().model_data(None, "", {})
    assert status == 200
    found: dict[str, Any] = json.loads(body)["connect"]
    return found


def test_the_dashboard_shows_our_resources(client: Any, amazon_connect: Any, flow_id: str) -> None:
    shown = data()
    (instance,) = shown["Instance"]
    assert instance["arn"] == amazon_connect.instance["Arn"]
    assert instance["instance_status"] == "ACTIVE"
    assert flow_id in [flow["id"] for flow in shown["ContactFlow"]]


def test_the_dashboard_shows_every_class_of_resource_that_has_an_arn(client: Any) -> None:
    assert {name: [] for name in moto_bridge._resource_classes()} == data()


def test_the_dashboard_shows_all_accounts_and_regions(client: Any) -> None:
    boto3.client("connect", "eu-west-2").create_instance(**INSTANCE)
    with mock_connect(account_id="111122223333") as other:
        made = {other.instance["Arn"], client.create_instance(**INSTANCE)["Arn"]}
    assert made < {each["arn"] for each in data()["Instance"]}
    assert len(data()["Instance"]) == 3


def test_the_dashboard_is_empty_after_a_mock() -> None:
    with mock_connect() as handle:
        assert handle.instance_id
    assert data()["Instance"] == []


def test_the_dashboard_works_after_a_reset(client: Any, instance_id: str) -> None:
    moto_api_backend.reset()
    assert data()["Instance"] == []
    made = client.create_instance(**INSTANCE)
    assert [each["id"] for each in data()["Instance"]] == [made["Id"]]


def test_a_reset_empties_connect_and_sets_the_clock_back(client: Any, amazon_connect: Any) -> None:
    client.create_instance(**INSTANCE, InstanceAlias="acme")
    before = amazon_connect.clock.now()
    amazon_connect.clock.advance(86400)
    moto_api_backend.reset()
    assert client.list_instances()["InstanceSummaryList"] == []
    assert client.create_instance(**INSTANCE, InstanceAlias="acme")["Id"]
    assert (amazon_connect.clock.now() - before).total_seconds() < 60


def test_a_reset_takes_connect_out_of_moto_s_list_until_it_is_used() -> None:
    with mock_aws():
        assert moto_bridge.connect_backends not in BackendDict._instances
        boto3.client("connect", "us-east-1").list_instances()
        assert BackendDict._instances.count(moto_bridge.connect_backends) == 1


@pytest.mark.parametrize("path", ["moto.connect", "moto.connect.models"])
def test_moto_finds_our_backends_where_its_own_were(path: str) -> None:
    import importlib

    from moto.backends import get_backend

    assert get_backend("connect") is importlib.import_module(path).connect_backends is moto_bridge.connect_backends
