"""Which operations of the installed botocore are emulated. Worked out from the model and the backend, never written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import botocore

from connect_mock import dispatch
from connect_mock.backend import ConnectBackend
from connect_mock.errors import NotImplementedException
from connect_mock.service_model import SERVICES


@dataclass(frozen=True)
class Coverage:
    """What of one service is emulated."""

    service: str
    """botocore's name of it."""
    emulated: dict[str, str]
    """The operations that are, sorted by name, with the module in which each is defined."""
    missing: list[str]
    """The operations that are not, sorted."""

    @property
    def total(self) -> int:
        """How many operations the installed model has."""
        return len(self.emulated) + len(self.missing)

    def by_module(self) -> list[tuple[str, list[str]]]:
        """The emulated operations of each module, both sorted."""
        pairs = sorted((module, name) for name, module in self.emulated.items())
        return [(module, [name for _, name in each]) for module, each in groupby(pairs, key=itemgetter(0))]


def coverage() -> list[Coverage]:
    """All three services, in the order of `SERVICES`."""
    return [_of(service) for service in SERVICES]


def _of(service: str) -> Coverage:
    modules = {name: _module(service, name) for name in sorted(dispatch.service(service).operation_names)}
    emulated = {name: module for name, module in modules.items() if module}
    return Coverage(service, emulated, [name for name in modules if name not in emulated])


def _module(service: str, name: str) -> str | None:
    backend: Any = ConnectBackend  # the class will do: nothing is called
    try:
        method = dispatch.method_of(dispatch.service(service).operation(name), backend)
    except NotImplementedException:
        return None
    return str(method.__module__).rpartition(".")[2]


# --- three ways to write it down --------------------------------------------------------------------------------------


def as_table(covered: list[Coverage]) -> str:
    """For a terminal: one line for each emulated operation, then the totals."""
    rows = [(each.service, module, name) for each in covered for module, names in each.by_module() for name in names]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{service:{widths[0]}}  {module:{widths[1]}}  {name}" for service, module, name in rows]
    return "\n".join([*lines, "", *(f"{each.service}: {_count(each)}" for each in covered), _sum(covered)])


def as_markdown(covered: list[Coverage]) -> str:
    """For the README: the emulated operations by module, and the names of the others."""
    lines = [_sum(covered), ""]
    for each in covered:
        lines += [f"**{each.service}**: {_count(each)}", "", *_rows(each)]
    missing = [f"- {each.service} ({len(each.missing)}): {', '.join(each.missing)}" for each in covered if each.missing]
    summary = "<summary>Not emulated yet; a call is refused with <code>NotImplementedException</code> (HTTP 501)</summary>"
    return "\n".join([*lines, "<details>", summary, "", *missing, "", "</details>"])


def _rows(covered: Coverage) -> list[str]:
    rows = [f"| `{module}` | {len(names)} | {', '.join(names)} |" for module, names in covered.by_module()]
    return ["| module | | operations |", "|---|---:|---|", *rows, ""] if rows else []


def as_json(covered: list[Coverage]) -> str:
    """For programs."""
    services = {each.service: {"emulated": each.emulated, "missing": each.missing} for each in covered}
    return json.dumps({"botocore": botocore.__version__, "services": services}, indent=2)


def _count(covered: Coverage) -> str:
    return f"{len(covered.emulated)} of {covered.total} operations are emulated"


def _sum(covered: list[Coverage]) -> str:
    emulated, total = sum(len(each.emulated) for each in covered), sum(each.total for each in covered)
    return f"{emulated} of the {total} operations in botocore {botocore.__version__} are emulated."


FORMATS = {"table": as_table, "markdown": as_markdown, "json": as_json}
"""The formats by the name that `connect-mock operations --format` knows them by."""
