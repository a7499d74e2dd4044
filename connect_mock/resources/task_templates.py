"""Task templates."""

from __future__ import annotations

from connect_mock.operations import Operations


class TaskTemplateOperations(Operations):
    """The operations on task templates."""
