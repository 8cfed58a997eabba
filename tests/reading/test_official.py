"""Official days off: day for day as a second source has them, and years that nobody has announced."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from safeplan.plan.settings import Announcement, CalendarSettings
from safeplan.reading.official import HOLIDAYS, official_days
from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span

CHINA = CalendarSettings()


def _year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_day_is_worked_or_off_as_chinesecalendar_has_it(year: int) -> None:
    official = official_days(_year(year), CHINA)
    day = date(year, 1, 1)
    while day.year == year:
        worked = day in official.work or (day.weekday() < 5 and day not in official.off)
        assert worked == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert year in official.announced


def test_a_year_without_notice_has_the_days_of_the_law_and_is_not_announced() -> None:
    official = official_days(_year(2027), CHINA)
    assert 2027 not in official.announced
    assert 2026 in official.announced
    assert {date(2027, 1, 1), date(2027, 2, 5), date(2027, 10, 1)} <= official.off
    assert not [day for day in official.work if day.year == 2027]


def test_each_holiday_has_its_statutory_days_and_no_day_given_in_exchange() -> None:
    named = official_days(_year(2026), CHINA).named
    assert set(named) == set(HOLIDAYS)
    days = {holiday: [day for day in named[holiday] if day.year == 2026] for holiday in HOLIDAYS}
    assert days["new-year"] == [date(2026, 1, 1)]
    assert days["spring-festival"] == [date(2026, 2, day) for day in (16, 17, 18, 19)]
    assert days["national-day"] == [date(2026, 10, day) for day in (1, 2, 3)]
    assert sum(len(some) for some in days.values()) == 13


def test_two_holidays_on_one_day_both_have_it() -> None:
    named = official_days(_year(2020), CHINA).named
    assert date(2020, 10, 1) in named["national-day"]
    assert date(2020, 10, 1) in named["mid-autumn"]


def test_an_announcement_in_the_plan_replaces_what_was_computed() -> None:
    notice = Announcement(days_off=("2027-02-05/2027-02-11",), workdays=("2027-02-14",))
    official = official_days(_year(2027), CalendarSettings(statutory={2027: notice}))
    assert 2027 in official.announced
    assert date(2027, 2, 11) in official.off
    assert date(2027, 2, 14) in official.work
    assert date(2027, 10, 1) in official.off, "what the law names stays"
    assert date(2027, 10, 4) not in official.off, "what was only computed goes"


def test_an_empty_announcement_says_nothing() -> None:
    assert official_days(_year(2027), CalendarSettings(statutory={2027: Announcement()})) == official_days(
        _year(2027), CHINA
    )


def test_a_country_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(TermError, match="unknown-country"):
        official_days(_year(2026), CalendarSettings(country="XX"))


def test_another_country_has_its_own_days_and_no_notices() -> None:
    official = official_days(_year(2026), CalendarSettings(country="FR"))
    assert date(2026, 7, 14) in official.off
    assert 2026 in official.announced
