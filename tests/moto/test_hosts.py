"""Every host of Connect is answered here: no packet leaves."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, EndpointVariantError

from connect_mock import mock_connect
from connect_mock.moto_bridge import addressed
from connect_mock.service_model import SERVICES

REGIONS = ["us-east-1", "us-gov-west-1", "cn-north-1", "us-iso-east-1", "eusc-de-east-1"]
VARIANTS = {
    "plain": {},
    "FIPS": {"use_fips_endpoint": True},
    "dual-stack": {"use_dualstack_endpoint": True},
    "FIPS and dual-stack": {"use_fips_endpoint": True, "use_dualstack_endpoint": True},
}
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "connect": ("list_instances", {}),
    "connectparticipant": ("get_transcript", {"ConnectionToken": "none"}),
    "connect-contact-lens": ("list_realtime_contact_analysis_segments", {"InstanceId": "none", "ContactId": "none"}),
}
UUID = "5b2b4ea4-8c1d-4c6e-9d4e-0123456789ab"


def ask(client: Any) -> dict[str, Any]:
    """The headers of the answer to a call, whether it was refused or not."""
    name, parameters = CALLS[client.meta.service_model.service_name]
    try:
        response = getattr(client, name)(**parameters)
    except ClientError as refused:
        response = refused.response
    headers: dict[str, Any] = response["ResponseMetadata"]["HTTPHeaders"]
    return headers


@pytest.fixture(autouse=True)
def _nobody_goes_out(network: list[str]) -> Any:
    yield
    assert network == []


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("service", SERVICES)
@mock_connect
def test_every_endpoint_that_botocore_knows_is_answered(service: str, region: str, variant: str) -> None:
    client = boto3.client(service, region, config=Config(**VARIANTS[variant]))  # type: ignore[call-overload]
    assert addressed(client.meta.endpoint_url.removeprefix("https://")) == (service, region)
    assert "x-amzn-requestid" in ask(client)
    assert "x-amzn-requestid" in requests.get(client.meta.endpoint_url, timeout=5).headers


@pytest.mark.parametrize("service", SERVICES)
@mock_connect
def test_every_region_of_botocore_is_answered(service: str) -> None:
    session = boto3.Session()
    for partition in session.get_available_partitions():
        for region in session.get_available_regions("ec2", partition):
            with suppress(EndpointVariantError):
                url = session.client(service, region).meta.endpoint_url
                assert addressed(url.removeprefix("https://")) == (service, region)


VPC_ENDPOINTS = {
    "vpce-0123.connect.us-east-1.vpce.amazonaws.com": ("connect", "us-east-1"),
    "vpce-0123-us-east-1a.connect.us-east-1.vpce.amazonaws.com": ("connect", "us-east-1"),
    "vpce-0123.connect-fips.us-gov-west-1.vpce.amazonaws.com": ("connect", "us-gov-west-1"),
    "vpce-0123.participant.connect.eu-west-2.vpce.amazonaws.com": ("connectparticipant", "eu-west-2"),
    "vpce-0123.contact-lens.eu-west-2.vpce.amazonaws.com": ("connect-contact-lens", "eu-west-2"),
    "vpce-0123.connect.cn-north-1.vpce.amazonaws.com.cn": ("connect", "cn-north-1"),
}


@pytest.mark.parametrize("host", VPC_ENDPOINTS)
@mock_connect
def test_a_vpc_endpoint_is_answered(host: str) -> None:
    service, region = VPC_ENDPOINTS[host]
    client = boto3.client(service, "us-east-1", endpoint_url=f"https://{host}")  # type: ignore[call-overload]
    assert addressed(host) == (service, region)
    assert "x-amzn-requestid" in ask(client)
    assert "x-amzn-requestid" in requests.get(f"https://{host}/instance", timeout=5).headers


SPELLINGS = [
    "http://connect.us-east-1.amazonaws.com",
    "https://connect.us-east-1.amazonaws.com:443",
    "https://connect.us-east-1.amazonaws.com:8443",
    "https://CONNECT.us-east-1.AmazonAWS.com",
]


@pytest.mark.parametrize("url", SPELLINGS)
@mock_connect
def test_a_host_is_known_in_any_spelling(url: str) -> None:
    assert "x-amzn-requestid" in ask(boto3.client("connect", "us-east-1", endpoint_url=url))
    assert "x-amzn-requestid" in requests.get(f"{url}/instance?maxResults=1", timeout=5).headers


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/instance/", "/instance//x", "/%", "/instance?maxResults=1", "//instance"]
)
@mock_connect
def test_every_path_is_answered(path: str) -> None:
    answer = requests.get(f"https://connect.us-east-1.amazonaws.com{path}", timeout=5)
    assert "x-amzn-requestid" in answer.headers


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
@mock_connect
def test_every_method_is_answered(method: str) -> None:
    answer = requests.request(method, "https://connect.us-east-1.amazonaws.com/nothing", timeout=5)
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (404, "UnknownOperationException")


NOWHERE = ["connect.nowhere.amazonaws.com", "connect.nowhere.amazonaws.com.cn", "connect.nowhere.api.aws"]


@pytest.mark.parametrize("host", NOWHERE)
@mock_connect
def test_a_region_that_cannot_exist_is_refused(host: str) -> None:
    answer = requests.get(f"https://{host}/instance", timeout=5)
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (403, "InvalidSignatureException")
    assert answer.json() == {"message": "Credential should be scoped to a valid Region, not 'nowhere'."}


@pytest.mark.parametrize("service", SERVICES)
@mock_connect
def test_boto3_is_told_of_a_region_that_cannot_exist(service: str) -> None:
    client = boto3.client(service, "nowhere")  # type: ignore[call-overload]
    name, parameters = CALLS[service]
    with pytest.raises(ClientError) as refused:
        getattr(client, name)(**parameters)
    assert refused.value.response["Error"]["Code"] == "InvalidSignatureException"
    assert "nowhere" in refused.value.response["Error"]["Message"]


@mock_connect
def test_a_region_that_could_exist_is_as_good_as_any() -> None:
    assert "x-amzn-requestid" in ask(boto3.client("connect", "xx-wonderland-7"))


@mock_connect
def test_moto_s_switch_lets_any_region_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_ALLOW_NONEXISTENT_REGION", "true")
    assert boto3.client("connect", "nowhere").list_instances()["InstanceSummaryList"] == []


@mock_connect
def test_a_bucket_may_be_called_connect() -> None:
    s3 = boto3.client("s3", "us-east-1")
    s3.create_bucket(Bucket="connect")
    s3.put_object(Bucket="connect", Key="recordings/1.wav", Body=b"sound")
    assert s3.get_object(Bucket="connect", Key="recordings/1.wav")["Body"].read() == b"sound"


OTHERS = [
    "connect.example.com",
    "connect.us-east-1.localhost",
    "connect.us-east-1.localhost.localstack.cloud",
    "localhost:4566",
    "127.0.0.1:5000",
    "acme.my.connect.aws",
    "connect-campaigns.us-east-1.amazonaws.com",
    "ec2-instance-connect.us-east-1.amazonaws.com",
    "directconnect.us-east-1.amazonaws.com",
    "mediaconnect.us-east-1.amazonaws.com",
    "connect.s3.amazonaws.com",
    "connect.s3-us-west-2.amazonaws.com",
    "connect.s3.us-east-1.amazonaws.com",
    "connect.us-east-1.elb.amazonaws.com",
    "connect.us-east-1.amazonaws.com.example.com",
]


@pytest.mark.parametrize("host", OTHERS)
def test_a_host_of_others_is_theirs(host: str) -> None:
    assert addressed(host) is None


class TestElsewhere:
    """Calls that are not ours go on to the network."""

    @pytest.fixture(autouse=True)
    def _nobody_goes_out(self) -> None:
        """Here they shall."""

    @pytest.mark.parametrize(
        "url", ["http://localhost:4566", "http://127.0.0.1:9", "https://connect.us-east-1.localhost.localstack.cloud"]
    )
    @pytest.mark.parametrize("service", SERVICES)
    @mock_connect
    def test_an_endpoint_of_the_user_is_not_intercepted(self, service: str, url: str, network: list[str]) -> None:
        client = boto3.client(service, "us-east-1", endpoint_url=url, config=Config(retries={"max_attempts": 0}))  # type: ignore[call-overload]
        with pytest.raises(BotoCoreError):
            ask(client)
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{url}/instance", timeout=5)
        assert network != []
