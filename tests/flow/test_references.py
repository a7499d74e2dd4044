from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_mock.flow.references import MAX_TEXT, Path, Template, Text, TextTooLong, filled, template, text_of, text_template

KNOWN: dict[str, Any] = {
    "Attributes": {"name": "Ada", "customer name": "Ada L", "n": 7, "sub": {"x": "deep"}, "a-b_c": "dash", "key": "name"},
    "External": {"items": ["zero", {"one": "1"}], "flag": True, "price": 2.0, "nothing": None, "of": {"a": [1]}},
    "Queue": {"Name": "Billing", "ARN": "arn:q"},
    "CustomerEndpoint": {"Address": "+441134960000"},
    "AwsRegion": "eu-west-2",
    "SegmentAttributes": {
        "connect:Subtype": {"ValueString": "connect:Chat"},
        "connect:CustomerAuthentication": {"ValueMap": {"Status": {"ValueString": "FAILED"}}},
        "own": {"other": 1},
    },
    "Loop": {"orders": {"Index": 1, "Element": {"id": "o2"}}},
    "OutboundCommunication": {"Latest": {"Id": "com-1"}},
    "DeliveryReceipts": {"com-1": {"Bounce": "yes"}},
    "StoredCustomerInput": "42",
    "Views": {"ViewResultData": {"FormData": {"items": ["a", "b"]}}},
}


def read(text: str) -> Any:
    return filled(template(text), KNOWN.get)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$.Attributes.name", "Ada"),
        ("$.Attributes.['customer name']", "Ada L"),
        ("$.Attributes['customer name']", "Ada L"),
        ('$.Attributes["customer name"]', "Ada L"),
        ("$['Attributes']['name']", "Ada"),
        ('$["Attributes"].name', "Ada"),
        ("$.['Attributes'].name", "Ada"),
        ("$.Attributes.sub.x", "deep"),
        ("$.Attributes.a-b_c", "dash"),
        ("$.Attributes.n", 7),
        ("$.External.items.0", "zero"),
        ("$.External.items[1].one", "1"),
        ("$.External.items.[1]['one']", "1"),
        ("$.External.of", {"a": [1]}),
        ("$.AwsRegion", "eu-west-2"),
        ("$.StoredCustomerInput", "42"),
        ("$.Views.ViewResultData.FormData.items.1", "b"),
        ("$.SegmentAttributes['connect:Subtype']", "connect:Chat"),
        ("$.SegmentAttributes['connect:Subtype'].ValueString", "connect:Chat"),
        ("$.SegmentAttributes['connect:CustomerAuthentication']['Status']", "FAILED"),
        ("$.SegmentAttributes['connect:CustomerAuthentication'].ValueMap.Status.ValueString", "FAILED"),
        ("$.SegmentAttributes.own", {"other": 1}),
        ("$.DeliveryReceipts['`$.OutboundCommunication.Latest.Id`'].Bounce", "yes"),
        ('$.Attributes["`$.Attributes.key`"]', "Ada"),
    ],
)
def test_a_whole_value_that_is_a_reference_is_what_it_refers_to(text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "$.Attributes.missing",
        "$.Attributes.name.deeper",
        "$.External.items.2",
        "$.External.items.x",
        "$.External.items.99999999999",
        "$.External.nothing.at.all",
        "$.Customer.FirstName",
        "$.Lex",
        "$.SegmentAttributes['connect:Nothing'].ValueString",
        "$.DeliveryReceipts['`$.Attributes.missing`'].Bounce",
    ],
)
def test_what_is_missing_is_none_alone_and_nothing_in_a_text(text: str) -> None:
    assert read(text) is None
    assert read(f"<{text}>") == "<>"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Dear $.Attributes.name.", "Dear Ada."),
        ("Dear $.Attributes.name, hello", "Dear Ada, hello"),
        ("arn:aws:lambda:$.AwsRegion:1:x", "arn:aws:lambda:eu-west-2:1:x"),
        ("$.Attributes.name$.Attributes.n", "Ada7"),
        ("($.Queue.Name)", "(Billing)"),
        ("$.Attributes['customer name']'s", "Ada L's"),
        ("Order `$.Loop.orders.Element.id`!", "Order o2!"),
        ("a ` $.Queue.Name` b", "a ` Billing` b"),
        ("$.External.flag and $.External.price", "true and 2"),
        ("$.External.of", {"a": [1]}),
        ("is $.External.of", 'is {"a":[1]}'),
        ("$.Attributes.name..x", "Ada..x"),
        ("$$.Attributes.name", "$Ada"),
    ],
)
def test_references_in_a_text_are_replaced(text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "costs $5",
        "$",
        "$.",
        "$.Nothing.here",
        "$.Attributes2.name",
        "$.Attributes_name",
        "$.attributes.name",
        "$[Attributes]",
        "$['Attributes",
        "US$.",
        "no",
        "",
    ],
)
def test_what_is_no_reference_stays_as_it_is(text: str) -> None:
    assert template(text) is text


