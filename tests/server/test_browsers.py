"""Pages in a browser may call the server, from wherever they were loaded."""

from __future__ import annotations

from typing import Any

import pytest
from moto import settings as moto_settings

from tests.server.conftest import Http

PAGE = "http://localhost:3000"
SDK_HEADERS = "amz-sdk-invocation-id,authorization,content-type,x-amz-date"


def preflight(send: Http, path: str, method: str) -> Any:
    asks = {"access_control_request_method": method, "access_control_request_headers": SDK_HEADERS}
    return send("OPTIONS", path, authorization=None, origin=PAGE, **asks)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/instance/12345678-1234-1234-1234-123456789012"),
        ("DELETE", "/tags/arn%3Aaws%3Aconnect%3Aus-east-1%3A123456789012%3Ainstance%2F1"),
        ("POST", "/participant/message"),
        ("POST", "/realtime-contact-analysis/analysis-segments"),
    ],
)
def test_a_browser_learns_that_it_may_call(send: Http, method: str, path: str) -> None:
    response = preflight(send, path, method)
    assert (response.status, response.body) == (200, b"")
    assert response.headers["access-control-allow-origin"] == PAGE
    assert response.headers["access-control-allow-headers"] == SDK_HEADERS
    assert method in response.headers["access-control-allow-methods"].split(", ")


def test_a_page_may_read_the_answer(send: Http) -> None:
    response = send("GET", "/instance", origin=PAGE)
    assert response.headers["access-control-allow-origin"] == PAGE
    assert response.headers["vary"] == "Origin"


def test_a_page_may_read_the_class_of_a_refusal(send: Http) -> None:
    response = send("GET", "/instance/12345678-1234-1234-1234-123456789012", origin=PAGE)
    assert response.headers["x-amzn-errortype"] == "ResourceNotFoundException"
    assert "x-amzn-ErrorType" in response.headers["access-control-expose-headers"].split(", ")


def test_without_an_origin_any_is_allowed(send: Http) -> None:
    assert send("GET", "/instance").headers["access-control-allow-origin"] == "*"


def test_moto_answers_for_its_own_services(send: Http) -> None:
    response = preflight(send, "/moto-api/reset", "POST")
    assert response.headers["access-control-allow-origin"] == PAGE


def test_an_options_request_that_is_no_such_question_is_an_unknown_route(send: Http) -> None:
    assert send("OPTIONS", "/instance").status == 404


def test_all_this_can_be_switched_off(send: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moto_settings, "DISABLE_GLOBAL_CORS", True)  # from MOTO_DISABLE_GLOBAL_CORS, read at import
    assert "access-control-allow-origin" not in send("GET", "/instance", origin=PAGE).headers
    assert preflight(send, "/instance", "GET").status != 200
