"""The views that AWS keeps for all instances: shown and listed, never changed, addressed by ARN.

Ids, actions and the title of the last one are those of the live service (notes of 2026). The rest is our own, written after
the published descriptions of what each view takes; so is the name that each one shows, which is not recorded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from connect_mock.resources.view_templates import input_schema

VERSION = 1
"""There is no other."""


@dataclass(frozen=True, slots=True)
class ManagedView:
    """A view that belongs to no instance."""

    id: str
    arn: str
    content: dict[str, Any]
    type: str = "AWS_MANAGED"
    status: str = "PUBLISHED"
    version: int = VERSION
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.id

    @property
    def description(self) -> None:
        return None


@cache
def managed_views(partition: str, region_name: str) -> tuple[ManagedView, ...]:
    """They are the same in every instance of a Region."""
    prefix = f"arn:{partition}:connect:{region_name}:aws:view/"
    return tuple(ManagedView(id, prefix + id, _content(actions, template)) for id, (actions, template) in _VIEWS.items())


def _content(actions: tuple[str, ...], template: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(template)
    return {"Actions": list(actions), "Template": text, "InputSchema": input_schema(text)}


def _page(title: str, *components: dict[str, Any]) -> dict[str, Any]:
    return {"Head": {"Title": title, "Configuration": {"Layout": {"Columns": [12]}}}, "Body": list(components)}


def _component(kind: str, *content: Any, **props: Any) -> dict[str, Any]:
    return {"_id": kind, "Type": kind, "Props": props, "Content": list(content)}


def _composite(kind: str, *inputs: str) -> dict[str, Any]:
    """A page of one component that takes all it shows from the inputs of the same names."""
    return _page(kind, _component(kind, **{name: f"$.{name}" for name in inputs}))


def _buttons(*actions: str) -> dict[str, Any]:
    return _component("ButtonGroup", Items=[{"Label": each, "Action": each, "FormAction": "submit"} for each in actions])


_VIEWS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "detail": (
        ("ActionSelected", "Back"),
        _composite("Detail", "AttributeBar", "Back", "Heading", "Description", "Sections", "Actions"),
    ),
    "list": (("ActionSelected", "Back"), _composite("List", "AttributeBar", "Back", "Heading", "SubHeading", "Items")),
    "cards": (
        ("ActionSelected", "Back", "NoMatchFound"),
        _composite("Cards", "AttributeBar", "Back", "Heading", "Cards", "NoMatchFound"),
    ),
    "confirmation": (("Next",), _composite("Confirmation", "AttributeBar", "Next", "Heading", "SubHeading", "Graphic")),
    "form": (
        ("Next", "Back", "Step"),
        _composite("Form", "AttributeBar", "Back", "Next", "Heading", "SubHeading", "ErrorText", "Sections", "Wizard"),
    ),
    "after-contact-work": (
        ("Submit", "Cancel"),
        _page(
            "After Contact Work",
            _component("Header", "$.Heading", variant="h1"),
            _component(
                "Form",
                _component("TextArea", Label="Notes", Name="AdditionalNotes", DefaultValue="$.AdditionalNotes_DefaultValue"),
                _buttons("Submit", "Cancel"),
            ),
        ),
    ),
}
"""By id, the actions and the template."""
