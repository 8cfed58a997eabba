"""The one table of what is overdue, and its sections."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import polars as pl


class Section(StrEnum):
    """Which kind of thing was not done; in the order in which they are shown."""

    VISITS = "visits"
    RECTIFICATION = "rectification"
    REINSPECTION = "reinspection"
    EXTENSIONS = "extensions"
    ACTIVITIES = "activities"
    PAPERS = "permits"
    VACANCIES = "vacancies"
    TARGETS = "targets"


class Next(StrEnum):
    """What is to be done next; words make the command of it."""

    VISIT = "record-visit"
    NOTICE = "notice"
    RECTIFIED = "record-rectified"
    REINSPECTION = "record-reinspection"
    EXTENSION = "record-extension"
    ACTIVITY = "record-activity"
    FIGURE = "record-figure"
    RENEW = "renew"  # outside: then the register or the officer gets the new day
    APPOINT = "appoint"  # outside: then the grid gets the holder
    STATUS = "status"


OVERDUE: dict[str, pl.DataType] = {
    "section": pl.String(),  # Section
    "id": pl.String(),  # of the obligation or activity; F12; the permit's, the role's or the target's name
    "kind": pl.String(),  # of the rule, the activity, or the paper; a finding's severity; empty: no more in the plan
    "name": pl.String(),  # what people read
    "enterprise": pl.Int32(),  # code, -1: none, or one that has left the plan
    "grid": pl.Int32(),  # where, code; -1: nowhere
    "subject": pl.String(),  # id of the enterprise, else of the grid; null: neither
    "from": pl.Date(),  # first day of its time, where it has one
    "due": pl.Date(),  # the last day on which it was in time; null: none is known
    "days": pl.Int32(),  # calendar days after `due`; negative: so many ahead
    "overdue": pl.Boolean(),  # false: shown since it will be soon
    "role": pl.String(),  # who answers: a role or a team; null: people alone
    "officers": pl.List(pl.String()),  # and the people, ids; who leads stands first
    "step": pl.Int32(),  # place in rectification.overdue of the step that applies; -1: none
    "next_step": pl.Int32(),  # and of the next one
    "next_day": pl.Date(),  # the first day on which that applies
    "next": pl.String(),  # Next
    "argument": pl.String(),  # what it is about: an id, F12, a name
    "figure": pl.Float64(),  # of a target; holders of a role
    "wanted": pl.Float64(),  # the goal; holders that there must be
    "hidden": pl.String(),  # surprise, undrawn: shown only where it is asked for; null: shown
}
"""One row a thing that was not done in time, or that falls due soon."""

_DEFAULTS: dict[str, pl.Expr] = {
    "kind": pl.lit(""),
    "enterprise": pl.lit(-1),
    "grid": pl.lit(-1),
    "officers": pl.lit([], dtype=pl.List(pl.String)),
    "step": pl.lit(-1),
    "next_step": pl.lit(-1),
}


def rows(section: Section, frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Complete a section's rows (OVERDUE): days are counted from `due`, what is not said is empty."""
    days = (pl.lit(as_of) - pl.col("due")).dt.total_days()
    own = frame.with_columns(section=pl.lit(section.value), days=days)
    if "overdue" not in own.columns:
        own = own.with_columns(overdue=(pl.col("due") < as_of).fill_null(False))
    missing = [_DEFAULTS.get(name, pl.lit(None)).alias(name) for name in OVERDUE if name not in own.columns]
    return own.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in OVERDUE.items())


def falls_due(as_of: date, until: date | None, due: str = "due") -> pl.Expr:
    """Say whether something was due before a day, or falls due up to a later one."""
    return (pl.col(due) < as_of if until is None else pl.col(due) <= until).fill_null(False)
