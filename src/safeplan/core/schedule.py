"""The whole way from a plan to a schedule: expand → merge → place → staff → top up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date
from functools import partial

from safeplan.core.activities import dated_activities
from safeplan.core.areas import split
from safeplan.core.assemble import assemble
from safeplan.core.calendar import calendar_of
from safeplan.core.carriers import Carriers
from safeplan.core.expand import expand
from safeplan.core.force import people_of
from safeplan.core.merge import merge
from safeplan.core.needs import needs_of
from safeplan.core.place.place import place
from safeplan.core.place.task import Bools, Placed, Task
from safeplan.core.staff import CrewDay, staff
from safeplan.core.tables import Schedule
from safeplan.core.tasks import shared, task_of
from safeplan.core.top_up import Found, top_up
from safeplan.plan.plan import Plan

Progress = Callable[[str, float], None]
"""Is told the stage (expand, merge, place, assemble) and the share of it that is done, 0 to 1."""


def schedule(
    plan: Plan,
    history: None = None,
    today: date | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Schedule:
    """Make the schedule of a plan.

    Parameters
    ----------
    plan
        A resolved plan.
    history
        What really happened so far; without it the whole period is planned.
    today
        The day that the schedule is made for, the plan's first when left out; without history it only labels it.
    executor
        Places areas side by side; the result does not depend on it.
    progress
        Is told how far it is, and changes nothing.

    Returns
    -------
    Schedule
        The same for the same arguments, on every platform.
    """
    tell = progress or _silent
    tell("expand", 0.0)
    calendar = calendar_of(plan)
    expanded = expand(plan, calendar, today)
    tell("merge", 0.0)
    carriers = Carriers(plan, calendar)
    proposals = merge(plan, expanded.obligations, calendar, carriers)
    needs = needs_of(plan, proposals, expanded.obligations, calendar, carriers)
    areas = split(plan, proposals, needs, people_of(plan, calendar, needs.skills))
    common = shared(plan, proposals, expanded.obligations, calendar, carriers)
    tasks = [task_of(area, proposals, common, plan, carriers.days) for area in areas]
    tell("place", 0.0)
    results = []
    run = partial(_run, open_sets=common.open_sets)
    for done in executor.map(run, tasks) if executor else map(run, tasks):
        results.append(done)
        tell("place", len(results) / len(tasks))
    tell("top up", 0.0)
    found = top_up(plan, calendar, carriers, common, Found(expanded, proposals, areas, tuple(tasks), tuple(results)))
    tell("assemble", 0.0)
    dated = dated_activities(plan, calendar)
    return assemble(
        plan,
        today or plan.first,
        found.expanded,
        found.proposals,
        calendar,
        found.areas,
        found.tasks,
        found.results,
        dated,
    )


def _run(task: Task, open_sets: Bools) -> tuple[Placed, list[CrewDay]]:
    """Place and staff one area."""
    placed = place(task, open_sets)
    return placed, staff(task, placed)


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""
