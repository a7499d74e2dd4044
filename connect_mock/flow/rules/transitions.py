"""Rules about where an action leads: NextAction, branches for errors, and conditions.

Sources: Amazon Connect developer guide, Flow language, corrected by what the service was seen to require and to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from connect_mock.flow.language import Conditions
from connect_mock.flow.rules.parameters import INTEGER
from connect_mock.flow.rules.publication import Publication, Subject
from connect_mock.flow.rules.references import has_reference, is_reference, unusable
from connect_mock.flow.rules.rule import (
    INVALID_VALUE,
    MISSING,
    UNUSUAL_VALUE,
    WARNING,
    Finding,
    Findings,
    bare,
    listed,
    plain,
    rule,
    shown,
)

NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")


@rule("terminal-transitions")
def terminal_transitions(publication: Publication) -> Findings:
    """An action that ends the flow leads nowhere: its `Transitions` are {} (seen live)."""
    for subject, action_type in publication.typed:
        if action_type.terminal and subject.transitions:
            given = [
                name for name in ("NextAction", "Errors", "Conditions") if subject.transitions.get(name) not in (None, [])
            ]
            if given:
                advice = f"{action_type.name} ends the flow: its Transitions must be {{}}, got {' and '.join(given)}."
                path = f"Path: {subject.action.path}"
                yield Finding(subject, "Action does not support transitions", "Transitions", advice, path)


@rule("missing-next-action")
def missing_next_action(publication: Publication) -> Findings:
    """Every action that does not end the flow has a NextAction (seen live).

    Also one that leaves by its branches only, such as Compare; consoles write the target of a branch there. The one exception
    is MessageParticipantIteratively.
    """
    for subject, action_type in publication.continued:
        if subject.transitions.get("NextAction") is None and action_type.next_action == "required":
            yield Finding(subject, MISSING, "Transitions.NextAction", "It must be the identifier of an action.")


@rule("malformed-transition")
def malformed_transition(publication: Publication) -> Findings:
    """Branches have their form.

    Errors are `{"ErrorType": "...", "NextAction": "..."}`, Conditions are
    `{"NextAction": "...", "Condition": {"Operator": "Equals", "Operands": ["..."]}}`.
    """
    for subject in publication.subjects:
        for kind, branches in (("Errors", subject.errors), ("Conditions", subject.conditions)):
            given = subject.transitions.get(kind)
            if given is not None and not isinstance(given, list):
                yield Finding(subject, INVALID_VALUE, f"Transitions.{kind}", f"It must be an array, got {shown(given)}.")
            elif given and len(branches) < len(given):
                yield from _not_branches(subject, kind, given)
            for index, branch in branches:
                missing = _missing_in_error(branch) if kind == "Errors" else _missing_in_condition(branch)
                for name, wanted in missing:
                    yield Finding(subject, MISSING, f"Transitions.{kind}[{index}].{name}", f"It must be {wanted}.")


def _not_branches(subject: Subject, kind: str, branches: list[Any]) -> Findings:
    for index, each in enumerate(branches):
        if not isinstance(each, dict):
            yield Finding(subject, INVALID_VALUE, f"Transitions.{kind}[{index}]", f"It must be an object, got {shown(each)}.")


def _missing_in_error(branch: dict[str, Any]) -> list[tuple[str, str]]:
    missing = [] if isinstance(branch.get("ErrorType"), str) else [("ErrorType", "the name of an error")]
    return missing if branch.get("NextAction") is not None else [*missing, NO_TARGET]


def _missing_in_condition(branch: dict[str, Any]) -> list[tuple[str, str]]:
    missing = [] if branch.get("NextAction") is not None else [NO_TARGET]
    condition = branch.get("Condition")
    if not isinstance(condition, dict):
        return [*missing, ("Condition", "an object with Operator and Operands")]
    if not isinstance(condition.get("Operator"), str):
        missing.append(("Condition.Operator", "the name of an operator"))
    if not isinstance(condition.get("Operands"), list):
        missing.append(("Condition.Operands", "an array"))
    return missing


NO_TARGET = ("NextAction", "the identifier of an action")


@rule("dangling-transition")
def dangling_transition(publication: Publication) -> Findings:
    """Every transition goes to an action of the document. Circles are legal; "" and "$end" of unfinished exports are not."""
    known = publication.first_use
    for subject in publication.subjects:
        for path, target in _targets(subject):
            if target is not None and (not isinstance(target, str) or target not in known):
                named = f"Path: {subject.action.path}.{path}, NextAction: {bare(target)}"
                yield Finding(subject, INVALID_VALUE, path, "No action has this identifier.", named)


def _targets(subject: Subject) -> list[tuple[str, Any]]:
    errors = [(f"Transitions.Errors[{index}].NextAction", branch.get("NextAction")) for index, branch in subject.errors]
    conditions = [
        (f"Transitions.Conditions[{index}].NextAction", each.get("NextAction")) for index, each in subject.conditions
    ]
    return [("Transitions.NextAction", subject.transitions.get("NextAction")), *errors, *conditions]


# --- errors


@rule("missing-error")
def missing_error(publication: Publication) -> Findings:
    """The branches are there that the type requires in the form that the action has (seen live)."""
    for subject, action_type in publication.continued:
        given = [branch.get("ErrorType") for _, branch in subject.errors]
        for error in action_type.required_errors:
            if error not in given:
                advice = f"{action_type.name} must have a branch for it."
                path = f"Error: {error}, Path: {subject.action.path}"
                yield Finding(subject, "Action is missing required error", "Transitions.Errors", advice, path)


@rule("disallowed-error")
def disallowed_error(publication: Publication) -> Findings:
    """There are branches only for errors that the type knows in the form that the action has (seen live)."""
    for subject, action_type in publication.continued:
        for index, branch in subject.errors:
            error = branch.get("ErrorType")
            if isinstance(error, str) and error not in action_type.known_errors:
                advice = f"{action_type.name} of this form has {listed(action_type.known_errors) or 'no errors'}."
                path = f"Error: {plain(error)}, Path: {subject.action.path}"
                yield Finding(subject, "Invalid Action error", f"Transitions.Errors[{index}].ErrorType", advice, path)


# --- conditions


@rule("unsupported-conditions")
def unsupported_conditions(publication: Publication) -> Findings:
    """Only an action that has a result has conditions: Compare, GetParticipantInput as a menu, Loop and others (seen live)."""
    for subject, action_type in publication.continued:
        if subject.conditions and action_type.conditions is None:
            advice = f"{action_type.name} of this form has no result to compare: leave Conditions empty."
            yield Finding(subject, "Action does not support conditions", "Transitions.Conditions", advice)


@rule("disallowed-operator")
def disallowed_operator(publication: Publication) -> Findings:
    """The operator is one that the type compares its result with. And, Or and Not are in no type (seen live)."""
    for subject, takes, path, condition in publication.comparisons:
        operator = condition.get("Operator")
        if isinstance(operator, str) and operator not in takes.operators:
            advice = f"It must be {listed(takes.operators)}, got {shown(operator)}."
            yield _of_a_condition(subject, f"{path}.Operator", advice)


@rule("invalid-operand")
def invalid_operand(publication: Publication) -> Findings:
    """Operands are as many as the operator takes, and what the type can give: the keys of a phone for a menu, for example.

    Those of Compare can be references. Whether a number there is one is known only at run time.
    """
    for subject, takes, path, condition in publication.comparisons:
        operands = condition.get("Operands")
        wanted = publication.language.operators.get(str(condition.get("Operator")), 1)
        if isinstance(operands, list) and len(operands) != wanted:
            yield _of_a_condition(subject, f"{path}.Operands", f"It must have {wanted}, got {len(operands)}.")
        for index, operand in enumerate(operands if isinstance(operands, list) else ()):
            wrong = _wrong_operand(operand, takes.operands, publication)
            if wrong:
                yield _of_a_condition(subject, f"{path}.Operands[{index}]", wrong, empty=operand == "")


def _of_a_condition(subject: Subject, path: str, advice: str, empty: bool = False) -> Finding:
    if empty:
        return Finding(subject, "Invalid branch", path, advice, f"Path: {subject.action.index}.Evaluate")
    return Finding(subject, INVALID_VALUE, path, advice, f"Path: {subject.action.path}.Transitions.Conditions")


def _wrong_operand(operand: Any, wanted: tuple[str, ...] | str, publication: Publication) -> str:
    if wanted == "percentage":
        return "" if _is_percentage(operand) else f"It must be a whole number from 1 to 100 in a text, got {shown(operand)}."
    if not isinstance(operand, str) or not operand:
        return f"It must be a text of at least one character, got {shown(operand)}."
    if not isinstance(wanted, str):
        return "" if operand in wanted else f"It must be {listed(wanted)}, got {shown(operand)}."
    return KINDS_OF_OPERANDS[wanted](operand, publication)


def _is_percentage(operand: Any) -> bool:
    if isinstance(operand, str):
        return bool(INTEGER.fullmatch(operand)) and 1 <= int(operand) <= 100
    return isinstance(operand, int) and not isinstance(operand, bool) and 1 <= operand <= 100


def _wrong_text(operand: str, publication: Publication) -> str:
    return f"It must be a literal, got the reference {shown(operand)}." if is_reference(operand) else ""


def _wrong_number(operand: str, publication: Publication) -> str:
    return "" if NUMBER.fullmatch(operand) else f"It must be a number in a text, got {shown(operand)}."


def _wrong_value(operand: str, publication: Publication) -> str:
    return unusable(operand, publication.language.reference_roots) if is_reference(operand) else ""


KINDS_OF_OPERANDS: dict[str, Callable[[str, Publication], str]] = {
    "text": _wrong_text,
    "number": _wrong_number,
    "value": _wrong_value,
}


@rule("doubtful-operand")
def doubtful_operand(publication: Publication) -> Findings:
    """What Compare compares as a number is one, or a reference; with anything else the condition is never true. A warning."""
    for subject, takes, path, condition in publication.comparisons:
        operands = condition.get("Operands")
        if takes.operands == "value" and str(condition.get("Operator")).startswith("Number") and isinstance(operands, list):
            for operand in operands:
                if isinstance(operand, str) and operand and not NUMBER.fullmatch(operand) and not has_reference(operand):
                    advice = f"It should be a number, got {shown(operand)}."
                    yield Finding(subject, UNUSUAL_VALUE, f"{path}.Operands", advice, severity=WARNING)


@rule("missing-condition")
def missing_condition(publication: Publication) -> Findings:
    """The conditions are there that the type requires (seen live).

    CheckHoursOfOperation has one for True and one for False, Loop one for ContinueLooping and one for DoneLooping, Wait one
    for WaitCompleted and one for each of its Events; a metric or percentages have at least one.
    """
    for subject, takes in publication.conditional:
        tested = {operand for _, operand in subject.action.operands() if isinstance(operand, str)}
        missing = [operand for operand in _required(takes, subject) if operand not in tested]
        if missing or (takes.min and not subject.conditions):
            advice = f"It must have a condition{' for ' + ' and for '.join(map(shown, missing[:3])) if missing else ''}."
            yield Finding(subject, MISSING, "Transitions.Conditions", advice, "Path: Transitions.Conditions")


def _required(takes: Conditions, subject: Subject) -> list[str]:
    items = subject.parameters.get(takes.required_from) if takes.required_from else None
    return [*takes.required, *(each for each in (items if isinstance(items, list) else ()) if isinstance(each, str))]


@rule("too-many-conditions")
def too_many_conditions(publication: Publication) -> Findings:
    """There are no more conditions than the type has results; a Compare of a campaign has at most five."""
    for subject, takes in publication.conditional:
        count = len(subject.conditions)
        if takes.max is not None and count > takes.max:
            advice = f"It must have at most {takes.max}, got {count}."
            yield Finding(subject, INVALID_VALUE, "Transitions.Conditions", advice)


@rule("unordered-percentages")
def unordered_percentages(publication: Publication) -> Findings:
    """Thresholds of DistributeByPercentage rise: 3, 3 and 8 percent are written 4, 7 and 15. A warning.

    The first condition that is true wins, so one with a lower threshold than the one before it never does.
    """
    for subject, takes in publication.conditional:
        if takes.operands == "percentage":
            given = [int(operand) for _, operand in subject.action.operands() if _is_percentage(operand)]
            for before, after in pairwise(given):
                if after < before:
                    advice = f"{after} comes after {before}: a lower threshold is never reached."
                    yield Finding(subject, UNUSUAL_VALUE, "Transitions.Conditions", advice, severity=WARNING)
