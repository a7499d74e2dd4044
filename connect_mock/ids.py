"""The one source of new ids and of chance.

Everything random is drawn from `source`. `moto_bridge` puts moto's own generator there, so that
`mock_random.seed(...)` and `POST /moto-api/seed` make the ids of Connect repeatable too.
"""

from __future__ import annotations

import string
from random import Random

source: Random = Random()
"""The generator in use."""


def use(generator: Random) -> None:
    """Draw from `generator` from now on."""
    global source
    source = generator


def uuid() -> str:
    """A version 4 UUID in lower case, the form of nearly every id of Connect."""
    bits = source.getrandbits(128) & ~(0xC000 << 48) | (0x8000 << 48)  # as uuid.UUID does it, in a third of the time
    text = f"{bits & ~(0xF000 << 64) | (4 << 76):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def alphanumeric(length: int) -> str:
    """`length` letters and digits, as in the suffix of a service-linked role."""
    return "".join(source.choices(string.ascii_letters + string.digits, k=length))


def is_uuid(text: str) -> bool:
    """Whether `text` is written as a UUID in any case: 8-4-4-4-12 hexadecimal digits."""
    parts = text.split("-")
    return [len(part) for part in parts] == [8, 4, 4, 4, 12] and set("".join(parts)) <= _HEX


_HEX = set(string.hexdigits)
