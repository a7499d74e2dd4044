"""Page tokens: good for the call that they came from, for a day, and for nothing else; and pages while things come and go."""

from __future__ import annotations

import base64
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from connect_mock import mock_connect, page_tokens
from connect_mock.errors import InvalidMember
from tests.conftest import flow_content

pytestmark = pytest.mark.amazon_connect(empty_instances=True)

CALL = ["123456789012", "us-east-1", "ListContactFlows", {"InstanceId": "i"}]
HOUR = 60 * 60
ALPHABET = string.ascii_letters + string.digits + "-_="

positions = st.integers() | st.text() | st.lists(st.integers() | st.text(), max_size=3).map(tuple)


# --- the token itself


@given(position=positions)
def test_a_token_gives_back_its_position(position: Any) -> None:
    assert page_tokens.read(page_tokens.issue(position, CALL), CALL) == position


def test_a_token_can_stand_in_a_query() -> None:
    assert set(page_tokens.issue("ü/?&", CALL)) <= set(ALPHABET)


@pytest.mark.parametrize(
    "other",
    [
        ["111122223333", "us-east-1", "ListContactFlows", {"InstanceId": "i"}],
        ["123456789012", "eu-west-2", "ListContactFlows", {"InstanceId": "i"}],
        ["123456789012", "us-east-1", "ListContactFlowModules", {"InstanceId": "i"}],
        ["123456789012", "us-east-1", "ListContactFlows", {"InstanceId": "j"}],
        ["123456789012", "us-east-1", "ListContactFlows", {"InstanceId": "i", "ContactFlowTypes": ["CAMPAIGN"]}],
        ["123456789012", "us-east-1", "ListContactFlows", {}],
    ],
    ids=["account", "region", "operation", "instance", "argument", "no argument"],
)
def test_a_token_of_another_call_is_refused(other: Any) -> None:
    with pytest.raises(InvalidMember, match="NextToken must be a token that the same call"):
        page_tokens.read(page_tokens.issue(5, CALL), other)


def altered(token: str) -> list[str]:
    """The token with each of its characters changed in several ways, left out, or doubled."""
    found = []
    for index, old in enumerate(token):
        new = {ALPHABET[(ALPHABET.index(old) + step) % len(ALPHABET)] for step in (1, 2, 13, 26)} | {"+", "/", " ", "\n", "ü"}
        found += [token[:index] + each + token[index + 1 :] for each in [*new, "", old * 2]]
    return [each for each in found if each != token]


@pytest.mark.parametrize("position", [5, "name", ["a", 1], 123456])
def test_a_token_with_any_character_changed_is_refused(position: Any) -> None:
    for each in altered(page_tokens.issue(position, CALL)):
        with pytest.raises(InvalidMember):
            page_tokens.read(each, CALL)


@given(token=st.text() | st.binary().map(lambda data: base64.urlsafe_b64encode(data).decode()) | st.text(ALPHABET))
def test_any_other_text_is_refused(token: str) -> None:
    with pytest.raises(InvalidMember):
        page_tokens.read(token, CALL)


def test_a_token_is_good_for_a_day(amazon_connect: Any) -> None:
    token = page_tokens.issue(5, CALL)
    amazon_connect.clock.advance(24 * HOUR - 2)
    assert page_tokens.read(token, CALL) == 5
    amazon_connect.clock.advance(4)
    with pytest.raises(InvalidMember, match="less than 24 hours old"):
        page_tokens.read(token, CALL)


# --- through a client


@pytest.fixture
def flows(client: Any, instance_id: str) -> dict[str, Any]:
    """The arguments of a ListContactFlows that has three pages."""
    for name in ("a", "b", "c"):
        client.create_contact_flow(InstanceId=instance_id, Name=name, Type="CONTACT_FLOW", Content=flow_content())
    return {"InstanceId": instance_id, "MaxResults": 1}


@pytest.fixture
def token(client: Any, flows: dict[str, Any]) -> str:
    """The token for the second page."""
    return str(client.list_contact_flows(**flows)["NextToken"])


def test_a_token_leads_to_the_next_page(client: Any, flows: dict[str, Any], token: str) -> None:
    page = client.list_contact_flows(**flows, NextToken=token)
    assert [flow["Name"] for flow in page["ContactFlowSummaryList"]] == ["b"]


def test_a_token_can_be_used_again(client: Any, flows: dict[str, Any], token: str) -> None:
    first = client.list_contact_flows(**flows, NextToken=token)["ContactFlowSummaryList"]
    assert client.list_contact_flows(**flows, NextToken=token)["ContactFlowSummaryList"] == first


