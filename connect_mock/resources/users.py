"""Users."""

from __future__ import annotations

from connect_mock.operations import Operations


class UserOperations(Operations):
    """The operations on users."""
