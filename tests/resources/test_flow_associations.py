"""Flows of SMS and WhatsApp numbers, email addresses, analytics connectors and phone numbers."""

from __future__ import annotations

from typing import Any

import pytest

SMS = "arn:aws:sms-voice:us-east-1:123456789012:phone-number/phone-3f2b8c6e"
WHATSAPP = "arn:aws:social-messaging:us-east-1:123456789012:phone-number-id/3f2b8c6e"
CONNECTOR = "arn:aws:connect:us-east-1:123456789012:analytics-connector/3f2b8c6e"
TYPES = {
    "SMS_PHONE_NUMBER": SMS,
    "WHATSAPP_MESSAGING_PHONE_NUMBER": WHATSAPP,
    "ANALYTICS_CONNECTOR": CONNECTOR,
}
EACH = pytest.mark.parametrize(("kind", "resource"), TYPES.items())
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def associate(client: Any, instance_id: str, flow_id: str, resource: str = SMS, kind: str = "SMS_PHONE_NUMBER") -> None:
    client.associate_flow(InstanceId=instance_id, ResourceId=resource, FlowId=flow_id, ResourceType=kind)


def flow_of(client: Any, instance_id: str, resource: str = SMS, kind: str = "SMS_PHONE_NUMBER") -> str:
    found = client.get_flow_association(InstanceId=instance_id, ResourceId=resource, ResourceType=kind)
    assert (found["ResourceId"], found["ResourceType"]) == (resource, kind)
    return str(found["FlowId"])


def listed(client: Any, instance_id: str, **filters: Any) -> Any:
    return client.list_flow_associations(InstanceId=instance_id, **filters)["FlowAssociationSummaryList"]


def batch(client: Any, instance_id: str, *resources: str, **filters: Any) -> Any:
    found = client.batch_get_flow_association(InstanceId=instance_id, ResourceIds=list(resources), **filters)
    return found["FlowAssociationSummaryList"]


@pytest.fixture
def flow_arn(client: Any, instance_id: str, flow_id: str) -> str:
    """The ARN of the flow."""
    return str(client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]["Arn"])


@pytest.fixture
def other_flow(client: Any, instance_id: str, content: Any) -> Any:
    """What CreateContactFlow answers: another flow."""
    return client.create_contact_flow(InstanceId=instance_id, Name="Other", Type="CONTACT_FLOW", Content=content())


@pytest.fixture
def number_arn(client: Any, instance_id: str) -> str:
    """The ARN of a phone number of the instance."""
    number = client.search_available_phone_numbers(InstanceId=instance_id, PhoneNumberCountryCode="US", PhoneNumberType="DID")[
        "AvailableNumbersList"
    ][0]["PhoneNumber"]
    return str(client.claim_phone_number(InstanceId=instance_id, PhoneNumber=number)["PhoneNumberArn"])


@pytest.fixture
def answered(client: Any, instance_id: str, flow_id: str, number_arn: str) -> str:
    """The ARN of the phone number, whose calls the flow answers."""
    client.associate_phone_number_contact_flow(
        InstanceId=instance_id, PhoneNumberId=number_arn.rpartition("/")[2], ContactFlowId=flow_id
    )
    return number_arn


@EACH
def test_a_resource_has_the_flow_it_was_associated_with(
    client: Any, instance_id: str, flow_id: str, flow_arn: str, kind: str, resource: str
) -> None:
    associate(client, instance_id, flow_id, resource, kind)
    assert flow_of(client, instance_id, resource, kind) == flow_arn


def test_a_flow_is_associated_by_arn(client: Any, instance_id: str, flow_arn: str) -> None:
    associate(client, instance_id, flow_arn)
    assert flow_of(client, instance_id) == flow_arn


def test_a_version_of_a_flow_is_associated(client: Any, instance_id: str, flow_id: str, flow_arn: str) -> None:
    client.create_contact_flow_version(InstanceId=instance_id, ContactFlowId=flow_id)
    associate(client, instance_id, f"{flow_id}:1")
    assert flow_of(client, instance_id) == f"{flow_arn}:1"


