"""Taking over a file that tells what happened, a filled form or a ledger of the office: all or nothing, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safeplan.core.events.base import Event
from safeplan.reading.cells import Cells, read_cells
from safeplan.reading.limits import Limits
from safeplan.reading.sheets import sheet_names
from safeplan.terms.diagnostic import Diagnostic, Severity, error
from safeplan.terms.origin import Place
from safeplan.work.errors import PlanError, WorkError
from safeplan.work.recording.desk import Before, Desk, Told
from safeplan.work.recording.filled_form import is_form, read_form
from safeplan.work.recording.merge import merge
from safeplan.work.recording.register import header_of, read_register
from safeplan.work.recording.rows import Item, Meanings, SheetRows

_SHEETS = (".xlsx", ".xls", ".ods")
_MANY_SHEETS = 60
_ALONE = frozenset({"several-sheets"})
"""Warnings that do not hold here: every sheet is looked at."""


class ImportRefusedError(PlanError):
    """A file that cannot be taken over; nothing was recorded."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(tuple(diagnostics), {})
        self.code = "import-errors"


@dataclass(frozen=True, slots=True)
class FileRows:
    """What a file tells: items in the order of its rows, rows of a form that are not filled in, and warnings."""

    items: tuple[Item, ...]
    empty: int
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What was recorded, how many events the ledger had already, and what the file had besides."""

    told: Told
    known: int
    rows: FileRows


def import_file(desk: Desk, path: Path, *, dry_run: bool = False, limits: Limits | None = None) -> Imported:
    """Record what a file tells and the ledger does not know yet; with `dry_run` nothing is written.

    Raises
    ------
    ImportRefusedError
        With every row that cannot be taken over.
    WorkError
        `plan-not-there`: there is no such file.
    LedgerError
        Nothing was stored.
    """
    desk.progress("form", 0.0)
    rows = read_file(desk, path, limits or Limits())
    known = 0

    def prepare(before: Before) -> tuple[Event, ...]:
        nonlocal known
        merged = merge(before, rows.items)
        if merged.problems:
            raise ImportRefusedError(merged.problems)
        known = merged.known
        return merged.events

    if dry_run:
        before = desk.look()
        told = Told(prepare(before), (), before)
    else:
        told = desk.record(prepare)
    return Imported(told, known, rows)


def read_file(desk: Desk, path: Path, limits: Limits) -> FileRows:
    """Read all forms of a file; where there is none, its ledgers.

    Raises
    ------
    ImportRefusedError, WorkError
    """
    if not path.is_file():
        raise WorkError("plan-not-there", path=str(path))
    meanings = Meanings(desk.plan, desk.now.date())
    sheets, problems = _sheets(path, limits)
    forms = [cells for cells in sheets if is_form(cells)]
    read = [read_form(cells, meanings) for cells in forms]
    if not forms:
        registers, said = _registers(sheets, meanings)
        read += registers
        problems += said
    found = [*(one for one in problems if one.code not in _ALONE), *meanings.problems.listed()]
    if any(one.severity is Severity.ERROR for one in found):
        raise ImportRefusedError(found)
    items = tuple(item for one in read for item in one.items)
    return FileRows(items, sum(one.empty for one in read), tuple(found))


def _sheets(path: Path, limits: Limits) -> tuple[list[Cells], list[Diagnostic]]:
    """Read the sheets that hold anything; problems only when none does."""
    names: list[str | None] = [None]
    if path.suffix.lower() in _SHEETS and path.stat().st_size <= limits.table_bytes:
        listed = sheet_names(path, path.name, limits)
        if isinstance(listed, Diagnostic):
            return [], [listed]
        names = [*listed[:_MANY_SHEETS]] or [None]
    sheets, said, wrong = [], [], []
    for name in names:
        cells, problems = read_cells(path, path.name, limits, sheet=name)
        if cells is not None:
            sheets.append(cells)
            said += problems
        else:
            wrong += problems
    return sheets, said if sheets else wrong


def _registers(sheets: Sequence[Cells], meanings: Meanings) -> tuple[list[SheetRows], list[Diagnostic]]:
    """Read every sheet that has the headings of a ledger; says why when none has."""
    read: list[SheetRows] = []
    said: list[Diagnostic] = []
    wrong: list[Diagnostic] = []
    for cells in sheets:
        header = header_of(cells)
        if isinstance(header, list):
            wrong += header
        elif len(sheets) == 1 or sum(column.known for column in header.columns) > 1:
            said += header.warnings
            read.append(read_register(cells, header, meanings))
    if not read and sheets and not wrong:
        wrong.append(error("no-known-column", Place(sheets[0].file), found=(), expected=()))
    return read, said if read else wrong
