"""Random instances for the exact models, as plans: unit visits with crews alike, and small mixed ones."""

from __future__ import annotations

import datetime as dt
import random

from .plans import Raw

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def unit_instance(rng: random.Random) -> Raw:
    """Unit visits, one crew size, crews alike; one to three grids with their own people; a month or two."""
    month, months, pairs = rng.randint(1, 10), rng.choice([1, 1, 2]), rng.random() < 0.5
    first = dt.date(2026, month, 1)
    last = dt.date(2026, month + months, 1) - dt.timedelta(days=1)
    grids = [f"g{i}" for i in range(rng.randint(1, 3))]
    officers: list[Raw] = []
    for grid in grids:
        for _ in range(rng.randint(2, 4) if pairs else rng.randint(1, 2)):
            officer: Raw = {
                "id": f"o{len(officers)}",
                "name": f"员{len(officers)}",
                "grids": [grid],
                "certificate": str(len(officers)),
            }
            if rng.random() < 0.8:
                officer["leave"] = _full_days(rng, first, last)
            officers.append(officer)
    visits = rng.choice([1, 1, 2])
    for officer in officers:
        officer["visits_per_day"] = visits
    frequencies = rng.sample(["1 per week", "1 per month", "2 per month", "1 per 2 weeks", "3 per month"], 3)
    classes = {
        letter: {
            "label": f"{letter}类",
            "visits": visits_,
            "priority": priority,
            "partial": rng.choice(["full", "proportion"]),
        }
        for letter, visits_, priority in zip("ABC", frequencies, rng.choice([(60, 40, 20), (50, 50, 30)]), strict=True)
    }
    return {
        "safeplan": 1,
        "name": "单位检查",
        "period": f"{first}/{last}",
        "defaults": {"family": "inspection" if pairs else "patrol", "minutes": 60},
        "grids": [{"id": g, "name": f"{g}村", "level": "村"} for g in grids],
        "officers": officers,
        "classes": classes,
        "enterprises": [_enterprise(rng, i, grids, first, last) for i in range(rng.randint(10, 30))],
    }


def mixed_instance(rng: random.Random) -> Raw:
    """One or two weeks of pairs and singles, skills, certificates that end, minutes and gaps of several lengths."""
    first = dt.date(2026, 3, 2) + dt.timedelta(weeks=2 * rng.randint(0, 15))
    last = first + dt.timedelta(days=rng.choice([6, 13, 13]))
    officers: list[Raw] = []
    for i in range(rng.randint(2, 4)):
        officer: Raw = {
            "id": f"o{i}",
            "name": f"员{i}",
            "grids": ["town"],
            "minutes_per_day": rng.choice([120, 180, 240]),
        }
        if i < 2 or rng.random() < 0.6:
            officer["certificate"] = {"number": str(i)}
            if rng.random() < 0.3:
                officer["certificate"]["expires"] = str(first + dt.timedelta(days=rng.randint(2, 5)))
        if i == 0 or rng.random() < 0.4:
            officer["skills"] = ["hazmat"]
        if rng.random() < 0.3:
            officer["visits_per_day"] = rng.choice([1, 2])
        if rng.random() < 0.6:
            officer["leave"] = [*_full_days(rng, first, last), f"{rng.choice(_WEEKDAYS)} {rng.choice(['am', 'pm'])}"]
        officers.append(officer)
    classes: Raw = {}
    for letter, priority in zip("ABC", rng.choice([(60, 40, 20), (50, 50, 30)]), strict=True):
        rule: Raw = {
            "label": f"{letter}类",
            "visits": rng.choice(["1 per week", "1 per week", "2 per week"]),
            "priority": priority,
            "family": rng.choice(["inspection", "patrol"]),
            "minutes": rng.choice([30, 60, 75, 90]),
        }
        if rng.random() < 0.4:
            rule["skills"] = ["hazmat"]
        if rng.random() < 0.4:
            rule["min_gap"] = f"{rng.randint(2, 6)} days"
        classes[letter] = rule
    plan: Raw = {
        "safeplan": 1,
        "name": "混合检查",
        "period": f"{first}/{last}",
        "defaults": {"family": "patrol", "minutes": 60},
        "travel": {"minutes": rng.choice([0, 15])},
        "grids": [{"id": "town", "name": "镇", "level": "镇"}],
        "officers": officers,
        "classes": classes,
        "enterprises": [_enterprise(rng, i, ["town"], first, last) for i in range(rng.randint(5, 12))],
    }
    if rng.random() < 0.3:
        plan["teams"] = [{"id": "brigade", "name": "中队", "max_crews": 1}]
        for officer in officers:
            officer["teams"] = ["brigade"]
    return plan


def _full_days(rng: random.Random, first: dt.date, last: dt.date) -> list[str]:
    day = first + dt.timedelta(days=rng.randint(0, (last - first).days))
    return [f"{day}/{min(last, day + dt.timedelta(days=rng.randint(0, 12)))}", rng.choice(_WEEKDAYS)]


def _enterprise(rng: random.Random, i: int, grids: list[str], first: dt.date, last: dt.date) -> Raw:
    e: Raw = {"id": f"E{i:02}", "name": f"企业{i}", "class": rng.choice("ABC"), "grid": rng.choice(grids)}
    if rng.random() < 0.3:
        day = first + dt.timedelta(days=rng.randint(0, (last - first).days))
        e["closed"] = [f"{day}/{min(last, day + dt.timedelta(days=rng.randint(2, 14)))}"]
    return e
