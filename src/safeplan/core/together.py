"""Together: the fewest visits that serve what one enterprise owes (综合查一次), by a small search with a bound.

Days are bits of an integer. The search takes the obligation whose last day is nearest, tries the visits that could
serve it, the fullest first, and ends when it has as few visits as a bound allows, or has done its share of work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

WORK = 20_000
"""Days tried and visits looked at, over all steps of one enterprise, before the best found so far is taken."""

TRIES = 150
"""Days tried for the visits of one attempt before it counts as impossible."""

_FIRST, _EACH = 0.4, 0.02
"""Parts of the work that go to the first search, and to each smaller one after it."""

EXCHANGES = 60
"""Exchanges of what is kept with what is left out, where a gap leaves no day for all."""

Days = int
Rules = tuple[int, ...]
DaysOf = Callable[[Rules], Days]
"""Days on which one visit could serve rules together, given in rising order; none: 0."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation: its rule, its window as days, how important it is."""

    rule: int
    window: Days
    importance: int


@dataclass(frozen=True, slots=True)
class Visit:
    """Obligations, by their place, that one visit serves on one of its days."""

    owed: tuple[int, ...]
    rules: Rules
    window: Days
    days: Days


def fewest(owed: Sequence[Owed], days_of: DaysOf, gaps: Mapping[int, int]) -> list[Visit]:
    """Group obligations into as few visits as can be.

    Parameters
    ----------
    owed
        What the enterprise owes.
    days_of
        Says on which days rules can share a visit.
    gaps
        Rule → calendar days from one visit that serves it to the next.

    Returns
    -------
    Visits that all find a day of their own; what cannot be among them (a gap leaves no day) is left out, the least
    important first.
    """
    single = [one.window & days_of((one.rule,)) for one in owed]
    possible = [i for i, days in enumerate(single) if days]
    search = _Search(owed, single, days_of, gaps)
    found = search.best(possible, _FIRST) if _each_rule_fits(owed, single, possible, gaps) else None
    if found is not None:
        return found
    kept: list[int] = []
    for i in sorted(possible, key=lambda i: (-owed[i].importance, single[i].bit_length(), i)):
        if _each_rule_fits(owed, single, [*kept, i], gaps) and search.any([*kept, i], _EACH) is not None:
            kept.append(i)
    best = search.best(kept, _FIRST) or search.any(kept, 1) or []
    for gone, come in _exchanges(owed, possible, kept):
        if gone in kept and come not in kept:
            trial = [come if i == gone else i for i in kept]
            found = search.best(trial, _EACH) if _each_rule_fits(owed, single, trial, gaps) else None
            if found is not None and len(found) < len(best):
                kept, best = trial, found
    return best


def _each_rule_fits(
    owed: Sequence[Owed], single: Sequence[Days], which: Sequence[int], gaps: Mapping[int, int]
) -> bool:
    """Whether what each rule alone asks finds days: no grouping helps where that fails."""
    by_rule: dict[int, list[tuple[Days, Rules]]] = {}
    for i in which:
        by_rule.setdefault(owed[i].rule, []).append((single[i], (owed[i].rule,)))
    return all(fits(visits, gaps) for rule, visits in by_rule.items() if rule in gaps)


def _exchanges(owed: Sequence[Owed], possible: Sequence[int], kept: Sequence[int]) -> list[tuple[int, int]]:
    """Give pairs of one kept and one left out of the same rule and importance: either might do."""
    left = [i for i in possible if i not in kept]
    return [
        (one, other)
        for other in left
        for one in kept
        if owed[one].rule == owed[other].rule and owed[one].importance == owed[other].importance
    ][:EXCHANGES]


def spread(
    visits: Sequence[Visit], owed: Sequence[Owed], days_of: DaysOf, gaps: Mapping[int, int], turn: int
) -> list[Visit]:
    """Exchange what visits serve, as many visits as before: so that not all enterprises merge into the same month.

    `turn` chooses among the visits that could serve an obligation as well as its own.
    """
    found = list(visits)
    for i, one in enumerate(owed):
        own = next((at for at, visit in enumerate(found) if i in visit.owed), None)
        if own is None or len(found[own].owed) == 1:
            continue
        joined = [(at, _joined(visit, i, one, days_of)) for at, visit in enumerate(found) if at != own]
        others = [(at, made) for at, made in joined if made is not None]
        choice = (turn + i) % (len(others) + 1)
        if choice:
            at, made = others[choice - 1]
            trial = list(found)
            trial[own], trial[at] = _without(found[own], i, owed, days_of), made
            if fits([(visit.days, visit.rules) for visit in trial], gaps):
                found = trial
    return found


def fits(visits: Sequence[tuple[Days, Rules]], gaps: Mapping[int, int]) -> bool:
    """Whether all visits find days of their own, and keep the gaps of the rules they share; False when not settled."""
    return _tried(visits, gaps)[0]


