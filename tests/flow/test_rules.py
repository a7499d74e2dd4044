"""The rules of publishing, one by one: each finds what it is about, and says where; and what they let pass."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connect_mock.flow import contracts
from connect_mock.flow.language import language
from connect_mock.flow.problems import Problem, problems_in
from connect_mock.flow.rules import RULES
from tests.flow.samples import ID, INSTANCE, document, flow_of, found, minimal, with_value

BYE: dict[str, Any] = {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}
TO_BYE = {"NextAction": "bye", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "bye"}], "Conditions": []}


def action(action_type: str, parameters: Any = None, **transitions: Any) -> dict[str, Any]:
    """An action `it` that goes to `bye`, and there on NoMatchingError."""
    return {
        "Identifier": "it",
        "Type": action_type,
        "Parameters": {} if parameters is None else parameters,
        "Transitions": TO_BYE | transitions,
    }


def errors(*names: str) -> list[dict[str, str]]:
    return [{"ErrorType": name, "NextAction": "bye"} for name in names]


def when(*operands: Any, operator: str = "Equals") -> dict[str, Any]:
    return {"NextAction": "bye", "Condition": {"Operator": operator, "Operands": list(operands)}}


MENU = {"Text": "Press 1", "InputTimeLimitSeconds": "5", "StoreInput": "False"}
STORED = MENU | {"StoreInput": "True", "InputValidation": {"CustomValidation": {"MaximumLength": "4"}}}
PHONE = MENU | {"StoreInput": "True", "InputValidation": {"PhoneNumberValidation": {"NumberFormat": "E164"}}}
THREE = errors("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError")
SAY = action("MessageParticipant", {"Text": "Hello"})


def flow(*actions: Any, **members: Any) -> str:
    return json.dumps(document(*actions, **members))


def one(*arguments: Any, **keywords: Any) -> str:
    """A flow of an action `it`, and `bye`."""
    return flow(action(*arguments, **keywords), BYE)


def comparing(*conditions: Any) -> str:
    return one(
        "Compare", {"ComparisonValue": "$.Attributes.a"}, Errors=errors("NoMatchingCondition"), Conditions=[*conditions]
    )


BROKEN: dict[str, tuple[str, str | None, str, str]] = {
    "too-large": (flow(BYE, Metadata={"note": "x" * 256_000}), None, "", ""),
    "not-json": ("{", None, "", ""),
    "not-a-flow": ('{"ContactFlow": {}}', None, "", ""),
    "wrong-version": (flow(BYE, Version="2018-01-01"), None, "", "Version"),
    "no-actions": (flow(), None, "", "Actions"),
    "too-many-actions": (flow(*(BYE | {"Identifier": f"bye {n}"} for n in range(251))), None, "", "Actions"),
    "not-an-action": (flow(BYE, 7), None, "", "Actions[1]"),
    "unknown-start": (flow(BYE, StartAction="hello"), None, "", "StartAction"),
    "missing-settings": (flow(BYE), "MODULE", "", "Settings"),
    "settings-in-flow": (flow(BYE, Settings={}), "CONTACT_FLOW", "", "Settings"),
    "invalid-settings": (flow(BYE, Settings={"Transitions": {}}), "MODULE", "", "Settings.Transitions"),
    "missing-identifier": (flow(BYE, {"Type": "EndFlowExecution"}), None, "", "Actions[1].Identifier"),
    "long-identifier": (flow(BYE | {"Identifier": "x" * 51}), None, "x" * 51, "Actions[0].Identifier"),
    "forbidden-character": (flow(BYE | {"Identifier": "a/b"}), None, "a/b", "Actions[0].Identifier"),
    "forbidden-identifier": (flow(BYE | {"Identifier": "toString"}), None, "toString", "Actions[0].Identifier"),
    "duplicate-identifier": (flow(BYE, BYE), None, "bye", "Actions[1].Identifier"),
    "unreachable-action": (flow(BYE, BYE | {"Identifier": "lost"}), None, "lost", "Actions[1]"),
    "malformed-action": (flow(SAY, BYE | {"Transitions": []}), None, "bye", "Actions[1].Transitions"),
    "unknown-type": (one("PlayPrompt"), None, "it", "Actions[0].Type"),
    "wrong-flow-type": (flow(SAY, BYE), "AGENT_WHISPER", "bye", "Actions[1].Type"),
    "wrong-channel": (flow(*flow_of("LoadContactContent")), "CUSTOMER_HOLD", "it", "Actions[0].Type"),
    "unknown-parameter": (
        one("MessageParticipant", {"Text": "Hi", "Voice": "Amy"}),
        None,
        "it",
        "Actions[0].Parameters.Voice",
    ),
    "missing-parameter": (one("UpdateContactAttributes"), None, "it", "Actions[0].Parameters.Attributes"),
    "refused-parameter": (
        one("GetParticipantInput", MENU | {"InputValidation": STORED["InputValidation"]}, Errors=THREE),
        None,
        "it",
        "Actions[0].Parameters.InputValidation",
    ),
    "wrong-type": (one("MessageParticipant", {"Text": 7}), None, "it", "Actions[0].Parameters.Text"),
    "empty-value": (one("MessageParticipant", {"Text": ""}), None, "it", "Actions[0].Parameters.Text"),
    "invalid-value": (
        one("UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "enabled"}, Errors=[]),
        None,
        "it",
        "Actions[0].Parameters.FlowLoggingBehavior",
    ),
    "out-of-range": (
        flow(*with_value("InvokeLambdaFunction", ("InvocationTimeLimitSeconds",), "9")),
        None,
        "it",
        "Actions[0].Parameters.InvocationTimeLimitSeconds",
    ),
    "unusual-value": (
        one("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Amy", "TextToSpeechStyle": "Sad"}),
        None,
        "it",
        "Actions[0].Parameters.TextToSpeechStyle",
    ),
    "invalid-format": (
        one("UpdateContactData", {"Name": "Ana", "WatchlistId": "short"}),
        None,
        "it",
        "Actions[0].Parameters.WatchlistId",
    ),
    "static-only": (one("TagContact", {"Tags": "$.Attributes.tags"}), None, "it", "Actions[0].Parameters.Tags"),
    "reference-only": (
        one("Compare", {"ComparisonValue": "gold"}, Errors=errors("NoMatchingCondition"), Conditions=[when("x")]),
        None,
        "it",
        "Actions[0].Parameters.ComparisonValue",
    ),
    "partial-reference": (
        one("TransferToFlow", {"ContactFlowId": "flow $.Attributes.a"}),
        None,
        "it",
        "Actions[0].Parameters.ContactFlowId",
    ),
    "malformed-reference": (
        one("TransferToFlow", {"ContactFlowId": "$.Attributes['a"}),
        None,
        "it",
        "Actions[0].Parameters.ContactFlowId",
    ),
    "unknown-reference": (
        one("TransferToFlow", {"ContactFlowId": "$.Atributes.a"}),
        None,
        "it",
        "Actions[0].Parameters.ContactFlowId",
    ),
    "incomplete-reference": (
        one("TransferToFlow", {"ContactFlowId": "$.External"}),
        None,
        "it",
        "Actions[0].Parameters.ContactFlowId",
    ),
    "exclusive-parameters": (
        one("MessageParticipant", {"Text": "Hi", "SSML": "<speak>Hi</speak>"}),
        None,
        "it",
        "Actions[0].Parameters",
    ),
    "missing-alternative": (one("MessageParticipant"), None, "it", "Actions[0].Parameters"),
    "missing-companion": (
        one("UpdateContactData", {"IsVoiceIdStreamingEnabled": "TRUE", "IsFraudDetectionEnabled": "FALSE"}),
        None,
        "it",
        "Actions[0].Parameters.IsVoiceAuthenticationEnabled",
    ),
    "stray-parameter": (
        one(
            "GetParticipantInput",
            PHONE | {"InputEncryption": {"EncryptionKeyId": "1", "Key": "k"}},
            Errors=errors("InvalidPhoneNumber", "NoMatchingError"),
        ),
        None,
        "it",
        "Actions[0].Parameters.InputEncryption",
    ),
    "mismatched-value": (
        one("GetParticipantInput", MENU | {"StoreInput": "false"}, Errors=THREE),
        None,
        "it",
        "Actions[0].Parameters.StoreInput",
    ),
    "unrecorded-analytics": (
        one(
            "UpdateContactRecordingBehavior",
            {"RecordingBehavior": {"RecordedParticipants": ["Agent"]}, "AnalyticsBehavior": {"Enabled": "True"}},
            Errors=[],
        ),
        None,
        "it",
        "Actions[0].Parameters.RecordingBehavior.RecordedParticipants",
    ),
    "duplicate-value": (
        one("EvaluateDataTableValues", {"DataTableId": "t", "Queries": [{"QueryName": "q", "Attributes": ["a"]}] * 2}),
        None,
        "it",
        "Actions[0].Parameters.Queries[]",
    ),
    "too-many-in-all": (
        one(
            "UpsertDataTableValues",
            {
                "DataTableId": "t",
                "DataTableUpsertAttributes": [{"PrimaryValues": [], "Attributes": [{"Name": f"{n}"} for n in range(13)]}] * 2,
            },
        ),
        None,
        "it",
        "Actions[0].Parameters.DataTableUpsertAttributes[]",
    ),
    "terminal-transitions": (flow(BYE | {"Transitions": {"NextAction": "bye"}}), None, "bye", "Actions[0].Transitions"),
    "missing-next-action": (
        one("MessageParticipant", {"Text": "Hi"}, NextAction=None),
        None,
        "it",
        "Actions[0].Transitions.NextAction",
    ),
    "malformed-transition": (
        one("MessageParticipant", {"Text": "Hi"}, Errors=[{"NextAction": "bye"}]),
        None,
        "it",
        "Actions[0].Transitions.Errors[0].ErrorType",
    ),
    "dangling-transition": (
        one("MessageParticipant", {"Text": "Hi"}, NextAction="nowhere"),
        None,
        "it",
        "Actions[0].Transitions.NextAction",
    ),
    "missing-error": (one("ResumeContact", Errors=[]), None, "it", "Actions[0].Transitions.Errors"),
    "disallowed-error": (
        one("ResumeContact", Errors=errors("NoMatchingError", "QueueAtCapacity")),
        None,
        "it",
        "Actions[0].Transitions.Errors[1].ErrorType",
    ),
    "unsupported-conditions": (one("ResumeContact", Conditions=[when("x")]), None, "it", "Actions[0].Transitions.Conditions"),
    "disallowed-operator": (
        comparing(when("x", operator="Contains")),
        None,
        "it",
        "Actions[0].Transitions.Conditions[0].Condition.Operator",
    ),
    "invalid-operand": (
        comparing(when("x"), when("")),
        None,
        "it",
        "Actions[0].Transitions.Conditions[1].Condition.Operands[0]",
    ),
    "doubtful-operand": (
        comparing(when("many", operator="NumberLessThan")),
        None,
        "it",
        "Actions[0].Transitions.Conditions[0].Condition.Operands",
    ),
    "missing-condition": (
        one("CheckHoursOfOperation", Conditions=[when("True")]),
        None,
        "it",
        "Actions[0].Transitions.Conditions",
    ),
    "too-many-conditions": (
        one("CheckHoursOfOperation", Conditions=[when("True"), when("False"), when("True")]),
        None,
        "it",
        "Actions[0].Transitions.Conditions",
    ),
    "unordered-percentages": (
        one(
            "DistributeByPercentage",
            Errors=errors("NoMatchingCondition"),
            Conditions=[when("51", operator="NumberLessThan"), when("31", operator="NumberLessThan")],
        ),
        None,
        "it",
        "Actions[0].Transitions.Conditions",
    ),
    "invalid-id": (
        one("UpdateContactTargetQueue", {"QueueId": "BasicQueue"}),
        None,
        "it",
        "Actions[0].Parameters.QueueId",
    ),
    "unknown-resource": (
        one("TransferToFlow", {"ContactFlowId": ID}),
        None,
        "it",
        "Actions[0].Parameters.ContactFlowId",
    ),
    "module-call": (
        one("InvokeFlowModule", {"FlowModuleId": f"{ID}:1", "Input": {"sum": 7}}),
        None,
        "it",
        "Actions[0].Parameters.Input.sum",
    ),
    "module-return": (
        flow({"Identifier": "it", "Type": "EndFlowModuleExecution", "Parameters": {"Result": "maybe"}}, Settings={}),
        "MODULE",
        "it",
        "Actions[0].Parameters.Result",
    ),
}
"""For each rule: content that breaks it, what it is published as, the action and the path that are told."""

WARNINGS = {
    "unreachable-action",
    "wrong-channel",
    "unusual-value",
    "unrecorded-analytics",
    "too-many-in-all",  # the parameters of that type are known from one source only
    "doubtful-operand",
    "unordered-percentages",
}


def check(content: str, flow_type: str | None = None) -> list[Problem]:
    """Problems in an instance that has a module without contract under `<ID>:1`, and nothing else."""
    return problems_in(
        content,
        flow_type,
        holds=lambda kind, reference: reference == f"{ID}:1" if kind in ("contact-flow", "flow-module") else None,
        contract_of=lambda module_id: contracts.Contract() if module_id == f"{ID}:1" else None,
        own=contracts.Contract() if flow_type == "MODULE" else None,
    )


def rules(content: str, flow_type: str | None = None) -> list[str]:
    return [each.rule for each in check(content, flow_type)]


def test_every_rule_has_an_example() -> None:
    assert sorted(RULES) == sorted(BROKEN)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_rule_finds_what_breaks_it_and_nothing_else_does(name: str) -> None:
    content, flow_type, identifier, path = BROKEN[name]
    (problem,) = [each for each in check(content, flow_type) if each.rule == name or each.rule not in COMES_ALONG]
    assert (problem.rule, problem.identifier, problem.path) == (name, identifier, path)
    assert problem.severity == ("warning" if name in WARNINGS else "error")


COMES_ALONG = {"unknown-start", "unreachable-action", "doubtful-operand"}
"""Cannot be helped: without actions nothing can start, and what dangles leads nowhere."""


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_problem_names_the_action_and_says_what_is_accepted(name: str) -> None:
    content, flow_type, identifier, _ = BROKEN[name]
    (message,) = [each.message for each in check(content, flow_type) if each.rule == name]
    assert not identifier or f"Identifier: {identifier}. " in message
    assert 20 < len(message) < 300


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_explains_itself(name: str) -> None:
    assert len(RULES[name].explanation) > 40


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_name_of_a_rule_is_in_kebab_case(name: str) -> None:
    assert name == name.lower().replace("_", "-").replace(" ", "-")


# --- messages in the service's words


@pytest.mark.parametrize(
    ("name", "start"),
    {
        "not-json": "Invalid contact flow format: content is not JSON",
        "unknown-type": "Invalid Action type. Type: PlayPrompt",
        "missing-parameter": "Action is missing required property. Path: Actions[0].Parameters.Attributes",
        "missing-next-action": "Action is missing required property. Path: Actions[0].Transitions.NextAction",
        "missing-condition": "Action is missing required property. Path: Transitions.Conditions",
        "unknown-parameter": "Invalid Action property name. Path: Actions[0].Parameters.Voice",
        "invalid-value": "Invalid Action property value. Path: Actions[0].Parameters.FlowLoggingBehavior",
        "empty-value": "Invalid Action property value. Path: 0.Parameter",
        "dangling-transition": "Invalid Action property value. Path: Actions[0].Transitions.NextAction",
        "disallowed-operator": "Invalid Action property value. Path: Actions[0].Transitions.Conditions",
        "invalid-operand": "Invalid branch. Path: 0.Evaluate",
        "missing-error": "Action is missing required error. Error: NoMatchingError, Path: Actions[0]",
        "disallowed-error": "Invalid Action error. Error: QueueAtCapacity, Path: Actions[0]",
        "terminal-transitions": "Action does not support transitions. Path: Actions[0]",
        "unsupported-conditions": "Action does not support conditions",
        "exclusive-parameters": "Only one of these properties may be defined. Properties: [Text, SSML]",
        "missing-alternative": "At least one of [PromptId, Text, SSML, Media] must be set",
        "invalid-id": "Not a supported id format",
        "missing-settings": "JSON field is missing or null for field name: settings",
    }.items(),
)
def test_a_message_begins_as_the_service_says_it(name: str, start: str) -> None:
    content, flow_type, *_ = BROKEN[name]
    (message,) = [each.message for each in check(content, flow_type) if each.rule == name]
    assert message.startswith(start)


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (one("UpdateContactAttributes", {"Attributes": {"a": ""}}), "Empty value in Parameters.Attributes"),
        (one("TagContact", {"Tags": {str(n): "x" for n in range(7)}}), "More than 6 tags in Parameters.Tags"),
        (
            one("UpdateContactRecordingAndAnalyticsBehavior", {}, Errors=errors("NoMatchingError", "ChannelMismatch")),
            "Invalid Action property value. Path: Actions[0].Parameters,",
        ),
    ],
)
def test_some_types_have_words_of_their_own(content: str, start: str) -> None:
    (problem,) = check(content)
    assert problem.message.startswith(start)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PlayPrompt", "MessageParticipant"),
        ("UnTagContact", "UntagContact"),
        ("messageparticipant", "MessageParticipant"),
        ("MessageParticipants", "MessageParticipant"),
        ("InvokeLambda", "InvokeLambdaFunction"),
    ],
)
def test_a_misspelt_type_gets_a_hint(written: str, meant: str) -> None:
    (problem,) = check(flow(BYE | {"Type": written}))
    assert f"Did you mean {meant}" in problem.message


def test_every_name_that_is_no_type_has_a_type_that_was_meant() -> None:
    assert not language().renamed.keys() & language().actions.keys()
    assert set(language().renamed.values()) <= language().actions.keys()


# --- what real exports have


@pytest.mark.parametrize("identifier", ["Play prompt #1", "Grüße, 東京 🙂".replace(",", ""), "a.b|c!d?", "1", " ", "x" * 50])
def test_identifiers_can_have_spaces_signs_and_any_letters(identifier: str) -> None:
    assert rules(flow(BYE | {"Identifier": identifier})) == []


def test_metadata_is_not_looked_at() -> None:
    metadata = {
        "entryPointPosition": {"x": 1, "y": -2.5},
        "ActionMetadata": {"gone": {"children": ["also gone"], "fragments": {"SetContactData": "gone"}, "position": None}},
        "Annotations": [{}],
        "hash": {},
    }
    assert rules(flow(SAY, BYE, Metadata=metadata)) == []


def test_metadata_can_be_missing() -> None:
    document = json.loads(flow(SAY, BYE))
    del document["Metadata"]
    assert rules(json.dumps(document)) == []


@pytest.mark.parametrize("branches", [{}, {"Errors": [], "Conditions": []}, {"Errors": None, "Conditions": None}])
def test_branches_can_be_missing_or_empty(branches: Any) -> None:
    say = SAY | {"Transitions": {"NextAction": "bye"} | branches}
    assert rules(flow(say, BYE | {"Transitions": branches})) == []


def test_parameters_can_be_missing_where_none_is_needed() -> None:
    assert rules(flow({"Identifier": "bye", "Type": "DisconnectParticipant"})) == []


def test_a_flow_may_go_round_in_circles() -> None:
    assert rules(one("MessageParticipant", {"Text": "Again"}, NextAction="it")) == []


@pytest.mark.parametrize("count", ["3", 3, "$.Attributes.count"])
def test_a_loop_count_can_be_a_number(count: Any) -> None:
    assert rules(flow(*with_value("Loop", ("LoopCount",), count))) == []


@pytest.mark.parametrize("count", [3.0, True, "three", "3.0", 101])
def test_a_loop_count_cannot_be_anything(count: Any) -> None:
    assert rules(flow(*with_value("Loop", ("LoopCount",), count))) in (["wrong-type"], ["out-of-range"])


@pytest.mark.parametrize("threshold", ["51", 51])
def test_a_percentage_can_be_a_number(threshold: Any) -> None:
    conditions = [when(threshold, operator="NumberLessThan")]
    assert rules(one("DistributeByPercentage", Errors=errors("NoMatchingCondition"), Conditions=conditions)) == []


@pytest.mark.parametrize("limit", [8, 8.0, True])
def test_other_numbers_are_texts(limit: Any) -> None:
    assert rules(flow(*with_value("InvokeLambdaFunction", ("InvocationTimeLimitSeconds",), limit))) == ["wrong-type"]


def test_a_space_is_not_empty() -> None:
    assert rules(one("MessageParticipant", {"Text": " "})) == []


def test_an_empty_text_deep_in_a_view_is_a_warning() -> None:
    view = with_value("ShowView", ("ViewData", "Sections"), [{"Heading": "", "Items": [{"Label": "x"}]}])
    (problem,) = check(flow(*view))
    assert (problem.rule, problem.severity) == ("empty-value", "warning")
    assert problem.path == "Actions[0].Parameters.ViewData.Sections[0].Heading"


def test_values_for_a_lambda_function_can_be_json() -> None:
    values = {"a": "x", "b": {"c": [1, True, None]}, "d": "$.Views"}
    assert rules(flow(*with_value("InvokeLambdaFunction", ("LambdaInvocationAttributes",), values))) == []


@pytest.mark.parametrize("view", ["form", ID, "arn:aws:connect:us-east-1:aws:view/form:1"])
def test_a_view_is_named_by_name_id_or_arn(view: str) -> None:
    assert rules(flow(*with_value("ShowView", ("ViewResource", "Id"), view))) == []


def test_event_hooks_of_newer_consoles_pass() -> None:
    hooks = {"EventHooks": {"CustomerQueue": ID}, "EventHooksConfiguration": {"CustomerQueue": {"DisableExecution": "false"}}}
    assert [each.rule for each in found(action("UpdateContactEventHooks", hooks), BYE)] == []


def test_agents_can_be_preferred_without_a_proficiency() -> None:
    match = {"ComparisonOperator": "Match", "MatchCriteria": {"AgentsCriteria": {"AgentIds": [ID]}}}
    steps = {"Steps": [{"Expression": {"AttributeCondition": match}, "Expiry": {"DurationInSeconds": 30}}]}
    assert rules(one("UpdateContactRoutingCriteria", {"RoutingCriteria": steps})) == []


def test_a_proficiency_has_a_name_a_value_and_a_level() -> None:
    steps = {"Steps": [{"Expression": {"AttributeCondition": {"ComparisonOperator": "NumberGreaterOrEqualTo"}}}]}
    assert rules(one("UpdateContactRoutingCriteria", {"RoutingCriteria": steps})) == ["missing-companion"] * 3


# --- references

REFERENCES = [
    "$.Attributes.tier",
    "$.Attributes.['customer name']",
    "$.Attributes['customer name']",
    '$.Attributes["customer name"]',
    "$['Attributes']['Language']",
    "$.SegmentAttributes['connect:Subtype']",
    "$.Views.ViewResultData.FormData.items.0",
    "$.DataTableList.ResultData.primaryKeyGroups.default[0].attributes[1].attributeValue",
    "$.DeliveryReceipts['`$.OutboundCommunication.Latest.Id`'].Bounce",
    "$.Lex.SessionAttributes.x-amz-lex",
    "$.StoredCustomerInput",
    "$.Channel",
    "$.Attributes.größe",
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_is_written_in_any_of_these_ways(reference: str) -> None:
    assert rules(one("TransferToFlow", {"ContactFlowId": reference})) == []
    assert rules(comparing(when(reference))) == []


@pytest.mark.parametrize("reference", ["$.", "$[", "$.Attributes.", "$.Attributes..a", "$.Attributes.a b", "$.Attributes[a]"])
def test_a_reference_is_not_written_otherwise(reference: str) -> None:
    assert rules(one("TransferToFlow", {"ContactFlowId": reference})) == ["malformed-reference"]


@pytest.mark.parametrize("reference", ["$.External", "$['External']", "$.Queue"])
def test_a_namespace_alone_is_no_value(reference: str) -> None:
    assert rules(one("TransferToFlow", {"ContactFlowId": reference})) == ["incomplete-reference"]


@pytest.mark.parametrize(
    "text", ["It is $5.", "$.50 please", "$.Attributes.a and $.External.b", "arn:aws:lambda:$.AwsRegion:x", "a $"]
)
def test_text_can_have_references_and_signs_in_it(text: str) -> None:
    assert rules(one("MessageParticipant", {"Text": text})) == []


def test_an_unknown_namespace_inside_a_text_is_a_warning() -> None:
    (problem,) = check(one("MessageParticipant", {"Text": "Hello $.Atributes.name!"}))
    assert (problem.rule, problem.severity) == ("unknown-reference", "warning")


@pytest.mark.parametrize("operand", ["$.Atributes.a", "$.Attributes["])
def test_a_reference_in_an_operand_is_checked(operand: str) -> None:
    assert rules(comparing(when(operand))) == ["invalid-operand"]


def test_only_compare_takes_references_in_operands() -> None:
    menu = one("GetParticipantInput", MENU, Errors=THREE, Conditions=[when("$.Attributes.key")])
    assert rules(menu) == ["invalid-operand"]


# --- forms


@pytest.mark.parametrize(
    ("parameters", "names", "conditions"),
    [
        (MENU, ["InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError"], [when("1"), when("#")]),
        (STORED, ["NoMatchingError"], []),
        (PHONE, ["InvalidPhoneNumber", "NoMatchingError"], []),
        ({"EnableDTMFBuffer": "true"}, ["NoMatchingError"], []),
        ({"EnableDTMFBuffer": "true", "StoreInput": "false"}, ["NoMatchingError"], []),
    ],
)
def test_input_has_the_branches_of_its_form(parameters: Any, names: list[str], conditions: Any) -> None:
    assert rules(one("GetParticipantInput", parameters, Errors=errors(*names), Conditions=conditions)) == []


@pytest.mark.parametrize(
    ("parameters", "names", "broken"),
    [
        (MENU, ["NoMatchingError"], ["missing-error", "missing-error"]),
        (
            MENU,
            ["InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError", "InvalidPhoneNumber"],
            ["disallowed-error"],
        ),
        (STORED, ["NoMatchingError", "InvalidPhoneNumber"], ["disallowed-error"]),
        (STORED, ["NoMatchingError", "InputTimeLimitExceeded"], ["disallowed-error"]),
        (PHONE, ["NoMatchingError"], ["missing-error"]),
        (MENU | {"StoreInput": "True"}, ["NoMatchingError"], ["missing-parameter"]),
        ({"Text": "Hi"}, ["NoMatchingError"], ["missing-parameter", "missing-parameter"]),
        ({"EnableDTMFBuffer": "true"}, ["NoMatchingError", "NoMatchingCondition"], ["disallowed-error"]),
    ],
)
def test_input_has_no_other_branches_or_parameters(parameters: Any, names: list[str], broken: list[str]) -> None:
    assert rules(one("GetParticipantInput", parameters, Errors=errors(*names))) == broken


def test_stored_input_has_no_conditions() -> None:
    content = one("GetParticipantInput", STORED, Conditions=[when("1")])
    assert rules(content) == ["unsupported-conditions"]


def test_a_local_number_has_a_country() -> None:
    local = {"InputValidation": {"PhoneNumberValidation": {"NumberFormat": "Local"}}}
    content = one("GetParticipantInput", PHONE | local, Errors=errors("InvalidPhoneNumber", "NoMatchingError"))
    assert rules(content) == ["missing-companion"]


def test_the_touchtone_buffer_can_be_set_in_an_outbound_whisper() -> None:
    buffer = flow(action("GetParticipantInput", {"EnableDTMFBuffer": "true"}), BYE | {"Type": "EndFlowExecution"})
    menu = flow(action("GetParticipantInput", MENU, Errors=THREE), BYE | {"Type": "EndFlowExecution"})
    assert rules(buffer, "OUTBOUND_WHISPER") == []
    assert rules(menu, "OUTBOUND_WHISPER") == ["wrong-flow-type"]


def waiting(parameters: Any, *operands: str, names: tuple[str, ...] = ("NoMatchingError",)) -> list[str]:
    conditions = [when(each) for each in operands]
    return rules(one("Wait", {"TimeLimitSeconds": "60"} | parameters, Errors=errors(*names), Conditions=conditions))


def test_a_wait_has_a_condition_for_each_of_its_events() -> None:
    events = {"Events": ["CustomerReturned", "BotParticipantDisconnected"]}
    both = ("NoMatchingError", "ParticipantNotFound")
    assert waiting({}, "WaitCompleted") == []
    assert waiting({}) == ["missing-condition"]
    assert waiting(events, "WaitCompleted", "CustomerReturned", "BotParticipantDisconnected", names=both) == []
    assert waiting(events, "WaitCompleted", "CustomerReturned", names=both) == ["missing-condition"]
    assert waiting(events, "WaitCompleted", "CustomerReturned", "BotParticipantDisconnected") == ["missing-error"]


def test_the_name_of_a_parameter_in_the_documentation_of_wait_is_refused() -> None:
    assert rules(one("Wait", {"TimeoutSeconds": "60"}, Conditions=[when("WaitCompleted")])) == [
        "unknown-parameter",
        "missing-parameter",
    ]


def test_a_loop_has_both_its_conditions() -> None:
    loop = {"LoopCount": "2"}
    assert rules(one("Loop", loop, Conditions=[when("ContinueLooping"), when("DoneLooping")])) == []
    assert rules(one("Loop", loop, Errors=[], Conditions=[when("ContinueLooping"), when("DoneLooping")])) == []
    assert rules(one("Loop", loop, Conditions=[when("ContinueLooping")])) == ["missing-condition"]
    assert rules(one("Loop", loop, Conditions=[when("ContinueLooping"), when("Done")])) == [
        "invalid-operand",
        "missing-condition",
    ]


VOICE = {"VoiceBehavior": {"VoiceRecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"]}}}
CHAT = {"ChatBehavior": {"ChatAnalyticsBehavior": {"Enabled": "True", "AnalyticsModes": ["ContactLens"]}}}


@pytest.mark.parametrize(
    ("parameters", "names", "broken"),
    [
        (VOICE, ["NoMatchingError", "ChannelMismatch"], []),
        (CHAT, ["NoMatchingError", "ChannelMismatch", "InFlightRedactionConfigurationFailed"], []),
        (VOICE, ["NoMatchingError", "ChannelMismatch", "InFlightRedactionConfigurationFailed"], ["disallowed-error"]),
        (CHAT, ["NoMatchingError", "ChannelMismatch"], ["missing-error"]),
        (
            VOICE | CHAT,
            ["NoMatchingError", "ChannelMismatch", "InFlightRedactionConfigurationFailed"],
            ["exclusive-parameters"],
        ),
    ],
)
def test_recording_is_of_one_kind_and_has_its_branches(parameters: Any, names: list[str], broken: list[str]) -> None:
    assert rules(one("UpdateContactRecordingAndAnalyticsBehavior", parameters, Errors=errors(*names))) == broken


@pytest.mark.parametrize(
    ("goes_on", "flow_type", "names", "broken"),
    [
        ("True", "CONTACT_FLOW", ["CallFailed", "ConnectionTimeLimitExceeded"], []),
        ("True", "CONTACT_FLOW", [], ["missing-error", "missing-error"]),
        ("False", "CONTACT_FLOW", [], []),
        ("False", "CONTACT_FLOW", ["CallFailed"], ["disallowed-error"]),
        ("True", "AGENT_TRANSFER", [], []),
        ("True", "AGENT_TRANSFER", ["CallFailed", "ConnectionTimeLimitExceeded"], []),
    ],
)
def test_a_transfer_that_ends_the_flow_has_no_branches_for_the_call(
    goes_on: str, flow_type: str, names: list[str], broken: list[str]
) -> None:
    dialled = minimal("TransferParticipantToThirdParty")["Parameters"] | {"ContinueFlowExecution": goes_on}
    content = one("TransferParticipantToThirdParty", dialled, Errors=errors(*names, "NoMatchingError"))
    assert rules(content, flow_type) == broken


def measuring(metric: str, operator: str, operand: str) -> list[str]:
    names = errors("NoMatchingCondition", "NoMatchingError")
    return rules(one("CheckMetricData", {"MetricType": metric}, Errors=names, Conditions=[when(operand, operator=operator)]))


def test_agents_are_counted_and_queues_measured() -> None:
    assert measuring("NumberOfAgentsStaffed", "NumberGreaterThan", "0") == []
    assert measuring("NumberOfAgentsStaffed", "NumberGreaterThan", "1") == ["invalid-operand"]
    assert measuring("NumberOfAgentsStaffed", "Equals", "0") == ["disallowed-operator"]
    assert measuring("NumberOfContactsInQueue", "NumberLessOrEqualTo", "10") == []
    assert measuring("OldestContactInQueueAgeSeconds", "Equals", "many") == ["invalid-operand"]


def test_voice_id_has_the_results_of_what_was_asked() -> None:
    asked = {"CheckVoiceIdOption": "fraudDetection"}
    assert rules(one("CheckVoiceId", asked, Conditions=[when("HighRisk")])) == []
    assert rules(one("CheckVoiceId", asked, Conditions=[when("Enrolled")])) == ["invalid-operand"]


def test_an_interrupted_loop_of_messages_has_a_condition() -> None:
    messages = {"Messages": [{"Text": "Please hold"}]}
    interrupted = messages | {"InterruptFrequencySeconds": "30"}
    assert rules(one("MessageParticipantIteratively", interrupted, Conditions=[when("MessagesInterrupted")])) == []
    assert rules(one("MessageParticipantIteratively", interrupted)) == ["missing-condition"]
    assert rules(one("MessageParticipantIteratively", messages, Conditions=[when("MessagesInterrupted")])) == [
        "unsupported-conditions"
    ]


def test_each_message_of_a_loop_is_one_thing() -> None:
    messages = {"Messages": [{"Text": "a"}, {"Text": "b", "SSML": "c"}, {}]}
    problems = check(one("MessageParticipantIteratively", messages))
    assert [(each.rule, each.path[-11:]) for each in problems] == [
        ("exclusive-parameters", "Messages[1]"),
        ("missing-alternative", "Messages[2]"),
    ]


def test_a_routing_priority_has_no_error_branch() -> None:
    assert rules(one("UpdateContactRoutingBehavior", {"QueuePriority": "1"}, Errors=[])) == []
    assert rules(one("UpdateContactRoutingBehavior", {"QueuePriority": "1"})) == ["disallowed-error"]
    assert rules(one("UpdateContactRoutingBehavior", {"RoutingProficiencies": {}})) == []


def test_a_linked_case_has_a_branch_for_what_is_not_linked() -> None:
    case = {"LinkContactToCase": "true", "CaseTemplateId": "t"}
    assert rules(one("CreateCase", case)) == ["missing-error"]
    assert rules(one("CreateCase", case | {"LinkContactToCase": "false"})) == []


def test_an_idle_bot_has_a_branch_for_the_time_limit() -> None:
    bot = minimal("ConnectParticipantWithLexBot")["Parameters"]
    names = errors("NoMatchingCondition", "NoMatchingError")
    idle = bot | {"LexTimeoutSeconds": {"Text": "60"}}
    assert rules(one("ConnectParticipantWithLexBot", bot, Errors=names)) == []
    assert rules(one("ConnectParticipantWithLexBot", idle, Errors=names)) == ["missing-error"]


def test_a_module_with_branches_has_one_for_the_rest() -> None:
    module = {"FlowModuleId": "$.Attributes.module"}
    assert rules(one("InvokeFlowModule", module)) == []
    assert rules(one("InvokeFlowModule", module, Conditions=[when("approved")])) == ["missing-error"]


def test_exists_is_for_campaigns() -> None:
    exists = {"NextAction": "it", "Condition": {"Operator": "Exists", "Operands": []}}
    compare = action(
        "Compare",
        {"ComparisonValue": "$.Attributes.a"},
        Errors=errors("NoMatchingCondition"),
        Conditions=[exists],
    )
    content = flow(compare, BYE | {"Type": "EndFlowExecution"})
    assert rules(content, "CAMPAIGN") == rules(content) == []
    assert rules(content, "CONTACT_FLOW") == ["disallowed-operator"]


def test_a_profile_is_found_in_one_way() -> None:
    def finding(**request: Any) -> list[str]:
        names = errors("MultipleFoundError", "NoneFoundError", "NoMatchingError")
        return rules(one("GetCustomerProfile", {"ProfileRequestData": request}, Errors=names))

    assert finding(PhoneNumber="$.CustomerEndpoint.Address") == []
    assert finding(IdentifierName="_phone") == ["missing-companion"]
    assert finding() == ["missing-alternative"]
    assert finding(PhoneNumber="1", EmailAddress="a@example.com") == ["exclusive-parameters"]


def test_profile_attributes_have_any_name() -> None:
    profile = {"FirstName": "Ana", "Attributes.tier": "gold"}
    assert rules(flow(*with_value("CreateCustomerProfile", ("ProfileRequestData",), profile))) == []


# --- resources


@pytest.mark.parametrize(
    ("action_type", "parameter", "keyword"),
    [
        ("UpdateContactTargetQueue", "QueueId", "queue"),
        ("UpdateContactTargetQueue", "AgentId", "agent"),
        ("CheckHoursOfOperation", "HoursOfOperationId", "operating-hours"),
        ("TransferToFlow", "ContactFlowId", "contact-flow"),
        ("MessageParticipant", "PromptId", "prompt"),
        ("InvokeFlowModule", "FlowModuleId", "flow-module"),
    ],
)
def test_a_resource_is_named_by_its_id_or_arn(action_type: str, parameter: str, keyword: str) -> None:
    def named(reference: str) -> bool:
        actions = with_value(action_type, (parameter,), reference)
        return "invalid-id" not in [each.rule for each in found(*actions)]

    assert all(
        map(named, [ID, f"{ID}:$LATEST", f"{INSTANCE}/{keyword}/{ID}", f"{INSTANCE}/{keyword}/{ID}:1", "$.Attributes.id"])
    )
    assert not any(map(named, ["Basic", f"{ID}x", f"{INSTANCE}/routing-profile/{ID}", "arn:aws:connect", "${Queue}"]))


def test_what_is_named_by_a_reference_is_not_looked_up() -> None:
    assert rules(one("TransferToFlow", {"ContactFlowId": "$.Attributes.flow"})) == []


def test_a_kind_that_nobody_knows_is_not_looked_up() -> None:
    assert rules(one("UpdateContactTargetQueue", {"QueueId": ID})) == []


# --- all of them together


def test_problems_come_in_the_order_of_the_document() -> None:
    content = flow(action("PlayPrompt", NextAction="gone"), BYE | {"Identifier": "a/b"}, BYE, Version="1")
    assert [(each.identifier, each.rule) for each in check(content) if each.severity == "error"] == [
        ("", "wrong-version"),
        ("it", "unknown-type"),
        ("it", "dangling-transition"),
        ("a/b", "forbidden-character"),
    ]


def test_what_is_not_known_of_a_type_for_sure_is_a_warning() -> None:
    content = one("ListDataTableValues", {"DataTableId": "t", "Query": "q"})
    (problem,) = check(content)
    assert (problem.rule, problem.severity) == ("unknown-parameter", "warning")


@pytest.mark.parametrize("allowed", [False, True])
def test_an_unknown_type_can_be_allowed(allowed: bool) -> None:
    (problem,) = problems_in(one("BrandNewAction"), allow_unknown_actions=allowed)
    assert (problem.rule, problem.severity) == ("unknown-type", "warning" if allowed else "error")


@pytest.mark.parametrize("name", ["", "Brand New", "x", "A" * 100, None, 5])
def test_a_type_that_no_type_can_have_is_never_allowed(name: Any) -> None:
    (problem,) = problems_in(one(name), allow_unknown_actions=True)
    assert problem.severity == "error"
