"""Routing profiles: create, describe, list, search, update, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connect_mock.service_model import load

Act = Callable[..., Any]
NO_ID = "00000000-0000-4000-8000-000000000000"
VOICE = [{"Channel": "VOICE", "Concurrency": 1}]
BASIC = "Basic Routing Profile"

with_types_of_work = pytest.mark.skipif(
    "WorkloadTypeConcurrencies" not in load("connect").shape_for("MediaConcurrency").members,
    reason="botocore wants a Concurrency of 1 and more for each channel",
)


def config(queue_id: str, channel: str = "VOICE", priority: int = 1, delay: int = 0) -> dict[str, Any]:
    """A RoutingProfileQueueConfig."""
    return {"QueueReference": {"QueueId": queue_id, "Channel": channel}, "Priority": priority, "Delay": delay}


def manual(queue_id: str, channel: str = "CHAT") -> dict[str, Any]:
    """A RoutingProfileManualAssignmentQueueConfig."""
    return {"QueueReference": {"QueueId": queue_id, "Channel": channel}}


@pytest.fixture
def make(act: Act, queue_id: str) -> Callable[..., str]:
    """Makes a routing profile and gives its id."""

    def create(name: str = "Sales", **members: Any) -> str:
        asked = {"Description": "Sells", "DefaultOutboundQueueId": queue_id, "MediaConcurrencies": VOICE} | members
        return str(act("create_routing_profile", Name=name, **asked)["RoutingProfileId"])

    return create


@pytest.fixture
def profile_id(make: Callable[..., str]) -> str:
    """The id of the profile "Sales"."""
    return make()


@pytest.fixture
def described(act: Act) -> Callable[[str], dict[str, Any]]:
    """A profile as DescribeRoutingProfile shows it."""
    return lambda profile_id: dict(act("describe_routing_profile", RoutingProfileId=profile_id)["RoutingProfile"])


@pytest.fixture
def basic(act: Act, described: Any) -> dict[str, Any]:
    """The profile that the instance came with."""
    found = act("list_routing_profiles")["RoutingProfileSummaryList"][0]
    return dict(described(found["Id"]))


def names(found: Any) -> list[str]:
    """The names in the answer of a search."""
    return [profile["Name"] for profile in found["RoutingProfiles"]]


# --- the profile that an instance comes with --------------------------------------------------------------------------


def test_a_new_instance_has_the_basic_routing_profile(act: Act, basic: dict[str, Any]) -> None:
    queue = act("list_queues")["QueueSummaryList"][0]
    assert (basic["Name"], basic["Description"], basic["IsDefault"]) == (BASIC, "A simple routing profile.", True)
    assert basic["DefaultOutboundQueueId"] == queue["Id"]
    found = [(each["Channel"], each["Concurrency"]) for each in basic["MediaConcurrencies"]]
    assert found == [("CHAT", 2), ("TASK", 1), ("VOICE", 1)]


def test_the_basic_routing_profile_serves_basic_queue_on_each_channel(act: Act, basic: dict[str, Any]) -> None:
    rows = act("list_routing_profile_queues", RoutingProfileId=basic["RoutingProfileId"])
    found = rows["RoutingProfileQueueConfigSummaryList"]
    assert {(each["QueueName"], each["Priority"], each["Delay"]) for each in found} == {("BasicQueue", 1, 0)}
    assert {each["Channel"] for each in found} == {"VOICE", "CHAT", "TASK"}


def test_the_default_routing_profile_is_not_deleted(act: Act, basic: dict[str, Any], refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act("delete_routing_profile", RoutingProfileId=basic["RoutingProfileId"])
    assert BASIC in refusal.message


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_new_profile_is_described_as_it_was_created(act: Act, queue_id: str, described: Any, instance_id: str) -> None:
    settings = {
        "Name": "Sales",
        "Description": "Sells",
        "DefaultOutboundQueueId": queue_id,
        "MediaConcurrencies": [
            {"Channel": "CHAT", "Concurrency": 10, "CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}}
        ],
        "Tags": {"team": "blue"},
        "AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND",
    }
    made = act("create_routing_profile", **settings)
    found = described(made["RoutingProfileId"])
    assert {name: found[name] for name in settings} == settings
    assert (found["RoutingProfileArn"], found["InstanceId"]) == (made["RoutingProfileArn"], instance_id)
    assert (found["IsDefault"], found["LastModifiedRegion"]) == (False, "us-east-1")


def test_a_profile_has_an_arn_below_its_instance(amazon_connect: Any, profile_id: str, described: Any) -> None:
    arn = f"{amazon_connect.instance['Arn']}/routing-profile/{profile_id}"
    assert described(profile_id)["RoutingProfileArn"] == arn
    assert described(arn) == described(profile_id)


def test_agents_are_put_in_order_by_their_last_activity_unless_it_says_otherwise(profile_id: str, described: Any) -> None:
    assert described(profile_id)["AgentAvailabilityTimer"] == "TIME_SINCE_LAST_ACTIVITY"


def test_a_described_profile_does_not_name_its_queues(make: Any, queue_id: str, described: Any) -> None:
    found = described(make(QueueConfigs=[config(queue_id)]))
    assert found.keys().isdisjoint({"AssociatedQueueIds", "AssociatedManualAssignmentQueueIds"})


def test_a_described_profile_counts_queues_and_not_their_channels(make: Any, make_queue: Any, described: Any) -> None:
    one, other = make_queue("One"), make_queue("Other")
    configs = [config(one), config(one, "CHAT"), config(other)]
    found = described(make(QueueConfigs=configs, ManualAssignmentQueueConfigs=[manual(one), manual(one, "TASK")]))
    assert (found["NumberOfAssociatedQueues"], found["NumberOfAssociatedManualAssignmentQueues"]) == (2, 1)


def test_a_described_profile_counts_its_users(act: Act, basic: dict[str, Any], described: Any, user_id: str) -> None:
    assert basic["NumberOfAssociatedUsers"] == 0
    assert described(basic["RoutingProfileId"])["NumberOfAssociatedUsers"] == 1


@pytest.mark.parametrize("name", ["Sales", BASIC])
def test_a_name_is_taken_once_in_an_instance(make: Any, profile_id: str, name: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        make(name)
    assert name in refusal.message


@pytest.mark.amazon_connect(quotas={"routing_profiles": 1})
def test_profiles_are_as_many_as_the_quota_allows(
    impatient_client: Any, instance_id: str, queue_id: str, refused: Any
) -> None:
    with refused("LimitExceededException"):
        impatient_client.create_routing_profile(
            InstanceId=instance_id,
            Name="Sales",
            Description="Sells",
            DefaultOutboundQueueId=queue_id,
            MediaConcurrencies=VOICE,
        )


@pytest.mark.parametrize(
    "members",
    [
        {"DefaultOutboundQueueId": NO_ID},
        {"QueueConfigs": [config(NO_ID)]},
        {"ManualAssignmentQueueConfigs": [manual(NO_ID)]},
    ],
)
def test_the_queues_of_a_profile_have_to_exist(make: Any, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        make(**members)
    assert NO_ID in refusal.message


def test_the_queue_of_an_agent_is_not_in_a_profile(make: Any, agent_queue_id: str, refused: Any) -> None:
    for members in (
        {"DefaultOutboundQueueId": agent_queue_id},
        {"QueueConfigs": [config(agent_queue_id)]},
        {"ManualAssignmentQueueConfigs": [manual(agent_queue_id)]},
    ):
        with refused("InvalidRequestException") as refusal:
            make(**members)
        assert agent_queue_id in refusal.message


# --- concurrency ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concurrencies", "problem"),
    [
        ([{"Channel": "VOICE", "Concurrency": 2}], "VOICE must be at most 1, got 2"),
        ([{"Channel": "CHAT", "Concurrency": 11}], "10, got 11"),
        ([{"Channel": "FAX", "Concurrency": 1}], "'FAX'"),
        (VOICE * 2, "VOICE is there 2 times"),
    ],
)
def test_an_agent_has_only_so_many_contacts_of_a_channel(
    make: Any, concurrencies: list[dict[str, Any]], problem: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        make(MediaConcurrencies=concurrencies)
    assert problem in refusal.message


@with_types_of_work
def test_a_channel_says_how_many_contacts_it_allows(make: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        make(MediaConcurrencies=[{"Channel": "CHAT"}])
    assert "CHAT has no Concurrency" in refusal.message


@with_types_of_work
def test_types_of_work_can_say_how_many_contacts_a_channel_allows(make: Any, described: Any) -> None:
    kinds = [{"WorkloadType": "returns", "Concurrency": 3}]
    found = described(make(MediaConcurrencies=[{"Channel": "CHAT", "WorkloadTypeConcurrencies": kinds}]))
    assert found["MediaConcurrencies"][0]["WorkloadTypeConcurrencies"] == kinds


@with_types_of_work
def test_a_type_of_work_has_at_most_one_call_too(make: Any, refused: Any) -> None:
    kinds = [{"WorkloadType": "returns", "Concurrency": 2}]
    with refused("InvalidParameterException"):
        make(MediaConcurrencies=[{"Channel": "VOICE", "WorkloadTypeConcurrencies": kinds}])


@with_types_of_work
def test_a_channel_can_be_switched_off(make: Any, described: Any) -> None:
    off = [{"Channel": "CHAT", "Concurrency": 0}]
    assert described(make(MediaConcurrencies=off))["MediaConcurrencies"] == off


def test_the_channels_are_replaced(act: Act, profile_id: str, described: Any) -> None:
    chat = [{"Channel": "CHAT", "Concurrency": 3, "CrossChannelBehavior": {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"}}]
    act("update_routing_profile_concurrency", RoutingProfileId=profile_id, MediaConcurrencies=chat)
    assert described(profile_id)["MediaConcurrencies"] == chat


def test_the_channels_are_not_replaced_by_too_many_calls(act: Act, profile_id: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        act(
            "update_routing_profile_concurrency",
            RoutingProfileId=profile_id,
            MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 2}],
        )


# --- list and search --------------------------------------------------------------------------------------------------


def test_profiles_are_listed_in_the_order_in_which_they_came(act: Act, make: Any) -> None:
    made = [make("Sales"), make("Care")]
    found = act("list_routing_profiles")["RoutingProfileSummaryList"]
    assert [each["Name"] for each in found] == [BASIC, "Sales", "Care"]
    assert [each["Id"] for each in found[1:]] == made
    assert found[1].keys() == {"Id", "Arn", "Name", "LastModifiedTime", "LastModifiedRegion"}


def test_a_page_of_profiles_has_the_size_that_was_asked_for(act: Act, profile_id: str) -> None:
    page = act("list_routing_profiles", MaxResults=1)
    rest = act("list_routing_profiles", MaxResults=1, NextToken=page["NextToken"])
    assert [each["RoutingProfileSummaryList"][0]["Name"] for each in (page, rest)] == [BASIC, "Sales"]
    assert "NextToken" not in rest


@pytest.mark.parametrize(("operation", "largest"), [("list_routing_profiles", 1000), ("search_routing_profiles", 500)])
def test_the_largest_page_of_profiles_is_documented(act: Act, operation: str, largest: int, refused: Any) -> None:
    act(operation, MaxResults=largest)
    with refused("InvalidParameterException"):
        act(operation, MaxResults=largest + 1)


@pytest.mark.parametrize(
    ("field", "value", "comparison"),
    [
        ("name", "Sales", "EXACT"),
        ("name", "sal", "STARTS_WITH"),
        ("name", "ale", "CONTAINS"),
        ("description", "Sells", "EXACT"),
    ],
)
def test_profiles_are_found_by_their_texts(act: Act, profile_id: str, field: str, value: str, comparison: str) -> None:
    condition = {"FieldName": field, "Value": value, "ComparisonType": comparison}
    assert names(act("search_routing_profiles", SearchCriteria={"StringCondition": condition})) == ["Sales"]


def test_profiles_are_found_by_their_id(act: Act, profile_id: str) -> None:
    condition = {"FieldName": "resourceID", "Value": profile_id, "ComparisonType": "EXACT"}
    assert names(act("search_routing_profiles", SearchCriteria={"StringCondition": condition})) == ["Sales"]


def test_profiles_are_found_by_their_queues(act: Act, make: Any, queue_id: str) -> None:
    make("Care")
    make("Sales", QueueConfigs=[config(queue_id)])
    condition = {"FieldName": "associatedQueueIds", "Value": queue_id, "ComparisonType": "EXACT"}
    assert names(act("search_routing_profiles", SearchCriteria={"StringCondition": condition})) == ["Sales"]


def test_profiles_are_not_found_by_other_fields(act: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("search_routing_profiles", SearchCriteria={"StringCondition": {"FieldName": "channel", "Value": "VOICE"}})
    assert "associatedQueueIds, name, description, resourceID" in refusal.message


def test_profiles_are_found_by_tag(act: Act, make: Any) -> None:
    make("Sales", Tags={"team": "blue"})
    make("Care", Tags={"team": "red"})
    condition = {"TagKey": "team", "TagValue": "red"}
    found = act("search_routing_profiles", SearchFilter={"TagFilter": {"TagCondition": condition}})
    assert names(found) == ["Care"]
    assert found["ApproximateTotalCount"] == 1


def test_a_found_profile_names_its_queues(act: Act, make: Any, queue_id: str, make_queue: Any) -> None:
    picked = make_queue("Picked")
    configs = [config(queue_id), config(queue_id, "CHAT")]
    make(QueueConfigs=configs, ManualAssignmentQueueConfigs=[manual(picked)])
    found = act("search_routing_profiles")["RoutingProfiles"][1]
    assert found["AssociatedQueueIds"] == [queue_id]
    assert found["AssociatedManualAssignmentQueueIds"] == [picked]


def test_a_found_profile_lacks_what_the_documentation_says(act: Act, make: Any) -> None:
    behaviour = {"CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}}
    make(MediaConcurrencies=[VOICE[0] | behaviour], AgentAvailabilityTimer="TIME_SINCE_LAST_INBOUND")
    found = act("search_routing_profiles")["RoutingProfiles"][1]
    assert found["MediaConcurrencies"] == VOICE
    assert found.keys().isdisjoint({"LastModifiedTime", "LastModifiedRegion", "AgentAvailabilityTimer"})


def test_a_found_profile_says_whether_it_is_the_default(act: Act, profile_id: str) -> None:
    found = act("search_routing_profiles")["RoutingProfiles"]
    assert [each["IsDefault"] for each in found] == [True, False]


def test_a_search_goes_on_after_what_was_deleted(act: Act, make: Any) -> None:
    made = [make(name) for name in ("Sales", "Care", "Press")]
    page = act("search_routing_profiles", MaxResults=2)
    act("delete_routing_profile", RoutingProfileId=made[0])
    rest = act("search_routing_profiles", MaxResults=2, NextToken=page["NextToken"])
    assert (names(page), names(rest)) == ([BASIC, "Sales"], ["Care", "Press"])


# --- update and delete ------------------------------------------------------------------------------------------------


def test_a_profile_is_renamed(act: Act, profile_id: str, described: Any) -> None:
    act("update_routing_profile_name", RoutingProfileId=profile_id, Name="Care")
    assert (described(profile_id)["Name"], described(profile_id)["Description"]) == ("Care", "Sells")


def test_a_description_changes_alone(act: Act, profile_id: str, described: Any) -> None:
    act("update_routing_profile_name", RoutingProfileId=profile_id, Description="Sells more")
    assert (described(profile_id)["Name"], described(profile_id)["Description"]) == ("Sales", "Sells more")


def test_a_profile_is_not_renamed_to_a_name_that_is_taken(act: Act, profile_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException"):
        act("update_routing_profile_name", RoutingProfileId=profile_id, Name=BASIC)


def test_name_or_description_has_to_be_given(act: Act, profile_id: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        act("update_routing_profile_name", RoutingProfileId=profile_id)


def test_outbound_calls_go_through_another_queue(act: Act, profile_id: str, make_queue: Any, described: Any) -> None:
    other = make_queue("Other")
    act("update_routing_profile_default_outbound_queue", RoutingProfileId=profile_id, DefaultOutboundQueueId=other)
    assert described(profile_id)["DefaultOutboundQueueId"] == other


def test_outbound_calls_go_through_a_queue_that_exists(act: Act, profile_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act("update_routing_profile_default_outbound_queue", RoutingProfileId=profile_id, DefaultOutboundQueueId=NO_ID)


def test_agents_are_put_in_order_by_another_time(act: Act, profile_id: str, described: Any) -> None:
    act(
        "update_routing_profile_agent_availability_timer",
        RoutingProfileId=profile_id,
        AgentAvailabilityTimer="TIME_SINCE_LAST_INBOUND",
    )
    assert described(profile_id)["AgentAvailabilityTimer"] == "TIME_SINCE_LAST_INBOUND"


def test_there_are_two_times_to_put_agents_in_order(act: Act, profile_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act(
            "update_routing_profile_agent_availability_timer",
            RoutingProfileId=profile_id,
            AgentAvailabilityTimer="TIME_SINCE_LUNCH",
        )
    assert "TIME_SINCE_LAST_ACTIVITY, TIME_SINCE_LAST_INBOUND" in refusal.message


def test_a_deleted_profile_is_gone(act: Act, profile_id: str, refused: Any) -> None:
    act("delete_routing_profile", RoutingProfileId=profile_id)
    assert names(act("search_routing_profiles")) == [BASIC]
    with refused("ResourceNotFoundException"):
        act("describe_routing_profile", RoutingProfileId=profile_id)


def test_the_profile_of_a_user_is_not_deleted(act: Act, make_user: Any, profile_id: str, refused: Any) -> None:
    user_id = make_user(RoutingProfileId=profile_id)
    with refused("ResourceInUseException") as refusal:
        act("delete_routing_profile", RoutingProfileId=profile_id)
    assert user_id in refusal.message


def test_a_deleted_profile_lets_its_queues_go(act: Act, make: Any, queue_id: str) -> None:
    profile_id = make(QueueConfigs=[config(queue_id)])
    act("delete_routing_profile", RoutingProfileId=profile_id)
    act("delete_queue", QueueId=queue_id)
    assert [each["Name"] for each in act("list_queues")["QueueSummaryList"]] == ["BasicQueue"]


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("describe_routing_profile", {}),
        ("delete_routing_profile", {}),
        ("update_routing_profile_name", {"Name": "New"}),
        ("update_routing_profile_concurrency", {"MediaConcurrencies": VOICE}),
        ("update_routing_profile_agent_availability_timer", {"AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND"}),
    ],
)
def test_a_profile_that_does_not_exist_is_not_found(act: Act, operation: str, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, RoutingProfileId=NO_ID, **members)
    assert f"RoutingProfile with id {NO_ID}" in refusal.message


def test_a_profile_that_does_not_exist_has_no_default_queue(act: Act, queue_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act("update_routing_profile_default_outbound_queue", RoutingProfileId=NO_ID, DefaultOutboundQueueId=queue_id)


def test_the_tags_of_profiles_are_found(act: Act, make: Any) -> None:
    make(Tags={"team": "blue"})
    assert act("search_resource_tags", ResourceTypes=["routing-profile"])["Tags"] == [{"key": "team", "value": "blue"}]
