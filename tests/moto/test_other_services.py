"""The services around Connect are mocked in the same breath, and plain mock_aws serves this Connect."""

from __future__ import annotations

import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from connect_mock import mock_connect
from connect_mock.moto_bridge import MotoConnectBackend, connect_backends

TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}


def client(service: str) -> Any:
    return boto3.client(service, "us-east-1")  # type: ignore[call-overload]


def code() -> bytes:
    """A Lambda function's package."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("main.py", "def handler(event, context): return event")
    return packed.getvalue()


@mock_connect
def test_s3_is_mocked_too() -> None:
    s3 = client("s3")
    s3.create_bucket(Bucket="recordings")
    s3.put_object(Bucket="recordings", Key="a", Body=b"sound")
    assert s3.get_object(Bucket="recordings", Key="a")["Body"].read() == b"sound"


@mock_connect
def test_dynamodb_is_mocked_too() -> None:
    key = [{"AttributeName": "id", "KeyType": "HASH"}]
    table = boto3.resource("dynamodb", "us-east-1").create_table(
        TableName="callers",
        KeySchema=key,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    table.put_item(Item={"id": "1"})
    assert table.get_item(Key={"id": "1"})["Item"] == {"id": "1"}


@mock_connect
def test_iam_and_lambda_are_mocked_too() -> None:
    role = client("iam").create_role(RoleName="x", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    made = client("lambda").create_function(
        FunctionName="lookup", Runtime="python3.12", Role=role, Handler="main.handler", Code={"ZipFile": code()}
    )
    assert made["FunctionArn"] == "arn:aws:lambda:us-east-1:123456789012:function:lookup"


@mock_connect
def test_sts_tells_the_account_that_connect_works_in() -> None:
    made = client("connect").create_instance(**INSTANCE)
    assert client("sts").get_caller_identity()["Account"] == made["Arn"].split(":")[4]


def test_the_other_services_are_empty_again_afterwards() -> None:
    with mock_connect():
        client("s3").create_bucket(Bucket="recordings")
    with mock_connect():
        assert client("s3").list_buckets()["Buckets"] == []


@mock_aws
def test_plain_mock_aws_serves_this_connect(content: Any) -> None:
    made = client("connect").create_instance(**INSTANCE)
    flow = client("connect").create_contact_flow(InstanceId=made["Id"], Name="x", Type="CONTACT_FLOW", Content=content())
    assert flow["ContactFlowArn"].startswith(f"{made['Arn']}/contact-flow/")
    assert isinstance(connect_backends["123456789012"]["us-east-1"], MotoConnectBackend)


def test_boto3_s_calls_take_the_short_way(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(BotocoreStubber, "process_request")
    assert client.list_instances()["InstanceSummaryList"] == []


ONLY_IMPORTED = """
import boto3
import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber
import connect_mock
with mock_aws():
    connect = boto3.client("connect", "us-east-1")
    made = connect.create_instance(IdentityManagementType="SAML", InboundCallsEnabled=True, OutboundCallsEnabled=True)
    print(len(connect.list_contact_flows(InstanceId=made["Id"])["ContactFlowSummaryList"]) > 0)
"""


def test_importing_is_all_that_it_takes() -> None:
    ran = subprocess.run([sys.executable, "-W", "error", "-c", ONLY_IMPORTED], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("True\n", "")


joins_tagging_api = pytest.mark.skipif(
    importlib.util.find_spec("moto.core.resource_tagging") is None,
    reason="Connect could not join the tagging API before moto 5.2.2",
)


@joins_tagging_api
def test_the_tagging_api_finds_instances_and_flows(client: Any, amazon_connect: Any, content: Any) -> None:
    made = client.create_contact_flow(
        InstanceId=amazon_connect.instance_id, Name="x", Type="CONTACT_FLOW", Content=content(), Tags={"team": "voice"}
    )
    client.tag_resource(resourceArn=amazon_connect.instance["Arn"], tags={"team": "voice"})
    tagging = boto3.client("resourcegroupstaggingapi", "us-east-1")
    found = tagging.get_resources(TagFilters=[{"Key": "team", "Values": ["voice"]}])["ResourceTagMappingList"]
    assert {each["ResourceARN"] for each in found} == {amazon_connect.instance["Arn"], made["ContactFlowArn"]}


@joins_tagging_api
def test_the_tagging_api_tags_a_flow(client: Any, amazon_connect: Any, flow_id: str) -> None:
    arn = f"{amazon_connect.instance['Arn']}/contact-flow/{flow_id}"
    tagging = boto3.client("resourcegroupstaggingapi", "us-east-1")
    assert tagging.tag_resources(ResourceARNList=[arn], Tags={"team": "voice"})["FailedResourcesMap"] == {}
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "voice"}
    tagging.untag_resources(ResourceARNList=[arn], TagKeys=["team"])
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {}
