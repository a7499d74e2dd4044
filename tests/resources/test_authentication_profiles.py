"""Authentication profiles: the default one, and changes to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

NOWHERE = "00000000-0000-4000-8000-000000000000"
Describe = Callable[[], dict[str, Any]]
Update = Callable[..., None]


@pytest.fixture
def profile_id(client: Any, instance_id: str) -> str:
    """The id of the default authentication profile."""
    return str(client.list_authentication_profiles(InstanceId=instance_id)["AuthenticationProfileSummaryList"][0]["Id"])


@pytest.fixture
def profile(client: Any, instance_id: str, profile_id: str) -> Describe:
    """The default profile as DescribeAuthenticationProfile shows it."""
    asked = {"InstanceId": instance_id, "AuthenticationProfileId": profile_id}
    return lambda: dict(client.describe_authentication_profile(**asked)["AuthenticationProfile"])


@pytest.fixture
def update(client: Any, instance_id: str, profile_id: str) -> Update:
    """Changes the default profile."""
    asked = {"InstanceId": instance_id, "AuthenticationProfileId": profile_id}
    return lambda **members: client.update_authentication_profile(**asked, **members)


def test_an_instance_has_one_authentication_profile_which_is_the_default(client: Any, instance_id: str) -> None:
    (found,) = client.list_authentication_profiles(InstanceId=instance_id)["AuthenticationProfileSummaryList"]
    assert (found["Name"], found["IsDefault"]) == ("Default Authentication Profile", True)
    assert found["Arn"].endswith(f":instance/{instance_id}/authentication-profile/{found['Id']}")
    assert found["LastModifiedRegion"] == "us-east-1"


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_has_no_authentication_profile(client: Any, instance_id: str) -> None:
    assert client.list_authentication_profiles(InstanceId=instance_id)["AuthenticationProfileSummaryList"] == []


def test_the_default_profile_lets_everybody_in_for_12_hours(profile: Describe) -> None:
    found = profile()
    assert found["Description"] == "A basic default Authentication Profile"
    assert (found["AllowedIps"], found["BlockedIps"]) == ([], [])
    assert (found["MaxSessionDuration"], found["PeriodicSessionDuration"]) == (720, 60)
    assert (found["SessionInactivityDuration"], found["SessionInactivityHandlingEnabled"]) == (60, False)
    assert found["CreatedTime"] == found["LastModifiedTime"]


CHANGES = [
    {"Name": "Strict"},
    {"Description": "Only from the office"},
    {"AllowedIps": ["111.222.0.0/16", "200.255.40.50", "2001:db8::/32"]},
    {"BlockedIps": ["155.155.155.0/24"]},
    {"PeriodicSessionDuration": 10},
    {"SessionInactivityDuration": 15},
    {"SessionInactivityHandlingEnabled": True},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_what_is_updated_changes_and_nothing_else(profile: Describe, update: Update, change: dict[str, Any]) -> None:
    before = profile()
    update(**change)
    assert profile() == before | change | {"LastModifiedTime": profile()["LastModifiedTime"]}


def test_an_update_is_a_modification(profile: Describe, update: Update, amazon_connect: Any) -> None:
    created = profile()["CreatedTime"]
    amazon_connect.clock.advance(60)
    update(Name="Strict")
    assert profile()["LastModifiedTime"] > profile()["CreatedTime"] == created


def test_an_empty_list_of_addresses_lifts_the_restriction(profile: Describe, update: Update) -> None:
    update(AllowedIps=["10.0.0.1"])
    update(AllowedIps=[])
    assert profile()["AllowedIps"] == []


@pytest.mark.parametrize("member", ["AllowedIps", "BlockedIps"])
@pytest.mark.parametrize("address", ["300.1.1.1", "10.0.0.0/33", "office"])
def test_what_is_no_address_is_refused(update: Update, member: str, address: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        update(**{"Name": "Strict", member: ["10.0.0.1", address]})
    assert refusal.message.startswith(f"{member} must be IP addresses or ranges")
    assert refusal.message.endswith(f"got {address!r}")


@pytest.mark.parametrize(
    "change",
    [
        {"PeriodicSessionDuration": 61},
        {"SessionInactivityDuration": 721},
        {"Name": "x" * 129},
        {"Description": "x" * 251},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_the_model_does_not_allow_is_refused(update: Update, change: dict[str, Any], refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        update(**change)
    assert next(iter(change)) in refusal.message


@pytest.mark.parametrize("operation", ["describe_authentication_profile", "update_authentication_profile"])
def test_a_profile_that_does_not_exist_is_not_found(client: Any, instance_id: str, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, AuthenticationProfileId=NOWHERE)
    assert NOWHERE in refusal.message


def test_an_authentication_profile_takes_no_tags(client: Any, profile: Describe, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        client.tag_resource(resourceArn=profile()["Arn"], tags={"team": "voice"})
