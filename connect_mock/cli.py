"""The command line: `connect-mock server`, `operations`, `actions`, `lint`, `run`, `draw`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import connect_mock
from connect_mock import coverage
from connect_mock.settings import Settings

FAILED = 2
"""The exit code when a command cannot do what it was asked for; argparse uses the same."""

SERVER_NEEDS = ("a2wsgi", "flask", "flask_cors", "uvicorn")
"""What the extra `server` brings and the server cannot do without."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = parser().parse_args(arguments)
    return int(options.command(options))


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="connect-mock", description="Amazon Connect on your own machine, for tests.")
    top.add_argument("--version", action="version", version=f"%(prog)s {connect_mock.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_server(commands)
    _add_operations(commands)
    _add_actions(commands)
    _add_lint(commands)
    _add_run(commands)
    _add_draw(commands)
    return top


def _add_server(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    server = commands.add_parser(
        "server",
        help="serve Amazon Connect, and every service that moto mocks, on one port",
        description=(
            "Serve Amazon Connect, and every service that moto mocks, on one port. Point any AWS SDK at it with its endpoint "
            "option, or with AWS_ENDPOINT_URL. Any credentials will do. State is kept in memory until the server ends or "
            "/moto-api/reset is called. `python -m connect_mock` is the same command."
        ),
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    server.add_argument("-H", "--host", default="127.0.0.1", help="address to listen on")
    server.add_argument("-p", "--port", type=_port, default=_default_port(), help="port to listen on; 0 picks a free one")
    server.add_argument("--empty-instances", action="store_true", help="a new instance holds nothing")
    server.add_argument(
        "--quota",
        action="append",
        default=[],
        type=_quota,
        metavar="NAME=NUMBER",
        dest="quotas",
        help="another quota than the default one, for example queues=500",
    )
    server.add_argument("--no-quotas", action="store_true", help="put no quota in force")
    server.set_defaults(command=_server)


def _default_port() -> str:
    return os.environ.get("MOTO_PORT", "5000")  # the variable that moto's own server respects


def _quota(text: str) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if not name or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"a quota is NAME=NUMBER, not {text!r}")
    return name, int(number)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _server(options: argparse.Namespace) -> int:
    missing = [name for name in SERVER_NEEDS if find_spec(name) is None]
    if missing:
        return _fail(f"the server needs {', '.join(missing)}: pip install 'connect-mock[server]'")
    from connect_mock import server

    try:
        listener = server.listen(options.host, options.port)
    except OSError as problem:
        return _fail(f"cannot listen on {options.host} port {options.port}: {problem.strerror or problem}")
    quotas = None if options.no_quotas else dict(options.quotas)
    server.serve(listener, Settings(empty_instances=options.empty_instances, quotas=quotas))
    return 0


def _add_operations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    operations = commands.add_parser(
        "operations",
        help="list the operations that are emulated",
        description="List which operations of the installed botocore are emulated, by service and module, with totals.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    operations.add_argument("--format", choices=sorted(coverage.FORMATS), default="table", help="how to write the list")
    operations.set_defaults(command=_operations)


def _operations(options: argparse.Namespace) -> int:
    print(coverage.FORMATS[options.format](coverage.coverage()))
    return 0


def _add_actions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from connect_mock.flow import action_table

    actions = commands.add_parser(
        "actions",
        help="list the flow actions and how they run",
        description="List the action types of the flow language: whether each runs fully, and its error branches.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    actions.add_argument("--format", choices=sorted(action_table.FORMATS), default="table", help="how to write the list")
    actions.set_defaults(command=lambda options: print(action_table.FORMATS[options.format](action_table.rows())) or 0)


def _add_lint(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from connect_mock.flow import lint

    checked = commands.add_parser(
        "lint", help="check flows as they are checked when they are published", description=lint.DESCRIPTION
    )
    lint.add_arguments(checked)
    checked.set_defaults(command=lambda options: lint.lint(options, sys.stdin.buffer, sys.stdout))


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from connect_mock.flow import run

    played = commands.add_parser(
        "run",
        help="play a flow in the terminal",
        description=(
            "Play a flow. Type keys to press them, words to say them, nothing to let the time run out, and `hang up`. "
            "Exit code 0: the flow ended; 1: it stopped at an action without a branch, or ran in circles; 2: the input was no "
            "good; 3: the input is over and the flow still waits."
        ),
    )
    run.add_arguments(played)
    played.set_defaults(command=lambda options: run.run(options, sys.stdin, sys.stdout))


def _add_draw(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from connect_mock.flow import drawing

    drawn = commands.add_parser(
        "draw",
        help="draw a flow as SVG or Mermaid",
        description="Draw a flow: its actions where the console put them, its branches, and its error branches dashed.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    drawn.add_argument("flow", type=Path, help="the flow's JSON file")
    drawn.add_argument("--format", choices=sorted(drawing.FORMATS), default="svg", help="what to draw")
    drawn.set_defaults(command=_draw)


def _draw(options: argparse.Namespace) -> int:
    from connect_mock.flow import document, drawing

    try:
        print(drawing.FORMATS[options.format](options.flow.read_text(encoding="utf-8-sig")), end="")
    except (OSError, UnicodeDecodeError, document.NotAFlow) as problem:
        return _fail(f"{options.flow}: {problem}")
    return 0


def _fail(message: str) -> int:
    print(f"connect-mock: {message}", file=sys.stderr)
    return FAILED
