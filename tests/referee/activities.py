"""What activities are due, recomputed day by day from rules.md (Activities), and whether a schedule lists just that.

Readings: listed is what is due in the period, and what is due later of a window that began by its end. A unit without
the day that `day:` names, and a window without a working day, has none. The due day of a part lies in its window: the
last working day up to the part's end, else the window's first. `days:` in a window keeps to it. An enterprise counts
when it is active on a day from the part's first to its due day. Whoever is away for the whole day takes no turn.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateutil.rrule import rrulestr

from .plan import Plan
from .select import chooses
from .spans import DAY, WEEKDAYS, Span, absent_halves, read_day, read_span
from .violation import Case, Violation
from .who import role_holders

_WIDE = 800 * DAY


@dataclass(frozen=True)
class Due:
    """One piece of work that a schedule must list; `owners` are all who may answer, `people` of them in turn."""

    id: str
    rule: str
    kind: str
    name: str
    first: dt.date
    due: dt.date
    grid: str | None
    enterprise: str | None
    owners: tuple[str, ...]
    people: int | None


@dataclass(frozen=True)
class _Time:
    period: str
    n: int
    opens: dt.date
    first: dt.date
    due: dt.date


def activities_due(plan: Plan) -> dict[str, Due]:
    """Everything that must be listed, by id."""
    found: dict[str, Due] = {}
    for raw in plan.activities:
        for time in sorted(_times(plan, raw), key=lambda t: (t.due, t.period, t.n)):
            if not (time.due >= plan.period.first and (time.opens <= plan.period.last or time.due <= plan.period.last)):
                continue
            for subject, grid, enterprise in _subjects(plan, raw, time):
                one = Due(
                    f"{raw['id']}/{subject}/{time.period}/{time.n}", raw["id"], raw.get("kind", "other"), raw["name"],
                    time.first, time.due, grid, enterprise, _owners(plan, raw, grid, time.due),
                    int(raw["people"]) if raw.get("people") else None,
                )  # fmt: skip
                found[one.id] = one
    return found


def _owners(plan: Plan, raw: dict[str, Any], grid: str | None, day: dt.date) -> tuple[str, ...]:
    named = {o.name: o.id for o in plan.officers.values()}
    found: list[str] = []
    for owner in raw["owner"]:
        who = named.get(owner, owner)
        if who in plan.officers:
            found.append(who)
        elif grid is not None:
            found.extend(sorted(role_holders(plan, owner, grid, day)))
        else:
            tops = [g for g in plan.grids.values() if g.parent is None]
            found.extend(sorted({o for g in tops for o, span in g.roles.get(owner, ()) if day in span}))
    return tuple(dict.fromkeys(found))


def _subjects(plan: Plan, raw: dict[str, Any], time: _Time) -> Iterator[tuple[str, str | None, str | None]]:
    each = raw.get("each")
    if each is None:
        yield "-", None, None
    elif "grids" in each:
        for grid in plan.grids.values():
            if grid.level == each["grids"]["level"]:
                yield grid.id, grid.id, None
    elif "venues" in each:
        yield from ((re.sub(r"[/\s]+", "-", venue), None, None) for venue in each["venues"])
    else:
        for firm in plan.enterprises.values():
            open_ = firm.active.meet(Span(time.first, time.due))
            asked = max(time.opens, firm.active.first)
            if firm.planned and open_ and chooses(plan, each["where"], firm, asked):
                yield firm.id, firm.grid_on(time.due), firm.id


def _times(plan: Plan, raw: dict[str, Any]) -> Iterator[_Time]:
    if "rrule" in raw:
        start = read_day(raw["from"]) if raw.get("from") else dt.date(plan.period.first.year - 1, 1, 1)
        until = dt.datetime.combine(plan.period.last + 40 * DAY, dt.time())
        for moment in rrulestr(raw["rrule"], dtstart=dt.datetime.combine(start, dt.time())).between(
            dt.datetime.combine(plan.period.first - 40 * DAY, dt.time()), until
        ):
            due = _shifted(plan, moment.date(), raw)
            yield _Time(moment.date().isoformat(), 1, min(moment.date(), due), min(moment.date(), due), due)
    elif "due" in raw:
        written = read_day(raw["due"])
        due = _shifted(plan, written, raw)
        first = min(read_day(raw["from"]) if raw.get("from") else plan.period.first, due)
        yield _Time(f"{raw['from']}..{written}" if raw.get("from") else str(written), 1, first, first, due)
    elif "days" in raw:
        window = read_span(raw["window"]) if raw.get("window") else plan.period
        for day in plan.period.days():
            if day in window and plan.calendar.allows(raw["days"], day):
                yield _Time(str(day), 1, day, day, day)
    elif "phase" in raw:
        yield from _parts(plan, raw["phase"].days(), raw["period"], 1)
    elif "every" in raw or "month" in raw:
        for name, days in _units(plan, raw.get("every", "month")):
            if "month" in raw and str(days[0].month) not in raw["month"]:
                continue
            if "day" not in raw:
                yield from _parts(plan, days, name, 1)
            elif (day := _named_day(plan, days, raw["day"])) is not None:
                due = _shifted(plan, day, raw)
                yield _Time(name, 1, min(days[0], due), min(days[0], due), due)
    else:
        words = raw.get("times", "1").split(" per ")
        if len(words) == 2:
            for name, days in _units(plan, words[1]):
                yield from _parts(plan, days, name, int(words[0]))
        else:
            window = read_span(raw["window"]) if raw.get("window") else plan.period
            yield from _parts(plan, window.days(), f"{window.first}..{window.last}", int(words[0]))


def _parts(plan: Plan, days: list[dt.date], name: str, number: int) -> Iterator[_Time]:
    if not any(plan.calendar.works(day) for day in days):
        return
    for n in range(1, number + 1):
        end = (n * len(days) + number - 1) // number
        begin = ((n - 1) * len(days) + number - 1) // number
        due = next((d for d in reversed(days[:end]) if plan.calendar.works(d)), None)
        due = due or next(d for d in days if plan.calendar.works(d))
        yield _Time(name, n, days[0], min(days[min(begin, end - 1)], due), due)


def _shifted(plan: Plan, day: dt.date, raw: dict[str, Any]) -> dt.date:
    step = {"previous-workday": -DAY, "next-workday": DAY}.get(raw.get("shift", ""))
    while step and not plan.calendar.works(day):
        day += step
    return day


def _named_day(plan: Plan, days: list[dt.date], text: str) -> dt.date | None:
    if text.isdigit():
        return days[min(int(text), len(days)) - 1]
    *nth, name = text.split()
    fitting = [d for d in days if (plan.calendar.works(d) if name == "workday" else WEEKDAYS[d.weekday()] == name)]
    at = -1 if nth == ["last"] else int(nth[0][:-2]) - 1 if nth else 0
    return fitting[at] if -1 <= at < len(fitting) and fitting else None


def _units(plan: Plan, unit: str) -> list[tuple[str, list[dt.date]]]:
    """The whole units around the period by name, each with its days; or a season's spans."""
    if unit in plan.seasons:
        return [(f"{unit}@{span.first}", span.days()) for span in plan.seasons[unit]]
    groups: dict[str, list[dt.date]] = defaultdict(list)
    for day in Span(plan.period.first - _WIDE, plan.period.last + _WIDE).days():
        year, week, _ = day.isocalendar()
        groups[
            {
                "day": str(day), "week": f"{year}-W{week:02}", "month": f"{day:%Y-%m}", "year": str(day.year),
                "quarter": f"{day.year}-Q{(day.month + 2) // 3}", "half-year": f"{day.year}-H{(day.month + 5) // 6}",
            }[unit]
        ].append(day)  # fmt: skip
    return list(groups.items())[1:-1]


