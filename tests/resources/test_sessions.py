"""Sessions: authorization codes, and the end of sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NOWHERE = "00000000-0000-4000-8000-000000000000"
DAY = 1440
Create = Callable[..., dict[str, Any]]


@pytest.fixture
def create(client: Any, instance_id: str) -> Create:
    """Makes a session of a customer and gives the answer."""

    def create(scope: Any = None, **members: Any) -> dict[str, Any]:
        asked = {"InstanceId": instance_id, "SessionInactivityDurationMinutes": DAY} | members
        return dict(client.create_auth_code(Scope={"EntityType": "CUSTOMER_PROFILE"} | (scope or {}), **asked))

    return create


@pytest.fixture
def end(client: Any, instance_id: str) -> Callable[[str], None]:
    """Ends a session."""
    return lambda session_id: client.delete_session(InstanceId=instance_id, SessionId=session_id)


@pytest.fixture
def profile_id(client: Any, instance_id: str) -> str:
    """The id of a security profile."""
    made = client.create_security_profile(InstanceId=instance_id, SecurityProfileName="Customers")
    return str(made["SecurityProfileId"])


def test_a_code_comes_with_the_session_that_it_is_for(create: Create, profile_id: str) -> None:
    made = create({"EntityId": "customer-1", "DomainName": "customers", "SecurityProfileIds": [profile_id]})
    assert (made["EntityType"], made["EntityId"]) == ("CUSTOMER_PROFILE", "customer-1")
    assert len(made["SessionId"]) == 36
    assert made["AuthCode"]


def test_each_session_has_a_code_of_its_own(create: Create) -> None:
    assert len({create()["AuthCode"] for _ in range(3)}) == 3


def test_a_session_cannot_have_a_security_profile_that_does_not_exist(create: Create, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        create({"SecurityProfileIds": [NOWHERE]})
    assert NOWHERE in refusal.message


def test_a_security_profile_can_be_deleted_while_a_session_has_it(
    client: Any, instance_id: str, create: Create, end: Any, profile_id: str
) -> None:
    session_id = create({"SecurityProfileIds": [profile_id]})["SessionId"]
    client.delete_security_profile(InstanceId=instance_id, SecurityProfileId=profile_id)
    end(session_id)


@pytest.mark.parametrize("minutes", [0, DAY - 1])
def test_a_session_bears_at_least_a_day_of_inactivity(create: Create, minutes: int, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(SessionInactivityDurationMinutes=minutes)
    assert refusal.message == f"SessionInactivityDurationMinutes must be at least 1440, got {minutes}"


def test_a_deleted_session_is_gone(create: Create, end: Any, refused: Any) -> None:
    session_id = create()["SessionId"]
    end(session_id)
    with refused("ResourceNotFoundException") as refusal:
        end(session_id)
    assert session_id in refusal.message


@pytest.mark.parametrize(
    ("durations", "minutes"),
    [
        ({}, DAY),
        ({"SessionInactivityDurationMinutes": 3 * DAY}, 3 * DAY),
        ({"SessionInactivityDurationMinutes": 3 * DAY, "MaxSessionDurationMinutes": 2 * DAY}, 2 * DAY),
        ({"SessionInactivityDurationMinutes": 3 * DAY, "MaxSessionDurationMinutes": 4 * DAY}, 3 * DAY),
    ],
)
def test_a_session_ends_by_itself(
    create: Create, end: Any, amazon_connect: Any, durations: dict[str, int], minutes: int, refused: Any
) -> None:
    first, second = create(**durations)["SessionId"], create(**durations)["SessionId"]
    amazon_connect.clock.advance(minutes * 60 - 60)
    end(first)
    amazon_connect.clock.advance(60)
    with refused("ResourceNotFoundException"):
        end(second)


def test_nobody_is_signed_out_who_does_not_exist(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        client.delete_all_entity_sessions(InstanceId=instance_id, EntityType="USER", EntityId=NOWHERE)
    assert NOWHERE in refusal.message


@pytest.mark.parametrize("named_by", ["UserId", "UserArn"])
def test_signing_a_user_out_leaves_the_sessions_of_customers(
    client: Any, instance_id: str, create: Create, end: Any, user: dict[str, str], named_by: str
) -> None:
    session_id = create({"EntityId": user["UserId"]})["SessionId"]
    client.delete_all_entity_sessions(InstanceId=instance_id, EntityType="USER", EntityId=user[named_by])
    end(session_id)
