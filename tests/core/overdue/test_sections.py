"""The other sections of what is overdue: findings, activities, papers, vacancies, targets; and choosing of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.core.overdue.made import begun, found, ids, section, town, visit
from tests.core.plans import CREW, firm

from safeplan.core.events.findings import Extension, Finding, Penalty, Rectified, Reinspection
from safeplan.core.events.work import ActivityDone, Figure, Waived
from safeplan.core.overdue.choice import Wanted, choose_overdue
from safeplan.core.overdue.rows import Section

FOUND = date(2026, 3, 2)
RECTIFICATION: dict[str, Any] = {
    "rectification": {
        "deadlines": {"general": "15 days", "major": "30 days"},
        "reinspect": {"within": "10 workdays"},
        "overdue": [
            {"after": "0 days", "step": "督促", "to": "coordinator"},
            {"after": "10 days", "step": "挂牌督办", "to": "lead"},
            {"after": "30 days", "step": "提请关闭取缔", "to": "zhang"},
        ],
    },
    "grids": [
        {"id": "town", "name": "镇", "level": "镇", "roles": {"lead": "chen"}},
        {"id": "dong", "name": "东街村", "level": "村", "parent": "town", "roles": {"coordinator": "huang"}},
    ],
    "officers": [*CREW["officers"], *({"id": one, "name": one.title()} for one in ("chen", "huang", "zhang"))],
    "enterprises": [firm(1, grid="dong"), firm(2), firm(3, "B")],
}


@pytest.mark.parametrize(
    ("as_of", "row"),
    [
        pytest.param(date(2026, 3, 18), (1, "coordinator", ["huang"], 0, 1, date(2026, 3, 28)), id="the first step"),
        pytest.param(date(2026, 3, 27), (10, "coordinator", ["huang"], 0, 1, date(2026, 3, 28)), id="its last day"),
        pytest.param(date(2026, 3, 28), (11, "lead", ["chen"], 1, 2, date(2026, 4, 17)), id="a role of the grid above"),
        pytest.param(date(2026, 4, 17), (31, None, ["zhang"], 2, -1, None), id="a person, the last step"),
    ],
)
def test_a_finding_that_is_not_mended_climbs_the_ladder(as_of: date, row: tuple[Any, ...]) -> None:
    of = found(town(**RECTIFICATION), as_of, Finding(day=FOUND, enterprise="E1", text="配电箱未接地", officers=("li",)))
    rows = section(of, "rectification")
    assert rows.select("days", "role", "officers", "step", "next_step", "next_day").rows() == [row]
    assert rows.select("id", "kind", "name", "subject", "due", "next", "argument").row(0) == (
        "F1", "general", "配电箱未接地", "E1", date(2026, 3, 17), "notice", "F1",
    )  # fmt: skip


def test_who_found_it_answers_while_no_step_applies() -> None:
    finding = Finding(day=FOUND, enterprise="E1", officers=("li",))
    of = found(town(**RECTIFICATION), date(2026, 3, 15), finding, until=date(2026, 3, 17))
    row = section(of, "rectification").row(0, named=True)
    assert (row["officers"], row["overdue"], row["days"], row["next"]) == (["li"], False, -2, "record-rectified")
    assert ids(found(town(**RECTIFICATION), date(2026, 3, 15), finding), "rectification") == []


@pytest.mark.parametrize(
    ("step", "due"),
    [
        pytest.param([], date(2026, 3, 31), id="from the deadline"),
        pytest.param([Rectified(day=date(2026, 3, 4), finding=1)], date(2026, 3, 18), id="from the request"),
        pytest.param([Reinspection.model_validate({"day": "2026-03-20", "finding": 1, "verdict": "pass"})], None,
                     id="it passed"),
        pytest.param([Waived(day=FOUND, what="reinspection/E1/2026-03-17..2026-03-31/1", reason="已关停")], None,
                     id="it was waived"),
    ],
)  # fmt: skip
def test_a_reinspection_is_overdue_when_its_time_is_over(step: list[Any], due: date | None) -> None:
    of = found(town(**RECTIFICATION), date(2026, 4, 1), Finding(day=FOUND, enterprise="E1"), *step)
    assert section(of, "reinspection")["due"].to_list() == ([] if due is None else [due])


def test_an_extension_waits_from_the_day_on_which_it_was_asked() -> None:
    asked = Extension.model_validate({"day": "2026-03-10", "finding": 1, "until": "2026-05-01"})
    of = found(town(**RECTIFICATION), date(2026, 3, 15), Finding(day=FOUND, enterprise="E1", officers=("li",)), asked)
    row = section(of, "extensions").row(0, named=True)
    assert (row["id"], row["days"], row["overdue"], row["officers"]) == ("F1", 5, True, ["li"])
    granted = Extension.model_validate({"day": "2026-03-12", "finding": 1, "answer": "granted", "until": "2026-05-01"})
    after = found(
        town(**RECTIFICATION), date(2026, 3, 15), Finding(day=FOUND, enterprise="E1", officers=("li",)), asked, granted
    )
    assert ids(after, "extensions") == []


ACTIVITIES = {
    "activities": [
        {"name": "责任书", "kind": "letter", "due": "2026-01-30", "owner": "wang"},
        {"name": "例会", "kind": "meeting", "every": "month", "day": "2nd workday", "owner": "li"},
    ]
}


def test_activities_are_overdue_until_they_are_ticked_or_waived() -> None:
    plan, as_of = town(**ACTIVITIES), date(2026, 2, 10)
    assert ids(found(plan, as_of), "activities") == [
        "activity-例会/-/2026-01/1", "activity-责任书/-/2026-01-30/1", "activity-例会/-/2026-02/1",
    ]  # fmt: skip
    ticked = ActivityDone(day=date(2026, 2, 3), activity="activity-例会/-/2026-02/1")
    given_up = Waived(day=as_of, what="activity-例会/-/2026-01/1", reason="合并召开")
    of = found(plan, as_of, *begun(ticked, given_up))
    assert ids(of, "activities") == ["activity-责任书/-/2026-01-30/1"]
    row = section(of, "activities").row(0, named=True)
    assert (row["kind"], row["officers"], row["days"], row["next"]) == ("letter", ["wang"], 11, "record-activity")


def test_what_was_due_before_the_ledger_is_not_claimed() -> None:
    of = found(town(**ACTIVITIES), date(2026, 2, 10), visit("E1", date(2026, 2, 2)))
    assert ids(of, "activities") == ["activity-例会/-/2026-02/1"]


@pytest.mark.parametrize(
    ("as_of", "rows"),
    [
        pytest.param(date(2026, 7, 31), [], id="the reminder has not begun"),
        pytest.param(date(2026, 8, 1), [("许可证", -60, False)], id="60 days before"),
        pytest.param(date(2026, 9, 30), [("许可证", 0, False)], id="on its last day it holds"),
        pytest.param(date(2026, 10, 1), [("许可证", 1, True)], id="the day after it has expired"),
    ],
)
def test_permits_are_reminded_of_and_expire(as_of: date, rows: list[Any]) -> None:
    held = [{"name": "许可证", "expires": "2026-09-30"}]
    plan = town(permit_reminder="60 days", enterprises=[firm(1, permits=held), firm(2), firm(3, "B")])
    assert section(found(plan, as_of), "permits").select("id", "days", "overdue").rows() == rows


def test_a_permit_that_was_renewed_counts_by_its_last_day_and_one_of_last_year_is_expired() -> None:
    held = [{"name": "许可证", "expires": "2026-01-31"}, {"name": "许可证", "expires": "2029-01-31"}]
    old = [{"name": "卫生证", "expires": "2025-06-30"}]
    plan = town(enterprises=[firm(1, permits=held), firm(2, permits=old), firm(3, "B", status="注销", permits=old)])
    assert section(found(plan, date(2026, 6, 1)), "permits").select("subject", "id").rows() == [("E2", "卫生证")]


def test_certificates_of_officers_expire_too() -> None:
    officers = [{**CREW["officers"][0], "certificate": {"number": "1", "expires": "2026-05-31"}}, CREW["officers"][1]]
    of = found(town(officers=officers), date(2026, 6, 3))
    row = section(of, "permits").row(0, named=True)
    assert (row["kind"], row["id"], row["days"], row["officers"]) == ("certificate", "wang", 3, ["wang"])


def test_an_empty_role_is_overdue_and_the_holder_above_answers() -> None:
    plan = town(**RECTIFICATION, staffing=[{"level": "村", "roles": {"lead": 1, "coordinator": 1}}])
    row = section(found(plan, date(2026, 2, 1)), "vacancies").row(0, named=True)
    assert (row["role"], row["subject"], row["days"], row["overdue"]) == ("lead", "dong", 32, True)
    assert (row["officers"], row["figure"], row["wanted"]) == (["chen"], 0, 1)


TARGETS = {
    "targets": [
        {"name": "A类覆盖率", "measure": "coverage", "where": {"class": "A"}, "at_least": "100%", "due": "2026-06-30"},
        {"name": "公示率", "measure": "reported", "at_least": "90%"},
    ]
}


def test_a_target_is_overdue_when_its_day_has_passed_and_the_goal_is_not_met() -> None:
    plan, events = town(**TARGETS), begun(visit("E1", date(2026, 1, 5)))
    rows = section(found(plan, date(2026, 6, 30), *events), "targets")
    assert rows.select("id", "days", "overdue", "figure", "wanted").rows() == [
        ("A类覆盖率", 0, False, 0.5, 1.0), ("公示率", -184, False, None, 0.9),
    ]  # fmt: skip
    assert found(plan, date(2026, 7, 1), *events).rows.filter(section="targets", overdue=True)["id"].to_list() == [
        "A类覆盖率"
    ]
    met = (*events, visit("E2", date(2026, 2, 5)), Figure(day=date(2026, 3, 1), target="公示率", value=0.9))
    assert ids(found(plan, date(2026, 7, 1), *met), "targets") == []


def test_penalties_near_a_threshold_are_told() -> None:
    of = found(town(), date(2026, 3, 1), *(Penalty(day=date(2026, 2, n), enterprise="E1") for n in (2, 9, 16)))
    assert of.penalties.select("enterprise", "half_year", "reached").rows() == [("E1", 3, True)]


def test_sections_officers_and_grids_choose_and_hidden_rows_are_counted() -> None:
    plan = town(
        **RECTIFICATION, staffing=[{"level": "村", "roles": {"lead": 1}}],
        priorities={"M01": [{"name": "飞行检查", "where": {"class": "B"}, "visits": 1, "surprise": True}]},
    )  # fmt: skip
    of = found(plan, date(2026, 3, 28), *begun(Finding(day=FOUND, enterprise="E1")))
    whole = choose_overdue(of, Wanted())
    assert whole.surprise == 1 and whole.count == of.count
    assert "surprise" not in whole.overdue.rows["hidden"].to_list()
    assert choose_overdue(of, Wanted(with_surprise=True)).overdue.rows.height == of.rows.height
    assert set(choose_overdue(of, Wanted(sections=(Section.VACANCIES,))).overdue.rows["section"]) == {"vacancies"}
    dong = choose_overdue(of, Wanted(grid=plan.grids["dong"])).overdue.rows
    assert set(dong["subject"]) == {"E1", "dong"}
    chen = choose_overdue(of, Wanted(officer=plan.officers["chen"])).overdue.rows
    assert dict(chen.group_by("section").len().iter_rows()) == {"rectification": 1, "vacancies": 1}


def test_the_latest_stands_first_in_its_section_and_sections_in_their_order() -> None:
    events = begun(Finding(day=FOUND, enterprise="E1"), Finding(day=date(2026, 3, 1), enterprise="E2"))
    rows = found(town(**RECTIFICATION, **ACTIVITIES), date(2026, 4, 1), *events).rows
    order = [one.value for one in Section]
    assert [order.index(one) for one in rows["section"]] == sorted(order.index(one) for one in rows["section"])
    for _, part in rows.group_by("section"):
        assert part["due"].is_sorted()
    assert rows.filter(pl.col("section") == "rectification")["subject"].to_list() == ["E2", "E1"]
