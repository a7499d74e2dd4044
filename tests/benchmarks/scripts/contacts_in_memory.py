"""Prints the bytes that contacts add to the resident memory of this process at its highest.

The contacts are made by StartTaskContact, each with a name, a description, two attributes and a reference. The requests go to
connect-mock's own way in, past boto3, which keeps nothing of a call and would take four times as long.
"""

import json
import resource
import sys

from connect_mock import mock_connect
from connect_mock.moto_bridge import answer
from connect_mock.wire import Request


def resident() -> int:
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest if sys.platform == "darwin" else highest * 1024


def start_task(number: int) -> None:
    task = {
        "InstanceId": instance_id,
        "ContactFlowId": flow_id,
        "Name": f"Call back {number}",
        "Description": f"Customer {number} asked to be called back",
        "Attributes": {"customer": str(number), "language": "en-GB"},
        "References": {"order": {"Type": "URL", "Value": f"https://shop.example/orders/{number}"}},
    }
    made = answer(Request("PUT", "/contact/task", "", {}, json.dumps(task).encode()), "connect", "us-east-1")
    assert made.status == 200, made.body


with mock_connect(region_name="us-east-1") as mocked:
    instance_id = mocked.instance_id
    flows = mocked.client.list_contact_flows(InstanceId=instance_id)["ContactFlowSummaryList"]
    flow_id = next(flow["Id"] for flow in flows if flow["ContactFlowType"] == "CONTACT_FLOW")
    start_task(0)
    before = resident()
    for number in range(int(sys.argv[1])):
        start_task(number)
    print(resident() - before)
