"""Security keys."""

from __future__ import annotations

import base64
import datetime
from typing import Any

import pytest


def pem(text: str = "key", label: str = "PUBLIC KEY") -> str:
    body = base64.b64encode(text.encode() * 20).decode()
    return f"-----BEGIN {label}-----\n{body[:64]}\n{body[64:]}\n-----END {label}-----\n"


def keys(client: Any, instance_id: str, **page: Any) -> Any:
    return client.list_security_keys(InstanceId=instance_id, **page)["SecurityKeys"]


@pytest.fixture
def association_id(client: Any, instance_id: str) -> str:
    """The association of a key."""
    return str(client.associate_security_key(InstanceId=instance_id, Key=pem())["AssociationId"])


def test_an_associated_key_is_listed_as_it_was_given(client: Any, instance_id: str, association_id: str) -> None:
    (key,) = keys(client, instance_id)
    assert (key["AssociationId"], key["Key"]) == (association_id, pem())
    assert isinstance(key["CreationTime"], datetime.datetime)


def test_a_disassociated_key_is_gone(client: Any, instance_id: str, association_id: str) -> None:
    client.disassociate_security_key(InstanceId=instance_id, AssociationId=association_id)
    assert keys(client, instance_id) == []


def test_two_keys_are_listed_on_one_page_and_on_two(client: Any, instance_id: str, association_id: str) -> None:
    client.associate_security_key(InstanceId=instance_id, Key=pem("other"))
    pages = client.get_paginator("list_security_keys").paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 1})
    assert [len(page["SecurityKeys"]) for page in pages] == [1, 1]
    assert len(keys(client, instance_id)) == 2


@pytest.mark.parametrize("label", ["PUBLIC KEY", "RSA PUBLIC KEY"])
def test_a_key_is_a_public_one_in_pem_form(client: Any, instance_id: str, label: str) -> None:
    client.associate_security_key(InstanceId=instance_id, Key=pem(label=label))
    assert len(keys(client, instance_id)) == 1


@pytest.mark.parametrize(
    "key",
    [
        "key",
        pem(label="PRIVATE KEY"),
        pem().replace("END", "AND"),
        pem().replace("a2V5", "a2V?"),
        "-----BEGIN PUBLIC KEY-----\n\n-----END PUBLIC KEY-----",
        pem().replace("-----END", "Schlüssel\n-----END"),
    ],
    ids=["text", "private key", "no end", "not base64", "empty", "not ASCII"],
)
def test_what_is_not_a_public_key_in_pem_form_is_refused(client: Any, instance_id: str, key: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.associate_security_key(InstanceId=instance_id, Key=key)
    assert "-----BEGIN PUBLIC KEY-----" in refusal.message


def test_a_key_is_associated_once_however_its_lines_are_broken(
    client: Any, instance_id: str, association_id: str, refused: Any
) -> None:
    with refused("ResourceConflictException"):
        client.associate_security_key(InstanceId=instance_id, Key=pem().replace("\n", "\r\n"))


def test_there_is_no_third_key(client: Any, instance_id: str, association_id: str, refused: Any) -> None:
    client.associate_security_key(InstanceId=instance_id, Key=pem("other"))
    with refused("ServiceQuotaExceededException") as refusal:
        client.associate_security_key(InstanceId=instance_id, Key=pem("third"))
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 402


def test_a_key_that_is_not_there_cannot_be_disassociated(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        client.disassociate_security_key(InstanceId=instance_id, AssociationId="unknown")
