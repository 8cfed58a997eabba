"""Official days off and make-up days, from the `holidays` library as data, with the announcement that a plan brings.

The State Council announces a year's days in the November before it; until then only the days that the law itself names
(全国年节及纪念日放假办法, 2024) are known, and the year is not `announced`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from safeplan.plan.official import OfficialDays
from safeplan.plan.settings import Announcement, CalendarSettings
from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span

_MARGIN = 3
"""Years before and after the period: the core's calendar looks two years beyond it, and notices touch neighbours."""

_FIRST_NOTICE = 2001
"""The first year whose notice the library holds."""

_CHINESE = {
    "元旦": "new-year",
    "春节": "spring-festival",
    "农历除夕": "spring-festival",
    "清明节": "qingming",
    "劳动节": "labour-day",
    "端午节": "dragon-boat",
    "中秋节": "mid-autumn",
    "国庆节": "national-day",
}
HOLIDAYS = tuple(dict.fromkeys(_CHINESE.values()))
"""The names that `before`, `during` and `after` know."""


def official_days(period: Span, settings: CalendarSettings) -> OfficialDays:
    """Look up the days off and make-up days of every year that a plan may touch.

    Parameters
    ----------
    period
        The plan's period; years three before to three after it are held.
    settings
        The plan's calendar: its country, and announcements (`statutory`), which replace what the library has for their
        year; one whose lists are both empty says nothing.

    Raises
    ------
    TermError
        `unknown-country`.
    """
    from importlib.metadata import version

    import holidays

    years = range(max(period.first.year - _MARGIN, 1), min(period.last.year + _MARGIN, 9998) + 1)
    try:
        language = "zh_CN" if settings.country == "CN" else None
        found = holidays.country_holidays(settings.country, years=years, language=language)
    except NotImplementedError:
        raise TermError("unknown-country", found=settings.country) from None
    known = {day: str(name) for day, name in found.items()}
    work = {day for day in getattr(found, "weekend_workdays", ()) if day.year in years}
    if settings.country == "CN":
        latest = max((day.year for day in work), default=0)
        announced = {year for year in years if _FIRST_NOTICE <= year <= latest}
        named = _named(known)
    else:
        announced, named = set(years), {}
    off = set(known)
    for year, notice in settings.statutory.items():
        if notice.days_off or notice.workdays:
            off, work = _replaced(off, work, year, notice, named)
            announced.add(year)
    source = f"holidays {version('holidays')}"
    return OfficialDays(frozenset(off), frozenset(work), frozenset(announced), named, source)


def _named(known: Mapping[date, str]) -> dict[str, tuple[date, ...]]:
    """Give each holiday's statutory days; a day in exchange or in lieu is not one."""
    days: dict[str, list[date]] = {holiday: [] for holiday in HOLIDAYS}
    for day, names in sorted(known.items()):
        for name in names.replace("；", ";").split(";"):
            if name.strip() in _CHINESE:
                days[_CHINESE[name.strip()]].append(day)
    return {holiday: tuple(dates) for holiday, dates in days.items()}


def _replaced(
    off: set[date], work: set[date], year: int, notice: Announcement, named: Mapping[str, tuple[date, ...]]
) -> tuple[set[date], set[date]]:
    """Lay an announcement over a year: its lists and the days that the law names, in place of what was computed."""
    law = {day for days in named.values() for day in days if day.year == year}
    days_off, workdays = _days(notice.days_off), _days(notice.workdays)
    off = ({day for day in off if day.year != year} | law | days_off) - workdays
    work = ({day for day in work if day.year != year} | workdays) - days_off
    return off, work


def _days(spans: tuple[Span, ...]) -> set[date]:
    return {span.first + timedelta(days=i) for span in spans for i in range((span.last - span.first).days + 1)}
