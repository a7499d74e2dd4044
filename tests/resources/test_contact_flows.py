"""Flows: create, describe, draft and published content, metadata, delete, list."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from connect_mock import mock_connect
from tests.conftest import flow_content

NO_FLOW = "00000000-0000-4000-8000-000000000000"


def create(client: Any, instance_id: str, content: str, **members: Any) -> Any:
    return client.create_contact_flow(
        **{"InstanceId": instance_id, "Name": "Inbound", "Type": "CONTACT_FLOW", "Content": content} | members
    )


def flow(client: Any, instance_id: str, flow_id: str) -> Any:
    return client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]


def names(client: Any, instance_id: str, **filters: Any) -> list[str]:
    found = client.list_contact_flows(InstanceId=instance_id, **filters)["ContactFlowSummaryList"]
    return [each["Name"] for each in found]


@pytest.fixture
def draft_id(client: Any, instance_id: str) -> str:
    """A flow that was saved and never published; its content is no flow at all."""
    return str(create(client, instance_id, "not a flow yet", Name="Draft", Status="SAVED")["ContactFlowId"])


# --- create -----------------------------------------------------------------------------------------------------------


def test_a_new_flow_is_described_as_it_was_created(client: Any, instance_id: str, content: Any) -> None:
    made = create(client, instance_id, content(), Description="First contact", Tags={"team": "voice"})
    found = flow(client, instance_id, made["ContactFlowId"])
    assert found["Id"] == made["ContactFlowId"]
    assert found["Arn"] == made["ContactFlowArn"]
    assert (found["Name"], found["Type"], found["Description"]) == ("Inbound", "CONTACT_FLOW", "First contact")
    assert (found["State"], found["Content"], found["Tags"]) == ("ACTIVE", content(), {"team": "voice"})


def test_a_flow_has_an_arn_below_its_instance(client: Any, instance_id: str, content: Any) -> None:
    made = create(client, instance_id, content())
    instance_arn = f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}"
    assert made["ContactFlowArn"] == f"{instance_arn}/contact-flow/{made['ContactFlowId']}"


@pytest.mark.parametrize("status", [{}, {"Status": "PUBLISHED"}])
def test_a_new_flow_is_published_unless_it_says_otherwise(
    client: Any, instance_id: str, content: Any, status: dict[str, str]
) -> None:
    made = create(client, instance_id, content(), **status)
    assert flow(client, instance_id, made["ContactFlowId"])["Status"] == "PUBLISHED"


@pytest.mark.parametrize("status", ["", "published", "ARCHIVED"])
def test_a_flow_is_saved_or_published_and_nothing_else(
    client: Any, instance_id: str, content: Any, status: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        create(client, instance_id, content(), Status=status)
    assert "Status must be one of PUBLISHED, SAVED" in refusal.message


def test_saved_content_is_not_checked(client: Any, instance_id: str, draft_id: str) -> None:
    assert flow(client, instance_id, f"{draft_id}:$SAVED")["Content"] == "not a flow yet"


def test_the_hash_is_the_sha256_of_the_published_content(client: Any, instance_id: str, content: Any) -> None:
    expected = hashlib.sha256(content().encode()).hexdigest()
    made = create(client, instance_id, content())
    assert made["FlowContentSha256"] == expected
    assert flow(client, instance_id, made["ContactFlowId"])["FlowContentSha256"] == expected


def test_a_draft_has_no_hash(client: Any, instance_id: str, content: Any) -> None:
    assert "FlowContentSha256" not in create(client, instance_id, content(), Status="SAVED")


def test_published_content_must_be_a_flow(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidContactFlowException"):
        create(client, instance_id, "not a flow yet")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Grüße, 東京, 🙂, \u2028, \\u00e9", id="unicode"),
        pytest.param(' \t "quoted" \\ ', id="white space and quotes"),
    ],
)
def test_content_comes_back_as_it_was_sent(client: Any, instance_id: str, content: Any, text: str) -> None:
    sent = "\n  " + json.dumps(json.loads(content(text=text)), ensure_ascii=False, indent=3) + "\r\n"
    made = create(client, instance_id, sent)
    assert flow(client, instance_id, made["ContactFlowId"])["Content"] == sent


def test_keys_of_content_keep_their_order(client: Any, instance_id: str, content: Any) -> None:
    sent = json.dumps(dict(reversed(json.loads(content()).items())))
    made = create(client, instance_id, sent)
    assert flow(client, instance_id, made["ContactFlowId"])["Content"] == sent


@pytest.mark.parametrize("length", [0, 256_001])
def test_content_is_at_least_1_and_at_most_256000_characters_long(
    client: Any, instance_id: str, length: int, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        create(client, instance_id, "x" * length, Status="SAVED")
    assert refusal.message == f"Content must be 1 to 256000 characters long, got {length}"


@pytest.mark.parametrize("length", [1, 256_000])
def test_the_longest_and_the_shortest_content_are_kept(client: Any, instance_id: str, length: int) -> None:
    made = create(client, instance_id, "é" * length, Status="SAVED")
    assert len(flow(client, instance_id, f"{made['ContactFlowId']}:$SAVED")["Content"]) == length


def test_a_flow_has_one_of_the_ten_types(client: Any, instance_id: str, content: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(client, instance_id, content(), Type="HOLD_MUSIC")
    assert "Type must be one of CONTACT_FLOW, CUSTOMER_QUEUE" in refusal.message
    assert "'HOLD_MUSIC'" in refusal.message


@pytest.mark.parametrize("name", ["Inbound", "Sample inbound flow (first contact experience)"])
def test_a_name_is_taken_once_in_an_instance(
    client: Any, instance_id: str, flow_id: str, content: Any, name: str, refused: Any
) -> None:
    with refused("DuplicateResourceException") as refusal:
        create(client, instance_id, content(), Name=name, Type="CUSTOMER_QUEUE")
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    assert repr(name) in refusal.message


@pytest.mark.amazon_connect(empty_instances=True, quotas={"contact_flows": 1})
def test_an_instance_has_so_many_flows(
    impatient_client: Any, instance_id: str, flow_id: str, content: Any, refused: Any
) -> None:
    with refused("LimitExceededException") as refusal:
        create(impatient_client, instance_id, content(), Name="Another")
    assert "The quota of 1 contact_flows is used up" in refusal.message


def test_names_that_differ_in_case_are_different(client: Any, instance_id: str, flow_id: str, content: Any) -> None:
    assert create(client, instance_id, content(), Name="INBOUND")["ContactFlowId"] != flow_id


def test_a_name_can_be_used_again_in_another_instance(client: Any, flow_id: str, content: Any) -> None:
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    assert create(client, other["Id"], content())["ContactFlowId"] != flow_id


# --- describe ---------------------------------------------------------------------------------------------------------


def test_a_published_flow_is_described_without_qualifier_and_as_latest(client: Any, instance_id: str, flow_id: str) -> None:
    assert flow(client, instance_id, flow_id) == flow(client, instance_id, f"{flow_id}:$LATEST")


def test_a_described_flow_is_no_version(client: Any, instance_id: str, flow_id: str) -> None:
    assert "Version" not in flow(client, instance_id, flow_id)


@pytest.mark.parametrize("qualifier", ["", ":$LATEST"])
def test_a_flow_that_was_only_saved_is_described_as_saved_alone(
    client: Any, instance_id: str, draft_id: str, qualifier: str, refused: Any
) -> None:
    with refused("ContactFlowNotPublishedException") as refusal:
        flow(client, instance_id, draft_id + qualifier)
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert f"{draft_id}:$SAVED" in refusal.message


@pytest.mark.parametrize("qualifier", ["", ":$SAVED", ":$LATEST"])
def test_a_flow_is_described_by_id_and_by_arn(client: Any, instance_id: str, flow_id: str, qualifier: str) -> None:
    arn = flow(client, instance_id, flow_id)["Arn"]
    assert flow(client, instance_id, f"{arn}{qualifier}") == flow(client, instance_id, f"{flow_id}{qualifier}")


@pytest.mark.parametrize("qualifier", [":1", ":$PUBLISHED", f":{NO_FLOW}"])
def test_a_version_or_alias_that_does_not_exist_is_not_found(
    client: Any, instance_id: str, flow_id: str, qualifier: str, refused: Any
) -> None:
    with refused("ResourceNotFoundException") as refusal:
        flow(client, instance_id, flow_id + qualifier)
    assert qualifier.removeprefix(":") in refusal.message


OPERATIONS_ON_A_FLOW: dict[str, dict[str, Any]] = {
    "describe_contact_flow": {},
    "update_contact_flow_content": {"Content": "{}"},
    "update_contact_flow_metadata": {"Name": "New"},
    "update_contact_flow_name": {"Name": "New"},
    "delete_contact_flow": {},
    "create_contact_flow_version": {},
    "list_contact_flow_versions": {},
    "delete_contact_flow_version": {"ContactFlowVersion": 1},
}


@pytest.mark.parametrize("operation", sorted(OPERATIONS_ON_A_FLOW))
def test_a_flow_that_does_not_exist_is_not_found(client: Any, instance_id: str, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, ContactFlowId=NO_FLOW, **OPERATIONS_ON_A_FLOW[operation])
    assert NO_FLOW in refusal.message


@pytest.mark.parametrize("operation", sorted(OPERATIONS_ON_A_FLOW))
def test_a_flow_is_not_found_in_another_instance(client: Any, flow_id: str, operation: str, refused: Any) -> None:
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=other["Id"], ContactFlowId=flow_id, **OPERATIONS_ON_A_FLOW[operation])


# --- content ----------------------------------------------------------------------------------------------------------


def test_new_content_of_a_flow_is_published(client: Any, instance_id: str, flow_id: str, content: Any) -> None:
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content=content(text="Hi"))
    found = flow(client, instance_id, flow_id)
    assert found["Content"] == content(text="Hi")
    assert found["FlowContentSha256"] == hashlib.sha256(content(text="Hi").encode()).hexdigest()


def test_a_new_draft_leaves_the_published_content_alone(client: Any, instance_id: str, flow_id: str) -> None:
    before = flow(client, instance_id, flow_id)
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:$SAVED", Content="draft")
    after = flow(client, instance_id, flow_id)
    assert (after["Content"], after["FlowContentSha256"]) == (before["Content"], before["FlowContentSha256"])
    assert after["Status"] == "PUBLISHED"


def test_a_draft_is_described_as_saved(client: Any, instance_id: str, flow_id: str) -> None:
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:$SAVED", Content="draft")
    found = flow(client, instance_id, f"{flow_id}:$SAVED")
    assert (found["Content"], found["Status"]) == ("draft", "SAVED")


def test_a_flow_without_a_newer_draft_is_saved_as_it_is_published(client: Any, instance_id: str, flow_id: str) -> None:
    assert flow(client, instance_id, f"{flow_id}:$SAVED") == flow(client, instance_id, flow_id)


@pytest.mark.parametrize("qualifier", ["", ":$LATEST"])
def test_publishing_content_overwrites_the_draft(
    client: Any, instance_id: str, flow_id: str, content: Any, qualifier: str
) -> None:
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:$SAVED", Content="draft")
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id + qualifier, Content=content(text="Hi"))
    assert flow(client, instance_id, f"{flow_id}:$SAVED")["Content"] == content(text="Hi")


def test_a_draft_becomes_a_published_flow(client: Any, instance_id: str, draft_id: str, content: Any) -> None:
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=draft_id, Content=content())
    assert flow(client, instance_id, draft_id)["Status"] == "PUBLISHED"


def test_a_refused_publish_leaves_draft_and_published_content_as_they_were(
    client: Any, instance_id: str, flow_id: str, content: Any, refused: Any
) -> None:
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:$SAVED", Content="draft")
    with refused("InvalidContactFlowException"):
        client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content="{}")
    assert flow(client, instance_id, flow_id)["Content"] == content()
    assert flow(client, instance_id, f"{flow_id}:$SAVED")["Content"] == "draft"


@pytest.mark.parametrize("length", [0, 256_001])
def test_new_content_has_the_same_limits(client: Any, instance_id: str, flow_id: str, length: int, refused: Any) -> None:
    with refused("InvalidParameterException"):
        client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:$SAVED", Content="x" * length)


def test_content_of_a_version_cannot_be_written(
    client: Any, instance_id: str, flow_id: str, content: Any, refused: Any
) -> None:
    client.create_contact_flow_version(InstanceId=instance_id, ContactFlowId=flow_id)
    with refused("InvalidRequestException") as refusal:
        client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:1", Content=content(text="Hi"))
    assert refusal.message == "Content can be written to $SAVED or published, not to 1"


def test_a_new_draft_modifies_the_flow_now(client: Any, instance_id: str, flow_id: str, amazon_connect: Any) -> None:
    before = flow(client, instance_id, flow_id)["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow_id}:$SAVED", Content="draft")
    found = flow(client, instance_id, flow_id)
    assert (found["LastModifiedTime"] - before).total_seconds() >= 60
    assert found["LastModifiedRegion"] == "us-east-1"


# --- metadata ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["update_contact_flow_metadata", "update_contact_flow_name"])
def test_a_flow_is_renamed_and_described_anew(client: Any, instance_id: str, flow_id: str, operation: str) -> None:
    getattr(client, operation)(InstanceId=instance_id, ContactFlowId=flow_id, Name="Welcome", Description="New")
    found = flow(client, instance_id, flow_id)
    assert (found["Name"], found["Description"]) == ("Welcome", "New")


@pytest.mark.parametrize("operation", ["update_contact_flow_metadata", "update_contact_flow_name"])
def test_what_is_not_given_stays_as_it_is(client: Any, instance_id: str, flow_id: str, operation: str) -> None:
    getattr(client, operation)(InstanceId=instance_id, ContactFlowId=flow_id, Description="Only this")
    assert flow(client, instance_id, flow_id)["Name"] == "Inbound"


@pytest.mark.parametrize("operation", ["update_contact_flow_metadata", "update_contact_flow_name"])
def test_a_flow_cannot_take_the_name_of_another(
    client: Any, instance_id: str, flow_id: str, operation: str, refused: Any
) -> None:
    with refused("DuplicateResourceException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, ContactFlowId=flow_id, Name="Default customer hold")
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_a_flow_can_be_renamed_to_its_own_name(client: Any, instance_id: str, flow_id: str) -> None:
    client.update_contact_flow_name(InstanceId=instance_id, ContactFlowId=flow_id, Name="Inbound")
    assert flow(client, instance_id, flow_id)["Name"] == "Inbound"


def test_the_old_name_is_free_after_a_rename(client: Any, instance_id: str, flow_id: str, content: Any) -> None:
    client.update_contact_flow_name(InstanceId=instance_id, ContactFlowId=flow_id, Name="Welcome")
    assert create(client, instance_id, content(), Name="Inbound")["ContactFlowId"] != flow_id


def test_a_draft_is_renamed_without_being_published(client: Any, instance_id: str, draft_id: str) -> None:
    client.update_contact_flow_name(InstanceId=instance_id, ContactFlowId=draft_id, Name="Sketch")
    found = flow(client, instance_id, f"{draft_id}:$SAVED")
    assert (found["Name"], found["Status"]) == ("Sketch", "SAVED")


@pytest.mark.parametrize("state", ["ARCHIVED", "ACTIVE"])
def test_a_flow_is_archived_and_brought_back(client: Any, instance_id: str, flow_id: str, state: str) -> None:
    for each in ("ARCHIVED", state):
        client.update_contact_flow_metadata(InstanceId=instance_id, ContactFlowId=flow_id, ContactFlowState=each)
    found = flow(client, instance_id, flow_id)
    assert (found["State"], found["Status"]) == (state, "PUBLISHED")


@pytest.mark.parametrize("state", ["", "archived", "DELETED"])
def test_a_flow_is_active_or_archived_and_nothing_else(
    client: Any, instance_id: str, flow_id: str, state: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        client.update_contact_flow_metadata(InstanceId=instance_id, ContactFlowId=flow_id, ContactFlowState=state)
    assert "ContactFlowState must be one of ACTIVE, ARCHIVED" in refusal.message


@pytest.fixture
def default_flow_id(client: Any, instance_id: str) -> str:
    """One of the flows that a new instance needs."""
    flows = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    return str(next(each["Id"] for each in flows if each["Name"] == "Default customer queue"))


def test_a_default_flow_cannot_be_archived(client: Any, instance_id: str, default_flow_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.update_contact_flow_metadata(
            InstanceId=instance_id, ContactFlowId=default_flow_id, Name="Mine", ContactFlowState="ARCHIVED"
        )
    assert refusal.message == "Default customer queue is a default flow and cannot be archived"


def test_a_default_flow_cannot_be_deleted(client: Any, instance_id: str, default_flow_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=default_flow_id)
    assert refusal.message == "Default customer queue is a default flow and cannot be deleted"


def test_a_default_flow_stays_one_under_another_name(
    client: Any, instance_id: str, default_flow_id: str, refused: Any
) -> None:
    client.update_contact_flow_name(InstanceId=instance_id, ContactFlowId=default_flow_id, Name="Mine")
    with refused("InvalidRequestException"):
        client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=default_flow_id)


def test_a_default_flow_takes_new_content(client: Any, instance_id: str, default_flow_id: str, content: Any) -> None:
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=default_flow_id, Content=content())
    assert flow(client, instance_id, default_flow_id)["Content"] == content()


# --- delete -----------------------------------------------------------------------------------------------------------


def test_a_deleted_flow_is_gone(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    with refused("ResourceNotFoundException"):
        flow(client, instance_id, flow_id)


def test_a_deleted_flow_is_gone_from_lists(client: Any, instance_id: str, flow_id: str) -> None:
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    assert "Inbound" not in names(client, instance_id)


def test_a_deleted_flow_cannot_be_deleted_again(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    with refused("ResourceNotFoundException"):
        client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)


def test_the_name_of_a_deleted_flow_is_free(client: Any, instance_id: str, flow_id: str, content: Any) -> None:
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    assert create(client, instance_id, content())["ContactFlowId"] != flow_id


def test_a_sample_flow_can_be_deleted(client: Any, instance_id: str) -> None:
    flows = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    sample = next(each["Id"] for each in flows if each["Name"] == "Sample disconnect flow")
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=sample)
    assert "Sample disconnect flow" not in names(client, instance_id)


# --- list -------------------------------------------------------------------------------------------------------------


@pytest.mark.amazon_connect(empty_instances=True)
def test_a_list_says_id_name_type_state_and_status(client: Any, instance_id: str, draft_id: str) -> None:
    (found,) = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    assert found == {
        "Id": draft_id,
        "Arn": f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/contact-flow/{draft_id}",
        "Name": "Draft",
        "ContactFlowType": "CONTACT_FLOW",
        "ContactFlowState": "ACTIVE",
        "ContactFlowStatus": "SAVED",
    }


@pytest.mark.amazon_connect(empty_instances=True)
def test_archived_flows_are_listed(client: Any, instance_id: str, flow_id: str) -> None:
    client.update_contact_flow_metadata(InstanceId=instance_id, ContactFlowId=flow_id, ContactFlowState="ARCHIVED")
    (found,) = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    assert found["ContactFlowState"] == "ARCHIVED"


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["CUSTOMER_HOLD"], ["Default customer hold"]),
        (["OUTBOUND_WHISPER", "CUSTOMER_HOLD"], ["Default customer hold", "Default outbound"]),
        (["CAMPAIGN"], []),
    ],
)
def test_a_list_can_be_of_some_types(client: Any, instance_id: str, types: list[str], expected: list[str]) -> None:
    assert names(client, instance_id, ContactFlowTypes=types) == expected


def test_a_list_of_a_type_that_does_not_exist_is_refused(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        names(client, instance_id, ContactFlowTypes=["CUSTOMER_HOLD", "HOLD"])
    assert "ContactFlowTypes[1] must be one of" in refusal.message


@pytest.mark.amazon_connect(empty_instances=True)
def test_flows_are_listed_a_page_at_a_time(client: Any, instance_id: str) -> None:
    made = [create(client, instance_id, "{}", Name=f"Flow {n}", Status="SAVED")["ContactFlowId"] for n in range(5)]
    pages = client.get_paginator("list_contact_flows").paginate(
        InstanceId=instance_id, ContactFlowTypes=["CONTACT_FLOW"], PaginationConfig={"PageSize": 2}
    )
    found = [[each["Id"] for each in page["ContactFlowSummaryList"]] for page in pages]
    assert found == [made[:2], made[2:4], made[4:]]


def test_each_region_has_its_own_flows(client: Any, instance_id: str, flow_id: str, refused: Any) -> None:
    with mock_connect(region_name="eu-west-2") as elsewhere, refused("ResourceNotFoundException"):
        flow(elsewhere.client, instance_id, flow_id)


def outbound_whisper(client: Any, instance_id: str) -> str:
    content = flow_content(last="EndFlowExecution")
    asked = {"InstanceId": instance_id, "Name": "Before calls", "Type": "OUTBOUND_WHISPER", "Content": content}
    return str(client.create_contact_flow(**asked)["ContactFlowId"])


def archive(client: Any, instance_id: str, flow_id: str) -> None:
    client.update_contact_flow_metadata(InstanceId=instance_id, ContactFlowId=flow_id, ContactFlowState="ARCHIVED")


def test_a_flow_that_a_queue_uses_cannot_be_archived(client: Any, instance_id: str, hours_id: str, refused: Any) -> None:
    flow_id = outbound_whisper(client, instance_id)
    client.create_queue(
        InstanceId=instance_id, Name="Sales", HoursOfOperationId=hours_id, OutboundCallerConfig={"OutboundFlowId": flow_id}
    )
    with refused("InvalidRequestException") as refusal:
        archive(client, instance_id, flow_id)
    assert "used by Queue Sales" in refusal.message


def test_a_flow_that_answers_a_number_cannot_be_archived(
    amazon_connect: Any, client: Any, instance_id: str, flow_id: str, refused: Any
) -> None:
    arn = amazon_connect.instance["Arn"]
    found = client.search_available_phone_numbers(TargetArn=arn, PhoneNumberCountryCode="US", PhoneNumberType="DID")
    number = found["AvailableNumbersList"][0]["PhoneNumber"]
    claimed = client.claim_phone_number(TargetArn=arn, PhoneNumber=number)
    client.associate_phone_number_contact_flow(
        PhoneNumberId=claimed["PhoneNumberId"], InstanceId=instance_id, ContactFlowId=flow_id
    )
    with refused("InvalidRequestException") as refusal:
        archive(client, instance_id, flow_id)
    assert f"used by phone number {number}" in refusal.message
