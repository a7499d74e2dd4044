"""Terraform manages all that it knows of Amazon Connect on the server, as it does on AWS."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.terraform.conftest import EVERYTHING, Story
from tests.terraform.terraform import Entry, known_to_provider

pytestmark = pytest.mark.xdist_group("terraform")

NOTHING = {"add": 0, "change": 0, "import": 0, "remove": 0}
CANNOT_CHANGE = {"aws_connect_bot_association", "aws_connect_lambda_function_association"}
WITHOUT_ID = {"aws_connect_bot_association", "aws_connect_lambda_function_association"}
"""Data sources whose `id` is the Region."""
NOT_MADE = {"aws_connect_prompt"}
"""Data sources of what the provider cannot make."""


def types(text: str, kind: str) -> set[str]:
    return set(re.findall(rf'^{kind} "(aws_connect_\w+)"', text, re.MULTILINE))


@pytest.mark.parametrize("kind", ["resource", "data"])
def test_the_configuration_has_all_that_the_provider_knows(terraform: Any, kind: str) -> None:
    ...


def test_everything_is_created(story: Story) -> None:
    assert set(story.applied.done.values()) == {"create"}
    assert story.applied.done == story.applied.planned


def test_a_plan_after_the_creation_has_nothing_to_do(story: Story) -> None:
    assert (story.planned.summary, story.planned.planned) == (NOTHING, {})
