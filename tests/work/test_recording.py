"""The desk: what is told is checked against the ledger that it is added to, however many tell at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from cli.recording import PLAN
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Penalty
from safeplan.core.events.rosters import Issued, IssuedVisit
from safeplan.core.events.visits import VisitMade
from safeplan.ledger.place import LedgerPlace
from safeplan.plan.fields import EnterpriseRef
from safeplan.work.adopt import Approval, adopt
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Before, Desk
from safeplan.work.recording.planned import find_planned, fixed_visits, planned_on
from safeplan.work.recording.visits import VisitTold, visit_events
from safeplan.work.schedules import read


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return Desk(path, read(path), LedgerPlace(tmp_path / "safeplan.db"), "王会计")


def penalty(text: str = "") -> Penalty:
    return Penalty(day=date(2026, 3, 2), enterprise=EnterpriseRef("Q1"), text=text)


def test_what_was_prepared_on_an_older_ledger_is_prepared_anew(desk: Desk) -> None:
    seen: list[int] = []

    def prepare(before: Before) -> Sequence[Event]:
        seen.append(before.history.head.events)
        if len(seen) == 1:  # somebody else is quicker
            desk.record(lambda _: [penalty("another")])
        return [penalty()]

    told = desk.record(prepare)
    assert seen == [0, 1]
    assert told.numbers == (2,)


def test_what_is_refused_leaves_no_ledger(desk: Desk) -> None:
    def refuse(before: Before) -> Sequence[Event]:
        raise WorkError("no-reason")

    with pytest.raises(WorkError, match="no-reason"):
        desk.record(refuse)
    assert not (desk.path.parent / "safeplan.db").exists()


def test_nothing_to_tell_is_told_without_a_ledger(desk: Desk) -> None:
    assert desk.record(lambda before: []).numbers == ()
    assert not (desk.path.parent / "safeplan.db").exists()


def test_what_the_ledger_tells_afterwards_is_known_beforehand(desk: Desk) -> None:
    told = desk.record(lambda before: [penalty("1"), penalty("2")])
    assert told.after().of(Penalty)["number"].to_list() == [1, 2]
    assert desk.look().history.of(Penalty)["text"].to_list() == told.after().of(Penalty)["text"].to_list()


def test_the_adopted_roster_names_a_visit_of_its_time_without_a_schedule(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt(desk, Approval())
    before = desk.look()
    monkeypatch.setattr("safeplan.work.recording.planned.schedule", None)
    for row in fixed_visits(before).iter_rows(named=True):
        subject = row["enterprise"] or row["grid"]
        assert planned_on(before, subject, row["day"])["id"][0] == row["id"]
        assert row["first"] <= row["day"] <= row["last"]
        assert planned_on(before, subject, row["last"])["id"][0] == row["id"]


def test_a_visit_that_was_made_is_not_named_again(desk: Desk) -> None:
    adopt(desk, Approval())
    first = visit_events(desk, VisitTold("Q4", day="2026-03-02"), desk.look())
    desk.record(lambda before: first)
    (again,) = visit_events(desk, VisitTold("Q4", day="2026-03-09"), desk.look())
    assert isinstance(first[0], VisitMade)
    assert isinstance(again, VisitMade)
    assert first[0].visit == "class-A/Q4/2026-03/1"
    assert again.visit == ""


def test_a_week_that_was_sent_out_says_what_its_visits_serve_and_not_the_roster_before_it(desk: Desk) -> None:
    adopt(desk, Approval())
    day, served = date(2026, 3, 2), ("class-A/Q4/2026-03/1", "anything-else/Q4/2026-03/1")
    row = fixed_visits(desk.look()).filter(pl.col("id") == served[0]).row(0, named=True)
    assert tuple(row["serves"]) != served
    sent = IssuedVisit.model_validate(
        {"id": served[0], "day": day, "enterprise": "Q4", "serves": served, "until": date(2026, 3, 31)}
    )
    plan = desk.plan.file.name
    desk.record(
        lambda before: [Issued(day=day, plan=plan, first=day, last=day, serial=1, sha256="0" * 64, visits=(sent,))]
    )
    assert tuple(find_planned(desk.look(), served[0], day)["serves"][0]) == served
