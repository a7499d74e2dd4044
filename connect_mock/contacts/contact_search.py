"""SearchContacts: time range, criteria and order.

Contacts are found at once, while the real index lags by minutes and shows an open voice contact only once an agent took it.
Which contact attributes are searchable is a console setting; here all are. Nothing is analyzed and no agent is preferred, so
that criteria on transcripts, AI agents and routing steps find nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from connect_mock.collection import Collection, Selection
from connect_mock.contact import Contact
from connect_mock.errors import InvalidParameterException
from connect_mock.search import Keep, all_of, tag_filter

LONGEST_RANGE = datetime.timedelta(weeks=8)
"""Documentation of SearchContacts."""

Read = Callable[[Contact], Any]

TIMESTAMPS: dict[str, Read] = {
    "INITIATION_TIMESTAMP": lambda contact: contact.initiation_timestamp,
    "SCHEDULED_TIMESTAMP": lambda contact: contact.scheduled_timestamp,
    "CONNECTED_TO_AGENT_TIMESTAMP": lambda contact: (contact.agent_info or {}).get("ConnectedToAgentTimestamp"),
    "DISCONNECT_TIMESTAMP": lambda contact: contact.disconnect_timestamp,
    "ENQUEUE_TIMESTAMP": lambda contact: (contact.queue_info or {}).get("EnqueueTimestamp"),
}

SORT_FIELDS: dict[str, Read] = TIMESTAMPS | {
    "EXPIRY_TIMESTAMP": lambda contact: contact.expires,
    "INITIATION_METHOD": lambda contact: contact.initiation_method,
    "CHANNEL": lambda contact: contact.channel,
}


def found_contacts(
    contacts: Collection[Contact],
    time_range: dict[str, Any],
    search_criteria: dict[str, Any] | None = None,
    sort: dict[str, str] | None = None,
) -> Selection[Contact]:
    """The contacts that match, in the order that `sort` asks for, else newest first by the time of the range.

    Raises InvalidParameterException for a range that ends before it starts or is longer than eight weeks.
    """
    found = _in_range(contacts, time_range)
    if keep := all_of(_criterion(name, value) for name, value in (search_criteria or {}).items()):
        found = found.where(keep)
    order = sort or {"FieldName": time_range["Type"], "Order": "DESCENDING"}
    return _sorted(found, order["FieldName"], order["Order"] == "DESCENDING")


def _in_range(contacts: Collection[Contact], time_range: dict[str, Any]) -> Selection[Contact]:
    start, end = time_range["StartTime"], time_range["EndTime"]
    if end < start:
        raise InvalidParameterException(f"TimeRange.EndTime {end} must not be before StartTime {start}")
    if end - start > LONGEST_RANGE:
        raise InvalidParameterException(f"TimeRange must span at most {LONGEST_RANGE.days} days, got {(end - start).days}")
    if time_range["Type"] == "INITIATION_TIMESTAMP":
        return contacts.all().between((start.timestamp(), 0), (end.timestamp(), float("inf")))
    return contacts.where(_within(time_range))


def _within(time_range: dict[str, Any]) -> Keep:
    read, start, end = TIMESTAMPS[time_range["Type"]], time_range["StartTime"], time_range["EndTime"]

    def keep(contact: Contact) -> bool:
        moment = read(contact)
        return moment is not None and bool(start <= moment <= end)

    return keep


def _sorted(found: Selection[Contact], field: str, descending: bool) -> Selection[Contact]:
    """Contacts lie in the order of initiation; other orders are made, contacts without the field last."""
    if field == "INITIATION_TIMESTAMP":
        return found.newest_first() if descending else found
    read = SORT_FIELDS[field]

    def place(contact: Contact) -> tuple[bool, Any, int]:
        value = read(contact)
        value = value.timestamp() if isinstance(value, datetime.datetime) else value
        return ((value is None) != descending, value if value is not None else 0, contact.sequence)

    return Selection(sorted(found, key=place), place, descending=descending)


# --- criteria ---------------------------------------------------------------------------------------------------------


def matches(match_type: str, hits: list[bool]) -> bool:
    """How several hits count together. MATCH_EXACT asks for all of them, as its hits are exact already."""
    if match_type == "MATCH_ANY":
        return any(hits)
    return not any(hits) if match_type == "MATCH_NONE" else all(hits)


def _criterion(name: str, value: Any) -> Keep | None:
    if name not in CRITERIA:
        raise InvalidParameterException(f"SearchCriteria.{name} is not supported, only {', '.join(CRITERIA)}")
    return CRITERIA[name](value)


def _name(criteria: dict[str, Any]) -> Keep:
    texts, kind = [text.casefold() for text in criteria["SearchText"]], criteria["MatchType"]

    def keep(contact: Contact) -> bool:
        name = (contact.name or "").casefold()
        return matches(kind, [text == name if kind == "MATCH_EXACT" else text in name for text in texts])

    return keep


def _one_of(read: Read) -> Callable[[list[str]], Keep | None]:
    def criterion(values: list[str]) -> Keep | None:
        wanted = {value.rpartition("/")[2] for value in values}
        return (lambda contact: read(contact) in wanted) if wanted else None

    return criterion


def _hierarchy_groups(criteria: dict[str, list[str]]) -> Keep:
    def in_level(contact: Contact, level: str, wanted: list[str]) -> bool:
        group = (contact.agent_info or {}).get("HierarchyGroups", {}).get(level, {}).get("Arn", "")
        return group.rpartition("/")[2] in {each.rpartition("/")[2] for each in wanted}

    return lambda contact: all(in_level(contact, f"Level{name[1]}", ids) for name, ids in criteria.items())


def _values(read: Callable[[Contact, str], Any]) -> Callable[[dict[str, Any]], Keep]:
    def criterion(searched: dict[str, Any]) -> Keep:
        kind, criteria = searched.get("MatchType", "MATCH_ALL"), searched["Criteria"]
        return lambda contact: matches(kind, [read(contact, each["Key"]) in each["Values"] for each in criteria])

    return criterion


def _segment_value(contact: Contact, key: str) -> str | None:
    value = contact.segment_attributes.get(key, {})
    return str(next(iter(value.values()))) if value else None


def _additional_time_range(searched: dict[str, Any]) -> Keep:
    keeps = [_time_criterion(each) for each in searched["Criteria"]]
    return lambda contact: matches(searched["MatchType"], [keep(contact) for keep in keeps])


def _time_criterion(criterion: dict[str, Any]) -> Keep:
    if "TimeRange" in criterion:
        return _within(criterion["TimeRange"])
    if "TimestampCondition" not in criterion:
        raise InvalidParameterException("AdditionalTimeRange.Criteria: each needs a TimeRange or a TimestampCondition")
    read = TIMESTAMPS[criterion["TimestampCondition"]["Type"]]
    return lambda contact: read(contact) is None  # NOT_EXISTS is the only condition there is


def _nothing(_: Any) -> Keep:
    return lambda contact: False


def _active_regions(regions: list[str]) -> Keep | None:
    return (lambda contact: contact.last_modified_region in regions) if regions else None


CRITERIA: dict[str, Callable[[Any], Keep | None]] = {
    "Name": _name,
    "AgentIds": _one_of(lambda contact: (contact.agent_info or {}).get("Id")),
    "AgentHierarchyGroups": _hierarchy_groups,
    "Channels": _one_of(lambda contact: contact.channel),
    "ContactAnalysis": _nothing,
    "InitiationMethods": _one_of(lambda contact: contact.initiation_method),
    "QueueIds": _one_of(lambda contact: (contact.queue_info or {}).get("Id")),
    "RoutingCriteria": _nothing,
    "AdditionalTimeRange": _additional_time_range,
    "SearchableContactAttributes": _values(lambda contact, key: contact.attributes.get(key)),
    "SearchableSegmentAttributes": _values(_segment_value),
    "ActiveRegions": _active_regions,
    "ContactTags": tag_filter,
    "AiAgents": _nothing,
}
