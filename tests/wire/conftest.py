"""What the raw requests are for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connect_mock import AmazonConnect
from tests.conftest import flow_content
from tests.wire.http import send


@pytest.fixture
def instance_id(amazon_connect: AmazonConnect) -> str:
    """The id of an instance, made without a client: to make one takes longer than most of these tests."""
    settings = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    return str(json.loads(send("PUT", "/instance", body=settings).body)["Id"])


@pytest.fixture
def flow(amazon_connect: AmazonConnect) -> dict[str, Any]:
    """The body of a CreateContactFlow that is accepted."""
    return {"Name": "Inbound", "Type": "CONTACT_FLOW", "Content": flow_content()}


@pytest.fixture
def flows(instance_id: str) -> str:
    """The path of CreateContactFlow."""
    return f"/contact-flows/{instance_id}"


@pytest.fixture
def listing(instance_id: str) -> str:
    """The path of ListContactFlows."""
    return f"/contact-flows-summary/{instance_id}"
