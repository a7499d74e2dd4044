"""What telephone numbers look like, by country and type: enough to offer numbers, and to tell whose a number is.

`numbering_plans.json` holds for each country the digits its numbers begin with (`leads`) and, for each type, patterns in the
order in which numbers are drawn from them: `#` is any digit, `N` one from 2 to 9. Ranges that are kept for fiction come first,
where there are such (NANPA, Ofcom, ACMA, Arcep, Bundesnetzagentur, PTS); the last pattern is every number of the type. Not
emulated: which exchanges exist.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources as package_files

from connect_mock import ids

DIGITS = {"#": "0123456789", "N": "23456789"}
NORTH_AMERICA = "1N##N######"
UIFN = ("800########",)
"""Universal international freephone numbers (ITU-T E.169.1); they belong to no country."""

PATTERNS_OF = {
    "DID": "DID",
    "SHARED": "DID",
    "THIRD_PARTY_DID": "DID",
    "TOLL_FREE": "TOLL_FREE",
    "THIRD_PARTY_TF": "TOLL_FREE",
}
"""Types of numbers that look like those of another type. Short codes are not in it: they cannot be claimed, only imported."""


@dataclass(frozen=True)
class NumberingPlan:
    """The numbers of one country."""

    leads: tuple[str, ...]
    patterns: dict[str, tuple[str, ...]]

    def is_toll_free(self, digits: str) -> bool:
        """Whether calls to that number are free."""
        return any(digits.startswith(pattern.rstrip("#N")) for pattern in self.patterns.get("TOLL_FREE", ()))


@cache
def plans() -> dict[str, NumberingPlan]:
    """The plans by country, two letters."""
    text = package_files.files(__package__).joinpath("numbering_plans.json").read_text(encoding="utf-8")
    return {
        country: NumberingPlan(tuple(plan.pop("leads")), {kind: tuple(patterns) for kind, patterns in plan.items()})
        for country, plan in json.loads(text).items()
    }


@cache
def _countries_by_lead() -> dict[str, str]:
    return {lead: country for country, plan in plans().items() for lead in plan.leads}


def country_of(number: str) -> str | None:
    """The country of a number in E.164, the larger one where countries share a code; None when it is of none that is known."""
    digits = number.removeprefix("+")
    leads = (digits[:length] for length in range(len(digits), 0, -1))
    return next((_countries_by_lead()[lead] for lead in leads if lead in _countries_by_lead()), None)


def identified(number: str) -> tuple[str, str] | None:
    """Country and type of a number in E.164, DID or TOLL_FREE; None when no country has such numbers.

    Only in North America all numbers are of one length; elsewhere a number is taken for good from 7 digits on.
    """
    country, digits = country_of(number), number.removeprefix("+")
    if country is None or (not _fits(NORTH_AMERICA, digits) if digits[0] == "1" else len(digits) < 7):
        return None
    return country, "TOLL_FREE" if plans()[country].is_toll_free(digits) else "DID"


def drawn(country: str, number_type: str, prefix: str, tries: int) -> Iterator[str]:
    """Numbers in E.164 of that country and type that begin with `prefix`, at random: up to `tries` from each pattern."""
    plan = plans().get(country)
    patterns = UIFN if number_type == "UIFN" else plan.patterns.get(PATTERNS_OF.get(number_type, ""), ()) if plan else ()
    for pattern in patterns:
        if _begins(pattern, prefix.removeprefix("+")):
            numbers = (_filled(pattern, prefix.removeprefix("+")) for _ in range(tries))
            yield from (f"+{number}" for number in numbers if plan is None or _is_of(plan, country, number_type, number))


def _is_of(plan: NumberingPlan, country: str, number_type: str, digits: str) -> bool:
    """A broad pattern of one country or type covers numbers of others."""
    if number_type == "UIFN":
        return True
    is_free = PATTERNS_OF[number_type] == "TOLL_FREE"
    is_here = is_free or not plan.leads or country_of(digits) == country
    return is_here and plan.is_toll_free(digits) == is_free


def _begins(pattern: str, digits: str) -> bool:
    """Whether numbers of that pattern can begin with the digits."""
    places = zip(pattern, digits, strict=False)
    return len(digits) <= len(pattern) and all(digit in DIGITS.get(place, place) for place, digit in places)


def _fits(pattern: str, digits: str) -> bool:
    return len(digits) == len(pattern) and _begins(pattern, digits)


def _filled(pattern: str, prefix: str) -> str:
    return prefix + "".join(ids.source.choice(DIGITS.get(place, place)) for place in pattern[len(prefix) :])
