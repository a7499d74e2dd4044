"""The way in through moto and `responses`: what reaches Connect from `requests`, signed by other code than boto3."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import boto3
import pytest
import requests

from connect_mock import mock_connect

URL = "https://connect.us-east-1.amazonaws.com"
INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}


@mock_connect
def test_the_first_request_of_a_mock_is_answered(signed: Any) -> None:
    answer = signed("GET", f"{URL}/instance")
    assert (answer.status_code, answer.json()) == (200, {"InstanceSummaryList": []})


def test_requests_and_boto3_see_the_same_state(client: Any, signed: Any) -> None:
    made = signed("PUT", f"{URL}/instance", json.dumps(INSTANCE).encode()).json()
    assert client.describe_instance(InstanceId=made["Id"])["Instance"]["Arn"] == made["Arn"]
    assert signed("DELETE", f"{URL}/instance/{made['Id']}").status_code == 200
    assert client.list_instances()["InstanceSummaryList"] == []


def test_an_arn_in_the_path_may_be_percent_encoded(client: Any, amazon_connect: Any, signed: Any) -> None:
    arn = amazon_connect.instance["Arn"]
    tags = f"{URL}/tags/{quote(arn, safe='')}"
    assert signed("POST", tags, b'{"tags": {"team": "voice", "a b": "c/d"}}').status_code == 200
    assert signed("GET", tags).json() == {"tags": {"team": "voice", "a b": "c/d"}}
    assert signed("DELETE", f"{tags}?tagKeys=team&tagKeys=a%20b").status_code == 200
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {}


def test_an_instance_s_arn_may_stand_for_its_id(amazon_connect: Any, signed: Any) -> None:
    answer = signed("GET", f"{URL}/instance/{quote(amazon_connect.instance['Arn'], safe='')}")
    assert answer.json()["Instance"]["Id"] == amazon_connect.instance_id


def test_a_refusal_has_its_status_code_and_message(client: Any, signed: Any) -> None:
    answer = signed("GET", f"{URL}/instance/5b2b4ea4-8c1d-4c6e-9d4e-0123456789ab")
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (404, "ResourceNotFoundException")
    assert "5b2b4ea4-8c1d-4c6e-9d4e-0123456789ab" in answer.json()["Message"]


def test_a_body_that_is_no_json_is_refused(client: Any, signed: Any) -> None:
    answer = signed("PUT", f"{URL}/instance", b"{")
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidRequestException")


def test_pages_go_on_between_requests_and_boto3(client: Any, signed: Any) -> None:
    made = [client.create_instance(**INSTANCE)["Id"] for _ in range(3)]
    first = signed("GET", f"{URL}/instance?maxResults=2").json()
    rest = client.list_instances(NextToken=first["NextToken"])
    assert [each["Id"] for page in (first, rest) for each in page["InstanceSummaryList"]] == made


@mock_connect
def test_a_request_needs_no_signature_while_iam_is_not_enforced() -> None:
    assert requests.get(f"{URL}/instance", timeout=5).status_code == 200


@mock_connect
def test_a_session_of_requests_is_mocked(signed: Any) -> None:
    with requests.Session() as session:
        assert session.get(f"{URL}/instance", timeout=5).json() == {"InstanceSummaryList": []}


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-2", "cn-north-1"])
@mock_connect
def test_the_host_tells_the_region(signed: Any, region: str) -> None:
    host = boto3.client("connect", region).meta.endpoint_url
    made = signed("PUT", f"{host}/instance", json.dumps(INSTANCE).encode(), region=region).json()
    assert made["Arn"].split(":")[3] == region
