"""One story for all tests, as each run of terraform takes seconds: create, change, import, destroy all there is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from connect_mock import mock_connect
from connect_mock.server import ThreadedServer
from tests.conftest import state
from tests.terraform.terraform import DETAILED, Entry, Run, Terraform, needs

EVERYTHING = Path(__file__).with_name("everything")
CENTER = {
    "InstanceAlias": "center",
    "IdentityManagementType": "CONNECT_MANAGED",
    "InboundCallsEnabled": True,
    "OutboundCallsEnabled": True,
}
"""The instance that the configuration does not make, and so does not delete: what it holds can be looked at afterwards."""
REVISED = {"revised": "true"}


@dataclass(frozen=True, kw_only=True)
class Story:
    """What terraform said, step by step, and what there was."""

    known: dict[str, set[str]]
    """What the provider has."""
    before: set[str]
    applied: Run
    planned: Run
    revised: Run
    planned_again: Run
    state: list[Entry]
    """After the revision."""
    imported: Run
    """An apply from an empty state, with import blocks for all that was in the state."""
    destroyed: Run
    after: set[str]
    planned_when_gone: Run
    """A plan with the state of before the destruction."""


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The life of `everything/`; skips the test where terraform or its provider is not installed."""
    if missing := needs():
        pytest.skip(missing)
    directory = tmp_path_factory.mktemp("terraform") / EVERYTHING.name
    shutil.copytree(EVERYTHING, directory)
    with mock_connect(region_name="us-east-1") as amazon_connect, ThreadedServer() as server:
        amazon_connect.client.create_instance(**CENTER)
        return play(Terraform(directory, server.endpoint_url))


def play(terraform: Terraform) -> Story:
    """Apply, revise, import, destroy; a plan where nothing should be left to do."""
    terraform.command("init")
    return Story(
        known=terraform.known(),
        before=contents(),
        applied=terraform.run("apply", "-auto-approve"),
        planned=terraform.run("plan", DETAILED),
        revised=terraform.run("apply", "-auto-approve", **REVISED),
        planned_again=terraform.run("plan", DETAILED, **REVISED),
        state=terraform.state,
        imported=import_again(terraform),
        destroyed=terraform.run("destroy", "-auto-approve", **REVISED),
        after=contents(),
        planned_when_gone=plan_from_backup(terraform),
    )


def import_again(terraform: Terraform) -> Run:
    """Forget the state, and import all of it."""
    managed = [each for each in terraform.state if not each.is_data]
    blocks = terraform.directory / "imports.tf"
    blocks.write_text("".join(f'import {{\n  to = {each.address}\n  id = "{each.attributes["id"]}"\n}}\n' for each in managed))
    terraform.state_file.unlink()
    done = terraform.run("apply", "-auto-approve", **REVISED)
    blocks.unlink()
    return done


def plan_from_backup(terraform: Terraform) -> Run:
    """A plan with the state that terraform kept when it destroyed all that was in it."""
    shutil.copy(f"{terraform.state_file}.backup", terraform.state_file)
    return terraform.run("plan", DETAILED, **REVISED)


def contents() -> set[str]:
    """What is on the server, but for numbers to choose from; an instance by its id, as each look is counted, and all in it."""
    found = [each for held in state().values() for each in held if each[0] != "AvailableNumber"]
    return {shown.partition(", tags=")[0] for _, shown, _ in found} | {shown for *_, inner in found for _, shown, _ in inner}
