"""Tags by ARN, the search for tags, and moto's Resource Groups Tagging API on them."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from tests.resources.test_contact_flow_modules import module_content

Act = Callable[..., Any]
REFUND = {
    "Operator": "CONTAINS_ANY",
    "Operands": ["refund"],
    "ComparisonValue": "$.ContactLens.PostCall.Queue.QueueId",
    "Negate": False,
}


@pytest.fixture
def module_arn(client: Any, instance_id: str) -> str:
    """The ARN of a flow module."""
    made = client.create_contact_flow_module(InstanceId=instance_id, Name="Greeting", Content=module_content())
    return str(made["Arn"])


@pytest.fixture
def flow_arn(client: Any, instance_id: str, flow_id: str) -> str:
    """The ARN of a flow."""
    return str(client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]["Arn"])


@pytest.fixture
def rule_arn(client: Any, instance_id: str) -> str:
    """The ARN of a rule, a kind of resource that SearchResourceTags does not know."""
    made = client.create_rule(
        InstanceId=instance_id,
        Name="refunds",
        TriggerEventSource={"EventSourceName": "OnPostCallAnalysisAvailable"},
        Function=json.dumps({"Version": "2022-11-25", "RuleFunction": {"Operator": "AND", "Operands": [REFUND]}}),
        Actions=[{"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}],
        PublishStatus="DRAFT",
    )
    return str(made["RuleArn"])


@pytest.fixture
def instance_arn(amazon_connect: Any) -> str:
    """The ARN of the instance."""
    return str(amazon_connect.instance["Arn"])


MADE = ["instance_arn", "flow_arn", "module_arn", "rule_arn", "number_arn", "vocabulary_arn", "user_arn"]
"""The fixtures with the ARN of something that can be tagged."""

FURNISHED = [
    "list_agent_statuses",
    "list_hours_of_operations",
    "list_prompts",
    "list_queues",
    "list_routing_profiles",
    "list_security_profiles",
]
"""What lists the other things that can be tagged: a new instance holds one of each kind."""


@pytest.fixture
def number_arn(amazon_connect: Any, client: Any) -> str:
    """The ARN of a phone number, which is none of the instance's."""
    arn = amazon_connect.instance["Arn"]
    offered = client.search_available_phone_numbers(TargetArn=arn, PhoneNumberCountryCode="US", PhoneNumberType="DID")
    number = offered["AvailableNumbersList"][0]["PhoneNumber"]
    return str(client.claim_phone_number(TargetArn=arn, PhoneNumber=number)["PhoneNumberArn"])


@pytest.fixture
def vocabulary_arn(client: Any, instance_id: str) -> str:
    """The ARN of a vocabulary."""
    made = client.create_vocabulary(
        InstanceId=instance_id, VocabularyName="terms", LanguageCode="en-US", Content="Phrase\tIPA\tSoundsLike\tDisplayAs\nEVA"
    )
    return str(made["VocabularyArn"])


@pytest.fixture
def user_arn(amazon_connect: Any, client: Any, instance_id: str) -> str:
    """The ARN of a user."""
    return str(client.describe_user(InstanceId=instance_id, UserId=amazon_connect.agent("ana"))["User"]["Arn"])


@pytest.fixture(params=[*MADE, *FURNISHED])
def arn(request: pytest.FixtureRequest, client: Any, instance_id: str) -> str:
    """The ARN of something that can be tagged; each kind in turn."""
    if request.param in MADE:
        return str(request.getfixturevalue(request.param))
    listed = getattr(client, request.param)(InstanceId=instance_id)
    return str(next(rows for rows in listed.values() if isinstance(rows, list))[0]["Arn"])


@pytest.fixture
def tags(client: Any) -> Callable[[str], dict[str, str]]:
    """The tags of what has that ARN."""
    return lambda arn: client.list_tags_for_resource(resourceArn=arn)["tags"]


# --- of one resource --------------------------------------------------------------------------------------------------


def test_what_was_not_tagged_has_no_tags(arn: str, tags: Any) -> None:
    assert tags(arn) == {}


def test_tags_are_added_to_those_that_are_there(client: Any, arn: str, tags: Any) -> None:
    client.tag_resource(resourceArn=arn, tags={"team": "voice", "stage": "test"})
    client.tag_resource(resourceArn=arn, tags={"stage": "live", "empty": ""})
    assert tags(arn) == {"team": "voice", "stage": "live", "empty": ""}


def test_tags_are_taken_away_by_key(client: Any, arn: str, tags: Any) -> None:
    client.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2", "c": "3"})
    client.untag_resource(resourceArn=arn, tagKeys=["a", "c"])
    assert tags(arn) == {"b": "2"}


