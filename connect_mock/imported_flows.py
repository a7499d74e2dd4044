"""Flows that were exported from another instance: what they name is looked up here by its name, as the console's import does.

Source: administrator guide, "Import/export flows"; exports have the name beside each reference, in
`Metadata.ActionMetadata.<action>.parameters.<parameter>.displayName`. Where this instance has nothing of that name, or where
there is no name, the reference stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from connect_mock.instance import Instance
from connect_mock.resources.flow_inventory import HELD

TYPES = {
    "agentHold": "AGENT_HOLD",
    "agentTransfer": "AGENT_TRANSFER",
    "agentWhisper": "AGENT_WHISPER",
    "contactFlow": "CONTACT_FLOW",
    "customerHold": "CUSTOMER_HOLD",
    "customerQueue": "CUSTOMER_QUEUE",
    "customerWhisper": "CUSTOMER_WHISPER",
    "outboundWhisper": "OUTBOUND_WHISPER",
    "queueTransfer": "QUEUE_TRANSFER",
}
"""The type of a flow by `Metadata.type`."""


def imported(instance: Instance, text: str) -> str:
    """The content with the ARNs of this instance; content that is no exported flow stays as it is."""
    content = _object(text)
    metadata = _member(_member(content, "Metadata"), "ActionMetadata")
    for action in content.get("Actions") or [] if metadata else []:
        if isinstance(action, dict) and (names := _member(_member(metadata, action.get("Identifier")), "parameters")):
            action["Parameters"] = _renamed(action.get("Parameters"), names, lambda *found: _arn(instance, *found))
    return json.dumps(content) if metadata else text


def exported_type(text: str) -> str | None:
    """The type that the export says the flow has."""
    return TYPES.get(_member(_object(text), "Metadata").get("type", ""))


def _object(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _member(value: dict[str, Any], name: Any) -> dict[str, Any]:
    found = value.get(name) if isinstance(name, str) else None
    return found if isinstance(found, dict) else {}


def _renamed(value: Any, names: dict[str, Any], arn: Callable[[str, str], str | None]) -> Any:
    """Parameters with the ARNs of this instance; `names` is nested as they are."""
    if isinstance(value, str):
        return arn(value, names["displayName"]) or value if isinstance(names.get("displayName"), str) else value
    if isinstance(value, dict):
        return {key: _renamed(inner, _member(names, key), arn) for key, inner in value.items()}
    return value


def _arn(instance: Instance, reference: str, name: str) -> str | None:
    """The ARN of what has the name and is of the kind that the reference is of."""
    if ":connect:" not in reference or "/" not in reference:
        return None
    kind = reference.split("/")[-2]
    found = HELD[kind](instance).named(name) if kind in HELD else None
    return found.arn if found else None
