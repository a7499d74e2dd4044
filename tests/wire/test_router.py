"""Which operation a method and a path stand for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connect_mock.dispatch import service
from connect_mock.errors import UnknownOperationException
from connect_mock.routes import Router
from connect_mock.service_model import SERVICES
from tests.wire.http import made_up, send

ROUTES = {
    "ListPots": "GET /pots",
    "DescribePot": "GET /pots/{PotId}",
    "DeletePot": "DELETE /pots/{PotId}",
    "ListLids": "GET /pots/{PotId}/lids",
    "ListAllLids": "GET /pots/all/lids",
    "DescribeAll": "GET /pots/all",
    "DescribeLid": "GET /pots/{PotId}/lids/{LidId}",
    "TagPot": "POST /tags/{resourceArn+}",
}


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(made_up({}, ROUTES))


@pytest.mark.parametrize(
    ("method", "path", "operation", "labels"),
    [
        ("GET", "/pots", "ListPots", {}),
        ("GET", "/pots/1", "DescribePot", {"PotId": "1"}),
        ("DELETE", "/pots/1", "DeletePot", {"PotId": "1"}),
        ("GET", "/pots/1/lids/2", "DescribeLid", {"PotId": "1", "LidId": "2"}),
    ],
)
def test_an_operation_is_found_by_method_and_path(router: Router, method: str, path: str, operation: str, labels: Any) -> None:
    assert router.match(method, path) == (operation, labels)


def test_a_literal_segment_wins_over_a_label(router: Router) -> None:
    assert router.match("GET", "/pots/all") == ("DescribeAll", {})


def test_a_label_is_tried_where_a_literal_leads_nowhere(router: Router) -> None:
    assert router.match("DELETE", "/pots/all") == ("DeletePot", {"PotId": "all"})
    assert router.match("GET", "/pots/all/lids/2") == ("DescribeLid", {"PotId": "all", "LidId": "2"})


def test_an_encoded_arn_stays_one_segment(router: Router) -> None:
    arn = "arn%3Aaws%3Aconnect%3Aus-east-1%3A123456789012%3Ainstance%2Fi%2Fqueue%2Fq"
    _, labels = router.match("POST", f"/tags/{arn}")
    assert labels == {"resourceArn": "arn:aws:connect:us-east-1:123456789012:instance/i/queue/q"}


@pytest.mark.parametrize(
    ("segment", "label"),
    [("a%20b", "a b"), ("a+b", "a+b"), ("%C3%BC", "ü"), ("%FF", "\ufffd"), ("50%", "50%"), ("a b", "a b")],
)
def test_a_label_is_decoded(router: Router, segment: str, label: str) -> None:
    assert router.match("GET", f"/pots/{segment}") == ("DescribePot", {"PotId": label})


@pytest.mark.parametrize(
    "path", ["", "/", "//", "/pots/", "/pots/1/", "/pots//lids", "//pots", "/pans", "/POTS", "/pots/1/lids/2/3"]
)
def test_another_path_is_no_operation(router: Router, path: str) -> None:
    with pytest.raises(UnknownOperationException):
        router.match("GET", path)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "HEAD", "OPTIONS", "get", ""])
def test_another_method_is_no_operation(router: Router, method: str) -> None:
    with pytest.raises(UnknownOperationException):
        router.match(method, "/pots/1")


def test_what_is_no_operation_is_answered_by_the_front_end(amazon_connect: Any) -> None:
    answer = send("GET", "/pots")
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (404, "UnknownOperationException")
    assert "GET /pots" in json.loads(answer.body)["message"]


@pytest.mark.parametrize("where", SERVICES)
def test_no_two_operations_of_a_service_share_a_route(where: str) -> None:
    routes = [
        (model.http["method"], *("{}" if part.startswith("{") else part for part in model.http["requestUri"].split("/")))
        for model in (service(where).operation(name).model for name in service(where).operation_names)
    ]
    assert len(set(routes)) == len(routes)
