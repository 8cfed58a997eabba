"""Assemble: what the areas found, as the Schedule's tables; numbers that need the whole plan are given here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from safeplan.core.activities import Dated
from safeplan.core.activity_days import rests_on_calendar
from safeplan.core.areas import Area
from safeplan.core.history import Head
from safeplan.core.past import with_past
from safeplan.core.place.task import Bound, Placed, Task
from safeplan.core.proposals import Ints, Proposals
from safeplan.core.quotas.found import Found
from safeplan.core.routes import is_known, metres, routes
from safeplan.core.staff import CrewDay
from safeplan.core.standing import Standing
from safeplan.core.tables import (
    CREWS,
    SERVES,
    UNPLACED,
    VISITS,
    Figures,
    Proof,
    Schedule,
)
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import Diagnostic, warning
from safeplan.terms.reason import Reason

Result = tuple[Placed, list[CrewDay]]


def assemble(plan: Plan, today: date, found: Found, now: Standing, dated: Dated, ledger: Head | None) -> Schedule:
    """Put the areas' results together, and beside them what the ledger tells.

    The obligations that were planned come first, then those that were closed.
    """
    expanded, proposals, areas, tasks, results = (
        found.expanded, found.proposals, found.areas, found.tasks, found.results
    )  # fmt: skip
    day, crew, order, crews, way = _crews(plan, proposals, areas, results)
    made = np.flatnonzero(day >= 0)
    planned, day_of = _numbered(expanded.obligations, proposals, day, now.adopted["obligation"])
    obligations = pl.concat([planned, now.closed, found.missed])
    lead = _leads(plan, obligations, proposals, made, set(now.adopted["obligation"].to_list()))
    visits = _visits(plan, proposals, made, lead, day, crew, order, _states(plan, proposals, now, found, day))
    rank = visits["at"].to_numpy()
    serves = _serves(proposals, made[rank])
    visits, serves, crews = with_past(plan, obligations, now, len(planned), (visits.select(*VISITS), serves, crews))
    overdue = [*(now.overdue + len(planned)), *range(len(planned) + len(now.closed), len(obligations))]
    waived = sorted(set(range(len(now.closed))) - {*now.past["obligation"], *now.overdue})
    proofs, open_ = _open(plan, obligations, proposals, areas, results)
    carried = obligations["outlasts"].gather(open_["obligation"])
    least = sum(placed.least for placed, _ in results)
    unplaced, carried_over = open_.filter(~carried), open_.filter(carried)
    figures = Figures(
        owed=len(planned) + now.past["obligation"].n_unique(),
        placed=int((day_of >= 0).sum()) + now.past["obligation"].n_unique(),
        unplaced=len(unplaced),
        least_unplaced=min(least, len(unplaced)),
        carried_over=len(carried_over),
        metres=way,
        **_peak(tasks, results),
    )
    years = _provisional(plan, obligations, dated)
    said = (*plan.diagnostics, *expanded.diagnostics, *dated.diagnostics)
    return Schedule(
        plan=plan,
        today=today,
        obligations=obligations,
        visits=visits,
        serves=serves,
        crews=crews,
        unplaced=unplaced,
        carried_over=carried_over,
        proofs=proofs,
        activities=dated.activities,
        figures=figures,
        provisional_years=years,
        overdue=pl.Series(overdue, dtype=pl.Int32),
        waived=pl.Series(waived, dtype=pl.Int32) + len(planned),
        ledger=ledger,
        diagnostics=(*said, *_provisional_warnings(years, said)),
    )


def _crews(
    plan: Plan, proposals: Proposals, areas: Sequence[Area], results: Sequence[Result]
) -> tuple[Ints, Ints, Ints, pl.DataFrame, int]:
    """Number each day's crews of the whole plan from 1, by the leader's id.

    Gives every proposal its day, its crew and its place on the crew's route, the CREWS table, and all routes' metres.
    """
    day = np.full(len(proposals.duty), -1, np.int64)
    crew, order = np.zeros_like(day), np.zeros_like(day)
    rosters: list[tuple[int, int, Ints, tuple[int, ...]]] = []
    for area, (placed, roster) in zip(areas, results, strict=True):
        day[area.proposals] = placed.day
        rosters.extend((one.day, one.leader_rank, area.proposals[list(one.visits)], one.officers) for one in roster)
    rosters.sort(key=lambda entry: entry[:2])
    routed, way = _routed(plan, proposals, rosters)
    rows: list[tuple[date, int, list[int]]] = []
    for (on, _, _, officers), visits in zip(rosters, routed, strict=True):
        number = rows[-1][1] + 1 if rows and rows[-1][0] == plan.first + timedelta(days=on) else 1
        rows.append((plan.first + timedelta(days=on), number, list(officers)))
        crew[visits] = number
        order[visits] = np.arange(1, visits.size + 1)
    return day, crew, order, pl.DataFrame(rows, schema=CREWS, orient="row"), way


def _routed(
    plan: Plan, proposals: Proposals, rosters: list[tuple[int, int, Ints, tuple[int, ...]]]
) -> tuple[list[Ints], int]:
    """Order the visits of every crew's day along its way, where all its places are known; else along the tour."""
    teams = plan.file.teams
    nowhere = [np.nan]
    latitude = [team.start.latitude if team.start else np.nan for team in teams]
    longitude = [team.start.longitude if team.start else np.nan for team in teams]
    # Enterprises, then "nowhere" (for -1), then the teams' starts: one plane for all.
    every = metres(
        np.array([*plan.enterprises["latitude"].cast(pl.Float64).fill_null(np.nan), *nowhere, *latitude]),
        np.array([*plan.enterprises["longitude"].cast(pl.Float64).fill_null(np.nan), *nowhere, *longitude]),
    )
    places, begins = every[: len(plan.enterprises) + 1], np.roll(every[len(plan.enterprises) :], -1, axis=0)
    known = [at for at, (_, _, visits, _) in enumerate(rosters) if is_known(places[proposals.enterprise[visits]]).all()]
    team = {code: plan.teams[one.teams[0]] if one.teams else -1 for code, one in enumerate(plan.file.officers)}
    starts = begins[[team[rosters[at][3][0]] for at in known]]
    orders, lengths = routes([places[proposals.enterprise[rosters[at][2]]] for at in known], starts)
    routed = [visits for _, _, visits, _ in rosters]
    for at, found in zip(known, orders, strict=True):
        routed[at] = routed[at][found]
    return routed, int(lengths.sum())


