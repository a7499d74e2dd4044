"""What people manage costs the same however much of it there is, and a furnished instance little."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import boto3

from connect_mock import AmazonConnect, mock_connect
from connect_mock.resources.users import User
from tests.benchmarks.bar import Bar, Sample, seconds
from tests.benchmarks.calls import answer_to, canned_client, describe_instance
from tests.benchmarks.pages import stored

USERS = 50_000
EACH = 1_000


def new_user(mocked: AmazonConnect) -> Callable[[int], dict[str, Any]]:
    """Parameters of CreateUser for a number."""
    client, instance_id = mocked.client, mocked.instance_id
    profile = client.list_routing_profiles(InstanceId=instance_id)["RoutingProfileSummaryList"][0]["Id"]
    security = client.list_security_profiles(InstanceId=instance_id)["SecurityProfileSummaryList"][0]["Id"]
    return lambda number: {
        "InstanceId": instance_id,
        "Username": f"user{number}",
        "Password": "Secret-123",
        "IdentityInfo": {"FirstName": f"First{number % 100}", "LastName": f"Last{number % 1000}"},
        "PhoneConfig": {"PhoneType": "SOFT_PHONE"},
        "RoutingProfileId": profile,
        "SecurityProfileIds": [security],
        "Tags": {"team": f"team{number % 10}"},
    }


@contextmanager
def search_against_a_loop() -> Iterator[tuple[Sample, Sample]]:
    """SearchUsers by three clauses, and a loop over as many objects with the same predicate."""
    with mock_connect(quotas=None) as mocked:
        user, instance_id = new_user(mocked), mocked.instance_id
        for number in range(USERS):
            mocked.client.create_user(**user(number))
        wanted = [("Username", "STARTS_WITH", "user1"), ("FirstName", "CONTAINS", "First7"), ("LastName", "EXACT", "Last170")]
        clauses = [
            {"StringCondition": {"FieldName": name, "ComparisonType": how, "Value": value}} for name, how, value in wanted
        ]
        search = partial(mocked.client.search_users, InstanceId=instance_id, SearchCriteria={"AndConditions": clauses})
        users = list(stored(instance_id)[User])
        assert search()["ApproximateTotalCount"] == len(by_hand(users)) > 0
        yield seconds(search, 1), seconds(partial(by_hand, users), 1)


def by_hand(users: list[User]) -> list[User]:
    """What a person would write, case folded as in the search."""
    return [
        user
        for user in users
        if user.username.casefold().startswith("user1")
        and "first7" in user.identity_info["FirstName"].casefold()
        and user.identity_info["LastName"].casefold() == "last170"
    ]


@contextmanager
def full_against_empty() -> Iterator[tuple[Sample, Sample]]:
    """The last 1,000 of 50,000 CreateUser calls, and the first 1,000."""
    with mock_connect(quotas=None) as full:
        user = new_user(full)
        for number in range(USERS - EACH):
            full.client.create_user(**user(number))
        numbers = itertools.count(USERS)
        last = seconds(lambda: full.client.create_user(**user(next(numbers))), EACH)
        yield last, partial(first_thousand, full)


def first_thousand(mocked: AmazonConnect) -> float:
    """Of an instance made for them."""
    kind = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    other = AmazonConnect(mocked.region_name)
    vars(other)["instance"] = {"Id": mocked.client.create_instance(**kind, InstanceAlias=f"i{next(ALIASES)}")["Id"]}
    user, numbers = new_user(other), itertools.count()
    taken = seconds(lambda: other.client.create_user(**user(next(numbers))), EACH)()
    mocked.client.delete_instance(InstanceId=other.instance_id)
    return taken


ALIASES = itertools.count()


@contextmanager
def furnished_instance() -> Iterator[tuple[Sample, Sample]]:
    """CreateInstance, and one canned call."""
    with mock_connect(quotas=None) as mocked:
        client = boto3.client("connect", region_name=mocked.region_name)
        call = describe_instance(client, mocked.instance_id)
        floor = canned_client(mocked.region_name, answer_to(call, client))
        kind = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
        create = lambda: client.create_instance(**kind, InstanceAlias=f"i{next(ALIASES)}")  # noqa: E731
        yield seconds(create, 2), seconds(partial(call, floor), 20)


BARS = [
    Bar(name="configuration.search_users", limit=3, rounds=15, pair=search_against_a_loop),
    Bar(name="configuration.create_user", limit=1.3, rounds=5, pair=full_against_empty),
    Bar(name="configuration.furnished_instance", limit=15, rounds=30, pair=furnished_instance),
]
