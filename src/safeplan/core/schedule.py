"""The whole way from a plan and its history to a schedule: expand → merge → place → staff → top up."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from functools import partial

import polars as pl

from safeplan.core.activities import dated_activities
from safeplan.core.amend import amended
from safeplan.core.areas import split
from safeplan.core.assemble import assemble
from safeplan.core.calendar import Calendar, calendar_of
from safeplan.core.carriers import Carriers
from safeplan.core.expand import expand
from safeplan.core.force import people_of
from safeplan.core.history import History
from safeplan.core.merge import merge
from safeplan.core.needs import needs_of
from safeplan.core.numbers import fitted
from safeplan.core.past import spent_today
from safeplan.core.place.place import place
from safeplan.core.place.task import Bools, Placed, Task
from safeplan.core.quotas.found import Found
from safeplan.core.quotas.top_up import top_up
from safeplan.core.rules.obligations import Expanded
from safeplan.core.settled import Roster, adopted, issued, planned
from safeplan.core.staff import CrewDay, staff
from safeplan.core.standing import Standing, counted, since_of, standing
from safeplan.core.tables import Schedule
from safeplan.core.tasks import shared, task_of
from safeplan.plan.plan import Plan
from safeplan.terms.progress import Progress, silent


def schedule(
    plan: Plan,
    history: History | None = None,
    today: date | None = None,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> Schedule:
    """Make the schedule of a plan.

    Parameters
    ----------
    plan
        A resolved plan.
    history
        What really happened so far; without it the whole period is planned.
    today
        The day that the schedule is made for, the plan's first when left out; it only labels the schedule while
        `history` holds nothing of the period.
    executor
        Places areas side by side; the result does not depend on it.
    progress
        Is told its stages (expand, foresee, merge, place, top up, assemble), and changes nothing.

    Returns
    -------
    Schedule
        The same for the same arguments, on every platform.
    """
    progress("expand", 0.0)
    calendar = calendar_of(plan)
    day = today or plan.first
    said = plan if history is None else amended(plan, history, calendar, day)
    owed = expand(said, calendar, today)
    if history is None:
        now = Standing(owed.obligations)
    else:
        now = _standing(plan, said, owed, history, calendar, day, progress)
    plan = replace(said, others_visits=pl.concat([said.others_visits, counted(said, now)]))
    expanded = replace(owed, obligations=now.open_)
    progress("merge", 0.0)
    carriers = Carriers(plan, calendar)
    proposals = merge(plan, now, calendar, carriers)
    needs = needs_of(plan, proposals, now.open_, calendar, carriers)
    areas = split(plan, proposals, needs, people_of(plan, calendar, needs.skills, spent_today(plan, now)))
    common = shared(plan, proposals, now, calendar, carriers)
    tasks = [task_of(area, proposals, common, plan, carriers.days) for area in areas]
    progress("place", 0.0)
    results = []
    run = partial(_run, open_sets=common.open_sets)
    for done in executor.map(run, tasks) if executor else map(run, tasks):
        results.append(done)
        progress("place", len(results) / len(tasks))
    progress("top up", 0.0)
    found = top_up(
        plan, calendar, carriers, common, now, Found(expanded, proposals, areas, tuple(tasks), tuple(results))
    )
    progress("assemble", 0.0)
    dated = dated_activities(plan, calendar)
    return assemble(plan, day, found, now, dated, None if history is None else history.head)


def _standing(
    plan: Plan, said: Plan, owed: Expanded, history: History, calendar: Calendar, today: date, progress: Progress
) -> Standing:
    """Settle where everything stands, beside the adopted roster.

    Where none was adopted, what the plan alone gives takes its place: so a visit that was missed, or leave, moves no
    more than it must.
    """
    obligations = fitted(said, owed.obligations, history)
    roster = adopted(said, obligations, history)
    if roster is None and since_of(said, history) is not None:
        progress("foresee", 0.0)
        roster = planned(schedule(plan), said, obligations)
    settled = issued(said, obligations, history, roster or Roster())
    return standing(said, obligations, history, settled, calendar, today)


def _run(task: Task, open_sets: Bools) -> tuple[Placed, list[CrewDay]]:
    """Place and staff one area."""
    placed = place(task, open_sets)
    return placed, staff(task, placed)
