"""Traffic distribution groups: create, describe, list, delete, the distribution, users."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto.moto_api import state_manager

from tests.conftest import needs_member

LIFE = "connect::traffic_distribution_group"
NOBODY = "00000000-0000-4000-8000-000000000000"

Create = Callable[..., str]
Shares = dict[str, list[dict[str, Any]]]


@pytest.fixture
def replicated(client: Any) -> str:
    """The id of an instance of us-east-1 with a replica in us-west-2."""
    made = client.create_instance(
        IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    client.replicate_instance(InstanceId=made["Id"], ReplicaRegion="us-west-2", ReplicaAlias="acme-west")
    return str(made["Id"])


@pytest.fixture
def west(replicated: str) -> Any:
    """A client in the Region of the replica."""
    return boto3.client("connect", region_name="us-west-2")


@pytest.fixture
def create(client: Any, replicated: str) -> Create:
    """Creates a group and gives its id."""

    def created(name: str = "Main", **members: Any) -> str:
        return str(client.create_traffic_distribution_group(Name=name, InstanceId=replicated, **members)["Id"])

    return created


@pytest.fixture
def show(client: Any) -> Callable[[str], Any]:
    """A group as DescribeTrafficDistributionGroup shows it."""
    return lambda group_id: client.describe_traffic_distribution_group(TrafficDistributionGroupId=group_id)[
        "TrafficDistributionGroup"
    ]


@pytest.fixture
def group(create: Create, show: Any) -> Any:
    """A group."""
    return show(create())


@pytest.fixture
def default(client: Any, replicated: str) -> Any:
    """The group that came with the replica."""
    return client.list_traffic_distribution_groups(InstanceId=replicated)["TrafficDistributionGroupSummaryList"][0]


@pytest.fixture
def slow() -> Iterator[None]:
    """States pass at the second look at the group."""
    state_manager.set_transition(LIFE, {"progression": "manual", "times": 2})
    yield
    state_manager.unset_transition(LIFE)


def names(client: Any, **asked: Any) -> list[str]:
    return [each["Name"] for each in client.list_traffic_distribution_groups(**asked)["TrafficDistributionGroupSummaryList"]]


def shares(east: int, west: int) -> Shares:
    return {"Distributions": [{"Region": "us-east-1", "Percentage": east}, {"Region": "us-west-2", "Percentage": west}]}


def sign_ins(east: bool, west: bool) -> Shares:
    return {"Distributions": [{"Region": "us-east-1", "Enabled": east}, {"Region": "us-west-2", "Enabled": west}]}


# --- create, describe, list -------------------------------------------------------------------------------------------


def test_a_new_group_is_described_as_it_was_created(client: Any, replicated: str, show: Any) -> None:
    made = client.create_traffic_distribution_group(
        Name="Main", Description="All calls", InstanceId=replicated, Tags={"team": "voice"}
    )
    assert show(made["Id"]) == {
        "Id": made["Id"],
        "Arn": made["Arn"],
        "Name": "Main",
        "Description": "All calls",
        "InstanceArn": f"arn:aws:connect:us-east-1:123456789012:instance/{replicated}",
        "Status": "ACTIVE",
        "Tags": {"team": "voice"},
        "IsDefault": False,
    }
    assert made["Arn"] == f"arn:aws:connect:us-east-1:123456789012:traffic-distribution-group/{made['Id']}"


def test_replication_makes_a_default_group(default: Any, show: Any) -> None:
    assert show(default["Id"])["IsDefault"] is True
    assert default["Status"] == "ACTIVE"


def test_creation_takes_time_where_the_state_manager_says_so(create: Create, show: Any, slow: None) -> None:
    group_id = create()
    assert [show(group_id)["Status"] for _ in range(2)] == ["CREATION_IN_PROGRESS", "ACTIVE"]


def test_a_name_is_taken_once_in_an_instance(create: Create, group: Any, refused: Any) -> None:
    with refused("ResourceConflictException") as refusal:
        create()
    assert "'Main of arn:aws:connect" in refusal.message


def test_an_instance_without_replica_has_no_groups(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotReadyException") as refusal:
        client.create_traffic_distribution_group(Name="Main", InstanceId=instance_id)
    assert refusal.message == f"Instance {instance_id} is not replicated to another Region"


def test_groups_are_created_when_replication_is_done(client: Any, refused: Any) -> None:
    state_manager.set_transition("connect::replication", {"progression": "manual", "times": 1})
    try:
        made = client.create_instance(
            IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=True
        )
        client.replicate_instance(InstanceId=made["Id"], ReplicaRegion="us-west-2", ReplicaAlias="acme-west")
        with refused("ResourceNotReadyException"):
            client.create_traffic_distribution_group(Name="Main", InstanceId=made["Id"])
    finally:
        state_manager.unset_transition("connect::replication")


def test_groups_are_created_in_the_source_region(west: Any, replicated: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        west.create_traffic_distribution_group(Name="Main", InstanceId=replicated)
    assert refusal.message == f"Groups of instance {replicated} are created in us-east-1"


@pytest.mark.amazon_connect(quotas={"traffic_distribution_groups": 2})
def test_there_are_so_many_groups(create: Create, refused: Any) -> None:
    create("A")
    with refused("ServiceQuotaExceededException"):
        create("B")


def test_groups_are_listed_in_both_regions(client: Any, west: Any, group: Any) -> None:
    assert names(client) == names(west) == ["Default traffic distribution group", "Main"]


def test_groups_of_an_instance_are_listed(client: Any, instance_id: str, group: Any, replicated: str) -> None:
    assert names(client, InstanceId=replicated) == ["Default traffic distribution group", "Main"]
    assert names(client, InstanceId=instance_id) == []


def test_groups_are_not_listed_in_other_regions(group: Any) -> None:
    assert names(boto3.client("connect", region_name="eu-west-2")) == []


def test_a_list_of_an_unknown_instance_is_refused(client: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):  # ResourceNotFoundException is not declared
        names(client, InstanceId=NOBODY)


def test_a_page_has_10_groups(client: Any, create: Create, refused: Any) -> None:
    for number in range(10):
        create(f"Group {number}")
    pages = client.get_paginator("list_traffic_distribution_groups").paginate()
    assert [len(page["TrafficDistributionGroupSummaryList"]) for page in pages] == [10, 1]
    with refused("InvalidRequestException"):
        names(client, MaxResults=11)


def test_a_group_can_be_tagged(client: Any, group: Any, show: Any) -> None:
    client.tag_resource(resourceArn=group["Arn"], tags={"a": "b"})
    assert show(group["Id"])["Tags"] == {"a": "b"}


# --- ids and ARNs -----------------------------------------------------------------------------------------------------


@pytest.fixture
def user_id(client: Any, replicated: str) -> str:
    """The id of an agent of the instance."""
    (profile, *_) = client.list_routing_profiles(InstanceId=replicated)["RoutingProfileSummaryList"]
    (security, *_) = client.list_security_profiles(InstanceId=replicated)["SecurityProfileSummaryList"]
    made = client.create_user(
        InstanceId=replicated,
        Username="ana",
        IdentityInfo={"FirstName": "Ana", "LastName": "Gomez"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
        SecurityProfileIds=[security["Id"]],
        RoutingProfileId=profile["Id"],
    )
    return str(made["UserId"])


GROUP = "TrafficDistributionGroupId"
OPERATIONS: list[tuple[str, str, str]] = [
    ("describe_traffic_distribution_group", GROUP, "anywhere"),
    ("get_traffic_distribution", "Id", "anywhere"),
    ("update_traffic_distribution", "Id", "anywhere"),
    ("list_traffic_distribution_group_users", GROUP, "anywhere"),
    ("delete_traffic_distribution_group", GROUP, "source"),
    ("associate_traffic_distribution_group_user", GROUP, "source"),
    ("disassociate_traffic_distribution_group_user", GROUP, "source"),
]
BOTH_REGIONS = [each for each in OPERATIONS if each[2] == "anywhere"]
SOURCE_ONLY = [each for each in OPERATIONS if each[2] == "source"]


@pytest.fixture
def act(replicated: str, user_id: str) -> Callable[..., Any]:
    """Calls one of the operations on a group."""

    def call(client: Any, operation: str, member: str, group: str) -> Any:
        others: dict[str, Any] = {"InstanceId": replicated, "UserId": user_id} if operation.endswith("_group_user") else {}
        others |= {"TelephonyConfig": shares(0, 100)} if operation.startswith("update") else {}
        return getattr(client, operation)(**{member: group}, **others)

    return call


@pytest.mark.parametrize(("operation", "member", "_"), OPERATIONS)
@pytest.mark.parametrize("name", ["Id", "Arn"])
def test_a_group_is_named_by_id_and_by_arn(
    client: Any, act: Any, group: Any, operation: str, member: str, _: str, name: str
) -> None:
    assert act(client, operation, member, group[name])["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize(("operation", "member", "_"), BOTH_REGIONS)
def test_the_other_region_knows_a_group_by_its_arn(
    west: Any, act: Any, group: Any, operation: str, member: str, _: str, refused: Any
) -> None:
    assert act(west, operation, member, group["Arn"])["ResponseMetadata"]["HTTPStatusCode"] == 200
    with refused("ResourceNotFoundException"):
        act(west, operation, member, group["Id"])


@pytest.mark.parametrize(("operation", "member", "_"), SOURCE_ONLY)
def test_a_group_is_changed_in_its_region(
    west: Any, act: Any, group: Any, operation: str, member: str, _: str, refused: Any
) -> None:
    with refused("InvalidRequestException") as refusal:
        act(west, operation, member, group["Arn"])
    assert "can be changed only in us-east-1" in refusal.message


@pytest.mark.parametrize(("operation", "member", "_"), OPERATIONS)
def test_an_unknown_group_is_not_found(client: Any, act: Any, operation: str, member: str, _: str, refused: Any) -> None:
    is_declared = not operation.startswith("delete")
    with refused("ResourceNotFoundException" if is_declared else "InvalidRequestException"):
        act(client, operation, member, NOBODY)


# --- delete -----------------------------------------------------------------------------------------------------------


def delete(client: Any, group: Any) -> None:
    client.delete_traffic_distribution_group(TrafficDistributionGroupId=group["Id"])


def test_a_deleted_group_is_gone(client: Any, group: Any, show: Any, refused: Any) -> None:
    delete(client, group)
    assert names(client) == ["Default traffic distribution group"]
    with refused("ResourceNotFoundException"):
        show(group["Id"])


def test_deletion_takes_time_where_the_state_manager_says_so(client: Any, group: Any, show: Any, slow: None) -> None:
    delete(client, group)
    assert show(group["Id"])["Status"] == "PENDING_DELETION"
    delete(client, group)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        show(group["Id"])
    assert names(client) == ["Default traffic distribution group"]


def test_a_group_with_numbers_is_not_deleted(client: Any, group: Any, refused: Any) -> None:
    number = client.claim_phone_number(TargetArn=group["Arn"], PhoneNumber="+12065550100")
    client.describe_phone_number(PhoneNumberId=number["PhoneNumberId"])
    with refused("ResourceInUseException") as refusal:
        delete(client, group)
    assert "is in use by PhoneNumber" in refusal.message
    client.release_phone_number(PhoneNumberId=number["PhoneNumberId"])
    delete(client, group)


def test_the_default_group_is_not_deleted(client: Any, default: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        delete(client, default)
    assert "is the default group" in refusal.message


# --- the distribution -------------------------------------------------------------------------------------------------


def distribution(client: Any, group: Any) -> Any:
    found = client.get_traffic_distribution(Id=group["Id"])
    return {name: found[name] for name in ("TelephonyConfig", "AgentConfig", "SignInConfig") if name in found}


def test_a_new_group_sends_everything_to_the_source_region(client: Any, group: Any) -> None:
    assert distribution(client, group) == {"TelephonyConfig": shares(100, 0), "AgentConfig": shares(100, 0)}


def test_agents_of_the_default_group_sign_in_in_both_regions(client: Any, default: Any) -> None:
    assert distribution(client, default)["SignInConfig"] == sign_ins(True, True)


def test_a_distribution_belongs_to_a_group(client: Any, group: Any) -> None:
    found = client.get_traffic_distribution(Id=group["Id"])
    assert (found["Id"], found["Arn"]) == (group["Id"], group["Arn"])


def test_calls_are_shifted_and_agents_stay(client: Any, group: Any) -> None:
    client.update_traffic_distribution(Id=group["Id"], TelephonyConfig=shares(30, 70))
    assert distribution(client, group) == {"TelephonyConfig": shares(30, 70), "AgentConfig": shares(100, 0)}


def test_agents_are_shifted_and_calls_stay(client: Any, group: Any) -> None:
    client.update_traffic_distribution(Id=group["Id"], AgentConfig=shares(0, 100))
    assert distribution(client, group) == {"TelephonyConfig": shares(100, 0), "AgentConfig": shares(0, 100)}


def test_sign_ins_of_the_default_group_are_shifted(client: Any, default: Any) -> None:
    client.update_traffic_distribution(Id=default["Id"], SignInConfig=sign_ins(False, True))
    assert distribution(client, default)["SignInConfig"] == sign_ins(False, True)


def test_both_regions_see_the_same_distribution(client: Any, west: Any, group: Any) -> None:
    west.update_traffic_distribution(Id=group["Arn"], TelephonyConfig=shares(0, 100))
    assert distribution(client, group)["TelephonyConfig"] == shares(0, 100)


@needs_member("GetTrafficDistributionResponse", "LastFailoverTime")
def test_the_time_of_the_last_failover_is_kept(client: Any, group: Any, amazon_connect: Any) -> None:
    assert "LastFailoverTime" not in client.get_traffic_distribution(Id=group["Id"])
    before = amazon_connect.clock.now()
    client.update_traffic_distribution(Id=group["Id"], TelephonyConfig=shares(0, 100))
    assert client.get_traffic_distribution(Id=group["Id"])["LastFailoverTime"] >= before


def test_an_update_takes_time_where_the_state_manager_says_so(client: Any, group: Any, show: Any, slow: None) -> None:
    client.update_traffic_distribution(Id=group["Id"], TelephonyConfig=shares(0, 100))
    assert [show(group["Id"])["Status"] for _ in range(2)] == ["UPDATE_IN_PROGRESS", "ACTIVE"]


@pytest.mark.parametrize("operation", ["get_traffic_distribution", "update_traffic_distribution"])
def test_a_group_has_a_distribution_when_it_is_active(
    client: Any, create: Create, act: Any, slow: None, operation: str, refused: Any
) -> None:
    group_id = create()
    with refused("InvalidRequestException") as refusal:
        act(client, operation, "Id", group_id)
    assert refusal.message == f"Group {group_id} must be ACTIVE, it is CREATION_IN_PROGRESS"


def test_a_user_joins_an_active_group(client: Any, create: Create, act: Any, slow: None, refused: Any) -> None:
    group_id = create()
    with refused("InvalidRequestException"):
        act(client, "associate_traffic_distribution_group_user", GROUP, group_id)


@pytest.mark.parametrize("config", ["TelephonyConfig", "AgentConfig"])
@pytest.mark.parametrize(
    ("distributions", "problem"),
    [
        (shares(35, 65), "Percentage must be a multiple of 10, and all must add up to 100, got [35, 65]"),
        (shares(50, 40), "Percentage must be a multiple of 10, and all must add up to 100, got [50, 40]"),
        ({"Distributions": [{"Region": "us-east-1", "Percentage": 100}]}, "each of us-east-1 and us-west-2 once"),
        ({"Distributions": []}, "each of us-east-1 and us-west-2 once, got none"),
        (
            {"Distributions": [{"Region": each, "Percentage": 50} for each in ("us-east-1", "eu-west-2")]},
            "once, got us-east-1, eu-west-2",
        ),
        (
            {"Distributions": [{"Region": "us-east-1", "Percentage": 50}] * 2},
            "once, got us-east-1, us-east-1",
        ),
    ],
)
def test_shares_are_tens_and_add_up(
    client: Any, group: Any, config: str, distributions: Shares, problem: str, refused: Any
) -> None:
    with refused("InvalidRequestException") as refusal:
        client.update_traffic_distribution(Id=group["Id"], **{config: distributions})
    assert problem in refusal.message


def test_a_bad_share_leaves_the_others_as_they_were(client: Any, group: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        client.update_traffic_distribution(Id=group["Id"], TelephonyConfig=shares(0, 100), AgentConfig=shares(1, 99))


def test_an_update_changes_something(client: Any, group: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.update_traffic_distribution(Id=group["Id"])
    assert "One of TelephonyConfig, SignInConfig and AgentConfig" in refusal.message


def test_only_the_default_group_has_sign_ins(client: Any, group: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.update_traffic_distribution(Id=group["Id"], SignInConfig=sign_ins(True, True))
    assert refusal.message == "SignInConfig can be set for the default group only, Main is another one"


def test_agents_can_sign_in_somewhere(client: Any, default: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.update_traffic_distribution(Id=default["Id"], SignInConfig=sign_ins(False, False))
    assert refusal.message == "SignInConfig must be enabled for at least one Region"


# --- users ------------------------------------------------------------------------------------------------------------


def users(client: Any, group: Any) -> list[str]:
    found = client.list_traffic_distribution_group_users(TrafficDistributionGroupId=group["Arn"])
    return [each["UserId"] for each in found["TrafficDistributionGroupUserSummaryList"]]


@pytest.fixture
def join(client: Any, replicated: str) -> Callable[..., None]:
    """Adds an agent to a group."""
    return lambda group, user_id, instance_id=replicated: client.associate_traffic_distribution_group_user(
        TrafficDistributionGroupId=group["Id"], UserId=user_id, InstanceId=instance_id
    )


@pytest.fixture
def leave(client: Any, replicated: str) -> Callable[..., None]:
    """Takes an agent out of a group."""
    return lambda group, user_id: client.disassociate_traffic_distribution_group_user(
        TrafficDistributionGroupId=group["Id"], UserId=user_id, InstanceId=replicated
    )


def test_an_agent_joins_a_group_once(client: Any, west: Any, group: Any, user_id: str, join: Any) -> None:
    join(group, user_id)
    join(group, user_id)
    assert users(client, group) == users(west, group) == [user_id]


def test_an_agent_is_named_by_arn(client: Any, group: Any, user_id: str, join: Any, replicated: str) -> None:
    arn = client.describe_user(InstanceId=replicated, UserId=user_id)["User"]["Arn"]
    join(group, arn)
    assert users(client, group) == [user_id]


def test_an_agent_leaves_a_group(client: Any, group: Any, user_id: str, join: Any, leave: Any) -> None:
    join(group, user_id)
    leave(group, user_id)
    leave(group, user_id)
    assert users(client, group) == []


def test_a_deleted_agent_is_in_no_group(client: Any, group: Any, user_id: str, join: Any, replicated: str) -> None:
    join(group, user_id)
    client.delete_user(InstanceId=replicated, UserId=user_id)
    assert users(client, group) == []


def test_an_unknown_agent_is_not_found(group: Any, join: Any, leave: Any, refused: Any) -> None:
    for act in (join, leave):
        with refused("ResourceNotFoundException"):
            act(group, NOBODY)


def test_agents_are_those_of_the_instance_of_the_group(group: Any, join: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        join(group, NOBODY, instance_id)
    assert "not of arn:aws:connect:us-east-1:123456789012:instance" in refusal.message


def test_agents_come_a_page_at_a_time(client: Any, group: Any, user_id: str, join: Any, refused: Any) -> None:
    join(group, user_id)
    asked = {"TrafficDistributionGroupId": group["Id"]}
    found = client.list_traffic_distribution_group_users(**asked, MaxResults=1)
    assert "NextToken" not in found
    with refused("InvalidRequestException"):
        client.list_traffic_distribution_group_users(**asked, MaxResults=1001)
