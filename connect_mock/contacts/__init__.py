"""Contacts: how they begin, what can be done to them, and the flows that run on them.

The interpreter of flows takes longer to import than most tests without flows take to run. So the operations reach it as
`contacts.contact_life`, and it is imported when the first contact is made.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connect_mock.contacts import contact_life

__all__ = ["contact_life"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
