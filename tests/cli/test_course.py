"""How far a command is: a share that never falls, and a word on the time that is left only where it can be known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.cli.course import Course
from safeplan.terms.progress import Stage


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def course(*stages: tuple[Stage, float]) -> tuple[Course, Clock]:
    clock = Clock()
    return Course(stages, {"foresee"}, clock), clock


def test_time_left_falls_evenly_while_the_share_rises_evenly() -> None:
    made, clock = course(("verify", 3.0))
    shares, left = [], []
    for done in range(11):
        made.told("verify", done / 10)
        shares.append(made.share())
        left.append(made.left())
        clock.now += 2.0
    assert shares[1:] == pytest.approx([done / 10 for done in range(1, 11)])
    assert left[1:] == pytest.approx([2.0 * (10 - done) for done in range(1, 11)])


def test_while_nothing_is_done_nobody_knows_how_long_it_takes() -> None:
    made, clock = course(("read", 1.0), ("check", 1.0))
    assert (made.stage, made.share(), made.left()) == ("start", None, None)
    made.told("read", 0.0)
    clock.now += 50
    assert (made.stage, made.share(), made.left()) == ("read", None, None)


def test_stages_take_time_as_their_weights_and_the_pace_so_far_let_expect() -> None:
    made, clock = course(("read", 1.0), ("place", 3.0), ("write", 4.0))
    made.told("read", 0.0)
    clock.now += 2.0  # twice as slow as the machine of the weights
    made.told("place", 0.0)
    assert (made.share(), made.left()) == (1 / 8, 14.0)
    clock.now += 3.0
    assert made.left() == 11.0
    made.told("place", 0.5)
    assert (made.share(), made.left()) == (2.5 / 8, 11.0)


def test_a_stage_that_cannot_say_how_far_it_is_moves_on_but_never_to_its_end() -> None:
    made, clock = course(("read", 1.0), ("write", 3.0))
    made.told("read", 0.0)
    clock.now += 1.0
    made.told("write", 0.0)
    seen = []
    for _ in range(100):
        seen.append(made.share())
        clock.now += 1.0
    assert seen[0] == 0.25 and 0.8 < seen[3] < 0.95 < seen[99] < 1
    assert seen == sorted(seen) and len(set(seen)) == 100


def test_of_a_stage_that_takes_longer_than_expected_nobody_knows_how_long() -> None:
    made, clock = course(("read", 1.0), ("write", 3.0))
    made.told("read", 0.0)
    clock.now += 1.0
    made.told("write", 0.0)
    clock.now += 2.9
    assert made.left() == pytest.approx(0.1)
    clock.now += 0.2
    assert made.left() is None


def test_a_stage_without_a_word_did_not_have_to_be_done() -> None:
    made, clock = course(("read", 1.0), ("merge", 6.0), ("place", 1.0))
    made.told("read", 0.0)
    clock.now += 1.0
    made.told("place", 0.0)
    assert (made.share(), made.left()) == (0.5, 1.0)


def test_a_rare_stage_counts_when_it_comes() -> None:
    made, clock = course(("read", 1.0), ("foresee", 6.0), ("place", 3.0))
    made.told("read", 0.0)
    clock.now += 1.0
    made.told("read", 1.0)
    assert (made.share(), made.left()) == (0.25, 3.0)
    made.told("foresee", 0.0)
    assert (made.share(), made.left()) == (0.25, 9.0)
    made.told("foresee", 0.5)
    assert made.share() == 0.4


def test_a_stage_that_comes_again_is_found_further_on() -> None:
    made, clock = course(("read", 1.0), ("place", 1.0), ("read", 1.0), ("place", 1.0))
    for stage in ("read", "place", "read", "place"):
        made.told(stage, 0.0)
        clock.now += 1.0
    made.told("place", 1.0)
    assert made.share() == 1


def test_what_is_told_again_changes_the_stage_and_takes_nothing_back() -> None:
    made, clock = course(("ledger", 1.0), ("place", 1.0), ("record", 1.0))
    for stage in ("ledger", "place", "record"):
        made.told(stage, 0.0)
        clock.now += 1.0
    before = made.share()
    made.told("ledger", 0.0)
    assert made.stage == "ledger" and made.share() == before


STAGES: tuple[Stage, ...] = ("read", "foresee", "ledger", "place", "write")


@given(
    st.lists(st.tuples(st.sampled_from(STAGES), st.floats(0.01, 10)), min_size=1, max_size=6),
    st.lists(st.tuples(st.sampled_from(STAGES), st.floats(0, 1), st.floats(0, 100)), max_size=40),
)
def test_whatever_is_told_the_share_never_falls_and_no_time_is_below_nothing(
    stages: list[tuple[Stage, float]], told: list[tuple[Stage, float, float]]
) -> None:
    made, clock = course(*stages)
    before = 0.0
    for stage, share, seconds in told:
        made.told(stage, share)
        for _ in range(2):
            now, left = made.share(), made.left()
            assert now is None or before <= now <= 1
            assert left is None or left >= 0
            before = now or before
            clock.now += seconds
