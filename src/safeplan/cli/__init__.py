"""The command line: one module per command, no logic of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run safeplan with the arguments of the command line, and end the process with the exit code of what happened."""
    try:
        from safeplan.cli.app import app

        app(args=arguments, prog_name="safeplan")
    except SystemExit:
        raise
    except BaseException as problem:
        from safeplan.cli.edge import report

        sys.exit(report(problem))
    sys.exit(0)
