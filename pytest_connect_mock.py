"""The pytest plugin: an Amazon Connect of its own for each test that asks for a fixture of it.

It stands beside the package because pytest imports it in every session, and whoever imports `connect_mock` imports moto: a
session that asks for none of the fixtures does not wait for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from connect_mock import AmazonConnect

MARKER = "amazon_connect(**options): options of mock_connect, by name, for the fixtures of a test"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", MARKER)


@pytest.fixture
def amazon_connect(request: pytest.FixtureRequest) -> Iterator[AmazonConnect]:
    """The handle: `client`, `participant_client`, `instance` and `clock`, and nothing left of the test before.

    The marker `@pytest.mark.amazon_connect(...)` takes the options of `mock_connect`, by name; of several, the one closest to
    the test wins, option by option.
    """
    from connect_mock import mock_connect

    with mock_connect(**_options(request.node)) as handle:
        yield handle


@pytest.fixture
def connect_client(amazon_connect: AmazonConnect) -> Any:
    """A boto3 client of Amazon Connect."""
    return amazon_connect.client


@pytest.fixture
def connect_instance(amazon_connect: AmazonConnect) -> dict[str, Any]:
    """An instance, as DescribeInstance shows it: `connect_instance["Id"]`."""
    return amazon_connect.instance


def _options(node: pytest.Item) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("amazon_connect"))):
        if marker.args:
            raise TypeError(f"@pytest.mark.amazon_connect takes its options by name, got {marker.args[0]!r}")
        options |= marker.kwargs
    return options
