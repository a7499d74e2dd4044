"""The one module that knows moto's insides.

It puts ConnectBackend where moto keeps its own Connect, so that `mock_aws`, the server, `/moto-api`, accounts, IAM
enforcement, whitelists, passthrough and the recorder treat it as any service of moto; and it gives botocore a shorter way to
it than moto's, which costs more than the call.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import urlsplit

import moto.backend_index
import moto.connect
import moto.connect.models
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto import mock_aws
from moto import settings as moto_settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.base_backend import AccountSpecificBackend, BackendDict, backend_lock
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse
from moto.core.config import passthrough_service, passthrough_url, service_whitelisted
from moto.core.exceptions import ServiceNotWhitelisted
from moto.core.model_instances import model_data, reset_model_data
from moto.core.models import DEFAULT_ACCOUNT_ID, MockAWS
from moto.moto_api import recorder, state_manager
from moto.moto_api._internal import mock_random
from werkzeug.exceptions import HTTPException

from connect_mock import agenda, clock, dispatch, ids, lifecycle, moto_services, other_services
from connect_mock.backend import ConnectBackend
from connect_mock.contacts import arrangements, flow_logs
from connect_mock.errors import (
    AccessDeniedException,
    ConnectError,
    IncompleteSignatureException,
    InvalidSignatureException,
    MissingAuthenticationTokenException,
    UnrecognizedClientException,
)
from connect_mock.service_model import shared_loader
from connect_mock.wire import Answer, Request, front_end_refusal

try:
    from moto.core.resource_tagging import TaggableResourcesMixin, TaggedResource
except ImportError:  # before moto 5.2.2 the tagging API could not be joined
    TaggableResourcesMixin = object  # type: ignore[assignment,misc]

# --- hosts ------------------------------------------------------------------------------------------------------------


def _domains() -> str:
    """The domains of all partitions as botocore knows them, dual-stack ones too, as alternatives of a pattern."""
    partitions = shared_loader(os.environ.get("AWS_DATA_PATH")).load_data("partitions")["partitions"]
    outputs = [each["outputs"] for each in partitions]
    names = {each[kind] for each in outputs for kind in ("dnsSuffix", "dualStackDnsSuffix") if kind in each}
    return "|".join(re.escape(name) for name in sorted(names))


HOST = re.compile(
    r"(?:.+?\.)??(?P<service>participant\.connect|contact-lens|connect)(?:-fips)?"
    rf"\.(?P<region>(?!s3\b)[a-z0-9-]+)\.(?:vpce\.)?(?:{_domains()})"
)
"""Also with a Region that does not exist, so that nothing is sent there; but `connect.s3` is a bucket."""
SERVICE_OF_HOST = {
    "connect": "connect",
    "participant.connect": "connectparticipant",
    "contact-lens": "connect-contact-lens",
}
_REGION = re.compile(r"[a-z]+(?:-[a-z]+)+-\d+")


@lru_cache(maxsize=256)
def addressed(host: str) -> tuple[str, str] | None:
    """The service, by botocore's name, and the Region that a host name stands for; None for a host of others."""
    found = HOST.fullmatch(host.partition(":")[0].lower())
    return (SERVICE_OF_HOST[found["service"]], found["region"]) if found else None


# --- backends ---------------------------------------------------------------------------------------------------------


class MotoConnectBackend(ConnectBackend, TaggableResourcesMixin):
    """ConnectBackend with what moto asks of a backend."""

    SERVICE_NAMESPACE = "connect"

    def everywhere(self) -> list[MotoConnectBackend]:
        return all_backends()

    def in_region(self, region_name: str) -> MotoConnectBackend:
        return connect_backends[self.account_id][region_name]

    @property
    def urls(self) -> dict[str, Any]:
        """One pattern: the dispatcher does the routing."""
        return {".*": answer_moto}

    @property
    def url_paths(self) -> dict[str, Any]:
        return {"/.*": answer_moto}

    @property
    def flask_paths(self) -> dict[str, Any]:
        return {"/": answer_moto, "/<path:path>": answer_moto}

    def iter_tagged_resources(self) -> Iterator[TaggedResource]:
        """Everything taggable, for the Resource Groups Tagging API."""
        with dispatch.lock:
            taggable = [resource for resource in self.resources() if resource.taggable]
        for resource in taggable:
            yield TaggedResource(resource.arn, resource.tags, f"connect:{resource.arn_type}")

    def owns_arn(self, arn: str) -> bool:
        """Whether the tagging API may tag it here: it has to exist."""
        return self.tagged(arn) is not None


