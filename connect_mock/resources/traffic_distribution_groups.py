"""Traffic distribution, replication and cross-Region routing."""

from __future__ import annotations

from connect_mock.operations import Operations


class TrafficDistributionGroupOperations(Operations):
    """The operations on traffic distribution, replication and cross-Region routing."""
