"""The flows that a new instance holds, by exact name and type, each published.

The content is our own, written after what the flows of a new instance do; it lies beside this module as JSON. Names, types and
descriptions are those of a real instance (recorded export).
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources as package_files
from typing import Any

from connect_mock import ids
from connect_mock.instance import Instance
from connect_mock.resources.contact_flows import ContactFlow
from connect_mock.resources.flow_inventory import HELD

PLACEHOLDER = re.compile(r"\$\{(?P<kind>[A-Za-z]+):(?P<name>[^}]+)\}")
"""`${Queue:BasicQueue}` in the content is the ARN of that resource of the instance."""

ARN_TYPES = {"Prompt": "prompt", "Queue": "queue", "Hours": "operating-hours", "Flow": "contact-flow"}


@cache
def flow_files() -> tuple[dict[str, Any], ...]:
    """The flows by name, each with the text of its content."""
    folder = package_files.files(__package__).joinpath("default_flows")
    files = (json.loads(each.read_text(encoding="utf-8")) for each in folder.iterdir() if each.name.endswith(".json"))
    return tuple(
        {**each, "Content": json.dumps(each["Content"])} for each in sorted(files, key=lambda each: str(each["Name"]))
    )


def furnish(instance: Instance) -> None:
    """Give `instance` its default flows."""
    known = {("Flow", flow["Name"]): ids.uuid() for flow in flow_files()}
    for flow in flow_files():
        content = PLACEHOLDER.sub(lambda found: _arn(instance, known, found["kind"], found["name"]), flow["Content"])
        made = instance[ContactFlow].add(
            id=known["Flow", flow["Name"]],
            name=flow["Name"],
            type=flow["Type"],
            description=flow["Description"],
            saved_content=content,
            is_default=flow["Name"].startswith("Default "),
        )
        made.publish()


def _arn(instance: Instance, known: dict[tuple[str, str], str], kind: str, name: str) -> str:
    region = f"{instance.arn.partition(':connect:')[0]}:connect:{instance.region_name}"
    if kind == "View":
        return f"{region}:aws:view/{name}"
    if kind == "Lambda":
        return f"{instance.arn.partition(':connect:')[0]}:lambda:{instance.region_name}:aws:function:{name}"
    held = HELD.get(ARN_TYPES[kind])
    found = held(instance).named(name) if held else None
    return found.arn if found else f"{instance.arn_prefix}{ARN_TYPES[kind]}/{known.setdefault((kind, name), ids.uuid())}"
