"""What priorities, phases of campaigns, holiday checks and triggers owe, recomputed from rules.md.

Readings taken where the documents leave room:

- A quarter or month without a year is one rule for each such unit that has a day in the period; with an `id:` it is one
  rule of several windows; with a `window:` of its own it stands once, under the first unit that the window meets.
- Of a season as window those spans count that have a day in the period; between them the rule has no days.
- `N per unit` in a window: the window cuts its units as the plan's period does, and `where` is asked in each unit, on
  the first day of it that is in the window and on which the enterprise is active.
- Whom a share or a pick takes is settled once for the window, also where the phase says `N per unit`.
- A phase with an `activity:` does not take the campaign's visits over. A share or pick of its own replaces either of
  the campaign. A phase without `to` and `until` goes on after the period: what it leaves is carried over, its last day
  is printed as the period's. One whose event came before it owes nothing; of events of one name the first on or
  after its first day ends it.
- A named holiday's run is the unbroken run of statutory days off around its statutory days of one year, and the year is
  theirs; an event's run is its day, or to its `until`. `before` goes from the Nth working day before the run to the
  last one; calendar time from the Nth day to the day before. Months are those of the calendar, and nothing rolls.
- Windows of one rule with one name (before and after one holiday) are numbered together, in order of date.
- A number in a window that never held a day that the rule allows is owed; one that holds such days, none of them in the
  plan's period and the active span, is not.
- A trigger without `visits:` brings one. A grid is chosen by no selector, or by `grid:` that names it or one above.
- A pick's levels count grids of that level with all below; an enterprise in two of them is taken at most once.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .owed import Obligation, importance, units_in, visits_a_year
from .plan import Dated, Enterprise, Plan
from .select import chooses
from .spans import DAY, Span, read_day, read_span

LAW = {
    "new-year": lambda y: [(y, 1, 1)], "labour-day": lambda y: [(y, 5, 1)], "national-day": lambda y: [(y, 10, 1)],
}  # fmt: skip
MOON = {"spring-festival": "Spring Festival", "qingming": "Tomb-sweeping Day", "dragon-boat": "Dragon Boat Festival",
        "mid-autumn": "Mid-autumn Festival"}  # fmt: skip


@dataclass(frozen=True)
class Window:
    """A rule's own window: its name in ids, and the stretches of days that it has."""

    name: str
    spans: tuple[Span, ...]
    endless: bool = False

    @property
    def whole(self) -> Span:
        return Span(self.spans[0].first, max(s.last for s in self.spans))


def owed_dated(plan: Plan) -> list[Obligation]:
    """All obligations of these kinds."""
    found: list[Obligation] = []
    for rule in plan.dated:
        for window in windows(plan, rule):
            if window.whole.meet(plan.period) is not None:
                found += _of_window(plan, rule, window)
    return _numbered(found)


def _numbered(found: list[Obligation]) -> list[Obligation]:
    """n within rule, subject and period, by first day."""
    groups: dict[tuple, int] = {}
    numbered = []
    for o in sorted(found, key=lambda o: (o.rule.id, o.subject or "", o.period, o.first, o.n)):
        n = groups[o.group] = groups.get(o.group, 0) + 1
        numbered.append(o.with_n(n))
    return numbered


def numbered_as_printed(owes: dict[str, Obligation], schedule: dict[str, Any]) -> dict[str, Obligation]:
    """The obligations, those of one group with several windows by the numbers that the schedule gives them."""
    printed = {
        entry["obligation"]: (entry["from"], entry["to"])
        for entry in [s for v in schedule["visits"] for s in v["serves"]]
        + schedule["unplaced"]
        + schedule["carried_over"]
    }
    groups: dict[tuple, list[Obligation]] = defaultdict(list)
    for o in owes.values():
        groups[o.group].append(o)
    found = dict(owes)
    for group in groups.values():
        waiting = [(o.first.isoformat(), o.last.isoformat(), o) for o in group]
        said = [printed.get(o.id) for o in group]
        if len({w[:2] for w in waiting}) > 1 and sorted(map(str, said)) == sorted(str(w[:2]) for w in waiting):
            for o, window in zip(group, said, strict=True):
                at = next(i for i, w in enumerate(waiting) if w[:2] == window)
                found[o.id] = waiting.pop(at)[2].with_n(o.n)
    return found


def windows(plan: Plan, rule: Dated) -> Iterator[Window]:
    """The windows of a rule, those outside the period too."""
    if rule.rule.kind == "priority":
        yield from _of_priority(plan, rule)
    elif rule.rule.kind == "campaign":
        yield from _of_phase(plan, rule)
    elif rule.rule.kind == "holiday":
        yield from _of_holiday(plan, rule)
    else:
        for day in sorted({read_day(e["day"]) for e in plan.events if e.get("kind") == rule.raw["event"]}):
            yield _named(Span(day, later(plan, day, rule.raw["within"])))


