"""Configurations of attached files: defaults, updates and the list. What they do is in `test_attached_files`."""

from __future__ import annotations

from typing import Any

import pytest

from connect_mock import clock

NO_INSTANCE = "00000000-0000-4000-8000-000000000000"
TEXT = {"AllowedExtensions": [{"Extension": "txt"}, {"Extension": "md"}]}


def configuration(client: Any, instance_id: str, scope: str) -> Any:
    found = client.describe_attached_files_configuration(InstanceId=instance_id, AttachmentScope=scope)
    return found["AttachedFilesConfiguration"]


def update(client: Any, instance_id: str, scope: str = "CASE", **members: Any) -> Any:
    return client.update_attached_files_configuration(InstanceId=instance_id, AttachmentScope=scope, **members)


@pytest.mark.parametrize("scope", ["EMAIL", "CHAT", "CASE", "TASK"])
def test_a_scope_has_a_default_of_20_mb(client: Any, instance_id: str, scope: str) -> None:
    found = configuration(client, instance_id, scope)
    extensions = [each["Extension"] for each in found.pop("ExtensionConfiguration")["AllowedExtensions"]]
    assert found == {"InstanceId": instance_id, "AttachmentScope": scope, "MaximumSizeLimitInBytes": 20_971_520}
    assert len(extensions) == 18
    assert {"pdf", "txt", "xlsx"} < set(extensions)


def test_an_update_is_answered_and_described(client: Any, instance_id: str) -> None:
    answer = update(client, instance_id, MaximumSizeLimitInBytes=104_857_600, ExtensionConfiguration=TEXT)
    assert (answer["MaximumSizeLimitInBytes"], answer["ExtensionConfiguration"]) == (104_857_600, TEXT)
    answer.pop("ResponseMetadata")
    assert answer == configuration(client, instance_id, "CASE")


def test_an_update_leaves_what_it_does_not_name(client: Any, instance_id: str) -> None:
    update(client, instance_id, ExtensionConfiguration=TEXT)
    update(client, instance_id, MaximumSizeLimitInBytes=1)
    found = configuration(client, instance_id, "CASE")
    assert (found["MaximumSizeLimitInBytes"], found["ExtensionConfiguration"]) == (1, TEXT)


def test_an_update_notes_when_it_was(client: Any, instance_id: str) -> None:
    update(client, instance_id, MaximumSizeLimitInBytes=1)
    clock.advance(60)
    assert update(client, instance_id, MaximumSizeLimitInBytes=2)["LastModifiedTime"] == clock_time(client, instance_id)
    assert abs((clock.now() - clock_time(client, instance_id)).total_seconds()) < 30


def clock_time(client: Any, instance_id: str) -> Any:
    return configuration(client, instance_id, "CASE")["LastModifiedTime"]


def test_an_update_of_one_scope_leaves_the_others(client: Any, instance_id: str) -> None:
    before = configuration(client, instance_id, "CHAT")
    update(client, instance_id, MaximumSizeLimitInBytes=1)
    assert configuration(client, instance_id, "CHAT") == before


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"MaximumSizeLimitInBytes": 104_857_601}, "MaximumSizeLimitInBytes must be 1 to 104857600, got 104857601"),
        (
            {"ExtensionConfiguration": {"AllowedExtensions": [{"Extension": ".pdf"}]}},
            "ExtensionConfiguration.AllowedExtensions[0].Extension",
        ),
        ({"AttachmentScope": "VOICE"}, "AttachmentScope must be one of EMAIL, CHAT, CASE, TASK"),
    ],
)
def test_a_configuration_is_held_to_its_limits(
    client: Any, instance_id: str, members: dict[str, Any], expected: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        update(client, instance_id, **{"scope": members.pop("AttachmentScope", "CASE")} | members)
    assert expected in refusal.message


def test_the_list_has_all_scopes_as_they_are_in_force(client: Any, instance_id: str) -> None:
    update(client, instance_id, MaximumSizeLimitInBytes=1)
    found = client.list_attached_files_configurations(InstanceId=instance_id)["AttachedFilesConfigurations"]
    assert [(each["AttachmentScope"], each["MaximumSizeLimitInBytes"]) for each in found] == [
        ("EMAIL", 20_971_520),
        ("CHAT", 20_971_520),
        ("CASE", 1),
        ("TASK", 20_971_520),
    ]


def test_the_list_comes_in_pages(client: Any, instance_id: str, refused: Any) -> None:
    first = client.list_attached_files_configurations(InstanceId=instance_id, MaxResults=3)
    rest = client.list_attached_files_configurations(InstanceId=instance_id, NextToken=first["NextToken"])
    assert [len(page["AttachedFilesConfigurations"]) for page in (first, rest)] == [3, 1]
    with refused("InvalidParameterException"):
        client.list_attached_files_configurations(InstanceId=instance_id, MaxResults=101)


@pytest.mark.parametrize("operation", ["describe_attached_files_configuration", "update_attached_files_configuration"])
def test_an_unknown_instance_is_not_found(client: Any, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=NO_INSTANCE, AttachmentScope="CASE")