def test_another_flow_takes_the_place_of_the_first(client: Any, instance_id: str, flow_id: str, other_flow: Any) -> None:
    associate(client, instance_id, flow_id)
    associate(client, instance_id, other_flow["ContactFlowId"])
    assert [each["FlowId"] for each in listed(client, instance_id)] == [other_flow["ContactFlowArn"]]


@EACH
def test_a_disassociated_resource_has_no_flow(
    client: Any, instance_id: str, flow_id: str, kind: str, resource: str, refused: Any
) -> None:
    associate(client, instance_id, flow_id, resource, kind)
    client.disassociate_flow(InstanceId=instance_id, ResourceId=resource, ResourceType=kind)
    assert listed(client, instance_id) == []
    with refused("ResourceNotFoundException"):
        flow_of(client, instance_id, resource, kind)


def test_a_resource_whose_flow_is_deleted_has_none_until_it_gets_another(
    client: Any, instance_id: str, flow_id: str, other_flow: Any, refused: Any
) -> None:
    associate(client, instance_id, flow_id)
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    with refused("ResourceNotFoundException"):
        flow_of(client, instance_id)
    assert listed(client, instance_id) == []
    associate(client, instance_id, other_flow["ContactFlowId"])
    assert flow_of(client, instance_id) == other_flow["ContactFlowArn"]


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def several(client: Any, instance_id: str, flow_id: str, answered: str) -> None:
    """A flow for a resource of each type and for a phone number."""
    for kind, resource in TYPES.items():
        associate(client, instance_id, flow_id, resource, kind)


def test_associations_of_all_types_are_listed(client: Any, instance_id: str, several: None, answered: str) -> None:
    assert [each["ResourceId"] for each in listed(client, instance_id)] == [*TYPES.values(), answered]


@pytest.mark.parametrize("kind", ["WHATSAPP_MESSAGING_PHONE_NUMBER", "ANALYTICS_CONNECTOR", "INBOUND_EMAIL"])
def test_associations_of_one_type_are_listed(client: Any, instance_id: str, several: None, kind: str) -> None:
    found = [each["ResourceId"] for each in listed(client, instance_id, ResourceType=kind)]
    assert found == [resource for each, resource in TYPES.items() if each == kind]


def test_a_phone_number_is_listed_with_the_flow_that_answers(
    client: Any, instance_id: str, flow_arn: str, answered: str
) -> None:
    expected = {"ResourceId": answered, "FlowId": flow_arn, "ResourceType": "VOICE_PHONE_NUMBER"}
    assert listed(client, instance_id, ResourceType="VOICE_PHONE_NUMBER") == [expected]


def test_a_phone_number_without_a_flow_is_not_listed(client: Any, instance_id: str, number_arn: str) -> None:
    assert listed(client, instance_id) == []


def test_a_phone_number_of_another_instance_is_not_listed(client: Any, answered: str) -> None:
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    assert listed(client, other["Id"]) == []


def test_associations_come_a_hundred_to_a_page_and_up_to_a_thousand(client: Any, instance_id: str, flow_id: str) -> None:
    for number in range(101):
        associate(client, instance_id, flow_id, f"{SMS}-{number}")
    pages = client.get_paginator("list_flow_associations").paginate(InstanceId=instance_id)
    assert [len(page["FlowAssociationSummaryList"]) for page in pages] == [100, 1]
    assert len(listed(client, instance_id, MaxResults=1000)) == 101


def test_a_batch_shows_the_resources_asked_for_that_have_flows(
    client: Any, instance_id: str, several: None, answered: str
) -> None:
    found = batch(client, instance_id, answered, SMS, f"{SMS}-other")
    assert {each["ResourceId"] for each in found} == {SMS, answered}


def test_a_batch_shows_one_type_alone(client: Any, instance_id: str, several: None, answered: str) -> None:
    found = batch(client, instance_id, answered, SMS, WHATSAPP, ResourceType="WHATSAPP_MESSAGING_PHONE_NUMBER")
    assert [each["ResourceId"] for each in found] == [WHATSAPP]


# --- email addresses --------------------------------------------------------------------------------------------------


