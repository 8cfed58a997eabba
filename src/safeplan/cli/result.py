"""Results go to stdout as bytes; a reader that has seen enough (| head) ends them without a word."""

from __future__ import annotations

import os
import sys

from safeplan.cli.progress import hidden


def write_result(data: bytes) -> None:
    """Write all of a result to stdout.

    A closed pipe is silent: the reader had enough. On a terminal that does not speak UTF-8 characters it lacks become
    question marks; files and pipes always get UTF-8.
    """
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        if encoding.lower().replace("-", "") != "utf8":
            data = data.decode().encode(encoding, "replace")
    try:
        with hidden():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    except OSError as problem:
        # What is left in the buffer must not be written again when Python ends (docs, signal: note on SIGPIPE).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(problem, BrokenPipeError):
            raise
