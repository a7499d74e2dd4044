"""`mock_connect`: as decorator, as context manager, and with start and stop; and the handle that tests hold."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from threading import RLock
from types import ModuleType
from typing import Any, TypeVar, cast, overload
from unittest.mock import patch

import boto3
import botocore.session
from moto import mock_aws
from moto.core.config import DefaultConfig
from moto.core.models import MockAWS

from connect_mock import clock, settings
from connect_mock.service_model import shared_loader

F = TypeVar("F", bound=Callable[..., Any])


class AmazonConnect:
    """What a test holds: clients, an instance and the clock, each made when first asked for."""

    clock: ModuleType = clock
    """`clock.now()` and `clock.advance(seconds)`."""

    def __init__(self, region_name: str, account_id: str | None = None) -> None:
        self.region_name = region_name
        self.account_id = account_id

    @functools.cached_property
    def client(self) -> Any:
        """A boto3 client of Amazon Connect."""
        return self._client("connect")

    @functools.cached_property
    def participant_client(self) -> Any:
        """A boto3 client of the Amazon Connect Participant Service."""
        return self._client("connectparticipant")

    @functools.cached_property
    def instance(self) -> dict[str, Any]:
        """An instance made for this test, as DescribeInstance shows it."""
        made = self.client.create_instance(
            IdentityManagementType="CONNECT_MANAGED",
            InstanceAlias="connect-mock",
            InboundCallsEnabled=True,
            OutboundCallsEnabled=True,
        )
        return cast("dict[str, Any]", self.client.describe_instance(InstanceId=made["Id"])["Instance"])

    @property
    def instance_id(self) -> str:
        """The id of `instance`."""
        return cast("str", self.instance["Id"])

    def _client(self, service: str) -> Any:
        client = boto3.client(service, region_name=self.region_name)  # type: ignore[call-overload]
        if self.account_id:
            client.meta.events.register(f"before-call.{client.meta.service_model.service_id.hyphenize()}", self._for_account)
        return client

    def _for_account(self, params: dict[str, Any], **_: Any) -> None:
        params["headers"]["x-moto-account-id"] = self.account_id


class MockConnect(MockAWS):
    """moto's `mock_aws` with this Connect in it, for one function, class or block.

    Nested ones, and moto's own inside or around it, share one state: the outermost starts it empty and clears it.
    """

    _running = 0
    _lock = RLock()
    _sharing = patch.object(botocore.session, "create_loader", shared_loader)

    def __init__(
        self,
        *,
        region_name: str | None = None,
        account_id: str | None = None,
        empty_instances: bool = False,
        config: DefaultConfig | None = None,
    ) -> None:
        self._moto = mock_aws(config=config)
        self._settings = settings.Settings(empty_instances=empty_instances)
        self._settings_before: list[settings.Settings] = []
        self.handle = AmazonConnect(region_name or default_region(), account_id)

    def __enter__(self) -> AmazonConnect:  # type: ignore[override]
        self.start()
        return self.handle

    def __exit__(self, *_: Any) -> None:
        self.stop()

    def start(self, reset: bool = True) -> None:
        """Start intercepting. While a mock runs, sessions of botocore share one copy of the service models."""
        with self._lock:
            if MockConnect._running == 0:
                self._sharing.start()
            MockConnect._running += 1
            self._settings_before.append(settings.use(self._settings))
            self._moto.start(reset=reset)

    def stop(self, remove_data: bool = True) -> None:
        """Stop what `start` began; the last one gives botocore back as it was."""
        with self._lock:
            self._moto.stop(remove_data=remove_data)
            settings.use(self._settings_before.pop())
            MockConnect._running -= 1
            if MockConnect._running == 0:
                self._sharing.stop()

    def reset(self) -> None:
        """Forget everything, as moto's `reset` does."""
        self._moto.reset()

    def _decorate_callable(self, func: Any, reset: bool, remove_data: bool) -> Any:
        if not inspect.iscoroutinefunction(func):
            return super()._decorate_callable(func, reset, remove_data)

        @functools.wraps(func)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            self.start(reset=reset)
            try:
                return await func(*args, **kwargs)
            finally:
                self.stop(remove_data=remove_data)

        return wrapper


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
    config: DefaultConfig | None = None,
) -> MockConnect: ...


def mock_connect(func: Any = None, **options: Any) -> Any:
    """Mock Amazon Connect, and with it every service that moto mocks.

    Use it bare or called, on functions, coroutine functions and classes, as a context manager that yields an AmazonConnect, or
    with `.start()` and `.stop()`.

    region_name: the Region of the handle's clients; the environment's default, or us-east-1.
    account_id: the account of the handle's clients; moto's default.
    empty_instances: a new instance holds nothing, where the real one holds the default flows.
    config: moto's, as for `mock_aws`.
    """
    mock = MockConnect(**options)
    return mock if func is None else mock(func)
