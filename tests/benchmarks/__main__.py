"""Measures all bars, or those whose names begin as asked, and prints a table; exit code 1 when one is missed."""

from __future__ import annotations

import argparse
import platform
import sys

from tests.benchmarks import calls, configuration, flows, pages, processes, servers
from tests.benchmarks.bar import Bar, Outcome

BARS = [*calls.BARS, *flows.BARS, *configuration.BARS, *processes.BARS, *pages.BARS, *servers.BARS]

ROW = "{:<34}{:>8}  {:<9}{:<8}{:>12}{:>12}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"the beginning of: {', '.join(bar.name for bar in BARS)}")
    parser.add_argument("--quick", action="store_true", help="a fifth of the rounds, for trying out")
    asked = parser.parse_args(arguments)
    chosen = [bar for bar in BARS if not asked.names or bar.name.startswith(tuple(asked.names))]
    if not chosen:
        parser.error(f"no bar begins with {' or '.join(asked.names)}")
    return measure(chosen, asked.quick)


def measure(bars: list[Bar], quick: bool) -> int:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; medians", flush=True)
    print(ROW.format("bar", "ratio", "asked", "", "connect-mock", "other"), flush=True)
    held = True
    for bar in bars:
        outcome = bar.measure(max(bar.rounds // 5, 1) if quick else bar.rounds)
        print(row(outcome), flush=True)
        held &= outcome.holds
    return 0 if held else 1


def row(outcome: Outcome) -> str:
    bar = outcome.bar
    asked = f"{'>=' if bar.at_least else '<='} {bar.limit:g}"
    verdict = "ok" if outcome.holds else "MISSED"
    medians = shown(outcome.ours, bar.unit), shown(outcome.other, bar.unit)
    return ROW.format(bar.name, f"{outcome.ratio:.2f}", asked, verdict, *medians)


def shown(value: float, unit: str) -> str:
    """In the unit that people would use."""
    if unit == "s":
        return f"{value * 1e6:.0f} µs" if value < 1e-3 else f"{value * 1e3:.1f} ms"
    return f"{value / 1e6:.0f} MB" if unit == "B" else f"{value:.0f} {unit}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
