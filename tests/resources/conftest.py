"""Fixtures for tests of what an instance holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connect_mock import other_services


class Existing(set[str]):
    """The other services, as far as they are asked what exists."""

    def exists(self, arn: str) -> bool:
        """Whether it was added."""
        return arn in self


@pytest.fixture
def existing(monkeypatch: pytest.MonkeyPatch, client: Any) -> set[str]:
    """The ARNs of all that exists in other services: at first nothing."""
    found = Existing()
    monkeypatch.setattr(other_services, "services", found, raising=False)
    return found


@pytest.fixture
def act(client: Any, instance_id: str) -> Callable[..., Any]:
    """Calls an operation, by its method's name, on the instance of the test."""
    return lambda operation, **members: getattr(client, operation)(InstanceId=instance_id, **members)


@pytest.fixture
def hours_id(act: Callable[..., Any]) -> str:
    """The id of the instance's basic hours."""
    return str(act("list_hours_of_operations")["HoursOfOperationSummaryList"][0]["Id"])


@pytest.fixture
def make_queue(act: Callable[..., Any], hours_id: str) -> Callable[..., str]:
    """Makes a queue and gives its id."""
    return lambda name, **members: str(act("create_queue", Name=name, HoursOfOperationId=hours_id, **members)["QueueId"])


@pytest.fixture
def queue_id(make_queue: Callable[..., str]) -> str:
    """The id of the queue "Support"."""
    return make_queue("Support")


@pytest.fixture
def user(act: Callable[..., Any]) -> dict[str, str]:
    """The ids of an agent: UserId and UserArn."""
    profiles = act("list_security_profiles")["SecurityProfileSummaryList"]
    made = act(
        "create_user",
        Username="ana",
        Password="Pa55word",
        IdentityInfo={"FirstName": "Ana", "LastName": "Lima"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
        SecurityProfileIds=[each["Id"] for each in profiles if each["Name"] == "Agent"],
        RoutingProfileId=act("list_routing_profiles")["RoutingProfileSummaryList"][0]["Id"],
    )
    return {"UserId": made["UserId"], "UserArn": made["UserArn"]}


@pytest.fixture
def profile_ids(act: Callable[..., Any]) -> dict[str, str]:
    """The ids of the routing profile and the security profiles that the instance came with, by their names."""
    routing = act("list_routing_profiles")["RoutingProfileSummaryList"]
    security = act("list_security_profiles")["SecurityProfileSummaryList"]
    return {each["Name"]: each["Id"] for each in (*routing, *security)}


@pytest.fixture
def make_user(act: Callable[..., Any], profile_ids: dict[str, str]) -> Callable[..., str]:
    """Makes a user, with other members than the usual ones or without those that are None, and gives the id."""

    def make(username: str = "ana", **members: Any) -> str:
        asked = {
            "Username": username,
            "Password": "Pass-w0rd",
            "IdentityInfo": {"FirstName": "Ana", "LastName": "Diaz"},
            "SecurityProfileIds": [profile_ids["Agent"]],
            "RoutingProfileId": profile_ids["Basic Routing Profile"],
        } | members
        return str(act("create_user", **{name: value for name, value in asked.items() if value is not None})["UserId"])

    return make


@pytest.fixture
def user_id(make_user: Callable[..., str]) -> str:
    """The id of the user "ana"."""
    return make_user()


@pytest.fixture
def agent_queue_id(user_id: str) -> str:
    """The id of the queue of the user "ana", which is the user's own id."""
    return user_id
