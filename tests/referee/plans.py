"""Random small plans that bite, as plain mappings ready for YAML; and each without one of its ingredients.

The generator is a seeded `random.Random`; `plans()` wraps it for hypothesis. More than half of
the plans have something that cannot be placed.
"""

from __future__ import annotations

import copy
import csv
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from .activity_plans import random_activities
from .draw_plans import random_quotas, random_spot_checks, visited_before

Raw = dict[str, Any]
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_CSV = {"id": "企业编号", "name": "企业名称", "class": "监管类别", "sector": "行业类别", "grid": "所属网格",
        "tags": "标签", "standard_level": "标准化等级", "last_visit": "上次检查日期", "status": "状态"}  # fmt: skip


def random_plan(rng: random.Random, size: int = 12) -> Raw:
    """A valid plan of at most `size` enterprises (2 to 30), one to six officers and a period within 2025-2026."""
    plan: Raw = {"safeplan": 1, "name": f"随机计划{rng.randrange(1000)}", "language": "en"}
    first, last = _period(rng)
    plan["period"] = f"{first}/{last}"
    plan["defaults"] = {"family": rng.choice(["inspection", "patrol"]), "minutes": rng.choice([45, 60, 90])}
    if rng.random() < 0.5:
        plan["travel"] = {"minutes": rng.choice([15, 30, 45])}
    plan["calendar"] = {"country": "CN"} | _own_days(rng, first, last)
    grids = _grids(rng)
    plan["grids"] = grids
    if rng.random() < 0.55:
        plan["teams"] = [
            {"id": f"team{i}", "name": f"中队{i}"}
            | ({"max_crews": rng.choice([1, 1, 1, 2])} if rng.random() < 0.75 else {})
            for i in range(rng.choice([1, 1, 2]))
        ]
    enterprises = rng.randint(2, max(2, min(size, 30)))
    plan["officers"] = _officers(rng, plan, first, last, enterprises)
    plan["classes"] = _classes(rng)
    if len(plan["officers"]) >= 3 and rng.random() < 0.25:
        plan["officers"][2]["grids"] = ["town"]  # so that three can go everywhere
        plan["classes"]["A"]["people"] = 3
    plan["enterprises"] = [_enterprise(rng, i, plan, first, last) for i in range(enterprises)]
    _roles(rng, plan, first, last)
    if rng.random() < 0.5:
        plan["patrols"] = _patrols(rng, plan)
    _dated(rng, plan, first, last)
    if rng.random() < 0.5:
        plan["limits"] = rng.choice([{"per_week": 1}, {"per_month": 1}, {"per_day": 1, "per_month": 2}])
    if rng.random() < 0.5:
        _caps(rng, plan)
    if rng.random() < 0.6:
        plan["others_visits"] = [
            {
                "enterprise": rng.choice(plan["enterprises"])["id"],
                "day": str(_day(rng, first, last)),
                "body": "县局",
                "family": "inspection",
            }
            for _ in range(rng.randint(2, 5))
        ]
    if rng.random() < 0.6:
        plan["pins"] = _pins(rng, plan, first, last)
    # Drawn apart, so that plans are what they were before they had activities.
    apart = random.Random(f"{plan['name']}{plan['period']}{len(plan['enterprises'])}")
    if apart.random() < 0.5:
        plan["activities"] = random_activities(apart, plan, first, last)
    if apart.random() < 0.4:
        plan["modifiers"], events = _modifiers(apart, plan, first, last)
        plan["events"] = [*plan.get("events", []), *events]
    if apart.random() < 0.3:
        plan["spot_checks"] = random_spot_checks(apart, plan)
    if apart.random() < 0.6:
        plan["quotas"] = random_quotas(apart, plan)
    return plan


def random_draw_plan(rng: random.Random, size: int = 12) -> Raw:
    """A random plan with at least one spot check or quota."""
    plan = random_plan(rng, size) | {"spot_checks": [], "quotas": []}
    if rng.random() < 0.8:
        plan["spot_checks"] = random_spot_checks(rng, plan)
    if rng.random() < 0.7 or not plan["spot_checks"]:
        plan["quotas"] = random_quotas(rng, plan)
    if not plan["spot_checks"] and not plan["quotas"]:
        plan["spot_checks"] = random_spot_checks(rng, plan)
    if rng.random() < 0.5:
        visited_before(rng, plan)
    return plan


