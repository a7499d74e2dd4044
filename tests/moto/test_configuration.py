"""moto's configuration: what passes through to AWS, and what is not allowed."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ConnectionError as NotReached
from moto import mock_aws
from moto.core.config import DefaultConfig
from moto.core.exceptions import ServiceNotWhitelisted

from connect_mock import mock_connect

HOST = "connect.us-east-1.amazonaws.com"
ONCE = Config(retries={"total_max_attempts": 1})


def client(service: str = "connect", region: str = "us-east-1") -> Any:
    return boto3.client(service, region, config=ONCE)  # type: ignore[call-overload]


PASSED = [
    {"core": {"passthrough": {"services": ["connect"]}}},
    {"core": {"passthrough": {"urls": [rf"https://{HOST}/.*"]}}},
    {"core": {"passthrough": {"services": ["s3", "connect"], "urls": ["https://example.com"]}}},
]


@pytest.mark.parametrize("config", PASSED)
@pytest.mark.parametrize("mock", [mock_connect, mock_aws])
def test_what_passes_through_is_not_answered_here(mock: Any, config: DefaultConfig, network: list[str]) -> None:
    with mock(config=config):
        with pytest.raises(NotReached):
            client().list_instances()
        with pytest.raises(requests.ConnectionError):
            requests.get(f"https://{HOST}/instance", timeout=5)
    assert network == [HOST, HOST]


@pytest.mark.parametrize("service", ["connectparticipant", "connect-contact-lens"])
def test_the_other_services_of_connect_pass_through_with_it(service: str, network: list[str]) -> None:
    with mock_connect(config={"core": {"passthrough": {"services": ["connect"]}}}), pytest.raises(NotReached):
        client(service)._make_api_call(*CALLS[service])
    assert len(network) == 1


CALLS = {
    "connectparticipant": ("GetTranscript", {"ConnectionToken": "none"}),
    "connect-contact-lens": ("ListRealtimeContactAnalysisSegments", {"InstanceId": "none", "ContactId": "none"}),
}


def test_a_url_passes_alone(network: list[str]) -> None:
    with mock_connect(config={"core": {"passthrough": {"urls": [rf"https://{HOST}/tags/.*"]}}}) as handle:
        arn = handle.instance["Arn"]
        with pytest.raises(NotReached):
            client().list_tags_for_resource(resourceArn=arn)
        assert client(region="eu-west-2").list_instances()["InstanceSummaryList"] == []
    assert network == [HOST]


def test_what_passes_in_one_mock_does_not_in_the_next(network: list[str]) -> None:
    with mock_connect(config={"core": {"passthrough": {"services": ["connect"]}}}), pytest.raises(NotReached):
        client().list_instances()
    with mock_connect():
        assert client().list_instances()["InstanceSummaryList"] == []
    assert network == [HOST]


def test_what_passes_in_an_inner_mock_does_not_after_it(network: list[str]) -> None:
    with mock_connect():
        with mock_connect(config={"core": {"passthrough": {"services": ["connect"]}}}), pytest.raises(NotReached):
            client().list_instances()
        assert client().list_instances()["InstanceSummaryList"] == []
    assert network == [HOST]


@pytest.mark.parametrize("mock", [mock_connect, mock_aws])
def test_what_is_not_on_the_whitelist_is_refused(mock: Any, network: list[str]) -> None:
    with mock(config={"core": {"service_whitelist": ["s3", "sqs"]}}):
        with pytest.raises(ServiceNotWhitelisted, match="Service connect not whitelisted"):
            client().list_instances()
        with pytest.raises(ServiceNotWhitelisted, match="Service connect not whitelisted"):
            requests.get(f"https://{HOST}/instance", timeout=5)
    assert network == []


@pytest.mark.parametrize("service", ["connectparticipant", "connect-contact-lens"])
def test_the_other_services_of_connect_are_refused_with_it(service: str, network: list[str]) -> None:
    with mock_connect(config={"core": {"service_whitelist": []}}), pytest.raises(ServiceNotWhitelisted):
        client(service)._make_api_call(*CALLS[service])
    assert network == []


def test_what_is_on_the_whitelist_is_answered() -> None:
    with mock_connect(config={"core": {"service_whitelist": ["connect"]}}):
        assert client().list_instances()["InstanceSummaryList"] == []
        assert requests.get(f"https://{HOST}/instance", timeout=5).status_code == 200
        with pytest.raises(ServiceNotWhitelisted, match="Service s3 not whitelisted"):
            client("s3").list_buckets()


def test_the_credentials_of_the_environment_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAMINE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with mock_connect(config={"core": {"mock_credentials": False}}):
        assert boto3.Session().get_credentials().access_key == "AKIAMINE"


def test_the_default_session_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = boto3.Session("AKIAMINE", "secret", region_name="eu-central-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", mine)
    with mock_connect(config={"core": {"reset_boto3_session": False}}):
        assert boto3.client("connect").meta.region_name == "eu-central-1"
    assert boto3.DEFAULT_SESSION is mine
