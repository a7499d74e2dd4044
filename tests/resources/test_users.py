"""Users: create, describe, list, update, delete."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from connect_mock import moto_bridge

Act = Callable[..., Any]
MakeUser = Callable[..., str]
NO_ID = "00000000-0000-4000-8000-000000000000"
NAMES = {"FirstName": "Ana", "LastName": "Diaz"}


@pytest.fixture
def described(act: Act) -> Callable[[str], dict[str, Any]]:
    """A user as DescribeUser shows it."""
    return lambda user_id: dict(act("describe_user", UserId=user_id)["User"])


@pytest.fixture
def group_id(act: Act) -> str:
    """The id of a hierarchy group."""
    act("update_user_hierarchy_structure", HierarchyStructure={"LevelOne": {"Name": "Site"}})
    return str(act("create_user_hierarchy_group", Name="Lisbon")["HierarchyGroupId"])


@pytest.fixture
def other_routing_profile_id(act: Act, queue_id: str) -> str:
    made = act(
        "create_routing_profile",
        Name="Chat only",
        Description="Chats",
        DefaultOutboundQueueId=queue_id,
        MediaConcurrencies=[{"Channel": "CHAT", "Concurrency": 2}],
    )
    return str(made["RoutingProfileId"])


@pytest.fixture
def root_id(act: Act) -> str:
    """The id of the hidden group at the root of the hierarchy."""
    return str(act("search_user_hierarchy_groups")["UserHierarchyGroups"][0]["Id"])


def usernames(act: Act) -> list[str]:
    return [each["Username"] for each in act("list_users")["UserSummaryList"]]


# --- create


def test_a_security_profile_that_is_given_twice_is_had_once(
    make_user: MakeUser, described: Any, profile_ids: dict[str, str]
) -> None:
    user_id = make_user(SecurityProfileIds=[profile_ids["Agent"]] * 2)
    assert described(user_id)["SecurityProfileIds"] == [profile_ids["Agent"]]


def test_a_new_user_is_not_in_the_root_of_the_hierarchy(make_user: MakeUser, root_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        make_user(HierarchyGroupId=root_id)
    assert refusal.message == f"HierarchyGroup {root_id} is the root of the hierarchy, which has no users"


def test_a_user_is_not_put_into_the_root_of_the_hierarchy(act: Act, user_id: str, root_id: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        act("update_user_hierarchy", UserId=user_id, HierarchyGroupId=root_id)


def test_a_new_user_is_described_as_it_was_created(
    make_user: MakeUser, described: Any, profile_ids: dict[str, str], group_id: str
) -> None:
    identity = NAMES | {"Email": "ana@example.com", "SecondaryEmail": "a@example.org", "Mobile": "+12065550100"}
    user_id = make_user(IdentityInfo=identity, HierarchyGroupId=group_id, Tags={"team": "red"})
    user = described(user_id)
    assert (user["Id"], user["Username"], user["IdentityInfo"]) == (user_id, "ana", identity)
    assert user["RoutingProfileId"] == profile_ids["Basic Routing Profile"]
    assert user["SecurityProfileIds"] == [profile_ids["Agent"]]
    assert (user["HierarchyGroupId"], user["Tags"]) == (group_id, {"team": "red"})


def test_a_user_has_an_arn_below_its_instance(described: Any, instance_id: str, user_id: str) -> None:
    assert described(user_id)["Arn"] == f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/agent/{user_id}"


def test_a_password_is_never_shown(user_id: str, described: Any, act: Act) -> None:
    assert "Pass-w0rd" not in str((described(user_id), act("list_users"), act("search_users")))


def test_a_user_of_the_service_has_an_id_in_its_directory(user_id: str, described: Any) -> None:
    assert described(user_id)["DirectoryUserId"]


def test_profiles_and_groups_are_named_by_id_or_arn(
    act: Act, make_user: MakeUser, described: Any, profile_ids: dict[str, str], group_id: str
) -> None:
    arn = act("describe_user_hierarchy_group", HierarchyGroupId=group_id)["HierarchyGroup"]["Arn"]
    profile = act("describe_security_profile", SecurityProfileId=profile_ids["Admin"])["SecurityProfile"]
    user = described(make_user(HierarchyGroupId=arn, SecurityProfileIds=[profile["Arn"]]))
    assert (user["HierarchyGroupId"], user["SecurityProfileIds"]) == (group_id, [profile_ids["Admin"]])


@pytest.mark.parametrize(
    "members",
    [
        {"RoutingProfileId": NO_ID},
        {"SecurityProfileIds": [NO_ID]},
        {"HierarchyGroupId": NO_ID},
    ],
    ids=str,
)
def test_a_new_user_needs_what_it_refers_to(make_user: MakeUser, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        make_user(**members)
    assert NO_ID in refusal.message


def test_a_user_has_at_most_ten_security_profiles(make_user: MakeUser, profile_ids: dict[str, str], refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        make_user(SecurityProfileIds=[profile_ids["Agent"]] * 11)
    assert "SecurityProfileIds must include at most 10 items" in refusal.message


def test_a_username_is_taken_once_in_an_instance(make_user: MakeUser, user_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        make_user("ana")
    assert "'ana'" in refusal.message


@pytest.mark.amazon_connect(quotas={"users": 1})
def test_there_are_as_many_users_as_the_quota_says(
    impatient_client: Any, instance_id: str, user_id: str, profile_ids: dict[str, str]
) -> None:
    with pytest.raises(impatient_client.exceptions.LimitExceededException):
        impatient_client.create_user(
            InstanceId=instance_id,
            Username="ben",
            Password="Pass-w0rd",
            IdentityInfo=NAMES,
            SecurityProfileIds=[profile_ids["Agent"]],
            RoutingProfileId=profile_ids["Basic Routing Profile"],
        )


@pytest.mark.amazon_connect(quotas={"queues": 1})
def test_users_do_not_count_as_queues(make_user: MakeUser, act: Act) -> None:
    make_user("ana")
    make_user("ben")
    assert usernames(act) == ["ana", "ben"]


# --- who they are


@pytest.mark.parametrize("username", ["ana@example.com", "x" * 100, "Ana Diaz"])
def test_a_username_can_be(make_user: MakeUser, act: Act, username: str) -> None:
    make_user(username)
    assert usernames(act) == [username]


@pytest.mark.parametrize("username", ["ana@example", "@example.com", "a@b@example.com", "x" * 101])
def test_a_username_cannot_be(make_user: MakeUser, username: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        make_user(username)
    assert "Username" in refusal.message


@pytest.mark.parametrize("password", ["Sh0rt", "no-upper-case-1", "NO-LOWER-CASE-1", "No-digit-here", "Pass-w0rd" * 8])
def test_a_password_is_strong(make_user: MakeUser, password: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        make_user(Password=password)


@pytest.mark.parametrize(
    ("members", "missing"),
    [
        ({"Password": None}, "Password"),
        ({"IdentityInfo": None}, "FirstName"),
        ({"IdentityInfo": {"LastName": "Diaz"}}, "FirstName"),
        ({"IdentityInfo": {"FirstName": "Ana", "LastName": ""}}, "LastName"),
    ],
    ids=str,
)
def test_a_user_of_the_service_has_a_password_and_names(
    make_user: MakeUser, members: dict[str, Any], missing: str, refused: Any
) -> None:
    with refused("InvalidRequestException") as refusal:
        make_user(**members)
    assert f"{missing} must be given" in refusal.message


@pytest.mark.parametrize(
    "identity",
    [
        {"FirstName": "Ane\u0301"},
        {"FirstName": "x" * 256},
        {"LastName": "x" * 257},
        {"SecondaryEmail": "ana"},
        {"Mobile": "12065550100"},
    ],
    ids=ascii,
)
def test_identity_information_has_its_forms(make_user: MakeUser, identity: dict[str, str], refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        make_user(IdentityInfo=NAMES | identity)
    assert next(iter(identity)) in refusal.message


@pytest.fixture
def make_in(client: Any) -> Callable[..., Any]:
    """Creates a user in a new instance with other identity management, and gives the answer of DescribeUser."""

    def make(management: str, **members: Any) -> Any:
        directory = {"DirectoryId": "d-1234567890"} if management == "EXISTING_DIRECTORY" else {"InstanceAlias": "other"}
        made = client.create_instance(
            IdentityManagementType=management, InboundCallsEnabled=True, OutboundCallsEnabled=True, **directory
        )
        where = {"InstanceId": made["Id"]}
        asked = {
            "Username": "ana",
            "RoutingProfileId": client.list_routing_profiles(**where)["RoutingProfileSummaryList"][0]["Id"],
            "SecurityProfileIds": [client.list_security_profiles(**where)["SecurityProfileSummaryList"][0]["Id"]],
        }
        user = client.create_user(**where | asked | members)
        return client.describe_user(**where, UserId=user["UserId"])["User"] | where

    return make


@pytest.mark.parametrize(
    ("management", "members"),
    [
        ("SAML", {"IdentityInfo": NAMES, "Password": "Pass-w0rd"}),
        ("SAML", {"IdentityInfo": NAMES, "DirectoryUserId": "ana"}),
        ("SAML", {}),
        ("EXISTING_DIRECTORY", {"Password": "Pass-w0rd"}),
    ],
    ids=str,
)
def test_what_the_directory_says_is_not_given(make_in: Any, management: str, members: Any, client: Any) -> None:
    with pytest.raises(client.exceptions.InvalidRequestException):
        make_in(management, **members)


@pytest.mark.parametrize("username", ["x" * 65, "Ana Diaz"])
def test_a_username_of_saml_has_64_plain_characters(make_in: Any, username: str, client: Any) -> None:
    with pytest.raises(client.exceptions.InvalidParameterException):
        make_in("SAML", IdentityInfo=NAMES, Username=username)


def test_a_user_of_saml_has_no_password(make_in: Any) -> None:
    user = make_in("SAML", IdentityInfo=NAMES | {"LastName": "x" * 300}, Username="x" * 64)
    assert "DirectoryUserId" not in user


def test_a_user_of_a_directory_needs_no_name(make_in: Any) -> None:
    assert make_in("EXISTING_DIRECTORY", DirectoryUserId="ana-1")["DirectoryUserId"] == "ana-1"


def test_what_a_directory_manages_is_not_updated(make_in: Any, client: Any, refused: Any) -> None:
    user = make_in("EXISTING_DIRECTORY", IdentityInfo=NAMES)
    who = {"InstanceId": user["InstanceId"], "UserId": user["Id"]}
    client.update_user_identity_info(**who, IdentityInfo=NAMES | {"Mobile": "+12065550100"})
    with refused("InvalidRequestException"):
        client.update_user_identity_info(**who, IdentityInfo={"FirstName": "Eva", "LastName": "Diaz"})


# --- list


def test_a_list_says_of_each_user_what_it_is(act: Act, user_id: str, described: Any) -> None:
    summary, user = act("list_users")["UserSummaryList"][0], described(user_id)
    assert {name: user[name] for name in summary} == summary
    assert summary.keys() == {"Id", "Arn", "Username", "LastModifiedTime", "LastModifiedRegion"}


@pytest.mark.parametrize(
    ("operation", "member", "largest"), [("list_users", "UserSummaryList", 1000), ("search_users", "Users", 500)]
)
def test_pages_are_as_large_as_asked_for_and_no_larger_than_allowed(
    act: Act, make_user: MakeUser, operation: str, member: str, largest: int, refused: Any
) -> None:
    for username in ("ana", "ben", "eva"):
        make_user(username)
    first = act(operation, MaxResults=2)
    rest = act(operation, MaxResults=largest, NextToken=first["NextToken"])
    assert [each["Username"] for each in (*first[member], *rest[member])] == ["ana", "ben", "eva"]
    assert "NextToken" not in rest
    with refused("InvalidParameterException"):
        act(operation, MaxResults=largest + 1)


# --- update


def updated(act: Act, operation: str, user_id: str, **members: Any) -> dict[str, Any]:
    """The user after an update."""
    act(operation, UserId=user_id, **members)
    return dict(act("describe_user", UserId=user_id)["User"])


def test_identity_information_is_replaced_as_a_whole(act: Act, make_user: MakeUser) -> None:
    user_id = make_user(IdentityInfo=NAMES | {"Email": "ana@example.com"})
    identity = {"FirstName": "Eva", "LastName": "Diaz"}
    assert updated(act, "update_user_identity_info", user_id, IdentityInfo=identity)["IdentityInfo"] == identity


def test_names_stay_required(act: Act, user_id: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        act("update_user_identity_info", UserId=user_id, IdentityInfo={"FirstName": "Eva"})


def test_a_user_is_put_into_a_group_and_taken_out(act: Act, user_id: str, group_id: str) -> None:
    assert updated(act, "update_user_hierarchy", user_id, HierarchyGroupId=group_id)["HierarchyGroupId"] == group_id
    assert "HierarchyGroupId" not in updated(act, "update_user_hierarchy", user_id)


def test_a_user_gets_another_routing_profile(act: Act, user_id: str, other_routing_profile_id: str) -> None:
    members = {"RoutingProfileId": other_routing_profile_id}
    assert updated(act, "update_user_routing_profile", user_id, **members)["RoutingProfileId"] == other_routing_profile_id


def test_security_profiles_are_replaced(act: Act, user_id: str, profile_ids: dict[str, str]) -> None:
    wanted = [profile_ids["Admin"], profile_ids["QualityAnalyst"]]
    members = {"SecurityProfileIds": wanted}
    assert updated(act, "update_user_security_profiles", user_id, **members)["SecurityProfileIds"] == wanted


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("update_user_identity_info", {"IdentityInfo": {"FirstName": "Eva", "LastName": "Diaz"}}),
        ("update_user_hierarchy", {}),
        ("update_user_config", {"AutoAcceptConfigs": [{"Channel": "CHAT", "AutoAccept": True}]}),
        ("update_user_phone_config", {"PhoneConfig": {"PhoneType": "SOFT_PHONE"}}),
    ],
)
def test_an_update_is_noted(
    act: Act, user_id: str, described: Any, operation: str, members: dict[str, Any], amazon_connect: Any
) -> None:
    before = described(user_id)["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    assert updated(act, operation, user_id, **members)["LastModifiedTime"] > before


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("update_user_hierarchy", {"HierarchyGroupId": NO_ID}),
        ("update_user_routing_profile", {"RoutingProfileId": NO_ID}),
        ("update_user_security_profiles", {"SecurityProfileIds": [NO_ID]}),
    ],
)
def test_an_update_needs_what_it_refers_to(
    act: Act, user_id: str, operation: str, members: dict[str, Any], refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        act(operation, UserId=user_id, **members)


OPERATIONS_ON_A_USER: dict[str, dict[str, Any]] = {
    "describe_user": {},
    "delete_user": {},
    "update_user_identity_info": {"IdentityInfo": NAMES},
    "update_user_config": {"AutoAcceptConfigs": [{"Channel": "CHAT", "AutoAccept": True}]},
    "update_user_phone_config": {"PhoneConfig": {"PhoneType": "SOFT_PHONE"}},
    "update_user_hierarchy": {},
    "update_user_routing_profile": {"RoutingProfileId": NO_ID},
    "update_user_security_profiles": {"SecurityProfileIds": [NO_ID]},
    "put_user_status": {"AgentStatusId": NO_ID},
    "associate_user_proficiencies": {"UserProficiencies": [{"AttributeName": "Skill", "AttributeValue": "Tea", "Level": 1}]},
    "disassociate_user_proficiencies": {"UserProficiencies": [{"AttributeName": "Skill", "AttributeValue": "Tea"}]},
    "update_user_proficiencies": {"UserProficiencies": [{"AttributeName": "Skill", "AttributeValue": "Tea", "Level": 1}]},
    "list_user_proficiencies": {},
}


@pytest.mark.parametrize("operation", OPERATIONS_ON_A_USER)
def test_a_user_that_does_not_exist_is_not_found(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, UserId=NO_ID, **OPERATIONS_ON_A_USER[operation])
    assert refusal.message == f"User with id {NO_ID} not found"


# --- delete


def test_a_deleted_user_is_gone(act: Act, user_id: str, described: Any, refused: Any) -> None:
    act("delete_user", UserId=user_id)
    assert usernames(act) == act("search_users")["Users"] == []
    with refused("ResourceNotFoundException"):
        described(user_id)


def test_the_name_of_a_deleted_user_is_free(act: Act, user_id: str, make_user: MakeUser) -> None:
    act("delete_user", UserId=user_id)
    assert make_user("ana") != user_id


@pytest.mark.parametrize(
    ("operation", "member", "name"),
    [
        ("delete_routing_profile", "RoutingProfileId", "Chat only"),
        ("delete_security_profile", "SecurityProfileId", "QualityAnalyst"),
    ],
)
def test_what_a_user_has_is_not_deleted(
    act: Act,
    make_user: MakeUser,
    other_routing_profile_id: str,
    profile_ids: dict[str, str],
    operation: str,
    member: str,
    name: str,
    refused: Any,
) -> None:
    make_user(RoutingProfileId=other_routing_profile_id, SecurityProfileIds=[profile_ids["QualityAnalyst"]])
    ids = profile_ids | {"Chat only": other_routing_profile_id}
    with refused("ResourceInUseException"):
        act(operation, **{member: ids[name]})


# --- the queue of the agent


def agent_queues(act: Act) -> list[str]:
    return [each["Id"] for each in act("list_queues", QueueTypes=["AGENT"])["QueueSummaryList"]]


def test_a_user_comes_and_goes_with_a_queue(act: Act, user_id: str) -> None:
    assert agent_queues(act) == [user_id]
    act("delete_user", UserId=user_id)
    assert agent_queues(act) == []


def test_a_user_that_was_refused_leaves_no_queue(act: Act, make_user: MakeUser, user_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        make_user("ana")
    assert agent_queues(act) == [user_id]


def test_the_id_means_the_user_and_not_the_queue(user_id: str) -> None:
    found = [backend.resource_with_id(user_id) for backend in moto_bridge.all_backends()]
    assert [type(each).__name__ for each in found if each] == ["User"]


# --- flows


@pytest.fixture
def publish(act: Act) -> Callable[[str], Any]:
    """Publishes a flow for transfers to an agent."""

    def make(agent: str) -> Any:
        errors = [{"NextAction": "end", "ErrorType": "NoMatchingError"}]
        steps = [
            {
                "Identifier": "to",
                "Type": "UpdateContactTargetQueue",
                "Parameters": {"AgentId": agent},
                "Transitions": {"NextAction": "end", "Errors": errors, "Conditions": []},
            },
            {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
        ]
        flow = {"Version": "2019-10-30", "StartAction": "to", "Metadata": {}, "Actions": steps}
        return act("create_contact_flow", Name="To agent", Type="CONTACT_FLOW", Content=json.dumps(flow))

    return make


def test_a_flow_names_an_agent_by_id_by_arn_or_by_the_arn_of_the_queue(
    act: Act, user_id: str, described: Any, publish: Any
) -> None:
    queue_arn = act("describe_queue", QueueId=user_id)["Queue"]["QueueArn"]
    for agent in (user_id, described(user_id)["Arn"], queue_arn):
        act("delete_contact_flow", ContactFlowId=publish(agent)["ContactFlowId"])


def test_a_flow_does_not_name_an_agent_that_is_not_there(publish: Any, refused: Any) -> None:
    with refused("InvalidContactFlowException"):
        publish(NO_ID)


# --- tags


def test_a_user_is_tagged_apart_from_its_queue(client: Any, user_id: str, described: Any) -> None:
    arn = described(user_id)["Arn"]
    client.tag_resource(resourceArn=arn, tags={"team": "red"})
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == described(user_id)["Tags"] == {"team": "red"}


def test_tags_of_users_are_known_as_those_of_agents(act: Act, make_user: MakeUser) -> None:
    make_user(Tags={"team": "red"})
    assert act("search_resource_tags", ResourceTypes=["agent"])["Tags"] == [{"key": "team", "value": "red"}]
