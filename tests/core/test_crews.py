"""Whether a day can be staffed: the quick answers against brute force over all crews."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan.core.crew import stands
from safeplan.core.crews import DayCrews
from safeplan.core.day_bound import day_bound
from safeplan.core.force import NO_LIMIT, Force, Person, members
from safeplan.core.needs import Need


def person(i: int, *, minutes: int = 240, certified: bool = True, skills: frozenset[int] = frozenset(), team: int = -1,
           halves: int = 3, visits: int = NO_LIMIT) -> Person:  # fmt: skip
    return Person(i, i, minutes, visits, 9 if certified else -1, False, skills, team, bytes([halves]))


def need(who: int, *, people: int = 1, certified: int = 0, skills: tuple[int, ...] = (), minutes: int = 60,
         exactly: int = 0, among: int = 0) -> Need:  # fmt: skip
    masks = (who,)
    return Need(masks, people, certified, skills, minutes, exactly, among, masks, masks)


def day(force: Force, *needs: Need) -> DayCrews:
    pools = tuple(dict.fromkeys(one.who for one in needs))
    return DayCrews(force, needs, pools, 0)


def staffable(force: Force, needs: tuple[Need, ...], wanted: list[int]) -> bool:
    """Try every way to split the officers into crews and the visits among them."""

    def split(free: tuple[int, ...]) -> list[list[int]]:
        if not free:
            return [[]]
        first, *rest = free
        ways = list(split(tuple(rest)))  # the first stays at home
        for size in range(len(rest) + 1):
            for others in combinations(rest, size):
                left = tuple(one for one in rest if one not in others)
                mask = sum(1 << one for one in (first, *others))
                ways.extend([[mask, *crews] for crews in split(left)])
        return ways

    def deal(crews: list[int], loads: list[dict[int, int]], at: int) -> bool:
        if at == len(wanted):
            return all(
                not load
                or stands(force, needs, 0, crews[i], tuple(load.items()),
                          tuple((crews[j], ()) for j in range(len(crews)) if j != i and loads[j]))
                for i, load in enumerate(loads)
            )  # fmt: skip
        for load in loads:
            load[wanted[at]] = load.get(wanted[at], 0) + 1
            if deal(crews, loads, at + 1):
                return True
            load[wanted[at]] -= 1
            if not load[wanted[at]]:
                del load[wanted[at]]
        return False

    free = tuple(members(force.here(0)))
    return any(deal(crews, [{} for _ in crews], 0) for crews in split(free))


@st.composite
def days(draw: st.DrawFn) -> tuple[Force, tuple[Need, ...], list[int]]:
    count = draw(st.integers(1, 4))
    people = tuple(
        person(
            i,
            minutes=draw(st.sampled_from([60, 120, 240])),
            certified=draw(st.booleans()),
            skills=frozenset(draw(st.sets(st.integers(0, 1), max_size=2))),
            team=draw(st.sampled_from([-1, 0])),
            halves=draw(st.sampled_from([0, 1, 2, 3, 3, 3])),
            visits=draw(st.sampled_from([1, 2, NO_LIMIT])),
        )
        for i in range(count)
    )
    everyone = (1 << count) - 1
    needs = []
    for _ in range(draw(st.integers(1, 3))):
        people_asked = draw(st.sampled_from([1, 1, 2]))
        needs.append(
            need(
                draw(st.integers(1, everyone)),
                people=people_asked,
                certified=draw(st.sampled_from([0, people_asked])),
                skills=tuple(sorted(draw(st.sets(st.integers(0, 1), max_size=1)))),
                minutes=draw(st.sampled_from([30, 60, 100])),
            )
        )
    limits = {0: draw(st.integers(0, 2))} if draw(st.booleans()) else {}
    wanted = draw(st.lists(st.integers(0, len(needs) - 1), max_size=4))
    return Force(people, limits), tuple(needs), wanted


@settings(max_examples=300, deadline=None)
@given(days())
def test_a_day_takes_a_visit_exactly_when_some_crews_could(case: tuple[Force, tuple[Need, ...], list[int]]) -> None:
    force, needs, wanted = case
    crews = day(force, *needs)
    taken: list[int] = []
    for one in wanted:
        possible = staffable(force, needs, [*taken, one])
        assert crews.accepts(one) == possible
        if crews.put(one):
            taken.append(one)
    assert sorted(taken) == sorted(code for code, count in crews.counts().items() for _ in range(count))
    assert not crews.unsettled


@settings(max_examples=300, deadline=None)
@given(days())
def test_the_witness_is_made_of_crews_that_stand(case: tuple[Force, tuple[Need, ...], list[int]]) -> None:
    force, needs, wanted = case
    crews = day(force, *needs)
    for one in wanted:
        crews.put(one)
    used = 0
    for crew in crews.witness:
        rest = tuple((other.mask, other.load) for other in crews.witness if other is not crew)
        assert stands(force, needs, 0, crew.mask, crew.load, rest)
        assert not used & crew.mask
        used |= crew.mask


@settings(max_examples=300, deadline=None)
@given(days())
def test_no_day_holds_more_than_its_bound(case: tuple[Force, tuple[Need, ...], list[int]]) -> None:
    force, needs, wanted = case
    crews = day(force, *needs)
    made = [one for one in wanted if crews.put(one)]
    if made:
        visits, minutes = day_bound(force, needs, 0, {one: made.count(one) for one in made})
        assert len(made) <= visits
        assert sum(needs[one].minutes for one in made) <= minutes


def test_a_swap_of_like_for_like_needs_no_search() -> None:
    force = Force((person(0, visits=1),), {})
    crews = day(force, need(1), need(1, minutes=100))
    assert crews.put(0)
    assert not crews.accepts(1)
    assert crews.accepts(0, 0)
    assert crews.put(1, 0)
    assert crews.counts() == {1: 1}


def test_the_named_crew_goes_and_nobody_else() -> None:
    force = Force((person(0), person(1), person(2)), {})
    crews = day(force, need(0b110, people=2, exactly=0b110), need(0b111))
    assert crews.put(0)
    assert [crew.mask for crew in crews.witness] == [0b110]
    assert crews.put(1)


def test_two_half_days_that_do_not_meet_make_no_crew() -> None:
    force = Force((person(0, halves=1), person(1, halves=2)), {})
    assert not day(force, need(0b11, people=2)).accepts(0)


def test_filling_takes_what_fits() -> None:
    force = Force((person(0), person(1)), {})
    crews = day(force, need(0b11))
    assert crews.fill(0, 100) == 8