def test_the_size_of_the_page_may_change(client: Any, flows: dict[str, Any], token: str) -> None:
    page = client.list_contact_flows(**flows | {"MaxResults": 2}, NextToken=token)
    assert [flow["Name"] for flow in page["ContactFlowSummaryList"]] == ["b", "c"]


def test_the_last_page_has_no_token(client: Any, flows: dict[str, Any]) -> None:
    assert "NextToken" not in client.list_contact_flows(**flows | {"MaxResults": 3})


def test_a_token_of_another_operation_is_refused(client: Any, flows: dict[str, Any], token: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.search_contact_flows(**flows, NextToken=token)
    assert "NextToken must be a token that the same call with the same arguments returned" in refusal.message


def test_a_token_of_other_arguments_is_refused(client: Any, flows: dict[str, Any], token: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.list_contact_flows(**flows, ContactFlowTypes=["CONTACT_FLOW"], NextToken=token)
    assert "NextToken" in refusal.message


def test_a_token_of_another_instance_is_refused(client: Any, flows: dict[str, Any], token: str, refused: Any) -> None:
    settings = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    other = client.create_instance(**settings, InstanceAlias="other")["Id"]
    with refused("InvalidParameterException"):
        client.list_contact_flows(InstanceId=other, NextToken=token)


def test_a_token_of_another_region_is_refused(client: Any, refused: Any) -> None:
    for _ in range(2):
        settings = {"IdentityManagementType": "SAML", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
        client.create_instance(**settings)
    token = client.list_instances(MaxResults=1)["NextToken"]
    with mock_connect(region_name="eu-west-2") as elsewhere, refused("InvalidRequestException"):
        elsewhere.client.list_instances(MaxResults=1, NextToken=token)


def test_a_token_is_refused_after_a_day(amazon_connect: Any, flows: dict[str, Any], token: str, refused: Any) -> None:
    amazon_connect.clock.advance(25 * HOUR)
    with refused("InvalidParameterException") as refusal:
        amazon_connect.client.list_contact_flows(**flows, NextToken=token)
    assert "NextToken must be a token that is less than 24 hours old" in refusal.message


def test_a_token_outlives_the_resource_that_it_stands_after(client: Any, flows: dict[str, Any], token: str) -> None:
    first = client.list_contact_flows(**flows)["ContactFlowSummaryList"][0]
    client.delete_contact_flow(InstanceId=flows["InstanceId"], ContactFlowId=first["Id"])
    page = client.list_contact_flows(**flows, NextToken=token)
    assert [flow["Name"] for flow in page["ContactFlowSummaryList"]] == ["b"]


# --- pages while flows come and go


class Paging(RuleBasedStateMachine):
    """One reader goes through the pages of a list or a search again and again while flows are created and deleted."""

    def __init__(self) -> None:
        super().__init__()
        self.mock = mock_connect(empty_instances=True)
        self.mock.start()
        self.client, self.where = self.mock.handle.client, {"InstanceId": self.mock.handle.instance_id}
        self.read = self.client.list_contact_flows
        self.there: list[str] = []
        self.made = 0
        self.throughout: set[str] = set()
        self.seen: list[str] = []
        self.token: str | None = None

    def teardown(self) -> None:
        self.mock.stop()

    @rule()
    def create(self) -> None:
        self.made += 1
        flow = {"Name": f"flow {self.made}", "Type": "CONTACT_FLOW", "Content": flow_content()}
        self.there.append(self.client.create_contact_flow(**self.where, **flow)["ContactFlowId"])

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def delete(self, data: Any) -> None:
        gone = data.draw(st.sampled_from(self.there))
        self.there.remove(gone)
        self.throughout.discard(gone)
        self.client.delete_contact_flow(**self.where, ContactFlowId=gone)

    @precondition(lambda self: self.token is None)
    @rule(is_search=st.booleans(), size=st.integers(1, 3))
    def read_first_page(self, is_search: bool, size: int) -> None:
        self.read = self.client.search_contact_flows if is_search else self.client.list_contact_flows
        self.throughout, self.seen = set(self.there), []
        self._read({"MaxResults": size})

    @precondition(lambda self: self.token is not None)
    @rule(size=st.integers(1, 3))
    def read_next_page(self, size: int) -> None:
        self._read({"MaxResults": size, "NextToken": self.token})

    def _read(self, page: dict[str, Any]) -> None:
        answer = self.read(**self.where, **page)
        self.seen += [flow["Id"] for flow in answer.get("ContactFlows") or answer.get("ContactFlowSummaryList", [])]
        self.token = answer.get("NextToken")
        if self.token is None:
            assert self.throughout <= set(self.seen)

    @invariant()
    def nothing_is_seen_twice(self) -> None:
        assert len(self.seen) == len(set(self.seen))


Paging.TestCase.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
TestPagingWhileFlowsComeAndGo = Paging.TestCase
