"""A bar for work that takes longer than a second, on a terminal alone; it changes nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from safeplan.cli.speech import say
from safeplan.terms.progress import Progress, silent

_PATIENCE = 1.0  # seconds that pass before a bar appears
_STAGES = {
    "expand": "working out what is owed",
    "merge": "putting visits together",
    "place": "choosing days",
    "top up": "filling quotas",
    "assemble": "writing the roster",
    "send": "sending letters",
}


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give what is to be told of progress."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich import progress as drawn
    from rich.console import Console

    bar = drawn.Progress(
        drawn.TextColumn("{task.description}", markup=False),
        drawn.BarColumn(),
        drawn.TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=1.0)
    began = time.monotonic()
    started = False

    def tell(stage: str, share: float) -> None:
        nonlocal started
        bar.update(task, description=say(_STAGES.get(stage, stage)), completed=share)
        if not started and time.monotonic() - began > _PATIENCE:
            bar.start()
            started = True

    try:
        yield tell
    finally:
        if started:
            bar.stop()
