"""What published content is refused for, as a caller sees it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from connect_mock.flow.problems import problems_in, refusal
from tests.conftest import flow_content
from tests.flow.samples import ID, document, minimal

Problems = Callable[[str], list[str]]

BYE: dict[str, Any] = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
NOT_HERE = "00000000-0000-4000-8000-00000000dead"


def changed(**members: Any) -> str:
    """Good content with other top-level members; None takes one away."""
    good = json.loads(flow_content()) | members
    return json.dumps({key: value for key, value in good.items() if value is not None})


def with_action(**members: Any) -> str:
    """Good content whose first action has other members; None takes one away."""
    greet, bye = json.loads(flow_content())["Actions"]
    return changed(Actions=[{key: value for key, value in (greet | members).items() if value is not None}, bye])


def going_to(action_type: str, parameters: Any) -> str:
    """Content whose first action has these parameters, and the branches that its type requires."""
    action = minimal(action_type)
    branches = [each | {"NextAction": "bye"} for each in action["Transitions"]["Errors"]]
    return with_action(Type=action_type, Parameters=parameters, Transitions={"NextAction": "bye", "Errors": branches})


@pytest.fixture
def problems_of(client: Any, instance_id: str, refused: Any) -> Callable[..., list[str]]:
    """Publishes content that is refused: the messages of the modeled `problems`."""

    def publish(content: str, flow_type: str = "CONTACT_FLOW") -> list[str]:
        with refused("InvalidContactFlowException") as refusal:
            client.create_contact_flow(InstanceId=instance_id, Name="Broken", Type=flow_type, Content=content)
        assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        return [each["message"] for each in refusal.response["problems"]]

    return publish


@pytest.fixture
def publish(client: Any, instance_id: str) -> Callable[..., str]:
    """Publishes content: the flow's id."""

    def create(content: str, **members: Any) -> str:
        made = client.create_contact_flow(
            **{"InstanceId": instance_id, "Name": "New", "Type": "CONTACT_FLOW", "Content": content} | members
        )
        return str(made["ContactFlowId"])

    return create


# --- the error


def test_the_error_names_the_action_and_what_is_wrong(problems_of: Problems) -> None:
    assert problems_of(with_action(Type="PlayPrompt")) == [
        "Invalid Action type. Type: PlayPrompt, Path: Actions[0].Type, Identifier: greet. Did you mean MessageParticipant?"
    ]


def test_all_problems_are_found_at_once(problems_of: Problems) -> None:
    found = problems_of(changed(Version="1", StartAction="nowhere", Actions=[BYE | {"Type": "PlayPrompt"}]))
    assert [each.partition(". ")[0] for each in found] == [
        "Invalid flow version",
        "StartAction does not name an action",
        "Invalid Action type",
    ]


def test_the_error_has_no_message_of_its_own(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidContactFlowException") as refusal:
        client.create_contact_flow(InstanceId=instance_id, Name="Broken", Type="CONTACT_FLOW", Content="{}")
    assert refusal.message == ""


def test_at_most_50_problems_are_told(problems_of: Problems) -> None:
    actions = [{"Identifier": f"action {number}", "Type": f"Type {number}"} for number in range(60)]
    found = problems_of(changed(Actions=actions, StartAction="action 0"))
    assert [each.partition(",")[0] for each in found] == [f"Invalid Action type. Type: Type {n}" for n in range(50)]


def test_a_message_has_at_most_256_characters(problems_of: Problems) -> None:
    long = {"a" * 60: 1, "b" * 60: 2}
    for message in problems_of(with_action(Parameters={"Text": "Hi"} | long, Identifier="i" * 400)):
        assert 1 <= len(message) <= 256


def test_a_message_is_one_line_that_can_be_written(problems_of: Problems) -> None:
    (message,) = problems_of(with_action(Type="\ud800\n"))
    assert message.startswith("Invalid Action type. Type: \\ud800\\n, Path: ")


def test_warnings_refuse_nothing(publish: Any) -> None:
    lost = BYE | {"Identifier": "lost"}
    content = changed(Actions=[*json.loads(flow_content())["Actions"], lost])
    assert [each.rule for each in problems_in(content)] == ["unreachable-action"]
    assert publish(content)


# --- when


@pytest.mark.parametrize("content", ["{", "no JSON", "[]", changed(StartAction="nowhere"), with_action(Type="PlayPrompt")])
def test_what_is_only_saved_is_not_checked(client: Any, publish: Any, instance_id: str, content: str) -> None:
    flow = publish(content, Status="SAVED")
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=f"{flow}:$SAVED", Content=content)


