"""Imports moto, enters the mock and makes a client."""

import boto3
from moto import mock_aws

with mock_aws():
    client = boto3.client("connect", region_name="us-east-1")
