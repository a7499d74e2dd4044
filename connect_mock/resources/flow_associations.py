"""Flows associated with phone numbers and other resources."""

from __future__ import annotations

from connect_mock.operations import Operations


class FlowAssociationOperations(Operations):
    """The operations on flows associated with phone numbers and other resources."""
