"""Tags, of any taggable resource by its ARN."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from connect_mock.errors import InvalidParameterException, MaximumResultReturnedException, ResourceNotFoundException
from connect_mock.operations import Operations
from connect_mock.resource import Resource
from connect_mock.search import COMPARISONS

MAX_TAGS = 50
"""User tags of one resource (administrator guide, Tagging resources)."""

MAX_FOUND = 1000
"""Distinct tags that SearchResourceTags can return (documentation of the operation)."""

SEARCHED_TYPES = (
    "agent",
    "agent-state",
    "routing-profile",
    "standard-queue",
    "security-profile",
    "operating-hours",
    "prompt",
    "contact-flow",
    "flow-module",
    "transfer-destination",
    "metric",
)
"""Resource types that SearchResourceTags knows (documentation of ResourceTypes); a resource says its own in `tag_type`."""


class TagOperations(Operations):
    """The operations on tags. moto's tagging API calls the first two as well, which is why they take positions."""

    def tag_resource(self, resource_arn: str, tags: dict[str, str]) -> None:
        """Add tags, or give those that are there another value.

        Raises InvalidParameterException for keys that start with `aws:` and beyond 50 tags.
        """
        resource = self._tagged(resource_arn)
        check_tags(resource.tags | tags)
        resource.tags = resource.tags | tags

    def untag_resource(self, resource_arn: str, tag_keys: list[str]) -> None:
        """Remove tags; keys that are not there are ignored."""
        resource = self._tagged(resource_arn)
        resource.tags = {key: value for key, value in resource.tags.items() if key not in tag_keys}

    def list_tags_for_resource(self, *, resource_arn: str) -> dict[str, dict[str, str]]:
        """The tags; the member is spelled `tags` in this operation."""
        return {"tags": self._tagged(resource_arn).tags}

    def search_resource_tags(
        self, *, instance_id: str, resource_types: list[str] | None = None, search_criteria: dict[str, Any] | None = None
    ) -> list[dict[str, str]]:
        """The distinct tags in use on an instance's resources, sorted.

        Raises MaximumResultReturnedException when there are more than 1,000, and InvalidParameterException for a resource type
        that is not in the documentation of the operation.
        """
        _check_types(resource_types or [])
        matches = _condition((search_criteria or {}).get("TagSearchCondition", {}))
        found = {
            tag for resource in self._of_types(instance_id, resource_types) for tag in resource.tags.items() if matches(*tag)
        }
        if len(found) > MAX_FOUND:
            raise MaximumResultReturnedException(f"{len(found)} tags were found, at most {MAX_FOUND} can be returned")
        return [{"key": key, "value": value} for key, value in sorted(found)]

    def _of_types(self, instance_id: str, resource_types: list[str] | None) -> Iterator[Resource]:
        for resource in self.instance(instance_id).resources():
            if resource.tag_type and (not resource_types or resource.tag_type in resource_types):
                yield resource

    def _tagged(self, arn: str) -> Resource:
        resource = self.tagged(arn)
        if resource is None:
            raise ResourceNotFoundException(f"Resource {arn} not found")
        return resource


def check_tags(tags: dict[str, str]) -> None:
    """Refuse more tags than a resource can have, and keys that are AWS's own."""
    if len(tags) > MAX_TAGS:
        raise InvalidParameterException(f"A resource can have at most {MAX_TAGS} tags, this makes {len(tags)}")
    for key in tags:
        if key.lower().startswith("aws:"):
            raise InvalidParameterException(f"Tag keys must not start with aws:, got {key!r}")


def _check_types(resource_types: list[str]) -> None:
    for each in resource_types:
        if each not in SEARCHED_TYPES:
            raise InvalidParameterException(f"ResourceTypes must be among {', '.join(SEARCHED_TYPES)}, got {each!r}")


def _condition(condition: dict[str, str]) -> Callable[[str, str], bool]:
    return lambda key, value: all(
        COMPARISONS[condition.get(f"{part}ComparisonType", "EXACT")](text.casefold(), condition[part].casefold())
        for part, text in (("tagKey", key), ("tagValue", value))
        if condition.get(part)
    )
