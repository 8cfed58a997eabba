"""The roster as a Document: what it comes to, who goes where on which day, what could not be placed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Chosen
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Chart, Document, Note, Section, Table, Tone
from safeplan.views.activities import activities_section, activity_table
from safeplan.views.columns import columns
from safeplan.views.facets import Narrowing, narrowing
from safeplan.views.short_names import short_names
from safeplan.words.codes import KINDS, family_name
from safeplan.words.dates import day_text, full_day_text, listed, weekday_text
from safeplan.words.diagnostics import sentence
from safeplan.words.language import Words
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.reasons import Reasons, subject_name

_ROSTER = ("date", "weekday", "crew", "order", "enterprise", "grid", "address", "family", "rules", "minutes")
_GROUP = ("date", "weekday", "crew")
_CIRCLED = 20  # ① to ⑳ exist; above, numbers stand in brackets
_LOADS = 24  # officers in the chart of loads


def roster_document(chosen: Chosen, words: Words) -> Document:
    """Show all that was chosen: figures, the roster by day and crew, the unplaced, loads."""
    return _document(chosen, chosen, words, _loads(chosen, words))


def overview_document(whole: Chosen, week: Chosen, words: Words) -> Document:
    """Show on one screen the figures and the unplaced of the whole, and the roster of a week."""
    return _document(whole, week, words, ())


def workbook_document(chosen: Chosen, words: Words) -> Document:
    """Show all that was chosen, and after it each officer's own roster on a sheet with lines to sign."""
    document = roster_document(chosen, words)
    sheets = tuple(_officer_sheets(chosen, words))
    own = Section(words("Roster of each officer"), tables=sheets)
    return replace(document, sections=(*document.sections, own)) if sheets else document


def _document(whole: Chosen, shown: Chosen, words: Words, loads: tuple[Section, ...]) -> Document:
    schedule = whole.schedule
    narrow = narrowing(schedule.plan, (shown.first, shown.last), words)
    sections = [_summary(whole, words), _visits(shown, narrow, words)]
    work = activities_section(shown.schedule, words, narrow=narrow)
    return Document(
        title=schedule.plan.file.name or words("Inspection roster"),
        language=words.language,
        sections=(*sections, *((work,) if work else ()), *_open_sections(schedule, narrow, words), *loads),
        head=(Note(_shown_days(shown, words), Tone.QUIET),),
        foot=tuple(_foot(whole, words)),
        made_on=schedule.today,
        brief=tuple(brief_lines(shown, words)),
        facets=narrow.facets,
    )


def _shown_days(chosen: Chosen, words: Words) -> str:
    file = chosen.schedule.plan.file
    choice = chosen.choice
    parts = [
        words("{first} to {last}", first=full_day_text(words, chosen.first), last=full_day_text(words, chosen.last))
    ]
    if choice.officer is not None:
        parts.append(file.officers[choice.officer].name)
    if choice.grid is not None:
        parts.append(file.grids[choice.grid].name)
    return words("; ").join(parts)


def _told(schedule: Schedule, words: Words) -> list[Note]:
    """Say what the ledger tells, and where its chain ends."""
    notes = []
    if len(schedule.overdue):
        notes.append(
            Note(words("{n} overdue: their time passed and they were not done", n=len(schedule.overdue)), Tone.BAD)
        )
    done = int((schedule.visits["state"] == "done").sum())
    if done:
        notes.append(Note(words("{n} visits done so far", n=done)))
    if schedule.ledger is not None:
        notes.append(Note(head_text(words, schedule.ledger.events, schedule.ledger.hash)))
    return notes


