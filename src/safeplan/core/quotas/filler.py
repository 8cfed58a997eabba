"""Filler: fills one quota with patrols of the longest unvisited, into slots that are free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.duties import gap_days
from safeplan.core.force import members
from safeplan.core.needs import Need, needs_of
from safeplan.core.place.task import Bools
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.quotas.found import Found, days_of
from safeplan.core.quotas.growth import Added, Filled, Unit, grown, missed
from safeplan.core.quotas.had import Had
from safeplan.core.quotas.slots import Slots
from safeplan.core.rules.obligations import empty
from safeplan.core.rules.pools import Pools
from safeplan.core.settled import FILLED, made_up
from safeplan.core.standing import Standing
from safeplan.core.tasks import Shared, ceilings_of
from safeplan.plan.people import Officer
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.period import Period
from safeplan.terms.reason import Reason
from safeplan.terms.span import Span


class Filler:
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
        self._plan, self._rule, self._model, self._common = plan, rule, model, common
        self._start, self._days = carriers.start, carriers.days
        self._team = plan.teams[model.team]
        self._from = 0 if now.from_ is None else (now.from_ - plan.first).days
        self._since = self._from if now.since is None else (now.since - plan.first).days
        self._past = _past(plan, now)
        self._passed = (now.since or plan.first, now.from_ or plan.first)
        self._filled = now.filled.filter(pl.col("rule") == plan.rules[rule].id)
        self._late = made_up(now.closed, now.past)
        self._met = now.closed.filter(pl.col("rule") == rule)
        self._pools = Pools(plan)
        self._hashes = [sha256(one.encode()).hexdigest() for one in plan.enterprises["id"]]
        area = next(i for i, area in enumerate(found.areas) if any(one.team == self._team for one in area.force.people))
        candidates = self._candidates(found.proposals, carriers)
        needs = needs_of(plan, candidates, empty(), calendar, carriers)
        self._ceilings = ceilings_of(plan, candidates, calendar, carriers)
        self._need_of = needs.code
        bit = {person.code: i for i, person in enumerate(found.areas[area].force.people)}
        self._quota = Filled(plan, calendar, rule, model, area, carriers.start, carriers.days)
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
        task, (_, roster) = found.tasks[self._quota.area], found.results[self._quota.area]
        if self._first_need < 0:
            self._first_need = len(task.needs)
        slots = Slots(task, roster, self._needs if self._first_need == len(task.needs) else ())
        unit = self._unit(period)
        within = range(unit.first, unit.last + 1)
        chosen = set(pool["enterprise"].to_list())
        done = {one for one, day, team in self._past if day in within and team == self._team}
        visited = chosen & (done | {int(task.subject[row]) for row in slots.visits_of(self._team, within)})
        missing = self._wanted(inside.size, days.size) - len(visited)
        if missing <= 0 or not inside.size:
            return found
        state = Had(
            self._plan, found.proposals.enterprise, days_of(found), self._ceilings, self._common.ceilings, self._past
        )
        waiting = pool.filter(~pl.col("enterprise").is_in(list(visited)))
        order = sorted(
            waiting["enterprise"].to_list(), key=lambda one: (state.last_visit(one, unit.last), self._hashes[one])
        )
        settled = list(self._settled(period, missing, set(order), waiting, slots, state, task.need.size))
        missing -= len(settled)
        if unit.last < self._from:
            missing = max(0, missing - len(self._late.get((self._rule, period.name), ())))
            return grown(self._quota, unit, missed(self._quota, unit, found, missing), settled, slots, 0)
        gone = {one.enterprise for one in settled}
        order = [one for one in order if one not in gone]
        ahead = inside[inside >= self._from]
        added = list(self._chosen(missing, order, waiting, ahead, slots, state, task.need.size + len(settled)))
        return grown(self._quota, unit, found, [*settled, *added], slots, max(0, missing - len(order)))

    def _unit(self, period: Period) -> Unit:
        """Give a unit as far as it lies in the plan, with the numbers that its adopted visits have."""
        first, last = ((day - self._plan.first).days for day in (period.first, period.last))
        held = self._filled.filter(pl.col("period") == period.name)
        met = set(self._met.filter(pl.col("period") == period.name)["n"])
        passed = held.filter(pl.col("day").is_between(*self._passed, closed="left"))["n"]
        undone = tuple(sorted(set(passed) - met))
        return Unit(period, max(0, first), min(self._days - 1, last), frozenset((*held["n"], *met)), undone)

    def _settled(
        self,
        period: Period,
        missing: int,
        waiting: set[int],
        pool: pl.DataFrame,
        slots: Slots,
        state: Had,
        first_row: int,
    ) -> Iterator[Added]:
        """Keep the adopted visits of a unit that can still be made as they were."""
        facts = self._open_days(pool)
        made = 0
        kept = self._filled.filter(pl.col("period") == period.name).sort("n")
        for n, enterprise, on, officers, how in kept.select(*list(FILLED)[2:]).iter_rows():
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
                yield Added(enterprise, day, need, n=n, state="" if how == "drafted" else how)

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
    ) -> Iterator[Added]:
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
                    yield Added(enterprise, day, need)
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
            yield Added(reason=Reason.POOL if n >= len(able) else Reason.CAPACITY if someone else Reason.OFFICERS)

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