def _named(span: Span) -> Window:
    return Window(f"{span.first}..{span.last}", (span,))


def _of_priority(plan: Plan, rule: Dated) -> Iterator[Window]:
    written = rule.rule.window
    if not written:
        for name, span in rule.units:
            yield Window(name, (span,))
    elif written in plan.seasons:
        spans = tuple(sorted(s for s in plan.seasons[written] if s.meet(plan.period)))
        if spans:
            yield Window(f"{written}@{spans[0].first}", spans)
    else:
        yield _named(read_span(written))


def _of_phase(plan: Plan, rule: Dated) -> Iterator[Window]:
    raw = rule.raw
    first = read_day(raw["from"]) if raw.get("from") else plan.period.first
    if raw.get("to"):
        yield _named(Span(first, read_day(raw["to"])))
    elif raw.get("until"):
        days = sorted(read_day(e["day"]) for e in plan.events if e.get("name") == raw["until"])
        later_days = [d for d in days if d >= first]
        if later_days or not days:
            last = later_days[0] if later_days else max(first, plan.period.last)
            yield Window(f"{first}..{raw['until']}", (Span(first, last),))
    else:
        yield Window(f"{first}..", (Span(first, max(first, plan.period.last)),), endless=True)


def _of_holiday(plan: Plan, rule: Dated) -> Iterator[Window]:
    for side in ("before", "during", "after"):
        for name in _list(rule.raw.get(side)):
            for run, year in _runs(plan, name):
                if side == "during":
                    yield Window(f"{name}-{year}", (run,))
                elif side == "before":
                    span = _before(plan, run.first, rule.raw["within"])
                    yield Window(f"{name}-{year}", (span,))
                else:
                    first = run.last + DAY
                    if "workday" in rule.raw["within"]:
                        while not plan.calendar.works(first):
                            first += DAY
                    yield Window(f"{name}-{year}", (Span(first, later(plan, run.last, rule.raw["within"])),))


def _runs(plan: Plan, name: str) -> Iterator[tuple[Span, int]]:
    for year in range(plan.period.first.year - 1, plan.period.last.year + 2):
        for day in statutory_days(name, year):
            yield plan.calendar.run(day), year
    for event in plan.events:
        if event.get("name") == name:
            span = Span(read_day(event["day"]), read_day(event.get("until") or event["day"]))
            yield span, span.first.year


def statutory_days(name: str, year: int) -> list[dt.date]:
    """The day around which a holiday's run is, by the law's fixed days and by chinesecalendar's for the moon's."""
    import chinese_calendar

    if name in LAW:
        return [dt.date(*day) for day in LAW[name](year)]
    if name not in MOON:
        return []
    found = [d for d, h in chinese_calendar.constants.holidays.items() if d.year == year and h == MOON[name]]
    return sorted(found)[:1]


def _list(value: object) -> list[str]:
    return [] if not value else list(value) if isinstance(value, list) else [str(value)]


def _length(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d+)\s+(\w+?)s?", text)
    assert match is not None, text
    return int(match[1]), match[2]


def later(plan: Plan, day: dt.date, length: str) -> dt.date:
    """The last day of a time after a day."""
    n, unit = _length(length)
    if unit == "workday":
        while n:
            day += DAY
            n -= plan.calendar.works(day)
        return day
    if unit == "month":
        months = day.year * 12 + day.month - 1 + n
        year, month = months // 12, months % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return day + n * {"day": 1, "week": 7}[unit] * DAY


def _before(plan: Plan, day: dt.date, length: str) -> Span:
    n, unit = _length(length)
    if unit != "workday":
        return Span(day - n * {"day": 1, "week": 7}[unit] * DAY, day - DAY)
    worked: list[dt.date] = []
    while len(worked) < n:
        day -= DAY
        if plan.calendar.works(day):
            worked.append(day)
    return Span(worked[-1], worked[0])


def _of_window(plan: Plan, rule: Dated, window: Window) -> list[Obligation]:
    if rule.rule.kind == "trigger":
        return _of_events(plan, rule, window)
    taken = taken_by(plan, rule, window) if rule.raw.get("share") or rule.raw.get("pick") else None
    found: list[Obligation] = []
    for enterprise in plan.enterprises.values():
        if taken is None or enterprise.id in taken:
            found += _of_enterprise(plan, rule, window, enterprise, asks=taken is None)
    return found


def _of_events(plan: Plan, rule: Dated, window: Window) -> list[Obligation]:
    """The visits of all events of the window's first day that have this window."""
    found: list[Obligation] = []
    for event in plan.events:
        if event.get("kind") != rule.raw["event"] or read_day(event["day"]) != window.whole.first:
            continue
        if event.get("enterprise"):
            found += _of_enterprise(plan, rule, window, plan.enterprises[event["enterprise"]], asks=True)
        elif event.get("grid") and _chooses_grid(plan, rule, event["grid"]):
            found += _of_unit(plan, rule, window, window.name, window.spans, None, event["grid"])
    return found


