"""Why a visit is there and why one is missing: of an enterprise, a visit, a grid, an officer or a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from safeplan.core import roster
from safeplan.core.calendar import calendar_of
from safeplan.core.choice import Chosen, enterprises_in, grids_below
from safeplan.core.tables import Schedule
from safeplan.document import Chart, Document, Note, Section, Table, Tone
from safeplan.terms.days import Days
from safeplan.views.activities import activities_section
from safeplan.views.columns import columns
from safeplan.views.roster import visit_rows
from safeplan.views.why import (
    counted_notes,
    missing_sections,
    modifier_notes,
    owed_section,
    passed_sections,
    why_section,
)
from safeplan.words.codes import family_name
from safeplan.words.dates import day_text, full_day_text, listed, month_text, span_text
from safeplan.words.language import Words

_ROSTER = ("date", "weekday", "crew", "order", "enterprise", "grid", "address", "family", "rules", "minutes")


def explain_enterprise(chosen: Chosen, code: int, words: Words) -> Document:
    """Say what an enterprise is owed, when it is visited and by which line of the plan, and what is missing."""
    schedule = chosen.schedule
    about = schedule.plan.enterprises.row(code, named=True)
    owed = schedule.obligations["enterprise"] == code
    visits = schedule.visits["enterprise"] == code
    return _explained(
        chosen,
        words("{name} ({id})", name=about["name"], id=about["id"]),
        [*_about_enterprise(schedule, code, words), *_nothing_owed(about, int(owed.sum()), words)],
        (
            owed_section(chosen, owed, words),
            why_section(schedule, visits, words),
            activities_section(schedule, words, pl.col("enterprise") == about["id"]),
            *missing_sections(schedule, owed, words),
            *passed_sections(schedule, owed, words),
        ),
        words,
    )


def explain_visit(chosen: Chosen, row: int, words: Words) -> Document:
    """Say who makes a visit, and what it serves."""
    schedule = chosen.schedule
    visit = roster.visits(schedule).row(row, named=True)
    made = words(
        "{day}: {subject}, {family}, {minutes} minutes",
        day=day_text(words, visit["date"]),
        subject=visit["enterprise_name"] or visit["grid_name"] or "–",
        family=family_name(words, visit["family"]),
        minutes=visit["minutes"],
    )
    notes = [Note(made)]
    if visit["crew"]:
        crew = listed(words, visit["officer_names"])
        notes.append(
            Note(
                words("Crew {crew}: {officers}; stop {order}", crew=visit["crew"], officers=crew, order=visit["order"])
            )
        )
    notes.extend(counted_notes(schedule, row, words))
    only = pl.Series([n == row for n in range(len(schedule.visits))], dtype=pl.Boolean)
    return _explained(chosen, visit["id"], notes, (why_section(schedule, only, words),), words)


def explain_obligation(chosen: Chosen, code: int, words: Words) -> Document:
    """Say which visit serves an obligation, or why none does."""
    schedule = chosen.schedule
    by = schedule.serves.filter(pl.col("obligation") == code)["visit"]
    if len(by):
        return explain_visit(chosen, by[0], words)
    only = pl.Series([n == code for n in range(len(schedule.obligations))], dtype=pl.Boolean)
    title = str(roster.obligation_ids(schedule)[code])
    return _explained(
        chosen, title, [], (*missing_sections(schedule, only, words), *passed_sections(schedule, only, words)), words
    )


def explain_grid(chosen: Chosen, code: int, words: Words) -> Document:
    """Say what is owed in a grid and all below it, who goes there when, and what is missing."""
    schedule = chosen.schedule
    plan = schedule.plan
    grid = plan.file.grids[code]
    grids = grids_below(plan, code)
    enterprises = enterprises_in(plan, grids)
    owed = schedule.obligations.select(
        keep=pl.col("grid").is_in(grids) | pl.col("enterprise").is_in(enterprises)
    )["keep"]  # fmt: skip
    visits = schedule.visits["grid"].is_in(grids)
    notes = [Note(words("{n} enterprises", n=len(enterprises)))]
    for role, holders in grid.roles.items():
        names = [plan.file.officers[plan.officers[holder.officer]].name for holder in holders]
        notes.append(Note(words("{role}: {officers}", role=role, officers=listed(words, names) or words("nobody"))))
    return _explained(
        chosen,
        words("{name} ({id})", name=grid.name, id=grid.id),
        notes,
        (
            owed_section(chosen, owed, words),
            _roster_section(schedule, visits, words),
            activities_section(schedule, words, pl.col("grid").is_in([plan.file.grids[one].id for one in grids])),
            *missing_sections(schedule, owed, words),
            *passed_sections(schedule, owed, words),
        ),
        words,
    )


def explain_officer(chosen: Chosen, code: int, words: Words) -> Document:
    """Say when an officer is away, how much each month brings, and where they go."""
    schedule = chosen.schedule
    officer = schedule.plan.file.officers[code]
    own = schedule.crews.filter(pl.col("officers").list.contains(code))
    keys = own.select("day", "crew", pl.lit(True).alias("own"))
    visits = schedule.visits.join(keys, on=["day", "crew"], how="left", maintain_order="left")["own"].fill_null(False)
    notes = [Note(words("{visits} visits on {days} days", visits=int(visits.sum()), days=len(own)))]
    if officer.teams:
        names = [team.name for team in schedule.plan.file.teams if team.id in officer.teams]
        notes.append(Note(words("team: {teams}", teams=listed(words, names))))
    if officer.certificate is None:
        notes.append(Note(words("no certificate: never counts as certified"), Tone.QUIET))
    elif officer.certificate.expires is not None:
        until = full_day_text(words, officer.certificate.expires)
        notes.append(Note(words("certified to {day}", day=until)))
    if officer.leave:
        notes.append(Note(words("away: {days}", days=listed(words, [_days_text(one, words) for one in officer.leave]))))
    months = schedule.visits.filter(visits).group_by(pl.col("day").dt.truncate("1mo")).len().sort("day")
    load = Section(words("Load"), charts=(_months(months, words),)) if len(months) else None
    return _explained(
        chosen,
        words("{name} ({id})", name=officer.name, id=officer.id),
        notes,
        (
            *((load,) if load else ()),
            _roster_section(schedule, visits, words),
            activities_section(schedule, words, pl.col("owners").list.contains(officer.id)),
        ),
        words,
    )


def explain_day(chosen: Chosen, day: date, words: Words) -> Document:
    """Say whether a day is worked, who is away, and who goes where."""
    schedule = chosen.schedule
    calendar = calendar_of(schedule.plan)
    worked = bool(calendar.workday[calendar.index(day)])
    notes = [Note(words("a working day") if worked else words("a day off"))]
    away = [officer.name for officer in schedule.plan.file.officers if any(day in leave for leave in officer.leave)]
    if away:
        notes.append(Note(words("away: {days}", days=listed(words, away))))
    visits = schedule.visits["day"] == day
    work = activities_section(schedule, words, pl.col("due") == day)
    sections = (_roster_section(schedule, visits, words), work)
    return _explained(chosen, full_day_text(words, day), notes, sections, words)


def explain_activity(chosen: Chosen, code: int, words: Words) -> Document:
    """Say when an activity is due, who answers for it, and which line of the plan asks for it."""
    schedule = chosen.schedule
    row = roster.activities(schedule).row(code, named=True)
    due = full_day_text(words, row["due"])
    said = [
        words("{name}: from {first}, due {day}", name=row["name"], first=full_day_text(words, row["from"]), day=due)
    ]
    if row["owner_names"]:
        said.append(words("who: {officers}", officers=listed(words, row["owner_names"])))
    said.append(words("line of the plan: {source}", source=row["source"]))
    law = schedule.plan.activities[row["activity"]].model.source
    if law:
        said.append(words("source: {law}", law=law))
    section = activities_section(schedule, words, pl.col("id") == row["id"])
    return _explained(chosen, row["id"], [Note(text) for text in said], (section,), words)


def _explained(
    chosen: Chosen, title: str, notes: list[Note], sections: tuple[Section | None, ...], words: Words
) -> Document:
    # The number of hidden visits would itself tell who is to be surprised.
    hidden = words("surprise visits and visits that are not drawn yet are not shown (--with-surprise shows them)")
    foot = (Note(hidden, Tone.QUIET),) if chosen.surprise + chosen.undrawn else ()
    kept = tuple(section for section in sections if section is not None)
    return Document(title, words.language, kept, tuple(notes), foot, chosen.schedule.today)


def _about_enterprise(schedule: Schedule, code: int, words: Words) -> Iterator[Note]:
    plan = schedule.plan
    about = plan.enterprises.row(code, named=True)
    for first, class_ in plan.class_spans.filter(pl.col("enterprise") == code).select("first", "class_").iter_rows():
        key, model = list(plan.file.classes.items())[class_]
        label = model.label or key
        yield Note(_since(words("class {name}", name=label), first, words))
    yield from modifier_notes(schedule, code, words)
    for first, grid in plan.grid_spans.filter(pl.col("enterprise") == code).select("first", "grid").iter_rows():
        yield Note(_since(words("grid {name}", name=plan.file.grids[grid].name), first, words))
    if about["cap"] is not None:
        yield Note(words("at most {n} inspections a year", n=about["cap"]))
    closed = plan.closed_sets[about["closed"] or 0]
    if closed:
        yield Note(words("closed: {days}", days=listed(words, [_days_text(one, words) for one in closed])))
    if about["last_visit"] is not None:
        yield Note(words("last visit before this plan: {day}", day=full_day_text(words, about["last_visit"])))
    barred = plan.recusals.filter(pl.col("enterprise") == code)["officer"].unique().sort()
    if len(barred):
        names = [plan.file.officers[officer].name for officer in barred]
        yield Note(words("never visited by: {officers}", officers=listed(words, names)))


def _since(text: str, first: date | None, words: Words) -> str:
    return text if first is None else words("{what} from {day}", what=text, day=full_day_text(words, first))


def _nothing_owed(about: dict[str, object], owed: int, words: Words) -> Iterator[Note]:
    if owed:
        return
    if about["planned"]:
        text = words(
            "no rule of the plan asks for a visit in this period: give it a class, or a rule whose where: matches it"
        )
    else:
        text = words("not planned, because its status says that it is not open")
    yield Note(text, Tone.WARNING)


def _roster_section(schedule: Schedule, visits: pl.Series, words: Words) -> Section:
    rows = visit_rows(roster.visits(schedule).filter(visits), words)
    table = Table(columns(words, *_ROSTER), rows, group=("date", "weekday", "crew"))
    return Section(words("Roster"), tables=(table,))


def _months(months: pl.DataFrame, words: Words) -> Chart:
    labels = tuple(month_text(words, day) for day in months["day"])
    return Chart("bars", words("Visits of each month"), labels, tuple(float(n) for n in months["len"]), words("visits"))


_WEEKDAYS = ("every Mon", "every Tue", "every Wed", "every Thu", "every Fri", "every Sat", "every Sun")
_HALVES = {"am": "{days} (morning)", "pm": "{days} (afternoon)"}


def _days_text(days: Days, words: Words) -> str:
    if days.span is not None:
        text = span_text(words, days.span.first, days.span.last)
    else:
        text = words(_WEEKDAYS[days.weekday or 0])
    return words(_HALVES[days.half.value], days=text) if days.half else text
