"""`connect-mock run`: play a flow in the terminal, or from a script, with exit codes that scripts can use."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from connect_mock.flow.document import NotAFlow, read
from connect_mock.flow.outcomes import Ended, Source, Waiting
from connect_mock.flow.player import Lambda, Player, World

PLAYED, BROKEN, UNREADABLE, STILL_WAITING = 0, 1, 2, 3
"""The flow ended; it stopped at an action without a branch, or ran in circles; the input was no good; it still waits."""


class Unreadable(Exception):
    """What was given on the command line cannot be used."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("flow", type=Path, help="the flow's JSON file")
    parser.add_argument("--channel", choices=("VOICE", "CHAT", "TASK", "EMAIL"), default="VOICE", help="how the contact came")
    parser.add_argument("--attribute", action="append", default=[], metavar="KEY=VALUE", help="a contact attribute")
    parser.add_argument(
        "--lambda", action="append", default=[], dest="lambdas", metavar="NAME=MODULE:FUNCTION",
        help="the Python function that answers for a Lambda function",
    )  # fmt: skip
    parser.add_argument(
        "--with", action="append", default=[], dest="sources", metavar="ID=FILE", help="a flow or module it enters"
    )
    parser.add_argument("--closed", action="store_true", help="hours of operation are over")
    parser.add_argument("--script", type=Path, help="lines of input to replay; - is standard input")


def run(options: argparse.Namespace, typed: TextIO, shown: TextIO) -> int:
    """Play the flow; `typed` has the lines when there is no script. Returns the exit code."""
    try:
        player = Player(_source(options.flow), _world(options), lambda line: print(line, file=shown, flush=True))
        lines = _lines(options.script, typed)
    except Unreadable as problem:
        print(f"connect-mock: {problem}", file=sys.stderr)
        return UNREADABLE
    return _exit_code(player.play(lines), shown)


def _exit_code(state: Ended | Waiting, shown: TextIO) -> int:
    if isinstance(state, Waiting):
        print(f"! the input is over, and the flow still waits for {' or '.join(state.awaiting) or 'time to pass'}", file=shown)
        return STILL_WAITING
    return BROKEN if state.how in ("STOPPED", "ENDLESS") else PLAYED


def _source(file: Path) -> Source:
    content = _text(file)
    try:
        flow = read(content)
    except NotAFlow as problem:
        raise Unreadable(f"{file}: {problem}") from None
    return Source(file.stem, file.stem, file.stem, "MODULE" if flow.settings is not None else "CONTACT_FLOW", content)


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(f"{file}: {problem}") from None


def _world(options: argparse.Namespace) -> World:
    return World(
        contact={"Channel": options.channel, "Attributes": dict(_pair(each) for each in options.attribute)},
        lambdas={name: _function(where) for name, where in map(_pair, options.lambdas)},
        sources={name: _source(Path(file)) for name, file in map(_pair, options.sources)},
        in_hours=not options.closed,
    )


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise Unreadable(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def _function(where: str) -> Lambda:
    module, _, name = where.partition(":")
    sys.path.insert(0, "")  # as `python -m` does: modules of the current folder can be named
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as problem:
        raise Unreadable(f"{where}: {problem}") from None
    finally:
        sys.path.remove("")
    if not callable(found):
        raise Unreadable(f"{where} is not a function")
    return found  # type: ignore[no-any-return]


def _lines(script: Path | None, typed: TextIO) -> Iterable[str]:
    return iter(_text(script).splitlines()) if script else _typed(typed)


def _typed(typed: TextIO) -> Iterator[str]:
    while line := typed.readline():
        yield line.rstrip("\n")