def _chooses_grid(plan: Plan, rule: Dated, grid: str) -> bool:
    where = rule.rule.where
    if not where:
        return True
    names = {g.name: g.id for g in plan.grids.values()}
    wanted = {names.get(g, g) for g in _list(where.get("grid"))}
    return set(where) == {"grid"} and bool(wanted & set(plan.above(grid)))


def _first_active(span: Span, enterprise: Enterprise) -> dt.date | None:
    held = span.meet(enterprise.active)
    return held.first if held is not None and enterprise.planned else None


def _of_enterprise(plan: Plan, rule: Dated, window: Window, e: Enterprise, *, asks: bool) -> list[Obligation]:
    frequency = rule.rule.frequency
    if frequency.unit is None:
        units = [(window.name, window.spans)]
    else:
        units = units_in(plan, rule.rule, window.whole.meet(plan.period))
    found: list[Obligation] = []
    for name, spans in units:
        asked = Span(spans[0].first, max(s.last for s in spans)).meet(window.whole)
        first = _first_active(asked, e) if asked is not None else None
        if first is not None and (not asks or chooses(plan, rule.rule.where, e, first)):
            found += _of_unit(plan, rule, window, name, spans, e, None)
    return found


def _of_unit(
    plan: Plan, rule: Dated, window: Window, name: str, spans: tuple[Span, ...], e: Enterprise | None, grid: str | None
) -> list[Obligation]:
    def open_on(day: dt.date) -> bool:
        return day in plan.period and any(day in s for s in window.spans) and (e is None or day in e.active)

    every = [d for span in spans for d in span.days()]
    allowed = [d for d in every if plan.calendar.allows(rule.rule.days, d)]
    left = tuple(d for d in allowed if open_on(d))
    n, own = rule.rule.frequency.n, rule.rule.frequency.unit is None
    if own:
        exact = Fraction(n if left or (not allowed and any(open_on(d) for d in every)) else 0)
    elif not left:
        exact = Fraction(0)
    elif len(left) < len(allowed) and rule.rule.partial != "proportion":
        exact = Fraction(n if rule.rule.partial == "full" else 0)
    else:
        exact = Fraction(n * len(left), len(allowed))
    days = tuple(d for d in left if e is None or not any(d in c for c in e.closed))
    if rule.rule.frequency.unit == "day" and rule.rule.frequency.k == 1 and not days:
        return []
    first, last = spans[0].first, max(s.last for s in spans)
    return [
        Obligation(
            f"{rule.rule.id}/{e.id if e else grid}/{name}/{i}", rule.rule, e.id if e else None, grid, name, i,
            first, last, days, left, importance(plan, rule.rule), window.endless and own,
        )
        for i in range(1, int(exact + Fraction(1, 2)) + 1)
    ]  # fmt: skip


def taken_by(plan: Plan, rule: Dated, window: Window) -> set[str]:
    """Whom a share or a pick takes of those that the selector chooses and that are active on a day of the window."""
    pool: list[tuple[Enterprise, dt.date]] = []
    for e in plan.enterprises.values():
        first = _first_active(window.whole, e)
        if first is not None and chooses(plan, rule.rule.where, e, first):
            pool.append((e, first))
    pick = rule.raw.get("pick") or {}
    if pick.get("order") == "draw":
        pool.sort(key=lambda one: _lot(pick["seed"], rule.rule.id, window.name, one[0].id))
    else:
        pool.sort(key=lambda one: _risk(plan, *one))
    if rule.raw.get("share"):
        share = Fraction(rule.raw["share"].rstrip("%")) / 100
        return {e.id for e, _ in pool[: max(1, -(-share.numerator * len(pool) // share.denominator))]}
    want, taken = int(pick.get("count") or pick["at_least"]), set()
    for grid in _counted_grids(plan, pick.get("per") or ""):
        within = [
            e.id
            for e, day in pool
            if grid is None or (e.grid_on(day) == grid if pick["per"] == "grid" else grid in plan.above(e.grid_on(day)))
        ]
        taken.update(within[:want])
    return taken


def _counted_grids(plan: Plan, per: str) -> list[str | None]:
    if not per:
        return [None]
    return [g.id for g in plan.grids.values() if per in ("grid", g.level)]


def _lot(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _risk(plan: Plan, e: Enterprise, day: dt.date) -> tuple:
    letter = e.class_on(day)
    a_year = visits_a_year(plan, plan.classes[letter]) if letter in plan.classes else None
    level, risk = e.columns.get("standard_level"), e.columns.get("risk")
    return (
        (risk is None, -float(risk or 0)),
        (a_year is None, -(a_year or 0)),
        -int(level) if level else -99,
        e.last_visit or dt.date.min,
        hashlib.sha256(e.id.encode()).hexdigest(),
    )
