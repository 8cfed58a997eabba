"""What can go wrong with the mail server as expected; sentences stand in `words/work_errors.py`."""

from __future__ import annotations

from typing import ClassVar

from safeplan.work.errors import WorkError


class SmtpError(WorkError):
    """The mail server, or the way to it, failed. `values` hold its host and port, never a name or a password."""

    exit_code: ClassVar[int] = 3


class Refused(Exception):
    """The server did not take one letter. `code` is its answer (450, 550), or `lost`: the connection ended before."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unsure(Exception):
    """The connection ended inside the hand-over: nobody can know whether the server took the letter."""
