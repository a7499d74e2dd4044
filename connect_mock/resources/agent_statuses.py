"""Agent statuses: what agents can set themselves to. There is no operation that deletes one; it is disabled instead."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, ClassVar

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidParameterException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource
from connect_mock.search import Search, with_tags

ROUTABLE, CUSTOM, OFFLINE = "ROUTABLE", "CUSTOM", "OFFLINE"


@dataclass(kw_only=True, slots=True, eq=False)
class AgentStatus(NamedResource):
    """An agent status. Contacts are routed to agents in the one whose type is ROUTABLE."""

    arn_type = "agent-state"
    tag_type = "agent-state"
    quota: ClassVar = Quota("agent_statuses", 50)

    state: str = "ENABLED"
    type: str = CUSTOM
    display_order: int | None = None
    """Its place in the agent's menu, from 1 to 50; None after all that have one."""


def furnish(instance: Instance) -> None:
    """Give the instance "Available" and "Offline" (administrator guide; no publication has their order or description)."""
    for order, (name, type) in enumerate((("Available", ROUTABLE), ("Offline", OFFLINE)), start=1):
        instance[AgentStatus].add(name=name, type=type, display_order=order)


SEARCH = Search(
    fields={
        "name": attrgetter("name"),
        "description": attrgetter("description"),
        "state": attrgetter("state"),
        "type": attrgetter("type"),
        "displayOrder": lambda status: None if status.display_order is None else str(status.display_order),
        "resourceID": attrgetter("id"),
    }
)


class AgentStatusOperations(Operations):
    """The operations on agent statuses."""

    def create_agent_status(self, *, instance_id: str, name: str, state: str, **members: Any) -> dict[str, str]:
        """A new status, of type CUSTOM. AWS does not say that a DisplayOrder is taken only once, and it is not here."""
        status = self.instance(instance_id)[AgentStatus].add(name=name, state=state, **members)
        return {"AgentStatusId": status.id, "AgentStatusARN": status.arn}

    def describe_agent_status(self, *, instance_id: str, agent_status_id: str) -> dict[str, AgentStatus]:
        """The status."""
        return {"AgentStatus": self.instance(instance_id)[AgentStatus].get(agent_status_id)}

    def list_agent_statuses(
        self, *, instance_id: str, agent_status_types: list[str] | None = None
    ) -> Collection[AgentStatus] | Selection[AgentStatus]:
        """All statuses, disabled ones included, or those of some types."""
        statuses = self.instance(instance_id)[AgentStatus]
        return statuses.where(lambda status: status.type in agent_status_types) if agent_status_types else statuses

    def search_agent_statuses(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: Any = None
    ) -> Selection[AgentStatus]:
        """Statuses by name, description, state, type, displayOrder and resourceID, and by tags."""
        return SEARCH.over(self.instance(instance_id)[AgentStatus], search_criteria, with_tags(search_filter))

    def update_agent_status(
        self,
        *,
        instance_id: str,
        agent_status_id: str,
        display_order: int | None = None,
        reset_order_number: bool = False,
        **members: Any,
    ) -> None:
        """Rename, describe, enable, disable or move it; those that came with the instance too.

        ResetOrderNumber takes its DisplayOrder away, and cannot come together with a new one.
        """
        statuses = self.instance(instance_id)[AgentStatus]
        status = statuses.get(agent_status_id)
        if reset_order_number and display_order is not None:
            raise InvalidParameterException(f"DisplayOrder {display_order} must not be given together with ResetOrderNumber")
        statuses.update(status, display_order=display_order, **members)
        if reset_order_number:
            status.display_order = None
