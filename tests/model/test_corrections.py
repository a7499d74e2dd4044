"""What `model_corrections.json` lays over the model, and that nothing which needs a correction is without one."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest
from botocore.model import StructureShape

from connect_mock.errors import InvalidMember
from connect_mock.service_model import SERVICES, corrections, load
from connect_mock.validation import checker
from tests.model.calls import input_shape, needs_the_model

UUID = "3f2b8c6e-1a4d-4e7f-9b0a-5c6d7e8f9a0b"

PATTERNS = {
    "CommonHumanReadableDescription": ("Zürich,\r\nthird floor", "bell \x07"),
    "CommonHumanReadableName": ("Zürich", "bell \x07"),
    "DataTableDescription": ("Opening hours\nby shop", "\x00"),
    "DataTableName": ("Öffnungszeiten 2026", "a/b"),
    "EvaluationFormMetricName": ("Höflichkeit", "a\tb"),
    "FileName": ("notes (1).txt", "a\nb"),
    "InstanceIdOrArn": (f"arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/{UUID}", "my-instance"),
    "TrafficDistributionGroupIdOrArn": (
        f"arn:aws-cn:connect:cn-north-1:123456789012:traffic-distribution-group/{UUID}",
        f"arn:aws:connect:us-east-1:123456789012:instance/{UUID}",
    ),
    "IpCidr": ("111.222.0.0/16", "from 10.0.0.1"),
    "Page": ("home", ".."),
    "Password": ("Pa55word", "password"),
    "PhoneNumber": ("+441134960000", "0113 496 0000"),
    "PhoneNumberPrefix": ("+44113", "+44 113"),
    "S3Uri": ("s3://bucket/key", "ftp://bucket/key"),
    "Slug": ("home-page", "ab"),
    "TagKey": ("kosten:stelle", "aws:created"),
    "ViewAction": ("Weiter jetzt", " Weiter"),
    "ViewContentSha256": ("0" * 64, "0"),
    "ViewDescription": ("Fragt, was fehlt", ";"),
    "ViewName": ("Übersicht", "a;b"),
    "ViewsClientToken": ("token 1", "token;1"),
}
"""For each pattern a string that it accepts, where the model's own one fails, and one that it refuses."""


def check_of(name: str) -> Any:
    """What is called with a value of the shape; None where nothing is demanded."""
    service = next(service for service in SERVICES if name in load(service).shape_names)
    return checker(load(service).shape_for(name), {})


def of_kind(kind: str) -> pytest.MarkDecorator:
    """A test for each correction of that kind."""
    return pytest.mark.parametrize("name", sorted(corrections()[kind]))


@needs_the_model
@pytest.mark.parametrize("name", sorted(corrections()["patterns"].keys() | corrections()["required"].keys()))
def test_a_correction_of_a_shape_names_a_shape_of_the_model(name: str) -> None:
    assert any(name in load(service).shape_names for service in SERVICES)


@needs_the_model
@of_kind("required")
def test_a_correction_of_required_members_names_members_that_the_model_leaves_out(name: str) -> None:
    shape = load("connect").shape_for(name)
    assert isinstance(shape, StructureShape)
    missing = set(corrections()["required"][name])
    assert missing <= shape.members.keys()
    assert not missing & set(shape.required_members)


@of_kind("member_patterns")
def test_a_pattern_of_a_member_names_a_member_of_the_model(name: str) -> None:
    shape, _, member = name.partition(".")
    assert member in load("connect").shape_for(shape).members  # type: ignore[attr-defined]


@needs_the_model
@of_kind("default_results")
def test_a_correction_of_the_default_page_names_a_paged_operation(name: str) -> None:
    assert "NextToken" in input_shape("connect", name).members


@needs_the_model
@of_kind("max_results")
def test_a_correction_of_the_largest_page_names_a_paged_operation(name: str) -> None:
    assert "MaxResults" in input_shape("connect", name).members


@needs_the_model
@of_kind("errors")
def test_a_correction_of_errors_names_errors_that_the_operation_does_not_declare(name: str) -> None:
    declared = {shape.name for shape in load("connect").operation_model(name).error_shapes}
    assert not declared & set(corrections()["errors"][name])


def test_every_corrected_pattern_has_examples_here() -> None:
    assert PATTERNS.keys() == {name for name, pattern in corrections()["patterns"].items() if pattern is not None}


@needs_the_model
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_corrected_pattern_accepts_what_the_service_does(name: str) -> None:
    check_of(name)(PATTERNS[name][0])


@needs_the_model
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_corrected_pattern_refuses_what_the_service_does(name: str) -> None:
    with pytest.raises(InvalidMember):
        check_of(name)(PATTERNS[name][1])


@needs_the_model
@pytest.mark.parametrize("name", sorted(name for name, pattern in corrections()["patterns"].items() if pattern is None))
def test_a_pattern_that_was_taken_away_lets_every_text_through(name: str) -> None:
    check_of(name)("Grüße, at any length that fits")


def uncorrected_patterns() -> dict[str, str]:
    """The patterns of all models that no correction replaces, by shape."""
    shapes = {name: load(service).shape_for(name) for service in SERVICES for name in load(service).shape_names}
    patterns = {name: shape.metadata["pattern"] for name, shape in shapes.items() if "pattern" in shape.metadata}
    return {name: pattern for name, pattern in patterns.items() if name not in corrections()["patterns"]}


@pytest.mark.parametrize(("name", "pattern"), sorted(uncorrected_patterns().items()))
def test_a_pattern_that_python_cannot_read_has_a_correction(name: str, pattern: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        re.compile(pattern)


@pytest.mark.parametrize(("name", "pattern"), sorted(uncorrected_patterns().items()))
def test_a_pattern_that_is_escaped_twice_has_a_correction(name: str, pattern: str) -> None:
    assert "\\\\" not in pattern
