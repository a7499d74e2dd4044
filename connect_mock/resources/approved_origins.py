"""Approved origins."""

from __future__ import annotations

from connect_mock.operations import Operations


class ApprovedOriginOperations(Operations):
    """The operations on approved origins."""
