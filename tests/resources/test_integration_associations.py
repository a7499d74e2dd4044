"""Integration associations and their use cases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import needs_member

ASSISTANT = "arn:aws:wisdom:us-east-1:123456789012:assistant/3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:scan"
EVENTS = "arn:aws:app-integrations:us-east-1:123456789012:event-integration/zendesk"
EVENT = {
    "IntegrationType": "EVENT",
    "IntegrationArn": EVENTS,
    "SourceApplicationUrl": "https://acme.zendesk.com",
    "SourceApplicationName": "Zendesk",
    "SourceType": "ZENDESK",
}
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def create(client: Any, instance_id: str, **members: str) -> Any:
    asked = {"IntegrationType": "WISDOM_ASSISTANT", "IntegrationArn": ASSISTANT}
    return client.create_integration_association(InstanceId=instance_id, **asked | members)


def listed(client: Any, instance_id: str, **filters: Any) -> Any:
    return client.list_integration_associations(InstanceId=instance_id, **filters)["IntegrationAssociationSummaryList"]


def use_cases(client: Any, instance_id: str, association_id: str) -> Any:
    found = client.list_use_cases(InstanceId=instance_id, IntegrationAssociationId=association_id)
    return found["UseCaseSummaryList"]


@pytest.fixture
def association_id(client: Any, instance_id: str) -> str:
    """An association with events of Zendesk."""
    return str(create(client, instance_id, **EVENT)["IntegrationAssociationId"])


@pytest.fixture
def use_case(client: Any, instance_id: str, association_id: str) -> Any:
    """What CreateUseCase answers: a use case of that association."""
    return client.create_use_case(
        InstanceId=instance_id, IntegrationAssociationId=association_id, UseCaseType="RULES_EVALUATION"
    )


@needs_member("IntegrationAssociationSummary", "LastModifiedTime")
def test_an_association_is_listed_as_it_was_created(client: Any, instance_id: str) -> None:
    made = create(client, instance_id, **EVENT)
    (found,) = listed(client, instance_id)
    assert found.pop("LastModifiedTime")
    assert found == EVENT | {
        "IntegrationAssociationId": made["IntegrationAssociationId"],
        "IntegrationAssociationArn": made["IntegrationAssociationArn"],
        "InstanceId": instance_id,
        "LastModifiedRegion": "us-east-1",
    }


def test_an_association_has_an_arn_below_its_instance(amazon_connect: Any, client: Any, instance_id: str) -> None:
    made = create(client, instance_id)
    expected = f"{amazon_connect.instance['Arn']}/integration-association/{made['IntegrationAssociationId']}"
    assert made["IntegrationAssociationArn"] == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"IntegrationType": "EVENT"}, [EVENTS]),
        ({"IntegrationArn": ASSISTANT}, [ASSISTANT]),
        ({"IntegrationType": "EVENT", "IntegrationArn": ASSISTANT}, []),
    ],
)
def test_associations_are_listed_by_type_and_by_arn(
    client: Any, instance_id: str, association_id: str, filters: Any, expected: list[str]
) -> None:
    create(client, instance_id)
    assert [each["IntegrationArn"] for each in listed(client, instance_id, **filters)] == expected


def test_functions_and_bots_are_not_among_the_associations(client: Any, instance_id: str) -> None:
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=FUNCTION)
    client.associate_bot(InstanceId=instance_id, LexBot={"Name": "Orders", "LexRegion": "us-east-1"})
    assert listed(client, instance_id) == []


def test_associations_come_a_hundred_to_a_page(client: Any, instance_id: str) -> None:
    for number in range(101):
        create(client, instance_id, IntegrationType="APPLICATION", IntegrationArn=f"{EVENTS}-{number}")
    pages = client.get_paginator("list_integration_associations").paginate(InstanceId=instance_id)
    assert [len(page["IntegrationAssociationSummaryList"]) for page in pages] == [100, 1]


def test_a_deleted_association_is_gone(client: Any, instance_id: str, association_id: str) -> None:
    client.delete_integration_association(InstanceId=instance_id, IntegrationAssociationId=association_id)
    assert listed(client, instance_id) == []


def test_a_resource_can_be_associated_under_several_types(client: Any, instance_id: str) -> None:
    create(client, instance_id, IntegrationType="FILE_SCANNER", IntegrationArn=FUNCTION)
    create(client, instance_id, IntegrationType="MESSAGE_PROCESSOR", IntegrationArn=FUNCTION)
    assert len(listed(client, instance_id, IntegrationArn=FUNCTION)) == 2


def test_an_association_and_a_use_case_are_created_with_tags(client: Any, instance_id: str) -> None:
    made = client.create_integration_association(InstanceId=instance_id, **EVENT, Tags={"team": "voice"})
    use_case = client.create_use_case(
        InstanceId=instance_id,
        IntegrationAssociationId=made["IntegrationAssociationId"],
        UseCaseType="RULES_EVALUATION",
        Tags={"stage": "live"},
    )
    assert client.list_tags_for_resource(resourceArn=made["IntegrationAssociationArn"])["tags"] == {"team": "voice"}
    assert client.list_tags_for_resource(resourceArn=use_case["UseCaseArn"])["tags"] == {"stage": "live"}


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_resource_is_associated_once_under_a_type(client: Any, instance_id: str, refused: Any) -> None:
    create(client, instance_id)
    with refused("DuplicateResourceException") as refusal:
        create(client, instance_id)
    assert ASSISTANT in refusal.message


def test_what_is_not_an_arn_is_refused(client: Any, instance_id: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(client, instance_id, IntegrationArn="assistant")
    assert refusal.message == "IntegrationArn must be the ARN of an integration, got 'assistant'"


@pytest.mark.parametrize("member", ["SourceApplicationUrl", "SourceApplicationName", "SourceType"])
def test_events_have_a_source(client: Any, instance_id: str, member: str, refused: Any) -> None:
    with refused("InvalidRequestException") as refusal:
        create(client, instance_id, **{name: value for name, value in EVENT.items() if name != member})
    assert refusal.message == f"{member} must be given for the integration type EVENT"


@pytest.mark.parametrize("kind", ["FILE_SCANNER", "PINPOINT_APP", "WISDOM_ASSISTANT", "CASES_DOMAIN"])
def test_there_is_one_association_of_some_types(client: Any, instance_id: str, kind: str, refused: Any) -> None:
    create(client, instance_id, IntegrationType=kind)
    with refused("InvalidRequestException") as refusal:
        create(client, instance_id, IntegrationType=kind, IntegrationArn=f"{ASSISTANT}-other")
    assert "quota of 1" in refusal.message


@pytest.mark.parametrize("kind", ["EVENT", "WISDOM_KNOWLEDGE_BASE"])
def test_there_are_ten_associations_of_other_types(client: Any, instance_id: str, kind: str, refused: Any) -> None:
    for number in range(10):
        create(client, instance_id, **EVENT | {"IntegrationType": kind, "IntegrationArn": f"{EVENTS}-{number}"})
    with refused("InvalidRequestException") as refusal:
        create(client, instance_id, **EVENT | {"IntegrationType": kind})
    assert "quota of 10" in refusal.message


def test_an_association_with_use_cases_cannot_be_deleted(
    client: Any, instance_id: str, association_id: str, use_case: Any, refused: Any
) -> None:
    with refused("InvalidRequestException") as refusal:
        client.delete_integration_association(InstanceId=instance_id, IntegrationAssociationId=association_id)
    assert use_case["UseCaseId"] in refusal.message


@pytest.mark.amazon_connect(check_other_services=True)
def test_a_function_has_to_exist_where_other_services_are_checked(
    client: Any, instance_id: str, existing: set[str], refused: Any
) -> None:
    with refused("ResourceNotFoundException"):
        create(client, instance_id, IntegrationType="FILE_SCANNER", IntegrationArn=FUNCTION)
    existing.add(FUNCTION)
    create(client, instance_id, IntegrationType="FILE_SCANNER", IntegrationArn=FUNCTION)


# --- use cases --------------------------------------------------------------------------------------------------------


def test_a_use_case_is_listed_with_its_association(
    amazon_connect: Any, client: Any, instance_id: str, association_id: str, use_case: Any
) -> None:
    assert use_case["UseCaseArn"] == f"{amazon_connect.instance['Arn']}/use-case/{use_case['UseCaseId']}"
    (found,) = use_cases(client, instance_id, association_id)
    expected = {"UseCaseId": use_case["UseCaseId"], "UseCaseArn": use_case["UseCaseArn"], "UseCaseType": "RULES_EVALUATION"}
    assert found == expected


def test_the_use_cases_of_one_association_are_not_those_of_another(client: Any, instance_id: str, use_case: Any) -> None:
    other = create(client, instance_id)["IntegrationAssociationId"]
    assert use_cases(client, instance_id, other) == []


def test_use_cases_come_a_page_at_a_time(client: Any, instance_id: str, association_id: str, use_case: Any) -> None:
    where = {"InstanceId": instance_id, "IntegrationAssociationId": association_id}
    client.create_use_case(**where, UseCaseType="CONNECT_CAMPAIGNS")
    pages = client.get_paginator("list_use_cases").paginate(**where, PaginationConfig={"PageSize": 1})
    found = [each["UseCaseType"] for page in pages for each in page["UseCaseSummaryList"]]
    assert found == ["RULES_EVALUATION", "CONNECT_CAMPAIGNS"]


def test_an_association_without_its_use_cases_can_be_deleted(
    client: Any, instance_id: str, association_id: str, use_case: Any
) -> None:
    where = {"InstanceId": instance_id, "IntegrationAssociationId": association_id}
    client.delete_use_case(**where, UseCaseId=use_case["UseCaseId"])
    assert use_cases(client, instance_id, association_id) == []
    client.delete_integration_association(**where)
    assert listed(client, instance_id) == []


def test_an_association_has_one_use_case_of_a_type(
    client: Any, instance_id: str, association_id: str, use_case: Any, refused: Any
) -> None:
    with refused("DuplicateResourceException"):
        client.create_use_case(InstanceId=instance_id, IntegrationAssociationId=association_id, UseCaseType="RULES_EVALUATION")


def test_a_use_case_is_deleted_with_its_own_association_alone(
    client: Any, instance_id: str, use_case: Any, refused: Any
) -> None:
    other = create(client, instance_id)["IntegrationAssociationId"]
    with refused("ResourceNotFoundException"):
        client.delete_use_case(InstanceId=instance_id, IntegrationAssociationId=other, UseCaseId=use_case["UseCaseId"])


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("delete_integration_association", {}),
        ("list_use_cases", {}),
        ("create_use_case", {"UseCaseType": "RULES_EVALUATION"}),
        ("delete_use_case", {"UseCaseId": UNKNOWN}),
    ],
)
def test_an_association_that_does_not_exist_is_not_found(
    client: Any, instance_id: str, operation: str, members: Any, refused: Any
) -> None:
    with refused("ResourceNotFoundException") as refusal:
        getattr(client, operation)(InstanceId=instance_id, IntegrationAssociationId=UNKNOWN, **members)
    assert UNKNOWN in refusal.message


def test_a_use_case_that_does_not_exist_is_not_found(client: Any, instance_id: str, association_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException"):
        client.delete_use_case(InstanceId=instance_id, IntegrationAssociationId=association_id, UseCaseId=UNKNOWN)
