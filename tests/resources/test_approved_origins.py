"""Approved origins."""

from __future__ import annotations

from typing import Any

import pytest

SITE = "https://agents.example.com"


def origins(client: Any, instance_id: str) -> list[str]:
    pages = client.get_paginator("list_approved_origins").paginate(InstanceId=instance_id)
    return [origin for page in pages for origin in page["Origins"]]


@pytest.mark.parametrize(
    "origin", [SITE, "https://*.example.com", "https://example.com:8443", "https://example.com/", "http://localhost:8080"]
)
def test_an_associated_origin_is_listed_as_it_was_given(client: Any, instance_id: str, origin: str) -> None:
    client.associate_approved_origin(InstanceId=instance_id, Origin=origin)
    assert origins(client, instance_id) == [origin]


def test_a_new_instance_has_no_approved_origins(client: Any, instance_id: str) -> None:
    assert origins(client, instance_id) == []


def test_a_disassociated_origin_is_gone(client: Any, instance_id: str) -> None:
    for origin in (SITE, "https://example.org"):
        client.associate_approved_origin(InstanceId=instance_id, Origin=origin)
    client.disassociate_approved_origin(InstanceId=instance_id, Origin=SITE)
    assert origins(client, instance_id) == ["https://example.org"]


def test_origins_come_25_to_a_page(client: Any, instance_id: str) -> None:
    for number in range(26):
        client.associate_approved_origin(InstanceId=instance_id, Origin=f"https://{number}.example.com")
    assert len(client.list_approved_origins(InstanceId=instance_id)["Origins"]) == 25
    assert len(origins(client, instance_id)) == 26


@pytest.mark.parametrize(
    "origin", ["", "example.com", "http://example.com", "https://", "https://example.com/path", "ftp://a"]
)
def test_what_is_not_an_origin_is_refused(client: Any, instance_id: str, origin: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.associate_approved_origin(InstanceId=instance_id, Origin=origin)
    assert refusal.message.endswith(f"got {origin!r}")


def test_an_origin_is_approved_once(client: Any, instance_id: str, refused: Any) -> None:
    client.associate_approved_origin(InstanceId=instance_id, Origin=SITE)
    with refused("ResourceConflictException") as refusal:
        client.associate_approved_origin(InstanceId=instance_id, Origin=SITE)
    assert SITE in refusal.message


def test_an_origin_that_is_not_approved_cannot_be_disassociated(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        client.disassociate_approved_origin(InstanceId=instance_id, Origin=SITE)
    assert SITE in refusal.message


@pytest.mark.amazon_connect(quotas={"approved_origins": 1})
def test_there_are_only_so_many_approved_origins(client: Any, instance_id: str, refused: Any) -> None:
    client.associate_approved_origin(InstanceId=instance_id, Origin=SITE)
    with refused("ServiceQuotaExceededException"):
        client.associate_approved_origin(InstanceId=instance_id, Origin="https://example.org")
