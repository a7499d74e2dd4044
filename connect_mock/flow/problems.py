"""What is wrong with a flow or module that is to be published.

    problems_in(content)                                  what can be said of the text alone
    problems_in(content, flow_type="CUSTOMER_QUEUE")      and of a queue flow, or of "MODULE"
    refusal(content, ..., holds=..., contract_of=...)     the messages with which an instance refuses it

The rules are in `rules`, the facts that they check in `language.json`. What is only saved is never checked.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from connect_mock.flow import contracts, document
from connect_mock.flow.contracts import Contract, ContractOf
from connect_mock.flow.rules import RULES, Finding, Holds, Problem, Publication, Rule, nothing_known
from connect_mock.flow.rules.rule import ERROR, WARNING, plain

__all__ = ["MAX_MESSAGE", "MAX_PROBLEMS", "Problem", "problems_in", "refusal"]

MAX_PROBLEMS = 50
"""InvalidContactFlowException lists up to 50 (the model)."""

MAX_MESSAGE = 256
"""Characters of a problem's message (the model)."""

MAX_IDENTIFIER = 200
"""Characters of an identifier in a Problem; one that is accepted has 50."""

OF_CONTENT = [rule for rule in RULES.values() if rule.about == "content"]
OF_FLOWS = [rule for rule in RULES.values() if rule.about != "content"]


def problems_in(
    content: str,
    flow_type: str | None = None,
    holds: Holds = nothing_known,
    contract_of: ContractOf = contracts.unknown,
    own: Contract | None = None,
    allow_unknown_actions: bool = False,
) -> list[Problem]:
    """All problems of `content`, errors and warnings, those of the document first and then action by action; never raises.

    `flow_type` is a type of the API, "MODULE", or None when it is not known. `holds` tells what there is in the instance,
    `contract_of` what its modules declare, `own` what the module declares whose content this is.
    """
    found = _findings(content, flow_type, holds, contract_of, own, allow_unknown_actions)
    return [_problem(rule, finding) for rule, finding in found]


def refusal(
    content: str,
    flow_type: str | None = None,
    holds: Holds = nothing_known,
    contract_of: ContractOf = contracts.unknown,
    own: Contract | None = None,
) -> list[dict[str, str]]:
    """The problems for which `content` is not published, as InvalidContactFlowException lists them; empty when it can be."""
    found = _findings(content, flow_type, holds, contract_of, own)
    errors = islice((each for each in found if _severity(*each) == ERROR), MAX_PROBLEMS)
    return [{"message": _problem(rule, finding).message[:MAX_MESSAGE]} for rule, finding in errors]


def _findings(content: str, *published: Any) -> list[tuple[Rule, Finding]]:
    try:
        flow = document.read(content)
    except document.NotAFlow:
        return [(rule, finding) for rule in OF_CONTENT for finding in rule.check(content)]
    publication = Publication(flow, *published)
    found = [(RULES["too-large"], finding) for finding in RULES["too-large"].check(content)]
    found += [(rule, finding) for rule in OF_FLOWS for finding in rule.check(publication)]
    return sorted(found, key=lambda each: each[1].subject.action.index if each[1].subject else -1)


def _severity(rule: Rule, finding: Finding) -> str:
    """Of what is known from one source only, nothing is an error."""
    action_type = finding.subject and finding.subject.type
    return WARNING if action_type and action_type.unconfirmed and rule.about == "parameters" else finding.severity


def _problem(rule: Rule, finding: Finding) -> Problem:
    identifier, path, shown = "", finding.path, finding.shown
    if finding.subject:
        action = finding.subject.action
        identifier, path = action.identifier[:MAX_IDENTIFIER], f"{action.path}.{path}" if path else action.path
    shown = shown or (f"Path: {plain(path, 200)}" if path else "")
    named = f"{shown}, Identifier: {plain(identifier)}" if finding.subject else shown
    message = ". ".join(filter(None, (finding.what, named, finding.accepts)))
    return Problem(rule.name, identifier, path, message, _severity(rule, finding))
