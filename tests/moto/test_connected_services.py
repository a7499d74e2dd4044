"""What Connect asks of moto's other services: do things exist, objects and their URLs, functions, logs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config
from moto import mock_aws

from connect_mock import clock, other_services
from connect_mock.moto_services import MotoServices
from connect_mock.other_services import FunctionError, S3Object

ACCOUNT, REGION = "123456789012", "us-east-1"
HERE = f"{REGION}:{ACCOUNT}"

pytestmark = pytest.mark.usefixtures("amazon_connect")


@pytest.fixture
def services() -> MotoServices:
    """What Connect asks."""
    return MotoServices()


def client(service: str) -> Any:
    return boto3.client(service, REGION)  # type: ignore[call-overload]


# --- things that exist ------------------------------------------------------------------------------------------------


def bucket() -> str:
    client("s3").create_bucket(Bucket="recordings")
    return "arn:aws:s3:::recordings"


def key() -> str:
    return str(client("kms").create_key()["KeyMetadata"]["Arn"])


def alias() -> str:
    client("kms").create_alias(AliasName="alias/ours", TargetKeyId=key())
    return f"arn:aws:kms:{HERE}:alias/ours"


def stream() -> str:
    kinesis = client("kinesis")
    kinesis.create_stream(StreamName="records", ShardCount=1)
    return str(kinesis.describe_stream(StreamName="records")["StreamDescription"]["StreamARN"])


def delivery_stream() -> str:
    target = {"RoleARN": f"arn:aws:iam::{ACCOUNT}:role/any", "BucketARN": "arn:aws:s3:::any"}
    made = client("firehose").create_delivery_stream(DeliveryStreamName="records", ExtendedS3DestinationConfiguration=target)
    return str(made["DeliveryStreamARN"])


def video_stream() -> str:
    return str(client("kinesisvideo").create_stream(StreamName="media")["StreamARN"])


def directory() -> str:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    zones = (("a", "10.0.1.0/24"), ("b", "10.0.2.0/24"))
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=f"{REGION}{zone}")["Subnet"]["SubnetId"]
        for zone, block in zones
    ]
    made = client("ds").create_directory(
        Name="test.example.com", Password="Passw0rd", Size="Large", VpcSettings={"VpcId": vpc, "SubnetIds": subnets}
    )
    return f"arn:aws:ds:{HERE}:directory/{made['DirectoryId']}"


def bot() -> str:
    lex = client("lexv2-models")
    made = lex.create_bot(
        botName="orders",
        roleArn=f"arn:aws:iam::{ACCOUNT}:role/any",
        dataPrivacy={"childDirected": False},
        idleSessionTTLInSeconds=300,
    )
    return f"arn:aws:lex:{HERE}:bot/{made['botId']}"


def bot_alias() -> str:
    bot_id = bot().rpartition("/")[2]
    made = client("lexv2-models").create_bot_alias(botAliasName="live", botId=bot_id)
    return f"arn:aws:lex:{HERE}:bot-alias/{bot_id}/{made['botAliasId']}"


THINGS = (bucket, key, alias, stream, delivery_stream, video_stream, directory, bot, bot_alias)


@pytest.mark.parametrize("make", THINGS)
def test_what_was_made_exists(services: MotoServices, make: Callable[[], str]) -> None:
    assert services.exists(make())


@pytest.mark.parametrize("make", THINGS)
def test_what_has_another_name_does_not_exist(services: MotoServices, make: Callable[[], str]) -> None:
    assert not services.exists(f"{make()}x")


@pytest.mark.parametrize("make", [each for each in THINGS if each is not bucket])
@pytest.mark.parametrize("elsewhere", [f"eu-west-1:{ACCOUNT}", "mars-1:123456789012", f"{REGION}:111122223333"])
def test_what_is_elsewhere_does_not_exist(services: MotoServices, make: Callable[[], str], elsewhere: str) -> None:
    assert not services.exists(make().replace(HERE, elsewhere))


def test_an_alias_of_another_bot_does_not_exist(services: MotoServices) -> None:
    other = bot().rpartition("/")[2]
    arn = bot_alias().split("/")
    assert not services.exists("/".join([arn[0], other, arn[2]]))


@pytest.mark.parametrize("ending", ["", ":1", ":$LATEST"])
def test_a_function_exists_with_its_versions(services: MotoServices, lambda_function: Any, ending: str) -> None:
    assert services.exists(f"{_function(lambda_function)}{ending}")


def _function(lambda_function: Callable[[str], str]) -> str:
    """The ARN without the version that was published."""
    return ":".join(lambda_function("lookup").split(":")[:7])


@pytest.mark.parametrize("ending", [":2", ":live", "x"])
def test_another_version_of_a_function_does_not_exist(services: MotoServices, lambda_function: Any, ending: str) -> None:
    assert not services.exists(f"{_function(lambda_function)}{ending}")


def test_an_alias_of_a_function_exists(services: MotoServices, lambda_function: Any) -> None:
    arn = _function(lambda_function)
    client("lambda").create_alias(FunctionName="lookup", Name="live", FunctionVersion="1")
    assert services.exists(f"{arn}:live")


@pytest.mark.parametrize("arn", ["arn:aws:wisdom:us-east-1:1:assistant/a", f"arn:aws:lex:{HERE}:bot:Orders"])
def test_what_moto_cannot_know_exists(services: MotoServices, arn: str) -> None:
    assert services.exists(arn)


# --- objects ----------------------------------------------------------------------------------------------------------

BUCKETS = ["recordings", "our.recordings", "connect", "connect.s3"]
KEYS = ["a.wav", "a/b c/ä+%20.wav", "a:b=c&d", "x//y"]


@pytest.mark.parametrize("name", BUCKETS)
@pytest.mark.parametrize("key", KEYS)
def test_a_url_puts_and_gets_an_object(services: MotoServices, network: list[str], name: str, key: str) -> None:
    where = S3Object(name, key)
    services.ensure_bucket(name, ACCOUNT, REGION)
    assert requests.put(services.presigned_url("PUT", where, REGION, 60), data=b"sound", timeout=5).status_code == 200
    assert services.read_object(where) == b"sound"
    assert requests.get(services.presigned_url("GET", where, REGION, 60), timeout=5).content == b"sound"
    assert network == []


def test_a_url_is_what_botocore_makes_of_it(services: MotoServices, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.now().replace(microsecond=0)
    monkeypatch.setattr("connect_mock.moto_services.clock.now", lambda: moment)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: moment)
    config: Any = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    keys: Any = {"aws_access_key_id": "ASIACONNECTMOCK00000", "aws_secret_access_key": "connect-mock"}
    s3 = boto3.Session(region_name="eu-west-1", **keys).client("s3", config=config)
    members = {"Bucket": "recordings", "Key": "a b.wav", "ResponseContentDisposition": "inline"}
    expected = s3.generate_presigned_url("get_object", Params=members, ExpiresIn=77)
    query = {"response-content-disposition": "inline"}
    assert services.presigned_url("GET", S3Object("recordings", "a b.wav"), "eu-west-1", 77, query=query) == expected


def test_an_object_is_written_with_its_type(services: MotoServices) -> None:
    services.write_object(S3Object("recordings", "a"), b"sound", "audio/wav", ACCOUNT, "eu-west-1")
    found = client("s3").get_object(Bucket="recordings", Key="a")
    assert (found["Body"].read(), found["ContentType"]) == (b"sound", "audio/wav")
    assert client("s3").get_bucket_location(Bucket="recordings")["LocationConstraint"] == "eu-west-1"


def test_a_bucket_that_is_there_is_written_to(services: MotoServices) -> None:
    bucket()
    services.write_object(S3Object("recordings", "a"), b"sound", "audio/wav", "111122223333", REGION)
    assert client("s3").get_object(Bucket="recordings", Key="a")["Body"].read() == b"sound"


@pytest.mark.parametrize("where", [S3Object("recordings", "b"), S3Object("elsewhere", "a")])
def test_there_is_nothing_to_read_where_nothing_is(services: MotoServices, where: S3Object) -> None:
    bucket()
    services.delete_object(where)
    assert services.read_object(where) is None


@pytest.mark.parametrize("versioning", ["Enabled", "Suspended"])
def test_a_deleted_object_is_gone(services: MotoServices, versioning: str) -> None:
    bucket()
    client("s3").put_bucket_versioning(Bucket="recordings", VersioningConfiguration={"Status": versioning})
    client("s3").put_object(Bucket="recordings", Key="a", Body=b"sound")
    services.delete_object(S3Object("recordings", "a"))
    assert services.read_object(S3Object("recordings", "a")) is None


@pytest.mark.parametrize(
    "uri",
    [
        "s3://recordings/a b/c.wav",
        "https://recordings.s3.us-east-1.amazonaws.com/a%20b/c.wav?X-Amz-Expires=300",
        "http://localhost:5000/recordings/a%20b/c.wav?X-Amz-Expires=300",
    ],
)
def test_a_uri_says_where_an_object_is(uri: str) -> None:
    assert other_services.s3_object(uri) == ("recordings", "a b/c.wav")


# --- functions --------------------------------------------------------------------------------------------------------

WITHOUT_DOCKER = pytest.mark.amazon_connect(config={"lambda": {"use_docker": False}})


def answers(*texts: str) -> None:
    """What moto's Lambda without Docker answers next."""
    url = "http://motoapi.amazonaws.com/moto-api/static/lambda-simple/response"
    assert requests.post(url, json={"results": texts, "region": REGION}, timeout=5).status_code == 201


