"""Real-time figures of a queue, as flows see them.

An agent counts for the queues of the routing profile. There is no estimated wait time: it would come from a history.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from connect_mock import clock
from connect_mock.contact import Contact
from connect_mock.contacts.queueing import in_queue
from connect_mock.flow.host import QueueMetrics
from connect_mock.instance import Instance
from connect_mock.resources.agent_statuses import AgentStatus
from connect_mock.resources.queues import Queue
from connect_mock.resources.routing_profiles import RoutingProfile
from connect_mock.resources.users import User


def queue_metrics(queue: Queue, channel: str | None) -> QueueMetrics:
    """The figures of a queue, of all channels or of one, in capitals or not."""
    instance = queue.owner
    waiting = [each for each in in_queue(instance, queue.id).values() if channel is None or each.channel == channel.upper()]
    online = [(user, type) for user in _agents(queue) if (type := _status_type(instance, user)) not in (None, "OFFLINE")]
    busy = {(each.agent_info or {}).get("Id") for each in _with_agents(instance)} if online else set()
    ready = [user for user, type in online if type == "ROUTABLE"]
    return QueueMetrics(
        name=queue.name,
        arn=queue.arn,
        size=len(waiting),
        oldest_contact_age=max((_age(each) for each in waiting), default=0),
        online=len(online),
        available=sum(user.id not in busy for user in ready),
        staffed=len(ready),
        busy=sum(user.id in busy for user, _ in online),
        non_productive=len(online) - len(ready),
    )


def _agents(queue: Queue) -> Iterator[User]:
    """The users who serve the queue."""
    instance = queue.owner
    serving = {profile.id for profile in instance[RoutingProfile] if queue.id in profile.queue_ids}
    return (user for user in instance[User] if user.routing_profile_id in serving or user.id == queue.id)


def _status_type(instance: Instance, user: User) -> str | None:
    status = instance[AgentStatus].find(user.agent_status_id or "")
    return status.type if status else None


def _with_agents(instance: Instance) -> Iterator[Contact]:
    """The open contacts that an agent has."""
    return (each for each in instance[Contact] if each.agent_info and not each.ended)


def _age(contact: Contact) -> float:
    """Milliseconds in the queue, with the adjustment that routing counts in."""
    entered: datetime.datetime = (contact.queue_info or {})["EnqueueTimestamp"]
    seconds = (clock.now() - entered).total_seconds() + (contact.queue_time_adjustment_seconds or 0)
    return max(seconds, 0) * 1000
