"""Associated Lambda functions."""

from __future__ import annotations

from connect_mock.operations import Operations


class LambdaFunctionOperations(Operations):
    """The operations on associated Lambda functions."""
