"""What is wrong with a flow that is to be published: the one place for such rules, one short function each.

The messages follow those that the service was seen to give ("Invalid Action type. Type: X"); where none is known, they are
sentences of our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from connect_mock.flow.action_types import ACTION_TYPES
from connect_mock.flow.document import LANGUAGE_VERSION, Flow

MAX_PROBLEMS = 50
"""InvalidContactFlowException lists up to 50 (the model)."""

MAX_MESSAGE = 256
"""Characters of a problem's message (the model)."""

Rule = Callable[[Flow], Iterator[str]]


def problems(flow: Flow) -> list[str]:
    """Why `flow` cannot be published, as messages; empty when it can."""
    found = (message for rule in RULES for message in rule(flow))
    return [message[:MAX_MESSAGE] for message in islice(found, MAX_PROBLEMS)]


def wrong_version(flow: Flow) -> Iterator[str]:
    """`Version` is always 2019-10-30."""
    if flow.version != LANGUAGE_VERSION:
        yield f"Invalid flow version. Version: {flow.version}, expected: {LANGUAGE_VERSION}"


def no_actions(flow: Flow) -> Iterator[str]:
    """There is something to run."""
    if not flow.actions:
        yield "Flow has no actions. Path: Actions"


def missing_identifiers(flow: Flow) -> Iterator[str]:
    """Every action has an identifier."""
    for action in flow.actions:
        if not action.identifier:
            yield f"Action is missing required property. Path: {action.path}.Identifier"


def duplicate_identifiers(flow: Flow) -> Iterator[str]:
    """No two actions have the same one."""
    for identifier, count in Counter(action.identifier for action in flow.actions).items():
        if identifier and count > 1:
            yield f"Duplicate Action identifier. Identifier: {identifier}, used {count} times"


def unknown_types(flow: Flow) -> Iterator[str]:
    """Every action has a type of the language."""
    for action in flow.actions:
        if action.type not in ACTION_TYPES:
            yield f"Invalid Action type. Type: {action.type}"


def unknown_start(flow: Flow) -> Iterator[str]:
    """`StartAction` names an action."""
    if flow.start_action not in {action.identifier for action in flow.actions}:
        yield f"StartAction does not name an action. StartAction: {flow.start_action}"


def dangling_transitions(flow: Flow) -> Iterator[str]:
    """Every transition goes to an action."""
    known = {action.identifier for action in flow.actions}
    for action in flow.actions:
        for path, target in action.targets():
            if target not in known:
                yield f"Transition to an action that does not exist. Path: {action.path}.{path}, NextAction: {target}"


RULES: tuple[Rule, ...] = (
    wrong_version,
    no_actions,
    missing_identifiers,
    duplicate_identifiers,
    unknown_types,
    unknown_start,
    dangling_transitions,
)
