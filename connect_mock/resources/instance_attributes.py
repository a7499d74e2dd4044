"""Instance attributes: features of an instance that are on or off, as the texts `true` and `false`.

Whoever emulates a feature asks the instance: `instance.attributes["CONTACTFLOW_LOGS"]`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from connect_mock.errors import AccessDeniedException, InvalidParameterException, brief
from connect_mock.instance import Instance
from connect_mock.operations import Operations
from connect_mock.service_model import load

DEFAULTS = {
    "CONTACTFLOW_LOGS": "false",
    "CONTACT_LENS": "true",
    "AUTO_RESOLVE_BEST_VOICES": "true",
    "USE_CUSTOM_TTS_VOICES": "false",
    "EARLY_MEDIA": "true",
    "MULTI_PARTY_CONFERENCE": "false",
    "AUTO_MUTE_AGENT_ON_HOLD": "false",
    "HIGH_VOLUME_OUTBOUND": "false",
    "ENHANCED_CONTACT_MONITORING": "false",
    "ENHANCED_CHAT_MONITORING": "false",
    "MULTI_PARTY_CHAT_CONFERENCE": "false",
    "MESSAGE_STREAMING": "false",
}
"""What a new instance has, beside its calls (Terraform provider's defaults, administrator guide).

AWS does not say what the last six are. One page of the guide has MULTI_PARTY_CONFERENCE and ENHANCED_CONTACT_MONITORING on in
a new instance; Terraform takes the former for off.
"""

ALLOW_LISTED = ("USE_CUSTOM_TTS_VOICES",)
"""Attributes that AWS lets only some customers change (documentation of UpdateInstanceAttribute); here, nobody."""


@cache
def _types() -> tuple[str, ...]:
    """All attributes, in the order of the model, and with those that only a newer model has."""
    return (*load("connect").shape_for("InstanceAttributeType").enum, *DEFAULTS)  # type: ignore[attr-defined]


def attributes_of_new(inbound_calls_enabled: bool, outbound_calls_enabled: bool) -> dict[str, str]:
    """The attributes of a new instance by type. An attribute that is not known here is off."""
    calls = {"INBOUND_CALLS": str(inbound_calls_enabled).lower(), "OUTBOUND_CALLS": str(outbound_calls_enabled).lower()}
    return dict.fromkeys(_types(), "false") | DEFAULTS | calls


class InstanceAttributeOperations(Operations):
    """The operations on instance attributes."""

    def describe_instance_attribute(self, *, instance_id: str, attribute_type: str) -> dict[str, Any]:
        """The attribute and its value."""
        value = self.instance(instance_id).attributes[attribute_type]
        return {"Attribute": {"AttributeType": attribute_type, "Value": value}}

    def list_instance_attributes(self, *, instance_id: str) -> list[dict[str, str]]:
        """All attributes, in the order of the documentation."""
        attributes = self.instance(instance_id).attributes
        return [{"AttributeType": name, "Value": value} for name, value in attributes.items()]

    def update_instance_attribute(self, *, instance_id: str, attribute_type: str, value: str) -> None:
        """Turn an attribute on or off. INBOUND_CALLS and OUTBOUND_CALLS are what DescribeInstance shows as well.

        Raises InvalidParameterException for a value other than `true` and `false`, and AccessDeniedException for
        USE_CUSTOM_TTS_VOICES (Terraform provider, which goes on after it).
        """
        instance = self.instance(instance_id)
        if attribute_type in ALLOW_LISTED:
            raise AccessDeniedException(f"The account is not authorized to update {attribute_type}")
        if value not in ("true", "false"):
            raise InvalidParameterException(f"Value must be true or false, got {brief(value)}")
        self[Instance].update(instance, attributes=instance.attributes | {attribute_type: value})