@pytest.fixture
def address_arn(client: Any, instance_id: str) -> str:
    """The ARN of an email address of the instance."""
    domain = "arn:aws:ses:us-east-1:123456789012:identity/example.com"
    client.create_integration_association(InstanceId=instance_id, IntegrationType="SES_IDENTITY", IntegrationArn=domain)
    made = client.create_email_address(InstanceId=instance_id, EmailAddress="help@example.com")
    return str(made["EmailAddressArn"])


def test_an_email_address_has_a_flow_for_each_direction(
    client: Any, instance_id: str, flow_id: str, flow_arn: str, other_flow: Any, address_arn: str
) -> None:
    associate(client, instance_id, flow_id, address_arn, "INBOUND_EMAIL")
    associate(client, instance_id, other_flow["ContactFlowId"], address_arn, "OUTBOUND_EMAIL")
    assert flow_of(client, instance_id, address_arn, "INBOUND_EMAIL") == flow_arn
    assert flow_of(client, instance_id, address_arn, "OUTBOUND_EMAIL") == other_flow["ContactFlowArn"]


def test_an_email_address_that_is_deleted_has_no_flow(
    client: Any, instance_id: str, flow_id: str, address_arn: str, refused: Any
) -> None:
    associate(client, instance_id, flow_id, address_arn, "INBOUND_EMAIL")
    client.delete_email_address(InstanceId=instance_id, EmailAddressId=address_arn.rpartition("/")[2])
    assert listed(client, instance_id) == []
    with refused("ResourceNotFoundException"):
        flow_of(client, instance_id, address_arn, "INBOUND_EMAIL")


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "resource"),
    [
        ("SMS_PHONE_NUMBER", WHATSAPP),
        ("SMS_PHONE_NUMBER", "+12065550100"),
        ("WHATSAPP_MESSAGING_PHONE_NUMBER", SMS),
        ("ANALYTICS_CONNECTOR", "connector"),
    ],
)
def test_a_resource_is_named_by_an_arn_of_its_type(
    client: Any, instance_id: str, flow_id: str, kind: str, resource: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, flow_id, resource, kind)
    assert refusal.message.startswith("ResourceId must be the ARN of a")
    assert refusal.message.endswith(f"got {resource!r}")


def test_a_phone_number_gets_its_flow_elsewhere(
    client: Any, instance_id: str, flow_id: str, number_arn: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, flow_id, number_arn, "VOICE_PHONE_NUMBER")
    assert "ResourceType must be one of SMS_PHONE_NUMBER" in refusal.message


@pytest.mark.parametrize("version", ["", ":1"])
def test_a_flow_that_does_not_exist_is_not_found(
    client: Any, instance_id: str, flow_id: str, version: str, refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        associate(client, instance_id, f"{flow_id}{version}" if version else UNKNOWN)


def test_a_flow_that_was_never_published_answers_for_nothing(
    client: Any, instance_id: str, content: Any, refused: Any
) -> None:
    draft = client.create_contact_flow(
        InstanceId=instance_id, Name="Draft", Type="CONTACT_FLOW", Content=content(), Status="SAVED"
    )
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, draft["ContactFlowId"])
    assert refusal.message == "FlowId must be a published flow, Draft was only saved"


def test_a_draft_answers_for_nothing(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        associate(client, instance_id, f"{flow_id}:$SAVED")


@pytest.mark.parametrize("kind", ["INBOUND_EMAIL", "OUTBOUND_EMAIL"])
def test_an_email_address_that_does_not_exist_is_not_found(
    amazon_connect: Any, client: Any, flow_id: str, kind: str, refused: Any
) -> None:
    address = f"{amazon_connect.instance['Arn']}/email-address/{UNKNOWN}"
    with refused("ResourceNotFoundException") as refusal:
        associate(client, amazon_connect.instance_id, flow_id, address, kind)
    assert address in refusal.message


@EACH
def test_a_resource_without_a_flow_has_no_association(
    client: Any, instance_id: str, kind: str, resource: str, refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        flow_of(client, instance_id, resource, kind)
    with refused("ResourceNotFoundException"):
        client.disassociate_flow(InstanceId=instance_id, ResourceId=resource, ResourceType=kind)
