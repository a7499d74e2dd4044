"""What answers look like on the wire: from dicts, from resources, and of errors."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.model import Shape

from connect_mock.dispatch import service
from connect_mock.errors import InvalidRequestException, NotImplementedException, ResourceInUseException
from connect_mock.rendering import Renderers
from connect_mock.resource import NamedResource, Shown
from connect_mock.wire import Operation, Service
from tests.wire.http import made_up

NOON = datetime.datetime(2026, 11, 21, 12, 0, 0, 250_000, tzinfo=datetime.timezone.utc)

SHAPES: dict[str, Any] = {
    "Text": {"type": "string"},
    "Number": {"type": "double"},
    "Moment": {"type": "timestamp"},
    "IsoMoment": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Bytes": {"type": "blob"},
    "Moments": {"type": "list", "member": {"shape": "Moment"}},
    "MomentByName": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Moment"}},
    "Pot": {
        "type": "structure",
        "members": {
            "PotArn": {"shape": "Text"},
            "Id": {"shape": "Text"},
            "Name": {"shape": "Text"},
            "Description": {"shape": "Text"},
            "PotTitle": {"shape": "Text"},
            "Lid": {"shape": "Lid"},
            "Inner": {"shape": "Pot"},
            "Glaze": {"shape": "Text"},
        },
    },
    "Lid": {"type": "structure", "members": {"Size": {"shape": "Number", "locationName": "size"}}},
    "Everything": {
        "type": "structure",
        "members": {
            "Moment": {"shape": "Moment"},
            "IsoMoment": {"shape": "IsoMoment"},
            "Bytes": {"shape": "Bytes"},
            "Moments": {"shape": "Moments"},
            "MomentByName": {"shape": "MomentByName"},
            "Pot": {"shape": "Pot"},
            "Lid": {"shape": "Lid"},
        },
    },
}


class Place:
    """Something that resources belong to."""

    arn_prefix = "arn:aws:made-up:us-east-1:123456789012:"
    region_name = "us-east-1"


@dataclass(kw_only=True, slots=True, eq=False)
class Pot(NamedResource):
    arn_type = "pot"
    prefixes = ("Pot",)

    title: str | None = None
    lid: dict[str, Any] | None = None
    inner: Pot | None = None


def shape(name: str) -> Shape:
    return made_up(SHAPES).shape_for(name)


def rendered(value: Any, name: str = "Everything") -> Any:
    return json.loads(Renderers().of(shape(name))(value))


@pytest.fixture
def pot() -> Pot:
    return Pot(owner=Place(), id="p", name="Stew", title="The pot", lid={"Size": 1.5})


# --- values


def test_a_moment_is_a_number_of_seconds_with_milliseconds() -> None:
    assert rendered({"Moment": NOON}) == {"Moment": 1795262400.25}


def test_a_moment_whose_shape_says_so_is_iso_8601() -> None:
    assert rendered({"IsoMoment": NOON}) == {"IsoMoment": "2026-11-21T12:00:00.250Z"}


def test_moments_in_lists_and_maps_are_numbers_too() -> None:
    assert rendered({"Moments": [NOON], "MomentByName": {"noon": NOON}}) == {
        "Moments": [1795262400.25],
        "MomentByName": {"noon": 1795262400.25},
    }


def test_bytes_are_base64() -> None:
    assert rendered({"Bytes": b"hi"}) == {"Bytes": "aGk="}


def test_a_member_has_its_name_on_the_wire() -> None:
    assert rendered({"Lid": {"Size": 2}}) == {"Lid": {"size": 2}}


def test_what_is_none_or_not_in_the_shape_is_left_out() -> None:
    assert rendered({"Lid": None, "Pot": {"Name": "Stew", "Secret": 1}, "Other": 2}) == {"Pot": {"Name": "Stew"}}


def test_what_is_empty_or_false_is_not_left_out() -> None:
    assert rendered({"Moments": [], "MomentByName": {}, "Bytes": b"", "Lid": {"Size": 0}}) == {
        "Moments": [],
        "MomentByName": {},
        "Bytes": "",
        "Lid": {"size": 0},
    }


# --- resources


def test_a_resource_answers_for_the_members_of_the_shape(pot: Pot) -> None:
    arn = "arn:aws:made-up:us-east-1:123456789012:pot/p"
    assert rendered(pot, "Pot") == {"PotArn": arn, "Id": "p", "Name": "Stew", "PotTitle": "The pot", "Lid": {"size": 1.5}}


def test_a_resource_in_a_resource_is_rendered(pot: Pot) -> None:
    pot.inner = Pot(owner=Place(), id="q", name="Inside")
    assert rendered({"Pot": pot})["Pot"]["Inner"]["Name"] == "Inside"


def test_a_resource_is_shown_with_other_values(pot: Pot) -> None:
    shown = rendered({"Pot": Shown(pot, name="Soup", title=None)})["Pot"]
    assert (shown["Name"], shown["Id"]) == ("Soup", "p")
    assert "PotTitle" not in shown


def test_a_member_of_a_newer_model_is_given_back(pot: Pot) -> None:
    pot.unknown = {"glaze": "blue"}
    assert rendered(pot, "Pot")["Glaze"] == "blue"
    assert rendered(Shown(pot, name="Soup"), "Pot")["Glaze"] == "blue"


# --- errors


@pytest.fixture(scope="module")
def operation() -> Operation:
    return service("connect").operation("DeleteContactFlow")


def test_an_error_has_the_status_of_the_model_and_its_own_members(operation: Operation) -> None:
    answer = operation.refusal(ResourceInUseException("in use", ResourceType="CONTACT_FLOW", ResourceId="f"))
    assert (answer.status, answer.headers["x-amzn-ErrorType"]) == (409, "ResourceInUseException")
    assert json.loads(answer.body) == {"Message": "in use", "ResourceType": "CONTACT_FLOW", "ResourceId": "f"}


def test_members_that_the_shape_of_an_error_does_not_have_are_left_out(operation: Operation) -> None:
    assert json.loads(operation.refusal(InvalidRequestException("no", Colour="red")).body) == {"Message": "no"}


def test_an_error_of_the_front_end_spells_message_in_lower_case(operation: Operation) -> None:
    answer = operation.refusal(NotImplementedException("not yet"))
    assert (answer.status, json.loads(answer.body)) == (501, {"message": "not yet"})


def test_each_answer_has_a_request_id_of_its_own(operation: Operation) -> None:
    first, second = operation.render(None), operation.render(None)
    assert first.body == second.body == b"{}"
    assert first.headers["x-amzn-RequestId"] != second.headers["x-amzn-RequestId"]


def test_answers_are_ascii(operation: Operation) -> None:
    assert (
        json.loads(operation.refusal(InvalidRequestException("Übel \U0001f41f")).body.decode("ascii"))["Message"] == "Übel 🐟"
    )


# --- through a client


def test_moments_go_in_and_out_through_a_client(client: Any, instance_id: str, flow_id: str) -> None:
    where = {"InstanceId": instance_id, "ContactFlowId": flow_id}
    moment = NOON.replace(microsecond=0)
    client.create_contact_flow_version(**where, LastModifiedTime=moment, LastModifiedRegion="eu-west-2", ContactFlowVersion=1)
    shown = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=f"{flow_id}:1")["ContactFlow"]
    assert shown["LastModifiedTime"] == moment


def test_a_service_makes_each_operation_once() -> None:
    made = Service(made_up(SHAPES, {"ListPots": "GET /pots"}))
    assert made.operation("ListPots") is made.operation("ListPots")
