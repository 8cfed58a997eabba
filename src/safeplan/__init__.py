"""safeplan: a town's yearly safety plan in, dated inspection rosters and rectification deadlines out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan.version import __version__

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from concurrent.futures import Executor
    from datetime import date

    from safeplan.core.history import History
    from safeplan.core.overdue.overdue import Overdue
    from safeplan.core.tables import Schedule
    from safeplan.plan.plan import Plan

__all__ = ["__version__", "overdue", "read_plan", "schedule"]


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """Read a plan file with its tables and presets.

    Parameters
    ----------
    path
        The YAML file; tables are looked for beside it and below.

    Returns
    -------
    Plan
        The resolved plan; its `diagnostics` are the warnings.

    Raises
    ------
    safeplan.reading.errors.PlanError
        When there are errors; its `diagnostics` hold every problem with its place.
    OSError
        When the file cannot be opened.
    """
    from pathlib import Path

    from safeplan.reading import plan as reading
    from safeplan.reading.errors import PlanError

    result = reading.read_plan(Path(path))
    if result.plan is None:
        raise PlanError(result.diagnostics)
    return result.plan


def schedule(
    plan: Plan,
    history: History | None = None,
    today: date | None = None,
    executor: Executor | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Schedule:
    """Make the schedule of a plan; pure, and the same for the same arguments on every platform.

    Parameters
    ----------
    plan
        What `read_plan` gave.
    history
        What really happened so far; without it the whole period is planned.
    today
        The day that the schedule is made for; the plan's first day when left out.
    executor
        Any `concurrent.futures.Executor`; areas that share no officers are placed side by side.
    progress
        Is told the stage (expand, foresee, merge, place, top up, assemble) and the share of it that is done, 0 to 1.

    Returns
    -------
    Schedule
        Frames of visits, crews and the unplaced; `safeplan.core.roster` spells them with ids and names. Minutes are
        without travel, days are dates.
    """
    from safeplan.core.schedule import schedule as make
    from safeplan.terms.progress import silent

    return make(plan, history, today, executor, progress or silent)


def overdue(plan: Plan, history: History | None, as_of: date, until: date | None = None) -> Overdue:
    """Say what was not done; pure, and nothing is planned for it.

    Parameters
    ----------
    plan
        What `read_plan` gave.
    history
        What really happened; None: there is no ledger, and no visit is said to be overdue.
    as_of
        The day; what happened later is not known.
    until
        Also what falls due up to this later day.

    Returns
    -------
    Overdue
        One row a thing in `rows`; `safeplan.core.overdue.spelt` spells them with ids and names.
    """
    from safeplan.core.overdue.overdue import overdue as find

    return find(plan, history, as_of, until)
