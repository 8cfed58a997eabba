"""A roster as it was issued: the same visits, whatever was told or planned since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import safeplan
from cli.recording import PLAN
from made.ledgers import told
from safeplan.core import roster
from safeplan.core.as_issued import LeftThePlanError, as_issued, changes, paper_of, replaced_by
from safeplan.core.calendar import calendar_of
from safeplan.core.choice import Choice, choose
from safeplan.core.events.changes import Leave, Requested
from safeplan.core.events.rosters import Issued
from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan
from safeplan.reading.plan import read_plan
from safeplan.terms.span import Span
from safeplan.work.issue import roster_of

MONDAY, SUNDAY = date(2026, 3, 9), date(2026, 3, 15)
WEEK = Span(MONDAY, SUNDAY)
TEXT = PLAN.replace(
    "patrols: [",
    "quotas: [{name: 月检查量, team: t, at_least: 3, per: week}]\n"
    "spot_checks: [{name: 双随机, share: 50%, per: month, seed: {}}]\n"
    "patrols: [",
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return read(path)


def read(path: Path) -> Plan:
    found = read_plan(path)
    assert found.plan is not None, found.diagnostics
    return found.plan


@pytest.fixture(scope="module")
def made(plan: Plan) -> Schedule:
    return safeplan.schedule(plan, today=date(2026, 3, 5))


def issued(made: Schedule, serial: int = 1, replaces: int | None = None, drop: int = 0, days: Span = WEEK) -> Issued:
    facts = {"plan": made.plan.file.name, "first": days.first, "last": days.last, "serial": serial}
    own = {"day": date(2026, 3, 5), "sha256": "ab" * 32, "replaces": replaces}
    return Issued.model_validate(facts | own | {"visits": roster_of(made, days)[drop:]})


@pytest.mark.parametrize("days", [WEEK, Span(date(2026, 1, 1), date(2026, 12, 31))], ids=str)
def test_it_holds_the_visits_of_the_schedule_that_was_issued(plan: Plan, made: Schedule, days: Span) -> None:
    history = told(issued(made, days=days))
    paper = paper_of(history, plan.file.name, days.first, days.last)
    assert paper is not None
    again = as_issued(plan, calendar_of(plan), history, paper)
    chosen = choose(made, Choice(days.first, days.last, with_surprise=True)).schedule
    shown = [one for one in roster.VISIT_COLUMNS if one not in ("state", "crew", "rules")]
    was, now = roster.visits(chosen), roster.visits(again)
    assert len(was) >= 3
    assert now.select(shown).rows() == was.select(shown).rows()
    assert [sorted(one) for one in now["rules"]] == [sorted(one) for one in was["rules"]]
    assert set(now["state"]) == {"issued"}
    assert now.select("date", "crew").rows() == was.select("date", "crew").rows()
    assert sorted(roster.activities(again)["id"]) == sorted(roster.activities(chosen)["id"])


def test_what_was_told_since_changes_no_paper(plan: Plan, made: Schedule) -> None:
    event, calendar = issued(made), calendar_of(plan)
    later = told(
        event,
        Leave(day=MONDAY, officer="zhao", days="2026-03-09/2026-03-15"),
        Requested(day=MONDAY, enterprise="Q1", within="3 days"),
    )
    paper = paper_of(later, plan.file.name, MONDAY, SUNDAY)
    assert paper is not None
    found = as_issued(plan, calendar, later, paper)
    assert roster.visits(found).equals(roster.visits(as_issued(plan, calendar, told(event), paper)))


def test_another_week_or_plan_was_not_issued(plan: Plan, made: Schedule) -> None:
    history = told(issued(made))
    assert paper_of(history, plan.file.name, date(2026, 3, 16), date(2026, 3, 22)) is None
    assert paper_of(history, "别的", MONDAY, SUNDAY) is None


def test_the_last_paper_holds_and_knows_the_one_it_replaces(plan: Plan, made: Schedule) -> None:
    history = told(issued(made), issued(made, 2, 1, drop=1))
    paper = paper_of(history, plan.file.name, MONDAY, SUNDAY)
    assert paper is not None and paper.serial == 2
    before = replaced_by(history, plan.file.name, paper)
    assert before is not None and before.serial == 1
    gone = before.visits["id"][0]
    assert changes(before.visits, paper.visits).rows() == [(gone, "dropped", before.visits["day"][0])]


def test_changes_name_each_kind() -> None:
    def visits(*rows: tuple[str, str, list[str]]) -> pl.DataFrame:
        frame = pl.DataFrame(rows, schema=["id", "day", "officers"], orient="row")
        return frame.with_columns(pl.col("day").str.to_date())

    before = visits(("a", "2026-03-09", ["x"]), ("b", "2026-03-09", ["x"]), ("c", "2026-03-09", ["x"]))
    now = visits(("b", "2026-03-10", ["x"]), ("c", "2026-03-09", ["y", "x"]), ("d", "2026-03-09", ["x"]))
    assert sorted(changes(before, now).rows()) == [
        ("a", "dropped", MONDAY), ("b", "moved", MONDAY), ("c", "restaffed", MONDAY), ("d", "added", None),
    ]  # fmt: skip
    assert changes(now, now).is_empty()


@pytest.mark.parametrize("gone", ["Q1", "zhang", "patrol-夜巡"])
def test_what_left_the_plan_is_named(plan: Plan, made: Schedule, gone: str, tmp_path: Path) -> None:
    history = told(issued(made, days=Span(plan.first, plan.last)))
    paper = paper_of(history, plan.file.name, plan.first, plan.last)
    assert paper is not None
    text = TEXT.replace("id: Q1,", "id: Q9,").replace("id: zhang,", "id: zhanghua,") if gone != "patrol-夜巡" else TEXT
    path = tmp_path / "plan.yaml"
    path.write_text(text.replace("name: 夜巡", "name: 晨巡") if gone.startswith("patrol") else text, encoding="utf-8")
    other = read(path)
    with pytest.raises(LeftThePlanError) as refused:
        as_issued(other, calendar_of(other), history, paper)
    assert refused.value.names
