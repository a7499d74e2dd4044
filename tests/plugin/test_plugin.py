"""The pytest plugin, in test sessions of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

import pytest_connect_mock

MAKE = """
    INSTANCE = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}

    def ids(client):
        return [each["Id"] for each in client.list_instances()["InstanceSummaryList"]]
"""

QUICK = ("-p", "no:hypothesispytest", "-p", "no:cacheprovider")
"""For sessions with whatever is installed, but for the plugin that takes seconds to say goodbye."""

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a test module in a session with our plugin, and none of the others that happen to be installed."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(MAKE + source)
        return pytester.runpytest_inprocess("-p", "no:cacheprovider", *options, plugins=[pytest_connect_mock])

    return run


@pytest.fixture
def passes(run: Run) -> Callable[[str, int], None]:
    """`passes(source, 3)`: three tests of the module pass, and nothing warns."""

    def check(source: str, count: int) -> None:
        run(source, "-W", "error", "--strict-markers", "--strict-config").assert_outcomes(passed=count)

    return check


def test_a_test_is_given_a_client_and_an_instance(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    def test_it(amazon_connect, connect_client, connect_instance):
        assert amazon_connect.client is connect_client
        assert amazon_connect.instance is connect_instance
        assert ids(connect_client) == [connect_instance["Id"]] == [amazon_connect.instance_id]
        assert connect_instance["InstanceStatus"] == "ACTIVE"
    """,
        1,
    )


def test_tests_do_not_see_each_other(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    import pytest
    from connect_mock import clock

    @pytest.mark.parametrize("turn", range(3))
    def test_it(connect_client, connect_instance, amazon_connect, turn):
        assert len(ids(connect_client)) == 1
        before = clock.now()
        amazon_connect.clock.advance(86400)
        assert abs(before.timestamp() - __import__("time").time()) < 60

    def test_after_them(connect_client):
        assert ids(connect_client) == []
    """,
        4,
    )


def test_nothing_is_mocked_after_a_test(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    from moto.core.models import botocore_stubber

    def test_it(connect_client):
        assert botocore_stubber.enabled

    def test_after_it():
        assert not botocore_stubber.enabled
    """,
        2,
    )


def test_a_failing_test_leaves_nothing_behind(run: Run) -> None:
    run(
        """
    from moto.core.models import botocore_stubber

    def test_failing(connect_client, connect_instance):
        assert False

    def test_after_it():
        assert not botocore_stubber.enabled

    def test_later(connect_client):
        assert ids(connect_client) == []
    """
    ).assert_outcomes(passed=2, failed=1)


def test_the_marker_sets_region_account_and_emptiness(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    import pytest

    @pytest.mark.amazon_connect(region_name="eu-west-2", account_id="111122223333", empty_instances=True)
    def test_it(connect_client, connect_instance, amazon_connect):
        assert connect_instance["Arn"].startswith("arn:aws:connect:eu-west-2:111122223333:instance/")
        assert amazon_connect.participant_client.meta.region_name == "eu-west-2"
        assert connect_client.list_contact_flows(InstanceId=connect_instance["Id"])["ContactFlowSummaryList"] == []

    def test_without(connect_client, connect_instance):
        assert connect_instance["Arn"].startswith("arn:aws:connect:us-east-1:123456789012:instance/")
        assert connect_client.list_contact_flows(InstanceId=connect_instance["Id"])["ContactFlowSummaryList"] != []
    """,
        2,
    )


def test_the_marker_passes_moto_s_configuration_on(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    import pytest
    from moto.core.exceptions import ServiceNotWhitelisted

    @pytest.mark.amazon_connect(config={"core": {"service_whitelist": ["s3"]}})
    def test_it(connect_client):
        with pytest.raises(ServiceNotWhitelisted):
            connect_client.list_instances()
    """,
        1,
    )


