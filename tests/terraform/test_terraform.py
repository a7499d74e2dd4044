"""Terraform manages all that it knows of Amazon Connect, on the server as on AWS. `conftest.py` tells the story."""

from __future__ import annotations

from tests.terraform.conftest import Story
from tests.terraform.terraform import Entry

NOTHING = {"add": 0, "change": 0, "import": 0, "remove": 0}

ONLY_REPLACED = {"aws_connect_bot_association", "aws_connect_lambda_function_association"}
"""Resources of which the provider can change nothing in place."""

NEVER_GONE = "aws_connect_user_hierarchy_structure.places"
"""Destroyed, a structure without levels is left."""

ALONE = {"aws_connect_bot_association", "aws_connect_lambda_function_association", "aws_connect_prompt"}
"""Data sources that do not have the id of a resource: the Region stands there, or there is no such resource."""


def named(entries: list[Entry], *, is_data: bool) -> set[str]:
    return {each.type for each in entries if each.is_data == is_data and each.type.startswith("aws_connect_")}


def test_the_configuration_has_every_resource_that_the_provider_has(story: Story) -> None:
    assert named(story.state, is_data=False) == story.known["resource_schemas"]


def test_the_configuration_has_every_data_source_that_the_provider_has(story: Story) -> None:
    assert named(story.state, is_data=True) == story.known["data_source_schemas"]


def test_everything_is_created(story: Story) -> None:
    assert story.applied.done == story.applied.planned
    assert set(story.applied.done.values()) == {"create"}


def test_after_a_creation_there_is_nothing_to_do(story: Story) -> None:
    assert (story.planned.exit_code, story.planned.planned, story.planned.summary) == (0, {}, NOTHING)


def test_a_revision_changes_in_place(story: Story) -> None:
    assert story.revised.done == story.revised.planned
    assert set(story.revised.done.values()) == {"update"}


def test_a_revision_changes_every_resource_that_can_be_changed(story: Story) -> None:
    changed = {address.partition(".")[0] for address in story.revised.done}
    assert changed == story.known["resource_schemas"] - ONLY_REPLACED


def test_after_a_revision_there_is_nothing_to_do(story: Story) -> None:
    assert (story.planned_again.exit_code, story.planned_again.planned, story.planned_again.summary) == (0, {}, NOTHING)


def test_a_data_source_shows_what_the_resource_does(story: Story) -> None:
    resources = {(each.type, each.attributes["id"]): each for each in story.state if not each.is_data}
    found = [(each, resources.get((each.type, each.attributes["id"]))) for each in story.state if each.is_data]
    pairs = [(data, resource) for data, resource in found if resource]
    assert {data.type for data, _ in pairs} == story.known["data_source_schemas"] - ALONE
    for data, resource in pairs:
        assert common(data, resource) == common(resource, data)


def common(one: Entry, other: Entry) -> dict[str, object]:
    """The attributes that both have; `tags` are those that one has asked for, and in a data source all."""
    return {name: one.attributes[name] for name in one.attributes.keys() & other.attributes.keys() - {"tags"}} | {
        "tags": one.attributes.get("tags_all", one.attributes.get("tags"))
    }


def test_everything_can_be_imported_as_it_is(story: Story) -> None:
    assert story.imported.planned == dict.fromkeys(story.applied.done, "import")
    assert story.imported.summary == NOTHING | {"import": len(story.applied.done)}


def test_after_a_destruction_nothing_is_left(story: Story) -> None:
    assert story.destroyed.summary == NOTHING | {"remove": len(story.applied.done)}
    assert (story.after - story.before, story.before - story.after) == (set(), set())


def test_what_is_gone_is_planned_anew(story: Story) -> None:
    created = {address for address, action in story.planned_when_gone.planned.items() if action == "create"}
    assert created == story.applied.done.keys() - {NEVER_GONE}
