"""Security profiles."""

from __future__ import annotations

from connect_mock.operations import Operations


class SecurityProfileOperations(Operations):
    """The operations on security profiles."""
