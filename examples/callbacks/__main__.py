"""The application's main job, against Amazon Connect in this process: deploy the flows, take callbacks, show what is open."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from connect_mock import clock, mock_connect
from examples.callbacks.callbacks import handler, open_callbacks
from examples.callbacks.deployment import deploy

FLOWS = Path(__file__).parent / "flows"


@mock_connect(region_name="eu-west-2")
def main() -> None:
    """Play one day."""
    import boto3

    connect = boto3.client("connect", region_name="eu-west-2")
    instance_id = connect.create_instance(
        IdentityManagementType="CONNECT_MANAGED",
        InstanceAlias="example-support",
        InboundCallsEnabled=True,
        OutboundCallsEnabled=True,
    )["Id"]
    print("A new instance:", connect.describe_instance(InstanceId=instance_id)["Instance"]["InstanceAccessUrl"])

    print("\nDeploying:")
    for _ in range(2):
        print("  " + "\n  ".join(deploy(connect, instance_id, FLOWS)))

    flows = connect.search_contact_flows(
        InstanceId=instance_id,
        SearchCriteria={"StringCondition": {"FieldName": "name", "Value": "callback", "ComparisonType": "EXACT"}},
    )["ContactFlows"]
    os.environ |= {"CONNECT_REGION": "eu-west-2", "CONNECT_INSTANCE": instance_id, "CALLBACK_FLOW": flows[0]["Id"]}

    print("\nCallbacks that customers ask for:")
    tomorrow = (clock.now() + datetime.timedelta(days=1)).isoformat()
    next_month = (clock.now() + datetime.timedelta(days=30)).isoformat()
    for number, (name, topic, at) in enumerate(
        [("Ana", "refund", None), ("Bo", "new contract", tomorrow), ("Cy", "bill", next_month)], start=1
    ):
        event = {"request_id": f"web-{number}", "name": name, "phone": f"+4411349600{number:02}", "topic": topic, "at": at}
        answer = handler(event)
        print(f"  {name}: {answer['statusCode']} {answer['body']}")

    print("\nStill open:")
    print("  " + "\n  ".join(open_callbacks(connect, instance_id, clock.now())))


if __name__ == "__main__":
    main()
