"""How often, as people write it."""

from __future__ import annotations

import pytest

from safeplan.terms.diagnostic import TermError
from safeplan.terms.frequency import Frequency
from safeplan.terms.period import Unit


@pytest.mark.parametrize(
    ("text", "expected", "spelt"),
    [
        pytest.param("1 per month", Frequency(1, Unit.MONTH), "1 per month", id="per unit"),
        pytest.param("2  per  half-year", Frequency(2, Unit.HALF_YEAR), "2 per half-year", id="spaces"),
        pytest.param("1 per 3 weeks", Frequency(1, Unit.WEEK, 3), "1 per 3 weeks", id="per several units"),
        pytest.param("1 per 1 year", Frequency(1, Unit.YEAR), "1 per year", id="one unit is a unit"),
        pytest.param("2 per term", Frequency(2, season="term"), "2 per term", id="per season"),
        pytest.param("1 per 汛期", Frequency(1, season="汛期"), "1 per 汛期", id="per season with a Chinese name"),
        pytest.param("２", Frequency(2), "2", id="a number, in full width"),
    ],
)
def test_a_frequency_is_read_and_spelt(text: str, expected: Frequency, spelt: str) -> None:
    assert Frequency.parse(text) == expected
    assert str(expected) == spelt
    assert Frequency.parse(spelt) == expected


@pytest.mark.parametrize(
    "text", ["", "monthly", "0 per month", "0", "1 per 0 weeks", "2 per 3 terms", "-1", "per month", "1.5"]
)
def test_what_says_no_frequency_is_refused(text: str) -> None:
    with pytest.raises(TermError, match="bad-frequency"):
        Frequency.parse(text)


@pytest.mark.parametrize(
    ("text", "a_year"),
    [("1 per month", 12), ("1 per quarter", 4), ("1 per 2 years", 0.5), ("2 per week", 104), ("3", 3)],
)
def test_a_frequency_knows_how_many_that_is_in_a_year(text: str, a_year: float) -> None:
    assert Frequency.parse(text).a_year == a_year
