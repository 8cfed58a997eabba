"""What classes owe, to the unit: whole and cut units, changes of class, seasons, blocks."""

from __future__ import annotations

from typing import Any

import pytest

from safeplan.core.calendar import calendar_of
from safeplan.core.expand import expand

from ..plans import CREW, firm, plan_of


def owed(parts: dict[str, Any]) -> list[str]:
    plan = plan_of(CREW | parts)
    table = expand(plan, calendar_of(plan)).obligations
    rules = [line.id for line in plan.rules]
    return [f"{rules[rule]}/{period}/{n}" for rule, period, n in table.select("rule", "period", "n").rows()]


def class_(visits: str, **more: Any) -> dict[str, Any]:
    return {"visits": visits, "family": "patrol", **more}


@pytest.mark.parametrize(
    ("visits", "count"),
    [
        ("1 per month", 12),
        ("2 per month", 24),
        ("1 per quarter", 4),
        ("1 per half-year", 2),
        ("1 per year", 1),
        ("1 per 2 months", 6),
        ("3", 3),
        ("1 per day", 248),
    ],
)
def test_a_frequency_owes_its_number_in_every_unit(visits: str, count: int) -> None:
    assert len(owed({"period": "2026", "classes": {"A": class_(visits)}, "enterprises": [firm(1)]})) == count


@pytest.mark.parametrize(
    ("active", "partial", "expected"),
    [
        ("2026-02-12", "proportion", ["class-A/2026-Q1/1"]),  # 30 of 59 working days: 0.51
        ("2026-02-13", "proportion", []),  # 29 of 59: 0.49
        ("2026-03-01", "full", ["class-A/2026-Q1/1"]),
        ("2026-02-12", "none", []),
    ],
    ids=["rounded half up", "less than half owes nothing", "full owes it all", "none owes nothing of a cut unit"],
)
def test_a_cut_unit_owes_by_the_days_that_are_left(active: str, partial: str, expected: list[str]) -> None:
    parts = {
        "period": "2026-01-01/2026-03-31",
        "classes": {"A": class_("1 per quarter", partial=partial)},
        "enterprises": [firm(1, active={"from": active})],
    }
    assert owed(parts) == expected


def test_parts_that_touch_at_a_change_of_class_are_rounded_together() -> None:
    parts = {
        "period": "2026-07-01/2026-09-30",
        "classes": {"A": class_("1 per quarter"), "B": class_("1 per quarter")},
        "enterprises": [firm(1) | {"class": [{"class": "A"}, {"from": "2026-08-14", "class": "B"}]}],
    }
    # Both parts come to about a half; alone each would be rounded up, together they owe one.
    assert len(owed(parts)) == 1


def test_a_season_owes_in_each_of_its_spans() -> None:
    parts = {
        "period": "2026",
        "seasons": {"term": ["2026-03-02/2026-07-05", "2026-09-01/2026-12-31"]},
        "classes": {"A": class_("2 per term")},
        "enterprises": [firm(1)],
    }
    assert owed(parts) == [
        "class-A/term@2026-03-02/1",
        "class-A/term@2026-03-02/2",
        "class-A/term@2026-09-01/1",
        "class-A/term@2026-09-01/2",
    ]


def test_a_block_of_years_is_owed_so_many_years_after_the_last_visit() -> None:
    parts = {
        "period": "2026",
        "classes": {"A": class_("1 per 2 years")},
        "enterprises": [firm(1, last_visit="2024-05-01"), firm(2, last_visit="2025-05-01")],
    }
    assert owed(parts) == ["class-A/2026..2027/1"]


def test_a_block_of_years_spreads_those_never_visited_over_its_years() -> None:
    parts = {
        "classes": {"A": class_("1 per 3 years")},
        "enterprises": [firm(i) for i in range(9)],
    }
    counts = [len(owed(parts | {"period": str(year)})) for year in (2024, 2025, 2026)]
    assert counts == [3, 3, 3]


def test_a_unit_without_a_day_owes_nothing_and_is_said_once() -> None:
    plan = plan_of(CREW | {"period": "2026", "classes": {"A": class_("1 per week")}, "enterprises": [firm(1), firm(2)]})
    said = [d for d in expand(plan, calendar_of(plan)).diagnostics if d.code == "no-day-in-unit"]
    assert [d.values["period"] for d in said] == ["2026-W08"]


def test_nothing_is_owed_by_who_is_closed_down() -> None:
    parts = {
        "period": "2026",
        "classes": {"A": class_("1 per month")},
        "enterprises": [firm(1, status="停业"), firm(2, status="在营")],
    }
    assert len(owed(parts)) == 12


def test_a_day_on_which_it_is_closed_owes_nothing_to_a_daily_rule() -> None:
    parts = {
        "period": "2026-03-02/2026-03-06",
        "classes": {"A": class_("1 per day")},
        "enterprises": [firm(1, closed=["wednesday"])],
    }
    assert [one.split("/")[1] for one in owed(parts)] == ["2026-03-02", "2026-03-03", "2026-03-05", "2026-03-06"]


def test_a_class_may_choose_among_its_enterprises() -> None:
    parts = {
        "period": "2026",
        "classes": {"A": class_("1 per quarter", where={"sector": "gas"})},
        "enterprises": [firm(1, sector="gas", active={"from": "2026-07-01"}), firm(2, sector="fire")],
    }
    assert owed(parts) == ["class-A/2026-Q3/1", "class-A/2026-Q4/1"]
