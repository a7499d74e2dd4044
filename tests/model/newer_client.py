"""What `test_newer_botocore` runs in a process of its own: calls to a service that knows more than connect-mock does.

Prints as JSON what came back, and the text of every UnknownMemberWarning. AWS_DATA_PATH says where the newer model is.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from connect_mock import UnknownMemberWarning, mock_connect
from tests.conftest import flow_content
from tests.model.shapes import RULE_FUNCTION


def outcome(call: Callable[[], Any]) -> Any:
    """What the call returns; status, code and message of a refusal."""
    try:
        return call()
    except ClientError as refusal:
        status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
        return [status, refusal.response["Error"]["Code"], refusal.response["Error"]["Message"]]


def main() -> dict[str, Any]:
    """The calls, and what they came to."""
    with mock_connect(empty_instances=True) as amazon_connect:
        client, where = amazon_connect.client, {"InstanceId": amazon_connect.instance_id}
        flow = {"Type": "CONTACT_FLOW", "Content": flow_content()}
        made = client.create_contact_flow(**where, **flow, Name="Inbound", Mood="calm")
        plain = client.create_contact_flow(**where, **flow, Name="Plain")
        flow_id = {**where, "ContactFlowId": made["ContactFlowId"]}
        created = client.describe_contact_flow(**flow_id)["ContactFlow"]
        client.update_contact_flow_content(**flow_id, Content=flow_content(text="Later"), Weather={"Sky": "grey"})
        client.update_contact_flow_content(
            **where, ContactFlowId=f"{plain['ContactFlowId']}:$SAVED", Content=flow["Content"], Weather={"Sky": "blue"}
        )
        rule = {"Name": "New", "Function": RULE_FUNCTION, "Actions": [], "PublishStatus": "DRAFT"}
        trigger = {"EventSourceName": "OnSomethingNew"}
        return {
            "refusal": outcome(lambda: client.invent_contact_flow(**where)),
            "created": created,
            "updated": client.describe_contact_flow(**flow_id)["ContactFlow"],
            "draft": client.describe_contact_flow(**where, ContactFlowId=plain["ContactFlowId"])["ContactFlow"],
            "instance": client.describe_instance(**where)["Instance"],
            "rule": outcome(lambda: client.create_rule(**where, **rule, TriggerEventSource=trigger)),
            "rules": client.list_rules(**where, EventSourceName="OnSomethingNew")["RuleSummaryList"],
        }


if __name__ == "__main__":
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = main()
    unknown = [str(each.message) for each in caught if issubclass(each.category, UnknownMemberWarning)]
    others = [str(each.message) for each in caught if not issubclass(each.category, UnknownMemberWarning)]
    json.dump({**found, "warnings": unknown, "other warnings": others}, sys.stdout, default=str)
