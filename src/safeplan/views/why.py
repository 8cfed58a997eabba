"""Why a visit is there and why one is missing: the sections that explanations share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Chosen
from safeplan.core.rules.classes import held
from safeplan.core.rules.pools import Pools
from safeplan.core.spelling import named
from safeplan.core.tables import Schedule
from safeplan.document import Cell, Note, Section, Table, Tone
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.period import periods
from safeplan.terms.span import Span
from safeplan.views.columns import columns
from safeplan.words.codes import cause_name, kind_name
from safeplan.words.dates import listed, span_text
from safeplan.words.frequencies import frequency_text
from safeplan.words.language import Words
from safeplan.words.reasons import Reasons

_WHY = ("date", "crew", "rule", "window", "left", "source", "law")


def owed_section(chosen: Chosen, owed: pl.Series, words: Words) -> Section | None:
    """Count what each rule owes and how much of it is placed."""
    schedule = chosen.schedule
    rules = schedule.plan.rules
    placed = set(schedule.serves["obligation"].to_list())
    counts: dict[int, list[int]] = {}
    for code, rule in schedule.obligations.with_row_index("code").filter(owed).select("code", "rule").iter_rows():
        if rules[rule].model.surprise and not chosen.choice.with_surprise:
            continue  # hidden: not even the number is told
        line = counts.setdefault(rule, [0, 0])
        line[0] += 1
        line[1] += code in placed
    if not counts:
        return None
    rows: list[tuple[Cell, ...]] = [
        (_name(schedule, rule, words), _frequency(schedule, rule, words), owed_n, placed_n, _source(schedule, rule))
        for rule, (owed_n, placed_n) in sorted(counts.items())
    ]
    table_columns = columns(words, "rule", "frequency", "owed", "placed", "source")
    return Section(words("What is owed"), tables=(Table(table_columns, rows),))


def _frequency(schedule: Schedule, rule: int, words: Words) -> str:
    visits = schedule.plan.rules[rule].model.visits
    return "" if visits is None else frequency_text(words, visits)


def _source(schedule: Schedule, rule: int) -> str:
    place = schedule.plan.rules[rule].place
    return f"{place.file}:{place.line}" if place.line else place.file


def why_section(schedule: Schedule, visits: pl.Series, words: Words) -> Section:
    """Give one row for each obligation that the visits serve: rule, line, window and what is left of it."""
    codes = visits.arg_true()
    named = roster.visits(schedule)
    raised = _Raised(schedule, words)
    rows: list[tuple[Cell, ...]] = []
    for visit in codes:
        for obligation in schedule.serves.filter(pl.col("visit") == visit)["obligation"]:
            rows.append(_why(schedule, named.row(visit, named=True), obligation, raised, words))
    if not any(row[-1] for row in rows):  # no rule names its law: a column less
        rows = [row[:-1] for row in rows]
    keys = _WHY[: len(rows[0])] if rows else _WHY
    return Section(words("Visits, and why"), tables=(Table(columns(words, *keys), rows, group=("date", "crew")),))


def _why(schedule: Schedule, visit: dict[str, object], code: int, raised: _Raised, words: Words) -> tuple[Cell, ...]:
    owed = schedule.obligations.row(code, named=True)
    line = schedule.plan.rules[owed["rule"]]
    cut = (owed["open_first"], owed["open_last"]) != (owed["first"], owed["last"])
    name, by = _name(schedule, owed["rule"], words), raised.by(owed)
    names = visit["officer_names"]
    return (
        visit["date"] if isinstance(visit["date"], date) else None,
        listed(words, names) if isinstance(names, list) and names else words("self-check"),
        words("{what} ({why})", what=name, why=listed(words, by)) if by else name,
        span_text(words, owed["first"], owed["last"]),
        span_text(words, owed["open_first"], owed["open_last"]) if cut else words("all of it"),
        _source(schedule, owed["rule"]),
        line.model.source,
    )


def _name(schedule: Schedule, rule: int, words: Words) -> str:
    """Name a rule; a pin by its reason, else as what it is, with its cause."""
    line = schedule.plan.rules[rule]
    what = line.name or getattr(line.model, "reason", "") or kind_name(words, line.kind.value)
    cause = getattr(line.model, "cause", None)
    return what if cause is None else words("{what} ({why})", what=what, why=cause_name(words, str(cause)))


class _Raised:
    """Answers which modifiers weigh what an enterprise owes, and remembers the answers."""

    def __init__(self, schedule: Schedule, words: Words) -> None:
        self._schedule, self._words = schedule, words
        self._held: dict[int, pl.DataFrame] = {}

    def by(self, owed: dict[str, Any]) -> list[str]:
        """Name the modifiers, with their factors, that held in the window of an obligation (a row of OBLIGATIONS)."""
        class_ = self._schedule.plan.rules[owed["rule"]].class_
        if class_ is None or not self._schedule.plan.file.modifiers:
            return []
        one = owed["enterprise"]
        if one not in self._held:
            self._held[one] = held(self._schedule.plan, one, self._schedule.today)
        inside = (pl.col("start") <= owed["open_last"]) & (pl.col("end") >= owed["open_first"])
        found = self._held[one].filter(inside & (pl.col("class_") == class_))
        return [_modifier(self._schedule, code, self._words) for code in found["modifier"].unique(maintain_order=True)]


def _modifier(schedule: Schedule, code: int, words: Words) -> str:
    modifier = schedule.plan.file.modifiers[code]
    name = modifier.name or words("modifier {n}", n=code + 1)
    return words("{name}: × {times}", name=name, times=f"{modifier.times:g}")


def modifier_notes(schedule: Schedule, enterprise: int, words: Words) -> Iterator[Note]:
    """Say which modifiers hold for an enterprise, with their factors, and on which days."""
    told: dict[int, list[str]] = {}
    for first, last, code in held(schedule.plan, enterprise, schedule.today).select("start", "end", "modifier").rows():
        told.setdefault(code, []).append(span_text(words, first, last))
    for code, spans in told.items():
        what = _modifier(schedule, code, words)
        yield Note(words("visits of its class weighed, {what}, {days}", what=what, days=listed(words, spans)))


def counted_notes(schedule: Schedule, row: int, words: Words) -> Iterator[Note]:
    """Name the quotas that a visit counts to, which it serves by being made at all."""
    plan, visit = schedule.plan, schedule.visits.row(row, named=True)
    crew = schedule.crews.filter((pl.col("day") == visit["day"]) & (pl.col("crew") == visit["crew"]))["officers"]
    leads = [plan.file.officers[code] for code in crew.list.first().drop_nulls()]
    teams = {officer.teams[0] for officer in leads if officer.teams}
    for line in plan.rules:
        model = line.model
        if isinstance(model, Quota) and model.team in teams:
            for period in periods(model.per, 1, visit["day"], visit["day"]):
                pool = Pools(plan).of(model.where, Span(period.first, period.last))
                if visit["enterprise"] in pool["enterprise"]:
                    window = span_text(words, period.first, period.last)
                    yield Note(words("Counts to {rule}, {window}", rule=line.name, window=window))


def missing_sections(schedule: Schedule, owed: pl.Series, words: Words) -> Iterator[Section]:
    """Say of each missing one why, in a sentence with a number and two ways out."""
    ids = set(roster.obligation_ids(schedule).filter(owed).to_list())
    reasons = Reasons(words, schedule)
    for title, frame in (
        (words("Unplaced"), roster.unplaced(schedule)),
        (words("Carried over"), roster.carried_over(schedule)),
    ):
        rows = frame.filter(pl.col("obligation").is_in(ids))
        if len(rows):
            told: dict[str, list[str]] = {}
            for row, reason in zip(rows.iter_rows(named=True), reasons.sentences(rows), strict=True):
                told.setdefault(reason, []).append(f"{row['name']} {span_text(words, row['from'], row['to'])}")
            notes = tuple(
                Note(words("{what}: {why}", what=listed(words, _counted(missing)), why=reason), Tone.BAD)
                for reason, missing in told.items()
            )
            yield Section(title, notes)


def passed_sections(schedule: Schedule, owed: pl.Series, words: Words) -> Iterator[Section]:
    """Say what the ledger shows to have passed undone, and what is waived."""
    rows = schedule.obligations.select("first", "last", at=pl.int_range(pl.len())).filter(owed)
    labels = named(schedule.plan, schedule.obligations)["name"]
    for title, which, tone in (
        (words("Overdue"), schedule.overdue, Tone.BAD),
        (words("Waived"), schedule.waived, Tone.PLAIN),
    ):
        frame = rows.filter(pl.col("at").is_in(which.implode()))
        told = [
            words("{what}: {span}", what=labels[at], span=span_text(words, first, last))
            for first, last, at in frame.iter_rows()
        ]
        if told:
            yield Section(title, tuple(Note(one, tone) for one in _counted(told)))


def _counted(texts: list[str]) -> list[str]:
    """Say once what comes several times: A类 1–31 May × 4."""
    return [text if n == 1 else f"{text} × {n}" for text, n in Counter(texts).items()]
