"""Which requests are for Amazon Connect, and for which service and Region of it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from connect_mock.server import addressee
from connect_mock.wire import Request
from tests.server.conftest import Clients, Http, signature

LENS = "/realtime-contact-analysis/analysis-segments"


def asked(method: str, path: str, **headers: str) -> Request:
    return Request(method, path, "", {"host": "127.0.0.1:5000"} | headers, b"")


@pytest.mark.parametrize(
    ("request_for", "expected"),
    [
        (asked("GET", "/instance", authorization=signature("eu-west-2")), ("connect", "eu-west-2")),
        (asked("GET", "/no/such/route", authorization=signature("eu-west-2")), ("connect", "eu-west-2")),
        (asked("POST", LENS, authorization=signature("eu-west-2")), ("connect-contact-lens", "eu-west-2")),
        (asked("POST", "/participant/message"), ("connectparticipant", "us-east-1")),
        (
            asked("POST", "/participant/message", authorization=signature("eu-west-2", "execute-api")),
            ("connectparticipant", "eu-west-2"),
        ),
        (asked("GET", "/instance", host="connect.eu-west-2.amazonaws.com"), ("connect", "eu-west-2")),
        (asked("POST", "/x", host="participant.connect.eu-west-2.amazonaws.com:80"), ("connectparticipant", "eu-west-2")),
        (
            asked("GET", "/instance", host="connect.eu-west-2.amazonaws.com", authorization=signature("us-west-2")),
            ("connect", "us-west-2"),
        ),
        (asked("GET", "/instance"), None),
        (asked("GET", "/participant/message"), None),
        (asked("POST", "/participant/no-such-route"), None),
        (asked("GET", "/instance", authorization=signature(service="s3")), None),
        (asked("POST", "/participant/message", authorization=signature(service="s3")), None),
        (asked("GET", "/restapis", authorization=signature(service="execute-api")), None),
        (asked("GET", "/instance", authorization="Bearer connect"), None),
        (asked("GET", "/instance")._replace(query="X-Amz-Credential="), None),
        (asked("GET", "/instance")._replace(query="X-Amz-Credential=A/20240101/eu-west-2/s3/aws4_request"), None),
        (
            asked("GET", "/instance")._replace(query="X-Amz-Credential=A/20240101/eu-west-2/connect/aws4_request"),
            ("connect", "eu-west-2"),
        ),
    ],
)
def test_a_request_reaches_the_service_that_it_is_for(request_for: Request, expected: Any) -> None:
    assert addressee(request_for) == expected


def test_the_participant_service_is_reached_without_a_signature(send: Http) -> None:
    response = send("POST", "/participant/connection", "{}", authorization=None, x_amz_bearer="token")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-amzn-errortype"] in ("NotImplementedException", "AccessDeniedException", "ValidationException")


def test_boto3_reaches_the_participant_service(clients: Clients) -> None:
    with pytest.raises(ClientError) as refused:
        clients("connectparticipant").create_participant_connection(ParticipantToken="token", Type=["WEBSOCKET"])
    assert refused.value.response["Error"]["Code"] in ("NotImplementedException", "AccessDeniedException")


def test_boto3_reaches_contact_lens(clients: Clients) -> None:
    with pytest.raises(ClientError) as refused:
        clients("connect-contact-lens").list_realtime_contact_analysis_segments(InstanceId="a" * 36, ContactId="b" * 36)
    assert "ListRealtimeContactAnalysisSegments" in str(refused.value)
