"""Flows on the server: time is the real one, and goes by though nobody asks."""

from __future__ import annotations

import json
import time
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from connect_mock import moto_bridge
from connect_mock.contact import Contact
from connect_mock.instance import Instance
from connect_mock.server import ThreadedServer
from tests.contacts.conftest import waiting
from tests.flow.recording_host import ending
from tests.server.conftest import INSTANCE, Clients

SECONDS_AT_MOST = 20


def connect_client(server: ThreadedServer) -> Any:
    return boto3.client(
        "connect", endpoint_url=server.endpoint_url, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )


def kept(contact_id: str) -> Contact:
    """The contact itself: nothing catches up because of a look at it."""
    instances = [instance for backend in moto_bridge.all_backends() for instance in backend[Instance]]
    return next(found for each in instances if (found := each[Contact].find(contact_id)))


def test_a_wait_is_over_though_nobody_asks() -> None:
    content = {"Version": "2019-10-30", "StartAction": "wait", "Actions": [waiting("wait", 1, "bye"), ending("bye")]}
    with ThreadedServer() as server:
        client = connect_client(server)
        instance_id = client.create_instance(**INSTANCE, InstanceAlias="flows-on-a-server")["Id"]
        flow = client.create_contact_flow(
            InstanceId=instance_id, Name="Waits", Type="CONTACT_FLOW", Content=json.dumps(content)
        )
        made = client.start_task_contact(InstanceId=instance_id, ContactFlowId=flow["ContactFlowId"], Name="Refund")
        began = time.monotonic()
        while kept(made["ContactId"]).ended is None and time.monotonic() < began + SECONDS_AT_MOST:
            time.sleep(0.05)
        assert kept(made["ContactId"]).end_reason == "CONTACT_FLOW_DISCONNECT"
        assert time.monotonic() - began > 0.8
        client.close()
    moto_bridge.forget()


@pytest.mark.parametrize(("options", "fits"), [((), 5), (("--quota", "phone_numbers=1"), 1), (("--no-quotas",), 7)])
def test_the_command_can_set_quotas(started: Any, options: tuple[str, ...], fits: int) -> None:
    clients = Clients(started(*options).endpoint_url)
    client = clients()
    arn = client.create_instance(**INSTANCE)["Arn"]
    statuses = [claimed_status(client, arn) for _ in range(7)]
    clients.close()
    assert statuses.count("CLAIMED") == fits


def claimed_status(client: Any, arn: str) -> str:
    try:
        offered = client.search_available_phone_numbers(TargetArn=arn, PhoneNumberCountryCode="US", PhoneNumberType="DID")
        made = client.claim_phone_number(TargetArn=arn, PhoneNumber=offered["AvailableNumbersList"][0]["PhoneNumber"])
        claimed = client.describe_phone_number(PhoneNumberId=made["PhoneNumberId"])["ClaimedPhoneNumberSummary"]
    except ClientError as refusal:
        return str(refusal.response["Error"]["Code"])
    return str(claimed["PhoneNumberStatus"]["Status"])


@pytest.mark.parametrize("text", ["queues", "=5", "queues=many"])
def test_a_quota_that_is_none_is_told(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    from connect_mock.cli import main

    with pytest.raises(SystemExit, match="2"):
        main(["server", "--quota", text])
    assert f"a quota is NAME=NUMBER, not {text!r}" in capsys.readouterr().err
