"""What a day can hold at most, by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from .bound import feasible_crews, most_minutes, most_visits
from .owed import owed
from .plans import write_plan
from .read import read_plan

MONDAY = dt.date(2026, 3, 2)
PAIR = [{"id": "an", "certificate": "1"}, {"id": "bo", "certificate": "2"}]


def held(folder: Path, officers: list[dict[str, Any]], families: str, **plan: Any) -> tuple[int, int]:
    """Monday's visits and minutes for enterprises owed an inspection (i), a patrol (p), two hours (h), a dive (d)."""
    classes = {
        "i": {"visits": "1 per week"},
        "p": {"visits": "1 per week", "family": "patrol"},
        "h": {"visits": "1 per week", "family": "patrol", "minutes": 120},
        "d": {"visits": "1 per week", "family": "patrol", "skills": ["diving"]},
    }
    enterprises = [{"id": f"E{i:02}", "class": family} for i, family in enumerate(families)]
    raw = {
        "period": "2026-03-02/2026-03-08",
        "classes": classes,
        "enterprises": enterprises,
        "officers": officers,
        **plan,
    }
    read = read_plan(write_plan(folder, raw))
    obligations = list(owed(read).values())
    return most_visits(read, obligations, MONDAY), most_minutes(read, obligations, MONDAY)


@pytest.mark.parametrize(
    ("officers", "families", "plan", "visits"),
    [
        (PAIR, "iippp", {}, 5),
        (PAIR, "i" * 9, {}, 6),
        (PAIR, "p" * 14, {}, 12),
        ([*PAIR, {"id": "ci", "certificate": "3"}], "i" * 9, {}, 6),
        (PAIR, "i" * 9, {"travel": {"minutes": 30}}, 4),
        (PAIR, "hhhhhhh", {}, 6),
        ([PAIR[0], {**PAIR[1], "leave": ["monday am"]}], "i" * 9, {}, 3),
        ([{**PAIR[0], "visits_per_day": 2}, PAIR[1]], "i" * 9, {}, 2),
        ([*PAIR, {"id": "ci", "skills": ["diving"]}], "d" * 9, {}, 6),
        (PAIR, "d" * 9, {}, 0),
        ([{**o, "teams": ["t"]} for o in PAIR], "p" * 14, {"teams": [{"id": "t", "max_crews": 1}]}, 6),
    ],
    ids=[
        "a pair patrols on its way", "one pair", "two singles", "a third has no partner", "travel counts",
        "longer visits", "half a day", "the fewer visits of two", "one diver", "no diver", "one car",
    ],
)  # fmt: skip
def test_a_day_holds_no_more_visits(officers: list, families: str, plan: dict, visits: int, tmp_path: Path) -> None:
    assert held(tmp_path, officers, families, **plan)[0] == visits


def test_a_day_holds_no_more_minutes(tmp_path: Path) -> None:
    assert held(tmp_path / "two", PAIR, "h" * 7)[1] == 720
    assert held(tmp_path / "few", PAIR, "h")[1] == 240, "each of two crews could take it: a bound, not the truth"


def test_a_patrols_crews_include_the_pair_that_inspects(tmp_path: Path) -> None:
    raw: dict[str, Any] = {
        "period": "2026-03-02/2026-03-08",
        "classes": {"i": {"visits": "1 per week"}, "p": {"visits": "1 per week", "family": "patrol"}},
    }
    raw |= {"officers": PAIR, "enterprises": [{"id": "E1", "class": "p"}]}
    plan = read_plan(write_plan(tmp_path, raw))
    (patrol,) = owed(plan).values()
    assert feasible_crews(plan, patrol, MONDAY) == [("an",), ("bo",), ("an", "bo")]
