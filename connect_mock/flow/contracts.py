"""What a flow module declares to those who invoke it: the API parameter `Settings`, a JSON text.

    {"input": {"schema": S}, "resultData": {"schema": S}, "transitions": {"results": [{"name": "approved"}]}}

S is a JSON Schema (draft 4) of an object. The service was seen to look at the names, the types and `required` of its
properties; nothing else of a schema is looked at here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_BRANCHES = 8
"""Custom branches of one module (administrator guide, Flow modules)."""

JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


class NotAContract(Exception):
    """The text is not what `Settings` has to be."""


@dataclass(frozen=True)
class Schema:
    """The properties of an object schema."""

    properties: Mapping[str, Any] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    def accepts(self, name: str, value: Any) -> bool:
        """Whether `value` has the declared type. A JSONPath is a text, so it can stand only where texts can (seen live)."""
        declared = self.properties[name].get("type")
        return any(_is(value, str(each)) for each in (declared if isinstance(declared, list) else [declared]))


def _is(value: Any, json_type: str) -> bool:
    if json_type not in JSON_TYPES:  # no type, or one that JSON Schema does not have: anything will do
        return True
    return isinstance(value, JSON_TYPES[json_type]) and (json_type == "boolean" or not isinstance(value, bool))


@dataclass(frozen=True)
class Contract:
    """Everything that a module declares; nothing at all by default."""

    input: Schema = Schema()
    result_data: Schema = Schema()
    branches: tuple[str, ...] = ()


ContractOf = Callable[[str], "Contract | None"]
"""The contract of the module with that id or ARN, qualified or not; None when it is not known."""


def unknown(module_id: str) -> Contract | None:
    """Where there are no modules to look at, as when a file is checked."""
    return None


def read(settings: str | None) -> Contract:
    """The contract in `Settings`; no text declares nothing. Raises NotAContract."""
    try:
        declared = json.loads("{}" if settings is None else settings)
    except (ValueError, RecursionError) as error:
        raise NotAContract(f"Settings must be a JSON object: {error}") from None
    if not isinstance(declared, dict):
        raise NotAContract(f"Settings must be a JSON object, got {type(declared).__name__}")
    return Contract(_schema(declared, "input"), _schema(declared, "resultData"), _branches(declared.get("transitions")))


def _schema(declared: dict[str, Any], name: str) -> Schema:
    path = f"Settings.{name}"
    schema = _object(_object(declared.get(name), path).get("schema"), f"{path}.schema")
    properties = _object(schema.get("properties"), f"{path}.schema.properties")
    for key, value in properties.items():
        _object(value, f"{path}.schema.properties.{key}")
    return Schema(properties, tuple(map(str, _list(schema.get("required"), f"{path}.schema.required"))))


def _branches(transitions: Any) -> tuple[str, ...]:
    path = "Settings.transitions.results"
    results = _list(_object(transitions, "Settings.transitions").get("results"), path)
    if len(results) > MAX_BRANCHES:
        raise NotAContract(f"{path} must have at most {MAX_BRANCHES} entries, got {len(results)}")
    return tuple(_names(results, path))


def _names(results: list[Any], path: str) -> Iterator[str]:
    for index, each in enumerate(results):
        name = _object(each, f"{path}[{index}]").get("name")
        if not isinstance(name, str) or not name:
            raise NotAContract(f"{path}[{index}].name must be a text, got {name!r}")
        yield name


def _object(value: Any, path: str) -> dict[str, Any]:
    if value is not None and not isinstance(value, dict):
        raise NotAContract(f"{path} must be a JSON object, got {type(value).__name__}")
    return value or {}


def _list(value: Any, path: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise NotAContract(f"{path} must be a JSON array, got {type(value).__name__}")
    return value or []
