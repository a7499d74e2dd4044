"""ClientToken: the same token gives the same answer for seven days, and nothing is done twice."""

from __future__ import annotations

from typing import Any

import pytest

from connect_mock import mock_connect
from tests.model.shapes import MODULE_CONTENT

pytestmark = pytest.mark.amazon_connect(empty_instances=True)

DAY = 24 * 60 * 60


def create_instance(client: Any, **members: Any) -> str:
    settings = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    return str(client.create_instance(**settings | members)["Id"])


def instances(client: Any) -> list[str]:
    return [instance["Id"] for instance in client.list_instances()["InstanceSummaryList"]]


@pytest.fixture
def task(instance_id: str, flow_id: str) -> dict[str, str]:
    """What StartTaskContact needs."""
    return {"InstanceId": instance_id, "ContactFlowId": flow_id, "Name": "Call back"}


@pytest.fixture
def module(instance_id: str) -> dict[str, str]:
    """What CreateContactFlowModule needs."""
    return {"InstanceId": instance_id, "Name": "Greeting", "Content": MODULE_CONTENT, "ClientToken": "token"}


def test_the_same_token_gives_the_same_answer(client: Any) -> None:
    first = create_instance(client, ClientToken="token")
    assert create_instance(client, ClientToken="token") == first
    assert instances(client) == [first]


def test_another_token_does_it_again(client: Any) -> None:
    made = [create_instance(client, ClientToken=token) for token in ("one", "two")]
    assert instances(client) == made


def test_a_token_is_remembered_for_seven_days(amazon_connect: Any) -> None:
    first = create_instance(amazon_connect.client, ClientToken="token")
    amazon_connect.clock.advance(7 * DAY - 10)
    assert create_instance(amazon_connect.client, ClientToken="token") == first


def test_a_token_is_forgotten_after_seven_days(amazon_connect: Any) -> None:
    first = create_instance(amazon_connect.client, ClientToken="token")
    amazon_connect.clock.advance(7 * DAY + 10)
    second = create_instance(amazon_connect.client, ClientToken="token")
    assert instances(amazon_connect.client) == [first, second]


def test_a_replay_does_not_make_the_token_last_longer(amazon_connect: Any) -> None:
    first = create_instance(amazon_connect.client, ClientToken="token")
    amazon_connect.clock.advance(4 * DAY)
    assert create_instance(amazon_connect.client, ClientToken="token") == first
    amazon_connect.clock.advance(4 * DAY)
    assert create_instance(amazon_connect.client, ClientToken="token") != first


def test_a_refused_call_leaves_the_token_unused(client: Any, refused: Any) -> None:
    taken = create_instance(client, InstanceAlias="taken")
    with refused("InvalidRequestException"):
        create_instance(client, InstanceAlias="taken", ClientToken="token")
    made = create_instance(client, InstanceAlias="free", ClientToken="token")
    assert instances(client) == [taken, made]


def test_a_token_of_one_operation_says_nothing_to_another(client: Any, task: dict[str, str], module: dict[str, str]) -> None:
    client.start_task_contact(**task, ClientToken=module["ClientToken"])
    made = client.create_contact_flow_module(**module)["Id"]
    assert client.describe_contact_flow_module(InstanceId=module["InstanceId"], ContactFlowModuleId=made)


def test_a_token_of_one_instance_says_nothing_to_another(client: Any, module: dict[str, str]) -> None:
    other = create_instance(client, InstanceAlias="other")
    first = client.create_contact_flow_module(**module)["Id"]
    assert client.create_contact_flow_module(**module | {"InstanceId": other})["Id"] != first


def test_a_token_of_one_region_says_nothing_to_another(client: Any) -> None:
    first = create_instance(client, ClientToken="token")
    with mock_connect(region_name="eu-west-2") as elsewhere:
        assert create_instance(elsewhere.client, ClientToken="token") != first


def test_a_token_of_one_account_says_nothing_to_another(client: Any) -> None:
    first = create_instance(client, ClientToken="token")
    with mock_connect(account_id="111122223333") as elsewhere:
        assert create_instance(elsewhere.client, ClientToken="token") != first


def test_an_instance_is_the_same_by_id_and_by_arn(client: Any, task: dict[str, str]) -> None:
    arn = client.describe_instance(InstanceId=task["InstanceId"])["Instance"]["Arn"]
    first = client.start_task_contact(**task, ClientToken="token")["ContactId"]
    assert client.start_task_contact(**task | {"InstanceId": arn}, ClientToken="token")["ContactId"] == first


def test_other_arguments_are_refused_where_the_model_says_so(client: Any, module: dict[str, str], refused: Any) -> None:
    client.create_contact_flow_module(**module)
    with refused("IdempotencyException") as refusal:
        client.create_contact_flow_module(**module | {"Name": "Another"})
    assert "ClientToken token was used before with other arguments" in refusal.message


def test_the_same_arguments_are_not_refused(client: Any, module: dict[str, str]) -> None:
    first = client.create_contact_flow_module(**module, Tags={"a": "1", "b": "2"})["Id"]
    assert client.create_contact_flow_module(**module, Tags={"b": "2", "a": "1"})["Id"] == first


def test_other_arguments_are_replayed_where_the_model_says_nothing(client: Any, task: dict[str, str]) -> None:
    first = client.start_task_contact(**task, ClientToken="token")["ContactId"]
    assert client.start_task_contact(**task | {"Name": "Another"}, ClientToken="token")["ContactId"] == first


def test_other_arguments_are_no_conflict_after_seven_days(amazon_connect: Any, module: dict[str, str]) -> None:
    first = amazon_connect.client.create_contact_flow_module(**module)["Id"]
    amazon_connect.clock.advance(7 * DAY + 10)
    assert amazon_connect.client.create_contact_flow_module(**module | {"Name": "Another"})["Id"] != first
