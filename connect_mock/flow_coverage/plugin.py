"""The hooks of pytest that measure the coverage of flows. `pytest_connect_mock` registers them when a session asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from connect_mock.flow_coverage.measuring import Coverage, measured
from connect_mock.flow_coverage.page import page
from connect_mock.flow_coverage.text import report

PAGE = "index.html"
HANDED_OVER = "connect_mock_flow_coverage"
NOTHING_RAN = "no flow was run or published"


@dataclass(eq=False)
class FlowCoveragePlugin:
    """Measures a session; the workers of pytest-xdist hand what they measured to its controller, which reports."""

    folder: Path | None
    """Where the page goes, if there is to be one."""
    minimum: float
    """Percent below which the session fails."""
    coverage: Coverage = field(default_factory=Coverage)
    during: ExitStack = field(default_factory=ExitStack)

    def pytest_sessionstart(self) -> None:
        """Begin to measure."""
        self.coverage = self.during.enter_context(measured())

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker has finished; one that crashed has nothing to hand over."""
        output: Mapping[str, Any] = getattr(node, "workeroutput", {})
        self.coverage.add(output.get(HANDED_OVER, ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over, or write the page and judge."""
        self.during.close()
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[HANDED_OVER] = self.coverage.as_data()
        elif not session.config.option.collectonly:
            self._write()
            if self._failure and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _write(self) -> None:
        if self.folder and self.coverage.flows:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / PAGE).write_text(page(self.coverage), encoding="utf-8")

    @property
    def _failure(self) -> str:
        """Why the session fails, or nothing."""
        found = f"{self.coverage.percent:g}% is covered" if self.coverage.flows else NOTHING_RAN
        is_enough = self.coverage.flows and not self.coverage.total.is_below(self.minimum)
        return "" if is_enough or not self.minimum else f"--flow-coverage-fail-under={self.minimum:g} is not reached: {found}"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        """Print the report."""
        if config.option.collectonly:
            return
        terminalreporter.write_sep("=", "flow coverage")
        if not self.coverage.flows:
            terminalreporter.write_line(NOTHING_RAN)
        else:
            self._print(terminalreporter)
        if self._failure:
            terminalreporter.write_line(self._failure, red=True, bold=True)

    def _print(self, terminal: pytest.TerminalReporter) -> None:
        for text, colour in report(self.coverage):
            terminal.write_line(text, **({colour: True} if colour else {}))
        if self.folder:
            terminal.write_line(f"drawn in {self.folder / PAGE}")
