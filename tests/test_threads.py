"""Many threads at once: no call is lost, none sees another half done, and mocks may start and stop in any of them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Barrier
from typing import Any

import boto3
import pytest
from moto.core.base_backend import backend_lock

from connect_mock import MockConnect, clock, dispatch, mock_connect, moto_bridge, parsing
from connect_mock.service_model import load, location
from connect_mock.wire import Service
from tests.conftest import flow_content
from tests.wire.http import send

THREADS = 16
CALLS = 10_000

pytestmark = pytest.mark.amazon_connect(empty_instances=True)


@pytest.fixture(autouse=True)
def _threads_take_turns_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_threads(work: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """What `work` returns in each of so many threads that start together."""
    together = Barrier(threads, timeout=60)

    def begin(number: int) -> Any:
        together.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


class Worker:
    """Makes, changes, reads and deletes flows of its own, and notes what is left."""

    def __init__(self, instance_id: str, number: int) -> None:
        self.instance_id = instance_id
        self.number = number
        self.left: dict[str, str] = {}
        self.calls = 0

    def run(self, calls: int) -> dict[str, str]:
        """The names of the flows that are left, by id."""
        while self.calls < calls:
            flow_id = self.create()
            self.rename(flow_id)
            assert self.name_of(flow_id) == self.left[flow_id]
            if self.calls % 2:
                self.delete(flow_id)
        return self.left

    def create(self) -> str:
        flow = {"Name": f"{self.number}/{self.calls}", "Type": "CONTACT_FLOW", "Content": "{}", "Status": "SAVED"}
        made = str(self._call("PUT", f"/contact-flows/{self.instance_id}", flow)["ContactFlowId"])
        self.left[made] = flow["Name"]
        return made

    def rename(self, flow_id: str) -> None:
        self.left[flow_id] = f"renamed {self.left[flow_id]}"
        self._call("POST", f"/contact-flows/{self.instance_id}/{flow_id}/name", {"Name": self.left[flow_id]})

    def name_of(self, flow_id: str) -> str:
        return str(self._call("GET", f"/contact-flows/{self.instance_id}/{flow_id}:$SAVED", {})["ContactFlow"]["Name"])

    def delete(self, flow_id: str) -> None:
        self._call("DELETE", f"/contact-flows/{self.instance_id}/{flow_id}", {})
        del self.left[flow_id]

    def _call(self, method: str, path: str, body: dict[str, Any]) -> Any:
        self.calls += 1
        answer = send(method, path, body=body)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)


def flows(client: Any, instance_id: str) -> list[dict[str, Any]]:
    """All flows of the instance."""
    pages = client.get_paginator("list_contact_flows").paginate(InstanceId=instance_id)
    return [flow for page in pages for flow in page["ContactFlowSummaryList"]]


def test_ten_thousand_calls_of_sixteen_threads_lose_nothing(client: Any, instance_id: str) -> None:
    left = in_threads(lambda number: Worker(instance_id, number).run(CALLS // THREADS))
    expected = {flow_id: name for each in left for flow_id, name in each.items()}
    assert {flow["Id"]: flow["Name"] for flow in flows(client, instance_id)} == expected


def test_of_threads_that_want_one_name_one_gets_it(client: Any, instance_id: str) -> None:
    flow = {"Name": "Inbound", "Type": "CONTACT_FLOW", "Content": flow_content()}
    answers = in_threads(lambda _: send("PUT", f"/contact-flows/{instance_id}", body=flow))
    assert Counter(answer.status for answer in answers) == {200: 1, 409: THREADS - 1}
    assert len(flows(client, instance_id)) == 1


def test_of_threads_with_one_client_token_one_does_it(client: Any) -> None:
    instance = {
        "IdentityManagementType": "SAML",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": True,
        "ClientToken": "t",
    }
    answers = in_threads(lambda _: send("PUT", "/instance", body=instance))
    assert len({answer.body for answer in answers}) == 1
    assert len(client.list_instances()["InstanceSummaryList"]) == 1


def test_clients_of_many_threads_work(amazon_connect: Any, instance_id: str) -> None:
    client = amazon_connect.client

    def work(number: int) -> str:
        flow = {"Name": f"flow {number}", "Type": "CONTACT_FLOW", "Content": flow_content()}
        return str(client.create_contact_flow(InstanceId=instance_id, **flow)["ContactFlowId"])

    assert set(in_threads(work)) == {flow["Id"] for flow in flows(client, instance_id)}


def test_no_call_sees_an_operation_that_another_one_works_out(
    amazon_connect: Any, instance_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Service(load("connect"))
    others: list[Future[int]] = []
    body = {"InstanceId": instance_id, "SearchCriteria": {"OrConditions": [{"StringCondition": {"FieldName": "none"}}]}}

    def call() -> int:
        return send("POST", "/search-contact-flows", body=body).status

    def location_while_another_calls(name: str, shape: Any) -> str:
        if name == "StatusCondition" and not others:  # the last member of the criteria
            others.append(pool.submit(call))
            wait(others, timeout=0.2)
        return location(name, shape)

    monkeypatch.setattr(dispatch, "service", lambda name: fresh)
    monkeypatch.setattr(parsing, "location", location_while_another_calls)
    with ThreadPoolExecutor(1) as pool:
        assert (call(), others[0].result()) == (400, 400)


def test_the_clock_misses_no_step(amazon_connect: Any) -> None:
    before = clock.now()
    in_threads(lambda _: [clock.advance(60) for _ in range(100)])
    assert 0 <= (clock.now() - before).total_seconds() - THREADS * 100 * 60 < 60


# --- two locks: the dispatcher's, and moto's on the backends of all services


def test_a_reset_that_waits_for_a_call_keeps_no_other_service_from_it(amazon_connect: Any) -> None:
    amazon_connect.client.list_instances()  # what nobody used is not reset
    with ThreadPoolExecutor(1) as pool:
        with dispatch.lock:  # as a call holds it
            reset = pool.submit(moto_bridge.forget)
            wait([reset], timeout=0.2)
            is_free = backend_lock.acquire(timeout=5)
            if is_free:
                backend_lock.release()
            is_waiting = not reset.done()
        reset.result(timeout=10)
    assert (is_waiting, is_free) == (True, True)


def test_an_account_is_not_forgotten_between_being_made_and_being_found(
    amazon_connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = moto_bridge.ConnectBackends._create_account_specific_backend
    resets: list[Future[None]] = []

    def make_while_another_forgets(backends: moto_bridge.ConnectBackends, account_id: str) -> None:
        make(backends, account_id)
        resets.append(pool.submit(moto_bridge.forget))
        wait(resets, timeout=0.2)

    monkeypatch.setattr(moto_bridge.ConnectBackends, "_create_account_specific_backend", make_while_another_forgets)
    with ThreadPoolExecutor(1) as pool:
        assert send("GET", "/instance").status == 200


# --- mocks in threads


def session_client() -> Any:
    """A client of a session of its own, as each thread needs."""
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    return boto3.session.Session(region_name="us-east-1", **keys).client("connect")  # type: ignore[arg-type]


def test_mocks_of_several_threads_share_one_state_until_the_last_ends() -> None:
    together = Barrier(4, timeout=60)

    def work(number: int) -> int:
        with mock_connect(empty_instances=True):
            together.wait()
            settings = {"IdentityManagementType": "SAML", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
            session_client().create_instance(**settings)
            together.wait()
            seen = len(session_client().list_instances()["InstanceSummaryList"])
            together.wait()
            return seen

    assert in_threads(work, 4) == [4, 4, 4, 4]
    with mock_connect() as handle:
        assert handle.client.list_instances()["InstanceSummaryList"] == []


def test_mocks_started_and_stopped_by_many_threads_leave_nothing_behind() -> None:
    def work(number: int) -> None:
        for _ in range(20):
            with mock_connect(empty_instances=bool(number % 2)):
                pass

    in_threads(work, 8)
    assert MockConnect._starts == []
    with mock_connect() as handle:
        instance_id = handle.instance_id
        assert handle.client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]


def test_one_mock_can_run_in_many_threads() -> None:
    @mock_connect
    def count() -> int:
        return len(session_client().list_instances()["InstanceSummaryList"])

    assert in_threads(lambda _: count(), 4) == [0, 0, 0, 0]
    assert MockConnect._starts == []
