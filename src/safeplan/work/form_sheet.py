"""The roster as a form to be filled in on paper or screen and taken over by `record import`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Chosen, undrawn
from safeplan.core.events.findings import Severity
from safeplan.core.events.visits import Outcome
from safeplan.document import Cell
from safeplan.output.form import MARK, FormColumn, FormSheet, Use
from safeplan.output.form_xlsx import render
from safeplan.output.scrub import scrub
from safeplan.reading.values import read_day
from safeplan.terms.diagnostic import TermError
from safeplan.words.codes import family_name
from safeplan.words.dates import full_day_text, weekday_text
from safeplan.words.language import Words
from safeplan.words.ledger_columns import OUTCOMES, SEVERITIES
from safeplan.work.errors import WorkError

FINDINGS = 3
"""Findings that a row has room for."""
FIXED = ("date", "weekday", "crew", "order", "enterprise", "grid", "address", "family")
HIDDEN = ("visit", "serves", "subject", "grid-id", "crew-ids", "family-code")
CHECK = "check"
_SPARE = 10


def form_workbook(chosen: Chosen, words: Words) -> bytes:
    """Write what was chosen of a schedule, visits that were made left out, as a form."""
    return render(form_sheet(chosen, words))


def form_sheet(chosen: Chosen, words: Words) -> FormSheet:
    """Make the form: one row a visit that is still to be made, and spare rows for visits that were not planned.

    Nobody can say what came of a visit that is not drawn yet; once it is made its enterprise stands in a spare row.
    """
    schedule = chosen.schedule
    days = words("{first} to {last}", first=full_day_text(words, chosen.first), last=full_day_text(words, chosen.last))
    name = schedule.plan.file.name or words("Inspection roster")
    return FormSheet(
        name=words("Roster"),
        title=words("{plan}: form, {days}", plan=name, days=days),
        hint=words(
            "Fill in the yellow cells; the officers and the day only where they were others than planned; visits that "
            "were not planned below. Then: safeplan record import FILE"
        ),
        font="宋体" if words.language == "zh_CN" else "Arial",
        columns=_columns(words),
        rows=_rows(chosen, words),
        spare=_SPARE,
        refusal=words("Choose one of the list."),
        made_on=schedule.today,
    )


def must_be_xlsx(name: str) -> None:
    """Refuse the form where no XLSX is asked for.

    Raises
    ------
    WorkError
        `form-needs-xlsx`.
    """
    if name != "xlsx":
        raise WorkError("form-needs-xlsx")


def row_check(cells: Mapping[str, str]) -> str:
    """Give the mark over a row's id and its fixed cells (by key), that shows when one of them was changed."""
    same = {**cells, "date": _day(cells.get("date", ""))}
    said = "\x1f".join(_plain(same.get(key, "")) for key in (*FIXED, *HIDDEN))
    return f"c{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def _plain(text: str) -> str:
    """Take out what programs change when they save: white space, width, and characters that nobody sees."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", scrub(text)))


def _day(text: str) -> str:
    """Write a day in one way, however a program has it: Excel makes 2026/3/9 of a CSV's 2026-03-09."""
    try:
        return read_day(text).isoformat()
    except TermError:
        return text


def _columns(words: Words) -> tuple[FormColumn, ...]:
    def fixed(key: str, title: str, *, also_spare: bool = False, width: int | None = None) -> FormColumn:
        return FormColumn(MARK + key, title, Use.FIXED, also_spare=also_spare, width=width)

    def open_(key: str, title: str, *choices: str, is_day: bool = False, width: int | None = None) -> FormColumn:
        return FormColumn(MARK + key, title, choices=choices, is_day=is_day, width=width)

    outcomes = [words(OUTCOMES[one.value]) for one in Outcome]
    severities = [words(SEVERITIES[one.value]) for one in Severity]
    found = [
        column
        for n in range(1, FINDINGS + 1)
        for column in (
            open_(f"finding{n}", words("Finding {n}", n=n), width=15),
            open_(f"severity{n}", words("Severity {n}", n=n), *severities, width=7),
        )
    ]
    return (
        fixed("date", words("Date"), width=11),
        fixed("weekday", words("Weekday"), width=6),
        fixed("crew", words("Officers")),
        fixed("order", words("No."), width=5),
        fixed("enterprise", words("Enterprise"), also_spare=True),
        fixed("grid", words("Grid"), also_spare=True),
        fixed("address", words("Address")),
        fixed("family", words("Kind of check")),
        open_("outcome", words("How it ended"), *outcomes, width=9),
        FormColumn(MARK + "officers", words("Officers who went"), is_people=True, width=12),
        open_("day", words("Day it was made"), is_day=True, width=11),
        *found,
        open_("note", words("Remarks"), width=12),
        *(FormColumn(MARK + key, key, Use.HIDDEN) for key in (*HIDDEN, CHECK)),
    )


def _rows(chosen: Chosen, words: Words) -> list[tuple[Cell, ...]]:
    schedule = chosen.schedule
    visits = roster.visits(schedule).with_columns(at=pl.int_range(pl.len(), dtype=pl.Int32))
    serves: dict[int, list[str]] = {}
    for visit, obligation in roster.served(schedule).select("visit", "obligation").iter_rows():
        serves.setdefault(visit, []).append(obligation)
    columns = _columns(words)
    rows = []
    for visit in visits.filter((pl.col("state") != "done") & ~undrawn(schedule, schedule.visits)).iter_rows(named=True):
        cells: dict[str, Cell] = {
            "date": visit["date"],
            "weekday": weekday_text(words, visit["date"]),
            "crew": words(", ").join(visit["officer_names"]) or words("self-check"),
            "order": visit["order"],
            "enterprise": visit["enterprise_name"] or "",
            "grid": visit["grid_name"] or "",
            "address": visit["address"] or "",
            "family": family_name(words, visit["family"]),
            "visit": visit["id"],
            "serves": ";".join(serves.get(visit["at"], [])),
            "subject": visit["enterprise"] or "",
            "grid-id": "" if visit["enterprise"] else visit["grid"] or "",
            "crew-ids": ";".join(visit["officers"]),
            "family-code": visit["family"],
        }
        cells[CHECK] = row_check({key: "" if cell is None else str(cell) for key, cell in cells.items()})
        rows.append(tuple(cells.get(column.name) for column in columns))
    return rows