def _summary(chosen: Chosen, words: Words) -> Section:
    """Say the figures of the whole plan, each beside what it is measured against."""
    figures = chosen.schedule.figures
    notes = [Note(words("{owed} visits owed, {placed} placed", owed=figures.owed, placed=figures.placed))]
    if figures.unplaced:
        message = words("{n} unplaced (proved: at least {least})", n=figures.unplaced, least=figures.least_unplaced)
        notes.append(Note(message, Tone.BAD))
    else:
        notes.append(Note(words("nothing unplaced"), Tone.GOOD))
    if chosen.schedule.ledger is not None:
        notes.extend(_told(chosen.schedule, words))
    if figures.carried_over:
        notes.append(Note(words("{n} carried over into the time after the plan", n=figures.carried_over)))
    if figures.peak:
        notes.append(
            Note(
                words(
                    "busiest day: {peak} visits (no schedule of these visits has fewer than {bound})",
                    peak=figures.peak,
                    bound=figures.peak_bound,
                )
            )
        )
    if figures.metres:
        notes.append(Note(words("{n} km between visits (as the crow flies)", n=round(figures.metres / 1000))))
    slack = chosen.schedule.plan.file.capacity.slack
    if slack.part:
        above = words("{n} crew-days filled above the slack of {slack}", n=figures.above_slack, slack=slack)
        notes.append(Note(above, Tone.WARNING if figures.above_slack else Tone.PLAIN))
    title = words("Summary of the whole plan") if not chosen.choice.is_everything else words("Summary")
    return Section(title, tuple(notes))


def _visits(chosen: Chosen, narrow: Narrowing, words: Words) -> Section:
    rows = roster.visits(chosen.schedule)
    table = Table(
        columns(words, *_ROSTER),
        visit_rows(rows, words),
        group=_GROUP,
        sheet=words("Roster"),
        signatures=(words("Drawn up by"), words("Approved by")),
        facets=narrow.of(rows, "date", "date"),
    )
    return Section(words("Roster"), tables=(table,))


def visit_rows(visits: pl.DataFrame, words: Words) -> list[tuple[Cell, ...]]:
    """Give the rows of a roster table; `visits` as `core.roster.visits` gives them."""
    families = {family: family_name(words, family) for family in visits["family"].unique()}
    days = {day: weekday_text(words, day) for day in visits["date"].unique()}
    kinds = {kind: words(name) for kind, name in KINDS.items()}
    between = words(", ")
    crew = pl.col("officer_names").list.join(between)
    spelt = visits.select(
        "date",
        pl.col("date").replace_strict(days, return_dtype=pl.String).alias("weekday"),
        pl.when(pl.col("crew") == 0).then(pl.lit(words("self-check"))).otherwise(crew).alias("crew"),
        "order",
        pl.coalesce("enterprise_name", pl.lit("")),
        pl.coalesce("grid_name", pl.lit("")),
        pl.coalesce("address", pl.lit("")),
        pl.col("family").replace_strict(families, return_dtype=pl.String),
        pl.col("rules").list.eval(pl.element().replace(kinds)).list.join(between),
        "minutes",
    )
    return spelt.rows()


def _open_sections(schedule: Schedule, narrow: Narrowing, words: Words) -> Iterator[Section]:
    reasons = Reasons(words, schedule)
    for title, sheet, frame in (
        (words("Unplaced"), words("Unplaced"), roster.unplaced(schedule)),
        (words("Carried over"), "", roster.carried_over(schedule)),
    ):
        if len(frame):
            yield Section(title, tables=(_open_table(frame, reasons, narrow, words, sheet),))


def _open_table(frame: pl.DataFrame, reasons: Reasons, narrow: Narrowing, words: Words, sheet: str) -> Table:
    """Put what shares one sentence together, so that a shortage is said once and what it costs is listed under it."""
    said = frame.with_columns(reason=pl.Series(list(reasons.sentences(frame)), dtype=pl.String))
    rows = said.sort(pl.int_range(pl.len()).min().over("reason"), maintain_order=True)
    lines: list[tuple[Cell, ...]] = [
        (row["reason"], subject_name(row), row["name"], row["from"], row["to"], row["obligation"])
        for row in rows.iter_rows(named=True)
    ]
    return Table(
        columns(words, "reason", "enterprise", "rule", "from", "to", "obligation"),
        lines,
        group=("reason",),
        tones=[Tone.BAD] * len(lines),
        sheet=sheet,
        facets=narrow.of(rows, "from", "to"),
    )