def check_activities(case: Case) -> Iterator[Violation]:
    """Each piece of work that is due is listed once with its facts, nothing else is, and turns are fair."""
    wanted, listed = activities_due(case.plan), case.schedule["activities"]
    for id_, times in Counter(one["id"] for one in listed).items():
        if id_ not in wanted:
            yield Violation("activity-invented", f"nobody asks for {id_}")
        elif times > 1:
            yield Violation("activity-twice", f"{id_} stands {times} times")
    for id_ in wanted.keys() - {one["id"] for one in listed}:
        yield Violation("activity-lost", f"{id_} is not listed")
    if [one["due"] for one in listed] != sorted(one["due"] for one in listed):
        yield Violation("activity-order", "activities do not stand by due day")
    for one in listed:
        if one["id"] in wanted:
            yield from _facts(wanted[one["id"]], one)
    yield from _turns(case, wanted)


def _facts(due: Due, one: dict[str, Any]) -> Iterator[Violation]:
    if (one["from"], one["due"]) != (str(due.first), str(due.due)):
        yield Violation("activity-day", f"{due.id} is due from {due.first} to {due.due}")
    said = (one["rule"], one["kind"], one["name"], one["grid"], one["enterprise"])
    if said != (due.rule, due.kind, due.name, due.grid, due.enterprise):
        yield Violation("activity-facts", f"{due.id} is not {said}")
    if due.people is None and sorted(one["owners"]) != sorted(due.owners):
        yield Violation("activity-owner", f"{due.owners} answer for {due.id}, not {one['owners']}")


def _turns(case: Case, wanted: dict[str, Due]) -> Iterator[Violation]:
    """Whoever goes is an owner who is there, as many as asked, and nobody there had fewer turns on the days before."""
    had: dict[str, Counter[str]] = defaultdict(Counter)
    for one in sorted(case.schedule["activities"], key=lambda one: one["due"]):
        due = wanted.get(one["id"])
        if due is None or due.people is None:
            continue
        there = [o for o in due.owners if len(absent_halves(case.plan.officers[o].leave, due.due)) < 2]
        turns, chosen = had[due.rule], one["owners"]
        if not set(chosen) <= set(there) or len(set(chosen)) != min(due.people, len(there)):
            yield Violation("activity-owner", f"{chosen} of {there} for {due.id}")
        rest = [turns[o] for o in there if o not in chosen]
        if (
            due.grid is None
            and due.enterprise is None
            and chosen
            and rest
            and max(turns[o] for o in chosen) > min(rest)
        ):
            yield Violation("activity-turns", f"{due.id}: somebody had fewer turns than {chosen}")
        turns.update(chosen)
