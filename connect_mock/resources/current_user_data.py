"""What agents are doing now.

Those who are at work are shown: in another status than Offline, or with a contact (AWS says "active" and no more).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from connect_mock.collection import Selection
from connect_mock.contact import Contact
from connect_mock.errors import InvalidParameterException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resource import Resource
from connect_mock.resources.agent_statuses import AgentStatus
from connect_mock.resources.queues import Queue
from connect_mock.resources.routing_profiles import RoutingProfile
from connect_mock.resources.user_hierarchies import HierarchyGroup, with_child_groups
from connect_mock.resources.user_statuses import contacts_by_agent, current_status, is_handled, is_online, is_routable
from connect_mock.resources.users import User
from connect_mock.search import Keep

RESOURCES = ("Queues", "RoutingProfiles", "Agents", "UserHierarchyGroups")
"""Filters of which one can be given."""


class CurrentUserDataOperations(Operations):
    """The operation on what agents are doing now."""

    def get_current_user_data(self, *, instance_id: str, filters: dict[str, Any]) -> Selection[User]:
        """Agents who are at work, of some queues, routing profiles or hierarchy groups or by their own ids.

        With a ContactFilter only those with a contact in one of its states. Raises InvalidParameterException for two filters
        at once, ResourceNotFoundException for an unknown id.
        """
        instance = self.instance(instance_id)
        is_asked_for = _resource_filter(instance, filters)
        states = filters.get("ContactFilter", {}).get("ContactStates")
        contacts = contacts_by_agent(instance)

        def keep(user: User) -> bool:
            given = contacts.get(user.id, [])
            handled = [contact for contact in given if is_handled(contact)]
            if states and not any(_state(contact) in states for contact in handled):
                return False
            return is_asked_for(user) and bool(handled or is_online(current_status(user, given)))

        return instance[User].where(keep).shown(lambda user: _data(instance, user, contacts.get(user.id, [])))


def _resource_filter(instance: Instance, filters: dict[str, Any]) -> Keep:
    named = [name for name in RESOURCES if name in filters]
    if len(named) > 1:
        raise InvalidParameterException(f"Filters can have one of {', '.join(RESOURCES)}, got {', '.join(named)}")
    if "Queues" in filters:
        queues = _ids(instance, Queue, filters["Queues"])
        profiles = {each.id for each in instance[RoutingProfile] if queues.intersection(each.queue_ids)}
        return lambda user: user.routing_profile_id in profiles
    if "RoutingProfiles" in filters:
        profiles = _ids(instance, RoutingProfile, filters["RoutingProfiles"])
        return lambda user: user.routing_profile_id in profiles
    if "UserHierarchyGroups" in filters:
        named_groups = _ids(instance, HierarchyGroup, filters["UserHierarchyGroups"])
        groups = {each for group_id in named_groups for each in with_child_groups(instance, group_id)}
        return lambda user: user.hierarchy_group_id in groups
    users = _ids(instance, User, filters.get("Agents", []))
    return lambda user: "Agents" not in filters or user.id in users


def _ids(instance: Instance, model: type[Resource], given: list[str]) -> set[str]:
    return {instance[model].get(each).id for each in given}


def _data(instance: Instance, user: User, given: Sequence[Contact]) -> dict[str, Any]:
    """UserData. Slots are available to agents whom contacts are routed to; those that rules across channels block are not left
    out.
    """
    handled = [contact for contact in given if is_handled(contact)]
    status, profile = current_status(user, given), instance[RoutingProfile].get(user.routing_profile_id)
    active = Counter(contact.channel for contact in handled)
    most = {each["Channel"]: each["Concurrency"] for each in profile.media_concurrencies}
    free = {channel: max(count - active[channel], 0) if is_routable(status) else 0 for channel, count in most.items()}
    group = instance[HierarchyGroup].find(user.hierarchy_group_id or "")
    following = instance[AgentStatus].find(user.next_agent_status_id or "")
    return {
        "User": user,
        "RoutingProfile": profile,
        "HierarchyPath": group.hierarchy_path if group else None,
        "Status": _status(user, status) if status else None,
        "MaxSlotsByChannel": most,
        "ActiveSlotsByChannel": {channel: active[channel] for channel in most | active},
        "AvailableSlotsByChannel": free,
        "Contacts": [_contact(instance, contact) for contact in handled],
        "NextStatus": following.name if following else None,
    }


def _status(user: User, status: AgentStatus) -> dict[str, Any]:
    return {"StatusStartTimestamp": user.status_start_timestamp, "StatusArn": status.arn, "StatusName": status.name}


def _contact(instance: Instance, contact: Contact) -> dict[str, Any]:
    agent = contact.agent_info or {}
    connected = agent.get("ConnectedToAgentTimestamp")
    return {
        "ContactId": contact.id,
        "Channel": contact.channel,
        "InitiationMethod": contact.initiation_method,
        "AgentContactState": _state(contact),
        "StateStartTimestamp": connected or agent.get("AcceptedByAgentTimestamp") or contact.initiation_timestamp,
        "ConnectedToAgentTimestamp": connected,
        "Queue": instance[Queue].find((contact.queue_info or {}).get("Id", "")),
    }


def _state(contact: Contact) -> str:
    """A contact that was given to an agent connects until it is connected."""
    return "CONNECTED" if "ConnectedToAgentTimestamp" in (contact.agent_info or {}) else "CONNECTING"
