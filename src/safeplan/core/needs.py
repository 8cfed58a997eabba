"""Needs: what a visit asks of the crew that makes it, and who may be in one; equal needs share a code.

Everything that place and crews have to know about people is here; officers are bits of an integer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers, Timeline
from safeplan.core.drawn_crews import drawn_crews
from safeplan.core.duties import Duty
from safeplan.core.force import people_of
from safeplan.core.proposals import Ints, Proposals
from safeplan.plan.plan import Plan
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.reason import Kind


@dataclass(frozen=True, slots=True)
class Need:
    """What a crew must have for a visit.

    Attributes
    ----------
    who
        The officers of whom every member must be one, for each day of the plan.
    people, certified
        How many at least, and how many of them certified.
    skills
        Codes of skills, each held by one of the crew; by a certified one when `certified`.
    minutes
        What it takes of the crew's day, travel included.
    exactly
        The very crew, when a pin or a draw names it; 0 otherwise.
    among
        Officers who must be in the crew.
    unpinned, unbarred
        `who` as it would be without pins, and without pins and recusals: to say why nobody can.
    """

    who: tuple[int, ...]
    people: int
    certified: int
    skills: tuple[int, ...]
    minutes: int
    exactly: int
    among: int
    unpinned: tuple[int, ...]
    unbarred: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """The distinct needs, and the code of each proposal's; `skills` gives the names of skill codes."""

    all: tuple[Need, ...]
    code: Ints
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Binding:
    """What pins say of the people for an enterprise's visits."""

    exactly: int = 0
    among: int = 0
    away: int = 0

    def __or__(self, other: _Binding) -> _Binding:
        return _Binding(self.exactly or other.exactly, self.among | other.among, self.away | other.away)


def pools_of(need: Need) -> tuple[tuple[int, ...], ...]:
    """Give the sets of officers that a need speaks of: who may go, and who must."""
    pools = [need.who]
    for fixed in (need.exactly, need.among):
        if fixed:
            pools.append((fixed,) * len(need.who))
    return tuple(pools)


def needs_of(
    plan: Plan, proposals: Proposals, obligations: pl.DataFrame, calendar: Calendar, carriers: Carriers
) -> Needs:
    """Give every proposal the code of its need."""
    asked = Asked(plan, proposals.enterprise, proposals.grid, carriers)
    skills = skills_of(plan)
    drawn, draw = _drawn(plan, proposals, obligations, calendar, carriers, skills, asked)
    key = (proposals.duty * asked.kinds + asked.kind) * len(drawn) + draw
    distinct, at, code = np.unique(key, return_index=True, return_inverse=True)
    found: dict[Need, int] = {}
    codes = np.empty(len(distinct), np.int64)
    for i, example in enumerate(at.tolist()):
        crew = drawn[draw[example]]
        need = asked.need(proposals.duties[proposals.duty[example]], example, skills, crew)
        codes[i] = found.setdefault(need, len(found))
    return Needs(tuple(found), codes[code.reshape(-1)], skills)


def skills_of(plan: Plan) -> tuple[str, ...]:
    """Give every skill that a rule asks for or an officer has; its place is its code."""
    asked = {skill for line in plan.rules for skill in line.model.skills}
    return tuple(sorted(asked | {skill for officer in plan.file.officers for skill in officer.skills}))


