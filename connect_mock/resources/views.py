"""Views."""

from __future__ import annotations

from connect_mock.operations import Operations


class ViewOperations(Operations):
    """The operations on views."""
