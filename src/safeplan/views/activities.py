"""Activities as tables: due day, kind, what, for whom, by whom, and the papers that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from safeplan.core import roster
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Section, Table
from safeplan.plan.rules.activities import Activity
from safeplan.views.columns import columns
from safeplan.views.facets import Narrowing
from safeplan.words.codes import activity_name
from safeplan.words.dates import listed, weekday_text
from safeplan.words.language import Words

_COLUMNS = ("due", "weekday", "kind", "activity", "subject", "owners", "evidence", "remarks")


def activities_section(
    schedule: Schedule, words: Words, chosen: pl.Expr | None = None, narrow: Narrowing | None = None
) -> Section | None:
    """Show the activities of a schedule, or those that an expression over `core.roster.activities` chooses."""
    rows = roster.activities(schedule)
    rows = rows if chosen is None else rows.filter(chosen)
    if rows.is_empty():
        return None
    table = activity_table(schedule, rows, words, sheet=words("Activities"))
    if narrow is not None:
        table = replace(table, facets=narrow.of(rows, "due", "due", officers="owners"))
    return Section(words("Activities"), tables=(table,))


def activity_table(schedule: Schedule, rows: pl.DataFrame, words: Words, *, title: str = "", sheet: str = "") -> Table:
    """Make a table of activities; `rows` as `core.roster.activities` gives them."""
    models = [line.model for line in schedule.plan.activities]
    remarks = [listed(words, list(_remarks(model, words))) for model in models]
    lines: list[tuple[Cell, ...]] = [
        (
            row["due"],
            weekday_text(words, row["due"]),
            activity_name(words, row["kind"]),
            row["name"],
            row["enterprise_name"] or row["grid_name"] or row["venue"],
            listed(words, row["owner_names"]),
            models[row["activity"]].evidence,
            remarks[row["activity"]],
        )
        for row in rows.iter_rows(named=True)
    ]
    return Table(columns(words, *_COLUMNS), lines, title=title, group=("due", "weekday"), sheet=sheet)


def _remarks(model: Activity, words: Words) -> Iterator[str]:
    """Give what is printed as it stands: title, number, audience, checklist, veto, source."""
    yield from (text for text in (model.title, model.number) if text)
    if model.audience:
        yield words("for {audience}", audience=listed(words, list(model.audience)))
    yield from model.checklist
    if model.veto:
        yield words("veto: {veto}", veto=listed(words, list(model.veto)))
