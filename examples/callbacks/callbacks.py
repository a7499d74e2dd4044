"""Callbacks: the Lambda behind a web page on which customers ask to be called, and the list that the team leader reads."""

from __future__ import annotations

import datetime
import os
from typing import Any

import boto3
from botocore.exceptions import ClientError


def handler(event: dict[str, Any], context: object = None) -> dict[str, Any]:
    """Make a task for a callback: {"name", "phone", "topic", "at" (ISO 8601, optional)}. Answers as API Gateway wants it."""
    connect = boto3.client("connect", region_name=os.environ["CONNECT_REGION"])
    at = {"ScheduledTime": datetime.datetime.fromisoformat(event["at"])} if event.get("at") else {}
    try:
        task = connect.start_task_contact(
            InstanceId=os.environ["CONNECT_INSTANCE"],
            ContactFlowId=os.environ["CALLBACK_FLOW"],
            Name=f"Call {event['name']} back",
            Description=event["topic"],
            References={"phone": {"Type": "STRING", "Value": event["phone"]}},
            Attributes={"topic": event["topic"], "source": "web"},
            ClientToken=event["request_id"],
            **at,
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "InvalidParameterException":
            raise
        return {"statusCode": 400, "body": error.response["Error"]["Message"]}
    return {"statusCode": 202, "body": task["ContactId"]}


def open_callbacks(client: Any, instance_id: str, now: datetime.datetime) -> list[str]:
    """What is still to be done, oldest first, as the team leader reads it."""
    not_ended = {"TimestampCondition": {"Type": "DISCONNECT_TIMESTAMP", "ConditionType": "NOT_EXISTS"}}
    found = client.search_contacts(
        InstanceId=instance_id,
        TimeRange={
            "Type": "INITIATION_TIMESTAMP",
            "StartTime": now - datetime.timedelta(days=7),
            "EndTime": now + datetime.timedelta(minutes=1),
        },
        SearchCriteria={
            "Channels": ["TASK"],
            "SearchableContactAttributes": {"Criteria": [{"Key": "source", "Values": ["web"]}]},
            "AdditionalTimeRange": {"Criteria": [not_ended], "MatchType": "MATCH_ALL"},
        },
        Sort={"FieldName": "INITIATION_TIMESTAMP", "Order": "ASCENDING"},
    )
    return [_line(client, instance_id, contact) for contact in found["Contacts"]]


def _line(client: Any, instance_id: str, contact: dict[str, Any]) -> str:
    references = client.list_contact_references(InstanceId=instance_id, ContactId=contact["Id"], ReferenceTypes=["STRING"])[
        "ReferenceSummaryList"
    ]
    phone = next(each["String"]["Value"] for each in references if each["String"]["Name"] == "phone")
    at = contact.get("ScheduledTimestamp")
    return f"{contact['Name']} on {phone}" + (f" at {at:%Y-%m-%d %H:%M}" if at else " now")
