"""Security keys."""

from __future__ import annotations

from connect_mock.operations import Operations


class SecurityKeyOperations(Operations):
    """The operations on security keys."""
