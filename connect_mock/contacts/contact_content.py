"""What a contact may carry: attributes, references, segment attributes, and the content of chat messages.

Source: documentation of StartTaskContact, StartChatContact and UpdateContactAttributes. AWS does not publish the error for
attributes that are too large; InvalidRequestException is ours.

Not emulated: that user-defined segment attributes have to be predefined attributes of the instance.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from typing import Any

from connect_mock import clock
from connect_mock.contact import SegmentAttributes
from connect_mock.errors import InvalidParameterException, InvalidRequestException, brief
from connect_mock.rendering import iso8601

MAX_ATTRIBUTES = 32_768
"""UTF-8 bytes over all keys and values of a contact."""

MAX_REFERENCE = 4_096
"""UTF-8 bytes of a reference's value."""

MAX_MESSAGE = 16_384
"""UTF-8 bytes of a chat message, for all content types alike."""

MAX_AHEAD = datetime.timedelta(days=6)
"""How far ahead a task can be scheduled."""

MAX_EXPIRY = 90 * 24 * 60
"""Minutes that a task or email can stay open (administrator guide, quotas)."""

REFERENCE_TYPES = ("URL", "NUMBER", "STRING", "DATE", "EMAIL")
"""What a caller may give when a contact is made; the service adds the others."""

INTERACTIVE = "application/vnd.amazonaws.connect.message.interactive"
INTERACTIVE_RESPONSE = f"{INTERACTIVE}.response"
CONTENT_TYPES = ("text/plain", "text/markdown", "application/json", INTERACTIVE, INTERACTIVE_RESPONSE)

EXPIRY = "connect:ContactExpiry"
SUBTYPE = "connect:Subtype"

_ATTRIBUTE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SEGMENT_KEY = re.compile(r"(connect:)?[A-Za-z0-9_-]+")


def check_attributes(attributes: dict[str, str]) -> None:
    """Keys hold letters, digits, dash and underscore; all together take at most 32,768 bytes."""
    for key in attributes:
        if not _ATTRIBUTE_KEY.fullmatch(key):
            raise InvalidRequestException(f"Attributes: keys can have letters, digits, - and _ only, got {brief(key)}")
    size = sum(len(text.encode()) for item in attributes.items() for text in item)
    if size > MAX_ATTRIBUTES:
        raise InvalidRequestException(
            f"Attributes: all keys and values take {size} bytes, at most {MAX_ATTRIBUTES} are possible"
        )


def check_references(references: dict[str, dict[str, Any]], types: Iterable[str] = REFERENCE_TYPES) -> None:
    """The type is one that a caller can give, and the value fits; a DATE is given as epoch seconds."""
    for name, reference in references.items():
        kind, value = reference["Type"], reference.get("Value", "")
        if kind not in types:
            raise InvalidRequestException(f"References.{name}.Type must be one of {', '.join(types)}, got {kind!r}")
        if (size := len(value.encode())) > MAX_REFERENCE:
            raise InvalidRequestException(f"References.{name}.Value must be at most {MAX_REFERENCE} bytes long, got {size}")
        if kind == "DATE" and not value.isdecimal():
            raise InvalidRequestException(f"References.{name}.Value must be epoch seconds, got {brief(value)}")


def check_segment_attributes(attributes: SegmentAttributes, system_keys: Iterable[str]) -> None:
    """Keys are user-defined, or among the `connect:` ones that the call can set; a value has exactly one form."""
    for key, value in attributes.items():
        if not _SEGMENT_KEY.fullmatch(key):
            raise InvalidRequestException(f"SegmentAttributes: keys can have letters, digits, - and _ only, got {brief(key)}")
        if key.startswith("connect:") and key not in system_keys:
            raise InvalidRequestException(f"SegmentAttributes: {key} cannot be set here, only {', '.join(system_keys)}")
        if len(value) != 1:
            raise InvalidRequestException(f"SegmentAttributes.{key} must have exactly one of ValueString, ValueMap and so on")
    if EXPIRY in attributes:
        expiry_minutes(attributes)


def expiry_minutes(attributes: SegmentAttributes) -> int | None:
    """The minutes in `connect:ContactExpiry`, or None when it is not there."""
    if EXPIRY not in attributes:
        return None
    minutes = attributes[EXPIRY].get("ValueMap", {}).get("ExpiryDuration", {}).get("ValueInteger")
    if minutes is None or not 1 <= minutes <= MAX_EXPIRY:
        raise InvalidRequestException(
            f"SegmentAttributes.{EXPIRY}.ValueMap.ExpiryDuration.ValueInteger must be 1 to {MAX_EXPIRY}, got {minutes}"
        )
    return int(minutes)


def with_expiry_timestamp(attributes: SegmentAttributes, expires: datetime.datetime) -> SegmentAttributes:
    """The same, with the time that the service adds to `connect:ContactExpiry`."""
    if EXPIRY not in attributes:
        return attributes
    value = attributes[EXPIRY]["ValueMap"] | {"ExpiryTimeStamp": {"ValueString": iso8601(expires)}}
    return attributes | {EXPIRY: {"ValueMap": value}}


def subtype(attributes: SegmentAttributes) -> str | None:
    """The text of `connect:Subtype`."""
    return attributes.get(SUBTYPE, {}).get("ValueString")


def check_content_types(content_types: list[str], attributes: SegmentAttributes) -> None:
    """text/plain is always among them; a guide needs both interactive types."""
    for content_type in content_types:
        if content_type not in CONTENT_TYPES:
            raise InvalidRequestException(
                f"SupportedMessagingContentTypes must be of {', '.join(CONTENT_TYPES)}, got {brief(content_type)}"
            )
    if "text/plain" not in content_types:
        raise InvalidRequestException("SupportedMessagingContentTypes must contain text/plain")
    missing = {INTERACTIVE, INTERACTIVE_RESPONSE} - set(content_types)
    if subtype(attributes) == "connect:Guide" and missing:
        raise InvalidRequestException(
            f"SupportedMessagingContentTypes must contain {' and '.join(sorted(missing))} for the subtype connect:Guide"
        )


def check_message(member: str, message: dict[str, str], content_types: list[str]) -> None:
    """Of a type that the chat supports and a participant can send; JSON types hold JSON; 16,384 bytes."""
    kind, content = message["ContentType"], message["Content"]
    accepted = [each for each in content_types if each != INTERACTIVE]
    if kind not in accepted:
        raise InvalidRequestException(f"{member}.ContentType must be one of {', '.join(accepted)}, got {brief(kind)}")
    if (size := len(content.encode())) > MAX_MESSAGE:
        raise InvalidRequestException(f"{member}.Content must be at most {MAX_MESSAGE} bytes long, got {size}")
    if kind in ("application/json", INTERACTIVE_RESPONSE) and not _is_json(content):
        raise InvalidRequestException(f"{member}.Content must be JSON for {kind}, got {brief(content)}")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def check_schedule(scheduled: datetime.datetime) -> None:
    """Not in the past and at most six days ahead."""
    ahead = scheduled - clock.now()
    if ahead < datetime.timedelta(0):
        raise InvalidParameterException(f"ScheduledTime must not be in the past, got {iso8601(scheduled)}")
    if ahead > MAX_AHEAD:
        raise InvalidParameterException(
            f"ScheduledTime must be at most {MAX_AHEAD.days} days in the future, got {iso8601(scheduled)}"
        )
