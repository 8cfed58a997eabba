"""Top up: quotas filled with patrols of the longest unvisited, into slots that are free (rules.md, Quotas).

It comes after staffing: a quota counts the crews of a team, and only when all are staffed is it known whose they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count, islice
from typing import TypeVar

import numpy as np
import polars as pl

from safeplan.core.areas import Area
from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.duties import gap_days
from safeplan.core.force import members
from safeplan.core.had import Had
from safeplan.core.needs import Need, needs_of
from safeplan.core.place.task import Bools, Placed, Task
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.rules.importance import importance
from safeplan.core.rules.obligations import Expanded, empty, rows, together
from safeplan.core.rules.pools import Pools
from safeplan.core.slots import Slots
from safeplan.core.staff import CrewDay
from safeplan.core.standing import Standing
from safeplan.core.tasks import Shared, ceilings_of
from safeplan.plan.people import Officer
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.period import Period, periods
from safeplan.terms.reason import Reason
from safeplan.terms.span import Span

Result = tuple[Placed, list[CrewDay]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages before have made, area by area, of all obligations."""

    expanded: Expanded
    proposals: Proposals
    areas: tuple[Area, ...]
    tasks: tuple[Task, ...]
    results: tuple[Result, ...]
    missed: pl.DataFrame = field(default_factory=empty)
    """What quotas of units that are over were short of (OBLIGATIONS)."""
    settled: frozenset[int] = frozenset()
    """Proposals that are adopted visits of quotas."""


def top_up(plan: Plan, calendar: Calendar, carriers: Carriers, common: Shared, now: Standing, found: Found) -> Found:
    """Fill up every quota, those of short units first, since they count for longer ones.

    Each enterprise that is missing in a unit is an obligation of its own; one that finds no slot, or no enterprise, is
    open. A plan without quotas comes back as it is. What the ledger tells counts first, then adopted visits stay.
    """
    quotas = [(code, line.model) for code, line in enumerate(plan.rules) if isinstance(line.model, Quota)]
    units = sorted(
        (period.days, period.first, code, period)
        for code, model in quotas
        if model.at_least is not None
        for period in periods(model.per, 1, plan.first, plan.last)
    )
    fillers: dict[int, _Filler] = {}
    diagnostics: list[Diagnostic] = []
    for _, _, code, period in units:
        line = plan.rules[code]
        model = line.model
        assert isinstance(model, Quota)
        allowed = calendar.allowed(model.days)
        days = np.flatnonzero(allowed[calendar.index(period.first) : calendar.index(period.last) + 1])
        if not days.size:
            diagnostics.append(warning("no-day-in-unit", line.place, rule=line.id, period=period.name))
            continue
        if code not in fillers:
            fillers[code] = _Filler(plan, code, model, calendar, carriers, common, now, found)
        found = fillers[code].fill(period, days + calendar.index(period.first) - carriers.start, found)
    expanded = replace(found.expanded, diagnostics=(*found.expanded.diagnostics, *diagnostics))
    return replace(found, expanded=expanded) if diagnostics else found


@dataclass(frozen=True, slots=True)
class _Added:
    """A missing enterprise of a unit: with its day and need, or with the reason why it has none; -1: none."""

    enterprise: int = -1
    day: int = -1
    need: int = -1
    reason: Reason | None = None
    n: int = 0  # the number that one of a settled roster has; 0: a new one
    adopted: bool = False


