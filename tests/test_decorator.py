"""mock_connect: what it can be put on, what it shares, and what it leaves behind."""

from __future__ import annotations

import asyncio
import inspect
import os
import subprocess
import sys
import threading
import time
import unittest
import unittest.mock
from collections.abc import AsyncIterator, Iterator
from typing import Any

import boto3
import botocore.loaders
import botocore.session
import pytest
import requests
from moto import mock_aws
from moto.core.config import default_user_config
from moto.core.models import MockAWS, botocore_stubber

from connect_mock import AmazonConnect, clock, ids, mock_connect, moto_bridge, sessions, settings


def client(**options: Any) -> Any:
    return boto3.client("connect", **{"region_name": "us-east-1"} | options)


def make_instance(connect: Any = None, **members: Any) -> str:
    given = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": True}
    return str((connect or client()).create_instance(**given | members)["Id"])


def instance_ids(connect: Any = None) -> list[str]:
    return [each["Id"] for each in (connect or client()).list_instances()["InstanceSummaryList"]]


def is_mocked() -> bool:
    """Whether calls are answered here. No call is made: outside of a mock it would go to AWS."""
    return botocore_stubber.enabled


def surroundings() -> dict[str, Any]:
    """Everything that a mock changes in the process."""
    return {
        "environment": {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
        "session": boto3.DEFAULT_SESSION,
        "botocore": sessions.parts(),
        "config": dict(default_user_config),
        "settings": settings.current,
        "mocked": botocore_stubber.enabled,
        "moto": MockAWS._nested_count,
        "requests": requests.adapters.HTTPAdapter.send,
        "state": moto_bridge.all_backends(),
    }


@pytest.fixture
def unchanged() -> Iterator[None]:
    """The test leaves everything as it was before it. What tests outside a mock had left in the backends may be gone."""
    before = surroundings()
    yield
    after = surroundings()
    assert after.pop("state") in ([], before.pop("state"))
    assert after == before


pytestmark = pytest.mark.usefixtures("unchanged")


# --- functions --------------------------------------------------------------------------------------------------------


@mock_connect
def test_a_function_can_be_decorated_bare() -> None:
    assert instance_ids() == []


@mock_connect()
def test_a_function_can_be_decorated_with_a_call() -> None:
    assert instance_ids() == []


@mock_connect
def test_fixtures_are_still_injected(tmp_path: Any, content: Any) -> None:
    assert tmp_path.exists()
    assert "Hello" in content()


@pytest.mark.parametrize("number", [1, 2])
@mock_connect
def test_parameters_are_still_injected(number: int) -> None:
    assert number in (1, 2)


def test_a_decorated_function_takes_arguments_and_returns_a_value() -> None:
    @mock_connect
    def described(alias: str, *, inbound: bool) -> Any:
        made = make_instance(InstanceAlias=alias, InboundCallsEnabled=inbound)
        return client().describe_instance(InstanceId=made)["Instance"]

    instance = described("acme", inbound=False)
    assert (instance["InstanceAlias"], instance["InboundCallsEnabled"]) == ("acme", False)


def test_a_decorated_function_keeps_its_name_documentation_and_signature() -> None:
    def original(first: int, *, second: str = "x") -> str:
        """What it is for."""
        return f"{first}{second}"

    decorated = mock_connect(original)
    assert (decorated.__name__, decorated.__doc__) == ("original", "What it is for.")
    assert inspect.signature(decorated) == inspect.signature(original)
    assert inspect.unwrap(decorated) is original


def test_an_exception_comes_through_and_ends_the_mock() -> None:
    @mock_connect
    def failing() -> None:
        make_instance()
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        failing()
    assert not is_mocked()


def test_each_call_of_a_decorated_function_starts_empty() -> None:
    @mock_connect
    def count() -> int:
        make_instance()
        return len(instance_ids())

    assert [count(), count()] == [1, 1]


def test_a_decorated_function_may_call_itself() -> None:
    @mock_connect
    def count(depth: int) -> int:
        make_instance()
        return count(depth - 1) if depth else len(instance_ids())

    assert count(2) == 3


def test_static_and_class_methods_can_be_decorated_on_either_side() -> None:
    class Checks:
        @mock_connect
        @staticmethod
        def outside() -> bool:
            return is_mocked()

        @staticmethod
        @mock_connect
        def inside() -> bool:
            return is_mocked()

        @mock_connect
        @classmethod
        def of_class(cls) -> tuple[str, bool]:
            return cls.__name__, is_mocked()

    assert (Checks.outside(), Checks().outside(), Checks.inside()) == (True, True, True)
    assert Checks.of_class() == ("Checks", True)


# --- generators and coroutines ----------------------------------------------------------------------------------------


def test_a_generator_is_mocked_until_it_ends() -> None:
    @mock_connect
    def steps() -> Iterator[Any]:
        yield make_instance()
        yield instance_ids()

    first, second = steps()
    assert second == [first]


def test_a_generator_that_is_closed_early_ends_its_mock() -> None:
    @mock_connect
    def steps() -> Iterator[str]:
        yield make_instance()

    running = steps()
    next(running)
    during = is_mocked()
    running.close()  # type: ignore[attr-defined]
    assert (during, is_mocked()) == (True, False)


def test_a_coroutine_function_keeps_its_state_across_awaits() -> None:
    @mock_connect
    async def lasting() -> bool:
        made = make_instance()
        await asyncio.sleep(0)
        return instance_ids() == [made]

    assert inspect.iscoroutinefunction(lasting)
    assert asyncio.run(lasting())


def test_coroutines_that_run_at_once_are_mocked_until_the_last_ends() -> None:
    @mock_connect
    async def waiting(rounds: int) -> list[bool]:
        make_instance()
        seen = []
        for _ in range(rounds):
            await asyncio.sleep(0)
            seen.append(len(instance_ids()) == 3)
        return seen

    async def together() -> list[list[bool]]:
        return await asyncio.gather(waiting(1), waiting(5), waiting(3))

    assert asyncio.run(together()) == [[True], [True] * 5, [True] * 3]


def test_a_coroutine_that_is_cancelled_ends_its_mock() -> None:
    @mock_connect
    async def endless() -> None:
        await asyncio.Event().wait()

    async def cancelled() -> None:
        await asyncio.wait_for(endless(), timeout=0.01)

    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(cancelled())
    assert not is_mocked()


def test_an_asynchronous_generator_is_mocked_until_it_ends() -> None:
    @mock_connect
    async def steps() -> AsyncIterator[Any]:
        yield make_instance()
        await asyncio.sleep(0)
        yield instance_ids()

    async def collected() -> list[Any]:
        return [each async for each in steps()]

    first, second = asyncio.run(collected())
    assert second == [first]


# --- classes ----------------------------------------------------------------------------------------------------------


def run(case: type[unittest.TestCase]) -> unittest.TestResult:
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    assert result.errors == result.failures == []
    return result


@mock_connect
class TestUnittestCase(unittest.TestCase):
    """Also a sign that pytest runs a decorated TestCase."""

    def test_one(self) -> None:
        make_instance()
        assert len(instance_ids()) == 1

    def test_two(self) -> None:
        make_instance()
        assert len(instance_ids()) == 1


@mock_connect
class TestUnittestCaseWithSetUp(unittest.TestCase):
    """What setUp makes is there in the test, in tearDown and in cleanups, and gone in the next test."""

    def setUp(self) -> None:
        self.made = make_instance()
        self.addCleanup(self.check)

    def test_one(self) -> None:
        self.check()

    def test_two(self) -> None:
        self.check()

    def tearDown(self) -> None:
        self.check()

    def check(self) -> None:
        assert instance_ids() == [self.made]


def test_what_a_test_case_inherits_is_mocked_too() -> None:
    class Base(unittest.TestCase):
        def setUp(self) -> None:
            self.made = make_instance()

        def test_inherited(self) -> None:
            assert instance_ids() == [self.made]

    @mock_connect
    class Case(Base): ...

    assert run(Case).testsRun == 1


def test_a_test_case_can_be_debugged() -> None:
    @mock_connect
    class Case(unittest.TestCase):
        def test_it(self) -> None:
            assert is_mocked()

    Case("test_it").debug()
    assert not is_mocked()


def test_an_asynchronous_test_case_keeps_what_its_set_up_made() -> None:
    @mock_connect
    class Case(unittest.IsolatedAsyncioTestCase):
        async def asyncSetUp(self) -> None:
            self.made = make_instance()

        async def test_state(self) -> None:
            await asyncio.sleep(0)
            assert instance_ids() == [self.made]

    assert run(Case).testsRun == 1


def test_a_failing_test_case_ends_its_mock() -> None:
    @mock_connect
    class Case(unittest.TestCase):
        def setUp(self) -> None:
            raise RuntimeError("no")

        def test_never(self) -> None: ...

    result = unittest.TestResult()
    Case("test_never").run(result)
    assert len(result.errors) == 1
    assert not is_mocked()


@mock_connect
class TestPlainClass:
    def test_one(self) -> None:
        make_instance()
        assert len(instance_ids()) == 1

    def test_two(self) -> None:
        make_instance()
        assert len(instance_ids()) == 1

    def test_helpers_work_on_the_same_state(self) -> None:
        self.helper()
        self.of_class()
        self.of_nobody()
        assert len(instance_ids()) == 3

    def helper(self) -> None:
        make_instance()

    @classmethod
    def of_class(cls) -> None:
        make_instance()

    @staticmethod
    def of_nobody() -> None:
        make_instance()

    class TestNested:
        def test_it_is_mocked_too(self) -> None:
            assert instance_ids() == []


@mock_connect
class TestPlainClassWithSetup:
    """What setup_method makes is there in the test and in teardown_method, and gone in the next test."""

    def setup_method(self) -> None:
        self.made = make_instance()

    def test_one(self) -> None:
        assert instance_ids() == [self.made]

    def test_two(self) -> None:
        assert instance_ids() == [self.made]

    def teardown_method(self, method: Any) -> None:
        assert method.__name__.startswith("test_")
        assert instance_ids() == [self.made]


class Base:
    """A base class of the user's, not decorated itself."""

    def setup_method(self, *_: Any) -> None:
        self.made = make_instance()

    def test_one(self) -> None:
        assert instance_ids() == [self.made]

    def test_two(self) -> None:
        assert instance_ids() == [self.made]


@mock_connect
class TestInheritingClass(Base): ...


# --- context manager, start and stop ----------------------------------------------------------------------------------


def test_a_block_is_given_the_handle() -> None:
    with mock_connect(region_name="eu-west-2") as handle:
        assert isinstance(handle, AmazonConnect)
        assert handle.client.meta.region_name == handle.participant_client.meta.region_name == "eu-west-2"
        assert handle.instance["Id"] == handle.instance_id
        assert instance_ids(handle.client) == [handle.instance_id]


def test_the_region_is_the_one_of_the_environment_when_the_mock_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    mock = mock_connect()
    with monkeypatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "ap-southeast-2")
        with mock as handle:
            assert handle.client.meta.region_name == "ap-southeast-2"