def plans(size: int = 12) -> st.SearchStrategy[Raw]:
    """Random plans as a hypothesis strategy; they shrink by their seed alone."""
    return st.integers(0, 2**32 - 1).map(lambda seed: random_plan(random.Random(seed), size))


def write_plan(folder: Path, plan: Raw) -> Path:
    """Writes the plan; enterprises that a CSV can hold go into a register with Chinese headings."""
    plan = copy.deepcopy(plan)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [e for e in plan.get("enterprises", []) if set(e) <= set(_CSV) and isinstance(e.get("class"), str)]
    if rows:
        heads = [k for k in _CSV if any(k in e for e in rows)]
        with (folder / "enterprises.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([_CSV[k] for k in heads])
            writer.writerows(
                [["；".join(v) if isinstance(v := e.get(k, ""), list) else v for k in heads] for e in rows]
            )
        plan["enterprises"] = [e for e in plan["enterprises"] if e not in rows] + [{"file": "enterprises.csv"}]
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def without(plan: Raw, ingredient: str) -> Raw:
    """The plan with one hard rule taken out (`INGREDIENTS`); equal to the plan when it has none of it."""
    plan = copy.deepcopy(plan)
    INGREDIENTS[ingredient](plan)
    return plan


def _strip(table: str, *keys: str) -> Callable[[Raw], None]:
    def strip(plan: Raw) -> None:
        rows = plan.get(table, [])
        for row in rows.values() if isinstance(rows, dict) else rows:
            for key in keys:
                row.pop(key, None)

    return strip


def _drop(key: str) -> Callable[[Raw], None]:
    def drop(plan: Raw) -> None:
        plan.pop(key, None)

    return drop


def _everybody_certified(plan: Raw) -> None:
    for i, officer in enumerate(plan["officers"]):
        officer["certificate"] = f"{i:08}"


def _one_person(plan: Raw) -> None:
    plan["defaults"]["family"] = "patrol"
    for row in [*plan["classes"].values(), *plan.get("patrols", []), *plan.get("pins", [])]:
        row.pop("people", None)
        if row.get("family") == "inspection":
            row["family"] = "patrol"


def _own_days_out(plan: Raw) -> None:
    plan["calendar"] = {"country": "CN"}


def _one_class(plan: Raw) -> None:
    for e in plan["enterprises"]:
        if isinstance(e.get("class"), list):
            e["class"] = e["class"][0]["class"]


INGREDIENTS: dict[str, Callable[[Raw], None]] = {
    "leave": _strip("officers", "leave"),
    "closed": _strip("enterprises", "closed"),
    "active": _strip("enterprises", "active", "status"),
    "dated-classes": _one_class,
    "skills": _strip("classes", "skills"),
    "certificates": _everybody_certified,
    "people": _one_person,
    "recusal": _strip("officers", "avoids"),
    "caps": _drop("caps"),
    "limits": _drop("limits"),
    "others-visits": _drop("others_visits"),
    "gaps": lambda plan: (_strip("classes", "min_gap")(plan), _strip("patrols", "min_gap")(plan))[0],
    "minutes-per-day": _strip("officers", "minutes_per_day"),
    "visits-per-day": _strip("officers", "visits_per_day"),
    "max-crews": _strip("teams", "max_crews"),
    "travel": _drop("travel"),
    "pins": _drop("pins"),
    "priorities": _drop("priorities"),
    "campaigns": _drop("campaigns"),
    "holidays": _drop("holidays"),
    "triggers": _drop("triggers"),
    "own-days": _own_days_out,
    "modifiers": _drop("modifiers"),
    "spot-checks": _drop("spot_checks"),
    "quotas": _drop("quotas"),
}


def _day(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=rng.randint(0, (last - first).days))


def _period(rng: random.Random) -> tuple[dt.date, dt.date]:
    """Two weeks to six months; mostly whole months, so that few units are cut."""
    month, year = rng.randint(1, 12), rng.choice([2025, 2026])
    first = dt.date(year, month, 1)
    if rng.random() < 0.3:
        first += dt.timedelta(days=rng.randint(0, 20))
        return first, min(first + dt.timedelta(days=rng.randint(13, 60)), dt.date(2026, 12, 31))
    months = rng.choice([1, 1, 1, 2, 3, 6])
    after = (year * 12 + month - 1) + months
    return first, min(dt.date(after // 12, after % 12 + 1, 1), dt.date(2027, 1, 1)) - dt.timedelta(days=1)


def _own_days(rng: random.Random, first: dt.date, last: dt.date) -> Raw:
    if rng.random() < 0.6:
        return {}
    off = _day(rng, first, last)
    return {"days_off": [f"{off}/{off + dt.timedelta(days=rng.randint(0, 4))}"]}


def _grids(rng: random.Random) -> list[Raw]:
    grids: list[Raw] = [{"id": "town", "name": "镇", "level": "镇"}]
    for i in range(rng.randint(0, 3)):
        parent = "town" if rng.random() < 0.8 or i == 0 else "g0"
        grids.append({"id": f"g{i}", "name": f"{i}村", "level": "村", "parent": parent})
    return grids


def _officers(rng: random.Random, plan: Raw, first: dt.date, last: dt.date, enterprises: int) -> list[Raw]:
    teams = [t["id"] for t in plan.get("teams", [])]
    officers = []
    for i in range(rng.randint(2, 6)):
        officer: Raw = {"id": f"o{i}", "name": f"员{i}"}
        if i < 2 or rng.random() < 0.5:
            officer["grids"] = ["town"]
        else:
            officer["grids"] = sorted({rng.choice(plan["grids"])["id"] for _ in range(2)})
        if teams and (i < 4 or rng.random() < 0.6):
            officer["teams"] = [teams[0] if i < 4 else rng.choice(teams)]
        if i < 2 or rng.random() < 0.6:
            officer["certificate"] = f"{23000000 + i}"
            if rng.random() < 0.3:
                officer["certificate"] = {"number": f"{23000000 + i}", "expires": str(_day(rng, first, last))}
        if rng.random() < 0.4:
            officer["skills"] = rng.choice([["hazmat"], ["fire"], ["hazmat", "fire"]])
        if rng.random() < 0.5:
            officer["leave"] = _leave(rng, first, last)
        if rng.random() < 0.45:
            officer["minutes_per_day"] = rng.choice([120, 150, 180, 240])
        if rng.random() < 0.4:
            officer["visits_per_day"] = rng.choice([1, 1, 2])
        if rng.random() < 0.35:
            officer["avoids"] = sorted({f"E{rng.randrange(enterprises):02}" for _ in range(2)})
        if officer.get("teams") and rng.random() < 0.3:
            officer["senior"] = True
        officers.append(officer)
    officers[0]["skills"] = ["hazmat", "fire"]  # so that no skill is one that nobody has
    return officers


def _leave(rng: random.Random, first: dt.date, last: dt.date) -> list[str]:
    leave = []
    for _ in range(rng.randint(1, 3)):
        day = _day(rng, first, last)
        leave.append(
            rng.choice(
                [
                    f"{day}/{min(last, day + dt.timedelta(days=rng.randint(0, 20)))}",
                    f"{day} {rng.choice(['am', 'pm'])}",
                    rng.choice(_WEEKDAYS),
                    f"{rng.choice(_WEEKDAYS)} {rng.choice(['am', 'pm'])}",
                ]
            )
        )
    return sorted(set(leave))


def _classes(rng: random.Random) -> Raw:
    visits = [
        "1 per month",
        "2 per month",
        "1 per week",
        "1 per quarter",
        "1 per 2 weeks",
        "1 per half-year",
        "3 per month",
    ]
    classes: Raw = {}
    for letter in "ABC"[: rng.randint(2, 3)]:
        rule: Raw = {
            "label": f"{letter}类",
            "visits": rng.choice(visits),
            "family": rng.choice(["inspection", "inspection", "patrol"]),
        }
        if rng.random() < 0.4:
            rule["minutes"] = rng.choice([30, 75, 100])
        if rng.random() < 0.3:
            rule["skills"] = [rng.choice(["hazmat", "fire"])]
        if rng.random() < 0.4:
            rule["min_gap"] = f"{rng.choice([5, 10, 20, 30])} days"
        if rng.random() < 0.15:
            rule["partial"] = rng.choice(["full", "none"])
        if rng.random() < 0.15:
            rule["priority"] = rng.choice([15, 40, 60])
        classes[letter] = rule
    return classes


def _enterprise(rng: random.Random, i: int, plan: Raw, first: dt.date, last: dt.date) -> Raw:
    letters = list(plan["classes"])
    letter = rng.choice(letters)
    e: Raw = {"id": f"E{i:02}", "name": f"企业{i}", "class": letter, "grid": rng.choice(plan["grids"])["id"]}
    e["sector"] = rng.choice(["fire", "chemicals", "catering"])
    if rng.random() < 0.4:
        e["tags"] = rng.choice([["high-risk"], ["crowded-place"], ["high-risk", "crowded-place"]])
    if rng.random() < 0.4:
        e["standard_level"] = rng.choice(["1", "2", "3"])
    if rng.random() < 0.3:
        e["risk"] = rng.choice([1, 5, 20, 62.5])
    if rng.random() < 0.3:
        e["last_visit"] = str(first - dt.timedelta(days=rng.randint(1, 40)))
    if rng.random() < 0.08:
        e["status"] = rng.choice(["停业", "在营"])
    if rng.random() < 0.15:
        day = _day(rng, first, last)
        e["active"] = rng.choice([{"from": str(day)}, {"to": str(day)}])
    if rng.random() < 0.2:
        other = rng.choice([k for k in letters if k != letter])
        e["class"] = [
            {"from": f"{first.year - 1}-01-01", "class": letter},
            {"from": str(_day(rng, first, last)), "class": other},
        ]
    if rng.random() < 0.3:
        day = _day(rng, first, last)
        e["closed"] = rng.choice(
            [[f"{day}/{min(last, day + dt.timedelta(days=rng.randint(3, 30)))}"], rng.sample(_WEEKDAYS, 2)]
        )
    return e


def _roles(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> None:
    ids = [o["id"] for o in plan["officers"]]
    plan["grids"][0]["roles"] = {"lead": rng.choice(ids)}
    for grid in plan["grids"][1:]:
        if rng.random() < 0.5:
            holder: Any = rng.choice(ids)
            if rng.random() < 0.3:
                holder = {"officer": holder, rng.choice(["from", "to"]): str(_day(rng, first, last))}
            grid["roles"] = {"lead": holder}


def _patrols(rng: random.Random, plan: Raw) -> list[Raw]:
    rule: Raw = {
        "name": "日常巡查",
        "grids": {"leaf": True},
        "visits": rng.choice(["1 per week", "2 per month", "1 per month"]),
    }
    if rng.random() < 0.5:
        rule["by"] = "lead"
    if rng.random() < 0.4:
        rule["minutes"] = rng.choice([90, 120])
    if rng.random() < 0.4:
        rule["min_gap"] = f"{rng.choice([4, 7])} days"
    rules = [rule]
    if rng.random() < 0.3:
        rules.append(
            {"name": "节假日值班", "grids": {"level": "镇"}, "visits": "1 per day", "days": "holidays", "by": "lead"}
        )
    return rules


_HOLIDAYS = ["new-year", "spring-festival", "qingming", "labour-day", "dragon-boat", "mid-autumn", "national-day"]


def _dated(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> None:
    """Events, a season of one or two spans, and rules that are bound to dates; each in about a third of the plans."""
    plan["events"] = [
        {"name": "会", "day": str(_day(rng, first, last))},
        *(_event(rng, plan, first, last) for _ in range(rng.randint(0, 3))),
    ]
    day = _day(rng, first, last)
    plan["seasons"] = {"flood": [f"{day}/{day + dt.timedelta(days=rng.randint(10, 50))}"]}
    if rng.random() < 0.5:
        later = day + dt.timedelta(days=rng.randint(60, 70))
        plan["seasons"]["flood"].append(f"{later}/{later + dt.timedelta(days=20)}")
    if rng.random() < 0.4:
        plan["priorities"] = _priorities(rng, first, last)
    if rng.random() < 0.4:
        plan["campaigns"] = [_campaign(rng, plan, first, last)]
    if rng.random() < 0.35:
        names = rng.sample([*_HOLIDAYS, "会"], rng.randint(1, 3))
        rule = {"name": "节日检查", **_wanted(rng), "within": rng.choice(["10 workdays", "5 workdays", "7 days"])}
        if rng.random() < 0.3:
            rule["during"], rule["days"] = names, rng.choice(["holidays", "all"])
        else:
            rule[rng.choice(["before", "after"])] = names
            if rng.random() < 0.2:
                rule["before"] = rule["after"] = names
        plan["holidays"] = [rule]
    if rng.random() < 0.35:
        rule = {"name": "首查", "event": "registered", "within": rng.choice(["1 workday", "5 workdays", "1 month"])}
        plan["triggers"] = [rule | {k: v for k, v in _wanted(rng).items() if k != "visits" or rng.random() < 0.5}]


def _wanted(rng: random.Random) -> Raw:
    """Whom a rule is about and what its visits ask."""
    rule: Raw = {
        "visits": 1 if rng.random() < 0.7 else 2,
        "family": rng.choice(["patrol", "inspection", "supervision"]),
    }
    if rng.random() < 0.7:
        rule["where"] = rng.choice([
            {"sector": "fire"}, {"sector": ["chemicals", "catering"]}, {"tags": "high-risk"}, {"class": ["A", "B"]},
            {"any": [{"tags": "crowded-place"}, {"class": "B"}]}, {"not": {"sector": "fire"}}, {"grid": "town"},
        ])  # fmt: skip
    if rng.random() < 0.2:
        rule["by"] = "lead"
        rule["family"] = rng.choice(["patrol", "supervision"])
    if rng.random() < 0.2:
        rule["min_gap"] = f"{rng.choice([3, 7, 15])} days"
    if rng.random() < 0.15:
        rule["separate"] = True
    if rng.random() < 0.3:
        rule["minutes"] = rng.choice([30, 75, 100])
    return rule


def _event(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> Raw:
    event: Raw = {"kind": rng.choice(["registered", "registered", "banquet"]), "day": str(_day(rng, first, last))}
    if rng.random() < 0.6:
        return event | {"enterprise": rng.choice(plan["enterprises"])["id"]}
    return event | {"grid": rng.choice(plan["grids"])["id"]}


def _priorities(rng: random.Random, first: dt.date, last: dt.date) -> Raw:
    day = _day(rng, first, last)
    quarter = f"Q{(first.month + 2) // 3}"
    rule = {"name": "排查", **_wanted(rng)}
    kind = rng.random()
    if kind < 0.25:
        rule["window"] = f"{day}/{day + dt.timedelta(days=rng.randint(5, 25))}"
    elif kind < 0.45:
        rule["window"] = "flood"
    elif kind < 0.6:
        rule["visits"] = rng.choice(["1 per month", "1 per 2 weeks"])
    key = rng.choice([quarter, f"{first.year}-{quarter}", f"M{first.month:02}"])
    return {key: [rule, {"name": "复工验收", **_wanted(rng)}][: rng.randint(1, 2)]}


def _campaign(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> Raw:
    campaign: Raw = {"name": "整治", **_wanted(rng)}
    order = rng.choice([{}, {"order": "draw", "seed": str(rng.randrange(100))}])
    taking: list[Raw] = [
        {}, {"share": rng.choice(["30%", "50%", "100%"])},
        {"pick": {rng.choice(["at_least", "count"]): rng.randint(1, 3), "per": rng.choice(["grid", "村"]), **order}},
        {"pick": {"count": rng.randint(1, 3), **order}},
    ]  # fmt: skip
    campaign |= rng.choice(taking if any(g["level"] == "村" for g in plan["grids"]) else taking[:2])
    campaign["phases"] = []
    for i in range(rng.randint(1, 2)):
        day = _day(rng, first, last)
        ends: list[Raw] = [
            {"to": str(day + dt.timedelta(days=rng.randint(5, 60)))}, {}, {"until": "会"}, {"until": "何时"},
        ]  # fmt: skip
        phase: Raw = {"name": f"阶段{i}", "from": str(day), **rng.choice(ends)}
        if rng.random() < 0.3:
            phase |= {"visits": 1, "minutes": 45}
        if rng.random() < 0.2:
            phase["share"] = "50%"
        campaign["phases"].append(phase)
    if rng.random() < 0.3:
        campaign["phases"].append({"name": "动员", "from": str(first), "to": str(last), "activity": "动员大会"})
    return campaign


def _caps(rng: random.Random, plan: Raw) -> None:
    if rng.random() < 0.4:
        plan["use"] = ["cap-work-safety-2025"]
    plan["caps"] = [
        {
            "name": "重点",
            "where": {"tags": "high-risk"},
            "column": "standard_level",
            "per_year": {"1": 1, "2": 2, "3": 2, "none": 3},
        },
        {
            "name": "其他",
            "column": "standard_level",
            "per_year": {"1": 1, "2": 1, "3": 2, "none": 2},
            "except": ["complaint", "transfer"],
        },
    ]


def _modifiers(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> tuple[list[Raw], list[Raw]]:
    """One to three modifiers, and findings and accidents of some enterprises, some still open."""
    wheres: list[Raw] = [
        {"open_findings": ">= 1"},
        {"open_findings": ">= 1"},
        {"major_findings": ">= 1"},
        {"events": "accident"},
        {"tags": "high-risk"},
        {"all": [{"open_findings": ">= 1"}, {"grid": "town"}, {"sector": ["fire", "chemicals"]}]},
        {"all": [{"not": {"open_findings": ">= 2"}}, {"class": "A"}]},
    ]
    modifiers = [
        {"name": f"加密{i}", "where": rng.choice(wheres), "times": rng.choice([2, 2, 3, 1.5, 0.5])}
        for i in range(rng.choice([1, 1, 2, 3]))
    ]
    events: list[Raw] = []
    for _ in range(rng.randint(2, 8)):
        day = _day(rng, first - dt.timedelta(days=20), last)
        event: Raw = {"kind": "finding", "enterprise": rng.choice(plan["enterprises"])["id"], "day": str(day)}
        event |= rng.choice([{"severity": "major"}, {"severity": "general"}, {"kind": "accident"}])
        if rng.random() < 0.7:
            event["until"] = str(day + dt.timedelta(days=rng.choice([0, 1, 3, 10, 30, 60])))
        events.append(event)
    return modifiers, events


def _pins(rng: random.Random, plan: Raw, first: dt.date, last: dt.date) -> list[Raw]:
    """Pins that the plan alone does not make impossible: planned and open subjects, people who may go there."""
    pins: list[Raw] = []
    plain = [e for e in plan["enterprises"] if not {"active", "status", "closed"} & set(e)]
    rng.shuffle(plain)
    for e in plain[: rng.randint(1, 4)]:
        family = rng.choice([None, "inspection", "patrol"])
        pin: Raw = {"enterprise": e["id"]}
        kind, day = rng.random(), _day(rng, first, last)
        first_officer = plan["officers"][0]
        willing = e["id"] not in first_officer.get("avoids", []) and not first_officer.get("leave")
        if kind < 0.4:
            pin["window"] = f"{day}/{min(last, day + dt.timedelta(days=rng.randint(11, 16)))}"
            if (last - day).days < 11:
                pin["window"] = f"{max(first, last - dt.timedelta(days=13))}/{last}"
        elif kind < 0.6:
            pin["day"] = str(day)
            family = "patrol"
        elif len(plan["officers"]) > 2:
            pins.append(pin | {"except": [rng.choice(plan["officers"][2:])["id"]]})
            continue
        elif willing:
            pins.append(pin | {"with": ["o0"]})
            continue
        else:
            continue
        if willing and rng.random() < 0.4:
            pin["officers"], family = ["o0"], "patrol"
        if family:
            pin["family"] = family
        if rng.random() < 0.4:
            pin["cause"] = rng.choice(["complaint", "request", "transfer"])
        pins.append(pin)
    return pins
