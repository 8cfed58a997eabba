"""Seating a series anew: three visits a month with a gap that only the first days leave room for."""

from __future__ import annotations

from itertools import pairwise

import safeplan

from ..plans import CREW, firm, plan_of


def test_a_series_moves_together_where_its_gap_leaves_no_day_for_one_more() -> None:
    plan = plan_of(
        CREW
        | {
            "period": "2026-06-01/2026-06-30",
            "classes": {"A": {"visits": "3 per month", "family": "patrol", "min_gap": "14 days"}},
            "enterprises": [firm(1)],
        }
    )
    schedule = safeplan.schedule(plan)
    days = sorted(schedule.visits["day"].to_list())
    assert len(days) == 3
    assert all((later - earlier).days >= 14 for earlier, later in pairwise(days))
