"""The tables that pass between the stages, each declared once, and what comes out at the end: the Schedule.

All ids are integer codes into the Plan; days are dates. Text ids are spelt in `core/roster.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from safeplan.core.history import Head
from safeplan.plan.plan import Plan
from safeplan.terms.diagnostic import Diagnostic

OBLIGATIONS: dict[str, pl.DataType] = {
    "rule": pl.Int32(),  # code in Plan.rules
    "enterprise": pl.Int32(),  # code, -1: none
    "grid": pl.Int32(),  # code of a subject that is a grid, -1: none
    "period": pl.String(),  # third part of the id
    "n": pl.Int32(),  # fourth part
    "first": pl.Date(),  # the whole unit's, or the rule's own window
    "last": pl.Date(),
    "open_first": pl.Date(),  # what is left of it: active span, class, the plan's period
    "open_last": pl.Date(),
    "importance": pl.Int32(),
    "outlasts": pl.Boolean(),  # its window goes on after the plan's period: carried over when not placed
}
"""One row an obligation; its code is its row. Sorted by rule, subject, first day, n."""

VISITS: dict[str, pl.DataType] = {
    "day": pl.Date(),
    "crew": pl.Int32(),  # numbers the day's crews of the whole plan from 1; 0: self-check
    "order": pl.Int32(),  # place on the crew's route, from 1
    "enterprise": pl.Int32(),
    "grid": pl.Int32(),  # where it is on that day, -1: nowhere
    "family": pl.String(),
    "minutes": pl.Int32(),  # without travel
    "surprise": pl.Boolean(),
    "state": pl.String(),  # drafted, adopted, issued, done
    "lead": pl.Int32(),  # its most important obligation, whose id is its own
}
"""One row a visit; its code is its row. Sorted by day, crew, order."""

SERVES: dict[str, pl.DataType] = {"visit": pl.Int32(), "obligation": pl.Int32()}
CREWS: dict[str, pl.DataType] = {"day": pl.Date(), "crew": pl.Int32(), "officers": pl.List(pl.Int32())}
"""One row a crew; who leads stands first."""

UNPLACED: dict[str, pl.DataType] = {
    "obligation": pl.Int32(),
    "code": pl.String(),  # terms.reason.Reason
    "proof": pl.Int32(),  # index in Schedule.proofs, -1: none
    "found": pl.Int32(),  # the figure that the reason's sentence needs: visits owed to a cap or limit, days of a gap
    "allowed": pl.Int32(),  # what it stands against: the cap, the limit; -1: no figure
}

ACTIVITIES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "rule": pl.String(),
    "kind": pl.String(),  # plan.rules.activities.ActivityKind
    "name": pl.String(),
    "from": pl.Date(),
    "due": pl.Date(),
    "owners": pl.List(pl.Int32()),
    "grid": pl.Int32(),  # of an enterprise the grid on the due day; -1: none
    "enterprise": pl.Int32(),
    "file": pl.String(),
    "line": pl.Int32(),
    "activity": pl.Int32(),  # code in Plan.activities
    "venue": pl.String(),  # the subject that is a venue; else empty
}
"""One row a piece of dated work, by due day."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A shortage in figures that an outsider can add up: owed − possible = least.

    All that is owed must be done on these days by crews of these officers; `possible` is the most that they can do.
    `owed` and `possible` are in `unit` (visits or minutes), `least` in visits.
    """

    days: tuple[date, ...]
    officers: tuple[int, ...]
    owed: int
    possible: int
    unit: str
    least: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a schedule says of itself, each with what it is measured against.

    `owed` leaves out what passed undone and what was waived; `placed` holds what was done.
    `least_unplaced` is proven: no schedule leaves fewer. `peak` is the largest load of a day in visits,
    `peak_bound` the least that any schedule with these visits has; `above_slack` counts crew-days filled above the
    plan's slack; `metres` is the way of all crews whose places are known.
    """

    owed: int
    placed: int
    unplaced: int
    least_unplaced: int
    carried_over: int
    peak: int
    peak_bound: int
    above_slack: int
    metres: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """A dated roster of a plan: who goes where on which day, what could not be placed and why.

    `unplaced` says what could not be placed (UNPLACED); `carried_over` the same of obligations whose window goes on
    after the period; `overdue` gives the obligations (rows) whose window passed undone, and `waived` those that shall
    not be done, as the ledger tells.
    """

    plan: Plan
    today: date
    obligations: pl.DataFrame
    visits: pl.DataFrame
    serves: pl.DataFrame
    crews: pl.DataFrame
    unplaced: pl.DataFrame
    carried_over: pl.DataFrame
    proofs: tuple[Proof, ...]
    activities: pl.DataFrame
    figures: Figures
    provisional_years: tuple[int, ...] = ()
    overdue: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Int32))
    waived: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Int32))
    ledger: Head | None = None
    """Where the ledger's chain ended when it was read; None: there is no ledger."""
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    """Warnings of the plan and of scheduling."""
    whole: Schedule | None = None
    """The schedule that this is a part of (`core.choice`); None: it is whole itself."""
