"""`mock_connect`: as decorator, as context manager, and with start and stop."""

from __future__ import annotations

import functools
import inspect
import os
import unittest
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, aclosing, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import Any, TypeVar, cast, overload

import boto3
from moto import mock_aws
from moto.core.config import DefaultConfig, default_user_config
from moto.core.models import MockAWS

from connect_mock import moto_bridge, sessions, settings
from connect_mock.handle import AmazonConnect
from connect_mock.settings import NO_QUOTAS_CHANGED, UK_MOBILE_NUMBERS

F = TypeVar("F", bound=Callable[..., Any])

CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
"""The environment variables that moto sets while it mocks."""


@dataclass
class Surroundings:
    """What a mock changes outside itself, as it was when they were taken."""

    environment: dict[str, str | None]
    default_session: Any
    session_parts: dict[str, Any]
    config: dict[str, Any]
    settings: settings.Settings

    @classmethod
    def taken(cls) -> Surroundings:
        """As they are now."""
        return cls(
            environment={name: os.environ.get(name) for name in CREDENTIALS},
            default_session=boto3.DEFAULT_SESSION,
            session_parts=sessions.parts(),
            config=dict(default_user_config),
            settings=settings.current,
        )

    def give_back(self) -> None:
        """Make them again what they were."""
        for name in CREDENTIALS:
            os.environ.pop(name, None)
        os.environ.update({name: value for name, value in self.environment.items() if value is not None})
        boto3.DEFAULT_SESSION = self.default_session
        sessions.use(self.session_parts)
        config = cast("dict[str, Any]", default_user_config)
        config.clear()
        config.update(self.config)
        settings.use(self.settings)


@dataclass
class Start:
    """One start that was not stopped yet."""

    by: MockConnect
    moto: MockAWS
    before: Surroundings


class MockConnect(MockAWS):
    """moto's `mock_aws` with this Connect in it, for one function, class or block.

    Nested ones, and moto's own inside or around it, share one state: the outermost starts it empty and clears it. They may end
    in any order, as those of several threads do.
    """

    _starts: list[Start] = []
    _lock = RLock()

    def __init__(
        self,
        *,
        region_name: str | None = None,
        account_id: str | None = None,
        empty_instances: bool = False,
        denied_destinations: tuple[str, ...] = UK_MOBILE_NUMBERS,
        quotas: Mapping[str, float] | None = NO_QUOTAS_CHANGED,
        check_other_services: bool = False,
        config: DefaultConfig | None = None,
    ) -> None:
        self._region_name = region_name
        self._account_id = account_id
        self._config = config
        self._settings = settings.Settings(empty_instances, tuple(denied_destinations), quotas, check_other_services)
        self.handle = self._new_handle()

    def __enter__(self) -> AmazonConnect:  # type: ignore[override]
        self.start()
        return self.handle

    def __exit__(self, *_: Any) -> None:
        self.stop()

    def start(self, reset: bool = True) -> None:
        """Start intercepting. While a mock runs, sessions of botocore share what is the same in each (`sessions`).

        The handle is a new one, unless this mock runs already or is told not to reset.
        """
        with self._lock:
            before, moto = Surroundings.taken(), mock_aws(config=self._config)
            try:
                moto.start(reset=reset)
            except BaseException:
                before.give_back()
                raise
            if reset and not any(start.by is self for start in self._starts):
                self.handle = self._new_handle()
            self._starts.append(Start(self, moto, before))
            sessions.use(sessions.SHARING)
            settings.use(self._settings)

    def stop(self, remove_data: bool = True) -> None:
        """Stop what `start` began; the last one gives botocore, the environment and the settings back as they were.

        Raises RuntimeError when this mock does not run.
        """
        with self._lock:
            mine = [index for index, start in enumerate(self._starts) if start.by is self]
            if not mine:
                raise RuntimeError("This mock_connect does not run: stop() was called without start()")
            ended, after = self._end(mine[-1])
            for name in CREDENTIALS:
                os.environ.setdefault(name, "")  # moto deletes them, and fails where the test already did
            moto_bridge.connect_backends.will_be_cleared()
            try:
                moto_bridge.stop(ended.moto, remove_data)
            finally:
                after.give_back()

    def _end(self, index: int) -> tuple[Start, Surroundings]:
        """The start at `index`, forgotten, and what comes after it: what was before, or what is while later ones run."""
        ended = self._starts.pop(index)
        if index == len(self._starts):
            return ended, ended.before
        self._starts[index].before = ended.before
        return ended, Surroundings.taken()

    def reset(self) -> None:
        """Forget everything that was made, and go on mocking."""
        self.handle.forget()
        moto_bridge.forget()

    def _new_handle(self) -> AmazonConnect:
        return AmazonConnect(self._region_name or default_region(), self._account_id)

    def _decorate_callable(self, func: Any, reset: bool, remove_data: bool) -> Any:
        if isinstance(func, (staticmethod, classmethod)):
            return type(func)(self._decorate_callable(func.__func__, reset, remove_data))
        return functools.wraps(func)(_wrapper(func, partial(self._during, reset, remove_data)))

    @contextmanager
    def _during(self, reset: bool, remove_data: bool) -> Iterator[None]:
        self.start(reset=reset)
        try:
            yield
        finally:
            self.stop(remove_data=remove_data)

    def _decorate_class(self, klass: type[Any]) -> type[Any]:
        """The tests of a class, with what happens around each of them; what it inherits counts as its own.

        moto leaves inherited tests and set-ups to the network, and the state of a test with a set-up to the next one.
        """
        if issubclass(klass, unittest.TestCase):
            for name in ("run", "debug"):
                setattr(klass, name, self(getattr(klass, name)))
            return klass
        for name in dir(klass):
            method = inspect.getattr_static(klass, name)
            if inspect.isfunction(method) and (name.startswith("test") or name in AROUND_A_TEST):
                setattr(klass, name, _with_arguments_it_takes(method) if name in AROUND_A_TEST else method)
        super()._decorate_class(klass)
        if hasattr(klass, "setup_method"):
            last = getattr(klass, "teardown_method", lambda *_: None)
            klass.teardown_method = self._decorate_callable(last, reset=False, remove_data=True)
        return klass


