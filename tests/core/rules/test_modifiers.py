"""Modifiers: a flag that holds brings times the class's visits, from the day after its cause to the day it ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from safeplan.core.calendar import calendar_of
from safeplan.core.expand import expand

from ..plans import CREW, firm, plan_of

FOUND = {"name": "有未整改隐患", "where": {"open_findings": ">= 1"}, "times": 2}


def finding(day: str, until: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "finding", "enterprise": "E1", "day": day, **({"until": until} if until else {}), **more}


def owed(visits: str, parts: dict[str, Any], today: date | None = None) -> dict[str, int]:
    """Give the visits that E1 owes, by period."""
    plan = plan_of(
        CREW
        | {"period": "2026", "classes": {"A": {"visits": visits, "family": "patrol"}}, "enterprises": [firm(1)]}
        | parts
    )
    table = expand(plan, calendar_of(plan), today).obligations
    return {str(period): n for period, n in table.group_by("period", maintain_order=True).len().iter_rows()}


def days(visits: str, parts: dict[str, Any], period: str) -> list[tuple[str, str]]:
    plan = plan_of(
        CREW
        | {"period": "2026", "classes": {"A": {"visits": visits, "family": "patrol"}}, "enterprises": [firm(1)]}
        | parts
    )
    table = expand(plan, calendar_of(plan)).obligations.filter(period=period)
    return [(str(first), str(last)) for first, last in table.select("open_first", "open_last").rows()]


@pytest.mark.parametrize(
    ("events", "today", "months"),
    [
        pytest.param([], None, {}, id="nothing found: as the class says"),
        pytest.param([finding("2026-03-31", "2026-04-30")], None, {"2026-04": 2}, id="from the day after to its end"),
        pytest.param([finding("2026-03-31")], date(2026, 3, 31), {"2026-04": 2, "2026-05": 2}, id="open: two units"),
        pytest.param(
            [finding("2026-03-31")],
            date(2026, 6, 10),
            {"2026-04": 2, "2026-05": 2, "2026-06": 2, "2026-07": 2},
            id="still open: to the end of today's unit and of the next",
        ),
        pytest.param(
            [finding("2026-03-31", "2026-04-06")], None, {"2026-04": 1}, id="a few days round to nothing more"
        ),
        pytest.param([finding("2025-11-30", "2026-02-28")], None, {"2026-01": 2, "2026-02": 2}, id="from before"),
    ],
)
def test_a_finding_doubles_while_it_is_open(
    events: list[dict[str, Any]], today: date | None, months: dict[str, int]
) -> None:
    found = owed("1 per month", {"modifiers": [FOUND], "events": events}, today)
    assert found == {f"2026-{month:02}": 1 for month in range(1, 13)} | months


def test_parts_of_a_unit_are_added_and_each_owes_the_rounded_total_less_the_earlier() -> None:
    # March has 22 working days, 11 from the 17th: 0.5 rounds to 1, with 2 × 0.5 it makes 1.5, rounded to 2.
    parts = {"modifiers": [FOUND], "events": [finding("2026-03-16", "2026-03-31")]}
    assert days("1 per month", parts, "2026-03") == [("2026-03-01", "2026-03-16"), ("2026-03-17", "2026-03-31")]
    # 4 of 22 days before: nothing; 0.18 + 2 × 0.82 = 1.82: both in what is left.
    parts = {"modifiers": [FOUND], "events": [finding("2026-03-05", "2026-03-31")]}
    assert days("1 per month", parts, "2026-03") == [("2026-03-06", "2026-03-31")] * 2


def test_parts_touch_over_a_weekend_that_belongs_to_neither() -> None:
    # Open on Saturday and Sunday alone: 11/22 before and 11/22 after make one visit, not two halves rounded up.
    parts = {"modifiers": [FOUND], "events": [finding("2026-03-13", "2026-03-15")]}
    assert owed("1 per month", parts)["2026-03"] == 1


@pytest.mark.parametrize(
    ("modifiers", "month", "quarter"),
    [
        pytest.param([FOUND, {"where": {"tags": "key"}, "times": 3}], 3, 3, id="the largest of several"),
        pytest.param([{"where": {"tags": "key"}, "times": 1.5}], 2, 2, id="rounded half up after the factor"),
        pytest.param([{"where": {"tags": "key"}, "times": 0.5}], 1, 1, id="half of one rounds up"),
        pytest.param([{"where": {"tags": "key"}, "times": 0.4}], 0, 0, id="less than half owes nothing"),
        pytest.param([{"where": {"tags": "key"}, "times": 0}], 0, 0, id="none at all"),
        pytest.param([{"where": {"tags": "other"}, "times": 9}], 1, 1, id="does not hold"),
    ],
)
def test_a_column_of_the_register_holds_all_the_period(
    modifiers: list[dict[str, Any]], month: int, quarter: int
) -> None:
    parts = {"modifiers": modifiers, "enterprises": [firm(1, tags=["key"])]}
    assert owed("1 per month", parts).get("2026-03", 0) == month
    assert owed("1 per quarter", parts).get("2026-Q1", 0) == quarter


@pytest.mark.parametrize(
    ("where", "march"),
    [
        pytest.param({"open_findings": ">= 2"}, 3, id="two are open"),
        pytest.param({"open_findings": ">= 3"}, 1, id="three are not"),
        pytest.param({"major_findings": ">= 1"}, 3, id="one of them is major"),
        pytest.param({"major_findings": ">= 2"}, 1, id="the other is not"),
        pytest.param({"events": "accident"}, 3, id="another kind of event"),
        pytest.param({"events": "complaint"}, 1, id="an event of somebody else"),
        pytest.param({"all": [{"open_findings": ">= 1"}, {"class": "A"}]}, 3, id="with its class"),
        pytest.param({"all": [{"open_findings": ">= 1"}, {"class": "B"}]}, 1, id="with a class that it has not"),
        pytest.param({"all": [{"open_findings": ">= 1"}, {"grid": "town"}]}, 3, id="with its grid"),
        pytest.param({"not": {"open_findings": ">= 1"}}, 1, id="not"),
    ],
)
def test_a_flag_is_a_selector_over_what_is_open(where: dict[str, Any], march: int) -> None:
    events = [
        finding("2026-02-28", "2026-03-31", severity="major"),
        finding("2026-02-28", "2026-03-31", severity="general"),
        {"kind": "accident", "enterprise": "E1", "day": "2025-12-01", "until": "2026-12-01"},
        {"kind": "complaint", "enterprise": "E2", "day": "2026-01-05"},
        {"kind": "banquet", "grid": "town", "day": "2026-01-05"},
    ]
    classes = {letter: {"visits": "1 per month", "family": "patrol"} for letter in "AB"}
    parts = {
        "modifiers": [{"where": where, "times": 3}],
        "events": events,
        "enterprises": [firm(1)],
        "classes": classes,
    }
    parts["events"] = [one for one in events if one.get("enterprise") != "E2"]
    assert owed("", parts)["2026-03"] == march


def test_a_register_that_counts_its_findings_itself_is_taken_at_its_word() -> None:
    parts = {"modifiers": [FOUND], "enterprises": [firm(1, open_findings="2")], "events": []}
    assert owed("1 per quarter", parts) == {f"2026-Q{quarter}": 2 for quarter in (1, 2, 3, 4)}


def test_a_flag_of_a_grid_holds_while_the_enterprise_lies_there() -> None:
    grids = [{"id": "town", "name": "镇"}, {"id": "dong", "name": "东村", "parent": "town"}]
    moved = {"grid": [{"grid": "town"}, {"from": "2026-07-01", "grid": "dong"}]}
    parts = {
        "grids": grids,
        "modifiers": [{"where": {"grid": "dong"}, "times": 2}],
        "enterprises": [firm(1) | moved],
    }
    assert owed("1 per quarter", parts) == {"2026-Q1": 1, "2026-Q2": 1, "2026-Q3": 2, "2026-Q4": 2}


@pytest.mark.parametrize(
    ("partial", "expected"),
    [("proportion", 2), ("full", 2), ("none", 2)],
)
def test_a_modifier_cuts_no_unit(partial: str, expected: int) -> None:
    class_ = {"visits": "1 per month", "family": "patrol", "partial": partial}
    parts = {"modifiers": [FOUND], "events": [finding("2026-03-16", "2026-03-31")], "classes": {"A": class_}}
    assert owed("", parts)["2026-03"] == expected


def test_a_bare_number_is_weighed_over_its_window() -> None:
    # 3 in the year, doubled from July on: a little over 1.5 × 3.
    parts = {"modifiers": [FOUND], "events": [finding("2026-06-30", "2026-12-31")]}
    assert sum(owed("3", parts).values()) == 5


def test_a_change_of_class_and_a_modifier_touch() -> None:
    both = {"A": {"visits": "1 per month", "family": "patrol"}, "B": {"visits": "1 per month", "family": "patrol"}}
    dated = {"class": [{"class": "A"}, {"from": "2026-03-12", "class": "B"}]}
    parts = {"classes": both, "enterprises": [firm(1) | dated]}
    # 8/22 of A, 7/22 of B, then 7/22 of B twice over: 1.32, rounded together to one.
    events = [finding("2026-03-20", "2026-03-31")]
    assert owed("", parts | {"modifiers": [FOUND], "events": events})["2026-03"] == 1


@pytest.mark.parametrize(
    ("changes", "until", "periods"),
    [
        pytest.param("2026-08-09", "2026-08-09", {"2026-W32": 2, "2026-08": 1}, id="one and a half, alone: two"),
        pytest.param("2026-08-23", "2026-08-19", {"2026-W34": 1, "2026-08": 0}, id="1.3 in two parts, alone: one"),
    ],
)
def test_a_change_of_class_on_a_day_off_leaves_a_weighed_week_whole(
    changes: str, until: str, periods: dict[str, int]
) -> None:
    classes = {
        name: {"visits": visits, "family": "patrol"} for name, visits in (("A", "1 per week"), ("B", "1 per month"))
    }
    dated = [{"from": "2025-01-01", "class": "A"}, {"from": changes, "class": "B"}]
    found = owed(
        "",
        {
            "classes": classes,
            "enterprises": [firm(1, dated)],
            "modifiers": [FOUND | {"times": 1.5}],
            "events": [finding("2026-07-31", until)],
        },
    )
    assert {period: found.get(period, 0) for period in periods} == periods
