"""What flows name of the instance: other flows and modules, prompts, views, hours. Refusals are HostErrors."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from connect_mock import clock
from connect_mock.collection import Collection
from connect_mock.effective_hours import is_open
from connect_mock.errors import ConnectError
from connect_mock.flow.host import HostError, Prompt
from connect_mock.flow.outcomes import Source
from connect_mock.instance import Instance
from connect_mock.publishing import LATEST, Alias, Publishable, addressed
from connect_mock.resources.contact_flow_modules import ContactFlowModule
from connect_mock.resources.contact_flows import ContactFlow
from connect_mock.resources.hours_of_operations import HoursOfOperation
from connect_mock.resources.prompts import Prompt as StoredPrompt
from connect_mock.resources.views import view_named

Kind = Literal["FLOW", "MODULE"]


def source(instance: Instance, kind: Kind, id: str) -> Source:
    """The content that an id or ARN, with a version or alias or not, names as it is published.

    The name of a module's alias names nothing here, its id does (live note of 2026).
    """
    collection: Collection[Any] = instance[ContactFlow] if kind == "FLOW" else instance[ContactFlowModule]
    try:
        found, qualifier = addressed(collection, id)
        return _shared(found.id, found.arn, found.name, found.type if kind == "FLOW" else kind, _content(found, qualifier))
    except ConnectError as refusal:
        raise HostError(why=refusal.message) from None


_shared = lru_cache(maxsize=256)(Source)
"""Runs of the same content share one."""


def _content(found: Publishable, qualifier: str) -> str:
    if qualifier in ("", LATEST) and found.published_content is not None:
        return found.published_content
    if isinstance(found, ContactFlowModule) and found[Alias].named(qualifier) and not found[Alias].find(qualifier):
        raise HostError(why=f"a flow names an alias of a module by its id, got {qualifier}")
    return str(found.at(qualifier).members["content"])


def default_flow(instance: Instance, type: str) -> Source | None:
    """The flow of a type that runs where none was chosen; None when the instance does not have it."""
    found = next((flow for flow in instance[ContactFlow] if flow.is_default and flow.type == type), None)
    return source(instance, "FLOW", found.id) if found else None


def in_hours(instance: Instance, hours_of_operation_id: str) -> bool:
    """Whether these hours are open now."""
    hours = instance[HoursOfOperation].find(hours_of_operation_id)
    if hours is None:
        raise HostError(why=f"there are no hours of operation {hours_of_operation_id}")
    return is_open(hours, clock.now())


def prompt_text(instance: Instance, prompt: Prompt) -> str:
    """What the customer hears, as a transcript shows it: texts as they are, audio by its name in brackets."""
    if prompt.kind != "PromptId":
        return f"[{prompt.value}]" if prompt.kind == "Media" else prompt.value
    found = instance[StoredPrompt].find(prompt.value)
    if found is None:
        raise HostError(why=f"there is no prompt {prompt.value}")
    return f"[{found.name}]"


def view_name(instance: Instance, view_id: str) -> str:
    """The name of a view."""
    view = view_named(instance, view_id)
    if view is None:
        raise HostError(why=f"there is no view {view_id}")
    return view.name
