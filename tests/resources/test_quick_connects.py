"""Quick connects: to users, queues, telephone numbers and flows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NOWHERE = "00000000-0000-4000-8000-000000000000"
NUMBER = "+12065550100"
Act = Callable[..., Any]


def to_number(number: str = NUMBER) -> dict[str, Any]:
    return {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": number}}


def to_queue(queue_id: str, flow_id: str) -> dict[str, Any]:
    return {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue_id, "ContactFlowId": flow_id}}


def to_user(user_id: str, flow_id: str) -> dict[str, Any]:
    return {"QuickConnectType": "USER", "UserConfig": {"UserId": user_id, "ContactFlowId": flow_id}}


def to_flow(flow_id: str) -> dict[str, Any]:
    return {"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": flow_id}}


@pytest.fixture
def flow_of(client: Any, instance_id: str) -> Callable[[str], str]:
    """The id of a default flow of that type."""

    def first(kind: str) -> str:
        flows = client.list_contact_flows(InstanceId=instance_id, ContactFlowTypes=[kind])["ContactFlowSummaryList"]
        return str(flows[0]["Id"])

    return first


@pytest.fixture
def create(client: Any, instance_id: str) -> Act:
    """Creates a quick connect and gives its id."""

    def create(name: str = "Office", config: Any = None, **members: Any) -> str:
        asked = {"InstanceId": instance_id, "Name": name, "QuickConnectConfig": config or to_number()}
        return str(client.create_quick_connect(**asked, **members)["QuickConnectId"])

    return create


@pytest.fixture
def described(client: Any, instance_id: str) -> Act:
    """A quick connect as DescribeQuickConnect shows it."""
    return lambda made: client.describe_quick_connect(InstanceId=instance_id, QuickConnectId=made)["QuickConnect"]


@pytest.fixture
def lead(client: Any, instance_id: str) -> Act:
    """Leads a quick connect elsewhere."""
    return lambda made, config: client.update_quick_connect_config(
        InstanceId=instance_id, QuickConnectId=made, QuickConnectConfig=config
    )


@pytest.fixture
def rename(client: Any, instance_id: str) -> Act:
    """Changes name or description of a quick connect."""
    return lambda made, **members: client.update_quick_connect_name(InstanceId=instance_id, QuickConnectId=made, **members)


@pytest.fixture
def delete(client: Any, instance_id: str) -> Act:
    """Deletes a quick connect."""
    return lambda made: client.delete_quick_connect(InstanceId=instance_id, QuickConnectId=made)


@pytest.fixture
def names(client: Any, instance_id: str) -> Act:
    """The names of quick connects, as they are listed."""
    return lambda **asked: [
        each["Name"] for each in client.list_quick_connects(InstanceId=instance_id, **asked)["QuickConnectSummaryList"]
    ]


# --- create and describe ----------------------------------------------------------------------------------------------


def test_an_instance_comes_without_quick_connects(names: Act) -> None:
    assert names() == []


def test_a_new_quick_connect_is_described_as_it_was_created(client: Any, instance_id: str, described: Act) -> None:
    asked = {"Name": "Office", "Description": "The front desk", "Tags": {"team": "desk"}, "QuickConnectConfig": to_number()}
    made = client.create_quick_connect(InstanceId=instance_id, **asked)
    found = described(made["QuickConnectId"])
    assert {member: found[member] for member in asked} == asked
    assert found["QuickConnectARN"] == made["QuickConnectARN"]
    assert found["LastModifiedRegion"] == "us-east-1"


def test_the_arn_of_a_quick_connect_calls_it_a_transfer_destination(described: Act, create: Act, instance_id: str) -> None:
    made = create()
    assert described(made)["QuickConnectARN"].endswith(f":instance/{instance_id}/transfer-destination/{made}")


def test_a_quick_connect_leads_to_a_queue(create: Act, described: Act, queue_id: str, flow_of: Act) -> None:
    config = to_queue(queue_id, flow_of("QUEUE_TRANSFER"))
    assert described(create(config=config))["QuickConnectConfig"] == config


def test_a_quick_connect_leads_to_a_user(create: Act, described: Act, user: Any, flow_of: Act) -> None:
    config = to_user(user["UserId"], flow_of("AGENT_TRANSFER"))
    assert described(create(config=config))["QuickConnectConfig"] == config


@pytest.mark.parametrize("kind", ["CONTACT_FLOW", "QUEUE_TRANSFER"])
def test_a_quick_connect_leads_to_a_flow_of_any_type(create: Act, described: Act, flow_of: Act, kind: str) -> None:
    config = to_flow(flow_of(kind))
    assert described(create(config=config))["QuickConnectConfig"] == config


def test_arns_in_a_configuration_become_ids(
    create: Act, described: Act, instance_id: str, queue_id: str, flow_of: Act
) -> None:
    instance_arn, flow_id = f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}", flow_of("QUEUE_TRANSFER")
    made = create(config=to_queue(f"{instance_arn}/queue/{queue_id}", f"{instance_arn}/contact-flow/{flow_id}"))
    assert described(made)["QuickConnectConfig"] == to_queue(queue_id, flow_id)


@pytest.mark.parametrize("number", ["2065550100", "+0123", "+1 206 555 0100", "+" + "1" * 16])
def test_a_telephone_number_is_in_e164(create: Act, number: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(config=to_number(number))
    assert "PhoneConfig.PhoneNumber" in refusal.message


@pytest.mark.parametrize("kind", ["USER", "QUEUE", "PHONE_NUMBER", "FLOW"])
def test_a_type_needs_its_configuration(create: Act, kind: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(config={"QuickConnectType": kind})
    assert refusal.message.endswith(f"Config must be given when QuickConnectType is {kind}")


def test_a_type_takes_no_other_configuration(create: Act, flow_of: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(config=to_flow(flow_of("CONTACT_FLOW")) | to_number())
    expected = "QuickConnectConfig must have PhoneConfig and not FlowConfig when QuickConnectType is PHONE_NUMBER"
    assert refusal.message == expected


def test_a_type_is_one_of_four(create: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(config={"QuickConnectType": "EMAIL"})
    assert "QuickConnectType must be one of USER, QUEUE, PHONE_NUMBER, FLOW" in refusal.message


def test_a_queue_is_reached_by_a_flow_that_transfers_to_queues(create: Act, queue_id: str, flow_of: Act, refused: Any) -> None:
    config = to_queue(queue_id, flow_of("AGENT_TRANSFER"))
    with refused("InvalidParameterException") as refusal:
        create(config=config)
    assert "QueueConfig.ContactFlowId must be a flow of type QUEUE_TRANSFER" in refusal.message


def test_a_user_is_reached_by_a_flow_that_transfers_to_agents(create: Act, user: Any, flow_of: Act, refused: Any) -> None:
    config = to_user(user["UserId"], flow_of("QUEUE_TRANSFER"))
    with refused("InvalidParameterException") as refusal:
        create(config=config)
    assert "UserConfig.ContactFlowId must be a flow of type AGENT_TRANSFER" in refusal.message


@pytest.mark.parametrize(
    "config",
    [
        lambda flow_of: to_queue(NOWHERE, flow_of("QUEUE_TRANSFER")),
        lambda flow_of: to_user(NOWHERE, flow_of("AGENT_TRANSFER")),
        lambda flow_of: to_flow(NOWHERE),
    ],
    ids=["queue", "user", "flow"],
)
@pytest.mark.parametrize("update", [False, True], ids=["create", "update"])
def test_what_it_leads_to_has_to_exist(create: Act, lead: Act, flow_of: Act, config: Any, update: bool, refused: Any) -> None:
    made, leading = create("Desk"), config(flow_of)
    with refused("ResourceNotFoundException") as refusal:
        lead(made, leading) if update else create(config=leading)
    assert NOWHERE in refusal.message


@pytest.mark.parametrize("update", [False, True], ids=["create", "update"])
def test_the_queue_of_an_agent_is_not_reached_as_a_queue(
    create: Act, lead: Act, agent_queue_id: str, flow_of: Act, update: bool, refused: Any
) -> None:
    made, leading = create("Desk"), to_queue(agent_queue_id, flow_of("QUEUE_TRANSFER"))
    with refused("InvalidRequestException") as refusal:
        lead(made, leading) if update else create(config=leading)
    assert f"Queue {agent_queue_id} is the queue of an agent" in refusal.message


def test_a_name_is_taken_once(create: Act, refused: Any) -> None:
    create("Office")
    with refused("DuplicateResourceException") as refusal:
        create("Office", to_number("+12065550101"))
    assert "'Office'" in refusal.message


@pytest.mark.amazon_connect(quotas={"quick_connects": 1})
def test_there_are_only_so_many_quick_connects(impatient_client: Any, instance_id: str, create: Act, refused: Any) -> None:
    create()
    with refused("LimitExceededException"):
        impatient_client.create_quick_connect(InstanceId=instance_id, Name="Two", QuickConnectConfig=to_number())


# --- update -----------------------------------------------------------------------------------------------------------


def test_a_quick_connect_can_lead_elsewhere(create: Act, lead: Act, described: Act, flow_of: Act, names: Act) -> None:
    made = create()
    lead(made, to_flow(flow_of("CONTACT_FLOW")))
    assert described(made)["QuickConnectConfig"] == to_flow(flow_of("CONTACT_FLOW"))
    assert names(QuickConnectTypes=["FLOW"]) == ["Office"]


def test_a_refused_configuration_changes_nothing(create: Act, lead: Act, refused: Any) -> None:
    made = create()
    with refused("InvalidParameterException"):
        lead(made, {"QuickConnectType": "QUEUE"})


@pytest.mark.parametrize("change", [{"Name": "Desk"}, {"Description": "By the door"}, {"Description": ""}])
def test_name_and_description_change_alone(
    create: Act, described: Act, rename: Act, amazon_connect: Any, change: dict[str, str]
) -> None:
    made = create(Description="The front desk")
    before = described(made)
    amazon_connect.clock.advance(60)
    rename(made, **change)
    after = described(made)
    assert after == before | change | {"LastModifiedTime": after["LastModifiedTime"]}
    assert after["LastModifiedTime"] > before["LastModifiedTime"]


def test_a_new_name_or_description_has_to_be_given(create: Act, rename: Act, refused: Any) -> None:
    made = create()
    with refused("InvalidRequestException") as refusal:
        rename(made)
    assert refusal.message == "Name or Description must be given"


def test_a_name_that_is_taken_is_no_new_name(create: Act, rename: Act, refused: Any) -> None:
    create("Office")
    made = create("Desk")
    with refused("InvalidRequestException") as refusal:
        rename(made, Name="Office")
    assert "'Office'" in refusal.message


OPERATIONS: dict[str, dict[str, Any]] = {
    "describe_quick_connect": {},
    "update_quick_connect_config": {"QuickConnectConfig": to_number()},
    "update_quick_connect_name": {"Name": "Desk"},
    "delete_quick_connect": {},
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_quick_connect_that_does_not_exist_is_not_found(client: Any, instance_id: str, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, QuickConnectId=NOWHERE, **OPERATIONS[operation])
    assert NOWHERE in refusal.message


# --- what it leads to goes --------------------------------------------------------------------------------------------


def test_a_queue_stays_while_a_quick_connect_leads_to_it(
    client: Any, instance_id: str, create: Act, lead: Act, queue_id: str, flow_of: Act, refused: Any
) -> None:
    made = create(config=to_queue(queue_id, flow_of("QUEUE_TRANSFER")))
    with refused("ResourceInUseException") as refusal:
        client.delete_queue(InstanceId=instance_id, QueueId=queue_id)
    assert f"QuickConnect Office ({made})" in refusal.message
    lead(made, to_number())
    client.delete_queue(InstanceId=instance_id, QueueId=queue_id)


def test_a_deleted_user_leaves_the_quick_connect_as_it_was(
    client: Any, instance_id: str, create: Act, described: Act, user: Any, flow_of: Act
) -> None:
    made = create(config=to_user(user["UserId"], flow_of("AGENT_TRANSFER")))
    client.delete_user(InstanceId=instance_id, UserId=user["UserId"])
    assert described(made)["QuickConnectConfig"]["UserConfig"]["UserId"] == user["UserId"]


def test_a_deleted_flow_leaves_the_quick_connect_as_it_was(
    client: Any, instance_id: str, create: Act, described: Act, flow_id: str
) -> None:
    made = create(config=to_flow(flow_id))
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    assert described(made)["QuickConnectConfig"] == to_flow(flow_id)


def test_a_deleted_quick_connect_is_gone_and_its_name_is_free(create: Act, delete: Act, names: Act) -> None:
    delete(create())
    assert names() == []
    create()


def test_a_deleted_quick_connect_is_gone_from_queues(
    client: Any, instance_id: str, create: Act, delete: Act, queue_id: str
) -> None:
    made, other = create(), create("Desk")
    named = {"InstanceId": instance_id, "QueueId": queue_id}
    client.associate_queue_quick_connects(**named, QuickConnectIds=[made, other])
    delete(made)
    assert [each["Id"] for each in client.list_queue_quick_connects(**named)["QuickConnectSummaryList"]] == [other]


# --- list and search --------------------------------------------------------------------------------------------------


def test_a_listed_quick_connect_says_its_type(client: Any, instance_id: str, create: Act, described: Act) -> None:
    made = create()
    (found,) = client.list_quick_connects(InstanceId=instance_id)["QuickConnectSummaryList"]
    assert (found["Id"], found["Name"], found["QuickConnectType"]) == (made, "Office", "PHONE_NUMBER")
    assert found["Arn"] == described(made)["QuickConnectARN"]


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["PHONE_NUMBER"], ["Office", "Desk"]),
        (["FLOW"], ["Menu"]),
        (["FLOW", "PHONE_NUMBER"], ["Office", "Menu", "Desk"]),
        (["USER", "QUEUE"], []),
    ],
)
def test_quick_connects_of_some_types_are_listed(
    create: Act, names: Act, flow_of: Act, types: list[str], expected: list[str]
) -> None:
    create("Office")
    create("Menu", to_flow(flow_of("CONTACT_FLOW")))
    create("Desk")
    assert names(QuickConnectTypes=types) == expected


@pytest.mark.parametrize(
    ("operation", "result", "largest"),
    [("list_quick_connects", "QuickConnectSummaryList", 1000), ("search_quick_connects", "QuickConnects", 100)],
)
def test_quick_connects_come_in_pages(
    client: Any, instance_id: str, create: Act, operation: str, result: str, largest: int, refused: Any
) -> None:
    for name in ("One", "Two", "Three"):
        create(name)
    first = getattr(client, operation)(InstanceId=instance_id, MaxResults=2)
    rest = getattr(client, operation)(InstanceId=instance_id, MaxResults=largest, NextToken=first["NextToken"])
    assert [each["Name"] for each in first[result] + rest[result]] == ["One", "Two", "Three"]
    with refused("InvalidParameterException"):
        getattr(client, operation)(InstanceId=instance_id, MaxResults=largest + 1)


@pytest.fixture
def found(client: Any, instance_id: str) -> Act:
    """The names that a search finds."""
    return lambda **asked: [
        each["Name"] for each in client.search_quick_connects(InstanceId=instance_id, **asked)["QuickConnects"]
    ]


def string(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"SearchCriteria": {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (string("name", "office"), ["Office"]),
        (string("name", "de", "STARTS_WITH"), ["Desk"]),
        (string("description", "door", "CONTAINS"), ["Office", "Desk"]),
        (string("description", "By the door"), ["Desk"]),
        ({"SearchFilter": {"TagFilter": {"TagCondition": {"TagKey": "team", "TagValue": "desk"}}}}, ["Desk"]),
        ({}, ["Office", "Desk"]),
    ],
)
def test_quick_connects_are_found_by_name_description_and_tags(
    create: Act, found: Act, asked: Any, expected: list[str]
) -> None:
    create("Office", Description="The next door", Tags={"team": "office"})
    create("Desk", Description="By the door", Tags={"team": "desk"})
    assert found(**asked) == expected


def test_a_quick_connect_is_found_by_id(create: Act, found: Act) -> None:
    create("Desk")
    assert found(**string("resourceID", create())) == ["Office"]


def test_a_search_shows_whole_quick_connects_and_their_number(
    client: Any, instance_id: str, create: Act, described: Act
) -> None:
    made = create(Tags={"team": "desk"})
    answer = client.search_quick_connects(InstanceId=instance_id)
    assert answer["QuickConnects"] == [described(made)]
    assert answer["ApproximateTotalCount"] == 1


def test_quick_connects_have_no_other_fields_to_search(found: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        found(**string("type", "FLOW"))
    assert "FieldName must be one of name, description, resourceID" in refusal.message


def test_a_quick_connect_is_tagged_as_a_transfer_destination(
    client: Any, instance_id: str, create: Act, described: Act
) -> None:
    client.tag_resource(resourceArn=described(create())["QuickConnectARN"], tags={"team": "desk"})
    found = client.search_resource_tags(InstanceId=instance_id, ResourceTypes=["transfer-destination"])["Tags"]
    assert found == [{"key": "team", "value": "desk"}]