class Asked:
    """What visits to some subjects ask of a crew, apart from their duty: where they are, who is recused or pinned.

    `kind[i]` is the same for subjects that ask the same, below `kinds`.
    """

    def __init__(self, plan: Plan, enterprise: Ints, grid: Ints, carriers: Carriers) -> None:
        self._plan, self._carriers = plan, carriers
        self.places, self.place = _places(plan, enterprise, grid, carriers)
        self.barred, self.bar = _barred(plan, enterprise)
        self.bindings, self.bind = _bindings(plan, enterprise)
        self.kind = (self.place * len(self.barred) + self.bar) * len(self.bindings) + self.bind
        self.kinds = len(self.places) * len(self.barred) * len(self.bindings)

    def need(self, duty: Duty, at: int, skills: tuple[str, ...], crew: int | None = None) -> Need:
        """Give the need of a visit to subject `at`; `crew` is a drawn one, 0 an enterprise drawn without officers."""
        binding = self.bindings[self.bind[at]]
        for rule in duty.rules:
            binding = binding | _said(self._plan, self._plan.rules[rule].model)
        place = self.places[self.place[at]]
        unbarred = _carrier(self._plan, duty, self._carriers, place, drawn=crew is not None)
        away = ~self.barred[self.bar[at]]
        who = _bound(unbarred, away & ~binding.away, binding)
        return Need(
            who=_masked(who, crew) if crew else who,
            people=duty.people,
            certified=duty.certified,
            skills=tuple(skills.index(skill) for skill in duty.skills),
            minutes=duty.minutes + self._plan.file.travel.minutes if duty.people else 0,
            exactly=binding.exactly or (crew or 0),
            among=binding.among,
            unpinned=_masked(unbarred, away),
            unbarred=unbarred,
        )


def _bound(who: tuple[int, ...], allowed: int, binding: _Binding) -> tuple[int, ...]:
    """Lay pins over: the named crew alone, or the carrier's with those who must go along."""
    named = (binding.exactly or binding.among) & allowed
    if binding.exactly:
        return (named,) * len(who)
    return tuple((mask & allowed) | named for mask in who) if named else _masked(who, allowed)


def _masked(who: tuple[int, ...], allowed: int) -> tuple[int, ...]:
    known: dict[int, int] = {}
    return tuple(known.setdefault(mask, mask & allowed) for mask in who)


def _carrier(plan: Plan, duty: Duty, carriers: Carriers, place: Timeline, *, drawn: bool) -> tuple[int, ...]:
    """Give the carrier's officers on each day; of a drawn enterprise with `cross`, without those of its own grid."""
    who = _all_of([carriers.who(by, place) for by in duty.bys])
    if drawn and any(_crosses(plan, rule) for rule in duty.rules):
        return tuple(mask & ~own for mask, own in zip(who, carriers.local(place), strict=True))
    return who


def _crosses(plan: Plan, rule: int) -> bool:
    model = plan.rules[rule].model
    return isinstance(model, SpotCheck) and model.cross


def _drawn(
    plan: Plan,
    proposals: Proposals,
    obligations: pl.DataFrame,
    calendar: Calendar,
    carriers: Carriers,
    skills: tuple[str, ...],
    asked: Asked,
) -> tuple[list[int | None], Ints]:
    """Give the distinct crews that draws name (0: none, None: no drawn enterprise), and each proposal's."""
    draw = np.zeros(len(proposals.duty), np.int64)
    if not any(line.kind is Kind.SPOT_CHECK for line in plan.rules):
        return [None], draw

    def who(proposal: int) -> tuple[tuple[int, ...], int] | None:
        binding = asked.bindings[asked.bind[proposal]]
        if binding.exactly:
            return None
        duty = proposals.duties[proposals.duty[proposal]]
        carrier = _carrier(plan, duty, carriers, asked.places[asked.place[proposal]], drawn=True)
        return _bound(carrier, ~asked.barred[asked.bar[proposal]] & ~binding.away, binding), binding.among

    crews = drawn_crews(plan, proposals, obligations, calendar, people_of(plan, calendar, skills), skills, who)
    drawn: list[int | None] = [None, 0, *dict.fromkeys(crews.values())]
    code = {crew: at for at, crew in enumerate(drawn)}
    checks = np.array(
        [any(plan.rules[rule].kind is Kind.SPOT_CHECK for rule in duty.rules) for duty in proposals.duties], np.bool_
    )
    draw[checks[proposals.duty] & (proposals.enterprise >= 0)] = 1
    for proposal, crew in crews.items():
        draw[proposal] = code[crew]
    return drawn, draw


