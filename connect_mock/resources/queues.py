"""Queues."""

from __future__ import annotations

from connect_mock.operations import Operations


class QueueOperations(Operations):
    """The operations on queues."""
