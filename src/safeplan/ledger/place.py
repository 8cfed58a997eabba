"""Where a ledger is kept: a file, or a PostgreSQL database. Its name can be printed, a password never."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_SHOWN = re.compile(r"[\w.\-\[\]]*(:\d+)?(/[\w.\-]*)?")


@dataclass(frozen=True, slots=True, repr=False)
class LedgerPlace:
    """A ledger's file, or the URL of its database; exactly one of the two."""

    file: Path | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.file is None) == (self.url is None):
            raise ValueError("a ledger has a file or a URL")

    @property
    def name(self) -> str:
        """Name the place for people: the file, or host, port and database of the URL.

        What stands before the last @ is never shown, nor anything that is no host and database: a password that was
        not written as URLs want it can stand in odd places.
        """
        if self.file is not None:
            return str(self.file)
        shown = str(self.url).partition("://")[2].rpartition("@")[2].partition("?")[0]
        return f"postgresql://{shown if _SHOWN.fullmatch(shown) else '…'}"

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"LedgerPlace({self.name!r})"


def is_url(text: str) -> bool:
    """Whether a text names a database, and not a file."""
    return "://" in text
