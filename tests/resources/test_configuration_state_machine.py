"""Users, queues, profiles, hours and the rest together: whatever is done in whatever order, what is named exists."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from connect_mock import mock_connect
from tests.conftest import state
from tests.resources.configuration import LISTED, MEMBERS, NAMES, NEEDED, ROLES, id_of, nothing, plural

DROPPED = ("offered", "restricted to")
"""Roles in which what is deleted disappears from the things that refer to it."""

DANGLING = {
    "leads to user": "DeleteUser leaves quick connects to the user behind (documentation of DeleteQuickConnect)",
    "transfers by": "no documented check keeps a flow from being deleted while quick connects name it",
}
"""Roles in which things go on naming what was deleted, and why that is right."""

CHANGED = [role for role, each in ROLES.items() if each.operation]
ENDED = [role for role, each in ROLES.items() if each.taken_back is not nothing]
RENAMED = ("Queue", "RoutingProfile", "QuickConnect", "UserHierarchyGroup")
LEVELS = ("LevelOne", "LevelTwo", "LevelThree")

Roles = dict[str, set[str]]
"""What a thing refers to: ids, and the names of predefined attributes."""

GONE = "00000000-0000-4000-8000-000000000000"
ID = re.compile(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<="AttributeName": ")\w+')

PLACES = st.integers(0, 5)
"""Of a thing among those of its kind; 0 is one that was deleted, or never there."""
WORDS = st.sampled_from(["Red", "Green", "Blue", "White", "Black"])
TARGETS = st.sampled_from(["User", "Queue", "Flow"])

now_and_then = precondition(lambda self: self.calls % 12 == 0)
"""To look at everything takes as long as many calls."""


class Configuration(RuleBasedStateMachine):
    """`there` is what should exist: by kind and id, and for each thing to what it should refer."""

    def __init__(self) -> None:
        super().__init__()
        self.mock = mock_connect(empty_instances=True)
        self.mock.start()
        self.client, self.instance_id = self.mock.handle.client, self.mock.handle.instance_id
        self.there: dict[str, dict[str, Roles]] = {kind: {} for kind in (*MEMBERS, "QuickConnect")}
        self.names: dict[str, str] = {}
        self.deleted: dict[str, str] = {}
        self.levels = self.calls = 0

    @initialize()
    def furnish(self) -> None:
        """Three of each kind and one queue more; the last of most kinds refers to all that it can."""
        self.set_levels(2)
        for kind in MEMBERS:
            for name in ("Red", "Green", "Blue", "White")[kind != "Queue" :]:
                self.create(kind, name, 2, name == "White" and kind != "Queue")
        for type, flow in (("User", 2), ("Queue", 3), ("Flow", 3)):
            self.lead(type, type, 5, flow, None)
            self.refer("offered", 2, len(self.there["QuickConnect"]) + 2)
        self.refer("skills", 2, 2)

    def teardown(self) -> None:
        self.mock.stop()

    # --- the model

    def pick(self, kind: str, place: int) -> str:
        """The id of one of the things; of the queues, one is that of an agent."""
        living = list(self.there["User" if (kind, place) == ("Queue", 1) else kind])
        return living[place % len(living)] if place and living else self.deleted.get(kind, GONE)

    def of(self, kind: str, thing: str, role: str) -> set[str]:
        return self.there[kind].get(thing, {}).get(role, set())

    def referring(self, role: str, thing: str) -> list[Roles]:
        """What refers to the thing."""
        return [roles for roles in self.there[ROLES[role].kind].values() if thing in roles.get(role, ())]

    def path(self, group: str) -> set[str]:
        """The group and those above it."""
        return {group}.union(*(self.path(each) for each in self.of("UserHierarchyGroup", group, "below")))

    def is_free(self, kind: str, name: str, below: set[str]) -> bool:
        """Whether the name is; those of groups are taken only among the groups below one."""
        return not any(self.names[each] == name and self.of(kind, each, "below") == below for each in self.there[kind])

    def fit(self, thing: str, roles: Roles) -> bool:
        """Whether all exists that a thing is to refer to, and may be referred to by it."""
        parents, below = roles.get("parents", set()), roles.get("below", set())
        return (
            all(ids <= self.there[ROLES[role].to].keys() for role, ids in roles.items())
            and not (parents and self.referring("parents", thing))
            and not any(each == thing or self.of("HoursOfOperation", each, "parents") for each in parents)
            and ("below" not in roles or sum(len(self.path(each)) for each in below) < self.levels)
        )

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

    @rule(kind=st.sampled_from(list(MEMBERS)), name=WORDS, place=PLACES, full=st.booleans())
    def create(self, kind: str, name: str, place: int, full: bool) -> None:
        roles: Roles = {role: set() for role, each in ROLES.items() if each.kind == kind and role != "skills"}
        members = dict(MEMBERS[kind])
        for more, role in enumerate(role for role in roles if full or role in NEEDED):
            roles[role] = {id := self.pick(ROLES[role].to, place and place + more)}
            members |= ROLES[role].said(id)
        if kind == "ContactFlow":
            members["Type"] = "AGENT_TRANSFER" if name == "White" else "QUEUE_TRANSFER"
        self.make(kind, name, roles, True, **members)

    @rule(name=WORDS, type=TARGETS, place=PLACES, flow=PLACES, changed=st.none() | PLACES)
    def lead(self, name: str, type: str, place: int, flow: int, changed: int | None) -> None:
        """Create a quick connect, or have one lead elsewhere."""
        settings = {"ContactFlowId": self.pick("ContactFlow", flow)}
        roles = {"transfers by": {*settings.values()}}
        if type != "Flow":
            settings[f"{type}Id"] = self.pick(type, place)
            roles[f"leads to {type.lower()}"] = {settings[f"{type}Id"]}
        fits = type == "Flow" or (type == "User") == (self.names.get(settings["ContactFlowId"]) == "White")
        config = {"QuickConnectConfig": {"QuickConnectType": type.upper(), f"{type}Config": settings}}
        if changed is None:
            return self.make("QuickConnect", name, roles, fits, **config)
        thing = self.pick("QuickConnect", changed)
        if self.act("QuickConnect", thing, "UpdateQuickConnectConfig", fits and self.fit(thing, roles), **config):
            self.there["QuickConnect"][thing] = roles

    @rule(role=st.sampled_from(CHANGED), place=PLACES, other=PLACES)
    def refer(self, role: str, place: int, other: int) -> None:
        kind, to, said, operation, _ = ROLES[role]
        thing, id = self.pick(kind, place), self.pick(to, other)
        before = self.of(kind, thing, role) if operation.startswith("Associate") else set()
        if self.act(kind, thing, operation, self.fit(thing, {role: {id}}), **said(id)):
            self.there[kind][thing][role] = before | {id}

    @rule(role=st.sampled_from(ENDED), place=PLACES, other=PLACES)
    def refer_no_longer(self, role: str, place: int, other: int) -> None:
        kind, to, _, operation, taken_back = ROLES[role]
        thing, id = self.pick(kind, place), self.pick(to, other)
        before = self.of(kind, thing, role)
        allowed = id in (before if role in ("parents", "skills") else self.there[to])
        if self.act(kind, thing, operation.replace("Associate", "Disassociate"), allowed, **taken_back(id)):
            self.there[kind][thing][role] = before - {id}

    @rule(kind=st.sampled_from(sorted({each.to for each in ROLES.values()})), place=PLACES)
    def delete(self, kind: str, place: int) -> None:
        thing = self.pick(kind, place)
        roles = [role for role, each in ROLES.items() if each.to == kind]
        held = any(self.referring(role, thing) for role in roles if role not in (*DROPPED, *DANGLING))
        if self.act(kind, thing, f"Delete{kind}", not held):
            del self.there[kind][thing]
            self.deleted[kind] = thing
            for role in {*roles}.intersection(DROPPED):
                for each in self.referring(role, thing):
                    each[role] = each[role] - {thing}

    @rule(kind=st.sampled_from(RENAMED), place=PLACES, name=WORDS)
    def rename(self, kind: str, place: int, name: str) -> None:
        thing = self.pick(kind, place)
        free = self.names.get(thing) == name or self.is_free(kind, name, self.of(kind, thing, "below"))
        if self.act(kind, thing, f"Update{kind}Name", free, Name=name):
            self.names[thing] = name

    @precondition(lambda self: self.calls % 9 == 0)
    @rule(count=st.integers(0, 3))
    def set_levels(self, count: int) -> None:
        deepest = max((len(self.path(each)) for each in self.there["UserHierarchyGroup"]), default=0)
        structure = {level: {"Name": level} for level in LEVELS[:count]}
        if self.attempt(count >= deepest, "UpdateUserHierarchyStructure", HierarchyStructure=structure) is not None:
            self.levels = count

    # --- what holds at all times

    @now_and_then
    @invariant()
    def lists_and_searches_agree(self) -> None:
        all_roles = [roles for things in self.there.values() for roles in things.values()]
        dangling = {id for roles in all_roles for role in DANGLING for id in roles.get(role, ())}
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
                assert existing(roles) <= set().union(*self.there.values())

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
            assert shown["NumberOfAssociatedUsers"] == len(self.referring("routing", profile))
        for hours in self.there["HoursOfOperation"]:
            children = self.call("ListChildHoursOfOperations", HoursOfOperationId=hours)
            assert len(ids_of("HoursOfOperation", children)) == len(self.referring("parents", hours))


def existing(roles: Roles) -> set[str]:
    """What is named in them and has to exist."""
    return {id for role, ids in roles.items() if role not in DANGLING for id in ids}


def ids_of(kind: str, answer: dict[str, Any]) -> list[str]:
    """The ids, or else the names, in the list of an answer."""
    rows = next(each for each in answer.values() if isinstance(each, list))
    return [row.get(id_of(kind)) or row.get("Id") or row["Name"] for row in rows]


def ids_in(answers: Any) -> set[str]:
    """All that is named anywhere in them, but for what is of another service."""
    return set(ID.findall(re.sub('"DirectoryUserId": "[^"]*"', "", json.dumps(answers, default=str))))


TestConfiguration = Configuration.TestCase
TestConfiguration.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
