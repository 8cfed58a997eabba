"""The report of a month, a quarter or a year, made from what the ledger tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeplan.core.report import report
from safeplan.document import Document
from safeplan.plan.plan import Plan
from safeplan.terms.identity import folded
from safeplan.terms.span import Span
from safeplan.views.report import Groups, report_document
from safeplan.words.dates import full_day_text, month_text
from safeplan.words.language import Words
from safeplan.work.as_of import known_on
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Desk
from safeplan.work.spans import month_span, quarter_span, within


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """What a report is asked to be of: one of a month, a quarter and the whole period; by grid, class or a level."""

    month: str | None = None
    quarter: str | None = None
    year: bool = False
    by: str = "grid"
    as_of: str | None = None


def make_report(desk: Desk, asked: ReportAsked, words: Words) -> Document:
    """Make a report.

    Raises
    ------
    WorkError
        `report-span`, `bad-month`, `bad-quarter`, `not-in-period`, `bad-day`, `future-day`, `report-by`, `no-ledger`.
    LedgerError
        The ledger cannot be read.
    """
    span, what = _span(desk.plan, asked, desk.now.date(), words)
    by, groups = _groups(desk.plan, asked.by)
    before = desk.look()
    if before.records.is_empty():
        raise WorkError("no-ledger", place=desk.place.name)
    desk.progress("report", 0.0)
    as_of, history = known_on(desk, before, asked.as_of)
    made = report(desk.plan, history, desk.calendar, span, as_of, by)
    return report_document(desk.plan, made, history.head, what, groups, words)


def _span(plan: Plan, asked: ReportAsked, today: date, words: Words) -> tuple[Span, str]:
    """Give the days of a report, and what they are called."""
    if sum((asked.month is not None, asked.quarter is not None, asked.year)) != 1:
        raise WorkError("report-span")
    period = Span(plan.first, plan.last)
    if asked.month is not None:
        span = within(month_span(asked.month, today, period), period, asked.month)
        return span, month_text(words, span.first)
    if asked.quarter is not None:
        span = within(quarter_span(asked.quarter, today, period), period, asked.quarter)
        number = (span.first.month - 1) // 3 + 1
        return span, words("quarter {n} of {year}", n=number, year=span.first.year)
    if (plan.first.month, plan.first.day, plan.last.month, plan.last.day) == (
        1,
        1,
        12,
        31,
    ) and plan.first.year == plan.last.year:
        return period, words("the year {year}", year=plan.first.year)
    return period, words(
        "{first} – {last}", first=full_day_text(words, plan.first), last=full_day_text(words, plan.last)
    )


def _groups(plan: Plan, by: str) -> tuple[dict[int, int] | None, Groups]:
    """Give the grid under which each grid is counted, and the names of the groups."""
    if by == "class":
        return None, Groups("class", dict(enumerate(one.label or key for key, one in plan.file.classes.items())))
    levels = {folded(grid.level): grid.level for grid in plan.file.grids if grid.level}
    if by != "grid" and folded(by) not in levels:
        raise WorkError("report-by", asked=by, known=["grid", "class", *levels.values()])
    under = {
        code: _counted_under(plan, code, None if by == "grid" else levels[folded(by)]) for code in plan.grids.values()
    }
    return under, Groups("grid", {code: grid.name for code, grid in enumerate(plan.file.grids)})


def _counted_under(plan: Plan, code: int, level: str | None) -> int:
    """Give the grid of a level at or above a grid, else the one below the top; itself where there is none."""
    way = [code]
    while plan.grid_parent[way[-1]] >= 0:
        way.append(plan.grid_parent[way[-1]])
    if level is not None:
        return next((one for one in way if plan.file.grids[one].level == level), -1)
    alone = sum(parent < 0 for parent in plan.grid_parent) == 1
    return way[-2] if alone and len(way) > 1 else way[-1]
