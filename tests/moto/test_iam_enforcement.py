"""moto's IAM enforcement, which is off unless somebody switches it on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import botocore
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.core import enable_iam_authentication, set_initial_no_auth_action_count

from connect_mock import mock_connect

URL = "https://connect.us-east-1.amazonaws.com"
INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}


def policy(*statements: tuple[str, str]) -> str:
    """A policy document with one statement for each pair of effect and action."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": effect, "Action": action, "Resource": "*"} for effect, action in statements],
        }
    )


def user(name: str, *statements: tuple[str, str]) -> tuple[str, str]:
    """The access key of a new user who has that policy."""
    iam = boto3.client("iam", "us-east-1")
    iam.create_user(UserName=name)
    if statements:
        iam.put_user_policy(UserName=name, PolicyName="mine", PolicyDocument=policy(*statements))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def client_of(key: tuple[str, ...], region: str = "us-east-1", service: str = "connect") -> Any:
    return boto3.Session(*key, region_name=region).client(service)  # type: ignore[call-overload]


@pytest.fixture
def arn(amazon_connect: Any) -> str:
    """The ARN of an instance made before enforcement begins."""
    return str(amazon_connect.instance["Arn"])


@pytest.fixture
def operator(arn: str) -> tuple[str, str]:
    """The key of a user who may do everything in Connect."""
    return user("operator", ("Allow", "connect:*"))


@pytest.fixture
def stranger(arn: str) -> tuple[str, str]:
    """The key of a user without any policy."""
    return user("stranger")


@pytest.fixture
def enforced(operator: Any, stranger: Any) -> Iterator[None]:
    """Enforcement, once the users are there."""
    with enable_iam_authentication():
        yield


def error(call: Any, **parameters: Any) -> tuple[int, str, str]:
    """The status, code and message of a refused call."""
    with pytest.raises(ClientError) as refused:
        call(**parameters)
    response = refused.value.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response["Error"]["Message"]


@pytest.mark.usefixtures("enforced")
class TestEnforced:
    def test_who_is_allowed_passes(self, operator: Any, arn: str) -> None:
        connect = client_of(operator)
        connect.tag_resource(resourceArn=arn, tags={"a b": "c/d"})
        connect.list_instances(MaxResults=5)
        connect.untag_resource(resourceArn=arn, tagKeys=["x", "y z"])
        assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {"a b": "c/d"}

    def test_who_has_no_policy_is_refused(self, stranger: Any) -> None:
        sentence = "User: arn:aws:iam::123456789012:user/stranger is not authorized to perform: connect:ListInstances"
        assert error(client_of(stranger).list_instances) == (403, "AccessDeniedException", sentence)

    def test_a_refusal_changes_nothing(self, stranger: Any, refused: Any) -> None:
        with refused("AccessDeniedException"):
            client_of(stranger).create_instance(**INSTANCE)

    def test_an_operation_without_modeled_access_denied_refuses_all_the_same(self, stranger: Any, arn: str) -> None:
        assert error(client_of(stranger).list_tags_for_resource, resourceArn=arn)[:2] == (403, "AccessDeniedException")

    def test_refusal_comes_before_the_parameters_are_looked_at(self, stranger: Any) -> None:
        nowhere = "5b2b4ea4-8c1d-4c6e-9d4e-0123456789ab"
        assert error(client_of(stranger).describe_instance, InstanceId=nowhere)[1] == "AccessDeniedException"

    def test_a_wrong_secret_is_refused(self, operator: Any) -> None:
        status, code, message = error(client_of((operator[0], "wrong")).list_instances)
        assert (status, code) == (403, "InvalidSignatureException")
        assert message.startswith("The request signature we calculated does not match the signature you provided.")

    def test_an_unknown_key_is_refused(self) -> None:
        expected = (403, "UnrecognizedClientException", "The security token included in the request is invalid.")
        assert error(client_of(("AKIA" + "X" * 16, "y")).list_instances) == expected

    def test_a_call_without_signature_is_refused(self) -> None:
        unsigned = boto3.client("connect", "us-east-1", config=Config(signature_version=botocore.UNSIGNED))
        assert error(unsigned.list_instances) == (403, "MissingAuthenticationTokenException", "Missing Authentication Token")

    def test_a_signed_request_passes(self, operator: Any, signed: Any) -> None:
        assert signed("GET", f"{URL}/instance?maxResults=5", credentials=operator).status_code == 200

    def test_a_signed_request_with_an_arn_in_its_path_passes(self, operator: Any, signed: Any, arn: str) -> None:
        path = requests.utils.quote(arn, safe="")
        assert signed("POST", f"{URL}/tags/{path}", b'{"tags": {"a": "b"}}', operator).status_code == 200
        assert signed("GET", f"{URL}/tags/{path}", credentials=operator).json() == {"tags": {"a": "b"}}

    def test_a_signed_request_of_who_has_no_policy_is_refused(self, stranger: Any, signed: Any) -> None:
        answer = signed("GET", f"{URL}/instance", credentials=stranger)
        assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (403, "AccessDeniedException")
        assert answer.json()["message"].endswith("user/stranger is not authorized to perform: connect:ListInstances")

    def test_a_changed_body_is_refused(self, operator: Any, signed: Any, arn: str) -> None:
        url = f"{URL}/tags/{requests.utils.quote(arn, safe='')}"
        sent = signed("POST", url, b'{"tags": {"a": "b"}}', operator).request
        answer = requests.post(url, headers=sent.headers, data=b'{"tags": {"a": "c"}}', timeout=5)
        assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (403, "InvalidSignatureException")

    def test_a_signature_for_another_service_is_refused(self, operator: Any, signed: Any) -> None:
        answer = signed("GET", f"{URL}/instance", credentials=operator, service="s3")
        assert (answer.status_code, answer.json()["message"]) == (
            403,
            "Credential should be scoped to correct service: 'connect'.",
        )

    def test_a_signature_for_another_region_is_refused(self, operator: Any, signed: Any) -> None:
        answer = signed("GET", f"{URL}/instance", credentials=operator, region="eu-west-2")
        assert answer.json()["message"] == "Credential should be scoped to a valid Region, not 'eu-west-2'."

    @pytest.mark.parametrize(
        ("authorization", "expected"),
        [
            ("Bearer x", "requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter."),
            ("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0", "exactly 5 slash-delimited elements"),
            (
                "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/connect/aws4_request, SignedHeaders=host, Signature=0",
                "X-Amz-Date",
            ),
        ],
    )
    def test_an_incomplete_signature_is_refused(self, authorization: str, expected: str) -> None:
        answer = requests.get(f"{URL}/instance", headers={"Authorization": authorization}, timeout=5)
        assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (400, "IncompleteSignatureException")
        assert expected in answer.json()["message"]

    def test_the_participant_service_asks_for_no_policy(self, stranger: Any) -> None:
        participant = client_of(stranger, service="connectparticipant")
        code = error(participant.get_transcript, ConnectionToken="none")[1]
        assert code not in ("UnrecognizedClientException", "InvalidSignatureException")

    def test_contact_lens_is_under_the_policies_of_connect(self, stranger: Any) -> None:
        lens = client_of(stranger, service="connect-contact-lens")
        nowhere = "5b2b4ea4-8c1d-4c6e-9d4e-0123456789ab"
        message = error(lens.list_realtime_contact_analysis_segments, InstanceId=nowhere, ContactId=nowhere)[2]
        assert message.endswith("connect:ListRealtimeContactAnalysisSegments")


