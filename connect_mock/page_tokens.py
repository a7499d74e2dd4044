"""Page tokens: opaque, bound to the call they came from, and good for 24 hours on the mock's clock.

A token holds the position to go on after, what the call was, and a digest over both, so that a foreign, altered or old token
is told from a good one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any

from connect_mock import clock
from connect_mock.errors import InvalidMember

LIFETIME = 24 * 60 * 60
"""Seconds (Amazon Connect API reference: a token lives 24 hours, for identical arguments)."""


def issue(position: Any, call: Any) -> str:
    """A token for the page after `position` of `call`, a JSON value that says operation and arguments."""
    content = json.dumps([position, int(clock.now().timestamp())]).encode()
    return base64.urlsafe_b64encode(_digest(content, call) + content).decode("ascii")


def read(token: str, call: Any) -> Any:
    """The position in a token that was issued for the same call; raises InvalidMember for any other."""
    try:
        data = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if base64.urlsafe_b64encode(data).decode("ascii") != token:  # base64 can write the same bytes in several ways
        data = b""
    digest, content = data[:16], data[16:]
    if not content or digest != _digest(content, call):
        raise InvalidMember("a token that the same call with the same arguments returned", token).inside("NextToken")
    position, issued = json.loads(content)
    if clock.now().timestamp() - issued > LIFETIME:
        raise InvalidMember(f"a token that is less than {LIFETIME // 3600} hours old", token).inside("NextToken")
    return tuple(position) if isinstance(position, list) else position


def _digest(content: bytes, call: Any) -> bytes:
    said = json.dumps(call, sort_keys=True, default=str).encode()
    return hashlib.blake2b(content + said, digest_size=16).digest()
