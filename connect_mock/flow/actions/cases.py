"""Contact actions: cases, of the service Amazon Connect Cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connect_mock.flow.actions.registry import (
    Action,
    action,
)
from connect_mock.flow.host import Host, HostError
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import Failed, Next, Outcome
from connect_mock.flow.references import text_of


def _link(host: Host, case: Mapping[str, Any], wanted: bool) -> Outcome:
    """Link the contact to the case, if that is wanted; a refusal has a branch of its own."""
    try:
        if wanted:
            host.update_contact({"Case": case}, "Current")
    except HostError as refusal:
        return Failed("ContactNotLinked", refusal.why)
    return Next()


@action
@dataclass(frozen=True, kw_only=True)
class CreateCase(Action):
    """Create a case: $.Case."""

    link_contact_to_case: bool
    case_template_id: str
    case_request_fields: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Create and link it."""
        memory.namespaces["Case"] = host.store("CASE", self.given)
        return _link(host, memory.namespaces["Case"], self.link_contact_to_case)


@action
@dataclass(frozen=True, kw_only=True)
class GetCase(Action):
    """Find a case by its fields: $.Case."""

    link_contact_to_case: bool
    get_last_updated_case: bool
    customer_id: str | None = None
    case_request_fields: Mapping[str, Any] | None = None
    case_response_fields: Sequence[Any] = ()

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Find it: the only one, or the one that changed last."""
        found = host.find("CASE", self.given)
        if not found:
            return Failed("NoneFound", "no case matches")
        if len(found) > 1 and not self.get_last_updated_case:
            return Failed("MultipleFound", f"{len(found)} cases match")
        wanted = {"case_id", *map(text_of, self.case_response_fields)}
        memory.namespaces["Case"] = {name: value for name, value in found[0].items() if name in wanted}
        return _link(host, found[0], self.link_contact_to_case)


@action
@dataclass(frozen=True, kw_only=True)
class UpdateCase(Action):
    """Change the fields of a case."""

    link_contact_to_case: bool
    case_id: str
    case_request_fields: Mapping[str, Any] | None = None

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Change and link it."""
        return _link(host, host.store("CASE", self.given), self.link_contact_to_case)
