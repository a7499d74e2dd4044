from __future__ import annotations

from typing import Any

import pytest

from connect_mock.flow.host import HostError
from connect_mock.flow.outcomes import Ended, Failure, Occurred, Waiting
from tests.flow.recording_host import RecordingHost, Run, action, branch, ending, source, start

ERRORS = ["NoMatchingError", "CallFailed", "ConnectionTimeLimitExceeded", "TimeLimitExceeded", "InputTimeLimitExceeded"]


def on(channel: str, **records: Any) -> RecordingHost:
    return RecordingHost(known={"Channel": channel, "ContactId": "c-1", "Attributes": {"n": "+441134960000"}}, records=records)


def dial(host: RecordingHost | None = None, **parameters: Any) -> Run:
    parameters = {
        "ThirdPartyPhoneNumber": "$.Attributes.n",
        "ThirdPartyConnectionTimeLimitSeconds": "30",
        "ContinueFlowExecution": "True",
    } | parameters
    return branch("TransferParticipantToThirdParty", parameters, host or on("VOICE"), errors=ERRORS)


def test_the_flow_goes_on_when_the_third_party_has_hung_up() -> None:
    run = dial()
    assert run.host.asked("call_third_party") == [("+441134960000",)]
    assert run.outcome == Waiting(30, ("ThirdPartyConnected", "ThirdPartyDisconnected"))
    assert run.enter(Occurred("ThirdPartyConnected")).outcome == Waiting(None, ("ThirdPartyDisconnected",))
    assert run.enter(Occurred("ThirdPartyDisconnected")).host.path == ["it", "next"]


def test_a_third_party_that_does_not_answer_has_a_branch() -> None:
    assert dial().expire().host.path == ["it", "ConnectionTimeLimitExceeded"]


def test_a_call_that_fails_later_has_a_branch() -> None:
    assert dial().enter(Failure("CallFailed", "busy")).host.path == ["it", "CallFailed"]


@pytest.mark.parametrize("error", ["CallFailed", "NoMatchingError"])
def test_a_call_that_fails_at_once_has_a_branch(error: str) -> None:
    host = on("VOICE")
    host.refusals["call_third_party"] = HostError(error)
    assert dial(host).host.path == ["it", error]


def test_the_flow_can_end_with_the_transfer() -> None:
    assert dial(ContinueFlowExecution="False").outcome == Ended("THIRD_PARTY")


@pytest.mark.parametrize("seconds", ["601", "-1", "long"])
def test_a_time_limit_that_is_none_is_an_error(seconds: str) -> None:
    assert dial(ThirdPartyConnectionTimeLimitSeconds=seconds).host.path == ["it", "NoMatchingError"]


def authenticate() -> Run:
    flow = source(
        action(
            "it",
            "AuthenticateParticipant",
            {"TimeLimitMinutes": "5"},
            "next",
            on={"OptedOut": "out"},
            errors={"TimeLimitExceeded": "late"},
        ),
        *map(ending, ("next", "out", "late")),
    )
    return start(flow, on("CHAT"))


@pytest.mark.parametrize(("event", "where"), [("Authenticated", "next"), ("OptedOut", "out")])
def test_a_customer_signs_in_or_does_not(event: str, where: str) -> None:
    assert authenticate().enter(Occurred(event)).host.path == ["it", where]


def test_signing_in_has_a_time_limit() -> None:
    run = authenticate()
    assert isinstance(run.outcome, Waiting)
    assert run.outcome.seconds == 300
    assert run.expire().host.path == ["it", "late"]


def hand_over() -> Run:
    errors = {"NoMatchingCondition": "over", "InputTimeLimitExceeded": "late", "NoMatchingError": "e"}
    parameters = {"AgentConfiguration": {"WorkspaceId": "w"}}
    flow = source(
        action("it", "ConnectParticipantWithAgenticCX", parameters, "e", on={"Escalation": "agent"}, errors=errors),
        *map(ending, ("agent", "over", "late", "e")),
    )
    return start(flow, on("VOICE"))