def _tried(visits: Sequence[tuple[Days, Rules]], gaps: Mapping[int, int]) -> tuple[bool, int]:
    """Say whether visits fit, and how many days were tried."""
    order = sorted(visits, key=lambda visit: (visit[0].bit_length(), visit[0].bit_count()))
    tries = [TRIES + 2 * len(order)]
    put: list[tuple[int, Rules]] = []

    def place(at: int) -> bool:
        if at == len(order):
            return True
        days, rules = order[at]
        for day, others in put:
            reach = max((gaps.get(rule, 1) for rule in rules if rule in others), default=1)
            low = max(day - reach + 1, 0)
            days &= ~(((1 << (day + reach - low)) - 1) << low)
        while days and tries[0]:
            tries[0] -= 1
            lowest = days & -days
            put.append((lowest.bit_length() - 1, rules))
            if place(at + 1):
                return True
            put.pop()
            days ^= lowest
        return False

    limit = tries[0]
    return place(0), limit - tries[0]


def _joined(visit: Visit, i: int, one: Owed, days_of: DaysOf) -> Visit | None:
    """Add an obligation to a visit, if it can be."""
    if one.rule in visit.rules:
        return None
    rules, window = tuple(sorted((*visit.rules, one.rule))), visit.window & one.window
    days = window & days_of(rules) if window else 0
    return Visit((*visit.owed, i), rules, window, days) if days else None


def _without(visit: Visit, i: int, owed: Sequence[Owed], days_of: DaysOf) -> Visit:
    left = tuple(at for at in visit.owed if at != i)
    rules = tuple(sorted(owed[at].rule for at in left))
    window = -1
    for at in left:
        window &= owed[at].window
    return Visit(left, rules, window, window & days_of(rules))


class _Search:
    """Branch and bound over visits, for one enterprise."""

    def __init__(self, owed: Sequence[Owed], single: Sequence[Days], days_of: DaysOf, gaps: Mapping[int, int]) -> None:
        self._owed, self._single, self._days_of, self._gaps = owed, single, days_of, gaps
        self._best: list[Visit] | None = None
        self._enough = 0
        self._work = 0
        self._part = _parts({one.rule for one in owed}, days_of)

    def best(self, which: Sequence[int], part: float) -> list[Visit] | None:
        """Give the fewest visits that serve all of these, found with a part of the work; None when none were found."""
        remaining = self._in_order(which)
        self._best, self._enough, self._work = None, self._bound(remaining), int(WORK * part)
        self._go(remaining, [])
        return self._best

    def any(self, which: Sequence[int], part: float) -> list[Visit] | None:
        """Give some visits that serve all of these, found with a part of the work; None when none were found."""
        self._best, self._enough, self._work = None, len(which), int(WORK * part)
        self._go(self._in_order(which), [])
        return self._best

    def _in_order(self, which: Sequence[int]) -> list[int]:
        return sorted(which, key=lambda i: (self._single[i].bit_length(), -self._owed[i].importance, i))

    def _go(self, remaining: list[int], visits: list[Visit]) -> None:
        if self._work <= 0 or (self._best is not None and len(self._best) <= self._enough):
            return
        if not remaining:
            self._best = visits
            return
        if self._best is not None and len(visits) + self._bound(remaining) >= len(self._best):
            return
        for visit in self._visits(remaining):
            trial = [*visits, visit]
            good, tries = _tried([(one.days, one.rules) for one in trial], self._gaps)
            self._work -= tries + len(trial)
            if good:
                self._go([i for i in remaining if i not in visit.owed], trial)

    def _visits(self, remaining: list[int]) -> Iterator[Visit]:
        """Give the visits that could serve the first of these, the fullest first.

        Of one rule only what must be done soonest, and still can on a common day: serving another instead is no gain.
        """
        seed, *others = remaining
        first = Visit((seed,), (self._owed[seed].rule,), self._owed[seed].window, self._single[seed])
        by_rule: dict[int, list[int]] = {}
        for i in others:
            if self._single[i] & first.window and self._owed[i].rule != self._owed[seed].rule:
                by_rule.setdefault(self._owed[i].rule, []).append(i)
        yield from self._with(first, list(by_rule.values()))

    def _with(self, visit: Visit, rules: list[list[int]]) -> Iterator[Visit]:
        if not rules:
            yield visit
            return
        candidates, *rest = rules
        for i in candidates:
            joined = _joined(visit, i, self._owed[i], self._days_of)
            if joined is not None:
                yield from self._with(joined, rest)
                break
        yield from self._with(visit, rest)

    def _bound(self, remaining: Sequence[int]) -> int:
        """Give the least number of visits: in each part as many as its fullest rule, or as windows that lie apart."""
        counts: dict[int, dict[int, int]] = {}
        ends: dict[int, tuple[int, int]] = {}
        for i in remaining:  # in order of their last days
            rule, days = self._owed[i].rule, self._single[i]
            part = self._part[rule]
            of_part = counts.setdefault(part, {})
            of_part[rule] = of_part.get(rule, 0) + 1
            apart, end = ends.get(part, (0, 0))
            if (days & -days).bit_length() > end:
                ends[part] = (apart + 1, days.bit_length())
        return sum(max(ends[part][0], *of_part.values()) for part, of_part in counts.items())


def _parts(rules: set[int], days_of: DaysOf) -> dict[int, int]:
    """Give each rule's part: rules of different parts never share a visit."""
    part = {rule: rule for rule in rules}
    for rule in sorted(rules):
        for other in sorted(rules):
            if rule < other and part[rule] != part[other] and days_of((rule, other)):
                old, new = part[other], part[rule]
                part = {one: new if at == old else at for one, at in part.items()}
    return part
