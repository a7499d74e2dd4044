"""Cross-Region routing: whether contacts of one Region of a replicated instance come to agents in the other.

Not emulated: the routing itself; contacts stay in the Region where they began.
"""

from __future__ import annotations

from connect_mock.errors import InvalidRequestException
from connect_mock.instance import Replication
from connect_mock.operations import Operations


class CrossRegionRoutingOperations(Operations):
    """The operations on cross-Region routing. Both Regions of an instance share the setting."""

    def get_cross_region_routing(self, *, instance_id: str) -> dict[str, list[str]]:
        """The Regions that are on their own: both or none."""
        replication = self._replication(instance_id)
        return {"IsolatedRegions": list(replication.regions) if replication.is_isolated else []}

    def update_cross_region_routing(self, *, instance_id: str, isolated_all: bool) -> None:
        """Set both Regions on their own, or let contacts pass again."""
        self._replication(instance_id).is_isolated = isolated_all

    def _replication(self, instance_id: str) -> Replication:
        instance = self.instance(instance_id)
        if instance.replication is None:
            raise InvalidRequestException(f"Instance {instance.id} is not set up for Global Resiliency: it has no replica")
        return instance.replication
