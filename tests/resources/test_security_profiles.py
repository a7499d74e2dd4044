"""Security profiles: the default ones, what a profile grants, who has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import needs_member

NOWHERE = "00000000-0000-4000-8000-000000000000"
AI_AGENT = "arn:aws:wisdom:us-east-1:123456789012:ai-agent/assistant/agent"
DEFAULTS = ["Admin", "Agent", "CallCenterManager", "QualityAnalyst"]
Act = Callable[..., Any]


@pytest.fixture
def create(client: Any, instance_id: str) -> Act:
    """Creates a security profile and gives its id."""

    def create(name: str = "Supervisors", **members: Any) -> str:
        asked = {"InstanceId": instance_id, "SecurityProfileName": name}
        return str(client.create_security_profile(**asked, **members)["SecurityProfileId"])

    return create


@pytest.fixture
def ask(client: Any, instance_id: str) -> Act:
    """Calls an operation on a security profile."""
    return lambda operation, profile_id, **members: getattr(client, operation)(
        InstanceId=instance_id, SecurityProfileId=profile_id, **members
    )


@pytest.fixture
def described(ask: Act) -> Act:
    """A security profile as DescribeSecurityProfile shows it."""
    return lambda profile_id: ask("describe_security_profile", profile_id)["SecurityProfile"]


@pytest.fixture
def permissions(ask: Act) -> Act:
    """The permissions of a security profile."""
    return lambda profile_id: ask("list_security_profile_permissions", profile_id)["Permissions"]


@pytest.fixture
def ids(client: Any, instance_id: str) -> Callable[[], dict[str, str]]:
    """The ids of all security profiles by their names, in the order of the list."""
    return lambda: {
        each["Name"]: each["Id"]
        for each in client.list_security_profiles(InstanceId=instance_id)["SecurityProfileSummaryList"]
    }


# --- the default profiles ---------------------------------------------------------------------------------------------


def test_an_instance_comes_with_four_security_profiles(ids: Act) -> None:
    assert list(ids()) == DEFAULTS


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_has_no_security_profiles(ids: Act) -> None:
    assert ids() == {}


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Admin", "An administrator can perform all actions available."),
        (
            "Agent",
            "An agent is a user of the system that is focused on customer care and/or sales.  "
            "Their role is unlikely to be technical.",
        ),
        (
            "CallCenterManager",
            "A call center manager (or call center admin) manages the day-to-day aspects of the call center.",
        ),
        (
            "QualityAnalyst",
            "A quality analyst works to improve the customer experience and keeps track of live service metrics.",
        ),
    ],
)
def test_a_default_profile_is_described_as_the_real_one(ids: Act, described: Act, name: str, description: str) -> None:
    found = described(ids()[name])
    assert (found["SecurityProfileName"], found["Description"]) == (name, description)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Agent", ["BasicAgentAccess", "OutboundCallAccess"]),
        ("QualityAnalyst", ["AccessMetrics", "AgentTimeCard.View", "ContactAttributes.View", "ContactSearch.View"]),
    ],
)
def test_a_default_profile_grants_what_the_real_one_does(ids: Act, permissions: Act, name: str, expected: Any) -> None:
    assert permissions(ids()[name]) == expected


def test_the_admin_may_do_what_the_manager_may_do_and_more(ids: Act, permissions: Act) -> None:
    admin, manager = (permissions(ids()[name]) for name in ("Admin", "CallCenterManager"))
    assert (len(admin), len(manager)) == (72, 37)
    assert {*manager} - {*admin} == {"Users.EnableAndDisable"}


def test_the_admin_cannot_be_deleted(ask: Act, ids: Act, refused: Any) -> None:
    with refused("AccessDeniedException") as refusal:
        ask("delete_security_profile", ids()["Admin"])
    assert "Admin" in refusal.message


def test_the_other_default_profiles_can_be_deleted(ask: Act, ids: Act) -> None:
    for name in DEFAULTS[1:]:
        ask("delete_security_profile", ids()[name])
    assert list(ids()) == ["Admin"]


def test_a_default_profile_can_be_changed(ask: Act, ids: Act, permissions: Act) -> None:
    ask("update_security_profile", ids()["Admin"], Permissions=["BasicAgentAccess"])
    assert permissions(ids()["Admin"]) == ["BasicAgentAccess"]


# --- create, describe, update -----------------------------------------------------------------------------------------

MEMBERS: dict[str, Any] = {
    "Description": "They watch over agents",
    "AllowedAccessControlTags": {"team": "voice"},
    "TagRestrictedResources": ["Queue", "User"],
    "HierarchyRestrictedResources": ["User"],
    "GranularAccessControlConfiguration": {
        "DataTableAccessControlConfiguration": {
            "PrimaryAttributeAccessControlConfiguration": {
                "PrimaryAttributeValues": [{"AccessType": "ALLOW", "AttributeName": "team", "Values": ["voice"]}]
            }
        }
    },
}
GRANTS: dict[str, Any] = {
    "Permissions": ["AccessMetrics", "ManagerListenIn"],
    "Applications": [
        {"Namespace": "com.example.crm", "ApplicationPermissions": ["ACCESS"], "Type": "THIRD_PARTY_APPLICATION"}
    ],
    "AllowedAIAgents": [{"Arn": AI_AGENT, "Type": "THIRD_PARTY"}],
}
LISTS = {
    "Permissions": "list_security_profile_permissions",
    "Applications": "list_security_profile_applications",
    "AllowedFlowModules": "list_security_profile_flow_modules",
    "AllowedAIAgents": "list_security_profile_ai_agents",
}


def test_a_new_profile_is_described_as_it_was_created(client: Any, instance_id: str, described: Act) -> None:
    made = client.create_security_profile(
        InstanceId=instance_id, SecurityProfileName="Supervisors", Tags={"team": "voice"}, **MEMBERS, **GRANTS
    )
    found = described(made["SecurityProfileId"])
    assert {member: found[member] for member in MEMBERS} == MEMBERS
    assert (found["SecurityProfileName"], found["Type"], found["Tags"]) == (
        "Supervisors",
        "CUSTOMER_MANAGED",
        {"team": "voice"},
    )
    assert (found["OrganizationResourceId"], found["Arn"]) == (instance_id, made["SecurityProfileArn"])
    assert found["Arn"].endswith(f":instance/{instance_id}/security-profile/{found['Id']}")


def test_a_new_profile_grants_nothing_that_was_not_given(create: Act, ask: Act) -> None:
    made = create()
    assert [ask(operation, made)[member] for member, operation in LISTS.items()] == [[], [], [], []]


@pytest.mark.parametrize("member", GRANTS)
def test_what_a_profile_grants_is_listed(create: Act, ask: Act, described: Act, member: str) -> None:
    made = create(**GRANTS)
    found = ask(LISTS[member], made)
    assert found[member] == GRANTS[member]
    assert found["LastModifiedTime"] == described(made)["LastModifiedTime"]
    assert found["LastModifiedRegion"] == "us-east-1"


@pytest.mark.parametrize("member", [*MEMBERS, *GRANTS])
def test_an_update_replaces_what_it_names_and_nothing_else(
    create: Act, ask: Act, described: Act, amazon_connect: Any, member: str
) -> None:
    def everything() -> dict[str, Any]:
        found = {**described(made), **{name: ask(operation, made)[name] for name, operation in LISTS.items()}}
        return found | {"LastModifiedTime": None}

    made = create(Description="New", Permissions=["Users.View"])
    before, created = everything(), described(made)["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    change = {member: {**MEMBERS, **GRANTS}[member]}
    ask("update_security_profile", made, **change)
    assert everything() == before | change
    assert described(made)["LastModifiedTime"] > created


def test_permissions_can_be_taken_away(create: Act, ask: Act, permissions: Act) -> None:
    made = create(Permissions=["Users.View"])
    ask("update_security_profile", made, Permissions=[])
    assert permissions(made) == []


@pytest.mark.parametrize("name", ["Supervisors", "Agent"])
def test_a_name_is_taken_once(create: Act, name: str, refused: Any) -> None:
    create()
    with refused("DuplicateResourceException") as refusal:
        create(name)
    assert repr(name) in refusal.message


@pytest.mark.parametrize("name", ["Team: voice", "x" * 128])
def test_a_name_is_of_letters_digits_and_few_signs(create: Act, name: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(name)
    assert "SecurityProfileName" in refusal.message


@pytest.mark.amazon_connect(quotas={"security_profiles": 4})
def test_there_are_only_so_many_security_profiles(impatient_client: Any, instance_id: str, refused: Any) -> None:
    with refused("LimitExceededException"):
        impatient_client.create_security_profile(InstanceId=instance_id, SecurityProfileName="Supervisors")


@pytest.mark.amazon_connect(quotas={"security_profiles": 0})
def test_the_default_profiles_come_whatever_the_quota(ids: Act) -> None:
    assert list(ids()) == DEFAULTS


def test_a_hierarchy_restricts_users_alone(create: Act, ask: Act, refused: Any) -> None:
    made = create()
    with refused("InvalidParameterException") as refusal:
        ask("update_security_profile", made, Description="New", HierarchyRestrictedResources=["User", "Queue"])
    assert refusal.message == "HierarchyRestrictedResources must be among User, got 'Queue'"


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_security_profile", {}),
        ("update_security_profile", {"Description": "New"}),
        ("delete_security_profile", {}),
        *((operation, {}) for operation in LISTS.values()),
    ],
)
def test_a_profile_that_does_not_exist_is_not_found(ask: Act, operation: str, members: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        ask(operation, NOWHERE, **members)
    assert NOWHERE in refusal.message


# --- what it refers to ------------------------------------------------------------------------------------------------

MODULE = """
{"Version": "2019-10-30", "StartAction": "done", "Metadata": {},
 "Actions": [{"Identifier": "done", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}],
 "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []}}
"""


@pytest.fixture
def module_id(client: Any, instance_id: str) -> str:
    """The id of a flow module."""
    return str(client.create_contact_flow_module(InstanceId=instance_id, Name="Hello", Content=MODULE)["Id"])


def test_flow_modules_are_granted_by_id(create: Act, ask: Act, module_id: str) -> None:
    allowed = [{"Type": "MCP", "FlowModuleId": module_id}]
    made = create(AllowedFlowModules=allowed)
    assert ask("list_security_profile_flow_modules", made)["AllowedFlowModules"] == allowed
    ask("update_security_profile", made, AllowedFlowModules=[])
    assert ask("list_security_profile_flow_modules", made)["AllowedFlowModules"] == []


def test_a_flow_module_has_to_exist(create: Act, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        create(AllowedFlowModules=[{"Type": "MCP", "FlowModuleId": NOWHERE}])
    assert NOWHERE in refusal.message


def test_a_hierarchy_group_has_to_exist(create: Act, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        create(AllowedAccessControlHierarchyGroupId=NOWHERE)
    assert NOWHERE in refusal.message


def test_a_deleted_hierarchy_group_restricts_nobody(client: Any, instance_id: str, create: Act, described: Act) -> None:
    client.update_user_hierarchy_structure(InstanceId=instance_id, HierarchyStructure={"LevelOne": {"Name": "Country"}})
    group = client.create_user_hierarchy_group(InstanceId=instance_id, Name="Brazil")["HierarchyGroupId"]
    made = create(AllowedAccessControlHierarchyGroupId=group)
    assert described(made)["AllowedAccessControlHierarchyGroupId"] == group
    client.delete_user_hierarchy_group(InstanceId=instance_id, HierarchyGroupId=group)
    assert "AllowedAccessControlHierarchyGroupId" not in described(made)


# --- list and search --------------------------------------------------------------------------------------------------


@needs_member("SecurityProfileSummary", "Type")
def test_a_listed_profile_says_its_type(client: Any, instance_id: str, create: Act, described: Act) -> None:
    made = described(create())
    *_, found = client.list_security_profiles(InstanceId=instance_id)["SecurityProfileSummaryList"]
    assert (found["Id"], found["Arn"], found["Name"]) == (made["Id"], made["Arn"], "Supervisors")
    assert (found["Type"], found["LastModifiedRegion"]) == ("CUSTOMER_MANAGED", "us-east-1")


@pytest.mark.parametrize(
    ("operation", "result", "largest"),
    [("list_security_profiles", "SecurityProfileSummaryList", 1000), ("search_security_profiles", "SecurityProfiles", 100)],
)
def test_profiles_come_in_pages(
    client: Any, instance_id: str, operation: str, result: str, largest: int, ids: Act, refused: Any
) -> None:
    first = getattr(client, operation)(InstanceId=instance_id, MaxResults=3)
    rest = getattr(client, operation)(InstanceId=instance_id, MaxResults=largest, NextToken=first["NextToken"])
    assert [each["Id"] for each in first[result] + rest[result]] == list(ids().values())
    with refused("InvalidParameterException"):
        getattr(client, operation)(InstanceId=instance_id, MaxResults=largest + 1)


@pytest.mark.parametrize(("member", "operation"), LISTS.items())
def test_grants_come_in_pages_of_1000_at_most(
    create: Act, ask: Act, module_id: str, member: str, operation: str, refused: Any
) -> None:
    granted = {**GRANTS, "AllowedFlowModules": [{"Type": "MCP", "FlowModuleId": module_id}]}[member]
    made = create(**{member: [*granted[:1], *granted[:1]]})
    first = ask(operation, made, MaxResults=1)
    rest = ask(operation, made, MaxResults=1000, NextToken=first["NextToken"])
    assert first[member] == rest[member] == granted[:1]
    with refused("InvalidParameterException"):
        ask(operation, made, MaxResults=1001)


def string(value: str, comparison: str = "EXACT", field: str = "name") -> dict[str, Any]:
    return {"SearchCriteria": {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (string("agent"), ["Agent"]),
        (string("a", "STARTS_WITH"), ["Admin", "Agent"]),
        (string("manager", "CONTAINS"), ["CallCenterManager"]),
        ({"SearchFilter": {"TagFilter": {"TagCondition": {"TagKey": "team", "TagValue": "voice"}}}}, ["Supervisors"]),
        ({}, [*DEFAULTS, "Supervisors"]),
    ],
)
def test_profiles_are_found_by_name_and_tags(
    client: Any, instance_id: str, create: Act, asked: Any, expected: list[str]
) -> None:
    create(Tags={"team": "voice"})
    answer = client.search_security_profiles(InstanceId=instance_id, **asked)
    assert [each["SecurityProfileName"] for each in answer["SecurityProfiles"]] == expected
    assert answer["ApproximateTotalCount"] == len(expected)


def test_profiles_have_no_other_fields_to_search(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.search_security_profiles(InstanceId=instance_id, **string("x", field="description"))
    assert "FieldName must be one of name, got 'description'" in refusal.message


def test_a_profile_is_tagged_as_a_security_profile(client: Any, instance_id: str, create: Act, described: Act) -> None:
    client.tag_resource(resourceArn=described(create())["Arn"], tags={"team": "voice"})
    found = client.search_resource_tags(InstanceId=instance_id, ResourceTypes=["security-profile"])["Tags"]
    assert found == [{"key": "team", "value": "voice"}]


# --- delete -----------------------------------------------------------------------------------------------------------


def test_a_deleted_profile_is_gone_and_its_name_is_free(create: Act, ask: Act, ids: Act) -> None:
    ask("delete_security_profile", create())
    assert list(ids()) == DEFAULTS
    create()


def test_a_profile_stays_while_a_user_has_it(
    client: Any, instance_id: str, ask: Act, ids: Act, user: Any, refused: Any
) -> None:
    with refused("ResourceInUseException") as refusal:
        ask("delete_security_profile", ids()["Agent"])
    assert user["UserId"] in refusal.message
    client.delete_user(InstanceId=instance_id, UserId=user["UserId"])
    ask("delete_security_profile", ids()["Agent"])


# --- of AI agents -----------------------------------------------------------------------------------------------------


@pytest.fixture
def give(client: Any, instance_id: str) -> Act:
    """Gives profiles to an AI agent."""
    return lambda *profiles, arn=AI_AGENT, kind="AI_AGENT": client.associate_security_profiles(
        InstanceId=instance_id, EntityType=kind, EntityArn=arn, SecurityProfiles=[{"Id": each} for each in profiles]
    )


@pytest.fixture
def take(client: Any, instance_id: str) -> Act:
    """Takes profiles from an AI agent."""
    return lambda *profiles, arn=AI_AGENT, kind="AI_AGENT": client.disassociate_security_profiles(
        InstanceId=instance_id, EntityType=kind, EntityArn=arn, SecurityProfiles=[{"Id": each} for each in profiles]
    )


@pytest.fixture
def held(client: Any, instance_id: str) -> Act:
    """The ids of the profiles that an AI agent has."""
    return lambda arn=AI_AGENT, kind="AI_AGENT": [
        each["Id"]
        for each in client.list_entity_security_profiles(InstanceId=instance_id, EntityType=kind, EntityArn=arn)[
            "SecurityProfiles"
        ]
    ]


def test_an_ai_agent_has_the_profiles_that_it_was_given(create: Act, give: Act, held: Act) -> None:
    first, second = create("One"), create("Two")
    give(first)
    give(second, first)
    assert held() == [first, second]
    assert held(arn=f"{AI_AGENT}:2") == []


def test_an_ai_agent_loses_the_profiles_that_are_taken(create: Act, give: Act, take: Act, held: Act) -> None:
    first, second, third = create("One"), create("Two"), create("Three")
    give(first, second, third)
    take(first, third)
    assert held() == [second]


def test_what_an_ai_agent_does_not_have_cannot_be_taken(create: Act, give: Act, take: Act, refused: Any) -> None:
    first, second = create("One"), create("Two")
    give(first)
    with refused("ResourceNotFoundException") as refusal:
        take(first, second)
    assert refusal.message == f"{AI_AGENT} does not have the security profile {second}"


@pytest.mark.parametrize("operation", ["give", "take"])
def test_a_profile_for_an_ai_agent_has_to_exist(
    request: pytest.FixtureRequest, create: Act, operation: str, refused: Any
) -> None:
    made = create()
    call = request.getfixturevalue(operation)
    with refused("ResourceNotFoundException") as refusal:
        call(made, NOWHERE)
    assert NOWHERE in refusal.message


OF_ENTITIES = pytest.mark.parametrize(("operation", "profiles"), [("give", [NOWHERE]), ("take", [NOWHERE]), ("held", [])])


@OF_ENTITIES
def test_users_get_their_profiles_otherwise(
    request: pytest.FixtureRequest, operation: str, profiles: list[str], refused: Any
) -> None:
    call = request.getfixturevalue(operation)
    with refused("InvalidParameterException") as refusal:
        call(*profiles, kind="USER")
    assert refusal.message == "EntityType must be AI_AGENT, got 'USER'"


@OF_ENTITIES
def test_an_ai_agent_is_named_by_its_arn(
    request: pytest.FixtureRequest, operation: str, profiles: list[str], refused: Any
) -> None:
    call = request.getfixturevalue(operation)
    with refused("InvalidParameterException") as refusal:
        call(*profiles, arn="agent")
    assert refusal.message.startswith("EntityArn must be the ARN of an AI agent")


def test_at_most_ten_profiles_are_given_at_once(create: Act, give: Act, refused: Any) -> None:
    made = create()
    with refused("InvalidParameterException"):
        give(*[made] * 11)


def test_a_profile_stays_while_an_ai_agent_has_it(create: Act, ask: Act, give: Act, take: Act, refused: Any) -> None:
    made = create()
    give(made)
    with refused("ResourceInUseException"):
        ask("delete_security_profile", made)
    take(made)
    ask("delete_security_profile", made)


def test_profiles_of_an_ai_agent_come_in_pages_of_100_at_most(
    client: Any, instance_id: str, create: Act, give: Act, refused: Any
) -> None:
    given = [create("One"), create("Two"), create("Three")]
    give(*given)
    asked = {"InstanceId": instance_id, "EntityType": "AI_AGENT", "EntityArn": AI_AGENT}
    first = client.list_entity_security_profiles(**asked, MaxResults=2)
    rest = client.list_entity_security_profiles(**asked, MaxResults=100, NextToken=first["NextToken"])
    assert [each["Id"] for each in first["SecurityProfiles"] + rest["SecurityProfiles"]] == given
    with refused("InvalidParameterException"):
        client.list_entity_security_profiles(**asked, MaxResults=101)
