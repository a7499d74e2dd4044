"""Proficiencies of users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Act = Callable[..., Any]


def proficiency(name: str, value: str, level: float | None = None) -> dict[str, Any]:
    return {"AttributeName": name, "AttributeValue": value} | ({} if level is None else {"Level": level})


TEA, MILK, FRENCH = proficiency("Drink", "Tea", 3), proficiency("Drink", "Milk", 5), proficiency("Language", "French", 1)
TEA_ALONE = proficiency("Drink", "Tea")


@pytest.fixture(autouse=True)
def attributes(act: Act) -> None:
    """What agents can be good at."""
    act("create_predefined_attribute", Name="Drink", Values={"StringList": ["Tea", "Milk"]})
    act("create_predefined_attribute", Name="Language", Values={"StringList": ["French"]})


@pytest.fixture
def associate(act: Act, user_id: str) -> Callable[..., None]:
    """Gives the user proficiencies."""
    return lambda *proficiencies: act("associate_user_proficiencies", UserId=user_id, UserProficiencies=list(proficiencies))


@pytest.fixture
def held(act: Act, user_id: str) -> Callable[..., list[dict[str, Any]]]:
    """The proficiencies that the user has."""
    return lambda **page: list(act("list_user_proficiencies", UserId=user_id, **page)["UserProficiencyList"])


def test_a_new_user_has_no_proficiencies(act: Act, user_id: str) -> None:
    answer = act("list_user_proficiencies", UserId=user_id)
    assert answer["UserProficiencyList"] == []
    assert "LastModifiedTime" not in answer


def test_associated_proficiencies_are_listed(associate: Any, held: Any) -> None:
    associate(TEA, FRENCH)
    associate(MILK)
    assert held() == [TEA, FRENCH, MILK]


def test_a_list_says_when_and_where_proficiencies_were_changed(
    act: Act, user_id: str, associate: Any, amazon_connect: Any
) -> None:
    associate(TEA)
    first = act("list_user_proficiencies", UserId=user_id)
    amazon_connect.clock.advance(60)
    act("disassociate_user_proficiencies", UserId=user_id, UserProficiencies=[TEA_ALONE])
    second = act("list_user_proficiencies", UserId=user_id)
    assert first["LastModifiedRegion"] == "us-east-1"
    assert second["LastModifiedTime"] > first["LastModifiedTime"]


def test_associating_again_sets_the_level(associate: Any, held: Any) -> None:
    associate(TEA)
    associate(TEA | {"Level": 4})
    assert held() == [TEA | {"Level": 4}]


@pytest.mark.parametrize(
    ("unknown", "named"),
    [
        (proficiency("Sport", "Chess", 1), "'Sport'"),
        (proficiency("drink", "Tea", 1), "'drink'"),
        (proficiency("My/Drink", "Tea", 1), "'My/Drink'"),
        (proficiency("Drink", "Wine", 1), "'Wine'"),
        (proficiency("Drink", "tea", 1), "'tea'"),
    ],
    ids=str,
)
def test_a_proficiency_needs_a_predefined_attribute_and_value(associate: Any, unknown: Any, named: str, refused: Any) -> None:
    with refused("ResourceNotFoundException") as refusal:
        associate(TEA, unknown)
    assert named in refusal.message


@pytest.mark.parametrize("level", [1.5, 5.5])
def test_a_level_is_1_2_3_4_or_5(associate: Any, level: float, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(TEA | {"Level": level})
    assert "Level" in refusal.message


def test_a_proficiency_comes_once_in_a_request(associate: Any, refused: Any) -> None:
    with refused("InvalidParameterException") as refusal:
        associate(TEA, TEA | {"Level": 1})
    assert refusal.message == "UserProficiencies names Drink Tea more than once"


def test_a_user_has_at_most_ten_proficiencies(act: Act, associate: Any, refused: Any) -> None:
    values = [f"Value {number}" for number in range(11)]
    act("create_predefined_attribute", Name="Skill", Values={"StringList": values})
    skills = [proficiency("Skill", value, 1) for value in values]
    associate(*skills[:10])
    associate(skills[9])
    with refused("InvalidRequestException"):
        associate(skills[10])


@pytest.mark.amazon_connect(quotas={"proficiencies_of_a_user": 1})
def test_the_number_of_proficiencies_is_a_quota(associate: Any, refused: Any) -> None:
    with refused("InvalidRequestException"):
        associate(TEA, MILK)


def test_disassociated_proficiencies_are_gone(act: Act, user_id: str, associate: Any, held: Any) -> None:
    associate(TEA, MILK)
    act("disassociate_user_proficiencies", UserId=user_id, UserProficiencies=[TEA_ALONE])
    assert held() == [MILK]


def test_levels_are_updated(act: Act, user_id: str, associate: Any, held: Any) -> None:
    associate(TEA, MILK)
    act("update_user_proficiencies", UserId=user_id, UserProficiencies=[TEA | {"Level": 5}])
    assert held() == [TEA | {"Level": 5}, MILK]


@pytest.mark.parametrize(
    ("operation", "wrong"),
    [("disassociate_user_proficiencies", proficiency("Drink", "Milk")), ("update_user_proficiencies", MILK)],
)
def test_only_associated_proficiencies_are_changed(
    act: Act, user_id: str, associate: Any, operation: str, wrong: Any, refused: Any
) -> None:
    associate(TEA)
    right = TEA_ALONE if operation.startswith("dis") else TEA | {"Level": 1}
    with refused("ResourceNotFoundException") as refusal:
        act(operation, UserId=user_id, UserProficiencies=[right, wrong])
    assert refusal.message == "User ana has no proficiency Drink Milk"


def test_an_attribute_that_a_user_is_proficient_in_is_not_deleted(
    act: Act, user_id: str, associate: Any, refused: Any
) -> None:
    associate(TEA)
    with refused("ResourceInUseException"):
        act("delete_predefined_attribute", Name="Drink")
    act("disassociate_user_proficiencies", UserId=user_id, UserProficiencies=[TEA_ALONE])
    act("delete_predefined_attribute", Name="Drink")


def test_proficiencies_are_listed_a_page_at_a_time(act: Act, user_id: str, associate: Any, held: Any, refused: Any) -> None:
    associate(TEA, MILK, FRENCH)
    token = act("list_user_proficiencies", UserId=user_id, MaxResults=2)["NextToken"]
    assert held(MaxResults=2, NextToken=token) == [FRENCH]
    with refused("InvalidParameterException"):
        held(MaxResults=101)
