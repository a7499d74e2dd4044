from __future__ import annotations

from typing import Any

import pytest

from connect_mock.flow.host import HostError, LambdaCall
from tests.flow.recording_host import RecordingHost, Run, action, branch, ending, source, start

ERRORS = ["NoMatchingError", "NoneFoundError", "MultipleFoundError"]


def invoked(answer: Any, **parameters: Any) -> Run:
    host = RecordingHost(lambda_answer=answer)
    parameters = {"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "3"} | parameters
    return branch("InvokeLambdaFunction", parameters, host, errors=ERRORS)


AS_JSON = {"ResponseType": "JSON"}


def test_a_function_is_called_with_its_parameters_looked_up() -> None:
    run = invoked({}, LambdaInvocationAttributes={"id": "$.ContactId"})
    assert run.host.asked("invoke_lambda") == [(LambdaCall("f", {"id": "c-1"}, 3),)]


def test_the_answer_of_a_function_can_be_referred_to_in_two_ways() -> None:
    run = invoked({"tier": "gold"})
    assert run.look_up("$.External.tier") == run.look_up("$.LambdaInvocation.ResultData.tier") == "gold"


def test_numbers_and_truth_values_become_texts() -> None:
    assert invoked({"n": 1, "f": 1.5, "t": True, "nothing": None}).look_up("$.External") == {"n": "1", "f": "1.5", "t": "true"}


@pytest.mark.parametrize("answer", [None, "text", 3, [], {"a": {}}, {"a": ["b"]}])
def test_an_answer_that_is_no_map_of_texts_is_an_error(answer: Any) -> None:
    run = invoked(answer)
    assert run.host.path == ["it", "NoMatchingError"]
    assert run.look_up("$.External") is None


@pytest.mark.parametrize("answer", [None, "text", 3, ["a"], {"a": {"b": [1]}}])
def test_an_answer_can_be_any_json(answer: Any) -> None:
    assert invoked(answer, ResponseValidation=AS_JSON).look_up("$.External") == answer


@pytest.mark.parametrize("answer", [{"a": "é" * 17_000}, {"a": object()}])
def test_an_answer_that_is_too_long_or_no_json_is_an_error(answer: Any) -> None:
    assert invoked(answer, ResponseValidation=AS_JSON).host.path == ["it", "NoMatchingError"]


def test_an_asynchronous_call_leaves_a_request_id() -> None:
    run = invoked("r-1", InvocationType="ASYNCHRONOUS")
    assert run.look_up("$.LambdaInvocation.RequestId") == "r-1"
    assert run.look_up("$.External") is None
    assert run.host.asked("invoke_lambda") == [(LambdaCall("f", {}, 3, asynchronous=True),)]


def test_a_function_that_fails_is_an_error_and_leaves_the_last_answer() -> None:
    call = {"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "3"}
    flow = source(
        action("a", "InvokeLambdaFunction", call, "b"),
        action("b", "InvokeLambdaFunction", call, "e", errors={"NoMatchingError": "bye"}),
        ending("bye"),
    )
    run = start(flow, FailingTheSecondTime(lambda_answer={"x": "1"}))
    assert run.last.why == "timed out"
    assert run.look_up("$.External.x") == "1"


class FailingTheSecondTime(RecordingHost):
    def invoke_lambda(self, call: LambdaCall) -> Any:
        if self.asked("invoke_lambda"):
            raise HostError(why="timed out")
        return super().invoke_lambda(call)


CALLBACK = {"InitialCallDelaySeconds": "30", "MaximumConnectionAttempts": "2", "RetryDelaySeconds": "600"}


def test_a_callback_is_queued() -> None:
    run = branch("CreateCallbackContact", CALLBACK | {"QueueId": "q"}, errors=ERRORS)
    assert run.host.path == ["it", "next"]
    assert run.host.asked("start_contact") == [("CALLBACK", CALLBACK | {"QueueId": "q"})]


@pytest.mark.parametrize("more", [{"QueueId": "q", "AgentId": "a"}, {"RetryDelaySeconds": "soon"}])
def test_a_callback_that_makes_no_sense_is_an_error(more: dict[str, str]) -> None:
    run = branch("CreateCallbackContact", CALLBACK | more, errors=ERRORS)
    assert run.host.path == ["it", "NoMatchingError"]
    assert not run.host.done


def test_a_callback_that_the_host_refuses_is_an_error() -> None:
    host = RecordingHost(refusals={"start_contact": HostError(why="no queue")})
    assert branch("CreateCallbackContact", CALLBACK, host, errors=ERRORS).last.why == "no queue"


# --- customer profiles

ADA = {
    "ProfileId": "p1",
    "ProfileARN": "arn:p1",
    "FirstName": "Ada",
    "LastName": "L",
    "Attributes": {"tier": "gold", "x": "y"},
}


def profiles(*found: dict[str, Any]) -> RecordingHost:
    return RecordingHost(records={"CUSTOMER_PROFILE": list(found)})


def find(*found: dict[str, Any], fields: Any = ()) -> Run:
    parameters = {
        "ProfileRequestData": {"IdentifierName": "_phone", "IdentifierValue": "$.ContactId"},
        "ProfileResponseData": fields,
    }
    return branch("GetCustomerProfile", parameters, profiles(*found), errors=ERRORS)


@pytest.mark.parametrize(("count", "where"), [(0, "NoneFoundError"), (1, "next"), (2, "MultipleFoundError")])
def test_exactly_one_profile_has_to_match(count: int, where: str) -> None:
    assert find(*[ADA] * count).host.path == ["it", where]


def test_a_profile_is_searched_with_references_looked_up() -> None:
    query = {"IdentifierName": "_phone", "IdentifierValue": "c-1"}
    assert find(ADA).host.asked("find") == [("CUSTOMER_PROFILE", query)]


def test_only_the_fields_asked_for_are_loaded() -> None:
    run = find(ADA, fields=["FirstName", "Attributes.tier", "Nothing"])
    loaded = {"ProfileId": "p1", "ProfileARN": "arn:p1", "FirstName": "Ada", "Attributes": {"tier": "gold"}}
    assert run.look_up("$.Customer") == loaded


def test_response_data_that_is_drawn_as_an_object_loads_nothing_more() -> None:
    assert find(ADA, fields={}).look_up("$.Customer") == {"ProfileId": "p1", "ProfileARN": "arn:p1"}


def test_a_new_profile_is_known_afterwards() -> None:
    parameters = {"ProfileRequestData": {"FirstName": "Ada"}, "ProfileResponseData": ["LastName"]}
    run = branch("CreateCustomerProfile", parameters, profiles(ADA), errors=ERRORS)
    assert run.look_up("$.Customer.LastName") == "L"
    assert run.host.asked("store") == [("CUSTOMER_PROFILE", {"FirstName": "Ada"})]


def test_the_profile_that_was_loaded_is_the_one_that_is_updated() -> None:
    flow = source(
        action("get", "GetCustomerProfile", {"ProfileRequestData": {}, "ProfileResponseData": ["FirstName"]}, "set"),
        action(
            "set",
            "UpdateCustomerProfile",
            {"ProfileRequestData": {"City": "Leeds"}, "ProfileResponseData": ["LastName"]},
            "bye",
        ),
        ending("bye"),
    )
    run = start(flow, profiles(ADA))
    assert run.host.asked("store") == [("CUSTOMER_PROFILE", {"City": "Leeds", "ProfileId": "p1"})]
    assert run.look_up("$.Customer.FirstName $.Customer.LastName") == "Ada L"


def test_no_profile_can_be_updated_before_one_was_loaded() -> None:
    run = branch("UpdateCustomerProfile", {"ProfileRequestData": {"City": "Leeds"}}, profiles(ADA), errors=ERRORS)
    assert run.last.why == "no profile was loaded"


def test_another_profile_takes_the_place_of_the_first() -> None:
    two = {"ProfileRequestData": {}, "ProfileResponseData": ["FirstName"]}
    flow = source(action("a", "CreateCustomerProfile", two, "b"), action("b", "GetCustomerProfile", two, "bye"), ending("bye"))
    run = start(flow, Changing(records={"CUSTOMER_PROFILE": [ADA]}))
    assert run.look_up("$.Customer") == {"ProfileId": "p2"}


class Changing(RecordingHost):
    def find(self, kind: Any, query: Any) -> Any:
        return [{"ProfileId": "p2"}]


def test_a_profile_is_associated() -> None:
    parameters = {"ProfileRequestData": {"ProfileId": "p1", "ContactId": "$.ContactId"}}
    run = branch("AssociateContactToCustomerProfile", parameters, errors=ERRORS)
    assert run.host.asked("store") == [("CUSTOMER_PROFILE_KEY", {"ProfileId": "p1", "ContactId": "c-1"})]


@pytest.mark.parametrize(
    "type",
    [
        "AssociateContactToCustomerProfile",
        "CreateCustomerProfile",
        "GetCalculatedAttributesForCustomerProfile",
        "GetCustomerProfile",
        "GetCustomerProfileObject",
        "UpdateCustomerProfile",
    ],
)
def test_profiles_that_cannot_be_reached_are_an_error(type: str) -> None:
    host = RecordingHost(refusals=dict.fromkeys(("find", "store"), HostError(why="not enabled")))
    assert branch(type, {"ProfileRequestData": {"ProfileId": "p"}}, host, errors=ERRORS).last.why == "not enabled"


def load_object(kind: str, fields: list[str], *found: dict[str, Any]) -> Run:
    host = RecordingHost(records={"CUSTOMER_PROFILE_OBJECT": list(found)})
    parameters = {
        "ProfileRequestData": {"ProfileId": "p", "ObjectType": kind, "UseLatest": "true"},
        "ProfileResponseData": fields,
    }
    return branch("GetCustomerProfileObject", parameters, host, errors=ERRORS)


def test_an_object_of_a_profile_is_loaded_without_the_prefix_of_its_fields() -> None:
    run = load_object("Order", ["OrderStatus", "OrderNone"], {"OrderId": "o1", "Status": "sent", "Name": "x"})
    assert run.look_up("$.Customer") == {"Order": {"OrderId": "o1", "Status": "sent"}}


def test_an_object_of_ones_own_type_is_loaded_by_attribute() -> None:
    assert load_object("Pet", ["ObjectAttributes.name"], {"name": "Rex"}).look_up("$.Customer.ObjectAttributes.name") == "Rex"


def test_no_object_has_a_branch() -> None:
    assert load_object("Order", []).host.path == ["it", "NoneFoundError"]


def test_calculated_attributes_are_loaded() -> None:
    host = RecordingHost(records={"CALCULATED_ATTRIBUTES": [{"_frequent_caller": "true", "other": 1}]})
    parameters = {"ProfileRequestData": {"ProfileId": "p"}, "ProfileResponseData": ["CalculatedAttributes._frequent_caller"]}
    run = branch("GetCalculatedAttributesForCustomerProfile", parameters, host, errors=ERRORS)
    assert run.look_up("$.Customer.CalculatedAttributes") == {"_frequent_caller": "true"}


def test_no_calculated_attributes_have_a_branch() -> None:
    run = branch("GetCalculatedAttributesForCustomerProfile", {"ProfileRequestData": {"ProfileId": "p"}}, errors=ERRORS)
    assert run.host.path == ["it", "NoneFoundError"]
