"""Flow logs in CloudWatch: the group `/aws/connect/<alias>`, as far as the instance and the flow want them.

Source: administrator guide, Flow logs. The name of a stream is not documented; one stream an hour here.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

from connect_mock import other_services
from connect_mock.contact import Contact
from connect_mock.contacts.system_attributes import instance_of

if TYPE_CHECKING:
    from connect_mock.flow.host import LogEntry


KEPT = 10_000
"""Entries that are kept for `call.log`, of all contacts together."""

_kept: deque[tuple[Contact, LogEntry]] = deque(maxlen=KEPT)


def keep(contact: Contact, entry: LogEntry) -> None:
    """Keep the entry for whoever asks in the next time."""
    _kept.append((contact, entry))


def kept_of(contact: Contact) -> list[LogEntry]:
    """The contact's entries, as far as they are kept."""
    return [entry for of, entry in _kept if of is contact]


def clear() -> None:
    """Forget them."""
    _kept.clear()


def write(contact: Contact, entry: LogEntry) -> None:
    """Write the entry to CloudWatch Logs when the instance has flow logs enabled (attribute CONTACTFLOW_LOGS)."""
    instance = instance_of(contact)
    if instance.attributes["CONTACTFLOW_LOGS"] != "true":
        return
    event = {
        "timestamp": int(entry.time.timestamp() * 1000),
        "message": json.dumps(entry.rendered(contact.id), default=dict),
    }
    group, stream = f"/aws/connect/{instance.instance_alias or instance.id}", entry.time.strftime("%Y/%m/%d/%H/stream")
    account_id = instance.arn.split(":")[4]
    other_services.services.put_log_events(group, stream, [event], account_id, instance.region_name)
