"""The register in a spreadsheet that nobody has described: which sheet it is, which row its headings are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from safeplan.plan.enterprise import Enterprise
from safeplan.plan.selection import HEADINGS
from safeplan.reading.cells import Cells, read_cells
from safeplan.reading.header import Header, body, find_header
from safeplan.reading.limits import Limits
from safeplan.reading.sheets import sheet_names
from safeplan.terms.diagnostic import Diagnostic, error
from safeplan.terms.origin import Place
from safeplan.work.errors import PlanError

KNOWN = {**HEADINGS, **{name: name for name in Enterprise.model_fields}}
"""Heading → field, as reading a plan knows them."""

_SHEETS_LOOKED_AT = 30
_ROWS_LOOKED_AT = 30
_NEARLY = 0.6
_FIGURE = re.compile(r"[\d.,:/-]+|[A-Za-z]")


class RegisterError(PlanError):
    """A register that cannot be read; nothing was written."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(tuple(diagnostics), {})
        self.code = "register-errors"


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A table that is taken for the register.

    Attributes
    ----------
    header
        Its headings; where none is known (`strange`) the row with most texts.
    frame
        The rows of data, a column of texts for each heading by its name.
    alone
        Whether the file has no other sheet.
    """

    path: Path
    cells: Cells
    header: Header
    frame: pl.DataFrame
    strange: bool
    alone: bool

    @property
    def known(self) -> int:
        """How many columns have headings that are known."""
        return 0 if self.strange else sum(column.known for column in self.header.columns)


def find_register(path: Path, limits: Limits) -> RegisterSheet:
    """Find the register of a file: of several sheets the one with most known headings, of equals the longest.

    Raises
    ------
    RegisterError
        No sheet can be read as a table, or nothing stands below its headings.
    """
    if not path.is_file():
        raise RegisterError([error("no-such-file", Place(path.name), found=str(path), suggestion=None)])
    sheets: list[RegisterSheet] = []
    problems: list[Diagnostic] = []
    names = _sheet_names(path, limits)
    for name in names:
        found = _read(path, limits, name, alone=len(names) == 1)
        if isinstance(found, RegisterSheet):
            sheets.append(found)
        else:
            problems += found
    if not sheets:
        raise RegisterError(problems)
    return max(sheets, key=lambda one: (one.known, one.frame.height))


def _sheet_names(path: Path, limits: Limits) -> list[str | None]:
    if path.suffix.lower() not in (".xlsx", ".xls", ".ods") or path.stat().st_size > limits.table_bytes:
        return [None]
    names = sheet_names(path, path.name, limits)
    if isinstance(names, Diagnostic):
        raise RegisterError([names])
    return [*names[:_SHEETS_LOOKED_AT]] or [None]


def _read(path: Path, limits: Limits, sheet: str | None, *, alone: bool) -> RegisterSheet | list[Diagnostic]:
    cells, problems = read_cells(path, path.name, limits, sheet=sheet)
    if cells is None:
        return problems
    header = find_header(cells, KNOWN)
    row = None
    if isinstance(header, list) and header[0].code == "no-known-column":
        row = _heading_row(cells)
    if row is not None:
        texts = cells.frame.filter(pl.col("row") == row).drop("row").row(0)
        header = find_header(cells, {text: text for text in texts if text}, row)
    if isinstance(header, list):
        return [*problems, *header]
    frame = body(cells, header)
    if frame.is_empty():
        return [*problems, error("empty-table", cells.place())]
    return RegisterSheet(path, cells, header, frame, row is not None, alone)


def _heading_row(cells: Cells) -> int | None:
    """Find the row of headings where none is known: the first that is nearly as full as any and is no data.

    Headings are no numbers and no letters of classes, and do not come again in their column as a village's name does.
    """
    top = cells.frame.head(_ROWS_LOOKED_AT)
    rows = [{key: text for key, text in row.items() if text and key != "row"} for row in top.iter_rows(named=True)]
    most = max((len(row) for row in rows), default=0)
    for at, row in enumerate(rows):
        if len(row) < max(2, most * _NEARLY):
            continue
        below = cells.frame.slice(at + 1)
        data = any(_FIGURE.fullmatch(text) or (below[column] == text).any() for column, text in row.items())
        return None if data else int(top["row"][at])
    return None
