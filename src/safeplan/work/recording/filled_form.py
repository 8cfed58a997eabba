"""A filled form read again, known by its hidden keys: the sheet of `schedule --form`, or what a pocket page saves."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from safeplan.core.events.findings import Finding, Severity
from safeplan.core.events.visits import VisitMade
from safeplan.output.csv import unguarded
from safeplan.output.form import MARK
from safeplan.plan.fields import EnterpriseRef, GridRef, OfficerRef
from safeplan.reading.cells import Cells
from safeplan.terms.family import Family
from safeplan.work.form_sheet import CHECK, FINDINGS, FIXED, HIDDEN, row_check
from safeplan.work.recording.rows import FindingRow, Item, Meanings, Row, SheetRows, VisitRow
from safeplan.work.recording.visits import default_family
from safeplan.work.recording.words import NOTHING_FOUND, read_finding

_ROWS_LOOKED_AT = 30


def is_form(cells: Cells) -> bool:
    """Whether a sheet has the hidden keys of a form."""
    return _key_row(cells) is not None


def read_form(cells: Cells, meanings: Meanings) -> SheetRows:
    """Read a filled form; what is wrong is said in `meanings`."""
    items: list[Item] = []
    empty = 0
    for row in _rows(cells):
        visit_id = row.texts.get("visit", "")
        if not visit_id and not row.texts.keys() - {"weekday", "order"}:
            continue
        if visit_id and row.texts.get(CHECK) != row_check({key: row.texts.get(key, "") for key in (*FIXED, *HIDDEN)}):
            meanings.say("row-check", row.place())
            continue
        if not row.texts.keys() & _open_keys():
            empty += 1
            continue
        items += _items(row, visit_id, meanings)
    return SheetRows(tuple(items), empty)


def _open_keys() -> set[str]:
    found = {f"{name}{n}" for name in ("finding", "severity") for n in range(1, FINDINGS + 1)}
    return {"outcome", "officers", "day", "note", *found}


def _key_row(cells: Cells) -> int | None:
    """Give the position of the row of keys."""
    top = cells.frame.head(_ROWS_LOOKED_AT)
    for at, row in enumerate(top.iter_rows(named=True)):
        if {MARK + "visit", MARK + CHECK} <= set(row.values()):
            return at
    return None


def _rows(cells: Cells) -> Iterator[Row]:
    at = _key_row(cells)
    assert at is not None
    keys = {
        column: text.strip().removeprefix(MARK)
        for column, text in cells.frame.row(at, named=True).items()
        if isinstance(text, str) and text.strip().startswith(MARK)
    }
    titles = cells.frame.row(at + 1, named=True) if at + 1 < cells.frame.height else {}
    headings = {key: titles.get(column) or key for column, key in keys.items()}
    written = unguarded if cells.sheet is None else str
    body = cells.frame.slice(at + 2)
    for values in body.filter(pl.any_horizontal(pl.col(list(keys)).is_not_null())).iter_rows(named=True):
        texts = {key: text for column, key in keys.items() if (text := written((values[column] or "").strip()))}
        yield Row(cells, values["row"], texts, headings)


def _items(row: Row, visit_id: str, meanings: Meanings) -> Iterator[Item]:
    """Give the visit of a filled row, and what it found; nothing when a cell cannot be read."""
    before = meanings.said
    if "outcome" not in row.texts:
        meanings.say("outcome-missing", row.place("outcome"))
    outcome = meanings.outcome(row)
    day = meanings.day(row, "day" if "day" in row.texts or not visit_id else "date")
    officers = meanings.officers(row, "officers")
    enterprise, grid = _subject(row, visit_id, meanings)
    found = list(_findings(row, meanings))
    if day is None and "day" not in row.texts and not visit_id:
        meanings.say("empty-cell", row.place("day"), found=row.headings["day"])
    if found and enterprise is None:
        meanings.say("finding-without-enterprise", row.place("finding1"))
    if outcome is None or day is None or officers is None or meanings.said > before:
        return
    planned = tuple(OfficerRef(one) for one in row.texts.get("crew-ids", "").split(";") if one)
    visit = VisitMade(
        day=day,
        enterprise=enterprise,
        grid=grid,
        outcome=outcome,
        officers=officers or planned,
        family=Family(row.texts["family-code"])
        if visit_id
        else default_family(meanings.plan, officers, is_grid=grid is not None),
        visit=visit_id,
        serves=tuple(one for one in row.texts.get("serves", "").split(";") if one),
        note=row.texts.get("note", ""),
    )
    yield VisitRow(row, visit, says_officers=bool(officers), says_family=bool(visit_id))
    for severity, code, text in found:
        if enterprise is not None:
            yield FindingRow(
                row,
                Finding(
                    day=day, enterprise=enterprise, severity=severity, code=code, text=text, officers=visit.officers,
                    visit=visit_id,
                ),
            )  # fmt: skip


def _subject(row: Row, visit_id: str, meanings: Meanings) -> tuple[EnterpriseRef | None, GridRef | None]:
    """Give the enterprise or the grid of a row; of a spare row what was written there."""
    if visit_id:
        subject, grid = row.texts.get("subject"), row.texts.get("grid-id")
        named = Row(row.cells, row.number, {"enterprise": subject} if subject else {"grid": grid or ""}, row.headings)
        return (meanings.enterprise(named), None) if subject else (None, meanings.grid(named))
    if "enterprise" in row.texts:
        return meanings.enterprise(row), None
    if "grid" not in row.texts:
        meanings.say("empty-cell", row.place("enterprise"), found=row.headings["enterprise"])
    return None, meanings.grid(row)


def _findings(row: Row, meanings: Meanings) -> Iterator[tuple[Severity, str, str]]:
    for n in range(1, FINDINGS + 1):
        text, key = row.texts.get(f"finding{n}", ""), f"severity{n}"
        severity = meanings.severity(row, key)
        if text and text.casefold() not in NOTHING_FOUND:
            read = read_finding(text, severity)
            yield read.severity, read.code, read.text
        elif severity is not None and not text:
            meanings.say("severity-without-finding", row.place(key))