def test_start_and_stop() -> None:
    mock = mock_connect(empty_instances=True)
    mock.start()
    made = mock.handle.instance_id
    flows = client().list_contact_flows(InstanceId=made)["ContactFlowSummaryList"]
    mock.stop()
    assert flows == []
    assert not is_mocked()


def test_stop_without_start_is_refused_and_harmless() -> None:
    with pytest.raises(RuntimeError, match="does not run"):
        mock_connect().stop()
    with mock_connect():
        assert is_mocked()


def test_one_mock_can_be_used_again_and_again() -> None:
    mock, seen = mock_connect(), []
    for _ in range(3):
        with mock as handle:
            seen.append(handle.instance_id)
            assert instance_ids() == [handle.instance_id]
    assert len(set(seen)) == 3


def test_one_mock_can_be_started_twice() -> None:
    mock = mock_connect()
    with mock as first, mock as second:
        assert first is second
        made = make_instance()
        mock.stop()
        assert instance_ids() == [made]
        mock.start()
    assert not is_mocked()


def test_reset_forgets_everything_and_goes_on_mocking() -> None:
    mock = mock_connect()
    with mock as handle:
        before = handle.instance_id
        clock.advance(3600)
        mock.reset()
        assert instance_ids() == []
        assert clock.now().timestamp() == pytest.approx(time.time(), abs=60)
        assert handle.instance_id != before
        assert requests.get("https://connect.us-east-1.amazonaws.com/instance").status_code == 200


