"""Routing profiles."""

from __future__ import annotations

from connect_mock.operations import Operations


class RoutingProfileOperations(Operations):
    """The operations on routing profiles."""
