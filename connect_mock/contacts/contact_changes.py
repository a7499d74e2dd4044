"""Changes that flows make to a contact: each call changes all that it names, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from connect_mock import settings
from connect_mock.contact import Contact
from connect_mock.contacts import media_streams
from connect_mock.contacts.contact_content import check_attributes
from connect_mock.contacts.flow_sources import source
from connect_mock.contacts.routing_criteria import activated
from connect_mock.contacts.system_attributes import instance_of
from connect_mock.errors import ConnectError
from connect_mock.flow.host import ContactChanges, HostError, TargetContact


def change_attributes(contact: Contact, attributes: Mapping[str, str], target: TargetContact) -> None:
    """Set attributes of the contact's chain, or of the related contact's. Raises HostError above 32 KB in all."""
    changed = _targeted(contact, target)
    try:
        check_attributes({**changed.attributes, **attributes})
    except ConnectError as refusal:
        raise HostError(why=refusal.message) from None
    changed.attributes.update(attributes)
    changed.changed()


def change_contact(contact: Contact, changes: ContactChanges, target: TargetContact) -> None:
    """Set other fields. Raises HostError for a flow that does not exist and a number that may not be called."""
    changed = _targeted(contact, target)
    prepared = [PREPARE[name](changed, value) for name, value in changes.items()]
    for change in prepared:
        change()
    changed.changed()


def _targeted(contact: Contact, target: TargetContact) -> Contact:
    if target == "Current":
        return contact
    related = next((each for each in contact.tree if each.id == contact.related_contact_id), None)
    if related is None:
        raise HostError(why="the contact has no related contact")
    return related


Change = Callable[[], None]


def _set(member: str) -> Callable[[Contact, Any], Change]:
    return lambda contact, value: lambda: setattr(contact, member, value)


def _set_in_handling(member: str) -> Callable[[Contact, Any], Change]:
    return lambda contact, value: lambda: setattr(contact.handling, member, value)


def _hooks(contact: Contact, hooks: Mapping[str, str]) -> Change:
    for flow in hooks.values():
        source(instance_of(contact), "FLOW", flow)
    return lambda: setattr(contact.handling, "hooks", {**contact.handling.hooks, **hooks})


def _callback_number(contact: Contact, number: str) -> Change:
    if number.startswith(settings.current.denied_destinations):
        raise HostError("CallbackNumberNotDialable", f"calls to {number} are not allowed")
    return lambda: setattr(contact.handling, "callback_number", number)


def _references(contact: Contact, references: Mapping[str, Any]) -> Change:
    given = {
        name: value if isinstance(value, dict) else {"Type": "STRING", "Value": value} for name, value in references.items()
    }
    return lambda: setattr(contact, "references", {**contact.references, **given})


def _tags(contact: Contact, tags: Mapping[str, str]) -> Change:
    return lambda: setattr(contact, "tags", {**contact.tags, **tags})


def _untag(contact: Contact, keys: Any) -> Change:
    return lambda: setattr(contact, "tags", {key: value for key, value in contact.tags.items() if key not in keys})


def _voice(contact: Contact, voice: Mapping[str, str]) -> Change:
    return lambda: setattr(contact.handling, "voice", dict(voice))


def _session(contact: Contact, arn: str) -> Change:
    return lambda: setattr(contact, "wisdom_info", {"SessionArn": arn})


def _criteria(contact: Contact, criteria: Mapping[str, Any]) -> Change:
    return lambda: setattr(contact, "routing_criteria", activated(criteria))


def _analytics(contact: Contact, configuration: Mapping[str, Any]) -> Change:
    """Contacts that are not analysed have nothing about it (documentation of Contact, ContactLens)."""
    lens = {"ConversationalAnalytics": {"Configuration": configuration}} if configuration["Enabled"] else None
    return lambda: setattr(contact, "contact_lens", lens)


def _media_streaming(contact: Contact, wanted: bool) -> Change:
    stream = media_streams.start(contact) if wanted else media_streams.stop(contact.handling.media_stream)
    return lambda: setattr(contact.handling, "media_stream", stream)


def _caller_id(contact: Contact, number: str) -> Change:
    return lambda: setattr(contact, "system_endpoint", {"Type": "TELEPHONE_NUMBER", "Address": number})


def _case(contact: Contact, case: Mapping[str, Any]) -> Change:
    """One that it is linked to already stays as it is."""
    linked = [each for each in contact.cases or () if each["CaseId"] != case["case_id"]]
    number = {"CaseReferenceNumber": case["reference_number"]} if "reference_number" in case else {}
    return lambda: setattr(contact, "cases", [*linked, {"CaseId": case["case_id"], **number}])


def _priority(contact: Contact, priority: int) -> Change:
    """Priority and age adjustment exclude each other: setting one takes the other back (UpdateContactRoutingData)."""
    return lambda: _route(contact, priority, None)


def _age(contact: Contact, seconds: int) -> Change:
    return lambda: _route(contact, 5, seconds)


def _route(contact: Contact, priority: int, seconds: int | None) -> None:
    contact.queue_priority, contact.queue_time_adjustment_seconds = priority, seconds


PREPARE: dict[str, Callable[[Contact, Any], Change]] = {
    "Analytics": _analytics,
    "CallbackNumber": _callback_number,
    "CallerId": _caller_id,
    "Case": _case,
    "CustomerId": _set("customer_id"),
    "Description": _set("description"),
    "EventHooks": _hooks,
    "FlowLogging": _set_in_handling("logging"),
    "LanguageCode": _set_in_handling("language_code"),
    "MediaStreaming": _media_streaming,
    "Name": _set("name"),
    "ParticipantState": _set_in_handling("participant_state"),
    "QueuePriority": _priority,
    "QueueTimeAdjustmentSeconds": _age,
    "References": _references,
    "RoutingCriteria": _criteria,
    "Tags": _tags,
    "TextToSpeechVoice": _voice,
    "UntagKeys": _untag,
    "WisdomSessionArn": _session,
}
"""By member of ContactChanges: checks the value, and returns what makes the change."""
