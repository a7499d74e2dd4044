"""Statuses of agents, and what agents are doing now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]
MakeUser = Callable[..., str]
NO_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def status_ids(act: Act) -> dict[str, str]:
    """The ids of Available, Offline, Lunch and the disabled Training."""
    act("create_agent_status", Name="Lunch", State="ENABLED")
    act("create_agent_status", Name="Training", State="DISABLED")
    return {each["Name"]: each["Id"] for each in act("list_agent_statuses")["AgentStatusSummaryList"]}


@pytest.fixture
def put(act: Act, status_ids: dict[str, str]) -> Callable[[str, str], None]:
    """Gives a user a status by name."""
    return lambda user_id, name: act("put_user_status", UserId=user_id, AgentStatusId=status_ids[name])


@pytest.fixture
def give(act: Act) -> Callable[..., str]:
    """Connects a task with a user and gives its id."""
    return lambda user_id, **members: str(
        act(
            "create_contact",
            **{"Channel": "TASK", "InitiationMethod": "API", "InitiateAs": "CONNECTED_TO_USER"} | members,
            UserInfo={"UserId": user_id},
        )["ContactId"]
    )


def data(act: Act, **filters: Any) -> list[dict[str, Any]]:
    return list(act("get_current_user_data", Filters=filters)["UserDataList"])


def of(act: Act, user_id: str) -> dict[str, Any]:
    """What one agent is doing."""
    return data(act, Agents=[user_id])[0]


def users(act: Act, **filters: Any) -> list[str]:
    return [each["User"]["Id"] for each in data(act, **filters)]


# --- the status


def test_a_status_holds_from_when_it_is_put(act: Act, user_id: str, put: Any, status_ids: Any, amazon_connect: Any) -> None:
    now = amazon_connect.clock.advance(60)
    put(user_id, "Lunch")
    status = of(act, user_id)["Status"]
    arn = act("describe_agent_status", AgentStatusId=status_ids["Lunch"])["AgentStatus"]["AgentStatusARN"]
    assert (status["StatusName"], status["StatusArn"]) == ("Lunch", arn)
    assert 0 <= (status["StatusStartTimestamp"] - now).total_seconds() < 30


@pytest.mark.parametrize("name", [None, "Offline"])
def test_an_agent_who_is_not_at_work_is_not_shown(act: Act, user_id: str, put: Any, name: str | None) -> None:
    if name:
        put(user_id, "Available")
        put(user_id, name)
    assert users(act, Agents=[user_id]) == []


def test_a_status_must_exist(act: Act, user_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act("put_user_status", UserId=user_id, AgentStatusId=NO_ID)


def test_a_disabled_status_is_not_put(user_id: str, put: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        put(user_id, "Training")
    assert "Training" in refusal.message


def test_an_agent_with_a_contact_gets_the_status_next(act: Act, user_id: str, put: Any, give: Any) -> None:
    put(user_id, "Available")
    give(user_id)
    put(user_id, "Lunch")
    found = of(act, user_id)
    assert (found["Status"]["StatusName"], found["NextStatus"]) == ("Available", "Lunch")


def test_the_next_status_comes_with_the_end_of_the_last_contact(
    act: Act, user_id: str, put: Any, give: Any, amazon_connect: Any
) -> None:
    put(user_id, "Available")
    contact_ids = [give(user_id), give(user_id)]
    put(user_id, "Lunch")
    act("stop_contact", ContactId=contact_ids[0])
    assert of(act, user_id)["Status"]["StatusName"] == "Available"
    amazon_connect.clock.advance(60)
    act("stop_contact", ContactId=contact_ids[1])
    ended = act("describe_contact", ContactId=contact_ids[1])["Contact"]["DisconnectTimestamp"]
    amazon_connect.clock.advance(60)
    found = of(act, user_id)
    assert (found["Status"]["StatusName"], found["Status"]["StatusStartTimestamp"]) == ("Lunch", ended)
    assert "NextStatus" not in found


def test_the_next_status_came_between_two_contacts_though_nobody_looked(
    act: Act, user_id: str, put: Any, give: Any, amazon_connect: Any
) -> None:
    put(user_id, "Available")
    contact_id = give(user_id)
    put(user_id, "Offline")
    act("stop_contact", ContactId=contact_id)
    amazon_connect.clock.advance(60)
    give(user_id)
    put(user_id, "Lunch")
    found = of(act, user_id)
    assert (found["Status"]["StatusName"], found["NextStatus"]) == ("Offline", "Lunch")


def test_the_next_status_waits_for_contacts_that_follow_without_a_break(act: Act, user_id: str, put: Any, give: Any) -> None:
    put(user_id, "Available")
    first = give(user_id)
    put(user_id, "Lunch")
    give(user_id)
    act("stop_contact", ContactId=first)
    assert of(act, user_id)["Status"]["StatusName"] == "Available"


# --- what an agent is doing


def test_an_agent_is_shown_with_profile_and_hierarchy(act: Act, make_user: MakeUser, put: Any) -> None:
    act("update_user_hierarchy_structure", HierarchyStructure={"LevelOne": {"Name": "Site"}})
    group_id = act("create_user_hierarchy_group", Name="Lisbon")["HierarchyGroupId"]
    user_id = make_user(HierarchyGroupId=group_id)
    put(user_id, "Available")
    found, user = of(act, user_id), act("describe_user", UserId=user_id)["User"]
    assert found["User"] == {"Id": user_id, "Arn": user["Arn"]}
    assert found["RoutingProfile"]["Id"] == user["RoutingProfileId"]
    assert found["HierarchyPath"]["LevelOne"]["Id"] == group_id


def test_slots_are_those_of_the_routing_profile(act: Act, user_id: str, put: Any) -> None:
    put(user_id, "Available")
    found = of(act, user_id)
    assert found["MaxSlotsByChannel"] == found["AvailableSlotsByChannel"] == {"CHAT": 2, "TASK": 1, "VOICE": 1}
    assert found["ActiveSlotsByChannel"] == {"CHAT": 0, "TASK": 0, "VOICE": 0}


def test_a_contact_takes_a_slot(act: Act, user_id: str, put: Any, give: Any) -> None:
    put(user_id, "Available")
    give(user_id)
    found = of(act, user_id)
    assert (found["ActiveSlotsByChannel"]["TASK"], found["AvailableSlotsByChannel"]["TASK"]) == (1, 0)
    assert found["AvailableSlotsByChannel"]["CHAT"] == 2


def test_no_slot_is_available_where_contacts_are_not_routed(act: Act, user_id: str, put: Any) -> None:
    put(user_id, "Lunch")
    assert set(of(act, user_id)["AvailableSlotsByChannel"].values()) == {0}


def test_an_agent_is_shown_with_the_contacts_that_are_open(act: Act, user_id: str, give: Any) -> None:
    first, second = give(user_id), give(user_id)
    act("stop_contact", ContactId=first)
    found = of(act, user_id)
    contact = act("describe_contact", ContactId=second)["Contact"]
    connected = contact["AgentInfo"]["ConnectedToAgentTimestamp"]
    assert found["Contacts"] == [
        {
            "ContactId": second,
            "Channel": "TASK",
            "InitiationMethod": "API",
            "AgentContactState": "CONNECTED",
            "StateStartTimestamp": connected,
            "ConnectedToAgentTimestamp": connected,
        }
    ]
    assert "Status" not in found


# --- filters


@pytest.fixture
def others(act: Act, make_user: MakeUser, put: Any, queue_id: str) -> dict[str, str]:
    """Two agents: ben in the group Lisbon, eva one level deeper and with another routing profile for the queue "Support"."""
    levels = {"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Floor"}}
    act("update_user_hierarchy_structure", HierarchyStructure=levels)
    lisbon = act("create_user_hierarchy_group", Name="Lisbon")["HierarchyGroupId"]
    floor = act("create_user_hierarchy_group", Name="First floor", ParentGroupId=lisbon)["HierarchyGroupId"]
    profile = act(
        "create_routing_profile",
        Name="Support",
        Description="Tasks",
        DefaultOutboundQueueId=queue_id,
        MediaConcurrencies=[{"Channel": "TASK", "Concurrency": 1}],
        QueueConfigs=[{"QueueReference": {"QueueId": queue_id, "Channel": "TASK"}, "Priority": 1, "Delay": 0}],
    )["RoutingProfileId"]
    ben, eva = make_user("ben", HierarchyGroupId=lisbon), make_user("eva", HierarchyGroupId=floor, RoutingProfileId=profile)
    for each in (ben, eva):
        put(each, "Available")
    return {"ben": ben, "eva": eva, "lisbon": lisbon, "floor": floor, "profile": profile, "queue": queue_id}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Agents", "ben", ["ben"]),
        ("RoutingProfiles", "profile", ["eva"]),
        ("Queues", "queue", ["eva"]),
        ("UserHierarchyGroups", "lisbon", ["ben", "eva"]),
        ("UserHierarchyGroups", "floor", ["eva"]),
    ],
)
def test_agents_are_chosen_by(act: Act, others: dict[str, str], name: str, value: str, expected: list[str]) -> None:
    assert users(act, **{name: [others[value]]}) == [others[each] for each in expected]


def test_agents_are_chosen_by_arn(act: Act, others: dict[str, str]) -> None:
    arn = act("describe_user", UserId=others["eva"])["User"]["Arn"]
    assert users(act, Agents=[arn]) == [others["eva"]]


def test_without_a_filter_all_agents_at_work_are_shown(act: Act, user_id: str, others: dict[str, str]) -> None:
    assert users(act) == [others["ben"], others["eva"]]


def test_agents_are_chosen_by_the_states_of_their_contacts(act: Act, others: dict[str, str], give: Any) -> None:
    give(others["eva"])
    assert users(act, ContactFilter={"ContactStates": ["CONNECTED"]}) == [others["eva"]]
    assert users(act, ContactFilter={"ContactStates": ["MISSED", "ERROR"]}) == []


def test_one_filter_is_given_at_most(act: Act, others: dict[str, str], refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        data(act, Agents=[others["ben"]], Queues=[others["queue"]])
    assert "got Queues, Agents" in refusal.message


@pytest.mark.parametrize("name", ["Agents", "RoutingProfiles", "Queues", "UserHierarchyGroups"])
def test_what_a_filter_names_must_exist(act: Act, name: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        data(act, **{name: [NO_ID]})


@pytest.mark.parametrize(("name", "most"), [("Agents", 100), ("UserHierarchyGroups", 1)])
def test_a_filter_names_no_more_than_allowed(act: Act, name: str, most: int, refused: Any) -> None:
    with refused("InvalidParameterException"):
        data(act, **{name: [NO_ID] * (most + 1)})


def test_agents_are_shown_a_page_at_a_time(act: Act, others: dict[str, str], refused: Any) -> None:
    first = act("get_current_user_data", Filters={}, MaxResults=1)
    rest = act("get_current_user_data", Filters={}, MaxResults=100, NextToken=first["NextToken"])
    assert [each["User"]["Id"] for each in first["UserDataList"] + rest["UserDataList"]] == [others["ben"], others["eva"]]
    assert first["ApproximateTotalCount"] == 2
    with refused("InvalidParameterException"):
        act("get_current_user_data", Filters={}, MaxResults=101)
