"""Fixtures that most tests stand on. The plugin's own fixtures come with connect_mock itself."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import boto3
import botocore.config
import pytest
from botocore.exceptions import ClientError

from connect_mock import moto_bridge
from connect_mock.collection import Owner
from connect_mock.service_model import load

pytest_plugins = ["pytester"]


def needs_member(shape: str, member: str) -> pytest.MarkDecorator:
    """Skips a test of an answer where the installed botocore does not know the member yet."""
    known = member in load("connect").shape_for(shape).members
    return pytest.mark.skipif(not known, reason=f"botocore has no {member} of {shape} yet")


def flow_content(*, text: str = "Hello", last: str = "DisconnectParticipant") -> str:
    """Flow content that can be published: say `text`, hang up or end in another way."""
    return json.dumps(
        {
            "Version": "2019-10-30",
            "StartAction": "greet",
            "Metadata": {},
            "Actions": [
                {
                    "Identifier": "greet",
                    "Type": "MessageParticipant",
                    "Parameters": {"Text": text},
                    "Transitions": {
                        "NextAction": "bye",
                        "Errors": [{"NextAction": "bye", "ErrorType": "NoMatchingError"}],
                        "Conditions": [],
                    },
                },
                {"Identifier": "bye", "Type": last, "Parameters": {}, "Transitions": {}},
            ],
        }
    )


@pytest.fixture
def content() -> Callable[..., str]:
    """Makes flow content that can be published."""
    return flow_content


@pytest.fixture
def client(amazon_connect: Any) -> Any:
    """A boto3 client of Amazon Connect, in a mock of its own."""
    return amazon_connect.client


@pytest.fixture
def impatient_client(amazon_connect: Any) -> Any:
    """A client that tries each call once; the usual one repeats calls that were refused for a quota."""
    config = botocore.config.Config(retries={"total_max_attempts": 1})
    return boto3.client("connect", region_name=amazon_connect.region_name, config=config)


@pytest.fixture
def instance_id(amazon_connect: Any) -> str:
    """The id of an instance made for the test."""
    return str(amazon_connect.instance_id)


@pytest.fixture
def flow_id(client: Any, instance_id: str) -> str:
    """The id of a published inbound flow."""
    made = client.create_contact_flow(InstanceId=instance_id, Name="Inbound", Type="CONTACT_FLOW", Content=flow_content())
    return str(made["ContactFlowId"])


@pytest.fixture
def lambda_function(amazon_connect: Any) -> Callable[[str], str]:
    """Makes a function of that name in moto's Lambda, in a first version, and gives its ARN."""

    def make(name: str) -> str:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("main.py", "def handler(event, context): return event")
        client = boto3.client("lambda", amazon_connect.region_name)
        code = {"ZipFile": packed.getvalue()}
        made = client.create_function(
            FunctionName=name, Runtime="python3.12", Role=_role(name), Handler="main.handler", Code=code, Publish=True
        )
        return str(made["FunctionArn"])

    return make


def _role(name: str) -> str:
    iam = boto3.client("iam", "us-east-1")
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    return str(iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"])


def state() -> dict[str, Any]:
    """All there is in all backends, in a form that can be compared."""
    found = {backend.arn_prefix: _contents(backend) for backend in moto_bridge.all_backends()}
    return {where: contents for where, contents in found.items() if contents}


def _contents(owner: Owner) -> list[Any]:
    found: list[Any] = []
    for model, collection in sorted(owner.collections.items(), key=lambda each: each[0].__name__):
        for resource in collection:
            inner = _contents(resource) if isinstance(resource, Owner) else []
            found.append((model.__name__, repr(resource), inner))
    return found


class Refusal:
    """What `refused` found, for further questions."""

    response: dict[str, Any]
    message: str


@pytest.fixture
def refused() -> Callable[[str], AbstractContextManager[Refusal]]:
    """`with refused("ResourceNotFoundException"):` the call in the block is refused so, and nothing has changed."""

    @contextmanager
    def check(code: str) -> Iterator[Refusal]:
        refusal, before = Refusal(), state()
        with pytest.raises(ClientError) as caught:
            yield refusal
        refusal.response = dict(caught.value.response)
        refusal.message = caught.value.response["Error"]["Message"]
        assert caught.value.response["Error"]["Code"] == code, refusal.message
        assert state() == before

    return check
