"""Quotas of units that are over: which visits they were short of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count, islice

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.credit import made
from safeplan.core.history import History
from safeplan.core.overdue.owed import Owed
from safeplan.core.rules.importance import importance
from safeplan.core.rules.pools import Pools
from safeplan.core.settled import made_up, quotas_met
from safeplan.core.spelling import codes_of
from safeplan.core.tables import OBLIGATIONS
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota
from safeplan.terms.period import Period, periods
from safeplan.terms.span import Span

_SCHEMA = OBLIGATIONS | {"due": pl.Date()}


def quotas_missed(owed: Owed, history: History, calendar: Calendar, as_of: date) -> pl.DataFrame:
    """Give the obligations that quotas of units that are over were short of (OBLIGATIONS, with `due`).

    Visits that were planned for days before the ledger begins count as made, and one that names what its unit was short
    of makes up for it. The numbers are those of adopted visits that were not made, then others.
    """
    plan, since = owed.plan, owed.since
    quotas = [(code, line.model) for code, line in enumerate(plan.rules) if isinstance(line.model, Quota)]
    if not quotas or since is None:
        return pl.DataFrame(schema=_SCHEMA)
    pools = Pools(plan)
    told = made(plan, history)
    visited, (met, how) = _visited(owed, told), quotas_met(plan, told, 0)
    late = made_up(met, how)
    missed: list[tuple[object, ...]] = []
    for code, model in quotas:
        for unit in periods(model.per, 1, plan.first, plan.last):
            last = min(unit.last, plan.last)
            if since <= last < as_of:
                inside = visited.filter(pl.col("day").is_between(unit.first, last), pl.col("team") == model.team)
                pool = pools.of(model.where, Span(unit.first, unit.last))["enterprise"]
                short = (
                    _wanted(model, unit, plan, calendar)
                    - inside.filter(pl.col("enterprise").is_in(pool.implode()))["enterprise"].n_unique()
                )
                left = max(short - len(late.get((code, unit.name), ())), 0)
                named = met.filter(pl.col("rule") == code, pl.col("period") == unit.name)["n"]
                missed += _rows(owed, code, unit, left, set(named))
    return pl.DataFrame(missed, schema=_SCHEMA, orient="row")


def _visited(owed: Owed, told: pl.DataFrame) -> pl.DataFrame:
    """Give the visits that count: day, enterprise (code) and the team of whoever led."""
    plan = owed.plan
    codes = codes_of(plan)
    before = (
        owed.fixed.filter(pl.col("day") < owed.since)
        .join(codes, on="enterprise", how="inner")
        .select("day", enterprise="code", officers="crew")
    )
    team = {one.id: one.teams[0] for one in plan.file.officers if one.teams}
    leads = pl.col("officers").list.first()
    return (
        pl.concat([told.select("day", enterprise="subject", officers="officers"), before])
        .filter(pl.col("enterprise") >= 0)
        .select("day", "enterprise", team=leads.replace_strict(team, default=None, return_dtype=pl.String))
    )


def _wanted(model: Quota, unit: Period, plan: Plan, calendar: Calendar) -> int:
    """Give what a unit owes; one that the plan's period cuts owes its share, rounded half up (rules.md, Periods)."""
    allowed = calendar.allowed(model.days)
    first, last = calendar.index(unit.first), calendar.index(unit.last)
    whole = int(np.count_nonzero(allowed[first : last + 1]))
    left = int(
        np.count_nonzero(allowed[max(first, calendar.index(plan.first)) : min(last, calendar.index(plan.last)) + 1])
    )
    number = model.at_least or 0
    if not left or left == whole or model.partial == "full":
        return number if left else 0
    return 0 if model.partial == "none" else (2 * number * left + whole) // (2 * whole)


def _rows(owed: Owed, code: int, unit: Period, short: int, met: set[int]) -> Iterator[tuple[object, ...]]:
    line, last = owed.plan.rules[code], min(unit.last, owed.plan.last)
    beginning = f"{line.id}/-/{unit.name}/"
    filled = owed.fixed.filter(pl.col("id").str.starts_with(beginning))
    undone = sorted(map(_number, filled.filter(~pl.col("told") & (pl.col("day") >= owed.since))["id"]))
    numbers = {*map(_number, filled["id"]), *met}
    fresh = (n for n in count(1) if n not in numbers)
    for n in islice((*undone, *islice(fresh, short)), short):
        yield (
            code, -1, -1, unit.name, n, unit.first, unit.last, max(unit.first, owed.plan.first), last,
            importance(line), False, last,
        )  # fmt: skip


def _number(id_: str) -> int:
    return int(id_.rpartition("/")[2])
