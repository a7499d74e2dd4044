"""Lex bots that an instance may use, of both versions, and the flows that name them."""

from __future__ import annotations

import json
from typing import Any

import pytest

BOT = {"Name": "Orders", "LexRegion": "us-east-1"}
ALIAS = "arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/TSTALIASID"
V1 = {"LexBot": BOT}
V2 = {"LexV2Bot": {"AliasArn": ALIAS}}
EACH = pytest.mark.parametrize(("version", "bot"), [("V1", V1), ("V2", V2)])


def bots(client: Any, instance_id: str, version: str) -> Any:
    return client.list_bots(InstanceId=instance_id, LexVersion=version)["LexBots"]


def lex_bots(client: Any, instance_id: str) -> Any:
    return client.list_lex_bots(InstanceId=instance_id)["LexBots"]


@EACH
def test_an_associated_bot_is_listed_under_its_version(client: Any, instance_id: str, version: str, bot: Any) -> None:
    client.associate_bot(InstanceId=instance_id, **bot)
    assert bots(client, instance_id, version) == [bot]
    assert bots(client, instance_id, "V2" if version == "V1" else "V1") == []


@EACH
def test_a_disassociated_bot_is_gone(client: Any, instance_id: str, version: str, bot: Any) -> None:
    client.associate_bot(InstanceId=instance_id, **bot)
    client.disassociate_bot(InstanceId=instance_id, **bot)
    assert bots(client, instance_id, version) == []


def test_a_bot_that_was_associated_the_older_way_is_the_same_bot(client: Any, instance_id: str) -> None:
    client.associate_lex_bot(InstanceId=instance_id, LexBot=BOT)
    assert bots(client, instance_id, "V1") == [V1]
    client.disassociate_bot(InstanceId=instance_id, **V1)
    assert lex_bots(client, instance_id) == []


def test_the_older_list_shows_bots_of_v1_alone(client: Any, instance_id: str) -> None:
    client.associate_bot(InstanceId=instance_id, **V1)
    client.associate_bot(InstanceId=instance_id, **V2)
    assert lex_bots(client, instance_id) == [BOT]


def test_a_bot_is_disassociated_the_older_way_by_name_and_region(client: Any, instance_id: str) -> None:
    for region in ("us-east-1", "us-west-2"):
        client.associate_lex_bot(InstanceId=instance_id, LexBot=BOT | {"LexRegion": region})
    client.disassociate_lex_bot(InstanceId=instance_id, BotName="Orders", LexRegion="us-east-1")
    assert lex_bots(client, instance_id) == [BOT | {"LexRegion": "us-west-2"}]


@EACH
def test_bots_are_listed_a_page_at_a_time(client: Any, instance_id: str, version: str, bot: Any) -> None:
    other = {"V1": {"LexBot": BOT | {"Name": "Returns"}}, "V2": {"LexV2Bot": {"AliasArn": f"{ALIAS}2"}}}[version]
    for each in (bot, other):
        client.associate_bot(InstanceId=instance_id, **each)
    asked = {"InstanceId": instance_id, "LexVersion": version, "MaxResults": 1}
    first = client.list_bots(**asked)
    second = client.list_bots(**asked, NextToken=first["NextToken"])
    assert [*first["LexBots"], *second["LexBots"]] == [bot, other]


def test_bots_come_25_to_a_page_and_10_on_the_older_list(client: Any, instance_id: str) -> None:
    for number in range(26):
        client.associate_lex_bot(InstanceId=instance_id, LexBot=BOT | {"Name": f"Bot{number}"})
    assert len(bots(client, instance_id, "V1")) == 25
    assert len(lex_bots(client, instance_id)) == 10
    pages = client.get_paginator("list_lex_bots").paginate(InstanceId=instance_id)
    assert [len(page["LexBots"]) for page in pages] == [10, 10, 6]


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["associate_bot", "disassociate_bot"])
@pytest.mark.parametrize(("given", "bot"), [("none", {}), ("both", V1 | V2)])
def test_exactly_one_bot_is_named(client: Any, instance_id: str, operation: str, given: str, bot: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, **bot)
    assert refusal.message == f"Exactly one of LexBot and LexV2Bot must be given, got {given}"


