"""What an instance is configured with, as the state machine needs to know it: kinds of things, and what refers to what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.conftest import flow_content

MEMBERS: dict[str, dict[str, Any]] = {
    "HoursOfOperation": {"TimeZone": "UTC", "Config": []},
    "ContactFlow": {"Content": flow_content()},
    "UserHierarchyGroup": {},
    "PredefinedAttribute": {"Values": {"StringList": ["yes"]}},
    "AgentStatus": {"State": "ENABLED"},
    "SecurityProfile": {},
    "Queue": {},
    "RoutingProfile": {"Description": "Calls", "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}]},
    "User": {"Password": "Pass-w0rd", "IdentityInfo": {"FirstName": "Ana", "LastName": "Diaz"}},
}
"""What a thing is made with, beside its name and what it refers to."""

NAMES = {"User": "Username", "SecurityProfile": "SecurityProfileName"}
IDS = {"PredefinedAttribute": "Name", "UserHierarchyGroup": "HierarchyGroupId"}
"""Members that are not called after the kind."""

LISTED = {
    "Queue": ("ListQueueQuickConnects",),
    "RoutingProfile": ("ListRoutingProfileQueues", "ListRoutingProfileManualAssignmentQueues"),
    "User": ("ListUserProficiencies",),
}
"""What tells, beside Describe, to what a thing refers."""

Said = Callable[[str], dict[str, Any]]
"""The members of a request that name the thing with the id, or the predefined attribute with the name."""


def nothing(_: str) -> dict[str, Any]:
    return {}


class Role(NamedTuple):
    """One way in which things of one kind refer to things of another, or of their own."""

    kind: str
    to: str
    said: Said = nothing
    operation: str = ""
    """What changes it after the thing was made."""
    taken_back: Said = nothing
    """What to say to the operation that ends it."""


def at(queue: str) -> dict[str, Any]:
    return {"QueueReference": {"QueueId": queue, "Channel": "VOICE"}}


def skill(attribute: str, **level: float) -> dict[str, Any]:
    return {"UserProficiencies": [{"AttributeName": attribute, "AttributeValue": "yes", **level}]}


def offer(quick_connect: str) -> dict[str, Any]:
    return {"QuickConnectIds": [quick_connect]}


ROLES = {
    "parents": Role(
        *("HoursOfOperation", "HoursOfOperation"),
        lambda id: {"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": id}]},
        "AssociateHoursOfOperations",
        lambda id: {"ParentHoursOfOperationIds": [id]},
    ),
    "hours": Role("Queue", "HoursOfOperation", lambda id: {"HoursOfOperationId": id}, "UpdateQueueHoursOfOperation"),
    "offered": Role("Queue", "QuickConnect", offer, "AssociateQueueQuickConnects", offer),
    "outbound": Role(
        *("RoutingProfile", "Queue"),
        lambda id: {"DefaultOutboundQueueId": id},
        "UpdateRoutingProfileDefaultOutboundQueue",
    ),
    "served": Role(
        *("RoutingProfile", "Queue"),
        lambda id: {"QueueConfigs": [{**at(id), "Priority": 1, "Delay": 0}]},
        "AssociateRoutingProfileQueues",
        lambda id: {"QueueReferences": [*at(id).values()]},
    ),
    "picked": Role(
        *("RoutingProfile", "Queue"),
        lambda id: {"ManualAssignmentQueueConfigs": [at(id)]},
        "AssociateRoutingProfileQueues",
        lambda id: {"ManualAssignmentQueueReferences": [*at(id).values()]},
    ),
    "routing": Role("User", "RoutingProfile", lambda id: {"RoutingProfileId": id}, "UpdateUserRoutingProfile"),
    "security": Role("User", "SecurityProfile", lambda id: {"SecurityProfileIds": [id]}, "UpdateUserSecurityProfiles"),
    "group": Role("User", "UserHierarchyGroup", lambda id: {"HierarchyGroupId": id}, "UpdateUserHierarchy"),
    "skills": Role("User", "PredefinedAttribute", lambda id: skill(id, Level=3), "AssociateUserProficiencies", skill),
    "below": Role("UserHierarchyGroup", "UserHierarchyGroup", lambda id: {"ParentGroupId": id}),
    "restricted to": Role(
        *("SecurityProfile", "UserHierarchyGroup"),
        lambda id: {"AllowedAccessControlHierarchyGroupId": id},
        "UpdateSecurityProfile",
    ),
    "leads to queue": Role("QuickConnect", "Queue"),
    "leads to user": Role("QuickConnect", "User"),
    "transfers by": Role("QuickConnect", "ContactFlow"),
}
"""In most of them, what is referred to cannot be deleted."""

NEEDED = ("hours", "outbound", "routing", "security")
"""Those without which a thing cannot be made. All others can be there from the first as well, but `skills`."""


def id_of(kind: str) -> str:
    """The member that holds the id of such a thing."""
    return IDS.get(kind, f"{kind}Id")


def plural(kind: str) -> str:
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"
