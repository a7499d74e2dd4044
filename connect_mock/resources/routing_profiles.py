"""Routing profiles: which channels and queues an agent serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

from connect_mock.collection import Collection, Selection
from connect_mock.errors import InvalidParameterException, InvalidRequestException
from connect_mock.instance import Instance
from connect_mock.operations import Operations, check_any_given
from connect_mock.quotas import Quota
from connect_mock.resource import MODELS, NamedResource, Shown, To
from connect_mock.resources.queues import Queue, standard_queue
from connect_mock.search import Search, with_tags

QUEUES = Quota("queues_of_a_routing_profile", 50)
"""Combinations of queue and channel."""

MANUAL_ASSIGNMENT_QUEUES = Quota("manual_assignment_queues_of_a_routing_profile", 50)


class QueueChannel(NamedTuple):
    """One channel of one queue, which a routing profile gives a rank of its own."""

    queue_id: str
    channel: str


class Rank(NamedTuple):
    """When an agent gets the contacts of a queue and channel."""

    priority: int
    """From 1, which comes first, to 99."""
    delay: int
    """Seconds that a contact waits before this agent may get it."""


@dataclass(kw_only=True, slots=True, eq=False)
class RoutingProfile(NamedResource):
    """A routing profile."""

    arn_type = "routing-profile"
    tag_type = "routing-profile"
    quota: ClassVar = Quota("routing_profiles", 500)
    refers_to: ClassVar = {
        "default_outbound_queue_id": To("Queue"),
        "queue_ids": To("Queue"),
        "manual_assignment_queue_ids": To("Queue"),
    }

    owner: Instance = field(repr=False)
    default_outbound_queue_id: str
    media_concurrencies: list[dict[str, Any]]
    agent_availability_timer: str = "TIME_SINCE_LAST_ACTIVITY"
    ranks: dict[QueueChannel, Rank] = field(default_factory=dict)
    """The queues whose contacts are routed to the agents, in the order in which they were associated."""
    manual_assignments: tuple[QueueChannel, ...] = ()
    """The queues whose contacts agents pick themselves."""
    is_default: bool = False
    """Whether the instance came with it and keeps it."""

    @property
    def instance_id(self) -> str:
        return self.owner.id

    @property
    def queue_ids(self) -> tuple[str, ...]:
        """The ids of the queues in `ranks`, each once."""
        return _queue_ids(self.ranks)

    @property
    def manual_assignment_queue_ids(self) -> tuple[str, ...]:
        """The ids of the queues in `manual_assignments`, each once."""
        return _queue_ids(self.manual_assignments)

    @property
    def number_of_associated_queues(self) -> int:
        """Queues, however many of their channels are served: as many as SearchRoutingProfiles names."""
        return len(self.queue_ids)

    @property
    def number_of_associated_manual_assignment_queues(self) -> int:
        return len(self.manual_assignment_queue_ids)

    @property
    def number_of_associated_users(self) -> int:
        users: Collection[Any] = self.owner[MODELS["User"]]
        return sum(user.routing_profile_id == self.id for user in users)


SEARCH = Search(
    fields={
        "associatedQueueIds": attrgetter("queue_ids"),
        "name": attrgetter("name"),
        "description": attrgetter("description"),
        "resourceID": attrgetter("id"),
    }
)


def furnish(instance: Instance) -> None:
    """Give the instance "Basic Routing Profile", which serves all channels of "BasicQueue"."""
    queue = instance[Queue].named("BasicQueue")
    if queue:
        instance[RoutingProfile].add(
            name="Basic Routing Profile",
            description="A simple routing profile.",
            default_outbound_queue_id=queue.id,
            media_concurrencies=[
                {"Channel": channel, "Concurrency": concurrency}
                for channel, concurrency in (("CHAT", 2), ("TASK", 1), ("VOICE", 1))
            ],
            ranks={QueueChannel(queue.id, channel): Rank(1, 0) for channel in ("CHAT", "TASK", "VOICE")},
            is_default=True,
        )


class RoutingProfileOperations(Operations):
    """The operations on routing profiles."""

    def create_routing_profile(
        self,
        *,
        instance_id: str,
        default_outbound_queue_id: str,
        media_concurrencies: list[dict[str, Any]],
        queue_configs: list[dict[str, Any]] | None = None,
        manual_assignment_queue_configs: list[dict[str, Any]] | None = None,
        **members: Any,
    ) -> dict[str, str]:
        """A new routing profile. Its queues have to be standard queues of the instance."""
        instance = self.instance(instance_id)
        _check_concurrencies(media_concurrencies)
        profile = instance[RoutingProfile].add(
            default_outbound_queue_id=standard_queue(instance, default_outbound_queue_id).id,
            media_concurrencies=media_concurrencies,
            **within_quotas(
                ranks_in(instance, queue_configs or []),
                manual_assignments_in(instance, manual_assignment_queue_configs or []),
            ),
            **members,
        )
        return {"RoutingProfileId": profile.id, "RoutingProfileArn": profile.arn}

    def describe_routing_profile(self, *, instance_id: str, routing_profile_id: str) -> dict[str, RoutingProfile]:
        """The profile, without the ids of its queues (documentation of DescribeRoutingProfile)."""
        return {"RoutingProfile": self.instance(instance_id)[RoutingProfile].get(routing_profile_id)}

    def list_routing_profiles(self, *, instance_id: str) -> Collection[RoutingProfile]:
        """All of them."""
        return self.instance(instance_id)[RoutingProfile]

    def search_routing_profiles(
        self, *, instance_id: str, search_criteria: Any = None, search_filter: dict[str, Any] | None = None
    ) -> Selection[Shown]:
        """Profiles by name, description, id and the ids of their queues, and by tags."""
        profiles = self.instance(instance_id)[RoutingProfile]
        found = SEARCH.over(profiles, search_criteria, with_tags(search_filter))
        return Selection([_as_found(each) for each in found], position=attrgetter("resource.position"))

    def update_routing_profile_name(
        self, *, instance_id: str, routing_profile_id: str, name: str | None = None, description: str | None = None
    ) -> None:
        """Rename or describe; one of both has to be given (documentation of UpdateRoutingProfileName)."""
        check_any_given(Name=name, Description=description)
        self._update_routing_profile(instance_id, routing_profile_id, name=name, description=description)

    def update_routing_profile_concurrency(
        self, *, instance_id: str, routing_profile_id: str, media_concurrencies: list[dict[str, Any]]
    ) -> None:
        """Replace the channels and how many contacts of each an agent can have."""
        _check_concurrencies(media_concurrencies)
        self._update_routing_profile(instance_id, routing_profile_id, media_concurrencies=media_concurrencies)

    def update_routing_profile_default_outbound_queue(
        self, *, instance_id: str, routing_profile_id: str, default_outbound_queue_id: str
    ) -> None:
        """Let outbound calls go through another queue."""
        queue = standard_queue(self.instance(instance_id), default_outbound_queue_id)
        self._update_routing_profile(instance_id, routing_profile_id, default_outbound_queue_id=queue.id)

    def update_routing_profile_agent_availability_timer(
        self, *, instance_id: str, routing_profile_id: str, agent_availability_timer: str
    ) -> None:
        """Change by which time agents are put in order: since their last activity, or since their last inbound contact."""
        self._update_routing_profile(instance_id, routing_profile_id, agent_availability_timer=agent_availability_timer)

    def delete_routing_profile(self, *, instance_id: str, routing_profile_id: str) -> None:
        """Refused while a user has it, and for the default one, which tools that empty an instance leave alone."""
        profiles = self.instance(instance_id)[RoutingProfile]
        profile = profiles.get(routing_profile_id)
        if profile.is_default:
            raise InvalidRequestException(f"{profile.name} is the default routing profile and cannot be deleted")
        profiles.remove(profile)

    def _update_routing_profile(self, instance_id: str, routing_profile_id: str, **changes: Any) -> None:
        profiles = self.instance(instance_id)[RoutingProfile]
        profiles.update(profiles.get(routing_profile_id), **changes)


# --- what is asked for ------------------------------------------------------------------------------------------------


def ranks_in(instance: Instance, configs: list[dict[str, Any]]) -> dict[QueueChannel, Rank]:
    """QueueConfigs; raises InvalidParameterException when a queue and channel is there twice."""
    pairs = queue_channels_in(instance, [each["QueueReference"] for each in configs])
    _check_distinct("QueueConfigs", pairs)
    return {pair: Rank(each["Priority"], each["Delay"]) for pair, each in zip(pairs, configs, strict=True)}


def manual_assignments_in(instance: Instance, configs: list[dict[str, Any]]) -> tuple[QueueChannel, ...]:
    """ManualAssignmentQueueConfigs. Voice is taken too: it stands for callbacks that ask the agent first."""
    pairs = queue_channels_in(instance, [each["QueueReference"] for each in configs])
    _check_distinct("ManualAssignmentQueueConfigs", pairs)
    return tuple(pairs)


def queue_channels_in(instance: Instance, references: list[dict[str, str]]) -> list[QueueChannel]:
    """RoutingProfileQueueReferences. Raises what `standard_queue` raises."""
    return [QueueChannel(standard_queue(instance, each["QueueId"]).id, each["Channel"]) for each in references]


def within_quotas(ranks: dict[QueueChannel, Rank], manual_assignments: Iterable[QueueChannel]) -> dict[str, Any]:
    """The queues as members of a profile. Raises LimitExceededException when they are more than it can have."""
    manual = tuple(dict.fromkeys(manual_assignments))
    QUEUES.check(len(ranks))
    MANUAL_ASSIGNMENT_QUEUES.check(len(manual))
    return {"ranks": ranks, "manual_assignments": manual}


def _check_distinct(member: str, items: Iterable[Any]) -> None:
    for item, count in Counter(items).items():
        if count > 1:
            found = " with channel ".join(item) if isinstance(item, tuple) else item
            raise InvalidParameterException(f"{member} must name each thing once, and {found} is there {count} times")


def _check_concurrencies(concurrencies: list[dict[str, Any]]) -> None:
    """Each channel once, with as many contacts as it can have. 0, which the model accepts, switches a channel off."""
    _check_distinct("MediaConcurrencies", [each["Channel"] for each in concurrencies])
    for each in concurrencies:
        channel = each["Channel"]
        found = [kind["Concurrency"] for kind in [each, *each.get("WorkloadTypeConcurrencies", [])] if "Concurrency" in kind]
        if not found:
            raise InvalidParameterException(f"MediaConcurrencies: {channel} has no Concurrency")
        if channel == "VOICE" and max(found) > 1:
            raise InvalidParameterException(f"MediaConcurrencies: Concurrency of VOICE must be at most 1, got {max(found)}")


# --- what is answered -------------------------------------------------------------------------------------------------


def _as_found(profile: RoutingProfile) -> Shown:
    """As SearchRoutingProfiles shows it: with the ids of its queues, and without what its documentation leaves out."""
    concurrencies = profile.media_concurrencies
    return Shown(
        profile,
        associated_queue_ids=profile.queue_ids,
        associated_manual_assignment_queue_ids=profile.manual_assignment_queue_ids,
        media_concurrencies=[
            {name: value for name, value in each.items() if name != "CrossChannelBehavior"} for each in concurrencies
        ],
        agent_availability_timer=None,
        last_modified_time=None,
        last_modified_region=None,
    )


def _queue_ids(pairs: Iterable[QueueChannel]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pair.queue_id for pair in pairs))
