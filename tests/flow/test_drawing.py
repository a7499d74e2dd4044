"""`connect-mock draw`: SVG and Mermaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from connect_mock.cli import main
from connect_mock.flow.document import NotAFlow, read
from connect_mock.flow.drawing import COLUMN, ROW, boxes, mermaid, svg

NAMES = {"svg": "http://www.w3.org/2000/svg"}


def flow(*actions: dict[str, Any], **members: Any) -> str:
    return json.dumps({"Version": "2019-10-30", "StartAction": "first", "Actions": actions} | members)


FIRST = {
    "Identifier": "first",
    "Type": "GetParticipantInput",
    "Transitions": {
        "NextAction": "last",
        "Conditions": [{"NextAction": "again", "Condition": {"Operator": "Equals", "Operands": ["1"]}}],
        "Errors": [{"NextAction": "last", "ErrorType": "NoMatchingError"}],
    },
}
AGAIN = {
    "Identifier": "again",
    "Type": "Compare",
    "Transitions": {
        "NextAction": "first",
        "Conditions": [{"NextAction": "last", "Condition": {"Operator": "TextContains", "Operands": ["x"]}}],
    },
}
LAST = {"Identifier": "last", "Type": "DisconnectParticipant", "Transitions": {}}
FLOW = flow(FIRST, AGAIN, LAST)


def test_mermaid_shows_actions_and_branches() -> None:
    assert mermaid(FLOW).splitlines() == [
        "flowchart LR",
        "    start([Start])",
        '    a0["GetParticipantInput<br/>first"]',
        '    a1["Compare<br/>again"]',
        '    a2["DisconnectParticipant<br/>last"]',
        "    start --> a0",
        "    a0 --> a2",
        '    a0 -->|"1"| a1',
        '    a0 -.->|"NoMatchingError"| a2',
        "    a1 --> a0",
        '    a1 -->|"TextContains x"| a2',
    ]


def test_svg_has_a_box_for_each_action_and_a_line_between_each_two() -> None:
    picture = ElementTree.fromstring(svg(FLOW))
    assert len(picture.findall(".//svg:rect", NAMES)) == 3
    assert len(picture.findall("./svg:g/svg:path", NAMES)) == 4
    assert {text.text for text in picture.findall(".//svg:text[@class='label']", NAMES)} == {
        "1",
        "NoMatchingError",
        "TextContains x",
    }


def test_actions_without_positions_stand_in_columns_by_their_distance_from_the_start() -> None:
    assert [(box.x, box.y) for box in boxes(FLOW, read(FLOW))] == [(0, 0), (COLUMN, 0), (COLUMN, ROW)]


def test_actions_stand_where_the_console_put_them() -> None:
    places = {name: {"position": {"x": x, "y": 20}} for name, x in (("first", 100), ("again", 400), ("last", 700.5))}
    content = flow(FIRST, AGAIN, LAST, Metadata={"ActionMetadata": places})
    assert [(box.x, box.y) for box in boxes(content, read(content))] == [(0, 0), (300, 0), (600.5, 0)]


@pytest.mark.parametrize(
    "metadata", [None, [], {"ActionMetadata": []}, {"ActionMetadata": {"first": {"position": {"x": "1"}}}}]
)
def test_positions_that_are_none_do_no_harm(metadata: Any) -> None:
    content = flow(FIRST, AGAIN, LAST, Metadata=metadata)
    assert "<rect" in svg(content)


def test_names_cannot_break_out_of_a_picture() -> None:
    hostile = LAST | {"Identifier": '"]</text><script>', "Type": "<b>&"}
    content = flow(hostile)
    ElementTree.fromstring(svg(content))
    assert "<script>" not in svg(content)
    assert '"]</text>' not in mermaid(content)


def test_a_transition_that_leads_nowhere_is_left_out() -> None:
    content = flow(FIRST | {"Transitions": {"NextAction": "nowhere"}})
    assert "-->" not in mermaid(content).partition("start --> a0")[2]


def test_what_is_no_flow_is_not_drawn() -> None:
    with pytest.raises(NotAFlow):
        svg("{}")


@pytest.mark.parametrize(("form", "beginning"), [("svg", "<svg "), ("mermaid", "flowchart LR")])
def test_the_command_prints_the_picture(tmp_path: Path, capsys: Any, form: str, beginning: str) -> None:
    file = tmp_path / "flow.json"
    file.write_text(FLOW)
    assert main(["draw", "--format", form, str(file)]) == 0
    assert capsys.readouterr().out.startswith(beginning)


def test_the_command_refuses_what_is_no_flow(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "none.json"
    assert main(["draw", str(file)]) == 2
    assert "none.json" in capsys.readouterr().err
