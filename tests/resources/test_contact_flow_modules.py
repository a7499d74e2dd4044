"""Flow modules: life, contract, versions, aliases, list and search."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

NOTHING = "00000000-0000-4000-8000-000000000000"
Act = Callable[..., Any]

CONTRACT = {
    "input": {"schema": {"type": "object", "properties": {"amount": {"type": "number"}, "who": {"type": "string"}}}},
    "resultData": {"schema": {"type": "object", "properties": {"score": {"type": "integer"}}}},
    "transitions": {"results": [{"name": "approved", "description": "Paid"}, {"name": "declined"}]},
}


def module_content(*, text: str = "Hello", settings: Any = (), **returns: Any) -> str:
    """Module content that can be published: say `text`, return. `returns` are the parameters of the return."""
    hello = {
        "Identifier": "greet",
        "Type": "MessageParticipant",
        "Parameters": {"Text": text},
        "Transitions": {"NextAction": "done", "Errors": [{"NextAction": "done", "ErrorType": "NoMatchingError"}]},
    }
    done = {"Identifier": "done", "Type": "EndFlowModuleExecution", "Parameters": returns, "Transitions": {}}
    written = {"InputParameters": [], "OutputParameters": [], "Transitions": []} if settings == () else settings
    return json.dumps(
        {"Version": "2019-10-30", "StartAction": "greet", "Metadata": {}, "Actions": [hello, done], "Settings": written}
    )


def calling_content(module_id: str, *, operands: tuple[str, ...] = (), **parameters: Any) -> str:
    """Flow content that invokes a module, with a branch for each of the operands."""
    branches = [{"NextAction": "bye", "Condition": {"Operator": "Equals", "Operands": [each]}} for each in operands]
    errors = [{"NextAction": "bye", "ErrorType": each} for each in ("NoMatchingCondition", "NoMatchingError")]
    call = {
        "Identifier": "call",
        "Type": "InvokeFlowModule",
        "Parameters": {"FlowModuleId": module_id, **parameters},
        "Transitions": {"NextAction": "bye", "Conditions": branches, "Errors": errors},
    }
    bye = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
    return json.dumps({"Version": "2019-10-30", "StartAction": "call", "Metadata": {}, "Actions": [call, bye]})


@pytest.fixture
def create(client: Any, instance_id: str) -> Act:
    """Creates a module: its id."""
    return lambda name="Greeting", content=None, **members: client.create_contact_flow_module(
        InstanceId=instance_id, Name=name, Content=module_content() if content is None else content, **members
    )["Id"]


@pytest.fixture
def module_id(create: Act) -> str:
    """The id of a module without contract."""
    return str(create())


@pytest.fixture
def act(client: Any, instance_id: str, module_id: str) -> Act:
    """Calls an operation on the module: `act("update_contact_flow_module_metadata", Name="New")`."""
    return lambda operation, **members: getattr(client, operation)(
        **{"InstanceId": instance_id, "ContactFlowModuleId": module_id} | members
    )


@pytest.fixture
def module(client: Any, instance_id: str) -> Act:
    """The module with an id, qualified or not."""
    return lambda module_id: client.describe_contact_flow_module(InstanceId=instance_id, ContactFlowModuleId=module_id)[
        "ContactFlowModule"
    ]


@pytest.fixture
def listed(client: Any, instance_id: str) -> Callable[..., list[str]]:
    """The names that a list shows."""
    return lambda **filters: [
        each["Name"]
        for each in client.list_contact_flow_modules(InstanceId=instance_id, **filters)["ContactFlowModulesSummaryList"]
    ]


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_new_module_is_described_as_it_was_created(create: Act, module: Act) -> None:
    made = create(
        Description="Says hello",
        Tags={"team": "voice"},
        Settings=json.dumps(CONTRACT),
        ExternalInvocationConfiguration={"Enabled": True},
    )
    found = module(made)
    assert (found["Id"], found["Name"], found["Description"]) == (made, "Greeting", "Says hello")
    assert (found["Content"], found["Settings"]) == (module_content(), json.dumps(CONTRACT))
    assert (found["Tags"], found["ExternalInvocationConfiguration"]) == ({"team": "voice"}, {"Enabled": True})


def test_an_arn_of_a_module_says_flow_module(client: Any, instance_id: str) -> None:
    made = client.create_contact_flow_module(InstanceId=instance_id, Name="Greeting", Content=module_content())
    instance_arn = f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}"
    assert made["Arn"] == f"{instance_arn}/flow-module/{made['Id']}"


@pytest.mark.parametrize("qualifier", ["", ":$LATEST", ":$SAVED"])
def test_a_new_module_is_published_and_active_in_lower_case(module: Act, module_id: str, qualifier: str) -> None:
    found = module(module_id + qualifier)
    assert (found["Status"], found["State"]) == ("published", "active")


def test_the_hash_is_the_sha256_of_the_published_content(module: Act, module_id: str) -> None:
    assert module(module_id)["FlowModuleContentSha256"] == hashlib.sha256(module_content().encode()).hexdigest()


def test_what_was_not_given_is_not_described(module: Act, module_id: str) -> None:
    assert {"Description", "Settings", "ExternalInvocationConfiguration", "Version"}.isdisjoint(module(module_id))


def test_content_comes_back_as_it_was_sent(create: Act, module: Act) -> None:
    sent = json.dumps(json.loads(module_content(text="Grüße, 東京 🙂")), ensure_ascii=False, indent=3) + "\r\n"
    assert module(create(content=sent))["Content"] == sent


def test_settings_come_back_as_they_were_sent(create: Act, module: Act) -> None:
    assert module(create(Settings=' {"transitions" : {}}\n'))["Settings"] == ' {"transitions" : {}}\n'


def test_a_module_is_described_by_arn(module: Act, module_id: str) -> None:
    found = module(module_id)
    assert module(found["Arn"]) == module(f"{found['Arn']}:$LATEST") == found


def test_the_same_client_token_makes_one_module(create: Act, listed: Any) -> None:
    assert create(ClientToken="one") == create(ClientToken="one")
    assert listed() == ["Greeting"]


def test_a_client_token_with_other_arguments_is_refused(create: Act, refused: Any) -> None:
    create(ClientToken="one")
    with refused("IdempotencyException"):
        create("Other", ClientToken="one")


def test_a_refused_module_leaves_its_client_token_free(create: Act, refused: Any) -> None:
    with refused("InvalidContactFlowModuleException"):
        create(content="{", ClientToken="one")
    assert create(ClientToken="one")


def test_a_name_is_taken_once_in_an_instance(create: Act, module_id: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        create("Greeting")
    assert "'Greeting'" in refusal.message


@pytest.mark.amazon_connect(quotas={"contact_flow_modules": 1})
def test_an_instance_has_so_many_modules(impatient_client: Any, instance_id: str, module_id: str, refused: Any) -> None:
    with refused("LimitExceededException") as refusal:
        impatient_client.create_contact_flow_module(InstanceId=instance_id, Name="Another", Content=module_content())
    assert "The quota of 1 contact_flow_modules is used up" in refusal.message


def test_a_flow_and_a_module_can_have_the_same_name(create: Act, flow_id: str) -> None:
    assert create("Inbound") != flow_id


@pytest.mark.parametrize("name", ["   ", "x" * 128])
def test_a_name_is_1_to_127_characters_and_not_blank(create: Act, name: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(name)
    assert "Name must be" in refusal.message


@pytest.mark.parametrize("qualifier", [":1", f":{NOTHING}", ":$PUBLISHED"])
def test_a_version_or_alias_that_does_not_exist_is_not_found(
    module: Act, module_id: str, qualifier: str, refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        module(module_id + qualifier)


OPERATIONS_ON_A_MODULE: dict[str, dict[str, Any]] = {
    "describe_contact_flow_module": {},
    "update_contact_flow_module_content": {"Content": "{}"},
    "update_contact_flow_module_metadata": {"Name": "New"},
    "delete_contact_flow_module": {},
    "create_contact_flow_module_version": {},
    "list_contact_flow_module_versions": {},
    "delete_contact_flow_module_version": {"ContactFlowModuleVersion": 1},
    "create_contact_flow_module_alias": {"ContactFlowModuleVersion": 1, "AliasName": "live"},
    "describe_contact_flow_module_alias": {"AliasId": NOTHING},
    "list_contact_flow_module_aliases": {},
    "update_contact_flow_module_alias": {"AliasId": NOTHING},
    "delete_contact_flow_module_alias": {"AliasId": NOTHING},
}


@pytest.mark.parametrize("operation", sorted(OPERATIONS_ON_A_MODULE))
def test_a_module_that_does_not_exist_is_not_found(client: Any, instance_id: str, operation: str, refused: Any) -> None:
    members = OPERATIONS_ON_A_MODULE[operation]
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, ContactFlowModuleId=NOTHING, **members)
    assert NOTHING in refusal.message


@pytest.mark.parametrize("operation", sorted(OPERATIONS_ON_A_MODULE))
def test_a_flow_is_no_module(client: Any, instance_id: str, flow_id: str, operation: str, refused: Any) -> None:
    members = OPERATIONS_ON_A_MODULE[operation]
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=instance_id, ContactFlowModuleId=flow_id, **members)


# --- what is published ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [None, [], "settings"])
def test_content_needs_settings_at_the_top(create: Act, settings: Any, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(content=module_content(settings=settings))
    assert refusal.message == "JSON field is missing or null for field name: settings"


def test_problems_are_listed_in_the_error(create: Act, refused: Any) -> None:
    broken = json.loads(module_content()) | {"StartAction": "nowhere", "Version": "1"}
    with refused("InvalidContactFlowModuleException") as refusal:
        create(content=json.dumps(broken))
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert refusal.response["Problems"] == [
        {"message": "Invalid flow version. Version: 1, expected: 2019-10-30"},
        {"message": "StartAction does not name an action. StartAction: nowhere. It must be the identifier of one."},
    ]


def test_content_that_is_not_json_is_a_problem(create: Act, refused: Any) -> None:
    with refused("InvalidContactFlowModuleException") as refusal:
        create(content="{")
    (problem,) = refusal.response["Problems"]
    assert problem["message"].startswith("Invalid contact flow format: content is not JSON")


def test_content_is_at_most_256000_characters_long(create: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(content="x" * 256_001)
    assert "Content must be 1 to 256000 characters long" in refusal.message


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("", "Settings must be a JSON object"),
        ("{", "Settings must be a JSON object"),
        ("null", "Settings must be a JSON object, got NoneType"),
        ("[]", "Settings must be a JSON object, got list"),
        ('{"input": []}', "Settings.input must be a JSON object, got list"),
        ('{"input": {"schema": "number"}}', "Settings.input.schema must be a JSON object, got str"),
        ('{"resultData": {"schema": {"properties": []}}}', "Settings.resultData.schema.properties must be a JSON object"),
        ('{"input": {"schema": {"properties": {"a": 1}}}}', "Settings.input.schema.properties.a must be a JSON object"),
        ('{"input": {"schema": {"required": "a"}}}', "Settings.input.schema.required must be a JSON array"),
        ('{"transitions": []}', "Settings.transitions must be a JSON object"),
        ('{"transitions": {"results": {}}}', "Settings.transitions.results must be a JSON array"),
        ('{"transitions": {"results": ["a"]}}', "Settings.transitions.results[0] must be a JSON object"),
        ('{"transitions": {"results": [{}]}}', "Settings.transitions.results[0].name must be a text, got None"),
    ],
)
def test_settings_are_the_json_text_of_a_contract(create: Act, settings: str, message: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(Settings=settings)
    assert refusal.message.startswith(message)


def branches(count: int) -> str:
    return json.dumps({"transitions": {"results": [{"name": f"branch {number}"} for number in range(count)]}})


def test_a_module_declares_up_to_8_branches(create: Act, module: Act) -> None:
    assert module(create(Settings=branches(8)))["Settings"] == branches(8)


def test_a_module_declares_no_more_than_8_branches(create: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(Settings=branches(9))
    assert refusal.message == "Settings.transitions.results must have at most 8 entries, got 9"


@pytest.mark.parametrize(
    "returns",
    [{}, {"Result": "approved"}, {"ResultData": {"score": 3}}, {"Result": "declined", "ResultData": {}}],
)
def test_a_module_returns_what_it_declares(create: Act, returns: Any) -> None:
    assert create(content=module_content(**returns), Settings=json.dumps(CONTRACT))


@pytest.mark.parametrize(
    ("returns", "message"),
    [
        (
            {"Result": "maybe"},
            "Invalid Action property value. Path: Actions[1].Parameters.Result, not a branch of the module: maybe",
        ),
        ({"ResultData": {"points": 3}}, "Invalid Action property name. Path: Actions[1].Parameters.ResultData.points"),
        ({"ResultData": {"score": "3"}}, "Invalid Action property value. Path: Actions[1].Parameters.ResultData.score"),
        ({"ResultData": {"score": True}}, "Invalid Action property value. Path: Actions[1].Parameters.ResultData.score"),
        (
            {"ResultData": {"score": "$.External.score"}},
            "Invalid Action property value. Path: Actions[1].Parameters.ResultData.score",
        ),
    ],
)
def test_a_module_returns_nothing_else(create: Act, returns: Any, message: str, refused: Any) -> None:
    with refused("InvalidContactFlowModuleException") as refusal:
        create(content=module_content(**returns), Settings=json.dumps(CONTRACT))
    (problem,) = refusal.response["Problems"]
    assert problem["message"].startswith(f"{message}, Identifier: done. ")


def test_a_module_without_settings_declares_nothing(create: Act, refused: Any) -> None:
    with refused("InvalidContactFlowModuleException"):
        create(content=module_content(Result="approved"))


SEVERAL_TYPES = json.dumps({"resultData": {"schema": {"properties": {"score": {"type": ["integer", "null"]}}}}})


@pytest.mark.parametrize("value", [3, None])
def test_a_value_can_have_any_of_several_types(create: Act, module: Act, value: Any) -> None:
    content = module_content(ResultData={"score": value})
    assert module(create(content=content, Settings=SEVERAL_TYPES))["Content"] == content


def test_a_value_of_none_of_several_types_is_refused(create: Act, refused: Any) -> None:
    with refused("InvalidContactFlowModuleException"):
        create(content=module_content(ResultData={"score": 3.5}), Settings=SEVERAL_TYPES)


def test_result_data_that_the_schema_requires_has_to_be_there(create: Act, refused: Any) -> None:
    schema = {"properties": {"score": {"type": "integer"}}, "required": ["score"]}
    with refused("InvalidContactFlowModuleException") as refusal:
        create(content=module_content(ResultData={}), Settings=json.dumps({"resultData": {"schema": schema}}))
    (problem,) = refusal.response["Problems"]
    path = "Actions[1].Parameters.ResultData.score"
    assert problem["message"].startswith(f"Action is missing required property. Path: {path}, ")


# --- those who invoke it ----------------------------------------------------------------------------------------------


@pytest.fixture
def publish_flow(client: Any, instance_id: str) -> Act:
    """Publishes a flow with that content."""
    return lambda content: client.create_contact_flow(
        InstanceId=instance_id, Name="Caller", Type="CONTACT_FLOW", Content=content
    )


@pytest.fixture
def contracted_id(create: Act) -> str:
    """A module with the contract above."""
    return str(create("Payment", Settings=json.dumps(CONTRACT)))


@pytest.mark.parametrize(
    "call",
    [
        {},
        {"Input": {"amount": 7, "who": "$.CustomerEndpoint.Address"}, "operands": ("approved", "declined")},
        {"Input": {"amount": 7.5}},
        {"Input": "$.External.everything"},
    ],
)
def test_a_flow_passes_and_branches_on_what_a_module_declares(publish_flow: Act, contracted_id: str, call: Any) -> None:
    assert publish_flow(calling_content(contracted_id, **call))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"Input": {"sum": 7}}, "Invalid Action property name. Path: Actions[0].Parameters.Input.sum"),
        ({"Input": {"amount": "7"}}, "Invalid Action property value. Path: Actions[0].Parameters.Input.amount"),
        ({"Input": {"who": 7}}, "Invalid Action property value. Path: Actions[0].Parameters.Input.who"),
        (
            {"operands": ("approved", "maybe")},
            "Invalid Action property value. Path: Actions[0].Transitions.Conditions[1].Condition.Operands[0], "
            "not a branch of the module: maybe",
        ),
    ],
)
def test_a_flow_that_passes_something_else_cannot_be_published(
    publish_flow: Act, contracted_id: str, call: Any, message: str, refused: Any
) -> None:
    with refused("InvalidContactFlowException") as refusal:
        publish_flow(calling_content(contracted_id, **call))
    (problem,) = refusal.response["problems"]
    assert problem["message"].startswith(f"{message}, Identifier: call. ")


def test_a_module_that_invokes_another_is_checked_too(create: Act, contracted_id: str, refused: Any) -> None:
    content = json.dumps(json.loads(calling_content(contracted_id, Input={"sum": 7})) | {"Settings": {}})
    with refused("InvalidContactFlowModuleException"):
        create(content=content)


def test_calls_of_a_module_that_is_known_at_run_time_are_not_checked(publish_flow: Act) -> None:
    assert publish_flow(calling_content("$.Attributes.module", Input={"sum": 7}, operands=("maybe",)))


@pytest.mark.parametrize("module_id", [NOTHING, f"{NOTHING}:1"])
def test_a_module_that_does_not_exist_cannot_be_called(publish_flow: Act, module_id: str, refused: Any) -> None:
    with refused("InvalidContactFlowException") as refusal:
        publish_flow(calling_content(module_id))
    (problem,) = refusal.response["problems"]
    assert module_id in problem["message"]


def test_a_call_is_checked_against_the_version_that_it_names(
    client: Any, instance_id: str, create: Act, publish_flow: Act, refused: Any
) -> None:
    made = create(Settings=json.dumps(CONTRACT))
    client.create_contact_flow_module_version(InstanceId=instance_id, ContactFlowModuleId=made)
    client.update_contact_flow_module_content(InstanceId=instance_id, ContactFlowModuleId=made, Settings="{}")
    with refused("InvalidContactFlowException"):
        publish_flow(calling_content(made, operands=("approved",)))
    assert publish_flow(calling_content(f"{made}:1", operands=("approved",)))


# --- update -----------------------------------------------------------------------------------------------------------


def test_new_content_is_published(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_content", Content=module_content(text="Hi"))
    found = module(module_id)
    assert found["Content"] == module(f"{module_id}:$SAVED")["Content"] == module_content(text="Hi")
    assert found["FlowModuleContentSha256"] == hashlib.sha256(module_content(text="Hi").encode()).hexdigest()


def test_a_draft_is_kept_apart_and_not_checked(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_content", ContactFlowModuleId=f"{module_id}:$SAVED", Content="draft")
    saved, published = module(f"{module_id}:$SAVED"), module(module_id)
    assert (saved["Content"], saved["Status"]) == ("draft", "saved")
    assert (published["Content"], published["Status"]) == (module_content(), "published")


def test_settings_are_published_without_new_content(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_content", Settings=json.dumps(CONTRACT))
    found = module(module_id)
    assert (found["Settings"], found["Content"]) == (json.dumps(CONTRACT), module_content())


def test_content_is_published_without_new_settings(create: Act, act: Act, module: Act) -> None:
    made = create("Payment", Settings=json.dumps(CONTRACT))
    act("update_contact_flow_module_content", ContactFlowModuleId=made, Content=module_content(Result="approved"))
    found = module(made)
    assert (found["Settings"], found["Content"]) == (json.dumps(CONTRACT), module_content(Result="approved"))


def test_settings_of_a_draft_are_kept_apart(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_content", ContactFlowModuleId=f"{module_id}:$SAVED", Settings="{}")
    assert module(f"{module_id}:$SAVED")["Settings"] == "{}"
    assert "Settings" not in module(module_id)


def test_new_settings_do_not_publish_the_draft(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_content", ContactFlowModuleId=f"{module_id}:$SAVED", Content=module_content(text="Hi"))
    act("update_contact_flow_module_content", Settings="{}")
    assert module(module_id)["Content"] == module_content()


def test_an_update_needs_content_or_settings(act: Act, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        act("update_contact_flow_module_content")
    assert refusal.message == "Content or Settings must be given"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"Content": "{}"}, "InvalidContactFlowModuleException"),
        ({"Content": module_content(settings=None)}, "InvalidRequestException"),
        ({"Content": module_content(text="Hi"), "Settings": "no JSON"}, "InvalidRequestException"),
        ({"Content": module_content(Result="approved")}, "InvalidContactFlowModuleException"),
        ({"Content": "x" * 256_001}, "InvalidRequestException"),
    ],
)
def test_a_refused_publish_leaves_everything_as_it_was(act: Act, members: Any, code: str, refused: Any) -> None:
    with refused(code):
        act("update_contact_flow_module_content", **members)


def test_settings_that_drop_a_branch_in_use_are_refused(create: Act, act: Act, refused: Any) -> None:
    made = create("Payment", content=module_content(Result="approved"), Settings=json.dumps(CONTRACT))
    with refused("InvalidContactFlowModuleException"):
        act("update_contact_flow_module_content", ContactFlowModuleId=made, Settings="{}")


def test_content_of_a_version_cannot_be_written(act: Act, module_id: str, refused: Any) -> None:
    act("create_contact_flow_module_version")
    with refused("InvalidRequestException"):
        act("update_contact_flow_module_content", ContactFlowModuleId=f"{module_id}:1", Content=module_content())


def test_a_module_is_renamed_described_and_archived(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_metadata", Name="Welcome", Description="New", State="ARCHIVED")
    found = module(module_id)
    assert (found["Name"], found["Description"], found["State"]) == ("Welcome", "New", "archived")


def test_an_archived_module_is_brought_back(act: Act, module: Act, module_id: str) -> None:
    act("update_contact_flow_module_metadata", State="ARCHIVED")
    act("update_contact_flow_module_metadata", State="ACTIVE")
    assert module(module_id)["State"] == "active"


def test_a_description_can_be_emptied(create: Act, act: Act, module: Act) -> None:
    made = create("Other", Description="Old")
    act("update_contact_flow_module_metadata", ContactFlowModuleId=made, Description="")
    assert module(made)["Description"] == ""


def test_a_module_cannot_take_the_name_of_another(create: Act, act: Act, refused: Any) -> None:
    create("Payment")
    with refused("DuplicateResourceException"):
        act("update_contact_flow_module_metadata", Name="Payment", State="ARCHIVED")


def test_the_old_name_is_free_after_a_rename(create: Act, act: Act, module_id: str) -> None:
    act("update_contact_flow_module_metadata", Name="Welcome")
    assert create("Greeting") != module_id


@pytest.mark.parametrize("state", ["active", "DELETED"])
def test_a_module_is_active_or_archived_and_nothing_else(act: Act, state: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        act("update_contact_flow_module_metadata", State=state)
    assert "State must be one of ACTIVE, ARCHIVED" in refusal.message


# --- delete -----------------------------------------------------------------------------------------------------------


def test_a_deleted_module_is_gone(act: Act, module: Act, module_id: str, listed: Any, refused: Any) -> None:
    act("delete_contact_flow_module")
    assert listed() == []
    with refused("ResourceNotFoundException"):
        module(module_id)


def test_a_module_is_deleted_with_its_versions_and_aliases(act: Act, module: Act, module_id: str, refused: Any) -> None:
    act("create_contact_flow_module_version")
    act("create_contact_flow_module_alias", ContactFlowModuleVersion=1, AliasName="live")
    act("delete_contact_flow_module")
    with refused("ResourceNotFoundException"):
        module(f"{module_id}:1")


def test_the_name_of_a_deleted_module_is_free(create: Act, act: Act, module_id: str) -> None:
    act("delete_contact_flow_module")
    assert create("Greeting") != module_id


def test_a_module_in_use_can_be_deleted(act: Act, module_id: str, publish_flow: Act, listed: Any) -> None:
    publish_flow(calling_content(module_id))
    act("delete_contact_flow_module")
    assert listed() == []


# --- versions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def version(act: Act) -> Act:
    """Makes a version, or finds that there is one: its number."""
    return lambda **members: act("create_contact_flow_module_version", **members)["Version"]


@pytest.fixture
def numbers(act: Act) -> Callable[[], list[int]]:
    """The numbers of the versions as they are listed."""
    return lambda: [
        each["Version"] for each in act("list_contact_flow_module_versions")["ContactFlowModuleVersionSummaryList"]
    ]


def test_a_version_keeps_content_and_settings(act: Act, version: Act, module: Act, module_id: str) -> None:
    version(Description="First")
    act("update_contact_flow_module_content", Content=module_content(text="Hi"), Settings="{}")
    found = module(f"{module_id}:1")
    assert (found["Version"], found["VersionDescription"]) == (1, "First")
    assert (found["Content"], found["Status"]) == (module_content(), "published")
    assert "Settings" not in found


def test_versions_are_numbered_upwards_and_listed_newest_first(act: Act, version: Act, numbers: Any) -> None:
    for number in (1, 2, 3):
        act("update_contact_flow_module_content", Content=module_content(text=f"Text {number}"))
        assert version() == number
    assert numbers() == [3, 2, 1]


def test_the_same_content_is_the_same_version(version: Act, numbers: Any) -> None:
    assert (version(), version(Description="Again")) == (1, 1)
    assert numbers() == [1]


def test_the_same_content_with_other_settings_is_another_version(act: Act, version: Act) -> None:
    version()
    act("update_contact_flow_module_content", Settings="{}")
    assert version() == 2


def test_a_version_is_not_made_of_other_content_than_expected(version: Act, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        version(FlowModuleContentSha256="0" * 64)
    assert "0" * 64 in refusal.message


def test_a_version_is_made_of_the_content_with_the_expected_hash(version: Act) -> None:
    assert version(FlowModuleContentSha256=hashlib.sha256(module_content().encode()).hexdigest()) == 1


def test_the_number_of_a_deleted_version_is_not_used_again(act: Act, version: Act, numbers: Any) -> None:
    act("delete_contact_flow_module_version", ContactFlowModuleVersion=version())
    assert version() == 2
    assert numbers() == [2]


def test_a_listed_version_has_an_arn_that_describe_takes(act: Act, version: Act, module: Act, module_id: str) -> None:
    version(Description="First")
    (found,) = act("list_contact_flow_module_versions")["ContactFlowModuleVersionSummaryList"]
    assert found == {"Arn": f"{module(module_id)['Arn']}:1", "VersionDescription": "First", "Version": 1}
    assert module(found["Arn"])["Version"] == 1


def test_a_version_that_an_alias_names_cannot_be_deleted(act: Act, version: Act, refused: Any) -> None:
    version()
    act("create_contact_flow_module_alias", ContactFlowModuleVersion=1, AliasName="live")
    with refused("InvalidRequestException") as refusal:
        act("delete_contact_flow_module_version", ContactFlowModuleVersion=1)
    assert refusal.message == "Cannot delete version '1' tied to one alias"


# --- aliases ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def alias(act: Act, version: Act) -> Act:
    """Makes an alias of version 1: its id."""
    version()
    return lambda name="live", **members: act(
        "create_contact_flow_module_alias", **{"ContactFlowModuleVersion": 1, "AliasName": name} | members
    )["Id"]


@pytest.fixture
def described_alias(act: Act) -> Act:
    """The alias with an id."""
    return lambda alias_id: act("describe_contact_flow_module_alias", AliasId=alias_id)["ContactFlowModuleAlias"]


def test_an_alias_is_described_as_it_was_created(alias: Act, described_alias: Act, module: Act, module_id: str) -> None:
    made = alias(Description="What flows use")
    found = described_alias(made)
    assert isinstance(found.pop("LastModifiedTime"), datetime.datetime)
    assert found == {
        "ContactFlowModuleId": module_id,
        "ContactFlowModuleArn": module(module_id)["Arn"],
        "AliasId": made,
        "Version": 1,
        "Name": "live",
        "Description": "What flows use",
        "LastModifiedRegion": "us-east-1",
    }


def test_an_alias_id_shows_the_version_that_it_names(act: Act, alias: Act, module: Act, module_id: str) -> None:
    made = alias()
    act("update_contact_flow_module_content", Content=module_content(text="Hi"))
    assert module(f"{module_id}:{made}")["Content"] == module_content()


def test_an_alias_needs_a_version_that_exists(alias: Act, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        alias(ContactFlowModuleVersion=2)


def test_the_name_of_an_alias_is_taken_once_in_a_module(alias: Act, refused: Any) -> None:
    alias("live")
    with refused("DuplicateResourceException"):
        alias("live")


@pytest.mark.parametrize("name", ["two words", "-dash", "dash--dash", "x" * 101])
def test_a_name_of_an_alias_has_letters_digits_and_single_dashes(alias: Act, name: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        alias(name)
    assert "AliasName must be" in refusal.message


def test_an_alias_is_renamed_and_pointed_at_another_version(act: Act, alias: Act, version: Act, described_alias: Act) -> None:
    made = alias()
    act("update_contact_flow_module_content", Content=module_content(text="Hi"))
    act("update_contact_flow_module_alias", AliasId=made, Name="stable", ContactFlowModuleVersion=version())
    found = described_alias(made)
    assert (found["Name"], found["Version"]) == ("stable", 2)


def test_an_alias_is_not_pointed_at_a_version_that_does_not_exist(act: Act, alias: Act, refused: Any) -> None:
    made = alias()
    with refused("ResourceNotFoundException"):
        act("update_contact_flow_module_alias", AliasId=made, Name="stable", ContactFlowModuleVersion=2)


def test_an_alias_cannot_take_the_name_of_another(act: Act, alias: Act, refused: Any) -> None:
    alias("live")
    other = alias("test")
    with refused("DuplicateResourceException"):
        act("update_contact_flow_module_alias", AliasId=other, Name="live")


def test_a_deleted_alias_is_gone_and_its_version_stays(
    act: Act, alias: Act, described_alias: Act, numbers: Any, refused: Any
) -> None:
    made = alias()
    act("delete_contact_flow_module_alias", AliasId=made)
    assert numbers() == [1]
    with refused("ResourceNotFoundException"):
        described_alias(made)


def test_aliases_are_listed_100_to_a_page_at_most(act: Act, alias: Act, refused: Any) -> None:
    made = [alias(f"alias-{number}") for number in range(101)]
    page = act("list_contact_flow_module_aliases", MaxResults=100)
    rest = act("list_contact_flow_module_aliases", MaxResults=100, NextToken=page["NextToken"])
    found = page["ContactFlowModuleAliasSummaryList"] + rest["ContactFlowModuleAliasSummaryList"]
    assert [each["AliasId"] for each in found] == made
    with refused("InvalidParameterException") as refusal:
        act("list_contact_flow_module_aliases", MaxResults=101)
    assert "MaxResults must be at most 100, got 101" in refusal.message


def test_a_listed_alias_has_an_arn_that_describe_takes(act: Act, alias: Act, module: Act, module_id: str) -> None:
    made = alias(Description="What flows use")
    (found,) = act("list_contact_flow_module_aliases")["ContactFlowModuleAliasSummaryList"]
    assert found["Arn"] == f"{module(module_id)['Arn']}:{made}"
    assert (found["AliasName"], found["AliasDescription"], found["Version"]) == ("live", "What flows use", 1)
    assert module(found["Arn"])["Version"] == 1


# --- list and search --------------------------------------------------------------------------------------------------


def test_a_list_says_id_arn_name_and_state(client: Any, instance_id: str, module: Act, module_id: str) -> None:
    (found,) = client.list_contact_flow_modules(InstanceId=instance_id)["ContactFlowModulesSummaryList"]
    assert found == {"Id": module_id, "Arn": module(module_id)["Arn"], "Name": "Greeting", "State": "ACTIVE"}


def test_a_list_can_be_of_active_or_of_archived_modules(create: Act, act: Act, listed: Any) -> None:
    create("Payment")
    act("update_contact_flow_module_metadata", State="ARCHIVED")
    assert listed() == ["Greeting", "Payment"]
    assert listed(ContactFlowModuleState="ACTIVE") == ["Payment"]
    assert listed(ContactFlowModuleState="ARCHIVED") == ["Greeting"]


def test_a_list_of_a_state_that_does_not_exist_is_refused(listed: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        listed(ContactFlowModuleState="GONE")
    assert "ContactFlowModuleState must be one of ACTIVE, ARCHIVED" in refusal.message


def test_modules_are_listed_a_page_at_a_time(client: Any, instance_id: str, create: Act) -> None:
    made = [create(f"Module {number}") for number in range(3)]
    pages = client.get_paginator("list_contact_flow_modules").paginate(
        InstanceId=instance_id, PaginationConfig={"PageSize": 2}
    )
    found = [[each["Id"] for each in page["ContactFlowModulesSummaryList"]] for page in pages]
    assert found == [made[:2], made[2:]]


@pytest.fixture
def search(client: Any, instance_id: str, create: Act, module_id: str) -> Act:
    """Three modules, one of them archived, and the names that a search finds."""
    create("Payment", Description="Takes money", Tags={"team": "billing"})
    client.update_contact_flow_module_metadata(
        InstanceId=instance_id, ContactFlowModuleId=create("Pay back", Tags={"team": "care"}), State="ARCHIVED"
    )
    return lambda **asked: [
        each["Name"] for each in client.search_contact_flow_modules(InstanceId=instance_id, **asked)["ContactFlowModules"]
    ]


def string(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({}, ["Greeting", "Payment", "Pay back"]),
        (string("name", "payment"), ["Payment"]),
        (string("name", "pay", "STARTS_WITH"), ["Payment", "Pay back"]),
        (string("description", "money", "CONTAINS"), ["Payment"]),
        ({"StateCondition": "ARCHIVED"}, ["Pay back"]),
        ({"StatusCondition": "PUBLISHED"}, ["Greeting", "Payment", "Pay back"]),
        ({"StatusCondition": "SAVED"}, []),
        ({"OrConditions": [string("name", "Greeting"), {"StateCondition": "ARCHIVED"}]}, ["Greeting", "Pay back"]),
        ({"AndConditions": [string("name", "pay", "STARTS_WITH"), {"StateCondition": "ACTIVE"}]}, ["Payment"]),
    ],
)
def test_a_search_finds_what_its_criteria_say(search: Act, criteria: Any, expected: list[str]) -> None:
    assert search(SearchCriteria=criteria) == expected


def test_a_search_looks_at_tags(search: Act) -> None:
    conditions = {"TagKey": "team", "TagValue": "care"}
    assert search(SearchFilter={"TagFilter": {"TagCondition": conditions}}) == ["Pay back"]


@pytest.mark.parametrize("criteria", [string("type", "x"), {"StateCondition": "ACTIVE", "StatusCondition": "SAVED"}])
def test_criteria_that_make_no_sense_are_refused(search: Act, criteria: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search(SearchCriteria=criteria)
    assert refusal.message.startswith("SearchCriteria: ")


def test_a_search_shows_state_and_status_as_the_enums_spell_them(
    client: Any, instance_id: str, module: Act, module_id: str
) -> None:
    (found,) = client.search_contact_flow_modules(InstanceId=instance_id)["ContactFlowModules"]
    assert (found["State"], found["Status"]) == ("ACTIVE", "PUBLISHED")
    assert found | {"State": "active", "Status": "published"} == module(module_id)


def test_the_count_is_of_all_matches_and_not_of_a_page(client: Any, instance_id: str, search: Act) -> None:
    page = client.search_contact_flow_modules(InstanceId=instance_id, MaxResults=2)
    assert (len(page["ContactFlowModules"]), page["ApproximateTotalCount"]) == (2, 3)
