"""Amazon Connect over HTTP: what a client sees on the wire."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from typing import Any
from urllib.parse import quote

import pytest
from botocore.exceptions import ClientError

from connect_mock.backend import ConnectBackend
from connect_mock.server import Application
from connect_mock.wire import MAX_BODY
from tests.server.conftest import INSTANCE, Clients, Http, signature


def test_what_a_client_creates_it_can_describe(client: Any) -> None:
    made = client.create_instance(InstanceAlias="acme", **INSTANCE)
    instance = client.describe_instance(InstanceId=made["Id"])["Instance"]
    assert (instance["Arn"], instance["InstanceAlias"]) == (made["Arn"], "acme")


def test_an_answer_is_json(send: Http, instance_id: str) -> None:
    response = send("GET", f"/instance/{instance_id}")
    assert (response.status, response.headers["content-type"]) == (200, "application/json")
    assert response.headers["x-amzn-requestid"]
    assert response.json["Instance"]["Id"] == instance_id


def test_a_timestamp_is_a_number_of_now(send: Http, instance_id: str) -> None:
    created = send("GET", f"/instance/{instance_id}").json["Instance"]["CreatedTime"]
    assert isinstance(created, float)
    assert abs(created - datetime.now(timezone.utc).timestamp()) < 60


def test_an_unknown_route_is_404_in_json(send: Http) -> None:
    response = send("GET", "/no/such/route")
    assert (response.status, response.headers["x-amzn-errortype"]) == (404, "UnknownOperationException")
    assert "/no/such/route" in response.json["message"]


def test_an_operation_that_is_not_emulated_is_501(send: Http, instance_id: str) -> None:
    response = send("POST", "/realtime-contact-analysis/analysis-segments", "{}")
    assert (response.status, response.headers["x-amzn-errortype"]) == (501, "NotImplementedException")


def test_a_refusal_has_its_class_at_the_client(client: Any) -> None:
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.describe_instance(InstanceId="00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize("body", [b"{", b"[]", b"nothing", b'{"Name": NaN}', b"\xff\xfe"])
def test_malformed_json_is_refused(send: Http, instance_id: str, body: bytes) -> None:
    response = send("PUT", f"/contact-flows/{instance_id}", body)
    assert (response.status, response.headers["x-amzn-errortype"]) == (400, "InvalidParameterException")


def flow(**members: str) -> bytes:
    return json.dumps({"Name": "Inbound", "Type": "CONTACT_FLOW", "Status": "SAVED"} | members).encode()


def test_a_body_may_be_gzipped(send: Http, instance_id: str) -> None:
    body = gzip.compress(flow(Content="{}"))
    response = send("PUT", f"/contact-flows/{instance_id}", body, content_encoding="gzip")
    assert (response.status, set(response.json)) == (200, {"ContactFlowId", "ContactFlowArn"})


def test_what_only_claims_to_be_gzipped_is_refused(send: Http, instance_id: str) -> None:
    response = send("PUT", f"/contact-flows/{instance_id}", b"{}", content_encoding="gzip")
    assert response.status == 400
    assert "gzip" in response.json["Message"]


def test_a_body_may_be_sent_in_chunks(send: Http, instance_id: str) -> None:
    response = send("PUT", f"/contact-flows/{instance_id}", iter([flow(Content="{}")[:20], flow(Content="{}")[20:]]))
    assert response.status == 200


def test_a_body_of_many_megabytes_is_read(send: Http, instance_id: str) -> None:
    response = send("PUT", f"/contact-flows/{instance_id}", flow(Content="x" * 9_000_000))
    assert response.status == 400
    assert "got 9000000" in response.json["Message"]


@pytest.mark.parametrize("megabytes", [11, 60])
def test_a_body_without_bounds_is_refused_and_the_connection_stays_usable(
    send: Http, instance_id: str, megabytes: int
) -> None:
    response = send("PUT", f"/contact-flows/{instance_id}", b" " * megabytes * 1024 * 1024)
    assert (response.status, response.headers["x-amzn-errortype"]) == (400, "InvalidParameterException")
    assert "at most" in response.json["Message"]
    assert send("GET", f"/instance/{instance_id}").status == 200


def test_of_a_body_that_does_not_end_no_more_is_read_than_shows_that_it_is_too_large() -> None:
    sent: list[dict[str, Any]] = []
    received = []

    async def receive() -> dict[str, Any]:
        received.append(1024 * 1024)
        return {"type": "http.request", "body": b" " * 1024 * 1024, "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "PUT", "raw_path": b"/instance", "query_string": b""}
    application = Application()
    asyncio.run(application(scope | {"headers": [(b"authorization", signature().encode())]}, receive, send))
    application.close()
    assert sent[0]["status"] == 400
    assert sum(received) <= MAX_BODY + 1024 * 1024


def test_an_encoded_arn_in_the_path_is_one_segment(send: Http, client: Any) -> None:
    arn = client.create_instance(**INSTANCE, Tags={"team": "voice"})["Arn"]
    assert send("GET", f"/tags/{quote(arn, safe='')}").json == {"tags": {"team": "voice"}}
    assert send("GET", f"/tags/{arn}").status == 404


def test_tags_come_and_go_by_arn(client: Any) -> None:
    arn = client.create_instance(**INSTANCE)["Arn"]
    client.tag_resource(resourceArn=arn, tags={"a": "1", "b/c": "2"})
    client.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"b/c": "2"}


def test_kept_connections_are_answered_side_by_side(endpoint_url: str, instance_id: str) -> None:
    def ask_fifty_times(_: int) -> set[tuple[int, str]]:
        send = Http(endpoint_url)
        answers = [send("GET", f"/instance/{instance_id}") for _ in range(50)]
        send.close()
        return {(each.status, each.json["Instance"]["Id"]) for each in answers}

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask_fifty_times, range(8))) == [{(200, instance_id)}] * 8


def test_instances_made_side_by_side_are_all_there(clients: Clients, client: Any) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda each: each.create_instance(**INSTANCE)["Id"], [clients() for _ in range(8)]))
    listed = client.get_paginator("list_instances").paginate().build_full_result()["InstanceSummaryList"]
    assert {each["Id"] for each in listed} == set(made)


@pytest.mark.parametrize("service", ["connect", "s3"])
def test_a_kept_connection_is_answered_without_delay(send: Http, service: str) -> None:
    def seconds() -> float:
        began = time.perf_counter()
        send("GET", "/instance", authorization=signature(service=service))
        return time.perf_counter() - began

    assert min(seconds() for _ in range(20)) < 0.03  # Nagle's algorithm would make each 0.04


def test_the_signature_names_the_region(clients: Clients) -> None:
    clients(region_name="eu-west-2").create_instance(**INSTANCE)
    (instance,) = clients(region_name="eu-west-2").list_instances()["InstanceSummaryList"]
    assert instance["Arn"].startswith("arn:aws:connect:eu-west-2:123456789012:")
    assert clients(region_name="us-west-2").list_instances()["InstanceSummaryList"] == []


def test_a_region_that_cannot_exist_is_refused(clients: Clients) -> None:
    with pytest.raises(ClientError, match="nowhere") as refused:
        clients(region_name="nowhere").list_instances()
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_header_names_the_account(clients: Clients, client: Any) -> None:
    made = clients(**{"x-moto-account-id": "111122223333"}).create_instance(**INSTANCE)
    assert ":111122223333:" in made["Arn"]
    assert client.list_instances()["InstanceSummaryList"] == []


def test_an_assumed_role_names_the_account(clients: Clients) -> None:
    role = "arn:aws:iam::444455556666:role/tester"
    credentials = clients("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    made = clients(access_key=credentials["AccessKeyId"]).create_instance(**INSTANCE)
    assert ":444455556666:" in made["Arn"]


def test_a_url_may_carry_the_signature(send: Http, instance_id: str) -> None:
    credential = quote("AKIDEXAMPLE/20240101/us-east-1/connect/aws4_request", safe="")
    url = f"/instance/{instance_id}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Signature=0"
    assert send("GET", url, authorization=None).json["Instance"]["Id"] == instance_id


def test_a_fault_of_connect_mock_is_500_and_the_server_lives_on(
    send: Http, instance_id: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(ConnectBackend, "list_instances", lambda self: 1 / 0)
        response = send("GET", "/instance")
    assert (response.status, response.headers["x-amzn-errortype"]) == (500, "InternalServiceException")
    assert "division by zero" in response.json["message"]
    assert "ZeroDivisionError: division by zero" in capfd.readouterr().err
    assert send("GET", f"/instance/{instance_id}").status == 200


def test_what_is_not_http_does_not_end_the_server(endpoint_url: str, send: Http) -> None:
    host, port = endpoint_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")
    assert send("GET", "/instance").status == 200


def test_a_client_that_leaves_before_its_body_is_whole_has_changed_nothing(
    endpoint_url: str, client: Any, instance_id: str, content: Any
) -> None:
    flow = {"InstanceId": instance_id, "Name": "Inbound", "Type": "CONTACT_FLOW", "Content": content()}
    flow_id = client.create_contact_flow(**flow)["ContactFlowId"]
    request = f"PUT /contact-flows/{instance_id}/{flow_id}/version HTTP/1.1"
    lines = [request, "Host: localhost", f"Authorization: {signature()}", "Content-Length: 500", "", ""]
    host, port = endpoint_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall("\r\n".join(lines).encode())
    versions = client.list_contact_flow_versions(InstanceId=instance_id, ContactFlowId=flow_id)
    assert versions["ContactFlowVersionSummaryList"] == []
