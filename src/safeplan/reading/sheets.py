"""Sheets of .xlsx, .xls and .ods as columns of texts, by python-calamine."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine as calamine

from safeplan.reading.archive import Archive, Extent, inspect_archive
from safeplan.reading.compound import Damaged, xls_extents
from safeplan.reading.limits import Limits
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.origin import Place

_ROWS_AT_ONCE = 20_000
_EXACT = 10**15
"""Excel keeps fifteen significant digits of a number; the others it has turned into zeros."""


@dataclass(frozen=True, slots=True, order=True)
class Merged:
    """A merged range: rows from 1, columns from 0, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and cells; its frames are those of `Cells`."""

    name: str
    frame: pl.DataFrame
    numbers: pl.DataFrame
    merged: tuple[Merged, ...]


def read_sheet(data: bytes, file: str, limits: Limits, name: str | None) -> tuple[Sheet | None, list[Diagnostic]]:
    """Read one sheet of a spreadsheet's bytes; without a name the first visible one that holds anything."""
    inspected = _inspect(data, file, limits)
    if isinstance(inspected, Diagnostic):
        return None, [inspected]
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            chosen, diagnostics = _choose(book, file, name)
            if chosen is None:
                return None, diagnostics
            extent = inspected.sheets.get(chosen.name) if inspected else None
            return _read(chosen, file, limits, extent, diagnostics)
    except calamine.PasswordError:
        return None, [error("unreadable-table", Place(file), looks="encrypted")]
    except calamine.CalamineError as failure:
        looks = "encrypted" if "assword" in str(failure) or "ncrypt" in str(failure) else "damaged"
        return None, [error("unreadable-table", Place(file), looks=looks)]


def sheet_names(path: Path, file: str, limits: Limits) -> list[str] | Diagnostic:
    """Give the names of the visible sheets of a spreadsheet."""
    data = path.read_bytes()
    inspected = _inspect(data, file, limits)
    if isinstance(inspected, Diagnostic):
        return inspected
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return [sheet.name for sheet in book.sheets_metadata if _is_visible(sheet)]
    except calamine.CalamineError:
        return error("unreadable-table", Place(file), looks="damaged")


def _inspect(data: bytes, file: str, limits: Limits) -> Archive | Diagnostic | None:
    """Look at the beginning of a file before anything opens it; None for an .xls."""
    if data.startswith(b"PK"):
        return inspect_archive(data, file, limits)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data[:_ROWS_AT_ONCE] + data[-_ROWS_AT_ONCE:]:
            return error("unreadable-table", Place(file), looks="encrypted")
        return _check_xls(data, file, limits)
    return error("unreadable-table", Place(file), looks=_looks(data))


def _check_xls(data: bytes, file: str, limits: Limits) -> Diagnostic | None:
    """Refuse an .xls whose sheets, all of which calamine lays out at once, are too large together."""
    try:
        extents = xls_extents(data)
    except Damaged:
        return error("unreadable-table", Place(file), looks="damaged")
    if sum(rows * columns for rows, columns in extents) <= limits.cells:
        return None
    rows, columns = max(extents, key=lambda extent: extent[0] * extent[1])
    return error(
        "sheet-too-large",
        Place(file),
        rows=rows,
        columns=columns,
        written=None,
        limit=limits.cells,
        setting="cells",
    )


def _looks(data: bytes) -> str:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in start or b"<table" in start or start.startswith(b"<!doctype html"):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    if start.startswith(b"%pdf"):
        return "pdf"
    if not start:
        return "empty"
    return "binary" if b"\0" in start else "text"


def _is_visible(sheet: Any) -> bool:
    worksheet = calamine.SheetTypeEnum.WorkSheet
    return bool(sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == worksheet)


def _choose(book: Any, file: str, name: str | None) -> tuple[Any, list[Diagnostic]]:
    if name is not None:
        if name in book.sheet_names:
            return book.get_sheet_by_name(name), []
        near = get_close_matches(name, book.sheet_names, 1, 0.5)
        expected = tuple(book.sheet_names)
        return None, [
            error("no-such-sheet", Place(file), found=name, expected=expected, suggestion=(near or [None])[0])
        ]
    filled = []
    for metadata in book.sheets_metadata:
        if _is_visible(metadata):
            sheet = book.get_sheet_by_name(metadata.name)
            if sheet.start is not None:
                filled.append(sheet)
    if not filled:
        return None, [error("empty-table", Place(file))]
    others = tuple(sheet.name for sheet in filled[1:])
    return filled[0], [warning("several-sheets", Place(file), found=filled[0].name, others=others)] if others else []


