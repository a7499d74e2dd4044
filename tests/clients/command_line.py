"""The AWS CLI in this process: a command takes a hundredth of a second, where a process of its own takes a third of one."""

from __future__ import annotations

import io
import json
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from string import Template
from typing import Any

from awscli.clidriver import create_clidriver

REFUSAL = re.compile(r"\nAn error occurred \((?P<error>\w+)\) when calling the \w+ operation: .+\n")


class CommandLine:
    """Takes what stands after `aws` in a shell. `$name`, in whatever quotes, is a variable and stays within its word."""

    def __init__(self) -> None:
        self._driver = create_clidriver()
        self._driver.session.set_stream_logger = lambda **_: None  # each command would add one more handler to the process
        self.variables: dict[str, str] = {}

    def __call__(self, command: str, /, **variables: str) -> Any:
        """What the command prints, read as JSON; None for nothing. Raises AssertionError when it ends with a complaint."""
        code, printed, complaint = self._run(command, variables)
        assert code == 0, f"aws {command}: {complaint}"
        return json.loads(printed) if printed.strip() else None

    def keep(self, name: str, command: str, /, **variables: str) -> str:
        """`name=$(aws command)`, for a command that prints a text. Gives the text."""
        self.variables[name] = self(command, **variables)
        return self.variables[name]

    def refused(self, command: str, /, **variables: str) -> str:
        """The class of the error that a command complains of when it ends with the exit code of refusals."""
        code, printed, complaint = self._run(command, variables)
        assert (code, printed) == (255, ""), f"aws {command}: {code} {printed} {complaint}"
        said = REFUSAL.fullmatch(complaint)
        assert said, f"aws {command}: {complaint}"
        return said["error"]

    def _run(self, command: str, variables: dict[str, str]) -> tuple[int, str, str]:
        known = self.variables | variables
        arguments = [Template(word).substitute(known) for word in shlex.split(command)]
        with redirect_stdout(io.StringIO()) as printed, redirect_stderr(io.StringIO()) as complaint:
            code = self._driver.main(arguments)
        return code, printed.getvalue(), complaint.getvalue()
