"""What a new instance holds: each module furnishes the instance with its own defaults.

Source: a real instance's export and a fresh instance's lists; each module says what it knows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from connect_mock import settings
from connect_mock.instance import Instance
from connect_mock.resources import (
    agent_statuses,
    authentication_profiles,
    default_flows,
    hours_of_operations,
    predefined_attributes,
    prompts,
    queues,
    routing_profiles,
    security_profiles,
    user_hierarchies,
)

FURNISH: tuple[Callable[[Instance], None], ...] = (
    hours_of_operations.furnish,
    queues.furnish,
    routing_profiles.furnish,
    agent_statuses.furnish,
    user_hierarchies.furnish,
    authentication_profiles.furnish,
    security_profiles.furnish,
    predefined_attributes.furnish,
    prompts.furnish,
    default_flows.furnish,
)
"""In order: what refers to something comes after it."""


def furnish(instance: Instance) -> None:
    """Give a new instance its defaults, also where these are more than a quota that a test has set."""
    before = settings.use(dataclasses.replace(settings.current, quotas=None))
    try:
        for each in FURNISH:
            each(instance)
    finally:
        settings.use(before)