def test_a_value_that_looks_like_a_reference_is_not_looked_up_again() -> None:
    assert filled(template("$.Attributes.x"), {"Attributes": {"x": "$.Queue.Name"}}.get) == "$.Queue.Name"


def test_names_and_values_of_nested_parameters_are_looked_up() -> None:
    parameters = {"$.Attributes.name": [{"to": "$.Queue.Name"}, 1, True], "static": "x"}
    assert read_value(parameters) == {"Ada": [{"to": "Billing"}, 1, True], "static": "x"}


def read_value(value: Any) -> Any:
    return filled(template(value), KNOWN.get)


def test_parameters_without_references_are_used_as_they_are() -> None:
    parameters = {"a": ["b", {"c": 1}]}
    assert template(parameters) is parameters


def test_a_text_that_grows_without_bound_is_refused() -> None:
    doubled = text_template("$.Attributes.x$.Attributes.x")
    assert isinstance(doubled, Text)
    with pytest.raises(TextTooLong, match=f"{MAX_TEXT} characters"):
        doubled.fill({"Attributes": {"x": "x" * (MAX_TEXT // 2 + 1)}}.get)


def test_numbers_that_are_whole_have_no_fraction_in_a_text() -> None:
    assert [text_of(value) for value in (2.0, 2.5, 3, True, None, "é")] == ["2", "2.5", "3", "true", "", "é"]


def test_a_value_without_end_reads_as_nothing() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert text_of(endless) == ""


PIECES = st.sampled_from(
    [
        "$",
        ".",
        "$.Attributes",
        "$.External.",
        "['",
        "']",
        '["',
        '"]',
        "[",
        "]",
        "`",
        "'`",
        "`'",
        "0",
        "x",
        " ",
        "é",
        "$['Queue']",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_hostile_text_never_raises_and_keeps_its_literal_parts(text: str) -> None:
    read_text = text_template(text)
    if isinstance(read_text, Text):
        rest = text
        for part in read_text.parts:
            if isinstance(part, str):
                assert part in rest
                rest = rest[rest.index(part) + len(part) :]
    assert isinstance(filled(read_text, lambda root: None), (str, type(None)))


@given(st.text())
def test_text_without_a_dollar_sign_is_itself(text: str) -> None:
    plain = text.replace("$", "")
    assert template(plain) is plain


@given(
    st.recursive(st.none() | st.text(max_size=5) | PIECES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_any_parameters_can_be_read_and_filled(parameters: Any) -> None:
    filled(template(parameters), KNOWN.get)


SEGMENT = st.text("abcXYZ019_-", min_size=1, max_size=8)


@given(st.lists(SEGMENT, min_size=1, max_size=5), SEGMENT)
def test_dotted_and_bracketed_spellings_mean_the_same(segments: list[str], value: str) -> None:
    known: Any = value
    for segment in reversed(segments):
        known = {segment: known}
    dotted = "$.External." + ".".join(segments)
    bracketed = "$['External']" + "".join(f"['{segment}']" for segment in segments)
    assert filled(template(dotted), {"External": known}.get) == value
    assert filled(template(bracketed), {"External": known}.get) == value


@pytest.mark.parametrize(
    "piece", ["$.Attributes['`", "$['Attributes']", "$['", '$["', "$.Attributes['", "`$.Attributes.a", "$.Attributes.a.", "$"]
)
def test_reading_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        template(piece * count)
        return time.process_time() - started

    seconds(10)
    assert seconds(20_000) < 2


def test_parameters_that_are_nested_too_deeply_are_left_as_they_are() -> None:
    deep: Any = "$.Queue.Name"
    for _ in range(100):
        deep = [deep]
    assert template(deep) is deep


def test_references_nested_too_deeply_end_before_the_bracket() -> None:
    text = "$.Attributes['`" * 50 + "$.Attributes.x" + "`']" * 50
    read_text = template(text)
    assert isinstance(read_text, Template)
    assert not isinstance(read_text, Path)
