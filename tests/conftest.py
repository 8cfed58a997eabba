"""What the whole suite shares: tests that need programs of the system run only when they are asked for."""

from __future__ import annotations

import os

import pytest

_ALL = os.environ.get("SAFEPLAN_TEST_ALL") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked `debian` out unless SAFEPLAN_TEST_ALL=1; then a missing program is a failure."""
    if _ALL:
        return
    left_out = [item for item in items if item.get_closest_marker("debian")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("debian")]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out."""
    if not _ALL:
        terminalreporter.write_line(
            "left out: tests that drive Chromium, LibreOffice, Postfix or systemd (marked debian); "
            "SAFEPLAN_TEST_ALL=1 runs them"
        )
