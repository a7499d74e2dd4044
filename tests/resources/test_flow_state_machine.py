"""Flows against a model of a few lines: whatever is done in whatever order, describe, list and search agree with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, precondition, rule

from connect_mock import mock_connect
from tests.conftest import flow_content

TEXTS = st.sampled_from(["Hello", "Welcome", "Grüße"])
PLACES = st.integers(0, 5)
NAMES = st.sampled_from(["Inbound", "Outbound"])


@dataclass
class Expected:
    """What one flow should be."""

    name: str
    state: str
    saved: str
    published: str | None
    versions: dict[int, str] = field(default_factory=dict)
    versions_made: int = 0
    aliases: dict[str, int] = field(default_factory=dict)

    @property
    def status(self) -> str:
        return "SAVED" if self.published is None else "PUBLISHED"

    def pick(self, place: int) -> int:
        """The number of one of the versions; without any, a number that does not exist."""
        return sorted(self.versions)[place % len(self.versions)] if self.versions else 1

    def snapshot(self) -> int:
        """The number that CreateContactFlowVersion should answer."""
        newest = max(self.versions, default=0)
        if self.versions.get(newest) == self.published:
            return newest
        self.versions_made += 1
        self.versions[self.versions_made] = str(self.published)
        return self.versions_made


class Flows(RuleBasedStateMachine):
    """The flows of one instance."""

    flow_ids = Bundle("flow_ids")
    alias_ids = Bundle("alias_ids")

    def __init__(self) -> None:
        super().__init__()
        self.mock = mock_connect(empty_instances=True)
        self.mock.start()
        self.client = self.mock.handle.client
        self.expected: dict[str, Expected] = {}
        self.names_made = 0

    @initialize(target=flow_ids)
    def start(self) -> str:
        """An instance with one flow in it."""
        self.instance_id = self.mock.handle.instance_id
        return str(self.create("Inbound", "Hello", "PUBLISHED"))

    def teardown(self) -> None:
        self.mock.stop()

    def call(self, operation: str, **members: Any) -> Any:
        return getattr(self.client, operation)(InstanceId=self.instance_id, **members)

    def refused(self, code: str, operation: str, **members: Any) -> None:
        with pytest.raises(ClientError) as caught:
            self.call(operation, **members)
        assert caught.value.response["Error"]["Code"] == code

    def taken(self, name: str) -> bool:
        return name in [each.name for each in self.expected.values()]

    @rule(target=flow_ids, name=NAMES, text=TEXTS, status=st.sampled_from(["SAVED", "PUBLISHED"]))
    def create(self, name: str, text: str, status: str) -> Any:
        content = flow_content(text=text)
        members = {"Name": name, "Content": content, "Status": status, "Type": "CONTACT_FLOW"}
        if self.taken(name):
            self.refused("DuplicateResourceException", "create_contact_flow", **members)
            return multiple()
        flow_id = self.call("create_contact_flow", **members)["ContactFlowId"]
        self.expected[flow_id] = Expected(name, "ACTIVE", content, content if status == "PUBLISHED" else None)
        return flow_id

    @rule(flow_id=flow_ids, text=TEXTS)
    def save(self, flow_id: str, text: str) -> None:
        self.expected[flow_id].saved = flow_content(text=text)
        self.call("update_contact_flow_content", ContactFlowId=f"{flow_id}:$SAVED", Content=flow_content(text=text))

    @rule(flow_id=flow_ids, text=TEXTS)
    def publish(self, flow_id: str, text: str) -> None:
        self.expected[flow_id].saved = self.expected[flow_id].published = flow_content(text=text)
        self.call("update_contact_flow_content", ContactFlowId=flow_id, Content=flow_content(text=text))

    @rule(flow_id=flow_ids)
    def fail_to_publish(self, flow_id: str) -> None:
        self.refused("InvalidContactFlowException", "update_contact_flow_content", ContactFlowId=flow_id, Content="{}")

    @rule(flow_id=flow_ids, name=NAMES, state=st.sampled_from(["ACTIVE", "ARCHIVED"]))
    def change(self, flow_id: str, name: str, state: str) -> None:
        members = {"ContactFlowId": flow_id, "Name": name, "ContactFlowState": state}
        if self.taken(name) and name != self.expected[flow_id].name:
            self.refused("DuplicateResourceException", "update_contact_flow_metadata", **members)
        else:
            self.expected[flow_id].name, self.expected[flow_id].state = name, state
            self.call("update_contact_flow_metadata", **members)

    @rule(flow_id=flow_ids, text=TEXTS)
    def release(self, flow_id: str, text: str) -> None:
        self.publish(flow_id, text)
        self.make_version(flow_id)

    @rule(flow_id=flow_ids)
    def make_version(self, flow_id: str) -> None:
        if self.expected[flow_id].published is None:
            self.refused("InvalidRequestException", "create_contact_flow_version", ContactFlowId=flow_id)
        else:
            made = self.call("create_contact_flow_version", ContactFlowId=flow_id)
            assert made["Version"] == self.expected[flow_id].snapshot()

    @rule(flow_id=flow_ids, place=PLACES)
    def delete_version(self, flow_id: str, place: int) -> None:
        expected = self.expected[flow_id]
        number = expected.pick(place)
        members = {"ContactFlowId": flow_id, "ContactFlowVersion": number}
        if number not in expected.versions:
            self.refused("ResourceNotFoundException", "delete_contact_flow_version", **members)
        elif number in expected.aliases.values():
            self.refused("InvalidRequestException", "delete_contact_flow_version", **members)
        else:
            del expected.versions[number]
            self.call("delete_contact_flow_version", **members)

    @precondition(lambda self: "CreateContactFlowAlias" in self.client.meta.service_model.operation_names)
    @rule(target=alias_ids, flow_id=flow_ids, place=PLACES)
    def make_alias(self, flow_id: str, place: int) -> Any:
        expected = self.expected[flow_id]
        number = expected.pick(place)
        members = {"ContactFlowId": flow_id, "ContactFlowVersion": number, "AliasName": f"alias-{self.names_made}"}
        self.names_made += 1
        if number not in expected.versions:
            self.refused("ResourceNotFoundException", "create_contact_flow_alias", **members)
            return multiple()
        alias_id = self.call("create_contact_flow_alias", **members)["Id"]
        expected.aliases[alias_id] = number
        return flow_id, alias_id

    @rule(alias=alias_ids, place=PLACES)
    def move_alias(self, alias: tuple[str, str], place: int) -> None:
        flow_id, alias_id = alias
        expected = self.expected.get(flow_id)
        number = expected.pick(place) if expected else 1
        members = {"ContactFlowId": flow_id, "AliasId": alias_id, "ContactFlowVersion": number}
        if expected is None or number not in expected.versions:
            self.refused("ResourceNotFoundException", "update_contact_flow_alias", **members)
        else:
            expected.aliases[alias_id] = number
            self.call("update_contact_flow_alias", **members)

    @rule(alias=consumes(alias_ids))
    def delete_alias(self, alias: tuple[str, str]) -> None:
        flow_id, alias_id = alias
        if flow_id not in self.expected:
            self.refused("ResourceNotFoundException", "delete_contact_flow_alias", ContactFlowId=flow_id, AliasId=alias_id)
        else:
            del self.expected[flow_id].aliases[alias_id]
            self.call("delete_contact_flow_alias", ContactFlowId=flow_id, AliasId=alias_id)

    @precondition(lambda self: len(self.expected) > 1)
    @rule(flow_id=consumes(flow_ids))
    def delete(self, flow_id: str) -> None:
        del self.expected[flow_id]
        self.call("delete_contact_flow", ContactFlowId=flow_id)
        self.refused("ResourceNotFoundException", "describe_contact_flow", ContactFlowId=f"{flow_id}:$SAVED")

    @invariant()
    def list_agrees(self) -> None:
        found = self.call("list_contact_flows")["ContactFlowSummaryList"]
        listed = [(each["Id"], each["Name"], each["ContactFlowState"], each["ContactFlowStatus"]) for each in found]
        assert listed == [(flow_id, each.name, each.state, each.status) for flow_id, each in self.expected.items()]

    @invariant()
    def search_agrees(self) -> None:
        for state, status in (("ACTIVE", "PUBLISHED"), ("ARCHIVED", "SAVED")):
            criteria = {"AndConditions": [{"StateCondition": state}, {"StatusCondition": status}]}
            found = self.call("search_contact_flows", SearchCriteria=criteria)["ContactFlows"]
            expected = [each for each in self.expected.values() if (each.state, each.status) == (state, status)]
            assert [each["Content"] for each in found] == [each.published or each.saved for each in expected]

    @invariant()
    def describe_agrees(self) -> None:
        for flow_id, expected in self.expected.items():
            assert self.content(flow_id, "$SAVED") == expected.saved
            if expected.published is None:
                self.refused("ContactFlowNotPublishedException", "describe_contact_flow", ContactFlowId=flow_id)
            else:
                assert self.content(flow_id, "$LATEST") == expected.published
            for number, content in expected.versions.items():
                assert self.content(flow_id, str(number)) == content
            for alias_id, number in expected.aliases.items():
                assert self.content(flow_id, alias_id) == expected.versions[number]

    @invariant()
    def versions_agree(self) -> None:
        for flow_id, expected in self.expected.items():
            found = self.call("list_contact_flow_versions", ContactFlowId=flow_id)["ContactFlowVersionSummaryList"]
            assert [each["Version"] for each in found] == sorted(expected.versions, reverse=True)

    def content(self, flow_id: str, qualifier: str) -> Any:
        return self.call("describe_contact_flow", ContactFlowId=f"{flow_id}:{qualifier}")["ContactFlow"]["Content"]


TestFlows = Flows.TestCase
TestFlows.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
