"""The standalone server: all of moto on one port, with this Connect served straight from the dispatcher.

Requests for the services of Amazon Connect go to the dispatcher, in the event loop: a call takes microseconds. Everything
else, `/moto-api` included, goes to moto's own WSGI application on threads. There is one process and one state.

Not served: WebSockets, and moto's own options for TLS and reloading.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from threading import Event, Thread
from types import FrameType, TracebackType
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from a2wsgi import WSGIMiddleware
from botocore.awsrequest import AWSPreparedRequest
from moto import settings as moto_settings
from moto.moto_api import recorder
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from connect_mock import dispatch, moto_bridge, settings
from connect_mock.errors import InternalServiceException, UnknownOperationException
from connect_mock.service_model import SERVICES
from connect_mock.wire import MAX_BODY, Answer, Request, front_end_refusal

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOTO_THREADS = 32
"""Requests to other services that run at once. Some services call others through the server, so a few would not do."""

SECONDS_TO_FINISH = 3
"""How long requests in progress may take when the server is told to stop."""

SECONDS_OF_SILENCE = 75
"""How long an idle connection is kept. Longer than clients keep theirs, or they would meet a closing one now and then."""


# --- whose request is it ----------------------------------------------------------------------------------------------


def addressee(request: Request) -> tuple[str, str] | None:
    """The service of Amazon Connect, by botocore's name, and the Region that a request is for; None when it is for others.

    A Connect host in the Host header says it. Otherwise the signature does, with the route where services share a signing
    name. Participants may not sign; then the route alone does.
    """
    scope = _signature(request)
    host = moto_bridge.addressed(request.headers.get("host", ""))
    service = host[0] if host else _service(scope[0] if scope else None, request)
    if service is None:
        return None
    return service, scope[1] if scope else host[1] if host else "us-east-1"


def _signature(request: Request) -> tuple[str, str] | None:
    authorization = request.headers.get("authorization")
    if authorization is None and "X-Amz-Credential=" in request.query:
        authorization = f"Credential={parse_qs(request.query).get('X-Amz-Credential', [''])[0]}"
    return moto_bridge.signed_scope(authorization) if authorization else None


def _service(signing_name: str | None, request: Request) -> str | None:
    with_route = (name for name in _services_signed_as(signing_name) if _has_route(name, request))
    return next(with_route, "connect" if signing_name == "connect" else None)


@cache
def _services_signed_as(signing_name: str | None) -> list[str]:
    """The services other than Connect itself with that signing name; for None those that can be called unsigned."""
    if signing_name is None:
        return ["connectparticipant"]  # its bearer tokens are the credentials; only some SDKs sign as well
    others = [name for name in SERVICES if name != "connect"]
    return [name for name in others if dispatch.service(name).model.signing_name == signing_name]


def _has_route(service: str, request: Request) -> bool:
    with suppress(UnknownOperationException):
        return bool(dispatch.service(service).router.match(request.method, request.path))
    return False


# --- browsers ---------------------------------------------------------------------------------------------------------

METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
READABLE = "x-amzn-ErrorType, x-amzn-RequestId"
"""Headers that a script in a browser may read; the SDK finds the error's class in the first."""


