"""Users, queues, profiles, hours and the rest together: whatever is done in whatever order, what is named exists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from connect_mock import mock_connect
from tests.conftest import flow_content, state

Roles = dict[str, set[str]]
"""What a thing refers to: ids, and the names of predefined attributes."""

HELD = {
    "hours": "HoursOfOperation",
    "parents": "HoursOfOperation",
    "outbound": "Queue",
    "served": "Queue",
    "picked": "Queue",
    "leads to queue": "Queue",
    "routing": "RoutingProfile",
    "security": "SecurityProfile",
    "group": "UserHierarchyGroup",
    "below": "UserHierarchyGroup",
    "skills": "PredefinedAttribute",
}
"""By role, what cannot be deleted while it is referred to."""

DROPPED = {"offered": "QuickConnect", "restricted to": "UserHierarchyGroup"}
"""By role, what disappears from the things that refer to it when it is deleted."""

DANGLING = {"leads to user": "User", "transfers by": "ContactFlow"}
"""By role, what a quick connect goes on naming when it is deleted.

Users: documentation of DeleteQuickConnect, which is to be called after DeleteUser. Flows: no check is documented.
"""

ROLES = HELD | DROPPED | DANGLING


class Kind(NamedTuple):
    """How a thing is made: what it has to refer to, what it may refer to, and the other members."""

    needed: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    members: dict[str, Any] = {}


VOICE = [{"Channel": "VOICE", "Concurrency": 1}]
ANA = {"FirstName": "Ana", "LastName": "Diaz"}

KINDS = {
    "HoursOfOperation": Kind(possible=("parents",), members={"TimeZone": "UTC", "Config": []}),
    "ContactFlow": Kind(members={"Content": flow_content()}),
    "UserHierarchyGroup": Kind(possible=("below",)),
    "PredefinedAttribute": Kind(members={"Values": {"StringList": ["yes"]}}),
    "AgentStatus": Kind(members={"State": "ENABLED"}),
    "SecurityProfile": Kind(possible=("restricted to",)),
    "Queue": Kind(("hours",), ("offered",)),
    "RoutingProfile": Kind(("outbound",), ("served", "picked"), {"Description": "Calls", "MediaConcurrencies": VOICE}),
    "User": Kind(("routing", "security"), ("group",), {"Password": "Pass-w0rd", "IdentityInfo": ANA}),
}
RENAMED = ("Queue", "RoutingProfile", "QuickConnect", "UserHierarchyGroup")
IDS = {"PredefinedAttribute": "Name", "UserHierarchyGroup": "HierarchyGroupId"}
NAMES = {"User": "Username", "SecurityProfile": "SecurityProfileName"}
"""Members that are not called after the kind."""


def at(queue: str) -> dict[str, str]:
    return {"QueueId": queue, "Channel": "VOICE"}


SAID: dict[str, Callable[[str], Any]] = {
    "hours": lambda id: {"HoursOfOperationId": id},
    "parents": lambda id: {"ParentHoursOfOperationConfigs": [{"HoursOfOperationId": id}]},
    "outbound": lambda id: {"DefaultOutboundQueueId": id},
    "served": lambda id: {"QueueConfigs": [{"QueueReference": at(id), "Priority": 1, "Delay": 0}]},
    "picked": lambda id: {"ManualAssignmentQueueConfigs": [{"QueueReference": at(id)}]},
    "routing": lambda id: {"RoutingProfileId": id},
    "security": lambda id: {"SecurityProfileIds": [id]},
    "group": lambda id: {"HierarchyGroupId": id},
    "below": lambda id: {"ParentGroupId": id},
    "restricted to": lambda id: {"AllowedAccessControlHierarchyGroupId": id},
    "offered": lambda id: {"QuickConnectIds": [id]},
    "skills": lambda id: {"UserProficiencies": [{"AttributeName": id, "AttributeValue": "yes", "Level": 3}]},
}
"""By role, the members of a request that name a thing."""

TAKEN_BACK: dict[str, Callable[[str], Any]] = {
    "parents": lambda id: {"ParentHoursOfOperationIds": [id]},
    "served": lambda id: {"QueueReferences": [at(id)]},
    "picked": lambda id: {"ManualAssignmentQueueReferences": [at(id)]},
    "offered": SAID["offered"],
    "skills": lambda id: {"UserProficiencies": [{"AttributeName": id, "AttributeValue": "yes"}]},
}

REPLACING = {
    ("Queue", "hours"): "UpdateQueueHoursOfOperation",
    ("RoutingProfile", "outbound"): "UpdateRoutingProfileDefaultOutboundQueue",
    ("User", "routing"): "UpdateUserRoutingProfile",
    ("User", "security"): "UpdateUserSecurityProfiles",
    ("User", "group"): "UpdateUserHierarchy",
    ("SecurityProfile", "restricted to"): "UpdateSecurityProfile",
}
ADDING = {
    ("HoursOfOperation", "parents"): "AssociateHoursOfOperations",
    ("Queue", "offered"): "AssociateQueueQuickConnects",
    ("RoutingProfile", "served"): "AssociateRoutingProfileQueues",
    ("RoutingProfile", "picked"): "AssociateRoutingProfileQueues",
    ("User", "skills"): "AssociateUserProficiencies",
}
LISTED = {
    "Queue": ("ListQueueQuickConnects",),
    "RoutingProfile": ("ListRoutingProfileQueues", "ListRoutingProfileManualAssignmentQueues"),
    "User": ("ListUserProficiencies",),
}
"""What tells, beside Describe, to what a thing refers."""

GONE = "00000000-0000-4000-8000-000000000000"
ID = re.compile(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<="AttributeName": ")\w+')

PLACES = st.integers(0, 5)
"""Of a thing among those of its kind; 0 is one that was deleted, or never there."""
WORDS = st.sampled_from(["Red", "Green", "Blue"])
TARGETS = st.sampled_from(["User", "Queue", "Flow"])


now_and_then = precondition(lambda self: self.calls % 8 == 0)
"""To look at everything takes as long as many calls."""


class Configuration(RuleBasedStateMachine):
    """`there` is what should exist: by kind and id, and for each thing to what it should refer."""

    def __init__(self) -> None:
        super().__init__()
        self.mock = mock_connect(empty_instances=True)
        self.mock.start()
        self.client, self.instance_id = self.mock.handle.client, self.mock.handle.instance_id
        self.there: dict[str, dict[str, Roles]] = {kind: {} for kind in (*KINDS, "QuickConnect")}
        self.names: dict[str, str] = {}
        self.deleted: dict[str, str] = {}
        self.levels = 0
        self.calls = 0

    @initialize()
    def furnish(self) -> None:
        """One of each kind, so that not all of the first calls are refused."""
        self.set_levels(2)
        for kind in KINDS:
            self.create(kind, "Red", 2, False)
        self.create("ContactFlow", "Blue", 2, False)

    def teardown(self) -> None:
        self.mock.stop()

    # --- the model

    def pick(self, kind: str, place: int) -> str:
        """The id of one of the things; of the queues, one is that of an agent."""
        living = list(self.there["User" if (kind, place) == ("Queue", 1) else kind])
        return living[place % len(living)] if place and living else self.deleted.get(kind, GONE)

    def of(self, kind: str, thing: str, role: str) -> set[str]:
        return self.there[kind].get(thing, {}).get(role, set())

    def referring(self, role: str) -> Iterator[Roles]:
        return (roles for things in self.there.values() for roles in things.values() if role in roles)

    def count(self, role: str, thing: str) -> int:
        """How many refer to it."""
        return sum(thing in roles[role] for roles in self.referring(role))

    def path(self, group: str) -> set[str]:
        """The group and those above it."""
        return {group}.union(*(self.path(each) for each in self.of("UserHierarchyGroup", group, "below")))

    def is_free(self, kind: str, name: str, below: set[str]) -> bool:
        """Whether the name is; those of groups are taken only among the groups below one."""
        return not any(self.names[each] == name and self.of(kind, each, "below") == below for each in self.there[kind])

    def fit(self, thing: str, roles: Roles) -> bool:
        """Whether all exists that a thing is to refer to, and may be referred to by it."""
        if any(not ids <= self.there[ROLES[role]].keys() for role, ids in roles.items()):
            return False
        parents = roles.get("parents", set())
        if parents and self.count("parents", thing):
            return False
        return thing not in parents and not any(self.of("HoursOfOperation", each, "parents") for each in parents)

    # --- calls

    def call(self, operation: str, **members: Any) -> Any:
        answer = getattr(self.client, xform_name(operation))(InstanceId=self.instance_id, **members)
        del answer["ResponseMetadata"]
        return answer

    def attempt(self, allowed: bool, operation: str, **members: Any) -> Any:
        """The answer, or None when it is refused: it is whenever it should be, and changes nothing then."""
        self.calls += 1
        if allowed:
            return self.call(operation, **members)
        before = state()
        with pytest.raises(ClientError):
            self.call(operation, **members)
        assert state() == before
        return None

    def act(self, kind: str, thing: str, operation: str, allowed: bool, **members: Any) -> bool:
        allowed = allowed and thing in self.there[kind]
        return self.attempt(allowed, operation, **{id_of(kind): thing}, **members) is not None

    def make(self, kind: str, name: str, roles: Roles, allowed: bool, **members: Any) -> None:
        allowed = allowed and self.fit("", roles) and self.is_free(kind, name, roles.get("below", set()))
        answer = self.attempt(allowed, f"Create{kind}", **{NAMES.get(kind, "Name"): name}, **members)
        if answer is not None:
            thing = answer.get(id_of(kind), name)
            self.there[kind][thing], self.names[thing] = roles, name

    # --- rules

    @rule(kind=st.sampled_from(list(KINDS)), name=WORDS, place=PLACES, full=st.booleans())
    def create(self, kind: str, name: str, place: int, full: bool) -> None:
        needed, possible, members = KINDS[kind]
        chosen = {role: self.pick(ROLES[role], place) for role in (*needed, *(possible if full else ()))}
        for role, id in chosen.items():
            members = members | SAID[role](id)
        if kind == "ContactFlow":
            members = members | {"Type": "AGENT_TRANSFER" if name == "Red" else "QUEUE_TRANSFER"}
        below = chosen.get("below")
        level = 1 + len(self.path(below) if below else ())
        roles = {role: set() for role in possible} | {role: {id} for role, id in chosen.items()}
        self.make(kind, name, roles, kind != "UserHierarchyGroup" or level <= self.levels, **members)

    @rule(name=WORDS, type=TARGETS, place=PLACES, flow=PLACES, changed=st.none() | PLACES)
    def lead(self, name: str, type: str, place: int, flow: int, changed: int | None = None) -> None:
        """Create a quick connect, or have one lead elsewhere."""
        roles = {"transfers by": {by := self.pick("ContactFlow", flow)}}
        config = {"ContactFlowId": by}
        if type != "Flow":
            config[f"{type}Id"] = self.pick(type, place)
            roles[f"leads to {type.lower()}"] = {config[f"{type}Id"]}
        fits = type == "Flow" or (type == "User") == (self.names.get(by) == "Red")
        config = {"QuickConnectConfig": {"QuickConnectType": type.upper(), f"{type}Config": config}}
        if changed is None:
            self.make("QuickConnect", name, roles, fits, **config)
        else:
            found = self.pick("QuickConnect", changed)
            if self.act("QuickConnect", found, "UpdateQuickConnectConfig", fits and self.fit(found, roles), **config):
                self.there["QuickConnect"][found] = roles

    @rule(what=st.sampled_from(sorted(REPLACING)), place=PLACES, other=PLACES)
    def replace(self, what: tuple[str, str], place: int, other: int) -> None:
        (kind, role), thing = what, self.pick(what[0], place)
        roles = {role: {id := self.pick(ROLES[role], other)}}
        if self.act(kind, thing, REPLACING[what], self.fit(thing, roles), **SAID[role](id)):
            self.there[kind][thing].update(roles)

    @rule(what=st.sampled_from(sorted(ADDING)), place=PLACES, other=PLACES)
    def associate(self, what: tuple[str, str], place: int, other: int) -> None:
        (kind, role), thing = what, self.pick(what[0], place)
        id = self.pick(ROLES[role], other)
        if self.act(kind, thing, ADDING[what], self.fit(thing, {role: {id}}), **SAID[role](id)):
            self.there[kind][thing][role] = self.of(kind, thing, role) | {id}

    @rule(what=st.sampled_from(sorted(ADDING)), place=PLACES, other=PLACES)
    def disassociate(self, what: tuple[str, str], place: int, other: int) -> None:
        (kind, role), thing = what, self.pick(what[0], place)
        before, id = self.of(kind, thing, role), self.pick(ROLES[role], other)
        allowed = id in before if role in ("parents", "skills") else id in self.there[ROLES[role]]
        if self.act(kind, thing, ADDING[what].replace("Associate", "Disassociate"), allowed, **TAKEN_BACK[role](id)):
            self.there[kind][thing][role] = before - {id}

    @rule(kind=st.sampled_from(sorted({*ROLES.values()})), place=PLACES)
    def delete(self, kind: str, place: int) -> None:
        thing = self.pick(kind, place)
        held = any(self.count(role, thing) for role in HELD if HELD[role] == kind)
        if self.act(kind, thing, f"Delete{kind}", not held):
            del self.there[kind][thing]
            self.deleted[kind] = thing
            for role in [role for role in DROPPED if DROPPED[role] == kind]:
                for roles in self.referring(role):
                    roles[role] = roles[role] - {thing}

    @rule(kind=st.sampled_from(RENAMED), place=PLACES, name=WORDS)
    def rename(self, kind: str, place: int, name: str) -> None:
        thing = self.pick(kind, place)
        free = self.names.get(thing) == name or self.is_free(kind, name, self.of(kind, thing, "below"))
        if self.act(kind, thing, f"Update{kind}Name", free, Name=name):
            self.names[thing] = name

    @rule(count=st.integers(0, 3))
    def set_levels(self, count: int) -> None:
        levels = {name: {"Name": name} for name in ("LevelOne", "LevelTwo", "LevelThree")[:count]}
        deepest = max((len(self.path(each)) for each in self.there["UserHierarchyGroup"]), default=0)
        if self.attempt(count >= deepest, "UpdateUserHierarchyStructure", HierarchyStructure=levels) is not None:
            self.levels = count

    # --- what holds at all times

    @now_and_then
    @invariant()
    def lists_and_searches_agree(self) -> None:
        dangling = {id for role in DANGLING for roles in self.referring(role) for id in roles[role]}
        for kind, things in self.there.items():
            found, listed = self.call(f"Search{plural(kind)}"), self.call(f"List{plural(kind)}")
            agents = self.there["User"] if kind == "Queue" else {}
            assert sorted(ids_of(kind, listed)) == sorted([*things, *agents])
            assert sorted(ids_of(kind, found)) == sorted(things)
            assert found["ApproximateTotalCount"] == len(things)
            assert ids_in(found) <= dangling.union({self.instance_id}, *self.there.values())

    @now_and_then
    @invariant()
    def a_thing_names_what_it_refers_to_and_that_exists(self) -> None:
        for kind, things in self.there.items():
            for thing, roles in things.items():
                about = [self.call(each, **{id_of(kind): thing}) for each in (f"Describe{kind}", *LISTED.get(kind, ()))]
                above = self.path(thing) if kind == "UserHierarchyGroup" else set()
                assert ids_in(about) - {thing, self.instance_id} == above.union(*roles.values()) - {thing}
                assert all(role in DANGLING or ids <= self.there[ROLES[role]].keys() for role, ids in roles.items())

    @now_and_then
    @invariant()
    def an_agent_has_a_queue(self) -> None:
        assert sorted(ids_of("Queue", self.call("ListQueues", QueueTypes=["AGENT"]))) == sorted(self.there["User"])
        for user in self.there["User"]:
            assert self.call("DescribeQueue", QueueId=user)["Queue"]["QueueArn"].endswith(f"/queue/agent/{user}")

    @now_and_then
    @invariant()
    def counts_agree(self) -> None:
        for profile, roles in self.there["RoutingProfile"].items():
            shown = self.call("DescribeRoutingProfile", RoutingProfileId=profile)["RoutingProfile"]
            assert shown["NumberOfAssociatedQueues"] == len(roles["served"])
            assert shown["NumberOfAssociatedManualAssignmentQueues"] == len(roles["picked"])
            assert shown["NumberOfAssociatedUsers"] == self.count("routing", profile)
        for hours in self.there["HoursOfOperation"]:
            children = self.call("ListChildHoursOfOperations", HoursOfOperationId=hours)
            assert len(ids_of("HoursOfOperation", children)) == self.count("parents", hours)


def id_of(kind: str) -> str:
    return IDS.get(kind, f"{kind}Id")


def plural(kind: str) -> str:
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def ids_of(kind: str, answer: dict[str, Any]) -> list[str]:
    """The ids, or else the names, in the list of an answer."""
    rows = next(each for each in answer.values() if isinstance(each, list))
    return [row.get(id_of(kind)) or row.get("Id") or row["Name"] for row in rows]


def ids_in(answers: list[Any]) -> set[str]:
    """All that is named anywhere in them, but for what is of another service."""
    return set(ID.findall(re.sub('"DirectoryUserId": "[^"]*"', "", json.dumps(answers, default=str))))


TestConfiguration = Configuration.TestCase
TestConfiguration.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
