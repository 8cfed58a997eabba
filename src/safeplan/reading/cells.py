"""Tables off disk as cells: texts with the row numbers of the file, before anything says what they mean."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from safeplan.reading.csv_cells import read_csv_cells
from safeplan.reading.findings import Findings
from safeplan.reading.limits import Limits
from safeplan.reading.parquet import read_parquet_cells
from safeplan.reading.sheets import Merged, read_sheet
from safeplan.terms.diagnostic import Diagnostic, error, has_errors, warning
from safeplan.terms.origin import Place

SUFFIXES = (".csv", ".xlsx", ".xls", ".ods", ".parquet")
_NOT_A_VALUE = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
_HIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
"""Control, zero-width and bidirectional characters."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one table.

    Attributes
    ----------
    file, sheet
        The file as the plan spells it, and the sheet that was read; None where there are no sheets.
    frame
        `row` (Int32, the row as a spreadsheet numbers it; in a CSV file the line on which the record begins) and text
        columns c0, c1, …, null where nothing is written. What is merged downwards stands in each of its rows.
    numbers
        The same columns: whether the cell held a number, of which a spreadsheet keeps fifteen digits.
    merged
        The merged ranges.
    """

    file: str
    sheet: str | None
    frame: pl.DataFrame
    numbers: pl.DataFrame
    merged: tuple[Merged, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names of the text columns."""
        return [name for name in self.frame.columns if name != "row"]

    def place(self, row: int | None = None, heading: str | None = None) -> Place:
        """Give the place of the table, of a row, or of a cell."""
        return Place(self.file, row, sheet=self.sheet, field=heading)


def read_cells(
    path: Path, shown_name: str, limits: Limits, *, sheet: str | None = None
) -> tuple[Cells | None, list[Diagnostic]]:
    """Read a table: .csv, .xlsx, .xls, .ods or .parquet.

    Parameters
    ----------
    path
        The file, as `resolve_include` (folder.py) found it.
    shown_name
        Its name as the plan spells it.
    limits
        Sizes above which it is refused.
    sheet
        The sheet to read; None for the first that is visible and holds anything.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return None, [error("unknown-format", Place(shown_name), found=suffix, expected=SUFFIXES)]
    try:
        size = path.stat().st_size
        if size > limits.table_bytes:
            place, limit = Place(shown_name), limits.table_bytes
            return None, [error("too-large", place, found=size, limit=limit, setting="table_bytes")]
        data = path.read_bytes()
    except OSError as failure:
        name = errno.errorcode.get(failure.errno or 0, failure.strerror)
        return None, [error("unreadable-file", Place(shown_name), problem=name)]
    if not data:
        return None, [error("empty-file", Place(shown_name))]
    cells, found = _cells(data, suffix, shown_name, limits, sheet)
    if cells is None or has_errors(found):
        return None, found
    if not cells.columns or cells.frame.is_empty():
        return None, [*found, error("empty-table", cells.place())]
    return _checked(cells, found, limits)


def _cells(
    data: bytes, suffix: str, file: str, limits: Limits, sheet: str | None
) -> tuple[Cells | None, list[Diagnostic]]:
    if suffix == ".csv":
        frame, found = read_csv_cells(data, file, limits)
    elif suffix == ".parquet":
        frame, found = read_parquet_cells(data, file, limits)
    else:
        read, found = read_sheet(data, file, limits, sheet)
        return (Cells(file, read.name, read.frame, read.numbers, read.merged) if read else None), found
    if frame is None:
        return None, found
    none = pl.repeat(False, len(frame), eager=True)
    return Cells(file, None, frame, pl.DataFrame({name: none for name in frame.columns if name != "row"})), found


def _checked(cells: Cells, found: list[Diagnostic], limits: Limits) -> tuple[Cells, list[Diagnostic]]:
    """Take #N/A and its like as not set, and say where invisible characters stand: a warning each."""
    findings = Findings(limits.of_a_code)
    findings.extend(found)
    wrong = cells.frame.select(
        expression
        for name in cells.columns
        for expression in (
            pl.col(name).is_in(_NOT_A_VALUE).any().alias(f"{name} error"),
            pl.col(name).str.contains(_HIDDEN).any().alias(f"{name} hidden"),
        )
    ).row(0, named=True)
    errors = [name for name in cells.columns if wrong[f"{name} error"]]
    for name in errors:
        _warn("error-value", cells, name, pl.col(name).is_in(_NOT_A_VALUE), findings, limits)
    for name in cells.columns:
        if wrong[f"{name} hidden"]:
            _warn("hidden-character", cells, name, pl.col(name).str.contains(_HIDDEN), findings, limits)
    frame = cells.frame.with_columns(
        pl.when(pl.col(name).is_in(_NOT_A_VALUE)).then(None).otherwise(pl.col(name)).alias(name) for name in errors
    )
    return replace(cells, frame=frame), findings.listed()


def _warn(code: str, cells: Cells, name: str, which: pl.Expr, findings: Findings, limits: Limits) -> None:
    hits = cells.frame.filter(which).select("row", name)
    for row, text in hits.head(limits.of_a_code).iter_rows():
        hidden = re.search(_HIDDEN, text)
        found = f"U+{ord(hidden[0]):04X}" if hidden and code == "hidden-character" else text
        findings.add(warning(code, cells.place(row, _letters(name)), found=found))
    if len(hits) > limits.of_a_code:
        findings.count(warning(code, cells.place()), len(hits) - limits.of_a_code)


def _letters(column: str) -> str:
    """Give a column's letters in a spreadsheet: c0 is A."""
    number, letters = int(column[1:]) + 1, ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