class _Filler:
    """Fills one quota, unit by unit: who may be visited, by whom, and what they have had already."""

    def __init__(
        self,
        plan: Plan,
        rule: int,
        model: Quota,
        calendar: Calendar,
        carriers: Carriers,
        common: Shared,
        now: Standing,
        found: Found,
    ) -> None:
        self._plan, self._rule, self._model, self._calendar, self._common = plan, rule, model, calendar, common
        self._start, self._days = carriers.start, carriers.days
        self._team = plan.teams[model.team]
        self._from = 0 if now.from_ is None else (now.from_ - plan.first).days
        self._since = self._from if now.since is None else (now.since - plan.first).days
        self._past = _past(plan, now)
        self._filled = now.filled.filter(pl.col("rule") == plan.rules[rule].id)
        self._pools = Pools(plan)
        self._hashes = [sha256(one.encode()).hexdigest() for one in plan.enterprises["id"]]
        self._area = next(
            i for i, area in enumerate(found.areas) if any(one.team == self._team for one in area.force.people)
        )
        candidates = self._candidates(found.proposals, carriers)
        needs = needs_of(plan, candidates, empty(), calendar, carriers)
        self._ceilings = ceilings_of(plan, candidates, calendar, carriers)
        self._need_of = needs.code
        bit = {person.code: i for i, person in enumerate(found.areas[self._area].force.people)}
        own = sum(1 << code for code, one in enumerate(plan.file.officers) if _first_team(plan, one) == self._team)
        self._needs = tuple(_of_team(need, own, bit) for need in needs.all)
        self._first_need = -1  # where its needs stand among the area's, once they do
        self._gap = gap_days(model)
        self._kept: dict[int, list[int]] = {}
        self._closed = [
            np.logical_or.reduce([calendar.days(one) for one in closed if one.half is None])[self._start :][
                : self._days
            ]
            if any(one.half is None for one in closed)
            else np.zeros(self._days, np.bool_)
            for closed in plan.closed_sets
        ]

    def _candidates(self, proposals: Proposals, carriers: Carriers) -> Proposals:
        """Propose one visit of each enterprise, to know what it would ask and count to."""
        size = len(self._plan.enterprises)
        zero = np.zeros(size, np.int64)
        duty = next(one for one in proposals.duties if one.rules == (self._rule,))
        if self._model.by is None and not self._covers(carriers):
            duty = replace(duty, bys=(self._plan.file.teams[self._team].id,))
        return Proposals(
            np.arange(size), zero - 1, zero, zero, zero, zero, zero, zero - 1, {}, (duty,)
        )  # fmt: skip

    def _covers(self, carriers: Carriers) -> bool:
        """Whether the team covers any grid; one that does not may go everywhere."""
        grids = range(len(self._plan.file.grids)) if self._plan.file.grids else (-1,)
        own = carriers.members[self._team]
        return any(carriers.who(None, ((0, self._days - 1, grid),))[0] & own for grid in grids)

    def fill(self, period: Period, days: Ints, found: Found) -> Found:
        """Fill one unit: `days` are those that the rule allows in all of it, counted from the plan's first."""
        inside = days[(days >= 0) & (days < self._days)]
        pool = self._pools.of(self._model.where, Span(period.first, period.last))
        task, (_, roster) = found.tasks[self._area], found.results[self._area]
        if self._first_need < 0:
            self._first_need = len(task.needs)
        slots = Slots(task, roster, self._needs if self._first_need == len(task.needs) else ())
        unit = range(
            max(0, (period.first - self._plan.first).days), min(self._days, (period.last - self._plan.first).days + 1)
        )
        chosen = set(pool["enterprise"].to_list())
        done = {one for one, day, team in self._past if day in unit and team == self._team}
        visited = chosen & (done | {int(task.subject[row]) for row in slots.visits_of(self._team, unit)})
        missing = self._wanted(inside.size, days.size) - len(visited)
        if missing <= 0 or not inside.size:
            return found
        kept = self._filled.filter(pl.col("period") == period.name)
        state = Had(
            self._plan, found.proposals.enterprise, _days_of(found), self._ceilings, self._common.ceilings, self._past
        )
        waiting = pool.filter(~pl.col("enterprise").is_in(list(visited)))
        order = sorted(
            waiting["enterprise"].to_list(),
            key=lambda one: (state.last_visit(one, unit.stop - 1), self._hashes[one]),
        )
        ahead = inside[inside >= self._from]
        settled = list(self._settled(missing, kept, set(order), waiting, slots, state, task.need.size))
        used = set(kept["n"].to_list())
        if unit.stop <= self._from:
            missed = missing - len(settled)
            found = self._missed(found, period, (unit.start, unit.stop - 1), missed, used) if missed else found
            return self._grown(found, period, (unit.start, unit.stop - 1), settled, slots, 0, used)
        gone = {one.enterprise for one in settled}
        order = [one for one in order if one not in gone]
        row = task.need.size + len(settled)
        added = list(self._chosen(missing - len(settled), order, waiting, ahead, slots, state, row))
        short = max(0, missing - len(settled) - len(order))
        return self._grown(found, period, (unit.start, unit.stop - 1), [*settled, *added], slots, short, used)

    def _settled(
        self,
        missing: int,
        kept: pl.DataFrame,
        waiting: set[int],
        pool: pl.DataFrame,
        slots: Slots,
        state: Had,
        first_row: int,
    ) -> Iterator[_Added]:
        """Keep the adopted visits of a unit that can still be made as they were."""
        facts = self._open_days(pool)
        made = 0
        columns = kept.sort("n").select("n", "enterprise", "day", "officers", "state")
        for n, enterprise, on, officers, how in columns.iter_rows():
            day = (on - self._plan.first).days
            if made == missing or self._since <= day < self._from or enterprise not in waiting:
                continue
            need = self._first_need + int(self._need_of[enterprise])
            codes = [self._plan.officers[one] for one in officers if one in self._plan.officers]
            if self._may(enterprise, day, facts[enterprise], state) and slots.seat(
                first_row + made, need, day, self._team, codes
            ):
                made += 1
                waiting.remove(enterprise)
                state.note(enterprise, day)
                self._kept.setdefault(enterprise, []).append(day)
                yield _Added(enterprise, day, need, n=n, adopted=how == "adopted")

    def _missed(self, found: Found, period: Period, unit: tuple[int, int], missing: int, used: set[int]) -> Found:
        """Say what a unit that is over was short of."""
        one = np.ones(missing, np.int64)
        owed = rows(
            rule=self._rule,
            enterprise=-one,
            grid=-one,
            period=period,
            open_first=one * (unit[0] + self._start),
            open_last=one * (unit[1] + self._start),
            importance=importance(self._plan.rules[self._rule]),
            outlasts=np.zeros(missing, np.bool_),
            calendar=self._calendar,
        )
        owed = owed.with_columns(n=pl.Series(list(islice(_unused(used), missing)), dtype=pl.Int32))
        return replace(found, missed=together([found.missed, owed]))

    def _wanted(self, left: int, whole: int) -> int:
        """Give what a unit owes of which only some days are left, rounded half up."""
        number = self._model.at_least or 0
        if left == whole or self._model.partial == "full":
            return number
        return 0 if self._model.partial == "none" else (2 * number * left + whole) // (2 * whole)

    def _chosen(
        self,
        missing: int,
        order: list[int],
        pool: pl.DataFrame,
        days: Ints,
        slots: Slots,
        state: Had,
        first_row: int,
    ) -> Iterator[_Added]:
        """Choose enterprises in order, each on the least loaded day that takes it, near its part of the unit."""
        facts = self._open_days(pool)
        full: set[tuple[int, int, bool]] = set()
        waiting = list(order)
        made = 0
        load = {day: slots.load(self._team, day) for day in days.tolist()}
        for n in range(missing):
            target = int(days[(2 * n + 1) * days.size // (2 * missing)])
            by_load = sorted(days.tolist(), key=lambda day: (load[day], abs(day - target), day))
            for enterprise in waiting:
                need = self._first_need + int(self._need_of[enterprise])
                day = self._day(enterprise, need, by_load, facts[enterprise], slots, state, full, first_row + made)
                if day is not None:
                    waiting.remove(enterprise)
                    made += 1
                    load[day] = slots.load(self._team, day)
                    state.note(enterprise, day)
                    self._kept.setdefault(enterprise, []).append(day)
                    yield _Added(enterprise, day, need)
                    break
            else:
                break
        able = (
            [
                enterprise
                for enterprise in waiting
                if any(self._may(enterprise, day, facts[enterprise], state) for day in days.tolist())
            ]
            if made < missing
            else []
        )
        someone = any(
            slots.alone(self._first_need + need, day)
            for need in sorted({int(self._need_of[one]) for one in able})
            for day in days.tolist()
        )
        for n in range(missing - made):
            yield _Added(reason=Reason.POOL if n >= len(able) else Reason.CAPACITY if someone else Reason.OFFICERS)

    def _open_days(self, pool: pl.DataFrame) -> dict[int, tuple[int, int, Bools]]:
        """Give each enterprise's first and last active day, and the days on which it is closed."""
        first = pl.lit(self._plan.first).cast(pl.Int32)
        return {
            enterprise: (start or 0, self._days - 1 if end is None else end, self._closed[closed])
            for enterprise, start, end, closed in pool.select(
                "enterprise",
                pl.col("active_first").cast(pl.Int32) - first,
                pl.col("active_last").cast(pl.Int32) - first,
                "closed",
            ).iter_rows()
        }

    def _day(
        self,
        enterprise: int,
        need: int,
        days: Sequence[int],
        open_: tuple[int, int, Bools],
        slots: Slots,
        state: Had,
        full: set[tuple[int, int, bool]],
        row: int,
    ) -> int | None:
        for within in (True, False):
            for day in days:
                if (need, day, within) in full or not self._may(enterprise, day, open_, state):
                    continue
                if slots.put(row, need, day, self._team, within_slack=within):
                    full.difference_update({one for one in full if one[1] == day})
                    return day
                full.add((need, day, within))
        return None

    def _may(self, enterprise: int, day: int, open_: tuple[int, int, Bools], state: Had) -> bool:
        """Whether an enterprise may be visited on a day: open, not visited that day, no gap, cap or limit broken."""
        first, last, closed = open_
        return (
            first <= day <= last
            and not closed[day]
            and not state.is_booked(enterprise, day)
            and state.is_below_ceilings(enterprise, day)
            and not (self._gap and any(abs(day - one) < self._gap for one in self._near(enterprise, state)))
        )

    def _near(self, enterprise: int, state: Had) -> list[int]:
        seen = state.seen(enterprise)
        return [*self._kept.get(enterprise, ()), *(() if seen is None else (seen,))]

    def _grown(
        self,
        found: Found,
        period: Period,
        unit: tuple[int, int],
        added: list[_Added],
        slots: Slots,
        short: int,
        used: set[int],
    ) -> Found:
        """Write what was added behind everything else: obligations, proposals, the area's task and its roster."""
        many = len(added)
        size, owed = found.proposals.duty.size, len(found.expanded.obligations)
        one = np.ones(many, np.int64)
        level = importance(self._plan.rules[self._rule])
        outlasts = np.full(many, period.last > self._plan.last)
        obligations = rows(
            rule=self._rule,
            enterprise=-one,
            grid=-one,
            period=period,
            open_first=one * (unit[0] + self._start),
            open_last=one * (unit[1] + self._start),
            importance=level,
            outlasts=outlasts,
            calendar=self._calendar,
        ).with_columns(n=pl.Series(_numbers(added, used), dtype=pl.Int32))
        enterprise = np.array([each.enterprise for each in added], np.int64)
        day = np.array([each.day for each in added], np.int64)
        need = np.array([max(each.need, 0) for each in added], np.int64)
        before = found.proposals
        duty = next(at for at, each in enumerate(before.duties) if each.rules == (self._rule,))
        proposals = replace(
            before,
            enterprise=np.append(before.enterprise, enterprise),
            grid=np.append(before.grid, -one),
            duty=np.append(before.duty, one * duty),
            first=np.append(before.first, one * unit[0]),
            last=np.append(before.last, one * unit[1]),
            importance=np.append(before.importance, one * level),
            lead=np.append(before.lead, owed + np.arange(many)),
            merged=np.append(before.merged, -one),
            serves=before.serves | {size + n: (owed + n,) for n in range(many)},
        )
        area, task, (placed, _) = found.areas[self._area], found.tasks[self._area], found.results[self._area]
        rows_before = task.need.size
        allowed = self._calendar.allowed(self._model.days)[self._start :][: self._days]
        task = replace(
            task,
            needs=slots.needs,
            need=np.append(task.need, need),
            subject=np.append(task.subject, enterprise),
            first=np.append(task.first, one * unit[0]),
            last=np.append(task.last, one * unit[1]),
            day_set=np.append(task.day_set, one * len(task.day_sets)),
            day_sets=np.vstack((task.day_sets, allowed)),
            importance=np.append(task.importance, one * level),
            group=np.append(task.group, one * -1),
            part=np.append(task.part, one * 0),
            parts=np.append(task.parts, one),
            tour=np.append(task.tour, one * -1),
            merged=np.append(task.merged, -one),
            outlasts=np.append(task.outlasts, outlasts),
        )
        placed = replace(
            placed,
            day=np.append(placed.day, day),
            open=placed.open | {rows_before + n: each.reason for n, each in enumerate(added) if each.reason},
            least=placed.least + (0 if outlasts.any() else short),
        )
        area = replace(
            area,
            proposals=np.append(area.proposals, size + np.arange(many)),
            need=np.append(area.need, need),
            needs=slots.needs,
        )
        expanded = replace(found.expanded, obligations=together([found.expanded.obligations, obligations]))
        return replace(
            found,
            expanded=expanded,
            proposals=proposals,
            areas=_with(found.areas, self._area, area),
            tasks=_with(found.tasks, self._area, task),
            results=_with(found.results, self._area, (placed, slots.roster())),
            settled=found.settled | {size + n for n, each in enumerate(added) if each.adopted},
        )


def _numbers(added: list[_Added], used: set[int]) -> list[int]:
    """Number new ones in order of date, those without a day last; what was adopted keeps its number."""
    fresh = _unused(used)
    new = sorted((i for i, one in enumerate(added) if not one.n), key=lambda i: (added[i].day < 0, added[i].day, i))
    given = dict(zip(new, fresh, strict=False))
    return [one.n or given[i] for i, one in enumerate(added)]


def _unused(used: set[int]) -> Iterator[int]:
    return (n for n in count(1) if n not in used)


def _past(plan: Plan, now: Standing) -> tuple[tuple[int, int, int], ...]:
    """Give the visits that were made: enterprise, day from the plan's first, and the team of whoever led (-1: none).

    Visits that stay as planned before `since` are among them.
    """
    kept = now.past.filter(pl.col("state") != "done").unique("visit", maintain_order=True)
    every = [
        *now.visits.select("subject", "day", "officers").iter_rows(),
        *kept.select("enterprise", "day", "officers").iter_rows(),
    ]
    team = {one.id: _first_team(plan, one) for one in plan.file.officers}
    return tuple(
        (enterprise, (day - plan.first).days, team.get(officers[0], -1) if officers else -1)
        for enterprise, day, officers in every
        if enterprise >= 0
    )


def _days_of(found: Found) -> Ints:
    """Give the day of every proposal, -1 where it has none."""
    day = np.full(found.proposals.duty.size, -1, np.int64)
    for area, (placed, _) in zip(found.areas, found.results, strict=True):
        day[area.proposals] = placed.day
    return day


def _first_team(plan: Plan, officer: Officer) -> int:
    return plan.teams[officer.teams[0]] if officer.teams else -1


def _of_team(need: Need, own: int, bit: dict[int, int]) -> Need:
    """Turn a need's masks into those of the area, and keep to officers whose first team is the quota's."""
    known: dict[int, int] = {}

    def local(mask: int) -> int:
        if mask not in known:
            known[mask] = sum(1 << bit[code] for code in members(mask & own))
        return known[mask]

    who = tuple(local(mask) for mask in need.who)
    # Whom a pin names and the team does not have: no crew of the team can make the visit.
    if (need.exactly | need.among) & ~own:
        who = (0,) * len(who)
    return replace(need, who=who, exactly=local(need.exactly), among=local(need.among), unpinned=who, unbarred=who)


def _with(all_: tuple[T, ...], at: int, one: T) -> tuple[T, ...]:
    return (*all_[:at], one, *all_[at + 1 :])
