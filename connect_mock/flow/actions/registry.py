"""Action: the base of every action type, how it is made from Parameters, and the list of all types."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache, lru_cache, partial
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

from connect_mock.flow.host import Host
from connect_mock.flow.memory import Memory
from connect_mock.flow.outcomes import NO_MATCHING_ERROR, Event, Outcome, Waiting
from connect_mock.flow.references import text_of


class Unusable(Exception):
    """A parameter is missing, or is not what its action can work with, once references are looked up."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action of a flow, with its parameters looked up; a type of the flow language is a subclass of that name."""

    wrong_channel: ClassVar[str | None] = NO_MATCHING_ERROR
    """The error that it raises on a channel that it does not support; None when it looks at the channel itself."""
    log_name: ClassVar[str] = ""
    """ContactFlowModuleType in flow logs, where it is not the type itself: logs use the names of older blocks."""
    logged_results: ClassVar[str] = ""
    """The namespace that flow logs show as ExternalResults."""

    given: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The parameters under their names in the flow; not to be changed."""

    def run(self, host: Host, memory: Memory) -> Outcome:
        """Do it. May raise HostError and Unusable, which become error branches."""
        raise NotImplementedError(type(self).__name__)

    def resume(self, host: Host, memory: Memory, waiting: Waiting, event: Event) -> Outcome:
        """Go on after a wait that `run` or `resume` asked for."""
        raise NotImplementedError(type(self).__name__)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Action:
        """The action with these parameters; raises Unusable. Parameters that it does not know stay in `given` alone."""
        return cls(given=given, **_members(cls, given, "Parameters"))


A = TypeVar("A", bound=type[Action])
ACTIONS: dict[str, type[Action]] = {}
"""Every action type by its name."""


def action(cls: A) -> A:
    """Add an action type to the list. Raises ValueError for a name that is taken."""
    if cls.__name__ in ACTIONS:
        raise ValueError(f"there are two action types named {cls.__name__}")
    ACTIONS[cls.__name__] = cls
    return cls


# --- from JSON to fields

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_BOOLEANS = {"true": True, "false": False}


@lru_cache(maxsize=4096)
def snake_case(name: str) -> str:
    """The field of a parameter: `dtmf_configuration` of DTMFConfiguration."""
    return _WORDS.sub("_", name).lower()


def _members(cls: type, given: Mapping[str, Any], path: str) -> dict[str, Any]:
    converters, required = _fields(cls)
    members = {}
    for name, value in given.items():
        convert = converters.get(key := snake_case(name))
        if convert:
            members[key] = convert(value, f"{path}.{name}")
    if not members.keys() >= required:
        raise Unusable(f"{path} has no {', '.join(sorted(required - members.keys()))}")
    return members


@cache
def _fields(cls: type) -> tuple[dict[str, Callable[[Any, str], Any]], frozenset[str]]:
    """How each field is read, and those that have to be given."""
    hints = get_type_hints(cls)
    own = [each for each in fields(cls) if each.name != "given"]
    required = (each.name for each in own if each.default is MISSING and each.default_factory is MISSING)
    return {each.name: _converter(hints[each.name]) for each in own}, frozenset(required)


def _converter(hint: Any) -> Callable[[Any, str], Any]:
    if get_origin(hint) in (types.UnionType, Union):
        (hint,) = (each for each in get_args(hint) if each is not type(None))
    hint = get_origin(hint) or hint
    return partial(_nested, hint) if is_dataclass(hint) else _CONVERTERS[hint]


def _nested(cls: Any, value: Any, path: str) -> Any:
    return cls(**_members(cls, _object(value, path), path))


def _as_text(value: Any, path: str) -> str:
    return value if isinstance(value, str) else text_of(value)


def _integer(value: Any, path: str) -> int:
    text = text_of(value).strip()
    if not _INTEGER.fullmatch(text):
        raise Unusable(f"{path} must be a whole number, got {text[:100]!r}")
    return int(text)


def _boolean(value: Any, path: str) -> bool:
    text = text_of(value).strip().lower()
    if text not in _BOOLEANS:
        raise Unusable(f"{path} must be True or False, got {text[:100]!r}")
    return _BOOLEANS[text]


def _object(value: Any, path: str) -> Mapping[str, Any]:
    if not isinstance(value, (dict, Mapping)):
        raise Unusable(f"{path} must be an object, got {type(value).__name__}")
    return value


def _array(value: Any, path: str) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)):
        raise Unusable(f"{path} must be an array, got {type(value).__name__}")
    return value


def _anything(value: Any, path: str) -> Any:
    return value


_CONVERTERS: dict[Any, Callable[[Any, str], Any]] = {
    str: _as_text,
    int: _integer,
    bool: _boolean,
    Mapping: _object,
    Sequence: _array,
    Any: _anything,
}