@pytest.mark.parametrize("wrong", ["us-east-1", 7])
def test_what_cannot_be_called_cannot_be_decorated(wrong: Any) -> None:
    with pytest.raises(TypeError, match="mock_connect"):
        mock_connect(wrong)


# --- nesting ----------------------------------------------------------------------------------------------------------


def test_nested_mocks_share_one_state() -> None:
    with mock_connect():
        outer = make_instance()
        with mock_connect():
            inner = make_instance()
            assert instance_ids() == [outer, inner]
        assert instance_ids() == [outer, inner]


def test_nested_handles_have_instances_of_their_own() -> None:
    with mock_connect() as one, mock_connect() as two, mock_connect(account_id="111122223333") as three:
        assert len({one.instance_id, two.instance_id, three.instance_id}) == 3
        assert instance_ids(one.client) == [one.instance_id, two.instance_id]
        assert instance_ids(three.client) == [three.instance_id]


def test_a_mock_inside_of_mock_aws_shares_its_state() -> None:
    with mock_aws():
        made = make_instance()
        with mock_connect():
            assert instance_ids() == [made]
        assert instance_ids() == [made]


def test_mock_aws_inside_of_a_mock_shares_its_state() -> None:
    with mock_connect():
        made = make_instance()
        with mock_aws():
            assert instance_ids() == [made]
        assert instance_ids() == [made]