def test_new_content_is_checked_as_the_type_of_its_flow(client: Any, instance_id: str, publish: Any, refused: Any) -> None:
    whisper = publish(flow_content(last="EndFlowExecution"), Type="CUSTOMER_WHISPER")
    with refused("InvalidContactFlowException") as refusal:
        client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=whisper, Content=flow_content())
    (problem,) = refusal.response["problems"]
    assert problem["message"].startswith("Action is not supported in CUSTOMER_WHISPER. Path: Actions[1], Identifier: bye. ")


def test_a_module_is_checked_by_the_same_rules(client: Any, instance_id: str, refused: Any) -> None:
    content = json.dumps(document(minimal("TransferContactToAgent"), BYE, Settings={"Transitions": "none"}))
    with refused("InvalidContactFlowModuleException") as refusal:
        client.create_contact_flow_module(InstanceId=instance_id, Name="Broken", Content=content)
    assert [each["message"].partition(". ")[0] for each in refusal.response["Problems"]] == [
        "Invalid Settings",
        "Action is not supported in MODULE",
    ]


# --- the text


@pytest.mark.parametrize("content", [" ", "{", "Hello", "\ufeff{}", '{"Actions": "' + "[" * 100_000, "[" * 100_000, "NaN"])
def test_content_that_is_not_json_says_so(content: str, problems_of: Problems) -> None:
    (problem,) = problems_of(content)
    assert problem.startswith("Invalid contact flow format: content is not JSON")


@pytest.mark.parametrize("content", ["null", "[]", '"flow"', "7"])
def test_content_is_a_json_object(content: str, problems_of: Problems) -> None:
    (problem,) = problems_of(content)
    assert problem.startswith("Invalid contact flow format: content is not a JSON object")


@pytest.mark.parametrize("actions", [None, {}, "greet", 7])
def test_content_has_a_list_of_actions(actions: Any, problems_of: Problems) -> None:
    (problem,) = problems_of(changed(Actions=actions))
    assert problem.startswith("JSON field is missing or null for field name: actions")


@pytest.mark.parametrize("identifier", [None, 5, ["greet"], {"name": "greet"}])
def test_an_identifier_is_a_text(identifier: Any, problems_of: Problems) -> None:
    found = problems_of(with_action(Identifier=identifier))
    assert any(each.startswith("Action is missing required property. Path: Actions[0].Identifier") for each in found)


@pytest.mark.parametrize("start", [5, True, "greet "])
def test_a_start_is_the_identifier_of_an_action(start: Any, problems_of: Problems) -> None:
    (problem,) = problems_of(changed(StartAction=start))
    assert problem.startswith("StartAction does not name an action. StartAction: ")


@pytest.mark.parametrize("target", ["", "$end", 5, ["bye"], {"name": "bye"}])
def test_a_transition_goes_to_an_action(target: Any, problems_of: Problems) -> None:
    (problem,) = problems_of(with_action(Transitions={"NextAction": target}))
    assert problem.startswith("Invalid Action property value. Path: Actions[0].Transitions.NextAction")


@pytest.mark.parametrize("transitions", ["bye", ["bye"], {"NextAction": "bye", "Errors": ["bye"], "Conditions": "bye"}])
def test_transitions_have_their_form(transitions: Any, problems_of: Problems) -> None:
    assert problems_of(with_action(Transitions=transitions))[0].startswith(
        "Invalid Action property value. Path: Actions[0].Tr"
    )


@pytest.mark.parametrize("kind", [None, 5, ["MessageParticipant"]])
def test_a_type_is_a_text(kind: Any, problems_of: Problems) -> None:
    (problem,) = problems_of(with_action(Type=kind))
    assert problem.startswith("Invalid Action type. Type: ")


# --- what the instance holds


def test_a_flow_that_another_goes_to_has_to_exist(publish: Any, flow_id: str, problems_of: Problems) -> None:
    assert publish(going_to("TransferToFlow", {"ContactFlowId": flow_id}))
    (problem,) = problems_of(going_to("TransferToFlow", {"ContactFlowId": NOT_HERE}))
    assert problem.startswith("Resource not found. Path: Actions[0].Parameters.ContactFlowId, Identifier: greet. ")
    assert NOT_HERE in problem


