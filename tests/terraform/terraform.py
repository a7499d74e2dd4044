"""Runs terraform with its AWS provider, away from AWS and from what this machine's user has set up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PROVIDER = "registry.terraform.io/hashicorp/aws"
VERSION = "5"
OLDEST = (1, 5)
"""The first terraform that has import blocks."""

CONFIGURATION = """
disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path = "%s"
  }
}
"""
"""Of terraform itself: ask nobody for a newer one, and take providers from a directory and nowhere else."""

NOWHERE = "http://127.0.0.1:9"
"""The proxy to everything but this machine. Nobody answers there, so that a run that asks AWS fails."""

ENVIRONMENT = {
    "HTTP_PROXY": NOWHERE,
    "HTTPS_PROXY": NOWHERE,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "2",
    "TF_IN_AUTOMATION": "1",
}


DETAILED = "-detailed-exitcode"


@dataclass(frozen=True)
class Run:
    """What a run of terraform said."""

    messages: list[dict[str, Any]] = field(repr=False)
    exit_code: int
    """With -detailed-exitcode 0 says that nothing is to be done, and 2 that something is."""

    @property
    def planned(self) -> dict[str, str]:
        """What is to be done to each resource that changes, by its address."""
        return self._actions("planned_change", "change")

    @property
    def done(self) -> dict[str, str]:
        """What was done to each resource, by its address."""
        return self._actions("apply_complete", "hook")

    @property
    def summary(self) -> dict[str, int]:
        """How many resources were added, changed, imported and removed."""
        last = [each["changes"] for each in self.messages if each["type"] == "change_summary"][-1]
        return {name: last[name] for name in ("add", "change", "import", "remove")}

    def _actions(self, kind: str, member: str) -> dict[str, str]:
        found = [each[member] for each in self.messages if each["type"] == kind]
        return {each["resource"]["addr"]: each["action"] for each in found if each["action"] != "read"}


@dataclass(frozen=True)
class Entry:
    """A resource or data source in the state."""

    address: str
    type: str
    is_data: bool
    attributes: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, block: dict[str, Any], instance: dict[str, Any]) -> Entry:
        """One of those that a block stands for."""
        key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
        is_data = block["mode"] == "data"
        return cls(f"{block['type']}.{block['name']}{key}", block["type"], is_data, instance["attributes"])


class Terraform:
    """terraform in a directory with a configuration, with an environment of its own: no files and variables of the user.

    endpoint_url: the server that answers for all services; None where the configuration says that itself. It can (the README
    shows how), but the provider then takes seconds longer for each run.
    """

    def __init__(self, directory: Path, endpoint_url: str | None = None) -> None:
        self.directory = directory
        configuration = directory / "terraform.rc"
        configuration.write_text(CONFIGURATION % providers(), encoding="utf-8")
        self._environment = ENVIRONMENT | {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "TF_CLI_CONFIG_FILE": str(configuration),
            **({"AWS_ENDPOINT_URL": endpoint_url} if endpoint_url else {}),
        }

    def command(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Any command, with these variables of the configuration; fails the test where terraform fails."""
        fine = (0, 2) if DETAILED in words else (0,)
        environment = self._environment | {f"TF_VAR_{name}": value for name, value in variables.items()}
        done = subprocess.run(
            ["terraform", *words], cwd=self.directory, env=environment, capture_output=True, text=True, timeout=300
        )
        if done.returncode not in fine:
            pytest.fail(f"terraform {' '.join(words)}:\n{done.stdout}{done.stderr}")
        return done

    def run(self, *words: str, **variables: str) -> Run:
        """`apply`, `destroy` or `plan`."""
        done = self.command(*words, "-json", "-input=false", **variables)
        return Run([json.loads(line) for line in done.stdout.splitlines()], done.returncode)

    def known(self) -> dict[str, set[str]]:
        """The resources and data sources of Amazon Connect that the provider has."""
        schemas = json.loads(self.command("providers", "schema", "-json").stdout)["provider_schemas"][PROVIDER]
        kinds = ("resource_schemas", "data_source_schemas")
        return {kind: {name for name in schemas[kind] if name.startswith("aws_connect_")} for kind in kinds}

    @property
    def state_file(self) -> Path:
        """What terraform knows of the things that it has made."""
        return self.directory / "terraform.tfstate"

    @property
    def state(self) -> list[Entry]:
        """The resources and data sources that are in the state."""
        blocks = json.loads(self.state_file.read_text(encoding="utf-8"))["resources"]
        return [Entry.read(block, instance) for block in blocks for instance in block["instances"]]


def needs() -> str | None:
    """What is missing for a test with terraform."""
    if shutil.which("terraform") is None:
        return "terraform is not installed"
    shown = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=True).stdout
    version = json.loads(shown)["terraform_version"]
    if tuple(map(int, version.split(".")[:2])) < OLDEST:
        return f"terraform {version} is too old for import blocks"
    if providers() is None:
        looked = ", ".join(map(str, _directories()))
        return f"terraform's AWS provider {VERSION} is in none of {looked}; `terraform providers mirror` puts it there"
    return None


def providers() -> Path | None:
    """The directory from which terraform can take the provider, unpacked or packed, without asking its registry."""
    patterns = (f"{PROVIDER}/{VERSION}.*/*/terraform-provider-aws*", f"{PROVIDER}/terraform-provider-aws_{VERSION}.*.zip")
    return next((each for each in _directories() if any(next(each.glob(pattern), None) for pattern in patterns)), None)


def _directories() -> Iterator[Path]:
    """Where people keep providers: terraform's own implied places, its cache, and mirrors below /opt."""
    data = os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local/share"))
    shared = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    yield Path.home() / ".terraform.d/plugins"
    yield from (Path(each) / "terraform/plugins" for each in (data, *shared))
    if cache := os.environ.get("TF_PLUGIN_CACHE_DIR"):
        yield Path(cache)
    yield from sorted(Path("/opt").glob("*"))
