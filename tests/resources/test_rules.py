"""Rules: create, describe, list, search, update, delete; what each trigger allows; the Rules Function language."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

import pytest
from botocore.loaders import Loader
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_mock.errors import InvalidParameterException, InvalidRequestException
from connect_mock.resources.rule_function import read_function
from connect_mock.resources.rules import (
    ALLOWED,
    CALL_AND_CHAT,
    REQUIRED,
    TICKETS,
    check_actions,
    definition_of,
)
from connect_mock.resources.rules import TRIGGERS as TRIGGERS_OF_THE_TABLE
from connect_mock.search import attribute_filter

MODEL = Loader().load_service_model("connect", "service-2")
TRIGGERS = MODEL["shapes"]["EventSourceName"]["enum"]
ACTION_TYPES = MODEL["shapes"]["ActionType"]["enum"]

pytestmark = pytest.mark.amazon_connect(empty_instances=True)
since_search = pytest.mark.skipif("SearchRules" not in MODEL["operations"], reason="botocore has no SearchRules yet")

CATEGORY = {"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}
TASK = {"ActionType": "CREATE_TASK", "TaskAction": {"Name": "Call back", "ContactFlowId": "flow-1"}}
EVENT = {"ActionType": "GENERATE_EVENTBRIDGE_EVENT", "EventBridgeAction": {"Name": "refund"}}
EXAMPLES: dict[str, dict[str, Any]] = {
    "CREATE_TASK": TASK,
    "ASSIGN_CONTACT_CATEGORY": CATEGORY,
    "GENERATE_EVENTBRIDGE_EVENT": EVENT,
    "SEND_NOTIFICATION": {
        "ActionType": "SEND_NOTIFICATION",
        "SendNotificationAction": {
            "DeliveryMethod": "EMAIL",
            "Subject": "Refund",
            "Content": "$.ContactLens.PostCall.ContactId",
            "ContentType": "PLAIN_TEXT",
            "Recipient": {"UserTags": {"team": "refunds"}},
        },
    },
    "CREATE_CASE": {
        "ActionType": "CREATE_CASE",
        "CreateCaseAction": {"TemplateId": "template-1", "Fields": [{"Id": "title", "Value": {"StringValue": "Refund"}}]},
    },
    "UPDATE_CASE": {
        "ActionType": "UPDATE_CASE",
        "UpdateCaseAction": {"Fields": [{"Id": "status", "Value": {"StringValue": "closed"}}]},
    },
    "ASSIGN_SLA": {
        "ActionType": "ASSIGN_SLA",
        "AssignSlaAction": {
            "SlaAssignmentType": "CASES",
            "CaseSlaConfiguration": {"Name": "One day", "Type": "CaseField", "TargetSlaMinutes": 1440},
        },
    },
    "END_ASSOCIATED_TASKS": {"ActionType": "END_ASSOCIATED_TASKS", "EndAssociatedTasksAction": {}},
    "END_ASSOCIATED_EMAILS": {"ActionType": "END_ASSOCIATED_EMAILS", "EndAssociatedEmailsAction": {}},
    "SUBMIT_AUTO_EVALUATION": {
        "ActionType": "SUBMIT_AUTO_EVALUATION",
        "SubmitAutoEvaluationAction": {"EvaluationFormId": "form-1"},
    },
    "EXTRACT_INFORMATION": {
        "ActionType": "EXTRACT_INFORMATION",
        "ExtractInformationAction": {"RulesExtractionDefinitions": [{"Identifier": "order-number"}]},
    },
    "SEND_IN_APP_NOTIFICATION": {
        "ActionType": "SEND_IN_APP_NOTIFICATION",
        "SendInAppNotificationAction": {"Content": {"en_US": "A case was closed"}, "Recipient": {"UserIds": ["user-1"]}},
    },
}


def example(action_type: str) -> dict[str, Any]:
    """An action of that type; of one that is newer than this test, the least that the model asks for."""
    return EXAMPLES.get(action_type) or least(action_type)


def least(action_type: str) -> dict[str, Any]:
    member = action_type.title().replace("_", "") + "Action"
    shapes = MODEL["shapes"]["RuleAction"]["members"]
    return {"ActionType": action_type} | ({member: value_of(shapes[member]["shape"])} if member in shapes else {})


def value_of(shape_name: str) -> Any:
    shape = MODEL["shapes"][shape_name]
    if shape["type"] == "structure":
        return {name: value_of(shape["members"][name]["shape"]) for name in shape.get("required", [])}
    if shape["type"] == "string":
        return shape.get("enum", ["x" * max(shape.get("min", 1), 1)])[0]
    return {"list": [], "map": {}, "boolean": True}.get(shape["type"], shape.get("min", 1))


def leaf(path: str = "$.ContactLens.PostCall.Queue.QueueId", **members: Any) -> dict[str, Any]:
    return {"Operator": "CONTAINS_ANY", "Operands": ["refund"], "ComparisonValue": path, "Negate": False} | members


def group(*operands: Any, operator: str = "AND", **members: Any) -> dict[str, Any]:
    return {"Operator": operator, "Operands": list(operands)} | members


def function(root: Any = None, **members: Any) -> str:
    return json.dumps({"Version": "2022-11-25", "RuleFunction": group(leaf()) if root is None else root} | members)


def trigger(name: str) -> dict[str, str]:
    return {"EventSourceName": name} | ({"IntegrationAssociationId": "integration-1"} if name in TICKETS else {})


def required(trigger_name: str) -> list[dict[str, Any]]:
    return [example(each) for each, triggers in REQUIRED.items() if trigger_name in triggers]


def with_required(trigger_name: str, action_type: str) -> list[dict[str, Any]]:
    others = [each for each in required(trigger_name) if each["ActionType"] != action_type]
    return [*others, example(action_type)]


class Rules:
    """The operations on rules, with members that go together unless a test says otherwise."""

    def __init__(self, client: Any, instance_id: str) -> None:
        self.client, self.instance_id = client, instance_id

    def create(self, name: str = "Refunds", on: str = "OnPostCallAnalysisAvailable", **members: Any) -> str:
        asked = {"Name": name, "TriggerEventSource": trigger(on), "Function": function(), "Actions": required(on) or [TASK]}
        made = self.client.create_rule(InstanceId=self.instance_id, **asked | {"PublishStatus": "PUBLISHED"} | members)
        return str(made["RuleId"])

    def describe(self, rule_id: str) -> dict[str, Any]:
        return dict(self.client.describe_rule(InstanceId=self.instance_id, RuleId=rule_id)["Rule"])

    def update(self, rule_id: str, **members: Any) -> None:
        before = self.describe(rule_id)
        asked = {name: before[name] for name in ("Name", "Function", "Actions", "PublishStatus")}
        self.client.update_rule(InstanceId=self.instance_id, RuleId=rule_id, **asked | members)

    def summaries(self, **filters: Any) -> list[dict[str, Any]]:
        return list(self.client.list_rules(InstanceId=self.instance_id, **filters)["RuleSummaryList"])

    def search(self, **members: Any) -> list[str]:
        found = self.client.search_rules(InstanceId=self.instance_id, **members)
        return [rule["Name"] for rule in found["Rules"]]

    def where(self, field: str, value: str, comparison: str = "EXACT") -> list[str]:
        condition = {"FieldName": field, "Value": value, "ComparisonType": comparison}
        return self.search(SearchCriteria={"StringCondition": condition})


@pytest.fixture
def rules(client: Any, instance_id: str) -> Rules:
    """The rules of an instance."""
    return Rules(client, instance_id)


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_rule_is_described_as_it_was_made(client: Any, instance_id: str, rules: Rules) -> None:
    rule_id = rules.create(Actions=[CATEGORY, TASK], PublishStatus="DRAFT", Function=function())
    rule = rules.describe(rule_id)
    assert rule["RuleId"] == rule_id
    assert rule["RuleArn"] == f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/rule/{rule_id}"
    assert (rule["Name"], rule["PublishStatus"]) == ("Refunds", "DRAFT")
    assert rule["TriggerEventSource"] == {"EventSourceName": "OnPostCallAnalysisAvailable"}
    assert (rule["Function"], rule["Actions"]) == (function(), [CATEGORY, TASK])


def test_creating_answers_with_the_arn_that_describe_shows(client: Any, instance_id: str, rules: Rules) -> None:
    made = client.create_rule(
        InstanceId=instance_id,
        Name="Refunds",
        TriggerEventSource={"EventSourceName": "OnCaseCreate"},
        Function=function(),
        Actions=[TASK],
        PublishStatus="PUBLISHED",
    )
    assert rules.describe(made["RuleId"])["RuleArn"] == made["RuleArn"]


def test_a_rule_can_be_asked_for_by_its_arn(rules: Rules) -> None:
    rule = rules.describe(rules.create())
    assert rules.describe(rule["RuleArn"]) == rule


def test_a_new_rule_was_last_updated_when_it_was_created_by_the_account(rules: Rules) -> None:
    rule = rules.describe(rules.create())
    assert rule["LastUpdatedTime"] == rule["CreatedTime"]
    assert rule["LastUpdatedBy"] == "arn:aws:iam::123456789012:root"


@since_search
def test_a_new_rule_has_the_tags_and_filters_it_was_given(rules: Rules) -> None:
    condition = {
        "ResourceType": "CONTACT",
        "FilterType": "TAG",
        "FilterKey": "team",
        "FilterValue": "refunds",
        "Operator": "EQUALS",
    }
    rule = rules.describe(rules.create(Tags={"team": "voice"}, PreEvaluationFilters={"AndConditions": [condition]}))
    assert rule["Tags"] == {"team": "voice"}
    assert rule["PreEvaluationFilters"] == {"AndConditions": [condition]}


@since_search
def test_filters_on_evaluations_are_for_evaluation_rules_only(rules: Rules, refused: Any) -> None:
    condition = {
        "ResourceType": "CONTACT_EVALUATION",
        "FilterType": "TAG",
        "FilterKey": "team",
        "FilterValue": "refunds",
        "Operator": "EQUALS",
    }
    rules.create("Evaluated", on="OnContactEvaluationSubmit", PreEvaluationFilters={"AndConditions": [condition]})
    with refused("InvalidRequestException") as refusal:
        rules.create(PreEvaluationFilters={"AndConditions": [condition]})
    assert "PreEvaluationFilters.AndConditions[0].ResourceType" in refusal.message


def test_a_name_is_taken_once(rules: Rules, refused: Any) -> None:
    rules.create("Refunds")
    with refused("ResourceConflictException") as refusal:
        rules.create("Refunds", on="OnCaseCreate")
    assert "Refunds" in refusal.message


def test_names_differ_by_case(rules: Rules) -> None:
    rules.create("Refunds")
    assert rules.create("refunds")


def test_a_name_may_be_used_in_two_instances(client: Any, rules: Rules) -> None:
    rules.create("Refunds")
    other = client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=False
    )
    assert Rules(client, other["Id"]).create("Refunds")


def test_a_name_with_a_space_is_refused(rules: Rules, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create("My rule")
    assert "Name" in refusal.message


@pytest.mark.parametrize("member", ["EventSourceName", "ActionType", "PublishStatus"])
def test_a_value_that_the_model_does_not_know_is_refused(rules: Rules, refused: Any, member: str) -> None:
    members: dict[str, dict[str, Any]] = {
        "EventSourceName": {"TriggerEventSource": {"EventSourceName": "OnFullMoon"}},
        "ActionType": {"Actions": [{"ActionType": "HOWL"}]},
        "PublishStatus": {"PublishStatus": "HIDDEN"},
    }
    with refused("InvalidRequestException") as refusal:
        rules.create(**members[member])
    assert f"{member} must be one of" in refusal.message


def test_the_same_client_token_makes_one_rule(rules: Rules) -> None:
    assert rules.create(ClientToken="token-1") == rules.create(ClientToken="token-1")
    assert len(rules.summaries()) == 1


@pytest.mark.parametrize("operation", ["describe_rule", "delete_rule"])
def test_a_rule_that_does_not_exist_is_not_found(client: Any, instance_id: str, refused: Any, operation: str) -> None:
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=instance_id, RuleId="nobody")


def test_a_rule_that_does_not_exist_is_not_updated(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        client.update_rule(
            InstanceId=instance_id, RuleId="nobody", Name="x", Function=function(), Actions=[], PublishStatus="DRAFT"
        )


# --- quotas -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "most"), [("OnMetricDataUpdate", 100), ("OnCaseCreate", 500)])
def test_a_trigger_has_a_quota_of_rules(rules: Rules, refused: Any, on: str, most: int) -> None:
    for number in range(most):
        rules.create(f"rule-{number}", on=on)
    with refused("ServiceQuotaExceededException") as refusal:
        rules.create("one-too-many", on=on)
    assert str(most) in refusal.message


def test_rules_on_other_triggers_do_not_use_up_a_quota(rules: Rules) -> None:
    for number in range(100):
        rules.create(f"rule-{number}", on="OnCaseCreate")
    assert rules.create("another", on="OnMetricDataUpdate")


# --- what a trigger allows and requires -------------------------------------------------------------------------------


PAIRS = [(on, action_type) for on in TRIGGERS for action_type in ACTION_TYPES]
REFUSED = [(on, action) for on, action in PAIRS if on in TRIGGERS_OF_THE_TABLE - ALLOWED.get(action, TRIGGERS_OF_THE_TABLE)]


@pytest.mark.parametrize(("on", "action_type"), [pair for pair in PAIRS if pair not in REFUSED])
def test_a_trigger_takes_the_actions_of_the_table(rules: Rules, on: str, action_type: str) -> None:
    actions = with_required(on, action_type)
    assert rules.describe(rules.create(on=on, Actions=actions))["Actions"] == actions


@pytest.mark.parametrize(("on", "action_type"), REFUSED)
def test_a_trigger_takes_no_other_actions(rules: Rules, refused: Any, on: str, action_type: str) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(on=on, Actions=with_required(on, action_type))
    assert re.fullmatch(rf"Actions\[\d\]: {action_type} goes only with .*, and the rule is on {on}", refusal.message)


@since_search
def test_the_table_names_only_what_the_model_knows() -> None:
    assert set(ACTION_TYPES) >= ALLOWED.keys()
    assert set(TRIGGERS) >= TRIGGERS_OF_THE_TABLE


@pytest.mark.parametrize(
    ("action_type", "on"),
    [
        ("CREATE_TASK", "OnRealTimeChatAnalysisAvailable"),
        ("ASSIGN_CONTACT_CATEGORY", "OnCaseCreate"),
        ("GENERATE_EVENTBRIDGE_EVENT", "OnZendeskTicketCreate"),
        ("SEND_NOTIFICATION", "OnSalesforceCaseCreate"),
        ("CREATE_CASE", "OnRealTimeCallAnalysisAvailable"),
        ("UPDATE_CASE", "OnPostCallAnalysisAvailable"),
        ("ASSIGN_SLA", "OnMetricDataUpdate"),
        ("END_ASSOCIATED_TASKS", "OnCaseCreate"),
        ("SUBMIT_AUTO_EVALUATION", "OnCaseUpdate"),
    ],
)
def test_an_action_is_refused_where_aws_does_not_document_it(rules: Rules, refused: Any, action_type: str, on: str) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(on=on, Actions=with_required(on, action_type))
    assert (action_type in refusal.message, on in refusal.message) == (True, True)


def test_a_trigger_that_is_newer_than_the_table_takes_every_action() -> None:
    check_actions("OnFullMoon", [example(each) for each in ACTION_TYPES])


def test_an_action_that_is_newer_than_the_table_goes_with_every_trigger() -> None:
    check_actions("OnCaseCreate", [{"ActionType": "HOWL"}])


@pytest.mark.parametrize("on", sorted(TICKETS))
def test_a_ticket_rule_needs_a_task(rules: Rules, refused: Any, on: str) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(on=on, Actions=[CATEGORY])
    assert "CREATE_TASK" in refusal.message


@pytest.mark.parametrize("on", sorted(CALL_AND_CHAT))
def test_a_conversation_rule_needs_a_category(rules: Rules, refused: Any, on: str) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(on=on, Actions=[EVENT])
    assert "ASSIGN_CONTACT_CATEGORY" in refusal.message


@pytest.mark.parametrize("on", sorted(TICKETS))
def test_a_ticket_rule_needs_an_integration(rules: Rules, refused: Any, on: str) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(on=on, TriggerEventSource={"EventSourceName": on})
    assert "TriggerEventSource.IntegrationAssociationId" in refusal.message


@pytest.mark.parametrize("action_type", ACTION_TYPES)
def test_an_action_needs_its_definition(action_type: str) -> None:
    if definition_of(action_type):
        with pytest.raises(InvalidRequestException, match=f"{action_type} needs {definition_of(action_type)}"):
            check_actions("OnFullMoon", [{"ActionType": action_type}])


@pytest.mark.parametrize("action_type", sorted(EXAMPLES))
def test_the_definition_of_an_action_is_the_member_that_the_examples_have(action_type: str) -> None:
    if action_type in ACTION_TYPES:
        assert {"ActionType", definition_of(action_type)} == set(EXAMPLES[action_type])


def test_an_action_with_the_definition_of_another_is_refused(rules: Rules, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(Actions=[CATEGORY, TASK | {"EventBridgeAction": {"Name": "refund"}}])
    assert refusal.message.startswith("Actions[1]: CREATE_TASK needs TaskAction and no other definition")


def test_a_rule_has_one_action_of_each_type(rules: Rules, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(Actions=[CATEGORY, TASK, TASK])
    assert "at most one CREATE_TASK" in refusal.message


# --- list -------------------------------------------------------------------------------------------------------------


def test_a_summary_says_what_a_rule_does_and_not_how(rules: Rules) -> None:
    rule = rules.describe(rules.create(Actions=[CATEGORY, TASK]))
    (summary,) = rules.summaries()
    for member in ("Name", "RuleId", "RuleArn", "PublishStatus", "CreatedTime", "LastUpdatedTime"):
        assert summary[member] == rule[member]
    assert summary["EventSourceName"] == "OnPostCallAnalysisAvailable"
    assert summary["ActionSummaries"] == [{"ActionType": "ASSIGN_CONTACT_CATEGORY"}, {"ActionType": "CREATE_TASK"}]
    assert not {"Actions", "Function", "Tags"} & set(summary)


def test_rules_are_listed_by_status_and_trigger(rules: Rules) -> None:
    rules.create("a", PublishStatus="DRAFT")
    rules.create("b")
    rules.create("c", on="OnCaseCreate")
    assert [rule["Name"] for rule in rules.summaries()] == ["a", "b", "c"]
    assert [rule["Name"] for rule in rules.summaries(PublishStatus="PUBLISHED")] == ["b", "c"]
    assert [rule["Name"] for rule in rules.summaries(EventSourceName="OnPostCallAnalysisAvailable")] == ["a", "b"]
    assert [
        rule["Name"] for rule in rules.summaries(EventSourceName="OnPostCallAnalysisAvailable", PublishStatus="DRAFT")
    ] == ["a"]


def test_listing_by_a_trigger_that_does_not_exist_is_refused(rules: Rules, refused: Any) -> None:
    with refused("InvalidRequestException"):
        rules.summaries(EventSourceName="OnFullMoon")


def test_a_page_holds_up_to_200_rules(client: Any, instance_id: str, rules: Rules, refused: Any) -> None:
    made = [rules.create(f"rule-{number}") for number in range(5)]
    pages = client.get_paginator("list_rules").paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 2})
    assert [[rule["RuleId"] for rule in page["RuleSummaryList"]] for page in pages] == [made[:2], made[2:4], made[4:]]
    with refused("InvalidRequestException"):
        rules.summaries(MaxResults=201)


# --- search -----------------------------------------------------------------------------------------------------------


@since_search
def test_a_search_shows_the_rule_without_its_conditions(client: Any, instance_id: str, rules: Rules) -> None:
    rule = rules.describe(rules.create(Tags={"team": "voice"}))
    found = client.search_rules(InstanceId=instance_id)
    assert found["ApproximateTotalCount"] == 1
    (summary,) = found["Rules"]
    assert summary["ActionSummaries"] == [{"ActionType": "ASSIGN_CONTACT_CATEGORY"}]
    assert {name: value for name, value in summary.items() if name != "ActionSummaries"} == {
        name: value for name, value in rule.items() if name not in ("Function", "Actions")
    }


@since_search
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Name", "Tickets"),
        ("PublishStatus", "DRAFT"),
        ("EventSourceName", "OnZendeskTicketCreate"),
        ("IntegrationAssociationId", "integration-1"),
        ("ActionSummaries", "CREATE_TASK"),
        ("RuleCapabilityTiers", "GenerativeAI"),
    ],
)
def test_rules_are_found_by_each_documented_field(rules: Rules, field: str, value: str) -> None:
    rules.create("Refunds")
    rules.create(
        "Tickets",
        on="OnZendeskTicketCreate",
        PublishStatus="DRAFT",
        Function=function(group(leaf("$.ContactLens.PostCall.SemanticMatch.Phrase"))),
    )
    assert rules.where(field, value) == ["Tickets"]


@since_search
def test_a_rule_is_found_by_its_id(rules: Rules) -> None:
    rules.create("Refunds")
    assert rules.where("RuleId", rules.create("Cases", on="OnCaseCreate")) == ["Cases"]


@since_search
def test_criteria_can_be_combined(rules: Rules) -> None:
    for name in ("refund-1", "refund-2", "sale-1"):
        rules.create(name, PublishStatus="DRAFT" if name == "refund-2" else "PUBLISHED")
    starts = {"StringCondition": {"FieldName": "Name", "Value": "refund", "ComparisonType": "STARTS_WITH"}}
    draft = {"StringCondition": {"FieldName": "PublishStatus", "Value": "DRAFT", "ComparisonType": "EXACT"}}
    sale = {"StringCondition": {"FieldName": "Name", "Value": "sale", "ComparisonType": "CONTAINS"}}
    criteria = {"OrConditions": [{"AndConditions": [starts, draft]}, sale]}
    assert rules.search(SearchCriteria=criteria) == ["refund-2", "sale-1"]


@since_search
def test_an_unknown_field_is_refused(rules: Rules, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        rules.where("name", "Refunds")
    assert "RuleCapabilityTiers" in refusal.message


TEAM_A, TEAM_B = {"TagKey": "team", "TagValue": "a"}, {"TagKey": "team", "TagValue": "b"}
BERLIN = {"TagKey": "site", "TagValue": "berlin"}


@since_search
@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"TagCondition": TEAM_A}, ["one", "two"]),
        ({"TagCondition": {"TagKey": "site"}}, ["two", "three"]),
        ({"AndCondition": {"TagConditions": [TEAM_A, BERLIN]}}, ["two"]),
        ({"OrConditions": [{"TagConditions": [TEAM_A, BERLIN]}, {"TagConditions": [TEAM_B]}]}, ["two", "three"]),
        ({}, ["one", "two", "three"]),
    ],
)
def test_a_search_is_filtered_by_tags(rules: Rules, tags: dict[str, Any], found: list[str]) -> None:
    rules.create("one", Tags={"team": "a"})
    rules.create("two", Tags={"team": "a", "site": "berlin"})
    rules.create("three", Tags={"team": "b", "site": "paris"})
    assert rules.search(SearchFilter={"AttributeFilter": tags}) == found


@since_search
def test_a_filter_of_two_kinds_is_refused(rules: Rules, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        rules.search(SearchFilter={"AttributeFilter": {"TagCondition": TEAM_A, "AndCondition": {"TagConditions": [TEAM_B]}}})
    assert "AndCondition, TagCondition" in refusal.message


def test_a_filter_that_is_newer_than_the_search_is_refused() -> None:
    with pytest.raises(InvalidParameterException, match="MoonCondition is not supported here"):
        attribute_filter({"MoonCondition": {}})


# --- update -----------------------------------------------------------------------------------------------------------


def test_an_update_replaces_function_actions_and_status(rules: Rules) -> None:
    rule_id = rules.create()
    other = function(group(leaf(), leaf(), operator="OR"))
    rules.update(rule_id, Function=other, Actions=[CATEGORY, EVENT], PublishStatus="DRAFT")
    rule = rules.describe(rule_id)
    assert (rule["Function"], rule["Actions"], rule["PublishStatus"]) == (other, [CATEGORY, EVENT], "DRAFT")


def test_an_update_keeps_the_trigger(rules: Rules) -> None:
    before = rules.describe(rule_id := rules.create(on="OnSalesforceCaseCreate"))
    rules.update(rule_id, PublishStatus="DRAFT")
    assert rules.describe(rule_id)["TriggerEventSource"] == before["TriggerEventSource"]


@since_search
def test_an_update_keeps_the_tags_and_drops_filters_that_are_not_given_again(rules: Rules) -> None:
    rule_id = rules.create(Tags={"team": "a"}, PreEvaluationFilters={"AndConditions": []})
    rules.update(rule_id)
    rule = rules.describe(rule_id)
    assert rule["Tags"] == {"team": "a"}
    assert "PreEvaluationFilters" not in rule


def test_an_update_is_noted(rules: Rules, amazon_connect: Any) -> None:
    before = rules.describe(rule_id := rules.create())
    amazon_connect.clock.advance(60)
    rules.update(rule_id)
    after = rules.describe(rule_id)
    assert (after["CreatedTime"], after["LastUpdatedBy"]) == (before["CreatedTime"], before["LastUpdatedBy"])
    assert (after["LastUpdatedTime"] - before["LastUpdatedTime"]).total_seconds() >= 60


@pytest.mark.parametrize("on", TRIGGERS)
def test_only_ticket_rules_can_be_renamed(rules: Rules, refused: Any, on: str) -> None:
    rule_id = rules.create("Before", on=on)
    if on in {"OnZendeskTicketCreate", "OnZendeskTicketStatusUpdate", "OnSalesforceCaseCreate"}:
        rules.update(rule_id, Name="After")
        assert rules.describe(rule_id)["Name"] == "After"
    else:
        with refused("InvalidRequestException") as refusal:
            rules.update(rule_id, Name="After")
        assert "Name must stay Before, got 'After'" in refusal.message


def test_a_rule_is_not_renamed_to_a_name_that_is_taken(rules: Rules, refused: Any) -> None:
    rules.create("Refunds")
    rule_id = rules.create("Tickets", on="OnZendeskTicketCreate")
    with refused("ResourceConflictException"):
        rules.update(rule_id, Name="Refunds", PublishStatus="DRAFT")


def test_a_name_is_free_after_a_rename(rules: Rules) -> None:
    rules.update(rules.create("Tickets", on="OnZendeskTicketCreate"), Name="Renamed")
    assert rules.create("Tickets")


@pytest.mark.parametrize(
    "members",
    [{"Function": "{}"}, {"Actions": []}, {"Actions": [CATEGORY, EXAMPLES["UPDATE_CASE"]]}, {"PublishStatus": "GONE"}],
)
def test_an_update_is_checked_as_a_new_rule_is(rules: Rules, refused: Any, members: dict[str, Any]) -> None:
    rule_id = rules.create()
    with refused("InvalidRequestException"):
        rules.update(rule_id, **members)


# --- delete and tags --------------------------------------------------------------------------------------------------


def test_a_deleted_rule_is_gone_and_its_name_is_free(client: Any, instance_id: str, rules: Rules, refused: Any) -> None:
    rule_id = rules.create()
    client.delete_rule(InstanceId=instance_id, RuleId=rule_id)
    with refused("ResourceNotFoundException"):
        rules.describe(rule_id)
    assert rules.summaries() == []
    assert rules.create()


def test_a_rule_can_be_tagged(client: Any, rules: Rules) -> None:
    arn = rules.describe(rule_id := rules.create())["RuleArn"]
    client.tag_resource(resourceArn=arn, tags={"team": "a", "site": "berlin"})
    client.untag_resource(resourceArn=arn, tagKeys=["site"])
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == rules.describe(rule_id)["Tags"] == {"team": "a"}


# --- the Rules Function language --------------------------------------------------------------------------------------

FILTER = {"LogicOperator": "AND", "Filters": [{"Type": "ParticipantRole", "Data": "CUSTOMER"}]}
NO_QUEUE = {"Operator": "EQUALS", "ComparisonValue": "$.ContactLens.PostCall.Queue.QueueId"}


@pytest.mark.parametrize(
    "root",
    [
        group(),
        group(leaf(), operator="OR"),
        group(leaf(Negate=True, FilterClause=FILTER)),
        group(NO_QUEUE),
        group(group(leaf(), group(leaf(), operator="OR")), leaf(Operator="NumberLessOrEqualTo", Operands=[50])),
        group(group(leaf("$.MetricData.CONTACTS_IN_QUEUE")), FilterClause={"LogicOperator": "AND", "Filters": []}),
    ],
)
def test_a_function_may_be(rules: Rules, root: Any) -> None:
    assert rules.describe(rules.create(Function=function(root)))["Function"] == function(root)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "it must be the text of a JSON object"),
        ("refund", "it must be the text of a JSON object"),
        ("[]", "it must be the text of a JSON object"),
        ('{"Version": NaN}', "it must be the text of a JSON object"),
        ("[" * 100_000, "nested|JSON object"),
        ("{}", "Version must be 2022-11-25, got None"),
        (function(Version="2023-01-01"), "Version must be 2022-11-25, got '2023-01-01'"),
        (function(RuleFunction=None), "RuleFunction must be a group"),
        (function(leaf()), "RuleFunction must be a group"),
        (function(group() | {"Operands": None}), "RuleFunction.Operands must be a list"),
        (function({"Operator": "OR"}), "RuleFunction.Operands must be a list"),
        (function(group(leaf(), "refund")), r"RuleFunction.Operands\[1\] must be an object, got 'refund'"),
        (function(group({"ComparisonValue": "$.x"})), r"Operands\[0\].Operator must be"),
        (function(group(leaf(Operator=["AND"]))), r"Operands\[0\].Operator must be"),
        (function(group(leaf(Operator=""))), r"Operands\[0\].Operator must be"),
        (function(group({"Operator": "EQUALS"})), r"Operands\[0\].ComparisonValue must be"),
        (function(group(leaf("Queue"))), r"ComparisonValue must be a path that starts with \$., got 'Queue'"),
        (function(group(leaf(Operands="refund"))), r"Operands\[0\].Operands must be a list, got 'refund'"),
        (function(group(leaf(Negate="no"))), r"Operands\[0\].Negate must be true or false, got 'no'"),
        (function(group(leaf(FilterClause=[]))), "FilterClause must be an object"),
        (function(group(leaf(FilterClause=FILTER | {"LogicOperator": "OR"}))), "LogicOperator must be AND, got 'OR'"),
        (function(group(leaf(FilterClause={"LogicOperator": "AND", "Filters": [1]}))), "Filters must be a list of objects"),
        (
            function(group(group(group(leaf(), 7)))),
            r"RuleFunction.Operands\[0\].Operands\[0\].Operands\[1\] must be an object",
        ),
    ],
)
def test_a_function_that_is_not_well_formed_is_refused(rules: Rules, refused: Any, text: str, where: str) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(Function=text)
    assert re.search(where, refusal.message)


def test_a_function_may_have_20_conditions(rules: Rules) -> None:
    assert rules.create(Function=function(group(*[leaf()] * 20)))


OR_OF_11 = group(*[leaf()] * 11, operator="OR")


@pytest.mark.parametrize(
    "root", [group(*[leaf()] * 21), group(*[leaf()] * 10, OR_OF_11), group(group(*[leaf()] * 10, OR_OF_11))]
)
def test_a_function_with_more_than_20_conditions_is_refused(rules: Rules, refused: Any, root: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        rules.create(Function=function(root))
    assert "at most 20 conditions, got 21" in refusal.message


def test_an_and_of_leaves_is_one_condition(rules: Rules) -> None:
    score = group(leaf("$.ContactLens.ContactEvaluation.Form.FormId"), leaf("$.ContactLens.ContactEvaluation.Form.Score"))
    assert rules.create(on="OnContactEvaluationSubmit", Function=function(group(*[score] * 20, operator="OR")))


def test_each_condition_of_a_metric_group_counts(rules: Rules, refused: Any) -> None:
    ten = group(*[leaf("$.MetricData.CONTACTS_IN_QUEUE")] * 10)
    rules.create(on="OnMetricDataUpdate", Function=function(group(ten, ten)))
    with refused("InvalidRequestException"):
        rules.create("another", on="OnMetricDataUpdate", Function=function(group(ten, ten, ten)))


def test_a_function_that_is_nested_too_deeply_for_the_parser_is_refused(rules: Rules, refused: Any) -> None:
    with refused("InvalidRequestException"):
        rules.create(Function=f'{{"Version": "2022-11-25", "RuleFunction": {"[" * 900}{"]" * 900}}}')


@since_search
@pytest.mark.parametrize(("kind", "tiers"), [("SemanticMatch.Phrase", ["GenerativeAI"]), ("ExactMatch.Transcript", [])])
def test_a_natural_language_condition_needs_generative_ai(rules: Rules, kind: str, tiers: list[str]) -> None:
    rule_id = rules.create()
    rules.update(rule_id, Function=function(group(leaf(f"$.ContactLens.PostCall.{kind}"))))
    assert rules.describe(rule_id)["RuleCapabilityTiers"] == tiers


words = st.sampled_from(["AND", "OR", "EQUALS", "$.Case.TemplateId", "2022-11-25", ""])
keys = st.sampled_from(
    ["Version", "RuleFunction", "Operator", "Operands", "ComparisonValue", "FilterClause", "Filters", "Type"]
)
nearly = st.recursive(
    st.none() | st.booleans() | st.integers() | words | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
)


@settings(deadline=None)
@given(st.text() | st.builds(json.dumps, nearly) | st.builds(function, nearly))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidRequestException):
        read_function(text)


trees = st.recursive(
    st.builds(leaf, words.filter(lambda word: word.startswith("$.")), Negate=st.booleans()),
    lambda inner: st.builds(
        lambda operands, operator: group(*operands, operator=operator), st.lists(inner), st.sampled_from(["AND", "OR"])
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(trees)
def test_every_tree_of_groups_and_leaves_is_read(tree: dict[str, Any]) -> None:
    text = function(group(tree))
    assert len(read_function(text, has_metric_groups=True)) == text.count("ComparisonValue")