def test_mocks_may_end_out_of_order() -> None:
    first, second, third = mock_connect(), mock_connect(empty_instances=True), mock_connect()
    first.start()
    second.start()
    made = make_instance()
    first.stop()
    third.start()
    still_empty = second._settings
    third.stop()
    assert settings.current is still_empty
    assert instance_ids() == [made]
    second.stop()


def test_the_credentials_stay_until_the_last_mock_ends() -> None:
    first, second = mock_connect(), mock_connect()
    first.start()
    second.start()
    first.stop()
    during = os.environ["AWS_ACCESS_KEY_ID"]
    second.stop()
    assert during == "FOOBARKEY"


@pytest.mark.parametrize("order", [("moto", "connect"), ("connect", "moto")])
def test_a_mock_and_mock_aws_may_end_out_of_order(monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "FOOBARKEY")  # moto itself gives them back wrongly then, as with two mock_aws
    mocks = {"moto": mock_aws(), "connect": mock_connect()}
    for name in order:
        mocks[name].start()
    made, during = make_instance(), boto3.DEFAULT_SESSION
    mocks[order[0]].stop()
    assert instance_ids(during.client("connect", "us-east-1")) == [made]
    mocks[order[1]].stop()
    assert not is_mocked()
    assert moto_bridge.all_backends() == []
    unittest.mock.patch.stopall()  # moto forgets one of its own then
    monkeypatch.undo()


def test_a_mock_inside_can_have_settings_of_its_own() -> None:
    with mock_connect(empty_instances=True) as outer:
        with mock_connect() as inner:
            full = flows_of(inner)
        empty = flows_of(outer)
    assert (bool(full), empty) == (True, [])


