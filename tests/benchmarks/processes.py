"""What whole processes cost: one after the other in turn, each with an interpreter of its own.

Stock moto needs that: importing connect_mock puts its Connect in the place of moto's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.benchmarks.bar import Bar, Sample, seconds

SCRIPTS = Path(__file__).parent / "scripts"
TESTS = 20
"""Tests of a process in which tests are measured, the first of which is not counted."""


def run(script: str, *arguments: str) -> str:
    """What the script prints. Everything is compiled, as in any installed package."""
    command = [sys.executable, str(SCRIPTS / f"{script}.py"), *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def reported(script: str, *arguments: str) -> float:
    """The number that the script prints."""
    return float(json.loads(run(script, *arguments)))


@contextmanager
def whole_test() -> Iterator[tuple[Sample, Sample]]:
    """The median of a process's tests, from the second on."""
    yield (
        partial(reported, "suite_of_tests", "connect_mock", str(TESTS)),
        partial(reported, "suite_of_tests", "moto", str(TESTS)),
    )


@contextmanager
def first_call() -> Iterator[tuple[Sample, Sample]]:
    """From the start of the process to its end."""
    yield seconds(partial(run, "first_call"), 1), seconds(partial(run, "client_of_moto"), 1)


@contextmanager
def memory_of_contacts() -> Iterator[tuple[Sample, Sample]]:
    """What 100,000 contacts add to the resident memory of their process, against 400 MB."""
    yield partial(reported, "contacts_in_memory", "100000"), lambda: 400e6


BARS = [
    Bar(name="process.whole_test", limit=1 / 5, rounds=7, pair=whole_test),
    Bar(name="process.first_call", limit=1.25, rounds=15, pair=first_call),
    Bar(name="memory.contacts", limit=1, unit="B", rounds=1, pair=memory_of_contacts),
]
