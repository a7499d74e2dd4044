"""Vocabularies."""

from __future__ import annotations

from connect_mock.operations import Operations


class VocabularyOperations(Operations):
    """The operations on vocabularies."""
