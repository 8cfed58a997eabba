"""Areas (片区): parts of the plan that share no officers, so that each can be placed by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from safeplan.core.force import Force, Person, members
from safeplan.core.needs import Need, Needs, pools_of
from safeplan.core.proposals import Ints, Proposals
from safeplan.plan.plan import Plan
from safeplan.plan.rules.quotas import Quota


@dataclass(frozen=True, slots=True)
class Area:
    """Officers joined by the visits or the `max_crews` that they share, and the proposals that are theirs.

    `force`, `needs` and `pools` count officers by their place in the area; `need[i]` belongs to `proposals[i]`.
    """

    proposals: Ints
    need: Ints
    needs: tuple[Need, ...]
    pools: tuple[tuple[int, ...], ...]
    force: Force


def split(plan: Plan, proposals: Proposals, needs: Needs, people: tuple[Person, ...]) -> tuple[Area, ...]:
    """Split the proposals into areas, in the order of their first officers; those that nobody may make come last.

    Visits of one enterprise are in one area, whoever makes them: they keep days and gaps from each other.
    """
    sets = [_ever(need) for need in needs.all]
    limits = {code: team.max_crews for code, team in enumerate(plan.file.teams) if team.max_crews is not None}
    for team in limits:
        sets.append(sum(1 << i for i, one in enumerate(people) if one.team == team))
    filled = sum(1 << i for i, one in enumerate(people) if one.team in _with_quotas(plan))
    for team in _with_quotas(plan) - limits.keys():
        sets.append(sum(1 << i for i, one in enumerate(people) if one.team == team))
    joined = _components([*sets, *_of_enterprises(proposals, needs, sets)])
    area_of = np.array(
        [next((i for i, mask in enumerate(joined) if mask & one), len(joined)) for one in sets], np.int64
    )
    by_area = area_of[needs.code] if needs.code.size else needs.code
    areas = []
    for i, mask in enumerate([*joined, 0]):
        rows = np.flatnonzero(by_area == i)
        if not rows.size and not mask & filled:
            continue
        bits = list(members(mask))
        codes, need = np.unique(needs.code[rows], return_inverse=True)
        shrink = _Shrink(bits)
        local = tuple(shrink.need(needs.all[code]) for code in codes.tolist())
        pools = dict.fromkeys(one for each in local for one in pools_of(each))
        areas.append(Area(rows, need.reshape(-1), local, tuple(pools), Force(tuple(people[b] for b in bits), limits)))
    return tuple(areas)


def _of_enterprises(proposals: Proposals, needs: Needs, sets: list[int]) -> list[int]:
    """Give, for needs of which one enterprise has visits, the officers of both."""
    anybody = np.array([bool(one) for one in sets[: len(needs.all)]], np.bool_)
    rows = np.flatnonzero((proposals.enterprise >= 0) & anybody[needs.code]) if anybody.size else np.zeros(0, np.int64)
    rows = rows[np.argsort(proposals.enterprise[rows], kind="stable")]
    enterprise, code = proposals.enterprise[rows], needs.code[rows]
    beside = np.flatnonzero((enterprise[1:] == enterprise[:-1]) & (code[1:] != code[:-1]))
    pairs = np.unique(np.stack((code[beside], code[beside + 1]), axis=1), axis=0)
    return [sets[one] | sets[other] for one, other in pairs.tolist()]


def _with_quotas(plan: Plan) -> set[int]:
    """Give the teams that have a quota: it joins their people, since all their crews count for it."""
    return {plan.teams[line.model.team] for line in plan.rules if isinstance(line.model, Quota)}


def _ever(need: Need) -> int:
    """Give everyone who may ever go, recused ones too: then it can be said that recusal is what stands in the way."""
    mask = 0
    for one in {*need.who, *need.unbarred}:
        mask |= one
    return mask


def _components(sets: list[int]) -> list[int]:
    """Join sets that overlap; in the order of their lowest officer."""
    joined: list[int] = []
    for mask in dict.fromkeys(sets):
        if not mask:
            continue
        apart = []
        for other in joined:
            if other & mask:
                mask |= other
            else:
                apart.append(other)
        joined = [*apart, mask]
    return sorted(joined, key=lambda mask: mask & -mask)


class _Shrink:
    """Turns masks of the plan's officers into masks of the area's; equal tuples stay one object."""

    def __init__(self, bits: list[int]) -> None:
        self._bits = bits
        self._masks: dict[int, int] = {}
        self._tuples: dict[tuple[int, ...], tuple[int, ...]] = {}

    def need(self, need: Need) -> Need:
        return replace(
            need,
            who=self._tuple(need.who),
            exactly=self._mask(need.exactly),
            among=self._mask(need.among),
            unpinned=self._tuple(need.unpinned),
            unbarred=self._tuple(need.unbarred),
        )

    def _mask(self, mask: int) -> int:
        if mask not in self._masks:
            self._masks[mask] = sum(1 << i for i, bit in enumerate(self._bits) if mask >> bit & 1)
        return self._masks[mask]

    def _tuple(self, masks: tuple[int, ...]) -> tuple[int, ...]:
        if masks not in self._tuples:
            self._tuples[masks] = tuple(self._mask(mask) for mask in masks)
        return self._tuples[masks]
