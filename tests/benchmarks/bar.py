"""What a benchmark is: two things measured in turn, and a bar for their ratio.

Machines differ and are never quiet, so nothing here is held against seconds. The two things take turns (A B A B ...), each
round gives the ratio of two neighbours, and the median of these counts: what else the machine does meets both of a round
alike. Each has its turn once before anything is counted, unless once is all there is. The garbage collector stays as users
have it: on, with Python's own thresholds.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median
from typing import Any

Sample = Callable[[], float]
"""Measures once."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One requirement on speed or size."""

    name: str
    """Dotted, the group first."""
    limit: float
    at_least: bool = False
    """Whether the ratio has to reach `limit`; it must not pass it otherwise."""
    unit: str = "s"
    """Of a sample: `s` seconds, `B` bytes, `/s` requests per second."""
    rounds: int
    pair: Callable[[], AbstractContextManager[tuple[Sample, Sample]]]
    """Prepares what is measured: connect-mock's sample, and the one it is held against."""

    def measure(self, rounds: int) -> Outcome:
        """Let both take turns."""
        with self.pair() as (ours, other):
            if self.rounds > 1:
                ours(), other()
            gc.collect()
            return Outcome(self, [(ours(), other()) for _ in range(rounds)])


@dataclass(frozen=True)
class Outcome:
    """What the rounds of one bar gave."""

    bar: Bar
    samples: list[tuple[float, float]]

    @property
    def ratio(self) -> float:
        return median(ours / other for ours, other in self.samples)

    @property
    def ours(self) -> float:
        return median(ours for ours, _ in self.samples)

    @property
    def other(self) -> float:
        return median(other for _, other in self.samples)

    @property
    def holds(self) -> bool:
        return self.ratio >= self.bar.limit if self.bar.at_least else self.ratio <= self.bar.limit


def seconds(call: Callable[[], Any], times: int) -> Sample:
    """Samples of the seconds that `call` takes, each the mean of calling it `times` times."""

    def sample() -> float:
        start = time.perf_counter()
        for _ in range(times):
            call()
        return (time.perf_counter() - start) / times

    return sample
