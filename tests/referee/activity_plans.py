"""Random activities of every way of saying when, for the random plans."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

Raw = dict[str, Any]


def random_activities(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> list[Raw]:
    """Up to six activities within and around a period, each with some owner, each for somebody."""
    day = lambda: str(first + dt.timedelta(days=rng.randint(-5, (last - first).days + 20)))  # noqa: E731
    span = sorted((day(), day()))
    kinds = ("meeting", "training", "drill", "publicity", "report", "letter", "assessment", "other")
    ways: list[Raw] = [
        {"every": rng.choice(["day", "week", "month", "quarter", "half-year", "year"])},
        {"every": "month", "day": rng.choice(["2nd workday", "last workday", "1st friday", "5th monday", "31", "15"])},
        {"every": "week", "day": rng.choice(["friday", "2nd workday", "last workday"])},
        {"month": sorted({rng.randint(1, 12) for _ in range(4)})},
        {"month": [rng.randint(1, 12), first.month], "day": "17"},
        {"times": f"{rng.randint(1, 4)} per {rng.choice(['week', 'month', 'quarter', 'year'])}"},
        {"times": rng.randint(1, 5)},
        {"window": "/".join(span)},
        {"window": "/".join(span), "times": rng.randint(1, 4)},
        {"rrule": rng.choice(["FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=WEEKLY;BYDAY=SA,TU", "FREQ=YEARLY;BYDAY=1FR",
                              "FREQ=MONTHLY;BYMONTHDAY=-1"])},
        {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "from": span[0]},
        {"due": day()},
        {"from": span[0], "due": span[1]},
        {"days": rng.choice(["holidays", "weekends", "all"]), "people": rng.randint(1, 2)},
    ]  # fmt: skip
    roles = sorted({role for grid in plan["grids"] for role in grid.get("roles", {})})
    levels = [grid["level"] for grid in plan["grids"] if grid.get("level")]
    made = []
    for i, way in enumerate(rng.sample(ways, rng.randint(2, 6))):
        one: Raw = {"name": f"事项{i}", "kind": rng.choice(kinds), **way}
        if {"day", "rrule", "due"} & set(way) and rng.random() < 0.6:
            one["shift"] = rng.choice(["previous-workday", "next-workday"])
        one["owner"] = rng.choice([*roles, *[officer["id"] for officer in plan["officers"]]])
        each = [{"venues": ["学校", "社 区"]}, {"where": {"class": sorted(plan["classes"])[:1]}}, {"where": {}}]
        each += [{"grids": {"level": rng.choice(levels)}}] if levels else []
        if rng.random() < 0.5 and "people" not in one:
            one["each"] = rng.choice(each)
        made.append(one)
    return made
