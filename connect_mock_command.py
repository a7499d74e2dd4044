"""The command `connect-mock`.

It stands beside the package because whoever imports `connect_mock` imports moto. `lint` needs nothing but the flow language,
and a hook that runs before each commit should not wait for more.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec, module_from_spec


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["lint"]:
        return _lint(arguments[1:])
    from connect_mock import cli

    return cli.main(arguments)


def _lint(arguments: Sequence[str]) -> int:
    _have_package_without_running_it("connect_mock")
    from connect_mock.flow import lint

    return lint.main(arguments)


def _have_package_without_running_it(name: str) -> None:
    """Its modules can be imported after this, and its `__init__` has not run. For a process that does nothing else."""
    spec = None if name in sys.modules else find_spec(name)
    if spec:
        sys.modules[name] = module_from_spec(spec)


if __name__ == "__main__":
    sys.exit(main())
