"""The pytest plugin: an Amazon Connect of its own for each test that asks for a fixture of it.

It stands beside the package because pytest imports it in every session, and whoever imports `connect_mock` imports moto: a
session that asks for none of the fixtures does not wait for that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from connect_mock import AmazonConnect

MARKER = "amazon_connect(**options): options of mock_connect, by name, for the fixtures of a test"

PAGE_FOLDER = "flow-coverage"
"""Where the page of --flow-coverage=html goes, when nobody says where."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make the options known."""
    group = parser.getgroup("connect-mock", "Amazon Connect (connect-mock)")
    _add_flow_coverage(group)
    group.addoption(
        "--rewrite-conversations",
        action="store_true",
        help="write the files of expect_conversation and plays anew, where a conversation went another way",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and measure the coverage of flows if that is asked for."""
    config.addinivalue_line("markers", MARKER)
    _measure_flows(config)
    if config.getoption("rewrite_conversations"):
        conversations: Any = import_module("connect_mock.conversations")
        conversations.rewriting = True
        config.add_cleanup(partial(setattr, conversations, "rewriting", False))


def pytest_runtest_setup() -> None:
    """Forget the conversations of the test before."""
    conversations = sys.modules.get("connect_mock.conversations")
    if conversations:
        conversations.made.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Iterator[None]:
    """Show what was said in the conversations of a test that failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    conversations = sys.modules.get("connect_mock.conversations")
    if report.failed and call.when == "call" and conversations:
        report.sections += [(f"conversation of {each.title}", each.transcript) for each in conversations.made.values()]


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


# --- coverage of flows


def _add_flow_coverage(group: pytest.OptionGroup) -> None:
    group.addoption(
        "--flow-coverage",
        nargs="?",
        const="",
        type=_page_folder,
        metavar="html[:DIR]",
        help="report which actions and transitions of flows the tests ran; with html, also draw it in DIR/index.html "
        f"({PAGE_FOLDER}/index.html)",
    )
    group.addoption(
        "--flow-coverage-fail-under",
        type=_percentage,
        metavar="PERCENT",
        help="fail when less of the actions and transitions was run; reports them too",
    )


def _page_folder(value: str) -> str:
    """The folder of the page; empty for a report without one, as the option alone asks for."""
    if not value:
        return ""
    form, _, folder = value.partition(":")
    if form != "html" or value == "html:":
        raise argparse.ArgumentTypeError(f"takes html or html:DIR after an equals sign, got {value!r}; paths go before it")
    return folder or PAGE_FOLDER


def _percentage(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number <= 100:
        raise argparse.ArgumentTypeError(f"takes a number from 0 to 100, got {value!r}")
    return number


def _measure_flows(config: pytest.Config) -> None:
    folder, minimum = config.getoption("flow_coverage"), config.getoption("flow_coverage_fail_under")
    if folder is None and minimum is None:
        return
    from connect_mock.flow_coverage.plugin import FlowCoveragePlugin

    page_folder = config.invocation_params.dir / Path(folder) if folder else None
    config.pluginmanager.register(FlowCoveragePlugin(page_folder, minimum or 0), "connect_mock_flow_coverage")