def test_keys_that_are_not_there_are_ignored(client: Any, arn: str, tags: Any) -> None:
    client.tag_resource(resourceArn=arn, tags={"a": "1"})
    client.untag_resource(resourceArn=arn, tagKeys=["b", "A"])
    assert tags(arn) == {"a": "1"}


def test_a_resource_has_at_most_50_tags(client: Any, arn: str, tags: Any, refused: Any) -> None:
    client.tag_resource(resourceArn=arn, tags={f"key {number}": "x" for number in range(50)})
    with refused("InvalidParameterException") as refusal:
        client.tag_resource(resourceArn=arn, tags={"one": "more"})
    assert refusal.message == "A resource can have at most 50 tags, this makes 51"


def test_a_full_resource_takes_other_values(client: Any, flow_arn: str, tags: Any) -> None:
    client.tag_resource(resourceArn=flow_arn, tags={f"key {number}": "x" for number in range(50)})
    client.tag_resource(resourceArn=flow_arn, tags={"key 7": "y"})
    assert tags(flow_arn)["key 7"] == "y"


@pytest.mark.parametrize(
    "bad",
    [{"aws:name": "x"}, {"AWS:name": "x"}, {"k" * 129: "x"}, {"key": "v" * 257}, {"semi;colon": "x"}],
)
def test_a_key_is_128_and_a_value_256_characters_long_and_not_of_aws(
    client: Any, flow_arn: str, bad: dict[str, str], refused: Any
) -> None:
    with refused("InvalidParameterException"):
        client.tag_resource(resourceArn=flow_arn, tags={"good": "x"} | bad)


def test_the_longest_key_and_value_are_kept(client: Any, flow_arn: str, tags: Any) -> None:
    client.tag_resource(resourceArn=flow_arn, tags={"Schlüssel: /=+-@_." + "k" * 110: "v" * 256})
    assert tags(flow_arn) == {"Schlüssel: /=+-@_." + "k" * 110: "v" * 256}


def test_a_new_resource_cannot_have_tags_of_aws(client: Any, instance_id: str, content: Any, refused: Any) -> None:
    with refused("InvalidParameterException"):
        client.create_contact_flow(
            InstanceId=instance_id, Name="New", Type="CONTACT_FLOW", Content=content(), Tags={"aws:x": "y"}
        )


def test_tags_of_a_flow_are_shown_with_the_flow(client: Any, instance_id: str, flow_id: str, flow_arn: str) -> None:
    client.tag_resource(resourceArn=flow_arn, tags={"team": "voice"})
    flow = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]
    assert flow["Tags"] == {"team": "voice"}


def test_a_tag_does_not_modify_a_flow(client: Any, instance_id: str, flow_id: str, flow_arn: str, amazon_connect: Any) -> None:
    before = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]
    amazon_connect.clock.advance(60)
    client.tag_resource(resourceArn=flow_arn, tags={"team": "voice"})
    after = client.describe_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)["ContactFlow"]
    assert after["LastModifiedTime"] == before["LastModifiedTime"]


NO_ARNS = [
    pytest.param("{flow}0", id="unknown id"),
    pytest.param("{flow}:$SAVED", id="qualifier"),
    pytest.param("{flow}:1", id="version"),
    pytest.param("{instance}/queue/{id}", id="other kind"),
    pytest.param("{instance}0/contact-flow/{id}", id="other instance"),
    pytest.param("arn:aws:connect:eu-west-2:123456789012:instance/{instance_id}/contact-flow/{id}", id="other Region"),
    pytest.param("arn:aws:connect:us-east-1:111122223333:instance/{instance_id}", id="other account"),
    pytest.param("{id}", id="no ARN"),
    pytest.param("arn:aws:s3:::bucket", id="other service"),
]


@pytest.mark.parametrize("pattern", NO_ARNS)
@pytest.mark.parametrize(
    ("operation", "members"),
    [("tag_resource", {"tags": {"a": "b"}}), ("untag_resource", {"tagKeys": ["a"]}), ("list_tags_for_resource", {})],
)
def test_an_unknown_arn_is_not_found(
    client: Any, instance_arn: str, flow_arn: str, pattern: str, operation: str, members: Any, refused: Any
) -> None:
    instance_id, flow_id = instance_arn.rpartition("/")[2], flow_arn.rpartition("/")[2]
    client.create_contact_flow_version(InstanceId=instance_id, ContactFlowId=flow_id)
    arn = pattern.format(flow=flow_arn, instance=instance_arn, id=flow_id, instance_id=instance_id)
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(resourceArn=arn, **members)
    assert arn in refusal.message


