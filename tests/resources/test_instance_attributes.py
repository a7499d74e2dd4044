"""Instance attributes: the defaults, changing them, and what DescribeInstance shows of them."""

from __future__ import annotations

from typing import Any

import pytest

from connect_mock import moto_bridge
from connect_mock.instance import Instance
from connect_mock.service_model import load

KNOWN = load("connect").shape_for("InstanceAttributeType").enum
"""The types that the installed botocore can ask for."""

OFF = (
    "CONTACTFLOW_LOGS",
    "USE_CUSTOM_TTS_VOICES",
    "MULTI_PARTY_CONFERENCE",
    "AUTO_MUTE_AGENT_ON_HOLD",
    "HIGH_VOLUME_OUTBOUND",
    "ENHANCED_CONTACT_MONITORING",
    "ENHANCED_CHAT_MONITORING",
    "MULTI_PARTY_CHAT_CONFERENCE",
    "MESSAGE_STREAMING",
)
ON = ("INBOUND_CALLS", "OUTBOUND_CALLS", "CONTACT_LENS", "AUTO_RESOLVE_BEST_VOICES", "EARLY_MEDIA")


def value(client: Any, instance_id: str, attribute: str) -> str:
    found = client.describe_instance_attribute(InstanceId=instance_id, AttributeType=attribute)["Attribute"]
    assert found["AttributeType"] == attribute
    return str(found["Value"])


def update(client: Any, instance_id: str, attribute: str, value: str) -> None:
    client.update_instance_attribute(InstanceId=instance_id, AttributeType=attribute, Value=value)


@pytest.mark.parametrize(
    ("attribute", "default"),
    [(each, default) for default, types in (("false", OFF), ("true", ON)) for each in types if each in KNOWN],
)
def test_an_attribute_of_a_new_instance_has_its_default(client: Any, instance_id: str, attribute: str, default: str) -> None:
    assert value(client, instance_id, attribute) == default


@pytest.mark.parametrize("enabled", [True, False])
def test_calls_are_on_in_a_new_instance_when_it_was_created_with_them(client: Any, enabled: bool) -> None:
    made = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=enabled, OutboundCallsEnabled=not enabled
    )
    assert value(client, made["Id"], "INBOUND_CALLS") == str(enabled).lower()
    assert value(client, made["Id"], "OUTBOUND_CALLS") == str(not enabled).lower()


def test_all_attributes_are_listed_seven_to_a_page(client: Any, instance_id: str) -> None:
    first = client.list_instance_attributes(InstanceId=instance_id)
    rest = client.list_instance_attributes(InstanceId=instance_id, NextToken=first["NextToken"])
    assert (len(first["Attributes"]), len(rest["Attributes"])) == (7, 7)
    assert {each["AttributeType"] for each in first["Attributes"] + rest["Attributes"]} == {*OFF, *ON}


def test_an_attribute_has_its_new_value_where_it_is_described_and_listed(client: Any, instance_id: str) -> None:
    update(client, instance_id, "CONTACTFLOW_LOGS", "true")
    assert value(client, instance_id, "CONTACTFLOW_LOGS") == "true"
    listed = client.list_instance_attributes(InstanceId=instance_id)["Attributes"]
    assert {"AttributeType": "CONTACTFLOW_LOGS", "Value": "true"} in listed


def test_an_attribute_of_one_instance_is_not_that_of_another(client: Any, instance_id: str) -> None:
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    update(client, other["Id"], "CONTACT_LENS", "false")
    assert value(client, instance_id, "CONTACT_LENS") == "true"


@pytest.mark.parametrize(
    ("attribute", "member"), [("INBOUND_CALLS", "InboundCallsEnabled"), ("OUTBOUND_CALLS", "OutboundCallsEnabled")]
)
def test_an_instance_shows_its_attributes_for_calls(client: Any, instance_id: str, attribute: str, member: str) -> None:
    update(client, instance_id, attribute, "false")
    assert client.describe_instance(InstanceId=instance_id)["Instance"][member] is False
    assert client.list_instances()["InstanceSummaryList"][0][member] is False


def test_who_emulates_a_feature_reads_its_attribute_from_the_instance(client: Any, instance_id: str) -> None:
    update(client, instance_id, "CONTACTFLOW_LOGS", "true")
    (backend,) = (each for each in moto_bridge.all_backends() if len(each[Instance]))
    assert backend[Instance].get(instance_id).attributes["CONTACTFLOW_LOGS"] == "true"


@pytest.mark.parametrize("wrong", ["yes", "True", "1"])
def test_a_value_is_true_or_false(client: Any, instance_id: str, wrong: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        update(client, instance_id, "CONTACT_LENS", wrong)
    assert refusal.message == f"Value must be true or false, got {wrong!r}"


def test_custom_voices_are_for_those_that_aws_allows_them(client: Any, instance_id: str, refused: Any) -> None:
    with refused("AccessDeniedException") as refusal:
        update(client, instance_id, "USE_CUSTOM_TTS_VOICES", "true")
    assert "not authorized to update" in refusal.message
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_an_attribute_that_does_not_exist_is_refused(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        value(client, instance_id, "CONTACT_FLOW_LOGS")
    assert "AttributeType must be one of INBOUND_CALLS," in refusal.message
