"""The pytest plugin: an Amazon Connect of its own for each test that asks for a fixture of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from connect_mock.decorator import AmazonConnect, mock_connect

MARKER = "amazon_connect(region_name, account_id, empty_instances, config): options of mock_connect for the fixtures of a test"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def amazon_connect(request: pytest.FixtureRequest) -> Iterator[AmazonConnect]:
    """The handle: `client`, `participant_client`, `instance` and `clock`, and nothing left of the test before.

    The marker `@pytest.mark.amazon_connect(...)` takes the options of `mock_connect`; the closest one to the test wins.
    """
    options: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers("amazon_connect"))):
        options |= marker.kwargs
    with mock_connect(**options) as handle:
        yield handle


@pytest.fixture
def connect_client(amazon_connect: AmazonConnect) -> Any:
    """A boto3 client of Amazon Connect."""
    return amazon_connect.client


@pytest.fixture
def connect_instance(amazon_connect: AmazonConnect) -> dict[str, Any]:
    """An instance, as DescribeInstance shows it: `connect_instance["Id"]`."""
    return amazon_connect.instance
