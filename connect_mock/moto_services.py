"""What Amazon Connect asks of other services, answered by moto's backends in this process.

A backend is loaded when it is first asked. Not emulated: that a pre-signed URL expires, because moto's S3 takes it at any
time, and permissions: Connect may do everything.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from botocore.auth import SIGV4_TIMESTAMP, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.backends import get_backend

from connect_mock import clock
from connect_mock.other_services import FunctionError, S3Object

server_host: ContextVar[str] = ContextVar("server_host", default="")
"""The host and port by which the caller of this request reached a server; empty where it spoke to a host of AWS."""


class Arn(NamedTuple):
    """The parts of an ARN that follow its partition."""

    service: str
    region: str
    account: str
    resource: str


def parse_arn(arn: str) -> Arn:
    """`arn:aws:kms:us-east-1:123456789012:key/k` in its parts."""
    return Arn(*arn.split(":", 5)[2:])


def _backend(service: Any, account_id: str, region_name: str) -> Any:
    """moto's backend; raises KeyError for a Region that it does not have."""
    return get_backend(service)[account_id][region_name]


class MotoServices:
    """The services as moto has them. See `OtherServices`."""

    def exists(self, arn: str) -> bool:
        parts = parse_arn(arn)
        look = LOOKS.get(parts.service)
        try:
            return look is None or look(arn, parts)
        except KeyError:  # of the Region
            return False

    # --- S3

    def presigned_url(
        self,
        method: str,
        where: S3Object,
        region_name: str,
        seconds: int,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> str:
        asked = f"?{urlencode(query, quote_via=quote)}" if query else ""
        request = AWSRequest(method, f"{_address(where, region_name)}{asked}", headers=dict(headers or {}))
        Signer(SIGNED_BY, "s3", region_name, expires=seconds).add_auth(request)
        return str(request.url)

    def read_object(self, where: S3Object) -> bytes | None:
        holder = _holder(where.bucket)
        found = holder.get_object(*where) if holder else None
        return found.value if found else None

    def write_object(self, where: S3Object, body: bytes, content_type: str, account_id: str, region_name: str) -> None:
        self.ensure_bucket(where.bucket, account_id, region_name)
        _holder(where.bucket).put_object(*where, body).set_metadata({"Content-Type": content_type})

    def ensure_bucket(self, bucket: str, account_id: str, region_name: str) -> None:
        if _holder(bucket) is None:
            from moto.utilities.utils import get_partition

            _backend("s3", account_id, get_partition(region_name)).create_bucket(bucket, region_name)

    def delete_object(self, where: S3Object) -> None:
        holder = _holder(where.bucket)
        if holder and holder.get_object(*where):
            holder.delete_object(*where)

    # --- Lambda and CloudWatch Logs

    def invoke_function(self, function: str, payload: str, account_id: str = "", region_name: str = "") -> str | None:
        if function.startswith("arn:"):
            _, region_name, account_id, _ = parse_arn(function)
        lambdas = _lambdas(account_id, region_name, function)
        if lambdas is None:
            return None
        headers: dict[str, str] = {}
        try:
            answer = lambdas.invoke(function, None, payload, {}, headers)
        except Exception as problem:  # whatever it is that keeps moto from running it, such as a Docker that is not there
            raise FunctionError(f"{type(problem).__name__}: {problem}") from problem
        text = answer.decode() if isinstance(answer, bytes) else str(answer)
        if "x-amz-function-error" in headers:
            raise FunctionError(text)
        return _as_json(text)

    def put_log_events(
        self, group: str, stream: str, events: Sequence[Mapping[str, Any]], account_id: str, region_name: str
    ) -> None:
        logs = _backend("logs", account_id, region_name)
        logs.ensure_log_group(group)
        logs.ensure_log_stream(group, stream)
        # Not by way of the backend, which drops what lies more than two hours ahead: the clock may have been advanced.
        logs.groups[group].put_log_events(stream, [dict(event) for event in events])


# --- does it exist ----------------------------------------------------------------------------------------------------


def _bucket_exists(arn: str, parts: Arn) -> bool:
    return _holder(parts.resource.partition("/")[0]) is not None


def _function_exists(arn: str, parts: Arn) -> bool:
    return _lambdas(parts.account, parts.region, arn) is not None


def _key_exists(arn: str, parts: Arn) -> bool:
    keys, (kind, _, name) = _backend("kms", parts.account, parts.region), parts.resource.partition("/")
    return keys.get_key_id_from_alias(parts.resource) is not None if kind == "alias" else name in keys.keys


def _stream_exists(arn: str, parts: Arn) -> bool:
    streams = _backend("kinesis", parts.account, parts.region).streams
    return any(stream.arn == arn for stream in streams.values())


def _delivery_stream_exists(arn: str, parts: Arn) -> bool:
    streams = _backend("firehose", parts.account, parts.region).delivery_streams
    return any(stream.delivery_stream_arn == arn for stream in streams.values())


def _video_stream_exists(arn: str, parts: Arn) -> bool:
    return arn in _backend("kinesisvideo", parts.account, parts.region).streams


def _directory_exists(arn: str, parts: Arn) -> bool:
    return parts.resource.removeprefix("directory/") in _backend("ds", parts.account, parts.region).directories


def _bot_exists(arn: str, parts: Arn) -> bool:
    """A bot or alias of Lex V2. moto has no Lex V1, whose ARNs have colons in the place of slashes."""
    kind, *ids = parts.resource.split("/")
    if kind not in ("bot", "bot-alias"):
        return True
    bots = _backend("lexv2models", parts.account, parts.region)
    if kind == "bot":
        return ids[0] in bots.bots
    alias = bots.bot_aliases.get(ids[-1])
    return alias is not None and alias.bot_id == ids[0]


LOOKS: dict[str, Callable[[str, Arn], bool]] = {
    "s3": _bucket_exists,
    "lambda": _function_exists,
    "kms": _key_exists,
    "kinesis": _stream_exists,
    "firehose": _delivery_stream_exists,
    "kinesisvideo": _video_stream_exists,
    "ds": _directory_exists,
    "lex": _bot_exists,
}
"""By the service in the ARN, how to see whether a thing is there. They raise KeyError for a Region that moto does not have."""


def _holder(bucket: str) -> Any:
    """The backend of S3 that has the bucket, whosever it is; None for no such bucket."""
    s3 = sys.modules.get("moto.s3.models")  # until it is loaded, nobody has made a bucket
    owner = s3.s3_backends.bucket_accounts.get(bucket) if s3 else None
    return s3.s3_backends[owner[1]][owner[0]] if s3 and owner else None


def _lambdas(account_id: str, region_name: str, function: str) -> Any:
    """The backend of Lambda, with or without Docker as the mock is configured; None when it has no such function."""
    from moto.awslambda.exceptions import LambdaClientError
    from moto.awslambda.utils import get_backend as lambda_backend

    try:
        backend = lambda_backend(account_id, region_name)
        backend.get_function(function)
    except (LambdaClientError, KeyError):
        return None
    return backend


def _as_json(text: str) -> str:
    """moto's Lambda without Docker may answer plain text, where a function answers JSON only."""
    try:
        json.loads(text)
    except ValueError:
        return json.dumps(text)
    return text


# --- pre-signed URLs --------------------------------------------------------------------------------------------------

SIGNED_BY = Credentials("ASIACONNECTMOCK00000", "connect-mock")
"""The service signs with credentials of its own. Nobody checks the signature."""

NAME_OF_A_HOST = re.compile(r"[a-z0-9][a-z0-9-]*")
"""The names of buckets that S3 clients put into the name of the host."""


class Signer(S3SigV4QueryAuth):
    """Signs URLs as S3 clients do, at the time of the mock's clock."""

    def add_auth(self, request: Any) -> None:
        request.context["timestamp"] = clock.now().strftime(SIGV4_TIMESTAMP)
        self._modify_request_before_signing(request)  # type: ignore[attr-defined]
        to_sign = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(to_sign, request))  # type: ignore[attr-defined]


def _address(where: S3Object, region_name: str) -> str:
    """The URL of an object: at the server that the caller speaks to, or at S3 itself, where moto intercepts it."""
    key = quote(where.key, safe="/~")
    if host := server_host.get():
        return f"http://{host}/{where.bucket}/{key}"
    if NAME_OF_A_HOST.fullmatch(where.bucket):
        return f"https://{where.bucket}.s3.{region_name}.amazonaws.com/{key}"
    return f"https://s3.{region_name}.amazonaws.com/{where.bucket}/{key}"
