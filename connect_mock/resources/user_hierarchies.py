"""The user hierarchy: its structure and its groups."""

from __future__ import annotations

from connect_mock.operations import Operations


class UserHierarchyOperations(Operations):
    """The operations on the user hierarchy: its structure and its groups."""
