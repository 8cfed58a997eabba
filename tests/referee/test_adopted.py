"""An adopted roster changes as little as it can, and keeps every guarantee all the same.

The independent checker reads the plan with the leave written into it; the scheduler is told of the leave by the ledger.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from tests.made.ledgers import adopted, told

import safeplan
from safeplan.core import roster
from safeplan.core.choice import Choice
from safeplan.core.compare import Change, compare
from safeplan.core.events.changes import Leave
from safeplan.core.schedule import schedule
from safeplan.core.tables import Schedule
from safeplan.output.json import render_json
from safeplan.plan.plan import Plan

from .checker import check
from .plans import Raw, random_plan, write_plan

STREET = Path(__file__).parents[2] / "examples/plans/street.yaml"
KEPT = {"head", "numbers", "visit-id", "quota"}
"""What an adopted roster may do: ids and numbers stay as they were; `head` is the file's checksum."""


@pytest.fixture(scope="module")
def street() -> tuple[Plan, Schedule]:
    plan = safeplan.read_plan(STREET)
    return plan, schedule(plan)


def changed(before: Schedule, after: Schedule) -> int:
    """Count the visits that moved, went, or have other people."""
    diff = compare(before, after)
    return sum(diff.count(kind) for kind in (Change.MOVED, Change.DROPPED, Change.RESTAFFED))


def test_nothing_changes_when_nothing_was_told(street: tuple[Plan, Schedule]) -> None:
    plan, before = street
    after = schedule(plan, told(adopted(before)), plan.first)
    assert compare(before, after).changes.is_empty()
    assert set(after.visits["state"]) == {"adopted"}


@pytest.mark.parametrize("monday", [dt.date(2026, 3, 9), dt.date(2026, 6, 1), dt.date(2026, 9, 14)])
def test_a_week_of_leave_changes_at_most_twice_the_visits_of_that_week(
    street: tuple[Plan, Schedule], monday: dt.date
) -> None:
    plan, before = street
    sunday = monday + dt.timedelta(days=6)
    seen = 0
    for officer in plan.file.officers:
        own = roster.visits(before).filter(
            pl.col("officers").list.contains(officer.id), pl.col("date").is_between(monday, sunday)
        )
        if own.is_empty():
            continue
        away = Leave.model_validate({"day": monday, "officer": officer.id, "days": f"{monday}/{sunday}"})
        after = schedule(plan, told(adopted(before), away), monday)
        assert changed(before, after) <= 2 * len(own), officer.id
        seen += 1
    assert seen >= 8


@pytest.mark.parametrize("like", ["QT0001", "QT0100", "QT0250"])
def test_one_enterprise_more_moves_at_most_a_hundredth(
    street: tuple[Plan, Schedule], like: str, tmp_path: Path
) -> None:
    plan, before = street
    folder = tmp_path / "plans"
    folder.mkdir()
    text = STREET.read_text(encoding="utf-8")
    lines = (STREET.parent / "street-enterprises.csv").read_text(encoding="utf-8").splitlines()
    twin = next(line for line in lines if line.startswith(like)).replace(like, "QT9999").split(",")
    (folder / "street-enterprises.csv").write_text("\n".join([*lines, ",".join(twin)]) + "\n", encoding="utf-8")
    (folder / "street.yaml").write_text(text, encoding="utf-8")
    more = safeplan.read_plan(folder / "street.yaml")
    after = schedule(more, told(adopted(before)), plan.first)
    diff = compare(before, after)
    assert diff.count(Change.ADDED) >= 1
    moved = diff.changes.filter(pl.col("change") == Change.MOVED.value)
    by_month = Counter(day.month for day in moved["was"])
    a_month = Counter(day.month for day in roster.visits(before)["date"])
    assert all(n <= max(2, a_month[month] / 100) for month, n in by_month.items())


def _with_leave(raw: Raw, officer: str, span: str) -> Raw:
    changed_: dict[str, Any] = json.loads(json.dumps(raw, default=str))
    for one in changed_["officers"]:
        if one["id"] == officer:
            leave = one.get("leave", [])
            one["leave"] = [*(leave if isinstance(leave, list) else [leave]), span]
    return changed_


@pytest.mark.parametrize("chunk", range(4))
def test_random_plans_keep_every_guarantee_after_leave(chunk: int, tmp_path: Path) -> None:
    """Besides, over all plans little more changes than what the officer had that week."""
    touched = total = 0
    for seed in range(25 * chunk, 25 * chunk + 25):
        rng = random.Random(seed)
        raw = random_plan(rng, 12)
        plan = safeplan.read_plan(write_plan(tmp_path / str(seed), raw))
        before = schedule(plan)
        officer = rng.choice(plan.file.officers).id
        first = plan.first + dt.timedelta(days=rng.randrange(max(1, (plan.last - plan.first).days - 7)))
        span = f"{first}/{first + dt.timedelta(days=6)}"
        away = Leave.model_validate({"day": plan.first, "officer": officer, "days": span})
        after = schedule(plan, told(adopted(before), away), plan.first)
        path = write_plan(tmp_path / f"{seed}-leave", _with_leave(raw, officer, span))
        found = check(path, json.loads(render_json(after, Choice(with_surprise=True))))
        assert [one for one in found if one.rule not in KEPT] == [], f"plan {seed}"
        own = roster.visits(before).filter(
            pl.col("officers").list.contains(officer),
            pl.col("date").is_between(first, first + dt.timedelta(days=6)),
        )
        touched += len(own)
        total += changed(before, after)
    assert total <= 3 * touched
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["officers"]
