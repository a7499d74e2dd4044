"""Tests of what the installed botocore does not know yet are skipped, and say so."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from botocore.exceptions import ParamValidationError


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """A member or an operation that an older botocore lacks is no failure of the test."""
    try:
        return (yield)
    except ParamValidationError as error:
        if "Unknown parameter in input" not in str(error):
            raise
        pytest.skip(f"the installed botocore lacks it: {error}")
    except AttributeError as error:
        if not str(error).startswith("'Connect' object has no attribute"):
            raise
        pytest.skip(f"the installed botocore lacks it: {error}")