def _numbered(
    obligations: pl.DataFrame, proposals: Proposals, day: Ints, adopted: pl.Series
) -> tuple[pl.DataFrame, Ints]:
    """Number n in order of date, unplaced ones last (rules.md, Periods); give each obligation's day too.

    What is adopted keeps its number, and those of one subject in one period share out the numbers that they have.
    """
    alone = proposals.merged.size - len(proposals.serves)
    through = np.where(proposals.merged >= 0, day[proposals.merged], -1)[:alone]
    day_of = np.full(len(obligations), -1, np.int64)
    day_of[:alone] = np.where(day[:alone] >= 0, day[:alone], through)
    # Obligations behind those that merging knew are quotas', each with a proposal of its own at the end, numbered.
    day_of[alone:] = day[day.size - (len(obligations) - alone) :]
    kept = np.arange(len(obligations)) >= alone
    kept[adopted.to_numpy()] = True
    of_one = ("rule", "enterprise", "grid", "period", "kept")
    place = pl.col("late").rank("ordinal").cast(pl.Int32) - 1
    numbered = (
        obligations.with_columns(late=pl.Series(np.where(day_of >= 0, day_of, 1 << 30)), kept=pl.Series(kept))
        .with_columns(n=pl.when("kept").then("n").otherwise(pl.col("n").sort().gather(place).over(of_one)))
        .select(obligations.columns)
    )
    return numbered, day_of


def _states(plan: Plan, proposals: Proposals, now: Standing, found: Found, day: Ints) -> dict[int, str]:
    """Give the state of proposals that are visits of a settled roster; an issued one only while it is on its day."""
    states = dict(found.settled)
    for obligation, on, state in now.adopted.select("obligation", "day", "state").iter_rows():
        merged = int(proposals.merged[obligation])
        proposal = merged if merged >= 0 and day[merged] >= 0 else obligation
        if state == "adopted" or (state == "issued" and day[proposal] == (on - plan.first).days):
            states[proposal] = state
    return states


