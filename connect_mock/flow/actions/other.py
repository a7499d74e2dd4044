"""Actions that the service accepts and consoles write, though no chapter of the flow language has them.

RouteContactToAgent and CheckSegmentMembership are named in the administrator guide; the service was seen to refuse them, so no
published flow has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.effects import Recorded
from connect_mock.flow.actions.registry import (
    Action,
    Unusable,
    action,
)
from connect_mock.flow.host import Host
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Ended, Event, Failed, Next, Occurred, Outcome, Result, TimeUp, Waiting
from connect_mock.flow.references import text_of


@action
@dataclass(frozen=True, kw_only=True)
class TransferParticipantToThirdParty(Action):
    """Connect the caller with an outside number, and go on after it has hung up, or not at all."""

    log_name = "Transfer"

    third_party_phone_number: str
    third_party_connection_time_limit_seconds: int
    continue_flow_execution: bool

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Dial."""
        if not 0 <= self.third_party_connection_time_limit_seconds <= 600:
            return Failed(why="ThirdPartyConnectionTimeLimitSeconds must be from 0 to 600")
        host.call_third_party(self.third_party_phone_number, self.given)
        if not self.continue_flow_execution:
            return Ended("THIRD_PARTY")
        return Waiting(self.third_party_connection_time_limit_seconds, ("ThirdPartyConnected", "ThirdPartyDisconnected"))

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """They answered, or did not, or hung up."""
        if isinstance(event, TimeUp):
            return Failed("ConnectionTimeLimitExceeded", f"no answer within {waiting.seconds} seconds")
        return Waiting(None, ("ThirdPartyDisconnected",)) if event.name == "ThirdPartyConnected" else Next()


@action
@dataclass(frozen=True, kw_only=True)
class AuthenticateParticipant(Action):
    """Ask a chat customer to sign in; waits for `Authenticated` or `OptedOut`."""

    time_limit_minutes: int = 3

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Ask."""
        host.record(type(self).__name__, self.given)
        return Waiting(self.time_limit_minutes * 60, ("Authenticated", "OptedOut"))

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """They did, or would not, or took too long."""
        if isinstance(event, TimeUp):
            return Failed("TimeLimitExceeded", f"not authenticated within {self.time_limit_minutes} minutes")
        return Result("OptedOut") if event.name == "OptedOut" else Next()


@action
@dataclass(frozen=True, kw_only=True)
class ConnectParticipantWithAgenticCX(Action):
    """Let an application of AI agents talk with the participant; waits for `Escalation` or `ConversationEnded`.

    Their `data` becomes $.AgenticCX.ContextVariables. How long it waits is not documented: for as long as it takes, so that
    InputTimeLimitExceeded comes from outside, as a Failure.
    """

    agent_configuration: Mapping[str, Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Hand over."""
        host.record(type(self).__name__, self.given)
        return Waiting(None, ("Escalation", "ConversationEnded"))

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """The conversation is over."""
        if isinstance(event, Occurred):
            memory.namespaces["AgenticCX"] = {"ContextVariables": event.data}
        return Result(event.name)


# --- e-mails and chats


@action
@dataclass(frozen=True, kw_only=True)
class LoadContactContent(Action):
    """Load the text of an e-mail: $.Email.EmailMessage.Plaintext."""

    content_type: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Load it."""
        found = host.find("CONTACT_CONTENT", self.given)
        if not found:
            return Failed(why=f"the contact has no {self.content_type}")
        memory.namespaces["Email"] = {self.content_type: found[0]}
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class CreatePersistentContactAssociation(Recorded):
    """Carry over the transcript of an earlier chat.

    The messages of a chat are kept with it alone.
    """

    source_contact_id: str


@action
@dataclass(frozen=True, kw_only=True)
class RenderMessageTemplate(Recorded):
    """Render the template of a message that the following actions send.

    Templates belong to Amazon Q in Connect, a service of its own.
    """


@action
@dataclass(frozen=True, kw_only=True)
class CreateContact(Action):
    """Create the contact of an outbound e-mail."""

    channel: str

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Create it."""
        host.start_contact("EMAIL", self.given)
        return Next()