@WITHOUT_DOCKER
@pytest.mark.parametrize("qualifier", ["", ":1", ":$LATEST"])
def test_a_function_is_invoked_by_its_arn(services: MotoServices, lambda_function: Any, qualifier: str) -> None:
    arn = _function(lambda_function)
    answers('{"name": "Ana"}')
    assert json.loads(services.invoke_function(f"{arn}{qualifier}", "{}") or "") == {"name": "Ana"}


@WITHOUT_DOCKER
def test_a_function_is_given_the_payload(services: MotoServices, lambda_function: Any) -> None:
    assert services.invoke_function(_function(lambda_function), '{"a": 1}') == '{"a": 1}'


@WITHOUT_DOCKER
def test_a_name_is_one_of_the_caller_s_account_and_region(services: MotoServices, lambda_function: Any) -> None:
    lambda_function("lookup")
    assert services.invoke_function("lookup", "{}", ACCOUNT, REGION) == "{}"
    assert services.invoke_function("lookup", "{}", ACCOUNT, "eu-west-1") is None


@WITHOUT_DOCKER
def test_plain_text_is_answered_as_json(services: MotoServices, lambda_function: Any) -> None:
    arn = _function(lambda_function)
    answers("Simple Lambda happy path OK")
    assert services.invoke_function(arn, "{}") == '"Simple Lambda happy path OK"'


