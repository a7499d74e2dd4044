"""Runs terraform against a server, away from AWS and from this machine's user."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOWHERE = "http://127.0.0.1:9"
"""A proxy that does not answer, between the provider and everything but this machine."""


@dataclass(frozen=True)
class Run:
    """What a run of terraform came to."""

    exit_code: int
    messages: list[dict[str, Any]] = field(repr=False)
    errors: str

    @property
    def changes(self) -> dict[str, str]:
        """What is planned for each resource, by its address."""
        planned = [each["change"] for each in self.messages if each["type"] == "planned_change"]
        return {each["resource"]["addr"]: each["action"] for each in planned}

    @property
    def done(self) -> dict[str, str]:
        """What was done to each resource, by its address."""
        hooks = [each["hook"] for each in self.messages if each["type"] == "apply_complete"]
        return {each["resource"]["addr"]: each["action"] for each in hooks}


class Terraform:
    """terraform in a directory; `revised` and others are variables of the configuration."""

    def __init__(self, directory: Path, **variables: str) -> None:
        self._directory = directory
        self._variables = variables
        self._run("init")

    def __call__(self, command: str, *options: str, **variables: str) -> Run:
        """One command; fails the test where terraform does."""
        done = self._run(command, "-json", "-input=false", *options, **variables)
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        errors = "\n".join(each["@message"] + each["diagnostic"]["detail"] for each in messages if each["@level"] == "error")
        return Run(done.returncode, messages, errors)

    @property
    def state(self) -> list[dict[str, Any]]:
        """The resources and data sources that terraform knows of."""
        return list(json.loads((self._directory / "terraform.tfstate").read_text(encoding="utf-8"))["resources"])

    def _run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = isolated(self._directory) | {f"TF_VAR_{k}": v for k, v in {**self._variables, **variables}.items()}
        return subprocess.run(
            ["terraform", *arguments], cwd=self._directory, env=environment, capture_output=True, text=True, timeout=300
        )
