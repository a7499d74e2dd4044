"""Rules about references: `$.Attributes.x` in the parameters of an action.

Sources: Amazon Connect developer guide, Flow language (which parameters can be dynamic); administrator guide, list of contact
attributes (what can follow `$.`); the service was seen to refuse an unknown or bare root on Compare. Whether an attribute of
that name exists is known only at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connect_mock.flow.references import ROOT
from connect_mock.flow.rules.publication import Place, Publication
from connect_mock.flow.rules.rule import ERROR, INVALID_VALUE, WARNING, Finding, Findings, listed, rule, shown

_DOTTED = r"\.[^.\[\]'\"`$\s]+"
_BRACKET = r"\.?\[(?:'[^'`]*'|\"[^\"`]*\"|'`[^`]*`'|\"`[^`]*`\"|`[^`]*`|[0-9]+)\]"
WHOLE = re.compile(rf"\$(?:{_DOTTED}|{_BRACKET})+")
"""A reference from its first character to its last, with any names: what the service refuses in a name is not documented, and
a run has to guess only where a reference ends inside a text. No text can be read in two ways, so a failure does not take long.
"""


def is_reference(value: Any) -> bool:
    """Whether the value is meant as a reference."""
    return isinstance(value, str) and value[:1] == "$" and value[1:2] in (".", "[")


def has_reference(text: str) -> bool:
    """Whether there is a reference in the text, or the beginning of one."""
    return "$" in text and ("$." in text or "$[" in text)


def whole(text: str) -> bool:
    """Whether the text is one well-formed reference and nothing else."""
    return bool(WHOLE.fullmatch(text))


@rule("static-only", about="parameters")
def static_only(publication: Publication) -> Findings:
    """A parameter that has to be known when the flow is published is given a literal (developer guide, each action)."""
    for place in publication.places["literal"]:
        if is_reference(place.value):
            yield _invalid(place, f"It must be a literal, got the reference {shown(place.value)}.")


@rule("reference-only", about="parameters")
def reference_only(publication: Publication) -> Findings:
    """ComparisonValue and CallbackNumber take a reference, never a literal (seen live)."""
    for place in _texts(publication, "only"):
        if place.value and not is_reference(place.value):
            yield _invalid(place, f"It must be one reference, such as $.Attributes.name, got {shown(place.value)}.")


@rule("partial-reference", about="parameters")
def partial_reference(publication: Publication) -> Findings:
    """Where one reference can stand for a whole value, no reference stands inside other text (developer guide)."""
    for place in _texts(publication, "whole"):
        if not is_reference(place.value) and has_reference(place.value):
            yield _invalid(place, f"It must be a literal or one reference alone, got {shown(place.value)}.")


@rule("malformed-reference", about="parameters")
def malformed_reference(publication: Publication) -> Findings:
    """A reference is `$` and then `.name` or `['name']`, once or more: $.Attributes.['customer name'], $.Lex.Slots.city."""
    for place in _texts(publication, "whole", "only"):
        if is_reference(place.value) and not whole(place.value):
            yield _invalid(place, f"It must be $ and then .name or ['name'], got {shown(place.value)}.")


@rule("unknown-reference", about="parameters")
def unknown_reference(publication: Publication) -> Findings:
    """What follows `$.` is a namespace of Connect: Attributes, External, CustomerEndpoint and so on.

    Inside other text it may be something that only looks like a reference, so there it is a warning.
    """
    roots = publication.language.reference_roots
    for place in _texts(publication, "whole", "only", "mixed"):
        found = [match[2] for match in ROOT.finditer(place.value)] if "$" in place.value else []
        unknown = [each for each in found if each not in roots]
        if unknown:
            severity = ERROR if whole(place.value) else WARNING
            yield _invalid(place, f"No namespace is called {listed(unknown)}.", severity)


@rule("incomplete-reference", about="parameters")
def incomplete_reference(publication: Publication) -> Findings:
    """After a namespace of several things one of them is named: $.External alone is no value (seen live on Compare)."""
    roots = publication.language.reference_roots
    for place in _texts(publication, "whole", "only"):
        match = ROOT.fullmatch(place.value)
        if match and roots.get(match[2]):
            yield _invalid(place, f"It must name something in {match[2]}, such as $.{match[2]}.name.")


def unusable(text: str, roots: Any) -> str:
    """Why a text that is meant as one reference is none; empty when it is."""
    match = ROOT.match(text)
    if not whole(text) or match is None:
        return f"A reference must be $ and then .name or ['name'], got {shown(text)}."
    return "" if match[2] in roots else f"No namespace is called {match[2][:40]}; there are {listed(sorted(roots))}."


def _invalid(place: Place, accepts: str, severity: str = ERROR) -> Finding:
    return Finding(place.subject, INVALID_VALUE, place.path, accepts, severity=severity)


def _texts(publication: Publication, *dynamic: str) -> Iterator[Place]:
    for each in dynamic:
        for place in publication.places[each]:
            if isinstance(place.value, str):
                yield place
