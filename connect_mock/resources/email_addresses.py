"""Email addresses and aliases."""

from __future__ import annotations

from connect_mock.operations import Operations


class EmailAddressOperations(Operations):
    """The operations on email addresses and aliases."""
