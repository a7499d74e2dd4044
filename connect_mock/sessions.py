"""What sessions of botocore share while a mock runs.

A test makes a session of its own, and most of what botocore then does comes to the same each time: it reads the 2 MB model of
Connect, asks of some 130 handlers whether they take keyword arguments, and looks each of their events up in a list of aliases.
Here that is done once. A session made meanwhile behaves as any other, also after the mock ended.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

import botocore.session
from botocore.hooks import EVENT_ALIASES, EventAliaser, HierarchicalEmitter

from connect_mock.service_model import shared_loader


class SharedAliaser(EventAliaser):
    """Remembers the names of events for all sessions, as long as these have botocore's own aliases."""

    _shared: dict[str, str] = {}

    def __init__(self, event_emitter: Any, event_aliases: dict[str, str] | None = None) -> None:
        super().__init__(event_emitter, event_aliases)
        if event_aliases in (None, EVENT_ALIASES):
            self._alias_name_cache = self._shared


class QuickEmitter(HierarchicalEmitter):
    """Sees in the code of a plain function whether it takes keyword arguments, where botocore works its signature out."""

    def _verify_accept_kwargs(self, func: Callable[..., Any]) -> Any:
        function = func.__func__ if isinstance(func, MethodType) else func
        if type(function) is FunctionType and not vars(function) and function.__code__.co_flags & inspect.CO_VARKEYWORDS:
            return None
        return super()._verify_accept_kwargs(func)  # type: ignore[misc]


_parts = {"create_loader": shared_loader, "EventAliaser": SharedAliaser, "HierarchicalEmitter": QuickEmitter}
SHARING: dict[str, Any] = {name: part for name, part in _parts.items() if hasattr(botocore.session, name)}
"""What stands in `botocore.session` while a mock runs. A botocore that has no such name goes without."""


def parts() -> dict[str, Any]:
    """What stands there now."""
    return {name: getattr(botocore.session, name) for name in SHARING}


def use(chosen: dict[str, Any]) -> None:
    """Have sessions made of `chosen` from now on."""
    vars(botocore.session).update(chosen)