@pytest.mark.parametrize("bot", [{}, {"AliasArn": "Orders"}, {"AliasArn": ALIAS.replace("bot-alias", "bot")}])
def test_a_bot_of_v2_is_named_by_the_arn_of_an_alias(client: Any, instance_id: str, bot: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.associate_bot(InstanceId=instance_id, LexV2Bot=bot)
    assert refusal.message.startswith("LexV2Bot.AliasArn must be the ARN of a bot's alias")


@pytest.mark.parametrize("member", ["Name", "LexRegion"])
def test_a_bot_of_v1_has_a_name_and_a_region(client: Any, instance_id: str, member: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.associate_lex_bot(InstanceId=instance_id, LexBot=BOT | {member: ""})
    assert refusal.message == f"LexBot.{member} must not be empty"


@EACH
def test_a_bot_is_associated_once(client: Any, instance_id: str, version: str, bot: Any, refused: Any) -> None:
    client.associate_bot(InstanceId=instance_id, **bot)
    with refused("ResourceConflictException"):
        client.associate_bot(InstanceId=instance_id, **bot)


@EACH
def test_a_bot_that_is_not_associated_cannot_be_disassociated(
    client: Any, instance_id: str, version: str, bot: Any, refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        client.disassociate_bot(InstanceId=instance_id, **bot)


def test_a_bot_that_is_not_associated_cannot_be_disassociated_the_older_way(
    client: Any, instance_id: str, refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        client.disassociate_lex_bot(InstanceId=instance_id, BotName="Orders", LexRegion="us-east-1")


@EACH
@pytest.mark.amazon_connect(quotas={"lex_bots": 0, "lex_v2_bot_aliases": 0})
def test_there_are_only_so_many_bots_of_a_version(
    impatient_client: Any, instance_id: str, version: str, bot: Any, refused: Any
) -> None:
    with refused("LimitExceededException") as refusal:
        impatient_client.associate_bot(InstanceId=instance_id, **bot)
    assert ("lex_bots" if version == "V1" else "lex_v2_bot_aliases") in refusal.message


@pytest.mark.amazon_connect(quotas={"lex_bots": 0})
def test_there_are_only_so_many_bots_of_v1_associated_the_older_way(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ServiceQuotaExceededException"):
        client.associate_lex_bot(InstanceId=instance_id, LexBot=BOT)


# --- flows ------------------------------------------------------------------------------------------------------------


def talking_to(alias_arn: str, content: str) -> str:
    """Flow content that hands the caller to a bot before the rest of `content`."""
    flow = json.loads(content)
    errors = ("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError")
    flow["StartAction"] = "talk"
    flow["Actions"].append(
        {
            "Identifier": "talk",
            "Type": "ConnectParticipantWithLexBot",
            "Parameters": {"Text": "How can I help?", "LexV2Bot": {"AliasArn": alias_arn}},
            "Transitions": {
                "NextAction": "greet",
                "Errors": [{"NextAction": "greet", "ErrorType": each} for each in errors],
                "Conditions": [],
            },
        }
    )
    return json.dumps(flow)


def publish(client: Any, instance_id: str, content: str) -> None:
    client.create_contact_flow(InstanceId=instance_id, Name="Orders", Type="CONTACT_FLOW", Content=content)


def test_a_flow_names_a_bot_that_is_associated(client: Any, instance_id: str, content: Any) -> None:
    client.associate_bot(InstanceId=instance_id, **V2)
    publish(client, instance_id, talking_to(ALIAS, content()))


def test_a_flow_that_names_a_bot_that_is_not_associated_is_refused(
    client: Any, instance_id: str, content: Any, refused: Any
) -> None:
    with refused("InvalidContactFlowException") as refusal:
        publish(client, instance_id, talking_to(ALIAS, content()))
    assert ALIAS in refusal.response["problems"][0]["message"]


def test_a_bot_that_is_named_at_run_time_is_not_looked_for(client: Any, instance_id: str, content: Any) -> None:
    publish(client, instance_id, talking_to("$.Attributes.bot", content()))
