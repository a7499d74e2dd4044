"""The queues of routing profiles: associate, change, disassociate and list, routed and picked by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.resources.test_routing_profiles import NO_ID, VOICE, config, manual

Act = Callable[..., Any]


@pytest.fixture
def profile_id(act: Act, queue_id: str) -> str:
    """The id of a profile without queues but the default one for outbound calls."""
    made = act(
        "create_routing_profile",
        Name="Sales",
        Description="Sells",
        DefaultOutboundQueueId=queue_id,
        MediaConcurrencies=VOICE,
    )
    return str(made["RoutingProfileId"])


@pytest.fixture
def on(act: Act, profile_id: str) -> Act:
    """Calls an operation on the profile."""
    return lambda operation, **members: act(operation, RoutingProfileId=profile_id, **members)


@pytest.fixture
def routed(on: Act) -> Callable[[], list[tuple[Any, ...]]]:
    """Queue, channel, priority and delay of each routed queue of the profile."""

    def listed() -> list[tuple[Any, ...]]:
        rows = on("list_routing_profile_queues")["RoutingProfileQueueConfigSummaryList"]
        return [(row["QueueId"], row["Channel"], row["Priority"], row["Delay"]) for row in rows]

    return listed


@pytest.fixture
def picked(on: Act) -> Callable[[], list[tuple[str, str]]]:
    """Queue and channel of each queue of the profile whose contacts agents pick."""

    def listed() -> list[tuple[str, str]]:
        found = on("list_routing_profile_manual_assignment_queues")
        rows = found["RoutingProfileManualAssignmentQueueConfigSummaryList"]
        return [(row["QueueId"], row["Channel"]) for row in rows]

    return listed


def reference(queue_id: str, channel: str = "VOICE") -> dict[str, str]:
    """A RoutingProfileQueueReference."""
    return {"QueueId": queue_id, "Channel": channel}


# --- associate --------------------------------------------------------------------------------------------------------


def test_a_profile_may_have_no_queues(routed: Any, picked: Any) -> None:
    assert (routed(), picked()) == ([], [])


def test_queues_are_added_to_those_that_are_there(on: Act, queue_id: str, routed: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id, "VOICE", 2, 30)])
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id, "CHAT", 1, 0)])
    assert routed() == [(queue_id, "VOICE", 2, 30), (queue_id, "CHAT", 1, 0)]


def test_a_queue_that_is_there_gets_the_new_rank(on: Act, queue_id: str, routed: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id, "VOICE", 2, 30)])
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id, "VOICE", 1, 0)])
    assert routed() == [(queue_id, "VOICE", 1, 0)]


def test_queues_are_picked_by_hand_once_they_are_associated(on: Act, queue_id: str, routed: Any, picked: Any) -> None:
    on("associate_routing_profile_queues", ManualAssignmentQueueConfigs=[manual(queue_id, "CHAT")])
    on("associate_routing_profile_queues", ManualAssignmentQueueConfigs=[manual(queue_id, "VOICE"), manual(queue_id)])
    assert (picked(), routed()) == ([(queue_id, "CHAT"), (queue_id, "VOICE")], [])


def test_a_queue_is_listed_with_its_name_and_arn(on: Act, amazon_connect: Any, queue_id: str) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id)], ManualAssignmentQueueConfigs=[manual(queue_id)])
    routed = on("list_routing_profile_queues")["RoutingProfileQueueConfigSummaryList"]
    picked = on("list_routing_profile_manual_assignment_queues")
    for row in (*routed, *picked["RoutingProfileManualAssignmentQueueConfigSummaryList"]):
        assert (row["QueueName"], row["QueueArn"]) == ("Support", f"{amazon_connect.instance['Arn']}/queue/{queue_id}")


def test_a_queue_is_associated_by_arn_too(on: Act, amazon_connect: Any, queue_id: str, routed: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(f"{amazon_connect.instance['Arn']}/queue/{queue_id}")])
    assert routed() == [(queue_id, "VOICE", 1, 0)]


@pytest.mark.parametrize(("member", "make"), [("QueueConfigs", config), ("ManualAssignmentQueueConfigs", manual)])
def test_a_queue_and_channel_is_in_a_call_once(on: Act, queue_id: str, member: str, make: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        on("associate_routing_profile_queues", **{member: [make(queue_id), make(queue_id)]})
    assert member in refusal.message
    assert queue_id in refusal.message


@pytest.mark.parametrize(
    ("operation", "member", "item"),
    [
        ("associate_routing_profile_queues", "QueueConfigs", config(NO_ID)),
        ("associate_routing_profile_queues", "ManualAssignmentQueueConfigs", manual(NO_ID)),
        ("update_routing_profile_queues", "QueueConfigs", config(NO_ID)),
        ("disassociate_routing_profile_queues", "QueueReferences", reference(NO_ID)),
        ("disassociate_routing_profile_queues", "ManualAssignmentQueueReferences", reference(NO_ID)),
    ],
)
def test_10_queues_fit_in_one_call_and_each_has_to_exist(
    on: Act, operation: str, member: str, item: dict[str, Any], refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        on(operation, **{member: [item] * 11})
    assert member in refusal.message
    with refused("ResourceNotFoundException") as refusal:
        on(operation, **{member: [item] * 10})
    assert NO_ID in refusal.message


@pytest.mark.parametrize(("priority", "delay"), [(100, 0), (1, 10_000)])
def test_priority_and_delay_have_bounds(on: Act, queue_id: str, priority: int, delay: int, refused: Any) -> None:
    with refused("InvalidParameterException"):
        on("associate_routing_profile_queues", QueueConfigs=[config(queue_id, "VOICE", priority, delay)])


@pytest.mark.amazon_connect(quotas={"queues_of_a_routing_profile": 1})
def test_a_profile_routes_as_many_queues_and_channels_as_the_quota_allows(on: Act, queue_id: str, refused: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id)])
    with refused("InvalidRequestException") as refusal:
        on("associate_routing_profile_queues", QueueConfigs=[config(queue_id, "CHAT")])
    assert "queues_of_a_routing_profile" in refusal.message


@pytest.mark.amazon_connect(quotas={"manual_assignment_queues_of_a_routing_profile": 1})
def test_a_profile_lets_pick_from_as_many_as_the_quota_allows(on: Act, queue_id: str, refused: Any) -> None:
    on("associate_routing_profile_queues", ManualAssignmentQueueConfigs=[manual(queue_id)])
    with refused("InvalidRequestException"):
        on("associate_routing_profile_queues", ManualAssignmentQueueConfigs=[manual(queue_id, "TASK")])


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("associate_routing_profile_queues", "QueueConfigs or ManualAssignmentQueueConfigs"),
        ("disassociate_routing_profile_queues", "QueueReferences or ManualAssignmentQueueReferences"),
    ],
)
def test_some_queue_has_to_be_given(on: Act, operation: str, members: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        on(operation)
    assert members in refusal.message


# --- change and disassociate ------------------------------------------------------------------------------------------


def test_priority_and_delay_change_and_the_others_stay(on: Act, queue_id: str, routed: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id), config(queue_id, "CHAT")])
    on("update_routing_profile_queues", QueueConfigs=[config(queue_id, "VOICE", 99, 9999)])
    assert routed() == [(queue_id, "VOICE", 99, 9999), (queue_id, "CHAT", 1, 0)]


def test_what_is_not_associated_does_not_change(on: Act, queue_id: str, refused: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id)])
    with refused("InvalidRequestException") as refusal:
        on("update_routing_profile_queues", QueueConfigs=[config(queue_id, "VOICE", 5), config(queue_id, "CHAT")])
    assert f"Queue {queue_id} with channel CHAT" in refusal.message


def test_a_channel_of_a_queue_is_taken_away(on: Act, queue_id: str, routed: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id), config(queue_id, "CHAT")])
    on("disassociate_routing_profile_queues", QueueReferences=[reference(queue_id)])
    assert routed() == [(queue_id, "CHAT", 1, 0)]


def test_routed_and_picked_queues_are_taken_away_apart(on: Act, queue_id: str, routed: Any, picked: Any) -> None:
    on(
        "associate_routing_profile_queues",
        QueueConfigs=[config(queue_id, "CHAT")],
        ManualAssignmentQueueConfigs=[manual(queue_id, "CHAT")],
    )
    on("disassociate_routing_profile_queues", ManualAssignmentQueueReferences=[reference(queue_id, "CHAT")])
    assert (routed(), picked()) == ([(queue_id, "CHAT", 1, 0)], [])


def test_taking_away_what_is_not_associated_changes_nothing(on: Act, queue_id: str, routed: Any) -> None:
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id)])
    on("disassociate_routing_profile_queues", QueueReferences=[reference(queue_id, "TASK")])
    assert routed() == [(queue_id, "VOICE", 1, 0)]


@pytest.mark.parametrize(("member", "make"), [("QueueConfigs", config), ("ManualAssignmentQueueConfigs", manual)])
def test_a_queue_of_a_profile_is_not_deleted(act: Act, on: Act, make_queue: Any, member: str, make: Any, refused: Any) -> None:
    other = make_queue("Other")
    on("associate_routing_profile_queues", **{member: [make(other)]})
    with refused("ResourceInUseException") as refusal:
        act("delete_queue", QueueId=other)
    assert "Sales" in refusal.message


def test_a_queue_that_was_taken_away_is_deleted(act: Act, on: Act, make_queue: Any) -> None:
    other = make_queue("Other")
    on("associate_routing_profile_queues", QueueConfigs=[config(other)])
    on("disassociate_routing_profile_queues", QueueReferences=[reference(other)])
    act("delete_queue", QueueId=other)
    assert other not in [each["Id"] for each in act("list_queues")["QueueSummaryList"]]


# --- list -------------------------------------------------------------------------------------------------------------

LISTS = {
    "list_routing_profile_queues": "RoutingProfileQueueConfigSummaryList",
    "list_routing_profile_manual_assignment_queues": "RoutingProfileManualAssignmentQueueConfigSummaryList",
}


@pytest.mark.parametrize("operation", LISTS)
def test_queues_come_in_pages(on: Act, queue_id: str, operation: str) -> None:
    channels = ("VOICE", "CHAT")
    on(
        "associate_routing_profile_queues",
        QueueConfigs=[config(queue_id, each) for each in channels],
        ManualAssignmentQueueConfigs=[manual(queue_id, each) for each in channels],
    )
    page = on(operation, MaxResults=1)
    rest = on(operation, MaxResults=1, NextToken=page["NextToken"])
    assert tuple(each[LISTS[operation]][0]["Channel"] for each in (page, rest)) == channels
    assert "NextToken" not in rest


@pytest.mark.parametrize("operation", LISTS)
def test_the_largest_page_has_100_queues(on: Act, operation: str, refused: Any) -> None:
    on(operation, MaxResults=100)
    with refused("InvalidParameterException"):
        on(operation, MaxResults=101)


@pytest.mark.parametrize("operation", LISTS)
def test_a_list_says_when_the_profile_changed(on: Act, queue_id: str, amazon_connect: Any, operation: str) -> None:
    before = on(operation)["LastModifiedTime"]
    amazon_connect.clock.advance(60)
    on("associate_routing_profile_queues", QueueConfigs=[config(queue_id)])
    found = on(operation)
    assert (found["LastModifiedTime"] - before).total_seconds() >= 60
    assert found["LastModifiedRegion"] == amazon_connect.region_name


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("associate_routing_profile_queues", {"QueueConfigs": [config(NO_ID)]}),
        ("disassociate_routing_profile_queues", {"QueueReferences": [reference(NO_ID)]}),
        ("update_routing_profile_queues", {"QueueConfigs": [config(NO_ID)]}),
        *((operation, {}) for operation in LISTS),
    ],
)
def test_a_profile_that_does_not_exist_has_no_queues(act: Act, operation: str, members: dict[str, Any], refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        act(operation, RoutingProfileId=NO_ID, **members)
    assert f"RoutingProfile with id {NO_ID}" in refusal.message
