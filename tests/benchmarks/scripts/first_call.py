"""Imports connect_mock, enters the mock, makes a client and makes one call."""

import boto3

from connect_mock import mock_connect

with mock_connect():
    client = boto3.client("connect", region_name="us-east-1")
    client.list_instances()
