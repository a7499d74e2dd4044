"""Phone numbers: the inventory, claims, imports, moves, the flow that answers, release, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto.moto_api import state_manager
from moto.moto_api._internal import mock_random

from connect_mock import mock_connect

LIFE = "connect::phone_number"
NOBODY = "00000000-0000-4000-8000-000000000000"
SMS = "arn:aws:sms-voice:us-east-1:123456789012:phone-number/phone-0123456789abcdef"

Numbers = Callable[..., list[str]]
Claim = Callable[..., str]
Show = Callable[[str], Any]


@pytest.fixture
def search(client: Any, instance_id: str) -> Numbers:
    """The numbers that a search finds on its first page."""

    def numbers(country: str = "US", kind: str = "DID", prefix: str | None = None, **members: Any) -> list[str]:
        asked = {"InstanceId": instance_id, "PhoneNumberCountryCode": country, "PhoneNumberType": kind} | members
        asked |= {"PhoneNumberPrefix": prefix} if prefix else {}
        return [each["PhoneNumber"] for each in client.search_available_phone_numbers(**asked)["AvailableNumbersList"]]

    return numbers


@pytest.fixture
def claim(client: Any, instance_id: str) -> Claim:
    """Claims a number and gives its id."""

    def claimed(number: str = "+12065550100", **members: Any) -> str:
        target = {} if "TargetArn" in members else {"InstanceId": instance_id}
        return str(client.claim_phone_number(**{"PhoneNumber": number} | target | members)["PhoneNumberId"])

    return claimed


@pytest.fixture
def show(client: Any) -> Show:
    """A number as DescribePhoneNumber shows it."""
    return lambda number_id: client.describe_phone_number(PhoneNumberId=number_id)["ClaimedPhoneNumberSummary"]


@pytest.fixture
def number_id(claim: Claim, show: Show) -> str:
    """The id of a claimed number, +12065550100."""
    return str(show(claim())["PhoneNumberId"])


@pytest.fixture
def status(show: Show) -> Callable[[str], str]:
    """How far the last change of a number is."""
    return lambda number_id: str(show(number_id)["PhoneNumberStatus"]["Status"])


@pytest.fixture
def other_instance(client: Any) -> dict[str, str]:
    """Another instance of the account: its Id and Arn."""
    made = client.create_instance(
        IdentityManagementType="SAML", InstanceAlias="acme", InboundCallsEnabled=True, OutboundCallsEnabled=True
    )
    return {"Id": made["Id"], "Arn": made["Arn"]}


@pytest.fixture
def group_arn(client: Any, other_instance: dict[str, str]) -> str:
    """The ARN of a traffic distribution group of the other instance, which is replicated to us-west-2."""
    client.replicate_instance(InstanceId=other_instance["Id"], ReplicaRegion="us-west-2", ReplicaAlias="acme-west")
    return str(client.create_traffic_distribution_group(Name="Main", InstanceId=other_instance["Id"])["Arn"])


@pytest.fixture
def west(group_arn: str) -> Any:
    """A client in the Region of the replica."""
    return boto3.client("connect", region_name="us-west-2")


@pytest.fixture
def slow() -> Iterator[None]:
    """Changes are done at the second look at the number."""
    state_manager.set_transition(LIFE, {"progression": "manual", "times": 2})
    yield
    state_manager.unset_transition(LIFE)


# --- search -----------------------------------------------------------------------------------------------------------

FOUND = [
    ("US", "DID", None, r"\+120655501\d\d"),
    ("US", "DID", "+1832", r"\+1832[2-9]\d{6}"),
    ("US", "DID", "+12128675309", r"\+12128675309"),
    ("US", "TOLL_FREE", None, r"\+180055501\d\d"),
    ("US", "TOLL_FREE", "+1877", r"\+187755501\d\d"),
    ("US", "THIRD_PARTY_TF", None, r"\+180055501\d\d"),
    ("US", "UIFN", None, r"\+800\d{8}"),
    ("CA", "DID", "+1416", r"\+141655501\d\d"),
    ("PR", "DID", None, r"\+1787\d{7}"),
    ("GB", "DID", None, r"\+442079460\d{3}"),
    ("GB", "DID", "+44161", r"\+441614960\d{3}"),
    ("GB", "TOLL_FREE", None, r"\+448081570\d{3}"),
    ("JE", "DID", None, r"\+441534\d{6}"),
    ("DE", "SHARED", None, r"\+493023125\d{3}"),
    ("JP", "THIRD_PARTY_DID", None, r"\+81312\d{6}"),
    ("KZ", "DID", None, r"\+77123\d{6}"),
]


@pytest.mark.parametrize(("country", "kind", "prefix", "pattern"), FOUND)
def test_numbers_look_as_in_their_country(search: Numbers, country: str, kind: str, prefix: str, pattern: str) -> None:
    numbers = search(country, kind, prefix)
    assert numbers
    assert all(re.fullmatch(pattern, each) for each in numbers)


@pytest.mark.parametrize(
    ("country", "kind", "prefix"),
    [
        pytest.param("US", "DID", "+1416", id="a code of Canada"),
        pytest.param("US", "DID", "+1800", id="a code of toll-free numbers"),
        pytest.param("US", "TOLL_FREE", "+1206", id="a code of other numbers"),
        pytest.param("GB", "DID", "+33", id="another country"),
        pytest.param("AF", "TOLL_FREE", None, id="a country without toll-free numbers"),
        pytest.param("US", "SHORT_CODE", None, id="short codes"),
        pytest.param("PN", "DID", None, id="a country without numbers"),
    ],
)
def test_there_are_no_such_numbers(search: Numbers, country: str, kind: str, prefix: str | None) -> None:
    assert search(country, kind, prefix) == []


def test_a_number_is_offered_with_its_country_and_type(client: Any, instance_id: str) -> None:
    found = client.search_available_phone_numbers(
        InstanceId=instance_id, PhoneNumberCountryCode="MF", PhoneNumberType="SHARED", MaxResults=1
    )
    (number,) = found["AvailableNumbersList"]
    assert (number["PhoneNumberCountryCode"], number["PhoneNumberType"]) == ("MF", "SHARED")


def test_a_search_that_is_repeated_finds_the_same_numbers(search: Numbers) -> None:
    assert search() == search()


def test_a_seed_gives_the_same_numbers_again() -> None:
    def first() -> str:
        mock_random.seed(7)
        with mock_connect() as fresh:
            found = fresh.client.search_available_phone_numbers(
                InstanceId=fresh.instance_id, PhoneNumberCountryCode="FR", PhoneNumberType="DID"
            )
            return str(found["AvailableNumbersList"][0]["PhoneNumber"])

    assert first() == first()


def test_a_page_has_10_numbers_and_no_number_comes_twice(client: Any, instance_id: str) -> None:
    pages = client.get_paginator("search_available_phone_numbers").paginate(
        InstanceId=instance_id, PhoneNumberCountryCode="US", PhoneNumberType="DID"
    )
    numbers = [[each["PhoneNumber"] for each in page["AvailableNumbersList"]] for page in pages]
    assert [len(page) for page in numbers] == [10, 10]
    assert len({*numbers[0], *numbers[1]}) == 20


def test_a_page_has_at_most_10_numbers(search: Numbers, refused: Any) -> None:
    with refused("InvalidParameterException"):
        search(MaxResults=11)


def test_claimed_numbers_are_not_offered(search: Numbers, claim: Claim) -> None:
    first = search()[0]
    claim(first)
    assert first not in search(MaxResults=10)
    assert search(prefix=first) == []


def test_a_number_claimed_in_another_account_is_not_offered(search: Numbers) -> None:
    number = search()[0]
    with mock_connect(region_name="eu-west-2", account_id="111122223333") as elsewhere:
        elsewhere.client.claim_phone_number(InstanceId=elsewhere.instance_id, PhoneNumber=number)
        assert number not in search()


def test_a_prefix_has_a_plus(search: Numbers, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search(prefix="1206")
    assert refusal.message == "PhoneNumberPrefix must begin with + and a country code, got 1206"


@pytest.mark.parametrize("operation", ["search_available_phone_numbers", "claim_phone_number", "update_phone_number"])
@pytest.mark.parametrize("both", [True, False])
def test_there_is_one_target(
    client: Any, instance_id: str, amazon_connect: Any, number_id: str, operation: str, both: bool, refused: Any
) -> None:
    given: dict[str, dict[str, str]] = {
        "search_available_phone_numbers": {"PhoneNumberCountryCode": "US", "PhoneNumberType": "DID"},
        "claim_phone_number": {"PhoneNumber": "+12065550101"},
        "update_phone_number": {"PhoneNumberId": number_id},
    }
    targets = {"InstanceId": instance_id, "TargetArn": amazon_connect.instance["Arn"]} if both else {}
    with refused("InvalidParameterException") as refusal:
        getattr(client, operation)(**given[operation], **targets)
    assert "One of InstanceId and TargetArn must be given" in refusal.message


def test_a_search_for_an_unknown_instance_is_refused(search: Numbers, refused: Any) -> None:
    with refused("InvalidParameterException"):  # ResourceNotFoundException is not declared
        search(InstanceId=NOBODY)


# --- claim ------------------------------------------------------------------------------------------------------------


def test_a_claimed_number_is_described(client: Any, instance_id: str, search: Numbers, claim: Claim, show: Show) -> None:
    number = search("GB")[0]
    number_id = claim(number, PhoneNumberDescription="Sales", Tags={"team": "voice"})
    instance_arn = client.describe_instance(InstanceId=instance_id)["Instance"]["Arn"]
    assert show(number_id) == {
        "PhoneNumberId": number_id,
        "PhoneNumberArn": f"arn:aws:connect:us-east-1:123456789012:phone-number/{number_id}",
        "PhoneNumber": number,
        "PhoneNumberCountryCode": "GB",
        "PhoneNumberType": "DID",
        "PhoneNumberDescription": "Sales",
        "TargetArn": instance_arn,
        "InstanceId": instance_id,
        "Tags": {"team": "voice"},
        "PhoneNumberStatus": {"Status": "CLAIMED"},
    }


@pytest.mark.parametrize(
    ("number", "country", "kind"),
    [
        ("+12065550100", "US", "DID"),
        ("+14165550100", "CA", "DID"),
        ("+18765550100", "JM", "DID"),
        ("+18005550100", "US", "TOLL_FREE"),
        ("+447700900123", "GB", "DID"),
        ("+448081570123", "GB", "TOLL_FREE"),
        ("+4915112345678", "DE", "DID"),
    ],
)
def test_a_number_that_was_not_searched_is_claimed(claim: Claim, show: Show, number: str, country: str, kind: str) -> None:
    found = show(claim(number))
    assert (found["PhoneNumberCountryCode"], found["PhoneNumberType"]) == (country, kind)


def test_a_claimed_number_keeps_the_type_that_it_was_offered_as(search: Numbers, claim: Claim, show: Show) -> None:
    number_id = claim(search("GG", "THIRD_PARTY_DID")[0])
    assert show(number_id)["PhoneNumberType"] == "THIRD_PARTY_DID"
    assert show(number_id)["PhoneNumberCountryCode"] == "GG"


@pytest.mark.parametrize("number", ["+99912345678", "+1206555010", "+80012345678", "2065550100", "+44"])
def test_what_cannot_be_a_number_is_not_claimed(claim: Claim, number: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        claim(number)
    assert "PhoneNumber must be" in refusal.message


def test_a_number_is_claimed_once(claim: Claim, number_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        claim("+12065550100")
    assert refusal.message == "Phone number not available: +12065550100"


def test_a_number_is_claimed_once_in_all_accounts(number_id: str, refused: Any) -> None:
    with mock_connect(region_name="eu-west-2", account_id="111122223333") as elsewhere:
        instance_id = elsewhere.instance_id
        with refused("InvalidParameterException"):
            elsewhere.client.claim_phone_number(InstanceId=instance_id, PhoneNumber="+12065550100")


@pytest.mark.parametrize("target", [{"InstanceId": NOBODY}, {"TargetArn": f"arn:aws:connect:us-east-1:1:instance/{NOBODY}"}])
def test_an_unknown_target_is_not_found(claim: Claim, target: dict[str, str], refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        claim("+12065550100", **target)


def test_the_arn_of_an_instance_of_another_account_is_not_a_target(claim: Claim, amazon_connect: Any, refused: Any) -> None:
    arn = amazon_connect.instance["Arn"].replace("123456789012", "111122223333")
    with refused("ResourceNotFoundException"):
        claim("+12065550100", TargetArn=arn)


@pytest.mark.parametrize("token", ["terraform-20240501", "3F2B8C6E-1A4D-4E7F-9B0A-5C6D7E8F9A0B"])
def test_the_token_of_a_claim_is_a_uuid(claim: Claim, token: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        claim(ClientToken=token)
    assert "ClientToken" in refusal.message


def test_the_same_token_claims_a_number_once(claim: Claim, client: Any) -> None:
    token = str(uuid4())
    assert claim(ClientToken=token) == claim(ClientToken=token)
    assert len(client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"]) == 1


def test_a_token_is_for_one_number(claim: Claim, refused: Any) -> None:
    token = str(uuid4())
    claim(ClientToken=token)
    with refused("IdempotencyException"):
        claim("+12065550101", ClientToken=token)


def test_a_claim_takes_time_where_the_state_manager_says_so(claim: Claim, status: Any, slow: None) -> None:
    number_id = claim()
    assert [status(number_id) for _ in range(3)] == ["IN_PROGRESS", "CLAIMED", "CLAIMED"]


# --- the quota


@pytest.fixture
def too_many(claim: Claim) -> str:
    """The id of a number that was one too many: there may be 2."""
    claim("+12065550101")
    claim("+12065550102")
    return claim("+12065550103")


two_numbers = pytest.mark.amazon_connect(quotas={"phone_numbers": 2})


@two_numbers
def test_a_claim_beyond_the_quota_fails(show: Show, too_many: str, amazon_connect: Any) -> None:
    message = f"{amazon_connect.instance['Arn']} has reached its limit of 2 claimed phone numbers"
    assert show(too_many)["PhoneNumberStatus"] == {"Status": "FAILED", "Message": message}


def test_an_instance_has_5_numbers(claim: Claim, status: Any) -> None:
    numbers = [claim(f"+1206555010{number}") for number in range(6)]
    assert [status(each) for each in numbers] == ["CLAIMED"] * 5 + ["FAILED"]


@two_numbers
def test_a_failed_claim_can_be_repeated(client: Any, claim: Claim, status: Any, too_many: str) -> None:
    (first, *_) = client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"]
    client.release_phone_number(PhoneNumberId=first["PhoneNumberId"])
    assert status(claim("+12065550103")) == "CLAIMED"


@two_numbers
def test_a_failed_claim_is_forgotten_after_a_day(client: Any, too_many: str, amazon_connect: Any, refused: Any) -> None:
    amazon_connect.clock.advance(24 * 3600 + 1)
    assert len(client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"]) == 2
    with refused("ResourceNotFoundException"):
        client.describe_phone_number(PhoneNumberId=too_many)


@two_numbers
def test_a_failed_claim_is_there_for_a_day(status: Any, too_many: str, amazon_connect: Any) -> None:
    amazon_connect.clock.advance(24 * 3600 - 10)
    assert status(too_many) == "FAILED"


@two_numbers
def test_a_move_beyond_the_quota_fails_and_the_number_stays(
    client: Any, instance_id: str, claim: Claim, show: Show, other_instance: dict[str, str]
) -> None:
    moved = claim("+12065550100")
    for number in ("+12065550101", "+12065550102"):
        client.claim_phone_number(InstanceId=other_instance["Id"], PhoneNumber=number)
    client.update_phone_number(PhoneNumberId=moved, InstanceId=other_instance["Id"])
    assert show(moved)["InstanceId"] == instance_id
    assert show(moved)["PhoneNumberStatus"]["Status"] == "FAILED"


@two_numbers
def test_a_number_stays_where_the_quota_is_used_up(client: Any, instance_id: str, claim: Claim, status: Any) -> None:
    first, _ = claim("+12065550101"), claim("+12065550102")
    client.update_phone_number(PhoneNumberId=first, InstanceId=instance_id)
    assert status(first) == "CLAIMED"


@two_numbers
def test_a_number_whose_claim_failed_is_claimed_by_a_move_to_where_there_is_room(
    client: Any, show: Show, too_many: str, other_instance: dict[str, str], amazon_connect: Any
) -> None:
    client.update_phone_number(PhoneNumberId=too_many, InstanceId=other_instance["Id"])
    amazon_connect.clock.advance(48 * 3600)
    assert show(too_many)["InstanceId"] == other_instance["Id"]
    assert show(too_many)["PhoneNumberStatus"] == {"Status": "CLAIMED"}


# --- import -----------------------------------------------------------------------------------------------------------


def test_a_number_of_end_user_messaging_is_imported(client: Any, instance_id: str, show: Show) -> None:
    made = client.import_phone_number(
        InstanceId=instance_id, SourcePhoneNumberArn=SMS, PhoneNumberDescription="SMS", Tags={"a": "b"}
    )
    number = show(made["PhoneNumberId"])
    assert number["PhoneNumberArn"] == made["PhoneNumberArn"]
    assert (number["SourcePhoneNumberArn"], number["PhoneNumberDescription"], number["Tags"]) == (SMS, "SMS", {"a": "b"})
    assert number["PhoneNumber"].startswith("+1")
    assert number["PhoneNumberStatus"]["Status"] == "CLAIMED"
    (listed,) = client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"]
    assert (listed["SourcePhoneNumberArn"], listed["PhoneNumberDescription"]) == (SMS, "SMS")


@pytest.mark.parametrize(
    "arn",
    [
        SMS.replace("us-east-1", "eu-west-2"),
        SMS.replace("123456789012", "111122223333"),
        SMS.replace("phone-number/", "pool/"),
        "arn:aws:sns:us-east-1:123456789012:topic",
    ],
)
def test_a_number_of_another_service_region_or_account_is_not_imported(
    client: Any, instance_id: str, arn: str, refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        client.import_phone_number(InstanceId=instance_id, SourcePhoneNumberArn=arn)
    assert refusal.message.endswith(f"got {arn}")


def test_a_number_is_imported_once(client: Any, instance_id: str, refused: Any) -> None:
    client.import_phone_number(InstanceId=instance_id, SourcePhoneNumberArn=SMS)
    with refused("InvalidParameterException") as refusal:
        client.import_phone_number(InstanceId=instance_id, SourcePhoneNumberArn=SMS)
    assert "was imported before" in refusal.message


# --- move, describe, release ------------------------------------------------------------------------------------------

OPERATIONS_ON_A_NUMBER: dict[str, dict[str, str]] = {
    "describe_phone_number": {},
    "update_phone_number": {"InstanceId": "instance"},
    "update_phone_number_metadata": {"PhoneNumberDescription": "Sales"},
    "release_phone_number": {},
    "associate_phone_number_contact_flow": {"InstanceId": "instance", "ContactFlowId": "flow"},
    "disassociate_phone_number_contact_flow": {"InstanceId": "instance"},
}
CHANGES = ["update_phone_number", "update_phone_number_metadata", "release_phone_number"]


@pytest.fixture
def act(client: Any, instance_id: str, flow_id: str) -> Callable[[str, str], Any]:
    """Calls an operation on a number."""

    def call(operation: str, number_id: str) -> Any:
        values = {"instance": instance_id, "flow": flow_id}
        members = {name: values.get(value, value) for name, value in OPERATIONS_ON_A_NUMBER[operation].items()}
        return getattr(client, operation)(PhoneNumberId=number_id, **members)

    return call


@pytest.mark.parametrize("operation", OPERATIONS_ON_A_NUMBER)
@pytest.mark.parametrize("form", ["{id}", "arn:aws:connect:us-east-1:123456789012:phone-number/{id}"])
def test_a_number_is_named_by_id_and_by_arn(act: Any, number_id: str, operation: str, form: str) -> None:
    assert act(operation, form.format(id=number_id))["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize("operation", OPERATIONS_ON_A_NUMBER)
@pytest.mark.parametrize("form", [NOBODY, "arn:aws:connect:us-west-2:123456789012:phone-number/{id}"])
def test_an_unknown_number_is_not_found(act: Any, number_id: str, operation: str, form: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        act(operation, form.format(id=number_id))


@pytest.mark.parametrize("operation", CHANGES)
def test_a_number_is_not_changed_while_a_change_is_in_progress(
    act: Any, claim: Claim, slow: None, operation: str, refused: Any
) -> None:
    number_id = claim()
    with refused("ResourceInUseException") as refusal:
        act(operation, number_id)
    assert (refusal.response["ResourceType"], refusal.response["ResourceId"]) == ("PHONE_NUMBER", number_id)


@pytest.mark.parametrize("operation", CHANGES[:2])
def test_a_change_takes_time_where_the_state_manager_says_so(
    act: Any, number_id: str, status: Any, slow: None, operation: str
) -> None:
    act(operation, number_id)
    assert [status(number_id) for _ in range(2)] == ["IN_PROGRESS", "CLAIMED"]


def test_a_number_moves_to_another_instance(client: Any, number_id: str, show: Show, other_instance: dict[str, str]) -> None:
    answer = client.update_phone_number(PhoneNumberId=number_id, TargetArn=other_instance["Arn"])
    assert answer["PhoneNumberId"] == number_id
    assert (show(number_id)["TargetArn"], show(number_id)["InstanceId"]) == (other_instance["Arn"], other_instance["Id"])


def test_a_number_is_described_anew(client: Any, number_id: str, show: Show) -> None:
    client.update_phone_number_metadata(PhoneNumberId=number_id, PhoneNumberDescription="Sales")
    client.update_phone_number_metadata(PhoneNumberId=number_id)
    assert show(number_id)["PhoneNumberDescription"] == "Sales"


def test_a_released_number_is_gone(client: Any, number_id: str, refused: Any) -> None:
    client.release_phone_number(PhoneNumberId=number_id)
    assert client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"] == []
    with refused("ResourceNotFoundException"):
        client.describe_phone_number(PhoneNumberId=number_id)


def test_a_released_number_rests_for_180_days(
    client: Any, number_id: str, search: Numbers, claim: Claim, amazon_connect: Any, refused: Any
) -> None:
    client.release_phone_number(PhoneNumberId=number_id)
    amazon_connect.clock.advance(179 * 24 * 3600)
    assert search(prefix="+12065550100") == []
    with refused("InvalidParameterException"):
        claim("+12065550100")


def test_a_number_that_has_rested_can_be_had_again(
    client: Any, number_id: str, search: Numbers, claim: Claim, amazon_connect: Any
) -> None:
    client.release_phone_number(PhoneNumberId=number_id)
    amazon_connect.clock.advance(181 * 24 * 3600)
    assert search(prefix="+12065550100") == ["+12065550100"]
    assert claim("+12065550100") != number_id


def test_deleting_an_instance_releases_its_numbers(
    client: Any, instance_id: str, number_id: str, other_instance: dict[str, str]
) -> None:
    client.claim_phone_number(InstanceId=other_instance["Id"], PhoneNumber="+12065550101")
    client.delete_instance(InstanceId=instance_id)
    (left,) = client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"]
    assert left["PhoneNumber"] == "+12065550101"


# --- the flow that answers --------------------------------------------------------------------------------------------


def associate(client: Any, instance_id: str, number_id: str, flow_id: str) -> None:
    client.associate_phone_number_contact_flow(PhoneNumberId=number_id, InstanceId=instance_id, ContactFlowId=flow_id)


def voice_flows(client: Any, instance_id: str) -> list[tuple[str, str]]:
    found = client.list_flow_associations(InstanceId=instance_id, ResourceType="VOICE_PHONE_NUMBER")
    return [(each["ResourceId"], each["FlowId"]) for each in found["FlowAssociationSummaryList"]]


def test_a_flow_answers_for_a_number(client: Any, instance_id: str, number_id: str, flow_id: str, show: Show) -> None:
    associate(client, instance_id, number_id, flow_id)
    flow_arn = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]["Arn"]
    assert voice_flows(client, instance_id) == [(show(number_id)["PhoneNumberArn"], flow_arn)]


def test_another_flow_takes_its_place(client: Any, instance_id: str, number_id: str, flow_id: str, content: Any) -> None:
    other = client.create_contact_flow(InstanceId=instance_id, Name="Other", Type="CONTACT_FLOW", Content=content())
    associate(client, instance_id, number_id, flow_id)
    associate(client, instance_id, number_id, other["ContactFlowArn"])
    assert [flow for _, flow in voice_flows(client, instance_id)] == [other["ContactFlowArn"]]


def test_a_flow_answers_no_more(client: Any, instance_id: str, number_id: str, flow_id: str) -> None:
    associate(client, instance_id, number_id, flow_id)
    client.disassociate_phone_number_contact_flow(PhoneNumberId=number_id, InstanceId=instance_id)
    client.disassociate_phone_number_contact_flow(PhoneNumberId=number_id, InstanceId=instance_id)
    assert voice_flows(client, instance_id) == []


def test_a_flow_does_not_move_with_the_number(
    client: Any, instance_id: str, number_id: str, flow_id: str, other_instance: dict[str, str]
) -> None:
    associate(client, instance_id, number_id, flow_id)
    client.update_phone_number(PhoneNumberId=number_id, InstanceId=other_instance["Id"])
    client.update_phone_number(PhoneNumberId=number_id, InstanceId=instance_id)
    assert voice_flows(client, instance_id) == []


def test_a_deleted_flow_does_not_answer(client: Any, instance_id: str, number_id: str, flow_id: str) -> None:
    associate(client, instance_id, number_id, flow_id)
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    assert voice_flows(client, instance_id) == []


@pytest.mark.parametrize("qualifier", ["", ":$SAVED"])
def test_a_flow_that_was_only_saved_cannot_answer(
    client: Any, instance_id: str, number_id: str, content: Any, qualifier: str, refused: Any
) -> None:
    draft = client.create_contact_flow(
        InstanceId=instance_id, Name="Draft", Type="CONTACT_FLOW", Content=content(), Status="SAVED"
    )
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, number_id, draft["ContactFlowId"] + qualifier)
    assert refusal.message == "ContactFlowId must be a published flow, Draft was only saved"


def test_a_flow_of_another_type_cannot_answer(
    client: Any, instance_id: str, number_id: str, content: Any, refused: Any
) -> None:
    whisper = client.create_contact_flow(
        InstanceId=instance_id, Name="Whisper", Type="AGENT_WHISPER", Content=content(last="EndFlowExecution")
    )
    with refused("InvalidParameterException") as refusal:
        associate(client, instance_id, number_id, whisper["ContactFlowId"])
    assert refusal.message == "ContactFlowId must be a flow of type CONTACT_FLOW, Whisper is AGENT_WHISPER"


def test_an_unknown_flow_cannot_answer(client: Any, instance_id: str, number_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        associate(client, instance_id, number_id, NOBODY)


def test_a_flow_answers_for_numbers_of_its_instance(
    client: Any, number_id: str, flow_id: str, other_instance: dict[str, str], refused: Any
) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(client, other_instance["Id"], number_id, flow_id)
    assert "is not claimed to instance" in refusal.message


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def claimed(client: Any, search: Numbers, claim: Claim, other_instance: dict[str, str]) -> None:
    """Numbers of several countries and types, one of them in another instance."""
    claim("+12065550100")
    claim("+18005550100")
    claim(search("FR", "SHARED")[0])
    client.claim_phone_number(InstanceId=other_instance["Id"], PhoneNumber="+442079460100")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["US DID", "US TOLL_FREE", "FR SHARED", "GB DID"]),
        ({"PhoneNumberTypes": ["DID"]}, ["US DID", "GB DID"]),
        ({"PhoneNumberCountryCodes": ["US", "GB"]}, ["US DID", "US TOLL_FREE", "GB DID"]),
        ({"PhoneNumberPrefix": "+1800"}, ["US TOLL_FREE"]),
        ({"PhoneNumberTypes": ["DID"], "PhoneNumberCountryCodes": ["FR"]}, []),
        ({"PhoneNumberTypes": []}, ["US DID", "US TOLL_FREE", "FR SHARED", "GB DID"]),
    ],
)
def test_the_numbers_of_the_account_are_listed(client: Any, claimed: None, filters: Any, expected: list[str]) -> None:
    found = client.list_phone_numbers_v2(**filters)["ListPhoneNumbersSummaryList"]
    assert [f"{each['PhoneNumberCountryCode']} {each['PhoneNumberType']}" for each in found] == expected


@pytest.mark.parametrize("member", ["InstanceId", "TargetArn"])
def test_the_numbers_of_an_instance_are_listed(
    client: Any, claimed: None, other_instance: dict[str, str], member: str
) -> None:
    target = other_instance["Id" if member == "InstanceId" else "Arn"]
    (found,) = client.list_phone_numbers_v2(**{member: target})["ListPhoneNumbersSummaryList"]
    assert (found["PhoneNumber"], found["InstanceId"]) == ("+442079460100", other_instance["Id"])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["US DID", "US TOLL_FREE", "FR DID"]),
        ({"PhoneNumberTypes": ["DID"]}, ["US DID", "FR DID"]),
        ({"PhoneNumberCountryCodes": ["US"]}, ["US DID", "US TOLL_FREE"]),
    ],
)
def test_the_old_list_takes_other_types_for_the_two_that_it_knows(
    client: Any, instance_id: str, claimed: None, filters: Any, expected: list[str]
) -> None:
    found = client.list_phone_numbers(InstanceId=instance_id, **filters)["PhoneNumberSummaryList"]
    assert [f"{each['PhoneNumberCountryCode']} {each['PhoneNumberType']}" for each in found] == expected


def test_the_old_list_has_arns_below_the_instance_that_cannot_be_tagged(
    client: Any, amazon_connect: Any, number_id: str, refused: Any
) -> None:
    (found,) = client.list_phone_numbers(InstanceId=amazon_connect.instance_id)["PhoneNumberSummaryList"]
    assert found["Id"] == number_id
    assert found["Arn"] == f"{amazon_connect.instance['Arn']}/phone-number/{number_id}"
    with refused("ResourceNotFoundException"):
        client.tag_resource(resourceArn=found["Arn"], tags={"a": "b"})


def test_the_new_list_has_arns_that_can_be_tagged(client: Any, number_id: str, show: Show) -> None:
    (found,) = client.list_phone_numbers_v2()["ListPhoneNumbersSummaryList"]
    client.tag_resource(resourceArn=found["PhoneNumberArn"], tags={"a": "b"})
    assert show(number_id)["Tags"] == {"a": "b"}


@pytest.mark.amazon_connect(quotas=None)
@pytest.mark.parametrize(
    ("operation", "result"),
    [("list_phone_numbers", "PhoneNumberSummaryList"), ("list_phone_numbers_v2", "ListPhoneNumbersSummaryList")],
)
def test_a_list_comes_in_pages(client: Any, instance_id: str, claim: Claim, operation: str, result: str) -> None:
    numbers = [f"+1206555{number:04}" for number in range(101)]
    for number in numbers:
        claim(number)
    pages = list(client.get_paginator(operation).paginate(InstanceId=instance_id))
    assert [len(page[result]) for page in pages] == [100, 1]
    assert [each["PhoneNumber"] for page in pages for each in page[result]] == numbers


@pytest.mark.parametrize("operation", ["list_phone_numbers", "list_phone_numbers_v2"])
def test_a_page_of_a_list_has_at_most_1000_numbers(client: Any, instance_id: str, operation: str, refused: Any) -> None:
    assert getattr(client, operation)(InstanceId=instance_id, MaxResults=1000)
    with refused("InvalidParameterException"):
        getattr(client, operation)(InstanceId=instance_id, MaxResults=1001)


# --- traffic distribution groups --------------------------------------------------------------------------------------


@pytest.fixture
def shared(claim: Claim, group_arn: str, show: Show) -> Any:
    """A number of the traffic distribution group."""
    return show(claim(TargetArn=group_arn))


def test_a_number_is_claimed_to_a_traffic_distribution_group(shared: Any, group_arn: str) -> None:
    assert shared["TargetArn"] == group_arn
    assert "InstanceId" not in shared


def test_numbers_of_a_group_are_listed_in_both_regions(client: Any, west: Any, shared: Any, group_arn: str) -> None:
    for each in (client, west):
        (found,) = each.list_phone_numbers_v2(TargetArn=group_arn)["ListPhoneNumbersSummaryList"]
        assert found["PhoneNumberArn"] == shared["PhoneNumberArn"]


def test_numbers_of_a_group_are_not_those_of_the_instance(client: Any, shared: Any, other_instance: dict[str, str]) -> None:
    assert client.list_phone_numbers_v2(InstanceId=other_instance["Id"])["ListPhoneNumbersSummaryList"] == []


def test_numbers_for_a_group_are_searched_in_both_regions(west: Any, group_arn: str) -> None:
    assert west.search_available_phone_numbers(TargetArn=group_arn, PhoneNumberCountryCode="US", PhoneNumberType="DID")[
        "AvailableNumbersList"
    ]


def test_the_other_region_knows_a_number_by_its_arn(west: Any, shared: Any, refused: Any) -> None:
    found = west.describe_phone_number(PhoneNumberId=shared["PhoneNumberArn"])["ClaimedPhoneNumberSummary"]
    assert found["PhoneNumber"] == shared["PhoneNumber"]
    with refused("ResourceNotFoundException"):
        west.describe_phone_number(PhoneNumberId=shared["PhoneNumberId"])


def test_the_other_region_does_not_know_a_number_of_an_instance(client: Any, west: Any, number_id: str, refused: Any) -> None:
    arn = client.describe_phone_number(PhoneNumberId=number_id)["ClaimedPhoneNumberSummary"]["PhoneNumberArn"]
    with refused("ResourceNotFoundException"):
        west.describe_phone_number(PhoneNumberId=arn)


@pytest.mark.parametrize("operation", ["release_phone_number", "update_phone_number_metadata"])
def test_a_number_is_changed_only_in_its_region(west: Any, shared: Any, operation: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        getattr(west, operation)(PhoneNumberId=shared["PhoneNumberArn"])
    assert "can be changed only in us-east-1" in refusal.message


def test_a_number_is_not_claimed_to_a_group_of_another_region(west: Any, group_arn: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        west.claim_phone_number(TargetArn=group_arn, PhoneNumber="+12065550109")
    assert "TargetArn must be in Region us-west-2" in refusal.message


def test_a_flow_of_either_region_answers_for_a_number_of_a_group(
    client: Any, west: Any, shared: Any, other_instance: dict[str, str]
) -> None:
    instance_id = other_instance["Id"]
    flow = next(
        each
        for each in west.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
        if each["ContactFlowType"] == "CONTACT_FLOW"
    )
    associate(west, instance_id, shared["PhoneNumberArn"], flow["Id"])
    assert [flow_arn.rpartition("/")[2] for _, flow_arn in voice_flows(client, instance_id)] == [flow["Id"]]


def test_a_number_moves_to_a_group(client: Any, number_id: str, group_arn: str, show: Show) -> None:
    client.update_phone_number(PhoneNumberId=number_id, TargetArn=group_arn)
    assert show(number_id)["TargetArn"] == group_arn


def test_a_number_is_claimed_to_an_active_group(client: Any, claim: Claim, group_arn: str, refused: Any) -> None:
    state_manager.set_transition("connect::traffic_distribution_group", {"progression": "manual", "times": 1})
    try:
        client.delete_traffic_distribution_group(TrafficDistributionGroupId=group_arn)
        with refused("InvalidParameterException") as refusal:
            claim(TargetArn=group_arn)
        assert "TargetArn must be an ACTIVE group, Main is PENDING_DELETION" in refusal.message
    finally:
        state_manager.unset_transition("connect::traffic_distribution_group")
