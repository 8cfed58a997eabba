"""The record of a draw: what was fixed before the seed, what the seed gave, and whether one follows from the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as with_fields
from datetime import date
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.draw import Draw, Exclusion
from safeplan.core.force import members
from safeplan.core.lots import in_order, officers_in_order, pool_hash
from safeplan.core.merge import merge
from safeplan.core.needs import needs_of
from safeplan.core.rules.spot_checks import drawn_rows
from safeplan.core.standing import Standing
from safeplan.plan.plan import Plan
from safeplan.plan.rules.spot_checks import SpotCheck


class Replaced(BaseModel):
    """A drawn enterprise that cannot be visited, and why; the next in order takes its place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enterprise: str
    why: str


class Excluded(BaseModel):
    """An enterprise of the pool that is not drawn (`core.draw.Exclusion`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enterprise: str
    why: str
    day: date | None = None
    visits: int = 0
    cap: int = 0


class Record(BaseModel):
    """One draw as it is kept and shown: a commitment until it has a `seed`, then the list too.

    Attributes
    ----------
    share
        Numerator and denominator: exact.
    pool, pool_sha256, excluded, k
        As `core.draw.Draw`; the hash is that of the pool's ids as a list.
    event
        The public event that gives the seed.
    committed
        Whether pool and event were fixed before the seed was known.
    drawn
        In the order of the draw.
    officers, crews
        Everybody whom the lot could put in order, and who goes: enterprise → ids in the order of the draw.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    safeplan_draw: int = Field(1, ge=1, le=1)
    plan: str
    rule: str
    name: str
    period: str
    first: date
    last: date
    share: tuple[int, int]
    k: int
    pool: tuple[str, ...]
    pool_sha256: str
    excluded: tuple[Excluded, ...] = ()
    event: str = ""
    made_on: date
    committed: bool = True
    seed: str | None = None
    replaced: tuple[Replaced, ...] = ()
    drawn: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    crews: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def left(self) -> tuple[str, ...]:
        """The pool without the excluded."""
        out = {one.enterprise for one in self.excluded}
        return tuple(one for one in self.pool if one not in out)


def commitment(plan: Plan, draw: Draw, event: str, today: date) -> Record:
    """Fix a draw: its pool, its number and the event that will give the seed."""
    model = _model(plan, draw.rule)
    part = model.share.part if model.share else Fraction(0)
    return Record(
        plan=plan.file.name,
        rule=draw.rule_id,
        name=model.name,
        period=draw.period.name,
        first=draw.period.first,
        last=draw.period.last,
        share=(part.numerator, part.denominator),
        k=draw.k,
        pool=draw.pool,
        pool_sha256=pool_hash(draw.pool),
        excluded=tuple(_excluded(one) for one in draw.excluded),
        event=event,
        made_on=today,
        officers=tuple(sorted(officer.id for officer in plan.file.officers)) if model.random_officers else (),
    )


def revealed(
    plan: Plan, draw: Draw, fixed: Record, seed: str, replaced: Sequence[Replaced], calendar: Calendar
) -> Record:
    """Give the record of a draw with its seed: who is drawn, and by lot who goes.

    Raises
    ------
    UnicodeEncodeError
        When the seed is no text.
    """
    drawn = draw.drawn(seed, [one.enterprise for one in replaced])
    return fixed.model_copy(
        update={
            "seed": seed,
            "replaced": tuple(replaced),
            "drawn": tuple(drawn),
            "crews": _crews(plan, draw, seed, drawn, calendar),
        }
    )


def problems(record: Record) -> list[str]:
    """Say what of a record does not follow from the rest of it.

    Returns
    -------
    Codes: pool, pool-hash, excluded, number, list, crews.
    """
    found = []
    if list(record.pool) != sorted(set(record.pool)):
        found.append("pool")
    if pool_hash(record.pool) != record.pool_sha256:
        found.append("pool-hash")
    if not {one.enterprise for one in record.excluded} <= set(record.pool):
        found.append("excluded")
    numerator, denominator = record.share
    wanted = max(1, -(-numerator * len(record.pool) // denominator)) if record.pool and denominator > 0 else 0
    if record.k != wanted:
        found.append("number")
    if record.seed is not None:
        out = {one.enterprise for one in record.replaced}
        order = in_order(record.left, seed=record.seed, rule=record.rule, period=record.period)
        size = min(record.k, len(record.left))
        if list(record.drawn) != [one for one in order if one not in out][:size]:
            found.append("list")
        if not all(_in_drawn_order(record, record.seed, *one) for one in record.crews.items()):
            found.append("crews")
    return found


def differences(record: Record, now: Record) -> list[str]:
    """Say in what a record differs from what the plan says now: pool, excluded, number (codes)."""
    pairs = (
        ("pool-changed", record.pool, now.pool),
        ("excluded-changed", record.excluded, now.excluded),
        ("number-changed", (record.k, record.share), (now.k, now.share)),
    )
    return [code for code, one, other in pairs if one != other]


def _in_drawn_order(record: Record, seed: str, enterprise: str, crew: Sequence[str]) -> bool:
    order = officers_in_order(record.officers, seed=seed, rule=record.rule, period=record.period, enterprise=enterprise)
    return [one for one in order if one in crew] == list(crew)


def _excluded(one: Exclusion) -> Excluded:
    return Excluded(enterprise=one.enterprise, why=one.why, day=one.day, visits=one.visits, cap=one.cap)


def _model(plan: Plan, rule: int) -> SpotCheck:
    model = plan.rules[rule].model
    assert isinstance(model, SpotCheck)
    return model


def _crews(
    plan: Plan, draw: Draw, seed: str, drawn: Sequence[str], calendar: Calendar
) -> Mapping[str, tuple[str, ...]]:
    """Draw the officers of each drawn enterprise, as the schedule will, once the seed stands in the plan."""
    model = _model(plan, draw.rule)
    if not model.random_officers:
        return {}
    seeded = model.model_copy(update={"seed": {draw.period.name: seed}})
    line = with_fields(plan.rules[draw.rule], model=seeded)
    known = with_fields(plan, rules=(*plan.rules[: draw.rule], line, *plan.rules[draw.rule + 1 :]))
    owed = drawn_rows(known, draw, drawn, calendar)
    carriers = Carriers(known, calendar)
    proposals = merge(known, Standing(owed), calendar, carriers)
    needs = needs_of(known, proposals, owed, calendar, carriers)
    crews = {}
    for at, enterprise in enumerate(owed["enterprise"].to_list()):
        name = plan.enterprises["id"][enterprise]
        exactly = needs.all[needs.code[at]].exactly
        if exactly:
            crew = [plan.file.officers[code].id for code in members(exactly)]
            crews[name] = tuple(
                officers_in_order(crew, seed=seed, rule=draw.rule_id, period=draw.period.name, enterprise=name)
            )
    return crews
