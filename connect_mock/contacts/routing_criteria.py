"""Routing criteria: steps that say which agents are asked first, each until it expires."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from connect_mock import clock


def activated(criteria: Mapping[str, Any]) -> dict[str, Any]:
    """Criteria as DescribeContact shows them once they are in force: the first step is active, the others wait."""
    now = clock.now()
    steps = [_step(step, index, now) for index, step in enumerate(criteria["Steps"])]
    return {"Steps": steps, "ActivationTimestamp": now, "Index": 0}


def _step(step: Mapping[str, Any], index: int, now: datetime.datetime) -> dict[str, Any]:
    made = {**step, "Status": "INACTIVE" if index else "ACTIVE"}
    seconds = (step.get("Expiry") or {}).get("DurationInSeconds")
    if seconds is not None and not index:
        made["Expiry"] = {"DurationInSeconds": seconds, "ExpiryTimestamp": now + datetime.timedelta(seconds=int(seconds))}
    return made
