"""A rule of RFC 5545 gives days, says when it depends on its start, and is refused when it is none."""

from __future__ import annotations

from datetime import date

import pytest

from safeplan.terms.diagnostic import TermError
from safeplan.terms.recurrence import Recurrence


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=HOURLY", "BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYMONTH=13", "FREQ=MONTHLY;COUNT=0",
     "FREQ=MONTHLY;COUNT=3;UNTIL=20260101", "FREQ=DAILY;BYHOUR=9", "FREQ=WEEKLY;BYDAY=XX", "每月25日",
     "FREQ=DAILY;FREQ=DAILY"],
)  # fmt: skip
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(TermError, match="bad-rrule"):
        Recurrence.parse(text)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", False),
        ("RRULE:freq=weekly；byday=fr", False),
        ("FREQ=DAILY", False),
        ("FREQ=WEEKLY", True),
        ("FREQ=YEARLY;BYMONTH=6", True),
        ("FREQ=MONTHLY;BYMONTHDAY=25;INTERVAL=2", True),
        ("FREQ=MONTHLY;BYMONTHDAY=25;COUNT=3", True),
    ],
)
def test_a_rule_knows_whether_its_days_depend_on_its_start(text: str, needs: bool) -> None:
    assert Recurrence.parse(text).needs_start is needs


def test_a_rule_without_any_day_is_refused_and_not_searched_to_the_year_9999() -> None:
    for text in ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=DAILY;BYSETPOS=2"):
        with pytest.raises(TermError, match="bad-rrule"):
            Recurrence.parse(text)


def test_until_ends_it_with_its_day() -> None:
    rule = Recurrence.parse("FREQ=WEEKLY;BYDAY=MO;UNTIL=20260112T000000Z")
    assert list(rule.days(date(2026, 1, 1), date(2026, 12, 31))) == [date(2026, 1, 5), date(2026, 1, 12)]
