"""`pytest --flow-coverage`, in test sessions of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import pytest_connect_mock
from connect_mock.flow_coverage.plugin import NOTHING_RAN
from tests.plugin.test_plugin import QUICK

TESTS = """
    import pytest

    def says(identifier, text, to):
        return {"Identifier": identifier, "Type": "MessageParticipant", "Parameters": {"Text": text},
                "Transitions": {"NextAction": to, "Errors": [{"ErrorType": "NoMatchingError", "NextAction": to}]}}

    def compares(**targets):
        conditions = [{"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [value]}}
                      for value, target in targets.items()]
        return {"Identifier": "which", "Type": "Compare", "Parameters": {"ComparisonValue": "$.CustomerEndpoint.Address"},
                "Transitions": {"NextAction": "bye", "Conditions": conditions,
                                "Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": "bye"}]}}

    BYE = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}

    def flow(*actions):
        return {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": [*actions, BYE]}

    GREETING = flow(compares(**{"+12065550111": "ana", "+12065550122": "ben"}), says("ana", "Ana!", "bye"),
                    says("ben", "Ben!", "bye"))

    @pytest.fixture
    def greeting(amazon_connect):
        return amazon_connect.flow(GREETING, name="Greeting")

    def test_ana(amazon_connect, greeting):
        assert amazon_connect.call(greeting, from_="+12065550111").heard == ["Ana!"]
"""
BEN = """
    def test_ben(amazon_connect, greeting):
        assert amazon_connect.call(greeting, from_="+12065550122").heard == ["Ben!"]
"""
UNUSED = """
    def test_unused(amazon_connect):
        amazon_connect.flow(flow(says("one", "One", "bye")), name="Unused")
"""
FAILING = """
    def test_failing(amazon_connect):
        assert False
"""

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs tests in a session with our plugin and no other."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(source: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(source)
        return pytester.runpytest_inprocess("-p", "no:cacheprovider", *options, plugins=[pytest_connect_mock])

    return run


def section(ran: pytest.RunResult) -> list[str]:
    """The lines about coverage, each without the spaces that align it."""
    lines = [" ".join(line.split()) for line in ran.outlines]
    begin = next(index for index, line in enumerate(lines) if "= flow coverage =" in line)
    end = next(index for index, line in enumerate(lines) if index > begin and line.startswith("="))
    return lines[begin + 1 : end]


def test_each_flow_is_reported_with_what_was_missed(run: Run) -> None:
    ran = run(TESTS + UNUSED, "--flow-coverage")
    ran.assert_outcomes(passed=2)
    assert section(ran) == [
        "flow type actions transitions covered",
        "Greeting CONTACT_FLOW 3/4 2/7 45.4%",
        "ben (MessageParticipant) never ran",
        "which (Compare) never took +12065550122, NoMatchingCondition",
        "ana (MessageParticipant) never took NoMatchingError",
        "Unused CONTACT_FLOW 0/2 0/2 0%",
        "never ran, with 2 actions",
        "total 3/6 2/9 33.3%",
    ]


def test_nothing_is_measured_or_said_without_an_option(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        TESTS
        + """
    def test_it(amazon_connect):
        from connect_mock import publishing
        from connect_mock.contacts import flow_runs
        assert flow_runs.watchers == publishing.watchers == []
    """
    )
    ran = pytester.runpytest_subprocess(*QUICK)
    ran.assert_outcomes(passed=2)
    ran.stdout.no_fnmatch_line("*flow coverage*")


def test_a_session_without_flows_says_so(run: Run) -> None:
    ran = run("def test_it(): ...", "--flow-coverage=html")
    assert section(ran) == [NOTHING_RAN]
    assert ran.ret == 0


def test_collecting_measures_nothing(run: Run) -> None:
    ran = run(TESTS, "--collect-only", "--flow-coverage-fail-under=100")
    assert ran.ret == 0
    ran.stdout.no_fnmatch_line("*flow coverage*")


# --- the page


def page_of(run: Run, *options: str, source: str = TESTS) -> str:
    ran = run(source, *options)
    folder = section(ran)[-1].removeprefix("drawn in ").removesuffix("index.html")
    return Path(folder, "index.html").read_text(encoding="utf-8")


def test_the_page_draws_what_was_run_and_what_was_missed(run: Run, pytester: pytest.Pytester) -> None:
    page = page_of(run, "--flow-coverage=html", source=TESTS + UNUSED)
    assert page == (pytester.path / "flow-coverage" / "index.html").read_text(encoding="utf-8")
    assert page.count("<svg ") == 2
    assert re.findall(r'<g class="box (\w+)" id="([\w-]+)">', page) == [
        ("covered", "flow-0-0"),
        ("covered", "flow-0-1"),
        ("missed", "flow-0-2"),
        ("covered", "flow-0-3"),
        ("missed", "flow-1-0"),
        ("missed", "flow-1-1"),
    ]
    assert re.findall(r'<g class="way (?:error )?(\w+)"><title>([^<]*)<', page)[:4] == [
        ("uncounted", "NextAction: no run can take it"),
        ("covered", "+12065550111: taken 1 time"),
        ("missed", "+12065550122: never taken"),
        ("missed", "NoMatchingCondition: never taken"),
    ]
    assert '<a href="#flow-0-2">ben</a>' in page


def test_the_page_goes_where_one_says(run: Run, pytester: pytest.Pytester) -> None:
    page_of(run, "--flow-coverage=html:some/where")
    assert (pytester.path / "some" / "where" / "index.html").exists()


def test_the_page_needs_nothing_else(run: Run) -> None:
    page = page_of(run, "--flow-coverage=html").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|//|\bsrc=|@import|url\(|<link|<script", page)


def test_names_cannot_break_out_of_the_page(run: Run) -> None:
    hostile = """
    def test_hostile(amazon_connect):
        amazon_connect.flow(flow(compares(**{"<img onerror=x>": "bye"})), name="<script>alert(1)</script>")
    """
    page = page_of(run, "--flow-coverage=html", source=TESTS + hostile)
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


# --- the least that is enough


@pytest.mark.parametrize(("minimum", "status"), [("45.5", 1), ("45.4", 0), ("0", 0)])
def test_less_coverage_than_asked_for_fails_the_session(run: Run, minimum: str, status: int) -> None:
    ran = run(TESTS, f"--flow-coverage-fail-under={minimum}")
    ran.assert_outcomes(passed=1)
    assert ran.ret == status
    said = "--flow-coverage-fail-under=45.5 is not reached: 45.4% is covered"
    assert (said in section(ran)) == bool(status)


def test_a_session_that_ran_no_flow_does_not_reach_any_coverage(run: Run) -> None:
    ran = run("def test_it(): ...", "--flow-coverage-fail-under=1")
    assert ran.ret == 1
    assert section(ran)[-1] == f"--flow-coverage-fail-under=1 is not reached: {NOTHING_RAN}"


def test_enough_coverage_makes_no_failing_test_good(run: Run) -> None:
    assert run(TESTS + FAILING, "--flow-coverage-fail-under=10").ret == 1


def test_a_session_without_tests_ends_as_it_would_without_the_option(run: Run) -> None:
    assert run("", "--flow-coverage-fail-under=10").ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--flow-coverage=pdf", "*takes html or html:DIR after an equals sign, got 'pdf'*"),
        ("--flow-coverage=html:", "*takes html or html:DIR after an equals sign, got 'html:'*"),
        ("--flow-coverage-fail-under=101", "*takes a number from 0 to 100, got '101'*"),
        ("--flow-coverage-fail-under=nan", "*takes a number from 0 to 100, got 'nan'*"),
        ("--flow-coverage-fail-under=most", "*takes a number from 0 to 100, got 'most'*"),
    ],
)
def test_what_an_option_does_not_take_is_refused(run: Run, option: str, message: str) -> None:
    ran = run(TESTS, option)
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines([message])


# --- several processes


def test_the_processes_of_xdist_are_counted_together(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    pytester.makepyfile(TESTS + BEN)
    ran = pytester.runpytest_subprocess(
        *QUICK, "-n", "2", "--dist=each", "--flow-coverage=html", "--flow-coverage-fail-under=90"
    )
    assert section(ran)[1] == "Greeting CONTACT_FLOW 4/4 4/7 72.7%"
    assert section(ran)[-1].endswith("is not reached: 72.7% is covered")
    assert ran.ret == 1
    assert "taken 2 times" in (pytester.path / "flow-coverage" / "index.html").read_text(encoding="utf-8")
