"""Task templates: their life, their versions, and all that can be wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.resources.test_contact_flow_modules import module_content

Act = Callable[..., Any]

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def named(*names: str) -> list[dict[str, Any]]:
    return [{"Id": {"Name": name}} for name in names]


def a_field(name: str, type: str, **members: Any) -> dict[str, Any]:
    return {"Id": {"Name": name}, "Type": type, **members}


def default(name: str, value: str) -> dict[str, Any]:
    return {"DefaultFieldValues": [{"Id": {"Name": name}, "DefaultValue": value}]}


FIELDS = [
    a_field("Task name", "NAME"),
    a_field("Count", "NUMBER"),
    a_field("Urgent", "BOOLEAN"),
    a_field("Color", "SINGLE_SELECT", SingleSelectOptions=["red", "blue"]),
    a_field("Note", "TEXT"),
    a_field("Story", "TEXT_AREA"),
    a_field("Agent", "QUICK_CONNECT"),
]


@pytest.fixture
def asked(flow_id: str) -> dict[str, Any]:
    """The members of a template without fault."""
    return {
        "Name": "Call back",
        "ContactFlowId": flow_id,
        "Fields": FIELDS,
        "Constraints": {"RequiredFields": named("Task name")},
    }


@pytest.fixture
def create(act: Act, asked: dict[str, Any]) -> Callable[..., str]:
    """Makes a template and gives its id; a member that is None is left out."""

    def make(**changes: Any) -> str:
        members = {name: value for name, value in (asked | changes).items() if value is not None}
        return str(act("create_task_template", **members)["Id"])

    return make


@pytest.fixture
def describe(act: Act) -> Callable[..., dict[str, Any]]:
    """A template as GetTaskTemplate shows it."""

    def get(id: str, **members: Any) -> dict[str, Any]:
        found = act("get_task_template", TaskTemplateId=id, **members)
        return {name: value for name, value in found.items() if name != "ResponseMetadata"}

    return get


@pytest.fixture
def update(act: Act, asked: dict[str, Any]) -> Act:
    """Replaces a template; a member that is None is left out."""

    def change(id: str, **changes: Any) -> Any:
        members = {"Status": "ACTIVE", **asked, **changes}
        given = {name: value for name, value in members.items() if value is not None}
        return act("update_task_template", TaskTemplateId=id, **given)

    return change


@pytest.fixture
def wrong(refused: Any) -> Callable[[Callable[[], Any]], list[tuple[str, str]]]:
    """The paths and reasons with which a call is refused."""

    def problems(call: Callable[[], Any]) -> list[tuple[str, str]]:
        with refused("PropertyValidationException") as refusal:
            call()
        return [(each["PropertyPath"], each["Reason"]) for each in refusal.response["PropertyList"]]

    return problems


# --- life -------------------------------------------------------------------------------------------------------------


def test_a_template_is_described_as_it_was_created(
    create: Any, asked: dict[str, Any], describe: Any, instance_id: str
) -> None:
    defaults = default("Color", "blue")
    id = create(Description="Call a customer", Defaults=defaults)
    found = describe(id)
    assert found.pop("CreatedTime") == found.pop("LastModifiedTime")
    assert found == asked | {
        "InstanceId": instance_id,
        "Id": id,
        "Arn": f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/task-template/{id}",
        "Description": "Call a customer",
        "Defaults": defaults,
        "Status": "ACTIVE",
        "Tags": {},
    }


def test_a_template_is_found_by_arn_too(create: Any, describe: Any) -> None:
    id = create()
    assert describe(describe(id)["Arn"])["Id"] == id


def test_a_template_can_be_inactive(create: Any, describe: Any) -> None:
    assert describe(create(Status="INACTIVE"))["Status"] == "INACTIVE"


def test_a_flow_is_named_by_arn_too(client: Any, instance_id: str, flow_id: str, create: Any, describe: Any) -> None:
    flow = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]
    assert describe(create(ContactFlowId=flow["Arn"]))["ContactFlowId"] == flow_id


def test_a_field_of_type_quick_connect_stands_for_the_flow(create: Any, describe: Any) -> None:
    assert "ContactFlowId" not in describe(create(ContactFlowId=None))


def test_a_repeated_call_makes_one_template(create: Any) -> None:
    assert create(ClientToken="once") == create(ClientToken="once")


@pytest.mark.amazon_connect(quotas={"task_templates": 1, "task_template_fields": 8})
def test_an_instance_has_so_many_templates_and_a_template_so_many_fields(create: Any, refused: Any) -> None:
    more = [*FIELDS, *(a_field(f"Field {number}", "URL") for number in range(2))]
    with refused("ServiceQuotaExceededException"):
        create(Fields=more)
    create(Fields=more[:8])
    with refused("ServiceQuotaExceededException"):
        create(Name="Another")


def test_templates_can_be_tagged(client: Any, create: Any, describe: Any) -> None:
    id = create()
    client.tag_resource(resourceArn=describe(id)["Arn"], tags={"team": "voice"})
    assert describe(id)["Tags"] == {"team": "voice"}


def test_an_update_replaces_the_whole_template(create: Any, update: Any, describe: Any) -> None:
    id = create(Description="Call a customer", Defaults=default("Color", "blue"))
    update(id, Name="Renamed", Status="INACTIVE")
    found = describe(id)
    assert (found["Name"], found["Status"]) == ("Renamed", "INACTIVE")
    assert "Description" not in found
    assert "Defaults" not in found


def test_an_update_answers_the_whole_template(create: Any, update: Any, describe: Any, amazon_connect: Any) -> None:
    id = create()
    amazon_connect.clock.advance(60)
    answer = update(id, Description="New")
    found = describe(id)
    assert answer["LastModifiedTime"] > answer["CreatedTime"]
    assert {name: answer[name] for name in found if name != "Tags"} == {k: v for k, v in found.items() if k != "Tags"}


def test_an_update_gives_a_template_all_that_it_can_have(
    act: Act, flow_id: str, create: Any, update: Any, describe: Any
) -> None:
    module = act("create_contact_flow_module", Name="Wrap up", Content=module_content())["Id"]
    whole = {
        "Description": "Call a customer",
        "SelfAssignFlowId": flow_id,
        "ContactHooks": {"WrapUpFlowId": module},
        "Constraints": {
            "RequiredFields": named("Task name"),
            "ReadOnlyFields": named("Count"),
            "InvisibleFields": named("Note"),
        },
        "Defaults": default("Color", "blue"),
        "Fields": [*FIELDS, a_field("Site", "URL", Description="Where it is")],
    }
    id = create()
    answer, found = update(id, **whole), describe(id)
    assert whole.items() <= answer.items()
    assert whole.items() <= found.items()


@pytest.mark.amazon_connect(quotas={"task_template_fields": 7})
def test_an_update_does_not_give_a_template_more_fields(create: Any, update: Any, refused: Any) -> None:
    id = create()
    with refused("ServiceQuotaExceededException"):
        update(id, Fields=[*FIELDS, a_field("Site", "URL")])


def test_an_update_needs_a_status(create: Any, update: Any, refused: Any) -> None:
    id = create()
    with refused("InvalidParameterException") as refusal:
        update(id, Status=None)
    assert "Status" in refusal.message


def test_an_update_without_name_and_fields_is_no_template(create: Any, update: Any, wrong: Any) -> None:
    id = create()
    assert ("Name", "REQUIRED_PROPERTY_MISSING") in wrong(lambda: update(id, Name=None))
    assert ("Fields", "REQUIRED_PROPERTY_MISSING") in wrong(lambda: update(id, Fields=None))


def test_a_version_shows_the_template_as_it_was(create: Any, update: Any, describe: Any) -> None:
    id = create(Description="First")
    before = describe(id)
    update(id, Name="Second")
    assert describe(id, SnapshotVersion="1") == before
    assert describe(id, SnapshotVersion="2") == describe(id)


def test_a_version_that_does_not_exist_is_not_found(create: Any, describe: Any, refused: Any) -> None:
    id = create()
    with refused("ResourceNotFoundException"):
        describe(id, SnapshotVersion="2")


def test_a_deleted_template_is_gone(act: Act, create: Any) -> None:
    act("delete_task_template", TaskTemplateId=create())
    assert act("list_task_templates")["TaskTemplates"] == []


@pytest.mark.parametrize("operation", ["get_task_template", "delete_task_template"])
def test_an_unknown_template_is_not_found(act: Act, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act(operation, TaskTemplateId=UNKNOWN)


def test_an_unknown_template_is_not_updated(update: Any, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        update(UNKNOWN)


# --- list -------------------------------------------------------------------------------------------------------------


def test_templates_are_listed_with_name_description_and_status(act: Act, create: Any) -> None:
    create(Description="Call a customer")
    (listed,) = act("list_task_templates")["TaskTemplates"]
    assert (listed["Name"], listed["Description"], listed["Status"]) == ("Call back", "Call a customer", "ACTIVE")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Call back", "Visit"]),
        ({"Status": "INACTIVE"}, ["Visit"]),
        ({"Name": "Call back"}, ["Call back"]),
        ({"Name": "Call"}, []),
        ({"Name": "Visit", "Status": "ACTIVE"}, []),
    ],
)
def test_templates_are_listed_by_status_and_name(act: Act, create: Any, filters: Any, expected: list[str]) -> None:
    create()
    create(Name="Visit", Status="INACTIVE")
    assert [each["Name"] for each in act("list_task_templates", **filters)["TaskTemplates"]] == expected


def test_templates_are_listed_a_page_at_a_time(act: Act, create: Any) -> None:
    create()
    create(Name="Visit")
    first = act("list_task_templates", MaxResults=1)
    rest = act("list_task_templates", MaxResults=1, NextToken=first["NextToken"])
    assert [each["Name"] for each in rest["TaskTemplates"]] == ["Visit"]


def test_at_most_100_templates_are_on_a_page(act: Act, refused: Any) -> None:
    act("list_task_templates", MaxResults=100)
    with refused("InvalidParameterException"):
        act("list_task_templates", MaxResults=101)


# --- what is wrong ----------------------------------------------------------------------------------------------------

MISSING, TWICE, NOWHERE = "REQUIRED_PROPERTY_MISSING", "UNIQUE_CONSTRAINT_VIOLATED", "REFERENCED_RESOURCE_NOT_FOUND"
NAME, VALUE = FIELDS[0], "Defaults.DefaultFieldValues[0].DefaultValue"

FAULTS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"Constraints": None}, [("Constraints.RequiredFields", MISSING)]),
    ({"Constraints": {"RequiredFields": []}}, [("Constraints.RequiredFields", MISSING)]),
    ({"Constraints": {"RequiredFields": named("Count")}}, [("Constraints.RequiredFields", MISSING)]),
    (
        {"Constraints": {"RequiredFields": named("Task name"), "ReadOnlyFields": named("Count", "No such")}},
        [("Constraints.ReadOnlyFields[1].Id.Name", NOWHERE)],
    ),
    (
        {"Constraints": {"RequiredFields": named("Task name"), "InvisibleFields": named("No such")}},
        [("Constraints.InvisibleFields[0].Id.Name", NOWHERE)],
    ),
    ({"Fields": [a_field("Task name", "TEXT")]}, [("Fields", MISSING)]),
    (
        {"Fields": [NAME, a_field("Other", "NAME")], "Constraints": {"RequiredFields": named("Task name", "Other")}},
        [("Fields[1].Type", TWICE)],
    ),
    (
        {"Fields": [NAME, a_field("Count", "URL"), a_field("Count", "URL")]},
        [("Fields[1].Id.Name", TWICE), ("Fields[2].Id.Name", TWICE)],
    ),
    ({"Fields": [NAME, {"Id": {}, "Type": "URL"}]}, [("Fields[1].Id.Name", MISSING)]),
    ({"Fields": [NAME, {"Id": {"Name": "Count"}}]}, [("Fields[1].Type", MISSING)]),
    ({"Fields": [NAME, a_field("Color", "SINGLE_SELECT")]}, [("Fields[1].SingleSelectOptions", MISSING)]),
    ({"Fields": [NAME], "ContactFlowId": None}, [("ContactFlowId", MISSING)]),
    ({"ContactFlowId": UNKNOWN}, [("ContactFlowId", NOWHERE)]),
    ({"SelfAssignFlowId": UNKNOWN}, [("SelfAssignFlowId", NOWHERE)]),
    ({"ContactHooks": {"WrapUpFlowId": UNKNOWN}}, [("ContactHooks.WrapUpFlowId", NOWHERE)]),
    ({"Defaults": default("No such", "x")}, [("Defaults.DefaultFieldValues[0].Id.Name", NOWHERE)]),
    ({"Defaults": default("Agent", UNKNOWN)}, [(VALUE, NOWHERE)]),
    ({"Defaults": default("Count", "many")}, [(VALUE, "TYPE_MISMATCH")]),
    ({"Defaults": default("Count", "NaN")}, [(VALUE, "TYPE_MISMATCH")]),
    ({"Defaults": default("Urgent", "yes")}, [(VALUE, "TYPE_MISMATCH")]),
    ({"Defaults": default("Color", "green")}, [(VALUE, "TYPE_MISMATCH")]),
    ({"Defaults": default("Note", "x" * 513)}, [(VALUE, "TYPE_MISMATCH")]),
    ({"Constraints": None, "ContactFlowId": UNKNOWN}, [("Constraints.RequiredFields", MISSING), ("ContactFlowId", NOWHERE)]),
]


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_all_that_is_wrong_with_a_template_is_listed(create: Any, wrong: Any, changes: Any, expected: Any) -> None:
    assert wrong(lambda: create(**changes)) == expected


@pytest.mark.parametrize(("changes", "expected"), FAULTS[:3])
def test_an_update_is_checked_like_a_new_template(create: Any, update: Any, wrong: Any, changes: Any, expected: Any) -> None:
    id = create()
    assert wrong(lambda: update(id, **changes)) == expected


@pytest.mark.parametrize(
    ("name", "value"), [("Count", "-1.5"), ("Urgent", "TRUE"), ("Color", "red"), ("Note", "x" * 512), ("Story", "x" * 4096)]
)
def test_a_default_that_suits_its_field_is_kept(create: Any, describe: Any, name: str, value: str) -> None:
    assert describe(create(Defaults=default(name, value)))["Defaults"] == default(name, value)


def test_a_name_is_taken_once(create: Any, update: Any, wrong: Any) -> None:
    create()
    assert wrong(create) == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]
    other = create(Name="Visit")
    assert wrong(lambda: update(other)) == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]


def test_an_update_can_keep_the_name(create: Any, update: Any) -> None:
    assert update(create(), Description="New")["Name"] == "Call back"


def test_the_message_says_what_would_do(create: Any, refused: Any) -> None:
    with refused("PropertyValidationException") as refusal:
        create(Defaults=default("Color", "green"))
    assert refusal.message == f"{VALUE}: must be one of the field's options, got 'green'"
