"""Quick connects."""

from __future__ import annotations

from connect_mock.operations import Operations


class QuickConnectOperations(Operations):
    """The operations on quick connects."""
