"""Compare: what differs between two schedules - visits added, moved, dropped, restaffed - and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from safeplan.core.calendar import calendar_of
from safeplan.core.duties import duty
from safeplan.core.sides import Side, of_schedule
from safeplan.core.tables import Schedule


class Change(StrEnum):
    """What became of a visit."""

    ADDED = "added"
    MOVED = "moved"
    RESTAFFED = "restaffed"
    DROPPED = "dropped"


class Why(StrEnum):
    """Why it did; `who` of the row names an officer, `code` a reason."""

    LEAVE = "leave"  # somebody of its crew is away
    ASKED = "asked"  # moved, pinned or asked for by hand
    DAY_OFF = "day-off"  # its day is not worked
    WORKED = "worked"  # its day is worked, and its rule wants days off
    WINDOW = "window"  # its day lies outside what is left of its windows
    CLOSED = "closed"  # the enterprise cannot be visited on its day
    JOINED = "joined"  # somebody more goes along
    ROOM = "room"  # to make room for others
    OWED = "owed"  # it is owed now, and was not
    PLACED = "placed"  # it had no day
    SPLIT = "split"  # it was made together with another
    MERGED = "merged"  # it is made together with another now
    NOT_OWED = "not-owed"  # nothing owes it any more
    MET = "met"  # what it was for has been done
    PASSED = "passed"  # its time is over
    UNPLACED = "unplaced"  # no day is left for it


CHANGES: dict[str, pl.DataType] = {
    "change": pl.String(),
    "visit": pl.String(),
    "enterprise": pl.String(),  # id, or null
    "enterprise_name": pl.String(),
    "grid": pl.String(),
    "grid_name": pl.String(),
    "was": pl.Date(),  # null: was not
    "day": pl.Date(),  # null: is not
    "officers_were": pl.List(pl.String()),
    "officers": pl.List(pl.String()),
    "rules": pl.List(pl.String()),
    "why": pl.String(),  # Why; null: not known
    "who": pl.String(),  # id of the officer who is away; empty
    "code": pl.String(),  # why it has no day; empty
}
"""One row a visit that changed, by the earlier of its days."""


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed (CHANGES) from one roster to another, and how many visits did not."""

    before: Side
    after: Side
    changes: pl.DataFrame
    same: int

    def count(self, change: Change) -> int:
        """Give how many visits changed in a way."""
        return int((self.changes["change"] == change.value).sum())

    @property
    def more_unplaced(self) -> int:
        """How many more are unplaced; of two schedules."""
        sides = (self.before.schedule, self.after.schedule)
        old, new = (0 if one is None else len(one.unplaced) for one in sides)
        return new - old


def compare(before: Side | Schedule, after: Side | Schedule) -> Diff:
    """Compare two rosters visit by visit.

    A visit is the same in both when its id is, else when it serves an obligation that only one unknown visit of the
    other serves. What was done is no change. Why a visit changed is said as far as the later side is a schedule.
    """
    before, after = (one if isinstance(one, Side) else of_schedule(one) for one in (before, after))
    pairs = _pairs(before, after)
    found = _Reasons(before, after)
    rows = []
    same = 0
    for one, other in pairs:
        kind = _kind(before, after, one, other)
        if kind is None:
            same += 1
        else:
            rows.append(_row(before, after, kind, one, other, *found.why(kind, one, other)))
    table = pl.DataFrame(rows, schema=CHANGES, orient="row")
    return Diff(before, after, table.sort(pl.min_horizontal("was", "day"), "change", "visit"), same)


def _pairs(old: Side, new: Side) -> list[tuple[int | None, int | None]]:
    """Match the visits of both sides."""
    at = {id_: visit for visit, id_ in enumerate(new.ids)}
    pairs: list[tuple[int | None, int | None]] = [(one, at[id_]) for one, id_ in enumerate(old.ids) if id_ in at]
    taken = {other for _, other in pairs}
    for one, id_ in enumerate(old.ids):
        if id_ not in at:
            others = {new.visit_of[name] for name in old.serves[one] if name in new.visit_of} - taken
            other = min(others, default=None)
            taken |= {other} if other is not None else set()
            pairs.append((one, other))
    return [*pairs, *((None, other) for other in range(len(new.ids)) if other not in taken)]


def _kind(old: Side, new: Side, one: int | None, other: int | None) -> Change | None:
    if one is None:
        return None if new.done[other or 0] else Change.ADDED
    if other is None:
        return Change.DROPPED
    if new.done[other]:
        return None
    if old.days[one] != new.days[other]:
        return Change.MOVED
    return Change.RESTAFFED if old.officers[one] != new.officers[other] else None


