"""Phone numbers."""

from __future__ import annotations

from connect_mock.operations import Operations


class PhoneNumberOperations(Operations):
    """The operations on phone numbers."""
