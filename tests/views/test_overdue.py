"""What is overdue and where targets stand, as Documents: who answers, how late, what is chosen and what is not."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.overdue.made import begun, found, town, visit
from tests.core.plans import firm
from tests.made.ledgers import adopted

from safeplan.core.events.findings import Finding
from safeplan.core.overdue.choice import Wanted, choose_overdue
from safeplan.core.schedule import schedule
from safeplan.views.overdue import overdue_document, who_text
from safeplan.views.status import status_document
from safeplan.words.language import Words

WORDS = Words("en")


@pytest.mark.parametrize(
    ("role", "names", "said"),
    [
        pytest.param(None, ["王强", "李芳"], "王强, 李芳", id="people"),
        pytest.param("lead", ["王强"], "lead: 王强", id="a role and its holder"),
        pytest.param("brigade", ["王强"], "巡查中队: 王强", id="a team by its name"),
        pytest.param("lead", [], "lead", id="a role without a holder"),
        pytest.param(None, list("甲乙丙丁戊"), "5 officers", id="many are counted"),
    ],
)
def test_who_answers(role: str | None, names: list[str], said: str) -> None:
    assert who_text(WORDS, role, names, {"brigade": "巡查中队"}) == said


def test_each_section_is_a_table_on_a_sheet_of_its_own() -> None:
    plan = town(rectification={"deadlines": {"general": "15 days"}})
    of = found(plan, date(2026, 3, 20), *begun(Finding(day=date(2026, 3, 2), enterprise="E1", text="未接地")))
    document = overdue_document(choose_overdue(of, Wanted()), WORDS)
    tables = {section.title: section.tables[0] for section in document.sections if section.tables}
    assert list(tables) == ["Visits not made", "Findings not mended"]
    assert {one.sheet for one in tables.values()} == set(tables)
    keys = [column.key for column in tables["Findings not mended"].columns]
    (row,) = tables["Findings not mended"].rows
    said = dict(zip(keys, row, strict=True))
    assert (said["enterprise"], said["finding"], said["days"]) == ("企业1", "F2", 3)
    assert (said["due"], said["command"]) == (date(2026, 3, 17), "safeplan notice F2")


def test_what_was_edited_out_says_so_and_the_brief_has_a_line_for_each() -> None:
    plan = town()
    events = (adopted(schedule(plan)), *begun(visit("E2", date(2026, 1, 6))))
    of = found(town(enterprises=[firm(2), firm(3, "B")]), date(2026, 2, 1), *events)
    document = overdue_document(choose_overdue(of, Wanted()), WORDS)
    assert [row[2] for row in document.sections[1].tables[0].rows] == ["A (no longer in the plan)"]
    assert document.brief == ("Visits not made: E1 A, days overdue: 1; 李芳",)


def test_an_activity_names_whom_it_is_for() -> None:
    work = [
        {"name": "四进", "kind": "publicity", "each": {"venues": ["学校"]}, "due": "2026-01-30"},
        {"name": "责任书", "kind": "letter", "each": {"where": {"class": "B"}}, "due": "2026-01-30"},
        {"name": "例会", "kind": "meeting", "due": "2026-01-30"},
    ]
    document = overdue_document(choose_overdue(found(town(activities=work), date(2026, 2, 1)), Wanted()), WORDS)
    rows = document.sections[1].tables[0].rows
    assert {row[0]: row[2] for row in rows} == {"四进": "学校", "责任书": "企业3", "例会": ""}


def test_a_trend_is_drawn_where_there_is_a_past() -> None:
    targets = [
        {"name": "覆盖率", "measure": "coverage", "at_least": "100%"},
        {"name": "公示率", "measure": "reported", "at_least": "90%"},
    ]
    of = found(town(targets=targets), date(2026, 3, 9), *begun(visit("E1", date(2026, 2, 3))))
    document = status_document(of, WORDS)
    (chart,) = document.sections[1].charts
    assert (chart.values, chart.unit) == ((0.0, 33.3, 33.3), "%")
    assert [row[5] for row in document.sections[0].tables[0].rows] == ["behind", "no figure"]