@action
@dataclass(frozen=True, kw_only=True)
class StartOutboundEmailContact(Action):
    """Send the outbound e-mail."""

    from_email_address: Mapping[str, Any]
    destination_email_address: Any
    email_message: Mapping[str, Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Send it."""
        host.start_contact("OUTBOUND_EMAIL", self.given)
        return Next()


# --- data tables


def _values(entries: Any, name: str) -> dict[str, Any]:
    """`[{name: "plan", "Value": "gold"}]` as `{"plan": "gold"}`. Raises Unusable."""
    if not isinstance(entries, Sequence) or not all(isinstance(each, Mapping) for each in entries):
        raise Unusable("values have to be an array of objects")
    return {text_of(each.get(name)): each.get("Value") for each in entries}


def _objects(entries: Sequence[Any], name: str) -> Sequence[Mapping[str, Any]]:
    """The entries, all of them objects. Raises Unusable."""
    if not all(isinstance(each, Mapping) for each in entries):
        raise Unusable(f"Parameters.{name} has to be an array of objects")
    return entries


@action
@dataclass(frozen=True, kw_only=True)
class EvaluateDataTableValues(Action):
    """Read attributes of rows: $.DataTables.<query>. A query without a row leaves an empty result; that is not documented."""

    data_table_id: str
    queries: Sequence[Any]

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Read them."""
        memory.namespaces["DataTables"] = {
            text_of(query.get("QueryName")): self._row(host, query) for query in _objects(self.queries, "Queries")
        }
        return Next()

    def _row(self, host: Host, query: Mapping[str, Any]) -> dict[str, Any]:
        key = _values(query.get("PrimaryValues") or (), "AttributeName")
        rows = host.find("DATA_TABLE_ROW", {"DataTableId": self.data_table_id, "PrimaryValues": key})
        attributes = rows[0]["Attributes"] if rows else {}
        return {text_of(name): attributes.get(name) for name in query.get("Attributes") or ()}


@action
@dataclass(frozen=True, kw_only=True)
class ListDataTableValues(Action):
    """List rows, in groups: $.DataTableList.ResultData."""

    data_table_id: str
    primary_key_groups: Sequence[Any] = ()

    def run(self, host: Host, memory: Memory) -> Outcome:
        """List them; all of them, as `default`, when no group is asked for."""
        groups = _objects(self.primary_key_groups, "PrimaryKeyGroups") or [{"PrimaryKeyGroupName": "default"}]
        found = {text_of(group.get("PrimaryKeyGroupName")): self._rows(host, group) for group in groups}
        versions = [row["LockVersion"] for rows in found.values() for row in rows if "LockVersion" in row]
        result = {
            "dataTableId": self.data_table_id,
            "lockVersion": {"dataTable": versions[0] if versions else None},
            "primaryKeyGroups": {name: [_listed(row) for row in rows] for name, rows in found.items()},
        }
        memory.namespaces["DataTableList"] = {"ResultData": result}
        return Next()

    def _rows(self, host: Host, group: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        key = _values(group.get("PrimaryValues") or (), "Name")
        return host.find("DATA_TABLE_ROW", {"DataTableId": self.data_table_id, "PrimaryValues": key})


def _listed(row: Mapping[str, Any]) -> dict[str, Any]:
    """One row as $.DataTableList shows it."""
    return {
        member: [{"attributeName": name, "attributeValue": value} for name, value in row[column].items()]
        for member, column in (("primaryKeys", "PrimaryValues"), ("attributes", "Attributes"))
    }


@action
@dataclass(frozen=True, kw_only=True)
class UpsertDataTableValues(Action):
    """Write rows."""

    data_table_id: str
    data_table_upsert_attributes: Sequence[Any]
    lock_version: str | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Write them; the host sees all rows before the first is written."""
        rows = [
            {
                "DataTableId": self.data_table_id,
                "LockVersion": self.lock_version,
                "PrimaryValues": _values(each.get("PrimaryValues") or (), "Name"),
                "Attributes": _values(each.get("Attributes") or (), "Name"),
            }
            for each in _objects(self.data_table_upsert_attributes, "DataTableUpsertAttributes")
        ]
        host.store("DATA_TABLE_ROW", {"Rows": rows})
        return Next()


# --- refused by the service


@action
@dataclass(frozen=True, kw_only=True)
class RouteContactToAgent(Recorded):
    """Interrupt an agent with a queued contact."""


@action
@dataclass(frozen=True, kw_only=True)
class CheckSegmentMembership(Action):
    """Whether a customer profile belongs to a segment. The operands are not documented; these are the console's labels."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Ask."""
        found = host.find("SEGMENT_MEMBERSHIP", self.given)
        return Result(found[0].get("Result", "In segment") if found else "Not in segment")