AROUND_A_TEST = ("setup_method", "teardown_method")


def _with_arguments_it_takes(method: Any) -> Any:
    """pytest hands the test over when it cannot see in the code of a method, as in a wrapper's, that it takes no argument."""
    parameters = inspect.signature(method).parameters.values()
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return method
    return functools.wraps(method)(lambda *arguments: method(*arguments[: len(parameters)]))


def _wrapper(func: Any, mock: Callable[[], AbstractContextManager[None]]) -> Any:
    """A function of the kind of `func` that runs it in a mock; a generator's mock ends with the generator."""

    def plain(*args: Any, **kwargs: Any) -> Any:
        with mock():
            return func(*args, **kwargs)

    def generator(*args: Any, **kwargs: Any) -> Any:
        with mock():
            return (yield from func(*args, **kwargs))

    async def coroutine(*args: Any, **kwargs: Any) -> Any:
        with mock():
            return await func(*args, **kwargs)

    async def async_generator(*args: Any, **kwargs: Any) -> Any:
        with mock():
            async with aclosing(func(*args, **kwargs)) as items:
                async for item in items:
                    yield item

    if inspect.isasyncgenfunction(func):
        return async_generator
    if inspect.iscoroutinefunction(func):
        return coroutine
    return generator if inspect.isgeneratorfunction(func) else plain


def default_region() -> str:
    """The Region of clients that the handle makes: the environment's, or us-east-1."""
    return os.environ.get("AWS_DEFAULT_REGION") or os.environ.get("AWS_REGION") or "us-east-1"


@overload
def mock_connect(func: F) -> F: ...


@overload
def mock_connect(
    *,
    region_name: str | None = None,
    account_id: str | None = None,
    empty_instances: bool = False,
    denied_destinations: tuple[str, ...] = UK_MOBILE_NUMBERS,
    quotas: Mapping[str, float] | None = NO_QUOTAS_CHANGED,
    check_other_services: bool = False,
    config: DefaultConfig | None = None,
) -> MockConnect: ...


def mock_connect(func: Any = None, **options: Any) -> Any:
    """Mock Amazon Connect, and with it every service that moto mocks.

    Use it bare or called, on functions, coroutine functions and classes, as a context manager that yields an AmazonConnect, or
    with `.start()` and `.stop()`.

    region_name: the Region of the handle's clients; the environment's default, or us-east-1.
    account_id: the account of the handle's clients; moto's default.
    empty_instances: a new instance holds nothing, where the real one holds the default flows.
    denied_destinations: prefixes of numbers that outbound calls are refused to; UK mobile numbers, as on a new account.
    quotas: other quotas than the service's defaults, by name, for example `{"queues": 5}`; None puts none in force.
    check_other_services: buckets, functions, keys and streams that a call names have to exist in moto.
    config: moto's, as for `mock_aws`.
    """
    if func is not None and not callable(func) and not isinstance(func, classmethod):
        raise TypeError(f"mock_connect takes a function or a class, or options by name; got {func!r}")
    mock = MockConnect(**options)
    return mock if func is None else mock(func)
