"""The annual plan table (年度监督检查计划表): one row a rule, in the columns that bureaus publish."""

from __future__ import annotations

from datetime import date

import polars as pl

from safeplan.core.calendar import calendar_of
from safeplan.core.draw import draws
from safeplan.core.duties import family_of
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Document, Note, Section, Table, Tone
from safeplan.plan.plan import RuleLine
from safeplan.plan.rules.quotas import Quota
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.family import DEMANDS, Family
from safeplan.terms.reason import Kind
from safeplan.views.columns import columns
from safeplan.words.codes import family_name, kind_name
from safeplan.words.dates import full_day_text, listed, span_text
from safeplan.words.frequencies import frequency_text
from safeplan.words.language import Words

_COLUMNS = (
    "order", "item", "basis", "objects", "content", "manner", "times_and_cap", "when", "carrier", "joint", "remarks",
)  # fmt: skip


def annual_plan_document(schedule: Schedule, words: Words) -> Document:
    """Show every rule of the plan as a row; pins are of the day and stay out.

    A preset's source stands there only when somebody verified it (`reading.presets` takes others away).
    """
    plan = schedule.plan
    lines = [(code, line) for code, line in enumerate(plan.rules) if _brings_visits(line)]
    rows = [
        (number, *_row(schedule, code, line, words))
        for number, (code, line) in enumerate(lines, 1)
    ]  # fmt: skip
    first, last = full_day_text(words, plan.first), full_day_text(words, plan.last)
    return Document(
        words("{plan}: annual inspection plan", plan=plan.file.name),
        words.language,
        (Section("", tables=(Table(columns(words, *_COLUMNS), rows, sheet="annual-plan"),)),),
        head=(Note(words("{first} to {last}", first=first, last=last), Tone.QUIET),),
        made_on=schedule.today,
        brief=tuple(f"{row[0]}. {row[1]}: {row[3]}" for row in rows),
    )


def _brings_visits(line: RuleLine) -> bool:
    """Whether a rule is one of the year's: no pin, and no phase of a campaign whose work is not a visit."""
    of_events = line.kind in (Kind.TRIGGER, Kind.SPOT_CHECK, Kind.QUOTA)
    return line.kind is not Kind.PIN and (of_events or line.model.visits is not None)


def _row(schedule: Schedule, code: int, line: RuleLine, words: Words) -> tuple[Cell, ...]:
    plan, model = schedule.plan, line.model
    family = family_of(plan, line)
    mine = schedule.obligations.filter(pl.col("rule") == code)
    remarks = [kind_name(words, line.kind.value)]
    missing = len(schedule.unplaced.filter(pl.col("obligation").is_in(_codes(schedule, code))))
    if missing:
        remarks.append(words("{n} unplaced", n=missing))
    return (
        line.name or line.id,
        model.source,
        _objects(schedule, code, line, mine, words),
        listed(words, model.checklist),
        _manner(line, family, words),
        _times_and_cap(schedule, line, family, mine, words),
        _when(schedule, line, mine, words),
        _carrier(schedule, line, words),
        words("yes") if family is Family.JOINT else words("no"),
        listed(words, remarks),
    )


def _codes(schedule: Schedule, rule: int) -> list[int]:
    return (schedule.obligations["rule"] == rule).arg_true().to_list()


def _objects(schedule: Schedule, code: int, line: RuleLine, mine: pl.DataFrame, words: Words) -> str:
    """Say who is checked and how many; of a draw the pool and its share."""
    model = line.model
    if isinstance(model, SpotCheck):
        pools = [len(one.pool) for one in draws(schedule.plan, code, calendar_of(schedule.plan))]
        if pools and model.share is not None:
            return words("drawn from {n} enterprises, {share}", n=max(pools), share=str(model.share))
    if isinstance(model, Quota):
        return words("{n} different enterprises", n=model.at_least or 0)
    if line.kind is Kind.PATROL:
        return words("{n} grids", n=len(line.grids))
    return words("{n} enterprises", n=mine.filter(pl.col("enterprise") >= 0)["enterprise"].n_unique())


def _manner(line: RuleLine, family: Family, words: Words) -> str:
    manner = [family_name(words, family.value)]
    if line.kind is Kind.SPOT_CHECK:
        manner.append(words("double random"))
    if line.model.surprise:
        manner.append(words("unannounced"))
    return listed(words, manner)


def _times_and_cap(schedule: Schedule, line: RuleLine, family: Family, mine: pl.DataFrame, words: Words) -> str:
    """Say how often, and for families that count the caps of those whom the rule is about."""
    often = frequency_text(words, line.model.visits) if line.model.visits is not None else ""
    if isinstance(line.model, SpotCheck):
        often = words("once in each draw")
    if isinstance(line.model, Quota):
        often = words("in each {unit}", unit=words(line.model.per.value))
    said = [words("frequency: {often}", often=often)] if often else []
    if DEMANDS[family].counts:
        register = schedule.plan.enterprises
        caps = register["cap"].gather(mine.filter(pl.col("enterprise") >= 0)["enterprise"].unique())
        caps = caps.drop_nulls().unique().sort()
        if len(caps):
            numbers = str(caps[0]) if len(caps) == 1 else f"{caps[0]}–{caps[-1]}"
            said.append(words("upper limit: {n} a year", n=numbers))
    return words("; ").join(said)


def _when(schedule: Schedule, line: RuleLine, mine: pl.DataFrame, words: Words) -> str:
    """Say from when to when the rule's visits fall; events and whole years in a word."""
    if line.kind is Kind.TRIGGER:
        return words("after each event")
    if mine.is_empty():
        return "–"
    first, last = _day(mine["first"].min()), _day(mine["last"].max())
    if first <= schedule.plan.first and last >= schedule.plan.last:
        return words("all the period")
    return span_text(words, first, last)


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _carrier(schedule: Schedule, line: RuleLine, words: Words) -> str:
    """Name the team or the role that makes the visits; without one whoever covers the grid."""
    file = schedule.plan.file
    by = line.model.team if isinstance(line.model, Quota) else line.model.by
    if by is None:
        teams = [team.name for team in file.teams]
        return listed(words, teams) if teams else words("the officers of the grid")
    return next((team.name for team in file.teams if team.id == by), by)
