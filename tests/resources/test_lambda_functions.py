"""Lambda functions that an instance may invoke."""

from __future__ import annotations

from typing import Any

import pytest

ARN = "arn:aws:lambda:us-east-1:123456789012:function:lookup"


def functions(client: Any, instance_id: str) -> list[str]:
    pages = client.get_paginator("list_lambda_functions").paginate(InstanceId=instance_id)
    return [arn for page in pages for arn in page["LambdaFunctions"]]


@pytest.mark.parametrize("qualifier", ["", ":live", ":3", ":$LATEST"])
def test_an_associated_function_is_listed_by_its_arn(client: Any, instance_id: str, qualifier: str) -> None:
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN + qualifier)
    assert functions(client, instance_id) == [ARN + qualifier]


def test_a_disassociated_function_is_gone(client: Any, instance_id: str) -> None:
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=f"{ARN}-other")
    client.disassociate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    assert functions(client, instance_id) == [f"{ARN}-other"]


def test_functions_come_25_to_a_page(client: Any, instance_id: str) -> None:
    for number in range(26):
        client.associate_lambda_function(InstanceId=instance_id, FunctionArn=f"{ARN}-{number}")
    assert len(client.list_lambda_functions(InstanceId=instance_id)["LambdaFunctions"]) == 25
    assert len(functions(client, instance_id)) == 26


@pytest.mark.parametrize(
    "arn", ["lookup", "arn:aws:lambda:us-east-1:123456789012:layer:lookup:1", ARN.replace("lambda", "s3")]
)
def test_what_is_not_the_arn_of_a_function_is_refused(client: Any, instance_id: str, arn: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        client.associate_lambda_function(InstanceId=instance_id, FunctionArn=arn)
    assert refusal.message == f"FunctionArn must be the ARN of a Lambda function, got {arn!r}"


def test_a_function_is_associated_once(client: Any, instance_id: str, refused: Any) -> None:
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    with refused("ResourceConflictException") as refusal:
        client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    assert ARN in refusal.message


def test_a_function_that_is_not_associated_cannot_be_disassociated(client: Any, instance_id: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        client.disassociate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    assert ARN in refusal.message


@pytest.mark.amazon_connect(quotas={"lambda_functions": 1})
def test_there_are_only_so_many_functions(client: Any, instance_id: str, refused: Any) -> None:
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    with refused("ServiceQuotaExceededException"):
        client.associate_lambda_function(InstanceId=instance_id, FunctionArn=f"{ARN}-other")


@pytest.mark.amazon_connect(check_other_services=True)
def test_a_function_has_to_exist_where_other_services_are_checked(
    client: Any, instance_id: str, existing: set[str], refused: Any
) -> None:
    with refused("ResourceNotFoundException") as refusal:
        client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
    assert ARN in refusal.message
    existing.add(ARN)
    client.associate_lambda_function(InstanceId=instance_id, FunctionArn=ARN)
