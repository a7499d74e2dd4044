"""Rules about the things of an instance that a flow refers to: queues, prompts, hours, flows, modules and others.

The service was seen to refuse what is neither an id nor an ARN, and to want flows that exist; what it does with other kinds is
not documented. A reference (`$.`) is looked up at run time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from connect_mock.flow.rules.publication import Place, Publication
from connect_mock.flow.rules.references import has_reference
from connect_mock.flow.rules.rule import Finding, Findings, plain, rule, shown

ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?::[$\w-]+)?")
"""A UUID, with or without a version or an alias."""
ARN = re.compile(r"arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:\S+")
OF_AN_INSTANCE = re.compile(r"instance/[^/\s]+/([a-z-]+)/")

NAMES = {
    "queue": "a queue",
    "agent": "an agent",
    "prompt": "a prompt",
    "operating-hours": "hours of operation",
    "contact-flow": "a flow",
    "flow-module": "a flow module",
}
"""What is named by its id or ARN, by its keyword in ARNs."""
BY_ARN = {"lambda": "a Lambda function", "lex-bot": "a bot's alias"}
"""What is named by its ARN alone."""
ALSO = {"agent": ("agent", "queue")}
"""An agent's queue stands for the agent."""


@rule("invalid-id", about="parameters")
def invalid_id(publication: Publication) -> Findings:
    """What names a queue, a prompt, an agent, hours, a flow or a module is its id or ARN, and not its name (seen live).

    A Lambda function and a bot are named by their ARN.
    """
    for place in _named(publication):
        kind, text = place.parameter.resource, place.value
        if kind in NAMES and not ID.fullmatch(text) and not _is_arn_of(kind, text):
            advice = f"It must be the id or ARN of {NAMES[kind]}, got {shown(text, 60)}."
            yield Finding(place.subject, "Not a supported id format", place.path, advice)
        elif kind in BY_ARN and not ARN.fullmatch(text):
            advice = f"It must be the ARN of {BY_ARN[kind]}, got {shown(text, 60)}."
            yield Finding(place.subject, "Not a supported id format", place.path, advice)


def _is_arn_of(kind: str, text: str) -> bool:
    named = OF_AN_INSTANCE.search(text)
    return bool(ARN.fullmatch(text)) and (named is None or named[1] in ALSO.get(kind, (kind,)))


@rule("unknown-resource", about="parameters")
def unknown_resource(publication: Publication) -> Findings:
    """What a flow refers to is there when the flow is published, in the same instance (administrator guide, Import flows).

    `connect-mock lint` has no instance to look into and does not check it.
    """
    for place in _named(publication):
        if publication.holds(place.parameter.resource, place.value) is False:
            advice = f"The instance does not hold {plain(place.value, 160)}."
            yield Finding(place.subject, "Resource not found", place.path, advice)


def _named(publication: Publication) -> Iterator[Place]:
    for place in publication.places["resource"]:
        if isinstance(place.value, str) and place.value and not has_reference(place.value):
            yield place
