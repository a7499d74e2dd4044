"""Attached files and their configuration."""

from __future__ import annotations

from connect_mock.operations import Operations


class AttachedFileOperations(Operations):
    """The operations on attached files and their configuration."""
