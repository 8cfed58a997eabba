"""Making a schedule of a plan file and showing a part of it: what `safeplan schedule` and `explain` do."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from safeplan.core.choice import Choice, choose
from safeplan.core.history import History
from safeplan.core.pocket import known_of
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule
from safeplan.ledger.place import LedgerPlace
from safeplan.output.files import write_whole
from safeplan.output.options import Options
from safeplan.plan.plan import Plan
from safeplan.plan.settings import LedgerSettings
from safeplan.reading.plan import read_plan
from safeplan.terms.progress import Progress, silent
from safeplan.terms.span import Span
from safeplan.views.roster import week_of
from safeplan.words.language import Words
from safeplan.work.errors import PlanError, WorkError
from safeplan.work.form_sheet import form_workbook
from safeplan.work.formats import Asked, render_schedule
from safeplan.work.ledgers import read_history
from safeplan.work.lookup import find_grid, find_officer
from safeplan.work.pocket import pocket
from safeplan.work.sources import plan_lines
from safeplan.work.spans import month_span, quarter_span, read_day, week_span, within


@dataclass(frozen=True, slots=True)
class Made:
    """A schedule, and the files that it was made from."""

    schedule: Schedule
    inputs: tuple[Path, ...]
    history: History | None = None
    ledger: LedgerPlace | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show, as a person typed it."""

    first: str | None = None
    last: str | None = None
    week: str | None = None
    month: str | None = None
    quarter: str | None = None
    officer: str | None = None
    grid: str | None = None
    with_surprise: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How to show it.

    `overview` asks for one screen where no filter says what, `to_fill` for a form to fill in, `pocket` for an officer's
    page with such a form.
    """

    format: str
    options: Options = field(default_factory=Options)
    overview: bool = False
    to_fill: bool = False
    pocket: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The bytes of what is shown, and how many obligations of it are unplaced."""

    data: bytes
    unplaced: int


def read(path: Path, progress: Progress = silent) -> Plan:
    """Read a plan that is to be used.

    Raises
    ------
    PlanError
        When it has errors, with all of them.
    """
    result = read_plan(path, progress=progress)
    if result.plan is None:
        raise PlanError(result.diagnostics, plan_lines(path))
    return result.plan


def make_schedule(
    path: Path,
    *,
    today: str | None = None,
    jobs: int = 1,
    ledger: Callable[[LedgerSettings | None], LedgerPlace] | None = None,
    progress: Progress = silent,
) -> Made:
    """Read a plan and what its ledger tells, and schedule it, on `jobs` cores.

    `ledger` says where the ledger is, given what the plan says of it; without it none is read.

    Raises
    ------
    PlanError, WorkError, LedgerError
        The plan has errors; `bad-day`, `bad-jobs`; the ledger is there and cannot be read.
    """
    if jobs < 1:
        raise WorkError("bad-jobs")
    plan = read(path, progress)
    day = today_of(plan, today)
    place = ledger(plan.file.ledger) if ledger is not None else None
    history = read_history(place, progress) if place is not None else None
    if jobs == 1:
        made = schedule(plan, history, day, progress=progress)
    else:
        # Spawned, not forked: a fork of a process in which Polars has threads may stand still.
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as executor:
            made = schedule(plan, history, day, executor, progress)
    return Made(made, (path, *(path.parent / one.name for one in plan.inputs)), history, place)


def today_of(plan: Plan, asked: str | None) -> date:
    """Give the day that was asked for, else today's in the zone of the plan."""
    if asked is not None:
        return read_day(asked, Span(plan.first, plan.last))
    return datetime.now(ZoneInfo(plan.file.timezone)).date()


def show(whole: Made, filters: Filters, form: Form, words: Words) -> Shown:
    """Choose what the filters ask for and give it the form.

    Raises
    ------
    WorkError
        What the filters name is not there, or is ambiguous.
    """
    made = whole.schedule
    choice = choice_of(made, filters)
    chosen = choose(made, choice)
    if form.to_fill:
        return Shown(form_workbook(chosen, words), len(chosen.schedule.unplaced))
    if form.pocket:
        return Shown(pocket(chosen, known_of(made, whole.history), words), len(chosen.schedule.unplaced))
    week = None
    if form.overview and choice.is_everything:
        monday, sunday = week_of(min(max(made.today, made.plan.first), made.plan.last))
        if not made.plan.first <= made.today <= made.plan.last:
            monday, sunday = week_of(made.plan.first)
        shown = within(Span(monday, sunday), Span(made.plan.first, made.plan.last), "")
        week = choose(made, Choice(shown.first, shown.last, with_surprise=choice.with_surprise))
    data = render_schedule(chosen, Asked(form.format, form.options, week), words)
    return Shown(data, len(chosen.schedule.unplaced))


def choice_of(made: Schedule, filters: Filters) -> Choice:
    """Give the choice that the filters mean.

    Raises
    ------
    WorkError
        `several-spans`, `reversed-days`, `not-in-period`, `plan-ended`, `unknown-officer`, `unknown-grid`, `ambiguous`,
        `bad-…`.
    """
    plan = made.plan
    span = _span(made, filters)
    return Choice(
        first=span.first if span else None,
        last=span.last if span else None,
        officer=None if filters.officer is None else find_officer(plan, filters.officer),
        grid=None if filters.grid is None else find_grid(plan, filters.grid),
        with_surprise=filters.with_surprise,
    )


def _span(made: Schedule, filters: Filters) -> Span | None:
    period = Span(made.plan.first, made.plan.last)
    asked = [
        (text, read_span)
        for text, read_span in (
            (filters.week, week_span),
            (filters.month, month_span),
            (filters.quarter, quarter_span),
        )
        if text is not None
    ]
    ends = filters.first is not None or filters.last is not None
    if len(asked) + ends > 1:
        raise WorkError("several-spans")
    if asked:
        text, read_span = asked[0]
        return within(read_span(text, made.today, period), period, text)
    if not ends:
        return None
    first = period.first if filters.first is None else read_day(filters.first, period)
    last = period.last if filters.last is None else read_day(filters.last, period)
    if last < first:
        raise WorkError("reversed-days", first=first, last=last)
    return within(Span(first, last), period, f"{first}/{last}")


def must_be_csv(name: str) -> None:
    """Refuse the form for Excel where no CSV is asked for.

    Raises
    ------
    WorkError
        `excel-needs-csv`.
    """
    if name != "csv":
        raise WorkError("excel-needs-csv")


def write(output: Path, data: bytes, made: Made, *, force: bool) -> None:
    """Write a result whole or not at all, never over a file that the schedule was made from."""
    write_whole(output, data, force=force, inputs=made.inputs)
