"""Bodies that are nearly right: whatever is wrong with them, the answer is one that the operation declares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_mock import mock_connect, moto_bridge
from connect_mock.service_model import load
from tests.conftest import state
from tests.model.calls import Kept, World, as_request, input_shape, operation_model, prepared
from tests.model.shapes import Values, faults
from tests.wire.http import check

OPERATIONS = [
    name
    for name in (
        "BatchAssociateAnalyticsDataSet",
        "CreateContactFlow",
        "CreateContactFlowAlias",
        "CreateContactFlowModule",
        "CreateContactFlowVersion",
        "CreateInstance",
        "CreateRule",
        "SearchContactFlows",
        "SearchContacts",
        "SearchResourceTags",
        "StartChatContact",
        "StartOutboundVoiceContact",
        "StartTaskContact",
        "TagResource",
        "UpdateContact",
        "UpdateContactAttributes",
        "UpdateContactFlowContent",
        "UpdateContactFlowMetadata",
    )
    if name in load("connect").operation_names
]

EVIL_NUMBERS = [253402300799, -62135596800, 0, -1, 1, 2**31, -(2**31), 2**63, 10**400, 0.5, 1e308, -0.0]
EVIL_TEXTS = [
    "",
    " ",
    "\x00",
    "$.Attributes.x",
    "../..",
    "aws:x",
    "\ud800",
    "🐟",
    "x" * 5000,
    "null",
    "9999-12-31T23:59:59Z",
    "{}",
    "[]",
    "-1",
    "NaN",
]
texts = st.sampled_from(EVIL_TEXTS) | st.text(max_size=20)
evil = st.recursive(
    st.none() | st.booleans() | st.sampled_from(EVIL_NUMBERS) | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def broken(draw: st.DrawFn, value: Any) -> Any:
    """`value` with something in it left out, doubled, or put in the place of something else."""
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(value)))
        rest = {each: item for each, item in value.items() if each != key}
        return draw(st.just(rest) | st.just({**rest, key: draw(broken(value[key]))}) | st.just({**value, draw(texts): 1}))
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        return draw(st.sampled_from([[], value * 2, value * 60, [*value, draw(evil)], [draw(broken(value[0]))]]))
    return draw(evil)


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[World, Kept]]:
    with mock_connect(empty_instances=True):
        made = World()
        made.make()
        yield made, Kept.now()


@pytest.mark.parametrize("name", OPERATIONS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_body_with_something_wrong_in_it_is_answered_as_declared(name: str, world: tuple[World, Kept], data: Any) -> None:
    made, kept = world
    kept.restore()
    model = operation_model("connect", name)
    known = made.known_to(name) if data.draw(st.booleans()) else {"InstanceId": made.known["InstanceId"]}
    values = Values(full=data.draw(st.booleans()), known=known, one_condition=data.draw(st.booleans()))
    request = as_request(prepared("connect", name, values.of(input_shape("connect", name))))
    body = data.draw(broken(json.loads(request.body)))
    before = state()
    answer = moto_bridge.answer(request._replace(body=json.dumps(body).encode()), "connect", "us-east-1")
    check(answer, name)
    if answer.status != 200:
        assert state() == before
    elif model.output_shape:
        assert list(faults(model.output_shape, json.loads(answer.body))) == []
