"""Prompts."""

from __future__ import annotations

from connect_mock.operations import Operations


class PromptOperations(Operations):
    """The operations on prompts."""
