"""Lex bots that an instance may use: bots of Lex V1 by name and Region, bots of Lex V2 by the ARN of an alias.

A flow that names the alias of a V2 bot is published only where the alias is associated (seen live). Not emulated: whether the
bot exists, and the resource policy that the service writes for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from connect_mock.collection import Collection
from connect_mock.errors import InvalidParameterException, InvalidRequestException
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resources.associations import Association, check_arn
from connect_mock.resources.flow_inventory import ASSOCIATED


@dataclass(kw_only=True, slots=True, eq=False)
class LexBot(Association):
    """A bot of Lex V1. Its id is made of Region and name, as names repeat in other Regions."""

    quota = Quota("lex_bots", 70)

    name: str
    lex_region: str

    @property
    def lex_bot(self) -> LexBot:
        """ListBots shows a bot below the name of its version."""
        return self


@dataclass(kw_only=True, slots=True, eq=False)
class LexV2Bot(Association):
    """A bot of Lex V2. Its id is the ARN of the alias."""

    quota = Quota("lex_v2_bot_aliases", 100)

    @property
    def alias_arn(self) -> str:
        return self.id

    @property
    def lex_v2_bot(self) -> LexV2Bot:
        """ListBots shows a bot below the name of its version."""
        return self


ASSOCIATED["lex-bot"] = lambda instance, alias_arn: alias_arn in instance[LexV2Bot]


class BotOperations(Operations):
    """The operations on associated Lex bots."""

    def associate_bot(self, *, instance_id: str, lex_bot: Any = None, lex_v2_bot: Any = None) -> None:
        """Allow the instance to use a bot of either version.

        Raises InvalidRequestException unless exactly one bot is named, ResourceConflictException for one that is there already
        and LimitExceededException for too many of its version.
        """
        bots, members = self._bot_named(instance_id, lex_bot, lex_v2_bot)
        bots.add(**members)

    def disassociate_bot(self, *, instance_id: str, lex_bot: Any = None, lex_v2_bot: Any = None) -> None:
        """Take a bot back.

        Raises InvalidRequestException as AssociateBot does, and ResourceNotFoundException for a bot that is not there.
        """
        bots, members = self._bot_named(instance_id, lex_bot, lex_v2_bot)
        bots.remove(bots.get(members["id"]))

    def list_bots(self, *, instance_id: str, lex_version: str) -> Collection[LexBot] | Collection[LexV2Bot]:
        """The bots of one version, oldest first."""
        instance = self.instance(instance_id)
        return instance[LexBot] if lex_version == "V1" else instance[LexV2Bot]

    # --- of Lex V1 alone

    def associate_lex_bot(self, *, instance_id: str, lex_bot: dict[str, str]) -> None:
        """AssociateBot for a bot of V1; too many are refused with ServiceQuotaExceededException."""
        self.instance(instance_id)[LexBot].add(**_lex_bot(lex_bot))

    def disassociate_lex_bot(self, *, instance_id: str, bot_name: str, lex_region: str) -> None:
        """DisassociateBot for a bot of V1."""
        bots = self.instance(instance_id)[LexBot]
        bots.remove(bots.get(_id(bot_name, lex_region)))

    def list_lex_bots(self, *, instance_id: str) -> Collection[LexBot]:
        """The bots of V1, oldest first."""
        return self.instance(instance_id)[LexBot]

    def _bot_named(self, instance_id: str, lex_bot: Any, lex_v2_bot: Any) -> tuple[Collection[Any], dict[str, str]]:
        """Where the bot that a request names is kept, and its members."""
        instance = self.instance(instance_id)
        if (lex_bot is None) == (lex_v2_bot is None):
            given = "none" if lex_bot is None else "both"
            raise InvalidRequestException(f"Exactly one of LexBot and LexV2Bot must be given, got {given}")
        if lex_bot is not None:
            return instance[LexBot], _lex_bot(lex_bot)
        return instance[LexV2Bot], _lex_v2_bot(lex_v2_bot)


def _lex_bot(bot: dict[str, str]) -> dict[str, str]:
    for member, value in bot.items():
        if not value:
            raise InvalidParameterException(f"LexBot.{member} must not be empty")
    return {"id": _id(bot["Name"], bot["LexRegion"]), "name": bot["Name"], "lex_region": bot["LexRegion"]}


def _id(name: str, region: str) -> str:
    return f"{region} {name}"


def _lex_v2_bot(bot: dict[str, str]) -> dict[str, str]:
    alias_arn = bot.get("AliasArn", "")
    check_arn("LexV2Bot.AliasArn", alias_arn, "a bot's alias", "lex", r"bot-alias/\w+/\w+")
    return {"id": alias_arn}