def _loads(chosen: Chosen, words: Words) -> tuple[Section, ...]:
    """Draw visits of each day, and of each officer."""
    visits = chosen.schedule.visits.filter(pl.col("crew") > 0)
    if not len(visits):
        return ()
    by_day = dict(visits.group_by("day").len().iter_rows())
    length = (chosen.last - chosen.first).days + 1
    days = tuple(chosen.first + timedelta(days=n) for n in range(length))
    charts = [
        Chart("heat", words("Visits of each day"), days, tuple(float(by_day.get(d, 0)) for d in days), words("visits"))
    ]
    officers = chosen.schedule.plan.file.officers
    loads = (
        visits.join(chosen.schedule.crews, on=["day", "crew"])
        .explode("officers", empty_as_null=True, keep_nulls=False)
        .group_by("officers")
        .len()
        .sort("len", "officers", descending=[True, False])
        .head(_LOADS)
    )
    names = tuple(officers[code].name for code in loads["officers"])
    loaded = tuple(float(n) for n in loads["len"])
    if len(names) > 1 and chosen.choice.officer is None:
        charts.append(Chart("bars", words("Visits of each officer"), names, loaded, words("visits")))
    return (Section(words("Load"), charts=tuple(charts)),)


def _officer_sheets(chosen: Chosen, words: Words) -> Iterator[Table]:
    """Give each officer's visits, with the others of the crew, and activities on a sheet of its own."""
    schedule = chosen.schedule
    visits, work = roster.visits(schedule), roster.activities(schedule)
    signatures = (words("Signature of the officer"), words("Date"))
    for officer in schedule.plan.file.officers:
        tables = []
        own = visits.filter(pl.col("officers").list.contains(officer.id))
        if len(own):
            rows = visit_rows(own, words)
            tables.append(Table(columns(words, *_ROSTER), rows, officer.name, _GROUP, sheet=officer.name))
        due = work.filter(pl.col("owners").list.contains(officer.id))
        if len(due):
            title = words("{name}: activities", name=officer.name)
            tables.append(activity_table(schedule, due, words, title=title, sheet=officer.name))
        yield from tables[:-1]
        yield from (replace(last, signatures=signatures) for last in tables[-1:])


def _foot(chosen: Chosen, words: Words) -> Iterator[Note]:
    hidden = chosen.surprise + chosen.undrawn
    if hidden:
        yield Note(words("{n} visits not shown (surprise or not drawn yet; --with-surprise shows them)", n=hidden))
    for diagnostic in chosen.schedule.diagnostics:
        yield Note(sentence(diagnostic, words), Tone.WARNING)


def brief_lines(chosen: Chosen, words: Words) -> Iterator[str]:
    """Give one line for each day and crew: 3月2日（周一）王强、李芳：①楚天塑业 ②隆盛农贸市场."""
    visits = roster.visits(chosen.schedule).select("date", "crew", "officer_names", "enterprise_name", "grid_name")
    names = short_names(visits["enterprise_name"].drop_nulls().unique().to_list())
    for (day, crew), members in groupby(visits.iter_rows(), key=lambda row: (row[0], row[1])):
        rows = list(members)
        stops = " ".join(
            f"{_circled(n)}{names.get(row[3], row[3]) if row[3] else row[4] or ''}"
            for n, row in enumerate(rows, start=1)
        )
        who = listed(words, rows[0][2]) if crew else words("self-check")
        yield words("{day} {who}: {stops}", day=day_text(words, day), who=who, stops=stops)


def _circled(n: int) -> str:
    return chr(0x245F + n) if n <= _CIRCLED else f"({n})"


def week_of(day: date) -> tuple[date, date]:
    """Give Monday and Sunday of the ISO week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
