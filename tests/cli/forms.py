"""Fills in forms as a person does, by openpyxl, and reads what they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

KEYS, FIRST = 3, 5
"""The row of the hidden keys, and the first row of visits."""


class Filled:
    """A form that is open in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._book = openpyxl.load_workbook(path)
        self.sheet: Any = self._book.active
        self.columns = {cell.value.removeprefix("safeplan:"): cell.column for cell in self.sheet[KEYS]}

    def row_of(self, visit: str) -> int:
        """Give the row of the visit whose id begins so."""
        cells = self.sheet.iter_rows(min_row=FIRST, min_col=self.columns["visit"], max_col=self.columns["visit"])
        return next(row for row, (cell,) in enumerate(cells, FIRST) if str(cell.value or "").startswith(visit))

    def spare(self, n: int = 0) -> int:
        """Give the n-th spare row."""
        cells = self.sheet.iter_rows(min_row=FIRST, min_col=self.columns["visit"], max_col=self.columns["visit"])
        return [row for row, (cell,) in enumerate(cells, FIRST) if not cell.value][n]

    def put(self, row: int, **values: object) -> None:
        """Type into the cells of a row, by their keys."""
        for key, value in values.items():
            self.sheet.cell(row, self.columns[key.replace("_", "-")]).value = value

    def save(self, path: Path | None = None) -> Path:
        """Save it, and give its path."""
        self._book.save(path or self.path)
        return path or self.path
