"""Random spot checks and quotas, for random plans."""

from __future__ import annotations

import random
from typing import Any


def random_spot_checks(rng: random.Random, plan: dict[str, Any]) -> list[dict[str, Any]]:
    """One or two spot checks of a plan; some of their periods have a seed."""
    first, last = plan["period"].split("/")
    return [_spot_check(rng, n, first, last) for n in range(rng.choice([1, 1, 2]))]


def random_quotas(rng: random.Random, plan: dict[str, Any]) -> list[dict[str, Any]]:
    """One or two quotas of teams that lead crews; none where no team does."""
    led = sorted({officer["teams"][0] for officer in plan["officers"] if officer.get("teams")})
    return [_quota(rng, n, led) for n in range(rng.choice([1, 1, 2]))] if led else []


def visited_before(rng: random.Random, plan: dict[str, Any]) -> None:
    """Give half of the enterprises a last visit in the year before, for draws to exclude by."""
    year = int(plan["period"][:4]) - 1
    for enterprise in plan["enterprises"]:
        if rng.random() < 0.5:
            enterprise["last_visit"] = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _spot_check(rng: random.Random, n: int, first: str, last: str) -> dict[str, Any]:
    check: dict[str, Any] = {
        "name": f"双随机{n}",
        "share": rng.choice(["10%", "30%", "33.5%", "50%", "100%"]),
        "per": rng.choice(["month", "quarter", "half-year", "year"]),
        "family": rng.choice(["patrol", "patrol", "inspection"]),
    }
    if rng.random() < 0.4:
        check["where"] = rng.choice([{"class": "A"}, {"sector": ["fire", "chemicals"]}, {"not": {"tags": "high-risk"}}])
    if rng.random() < 0.5:
        check["exclude"] = {"visited_within": rng.choice(["3 months", "30 days", "2 weeks", "1 year"])}
    if rng.random() < 0.6:
        check["random_officers"] = True
    if rng.random() < 0.4:
        check["cross"] = True
    if rng.random() < 0.2:
        check["skills"] = ["fire"]
    if rng.random() < 0.2:
        check["minutes"] = rng.choice([30, 75])
    year, months = int(first[:4]), range(int(first[5:7]), int(last[5:7]) + 1)
    names = {
        "month": [f"{year}-{month:02}" for month in months],
        "quarter": sorted({f"{year}-Q{(month + 2) // 3}" for month in months}),
        "half-year": sorted({f"{year}-H{(month + 5) // 6}" for month in months}),
        "year": [f"{year}"],
    }[check["per"]]
    if first[:4] == last[:4]:
        seeds = {name: rng.choice(["417", '"引号"', "福彩\\3D"]) for name in names if rng.random() < 0.6}
        if seeds:
            check["seed"] = seeds
    return check


def _quota(rng: random.Random, n: int, teams: list[str]) -> dict[str, Any]:
    quota: dict[str, Any] = {
        "name": f"检查量{n}",
        "team": rng.choice(teams),
        "at_least": rng.randint(1, 8),
        "per": rng.choice(["week", "month", "month", "quarter"]),
    }
    if rng.random() < 0.25:
        quota["where"] = rng.choice([{"class": "A"}, {"sector": "fire"}])
    if rng.random() < 0.2:
        quota["family"] = "inspection"
    if rng.random() < 0.2:
        quota["min_gap"] = "20 days"
    if rng.random() < 0.2:
        quota["partial"] = rng.choice(["full", "none"])
    return quota
