"""Rules about parameters that go together. Which do is in `language.json`, as the `constraints` of a type.

Sources: Amazon Connect developer guide, Flow language, and what the service was seen to refuse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from connect_mock.flow.language import Constraint, at
from connect_mock.flow.rules.publication import Publication, Subject
from connect_mock.flow.rules.rule import (
    INVALID_NAME,
    INVALID_VALUE,
    MISSING,
    UNUSUAL_VALUE,
    WARNING,
    Finding,
    Findings,
    listed,
    rule,
    shown,
)


@rule("exclusive-parameters", about="parameters")
def exclusive_parameters(publication: Publication) -> Findings:
    """Of parameters that exclude each other one is given: Text or SSML, QueueId or AgentId (seen live)."""
    for subject, constraint, path, value in _constrained(publication, "at_most_one", "exactly_one"):
        given = [key for key in constraint.keys if key in value]
        if len(given) > 1:
            what = constraint.says or f"Only one of these properties may be defined. Properties: [{', '.join(given)}]"
            yield Finding(subject, what, path, f"It takes one of {listed(constraint.keys)}, got {', '.join(given)}.")
    for subject, constraint, path, value in _constrained(publication, "exactly_one_group"):
        begun = [group for group in constraint.groups if any(key in value for key in group)]
        if len(begun) > 1:
            given = [key for group in begun for key in group if key in value]
            what = f"Only one of these properties may be defined. Properties: [{', '.join(given)}]"
            yield Finding(subject, what, path, f"It takes {_groups(constraint)}.")


@rule("missing-alternative", about="parameters")
def missing_alternative(publication: Publication) -> Findings:
    """Of parameters of which one is needed one is given: a message has PromptId, Text, SSML or Media (seen live)."""
    for subject, constraint, path, value in _constrained(publication, "exactly_one"):
        if not any(key in value for key in constraint.keys):
            what = constraint.says or f"At least one of [{', '.join(constraint.keys)}] must be set"
            yield Finding(subject, what, path, f"It takes exactly one of {listed(constraint.keys)}.")
    for subject, constraint, path, value in _constrained(publication, "exactly_one_group"):
        if not any(key in value for group in constraint.groups for key in group):
            yield Finding(subject, "At least one of these properties must be set", path, f"It takes {_groups(constraint)}.")
    for subject, constraint, path, value in _constrained(publication, "at_least_one_besides"):
        if not any(key not in constraint.keys for key in value):
            advice = f"It must have a parameter besides {listed(constraint.keys)}."
            yield Finding(subject, "At least one of these properties must be set", path, advice)


@rule("missing-companion", about="parameters")
def missing_companion(publication: Publication) -> Findings:
    """A parameter that another one calls for is there.

    NumberFormat Local calls for CountryCode, IdentifierName for IdentifierValue, one switch of Voice ID for the other two.
    """
    for subject, constraint, path, value in _constrained(publication, "required_when"):
        for key in constraint.keys:
            if key not in value:
                yield Finding(subject, MISSING, f"{path}.{key}", "It goes with the other parameters.")
    for subject, path, keys, value in _together(publication):
        given = [key for key in keys if key in value]
        for key in keys:
            if given and key not in value:
                yield Finding(subject, MISSING, f"{path}.{key}", f"It goes with {listed(given)}.")


def _together(publication: Publication) -> Iterator[tuple[Subject, str, tuple[str, ...], dict[str, Any]]]:
    for subject, constraint, path, value in _constrained(publication, "all_or_none"):
        yield subject, path, constraint.keys, value
    for subject, constraint, path, value in _constrained(publication, "exactly_one_group"):
        yield from ((subject, path, group, value) for group in constraint.groups)


@rule("stray-parameter", about="parameters")
def stray_parameter(publication: Publication) -> Findings:
    """A parameter that makes no sense with the others is absent.

    InputEncryption goes with CustomValidation or the touchtone buffer, thresholds of Voice ID with its switches.
    """
    for subject, constraint, path, value in _constrained(publication, "refused_when"):
        for key in constraint.keys:
            if key in value:
                yield Finding(subject, INVALID_NAME, f"{path}.{key}", "The other parameters do not allow it.")


@rule("mismatched-value", about="parameters")
def mismatched_value(publication: Publication) -> Findings:
    """A value fits the other parameters: without a touchtone buffer StoreInput is True or False, in this spelling."""
    for subject, constraint, path, value in _constrained(publication, "values_when"):
        given = value.get(constraint.key)
        if isinstance(given, str) and given and given not in constraint.values:
            yield Finding(
                subject,
                INVALID_VALUE,
                f"{path}.{constraint.key}",
                f"It must be {listed(constraint.values)}, got {shown(given)}.",
            )


@rule("unrecorded-analytics", about="parameters")
def unrecorded_analytics(publication: Publication) -> Findings:
    """Analytics of calls are enabled where both the agent and the customer are recorded.

    Documented; whether the service refuses to publish anything else is not known, so this is a warning.
    """
    for subject, constraint, path, value in _constrained(publication, "needs_items"):
        given = at(value, constraint.key)
        missing = [item for item in constraint.items if not isinstance(given, list) or item not in given]
        if missing:
            advice = f"It should have {listed(missing)} in it."
            yield Finding(subject, UNUSUAL_VALUE, f"{path}.{constraint.key}", advice, severity=WARNING)


@rule("duplicate-value", about="parameters")
def duplicate_value(publication: Publication) -> Findings:
    """Names that later actions refer to are there once: each query of a data table has its own QueryName."""
    for subject, constraint in publication.constrained["unique"]:
        places = list(_places(subject.parameters, constraint.at))
        names = Counter(value.get(constraint.key) for _, value in places if isinstance(value.get(constraint.key), str))
        for name, count in names.items():
            if count > 1:
                yield Finding(
                    subject,
                    INVALID_VALUE,
                    f"Parameters.{constraint.at}",
                    f"{constraint.key} {shown(name)} is there {count} times.",
                )


@rule("too-many-in-all", about="parameters")
def too_many_in_all(publication: Publication) -> Findings:
    """Lists inside a list are not too long taken together: UpsertDataTableValues writes up to 25 attributes."""
    for subject, constraint in publication.constrained["at_most_in_all"]:
        lists = [value.get(constraint.key) for _, value in _places(subject.parameters, constraint.at)]
        count = sum(len(each) for each in lists if isinstance(each, list))
        if count > constraint.max:
            advice = f"It must have at most {constraint.max} {constraint.key} in all, got {count}."
            yield Finding(subject, INVALID_VALUE, f"Parameters.{constraint.at}", advice)


def _groups(constraint: Constraint) -> str:
    return " or ".join(" with ".join(group) for group in constraint.groups)


def _constrained(publication: Publication, *kinds: str) -> Iterator[tuple[Subject, Constraint, str, dict[str, Any]]]:
    """(action, constraint, path of an object that it is about, the object), where the constraint counts."""
    for kind in kinds:
        for subject, constraint in publication.constrained[kind]:
            for path, value in _places(subject.parameters, constraint.at):
                if constraint.when.holds(value):
                    yield subject, constraint, path, value


def _places(parameters: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects at `A.B` or, of each item, `A[].B`; the parameters themselves when nothing is said."""
    if not where:
        return iter([("Parameters", parameters)])
    found = [("Parameters", parameters)]
    for step in filter(None, where.replace("[]", ".[]").split(".")):
        found = [inner for path, value in found for inner in _inside(path, value, step)]
    return ((path, value) for path, value in found if isinstance(value, dict))


def _inside(path: str, value: Any, step: str) -> Iterator[tuple[str, Any]]:
    if step == "[]":
        yield from ((f"{path}[{index}]", each) for index, each in enumerate(value if isinstance(value, list) else ()))
    elif isinstance(value, dict) and step in value:
        yield f"{path}.{step}", value[step]
