"""Predefined attributes: the system's and one's own, their values, search, deletion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]


@pytest.fixture
def create(client: Any, instance_id: str) -> Act:
    """Creates a predefined attribute with some values."""

    def create(name: str, *values: str, **members: Any) -> Any:
        return client.create_predefined_attribute(
            InstanceId=instance_id, Name=name, Values={"StringList": list(values)}, **members
        )

    return create


@pytest.fixture
def attribute(client: Any, instance_id: str) -> Act:
    """A predefined attribute as DescribePredefinedAttribute shows it."""
    return lambda name: client.describe_predefined_attribute(InstanceId=instance_id, Name=name)["PredefinedAttribute"]


@pytest.fixture
def update(client: Any, instance_id: str) -> Act:
    """Changes a predefined attribute."""
    return lambda name, **members: client.update_predefined_attribute(InstanceId=instance_id, Name=name, **members)


@pytest.fixture
def delete(client: Any, instance_id: str) -> Act:
    """Deletes a predefined attribute."""
    return lambda name: client.delete_predefined_attribute(InstanceId=instance_id, Name=name)


@pytest.fixture
def names(client: Any, instance_id: str) -> Act:
    """The names of all predefined attributes."""
    return lambda: [
        each["Name"]
        for page in client.get_paginator("list_predefined_attributes").paginate(InstanceId=instance_id)
        for each in page["PredefinedAttributeSummaryList"]
    ]


@pytest.fixture
def found(client: Any, instance_id: str) -> Act:
    """The names that a search finds."""
    return lambda **criteria: [
        each["Name"]
        for each in client.search_predefined_attributes(InstanceId=instance_id, SearchCriteria=criteria)[
            "PredefinedAttributes"
        ]
    ]


def string(field: str, value: str, comparison: str) -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


SYSTEM = ["connect:Language", "connect:Subtype", "connect:WorkloadType"]


# --- create and describe ----------------------------------------------------------------------------------------------


def test_a_new_attribute_is_described_as_it_was_created(create: Act, attribute: Act) -> None:
    made = create("Skill", "Billing", "Sales", Purposes=["routing"])
    found = attribute("Skill")
    assert {"Name", "Values"} & made.keys() == set()
    assert (found["Name"], found["Values"], found["Purposes"]) == ("Skill", {"StringList": ["Billing", "Sales"]}, ["routing"])
    assert found["AttributeConfiguration"] == {"EnableValueValidationOnAssociation": False, "IsReadOnly": False}
    assert found["LastModifiedRegion"] == "us-east-1"


def test_values_can_be_enforced(create: Act, attribute: Act) -> None:
    create("Skill", AttributeConfiguration={"EnableValueValidationOnAssociation": True})
    assert attribute("Skill")["AttributeConfiguration"]["EnableValueValidationOnAssociation"] is True


def test_an_attribute_can_do_without_values(client: Any, instance_id: str, attribute: Act) -> None:
    client.create_predefined_attribute(InstanceId=instance_id, Name="Skill")
    assert attribute("Skill")["Values"] == {"StringList": []}


@pytest.mark.parametrize("name", ["Größe / 東京 (no)"[:10], "a/b", "50=50", "O'Neill", "x" * 100])
def test_a_name_can_hold_letters_digits_white_space_and_some_signs(create: Act, attribute: Act, name: str) -> None:
    create(name)
    assert attribute(name)["Name"] == name


@pytest.mark.parametrize("name", ["aws:skill", "connect:Skill", "semi#colon", "x" * 101])
def test_a_name_is_not_one_of_aws(create: Act, name: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create(name)
    assert refusal.message.startswith(("Name can have letters", "Invalid parameter: Name"))


@pytest.mark.parametrize("value", ["aws:one", "connect:one", "one!"])
def test_a_value_is_written_like_a_name(create: Act, value: str, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create("Skill", "Billing", value)
    assert refusal.message.startswith("Values.StringList[1] can have letters")


def test_a_value_comes_once(create: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        create("Skill", "Billing", "Sales", "Billing")
    assert refusal.message == "Values.StringList must hold each value once, got 'Billing' again"


@pytest.mark.parametrize("name", ["Skill", "SKILL", "skill"])
def test_a_name_is_taken_regardless_of_case(create: Act, name: str, refused: Any) -> None:
    create("Skill")
    with refused("DuplicateResourceException"):
        create(name)


@pytest.mark.parametrize("name", ["skill", "Other", "x/Skill"])
def test_an_attribute_is_described_by_its_exact_name(create: Act, attribute: Act, name: str, refused: Any) -> None:
    create("Skill")
    with refused("ResourceNotFoundException") as refusal:
        attribute(name)
    assert repr(name) in refusal.message


@pytest.mark.amazon_connect(quotas={"predefined_attributes": 1})
def test_there_are_only_so_many_attributes(impatient_client: Any, instance_id: str, create: Act, refused: Any) -> None:
    create("Skill")
    with refused("LimitExceededException") as refusal:
        impatient_client.create_predefined_attribute(InstanceId=instance_id, Name="Region")
    assert "predefined_attributes" in refusal.message


@pytest.mark.amazon_connect(quotas={"predefined_attribute_values": 2})
def test_there_are_only_so_many_values(impatient_client: Any, instance_id: str, create: Act, refused: Any) -> None:
    create("Skill", "one", "two")
    values = {"StringList": ["one", "two", "three"]}
    with refused("LimitExceededException"):
        impatient_client.create_predefined_attribute(InstanceId=instance_id, Name="Region", Values=values)
    with refused("InvalidRequestException"):
        impatient_client.update_predefined_attribute(InstanceId=instance_id, Name="Skill", Values=values)


def test_an_attribute_has_500_values_and_no_more(create: Act, attribute: Act, refused: Any) -> None:
    values = [f"value {number}" for number in range(501)]
    create("Skill", *values[:500])
    assert len(attribute("Skill")["Values"]["StringList"]) == 500
    with refused("InvalidParameterException"):
        create("Region", *values)


# --- update -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "member", "expected"),
    [
        ({"Values": {"StringList": ["Tax"]}}, "Values", {"StringList": ["Tax"]}),
        ({"Values": {"StringList": []}}, "Values", {"StringList": []}),
        ({"Purposes": ["analytics"]}, "Purposes", ["analytics"]),
        (
            {"AttributeConfiguration": {"EnableValueValidationOnAssociation": True}},
            "AttributeConfiguration",
            {"EnableValueValidationOnAssociation": True, "IsReadOnly": False},
        ),
    ],
)
def test_an_update_replaces_what_it_names_and_nothing_else(
    create: Act, attribute: Act, update: Act, amazon_connect: Any, change: Any, member: str, expected: Any
) -> None:
    create("Skill", "Billing", "Sales", Purposes=["routing"])
    before = attribute("Skill")
    amazon_connect.clock.advance(60)
    update("Skill", **change)
    after = attribute("Skill")
    assert after == before | {member: expected, "LastModifiedTime": after["LastModifiedTime"]}
    assert after["LastModifiedTime"] > before["LastModifiedTime"]


@pytest.mark.parametrize("values", [["connect:one"], ["one", "one"]])
def test_an_update_takes_the_same_values_as_a_new_attribute(create: Act, update: Act, values: list[str], refused: Any) -> None:
    create("Skill", "Billing")
    with refused("InvalidParameterException"):
        update("Skill", Values={"StringList": values}, Purposes=["routing"])


@pytest.mark.parametrize("operation", ["update", "delete"])
def test_an_attribute_that_does_not_exist_is_neither_changed_nor_deleted(
    request: pytest.FixtureRequest, operation: str, refused: Any
) -> None:
    call = request.getfixturevalue(operation)
    with refused("ResourceNotFoundException"):
        call("Skill")


# --- the system's -----------------------------------------------------------------------------------------------------


def test_an_instance_comes_with_the_attributes_of_the_system(names: Act) -> None:
    assert names() == SYSTEM


@pytest.mark.amazon_connect(empty_instances=True)
def test_an_empty_instance_has_no_predefined_attributes(names: Act) -> None:
    assert names() == []


def test_subtypes_are_values_that_nobody_can_change(attribute: Act, update: Act, refused: Any) -> None:
    found = attribute("connect:Subtype")
    assert {"connect:Telephony", "connect:Chat", "connect:SMS", "connect:Task"} <= {*found["Values"]["StringList"]}
    assert found["AttributeConfiguration"]["IsReadOnly"] is True
    with refused("InvalidRequestException"):
        update("connect:Subtype", Values={"StringList": ["Carrier pigeon"]})


@pytest.mark.parametrize("name", ["connect:Language", "connect:WorkloadType"])
def test_some_of_the_system_take_values_of_ones_own(attribute: Act, update: Act, name: str) -> None:
    update(name, Values={"StringList": ["Welsh"]})
    assert attribute(name)["Values"] == {"StringList": ["Welsh"]}


@pytest.mark.parametrize("name", SYSTEM)
def test_an_attribute_of_the_system_cannot_be_deleted(delete: Act, name: str, refused: Any) -> None:
    with refused("ResourceInUseException") as refusal:
        delete(name)
    assert refusal.message == f"{name} is an attribute of the system and cannot be deleted"


# --- list and search --------------------------------------------------------------------------------------------------


def test_attributes_are_listed_in_the_order_of_creation(create: Act, names: Act) -> None:
    create("Skill")
    create("Region")
    assert names() == [*SYSTEM, "Skill", "Region"]


@pytest.mark.parametrize(
    ("operation", "result"),
    [
        ("list_predefined_attributes", "PredefinedAttributeSummaryList"),
        ("search_predefined_attributes", "PredefinedAttributes"),
    ],
)
def test_attributes_come_in_pages_of_100_at_most(
    client: Any, instance_id: str, operation: str, result: str, refused: Any
) -> None:
    first = getattr(client, operation)(InstanceId=instance_id, MaxResults=2)
    rest = getattr(client, operation)(InstanceId=instance_id, MaxResults=2, NextToken=first["NextToken"])
    assert [each["Name"] for each in first[result] + rest[result]] == SYSTEM
    with refused("InvalidParameterException"):
        getattr(client, operation)(InstanceId=instance_id, MaxResults=101)


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (string("name", "skill", "EXACT"), ["Skill"]),
        (string("name", "connect:", "STARTS_WITH"), SYSTEM),
        (string("name", "gio", "CONTAINS"), ["Region"]),
        (string("value", "Billing", "EXACT"), ["Skill", "Region"]),
        (string("value", "nor", "STARTS_WITH"), ["Region"]),
        (string("value", "ale", "CONTAINS"), ["Skill"]),
        ({"AndConditions": [string("value", "Billing", "EXACT"), string("name", "s", "STARTS_WITH")]}, ["Skill"]),
        ({"OrConditions": [string("name", "Skill", "EXACT"), string("value", "North", "EXACT")]}, ["Skill", "Region"]),
    ],
)
def test_attributes_are_found_by_name_and_value(create: Act, found: Act, criteria: Any, expected: list[str]) -> None:
    create("Skill", "Billing", "Sales")
    create("Region", "North", "Billing")
    assert found(**criteria) == expected


def test_a_search_shows_whole_attributes_and_their_number(client: Any, instance_id: str, create: Act, attribute: Act) -> None:
    create("Skill", "Billing")
    answer = client.search_predefined_attributes(InstanceId=instance_id, MaxResults=1, SearchCriteria={})
    assert answer["ApproximateTotalCount"] == 4
    (skill,) = client.search_predefined_attributes(InstanceId=instance_id, SearchCriteria=string("name", "Skill", "EXACT"))[
        "PredefinedAttributes"
    ]
    assert skill == attribute("Skill")


def test_attributes_have_no_other_fields_to_search(found: Act, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        found(**string("purposes", "routing", "EXACT"))
    assert "FieldName must be one of name, value" in refusal.message


# --- delete -----------------------------------------------------------------------------------------------------------


def test_a_deleted_attribute_is_gone_and_its_name_is_free(create: Act, delete: Act, names: Act) -> None:
    create("Skill")
    delete("Skill")
    assert names() == SYSTEM
    create("SKILL")


@pytest.fixture
def proficient(client: Any, instance_id: str, user: dict[str, str], create: Act) -> dict[str, Any]:
    """A user who is good at billing."""
    create("Skill", "Billing")
    held = {"AttributeName": "Skill", "AttributeValue": "Billing"}
    client.associate_user_proficiencies(
        InstanceId=instance_id, UserId=user["UserId"], UserProficiencies=[held | {"Level": 5.0}]
    )
    return {"InstanceId": instance_id, "UserId": user["UserId"], "UserProficiencies": [held]}


def test_an_attribute_cannot_be_deleted_while_a_user_has_a_proficiency_in_it(
    client: Any, delete: Act, proficient: dict[str, Any], refused: Any
) -> None:
    with refused("ResourceInUseException") as refusal:
        delete("Skill")
    assert refusal.response["ResourceId"] == "Skill"
    client.disassociate_user_proficiencies(**proficient)
    delete("Skill")
