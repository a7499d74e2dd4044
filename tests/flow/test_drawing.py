"""`connect-mock draw`: SVG and Mermaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from connect_mock.cli import main
from connect_mock.flow.columns import GAP_X, WIDTH
from connect_mock.flow.document import NotAFlow, read
from connect_mock.flow.drawing import Colouring, Look, mermaid, svg
from connect_mock.flow.layout import Box, boxes

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


def drawn(content: str, **options: Any) -> ElementTree.Element:
    return ElementTree.fromstring(svg(content, **options))


def texts(picture: ElementTree.Element, classes: str) -> list[str | None]:
    return [text.text for text in picture.findall(f".//svg:g[@class='{classes}']/svg:text", NAMES)]


def test_svg_has_a_box_for_each_action_a_row_and_a_line_for_each_transition_and_one_for_the_start() -> None:
    picture = drawn(FLOW)
    assert len(picture.findall(".//svg:rect", NAMES)) == 3
    assert len(picture.findall(".//svg:path[@class='line']", NAMES)) == 6
    assert texts(picture, "way") == ["NextAction", "1", "NextAction", "TextContains x"]
    assert texts(picture, "way error") == ["NoMatchingError"]


def test_a_picture_can_be_coloured() -> None:
    colouring = Colouring(
        "rect{fill:red}", lambda action: Look(action.identifier, "seen"), lambda action, path: Look(path[12:])
    )
    picture = drawn(FLOW, colouring=colouring)
    assert "rect{fill:red}" in (picture.findtext("svg:style", "", NAMES))
    assert texts(picture, "box again") == ["Compare", "again"]
    assert texts(picture, "way error Errors[0].NextAction") == ["NoMatchingError"]
    assert picture.findtext(".//svg:g[@class='box again']/svg:title", "", NAMES) == "Compare again: seen"


def test_lines_in_front_are_drawn_last() -> None:
    colouring = Colouring("", of_transition=lambda action, path: Look("front" if "[" in path else "", "", "[" in path))
    groups = drawn(FLOW, colouring=colouring).findall("./svg:g/svg:g", NAMES)
    lines = [group.get("class", "") for group in groups if group.find("svg:path[@class='tip']", NAMES) is not None]
    assert lines == ["", "", "front", "error front", "front", "entry"]


def test_boxes_can_be_linked_to() -> None:
    ids = [group.get("id") for group in drawn(FLOW, anchor="flow").iter() if group.get("id")]
    assert ids == ["flow-0", "flow-1", "flow-2"]


def places(content: str) -> list[tuple[float, float]]:
    return [(box.x, box.y) for box in boxes(content, read(content))]


def test_actions_without_positions_stand_to_the_right_of_what_leads_to_them() -> None:
    assert [x for x, _ in places(FLOW)] == [0, WIDTH + GAP_X, 2 * (WIDTH + GAP_X)]


def test_what_cannot_be_reached_stands_last() -> None:
    orphan = {"Identifier": "orphan", "Type": "Compare", "Transitions": {"NextAction": "first"}}
    assert [x for x, _ in places(flow(orphan, FIRST, LAST))] == [2 * (WIDTH + GAP_X), 0, WIDTH + GAP_X]
    assert [x for x, _ in places(flow(orphan, LAST))] == [0, 0]


def test_lines_go_round_the_boxes_between() -> None:
    placed = boxes(FLOW, read(FLOW))
    ((x, y),) = placed[0].lanes_to(2, placed[2].x)
    between = placed[1]
    assert x == between.x
    assert not between.y <= y <= between.y + between.height


def at(**positions: tuple[float, float]) -> dict[str, Any]:
    return {"ActionMetadata": {name: {"position": {"x": x, "y": y}} for name, (x, y) in positions.items()}}


def test_actions_stand_where_the_console_put_them() -> None:
    metadata = at(first=(100, 20), again=(400, 20), last=(700.5, 20))
    assert places(flow(FIRST, AGAIN, LAST, Metadata=metadata)) == [(0, 0), (300, 0), (600.5, 0)]


def overlap(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) < WIDTH and min(one.y + one.height, other.y + other.height) > max(one.y, other.y)


def test_actions_that_the_console_put_too_close_for_the_picture_are_pulled_apart() -> None:
    content = flow(FIRST, AGAIN, LAST, Metadata=at(first=(0, 0), again=(150, 10), last=(0, 60)))
    first, again, last = boxes(content, read(content))
    assert (first.x, first.y, last.x) == (0, 0, 0)
    assert not any(map(overlap, (first, again, last), (again, last, first)))
    assert again.x > 150
    assert last.y > 60


def test_actions_that_the_console_put_on_one_another_stand_in_columns() -> None:
    content = flow(FIRST, AGAIN, LAST, Metadata=at(first=(7, 7), again=(7, 7), last=(7, 7)))
    assert places(content) == places(FLOW)


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {"ActionMetadata": []},
        {"ActionMetadata": {"first": {"position": {"x": "1"}}}},
        at(first=(1e300, 0), again=(0, 0), last=(1, 1)),
        at(first=(10**400, 0), again=(0, 0), last=(1, 1)),
    ],
)
def test_positions_that_are_none_do_no_harm(metadata: Any) -> None:
    content = flow(FIRST, AGAIN, LAST, Metadata=metadata)
    assert places(content) == places(FLOW)


def test_names_cannot_break_out_of_a_picture() -> None:
    hostile = LAST | {"Identifier": '"]</text><script>', "Type": "<b>&"}
    content = flow(hostile)
    ElementTree.fromstring(svg(content))
    assert "<script>" not in svg(content)
    assert '"]</text>' not in mermaid(content)


def test_characters_that_no_picture_can_hold_are_replaced() -> None:
    picture = svg(flow(LAST | {"Identifier": "a\x00b\ud800c"}))
    assert "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c" in picture
    ElementTree.fromstring(picture.encode())


def test_entries_that_are_no_actions_are_passed_over() -> None:
    content = flow(7, FIRST | {"Transitions": {"NextAction": "last"}}, LAST)  # type: ignore[arg-type]
    assert "a0 --> a1" in mermaid(content)
    assert len(drawn(content).findall(".//svg:rect", NAMES)) == 2


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
