"""A load for a server: how many times in a second it answers one GET, asked over several connections at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def requests_per_second(url: str, headers: Mapping[str, str], seconds: float = 5.0, connections: int = 8) -> float:
    """How many GETs of `url` are answered in a second.

    Each connection sends the next request when it has the answer to the one before, and is opened anew only when the server
    closes it. Raises RuntimeError for an answer that is not 200.
    """
    return asyncio.run(_measured(url, headers, seconds, connections))


async def _measured(url: str, headers: Mapping[str, str], seconds: float, connections: int) -> float:
    parts = urlsplit(url)
    lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{name}: {value}" for name, value in headers.items())]
    load = Load(parts.hostname or "", parts.port or 80, "\r\n".join([*lines, "", ""]).encode("latin-1"))
    began = time.perf_counter()
    await load.run(seconds, connections)
    return load.answered / (time.perf_counter() - began)


class Load:
    """Some connections that ask all the time."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.host, self.port, self.request = host, port, request
        self.answered = 0
        self.refusal = ""
        self.is_over = False
        self.connecting: set[asyncio.Future[Any]] = set()

    async def run(self, seconds: float, connections: int) -> None:
        """Ask for so long. The connections are closed afterwards."""
        for _ in range(connections):
            self.connect()
        await asyncio.sleep(seconds)
        self.is_over = True
        await asyncio.sleep(0.1)
        if self.refusal:
            raise RuntimeError(self.refusal)

    def connect(self) -> None:
        """Open one more connection, unless the time is over."""
        if not self.is_over:
            opening = asyncio.get_running_loop().create_connection(lambda: Connection(self), self.host, self.port)
            task = asyncio.ensure_future(opening)
            self.connecting.add(task)
            task.add_done_callback(self.connecting.discard)


class Connection(asyncio.Protocol):
    """One connection of a load."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.received = b""
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.transport.write(self.load.request)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, is_whole, body = self.received.partition(b"\r\n\r\n")
        if is_whole and len(body) >= _content_length(head):
            self.received = b""
            self._count(head)
            self._go_on(head)

    def connection_lost(self, error: Exception | None) -> None:
        self.load.connect()

    def _count(self, head: bytes) -> None:
        if head.split(None, 2)[1] == b"200":
            self.load.answered += not self.load.is_over
        else:
            self.load.refusal = head.decode("latin-1")

    def _go_on(self, head: bytes) -> None:
        if self.load.is_over or self.load.refusal or b"connection: close" in head.lower():
            self.transport.close()
        else:
            self.transport.write(self.load.request)


def _content_length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