@pytest.mark.parametrize(("event", "where"), [("Escalation", "agent"), ("ConversationEnded", "over")])
def test_a_conversation_with_ai_agents_ends_in_one_of_two_ways(event: str, where: str) -> None:
    run = hand_over().enter(Occurred(event, {"topic": "bill"}))
    assert run.host.path == ["it", where]
    assert run.look_up("$.AgenticCX.ContextVariables.topic") == "bill"


@pytest.mark.parametrize(("error", "where"), [("InputTimeLimitExceeded", "late"), ("NoMatchingError", "e")])
def test_a_conversation_with_ai_agents_can_fail(error: str, where: str) -> None:
    assert hand_over().enter(Failure(error)).host.path == ["it", where]


@pytest.mark.parametrize(
    ("type", "parameters"),
    [
        ("AuthenticateParticipant", {}),
        ("CreatePersistentContactAssociation", {"RehydrationType": "FROM_SEGMENT", "SourceContactId": "c"}),
    ],
)
def test_what_is_for_chats_is_an_error_on_a_call(type: str, parameters: dict[str, str]) -> None:
    assert branch(type, parameters, on("VOICE"), errors=ERRORS).last.why == f"{type} does not support VOICE"


def test_the_text_of_an_email_is_loaded() -> None:
    host = on("EMAIL", CONTACT_CONTENT=[{"Plaintext": "Hello"}])
    run = branch("LoadContactContent", {"ContentType": "EmailMessage"}, host, errors=ERRORS)
    assert run.look_up("$.Email.EmailMessage.Plaintext") == "Hello"


def test_an_email_without_content_is_an_error() -> None:
    run = branch("LoadContactContent", {"ContentType": "EmailMessage"}, on("EMAIL"), errors=ERRORS)
    assert run.last.why == "the contact has no EmailMessage"


@pytest.mark.parametrize(
    ("type", "parameters", "channel"),
    [
        ("CreatePersistentContactAssociation", {"RehydrationType": "FROM_SEGMENT", "SourceContactId": "c"}, "CHAT"),
        ("RenderMessageTemplate", {"WisdomKnowledgeBaseArn": "k", "WisdomMessageTemplateArn": "t"}, "VOICE"),
        ("RouteContactToAgent", {}, "VOICE"),
    ],
)
def test_what_has_no_meaning_here_is_noted(type: str, parameters: dict[str, Any], channel: str) -> None:
    run = branch(type, parameters, on(channel), errors=ERRORS)
    assert run.host.path == ["it", "next"]
    assert run.host.done == [("record", type, parameters)]


EMAIL = {
    "FromEmailAddress": {"EmailAddress": "a@example.com"},
    "DestinationEmailAddress": {"EmailAddress": "b@example.com"},
    "EmailMessage": {"MessageSourceType": "RAW"},
}


@pytest.mark.parametrize(
    ("type", "parameters", "kind"),
    [("CreateContact", {"Channel": "EMAIL"}, "EMAIL"), ("StartOutboundEmailContact", EMAIL, "OUTBOUND_EMAIL")],
)
def test_emails_are_sent(type: str, parameters: dict[str, Any], kind: str) -> None:
    run = branch(type, parameters, errors=ERRORS)
    assert run.host.path == ["it", "next"]
    assert run.host.asked("start_contact") == [(kind, parameters)]


@pytest.mark.parametrize(
    ("type", "parameters"), [("CreateContact", {"Channel": "EMAIL"}), ("StartOutboundEmailContact", EMAIL)]
)
def test_emails_that_cannot_be_sent_are_an_error(type: str, parameters: dict[str, Any]) -> None:
    host = RecordingHost(refusals={"start_contact": HostError()})
    assert branch(type, parameters, host, errors=ERRORS).host.path == ["it", "NoMatchingError"]


# --- data tables

ROW = {"PrimaryValues": {"plan": "gold"}, "Attributes": {"price": "9", "name": "Gold"}, "LockVersion": "7"}


def evaluate(*rows: dict[str, Any]) -> Run:
    key = [{"AttributeName": "plan", "Value": "$.Attributes.n"}]
    query = {"QueryName": "plans", "PrimaryValues": key, "Attributes": ["price", "missing"]}
    parameters = {"DataTableId": "t", "Queries": [query]}
    return branch("EvaluateDataTableValues", parameters, on("VOICE", DATA_TABLE_ROW=list(rows)), errors=ERRORS)


