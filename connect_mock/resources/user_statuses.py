"""The statuses of users as agents: the current one, since when, and the one that follows.

Not emulated: after-contact work, so that an agent is free as soon as the contact has ended.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence

from connect_mock import clock
from connect_mock.contact import Contact
from connect_mock.errors import InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.resources.agent_statuses import OFFLINE, ROUTABLE, AgentStatus
from connect_mock.resources.users import User


def contacts_by_agent(instance: Instance) -> Mapping[str, list[Contact]]:
    """The contacts, open and ended, that each user was given, by the id of the user."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in instance[Contact]:
        if user_id := (contact.agent_info or {}).get("Id"):
            found[user_id.rpartition("/")[2]].append(contact)
    return found


def is_handled(contact: Contact) -> bool:
    """Whether an agent who was given the contact still has it."""
    return contact.disconnect_timestamp is None


def current_status(user: User, contacts: Sequence[Contact]) -> AgentStatus | None:
    """The status that the user is in; None for one who has never had any. `contacts` are all that the user was given.

    What was to be the next status becomes the current one here, from the first moment without a contact on.
    """
    if user.next_agent_status_id and user.next_status_enqueued_timestamp:
        done = _done_with(contacts, user.next_status_enqueued_timestamp)
        if done:
            _enter(user, user.next_agent_status_id, done)
    return user.owner[AgentStatus].find(user.agent_status_id or "")


def _done_with(contacts: Sequence[Contact], since: datetime.datetime) -> datetime.datetime | None:
    """The first moment after `since` without a contact; None when there has been none."""
    done = since
    for contact in sorted(contacts, key=_given):
        if _given(contact) > done:
            break
        if contact.disconnect_timestamp is None:
            return None
        done = max(done, contact.disconnect_timestamp)
    return done


def _given(contact: Contact) -> datetime.datetime:
    """When the agent got the contact."""
    agent = contact.agent_info or {}
    given: datetime.datetime = agent.get("AcceptedByAgentTimestamp") or contact.initiation_timestamp
    return given


def is_online(status: AgentStatus | None) -> bool:
    """Whether an agent with that status is at work."""
    return status is not None and status.type != OFFLINE


def is_routable(status: AgentStatus | None) -> bool:
    """Whether contacts are routed to an agent with that status."""
    return status is not None and status.type == ROUTABLE


def _enter(user: User, status_id: str, since: datetime.datetime) -> None:
    user.agent_status_id, user.status_start_timestamp = status_id, since
    user.next_agent_status_id = user.next_status_enqueued_timestamp = None


class UserStatusOperations(Operations):
    """The operation on the statuses of users."""

    def put_user_status(self, *, instance_id: str, user_id: str, agent_status_id: str) -> None:
        """Give the user a status: at once, or when the contacts that the user has now are done.

        Raises InvalidRequestException for a disabled status, which agents are not offered (administrator guide).
        """
        instance = self.instance(instance_id)
        user, status = instance[User].get(user_id), instance[AgentStatus].get(agent_status_id)
        if status.state == "DISABLED":
            raise InvalidRequestException(f"AgentStatus {status.name} ({status.id}) is disabled")
        contacts = contacts_by_agent(instance)[user.id]
        current_status(user, contacts)
        if any(map(is_handled, contacts)):
            user.next_agent_status_id, user.next_status_enqueued_timestamp = status.id, clock.now()
        else:
            _enter(user, status.id, clock.now())
