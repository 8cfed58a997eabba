"""A bar for what takes longer than a second, on the last line of a terminal, and nowhere else; it changes nothing.

A thread of its own draws it, so that it stands there also while one step takes long. Whoever writes to the terminal
meanwhile does so inside `hidden`; `cli.speech` is one of them, and therefore loaded late here.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING

from safeplan.cli.course import Course

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.table import Table

    from safeplan.terms.progress import Stage

PATIENCE = 1.0
"""Seconds that pass before a bar appears."""
_BEAT = 0.25
_WIDEST, _NARROWEST = 40, 8
_TIME = 12  # columns in which the time stands


def progress(stage: Stage, share: float) -> None:
    """Tell how far the command is that runs now (`terms.progress.Progress`)."""
    if _bar is not None:
        _bar.course.told(stage, share)


@contextmanager
def progress_bar(course: Course | None) -> Iterator[None]:
    """Show how far a command is, if it takes long; nothing is left on the screen when it ends, however it does.

    Without a course nothing is shown.
    """
    global _bar
    if course is None:
        yield
        return
    _bar = _Bar(course)
    try:
        if sys.stderr is not None and sys.stderr.isatty():
            _bar.start()
        yield
    finally:
        _bar.close()
        _bar = None


@contextmanager
def hidden() -> Iterator[None]:
    """Take the bar away while something else is written to the terminal, or somebody is asked."""
    if _bar is None:
        yield
    else:
        with _bar.hidden():
            yield


class _Bar:
    """The bar of one command, and the thread that draws it."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._began = time.monotonic()
        self._closed = Event()
        self._lock = RLock()  # held by who writes to the terminal
        self._drawn: Live | None = None
        self._thread = Thread(target=self._run, name="progress", daemon=True)

    def start(self) -> None:
        """Begin to wait for the time to appear."""
        self._thread.start()

    def close(self) -> None:
        """Disappear for good."""
        with self._lock:
            self._closed.set()
            self._clear()
        if self._thread.is_alive():
            self._thread.join()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Disappear for a while."""
        with self._lock:
            self._clear()
            yield

    def _run(self) -> None:
        if self._closed.wait(PATIENCE):
            return
        from rich.console import Console

        console = Console(stderr=True)
        try:
            while console.is_interactive and not self._closed.is_set():
                with self._lock:
                    self._draw(console)
                self._closed.wait(_BEAT)
        except (OSError, ValueError):
            return  # nobody is there to see it

    def _draw(self, console: Console) -> None:
        if self._closed.is_set():
            return
        if self._drawn is None:
            from rich.live import Live

            self._drawn = Live(
                console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self._drawn.start()
            console.show_cursor()  # a process that is killed gives it back to nobody
        self._drawn.update(self._line(console.width - 1), refresh=True)

    def _clear(self) -> None:
        drawn, self._drawn = self._drawn, None
        if drawn is not None:
            try:
                drawn.stop()
            except (OSError, ValueError):
                return  # nobody is there to see it

    def _line(self, width: int) -> Table:
        """Lay out stage, bar and time; the bar keeps its place from stage to stage."""
        from rich.cells import cell_len
        from rich.progress_bar import ProgressBar
        from rich.table import Column, Table
        from rich.text import Text

        from safeplan.cli.speech import say
        from safeplan.words.progress import STAGES

        stage, share, told = self.course.stage, self.course.share(), self._time()
        room = max(cell_len(say(STAGES[one])) for one in {*self.course.stages, stage})
        spare = width - max(_TIME, cell_len(told)) - 2
        bar = min(_WIDEST, max(_NARROWEST, spare - room))
        line = Table.grid(Column(width=max(1, min(room, spare - bar))), Column(), Column(), padding=(0, 1))
        drawn = ProgressBar(total=None if share is None else 1.0, completed=share or 0.0, width=bar)
        line.add_row(Text(say(STAGES[stage]), no_wrap=True, overflow="ellipsis"), drawn, Text(told, no_wrap=True))
        return line

    def _time(self) -> str:
        """Say how long the rest will take, where that is known; else how long it took so far."""
        from safeplan.cli.speech import say

        left = self.course.left()
        if left is None:
            return say("{n} s so far", n=int(time.monotonic() - self._began))
        if left < 60:
            return say("{n} s left", n=max(1, math.ceil(left)))
        return say("{n} min left", n=math.ceil(left / 60))


_bar: _Bar | None = None
"""That of the command that runs: a process has one terminal."""
