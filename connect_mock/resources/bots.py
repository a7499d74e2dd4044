"""Associated Lex bots."""

from __future__ import annotations

from connect_mock.operations import Operations


class BotOperations(Operations):
    """The operations on associated Lex bots."""
