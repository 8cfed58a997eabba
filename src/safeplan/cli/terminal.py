"""The options that suit this process's stdout."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeplan.output.options import Options


def screen_options() -> Options:
    """Give width and colour of the terminal that results go to."""
    from safeplan.output.terminal import terminal_options

    return terminal_options(sys.stdout, os.environ)