@WITHOUT_DOCKER
@pytest.mark.parametrize("change", ["lookup:2", "other"])
def test_a_function_that_does_not_exist_answers_nothing(services: MotoServices, lambda_function: Any, change: str) -> None:
    arn = _function(lambda_function)
    assert services.invoke_function(arn.replace("lookup", change), "{}") is None


def test_a_function_that_moto_cannot_run_fails(
    services: MotoServices, lambda_function: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_docker(*_: Any, **__: Any) -> Any:
        raise OSError("Docker is not there")

    arn = _function(lambda_function)
    monkeypatch.setattr("moto.awslambda.models.LambdaFunction._invoke_lambda", no_docker)
    with pytest.raises(FunctionError, match="OSError: Docker is not there"):
        services.invoke_function(arn, "{}")


def test_a_function_that_raises_fails_with_what_it_answered(
    services: MotoServices, lambda_function: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = _function(lambda_function)
    failure = '{"errorMessage": "No such order"}'
    monkeypatch.setattr("moto.awslambda.models.LambdaFunction._invoke_lambda", lambda *_, **__: (failure, True, ""))
    with pytest.raises(FunctionError, match="No such order"):
        services.invoke_function(arn, "{}")


# --- logs -------------------------------------------------------------------------------------------------------------


def logged() -> list[str]:
    found = client("logs").get_log_events(logGroupName="/aws/connect/x", logStreamName="2026/11/21")
    return [each["message"] for each in found["events"]]


def test_log_events_are_written_to_a_group_that_is_made(services: MotoServices) -> None:
    now = int(clock.now().timestamp() * 1000)
    for message in ("first", "second"):
        event = {"timestamp": now, "message": message}
        services.put_log_events("/aws/connect/x", "2026/11/21", [event], ACCOUNT, REGION)
    assert logged() == ["first", "second"]


def test_log_events_of_an_advanced_clock_are_written(services: MotoServices) -> None:
    later = clock.advance(30 * 24 * 3600)
    event = {"timestamp": int(later.timestamp() * 1000), "message": "much later"}
    services.put_log_events("/aws/connect/x", "2026/11/21", [event], ACCOUNT, REGION)
    assert logged() == ["much later"]


# --- one mock -----------------------------------------------------------------------------------------------------------

LOADED = """
import sys
import connect_mock
print([name for name in ("s3", "awslambda", "kms", "kinesis", "firehose", "logs") if f"moto.{name}.models" in sys.modules])
"""


def test_importing_connect_mock_loads_no_other_service() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_plain_mock_aws_has_them_as_well() -> None:
    with mock_aws():
        assert other_services.services.exists(bucket())
