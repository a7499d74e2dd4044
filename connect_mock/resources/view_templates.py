"""What is in a view's template: the checks before it is kept or published, and the inputs that it declares.

The checks are those that notes of 2026 on the live service name. Not emulated: the schemas of the single components, by which
the service also refuses properties that a component does not have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from connect_mock.errors import InvalidParameterException, brief

MAX_CONTENT = 400_000
"""Bytes of UTF-8 (documentation of CreateView: 400 kB)."""

REFERENCE = re.compile(r"\$\.[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
"""An input, where it is a whole value; inside a longer text it means nothing."""

INTEGRATION = re.compile(r"\$\.#(\w+)(\.\w+)*")
"""Something of an integration, which the Head has to name."""

STYLE = re.compile(r"--[a-z0-9-]+")
"""A key of Configuration.Style: the name of a property of the component, not of CSS."""

NEEDED = {"Card": ("Id",), "SubmitButton": ("Label",)}
"""Properties that a component must have."""

REFUSED = {"Button": ("Label",)}
"""Properties that a component must not have: what a button says is its content."""


def check(content: dict[str, Any], publish: bool) -> None:
    """Raise InvalidParameterException for content that is too long or no JSON or, to be published, is no view."""
    template = content.get("Template")
    size = len((template or "").encode()) + sum(len(each.encode()) for each in content.get("Actions") or [])
    if size > MAX_CONTENT:
        raise InvalidParameterException(f"Content must be at most {MAX_CONTENT} bytes long, got {size}")
    parsed = _parsed(template) if template is not None or publish else {}
    problems = list(_problems(parsed)) if publish else []
    if problems:
        raise InvalidParameterException("; ".join(problems))


def input_schema(template: str | None) -> str:
    """The JSON schema of the inputs that a template refers to, all of them required.

    AWS also writes what each input has to be, by the component that takes it; here anything will do.
    """
    schema: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    for _, value in _strings(json.loads(template) if template else {}):
        if REFERENCE.fullmatch(value):
            _declare(schema, value.split(".")[1:])
    return json.dumps(schema)


def _declare(schema: dict[str, Any], names: list[str]) -> None:
    for name in names:
        schema |= {"type": "object", "properties": schema.get("properties", {}), "required": schema.get("required", [])}
        schema["required"] += [] if name in schema["required"] else [name]
        schema = schema["properties"].setdefault(name, {})


def _parsed(template: str | None) -> dict[str, Any]:
    try:
        parsed = json.loads(template or "")
    except ValueError as error:
        raise InvalidParameterException(f"Content.Template must be JSON, got {brief(template)}: {error}") from None
    if not isinstance(parsed, dict):
        raise InvalidParameterException(f"Content.Template must be a JSON object with Head and Body, got {brief(template)}")
    return parsed


def _problems(template: dict[str, Any]) -> Iterator[str]:
    head, body = template.get("Head"), template.get("Body")
    if isinstance(head, dict):
        yield from _head_problems(head)
    else:
        yield "Template/Head must be an object"
    if not isinstance(body, list) or not body:
        yield "Template/Body must be a list of components"
        return
    for index, component in enumerate(body):
        yield from _component_problems(f"Template/Body/{index}", component)
    yield from _integration_problems(head, body)


def _head_problems(head: dict[str, Any]) -> Iterator[str]:
    if not isinstance(head.get("Title"), str):
        yield "Template/Head must have required property 'Title'"
    if "Configuration" not in head:
        yield "Template/Head must have required property 'Configuration'"
    yield from _configuration_problems("Template/Head", head)


def _component_problems(path: str, component: Any) -> Iterator[str]:
    if not isinstance(component, dict) or not isinstance(component.get("Type"), str):
        yield f"{path} must be a component, an object with a 'Type'"
        return
    props, content = component.get("Props", {}), component.get("Content", [])
    if not isinstance(props, dict) or not isinstance(content, list):
        yield f"{path} must have an object in 'Props' and a list in 'Content'"
        return
    yield from _property_problems(path, component["Type"], props)
    yield from _configuration_problems(path, component)
    for index, each in enumerate(content):
        if isinstance(each, dict):
            yield from _component_problems(f"{path}/Content/{index}", each)


def _property_problems(path: str, kind: str, props: dict[str, Any]) -> Iterator[str]:
    for name in NEEDED.get(kind, ()):
        if name not in props:
            yield f"{path}/Props must have required property {name!r}"
    for name in REFUSED.get(kind, ()):
        if name in props:
            yield f"{path}/Props must not have additional property {name!r}"


def _configuration_problems(path: str, holder: dict[str, Any]) -> Iterator[str]:
    configuration = holder.get("Configuration", {})
    if not isinstance(configuration, dict):
        yield f"{path}/Configuration must be object"
        return
    for name in configuration.keys() - {"Layout", "Style"}:
        yield f"{path}/Configuration must not have additional property {name!r}"
    style = configuration.get("Style")
    for name in style if isinstance(style, dict) else ():
        if not STYLE.fullmatch(name):
            yield f"{path}/Configuration/Style must not have additional property {name!r}"


def _integration_problems(head: Any, body: list[Any]) -> Iterator[str]:
    declared = {text for pair in _strings(head) for text in pair}
    for _, value in _strings(body):
        found = INTEGRATION.fullmatch(value)
        if found and not declared & {found[1], f"#{found[1]}"}:
            yield f"integrations used in the view body are not included in the view head: {found[1]}"


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in it that is a whole value, with the nearest key above it."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, key)
