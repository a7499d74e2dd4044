"""Rules about the type of an action and where it can be used.

Sources: Amazon Connect developer guide, Flow language, and administrator guide, the pages of the blocks: where they differ the
wider one counts, as the service was not seen to refuse what it allows.
"""

from __future__ import annotations

import difflib
import re

from connect_mock.flow.language import MODULE, Language
from connect_mock.flow.rules.publication import Publication, Subject
from connect_mock.flow.rules.rule import ERROR, INVALID_VALUE, WARNING, Finding, Findings, bare, listed, rule, shown

WELL_FORMED = re.compile(r"[A-Za-z][A-Za-z0-9]{2,79}")
"""How the names of types look."""


@rule("malformed-action")
def malformed_action(publication: Publication) -> Findings:
    """`Parameters` and `Transitions` of an action are objects; where there is nothing to say they can be left out."""
    for subject in publication.subjects:
        for name in ("Parameters", "Transitions"):
            given = subject.action.entry.get(name)
            if given is not None and not isinstance(given, dict):
                yield Finding(subject, INVALID_VALUE, name, f"It must be an object, got {shown(given)}.")


@rule("unknown-type")
def unknown_type(publication: Publication) -> Findings:
    """The type is one of the flow language, in its exact spelling.

    Titles of blocks in the console (PlayPrompt), and UnTagContact and UpdateRoutingCriteria of the documentation, are no
    types. A type that is newer than this version of connect-mock is refused too; `--allow-unknown-actions` makes that a
    warning.
    """
    for subject in publication.subjects:
        if subject.type is None:
            path = f"Type: {bare(subject.action.entry.get('Type'))}, Path: {subject.action.path}.Type"
            newer = publication.allow_unknown_actions and WELL_FORMED.fullmatch(subject.action.type)
            severity = WARNING if newer else ERROR
            yield Finding(subject, "Invalid Action type", "Type", _hint(subject, publication.language), path, severity)


def _hint(subject: Subject, language: Language) -> str:
    renamed = language.renamed.get(subject.action.type)
    if renamed:
        return f"Did you mean {renamed}?"
    close = _close(subject, language)
    return f"Did you mean {listed(close)}?" if close else "It must be a type of the flow language."


def _close(subject: Subject, language: Language) -> list[str]:
    """Costs as much as a small flow, so it is done for as many actions as a flow may have."""
    name = subject.action.type.lower()
    if subject.action.index >= language.max_actions or not WELL_FORMED.fullmatch(name):
        return []
    by_lower = {each.lower(): each for each in language.actions}
    return [by_lower[each] for each in difflib.get_close_matches(name, by_lower, n=2, cutoff=0.75)]


@rule("wrong-flow-type")
def wrong_flow_type(publication: Publication) -> Findings:
    """The type of the flow is one that the action can be used in: DisconnectParticipant in no whisper, for one.

    A module takes what any flow takes but campaigns; what the flow that invokes it cannot do takes an error branch there.
    Where the type of the flow is not known, only what a module alone can do is found.
    """
    flow_type = publication.flow_type
    known = flow_type in publication.language.flow_types
    for subject, action_type in publication.typed:
        allowed = action_type.flow_types
        if flow_type not in allowed if known else allowed == {MODULE}:
            what = f"Action is not supported in {flow_type if known else 'a flow'}"
            advice = f"{action_type.name} can be used in {listed(sorted(allowed))}."
            yield Finding(subject, what, "Type", advice, f"Path: {subject.action.path}")


@rule("wrong-channel")
def wrong_channel(publication: Publication) -> Findings:
    """The contacts that run flows of this type can do the action: hold flows are of voice alone.

    The service publishes it, and the action takes its error branch, so this is a warning.
    """
    has = publication.language.flow_types.get(publication.flow_type or "", frozenset())
    for subject, action_type in publication.typed if has else ():
        can = action_type.channels
        if can and not has & can:
            what = f"Action does nothing on {listed(sorted(has))}"
            advice = f"{action_type.name} works on {listed(sorted(can))}."
            yield Finding(subject, what, "Type", advice, f"Path: {subject.action.path}", WARNING)