class Account(AccountSpecificBackend[MotoConnectBackend]):
    """An account's backends. Any Region will do, not only those that an older botocore lists for Connect."""

    def __contains__(self, region_name: object) -> bool:
        """moto's server asks for us-east-1 before the first request has made a backend."""
        return region_name in self.keys() or bool(_REGION.fullmatch(str(region_name))) or moto_settings.allow_unknown_region()

    def __getitem__(self, region_name: str) -> MotoConnectBackend:
        if region_name not in self.keys():
            if region_name not in self:
                raise KeyError(region_name)
            with backend_lock:
                self.setdefault(region_name, MotoConnectBackend(region_name, self.account_id))
        return dict.__getitem__(self, region_name)


class ConnectBackends(BackendDict[MotoConnectBackend]):
    """All accounts. Cleared by moto when a mock ends or `/moto-api/reset` is called; the clock goes with it."""

    def __getitem__(self, account_id: str) -> AccountSpecificBackend[MotoConnectBackend]:
        with backend_lock:  # moto makes it, then looks it up; a reset in another thread may come between
            return super().__getitem__(account_id)

    def _create_account_specific_backend(self, account_id: str) -> None:
        if account_id not in self.keys():
            with backend_lock:
                self.setdefault(account_id, Account("connect", account_id, MotoConnectBackend, False, None))
            self.will_be_cleared()

    def will_be_cleared(self) -> None:
        """Have moto clear this at its next reset. It passes over what nobody used, but the clock may be advanced."""
        in_use: list[Any] = BackendDict._instances  # type: ignore[misc]
        with backend_lock:
            if self not in in_use:
                in_use.append(self)

    def clear(self) -> None:
        """Called while no call is answered: see `between_calls`."""
        super().clear()
        agenda.clear()
        arrangements.clear()
        flow_logs.clear()
        clock.reset()


connect_backends = ConnectBackends(MotoConnectBackend, "connect", use_boto3_regions=False)


def all_backends() -> list[MotoConnectBackend]:
    """The backends in use, of all accounts and Regions."""
    return [backend for account in list(connect_backends.values()) for backend in list(account.values())]


def between_calls(moto_reset: Callable[[], None]) -> Callable[[], None]:
    """moto's reset of all services, done while no call is answered.

    It holds `backend_lock`, which a call may need to reach another service. So nobody may hold that lock and wait for a call
    to end: who needs both locks takes the dispatcher's first.
    """

    @functools.wraps(moto_reset)
    def reset() -> None:
        with dispatch.lock:
            moto_reset()

    return reset


def forget() -> None:
    """Empty all backends of all services while the mock goes on. moto's own `reset` would let `requests` out afterwards."""
    if not moto_settings.TEST_DECORATOR_MODE:
        mock_aws().reset()
    BackendDict.reset()
    reset_model_data()


def stop(mock: MockAWS, remove_data: bool) -> None:
    """Stop a mock of moto, and take back what it patched: moto itself leaves some of it when the mock was not the last."""
    try:
        mock.stop(remove_data=remove_data)
    finally:
        mock._default_session_mock.stop()
        mock._user_config_mock.stop()


# --- who calls --------------------------------------------------------------------------------------------------------

_ACCESS_KEY = re.compile(r"AWS.*(?<![A-Z0-9])([A-Z0-9]{20})(?![A-Z0-9])[:/]")


def account_of(headers: Any) -> str:
    """The account that a request is for, by moto's rules: MOTO_ACCOUNT_ID, x-moto-account-id, the access key, the default."""
    if "MOTO_ACCOUNT_ID" in os.environ:
        return os.environ["MOTO_ACCOUNT_ID"]
    named = headers.get("x-moto-account-id")
    if named:
        return _text(named)
    iam = sys.modules.get("moto.iam.models")  # until it is loaded, nobody has made an access key
    return str(iam.get_account_id_from(_access_key(headers))) if iam else DEFAULT_ACCOUNT_ID


def _access_key(headers: Any) -> str:
    found = _ACCESS_KEY.search(_text(headers.get("authorization", "")))
    return found[1] if found else "AKIAEXAMPLE"


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def authorize(request: Request, account_id: str, region_name: str, host: str, operation: str) -> None:
    """moto's IAM enforcement, when it is switched on; notes in IAM that the access key was used."""
    if iam := sys.modules.get("moto.iam.models"):
        iam.mark_account_as_visited(
            account_id=account_id, access_key=_access_key(request.headers), service="connect", region=region_name
        )
    if ActionAuthenticatorMixin.request_count < moto_settings.INITIAL_NO_AUTH_ACTION_COUNT:
        ActionAuthenticatorMixin.request_count += 1
        return
    _check_signed(_text(request.headers.get("authorization", "")), region_name)
    _enforce(request, account_id, host, operation)