def _read(
    sheet: Any, file: str, limits: Limits, extent: Extent | None, diagnostics: list[Diagnostic]
) -> tuple[Sheet | None, list[Diagnostic]]:
    if sheet.end is None:
        return None, [*diagnostics, error("empty-table", Place(file, sheet=sheet.name))]
    rows, width = sheet.end[0] + 1, sheet.end[1] + 1
    if rows > limits.rows or rows * width > limits.cells:
        setting = "rows" if rows > limits.rows else "cells"
        limit = limits.rows if setting == "rows" else limits.cells
        place = Place(file, sheet=sheet.name)
        return None, [
            *diagnostics,
            error("sheet-too-large", place, rows=rows, columns=width, written=None, limit=limit, setting=setting),
        ]
    texts: list[list[pl.Series]] = [[] for _ in range(width)]
    numbers: list[list[pl.Series]] = [[] for _ in range(width)]
    left = sheet.start[1]  # rows come without the empty columns before the used range
    for block in _blocks(sheet.iter_rows()):
        for index in range(left):
            texts[index].append(pl.repeat(None, len(block), dtype=pl.String, eager=True).alias(f"c{index}"))
            numbers[index].append(pl.repeat(False, len(block), eager=True).alias(f"c{index}"))
        for index, cells in enumerate(zip(*block, strict=True), left):
            name = f"c{index}"
            kinds = set(map(type, cells))
            if kinds & {int, float}:
                numbers[index].append(pl.Series(name, [type(cell) in (int, float) for cell in cells], pl.Boolean))
            else:
                numbers[index].append(pl.repeat(False, len(block), eager=True).alias(name))
            shown = cells if kinds == {str} else [cell if type(cell) is str else _text(cell) for cell in cells]
            texts[index].append(pl.Series(name, shown, pl.String))
    columns = [pl.concat(parts, rechunk=True) for parts in texts]
    columns = [column.set(column == "", None) for column in columns]
    merged = _merged(sheet)
    _repeat_downwards(columns, merged)
    for row, column, text in extent.errors if extent else ():
        if row < rows and column < width:
            columns[column] = columns[column].scatter(row, text)
    frame = pl.DataFrame([pl.int_range(1, rows + 1, dtype=pl.Int32, eager=True).alias("row"), *columns])
    return Sheet(sheet.name, frame, pl.DataFrame([pl.concat(parts) for parts in numbers]), merged), diagnostics


def _blocks(rows: Iterable[Sequence[Any]]) -> Iterable[list[Sequence[Any]]]:
    block: list[Sequence[Any]] = []
    for row in rows:
        block.append(row)
        if len(block) == _ROWS_AT_ONCE:
            yield block
            block = []
    if block:
        yield block


def _text(cell: Any) -> str:
    """Give a cell's value as the text of a plan: 1 for 1.0, days in ISO 8601, true and false."""
    kind = type(cell)
    if kind is float:
        if cell.is_integer():
            return str(int(cell)) if abs(cell) < _EXACT else f"{Decimal(f'{cell:.15g}'):f}"
        return f"{cell:.15g}" if abs(cell) >= 1e-4 else f"{cell:.17f}".rstrip("0").rstrip(".")
    if kind is bool:
        return "true" if cell else "false"
    if kind is datetime.datetime:
        return str(cell.date()) if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell)


def _merged(sheet: Any) -> tuple[Merged, ...]:
    """Give the merged ranges, where the format tells them."""
    ranges = sheet.merged_cell_ranges or []
    return tuple(sorted(Merged(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in ranges))


def _repeat_downwards(columns: list[pl.Series], merged: Sequence[Merged]) -> None:
    """Write what is merged downwards into each of its rows.

    To the right nothing is repeated: a title over the whole table must not look like data.
    """
    height = len(columns[0])
    rows: dict[int, list[int]] = {}
    texts: dict[int, list[str]] = {}
    for one in merged:
        top, left = one.first_row - 1, one.first_column
        if one.last_row > one.first_row and top < height and left < len(columns) and columns[left][top]:
            below = range(top + 1, min(one.last_row, height))
            rows.setdefault(left, []).extend(below)
            texts.setdefault(left, []).extend([columns[left][top]] * len(below))
    for left, at in rows.items():
        columns[left] = columns[left].scatter(at, pl.Series(texts[left], dtype=pl.String))
