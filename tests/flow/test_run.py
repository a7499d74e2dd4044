"""`connect-mock run`: a flow in the terminal, its transcript and its exit codes."""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connect_mock.cli import main

Run = Callable[..., tuple[int, list[str]]]


def action(identifier: str, kind: str, parameters: dict[str, Any], next_action: str = "", **branches: Any) -> dict[str, Any]:
    errors = [{"ErrorType": error, "NextAction": target} for error, target in branches.pop("errors", {}).items()]
    conditions = [
        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [value]}}
        for value, target in branches.pop("conditions", {}).items()
    ]
    transitions = {"NextAction": next_action, "Errors": errors, "Conditions": conditions} if next_action else {}
    return {"Identifier": identifier, "Type": kind, "Parameters": parameters, "Transitions": transitions}


BYE = action("bye", "DisconnectParticipant", {})
MENU = action(
    "menu",
    "GetParticipantInput",
    {"Text": "Hello $.Attributes.name, press 1", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
    "bye",
    conditions={"1": "queue"},
    errors={"InputTimeLimitExceeded": "menu", "NoMatchingCondition": "bye", "NoMatchingError": "bye"},
)
QUEUE = action("queue", "UpdateContactTargetQueue", {"QueueId": "Billing"}, "go", errors={"NoMatchingError": "bye"})
GO = action("go", "TransferContactToQueue", {}, "bye", errors={"QueueAtCapacity": "bye", "NoMatchingError": "bye"})


@pytest.fixture
def flow(tmp_path: Path) -> Callable[..., Path]:
    """Writes a flow of these actions to a file."""

    def write(*actions: dict[str, Any], name: str = "flow", **members: Any) -> Path:
        file = tmp_path / f"{name}.json"
        document = {"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": actions}
        file.write_text(json.dumps(document | members))
        return file

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with typed lines; gives the exit code and the transcript."""

    def play(*arguments: object, typed: str = "") -> tuple[int, list[str]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["run", *map(str, arguments)])
        return code, capsys.readouterr().out.splitlines()

    return play


def test_a_pressed_key_takes_its_branch(run: Run, flow: Any) -> None:
    code, transcript = run(flow(MENU, QUEUE, GO, BYE), "--attribute", "name=Ana", typed="1\n")
    assert code == 0
    assert transcript == ["< Hello Ana, press 1", "> 1", "-> queue Billing", "-> queued"]


def test_an_empty_line_lets_the_time_run_out(run: Run, flow: Any) -> None:
    code, transcript = run(flow(MENU, QUEUE, GO, BYE), typed="\n9\n")
    assert code == 0
    assert transcript[1] == "> (nothing for 5 seconds)"
    assert transcript[2].startswith("! GetParticipantInput menu took InputTimeLimitExceeded")
    assert transcript[-1] == "-> disconnected"


def test_a_contact_goes_on_where_a_flow_says_so(run: Run, flow: Any) -> None:
    _, transcript = run(flow(action("resume", "ResumeContact", {}, "bye"), BYE))
    assert transcript[0] == "-> resumes the contact"


def test_a_participant_can_hang_up(run: Run, flow: Any) -> None:
    code, transcript = run(flow(MENU, QUEUE, GO, BYE), typed="hang up\n")
    assert (code, transcript[-1]) == (0, "> hang up")


def test_a_line_that_means_nothing_is_explained(run: Run, flow: Any) -> None:
    _, transcript = run(flow(MENU, QUEUE, GO, BYE), typed="hello\n1\n")
    assert transcript[1] == "! the flow waits for Keys, not for 'hello'"
    assert transcript[-1] == "-> queued"


def test_input_that_is_over_too_early_is_exit_code_3(run: Run, flow: Any) -> None:
    code, transcript = run(flow(MENU, QUEUE, GO, BYE))
    assert (code, transcript[-1]) == (3, "! the input is over, and the flow still waits for Keys")


def test_a_script_is_replayed(run: Run, flow: Any, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("\n1\n")
    code, transcript = run(flow(MENU, QUEUE, GO, BYE), "--script", script)
    assert (code, transcript[-1]) == (0, "-> queued")


def test_a_python_function_answers_for_a_lambda_function(
    run: Run, flow: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lookup_of_names.py").write_text(
        textwrap.dedent("""
        def handler(event, context):
            return {"name": event["Details"]["Parameters"]["id"] + event["Details"]["ContactData"]["Channel"]}
        """)
    )
    monkeypatch.chdir(tmp_path)
    invoke = action(
        "invoke",
        "InvokeLambdaFunction",
        {
            "LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:lookup",
            "InvocationTimeLimitSeconds": "3",
            "LambdaInvocationAttributes": {"id": "7"},
        },
        "say",
        errors={"NoMatchingError": "bye"},
    )
    say = action("say", "MessageParticipant", {"Text": "Hello $.External.name"}, "bye", errors={"NoMatchingError": "bye"})
    code, transcript = run(flow(invoke, say, BYE), "--channel", "CHAT", "--lambda", "lookup=lookup_of_names:handler")
    assert (code, transcript[0]) == (0, "< Hello 7CHAT")


def test_a_function_that_raises_is_the_error_branch_and_shows_why(
    run: Run, flow: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lookup_that_breaks.py").write_text("def handler(event, context):\n    return event['nothing']\n")
    monkeypatch.chdir(tmp_path)
    parameters = {"LambdaFunctionARN": "arn:aws:lambda:us-east-1:1:function:lookup", "InvocationTimeLimitSeconds": "3"}
    invoke = action("invoke", "InvokeLambdaFunction", parameters, "bye", errors={"NoMatchingError": "bye"})
    code, transcript = run(flow(invoke, BYE), "--lambda", "lookup=lookup_that_breaks:handler")
    assert code == 0
    assert any("return event['nothing']" in line for line in transcript)
    assert any("took NoMatchingError" in line and "KeyError" in line for line in transcript)


def test_another_flow_is_entered_from_its_file(run: Run, flow: Any) -> None:
    other = flow(
        action("hi", "MessageParticipant", {"Text": "There"}, "bye", errors={"NoMatchingError": "bye"}), BYE, name="other"
    )
    first = flow(action("to", "TransferToFlow", {"ContactFlowId": "next"}, "bye", errors={"NoMatchingError": "bye"}), BYE)
    code, transcript = run(first, "--with", f"next={other}")
    assert (code, transcript) == (0, ["< There", "-> disconnected"])


@pytest.mark.parametrize(("options", "spoken"), [((), "< Open"), (("--closed",), "< Closed")])
def test_hours_of_operation_can_be_over(run: Run, flow: Any, options: tuple[str, ...], spoken: str) -> None:
    hours = action(
        "hours",
        "CheckHoursOfOperation",
        {},
        "no",
        conditions={"True": "yes", "False": "no"},
        errors={"NoMatchingError": "bye"},
    )
    says = [action(name, "MessageParticipant", {"Text": text}, "bye", errors={"NoMatchingError": "bye"})
            for name, text in (("yes", "Open"), ("no", "Closed"))]  # fmt: skip
    _, transcript = run(flow(hours, *says, BYE), *options)
    assert transcript[0] == spoken


def test_a_flow_that_runs_in_circles_is_stopped(run: Run, flow: Any) -> None:
    circle = action(
        "circle",
        "UpdateFlowAttributes",
        {"FlowAttributes": {"a": {"Value": "1"}}},
        "circle",
        errors={"NoMatchingError": "bye"},
    )
    code, transcript = run(flow(circle, BYE))
    assert code == 1
    assert transcript[-1].startswith("-> endless: ")
    assert "circle" in transcript[-1]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"Version": "2019-10-30"}', "\xff"])
def test_a_file_that_is_no_flow_is_exit_code_2(run: Run, tmp_path: Path, text: str, capsys: Any) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(text.encode("latin-1"))
    assert main(["run", str(file)]) == 2
    assert "broken.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [("--attribute", "name"), ("--lambda", "a=no_such_module:f"), ("--lambda", "a=json:f"), ("--with", "m=none.json")],
)
def test_an_option_that_cannot_be_used_is_exit_code_2(flow: Any, arguments: tuple[str, ...], capsys: Any) -> None:
    assert main(["run", str(flow(BYE)), *arguments]) == 2
    assert arguments[1].partition("=")[2] in capsys.readouterr().err
