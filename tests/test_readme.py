"""What the README shows, done."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import botocore
import pytest

from connect_mock import AmazonConnect
from connect_mock.coverage import as_markdown, coverage
from connect_mock.flow import action_table
from connect_mock.server import ThreadedServer
from connect_mock.service_model import load
from tests.terraform import terraform

ROOT = Path(__file__).parents[1]
needs_aliases = pytest.mark.skipif(
    "ListContactFlowAliases" not in load("connect").operation_names, reason="botocore has no ListContactFlowAliases yet"
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON_BLOCKS = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
FILES = {"billing_menu.json": "examples/billing_menu/flow.json", "billing_menu.txt": "examples/billing_menu/conversation.txt"}
"""What lies beside the examples."""

COMMANDS = [
    line for block in re.findall(r"^```console\n(.*?)^```$", README, re.DOTALL | re.MULTILINE) for line in block.splitlines()
]


def command(start: str) -> str:
    (found,) = [line for line in COMMANDS if line.startswith(start)]
    return found


@pytest.mark.parametrize("number", range(len(PYTHON_BLOCKS)))
def test_an_example_in_the_readme_passes(pytester: pytest.Pytester, number: int) -> None:
    pytester.makepyfile(PYTHON_BLOCKS[number])
    for name, file in FILES.items():
        (pytester.path / name).write_text((ROOT / file).read_text(encoding="utf-8"), encoding="utf-8")
    pytester.runpytest_subprocess("-W", "error").assert_outcomes(passed=1)


@needs_aliases
def test_the_example_application_shows_what_it_did() -> None:
    assert "-m examples.callbacks &&" in command(
        'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/python -m examples'
    )
    shown = subprocess.run(
        [sys.executable, "-m", "examples.callbacks"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert "callback: version 1, live is new" in shown
    assert "Call Ana back on" in shown


def test_the_tests_of_the_example_application_pass() -> None:
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "examples"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_readme_names_the_emulated_operations() -> None:
    shown = between("operations")
    if f"botocore {botocore.__version__}" not in shown:
        pytest.skip(f"the table is of another botocore than the installed {botocore.__version__}")
    assert shown == as_markdown(coverage()).strip()


def test_the_readme_names_the_flow_actions() -> None:
    assert between("actions") == action_table.as_markdown(action_table.rows()).strip()


def test_the_conversation_in_the_readme_is_the_one_of_the_example() -> None:
    written = (ROOT / FILES["billing_menu.txt"]).read_text(encoding="utf-8")
    assert README.partition("<!-- conversation -->")[2].startswith(f"\n```text\n{written}```\n")


def between(name: str) -> str:
    """What stands between the two marks of that name."""
    return README.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0].strip()


def test_the_aws_command_line_lists_instances_of_the_server() -> None:
    aws = shutil.which("aws", path=str(Path(sys.executable).parent))
    if aws is None:
        pytest.skip("the AWS command line is not installed beside this Python")
    with ThreadedServer() as server:
        words = command("aws ").replace("http://127.0.0.1:5000", server.endpoint_url).split()
        done = subprocess.run(
            [aws, *words[1:]],
            capture_output=True,
            text=True,
            env={"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "PATH": str(Path(aws).parent)},
        )
    assert done.returncode == 0, done.stderr
    assert '"InstanceSummaryList": []' in done.stdout


def test_terraform_makes_an_instance_and_a_queue_on_the_server(amazon_connect: AmazonConnect, tmp_path: Path) -> None:
    if missing := terraform.needs():
        pytest.skip(missing)
    (configuration,) = re.findall(r"^```hcl\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    with ThreadedServer() as server:
        (tmp_path / "main.tf").write_text(
            configuration.replace("http://127.0.0.1:5000", server.endpoint_url), encoding="utf-8"
        )
        for line in COMMANDS:
            if line.startswith("terraform "):
                terraform.Terraform(tmp_path).command(*line.split()[1:])
    (instance,) = amazon_connect.client.list_instances()["InstanceSummaryList"]
    queues = amazon_connect.client.list_queues(InstanceId=instance["Id"], QueueTypes=["STANDARD"])["QueueSummaryList"]
    assert instance["InstanceAlias"] == "my-center"
    assert {queue["Name"] for queue in queues} == {"BasicQueue", "Sales"}


@pytest.mark.parametrize("name", ["lint", "run", "draw"])
def test_a_command_for_flows_works_as_shown(name: str) -> None:
    words = command(f"connect-mock {name} ").split()[1:]
    done = subprocess.run(
        [sys.executable, "-m", "connect_mock_command", *words], cwd=ROOT, capture_output=True, text=True, input=""
    )
    assert done.returncode == 0, done.stdout + done.stderr
