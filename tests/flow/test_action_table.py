"""The list of action types that `connect-mock actions` writes and the README shows."""

from __future__ import annotations

import json

import pytest

from connect_mock.flow.action_table import FORMATS, FULLY, REFUSED, Row, rows
from connect_mock.flow.actions import ACTIONS
from connect_mock.flow.actions.effects import Recorded
from connect_mock.flow.language import language


def row(name: str) -> Row:
    return next(each for each in rows() if each.name == name)


def test_every_type_has_one_row() -> None:
    assert [each.name for each in rows()] == sorted({*ACTIONS, *language().actions})


def test_every_row_says_what_the_type_does() -> None:
    assert [each.name for each in rows() if not each.does.endswith(".")] == []


def test_a_type_that_the_service_refuses_is_none_that_runs() -> None:
    assert {each.name for each in rows() if each.runs == REFUSED} == ACTIONS.keys() - language().actions.keys()


@pytest.mark.parametrize("name", [name for name in language().actions if issubclass(ACTIONS[name], Recorded)])
def test_what_is_only_noted_has_a_reason_of_its_own(name: str) -> None:
    others = [each.runs for each in rows() if each.name != name]
    assert row(name).runs.startswith("is noted, and succeeds. ")
    assert row(name).runs not in others


def test_what_runs_runs_fully() -> None:
    running = {each.name for each in rows() if each.runs == FULLY}
    assert running == {name for name in language().actions if not issubclass(ACTIONS[name], Recorded)}


def test_errors_of_one_form_alone_are_named() -> None:
    assert "InFlightRedactionConfigurationFailed" in row("UpdateContactRecordingAndAnalyticsBehavior").errors


def test_every_format_names_every_type() -> None:
    for name, write in FORMATS.items():
        assert [each for each in ACTIONS if each not in write(rows())] == [], name


def test_programs_read_the_list() -> None:
    listed = json.loads(FORMATS["json"](rows()))
    assert listed["TransferContactToQueue"]["errors"] == ["NoMatchingError", "QueueAtCapacity"]
