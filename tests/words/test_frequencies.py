"""How often is said in words."""

from __future__ import annotations

import pytest

from safeplan.terms.frequency import Frequency
from safeplan.terms.period import Unit
from safeplan.words.frequencies import SEVERAL, UNITS, frequency_text
from safeplan.words.language import Words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 per month", "1 per month"),
        ("2 per 3 weeks", "2 per 3 weeks"),
        ("1 per flood", "1 per flood"),
        ("3", "3 in the window"),
    ],
)
def test_a_frequency_is_said(written: str, said: str):
    assert frequency_text(Words("en"), Frequency.parse(written)) == said


def test_every_unit_has_its_word():
    assert set(UNITS) == set(SEVERAL) == {unit.value for unit in Unit}