def _check_signed(authorization: str, region_name: str) -> None:
    if not authorization:
        raise MissingAuthenticationTokenException("Missing Authentication Token")
    lacking = [part for part in ("Credential", "SignedHeaders", "Signature") if f"{part}=" not in authorization]
    if lacking:
        raise IncompleteSignatureException(" ".join(f"Authorization header requires '{part}' parameter." for part in lacking))
    scope = signed_scope(authorization)
    if scope is None:
        raise IncompleteSignatureException("Credential must have exactly 5 slash-delimited elements")
    if "x-amz-date" not in _part("SignedHeaders", authorization).split(";"):
        raise IncompleteSignatureException("Authorization header requires existence of a signed 'X-Amz-Date' header.")
    if scope[0] != "connect":
        raise InvalidSignatureException("Credential should be scoped to correct service: 'connect'.")
    if scope[1] != region_name:
        raise InvalidSignatureException(f"Credential should be scoped to a valid Region, not '{scope[1]}'.")


def _enforce(request: Request, account_id: str, host: str, operation: str) -> None:
    from moto.iam.access_control import IAMRequest
    from requests.structures import CaseInsensitiveDict

    headers: Any = CaseInsensitiveDict({key.title(): _text(value) for key, value in request.headers.items()})
    url = f"https://{host or headers.get('host', '')}{request.path}{'?' if request.query else ''}{request.query}"
    try:
        signed = IAMRequest(account_id, request.method, url, {}, request.body, headers, operation)
        signed.check_signature()
        signed.check_action_permitted("*")
    except HTTPException as refused:
        kind = REFUSALS.get(getattr(refused, "error_type", ""), UnrecognizedClientException)
        raise _front_end(kind, refused) from None


REFUSALS: dict[str, type[ConnectError]] = {
    "AccessDenied": AccessDeniedException,
    "SignatureDoesNotMatch": InvalidSignatureException,
}
"""What a REST-JSON service calls moto's refusals, which have the names of the query protocol."""


def _front_end(kind: type[ConnectError], refused: HTTPException) -> ConnectError:
    error = kind(str(getattr(refused, "message", refused.description)))
    error.status = refused.code or 403
    return error


# --- the ways in ------------------------------------------------------------------------------------------------------


def answer(request: Request, service: str, region_name: str, host: str = "") -> Answer:
    """The answer to a request for one of the services in a Region, whatever way it came.

    `host` is what the request was signed for, where its headers do not tell. A Region that cannot exist is refused, unless
    MOTO_ALLOW_NONEXISTENT_REGION is true. The participant service is not under IAM: its calls carry a token of their own.
    """
    account_id = account_of(request.headers)
    account = connect_backends[account_id]
    if region_name not in account:
        problem = f"Credential should be scoped to a valid Region, not '{region_name}'."
        return front_end_refusal(InvalidSignatureException(problem))
    allow = None if service == "connectparticipant" else partial(authorize, request, account_id, region_name, host)
    reached = host or request.headers.get("host", "")
    moto_services.server_host.set("" if addressed(reached) else reached)
    return dispatch.answer(request, service, account[region_name], allow)


Handler = Callable[..., "AWSResponse | None"]


def answer_botocore_first(moto_handler: Handler) -> Handler:
    """moto's handler of botocore's `before-send`, with the short way in before it.

    moto's own object stays registered, so that clients made at any time after moto was imported come this way; a handler
    beside it would not do, as botocore calls all of them.
    """

    @functools.wraps(moto_handler)
    def handler(stubber: BotocoreStubber, event_name: str, request: Any, **kwargs: Any) -> AWSResponse | None:
        if stubber.enabled and event_name.startswith("before-send.connect"):
            response = answer_botocore(request)
            if response is not None:
                return response
        return moto_handler(stubber, event_name, request, **kwargs)

    return handler


def answer_botocore(request: AWSPreparedRequest) -> AWSResponse | None:
    """The answer to a request that botocore would send now; None when it is not for Connect, or is to pass through."""
    scheme, _, host, rest = request.url.split("/", 3)
    target = addressed(host)
    if target is None or passthrough_service("connect"):
        return None
    path, _, query = rest.partition("?")
    if passthrough_url(f"{scheme}//{host}/{path}"):
        return None
    if not service_whitelisted("connect"):
        raise ServiceNotWhitelisted("connect")
    record(request)
    headers: Any = request.headers
    found = Request(request.method, f"/{path}", query, headers, _bytes(request.body))
    answered = answer(found, *target, host)
    return AWSResponse(request.url, answered.status, answered.headers, MockRawResponse(answered.body))  # type: ignore[arg-type]


