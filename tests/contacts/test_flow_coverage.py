"""What of flows and modules was run: `measured`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from connect_mock import publishing
from connect_mock.contacts import flow_runs
from connect_mock.flow_coverage.measuring import Coverage, FlowCoverage, Share, measured
from tests.contacts.conftest import Publish, menu, queued, said
from tests.flow.recording_host import action, ending


@pytest.fixture
def coverage() -> Iterator[Coverage]:
    """Of what the test runs."""
    with measured() as coverage:
        yield coverage


@pytest.fixture
def menu_flow(coverage: Coverage, publish: Publish) -> str:
    """Asks for 1 or 2."""
    return publish(
        menu("menu", "Press 1 or 2", {"1": "one", "2": "two"}, "bye"),
        said("one", "One", "bye"),
        said("two", "Two", "bye"),
        ending("bye"),
    )


def only(coverage: Coverage) -> FlowCoverage:
    (flow,) = coverage.flows
    return flow


def missed(flow: FlowCoverage) -> tuple[list[str], list[str]]:
    actions = [action.identifier for action in flow.missed_actions]
    return actions, [f"{each.action.identifier}: {each.name}" for each in flow.missed_transitions]


def test_what_ran_is_covered_and_the_rest_is_missed(amazon_connect: Any, coverage: Coverage, menu_flow: str) -> None:
    amazon_connect.call(menu_flow).press("1")
    flow = only(coverage)
    assert (flow.name, flow.type, str(flow)) == ("Inbound", "CONTACT_FLOW", "Inbound: 38.4%")
    assert missed(flow) == (
        ["two"],
        [
            "menu: 2",
            "menu: InputTimeLimitExceeded",
            "menu: NoMatchingCondition",
            "menu: NoMatchingError",
            "one: NoMatchingError",
            "two: NextAction",
            "two: NoMatchingError",
        ],
    )
    assert (flow.action_share, flow.transition_share, flow.total) == (Share(3, 4), Share(2, 9), Share(5, 13))


def test_several_calls_cover_together(amazon_connect: Any, coverage: Coverage, menu_flow: str) -> None:
    for key in "12":
        amazon_connect.call(menu_flow).press(key)
    amazon_connect.call(menu_flow).waits()
    assert missed(only(coverage))[0] == []
    assert only(coverage).transition_share.covered == 5


def test_an_action_that_waits_has_run(amazon_connect: Any, coverage: Coverage, menu_flow: str) -> None:
    amazon_connect.call(menu_flow)
    assert missed(only(coverage))[0] == ["one", "two", "bye"]


def test_an_error_branch_that_was_forced_is_taken(amazon_connect: Any, coverage: Coverage, menu_flow: str) -> None:
    amazon_connect.force_error("menu")
    amazon_connect.call(menu_flow)
    assert "menu: NoMatchingError" not in missed(only(coverage))[1]


def test_how_often_a_transition_was_taken_is_counted(amazon_connect: Any, coverage: Coverage, menu_flow: str) -> None:
    for _ in range(3):
        amazon_connect.call(menu_flow).press("1")
    assert only(coverage).taken["menu", "Transitions.Conditions[0].NextAction"] == 3


def test_a_module_is_covered_on_its_own(amazon_connect: Any, coverage: Coverage, publish: Publish) -> None:
    end = action("end", "EndFlowModuleExecution")
    greeting = {"Version": "2019-10-30", "StartAction": "hi", "Settings": {}, "Actions": [said("hi", "Hello", "end"), end]}
    module = amazon_connect.module(greeting, name="Greeting")
    invoke = action("greet", "InvokeFlowModule", {"FlowModuleId": module}, "bye", errors={"NoMatchingError": "bye"})
    amazon_connect.call(publish(invoke, ending("bye")))
    module, inbound = coverage.flows
    assert (module.name, module.type, missed(module)) == ("Greeting", "MODULE", ([], ["hi: NoMatchingError"]))
    assert missed(inbound) == ([], ["greet: NoMatchingError"])


def test_what_no_run_can_take_does_not_count(
    amazon_connect: Any, coverage: Coverage, publish: Publish, basic_queue_id: str
) -> None:
    amazon_connect.call(publish(*queued(basic_queue_id), name="Queued"))
    flow = next(each for each in coverage.flows if each.name == "Queued")
    assert missed(flow)[1] == ["queue: NoMatchingError", "transfer: QueueAtCapacity", "transfer: NoMatchingError"]


# --- which flows there are


def test_a_flow_that_nobody_ran_is_not_covered(coverage: Coverage, menu_flow: str) -> None:
    assert coverage.total == Share(0, 13)
    assert coverage.percent == 0


def test_a_draft_does_not_count(client: Any, instance_id: str, coverage: Coverage) -> None:
    asked = {"InstanceId": instance_id, "Name": "Draft", "Type": "CONTACT_FLOW", "Content": "{}"}
    client.create_contact_flow(Status="SAVED", **asked)
    assert coverage.flows == []


def test_content_that_was_replaced_before_it_ran_does_not_count(coverage: Coverage, publish: Publish) -> None:
    publish(ending("later"))
    publish(said("hi", "Hello", "bye"), ending("bye"))
    assert missed(only(coverage))[0] == ["hi", "bye"]


def test_the_flows_of_a_new_instance_count_when_they_ran(
    amazon_connect: Any, coverage: Coverage, publish: Publish, basic_queue_id: str
) -> None:
    assert coverage.flows == []
    amazon_connect.call(publish(*queued(basic_queue_id)))
    assert [flow.name for flow in coverage.flows] == ["Default customer queue", "Inbound"]


def test_a_flow_of_several_instances_is_one(amazon_connect: Any, coverage: Coverage, publish: Publish) -> None:
    for key in "12":
        arn = amazon_connect.instance["Arn"]
        given = {"ComparisonValue": "$.InstanceARN"}
        compare = action("which", "Compare", given, "menu", on={arn: "menu"}, errors={"NoMatchingCondition": "bye"})
        choices = menu("menu", f"Welcome to {arn}", {"1": "bye", "2": "bye"}, "bye")
        amazon_connect.call(publish(compare, choices, ending("bye"))).press(key)
        amazon_connect.forget()
    assert only(coverage).transition_share == Share(3, 7)


def test_flows_of_one_name_with_other_actions_are_told_apart(
    coverage: Coverage, publish: Publish, amazon_connect: Any
) -> None:
    for last in ("bye", "end"):
        amazon_connect.call(publish(ending(last)))
    first, second = coverage.flows
    assert first.name == second.name == "Inbound"
    assert coverage.title_of(first).startswith("Inbound [")
    assert coverage.title_of(first) != coverage.title_of(second)


def test_a_flow_alone_with_its_name_has_no_other_title(coverage: Coverage, menu_flow: str) -> None:
    assert coverage.title_of(only(coverage)) == "Inbound"


# --- the block


def test_nothing_is_measured_after_the_block(amazon_connect: Any, publish: Publish) -> None:
    before = len(flow_runs.watchers), len(publishing.watchers)
    with measured() as coverage:
        pass
    amazon_connect.call(publish(ending("bye")))
    assert coverage.flows == []
    assert (len(flow_runs.watchers), len(publishing.watchers)) == before


def test_blocks_can_be_inside_one_another(amazon_connect: Any, coverage: Coverage, menu_flow: str) -> None:
    with measured() as inner:
        amazon_connect.call(menu_flow).press("1")
    amazon_connect.call(menu_flow).press("2")
    assert (inner.action_share.covered, coverage.action_share.covered) == (3, 4)


def test_what_two_processes_measured_adds_up(amazon_connect: Any, menu_flow: str, publish: Publish) -> None:
    whole = Coverage()
    for key in "12":
        with measured() as part:
            amazon_connect.call(menu_flow).press(key)
            publish(ending("bye"), name="Unused")
        whole.add(json.loads(json.dumps(part.as_data())))
    assert [(flow.name, flow.action_share) for flow in whole.flows] == [("Inbound", Share(4, 4)), ("Unused", Share(0, 1))]
    assert whole.flows[0].taken["two", "Transitions.NextAction"] == 1


def test_a_percentage_is_never_rounded_up() -> None:
    assert Share(1999, 2000).percent == 99.9
    assert Share(1999, 2000).is_below(100)
    assert not Share(4, 5).is_below(80)
    assert Share(0, 0).percent == 100
