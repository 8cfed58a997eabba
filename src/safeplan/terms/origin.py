"""Where a value was written, so that every message can point at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: a line and column of text, or a row and column name of a sheet.

    `file` is spelt as in the plan. `line` and `column` count from 1; in a table `line` is the row of the file as a
    spreadsheet numbers it, and `field` the heading of the column as it is written there.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    field: str | None = None