def test_markers_of_module_class_and_function_add_up_and_the_closest_wins(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    import pytest

    pytestmark = pytest.mark.amazon_connect(region_name="eu-west-1", account_id="111111111111")

    @pytest.mark.amazon_connect(region_name="eu-west-2", empty_instances=True)
    class TestClass:
        @pytest.mark.amazon_connect(region_name="eu-west-3")
        def test_function(self, connect_client, connect_instance):
            assert connect_instance["Arn"].split(":")[3:5] == ["eu-west-3", "111111111111"]
            assert connect_client.list_contact_flows(InstanceId=connect_instance["Id"])["ContactFlowSummaryList"] == []

        def test_class(self, connect_instance):
            assert connect_instance["Arn"].split(":")[3:5] == ["eu-west-2", "111111111111"]

    def test_module(connect_instance):
        assert connect_instance["Arn"].split(":")[3:5] == ["eu-west-1", "111111111111"]
    """,
        3,
    )


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ('"eu-west-2"', "takes its options by name, got 'eu-west-2'"),
        ('region="eu-west-2"', "unexpected keyword argument 'region'"),
    ],
)
def test_a_marker_with_something_else_is_an_error(run: Run, marker: str, message: str) -> None:
    ran = run(f"""
    import pytest

    @pytest.mark.amazon_connect({marker})
    def test_it(connect_client): ...
    """)
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines([f"*TypeError: *{message}*"])


def test_the_marker_and_the_fixtures_are_listed(run: Run) -> None:
    run("", "--markers").stdout.fnmatch_lines(["@pytest.mark.amazon_connect([*][*]options): *"])
    run("", "--fixtures").stdout.fnmatch_lines(["amazon_connect -- *", "connect_client -- *", "connect_instance -- *"])


def test_decorated_tests_and_the_fixtures_live_in_one_session(passes: Callable[[str, int], None]) -> None:
    passes(
        """
    import boto3
    import pytest
    from connect_mock import mock_connect

    @mock_connect
    def test_decorated():
        assert ids(boto3.client("connect", "us-east-1")) == []

    def test_with_fixture(connect_client, connect_instance):
        assert ids(connect_client) == [connect_instance["Id"]]

    @mock_connect(empty_instances=True)
    def test_both(connect_client, connect_instance):
        assert ids(boto3.client("connect", "us-east-1")) == [connect_instance["Id"]]
        made = connect_client.create_instance(**INSTANCE)["Id"]
        assert connect_client.list_contact_flows(InstanceId=made)["ContactFlowSummaryList"] == []

    @pytest.fixture
    @mock_connect(region_name="eu-west-2")
    def instances():
        client = boto3.client("connect", "eu-west-2")
        yield [client, client.create_instance(**INSTANCE)["Id"]]

    def test_with_a_decorated_fixture(instances):
        client, made = instances
        assert ids(client) == [made]

    @mock_connect
    class TestClass:
        def setup_method(self):
            self.client = boto3.client("connect", "us-east-1")

        def test_it(self, tmp_path, connect_instance):
            assert ids(self.client) == [connect_instance["Id"]]
    """,
        5,
    )


def test_tests_run_on_several_processes(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    pytester.makepyfile(
        MAKE
        + """
    import pytest

    @pytest.mark.parametrize("turn", range(4))
    def test_it(connect_client, connect_instance, turn, worker_id):
        assert worker_id in ("gw0", "gw1")
        assert ids(connect_client) == [connect_instance["Id"]]
    """
    )
    pytester.runpytest_subprocess(*QUICK, "-n", "2").assert_outcomes(passed=4)


def test_the_plugin_can_be_switched_off(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(amazon_connect): ...")
    ran = pytester.runpytest_subprocess(*QUICK, "-p", "no:connect_mock")
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(["*fixture 'amazon_connect' not found*"])
    pytester.makepyfile("""
    import pytest

    @pytest.mark.amazon_connect
    def test_it(): ...
    """)
    ran = pytester.runpytest_subprocess(*QUICK, "-p", "no:connect_mock", "--strict-markers")
    ran.stdout.fnmatch_lines(["*'amazon_connect' not found in `markers` configuration option*"])


def test_a_session_that_asks_for_nothing_imports_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
    import sys

    def test_it(request):
        assert request.config.pluginmanager.has_plugin("connect_mock")
        assert {"moto", "boto3", "botocore", "connect_mock"}.isdisjoint(sys.modules)
    """)
    pytester.runpytest_subprocess(*QUICK).assert_outcomes(passed=1)


def test_importing_the_plugin_imports_nothing_that_pytest_does_not() -> None:
    program = "import pytest, sys; before = set(sys.modules); import pytest_connect_mock; print(set(sys.modules) - before)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{{'{pytest_connect_mock.__name__}'}}\n"


GREETING = """
    CONTENT = {
        "Version": "2019-10-30",
        "StartAction": "hello",
        "Actions": [
            {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"Text": "Hello"},
             "Transitions": {"NextAction": "bye", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "bye"}]}},
            {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
        ],
    }
"""


def test_a_test_that_fails_shows_its_conversations_and_no_others(run: Run) -> None:
    result = run(
        GREETING
        + """
    def test_before(amazon_connect):
        assert amazon_connect.call(CONTENT).heard == ["Hello"]

    def test_it(amazon_connect):
        amazon_connect.call(CONTENT, from_="+12065550111").heard == []
        assert 1 == 2
    """
    )
    result.assert_outcomes(passed=1, failed=1)
    shown = result.stdout.str()
    assert shown.count("conversation of Call") == 1
    result.stdout.fnmatch_lines(["*conversation of Call*", "< Hello *[[]hello[]]", "-> ends: CONTACT_FLOW_DISCONNECT"])


def test_a_test_without_the_fixture_shows_its_conversations_too(run: Run) -> None:
    result = run(
        GREETING
        + """
    from connect_mock import mock_connect

    def test_it():
        with mock_connect() as amazon_connect:
            call = amazon_connect.call(CONTENT)
            assert call.heard == []
    """
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*conversation of Call*", "< Hello *[[]hello[]]"])


def test_conversations_are_written_anew_when_that_is_asked_for(run: Run, pytester: pytest.Pytester) -> None:
    source = (
        GREETING
        + """
    def test_it(amazon_connect):
        amazon_connect.call(CONTENT).expect_conversation("greeting.txt")
    """
    )
    run(source).assert_outcomes(failed=1)
    run(source, "--rewrite-conversations").assert_outcomes(passed=1)
    assert (pytester.path / "greeting.txt").read_text() == "< Hello\n-> ends: CONTACT_FLOW_DISCONNECT\n"
    run(source).assert_outcomes(passed=1)
