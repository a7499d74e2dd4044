"""A page costs the same however much there is.

Both instances lie in one process, and are filled through their collections; the calls go through boto3.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID

from connect_mock import clock, mock_connect
from connect_mock.contact import Contact
from connect_mock.instance import Instance
from connect_mock.moto_bridge import connect_backends
from connect_mock.resources.contact_flows import ContactFlow
from tests.benchmarks.bar import Bar, Sample, seconds

FEW, MANY = 1_000, 100_000

Page = Callable[..., dict[str, Any]]
"""Makes the call with further members, for example a NextToken."""


@contextmanager
def many_against_few(prepare: Callable[[Any, str, int], Page], in_the_middle: bool) -> Iterator[tuple[Sample, Sample]]:
    """The same page where there are many and where there are few."""
    with mock_connect(empty_instances=True, quotas=None) as mocked:
        samples = []
        for count in (MANY, FEW):
            page = prepare(mocked.client, new_instance(mocked.client), count)
            token = {"NextToken": middle(page, count)} if in_the_middle else {}
            assert len(rows(page(**token))) == 100
            samples.append(seconds(partial(page, **token), 5))
        yield samples[0], samples[1]


def new_instance(client: Any) -> str:
    kind = {"IdentityManagementType": "SAML", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    return str(client.create_instance(**kind)["Id"])


def middle(page: Page, count: int) -> str:
    """The token after half of all."""
    token: dict[str, str] = {}
    for _ in range(count // 2 // 100):
        token = {"NextToken": page(**token)["NextToken"]}
    return token["NextToken"]


def rows(answer: dict[str, Any]) -> list[Any]:
    return next(value for value in answer.values() if isinstance(value, list))


def stored(instance_id: str) -> Instance:
    return connect_backends[DEFAULT_ACCOUNT_ID]["us-east-1"][Instance].get(instance_id)


def list_contact_flows(client: Any, instance_id: str, count: int) -> Page:
    for number in range(count):
        stored(instance_id)[ContactFlow].add(name=f"Flow {number}", type="CONTACT_FLOW", saved_content="{}")
    return partial(client.list_contact_flows, InstanceId=instance_id, MaxResults=100)


def search_contacts(client: Any, instance_id: str, count: int) -> Page:
    for _ in range(count):
        stored(instance_id)[Contact].add(channel="TASK", initiation_method="API")
    hour = datetime.timedelta(hours=1)
    times = {"Type": "INITIATION_TIMESTAMP", "StartTime": clock.now() - hour, "EndTime": clock.now() + hour}
    return partial(client.search_contacts, InstanceId=instance_id, TimeRange=times, MaxResults=100)


BARS = [
    Bar(name=f"page.{each.__name__}.{where}", limit=1.5, rounds=40, pair=partial(many_against_few, each, where == "middle"))
    for each in (list_contact_flows, search_contacts)
    for where in ("first", "middle")
]
