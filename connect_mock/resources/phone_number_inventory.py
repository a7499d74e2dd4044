"""The telephone numbers that can be claimed.

There is one inventory for all accounts and Regions: a number is claimed once, and after its release it rests. Numbers come
into it when someone searches, and stay there, so that a search repeated or continued finds what it found before.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from connect_mock import clock
from connect_mock.collection import Selection
from connect_mock.operations import Operations
from connect_mock.resource import MODELS, Resource
from connect_mock.resources import numbering_plans

REST = datetime.timedelta(days=180)
"""How long a released number cannot be had (documentation of ReleasePhoneNumber: up to 180 days)."""

OFFERED = 20
"""How many numbers one search has to choose from, where there are so many. The real inventory is larger."""

TRIES = 3 * OFFERED
"""How many numbers are drawn from a pattern to find those."""


@dataclass(kw_only=True, slots=True, eq=False)
class AvailableNumber(Resource):
    """A number that nobody has, and that can be claimed from a time on."""

    prefixes = ("PhoneNumber",)
    taggable = False

    phone_number: str
    country_code: str
    type: str
    available_from: datetime.datetime = field(default_factory=clock.now)

    @property
    def unique_key(self) -> str:
        return self.phone_number

    @property
    def rests(self) -> bool:
        """Whether it was released too short a time ago."""
        return self.available_from > clock.now()


def is_free(everywhere: Iterable[Operations], number: str) -> bool:
    """Whether nobody has the number and it does not rest."""
    return not any(
        backend[MODELS["PhoneNumber"]].named(number)
        or ((offered := backend[AvailableNumber].named(number)) is not None and offered.rests)
        for backend in everywhere
    )


def offered(backend: Operations, country: str, number_type: str, prefix: str) -> Selection[AvailableNumber]:
    """Numbers that can be claimed now, after adding what is missing to `OFFERED` of them."""
    everywhere, stock = list(backend.everywhere()), backend[AvailableNumber]

    def matches(each: AvailableNumber) -> bool:
        wanted = (each.country_code, each.type) == (country, number_type) and each.phone_number.startswith(prefix)
        return wanted and is_free(everywhere, each.phone_number)

    missing = OFFERED - len(stock.where(matches))
    for number in _new(everywhere, country, number_type, prefix, missing):
        stock.add(phone_number=number, country_code=country, type=number_type)
    return stock.where(matches)


def _new(everywhere: list[Operations], country: str, number_type: str, prefix: str, count: int) -> Iterator[str]:
    seen: set[str] = set()
    for number in numbering_plans.drawn(country, number_type, prefix, TRIES):
        if len(seen) >= count:
            return
        known = number in seen or any(backend[AvailableNumber].named(number) for backend in everywhere)
        if not known and is_free(everywhere, number):
            seen.add(number)
            yield number


def take(backend: Operations, number: str) -> None:
    """Take a number that is being claimed out of the inventory."""
    if offer := backend[AvailableNumber].named(number):
        backend[AvailableNumber].remove(offer)


def known(backend: Operations, number: str) -> tuple[str, str] | None:
    """Country and type of a number: as it was offered, or else as it looks. None when it cannot be one."""
    offer = backend[AvailableNumber].named(number)
    return (offer.country_code, offer.type) if offer else numbering_plans.identified(number)


def given_back(backend: Operations, phone_number: Any, rest: datetime.timedelta = REST) -> None:
    """Put a number that was released into the inventory, where it rests."""
    backend[AvailableNumber].add(
        phone_number=phone_number.phone_number,
        country_code=phone_number.country_code,
        type=phone_number.type,
        available_from=clock.now() + rest,
    )
