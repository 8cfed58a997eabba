"""The command line: one module per command, no logic of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run safeplan with the arguments of the command line, and end the process with the exit code of what happened."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        from safeplan.cli.speech import say

        say.begin(arguments, os.environ)  # before the commands are imported: their help is text of this language
        from safeplan.cli.app import app
        from safeplan.cli.edge import INTERRUPTED

        code = app(args=arguments, prog_name="safeplan", standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt  # typer has made a code of it
    except SystemExit:
        raise
    except BaseException as problem:
        from safeplan.cli.edge import report

        sys.exit(report(problem))
    sys.exit(code)