def _leads(plan: Plan, obligations: pl.DataFrame, proposals: Proposals, made: Ints, adopted: set[int]) -> Ints:
    """Give each visit's most important obligation: by importance, then earliest last day, then smallest id.

    An adopted visit keeps its id, whatever has joined it since.
    """
    lead = proposals.lead[made].copy()
    last = obligations["last"].to_list()
    rule = obligations["rule"].to_list()
    importance = obligations["importance"].to_list()
    of_rule = [f"{line.id}/" for line in plan.rules]
    for i, proposal in enumerate(made.tolist()):
        if proposal in proposals.serves:
            served = proposals.serves[proposal]
            own = [one for one in served if one in adopted] or served
            lead[i] = min(own, key=lambda at: (-importance[at], last[at], of_rule[rule[at]], at))
    return lead


def _visits(
    plan: Plan, proposals: Proposals, made: Ints, lead: Ints, day: Ints, crew: Ints, order: Ints, state: dict[int, str]
) -> pl.DataFrame:
    """Give the VISITS table, with `at`: the place in `made` of each row."""
    duty = proposals.duty[made]
    family = np.array([one.family.value for one in proposals.duties] or [""], object)[duty]
    minutes = np.array([one.minutes for one in proposals.duties] or [0], np.int64)[duty]
    surprise = np.array([one.surprise for one in proposals.duties] or [False], np.bool_)[duty]
    epoch = pl.Series([plan.first]).cast(pl.Int32)[0]
    frame = pl.DataFrame(
        {
            "day": pl.Series((day[made] + epoch).astype(np.int32)).cast(pl.Date),
            "crew": crew[made].astype(np.int32),
            "order": order[made].astype(np.int32),
            "enterprise": proposals.enterprise[made].astype(np.int32),
            "own_grid": proposals.grid[made].astype(np.int32),
            "family": pl.Series(family.tolist(), dtype=pl.String),
            "minutes": minutes.astype(np.int32),
            "surprise": surprise,
            "lead": lead.astype(np.int32),
            "state": pl.Series([state.get(one, "drafted") for one in made.tolist()], dtype=pl.String),
            "at": np.arange(made.size, dtype=np.int64),
        }
    )
    here = plan.grid_spans.with_columns(
        pl.col("first").fill_null(plan.first), pl.col("last").fill_null(plan.last + timedelta(days=1))
    )
    grids = (
        frame.select("at", "day", "enterprise")
        .join(here, on="enterprise", how="inner")
        .filter(pl.col("day").is_between(pl.col("first"), pl.col("last")))
        .select("at", "grid")
    )
    return (
        frame.join(grids, on="at", how="left", maintain_order="left")
        .with_columns(
            grid=pl.when(pl.col("own_grid") >= 0).then(pl.col("own_grid")).otherwise(pl.col("grid").fill_null(-1)),
        )
        .sort("day", "crew", "order", "at")
    )


def _serves(proposals: Proposals, made: Ints) -> pl.DataFrame:
    """Give which obligations each visit serves; visits count by their row."""
    single = np.ones(made.size, np.bool_)
    extra: list[tuple[int, int]] = []
    for row in np.flatnonzero(made >= (proposals.merged.size - len(proposals.serves))).tolist():
        single[row] = False
        extra.extend((row, obligation) for obligation in proposals.serves[int(made[row])])
    rows = np.flatnonzero(single)
    visit = np.concatenate((rows, np.array([one for one, _ in extra], np.int64)))
    obligation = np.concatenate((made[rows], np.array([other for _, other in extra], np.int64)))
    return pl.DataFrame(
        {"visit": visit.astype(np.int32), "obligation": obligation.astype(np.int32)}, schema=SERVES
    ).sort("visit", "obligation")


def _open(
    plan: Plan, obligations: pl.DataFrame, proposals: Proposals, areas: Sequence[Area], results: Sequence[Result]
) -> tuple[tuple[Proof, ...], pl.DataFrame]:
    """Give the proofs, and the obligations without a visit with their reasons."""
    proofs: list[Proof] = []
    rows: list[tuple[int, str, int, int, int]] = []
    importance = obligations["importance"].to_list()
    last = obligations["last"].to_list()
    cap = plan.enterprises["cap"].to_list()
    limits = plan.file.limits
    limit = next((one for one in (limits.per_month, limits.per_week, limits.per_day) if one is not None), -1)
    for area, (placed, _) in zip(areas, results, strict=True):
        start = len(proofs)
        proofs.extend(_proof(plan, area, bound) for bound in placed.bounds)
        for visit, reason in placed.open.items():
            proposal = int(area.proposals[visit])
            enterprise = int(proposals.enterprise[proposal])
            allowed = {Reason.CAP: cap[enterprise], Reason.LIMIT: limit}.get(reason, -1) if enterprise >= 0 else -1
            at = placed.bound_of.get(visit)
            proof = -1 if at is None else start + at
            rows.extend((one, reason.value, proof, 1, allowed) for one in proposals.obligations_of(proposal))
    rows = _with_figures(rows, obligations)
    rows.sort(key=lambda row: (-importance[row[0]], last[row[0]], row[0]))
    return tuple(proofs), pl.DataFrame(rows, schema=UNPLACED, orient="row")


