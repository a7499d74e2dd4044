"""Authentication profiles."""

from __future__ import annotations

from connect_mock.operations import Operations


class AuthenticationProfileOperations(Operations):
    """The operations on authentication profiles."""
