"""Views: draft and published content, versions, those of AWS, templates and the inputs that they declare."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]

UNKNOWN = "00000000-0000-4000-8000-000000000000"
FORM = "arn:aws:connect:us-east-1:aws:view/form"
MANAGED = ["after-contact-work", "cards", "confirmation", "detail", "form", "list"]


def component(type: str = "Header", *content: Any, **props: Any) -> dict[str, Any]:
    return {"_id": type, "Type": type, "Props": props, "Content": list(content)}


def template(*body: Any, **head: Any) -> str:
    """The text of a template that can be published."""
    return json.dumps({"Head": {"Title": "Page", "Configuration": {}} | head, "Body": list(body) or [component()]})


def page(*body: Any, **head: Any) -> dict[str, Any]:
    return {"Template": template(*body, **head), "Actions": ["Next", "Back"]}


@pytest.fixture
def create(act: Act) -> Callable[..., dict[str, Any]]:
    """Makes a published view and gives it as it is answered."""

    def make(name: str = "Welcome", **members: Any) -> dict[str, Any]:
        asked = {"Name": name, "Status": "PUBLISHED", "Content": page()} | members
        return dict(act("create_view", **asked)["View"])

    return make


@pytest.fixture
def view_id(create: Callable[..., dict[str, Any]]) -> str:
    """The id of a published view."""
    return str(create()["Id"])


@pytest.fixture
def draft_id(create: Callable[..., dict[str, Any]]) -> str:
    """The id of a view that was saved and never published; its content is no view at all."""
    return str(create("Draft", Status="SAVED", Content={"Template": "{}"})["Id"])


@pytest.fixture
def describe(act: Act) -> Callable[[str], dict[str, Any]]:
    """A view as DescribeView shows it."""
    return lambda id: dict(act("describe_view", ViewId=id)["View"])


@pytest.fixture
def write(act: Act) -> Act:
    """Writes other content, published unless it says otherwise."""

    def update(id: str, title: str, status: str = "PUBLISHED") -> dict[str, Any]:
        return dict(act("update_view_content", ViewId=id, Status=status, Content=page(Title=title))["View"])

    return update


def title(view: dict[str, Any]) -> str:
    return str(json.loads(view["Content"]["Template"])["Head"]["Title"])


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_view_is_described_as_it_was_created(create: Any, describe: Any, instance_id: str) -> None:
    made = create(Description="First page", Tags={"team": "chat"})
    assert made["Arn"] == f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/view/{made['Id']}"
    assert (made["Name"], made["Description"], made["Tags"]) == ("Welcome", "First page", {"team": "chat"})
    assert (made["Status"], made["Type"]) == ("PUBLISHED", "CUSTOMER_MANAGED")
    assert (made["Content"]["Template"], made["Content"]["Actions"]) == (template(), ["Next", "Back"])
    assert made["CreatedTime"] == made["LastModifiedTime"]
    assert describe(made["Id"]) == made


def test_a_view_is_described_by_arn_too(create: Any, describe: Any) -> None:
    made = create()
    assert describe(made["Arn"]) == describe(f"{made['Arn']}:$LATEST") == made


def test_a_view_that_was_only_saved_is_described_as_saved_alone(describe: Any, draft_id: str, refused: Any) -> None:
    assert describe(f"{draft_id}:$SAVED")["Status"] == "SAVED"
    for qualifier in ("", ":$LATEST", ":1"):
        with refused("ResourceNotFoundException"):
            describe(draft_id + qualifier)


def test_a_draft_has_no_hash_and_a_published_view_has_one_of_its_content(create: Any, write: Any) -> None:
    draft = create(Status="SAVED")
    assert "ViewContentSha256" not in draft
    hashes = [write(draft["Id"], title)["ViewContentSha256"] for title in ("One", "Two", "One")]
    assert hashes[0] == hashes[2] != hashes[1]
    assert len(hashes[0]) == 64


def test_a_name_is_taken_once_and_free_when_its_view_is_deleted(act: Act, create: Any, view_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        create()
    assert refusal.message == "View name already exists for the instance"
    act("delete_view", ViewId=view_id)
    assert create()["Id"] != view_id


def test_a_repeated_call_makes_one_view(create: Any) -> None:
    assert create(ClientToken="once")["Id"] == create(ClientToken="once")["Id"]


@pytest.mark.parametrize("status", ["", "DRAFT"])
def test_a_view_is_saved_or_published(create: Any, status: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        create(Status=status)


def test_views_can_be_tagged(client: Any, create: Any, describe: Any) -> None:
    made = create()
    client.tag_resource(resourceArn=made["Arn"], tags={"team": "chat"})
    assert describe(made["Id"])["Tags"] == {"team": "chat"}


OPERATIONS: dict[str, dict[str, Any]] = {
    "describe_view": {},
    "update_view_content": {"Status": "SAVED", "Content": {"Template": "{}"}},
    "update_view_metadata": {"Name": "New"},
    "delete_view": {},
    "create_view_version": {},
    "list_view_versions": {},
    "delete_view_version": {"ViewVersion": 1},
}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("id", [UNKNOWN, "form", f"{FORM}s"])
def test_an_unknown_view_is_not_found(act: Act, operation: str, id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act(operation, ViewId=id, **OPERATIONS[operation])


# --- content ----------------------------------------------------------------------------------------------------------


def test_saved_content_is_not_published(write: Any, describe: Any, view_id: str) -> None:
    assert title(write(view_id, "Draft", "SAVED")) == "Draft"
    assert title(describe(view_id)) == "Page"
    assert title(describe(f"{view_id}:$SAVED")) == "Draft"


def test_published_content_is_the_draft_too(write: Any, describe: Any, view_id: str) -> None:
    write(view_id, "New")
    assert title(describe(view_id)) == title(describe(f"{view_id}:$SAVED")) == "New"


def test_new_content_modifies_a_view(write: Any, describe: Any, view_id: str, amazon_connect: Any) -> None:
    amazon_connect.clock.advance(60)
    view = write(view_id, "New")
    assert view["LastModifiedTime"] > view["CreatedTime"]


@pytest.mark.parametrize("status", ["SAVED", "PUBLISHED"])
@pytest.mark.parametrize("text", ["", "no JSON", "[]", '"Head"'])
def test_a_template_is_a_json_object(act: Act, view_id: str, text: str, status: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("update_view_content", ViewId=view_id, Status=status, Content={"Template": text})
    assert refusal.message.startswith("Content.Template must be ")


@pytest.mark.parametrize("status", ["SAVED", "PUBLISHED"])
def test_content_is_at_most_400_kilobytes_long(create: Any, status: str, refused: Any) -> None:
    fits = 400_000 - len(template(Title="")) - len("NextBack")
    create(Status=status, Content=page(Title="x" * fits))
    with refused("InvalidParameterException") as refusal:
        create("Longer", Status=status, Content=page(Title="x" * fits + "x"))
    assert refusal.message == "Content must be at most 400000 bytes long, got 400001"


PROBLEMS = [
    ({}, "Template/Head must be an object"),
    ({"Head": {"Title": "x"}}, "Template/Head must have required property 'Configuration'"),
    ({"Head": {"Configuration": {}}}, "Template/Head must have required property 'Title'"),
    ({"Head": {"Title": "x", "Configuration": []}}, "Template/Head/Configuration must be object"),
    ({"Head": {"Title": "x", "Configuration": {"Color": "red"}}}, "Configuration must not have additional property 'Color'"),
    ({}, "Template/Body must be a list of components"),
    ({"Body": ["text"]}, "Template/Body/0 must be a component"),
    ({"Body": [component(), {"Props": {}}]}, "Template/Body/1 must be a component"),
    ({"Body": [{"Type": "Header", "Props": []}]}, "Template/Body/0 must have an object in 'Props'"),
    ({"Body": [component("Card")]}, "Template/Body/0/Props must have required property 'Id'"),
    (
        {"Body": [component("Form", component("SubmitButton"))]},
        "Template/Body/0/Content/0/Props must have required property 'Label'",
    ),
    ({"Body": [component("Button", "Go", Label="Go")]}, "Template/Body/0/Props must not have additional property 'Label'"),
    (
        {"Body": [component() | {"Configuration": {"Style": {"padding": "0"}}}]},
        "Style must not have additional property 'padding'",
    ),
    (
        {"Body": [component("Header", "$.#Case.Id")]},
        "integrations used in the view body are not included in the view head: Case",
    ),
]


@pytest.mark.parametrize(("parts", "said"), PROBLEMS)
def test_a_template_that_is_no_view_is_saved_and_not_published(create: Any, parts: Any, said: str, refused: Any) -> None:
    content = {"Template": json.dumps(parts)}
    with refused("InvalidParameterException") as refusal:
        create(Content=content)
    assert said in refusal.message
    assert create(Status="SAVED", Content=content)["Status"] == "SAVED"


def test_an_integration_that_the_head_names_can_be_used(create: Any) -> None:
    create(Content=page(component("Header", "$.#Case.Id"), Integrations=["Case"]))


def test_published_content_has_a_template(create: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        create(Content={"Actions": ["Next"]})
    create(Status="SAVED", Content={"Actions": ["Next"]})


# --- inputs -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def schema(create: Any) -> Callable[..., dict[str, Any]]:
    """The schema of the inputs of a view of these components."""
    return lambda *body: dict(json.loads(create(Content=page(*body))["Content"]["InputSchema"]))


def test_a_view_without_references_takes_no_inputs(schema: Any) -> None:
    assert schema() == {"type": "object", "properties": {}, "required": []}


@pytest.mark.parametrize(
    "holder",
    [
        component("Header", description="$.Customer"),
        component("Header", "Hello ", "$.Customer"),
        component("AttributeBar", Attributes=[{"Label": "Name", "Value": "$.Customer"}]),
        component("Form", component("Section", component("Header", "$.Customer"))),
    ],
)
def test_a_reference_that_is_a_whole_value_declares_an_input(schema: Any, holder: Any) -> None:
    assert schema(holder) == {"type": "object", "properties": {"Customer": {}}, "required": ["Customer"]}


@pytest.mark.parametrize("text", ["Hello $.Customer", "$.Customer!", "$Customer", "$.", "$.1"])
def test_a_reference_inside_a_text_declares_nothing(schema: Any, text: str) -> None:
    assert schema(component("Header", text))["properties"] == {}


def test_a_reference_is_declared_once(schema: Any) -> None:
    assert schema(component("Header", "$.Name", "$.Name", description="$.Other"))["required"] == ["Other", "Name"]


def test_a_reference_into_an_input_makes_it_an_object(schema: Any) -> None:
    inner = {"type": "object", "properties": {"Name": {}, "City": {}}, "required": ["Name", "City"]}
    found = schema(component("Header", "$.Customer", "$.Customer.Name", "$.Customer.City"))
    assert found == {"type": "object", "properties": {"Customer": inner}, "required": ["Customer"]}


def test_the_schema_follows_the_template(act: Act, create: Any) -> None:
    id = create(Content=page(component("Header", "$.Old")))["Id"]
    content = page(component("Header", "$.New"))
    view = act("update_view_content", ViewId=id, Status="SAVED", Content=content)["View"]
    assert json.loads(view["Content"]["InputSchema"])["required"] == ["New"]


# --- metadata and deletion --------------------------------------------------------------------------------------------


def test_a_renamed_view_keeps_its_id_and_its_time(act: Act, view_id: str, describe: Any, amazon_connect: Any) -> None:
    before = describe(view_id)
    amazon_connect.clock.advance(60)
    act("update_view_metadata", ViewId=view_id, Name="Renamed", Description="New")
    assert describe(view_id) == before | {"Name": "Renamed", "Description": "New"}


def test_a_view_does_not_take_a_name_that_is_taken(act: Act, view_id: str, draft_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        act("update_view_metadata", ViewId=draft_id, Name="Welcome", Description="New")
    assert refusal.message == "View name already exists for the instance"


def test_a_name_or_a_description_is_needed(act: Act, view_id: str, refused: Any) -> None:
    with refused("InvalidRequestException"):
        act("update_view_metadata", ViewId=view_id)


def test_a_deleted_view_is_gone_with_its_versions(act: Act, view_id: str, describe: Any, refused: Any) -> None:
    act("create_view_version", ViewId=view_id)
    act("delete_view", ViewId=view_id)
    with refused("ResourceNotFoundException"):
        describe(f"{view_id}:1")
    assert act("list_views", Type="CUSTOMER_MANAGED")["ViewsSummaryList"] == []


# --- versions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def snapshot(act: Act) -> Callable[..., dict[str, Any]]:
    """Makes a version."""
    return lambda id, **members: dict(act("create_view_version", ViewId=id, **members)["View"])


def test_a_version_keeps_its_content(view_id: str, snapshot: Any, write: Any, describe: Any) -> None:
    made = snapshot(view_id, VersionDescription="First")
    write(view_id, "New")
    found = describe(f"{view_id}:1")
    assert (found["Version"], found["VersionDescription"], title(found)) == (1, "First", "Page")
    assert found["Arn"] == made["Arn"] == f"{describe(view_id)['Arn']}:1"


def test_unchanged_content_is_the_highest_version(view_id: str, snapshot: Any, write: Any) -> None:
    assert [snapshot(view_id)["Version"], snapshot(view_id)["Version"]] == [1, 1]
    write(view_id, "New")
    assert snapshot(view_id)["Version"] == 2


def test_a_version_is_of_the_published_content(view_id: str, snapshot: Any, write: Any) -> None:
    write(view_id, "Draft", "SAVED")
    assert title(snapshot(view_id)) == "Page"


def test_a_draft_has_no_versions(draft_id: str, snapshot: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        snapshot(draft_id)


def test_a_version_is_made_of_the_content_that_is_expected(view_id: str, snapshot: Any, describe: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        snapshot(view_id, ViewContentSha256="0" * 64)
    assert snapshot(view_id, ViewContentSha256=describe(view_id)["ViewContentSha256"])["Version"] == 1


def test_a_new_version_modifies_a_view_and_an_old_one_does_not(
    view_id: str, snapshot: Any, describe: Any, amazon_connect: Any
) -> None:
    amazon_connect.clock.advance(60)
    snapshot(view_id)
    first = describe(view_id)
    assert first["LastModifiedTime"] > first["CreatedTime"]
    amazon_connect.clock.advance(60)
    snapshot(view_id)
    assert describe(view_id) == first


def test_versions_are_listed_highest_first(act: Act, view_id: str, snapshot: Any, write: Any) -> None:
    for number in range(3):
        write(view_id, f"Page {number}")
        snapshot(view_id, VersionDescription=f"Change {number}")
    first = act("list_view_versions", ViewId=view_id, MaxResults=2)
    rest = act("list_view_versions", ViewId=view_id, MaxResults=2, NextToken=first["NextToken"])
    listed = first["ViewVersionSummaryList"] + rest["ViewVersionSummaryList"]
    assert [each["Version"] for each in listed] == [3, 2, 1]
    assert (listed[0]["Name"], listed[0]["VersionDescription"]) == ("Welcome", "Change 2")
    assert listed[0]["Arn"].endswith(f"/view/{view_id}:3")


def test_a_deleted_version_is_gone_and_its_number_is_not_used_again(
    act: Act, view_id: str, snapshot: Any, write: Any, describe: Any, refused: Any
) -> None:
    snapshot(view_id)
    act("delete_view_version", ViewId=view_id, ViewVersion=1)
    with refused("ResourceNotFoundException"):
        describe(f"{view_id}:1")
    with refused("ResourceNotFoundException"):
        act("delete_view_version", ViewId=view_id, ViewVersion=1)
    assert snapshot(view_id)["Version"] == 2


# --- those of AWS -----------------------------------------------------------------------------------------------------


def test_the_views_of_aws_are_in_every_instance(act: Act) -> None:
    listed = act("list_views", Type="AWS_MANAGED")["ViewsSummaryList"]
    assert [each["Id"] for each in listed] == MANAGED
    assert [each["Arn"] for each in listed] == [f"arn:aws:connect:us-east-1:aws:view/{id}" for id in MANAGED]


@pytest.mark.parametrize("qualifier", ["", ":1", ":$LATEST"])
@pytest.mark.parametrize(
    ("id", "actions"),
    [
        ("detail", ["ActionSelected", "Back"]),
        ("list", ["ActionSelected", "Back"]),
        ("cards", ["ActionSelected", "Back", "NoMatchFound"]),
        ("confirmation", ["Next"]),
        ("form", ["Next", "Back", "Step"]),
        ("after-contact-work", ["Submit", "Cancel"]),
    ],
)
def test_a_view_of_aws_is_described_by_its_arn(describe: Any, id: str, actions: list[str], qualifier: str) -> None:
    view = describe(f"arn:aws:connect:us-east-1:aws:view/{id}{qualifier}")
    assert (view["Id"], view["Type"], view["Status"], view["Version"]) == (id, "AWS_MANAGED", "PUBLISHED", 1)
    assert view["Content"]["Actions"] == actions
    assert json.loads(view["Content"]["InputSchema"])["properties"]


@pytest.mark.parametrize("id", [f"{FORM}:2", f"{FORM}:$SAVED", "arn:aws:connect:eu-west-2:aws:view/form"])
def test_there_is_no_other_version_and_no_other_region(describe: Any, id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        describe(id)


@pytest.mark.parametrize("operation", sorted(OPERATIONS.keys() - {"describe_view", "list_view_versions"}))
def test_a_view_of_aws_cannot_be_changed(act: Act, operation: str, refused: Any) -> None:
    with refused("AccessDeniedException"):
        act(operation, ViewId=FORM, **OPERATIONS[operation])


def test_a_view_of_aws_has_one_version(act: Act) -> None:
    (only,) = act("list_view_versions", ViewId=FORM)["ViewVersionSummaryList"]
    assert (only["Id"], only["Version"]) == ("form", 1)


def test_the_template_of_a_view_of_aws_can_be_published(create: Any, describe: Any) -> None:
    for id in MANAGED:
        content = describe(f"arn:aws:connect:us-east-1:aws:view/{id}")["Content"]
        create(id, Content={"Template": content["Template"], "Actions": content["Actions"]})


# --- list and search --------------------------------------------------------------------------------------------------


def test_views_are_listed_by_type_and_then_by_name(act: Act, create: Any, draft_id: str) -> None:
    create("Zebra")
    create("Apple")
    listed = [each["Name"] for each in act("list_views")["ViewsSummaryList"]]
    assert listed == [*MANAGED, "Apple", "Draft", "Zebra"]


def test_views_are_listed_a_page_at_a_time(act: Act, view_id: str) -> None:
    first = act("list_views", MaxResults=6)
    rest = act("list_views", MaxResults=6, NextToken=first["NextToken"])
    assert [each["Id"] for each in rest["ViewsSummaryList"]] == [view_id]


@pytest.mark.parametrize("operation", ["list_views", "search_views"])
def test_at_most_100_views_are_on_a_page(act: Act, operation: str, refused: Any) -> None:
    act(operation, MaxResults=100)
    with refused("InvalidParameterException"):
        act(operation, MaxResults=101)


def test_at_most_100_versions_are_on_a_page(act: Act, view_id: str, refused: Any) -> None:
    with refused("InvalidParameterException"):
        act("list_view_versions", ViewId=view_id, MaxResults=101)


@pytest.fixture
def found(act: Act) -> Callable[..., list[str]]:
    """The names of the views that a search finds."""
    return lambda **asked: [each["Name"] for each in act("search_views", **asked)["Views"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringCondition": {"FieldName": "name", "Value": "WEL", "ComparisonType": "STARTS_WITH"}}, ["Welcome"]),
        ({"StringCondition": {"FieldName": "description", "Value": "first", "ComparisonType": "CONTAINS"}}, ["Welcome"]),
        ({"ViewTypeCondition": "CUSTOMER_MANAGED"}, ["Draft", "Welcome"]),
        ({"ViewTypeCondition": "AWS_MANAGED"}, MANAGED),
        ({"ViewStatusCondition": "SAVED"}, ["Draft"]),
        ({"AndConditions": [{"ViewTypeCondition": "CUSTOMER_MANAGED"}, {"ViewStatusCondition": "PUBLISHED"}]}, ["Welcome"]),
    ],
)
def test_views_are_found_by_what_they_are(create: Any, draft_id: str, found: Any, condition: Any, expected: Any) -> None:
    create(Description="The first page")
    assert found(SearchCriteria=condition) == expected


def test_views_are_found_by_tag(create: Any, found: Any) -> None:
    create(Tags={"team": "chat"})
    assert found(SearchFilter={"AttributeFilter": {"TagCondition": {"TagKey": "team", "TagValue": "chat"}}}) == ["Welcome"]


def test_a_search_counts_what_it_found_and_shows_content(act: Act, view_id: str) -> None:
    page_of_one = act("search_views", MaxResults=1, SearchCriteria={"ViewTypeCondition": "CUSTOMER_MANAGED"})
    assert page_of_one["ApproximateTotalCount"] == 1
    assert title(page_of_one["Views"][0]) == "Page"


def test_an_unknown_field_is_refused(found: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        found(SearchCriteria={"StringCondition": {"FieldName": "status", "Value": "x", "ComparisonType": "EXACT"}})


# --- flows ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def show(act: Act) -> Callable[[str], Any]:
    """Publishes a flow that shows a view."""
    errors = ["NoMatchingCondition", "NoMatchingError", "TimeLimitExceeded"]
    action = {
        "Identifier": "show",
        "Type": "ShowView",
        "Transitions": {"NextAction": "bye", "Errors": [{"NextAction": "bye", "ErrorType": each} for each in errors]},
    }
    bye = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}

    def publish(view: str) -> Any:
        parameters = {"ViewResource": {"Id": view}, "InvocationTimeLimitSeconds": "60"}
        actions = [action | {"Parameters": parameters}, bye]
        content = {"Version": "2019-10-30", "StartAction": "show", "Metadata": {}, "Actions": actions}
        return act("create_contact_flow", Name="Guide", Type="CONTACT_FLOW", Content=json.dumps(content))

    return publish


@pytest.mark.parametrize("reference", ["{id}", "{arn}:$LATEST", "Welcome", "form", f"{FORM}:1"])
def test_a_flow_shows_views_of_the_instance_and_of_aws(create: Any, show: Any, reference: str) -> None:
    made = create()
    assert show(reference.format(id=made["Id"], arn=made["Arn"]))["ContactFlowId"]


def test_a_flow_that_shows_no_view_is_not_published(show: Any, refused: Any) -> None:
    with refused("InvalidContactFlowException"):
        show(UNKNOWN)
