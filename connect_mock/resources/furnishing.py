"""What a new instance holds: each module furnishes the instance with its own defaults.

Source: a real instance's export and a fresh instance's lists; each module says what it knows.
"""

from __future__ import annotations

from collections.abc import Callable

from connect_mock.instance import Instance
from connect_mock.resources import default_flows

FURNISH: tuple[Callable[[Instance], None], ...] = (default_flows.furnish,)
"""In order: what refers to something comes after it."""


def furnish(instance: Instance) -> None:
    """Give a new instance its defaults."""
    for each in FURNISH:
        each(instance)