def _bytes(body: Any) -> bytes:
    if body is None or isinstance(body, bytes):
        return body or b""
    return body.encode() if isinstance(body, str) else bytes(body.read() if hasattr(body, "read") else body)


def record(request: Any) -> None:
    """Write the request down when moto's recorder is on. It is a request of botocore or of moto."""
    if recorder._user_enabled:
        recorder._record_request(_normalized(request))


@cache
def _normalizer() -> Any:
    """What moto's recorder wants made of a request first. Before moto 5.2.2 that was text in place of bytes in the headers."""
    from moto.core import request

    return request.normalize_request if hasattr(request.Request, "raw_url") else _with_text_headers


def _with_text_headers(request: Any) -> Any:
    for name, value in list(request.headers.items()):
        request.headers[name] = _text(value)
    return request


def _normalized(request: Any) -> Any:
    return _normalizer()(request)


def answer_moto(request: Any, full_url: str, headers: Any, **_: Any) -> tuple[int, dict[str, str], bytes]:
    """The way in through moto: clients that know only its handler, `requests` through `responses`, and its server."""
    url = urlsplit(getattr(request, "raw_url", None) or _raw_url(request, full_url))
    service, region_name = addressed(url.netloc) or ("connect", _signed_region(headers))
    body = request.get_data() if hasattr(request, "get_data") else _bytes(request.body)
    lowered = {key.lower(): _text(value) for key, value in headers.items()}
    found = Request(request.method, url.path, url.query, lowered, body)
    return answer(found, service, region_name, url.netloc)


def _raw_url(request: Any, full_url: str) -> str:
    """The URL as it was sent. Before moto 5.2.2 its path is decoded, and an ARN in it is not one segment any more."""
    sent = urlsplit(getattr(request, "environ", {}).get("RAW_URI", ""))
    url = urlsplit(full_url)
    return url._replace(path=sent.path or url.path).geturl()


def signed_scope(authorization: str) -> tuple[str, str] | None:
    """The service (by its signing name) and the Region in a signature; None where there is none."""
    scope = _part("Credential", authorization).split("/")
    return (scope[3], scope[2]) if len(scope) == 5 else None


def _part(name: str, authorization: str) -> str:
    return authorization.partition(f"{name}=")[2].partition(",")[0]


def _signed_region(headers: Any) -> str:
    scope = signed_scope(_text(headers.get("Authorization", "")))
    return scope[1] if scope else "us-east-1"


# --- moto's data.json -------------------------------------------------------------------------------------------------


class ModelData:
    """The resources of one class as `/moto-api/data.json` and moto's dashboard want them."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def instances_tracked(self) -> list[Any]:
        with dispatch.lock:
            resources = [resource for backend in all_backends() for resource in backend.resources()]
        return [resource for resource in resources if type(resource).__name__ == self.name]

    @instances_tracked.setter
    def instances_tracked(self, ignored: list[Any]) -> None:
        """moto empties it when a mock ends; the backends are cleared then."""


def _resource_classes() -> list[str]:
    from connect_mock.resource import Resource

    pending, names = [Resource], []
    while pending:
        subclasses = pending.pop().__subclasses__()
        names += [each.__name__ for each in subclasses if each.arn_type and each.__module__.startswith("connect_mock.")]
        pending += subclasses
    return sorted(set(names))


# --- installation -----------------------------------------------------------------------------------------------------


def install() -> None:
    """Put this Connect in the place of moto's. Done once, when `connect_mock` is imported."""
    for module in (moto.connect, moto.connect.models):
        vars(module)["connect_backends"] = connect_backends
    url = re.compile(rf"https?://{HOST.pattern}(?::\d+)?(?:/|$)", re.IGNORECASE)
    patterns = moto.backend_index.backend_url_patterns
    patterns[:] = [("connect", url), *(each for each in patterns if each[0] != "connect")]
    BotocoreStubber.__call__ = answer_botocore_first(BotocoreStubber.__call__)  # type: ignore[method-assign]
    BackendDict.reset = staticmethod(between_calls(BackendDict.reset))  # type: ignore[method-assign]
    other_services.use(moto_services.MotoServices())
    ids.use(mock_random)
    lifecycle.use(state_manager.get_transition)
    for name in ("instance", "replication", "phone_number", "traffic_distribution_group", "vocabulary", "attached_file"):
        state_manager.register_default_transition(f"connect::{name}", {"progression": "immediate"})
    model_data["connect"] = {name: ModelData(name) for name in _resource_classes()}