def flows_of(handle: AmazonConnect) -> list[Any]:
    listed: list[Any] = handle.client.list_contact_flows(InstanceId=handle.instance_id)["ContactFlowSummaryList"]
    return listed


def test_the_configuration_of_a_mock_ends_with_it() -> None:
    with mock_connect():
        with mock_connect(config={"core": {"service_whitelist": ["s3"]}}):
            assert default_user_config["core"]["service_whitelist"] == ["s3"]
        assert instance_ids() == []


# --- what is left -----------------------------------------------------------------------------------------------------


def test_the_state_is_gone_at_the_end() -> None:
    with mock_connect() as handle:
        assert handle.instance_id
    assert moto_bridge.all_backends() == []
    with mock_connect():
        assert instance_ids() == []


def test_an_advanced_clock_is_set_back_even_when_nothing_was_called() -> None:
    with mock_connect() as handle:
        handle.clock.advance(86400)
    assert clock.now().timestamp() == pytest.approx(time.time(), abs=60)


def test_an_advanced_clock_is_set_back_when_mock_aws_ends_last() -> None:
    with mock_aws(), mock_connect() as handle:
        handle.clock.advance(86400)
    assert clock.now().timestamp() == pytest.approx(time.time(), abs=60)


def test_an_inner_mock_does_not_set_the_clock_back() -> None:
    with mock_connect():
        with mock_connect() as inner:
            inner.clock.advance(86400)
        assert clock.now().timestamp() > time.time() + 80000