def test_attributes_of_a_row_are_read() -> None:
    run = evaluate(ROW)
    assert run.look_up("$.DataTables.plans") == {"price": "9", "missing": None}
    query = {"DataTableId": "t", "PrimaryValues": {"plan": "+441134960000"}}
    assert run.host.asked("find") == [("DATA_TABLE_ROW", query)]


def test_a_query_without_a_row_has_an_empty_result() -> None:
    run = evaluate()
    assert run.host.path == ["it", "next"]
    assert run.look_up("<$.DataTables.plans.price>") == "<>"


def listed(**parameters: Any) -> Run:
    return branch(
        "ListDataTableValues", {"DataTableId": "t"} | parameters, on("VOICE", DATA_TABLE_ROW=[ROW, ROW]), errors=ERRORS
    )


def test_rows_are_listed_by_group() -> None:
    run = listed(PrimaryKeyGroups=[{"PrimaryKeyGroupName": "g", "PrimaryValues": [{"Name": "plan", "Value": "gold"}]}])
    table = "$.DataTableList.ResultData"
    assert run.look_up(f"{table}.dataTableId {table}.lockVersion.dataTable") == "t 7"
    assert run.look_up(f"{table}.primaryKeyGroups.g[1].primaryKeys[0].attributeValue") == "gold"
    assert run.look_up(f"{table}.primaryKeyGroups.g[0].attributes[1].attributeValue") == "Gold"


def test_all_rows_are_the_default_group() -> None:
    assert len(listed().look_up("$.DataTableList.ResultData.primaryKeyGroups.default")) == 2


def test_rows_are_written_together() -> None:
    written = {"PrimaryValues": [{"Name": "plan", "Value": "gold"}], "Attributes": [{"Name": "price", "Value": "$.ContactId"}]}
    parameters = {"DataTableId": "t", "LockVersion": "7", "DataTableUpsertAttributes": [written, written]}
    ((_, stored),) = branch("UpsertDataTableValues", parameters, on("VOICE"), errors=ERRORS).host.asked("store")
    row = {"DataTableId": "t", "LockVersion": "7", "PrimaryValues": {"plan": "gold"}, "Attributes": {"price": "c-1"}}
    assert stored == {"Rows": [row, row]}


@pytest.mark.parametrize(
    ("type", "parameters"),
    [
        ("EvaluateDataTableValues", {"Queries": ["x"]}),
        ("EvaluateDataTableValues", {"Queries": [{"QueryName": "q", "PrimaryValues": [3]}]}),
        ("ListDataTableValues", {"PrimaryKeyGroups": "x"}),
        ("UpsertDataTableValues", {"DataTableUpsertAttributes": [{"Attributes": 5}]}),
    ],
)
def test_queries_of_another_form_are_an_error(type: str, parameters: dict[str, Any]) -> None:
    assert branch(type, {"DataTableId": "t"} | parameters, errors=ERRORS).host.path == ["it", "NoMatchingError"]


@pytest.mark.parametrize("type", ["EvaluateDataTableValues", "ListDataTableValues", "UpsertDataTableValues"])
def test_a_table_that_does_not_exist_is_an_error(type: str) -> None:
    host = RecordingHost(refusals=dict.fromkeys(("find", "store"), HostError(why="no such table")))
    parameters = {"DataTableId": "t", "Queries": [{"QueryName": "q"}], "DataTableUpsertAttributes": []}
    assert branch(type, parameters, host, errors=ERRORS).last.why == "no such table"


@pytest.mark.parametrize(("found", "where"), [([{}], "in"), ([], "out")])
def test_a_customer_is_in_a_segment_or_not(found: list[Any], where: str) -> None:
    conditions = {"In segment": "in", "Not in segment": "out"}
    flow = source(action("it", "CheckSegmentMembership", {}, "e", on=conditions), *map(ending, ("in", "out", "e")))
    assert start(flow, on("VOICE", SEGMENT_MEMBERSHIP=found)).host.path == ["it", where]