def _row(
    old: Side, new: Side, kind: Change, one: int | None, other: int | None, why: Why | None, who: str, code: str
) -> tuple[object, ...]:
    side, at = (old, one) if other is None else (new, other)
    facts = side.visits.row(at or 0, named=True)
    return (
        kind.value,
        facts["id"] if one is None else old.ids[one],
        facts["enterprise"],
        facts["enterprise_name"],
        facts["grid"],
        facts["grid_name"],
        None if one is None else old.days[one],
        None if other is None else new.days[other],
        [] if one is None else old.officers[one],
        [] if other is None else new.officers[other],
        facts["rules"],
        None if why is None else why.value,
        who,
        code,
    )


class _Reasons:
    """Says why a visit changed, from what the later schedule knows."""

    def __init__(self, old: Side, new: Side) -> None:
        self._old, self._new = old, new
        self._before = {one.id: one for one in old.schedule.plan.file.officers} if old.schedule else {}
        self._schedule = new.schedule
        if new.schedule is not None:
            plan = new.schedule.plan
            self._calendar = calendar_of(plan)
            self._officers = {one.id: one for one in plan.file.officers}
            self._closed = dict(zip(plan.enterprises["id"], plan.enterprises["closed"], strict=True))
            self._lost = dict(new.schedule.unplaced.select("obligation", "code").iter_rows())
            self._passed = set(new.schedule.overdue.to_list())

    def why(self, kind: Change, one: int | None, other: int | None) -> tuple[Why | None, str, str]:
        if self._schedule is None:
            return None, "", ""
        match kind:
            case Change.ADDED:
                return self._added(other or 0), "", ""
            case Change.DROPPED:
                return self._dropped(one or 0)
            case _:
                return self._changed(one or 0, other or 0)

    def _added(self, other: int) -> Why:
        known = [name for name in self._new.serves[other] if name in self._old.row_of]
        if not known:
            return Why.OWED
        return Why.SPLIT if any(name in self._old.visit_of for name in known) else Why.PLACED

    def _dropped(self, one: int) -> tuple[Why, str, str]:
        rows = [self._new.row_of[name] for name in self._old.serves[one] if name in self._new.row_of]
        if not rows:
            return Why.NOT_OWED, "", ""
        code = next((str(self._lost[row]) for row in rows if row in self._lost), None)
        if code is not None:
            return Why.UNPLACED, "", code
        if any(row in self._passed for row in rows):
            return Why.PASSED, "", ""
        visits = {self._new.visit_of[name] for name in self._old.serves[one] if name in self._new.visit_of}
        return (Why.MET if all(self._new.done[visit] for visit in visits) else Why.MERGED), "", ""

    def _changed(self, one: int, other: int) -> tuple[Why, str, str]:
        day = self._old.days[one]
        crew = self._old.officers[one]
        away = next((who for who in crew if self._is_away(who, day)), None)
        if away is not None:
            return Why.LEAVE, away, ""
        more = [who for who in self._new.officers[other] if who not in crew]
        if day == self._new.days[other] and more and set(crew) < set(self._new.officers[other]):
            return Why.JOINED, more[0], ""
        rows = [self._new.row_of[name] for name in self._new.serves[other]]
        assert self._schedule is not None
        windows = self._schedule.obligations.select("open_first", "open_last")[rows]
        if (windows["open_first"] == windows["open_last"]).any():
            return Why.ASKED, "", ""
        if not ((windows["open_first"] <= day) & (windows["open_last"] >= day)).all():
            return Why.WINDOW, "", ""
        return (self._by_its_day(rows, day) or (Why.CLOSED if self._is_closed(other, day) else Why.ROOM)), "", ""

    def _by_its_day(self, rows: list[int], day: date) -> Why | None:
        """Say that a day is none on which obligations can be met, if it is none."""
        assert self._schedule is not None
        asked = duty(self._schedule.plan, self._schedule.obligations["rule"][rows].unique(maintain_order=True))
        at = self._calendar.index(day)
        if asked is None or self._calendar.usable(asked.days, asked.within)[at]:
            return None
        if self._calendar.usable(asked.days, ())[at]:
            return Why.WINDOW
        return Why.WORKED if self._calendar.workday[at] else Why.DAY_OFF

    def _is_away(self, officer: str, day: date) -> bool:
        one, was = self._officers.get(officer), self._before.get(officer)
        told = set(one.leave) - set(was.leave if was else ()) if one else ()
        return one is None or any(day in days for days in told)

    def _is_closed(self, visit: int, day: date) -> bool:
        enterprise = self._new.visits["enterprise"][visit]
        if enterprise is None:
            return False
        assert self._schedule is not None
        sets = self._schedule.plan.closed_sets
        return any(day in days and days.half is None for days in sets[self._closed[enterprise]])