@pytest.mark.parametrize("value", [None, "", "AKIAMINE"])
def test_the_credentials_in_the_environment_are_given_back(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", value or "")
    if value is None:
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    with mock_connect():
        during = os.environ["AWS_ACCESS_KEY_ID"]
    assert (during, os.environ.get("AWS_ACCESS_KEY_ID")) == ("FOOBARKEY", value)


def test_a_test_may_delete_the_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    with mock_connect():
        del os.environ["AWS_ACCESS_KEY_ID"]
    assert not is_mocked()


def test_the_default_session_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = boto3.Session(region_name="eu-central-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", mine)
    with mock_connect():
        boto3.setup_default_session(region_name="ca-central-1")
    assert boto3.DEFAULT_SESSION is mine


def test_the_default_session_is_given_back_when_mock_aws_ends_later(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "FOOBARKEY")
    mine = boto3.Session(region_name="eu-central-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", mine)
    ours, motos = mock_connect(), mock_aws()
    ours.start()
    motos.start()
    boto3.setup_default_session(region_name="ca-central-1")
    ours.stop()
    motos.stop()
    assert boto3.DEFAULT_SESSION is mine


def test_nothing_is_left_for_the_user_s_stopall(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = mock_connect(), mock_connect()
    first.start()
    second.start()
    first.stop()
    second.stop()
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", mine := boto3.Session(region_name="eu-central-1"))
    unittest.mock.patch.stopall()
    assert boto3.DEFAULT_SESSION is mine


def test_botocore_reads_its_models_as_before() -> None:
    with mock_connect():
        during = botocore.session.create_loader
    assert during is not botocore.loaders.create_loader
    assert botocore.session.create_loader is botocore.loaders.create_loader


def test_an_exception_in_the_block_leaves_nothing_patched() -> None:
    def work() -> None:
        boto3.setup_default_session(region_name="ca-central-1")
        raise LookupError

    with pytest.raises(LookupError), mock_connect(empty_instances=True, config={"core": {"service_whitelist": []}}):
        work()


@pytest.mark.parametrize("config", [{"core": None}, {"core": 3}])
def test_a_start_that_fails_leaves_nothing_patched(config: Any) -> None:
    with pytest.raises(AttributeError):
        mock_connect(config=config).start()
    assert not is_mocked()


def test_a_stop_that_fails_gives_back_what_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    mock = mock_connect(empty_instances=True)
    mock.start()
    with monkeypatch.context() as broken:
        broken.setattr(moto_bridge.MotoConnectBackend, "reset", lambda self: 1 / 0)
        make_instance()
        with pytest.raises(ZeroDivisionError):
            mock.stop()
    assert settings.current == settings.Settings()
    assert botocore.session.create_loader is botocore.loaders.create_loader
    MockAWS._nested_count += 1
    mock_aws().stop()


# --- threads ----------------------------------------------------------------------------------------------------------


def in_threads(work: Any, count: int = 6) -> list[Any]:
    """What `work(0)` to `work(count - 1)` return when they run at once."""
    results: list[Any] = [None] * count
    ready = threading.Barrier(count)

    def one(index: int) -> None:
        ready.wait()
        results[index] = work(index)

    threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_threads_work_on_the_state_of_the_mock_around_them() -> None:
    with mock_connect(empty_instances=True) as handle:
        made = in_threads(lambda _: make_instance(handle.client))
        assert sorted(instance_ids()) == sorted(made)


def test_mocks_of_several_threads_overlap() -> None:
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1")
    connect = session.client("connect")

    def work(index: int) -> bool:
        with mock_connect(empty_instances=True, region_name=f"us-east-{index}"):
            made = [make_instance(connect) for _ in range(3)]
            return all(connect.describe_instance(InstanceId=each)["Instance"]["Id"] == each for each in made)

    assert in_threads(work) == [True] * 6
    assert not is_mocked()


# --- clients from elsewhere -------------------------------------------------------------------------------------------


def test_a_client_made_before_the_mock_is_answered() -> None:
    before = boto3.Session("a", "b", region_name="us-east-1").client("connect")
    with mock_connect():
        made = make_instance(before)
    with mock_connect():
        assert instance_ids(before) == []
        assert made != make_instance(before)


def test_clients_of_other_sessions_are_answered() -> None:
    with mock_connect() as handle:
        ours = boto3.Session(region_name="us-east-1").client("connect")
        botocores = botocore.session.get_session().create_client("connect", "us-east-1")
        assert instance_ids(ours) == instance_ids(botocores) == instance_ids() == instance_ids(handle.client)


def test_a_resource_is_kept_across_mocks() -> None:
    dynamodb = boto3.Session("a", "b", region_name="us-east-1").resource("dynamodb")
    for _ in range(2):
        with mock_connect():
            assert list(dynamodb.tables.all()) == []


BEFORE_MOTO = """
import boto3, sys
early = boto3.client("connect", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
assert "moto" not in sys.modules
from connect_mock import mock_connect
from moto.core import patch_client
patch_client(early)
with mock_connect() as handle:
    assert handle.instance_id
    print(len(early.list_instances()["InstanceSummaryList"]))
"""

BETWEEN = """
import boto3
from moto import mock_aws
early = boto3.client("connect", "us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
import connect_mock
with mock_aws():
    print(early.list_contact_flows(InstanceId=early.create_instance(IdentityManagementType="SAML", InstanceAlias="a",
        InboundCallsEnabled=True, OutboundCallsEnabled=True)["Id"], MaxResults=1)["ContactFlowSummaryList"].__len__())
"""


@pytest.mark.parametrize("program", [BEFORE_MOTO, BETWEEN], ids=["before moto, with patch_client", "between moto and us"])
def test_a_client_made_before_the_import_is_answered(program: str) -> None:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("1\n", "")


# --- the handle -------------------------------------------------------------------------------------------------------


def test_the_handle_works_in_its_account() -> None:
    with mock_connect(region_name="eu-west-2", account_id="111122223333") as handle:
        assert handle.instance["Arn"] == f"arn:aws:connect:eu-west-2:111122223333:instance/{handle.instance_id}"


def test_the_handle_remembers_what_it_made() -> None:
    with mock_connect() as handle:
        assert handle.client is handle.client
        assert handle.instance_id == handle.instance_id
        assert instance_ids() == [handle.instance_id]


def test_ids_are_moto_s_to_seed() -> None:
    assert type(ids.source).__name__ == "MotoRandom"