def test_a_flow_is_named_by_its_arn_in_the_same_instance(
    client: Any, instance_id: str, publish: Any, flow_id: str, problems_of: Problems
) -> None:
    arn = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]["Arn"]
    assert publish(going_to("TransferToFlow", {"ContactFlowId": arn}))
    elsewhere = arn.replace(instance_id, ID)
    assert problems_of(going_to("TransferToFlow", {"ContactFlowId": elsewhere}))


def test_a_flow_can_be_named_before_it_is_published(publish: Any) -> None:
    draft = publish("{}", Name="Draft", Status="SAVED")
    assert publish(going_to("TransferToFlow", {"ContactFlowId": draft}))


def test_a_flow_can_go_to_itself(client: Any, instance_id: str, flow_id: str) -> None:
    content = going_to("TransferToFlow", {"ContactFlowId": flow_id})
    client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content=content)


def test_a_flow_for_an_event_has_to_exist(publish: Any, flow_id: str, problems_of: Problems) -> None:
    assert publish(going_to("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": flow_id}}))
    assert problems_of(going_to("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": NOT_HERE}}))


def test_a_version_and_an_alias_of_a_module_have_to_exist(
    client: Any, instance_id: str, publish: Any, problems_of: Problems
) -> None:
    returning = {"Identifier": "return", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}
    content = json.dumps(document(returning, Settings={}))
    module = client.create_contact_flow_module(InstanceId=instance_id, Name="Module", Content=content)["Id"]
    named = {"InstanceId": instance_id, "ContactFlowModuleId": module}
    client.create_contact_flow_module_version(**named)
    alias = client.create_contact_flow_module_alias(**named, ContactFlowModuleVersion=1, AliasName="live")["Id"]
    for number, qualifier in enumerate(("", ":$LATEST", ":1", f":{alias}", ":live")):
        assert publish(going_to("InvokeFlowModule", {"FlowModuleId": module + qualifier}), Name=f"Caller {number}")
    for qualifier in (":2", f":{ID}", ":dead"):
        assert problems_of(going_to("InvokeFlowModule", {"FlowModuleId": module + qualifier}))


def test_what_is_known_at_run_time_is_not_looked_up(publish: Any) -> None:
    assert publish(going_to("TransferToFlow", {"ContactFlowId": "$.Attributes.flow"}))


@pytest.mark.parametrize(("queue", "why"), [(NOT_HERE, "Resource not found"), ("BasicQueue", "Not a supported id format")])
def test_a_queue_that_a_flow_names_has_to_exist(queue: str, why: str, problems_of: Problems) -> None:
    assert problems_of(going_to("UpdateContactTargetQueue", {"QueueId": queue}))[0].startswith(why)


# --- the flows of a new instance


@pytest.fixture
def default_flows(client: Any, instance_id: str) -> list[dict[str, Any]]:
    listed = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    return [client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=each["Id"])["ContactFlow"] for each in listed]


def test_the_flows_of_a_new_instance_have_no_problems(default_flows: list[dict[str, Any]]) -> None:
    assert len(default_flows) == 20
    assert [problem for flow in default_flows for problem in problems_in(flow["Content"], flow["Type"])] == []


def test_the_flows_of_a_new_instance_can_be_published_again(
    client: Any, instance_id: str, default_flows: list[dict[str, Any]]
) -> None:
    for flow in default_flows:
        client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow["Id"], Content=flow["Content"])


# --- cost


def large_flow() -> str:
    """250 actions as a console writes them."""
    say = minimal("MessageParticipant")
    actions = [
        say | {"Identifier": f"{n:036}", "Transitions": {"NextAction": f"{n + 1:036}", "Errors": [], "Conditions": []}}
        for n in range(249)
    ]
    actions.append(BYE | {"Identifier": f"{249:036}"})
    metadata = {each["Identifier"]: {"position": {"x": 1.5, "y": 20}, "isFriendlyName": False} for each in actions}
    return json.dumps(document(*actions, Metadata={"entryPointPosition": {"x": 1, "y": 1}, "ActionMetadata": metadata}))


def least_seconds(call: Callable[[], Any]) -> float:
    """Of many calls, so that what else the machine does counts for little."""
    times = []
    for _ in range(40):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times)


def test_checking_costs_at_most_20_times_what_reading_costs() -> None:
    content = large_flow()
    assert refusal(content, "CONTACT_FLOW") == []
    reading = least_seconds(lambda: json.loads(content))
    assert least_seconds(lambda: refusal(content, "CONTACT_FLOW")) <= 20 * reading