def cors(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by which a browser lets any page read the answer; none with MOTO_DISABLE_GLOBAL_CORS, as in moto."""
    if moto_settings.DISABLE_GLOBAL_CORS:
        return {}
    origin = headers.get("origin")
    shared = {"Access-Control-Allow-Origin": origin or "*", "Access-Control-Expose-Headers": READABLE}
    return shared | {"Vary": "Origin"} if origin else shared


def preflight(request: Request) -> Answer | None:
    """The answer to a browser that asks whether it may call Connect; None for any other request.

    Such a question carries no signature, so that the route that it asks for has to tell.
    """
    wanted = request.headers.get("access-control-request-method")
    if request.method != "OPTIONS" or wanted is None or moto_settings.DISABLE_GLOBAL_CORS:
        return None
    asked = request._replace(method=wanted)
    if not addressee(asked) and not any(_has_route(name, asked) for name in SERVICES):
        return None
    allowed = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": request.headers.get("access-control-request-headers", "*"),
    }
    return Answer(200, cors(request.headers) | allowed, b"")


# --- the application --------------------------------------------------------------------------------------------------


class Application:
    """The ASGI application. `close` ends the threads on which moto ran."""

    def __init__(self) -> None:
        self._moto: Any = WSGIMiddleware(moto_application(), workers=MOTO_THREADS)
        self._protocols = {"http": self._http}
        for service in SERVICES:
            dispatch.service(service)  # read now, so that the first request does not wait for it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        protocol = self._protocols.get(scope["type"])
        if protocol is None:
            raise NotImplementedError(f"connect-mock does not serve {scope['type']}")
        await protocol(scope, receive, send)

    def close(self) -> None:
        """Wait for the threads to end."""
        self._moto.executor.shutdown()

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _request(scope)
        answered = preflight(asked) if asked.method == "OPTIONS" else None
        if answered is None:
            target = addressee(asked)
            if target is None:
                await self._moto(scope, receive, send)
                return
            body = await _body(receive)
            if body is None:
                return
            answered = answer(asked._replace(body=body), *target)
        await _send(answered, send)


def answer(request: Request, service: str, region_name: str) -> Answer:
    """The answer to a request for Connect. A fault of connect-mock is printed to stderr and answered as one of the service."""
    try:
        _record(request)
        answered = moto_bridge.answer(request, service, region_name)
    except Exception as fault:
        traceback.print_exc()
        answered = front_end_refusal(_internal(fault))
    return answered._replace(headers=answered.headers | cors(request.headers))


def _internal(fault: Exception) -> InternalServiceException:
    error = InternalServiceException(f"connect-mock failed with {fault!r}")
    error.status = 500
    return error


def _record(request: Request) -> None:
    """Let moto's recorder have it, as it has the requests that moto's own application answers."""
    if recorder._user_enabled:
        url = f"http://{request.headers.get('host', 'localhost')}{_target(request)}"
        headers: Any = dict(request.headers)
        moto_bridge.record(AWSPreparedRequest(request.method, url, headers, request.body, False))


def _target(request: Request) -> str:
    return f"{request.path}?{request.query}" if request.query else request.path


def _request(scope: Scope) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(scope["method"], scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1"), headers, b"")


async def _body(receive: Receive) -> bytes | None:
    """The body, or as much of it as shows that it is too large: the dispatcher refuses it then. None when the client left."""
    chunks, size, more = [], 0, True
    while more and size <= MAX_BODY:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        more = message.get("more_body", False)
    return b"".join(chunks)


async def _send(answered: Answer, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answered.headers.items()]
    headers.append((b"content-length", str(len(answered.body)).encode("ascii")))
    await send({"type": "http.response.start", "status": answered.status, "headers": headers})
    await send({"type": "http.response.body", "body": answered.body})


# --- moto's application -----------------------------------------------------------------------------------------------


def moto_application() -> Callable[..., Iterable[bytes]]:
    """moto's own WSGI application, given what its own server would give it and ASGI's bridge does not."""
    moto = DomainDispatcherApplication(create_backend_app)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = _request(environ["asgi.scope"])
        environ["RAW_URI"] = environ["REQUEST_URI"] = _target(asked)  # an S3 key may hold an encoded slash
        _keep_underscores(environ, asked.headers)
        environ["wsgi.errors"] = sys.stderr
        if "content-length" not in asked.headers:
            environ["wsgi.input_terminated"] = True  # sent in chunks, which are put together by now
        return moto(environ, start_response)  # type: ignore[no-any-return]

    return application


def _keep_underscores(environ: dict[str, Any], headers: Mapping[str, str]) -> None:
    """Tell moto the names of metadata, whose underscores WSGI takes for dashes. Where both were sent, dashes win, as there."""
    names = {}
    for name in headers:
        if name.startswith("x-amz-meta-") and "_" in name:
            key, dashed = f"HTTP_{name.upper().replace('-', '_')}", name.replace("_", "-")
            environ[key] = headers.get(dashed, headers[name])
            names.update({} if dashed in headers else {key: name})
    environ["moto.preserved_header_names"] = names


# --- running it -------------------------------------------------------------------------------------------------------


class OneWrite:
    """A transport that sends what was written in one turn of the event loop at once.

    uvicorn writes the headers and the body of an answer apart, which costs a system call and the client a second look.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._written:
            self._loop.call_soon(self._flush)
        self._written.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._written:
            self._transport.write(b"".join(self._written))
            self._written.clear()


def http_protocol() -> Any:
    """What uvicorn shall speak HTTP with: httptools where it is installed, in pure Python otherwise."""
    if find_spec("httptools") is None:
        return "h11"
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class Protocol(HttpToolsProtocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(OneWrite(transport))  # type: ignore[arg-type]

    return Protocol


class Server(uvicorn.Server):
    """uvicorn, in one process, quiet, and telling when it is ready."""

    def __init__(self, application: Application, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            application,
            http=http_protocol(),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=SECONDS_OF_SILENCE,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then say so."""
        await super().startup(sockets=sockets)
        self._on_ready()

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: what has become due happens though nobody asks."""
        dispatch.catch_up()
        return await super().on_tick(counter)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to that address; port 0 is any free one. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)  # with its protocol, without which asyncio leaves Nagle's delay on
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """The address of a listening socket as clients write it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(listener: socket.socket, chosen: settings.Settings) -> None:
    """Serve until SIGTERM or SIGINT, and then leave by SystemExit with code 0."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _leave)
    settings.use(chosen)
    os.environ["MOTO_PORT"] = str(listener.getsockname()[1])  # moto tells it to the containers that it starts
    ready = f"connect-mock is ready on {url_of(listener)}"
    application = Application()
    try:
        Server(application, lambda: print(ready, flush=True)).run(sockets=[listener])
    finally:
        application.close()


def _leave(signal_number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


class ThreadedServer:
    """The server inside a test, on a thread: with `start` and `stop`, or as a context manager.

        with ThreadedServer() as server:
            client = boto3.client("connect", endpoint_url=server.endpoint_url, ...)

    The state is the one of the process, as with moto's ThreadedMotoServer: inside `mock_connect` the server shows what the
    mock holds and forgets it with the mock; without one, `POST /moto-api/reset` forgets.

    host, port: where to listen; port 0 is any free one.
    empty_instances: a new instance holds nothing; None leaves the setting that is in force.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, empty_instances: bool | None = None) -> None:
        self._host, self._port = host, port
        self._empty_instances = empty_instances
        self._running: ExitStack | None = None
        self._url = ""

    @property
    def endpoint_url(self) -> str:
        """What a client's `endpoint_url` is; known once the server has started."""
        if self._running is None:
            raise RuntimeError("the server is not running")
        return self._url

    def start(self) -> None:
        """Returns once the server answers. Raises OSError when it cannot listen there."""
        if self._running is not None:
            raise RuntimeError(f"the server is running already, on {self._url}")
        with ExitStack() as running:
            listener = running.enter_context(listen(self._host, self._port))
            application = Application()
            running.callback(application.close)
            self._put_settings(running)
            self._url = url_of(listener)
            self._run(application, listener, running)
            self._running = running.pop_all()

    def stop(self) -> None:
        """Returns once the thread and the sockets are gone. Does nothing when the server is not running."""
        if self._running is not None:
            self._running.close()
            self._running = None

    def __enter__(self) -> ThreadedServer:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _put_settings(self, running: ExitStack) -> None:
        if self._empty_instances is not None:
            before = settings.use(replace(settings.current, empty_instances=self._empty_instances))
            running.callback(settings.use, before)

    def _run(self, application: Application, listener: socket.socket, running: ExitStack) -> None:
        ready = Event()
        server = Server(application, ready.set)
        thread = Thread(target=_serve_until_told, args=(server, listener, ready), name="connect-mock", daemon=True)
        thread.start()
        running.callback(thread.join)
        running.callback(setattr, server, "should_exit", True)
        ready.wait()


def _serve_until_told(server: Server, listener: socket.socket, ready: Event) -> None:
    try:
        asyncio.run(server.serve(sockets=[listener]))
    finally:
        ready.set()  # where it failed, nobody shall wait for it
