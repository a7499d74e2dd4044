"""`connect-mock lint`: files, formats, options and exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connect_mock import cli
from connect_mock.flow.language import language
from connect_mock.flow.rules import RULES
from tests.conftest import flow_content

GOOD = flow_content()
BAD = GOOD.replace('"NextAction": "bye", "Errors"', '"NextAction": "nowhere", "Errors"')
ODD = GOOD.replace('"Actions": [', '"Actions": [{"Identifier": "lost", "Type": "EndFlowExecution"}, ')
NEW = GOOD.replace("MessageParticipant", "MessageParticipantSoftly")
MODULE = json.dumps(json.loads(flow_content(last="EndFlowModuleExecution")) | {"Settings": {"Transitions": []}})


class Ran:
    """What a run of the command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def problems(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.out)["problems"]
        return found


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command in a folder of its own; a run that argparse ends has an exit code too."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        try:
            code = cli.main(["lint", *arguments])
        except SystemExit as ended:
            code = int(str(ended.code))
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with flows, good and bad ones."""
    (tmp_path / "flows" / "queue").mkdir(parents=True)
    for name, content in {"a.json": GOOD, "b.json": BAD, "queue/c.json": ODD, "queue/notes.txt": "no flow"}.items():
        (tmp_path / "flows" / name).write_text(content, encoding="utf-8")
    return tmp_path


def write(folder: Path, content: str | bytes, name: str = "flow.json") -> str:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


# --- exit codes


def test_a_valid_flow_is_0(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, GOOD))
    assert (ran.code, ran.lines, ran.err) == (0, ["1 file: 0 errors, 0 warnings"], "")


def test_errors_are_1(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, BAD))
    assert ran.code == 1
    assert ran.lines == [
        "flow.json:1: error: Invalid Action property value. Path: Actions[0].Transitions.NextAction, NextAction: nowhere, "
        "Identifier: greet. No action has this identifier. [dangling-transition]",
        "1 file: 1 error, 0 warnings",
    ]


def test_warnings_alone_are_0(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, ODD))
    assert (ran.code, ran.lines[-1]) == (0, "1 file: 0 errors, 1 warning")


@pytest.mark.parametrize("content", ["", "no JSON", "[]", "{}", "\ufeff" + GOOD])
def test_a_file_that_is_no_flow_is_1(lint: Any, tmp_path: Path, content: str) -> None:
    assert lint(write(tmp_path, content)).code == 1


def test_a_file_that_does_not_exist_is_2(lint: Any) -> None:
    ran = lint("gone.json")
    assert (ran.code, ran.out, ran.err) == (2, "", "connect-mock: gone.json: no such file\n")


def test_a_file_that_is_not_utf8_is_2(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, GOOD.encode("utf-16")))
    assert ran.code == 2
    assert "flow.json: not UTF-8" in ran.err


def test_a_file_that_cannot_be_read_does_not_keep_others_from_being_checked(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, b"\xff", "broken.json"), write(tmp_path, BAD))
    assert ran.code == 2
    assert "dangling-transition" in ran.out


@pytest.mark.parametrize("arguments", [[], ["--type", "FLOW", "a.json"], ["--format", "xml", "a.json"], ["--explain"]])
def test_a_command_line_that_is_no_good_is_2(lint: Any, arguments: list[str]) -> None:
    ran = lint(*arguments)
    assert ran.code == 2
    assert ran.err


# --- files


def test_a_folder_stands_for_its_json_files_at_any_depth(lint: Any, files: Path) -> None:
    assert lint("flows").lines[-1] == "3 files: 1 error, 1 warning"


def test_a_pattern_stands_for_the_files_that_match(lint: Any, files: Path) -> None:
    assert lint("flows/*.json").lines[-1] == "2 files: 1 error, 0 warnings"
    assert lint("flows/**/c.json").lines[-1] == "1 file: 0 errors, 1 warning"


def test_a_pattern_can_match_folders(lint: Any, files: Path) -> None:
    assert lint("flow*").lines[-1] == "3 files: 1 error, 1 warning"


def test_a_name_that_looks_like_a_pattern_can_be_a_file(lint: Any, tmp_path: Path) -> None:
    assert lint(write(tmp_path, GOOD, "flow[1].json")).code == 0


def test_a_file_that_is_named_twice_is_checked_once(lint: Any, files: Path) -> None:
    assert lint("flows/a.json", "flows/a.json", "flows/b.json").lines[-1].startswith("2 files")


@pytest.mark.parametrize("argument", ["*.yaml", "empty"])
def test_nothing_to_check_is_2(lint: Any, tmp_path: Path, argument: str) -> None:
    (tmp_path / "empty").mkdir()
    assert lint(argument).code == 2


def test_a_dash_is_standard_input(lint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    ran = lint("-")
    assert ran.code == 1
    assert ran.lines[0].startswith("stdin:1: error: ")


# --- types


def test_the_type_of_the_flow_can_be_given(lint: Any, tmp_path: Path) -> None:
    name = write(tmp_path, GOOD)
    assert lint(name, "--type", "CONTACT_FLOW").code == 0
    assert "wrong-flow-type" in lint(name, "--type", "AGENT_WHISPER").out


@pytest.mark.parametrize("flow_type", list(language().flow_types))
def test_every_type_is_known(lint: Any, tmp_path: Path, flow_type: str) -> None:
    assert lint(write(tmp_path, GOOD), "--type", flow_type).code in (0, 1)


def test_a_module_is_known_by_its_settings(lint: Any, tmp_path: Path) -> None:
    assert lint(write(tmp_path, MODULE)).code == 0
    assert "settings-in-flow" in lint(write(tmp_path, MODULE), "--type", "CONTACT_FLOW").out
    assert "missing-settings" in lint(write(tmp_path, GOOD), "--type", "MODULE").out


def test_what_only_a_module_can_do_is_an_error_in_a_flow(lint: Any, tmp_path: Path) -> None:
    assert "wrong-flow-type" in lint(write(tmp_path, flow_content(last="EndFlowModuleExecution"))).out


def test_what_a_flow_refers_to_is_not_looked_up(lint: Any, tmp_path: Path) -> None:
    transfer = '"TransferToFlow", "Parameters": {"ContactFlowId": "00000000-0000-4000-8000-000000000000"}'
    content = GOOD.replace('"MessageParticipant", "Parameters": {"Text": "Hello"}', transfer)
    assert lint(write(tmp_path, content)).code == 0


# --- unknown actions


def test_an_unknown_action_is_an_error_with_a_hint(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, NEW))
    assert ran.code == 1
    assert "Did you mean MessageParticipant" in ran.out


def test_unknown_actions_can_be_allowed(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, NEW), "--allow-unknown-actions")
    assert (ran.code, ran.lines[-1]) == (0, "1 file: 0 errors, 1 warning")


# --- explain


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_can_be_explained(lint: Any, rule: str) -> None:
    ran = lint("--explain", rule)
    assert (ran.code, ran.lines[0]) == (0, rule)
    assert ran.out == f"{rule}\n\n{RULES[rule].explanation}\n"


def test_a_rule_that_does_not_exist_is_2_and_names_those_there_are(lint: Any) -> None:
    ran = lint("--explain", "unheard")
    assert ran.code == 2
    assert "dangling-transition" in ran.err


# --- formats


def pretty(content: str) -> str:
    return json.dumps(json.loads(content), indent=2)


def test_a_problem_is_told_with_the_line_of_its_action(lint: Any, tmp_path: Path) -> None:
    content = pretty(BAD).replace('"nowhere"', '"bye"').replace('"Type": "DisconnectParticipant"', '"Type": "Bye"')
    (problem,) = lint(write(tmp_path, content), "--format", "json").problems
    assert content.splitlines()[problem["line"]].strip() == '"Identifier": "bye",'


@pytest.mark.parametrize(
    ("content", "line"),
    [(BAD, 1), (pretty(BAD), 6), (f"\n\n{BAD}", 3), (BAD.replace('"Actions": [{', '"Actions"\n:\n[\n\n{'), 5)],
)
def test_lines_are_right_however_the_file_is_laid_out(lint: Any, tmp_path: Path, content: str, line: int) -> None:
    (problem,) = lint(write(tmp_path, content), "--format", "json").problems
    assert problem["line"] == line


def test_json_has_all_that_is_known_of_a_problem(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, BAD), "--format", "json")
    assert json.loads(ran.out) == {
        "files": 1,
        "problems": [
            {
                "file": "flow.json",
                "line": 1,
                "rule": "dangling-transition",
                "identifier": "greet",
                "path": "Actions[0].Transitions.NextAction",
                "message": "Invalid Action property value. Path: Actions[0].Transitions.NextAction, NextAction: nowhere, "
                "Identifier: greet. No action has this identifier.",
                "severity": "error",
            }
        ],
    }


def test_json_of_a_valid_flow_has_no_problems(lint: Any, tmp_path: Path) -> None:
    assert json.loads(lint(write(tmp_path, GOOD), "--format", "json").out) == {"files": 1, "problems": []}


def test_github_has_a_command_for_each_problem(lint: Any, tmp_path: Path) -> None:
    ran = lint(write(tmp_path, BAD, "a,b.json"), write(tmp_path, ODD), "--format", "github")
    assert ran.code == 1
    assert ran.lines == [
        "::error file=a%2Cb.json,line=1,title=dangling-transition::Invalid Action property value. "
        "Path: Actions[0].Transitions.NextAction, NextAction: nowhere, Identifier: greet. No action has this identifier.",
        "::warning file=flow.json,line=1,title=unreachable-action::Action is never reached. "
        "Path: Actions[0], Identifier: lost. Connect it with what can be reached, or remove it.",
    ]


@pytest.fixture
def sarif(lint: Any, tmp_path: Path) -> dict[str, Any]:
    """The document for a flow with an error and one with a warning."""
    document: dict[str, Any] = json.loads(
        lint(write(tmp_path, pretty(BAD), "bad flow.json"), write(tmp_path, ODD), "--format", "sarif").out
    )
    return document


def test_sarif_says_what_it_is(sarif: dict[str, Any]) -> None:
    assert sarif.keys() == {"$schema", "version", "runs"}
    assert sarif["version"] == "2.1.0"
    assert sarif["$schema"].endswith("sarif-2.1.0.json")
    assert len(sarif["runs"]) == 1


def test_sarif_lists_the_rules(sarif: dict[str, Any]) -> None:
    driver = sarif["runs"][0]["tool"]["driver"]
    assert driver["name"] == "connect-mock"
    assert [each["id"] for each in driver["rules"]] == list(RULES)
    for each in driver["rules"]:
        assert each["fullDescription"]["text"].startswith(each["shortDescription"]["text"])


def test_sarif_lists_the_problems(sarif: dict[str, Any]) -> None:
    results = sarif["runs"][0]["results"]
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    assert [(each["ruleId"], each["level"]) for each in results] == [
        ("dangling-transition", "error"),
        ("unreachable-action", "warning"),
    ]
    for each in results:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["message"]["text"]


def test_sarif_says_where_a_problem_is(sarif: dict[str, Any]) -> None:
    (location,) = sarif["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "bad%20flow.json"}, "region": {"startLine": 6}}
    assert location["logicalLocations"] == [{"name": "greet", "fullyQualifiedName": "Actions[0].Transitions.NextAction"}]


def test_sarif_of_a_valid_flow_has_no_results(lint: Any, tmp_path: Path) -> None:
    assert json.loads(lint(write(tmp_path, GOOD), "--format", "sarif").out)["runs"][0]["results"] == []


# --- the command by itself


def command(*arguments: str, code: str = "", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """`connect-mock` in a process of its own, and `code` after it."""
    run = f"import sys, connect_mock_command; ended = connect_mock_command.main({list(arguments)!r}); {code}\nsys.exit(ended)"
    return subprocess.run([sys.executable, "-c", run], capture_output=True, timeout=60, check=False, **options)


def test_lint_imports_neither_moto_nor_boto3(tmp_path: Path) -> None:
    name = str(tmp_path / write(tmp_path, GOOD))
    imported = "print(sorted({'moto', 'boto3', 'botocore', 'connect_mock.flow'} & set(sys.modules)))"
    ran = command("lint", name, code=imported)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.splitlines()[-1] == b"['connect_mock.flow']"


def test_other_commands_are_there_as_well() -> None:
    ran = command("operations", "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"CreateContactFlow" in ran.stdout


def test_what_the_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    name = str(tmp_path / write(tmp_path, GOOD.replace('"MessageParticipant"', '"Grüße"')))
    ran = command("lint", name, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert b"Type: Gr\\xfc\\xdfe" in ran.stdout