def test_tags_of_a_deleted_resource_are_gone(client: Any, instance_id: str, flow_id: str, flow_arn: str, refused: Any) -> None:
    client.tag_resource(resourceArn=flow_arn, tags={"team": "voice"})
    client.delete_contact_flow(InstanceId=instance_id, ContactFlowId=flow_id)
    with refused("ResourceNotFoundException"):
        client.list_tags_for_resource(resourceArn=flow_arn)


# --- SearchResourceTags -----------------------------------------------------------------------------------------------


@pytest.fixture
def tagged(client: Any, instance_arn: str, flow_arn: str, module_arn: str, rule_arn: str) -> None:
    """A flow and a module with some tags in common; tags of an instance and a rule, which no search for tags finds."""
    client.tag_resource(resourceArn=instance_arn, tags={"owner": "operations"})
    client.tag_resource(resourceArn=rule_arn, tags={"owner": "supervisors"})
    client.tag_resource(resourceArn=flow_arn, tags={"team": "voice", "stage": "live"})
    client.tag_resource(resourceArn=module_arn, tags={"team": "Voice mail", "stage": "live"})


@pytest.fixture
def search(client: Any, instance_id: str, tagged: None) -> Act:
    """The tags that a search finds, as pairs."""
    return lambda **asked: [
        (each["key"], each["value"]) for each in client.search_resource_tags(InstanceId=instance_id, **asked)["Tags"]
    ]


def condition(**members: str) -> dict[str, Any]:
    return {"SearchCriteria": {"TagSearchCondition": members}}


def test_every_tag_in_use_on_a_resource_of_the_documented_types_is_found_once(search: Act) -> None:
    assert search() == [("stage", "live"), ("team", "Voice mail"), ("team", "voice")]


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["contact-flow"], [("stage", "live"), ("team", "voice")]),
        (["flow-module"], [("stage", "live"), ("team", "Voice mail")]),
        (["contact-flow", "flow-module"], [("stage", "live"), ("team", "Voice mail"), ("team", "voice")]),
        (["agent", "standard-queue"], []),
        ([], [("stage", "live"), ("team", "Voice mail"), ("team", "voice")]),
    ],
)
def test_tags_of_some_types_of_resource_are_found(search: Act, types: list[str], expected: Any) -> None:
    assert search(ResourceTypes=types) == expected


@pytest.mark.parametrize("kind", ["CONTACT_FLOW", "instance", ""])
def test_a_type_that_does_not_exist_is_refused(search: Act, kind: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search(ResourceTypes=["agent", kind])
    assert refusal.message.startswith("ResourceTypes must be among agent, agent-state,")
    assert refusal.message.endswith(f"got {kind!r}")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"tagKey": "stage"}, [("stage", "live")]),
        ({"tagKey": "sta"}, []),
        ({"tagKey": "sta", "tagKeyComparisonType": "STARTS_WITH"}, [("stage", "live")]),
        ({"tagKey": "AG", "tagKeyComparisonType": "CONTAINS"}, [("stage", "live")]),
        ({"tagValue": "voice"}, [("team", "voice")]),
        ({"tagValue": "voice", "tagValueComparisonType": "STARTS_WITH"}, [("team", "Voice mail"), ("team", "voice")]),
        ({"tagKey": "team", "tagValue": "mail", "tagValueComparisonType": "CONTAINS"}, [("team", "Voice mail")]),
        ({"tagKey": "stage", "tagValue": "voice"}, []),
        ({}, [("stage", "live"), ("team", "Voice mail"), ("team", "voice")]),
    ],
)
def test_tags_are_found_by_key_and_value(search: Act, members: Any, expected: Any) -> None:
    assert search(**condition(**members)) == expected


