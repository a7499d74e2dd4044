"""SearchContacts: time ranges, criteria, order and counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

Search = Callable[..., dict[str, Any]]
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def search(client: Any, instance_id: str, amazon_connect: Any) -> Search:
    """SearchContacts over the hours around now, by initiation unless said otherwise."""

    def find(kind: str = "INITIATION_TIMESTAMP", criteria: Any = None, **members: Any) -> dict[str, Any]:
        now = amazon_connect.clock.now()
        time_range = {"Type": kind, "StartTime": now - 24 * HOUR, "EndTime": now + 24 * HOUR}
        asked = {"InstanceId": instance_id, "TimeRange": time_range} | members
        return dict(client.search_contacts(**asked, **({"SearchCriteria": criteria} if criteria else {})))

    return find


def ids(found: dict[str, Any]) -> list[str]:
    return [each["Id"] for each in found["Contacts"]]


def test_contacts_are_found_newest_first(start_task: Any, search: Search, amazon_connect: Any) -> None:
    started = []
    for _ in range(3):
        started.append(start_task())
        amazon_connect.clock.advance(1)
    assert ids(search()) == started[::-1]


def test_contacts_outside_the_range_are_not_found(start_task: Any, search: Search, amazon_connect: Any) -> None:
    start_task()
    amazon_connect.clock.advance(25 * 3600)
    recent = start_task()
    found = search()
    assert (ids(found), found["TotalCount"]) == ([recent], 1)


def test_both_ends_of_the_range_belong_to_it(client: Any, instance_id: str, start_task: Any, describe: Any) -> None:
    task = start_task()
    at = describe(task)["InitiationTimestamp"]
    second = datetime.timedelta(seconds=1)
    time_range = {"Type": "INITIATION_TIMESTAMP", "StartTime": at.replace(microsecond=0), "EndTime": at + second}
    assert ids(client.search_contacts(InstanceId=instance_id, TimeRange=time_range)) == [task]


def test_pages_are_counted_as_a_whole(start_task: Any, search: Search) -> None:
    started = [start_task() for _ in range(5)]
    first = search(MaxResults=2)
    assert (ids(first), first["TotalCount"]) == (started[:2:-1], 5)


@pytest.mark.parametrize(("start", "end", "reason"), [(HOUR, -HOUR, "EndTime"), (-57 * 24 * HOUR, HOUR, "at most 56 days")])
def test_a_range_that_is_reversed_or_too_long_is_refused(
    client: Any,
    instance_id: str,
    amazon_connect: Any,
    start: datetime.timedelta,
    end: datetime.timedelta,
    reason: str,
    refused: Any,
) -> None:
    now = amazon_connect.clock.now()
    time_range = {"Type": "INITIATION_TIMESTAMP", "StartTime": now + start, "EndTime": now + end}
    with refused("InvalidParameterException") as refusal:
        client.search_contacts(InstanceId=instance_id, TimeRange=time_range)
    assert reason in refusal.message


def test_ended_contacts_are_found_by_their_end(client: Any, instance_id: str, start_task: Any, search: Search) -> None:
    ended, _open = start_task(), start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=ended)
    assert ids(search("DISCONNECT_TIMESTAMP")) == [ended]


def test_scheduled_contacts_are_found_by_their_time(start_task: Any, search: Search, amazon_connect: Any) -> None:
    start_task()
    scheduled = start_task(ScheduledTime=amazon_connect.clock.now() + HOUR)
    assert ids(search("SCHEDULED_TIMESTAMP")) == [scheduled]


def test_open_contacts_are_those_without_an_end(client: Any, instance_id: str, start_task: Any, search: Search) -> None:
    ended, still_open = start_task(), start_task()
    client.stop_contact(InstanceId=instance_id, ContactId=ended)
    condition = {"TimestampCondition": {"Type": "DISCONNECT_TIMESTAMP", "ConditionType": "NOT_EXISTS"}}
    criteria = {"AdditionalTimeRange": {"Criteria": [condition], "MatchType": "MATCH_ALL"}}
    assert ids(search(criteria=criteria)) == [still_open]


def test_criteria_hold_together(start_task: Any, start_chat: Any, search: Search) -> None:
    start_task(Name="Refund")
    wanted = start_task(Name="Refund of order 7", Attributes={"tier": "gold"})
    start_chat(Attributes={"tier": "gold"})
    criteria = {
        "Channels": ["TASK"],
        "InitiationMethods": ["API"],
        "Name": {"SearchText": ["refund", "order"], "MatchType": "MATCH_ALL"},
        "SearchableContactAttributes": {"Criteria": [{"Key": "tier", "Values": ["gold", "silver"]}]},
    }
    found = search(criteria=criteria)
    assert (ids(found), found["TotalCount"]) == ([wanted], 1)


@pytest.mark.parametrize(
    ("texts", "kind", "names"),
    [
        (["refund", "call"], "MATCH_ANY", {"Refund of order", "Call back"}),
        (["refund", "order"], "MATCH_ALL", {"Refund of order"}),
        (["refund"], "MATCH_NONE", {"Call back"}),
        (["call back"], "MATCH_EXACT", {"Call back"}),
        (["call"], "MATCH_EXACT", set()),
    ],
)
def test_names_match_by_kind(start_task: Any, search: Search, texts: list[str], kind: str, names: set[str]) -> None:
    start_task(Name="Refund of order")
    start_task(Name="Call back")
    found = search(criteria={"Name": {"SearchText": texts, "MatchType": kind}})
    assert {each["Name"] for each in found["Contacts"]} == names


def test_contacts_are_found_by_agent_and_queue(client: Any, instance_id: str, search: Search) -> None:
    made = client.create_contact(InstanceId=instance_id, Channel="VOICE", InitiationMethod="TRANSFER")["ContactId"]
    client.create_contact(InstanceId=instance_id, Channel="VOICE", InitiationMethod="TRANSFER")
    client.update_contact(InstanceId=instance_id, ContactId=made, UserInfo={"UserId": "u-1"}, QueueInfo={"Id": "q-1"})
    assert ids(search(criteria={"AgentIds": ["u-1"], "QueueIds": ["q-1"]})) == [made]
    assert ids(search(criteria={"AgentIds": ["u-2"]})) == []


def test_contacts_are_found_by_segment_attributes_and_tags(
    client: Any, instance_id: str, start_task: Any, start_chat: Any, search: Search
) -> None:
    task, chat = start_task(), start_chat()
    client.tag_contact(InstanceId=instance_id, ContactId=task, Tags={"team": "a"})
    subtype = {"Criteria": [{"Key": "connect:Subtype", "Values": ["connect:Chat"]}]}
    assert ids(search(criteria={"SearchableSegmentAttributes": subtype})) == [chat]
    assert ids(search(criteria={"ContactTags": {"TagCondition": {"TagKey": "team", "TagValue": "a"}}})) == [task]


def test_transcripts_match_nothing_as_nothing_is_transcribed(start_task: Any, search: Search) -> None:
    start_task()
    said = {"ParticipantRole": "CUSTOMER", "SearchText": ["refund"], "MatchType": "MATCH_ANY"}
    assert ids(search(criteria={"ContactAnalysis": {"Transcript": {"Criteria": [said]}}})) == []


@pytest.mark.parametrize(("order", "step"), [("ASCENDING", 1), ("DESCENDING", -1)])
def test_contacts_are_sorted_by_initiation(
    start_task: Any, search: Search, amazon_connect: Any, order: str, step: int
) -> None:
    started = []
    for _ in range(3):
        started.append(start_task())
        amazon_connect.clock.advance(1)
    found = search(Sort={"FieldName": "INITIATION_TIMESTAMP", "Order": order})
    assert ids(found) == started[::step]


@pytest.mark.parametrize(("order", "channels"), [("ASCENDING", ["CHAT", "TASK"]), ("DESCENDING", ["TASK", "CHAT"])])
def test_contacts_are_sorted_by_channel(
    start_task: Any, start_chat: Any, search: Search, order: str, channels: list[str]
) -> None:
    start_task()
    start_chat()
    found = search(Sort={"FieldName": "CHANNEL", "Order": order})
    assert [each["Channel"] for each in found["Contacts"]] == channels


@pytest.mark.parametrize("order", ["ASCENDING", "DESCENDING"])
def test_contacts_without_the_sorted_field_come_last_on_every_page(
    client: Any, instance_id: str, start_task: Any, amazon_connect: Any, order: str
) -> None:
    still_open = start_task()
    for _ in range(3):
        client.stop_contact(InstanceId=instance_id, ContactId=start_task())
    sort = {"FieldName": "DISCONNECT_TIMESTAMP", "Order": order}
    now = amazon_connect.clock.now()
    time_range = {"Type": "INITIATION_TIMESTAMP", "StartTime": now - HOUR, "EndTime": now + HOUR}
    asked = {"InstanceId": instance_id, "TimeRange": time_range, "Sort": sort}
    pages = client.get_paginator("search_contacts").paginate(**asked, PaginationConfig={"PageSize": 1})
    seen = [contact for page in pages for contact in ids(page)]
    assert (len(set(seen)), seen[-1]) == (4, still_open)