def _all_of(masks: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Give the officers who are in every one of them."""
    together = masks[0]
    for other in masks[1:]:
        together = tuple(one & two for one, two in zip(together, other, strict=True))
    return together


def _places(plan: Plan, enterprise: Ints, grid: Ints, carriers: Carriers) -> tuple[list[Timeline], Ints]:
    """Give the distinct timelines of grids, and each subject's."""
    everywhere = (0, carriers.days - 1)
    timelines: list[Timeline] = [((*everywhere, grid),) for grid in range(-1, len(plan.file.grids))]
    of_enterprise = np.zeros(len(plan.enterprises) + 1, np.int64)
    known: dict[Timeline, int] = {}
    epoch = pl.lit(plan.first).cast(pl.Int32)
    spans = plan.grid_spans.select(
        "enterprise",
        "grid",
        first=(pl.col("first").cast(pl.Int32) - epoch).fill_null(0).clip(0, None),
        last=(pl.col("last").cast(pl.Int32) - epoch).fill_null(carriers.days - 1).clip(None, carriers.days - 1),
    ).filter(pl.col("first") <= pl.col("last"))
    whole = spans.filter(pl.len().over("enterprise") == 1)
    whole = whole.filter((pl.col("first") == 0) & (pl.col("last") == carriers.days - 1))
    of_enterprise[whole["enterprise"].to_numpy()] = whole["grid"].to_numpy() + 1
    rest = spans.join(whole, on="enterprise", how="anti").sort("enterprise", "first")
    for (moved,), rows in rest.group_by("enterprise", maintain_order=True):
        timeline = tuple(rows.select("first", "last", "grid").rows())
        if timeline not in known:
            known[timeline] = len(timelines)
            timelines.append(timeline)
        of_enterprise[int(str(moved))] = known[timeline]
    return timelines, np.where(enterprise >= 0, of_enterprise[enterprise], grid + 1)


def _barred(plan: Plan, enterprise: Ints) -> tuple[list[int], Ints]:
    """Give the distinct sets of officers whom recusal keeps away, and each subject's."""
    masks = [0]
    codes = {0: 0}
    of_enterprise = np.zeros(len(plan.enterprises) + 1, np.int64)
    by_enterprise: dict[int, int] = {}
    for one, officer in plan.recusals.rows():
        by_enterprise[one] = by_enterprise.get(one, 0) | 1 << officer
    for one, mask in by_enterprise.items():
        if mask not in codes:
            codes[mask] = len(masks)
            masks.append(mask)
        of_enterprise[one] = codes[mask]
    return masks, of_enterprise[enterprise]


def _bindings(plan: Plan, enterprise: Ints) -> tuple[list[_Binding], Ints]:
    """Give the distinct bindings of pins with people alone, and each subject's."""
    by_enterprise: dict[int, _Binding] = {}
    for line in plan.rules:
        pin = line.model
        if isinstance(pin, Pin) and line.enterprise is not None and pin.day is None and pin.window is None:
            held = by_enterprise.get(line.enterprise, _Binding())
            by_enterprise[line.enterprise] = held | _people(plan, pin)
    bindings = [_Binding()]
    of_enterprise = np.zeros(len(plan.enterprises) + 1, np.int64)
    for one, binding in by_enterprise.items():
        if binding not in bindings:
            bindings.append(binding)
        of_enterprise[one] = bindings.index(binding)
    return bindings, of_enterprise[enterprise]


def _said(plan: Plan, rule: object) -> _Binding:
    return _people(plan, rule) if isinstance(rule, Pin) else _Binding()


def _people(plan: Plan, pin: Pin) -> _Binding:
    def mask(names: tuple[str, ...]) -> int:
        return sum(1 << plan.officers[name] for name in set(names))

    return _Binding(mask(pin.officers), mask(pin.with_), mask(pin.except_))
