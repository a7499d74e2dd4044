"""Predefined attributes: names and values for agents' proficiencies, routing criteria and contacts' segment attributes.

An attribute is known by its name, has no ARN and takes no tags. Not emulated: EnableValueValidationOnAssociation is kept and
shown, and contacts take any value for the attribute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from connect_mock.collection import Collection, Selection
from connect_mock.errors import (
    InvalidParameterException,
    InvalidRequestException,
    ResourceInUseException,
    ResourceNotFoundException,
    brief,
)
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.quotas import Quota
from connect_mock.resource import NamedResource
from connect_mock.search import Search

ATTRIBUTES = Quota("predefined_attributes", 150)
"""In an instance; the system's own do not count (AWS does not say)."""

VALUES = Quota("predefined_attribute_values", 500)
"""Of one attribute."""

CUSTOMERS_TEXT = re.compile(r"(?!aws:|connect:)[\w\s.:/=+-@']+")
"""Names and values (administrator guide). From `+` to `@` is a range in the guide's pattern too."""

SUBTYPES = "Telephony WebRTC ExternalAudio Chat SMS WhatsApp Apple Guide Task ExternalTask Email"

SYSTEM_ATTRIBUTES: Mapping[str, list[str]] = {
    "connect:Language": [],
    "connect:Subtype": [f"connect:{each}" for each in SUBTYPES.split()],
    "connect:WorkloadType": [],
}
"""Names and values of the system's attributes. The guide names them; the values are those that contacts show as their subtype.

`connect:Language` may have values of the system as well: AWS does not publish them.
"""

READ_ONLY = ("connect:Subtype",)


@dataclass(kw_only=True, slots=True, eq=False)
class PredefinedAttribute(NamedResource):
    """A predefined attribute. Its id is its name, by which proficiencies refer to it."""

    taggable = False

    string_values: list[str] = field(default_factory=list)
    """What agents and contacts can have for the attribute."""
    purposes: list[str] = field(default_factory=list)
    input_configuration: dict[str, bool] = field(default_factory=dict)
    """AttributeConfiguration as it was sent."""

    @property
    def unique_key(self) -> str:
        """Names are unique regardless of case (administrator guide)."""
        return self.name.casefold()

    @property
    def values(self) -> dict[str, list[str]]:
        """The values under the only name that they can have so far."""
        return {"StringList": self.string_values}

    @property
    def is_system(self) -> bool:
        """Whether it came with the instance."""
        return self.name in SYSTEM_ATTRIBUTES

    @property
    def attribute_configuration(self) -> dict[str, bool]:
        """What was sent, and whether anybody can change the attribute."""
        return {"EnableValueValidationOnAssociation": False, **self.input_configuration, "IsReadOnly": self.name in READ_ONLY}


def furnish(instance: Instance) -> None:
    """Give `instance` the system's attributes."""
    for name, values in SYSTEM_ATTRIBUTES.items():
        instance[PredefinedAttribute].add(id=name, name=name, string_values=list(values))


class PredefinedAttributeOperations(Operations):
    """The operations on predefined attributes."""

    def create_predefined_attribute(
        self,
        *,
        instance_id: str,
        name: str,
        values: dict[str, list[str]] | None = None,
        attribute_configuration: dict[str, bool] | None = None,
        **members: Any,
    ) -> None:
        """A new attribute, with or without values.

        Raises InvalidParameterException for names and values that start with `aws:` or `connect:` or hold other than letters,
        digits, white space and `_.:/=+-@'`, and for a value that comes twice (administrator guide).
        """
        attributes = self.instance(instance_id)[PredefinedAttribute]
        _check_text("Name", name)
        texts = _checked(values) or []
        ATTRIBUTES.check(sum(not each.is_system for each in attributes) + 1)
        configuration = attribute_configuration or {}
        attributes.add(id=name, name=name, string_values=texts, input_configuration=configuration, **members)

    def describe_predefined_attribute(self, *, instance_id: str, name: str) -> dict[str, PredefinedAttribute]:
        """The attribute with exactly that name."""
        return {"PredefinedAttribute": called(self.instance(instance_id)[PredefinedAttribute], name)}

    def list_predefined_attributes(self, *, instance_id: str) -> Collection[PredefinedAttribute]:
        """All attributes, the system's first."""
        return self.instance(instance_id)[PredefinedAttribute]

    def search_predefined_attributes(self, *, instance_id: str, search_criteria: Any = None) -> Selection[PredefinedAttribute]:
        """Attributes by name and by value."""
        return SEARCH.over(self.instance(instance_id)[PredefinedAttribute], search_criteria)

    def update_predefined_attribute(
        self,
        *,
        instance_id: str,
        name: str,
        values: dict[str, list[str]] | None = None,
        attribute_configuration: dict[str, bool] | None = None,
        **members: Any,
    ) -> None:
        """Replace the values, the purposes or the configuration; what is not given stays.

        A value can go while an agent has it: only deletion is documented to be refused. `connect:Subtype` cannot be changed,
        `connect:Language` and `connect:WorkloadType` take values of one's own (administrator guide).
        """
        attributes = self.instance(instance_id)[PredefinedAttribute]
        attribute = called(attributes, name)
        if name in READ_ONLY:
            raise InvalidRequestException(f"{name} is an attribute of the system and cannot be changed")
        texts = _checked(values)
        attributes.update(attribute, string_values=texts, input_configuration=attribute_configuration, **members)

    def delete_predefined_attribute(self, *, instance_id: str, name: str) -> None:
        """Refused for the system's attributes and while an agent has a proficiency in it (administrator guide)."""
        attributes = self.instance(instance_id)[PredefinedAttribute]
        attribute = called(attributes, name)
        if attribute.is_system:
            raise ResourceInUseException(f"{name} is an attribute of the system and cannot be deleted", ResourceId=name)
        attributes.remove(attribute)


def called(attributes: Collection[PredefinedAttribute], name: str) -> PredefinedAttribute:
    """The attribute with exactly that name; raises ResourceNotFoundException."""
    found = attributes.named(name.casefold())
    if found is None or found.name != name:
        raise ResourceNotFoundException(f"PredefinedAttribute {name!r} not found")
    return found


def _check_text(member: str, text: str) -> None:
    if not CUSTOMERS_TEXT.fullmatch(text):
        expected = "letters, digits, white space and _.:/=+-@' and must not start with aws: or connect:"
        raise InvalidParameterException(f"{member} can have {expected}, got {brief(text)}")


def _checked(values: dict[str, list[str]] | None) -> list[str] | None:
    """The texts of Values; None for no Values."""
    if values is None:
        return None
    texts = values.get("StringList", [])
    VALUES.check(len(texts))
    for number, text in enumerate(texts):
        _check_text(f"Values.StringList[{number}]", text)
        if text in texts[:number]:
            raise InvalidParameterException(f"Values.StringList must hold each value once, got {text!r} again")
    return texts


SEARCH = Search(fields={"name": attrgetter("name"), "value": attrgetter("string_values")})
