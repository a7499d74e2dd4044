"""Rules about the content as a text, about the document as a whole, and about the identifiers of actions.

Sources: documentation of CreateContactFlow (length of the content); Amazon Connect developer guide, Flow language
(Version, StartAction, number of actions, identifiers); the service's answers of 2026 (Settings of modules).
"""

from __future__ import annotations

from connect_mock.flow import document
from connect_mock.flow.language import language
from connect_mock.flow.rules.publication import Publication
from connect_mock.flow.rules.rule import MISSING, WARNING, Finding, Findings, bare, listed, rule, shown

# --- the text


@rule("too-large", about="content")
def too_large(content: str) -> Findings:
    """Content has at most 256,000 characters, spaces and Metadata included (documentation of CreateContactFlow)."""
    limit = language().max_characters
    if len(content) > limit:
        yield Finding(None, "Content is too large", "", f"It has {len(content)} characters, at most {limit} are accepted.")


@rule("not-json", about="content")
def not_json(content: str) -> Findings:
    """Content is the text of a JSON value. A byte order mark, NaN and comments are no JSON."""
    try:
        document.parse(content)
    except document.NotJson as error:
        yield Finding(None, str(error), "", "It must be the text of a JSON object.")


@rule("not-a-flow", about="content")
def not_a_flow(content: str) -> Findings:
    """The JSON value is an object that has a list of `Actions`. A file that says how to make a flow is not its content."""
    try:
        document.read(content)
    except document.NotJson:
        return
    except document.NotAFlow as error:
        yield Finding(None, str(error), "", "It must be an object with Version, StartAction and an array of Actions.")


# --- the document


@rule("wrong-version")
def wrong_version(publication: Publication) -> Findings:
    """`Version` is 2019-10-30, the only version of the flow language that there is."""
    version, wanted = publication.flow.version, publication.language.version
    if version != wanted:
        path = f"Version: {bare(version)}, expected: {wanted}"
        yield Finding(None, "Invalid flow version", "Version", "", path)


@rule("no-actions")
def no_actions(publication: Publication) -> Findings:
    """There is at least one action: what ends the flow, such as DisconnectParticipant."""
    if not publication.flow.entry["Actions"]:
        yield Finding(None, "Flow has no actions", "Actions", "It must have at least one.")


@rule("too-many-actions")
def too_many_actions(publication: Publication) -> Findings:
    """A flow or module has at most 250 actions (developer guide, Flow language)."""
    count, limit = len(publication.flow.entry["Actions"]), publication.language.max_actions
    if count > limit:
        yield Finding(None, "Flow has too many actions", "Actions", f"It has {count}, at most {limit} are accepted.")


@rule("not-an-action")
def not_an_action(publication: Publication) -> Findings:
    """Every entry of `Actions` is an object with Identifier, Type, Parameters and Transitions."""
    for index, each in enumerate(publication.flow.entry["Actions"]):
        if not isinstance(each, dict):
            yield Finding(None, "Invalid Action", f"Actions[{index}]", f"It must be an object, got {shown(each)}.")


@rule("unknown-start")
def unknown_start(publication: Publication) -> Findings:
    """`StartAction` is the identifier of an action: the one that runs first."""
    start = publication.flow.start_action
    if not isinstance(start, str) or start not in publication.first_use:
        what, advice = "StartAction does not name an action", "It must be the identifier of one."
        yield Finding(None, what, "StartAction", advice, f"StartAction: {bare(start)}")


@rule("missing-settings")
def missing_settings(publication: Publication) -> Findings:
    """The content of a module has an object `Settings` at the top (the service's answer)."""
    if publication.is_module and publication.flow.settings is None:
        what = "JSON field is missing or null for field name: settings"
        yield Finding(None, what, "Settings", "It must be an object with InputParameters, OutputParameters and Transitions.")


@rule("settings-in-flow")
def settings_in_flow(publication: Publication) -> Findings:
    """The content of a flow has no `Settings`; only that of a module has (developer guide, Flow language)."""
    if publication.flow_type and not publication.is_module and "Settings" in publication.flow.entry:
        yield Finding(None, "Flow has Settings", "Settings", "Only the content of a module can have them.")


@rule("invalid-settings")
def invalid_settings(publication: Publication) -> Findings:
    """The lists in a module's `Settings`, where they are given, are lists of objects.

    Consoles write InputParameters, OutputParameters and Transitions; nothing reads what is in them. What a module declares
    is in the parameter Settings of the API.
    """
    for name in ("InputParameters", "OutputParameters", "Transitions"):
        given = (publication.flow.settings or {}).get(name, [])
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            advice = f"It must be an array of objects, got {shown(given)}."
            yield Finding(None, "Invalid Settings", f"Settings.{name}", advice)


# --- identifiers

INVALID_IDENTIFIER = "Invalid Action identifier"


@rule("missing-identifier")
def missing_identifier(publication: Publication) -> Findings:
    """Every action has an `Identifier`, a text of at least one character."""
    limit = publication.language.max_identifier
    for subject in publication.subjects:
        if not subject.action.identifier:
            yield Finding(subject, MISSING, "Identifier", f"It must be a text of 1 to {limit} characters.")


@rule("long-identifier")
def long_identifier(publication: Publication) -> Findings:
    """An identifier has at most 50 characters (developer guide, Flow language)."""
    limit = publication.language.max_identifier
    for subject in publication.subjects:
        length = len(subject.action.identifier)
        if length > limit:
            advice = f"It has {length} characters, at most {limit} are accepted."
            yield Finding(subject, INVALID_IDENTIFIER, "Identifier", advice)


@rule("forbidden-character")
def forbidden_character(publication: Publication) -> Findings:
    """An identifier has none of the characters % : ( \\ / ) = $ , ; [ ] { } (developer guide, Flow language)."""
    allowed = publication.language.forbidden_characters.isdisjoint
    for subject in publication.subjects:
        if not allowed(subject.action.identifier):
            found = publication.language.forbidden_characters.intersection(subject.action.identifier)
            advice = f"It must not have {' '.join(sorted(found))} in it."
            yield Finding(subject, INVALID_IDENTIFIER, "Identifier", advice)


@rule("forbidden-identifier")
def forbidden_identifier(publication: Publication) -> Findings:
    """An identifier is not the name of something that every object has, such as toString (developer guide, Flow language)."""
    words = publication.language.forbidden_identifiers
    for subject in publication.subjects:
        if subject.action.identifier in words:
            yield Finding(subject, INVALID_IDENTIFIER, "Identifier", f"It must not be {listed(sorted(words))}.")


@rule("duplicate-identifier")
def duplicate_identifier(publication: Publication) -> Findings:
    """No two actions have the same identifier, as a transition could not tell them apart."""
    for subject in publication.subjects:
        first = publication.first_use.get(subject.action.identifier, subject.action.index)
        if first != subject.action.index:
            advice = f"Actions[{first}] has it already; each needs its own."
            yield Finding(subject, "Duplicate Action identifier", "Identifier", advice)


@rule("unreachable-action")
def unreachable_action(publication: Publication) -> Findings:
    """Every action can be reached from StartAction. The service publishes others too, so this is a warning."""
    reached = publication.reached
    for subject in publication.subjects if reached else ():
        if subject.action.identifier and subject.action.identifier not in reached:
            advice = "Connect it with what can be reached, or remove it."
            yield Finding(subject, "Action is never reached", "", advice, severity=WARNING)
