"""Integration associations and use cases."""

from __future__ import annotations

from connect_mock.operations import Operations


class IntegrationAssociationOperations(Operations):
    """The operations on integration associations and use cases."""
