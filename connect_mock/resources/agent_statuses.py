"""Agent statuses."""

from __future__ import annotations

from connect_mock.operations import Operations


class AgentStatusOperations(Operations):
    """The operations on agent statuses."""
