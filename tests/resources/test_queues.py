"""Queues: create, describe, list, search, update, delete; and the queues of agents."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

Act = Callable[..., Any]
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def described(act: Act) -> Callable[[str], dict[str, Any]]:
    """A queue as DescribeQueue shows it."""
    return lambda queue_id: dict(act("describe_queue", QueueId=queue_id)["Queue"])


@pytest.fixture
def basic_queue(act: Act, described: Any) -> dict[str, Any]:
    """The queue that the instance came with."""
    return dict(described(act("list_queues")["QueueSummaryList"][0]["Id"]))


@pytest.fixture
def whisper_id(act: Act) -> str:
    """The id of the default outbound whisper flow."""
    found = act("list_contact_flows", ContactFlowTypes=["OUTBOUND_WHISPER"])["ContactFlowSummaryList"]
    return str(found[0]["Id"])


def claimed(client: Any, target_arn: str) -> dict[str, str]:
    """The ids of a number that was claimed to an instance or a traffic distribution group."""
    offered = client.search_available_phone_numbers(TargetArn=target_arn, PhoneNumberCountryCode="US", PhoneNumberType="DID")
    number = offered["AvailableNumbersList"][0]["PhoneNumber"]
    made = client.claim_phone_number(TargetArn=target_arn, PhoneNumber=number)
    return {"PhoneNumberId": made["PhoneNumberId"], "PhoneNumberArn": made["PhoneNumberArn"]}


@pytest.fixture
def number(client: Any, amazon_connect: Any) -> dict[str, str]:
    """The ids of a telephone number that is claimed to the instance."""
    return claimed(client, amazon_connect.instance["Arn"])


@pytest.fixture
def email_id(act: Act, amazon_connect: Any) -> str:
    """The id of an email address."""
    address = f"help@{amazon_connect.instance['InstanceAlias']}.email.connect.aws"
    return str(act("create_email_address", EmailAddress=address)["EmailAddressId"])


def called(name: str) -> dict[str, Any]:
    """The criteria that find the queue of that name."""
    return {"StringCondition": {"FieldName": "name", "ComparisonType": "EXACT", "Value": name}}


def names(found: Any) -> list[str]:
    """The names in the answer of a search."""
    return [queue["Name"] for queue in found["Queues"]]


# --- the queue that an instance comes with ----------------------------------------------------------------------------


def test_a_new_instance_has_basic_queue(basic_queue: dict[str, Any], hours_id: str) -> None:
    assert (basic_queue["Name"], basic_queue["Description"]) == ("BasicQueue", "A simple, basic voice queue.")
    assert (basic_queue["Status"], basic_queue["HoursOfOperationId"]) == ("ENABLED", hours_id)
    assert basic_queue.keys().isdisjoint({"MaxContacts", "OutboundCallerConfig", "OutboundEmailConfig"})


def test_default_flows_name_basic_queue(act: Act, basic_queue: dict[str, Any]) -> None:
    flows = act("search_contact_flows", MaxResults=100)["ContactFlows"]
    sample = next(flow for flow in flows if flow["Name"] == "Sample queue customer")
    assert basic_queue["QueueArn"] in sample["Content"]


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_has_no_queue(act: Act) -> None:
    assert act("list_queues")["QueueSummaryList"] == []


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_new_queue_is_described_as_it_was_created(act: Act, hours_id: str, described: Any) -> None:
    settings = {"Name": "Sales", "Description": "Who buys", "MaxContacts": 5, "Tags": {"team": "blue"}}
    made = act("create_queue", HoursOfOperationId=hours_id, **settings)
    found = described(made["QueueId"])
    assert {name: found[name] for name in settings} == settings
    assert (found["QueueArn"], found["Status"], found["HoursOfOperationId"]) == (made["QueueArn"], "ENABLED", hours_id)
    assert found["LastModifiedRegion"] == "us-east-1"


def test_a_queue_has_an_arn_below_its_instance(amazon_connect: Any, queue_id: str, described: Any) -> None:
    assert described(queue_id)["QueueArn"] == f"{amazon_connect.instance['Arn']}/queue/{queue_id}"


def test_a_queue_is_described_by_arn_too(described: Any, queue_id: str) -> None:
    assert described(described(queue_id)["QueueArn"]) == described(queue_id)


def test_a_queue_takes_the_arn_of_its_hours(act: Act, amazon_connect: Any, hours_id: str, described: Any) -> None:
    arn = f"{amazon_connect.instance['Arn']}/operating-hours/{hours_id}"
    made = act("create_queue", Name="Sales", HoursOfOperationId=arn)
    assert described(made["QueueId"])["HoursOfOperationId"] == hours_id


def test_a_queue_without_hours_that_exist_is_refused(act: Act, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act("create_queue", Name="Sales", HoursOfOperationId=NO_ID)
    assert NO_ID in refusal.message


@pytest.mark.parametrize("name", ["Support", "BasicQueue"])
def test_a_name_is_taken_once_in_an_instance(make_queue: Any, queue_id: str, name: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        make_queue(name)
    assert name in refusal.message


@pytest.mark.amazon_connect(quotas={"queues": 2})
def test_queues_are_as_many_as_the_quota_allows(
    impatient_client: Any, instance_id: str, hours_id: str, queue_id: str, refused: Any
) -> None:
    with refused("LimitExceededException"):
        impatient_client.create_queue(InstanceId=instance_id, Name="Sales", HoursOfOperationId=hours_id)


@pytest.mark.amazon_connect(quotas={"queues": 2})
def test_queues_of_agents_do_not_count(agent_queue_id: str, queue_id: str, described: Any) -> None:
    assert described(queue_id)["Name"] == "Support"


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_queue", {}),
        ("delete_queue", {}),
        ("update_queue_name", {"Name": "New"}),
        ("update_queue_status", {"Status": "DISABLED"}),
        ("update_queue_hours_of_operation", {"HoursOfOperationId": NO_ID}),
        ("update_queue_max_contacts", {"MaxContacts": 1}),
        ("update_queue_outbound_caller_config", {"OutboundCallerConfig": {}}),
        ("update_queue_outbound_email_config", {"OutboundEmailConfig": {}}),
    ],
)
def test_a_queue_that_does_not_exist_is_not_found(act: Act, operation: str, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, QueueId=NO_ID, **members)
    assert NO_ID in refusal.message


# --- list -------------------------------------------------------------------------------------------------------------


def test_queues_are_listed_in_the_order_in_which_they_came(act: Act, make_queue: Any) -> None:
    made = [make_queue(name) for name in ("Sales", "Billing")]
    found = act("list_queues")["QueueSummaryList"]
    assert [queue["Name"] for queue in found] == ["BasicQueue", "Sales", "Billing"]
    assert [queue["Id"] for queue in found[1:]] == made
    assert found[1].keys() == {"Id", "Arn", "Name", "QueueType", "LastModifiedTime", "LastModifiedRegion"}


def test_a_page_of_queues_has_the_size_that_was_asked_for(act: Act, queue_id: str) -> None:
    page = act("list_queues", MaxResults=1)
    rest = act("list_queues", MaxResults=1, NextToken=page["NextToken"])
    assert [queue["Name"] for queue in (*page["QueueSummaryList"], *rest["QueueSummaryList"])] == ["BasicQueue", "Support"]
    assert "NextToken" not in rest


@pytest.mark.parametrize(("operation", "largest"), [("list_queues", 1000), ("search_queues", 500)])
def test_the_largest_page_of_queues_is_documented(act: Act, operation: str, largest: int, refused: Any) -> None:
    act(operation, MaxResults=largest)
    with refused("InvalidParameterException"):
        act(operation, MaxResults=largest + 1)


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ([], {"STANDARD", "AGENT"}),
        (["STANDARD", "AGENT"], {"STANDARD", "AGENT"}),
        (["STANDARD"], {"STANDARD"}),
        (["AGENT"], {"AGENT"}),
    ],
)
def test_queues_are_listed_by_type(act: Act, agent_queue_id: str, types: list[str], expected: set[str]) -> None:
    found = act("list_queues", QueueTypes=types)["QueueSummaryList"]
    assert {queue["QueueType"] for queue in found} == expected


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "comparison"),
    [
        ("name", "Support", "EXACT"),
        ("name", "supp", "STARTS_WITH"),
        ("name", "port", "CONTAINS"),
        ("description", "help", "CONTAINS"),
        ("description", "Who needs help", "EXACT"),
    ],
)
def test_queues_are_found_by_their_texts(act: Act, make_queue: Any, field: str, value: str, comparison: str) -> None:
    make_queue("Support", Description="Who needs help")
    condition = {"FieldName": field, "Value": value, "ComparisonType": comparison}
    assert names(act("search_queues", SearchCriteria={"StringCondition": condition})) == ["Support"]


def test_a_queue_is_found_by_its_id(act: Act, queue_id: str) -> None:
    condition = {"FieldName": "resourceID", "Value": queue_id, "ComparisonType": "EXACT"}
    assert names(act("search_queues", SearchCriteria={"StringCondition": condition})) == ["Support"]


def test_queues_are_not_found_by_other_fields(act: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("search_queues", SearchCriteria={"StringCondition": {"FieldName": "status", "Value": "ENABLED"}})
    assert "name, description, resourceID" in refusal.message


def test_queues_are_found_by_tag(act: Act, make_queue: Any) -> None:
    make_queue("Sales", Tags={"team": "blue"})
    make_queue("Support", Tags={"team": "red"})
    condition = {"TagKey": "team", "TagValue": "red"}
    assert names(act("search_queues", SearchFilter={"TagFilter": {"TagCondition": condition}})) == ["Support"]


@pytest.mark.parametrize("criteria", [{}, {"SearchCriteria": {"QueueTypeCondition": "STANDARD"}}])
def test_the_queues_of_agents_are_never_found(act: Act, agent_queue_id: str, criteria: dict[str, Any]) -> None:
    found = act("search_queues", **criteria)
    assert names(found) == ["BasicQueue"]
    assert found["ApproximateTotalCount"] == 1


def test_a_search_counts_all_that_it_found(act: Act, queue_id: str) -> None:
    page = act("search_queues", MaxResults=1)
    rest = act("search_queues", MaxResults=1, NextToken=page["NextToken"])
    assert (names(page), names(rest)) == (["BasicQueue"], ["Support"])
    assert page["ApproximateTotalCount"] == rest["ApproximateTotalCount"] == 2


def test_a_found_queue_is_shown_whole(act: Act, queue_id: str, described: Any) -> None:
    assert act("search_queues")["Queues"][1] == described(queue_id)


def test_a_deleted_queue_is_gone_from_list_and_search(act: Act, queue_id: str) -> None:
    act("delete_queue", QueueId=queue_id)
    assert names(act("search_queues")) == ["BasicQueue"]
    assert len(act("list_queues")["QueueSummaryList"]) == 1


# --- update -----------------------------------------------------------------------------------------------------------


def test_a_queue_is_renamed(act: Act, queue_id: str, described: Any) -> None:
    act("update_queue_name", QueueId=queue_id, Name="Care")
    assert described(queue_id)["Name"] == "Care"


def test_a_description_changes_alone(act: Act, queue_id: str, described: Any) -> None:
    act("update_queue_name", QueueId=queue_id, Description="Who needs help")
    assert (described(queue_id)["Name"], described(queue_id)["Description"]) == ("Support", "Who needs help")


def test_a_queue_is_not_renamed_to_a_name_that_is_taken(act: Act, queue_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        act("update_queue_name", QueueId=queue_id, Name="BasicQueue")


def test_name_or_description_has_to_be_given(act: Act, queue_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act("update_queue_name", QueueId=queue_id)
    assert "Name or Description" in refusal.message


def test_a_queue_is_disabled(act: Act, queue_id: str, described: Any) -> None:
    act("update_queue_status", QueueId=queue_id, Status="DISABLED")
    assert described(queue_id)["Status"] == "DISABLED"


def test_a_change_is_noted_with_its_time(act: Act, amazon_connect: Any, queue_id: str, described: Any) -> None:
    before = described(queue_id)["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    act("update_queue_max_contacts", QueueId=queue_id, MaxContacts=1)
    assert (described(queue_id)["LastModifiedTime"] - before).total_seconds() >= 60


def test_a_queue_keeps_other_hours(act: Act, queue_id: str, described: Any) -> None:
    hours_id = act("create_hours_of_operation", Name="Never", TimeZone="UTC", Config=[])["HoursOfOperationId"]
    act("update_queue_hours_of_operation", QueueId=queue_id, HoursOfOperationId=hours_id)
    assert described(queue_id)["HoursOfOperationId"] == hours_id


def test_a_queue_does_not_keep_hours_that_do_not_exist(act: Act, queue_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act("update_queue_hours_of_operation", QueueId=queue_id, HoursOfOperationId=NO_ID)


def test_hours_that_a_queue_keeps_are_not_deleted(act: Act, queue_id: str, hours_id: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        act("delete_hours_of_operation", HoursOfOperationId=hours_id)


# --- maximum contacts -------------------------------------------------------------------------------------------------


def test_a_queue_is_limited(act: Act, queue_id: str, described: Any) -> None:
    act("update_queue_max_contacts", QueueId=queue_id, MaxContacts=0)
    assert described(queue_id)["MaxContacts"] == 0


def test_without_a_number_the_limit_is_lifted(act: Act, make_queue: Any, described: Any) -> None:
    queue_id = make_queue("Sales", MaxContacts=5)
    act("update_queue_max_contacts", QueueId=queue_id)
    assert "MaxContacts" not in described(queue_id)


def test_a_limit_is_less_than_the_quotas_of_concurrent_contacts(act: Act, queue_id: str, refused: Any) -> None:
    act("update_queue_max_contacts", QueueId=queue_id, MaxContacts=4009)
    with refused("InvalidParameterException") as refusal:
        act("update_queue_max_contacts", QueueId=queue_id, MaxContacts=4010)
    assert "MaxContacts must be less than 4010" in refusal.message


def test_a_new_queue_is_limited_by_the_quotas_too(make_queue: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        make_queue("Sales", MaxContacts=4010)


@pytest.mark.amazon_connect(quotas={"concurrent_calls": 20})
def test_a_larger_quota_allows_a_larger_limit(make_queue: Any, described: Any) -> None:
    assert described(make_queue("Sales", MaxContacts=4010))["MaxContacts"] == 4010


# --- outbound calls ---------------------------------------------------------------------------------------------------


def test_a_new_queue_has_its_outbound_caller(make_queue: Any, number: Any, whisper_id: str, described: Any) -> None:
    config = {
        "OutboundCallerIdName": "Shop",
        "OutboundCallerIdNumberId": number["PhoneNumberId"],
        "OutboundFlowId": whisper_id,
    }
    assert described(make_queue("Sales", OutboundCallerConfig=config))["OutboundCallerConfig"] == config


def test_the_outbound_caller_is_replaced(act: Act, make_queue: Any, number: Any, described: Any) -> None:
    queue_id = make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdName": "Shop"})
    config = {"OutboundCallerIdNumberId": number["PhoneNumberId"]}
    act("update_queue_outbound_caller_config", QueueId=queue_id, OutboundCallerConfig=config)
    assert described(queue_id)["OutboundCallerConfig"] == config


def test_the_outbound_caller_is_taken_away(act: Act, make_queue: Any, described: Any) -> None:
    queue_id = make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdName": "Shop"})
    act("update_queue_outbound_caller_config", QueueId=queue_id, OutboundCallerConfig={})
    assert "OutboundCallerConfig" not in described(queue_id)


def test_the_callers_number_is_given_by_arn_too(make_queue: Any, number: Any, described: Any) -> None:
    queue_id = make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdNumberId": number["PhoneNumberArn"]})
    assert described(queue_id)["OutboundCallerConfig"] == {"OutboundCallerIdNumberId": number["PhoneNumberId"]}


def test_the_callers_number_is_not_given_by_its_old_arn(
    make_queue: Any, amazon_connect: Any, number: Any, refused: Any
) -> None:
    arn = f"{amazon_connect.instance['Arn']}/phone-number/{number['PhoneNumberId']}"
    with refused("InvalidParameterException") as refusal:
        make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdNumberId": arn})
    assert arn in refusal.message


def test_the_callers_number_has_to_be_claimed(make_queue: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdNumberId": NO_ID})
    assert NO_ID in refusal.message


def test_the_callers_number_is_not_one_of_another_instance(client: Any, number: Any, refused: Any) -> None:
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    queue = client.list_queues(InstanceId=other["Id"])["QueueSummaryList"][0]
    with refused("ResourceNotFoundException"):
        client.update_queue_outbound_caller_config(
            InstanceId=other["Id"],
            QueueId=queue["Id"],
            OutboundCallerConfig={"OutboundCallerIdNumberId": number["PhoneNumberId"]},
        )


@pytest.mark.amazon_connect(quotas={"phone_numbers": 0})
def test_a_number_whose_claim_failed_cannot_call(make_queue: Any, number: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdNumberId": number["PhoneNumberId"]})


@pytest.fixture
def shared(client: Any) -> dict[str, Any]:
    """A number that the two Regions of a replicated instance share, and what queues need there."""
    made = client.create_instance(
        IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    client.replicate_instance(InstanceId=made["Id"], ReplicaRegion="us-west-2", ReplicaAlias="acme-west")
    group = client.list_traffic_distribution_groups(InstanceId=made["Id"])["TrafficDistributionGroupSummaryList"][0]
    return {"InstanceId": made["Id"], **claimed(client, group["Arn"])}


def shared_queue(region_name: str, shared: dict[str, Any], number: str) -> Any:
    """What the caller is after a queue of that Region was given the number."""
    client = boto3.client("connect", region_name=region_name)
    queue = {"InstanceId": shared["InstanceId"]}
    hours = client.create_hours_of_operation(**queue, Name="Never", TimeZone="UTC", Config=[])["HoursOfOperationId"]
    caller = {"OutboundCallerIdNumberId": number}
    made = client.create_queue(**queue, Name="Sales", HoursOfOperationId=hours, OutboundCallerConfig=caller)
    found = client.describe_queue(**queue, QueueId=made["QueueId"])["Queue"]["OutboundCallerConfig"]
    return found["OutboundCallerIdNumberId"]


def test_a_number_of_a_traffic_distribution_group_calls_in_its_own_region(shared: dict[str, Any]) -> None:
    assert shared_queue("us-east-1", shared, shared["PhoneNumberId"]) == shared["PhoneNumberId"]


def test_a_number_of_a_traffic_distribution_group_calls_in_the_other_region_by_arn(shared: dict[str, Any]) -> None:
    assert shared_queue("us-west-2", shared, shared["PhoneNumberArn"]) == shared["PhoneNumberArn"]


def test_a_number_of_a_traffic_distribution_group_is_no_id_in_the_other_region(shared: dict[str, Any]) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        shared_queue("us-west-2", shared, shared["PhoneNumberId"])


def test_a_number_that_was_released_calls_no_longer(client: Any, make_queue: Any, number: Any, described: Any) -> None:
    queue_id = make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdNumberId": number["PhoneNumberId"]})
    client.release_phone_number(PhoneNumberId=number["PhoneNumberId"])
    assert "OutboundCallerConfig" not in described(queue_id)


def test_a_number_that_went_to_another_instance_calls_no_longer(
    client: Any, make_queue: Any, number: Any, described: Any
) -> None:
    caller = {"OutboundCallerIdName": "Shop", "OutboundCallerIdNumberId": number["PhoneNumberId"]}
    queue_id = make_queue("Sales", OutboundCallerConfig=caller)
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    client.update_phone_number(PhoneNumberId=number["PhoneNumberId"], TargetArn=other["Arn"])
    assert described(queue_id)["OutboundCallerConfig"] == {"OutboundCallerIdName": "Shop"}


def test_a_number_that_was_released_calls_no_longer_in_the_other_region(client: Any, shared: dict[str, Any]) -> None:
    shared_queue("us-west-2", shared, shared["PhoneNumberArn"])
    client.release_phone_number(PhoneNumberId=shared["PhoneNumberId"])
    west = boto3.client("connect", region_name="us-west-2")
    found = west.search_queues(InstanceId=shared["InstanceId"], SearchCriteria=called("Sales"))["Queues"]
    assert ["OutboundCallerConfig" in each for each in found] == [False]


def test_the_whisper_flow_has_to_exist(make_queue: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        make_queue("Sales", OutboundCallerConfig={"OutboundFlowId": NO_ID})


def test_an_inbound_flow_does_not_whisper(make_queue: Any, flow_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        make_queue("Sales", OutboundCallerConfig={"OutboundFlowId": flow_id})
    assert "OUTBOUND_WHISPER" in refusal.message
    assert "CONTACT_FLOW" in refusal.message


def test_a_deleted_flow_whispers_no_longer(act: Act, make_queue: Any, content: Any, described: Any) -> None:
    flow = act("create_contact_flow", Name="Psst", Type="OUTBOUND_WHISPER", Content=content(last="EndFlowExecution"))[
        "ContactFlowId"
    ]
    queue_id = make_queue("Sales", OutboundCallerConfig={"OutboundCallerIdName": "Shop", "OutboundFlowId": flow})
    act("delete_contact_flow", ContactFlowId=flow)
    assert described(queue_id)["OutboundCallerConfig"] == {"OutboundCallerIdName": "Shop"}


# --- outbound email ---------------------------------------------------------------------------------------------------


def test_a_new_queue_has_its_outbound_email_address(make_queue: Any, email_id: str, described: Any) -> None:
    config = {"OutboundEmailAddressId": email_id}
    assert described(make_queue("Sales", OutboundEmailConfig=config))["OutboundEmailConfig"] == config


def test_the_outbound_email_address_is_set_and_taken_away(act: Act, queue_id: str, email_id: str, described: Any) -> None:
    config = {"OutboundEmailAddressId": email_id}
    act("update_queue_outbound_email_config", QueueId=queue_id, OutboundEmailConfig=config)
    assert described(queue_id)["OutboundEmailConfig"] == config
    act("update_queue_outbound_email_config", QueueId=queue_id, OutboundEmailConfig={})
    assert "OutboundEmailConfig" not in described(queue_id)


def test_the_outbound_email_address_has_to_exist(act: Act, queue_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act(
            "update_queue_outbound_email_config",
            QueueId=queue_id,
            OutboundEmailConfig={"OutboundEmailAddressId": NO_ID},
        )


# --- delete -----------------------------------------------------------------------------------------------------------


def test_a_deleted_queue_is_not_found(act: Act, queue_id: str, refused: Any) -> None:
    act("delete_queue", QueueId=queue_id)
    with refused("ResourceNotFoundException"):
        act("describe_queue", QueueId=queue_id)


def test_the_name_of_a_deleted_queue_is_free(act: Act, make_queue: Any, queue_id: str) -> None:
    act("delete_queue", QueueId=queue_id)
    assert make_queue("Support") != queue_id


def test_the_queue_of_a_routing_profile_is_not_deleted(act: Act, basic_queue: dict[str, Any], refused: Any) -> None:
    with refused("ResourceInUseException") as refusal:
        act("delete_queue", QueueId=basic_queue["QueueId"])
    assert "Basic Routing Profile" in refusal.message
    assert refusal.response["ResourceId"] == basic_queue["QueueId"]


def test_the_queue_of_a_quick_connect_is_not_deleted(act: Act, queue_id: str, refused: Any) -> None:
    flows = act("list_contact_flows", ContactFlowTypes=["QUEUE_TRANSFER"])["ContactFlowSummaryList"]
    target = {"QueueId": queue_id, "ContactFlowId": flows[0]["Id"]}
    act("create_quick_connect", Name="To support", QuickConnectConfig={"QuickConnectType": "QUEUE", "QueueConfig": target})
    with refused("ResourceInUseException") as refusal:
        act("delete_queue", QueueId=queue_id)
    assert "To support" in refusal.message


# --- the queues of agents ---------------------------------------------------------------------------------------------


def test_the_queue_of_an_agent_has_the_users_id_and_no_name(act: Act, amazon_connect: Any, agent_queue_id: str) -> None:
    found = act("list_queues", QueueTypes=["AGENT"])["QueueSummaryList"][0]
    assert found["Id"] == agent_queue_id
    assert found["Arn"] == f"{amazon_connect.instance['Arn']}/queue/agent/{agent_queue_id}"
    assert "Name" not in found


def test_the_queue_of_an_agent_is_described_and_holds_10_contacts(described: Any, agent_queue_id: str) -> None:
    assert described(agent_queue_id)["MaxContacts"] == 10
    assert described(described(agent_queue_id)["QueueArn"])["QueueId"] == agent_queue_id


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("delete_queue", {}),
        ("update_queue_name", {"Name": "New"}),
        ("update_queue_status", {"Status": "DISABLED"}),
        ("update_queue_hours_of_operation", {"HoursOfOperationId": NO_ID}),
        ("update_queue_max_contacts", {"MaxContacts": 1}),
        ("update_queue_outbound_caller_config", {"OutboundCallerConfig": {}}),
        ("update_queue_outbound_email_config", {"OutboundEmailConfig": {}}),
    ],
)
def test_nobody_changes_the_queue_of_an_agent(
    act: Act, agent_queue_id: str, operation: str, members: dict[str, Any], refused: Any
) -> None:
    with refused("InvalidRequestException") as refusal:
        act(operation, QueueId=agent_queue_id, **members)
    assert agent_queue_id in refusal.message


def test_the_queue_of_an_agent_has_no_tags(client: Any, described: Any, agent_queue_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        client.tag_resource(resourceArn=described(agent_queue_id)["QueueArn"], tags={"team": "blue"})


def test_the_queue_of_an_agent_goes_with_the_user(act: Act, agent_queue_id: str) -> None:
    act("delete_user", UserId=agent_queue_id)
    assert act("list_queues", QueueTypes=["AGENT"])["QueueSummaryList"] == []


# --- tags -------------------------------------------------------------------------------------------------------------


def test_the_tags_of_queues_are_found_as_those_of_standard_queues(act: Act, make_queue: Any) -> None:
    make_queue("Sales", Tags={"team": "blue"})
    assert act("search_resource_tags", ResourceTypes=["standard-queue"])["Tags"] == [{"key": "team", "value": "blue"}]


# --- in flows ---------------------------------------------------------------------------------------------------------


def to_queue(queue_id: str) -> str:
    """Flow content that puts a contact in a queue."""
    errors = [{"NextAction": "bye", "ErrorType": each} for each in ("NoMatchingError", "QueueAtCapacity")]
    choose: dict[str, Any] = {"Identifier": "choose", "Type": "UpdateContactTargetQueue"}
    choose["Parameters"] = {"QueueId": queue_id}
    choose["Transitions"] = {"NextAction": "wait", "Errors": errors[:1], "Conditions": []}
    wait: dict[str, Any] = {"Identifier": "wait", "Type": "TransferContactToQueue", "Parameters": {}}
    wait["Transitions"] = {"NextAction": "bye", "Errors": errors, "Conditions": []}
    bye = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
    return json.dumps({"Version": "2019-10-30", "StartAction": "choose", "Metadata": {}, "Actions": [choose, wait, bye]})


def test_a_flow_leads_to_a_queue_by_id_and_by_arn(act: Act, queue_id: str, described: Any) -> None:
    for name, queue in (("By id", queue_id), ("By ARN", described(queue_id)["QueueArn"])):
        assert act("create_contact_flow", Name=name, Type="CONTACT_FLOW", Content=to_queue(queue))["ContactFlowId"]


def test_a_flow_to_a_queue_that_does_not_exist_is_not_published(act: Act, client: Any) -> None:
    with pytest.raises(client.exceptions.InvalidContactFlowException) as caught:
        act("create_contact_flow", Name="Lost", Type="CONTACT_FLOW", Content=to_queue(NO_ID))
    assert NO_ID in str(caught.value.response["problems"])
