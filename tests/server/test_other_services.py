"""The services of moto on the same port."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any

import pytest
from moto.core import request as moto_request
from moto.server import ThreadedMotoServer

from tests.server.conftest import INSTANCE, Clients, Http, signature


@pytest.fixture
def s3(clients: Clients) -> Any:
    """A client of S3 on the server, with a bucket of the name `bucket`."""
    client = clients("s3")
    client.create_bucket(Bucket="bucket")
    return client


def test_s3_is_there(s3: Any) -> None:
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["bucket"]


def test_lambda_is_there(clients: Clients) -> None:
    assert clients("lambda").list_functions()["Functions"] == []


def test_sqs_is_there(clients: Clients) -> None:
    sqs = clients("sqs")
    url = sqs.create_queue(QueueName="queue")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="hello")
    assert [message["Body"] for message in sqs.receive_message(QueueUrl=url)["Messages"]] == ["hello"]


@pytest.mark.parametrize("key", ["plain", "folder/file", "a%2Fb", "a b+c", "ä€/ñ", "x//y"])
def test_an_object_keeps_its_key(s3: Any, key: str) -> None:
    s3.put_object(Bucket="bucket", Key=key, Body=b"content")
    assert [each["Key"] for each in s3.list_objects_v2(Bucket="bucket")["Contents"]] == [key]
    assert s3.get_object(Bucket="bucket", Key=key)["Body"].read() == b"content"


@pytest.mark.skipif(not hasattr(moto_request, "PRESERVED_HEADER_NAMES_ENVIRON_KEY"), reason="this moto never keeps them")
def test_an_object_keeps_the_underscores_of_its_metadata(s3: Any) -> None:
    metadata = {"my_key": "1", "your-key": "2"}
    s3.put_object(Bucket="bucket", Key="key", Body=b"", Metadata=metadata)
    assert s3.head_object(Bucket="bucket", Key="key")["Metadata"] == metadata


def test_metadata_with_dashes_is_not_mixed_with_that_with_underscores(s3: Any) -> None:
    s3.put_object(Bucket="bucket", Key="key", Body=b"", Metadata={"my_key": "1", "my-key": "2"})
    assert s3.head_object(Bucket="bucket", Key="key")["Metadata"] == {"my-key": "2"}


def test_a_large_object_comes_back_as_it_was(s3: Any) -> None:
    content = bytes(range(256)) * 80_000
    s3.upload_fileobj(io.BytesIO(content), "bucket", "large")
    assert s3.get_object(Bucket="bucket", Key="large")["Body"].read() == content


def test_an_object_may_be_sent_in_chunks(s3: Any, send: Http) -> None:
    chunks = iter([b"first ", b"second"])
    assert send("PUT", "/bucket/key", chunks, authorization=signature(service="s3")).status == 200
    assert s3.get_object(Bucket="bucket", Key="key")["Body"].read() == b"first second"


@pytest.mark.skipif(find_spec("moto.core.resource_tagging") is None, reason="moto lets others join it since 5.2.2")
def test_the_tagging_api_finds_what_is_in_connect(clients: Clients, client: Any) -> None:
    arn = client.create_instance(**INSTANCE, Tags={"team": "voice"})["Arn"]
    found = clients("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "team"}])["ResourceTagMappingList"]
    assert [each["ResourceARN"] for each in found] == [arn]


def test_motos_own_server_serves_this_connect() -> None:
    server: Any = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    clients = Clients(f"http://{host}:{port}")
    try:
        instance_id = clients().create_instance(**INSTANCE)["Id"]
        flows = clients().list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
        clients().delete_instance(InstanceId=instance_id)
    finally:
        clients.close()
        server.stop()
        server._server.server_close()
    assert "Sample inbound flow (first contact experience)" in [flow["Name"] for flow in flows]
