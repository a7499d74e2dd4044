"""Hours of operation."""

from __future__ import annotations

from connect_mock.operations import Operations


class HoursOfOperationOperations(Operations):
    """The operations on hours of operation."""
