"""Chains of contacts against a model: what is shared, what is copied, and who belongs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from botocore.exceptions import ClientError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from connect_mock import mock_connect
from tests.contacts.conftest import waiting_content

T = TypeVar("T")
KEYS = st.sampled_from(["a", "b", "c"])
VALUES = st.sampled_from(["1", "2", ""])


def attempt(call: Callable[[], T]) -> T | None:
    """What the call gives, or None when it is refused."""
    try:
        return call()
    except ClientError:
        return None


class Chains(RuleBasedStateMachine):
    """Tasks that are started, linked, transferred and stopped; `attributes` and `roots` are what should come out."""

    contacts = Bundle("contacts")

    def __init__(self) -> None:
        super().__init__()
        self.mock = mock_connect(empty_instances=True)
        self.mock.start()
        self.client = self.mock.handle.client
        self.instance_id = self.mock.handle.instance_id
        self.attributes: dict[str, dict[str, str]] = {}
        self.firsts: dict[str, str] = {}
        self.roots: dict[str, str] = {}
        self.transfers: Counter[str] = Counter()
        self.ended: set[str] = set()

    def teardown(self) -> None:
        self.mock.stop()

    @initialize()
    def publish(self) -> None:
        made = self.client.create_contact_flow(
            InstanceId=self.instance_id, Name="Tasks", Type="CONTACT_FLOW", Content=waiting_content()
        )
        self.flow_id = made["ContactFlowId"]

    def start(self, **members: Any) -> str:
        made = self.client.start_task_contact(InstanceId=self.instance_id, ContactFlowId=self.flow_id, Name="task", **members)
        return str(made["ContactId"])

    @rule(target=contacts, key=KEYS, value=VALUES)
    def start_first(self, key: str, value: str) -> str:
        contact = self.start(Attributes={key: value})
        self.attributes[contact] = {key: value}
        self.firsts[contact] = self.roots[contact] = contact
        return contact

    @rule(target=contacts, before=contacts, key=KEYS, value=VALUES)
    def start_linked(self, before: str, key: str, value: str) -> str:
        linked = sum(first == self.firsts[before] != each for each, first in self.firsts.items())
        contact = attempt(lambda: self.start(PreviousContactId=before, Attributes={key: value}))
        assert (contact is None) == (linked >= 12)
        if contact is None:
            return before
        self.attributes[before][key] = value
        self.join(contact, before, self.firsts[before], self.attributes[before])
        return contact

    @rule(target=contacts, before=contacts, key=KEYS, value=VALUES)
    def start_related(self, before: str, key: str, value: str) -> str:
        contact = self.start(RelatedContactId=before, Attributes={key: value})
        self.join(contact, before, contact, self.attributes[before] | {key: value})
        return contact

    @rule(target=contacts, contact=contacts)
    def transfer(self, contact: str) -> str:
        asked = {"InstanceId": self.instance_id, "ContactId": contact, "ContactFlowId": self.flow_id}
        made = attempt(lambda: self.client.transfer_contact(**asked))
        assert (made is None) == (contact in self.ended or self.transfers[self.firsts[contact]] >= 11)
        if made is None:
            return contact
        self.ended.add(contact)
        self.transfers[self.firsts[contact]] += 1
        self.join(made["ContactId"], contact, self.firsts[contact], self.attributes[contact])
        return str(made["ContactId"])

    def join(self, contact: str, before: str, first: str, attributes: dict[str, str]) -> None:
        self.attributes[contact], self.firsts[contact], self.roots[contact] = attributes, first, self.roots[before]

    @rule(contact=contacts, key=KEYS, value=VALUES)
    def update_attributes(self, contact: str, key: str, value: str) -> None:
        self.client.update_contact_attributes(InstanceId=self.instance_id, InitialContactId=contact, Attributes={key: value})
        self.attributes[contact][key] = value

    @rule(contact=contacts)
    def stop(self, contact: str) -> None:
        if contact not in self.ended:
            self.client.stop_contact(InstanceId=self.instance_id, ContactId=contact)
            self.ended.add(contact)

    @invariant()
    def contacts_are_as_the_model_says(self) -> None:
        for contact, attributes in self.attributes.items():
            shown = self.client.describe_contact(InstanceId=self.instance_id, ContactId=contact)["Contact"]
            assert shown["Attributes"] == attributes
            assert shown.get("InitialContactId", contact) == self.firsts[contact]
            assert shown["ContactAssociationId"] == self.roots[contact]
            assert ("DisconnectTimestamp" in shown) == (contact in self.ended)

    @invariant()
    def trees_hold_those_with_the_same_root(self) -> None:
        for contact, root in list(self.roots.items())[-1:]:
            found = self.client.list_associated_contacts(InstanceId=self.instance_id, ContactId=contact)
            tree = {each["ContactId"] for each in found["ContactSummaryList"]}
            assert tree == {each for each, other in self.roots.items() if other == root}


TestChains = Chains.TestCase
TestChains.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
