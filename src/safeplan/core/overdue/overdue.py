"""Overdue: the truth about what was not done. Plan + History + a day → Overdue; pure, and nothing is planned for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.calendar import calendar_of
from safeplan.core.counters import penalties_counted
from safeplan.core.history import Head, History, known_on
from safeplan.core.overdue.activities import activities_overdue
from safeplan.core.overdue.answering import Answering
from safeplan.core.overdue.findings import findings_overdue
from safeplan.core.overdue.goals import targets_behind
from safeplan.core.overdue.owed import owed_on
from safeplan.core.overdue.papers import papers_overdue
from safeplan.core.overdue.roles import vacancies_overdue
from safeplan.core.overdue.rows import Section
from safeplan.core.overdue.visits import visits_overdue
from safeplan.core.targets import Measured, measured
from safeplan.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Overdue:
    """What was not done as of a day.

    Attributes
    ----------
    plan
        The plan as the ledger amends it.
    rows
        OVERDUE, by section, the latest first.
    targets
        Every target of the plan as it stands.
    penalties
        Enterprises at or one below a threshold of penalties (`core.counters.COUNTED`).
    ledger
        Where the ledger's chain ended; None: there is no ledger, and no visit is claimed to be overdue.
    since
        The first day that is as recorded; None: the ledger holds nothing of the period.
    """

    plan: Plan
    as_of: date
    rows: pl.DataFrame
    targets: tuple[Measured, ...]
    penalties: pl.DataFrame
    ledger: Head | None = None
    since: date | None = None
    until: date | None = None

    @property
    def count(self) -> int:
        """How many rows are overdue, hidden ones too; the others are shown since they soon will be."""
        return int(self.rows["overdue"].sum())


def overdue(plan: Plan, history: History | None, as_of: date, until: date | None = None) -> Overdue:
    """Say what was not done.

    Parameters
    ----------
    plan
        A resolved plan.
    history
        What really happened; None: there is no ledger.
    as_of
        The day; what happened later is not known yet.
    until
        Also what falls due up to this later day.
    """
    calendar = calendar_of(plan)
    known = known_on(history or History.nothing(), as_of)
    owed = owed_on(plan, known, calendar, as_of, until)
    said = owed.plan
    answering = Answering(said, calendar)
    targets = measured(said, known, calendar, as_of)
    rows = pl.concat(
        [
            visits_overdue(owed, known, calendar, answering, as_of, until),
            findings_overdue(said, known, calendar, answering, as_of, until),
            activities_overdue(said, known, calendar, as_of, until, owed.since),
            papers_overdue(said, calendar, answering, as_of, until),
            vacancies_overdue(said, answering, as_of),
            targets_behind(targets, as_of),
        ]
    )
    return Overdue(
        said,
        as_of,
        _sorted(rows),
        targets,
        penalties_counted(known, as_of),
        None if history is None else history.head,
        owed.since,
        until,
    )


def _sorted(rows: pl.DataFrame) -> pl.DataFrame:
    order = {section.value: at for at, section in enumerate(Section)}
    return rows.sort(
        pl.col("section").replace_strict(order, return_dtype=pl.Int8), "due", "subject", "id",
        nulls_last=True, maintain_order=True,
    )  # fmt: skip
