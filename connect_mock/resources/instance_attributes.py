"""Instance attributes."""

from __future__ import annotations

from connect_mock.operations import Operations


class InstanceAttributeOperations(Operations):
    """The operations on instance attributes."""
