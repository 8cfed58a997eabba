"""The referee's arithmetic of dated rules against examples worked out by hand from rules.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .owed import owed
from .plans import write_plan
from .read import read_plan

GRIDS = [{"id": "town", "level": "镇"}, {"id": "bei", "level": "村", "parent": "town"},
         {"id": "nan", "level": "村", "parent": "town"}]  # fmt: skip
FIRMS = [
    {"id": "E1", "class": "A", "grid": "bei", "risk": "3"},
    {"id": "E2", "class": "A", "grid": "bei", "risk": "8"},
    {"id": "E3", "class": "A", "grid": "nan"},
]


def found(tmp_path: Path, **plan: Any) -> list[tuple[str, str, str]]:
    raw = {"name": "计划", "period": "2026", "grids": GRIDS, "enterprises": FIRMS, **plan}
    owes = owed(read_plan(write_plan(tmp_path, raw))).values()
    return [(o.id, str(o.days[0]), str(o.days[-1])) if o.days else (o.id, "", "") for o in owes]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"before": ["labour-day"], "within": "10 workdays"}, ("labour-day-2026", "2026-04-17", "2026-04-30")),
        ({"before": ["new-year"], "within": "10 workdays"}, ("new-year-2027", "2026-12-18", "2026-12-31")),
        ({"during": ["national-day"], "days": "holidays"}, ("national-day-2026", "2026-10-01", "2026-10-07")),
        ({"after": ["spring-festival"], "within": "2 workdays"}, ("spring-festival-2026", "2026-02-24", "2026-02-25")),
        ({"during": ["spring-festival"], "days": "workdays"}, ("spring-festival-2026", "", "")),
    ],
    ids=["before", "next new year belongs to this plan", "during", "after", "a window without a working day is owed"],
)
def test_a_holidays_window(rule: dict[str, Any], expected: tuple[str, str, str], tmp_path: Path) -> None:
    (first, *_) = found(tmp_path, holidays=[{"name": "节", "visits": 1, **rule}])
    assert first == (f"holiday-节/E1/{expected[0]}/1", *expected[1:])


def test_picks_take_the_worst_of_each_village(tmp_path: Path) -> None:
    phase = {"name": "一", "from": "2026-03-02", "to": "2026-03-31", "visits": 1}
    taken = found(tmp_path, campaigns=[{"name": "整治", "pick": {"at_least": 1, "per": "村"}, "phases": [phase]}])
    assert [id_ for id_, *_ in taken] == [
        "campaign-整治-一/E2/2026-03-02..2026-03-31/1",
        "campaign-整治-一/E3/2026-03-02..2026-03-31/1",
    ]


def test_a_season_of_two_spans_has_no_days_between_them(tmp_path: Path) -> None:
    rule = {"name": "防汛", "visits": 1, "window": "wet", "where": {"grid": "nan"}}
    seasons = {"wet": ["2026-05-11/2026-05-15", "2026-06-01/2026-06-05"]}
    raw = {"name": "计划", "period": "2026", "grids": GRIDS, "enterprises": FIRMS, "seasons": seasons}
    (one,) = owed(read_plan(write_plan(tmp_path, raw | {"priorities": {"Q2": [rule]}}))).values()
    assert one.id == "priority-2026-Q2-防汛/E3/wet@2026-05-11/1"
    assert len(one.days) == 10


def test_events_of_one_day_bring_a_visit_each(tmp_path: Path) -> None:
    events = [{"kind": "banquet", "grid": "bei", "day": "2026-05-08"}] * 2
    trigger = {"name": "宴席", "event": "banquet", "within": "1 workday"}
    taken = found(tmp_path, events=events, triggers=[trigger])
    assert [id_ for id_, *_ in taken] == [f"trigger-宴席/bei/2026-05-08..2026-05-09/{n}" for n in (1, 2)]
