"""Prompts: create, describe, file, update, delete, list and search."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from typing import Any

import boto3
import pytest
import requests

from connect_mock import mock_connect
from tests.conftest import flow_content

NO_PROMPT = "00000000-0000-4000-8000-000000000000"
DEFAULTS = [
    "Beep.wav",
    "CustomerHold.wav",
    "CustomerQueue.wav",
    "Music_Jazz_MyTimetoFly_Inst.wav",
    "Music_Pop_ThisAndThatIsLife_Inst.wav",
    "Music_Pop_ThrowYourselfInFrontOfIt_Inst.wav",
    "Music_Rock_EverywhereTheSunShines_Inst.wav",
]
SOURCE = "s3://recordings/welcome.wav"

checked = pytest.mark.amazon_connect(check_other_services=True)


@pytest.fixture
def s3(amazon_connect: Any) -> Any:
    """A client of S3, with a bucket `recordings` that holds `welcome.wav`."""
    client = boto3.client("s3", amazon_connect.region_name)
    client.create_bucket(Bucket="recordings")
    client.put_object(Bucket="recordings", Key="welcome.wav", Body=b"Welcome!")
    return client


@pytest.fixture
def prompt_id(client: Any, instance_id: str) -> str:
    """A prompt "Welcome" of which no file was ever seen."""
    return str(create(client, instance_id, Description="For callers", Tags={"team": "voice"})["PromptId"])


def create(client: Any, instance_id: str, **members: Any) -> Any:
    return client.create_prompt(**{"InstanceId": instance_id, "Name": "Welcome", "S3Uri": SOURCE} | members)


def prompt(client: Any, instance_id: str, prompt_id: str) -> Any:
    return client.describe_prompt(InstanceId=instance_id, PromptId=prompt_id)["Prompt"]


def url(client: Any, instance_id: str, prompt_id: str) -> str:
    return str(client.get_prompt_file(InstanceId=instance_id, PromptId=prompt_id)["PromptPresignedUrl"])


def played(client: Any, instance_id: str, prompt_id: str) -> bytes:
    """What is downloaded."""
    answer = requests.get(url(client, instance_id, prompt_id), timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/wav")
    return answer.content


def names(client: Any, instance_id: str) -> list[str]:
    return [each["Name"] for each in client.list_prompts(InstanceId=instance_id)["PromptSummaryList"]]


# --- defaults ---------------------------------------------------------------------------------------------------------


def test_a_new_instance_has_seven_prompts(client: Any, instance_id: str) -> None:
    assert names(client, instance_id) == DEFAULTS


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_has_none(client: Any, instance_id: str) -> None:
    assert names(client, instance_id) == []


def test_a_default_prompt_is_a_recording_of_8_khz(client: Any, instance_id: str) -> None:
    beep = client.list_prompts(InstanceId=instance_id)["PromptSummaryList"][0]["Id"]
    with wave.open(io.BytesIO(played(client, instance_id, beep))) as recording:
        assert (recording.getframerate(), recording.getnchannels(), recording.getnframes()) == (8000, 1, 800)


@pytest.mark.parametrize(
    ("flow_name", "prompt_name"),
    [
        ("Default customer hold", "Music_Jazz_MyTimetoFly_Inst.wav"),
        ("Default customer queue", "Music_Pop_ThisAndThatIsLife_Inst.wav"),
    ],
)
def test_default_flows_play_the_prompts_of_their_instance(
    client: Any, instance_id: str, flow_name: str, prompt_name: str
) -> None:
    flows = client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    flow_id = next(each["Id"] for each in flows if each["Name"] == flow_name)
    prompts = client.list_prompts(InstanceId=instance_id)["PromptSummaryList"]
    arn = next(each["Arn"] for each in prompts if each["Name"] == prompt_name)
    content = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]["Content"]
    assert f'"{arn}"' in content


# --- flows ------------------------------------------------------------------------------------------------------------


def playing(prompt_id: str) -> str:
    """Content of a flow that plays the prompt."""
    return flow_content().replace('"Text": "Hello"', f'"PromptId": "{prompt_id}"')


def publish(client: Any, instance_id: str, content: str) -> Any:
    return client.create_contact_flow(InstanceId=instance_id, Name="Inbound", Type="CONTACT_FLOW", Content=content)


def test_a_flow_may_play_a_prompt(client: Any, instance_id: str, prompt_id: str) -> None:
    arn = prompt(client, instance_id, prompt_id)["PromptARN"]
    assert publish(client, instance_id, playing(arn))["ContactFlowId"]


def test_a_flow_cannot_play_a_prompt_that_does_not_exist(client: Any, instance_id: str, prompt_id: str, refused: Any) -> None:
    arn = prompt(client, instance_id, prompt_id)["PromptARN"].replace(prompt_id, NO_PROMPT)
    with refused("InvalidContactFlowException") as refusal:
        publish(client, instance_id, playing(arn))
    assert NO_PROMPT in str(refusal.response["problems"])


# --- create -----------------------------------------------------------------------------------------------------------


def test_a_new_prompt_is_described_as_it_was_created(client: Any, instance_id: str, prompt_id: str) -> None:
    found = prompt(client, instance_id, prompt_id)
    assert found.pop("LastModifiedTime")
    assert found == {
        "PromptARN": f"arn:aws:connect:us-east-1:123456789012:instance/{instance_id}/prompt/{prompt_id}",
        "PromptId": prompt_id,
        "Name": "Welcome",
        "Description": "For callers",
        "Tags": {"team": "voice"},
        "LastModifiedRegion": "us-east-1",
    }


def test_a_prompt_keeps_a_copy_of_its_file(client: Any, instance_id: str, s3: Any) -> None:
    made = create(client, instance_id)["PromptId"]
    s3.delete_object(Bucket="recordings", Key="welcome.wav")
    assert played(client, instance_id, made) == b"Welcome!"


def test_the_file_of_a_prompt_can_be_copied_from_its_url(client: Any, instance_id: str, s3: Any) -> None:
    made = create(client, instance_id)["PromptId"]
    copy = create(client, instance_id, Name="Copy", S3Uri=url(client, instance_id, made))["PromptId"]
    assert played(client, instance_id, copy) == b"Welcome!"


def test_a_url_names_a_key_percent_encoded(client: Any, instance_id: str, s3: Any) -> None:
    s3.put_object(Bucket="recordings", Key="b y/e.wav", Body=b"Bye!")
    made = create(client, instance_id, S3Uri="https://recordings.s3.us-east-1.amazonaws.com/b%20y/e.wav?X-Amz-Expires=1")
    assert played(client, instance_id, made["PromptId"]) == b"Bye!"


def test_a_file_that_is_not_in_moto_is_silence(client: Any, instance_id: str, prompt_id: str) -> None:
    with wave.open(io.BytesIO(played(client, instance_id, prompt_id))) as recording:
        assert set(recording.readframes(800)) == {0}


@checked
@pytest.mark.parametrize("uri", ["s3://recordings/goodbye.wav", "s3://elsewhere/welcome.wav"])
def test_a_file_has_to_exist_where_that_is_checked(client: Any, instance_id: str, s3: Any, uri: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(client, instance_id, S3Uri=uri)
    assert uri in refusal.message


@checked
def test_a_file_that_exists_passes_the_check(client: Any, instance_id: str, s3: Any) -> None:
    assert played(client, instance_id, create(client, instance_id)["PromptId"]) == b"Welcome!"


def test_a_file_of_50_mb_is_the_largest(client: Any, instance_id: str, s3: Any, monkeypatch: Any, refused: Any) -> None:
    monkeypatch.setattr("connect_mock.resources.prompts.MAX_BYTES", 8)
    s3.put_object(Bucket="recordings", Key="long.wav", Body=b"Welcome!!")
    with refused("InvalidParameterException") as refusal:
        create(client, instance_id, S3Uri="s3://recordings/long.wav")
    assert refusal.message == "S3Uri must name a file of at most 8 bytes, s3://recordings/long.wav has 9"
    assert played(client, instance_id, create(client, instance_id)["PromptId"]) == b"Welcome!"


@pytest.mark.parametrize("uri", ["recordings/welcome.wav", "s3://recordings", "ftp://recordings/welcome.wav"])
def test_a_file_is_in_s3(client: Any, instance_id: str, uri: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(client, instance_id, S3Uri=uri)
    assert "S3Uri" in refusal.message


@pytest.mark.parametrize("name", ["Welcome", "Beep.wav"])
def test_a_name_is_taken_once(client: Any, instance_id: str, prompt_id: str, name: str, refused: Any) -> None:
    with refused("DuplicateResourceException") as refusal:
        create(client, instance_id, Name=name)
    assert repr(name) in refusal.message


def test_an_instance_has_at_most_500_prompts(impatient_client: Any, instance_id: str, refused: Any) -> None:
    for number in range(493):
        create(impatient_client, instance_id, Name=str(number))
    with refused("LimitExceededException"):
        create(impatient_client, instance_id)


# --- file -------------------------------------------------------------------------------------------------------------


def test_the_url_is_signed_for_five_minutes(client: Any, instance_id: str, prompt_id: str) -> None:
    assert "&X-Amz-Expires=300&" in url(client, instance_id, prompt_id)


def test_the_file_tells_when_the_prompt_was_modified(client: Any, instance_id: str, prompt_id: str) -> None:
    found = client.get_prompt_file(InstanceId=instance_id, PromptId=prompt_id)
    described = prompt(client, instance_id, prompt_id)
    assert found["LastModifiedTime"] == described["LastModifiedTime"]
    assert found["LastModifiedRegion"] == "us-east-1"


def test_files_lie_in_no_bucket_of_the_customer(client: Any, instance_id: str, prompt_id: str, s3: Any) -> None:
    played(client, instance_id, prompt_id)
    assert [each["Name"] for each in s3.list_buckets()["Buckets"]] == ["recordings"]


def test_another_account_downloads_as_well(s3: Any) -> None:
    with mock_connect(account_id="111122223333") as other:
        made = create(other.client, other.instance_id)["PromptId"]
        assert played(other.client, other.instance_id, made) == b"Welcome!"


# --- update and delete ------------------------------------------------------------------------------------------------


def test_an_update_changes_what_it_names(client: Any, instance_id: str, prompt_id: str) -> None:
    before = prompt(client, instance_id, prompt_id)
    answer = client.update_prompt(InstanceId=instance_id, PromptId=prompt_id, Name="Hello")
    found = prompt(client, instance_id, prompt_id)
    assert (answer["PromptId"], answer["PromptARN"]) == (prompt_id, before["PromptARN"])
    assert (found["Name"], found["Description"]) == ("Hello", "For callers")
    assert found["LastModifiedTime"] >= before["LastModifiedTime"]


def test_an_update_may_bring_another_file(client: Any, instance_id: str, s3: Any) -> None:
    made = create(client, instance_id)["PromptId"]
    played(client, instance_id, made)
    s3.put_object(Bucket="recordings", Key="bye.wav", Body=b"Bye!")
    client.update_prompt(InstanceId=instance_id, PromptId=made, S3Uri="s3://recordings/bye.wav")
    assert played(client, instance_id, made) == b"Bye!"


def test_an_update_without_a_file_leaves_it(client: Any, instance_id: str, s3: Any) -> None:
    made = create(client, instance_id)["PromptId"]
    s3.put_object(Bucket="recordings", Key="welcome.wav", Body=b"Changed")
    client.update_prompt(InstanceId=instance_id, PromptId=made, Description="Still the same")
    assert played(client, instance_id, made) == b"Welcome!"


@checked
def test_an_update_to_a_missing_file_is_refused(client: Any, instance_id: str, s3: Any, refused: Any) -> None:
    made = create(client, instance_id)["PromptId"]
    with refused("ResourceNotFoundException"):
        client.update_prompt(InstanceId=instance_id, PromptId=made, Name="Hello", S3Uri="s3://recordings/none.wav")


def test_a_prompt_cannot_take_the_name_of_another(client: Any, instance_id: str, prompt_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        client.update_prompt(InstanceId=instance_id, PromptId=prompt_id, Name="Beep.wav")
    assert "'Beep.wav'" in refusal.message


def test_a_deleted_prompt_is_gone_from_the_list(client: Any, instance_id: str, prompt_id: str) -> None:
    client.delete_prompt(InstanceId=instance_id, PromptId=prompt_id)
    assert names(client, instance_id) == DEFAULTS


def test_the_file_of_a_deleted_prompt_is_gone(client: Any, instance_id: str, prompt_id: str) -> None:
    before = url(client, instance_id, prompt_id)
    client.delete_prompt(InstanceId=instance_id, PromptId=prompt_id)
    assert requests.get(before, timeout=5).status_code == 404


ON_ONE = ("describe_prompt", "get_prompt_file", "update_prompt", "delete_prompt")


@pytest.mark.parametrize("operation", ON_ONE)
def test_an_unknown_prompt_is_not_found(client: Any, instance_id: str, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, PromptId=NO_PROMPT)
    assert NO_PROMPT in refusal.message


@pytest.mark.parametrize("operation", ["list_prompts", "search_prompts"])
def test_an_unknown_instance_has_no_prompts(client: Any, operation: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        getattr(client, operation)(InstanceId=NO_PROMPT)


# --- list and search --------------------------------------------------------------------------------------------------


def test_a_list_shows_summaries(client: Any, instance_id: str, prompt_id: str) -> None:
    found = client.list_prompts(InstanceId=instance_id)["PromptSummaryList"][-1]
    described = prompt(client, instance_id, prompt_id)
    assert found == {
        "Id": prompt_id,
        "Arn": described["PromptARN"],
        "Name": "Welcome",
        "LastModifiedTime": described["LastModifiedTime"],
        "LastModifiedRegion": "us-east-1",
    }


def test_a_page_of_the_list_has_100_and_at_most_1000(client: Any, instance_id: str, refused: Any) -> None:
    for number in range(100):
        create(client, instance_id, Name=str(number))
    assert len(client.list_prompts(InstanceId=instance_id)["PromptSummaryList"]) == 100
    assert len(client.list_prompts(InstanceId=instance_id, MaxResults=1000)["PromptSummaryList"]) == 107
    with refused("InvalidParameterException"):
        client.list_prompts(InstanceId=instance_id, MaxResults=1001)


@pytest.fixture
def found(client: Any, instance_id: str) -> Callable[..., list[str]]:
    """The names that a search finds."""
    return lambda **asked: [each["Name"] for each in client.search_prompts(InstanceId=instance_id, **asked)["Prompts"]]


def criteria(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


@pytest.mark.parametrize(
    "condition",
    [
        criteria("name", "welcome"),
        criteria("name", "Wel", "STARTS_WITH"),
        criteria("description", "callers", "CONTAINS"),
        {"AndConditions": [criteria("name", "come", "CONTAINS"), criteria("description", "For callers")]},
    ],
)
def test_a_prompt_is_found_by(prompt_id: str, found: Any, condition: dict[str, Any]) -> None:
    assert found(SearchCriteria=condition) == ["Welcome"]


def test_a_prompt_is_found_by_its_id(prompt_id: str, found: Any) -> None:
    assert found(SearchCriteria=criteria("resourceID", prompt_id)) == ["Welcome"]


def test_a_prompt_is_found_by_its_tags(prompt_id: str, found: Any) -> None:
    tag = {"TagKey": "team", "TagValue": "voice"}
    assert found(SearchFilter={"TagFilter": {"TagCondition": tag}}) == ["Welcome"]
    assert found(SearchFilter={"TagFilter": {"TagCondition": tag | {"TagValue": "chat"}}}) == []


def test_prompts_are_not_searched_by_anything_else(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.search_prompts(InstanceId=instance_id, SearchCriteria=criteria("s3Uri", SOURCE))
    assert "name, description, resourceID" in refusal.message


def test_a_search_without_criteria_finds_all_and_counts_them(client: Any, instance_id: str, prompt_id: str) -> None:
    first = client.search_prompts(InstanceId=instance_id, MaxResults=3)
    assert (len(first["Prompts"]), first["ApproximateTotalCount"]) == (3, 8)
    pages = client.get_paginator("search_prompts").paginate(InstanceId=instance_id, PaginationConfig={"PageSize": 3})
    assert [each["Name"] for page in pages for each in page["Prompts"]] == [*DEFAULTS, "Welcome"]


def test_tags_of_prompts_are_found(client: Any, instance_id: str, prompt_id: str) -> None:
    tags = client.search_resource_tags(InstanceId=instance_id, ResourceTypes=["prompt"])["Tags"]
    assert tags == [{"key": "team", "value": "voice"}]
