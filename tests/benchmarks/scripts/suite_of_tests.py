"""Prints the median seconds of a whole test under connect_mock or moto, from the second test of this process on."""

import sys
import time
from statistics import median

import boto3

if sys.argv[1] == "moto":
    from moto import mock_aws as mock
else:
    from functools import partial

    from connect_mock import mock_connect

    mock = partial(mock_connect, empty_instances=True)  # as moto's are


def test() -> None:
    with mock():
        client = boto3.client("connect", region_name="us-east-1")
        made = client.create_instance(
            IdentityManagementType="CONNECT_MANAGED",
            InstanceAlias="benchmark",
            InboundCallsEnabled=True,
            OutboundCallsEnabled=True,
        )
        assert client.describe_instance(InstanceId=made["Id"])["Instance"]["InstanceAlias"] == "benchmark"


def seconds() -> float:
    start = time.perf_counter()
    test()
    return time.perf_counter() - start


times = [seconds() for _ in range(int(sys.argv[2]))]
assert ("connect_mock" in sys.modules) == (sys.argv[1] == "connect_mock")
print(median(times[1:]))
