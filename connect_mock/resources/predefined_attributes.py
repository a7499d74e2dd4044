"""Predefined attributes."""

from __future__ import annotations

from connect_mock.operations import Operations


class PredefinedAttributeOperations(Operations):
    """The operations on predefined attributes."""
