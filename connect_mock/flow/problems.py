"""What is wrong with a flow that is to be published: the one place for such rules, one short function each.

The messages follow those that the service was seen to give ("Invalid Action type. Type: X"); where none is known, they are
sentences of our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from connect_mock.flow import document
from connect_mock.flow.action_types import ACTION_TYPES
from connect_mock.flow.contracts import Contract, ContractOf, Schema, unknown
from connect_mock.flow.document import LANGUAGE_VERSION, Flow

MAX_PROBLEMS = 50
"""InvalidContactFlowException lists up to 50 (the model)."""

MAX_MESSAGE = 256
"""Characters of a problem's message (the model)."""

Rule = Callable[[Flow], Iterator[str]]


def problems_in(content: str, contract_of: ContractOf = unknown, own: Contract | None = None) -> list[str]:
    """Why `content` cannot be published, as messages; empty when it can. `own` is the contract of a module's content."""
    try:
        return problems(document.read(content), contract_of, own)
    except document.NotAFlow as error:
        return [str(error)[:MAX_MESSAGE]]


def problems(flow: Flow, contract_of: ContractOf = unknown, own: Contract | None = None) -> list[str]:
    """The same of content that was read."""
    of_the_flow = (message for rule in RULES for message in rule(flow))
    found = chain(of_the_flow, broken_calls(flow, contract_of), broken_returns(flow, own) if own else ())
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
    if flow.start_action not in [action.identifier for action in flow.actions]:
        yield f"StartAction does not name an action. StartAction: {flow.start_action}"


def dangling_transitions(flow: Flow) -> Iterator[str]:
    """Every transition goes to an action."""
    known = {action.identifier for action in flow.actions}
    for action in flow.actions:
        for path, target in action.targets():
            if not isinstance(target, str) or target not in known:
                yield f"Transition to an action that does not exist. Path: {action.path}.{path}, NextAction: {target}"


# --- modules: what they declare against what is passed


def broken_calls(flow: Flow, contract_of: ContractOf) -> Iterator[str]:
    """Callers pass what the module declares, and branch on what it declares (seen live). Unknown modules are not checked."""
    for action in flow.actions:
        contract = contract_of(str(action.parameters.get("FlowModuleId"))) if action.type == "InvokeFlowModule" else None
        if contract is None:
            continue
        yield from _undeclared(action.parameters.get("Input"), contract.input, f"{action.path}.Parameters.Input")
        for path, operand in action.operands():
            if operand not in contract.branches:
                yield f"Invalid Action property value. Path: {action.path}.{path}, not a branch of the module: {operand}"


def broken_returns(flow: Flow, own: Contract) -> Iterator[str]:
    """A module returns by a branch that it declares, with data that it declares (seen live); neither has to be given."""
    for action in flow.actions:
        if action.type != "EndFlowModuleExecution":
            continue
        result = action.parameters.get("Result")
        if result is not None and result not in own.branches:
            yield f"Invalid Action property value. Path: {action.path}.Parameters.Result, not a branch of the module: {result}"
        yield from _undeclared(action.parameters.get("ResultData"), own.result_data, f"{action.path}.Parameters.ResultData")


def _undeclared(given: Any, schema: Schema, path: str) -> Iterator[str]:
    """Problems of an object against its schema. Something else, such as a JSONPath to an object, is known only at run time."""
    if not isinstance(given, dict):
        return
    for name, value in given.items():
        if name not in schema.properties:
            yield f"Invalid Action property name. Path: {path}.{name}"
        elif not schema.accepts(name, value):
            yield f"Invalid Action property value. Path: {path}.{name}"
    for name in schema.required:
        if name not in given:
            yield f"Action is missing required property. Path: {path}.{name}"


RULES: tuple[Rule, ...] = (
    wrong_version,
    no_actions,
    missing_identifiers,
    duplicate_identifiers,
    unknown_types,
    unknown_start,
    dangling_transitions,
)
