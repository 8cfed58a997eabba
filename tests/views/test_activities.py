"""Activities are shown where people look for them: roster, own sheet, explanations, JSON and calendar."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import icalendar
import pytest

import safeplan
from core.plans import plan_of
from safeplan.core.choice import Choice, Chosen, choose
from safeplan.document import Document
from safeplan.output import ics
from safeplan.output.json import render_json
from safeplan.views.roster import roster_document, workbook_document
from safeplan.words.language import Words
from safeplan.work.explain import explanation
from safeplan.work.lookup import find_grid, find_officer

PLAN: dict[str, Any] = {
    "period": 2026,
    "language": "en",
    "grids": [{"id": "town", "name": "镇"}, {"id": "dong", "name": "东村", "level": "村", "parent": "town"}],
    "officers": [{"id": "wang", "name": "王强", "grids": ["town"]}, {"id": "li", "name": "李芳", "grids": ["town"]}],
    "activities": [
        {"name": "演练", "kind": "drill", "month": 10, "owner": "wang", "evidence": "照片、签到", "audience": "全体"},
        {"name": "考核", "kind": "assessment", "each": {"grids": {"level": "村"}}, "due": "2026-12-18", "owner": "li",
         "veto": ["发生亡人事故"]},
    ],
}  # fmt: skip
DRILL = "activity-演练/-/2026-10/1"
ASSESSMENT = "activity-考核/dong/2026-12-18/1"


@cache
def _made() -> safeplan.Schedule:
    return safeplan.schedule(plan_of(PLAN))


def _chosen(choice: Choice | None = None) -> Chosen:
    return choose(_made(), choice or Choice())


def _names(document: Document) -> list[object]:
    tables = [table for section in document.sections for table in section.tables]
    return [row[3] for table in tables if table.columns[3].key == "activity" for row in table.rows]


def test_the_roster_has_a_section_with_evidence_and_veto() -> None:
    document = roster_document(_chosen(), Words("en"))
    (section,) = [one for one in document.sections if one.title == "Activities"]
    rows = [tuple(map(str, row)) for row in section.tables[0].rows]
    assert rows == [
        ("2026-10-30", "Fri", "drill", "演练", "", "王强", "照片、签到", "for 全体"),
        ("2026-12-18", "Fri", "assessment", "考核", "东村", "李芳", "", "veto: 发生亡人事故"),
    ]


def test_each_officer_has_them_on_a_sheet_to_sign() -> None:
    sheets = workbook_document(_chosen(), Words("en")).sections[-1].tables
    assert [(one.sheet, one.rows[0][3], bool(one.signatures)) for one in sheets] == [
        ("王强", "演练", True),
        ("李芳", "考核", True),
    ]


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("wang", ["演练"]), ("李芳", ["考核"]), ("dong", ["考核"]), ("2026-10-30", ["演练"]), (DRILL, ["演练"]),
        ("activity-考核", ["考核"]),
    ],
)  # fmt: skip
def test_explain_lists_those_of(what: str, names: list[str]) -> None:
    assert _names(explanation(_made(), what, Words("en"))) == names


def test_filters_choose_by_officer_grid_and_day() -> None:
    plan = _made().plan
    for choice, expected in (
        (Choice(officer=find_officer(plan, "wang")), ["演练"]),
        (Choice(grid=find_grid(plan, "东村")), ["考核"]),
        (Choice(first=plan.last.replace(day=14)), ["考核"]),
    ):
        assert _names(roster_document(_chosen(choice), Words("en"))) == expected


def test_json_is_the_contract() -> None:
    made = json.loads(render_json(_made()))["activities"]
    assert made[1] == {
        "id": ASSESSMENT, "rule": "activity-考核", "kind": "assessment", "name": "考核", "from": "2026-01-01",
        "due": "2026-12-18", "owners": ["li"], "grid": "dong", "enterprise": None, "source": made[1]["source"],
    }  # fmt: skip
    assert list(made[1]) == ["id", "rule", "kind", "name", "from", "due", "owners", "grid", "enterprise", "source"]


def test_the_calendar_has_an_event_on_the_due_day() -> None:
    events = icalendar.Calendar.from_ical(ics.render(_chosen(), Words("en"))).walk("VEVENT")
    found = [(str(one["uid"]), str(one["summary"]), str(one.decoded("dtstart"))) for one in events]
    assert found == [
        (f"{DRILL}@safeplan", "演练", "2026-10-30"),
        (f"{ASSESSMENT}@safeplan", "考核 东村", "2026-12-18"),
    ]