@mock_connect
def test_an_explicit_deny_is_stronger_than_an_allow() -> None:
    key = user("half", ("Allow", "connect:*"), ("Deny", "connect:DeleteInstance"))
    made = client_of(key).create_instance(**INSTANCE)["Id"]
    with enable_iam_authentication():
        assert client_of(key).describe_instance(InstanceId=made)["Instance"]["Id"] == made
        assert error(client_of(key).delete_instance, InstanceId=made)[1] == "AccessDeniedException"


@mock_connect
def test_a_policy_for_one_action_allows_that_action() -> None:
    key = user("reader", ("Allow", "connect:List*"))
    with enable_iam_authentication():
        assert client_of(key).list_instances()["InstanceSummaryList"] == []
        assert error(client_of(key).create_instance, **INSTANCE)[1] == "AccessDeniedException"


@mock_connect
def test_a_role_is_allowed_what_its_policy_allows() -> None:
    iam = boto3.client("iam", "us-east-1")
    role = iam.create_role(RoleName="operator", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    iam.put_role_policy(RoleName="operator", PolicyName="mine", PolicyDocument=policy(("Allow", "connect:ListInstances")))
    given = boto3.client("sts", "us-east-1").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    connect = client_of((given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]))
    with enable_iam_authentication():
        assert connect.list_instances()["InstanceSummaryList"] == []
        message = error(connect.create_instance, **INSTANCE)[2]
    assert (
        message
        == "User: arn:aws:sts::123456789012:assumed-role/operator/me is not authorized to perform: connect:CreateInstance"
    )


@set_initial_no_auth_action_count(2)
@mock_connect
def test_the_first_calls_pass_if_moto_is_told_so() -> None:
    connect = boto3.client("connect", "us-east-1")
    connect.list_instances()
    connect.list_instances()
    assert error(connect.list_instances)[1] == "UnrecognizedClientException"


@set_initial_no_auth_action_count(4)
@mock_connect
def test_calls_of_other_services_count_as_well() -> None:
    key = user("operator", ("Allow", "connect:*"))
    client_of(("AKIA" + "X" * 16, "y")).list_instances()
    assert client_of(key).list_instances()["InstanceSummaryList"] == []
    assert error(client_of(("AKIA" + "X" * 16, "y")).list_instances)[1] == "UnrecognizedClientException"


@mock_connect
def test_iam_notes_where_a_key_was_used() -> None:
    key = user("operator")
    client_of(key, "eu-west-2").list_instances()
    used = boto3.client("iam", "us-east-1").get_access_key_last_used(AccessKeyId=key[0])["AccessKeyLastUsed"]
    assert (used["ServiceName"], used["Region"]) == ("connect", "eu-west-2")
