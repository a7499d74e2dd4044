"""What sessions share while a mock runs changes nothing that they do."""

from __future__ import annotations

import functools
import inspect
import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import botocore
import botocore.session
import pytest
from botocore.handlers import BUILTIN_HANDLERS
from botocore.hooks import EVENT_ALIASES, EventAliaser, HierarchicalEmitter
from botocore.loaders import JSONFileLoader

from connect_mock import mock_connect, sessions
from connect_mock.service_model import ModelFiles

EVENTS = sorted({event for event, *_ in BUILTIN_HANDLERS} | {f"before-call.{name}.Describe" for name in EVENT_ALIASES})


@pytest.fixture
def session() -> Iterator[Any]:
    """A session of botocore, made in a mock."""
    with mock_connect():
        yield botocore.session.Session()


def test_sessions_are_made_as_before_when_the_mock_has_ended() -> None:
    before = sessions.parts()
    with mock_connect():
        assert sessions.parts() == sessions.SHARING != before
    assert sessions.parts() == before


def test_a_session_of_a_mock_has_the_handlers_of_any_other(session: Any) -> None:
    for event in EVENTS:
        assert called(session, event) == called(botocore.session.Session(), event)


def called(session: Any, event: str) -> list[Any]:
    handlers = session._events._emitter._handlers.prefix_search(session._events._alias_event_name(event))
    return [getattr(handler, "__qualname__", type(handler)) for handler in handlers]


def test_a_handler_of_one_session_is_not_called_in_another(session: Any) -> None:
    heard: list[str] = []
    session.register("something", lambda event_name, **_: heard.append(event_name))
    botocore.session.Session().emit("something")
    assert heard == []
    session.emit("something")
    assert heard == ["something"]


# --- names of events


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_has_the_name_that_botocore_gives_it(event: str) -> None:
    expected = EventAliaser(HierarchicalEmitter())._alias_event_name(event)
    for _ in range(2):
        assert sessions.SharedAliaser(HierarchicalEmitter())._alias_event_name(event) == expected


def test_aliases_of_one_s_own_are_not_shared() -> None:
    own, others = (sessions.SharedAliaser(HierarchicalEmitter(), aliases) for aliases in ({"mine": "yours"}, None))
    assert own._alias_event_name("mine.event") == "yours.event"
    assert others._alias_event_name("mine.event") == "mine.event"


# --- handlers


def with_keywords(**_: Any) -> None: ...


def without_keywords() -> None: ...


class Handlers:
    def with_keywords(self, **_: Any) -> None: ...

    def without_keywords(self) -> None: ...

    __call__ = with_keywords


def with_a_signature_put_on_it(**_: Any) -> None: ...


vars(with_a_signature_put_on_it)["__signature__"] = inspect.signature(without_keywords)


HANDLERS: list[Callable[..., Any]] = [
    with_keywords,
    without_keywords,
    with_a_signature_put_on_it,
    Handlers(),
    Handlers().with_keywords,
    Handlers().without_keywords,
    functools.partial(with_keywords, first=1),
    functools.partial(without_keywords),
    functools.wraps(without_keywords)(lambda **_: None),
    functools.wraps(with_keywords)(lambda: None),
]


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_is_taken_or_refused_as_by_botocore(handler: Callable[..., Any]) -> None:
    assert is_taken(sessions.QuickEmitter(), handler) == is_taken(HierarchicalEmitter(), handler)


def is_taken(emitter: Any, handler: Callable[..., Any]) -> bool:
    try:
        emitter.register("event", handler)
    except ValueError:
        return False
    return True


# --- models


@pytest.mark.parametrize("name", ["connect/2017-08-08/service-2", "connect/2017-08-08/paginators-1", "partitions", "_retry"])
def test_a_model_is_read_as_botocore_reads_it(name: str) -> None:
    path = os.path.join(os.path.dirname(botocore.__file__), "data", name)
    read, expected = ModelFiles().load_file(path), JSONFileLoader().load_file(path)
    assert expected is not None
    assert json.dumps(read) == json.dumps(expected)


def test_a_model_that_does_not_exist_is_not_found() -> None:
    assert ModelFiles().load_file("connect/2017-08-08/service-3") is None