def _with_figures(
    rows: list[tuple[int, str, int, int, int]], obligations: pl.DataFrame
) -> list[tuple[int, str, int, int, int]]:
    """Say how many visits would come together over a cap (in a year) or a limit (in a month)."""
    enterprise, last = obligations["enterprise"].to_list(), obligations["last"].to_list()

    def unit(row: tuple[int, str, int, int, int]) -> tuple[str, int, int, int]:
        day = last[row[0]]
        return row[1], enterprise[row[0]], day.year, day.month if row[1] == Reason.LIMIT.value else 0

    lost = Counter(unit(row) for row in rows if row[4] >= 0)
    return [(*row[:3], row[4] + lost[unit(row)] if row[4] >= 0 else row[3], row[4]) for row in rows]


def _proof(plan: Plan, area: Area, bound: Bound) -> Proof:
    return Proof(
        tuple(plan.first + timedelta(days=day) for day in bound.days),
        tuple(area.force.people[i].code for i in bound.officers),
        bound.owed,
        bound.possible,
        bound.unit,
        bound.least,
    )


def _peak(tasks: Sequence[Task], results: Sequence[Result]) -> dict[str, int]:
    """Give the largest load of a day in visits, the least it could be, and how many crew-days lie above the slack."""
    days = tasks[0].days if tasks else 1
    total: Ints = np.zeros(days, np.int64)
    usable = np.zeros(days, np.bool_)
    windows: Ints = np.zeros((days, days), np.int64)
    above = 0
    for task, (placed, roster) in zip(tasks, results, strict=True):
        made = np.flatnonzero(placed.day >= 0)
        total += np.bincount(placed.day[made], minlength=days)
        usable |= task.day_sets[np.unique(task.day_set[made])].any(axis=0)
        np.add.at(windows, (task.first[made], task.last[made]), 1)
        place_of = {person.code: i for i, person in enumerate(task.force.people)}
        for one in roster if task.slack else ():
            mask = sum(1 << place_of[code] for code in one.officers)
            used = sum(task.needs[task.need[visit]].minutes for visit in one.visits)
            above += used > (1 - task.slack) * task.force.able(mask, one.day).minutes
    return {"peak": int(total.max()), "peak_bound": _peak_bound(windows, usable), "above_slack": int(above)}


def _peak_bound(windows: Ints, usable: Ints | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """Give the least peak: for each span of days, the visits whose window lies in it, over its usable days."""
    inside = np.cumsum(np.cumsum(windows[::-1], axis=0)[::-1], axis=1)
    before = np.concatenate(([0], np.cumsum(usable)))
    open_ = before[None, 1:] - before[:-1, None]
    return int(np.max(-(-inside // np.maximum(open_, 1)) * (open_ > 0)))


def _provisional(plan: Plan, obligations: pl.DataFrame, dated: Dated) -> tuple[int, ...]:
    """Give the years that a window, a visit or a due day rests on and whose announcement is not known."""
    if plan.file.calendar.country != "CN" or not (len(obligations) or len(dated.activities)):
        return ()
    years = {plan.first.year, plan.last.year}
    resting = [code for code, line in enumerate(plan.activities) if rests_on_calendar(line.model)]
    dues = dated.activities.filter(pl.col("activity").is_in(resting))["due"]
    years |= set(dues.dt.year().unique().to_list())
    years |= set(obligations["first"].dt.year().unique().to_list())
    years |= set(obligations["last"].dt.year().unique().to_list())
    latest = max(plan.official.announced, default=0)
    return tuple(sorted(year for year in years if year not in plan.official.announced and year > latest))


def _provisional_warnings(years: tuple[int, ...], said: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    known = {one.values.get("year") for one in said if one.code == "provisional-year"}
    return [warning("provisional-year", year=year) for year in years if year not in known]
