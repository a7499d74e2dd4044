"""What an instance holds of the things that its flows refer to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from connect_mock.collection import Collection
from connect_mock.errors import ContactFlowNotPublishedException, ResourceNotFoundException
from connect_mock.instance import Instance
from connect_mock.publishing import Publishable, addressed

if TYPE_CHECKING:
    from connect_mock.flow.rules import Holds

HELD: dict[str, Callable[[Instance], Collection[Any]]] = {}
"""By the keyword in ARNs, where the things of that kind are. The module of a resource adds its own."""

ASSOCIATED: dict[str, Callable[[Instance, str], bool]] = {}
"""By kind, whether an instance may use the thing of another service that has an ARN. The module of the association adds it."""


def held_by(instance: Instance) -> Holds:
    """Tells whether an id or ARN names something in `instance`; None for a kind that is not emulated."""

    def holds(kind: str, reference: str) -> bool | None:
        if kind in ASSOCIATED:
            return ASSOCIATED[kind](instance, reference)
        if kind not in HELD:
            return None
        prefix = instance.arn_prefix
        known = (f"{prefix}{kind}/", f"{prefix}queue/{kind}/")  # the queue of an agent stands for the agent
        if reference.startswith("arn:") and not reference.startswith(known):
            return False
        return _is_in(HELD[kind](instance), reference)

    return holds


def _is_in(collection: Collection[Any], reference: str) -> bool:
    """A flow or module that is named by a version or an alias has to have it; whether it is published counts when it runs."""
    try:
        found, qualifier = addressed(collection, reference)
        if isinstance(found, Publishable):
            found.at(qualifier)
    except ContactFlowNotPublishedException:
        return True
    except ResourceNotFoundException:
        return False
    return True


def publication_problems(*arguments: Any) -> list[dict[str, str]]:
    """`flow.problems.refusal`, whose rules are imported when something is published for the first time."""
    from connect_mock.flow.problems import refusal

    return refusal(*arguments)
