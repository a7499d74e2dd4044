"""Storage configurations."""

from __future__ import annotations

from connect_mock.operations import Operations


class InstanceStorageConfigOperations(Operations):
    """The operations on storage configurations."""
