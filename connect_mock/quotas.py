"""Quotas: how many there may be of something.

The defaults are those of the page "Amazon Connect service quotas"; a test sets others with `mock_connect(quotas=...)`.
"""

from __future__ import annotations

from dataclasses import dataclass

from connect_mock import settings
from connect_mock.errors import LimitExceededException


@dataclass(frozen=True)
class Quota:
    """A limit that AWS can raise."""

    name: str
    """As `mock_connect(quotas={name: ...})` has it: the plural of what is counted, for example `queues`."""
    default: float

    @property
    def limit(self) -> float:
        """The limit in force."""
        quotas = settings.current.quotas
        return float("inf") if quotas is None else quotas.get(self.name, self.default)

    def check(self, count: int) -> None:
        """Raise LimitExceededException when `count` is more than there may be."""
        if count > self.limit:
            raise LimitExceededException(
                f"The quota of {self.limit:g} {self.name} is used up; mock_connect(quotas={{{self.name!r}: ...}}) sets another"
            )
