"""Deploy flows from a folder: publish what changed, make a version of it, and let the alias `live` name that version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ALIAS = "live"


def deploy(client: Any, instance_id: str, folder: Path) -> list[str]:
    """Bring the flows in `folder` to the instance; the file's name is the flow's name. Returns a line for each."""
    known = {flow["Name"]: flow["Id"] for flow in _all_flows(client, instance_id)}
    return [_deploy(client, instance_id, file, known.get(file.stem)) for file in sorted(folder.glob("*.json"))]


def _all_flows(client: Any, instance_id: str) -> list[dict[str, Any]]:
    pages = client.get_paginator("list_contact_flows").paginate(InstanceId=instance_id)
    return [flow for page in pages for flow in page["ContactFlowSummaryList"]]


def _deploy(client: Any, instance_id: str, file: Path, flow_id: str | None) -> str:
    content = file.read_text(encoding="utf-8")
    if flow_id is None:
        made = client.create_contact_flow(InstanceId=instance_id, Name=file.stem, Type="CONTACT_FLOW", Content=content)
        flow_id = made["ContactFlowId"]
    else:
        client.update_contact_flow_content(InstanceId=instance_id, ContactFlowId=flow_id, Content=content)
    version = client.create_contact_flow_version(InstanceId=instance_id, ContactFlowId=flow_id)["Version"]
    return f"{file.stem}: version {version}, {_point(client, instance_id, flow_id, version)}"


def _point(client: Any, instance_id: str, flow_id: str, version: int) -> str:
    flow = {"InstanceId": instance_id, "ContactFlowId": flow_id}
    aliases = client.list_contact_flow_aliases(**flow)["ContactFlowAliasSummaryList"]
    alias = next((each for each in aliases if each["AliasName"] == ALIAS), None)
    if alias is None:
        client.create_contact_flow_alias(**flow, AliasName=ALIAS, ContactFlowVersion=version)
        return f"{ALIAS} is new"
    if alias["Version"] == version:
        return "unchanged"
    client.update_contact_flow_alias(**flow, AliasId=alias["AliasId"], ContactFlowVersion=version)
    return f"{ALIAS} moved from version {alias['Version']}"
