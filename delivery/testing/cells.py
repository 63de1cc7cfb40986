"""A pytest plugin that counts the cells of the permission matrix and says so at the end.

With pytest-xdist every worker counts its own; the controlling process adds them up.
"""

from typing import Any

import pytest

KEY = pytest.StashKey[int]()
WORD = "permission_matrix_cells"


def count(config: pytest.Config, cells: int) -> None:
    """Add the cells that a test has just asked."""
    config.stash[KEY] = counted(config) + cells


def counted(config: pytest.Config) -> int:
    return config.stash.get(KEY, 0)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[WORD] = counted(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    count(node.config, getattr(node, "workeroutput", {}).get(WORD, 0))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if cells := counted(config):
        terminalreporter.write_line(f"permission matrix: {cells:,} cells")
