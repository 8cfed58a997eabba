"""Crews: whether a day's visits can be staffed, and a witness - crews with what each of them takes.

A day is asked about counts of needs, never about single visits. Answers are remembered by those counts. A quick
insertion into the witness comes first, then a bound that proves "no", then a search with a budget of steps; what the
search does not settle counts as "no" and is told apart in `unsettled`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement

from safeplan.core.crew import Crew, Load, Witness, may_send, meets, replaced, stands, with_load
from safeplan.core.day_bound import day_bound
from safeplan.core.force import Force, members
from safeplan.core.needs import Need

SEARCH_STEPS = 3000
"""Crews tried before an answer is given up: days of up to about a dozen visits are settled within it."""


class DayCrews:
    """The crews of one area on one day.

    `pools` are the distinct sets of officers that needs speak of (who may go, who must): two officers who are in the
    same pools, and can do the same, need not both be tried.
    """

    __slots__ = ("_day", "_force", "_free_all", "_held", "_kinds", "_known", "_needs", "_pools", "unsettled", "witness")

    def __init__(self, force: Force, needs: tuple[Need, ...], pools: tuple[tuple[int, ...], ...], day: int) -> None:
        self._force, self._needs, self._pools, self._day = force, needs, pools, day
        self._kinds: dict[int, tuple[object, ...]] = {}
        self._free_all = force.here(day)
        self._known: dict[tuple[tuple[int, int], ...], Witness | None] = {}
        self._held: Witness = ()
        self.witness: Witness = ()
        self.unsettled = False

    def counts(self) -> dict[int, int]:
        """Give how many visits of each need the day has."""
        total: dict[int, int] = {}
        for crew in self.witness:
            for need, count in crew.load:
                total[need] = total.get(need, 0) + count
        return total

    def fill(self, need: int, wanted: int) -> int:
        """Take as many visits of a need as go in, up to `wanted`; gives how many."""
        taken = 0
        if self._needs[need].people == 0:
            return wanted
        while taken < wanted:
            many = self._room(need, wanted - taken)
            if many:
                taken += many
            elif self.put(need):
                taken += 1
            else:
                break
        return taken

    def accepts(self, add: int, drop: int | None = None) -> bool:
        """Whether the day can be staffed with one more visit of a need, and one less of another."""
        if add == drop or self._needs[add].people == 0:
            return True
        return self._staffed(add, drop) is not None

    def put(self, add: int, drop: int | None = None) -> bool:
        """Add a visit, and take another out, if the day can then be staffed."""
        if add == drop or self._needs[add].people == 0:
            if add != drop and drop is not None:
                self.take(drop)
            return True
        found = self._staffed(add, drop)
        if found is None:
            return False
        self.witness = found
        return True

    def seat(self, need: int, mask: int) -> bool:
        """Give one more visit of a need to the very crew, which goes out if it does not yet; False when it cannot."""
        minutes = self._needs[need].minutes
        if self._needs[need].people == 0:
            return True
        at = next((i for i, crew in enumerate(self.witness) if crew.mask == mask), None)
        if at is not None:
            if self._fits(self.witness[at], need):
                self.witness = replaced(self.witness, at, with_load(self.witness[at], need, minutes, 1))
                return True
            return False
        crew = Crew(mask, minutes, 1, ((need, 1),))
        if not mask or mask & ~self._free(self.witness) or not self._stands(crew, self.witness, None):
            return False
        self.witness = (*self.witness, crew)
        return True

    def hold(self) -> None:
        """Keep the crews as they are now, and what they make, whatever comes to it."""
        self._held = self.witness
        self._known.clear()

    def _is_held(self, crew: Crew, need: int | None = None) -> bool:
        """Whether a crew's people may not change; with a need, whether it may make no visit of it less."""
        held = next((one for one in self._held if one.mask == crew.mask), None)
        return held is not None and (need is None or crew.holds(need) <= held.holds(need))

    def trade(self, add: int, drop: tuple[int, int]) -> bool:
        """Take in one visit for two, if the day can then be staffed."""
        counts = self.counts()
        counts[add] = counts.get(add, 0) + 1
        for need in drop:
            counts[need] = counts.get(need, 0) - 1
        if min(counts.values()) < 0 or not all(self._needs[need].people for need in (add, *drop)):
            return False
        counts = {need: count for need, count in counts.items() if count}
        key = tuple(sorted(counts.items()))
        if key not in self._known:
            self._known[key] = None if self._too_much(counts) else self._searched(counts)
        found = self._known[key]
        if found is None:
            return False
        self.witness = found
        return True

    def take(self, need: int) -> None:
        """Take a visit of a need out."""
        if self._needs[need].people:
            self.witness = next(self._without(need))

    def alone(self, need: int) -> bool:
        """Whether an empty day could be staffed for one visit of a need."""
        return self._needs[need].people == 0 or next(self._new_crews(need, self._free_all, ()), None) is not None

    def another(self, crews: list[tuple[int, Load]], need: int) -> int | None:
        """Give the crew that officers in none of these could form for a need, None when there is none."""
        witness = tuple(Crew(mask, 0, 0, load) for mask, load in crews)
        return next(self._new_crews(need, self._free(witness), witness), None)

    def _room(self, need: int, wanted: int) -> int:
        """Fill one crew of the witness that has room; gives how many visits it took."""
        asked = self._needs[need]
        for i, crew in enumerate(self.witness):
            if self._fits(crew, need):
                able = self._force.able(crew.mask, self._day)
                many = min(wanted, (able.minutes - crew.minutes) // max(asked.minutes, 1), able.visits - crew.visits)
                self.witness = (*self.witness[:i], with_load(crew, need, asked.minutes, many), *self.witness[i + 1 :])
                return many
        return 0

    def _staffed(self, add: int, drop: int | None) -> Witness | None:
        counts = self.counts()
        counts[add] = counts.get(add, 0) + 1
        if drop is not None and self._needs[drop].people:
            counts[drop] -= 1
            if not counts[drop]:
                del counts[drop]
        key = tuple(sorted(counts.items()))
        if key not in self._known:
            self._known[key] = self._find(add, drop, counts)
        return self._known[key]

    def _find(self, add: int, drop: int | None, counts: dict[int, int]) -> Witness | None:
        for start in self._without(drop) if drop is not None and self._needs[drop].people else (self.witness,):
            found = self._inserted(start, add)
            if found is not None:
                return found
        if not self.alone(add) or self._too_much(counts):
            return None
        return self._searched(counts)

    def _without(self, need: int) -> Iterator[Witness]:
        """Give the witness with one visit of a need taken out of each crew that makes one."""
        minutes = self._needs[need].minutes
        for i, crew in enumerate(self.witness):
            if crew.holds(need) and not self._is_held(crew, need):
                left = with_load(crew, need, minutes, -1)
                yield (*self.witness[:i], *((left,) if left.visits else ()), *self.witness[i + 1 :])

    def _inserted(self, witness: Witness, need: int) -> Witness | None:
        """Put one visit into a crew that fits, a new crew, a crew with one more officer, or after moving one visit."""
        minutes = self._needs[need].minutes
        fitting = [i for i, crew in enumerate(witness) if self._fits(crew, need)]
        if fitting:
            best = min(fitting, key=lambda i: (self._spare(witness[i]), i))
            return replaced(witness, best, with_load(witness[best], need, minutes, 1))
        free = self._free(witness)
        fresh = next(self._new_crews(need, free, witness), None)
        if fresh is not None:
            return (*witness, Crew(fresh, minutes, 1, ((need, 1),)))
        for i, crew in enumerate(witness):
            for officer in self._distinct(free) if not self._is_held(crew) else ():
                wider = Crew(crew.mask | 1 << officer, crew.minutes, crew.visits, crew.load)
                if self._stands(wider, witness, crew) and self._fits(wider, need):
                    return replaced(witness, i, with_load(wider, need, minutes, 1))
        return self._after_a_move(witness, need)

    def _after_a_move(self, witness: Witness, need: int) -> Witness | None:
        minutes = self._needs[need].minutes
        for i, crew in enumerate(witness):
            for moved, _ in crew.load:
                if moved == need or self._is_held(crew, moved):
                    continue
                lighter = with_load(crew, moved, self._needs[moved].minutes, -1)
                if not self._fits(lighter, need):
                    continue
                for j, other in enumerate(witness):
                    if j != i and self._fits(other, moved):
                        witness = replaced(witness, j, with_load(other, moved, self._needs[moved].minutes, 1))
                        return replaced(witness, i, with_load(lighter, need, minutes, 1))
        return None

    def _spare(self, crew: Crew) -> tuple[int, int, int]:
        """How much a crew can do besides: the least is taken first, so that the able stay free."""
        able = self._force.able(crew.mask, self._day)
        return (able.size, able.certified + len(able.skills), able.minutes - crew.minutes)

    def _fits(self, crew: Crew, need: int) -> bool:
        asked = self._needs[need]
        if crew.mask & ~asked.who[self._day] or asked.among & ~crew.mask:
            return False
        able = self._force.able(crew.mask, self._day)
        return (
            crew.minutes + asked.minutes <= able.minutes and crew.visits < able.visits and meets(crew.mask, able, asked)
        )

    def _stands(self, crew: Crew, witness: Witness, instead_of: Crew | None) -> bool:
        """Whether a changed crew can still make what it makes, and its team may send it."""
        rest = tuple((one.mask, one.load) for one in witness if one is not instead_of)
        return stands(self._force, self._needs, self._day, crew.mask, crew.load, rest)

    def _may_send(self, team: int, witness: Witness) -> bool:
        return may_send(self._force, self._day, team, [crew.mask for crew in witness])

    def _free(self, witness: Witness) -> int:
        free = self._free_all
        for crew in witness:
            free &= ~crew.mask
        return free

    def _kind(self, officer: int) -> tuple[object, ...]:
        """Give what tells an officer from others on this day; equal ones are tried once."""
        known = self._kinds.get(officer)
        if known is None:
            one = self._force.people[officer]
            known = self._kinds[officer] = (
                one.halves[self._day],
                one.left(self._day),
                one.certified_until >= self._day,
                one.senior,
                one.skills,
                one.team,
                tuple(pool[self._day] >> officer & 1 for pool in self._pools),
            )
        return known

    def _groups(self, mask: int) -> list[list[int]]:
        groups: dict[tuple[object, ...], list[int]] = {}
        for officer in members(mask):
            groups.setdefault(self._kind(officer), []).append(officer)
        return list(groups.values())

    def _distinct(self, mask: int) -> list[int]:
        return [group[0] for group in self._groups(mask)]

    def _new_crews(self, need: int, free: int, witness: Witness) -> Iterator[int]:
        """Give the crews that free officers could form for a need, those first that waste least."""
        asked = self._needs[need]
        usable = free & asked.who[self._day]
        if asked.exactly:
            candidates = [asked.exactly] if usable & asked.exactly == asked.exactly else []
        elif asked.among & ~usable:
            candidates = []
        else:
            candidates = self._candidates(asked, usable)
        for mask in candidates:
            able = self._force.able(mask, self._day)
            if (
                asked.minutes <= able.minutes
                and able.visits > 0
                and meets(mask, able, asked)
                and self._may_send(able.team, witness)
            ):
                yield mask

    def _candidates(self, asked: Need, usable: int) -> list[int]:
        """Give one crew for every choice of kinds of officers, of the size asked or one more when skills want it."""
        groups = self._groups(usable & ~asked.among)
        fixed = asked.among.bit_count()
        crews = []
        least = max(asked.people - fixed, 0)
        most = least + len(asked.skills) if asked.skills else least
        for size in range(least, most + 1):
            for choice in combinations_with_replacement(range(len(groups)), size):
                mask = asked.among
                for group in set(choice):
                    wanted = choice.count(group)
                    if wanted > len(groups[group]):
                        break
                    for officer in groups[group][:wanted]:
                        mask |= 1 << officer
                else:
                    if mask:
                        crews.append(mask)
        return sorted(crews, key=lambda mask: (mask.bit_count(), self._waste(mask, asked), mask))

    def _waste(self, mask: int, asked: Need) -> int:
        """How much a crew has that the need does not ask for."""
        able = self._force.able(mask, self._day)
        reach = sum((pool[self._day] & mask).bit_count() for pool in self._pools)
        return 100 * (able.certified - asked.certified) + 50 * (len(able.skills) - len(asked.skills)) + reach

    def _too_much(self, counts: dict[int, int]) -> bool:
        """Whether a bound proves that the day's visits cannot be staffed."""
        for people in {self._needs[need].people for need in counts}:
            part = {need: count for need, count in counts.items() if self._needs[need].people >= people}
            visits, minutes = day_bound(self._force, self._needs, self._day, part)
            if sum(part.values()) > visits:
                return True
            if sum(self._needs[need].minutes * count for need, count in part.items()) > minutes:
                return True
        return False

    def _searched(self, counts: dict[int, int]) -> Witness | None:
        """Search crews for the whole day from scratch, the most demanding visits first."""
        held: dict[int, int] = {}
        for crew in self._held:
            for need, count in crew.load:
                held[need] = held.get(need, 0) + count
        order = sorted(
            (need for need, count in counts.items() for _ in range(count - held.get(need, 0))),
            key=lambda need: (
                -self._needs[need].people,
                -self._needs[need].certified,
                -len(self._needs[need].skills),
                (self._needs[need].who[self._day] & self._free_all).bit_count(),
                -self._needs[need].minutes,
                need,
            ),
        )
        steps = [SEARCH_STEPS]
        found = self._deepen(self._held, order, 0, steps)
        if found is None and steps[0] <= 0:
            self.unsettled = True
        return found

    def _deepen(self, witness: Witness, order: list[int], at: int, steps: list[int]) -> Witness | None:
        if at == len(order):
            return witness
        need = order[at]
        for following in self._choices(witness, need):
            steps[0] -= 1
            if steps[0] <= 0:
                return None
            found = self._deepen(following, order, at + 1, steps)
            if found is not None:
                return found
        return None

    def _choices(self, witness: Witness, need: int) -> Iterator[Witness]:
        minutes = self._needs[need].minutes
        tried = set()
        for i, crew in enumerate(witness):
            alike = (crew.minutes, crew.visits, crew.mask)
            if alike not in tried and self._fits(crew, need):
                tried.add(alike)
                yield replaced(witness, i, with_load(crew, need, minutes, 1))
        free = self._free(witness)
        for mask in self._new_crews(need, free, witness):
            yield (*witness, Crew(mask, minutes, 1, ((need, 1),)))
        for i, crew in enumerate(witness):
            for officer in self._distinct(free) if not self._is_held(crew) else ():
                wider = Crew(crew.mask | 1 << officer, crew.minutes, crew.visits, crew.load)
                if self._stands(wider, witness, crew) and self._fits(wider, need):
                    yield replaced(witness, i, with_load(wider, need, minutes, 1))
