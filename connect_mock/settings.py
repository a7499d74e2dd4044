"""What a test or a server can set about the fake. `mock_connect(...)`, the pytest marker and the server set it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

UK_MOBILE_NUMBERS = ("+447",)
"""What a new account may not call before AWS allows it (documentation of StartOutboundVoiceContact)."""

NO_QUOTAS_CHANGED: Mapping[str, float] = MappingProxyType({})


@dataclass
class Settings:
    """The choices in force. They hold for the whole process, as the mock does."""

    empty_instances: bool = False
    """Whether a new instance holds nothing, where the real one holds the default flows."""

    denied_destinations: tuple[str, ...] = UK_MOBILE_NUMBERS
    """Prefixes of numbers that StartOutboundVoiceContact does not call."""

    quotas: Mapping[str, float] | None = field(default_factory=lambda: NO_QUOTAS_CHANGED)
    """Quotas that are not the service's default, by name; None puts no quota in force."""

    check_other_services: bool = False
    """Whether buckets, functions, keys and streams that a call names have to exist in moto."""


current = Settings()


def use(settings: Settings) -> Settings:
    """Put other settings in force; returns the ones before, to be given back."""
    global current
    before, current = current, settings
    return before
