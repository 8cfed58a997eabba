"""Charts drawn with characters."""

from datetime import date, timedelta

import pytest

from safeplan.document import Chart
from safeplan.output.cells import text_width
from safeplan.output.chart_lines import chart_lines
from safeplan.words.language import Words

YEAR = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(365))


@pytest.mark.parametrize(("width", "lines"), [(72, 55), (80, 29), (120, 20)])
def test_the_weeks_of_a_year_stand_side_by_side_where_there_is_room(width, lines):
    drawn = chart_lines(Chart("heat", "", YEAR, (1.0,) * 365), Words("en"), width)
    assert len(drawn) == lines
    assert max(text_width("".join(piece.text for piece in line)) for line in drawn) <= width


def test_a_day_above_the_limit_is_marked_by_more_than_colour():
    drawn = chart_lines(Chart("heat", "", YEAR[:2], (1.0, 5.0), limit=4.0), Words("en"), 80)
    assert "█!" in "".join(piece.text for piece in drawn[1])


def test_a_bar_above_the_limit_is_marked_by_more_than_colour():
    first, second, last = chart_lines(Chart("bars", "", ("a", "b"), (1.0, 5.0), limit=4.0), Words("en"), 80)
    assert not "".join(piece.text for piece in first).endswith("!")
    assert "".join(piece.text for piece in second).endswith("!")
    assert last[0].text == "! above 4"
