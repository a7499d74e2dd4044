"""`/moto-api` works for Amazon Connect as it does for the services of moto."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.server.conftest import INSTANCE, Clients, ServerProcess


@pytest.fixture
def api(process: ServerProcess) -> Iterator[str]:
    """The address of `/moto-api` on a server that holds nothing."""
    url = f"{process.endpoint_url}/moto-api"
    requests.post(f"{url}/reset", timeout=10)
    yield url
    requests.post(f"{url}/recorder/stop-recording", timeout=10)
    requests.post(f"{url}/recorder/reset-recording", timeout=10)


@pytest.fixture
def client(process: ServerProcess) -> Iterator[Any]:
    """A boto3 client of Amazon Connect on that server."""
    clients = Clients(process.endpoint_url)
    yield clients()
    clients.close()


def aliases(client: Any) -> list[str]:
    return [each["InstanceAlias"] for each in client.list_instances()["InstanceSummaryList"]]


def test_reset_forgets_everything(api: str, client: Any) -> None:
    client.create_instance(InstanceAlias="acme", **INSTANCE)
    assert requests.post(f"{api}/reset", timeout=10).json() == {"status": "ok"}
    assert aliases(client) == []
    client.create_instance(InstanceAlias="acme", **INSTANCE)  # the alias is free as well


def test_the_data_shows_what_is_there(api: str, client: Any) -> None:
    instance_id = client.create_instance(**INSTANCE)["Id"]
    data = requests.get(f"{api}/data.json", timeout=10).json()["connect"]
    assert [each["id"] for each in data["Instance"]] == [instance_id]


def test_the_dashboard_is_there(api: str) -> None:
    assert requests.get(f"{api}/", timeout=10).status_code == 200


def test_a_seed_repeats_the_ids(api: str, client: Any) -> None:
    made = []
    for _ in range(2):
        requests.post(f"{api}/reset", timeout=10)
        requests.post(f"{api}/seed?a=42", timeout=10)
        made.append(client.create_instance(**INSTANCE)["Id"])
    assert made[0] == made[1]


def test_the_state_manager_holds_an_instance_back(api: str, client: Any) -> None:
    transition: Any = {"model_name": "connect::instance", "transition": {"progression": "manual", "times": 2}}
    requests.post(f"{api}/state-manager/set-transition", json=transition, timeout=10)
    current = requests.get(f"{api}/state-manager/get-transition?model_name=connect::instance", timeout=10).json()
    instance_id = client.create_instance(**INSTANCE)["Id"]
    seen = [client.describe_instance(InstanceId=instance_id)["Instance"]["InstanceStatus"] for _ in range(2)]
    requests.post(f"{api}/state-manager/unset-transition", json={"model_name": "connect::instance"}, timeout=10)
    assert current == transition["transition"]
    assert seen == ["CREATION_IN_PROGRESS", "ACTIVE"]


def recorded(api: str) -> str:
    return requests.get(f"{api}/recorder/download-recording", timeout=10).text


def test_nothing_is_recorded_unasked(api: str, client: Any) -> None:
    requests.post(f"{api}/recorder/reset-recording", timeout=10)
    client.create_instance(**INSTANCE)
    assert recorded(api) == ""


def test_a_recording_can_be_replayed(api: str, client: Any) -> None:
    requests.post(f"{api}/recorder/start-recording", timeout=10)
    client.create_instance(InstanceAlias="acme", **INSTANCE)
    requests.post(f"{api}/recorder/stop-recording", timeout=10)
    requests.post(f"{api}/reset", timeout=10)
    assert requests.post(f"{api}/recorder/replay-recording", timeout=30).status_code == 200
    assert aliases(client) == ["acme"]


def test_a_recording_keeps_encoded_arns_and_queries_and_the_region(api: str, process: ServerProcess) -> None:
    clients = Clients(process.endpoint_url)
    client = clients(region_name="eu-west-2")
    arn = client.create_instance(**INSTANCE, Tags={"old": "1"})["Arn"]
    requests.post(f"{api}/recorder/start-recording", timeout=10)
    client.tag_resource(resourceArn=arn, tags={"new": "2"})
    client.untag_resource(resourceArn=arn, tagKeys=["old"])
    requests.post(f"{api}/recorder/stop-recording", timeout=10)
    client.tag_resource(resourceArn=arn, tags={"old": "1", "new": "3"})
    requests.post(f"{api}/recorder/replay-recording", timeout=30)
    tags = client.list_tags_for_resource(resourceArn=arn)["tags"]
    clients.close()
    assert tags == {"new": "2"}


def test_an_uploaded_recording_holds_other_services_as_well(api: str, process: ServerProcess, client: Any) -> None:
    clients = Clients(process.endpoint_url)
    requests.post(f"{api}/recorder/start-recording", timeout=10)
    clients("s3").create_bucket(Bucket="bucket")
    client.create_instance(InstanceAlias="acme", **INSTANCE)
    recording = recorded(api)
    requests.post(f"{api}/recorder/stop-recording", timeout=10)
    requests.post(f"{api}/reset", timeout=10)
    requests.post(f"{api}/recorder/upload-recording", data=recording, timeout=10)
    requests.post(f"{api}/recorder/replay-recording", timeout=30)
    buckets = [each["Name"] for each in clients("s3").list_buckets()["Buckets"]]
    clients.close()
    assert (buckets, aliases(client)) == (["bucket"], ["acme"])
