"""A pseudo-terminal with safeplan on it, and what one would see there."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

_PIECE = re.compile(r"\x1b\[(?P<values>[\d;?]*)(?P<name>[A-Za-z])|(?P<text>[^\x1b])", re.DOTALL)
PATIENCE = 60


class Screen:
    """The lines that stand on a terminal, as long as nothing scrolls: text, returns, erased lines, cursor up."""

    def __init__(self) -> None:
        self._lines = [""]
        self._row = 0
        self._column = 0

    @property
    def lines(self) -> list[str]:
        """What one sees, without empty lines."""
        return [line.rstrip() for line in self._lines if line.strip()]

    def feed(self, shown: str) -> None:
        """Draw what a program has written."""
        for piece in _PIECE.finditer(shown):
            self._draw(piece)

    def _draw(self, piece: re.Match[str]) -> None:
        text, count = piece["text"], int(piece["values"] or 1) if (piece["values"] or "1").isdigit() else 0
        if text == "\n":
            self._row += 1
            self._lines += [""] * (self._row + 1 - len(self._lines))
        elif text == "\r":
            self._column = 0
        elif text is not None:
            line = self._lines[self._row].ljust(self._column)
            self._lines[self._row] = line[: self._column] + text + line[self._column + 1 :]
            self._column += 1
        elif piece["name"] == "K":
            self._lines[self._row] = ""
        elif piece["name"] == "A":
            self._row = max(0, self._row - count)


class Terminal:
    """A program whose stderr, and what else is asked for, is a terminal; a context manager that leaves none running."""

    def __init__(
        self,
        program: Sequence[str | Path],
        *,
        columns: int = 80,
        stdout: IO[bytes] | None = None,
        stdin: bool = False,
        folder: Path | None = None,
        **environment: str,
    ) -> None:
        self.shown = ""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        settings = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")}
        self.process = subprocess.Popen(
            [sys.executable, *map(str, program)],
            stdin=theirs if stdin else subprocess.DEVNULL,
            stdout=theirs if stdout is None else stdout,
            stderr=theirs,
            cwd=folder,
            env={**settings, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment},
            # A shell that runs the tests in the background has told them to ignore the signal.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: Any, trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen now."""
        screen = Screen()
        screen.feed(self.shown)
        return screen.lines

    def type(self, text: str) -> None:
        """Type at the keyboard."""
        os.write(self._ours, text.encode())

    def watch(self, seconds: float) -> None:
        """Look on for a time."""
        self._until(lambda: False, seconds)

    def wait_for(self, seen: Callable[[list[str]], bool]) -> list[str]:
        """Look on until something is seen, and give what stood on the screen then."""
        assert self._until(lambda: seen(self.lines), PATIENCE), f"never seen; at last {self.lines}"
        return self.lines

    def end(self) -> int:
        """Look on until the program ends, and give its exit code."""
        self._until(lambda: False, PATIENCE)
        return self.process.wait(PATIENCE)

    def _until(self, done: Callable[[], bool], seconds: float) -> bool:
        for part in self._parts(time.monotonic() + seconds):
            self.shown += part
            if done():
                return True
        return False

    def _parts(self, end: float) -> Iterator[str]:
        """Give what is written, as it comes, until a time or the end of the program."""
        while (left := end - time.monotonic()) > 0:
            if select.select([self._ours], [], [], left)[0]:
                with contextlib.suppress(OSError):  # Linux says so when the other end is closed
                    if part := os.read(self._ours, 65536):
                        yield part.decode(errors="replace")
                        continue
                return