def test_a_comparison_that_does_not_exist_is_refused(search: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        search(**condition(tagKey="team", tagKeyComparisonType="LIKE"))
    assert "tagKeyComparisonType must be one of STARTS_WITH, CONTAINS, EXACT" in refusal.message


def test_a_search_takes_the_arn_of_the_instance(client: Any, instance_arn: str, tagged: None) -> None:
    assert len(client.search_resource_tags(InstanceId=instance_arn)["Tags"]) == 3


def test_tags_are_found_a_page_at_a_time(client: Any, instance_id: str, tagged: None) -> None:
    first = client.search_resource_tags(InstanceId=instance_id, MaxResults=2)
    rest = client.search_resource_tags(InstanceId=instance_id, MaxResults=2, NextToken=first["NextToken"])
    assert [each["value"] for each in first["Tags"] + rest["Tags"]] == ["live", "Voice mail", "voice"]
    assert "NextToken" not in rest


@pytest.fixture
def a_thousand_tags(client: Any, instance_id: str) -> None:
    """20 flows with 50 tags each, all different."""
    for number in range(20):
        client.create_contact_flow(
            InstanceId=instance_id,
            Name=f"Flow {number}",
            Type="CONTACT_FLOW",
            Content="{}",
            Status="SAVED",
            Tags={f"key {number}-{place}": "x" for place in range(50)},
        )


def test_a_thousand_tags_are_found(client: Any, instance_id: str, a_thousand_tags: None) -> None:
    pages = client.get_paginator("search_resource_tags").paginate(InstanceId=instance_id)
    assert [len(page["Tags"]) for page in pages] == [100] * 10


def test_more_than_a_thousand_tags_are_too_many(
    client: Any, instance_id: str, flow_arn: str, a_thousand_tags: None, refused: Any
) -> None:
    client.tag_resource(resourceArn=flow_arn, tags={"one": "more"})
    with refused("MaximumResultReturnedException") as refusal:
        client.search_resource_tags(InstanceId=instance_id)
    assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert refusal.message == "1001 tags were found, at most 1000 can be returned"


def test_what_the_criteria_leave_out_is_not_too_many(
    client: Any, instance_id: str, flow_arn: str, a_thousand_tags: None
) -> None:
    client.tag_resource(resourceArn=flow_arn, tags={"one": "more"})
    found = client.search_resource_tags(InstanceId=instance_id, **condition(tagKey="one"))
    assert found["Tags"] == [{"key": "one", "value": "more"}]


# --- moto's Resource Groups Tagging API -------------------------------------------------------------------------------

joined = pytest.mark.skipif(
    importlib.util.find_spec("moto.core.resource_tagging") is None,
    reason="services can join moto's Resource Groups Tagging API since moto 5.2.2",
)


@pytest.fixture
def tagging(amazon_connect: Any) -> Any:
    """A boto3 client of the Resource Groups Tagging API."""
    return boto3.client("resourcegroupstaggingapi", region_name=amazon_connect.region_name)


@pytest.fixture
def found(tagging: Any) -> Callable[..., dict[str, dict[str, str]]]:
    """What GetResources finds: tags by ARN."""
    return lambda **asked: {
        each["ResourceARN"]: {tag["Key"]: tag["Value"] for tag in each["Tags"]}
        for each in tagging.get_resources(**asked)["ResourceTagMappingList"]
    }


@joined
def test_get_resources_finds_by_tag(found: Any, tagged: None, flow_arn: str, module_arn: str) -> None:
    assert found(TagFilters=[{"Key": "stage", "Values": ["live"]}]) == {
        flow_arn: {"team": "voice", "stage": "live"},
        module_arn: {"team": "Voice mail", "stage": "live"},
    }
    assert list(found(TagFilters=[{"Key": "team", "Values": ["voice"]}])) == [flow_arn]


@joined
def test_get_resources_finds_by_type(found: Any, tagged: None, flow_arn: str, instance_arn: str) -> None:
    filters = {"TagFilters": [{"Key": "team"}], "ResourceTypeFilters": ["connect:contact-flow"]}
    assert list(found(**filters)) == [flow_arn]
    assert list(found(ResourceTypeFilters=["connect:instance"])) == [instance_arn]


@joined
def test_tag_resources_tags_each_kind(tagging: Any, arn: str, tags: Any) -> None:
    answer = tagging.tag_resources(ResourceARNList=[arn], Tags={"team": "voice"})
    assert answer["FailedResourcesMap"] == {}
    assert tags(arn) == {"team": "voice"}


@joined
def test_untag_resources_untags_each_kind(client: Any, tagging: Any, arn: str, tags: Any) -> None:
    client.tag_resource(resourceArn=arn, tags={"team": "voice", "stage": "live"})
    answer = tagging.untag_resources(ResourceARNList=[arn], TagKeys=["team"])
    assert answer["FailedResourcesMap"] == {}
    assert tags(arn) == {"stage": "live"}


@joined
@pytest.mark.parametrize(
    ("operation", "members"), [("tag_resources", {"Tags": {"team": "voice"}}), ("untag_resources", {"TagKeys": ["team"]})]
)
def test_an_unknown_arn_is_among_the_failed(
    tagging: Any, flow_arn: str, tags: Any, operation: str, members: dict[str, Any]
) -> None:
    unknown = f"{flow_arn}0"
    answer = getattr(tagging, operation)(ResourceARNList=[unknown, flow_arn], **members)
    assert list(answer["FailedResourcesMap"]) == [unknown]
    assert answer["FailedResourcesMap"][unknown]["StatusCode"] == 404
    assert tags(flow_arn) == members.get("Tags", {})
