"""Campaigns: what phases take over, when they end, whom shares and picks take."""

from __future__ import annotations

from typing import Any

import pytest

from safeplan.core.calendar import calendar_of
from safeplan.core.expand import expand

from ..plans import CREW, firm, plan_of
from .expanded import ids, owed, said

CLASSES = {"A": {"visits": "1 per year"}, "B": {"visits": "1 per month"}}


def plan(*phases: dict[str, Any], firms: list[dict[str, Any]] | None = None, **campaign: Any) -> dict[str, Any]:
    return {
        "period": "2026",
        "classes": CLASSES,
        "enterprises": firms or [firm(1)],
        "campaigns": [{"name": "整治", **campaign, "phases": list(phases)}],
    }


def test_a_phase_says_what_the_campaign_does_not() -> None:
    firms = [firm(1, sector="fire"), firm(2, sector="gas")]
    parts = plan(
        {"name": "一", "from": "2026-03-01", "to": "2026-03-31"},
        {"name": "二", "from": "2026-04-01", "to": "2026-04-30", "where": {"sector": "gas"}, "visits": 2},
        {"name": "动员", "from": "2026-02-01", "to": "2026-02-10", "activity": "动员大会"},
        firms=firms,
        where={"sector": "fire"},
        visits=1,
    )
    assert ids(parts) == [
        "campaign-整治-一/E1/2026-03-01..2026-03-31/1",
        "campaign-整治-二/E2/2026-04-01..2026-04-30/1",
        "campaign-整治-二/E2/2026-04-01..2026-04-30/2",
    ]


@pytest.mark.parametrize(
    ("phase", "events", "expected"),
    [
        ({"to": "2027-01-31"}, [], ("2026-12-01..2027-01-31", "2026-12-31", True)),
        ({}, [], ("2026-12-01..", "2026-12-31", True)),
        ({"until": "两会闭幕"}, [{"name": "两会闭幕", "day": "2026-12-11"}],
         ("2026-12-01..两会闭幕", "2026-12-11", False)),
        ({"until": "两会闭幕"}, [], ("2026-12-01..两会闭幕", "2026-12-31", False)),
    ],
    ids=["outlasts the plan", "open-ended", "ends with its event", "ends with the period while its event is unknown"],
)  # fmt: skip
def test_a_phase_ends(phase: dict[str, Any], events: list[Any], expected: tuple[str, str, bool]) -> None:
    parts = plan({"name": "一", "from": "2026-12-01", "visits": 1, **phase}) | {"events": events}
    read = plan_of(CREW | {"defaults": {"family": "patrol"}} | parts)
    table = expand(read, calendar_of(read)).obligations.filter(rule=len(CLASSES))
    assert [(p, str(last), out) for p, last, out in table.select("period", "open_last", "outlasts").rows()] == [
        expected
    ]


def test_an_event_before_a_phase_leaves_it_no_day() -> None:
    parts = plan({"name": "一", "from": "2026-03-01", "until": "会", "visits": 1})
    assert owed(parts | {"events": [{"name": "会", "day": "2026-02-01"}]}) == []


def taken(parts: dict[str, Any]) -> set[str]:
    return {one.split("/")[1] for one in ids(parts)}


PHASE = {"name": "一", "from": "2026-03-01", "to": "2026-03-31", "visits": 1}


@pytest.mark.parametrize(
    ("share", "count"), [("30%", 2), ("1%", 1), ("100%", 4)], ids=["rounded up", "at least one", "all"]
)
def test_a_share_is_of_those_active_in_the_window(share: str, count: int) -> None:
    firms = [firm(i) for i in range(4)] + [firm(9, active={"from": "2026-05-01"})]
    assert len(taken(plan(PHASE | {"share": share}, firms=firms))) == count


@pytest.mark.parametrize(
    ("firms", "first"),
    [
        ([firm(1), firm(2, risk=3), firm(3, risk=7)], "E3"),
        ([firm(1, "A"), firm(2, "B")], "E2"),
        ([firm(1, standard_level=2), firm(2, standard_level=1), firm(3)], "E3"),
        ([firm(1, standard_level=2), firm(2, standard_level=3)], "E2"),
        ([firm(1, last_visit="2025-03-01"), firm(2, last_visit="2025-02-01")], "E2"),
        ([firm(1, last_visit="2025-03-01"), firm(2)], "E2"),
        ([firm(1), firm(2), firm(3)], "E3"),
    ],
    ids=["risk falling", "more class visits a year", "no standard level", "a worse level", "longest unvisited",
         "never visited", "SHA-256 of the id"],
)  # fmt: skip
def test_the_worst_come_first(firms: list[dict[str, Any]], first: str) -> None:
    assert taken(plan(PHASE, firms=firms, pick={"count": 1})) == {first}


GRIDS = [
    {"id": "town", "name": "镇", "level": "镇"},
    {"id": "bei", "name": "北村", "level": "村", "parent": "town"},
    {"id": "zu", "name": "一组", "level": "组", "parent": "bei"},
    {"id": "nan", "name": "南村", "level": "村", "parent": "town"},
]
FIRMS = [
    firm(1, grid="bei", risk=1), firm(2, grid="zu", risk=2), firm(3, grid="nan", risk=3), firm(4, grid="nan", risk=4),
    firm(5, grid="town", risk=9),
]  # fmt: skip


@pytest.mark.parametrize(
    ("per", "expected"),
    [("grid", {"E1", "E2", "E4", "E5"}), ("村", {"E2", "E4"}), ("", {"E5"})],
    ids=["each grid with enterprises directly in it", "each grid of a level with all below", "the whole pool"],
)
def test_a_pick_counts_in_each_grid(per: str, expected: set[str]) -> None:
    assert taken(plan(PHASE, firms=FIRMS, pick={"at_least": 1, "per": per}) | {"grids": GRIDS}) == expected


def test_a_pick_that_finds_fewer_takes_all_and_says_so() -> None:
    parts = plan(PHASE, firms=FIRMS, pick={"at_least": 2, "per": "村"}) | {"grids": GRIDS}
    assert taken(parts) == {"E1", "E2", "E3", "E4"}
    assert said(parts) == []
    three = plan(PHASE, firms=FIRMS, pick={"at_least": 3, "per": "村"}) | {"grids": GRIDS}
    assert said(three) == ["too-few-in-grid"] * 2


def test_a_pick_of_the_whole_pool_may_find_too_few_too() -> None:
    assert said(plan(PHASE, pick={"at_least": 2})) == ["too-few-to-pick"]


def test_a_phases_share_stands_in_place_of_the_campaigns_pick() -> None:
    assert len(taken(plan(PHASE | {"share": "100%"}, firms=FIRMS, pick={"count": 1}) | {"grids": GRIDS})) == 5


def test_a_draw_is_by_its_seed() -> None:
    firms = [firm(i) for i in range(20)]
    drawn = [taken(plan(PHASE, firms=firms, pick={"count": 5, "order": "draw", "seed": seed})) for seed in "abb"]
    assert drawn[0] != drawn[1] == drawn[2]
    assert all(len(one) == 5 for one in drawn)
    more = taken(plan(PHASE, firms=firms, pick={"count": 9, "order": "draw", "seed": "a"}))
    assert drawn[0] < more
