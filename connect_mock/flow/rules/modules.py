"""Rules about what modules declare: the contract in the API's parameter Settings, and what is passed.

Seen live. A flow is checked against the contract of a module that the instance holds; a file is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connect_mock.flow.contracts import Schema
from connect_mock.flow.rules.publication import Publication, Subject, below
from connect_mock.flow.rules.rule import INVALID_NAME, INVALID_VALUE, MISSING, Finding, Findings, listed, plain, rule


@rule("module-call")
def module_call(publication: Publication) -> Findings:
    """Callers pass what the module declares, with its types, and branch on what it declares.

    A JSONPath is a text, so it stands only where texts can. What is a reference as a whole is known only at run time.
    """
    for subject in _of_type(publication, "InvokeFlowModule"):
        module_id = subject.parameters.get("FlowModuleId")
        contract = publication.contract_of(module_id) if isinstance(module_id, str) else None
        if contract:
            yield from _undeclared(subject, "Input", contract.input)
            for path, operand in subject.action.operands():
                if isinstance(operand, str) and operand not in contract.branches:
                    yield _no_branch(subject, path, operand, contract.branches)


@rule("module-return")
def module_return(publication: Publication) -> Findings:
    """A module returns by a branch that it declares, with data that it declares; neither has to be given."""
    own = publication.own
    for subject in _of_type(publication, "EndFlowModuleExecution") if own else ():
        assert own is not None
        result = subject.parameters.get("Result")
        if isinstance(result, str) and result not in own.branches:
            yield _no_branch(subject, "Parameters.Result", result, own.branches)
        yield from _undeclared(subject, "ResultData", own.result_data)


def _of_type(publication: Publication, name: str) -> Iterator[Subject]:
    return (subject for subject in publication.subjects if subject.action.type == name)


def _no_branch(subject: Subject, path: str, given: str, branches: tuple[str, ...]) -> Finding:
    shown = f"Path: {subject.action.path}.{path}, not a branch of the module: {plain(given)}"
    return Finding(subject, INVALID_VALUE, path, f"The module has {listed(branches) or 'no branches'}.", shown)


def _undeclared(subject: Subject, parameter: str, schema: Schema) -> Findings:
    """Of an object against its schema."""
    given, path = subject.parameters.get(parameter), f"Parameters.{parameter}"
    if not isinstance(given, dict):
        return
    for name, value in given.items():
        if name not in schema.properties:
            declared = listed(schema.properties) or "nothing"
            yield Finding(subject, INVALID_NAME, below(path, name), f"The module declares {declared}.")
        elif not schema.accepts(name, value):
            yield Finding(subject, INVALID_VALUE, below(path, name), f"The module declares it as {_types(schema, name)}.")
    for name in schema.required:
        if name not in given:
            yield Finding(subject, MISSING, below(path, name), "The module requires it.")


def _types(schema: Schema, name: str) -> str:
    declared: Any = schema.properties[name].get("type")
    return listed(map(str, declared if isinstance(declared, list) else [declared]))
