"""Durations, shares, families and ids."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.terms.diagnostic import TermError
from safeplan.terms.duration import Duration, TimeUnit
from safeplan.terms.family import DEMANDS, Family, serves
from safeplan.terms.identity import folded, obligation_id, read_id, slug
from safeplan.terms.share import Share


@pytest.mark.parametrize(
    ("text", "n", "unit"),
    [
        ("15 days", 15, TimeUnit.DAYS),
        ("1 day", 1, TimeUnit.DAYS),
        ("10 workdays", 10, TimeUnit.WORKDAYS),
        ("3wd", 3, TimeUnit.WORKDAYS),
        ("7天", 7, TimeUnit.DAYS),
        ("５个工作日", 5, TimeUnit.WORKDAYS),
        ("1 month", 1, TimeUnit.MONTHS),
        ("24 hours", 24, TimeUnit.HOURS),
        ("2周", 2, TimeUnit.WEEKS),
        ("1年", 1, TimeUnit.YEARS),
    ],
)
def test_a_duration_is_read(text: str, n: int, unit: TimeUnit) -> None:
    assert Duration.parse(text) == Duration(n, unit)
    assert Duration.parse(str(Duration(n, unit))) == Duration(n, unit)


@pytest.mark.parametrize("text", ["15", "days", "", "-1 days", "1.5 days", "3 fortnights"])
def test_a_duration_without_its_unit_is_refused(text: str) -> None:
    with pytest.raises(TermError, match="bad-duration"):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [("30%", Fraction(3, 10)), ("100％", Fraction(1)), ("0.5 %", Fraction(1, 200)), ("0%", Fraction(0))],
)
def test_a_share_is_exact(text: str, part: Fraction) -> None:
    assert Share.parse(text).part == part
    assert Share.parse(str(Share(part))).part == part


@pytest.mark.parametrize("text", ["30", "101%", "-1%", "", "a%"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(TermError, match="bad-share"):
        Share.parse(text)


@pytest.mark.parametrize(("whole", "taken"), [(0, 0), (1, 1), (10, 3), (11, 4), (3, 1)])
def test_a_share_takes_one_at_least_and_rounds_up(whole: int, taken: int) -> None:
    assert Share.parse("30%").of(whole) == taken


def test_families_serve_what_the_table_says() -> None:
    also = {(one, other) for one in Family for other in Family if one is not other and serves(one, other)}
    assert also == {
        (Family.INSPECTION, Family.PATROL),
        (Family.JOINT, Family.INSPECTION),
        (Family.JOINT, Family.PATROL),
        (Family.REVISIT, Family.PATROL),
    }
    assert {family for family, demands in DEMANDS.items() if demands.counts} == {Family.INSPECTION, Family.JOINT}
    assert all(demands.certified <= demands.people for demands in DEMANDS.values())


@pytest.mark.parametrize("text", ["", "a b", "a/b", "a\tb", "a\u200bb", "a\u202eb", "\x00"])
def test_what_cannot_be_an_id_is_refused(text: str) -> None:
    with pytest.raises(TermError, match="bad-id"):
        read_id(text)


def test_an_id_is_composed() -> None:
    assert read_id("e\u0301") == "é"


@given(st.text())
def test_a_slug_may_be_an_id(name: str) -> None:
    assert read_id(slug(name)) == slug(name)
    assert slug(slug(name)) == slug(name)


def test_case_and_width_fold_away() -> None:
    assert folded("Ａ１") == folded("a1")
    assert folded("A1") != folded("A2")


def test_an_obligation_is_spelt_for_ever() -> None:
    assert obligation_id("class-A", "E0001", "2026-03", 1) == "class-A/E0001/2026-03/1"
