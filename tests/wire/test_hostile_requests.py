"""Requests that no AWS client sends: each is refused with an error that the operation declares, and changes nothing."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import quote

import pytest
import requests

from connect_mock import wire
from tests.wire.http import check, refusal, send

pytestmark = pytest.mark.amazon_connect(empty_instances=True)

GZIP = {"content-encoding": "gzip"}
ZIPPED = gzip.compress(b"{}", mtime=0)


def names(client: Any, instance_id: str) -> list[str]:
    return [flow["Name"] for flow in client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]]


# --- bodies


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"{'Name': 'x'}",
        b'{"Name": NaN}',
        b'{"Name": Infinity}',
        b'{"Name": -Infinity}',
        b'{"Name": "\xff\xfe"}',
        b'{"Name": "x"} trailing',
        b'{"Name": "a\nb"}',
        b"\x00\x01\x02",
        b'{"Name": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"Name": ' * 100_000,
        b'{"Name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=lambda body: ascii(body[:30]),
)
def test_a_body_that_is_not_json_is_refused(flows: str, body: bytes) -> None:
    assert refusal("CreateContactFlow", "PUT", flows, body=body).startswith("Invalid parameter: request body must be JSON")


@pytest.mark.parametrize("value", [[], [{"Name": "x"}], "text", 5, 1.5, True, False, None], ids=json.dumps)
def test_a_body_that_is_no_object_is_refused(flows: str, value: Any) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=json.dumps(value).encode())
    assert message == f"Invalid parameter: request body must be a JSON object, got {value!r}"


@pytest.mark.parametrize("value", [5, 1.5, 1e400, 10**400, True, ["x"], {"x": "y"}, "\ud800"], ids=ascii)
def test_a_member_of_another_type_is_refused(flows: str, flow: dict[str, Any], value: Any) -> None:
    body = json.dumps(flow | {"Name": value}).replace("Infinity", "1e400").encode()
    assert refusal("CreateContactFlow", "PUT", flows, body=body).startswith("Invalid parameter: Name must be ")


@pytest.mark.parametrize("depth", [100, 300, 500, 700, 900, 950, 980, 2000])
def test_a_member_that_is_nested_deeply_is_refused(flows: str, flow: dict[str, Any], depth: int) -> None:
    body = json.dumps(flow | {"Name": "deep"}).replace('"deep"', "[" * depth + "]" * depth)
    assert refusal("CreateContactFlow", "PUT", flows, body=body.encode())


def test_a_member_that_is_null_counts_as_not_given(flows: str, flow: dict[str, Any]) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=flow | {"Name": None})
    assert message == "Invalid parameter: Name must be given, got None"


def test_an_optional_member_that_is_null_does_not_matter(client: Any, instance_id: str, flows: str, flow: Any) -> None:
    check(send("PUT", flows, body=flow | {"Description": None, "Tags": None}), "CreateContactFlow")
    assert names(client, instance_id) == ["Inbound"]


def test_an_optional_member_of_a_member_that_is_null_does_not_matter(client: Any, instance_id: str, flow_id: str) -> None:
    condition = {"FieldName": "name", "Value": "Inbound", "ComparisonType": None}
    body = {"InstanceId": instance_id, "SearchCriteria": {"OrConditions": None, "StringCondition": condition}}
    (found,) = json.loads(send("POST", "/search-contact-flows", body=body).body)["ContactFlows"]
    assert found["Id"] == flow_id


def test_a_null_in_a_map_is_refused(flows: str, flow: dict[str, Any]) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=flow | {"Tags": {"team": None}})
    assert message == "Invalid parameter: Tags.team must be a string, got None"


def test_half_a_surrogate_pair_is_no_key_of_a_map(flows: str, flow: dict[str, Any]) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=flow | {"Tags": {"\ud800": "x"}})
    assert "without lone surrogates" in message


def test_members_that_the_model_does_not_have_are_ignored(client: Any, instance_id: str, flows: str, flow: Any) -> None:
    check(send("PUT", flows, body=flow | {"__proto__": {"x": 1}, "self": 1, "": "", "instance_id": "x"}), "CreateContactFlow")
    assert names(client, instance_id) == ["Inbound"]


def test_of_members_that_come_twice_the_last_counts(client: Any, instance_id: str, flows: str, flow: dict[str, Any]) -> None:
    twice = json.dumps(flow)[:-1] + ', "Name": "Second"}'
    check(send("PUT", flows, body=twice.encode()), "CreateContactFlow")
    assert names(client, instance_id) == ["Second"]


def test_a_byte_order_mark_does_not_matter(client: Any, instance_id: str, flows: str, flow: dict[str, Any]) -> None:
    check(send("PUT", flows, body=b"\xef\xbb\xbf" + json.dumps(flow).encode()), "CreateContactFlow")
    assert names(client, instance_id) == ["Inbound"]


def test_no_body_is_an_empty_object(flows: str) -> None:
    assert refusal("CreateContactFlow", "PUT", flows) == "Invalid parameter: Name must be given, got None"


def test_the_path_wins_over_the_body(client: Any, instance_id: str, flows: str, flow: dict[str, Any]) -> None:
    check(send("PUT", flows, body=flow | {"InstanceId": "another"}), "CreateContactFlow")
    assert names(client, instance_id) == ["Inbound"]


# --- gzip, and size


def test_a_gzipped_body_is_read(client: Any, instance_id: str, flows: str, flow: dict[str, Any]) -> None:
    check(send("PUT", flows, body=gzip.compress(json.dumps(flow).encode()), headers=GZIP), "CreateContactFlow")
    assert names(client, instance_id) == ["Inbound"]


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"\x1f\x8b",
        ZIPPED[:-4],
        ZIPPED[:-8] + b"\x00" * 8,
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"garbage" * 10,
        ZIPPED + b"garbage",
    ],
    ids=["plain", "cut short", "without length", "wrong checksum", "garbage", "garbage after it"],
)
def test_a_body_that_is_not_gzip_is_refused(flows: str, body: bytes) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=body, headers=GZIP)
    assert message.startswith("Invalid parameter: request body must be gzip data")


def test_a_gzip_bomb_is_not_unpacked(flows: str) -> None:
    bomb = gzip.compress(b" " * (3 * wire.MAX_BODY))
    message = refusal("CreateContactFlow", "PUT", flows, body=bomb, headers=GZIP)
    assert message.startswith(f"Invalid parameter: request body must be at most {wire.MAX_BODY} bytes")


def test_a_body_that_is_too_large_is_refused(flows: str) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=b" " * (wire.MAX_BODY + 1))
    assert message.startswith(f"Invalid parameter: request body must be at most {wire.MAX_BODY} bytes")


def test_a_member_of_many_megabytes_is_refused_in_few_words(flows: str, flow: dict[str, Any]) -> None:
    message = refusal("CreateContactFlow", "PUT", flows, body=flow | {"Tags": {"team": "x" * 5_000_000}})
    assert message.startswith("Invalid parameter: Tags.team must be at most 256 characters long")
    assert len(message) < 300


def test_content_of_many_megabytes_is_refused_in_few_words(flows: str, flow: dict[str, Any]) -> None:
    assert len(refusal("CreateContactFlow", "PUT", flows, body=flow | {"Content": "x" * 5_000_000})) < 300


# --- criteria


def nested(depth: int, kind: str) -> dict[str, Any]:
    """A criteria tree of that depth, with a condition at its end."""
    tree: dict[str, Any] = {"StringCondition": {"FieldName": "name", "Value": "x", "ComparisonType": "CONTAINS"}}
    for _ in range(depth):
        tree = {kind: [tree]}
    return tree


@pytest.mark.parametrize("kind", ["OrConditions", "AndConditions"])
@pytest.mark.parametrize("depth", [10, 100, 200, 250, 300, 325, 350, 375, 400, 450])
def test_a_deep_criteria_tree_is_answered_or_refused(flow_id: str, instance_id: str, kind: str, depth: int) -> None:
    body = {"InstanceId": instance_id, "SearchCriteria": nested(depth, kind)}
    check(send("POST", "/search-contact-flows", body=body), "SearchContactFlows")


def test_a_wide_criteria_tree_is_answered(instance_id: str) -> None:
    body = {"InstanceId": instance_id, "SearchCriteria": {"OrConditions": [nested(1, "AndConditions")] * 5000}}
    assert send("POST", "/search-contact-flows", body=body).status == 200


@pytest.mark.parametrize("criteria", [[], "x", 5, {"OrConditions": {}}, {"OrConditions": [None]}, {"AndConditions": [[]]}])
def test_a_criteria_tree_of_other_types_is_refused(instance_id: str, criteria: Any) -> None:
    body = {"InstanceId": instance_id, "SearchCriteria": criteria}
    assert "SearchCriteria" in refusal("SearchContactFlows", "POST", "/search-contact-flows", body=body)


# --- queries


@pytest.mark.parametrize(
    "value", ["", "x", "0", "-1", "1001", "1.5", "1e3", "NaN", "9" * 400, "%00", "5%3Bx", "٣", "true", "[1]"]
)
def test_a_page_size_that_is_none_is_refused(listing: str, value: str) -> None:
    message = refusal("ListContactFlows", "GET", listing, f"maxResults={value}")
    assert message.startswith("Invalid parameter: MaxResults must be ")


@pytest.mark.parametrize("query", ["&".join(f"field{index}=1" for index in range(5000)), "&" * 5000 + "x=1"], ids=len)
def test_a_query_of_thousands_of_fields_is_refused(listing: str, query: str) -> None:
    message = refusal("ListContactFlows", "GET", listing, query)
    assert message.startswith(f"Invalid parameter: query string must be at most {wire.MAX_FIELDS} fields, got ")


@pytest.mark.parametrize("query", ["=" * 5000, "x" * 100_000, "?" * 5000, "%" * 5000, "&=&=;"], ids=len)
def test_a_query_that_makes_no_sense_is_ignored(listing: str, query: str) -> None:
    assert send("GET", listing, query).status == 200


@pytest.mark.parametrize(
    "query", ["nextToken", "nextToken=", "nextToken=%FF%FE", "nextToken=a&nextToken=b", f"nextToken={'A' * 100_000}"], ids=len
)
def test_a_token_that_no_call_gave_is_refused(listing: str, query: str) -> None:
    assert "NextToken" in refusal("ListContactFlows", "GET", listing, query)


def test_of_a_key_that_comes_twice_the_last_counts(client: Any, listing: str, flows: str, flow: dict[str, Any]) -> None:
    for name in ("a", "b"):
        send("PUT", flows, body=flow | {"Name": name})
    answer = send("GET", listing, "maxResults=x&maxResults=1")
    assert len(json.loads(answer.body)["ContactFlowSummaryList"]) == 1


def test_a_key_of_a_list_may_come_many_times(instance_id: str, listing: str) -> None:
    query = "&".join(["contactFlowTypes=CONTACT_FLOW"] * 10)
    check(send("GET", listing, query), "ListContactFlows")


def test_keys_that_the_model_does_not_have_are_ignored(listing: str) -> None:
    assert send("GET", listing, "MaxResults=x&next_token=y&InstanceId=z").status == 200


def test_an_unknown_value_in_a_list_of_the_query_is_refused(listing: str) -> None:
    message = refusal("ListContactFlows", "GET", listing, "contactFlowTypes=CONTACT_FLOW&contactFlowTypes=JAZZ")
    assert message.startswith("Invalid parameter: ContactFlowTypes[1] must be one of CONTACT_FLOW, ")


# --- paths and headers


@pytest.mark.parametrize(
    "segment", ["x", "%00", "%2F", "..", "%2e%2e", "a%20b", "%FF", "'", "%22;DROP", "x" * 101, "x" * 100_000]
)
def test_an_instance_that_is_none_is_refused(amazon_connect: Any, segment: str) -> None:
    assert refusal("ListContactFlows", "GET", f"/contact-flows-summary/{segment}")


@pytest.mark.parametrize("value", ["", "gunzip", "gzip, gzip", "br", "\x00", "ü"])
def test_other_codings_of_the_content_are_not_looked_at(flows: str, flow: dict[str, Any], value: str) -> None:
    check(send("PUT", flows, body=flow, headers={"content-encoding": value}), "CreateContactFlow")


@pytest.mark.parametrize("value", ["yesterday", "NaN", "", "1e400", "Sat, 99 Nov 2026 00:00:00 GMT"])
def test_a_time_in_a_header_that_is_none_is_refused(client: Any, instance_id: str, value: str) -> None:
    path, headers = f"/test-cases/{instance_id}", {"x-amz-last-modified-time": value}
    answer = send("PUT", path, body={"Name": "x", "Content": "{}"}, headers=headers)
    check(answer, "CreateTestCase")
    assert answer.status != 200


# --- the way in through `requests`


def test_what_requests_sends_is_refused_alike(instance_id: str, listing: str) -> None:
    answer = requests.get(f"https://connect.us-east-1.amazonaws.com{listing}?maxResults=x", timeout=1)
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (400, "InvalidParameterException")
    assert answer.json() == {"Message": "Invalid parameter: MaxResults must be an integer, got 'x'"}


def test_what_requests_sends_is_done(client: Any, instance_id: str, flows: str, flow: dict[str, Any]) -> None:
    answer = requests.put(f"https://connect.us-east-1.amazonaws.com{flows}", json=flow, timeout=1)
    assert answer.json()["ContactFlowArn"].endswith(answer.json()["ContactFlowId"])
    assert names(client, instance_id) == ["Inbound"]


def test_an_arn_in_the_path_stays_one_segment_through_requests(client: Any, instance_id: str, flow_id: str) -> None:
    arn = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]["Arn"]
    url = f"https://connect.us-east-1.amazonaws.com/tags/{quote(arn, safe='')}"
    assert requests.post(url, json={"tags": {"team": "voice"}}, timeout=1).status_code == 200
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "voice"}
