"""The roster as a Document: figures with what they are measured against, days and crews, what is missing and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from made.schedules import made_plan, made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.document import Document, Table
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.views.roster import overview_document, roster_document, workbook_document
from safeplan.words.language import Words

EN = Words("en")


def _document(choice: Choice | None = None) -> Document:
    return roster_document(choose(made_schedule(), choice or Choice()), EN)


def _table(document: Document, title: str) -> Table:
    return next(section.tables[0] for section in document.sections if section.title == title)


def _notes(document: Document) -> list[str]:
    return [note.text for section in document.sections for note in section.notes]


def test_the_summary_says_figures_beside_their_bounds():
    notes = _notes(_document())
    assert "10 visits owed, 8 placed" in notes
    assert "1 unplaced (proved: at least 1)" in notes
    assert any("busiest day: 3 visits" in note and "fewer than 2" in note for note in notes)


def test_the_roster_is_grouped_by_day_and_crew():
    table = _table(_document(), "Roster")
    assert table.group == ("date", "weekday", "crew")
    assert [row[:5] for row in table.rows[:3]] == [
        (date(2026, 3, 2), "Mon", "王强, 李芳", 1, "隆盛农贸市场"),
        (date(2026, 3, 2), "Mon", "王强, 李芳", 2, "楚天塑业有限公司"),
        (date(2026, 3, 2), "Mon", "陈立", 1, ""),
    ]
    assert table.sheet and table.signatures


def test_a_visit_says_every_rule_that_it_serves():
    assert _table(_document(), "Roster").rows[0][8] == "信访件, A类"


def test_what_is_missing_says_why_in_one_sentence():
    table = _table(_document(), "Unplaced")
    assert "4 days × 5 = 20 possible, 6 short" in str(table.rows[0][0])
    assert table.rows[0][-1] == "class-A/E0001/2026-02/1"


def test_surprise_visits_are_not_shown_and_the_foot_says_how_many():
    document = _document()
    assert "2 visits not shown" in document.foot[0].text
    assert all("飞行" not in str(row) for row in _table(document, "Roster").rows)
    shown = _document(Choice(with_surprise=True))
    assert not shown.foot
    assert len(_table(shown, "Roster").rows) == 7


def test_brief_lines_number_the_stops_of_each_crew():
    assert _document().brief == (
        "Mon 2 Mar 王强, 李芳: ①隆盛农贸市场 ②楚天塑业",
        "Mon 2 Mar 陈立: ①东街村",
        "Tue 10 Mar 李芳, 王强: ①=丙厂[/东区]",
        "Tue 7 Apr self-check: ①丁店",
    )


def test_the_overview_shows_all_figures_and_one_week():
    schedule = made_schedule()
    week = choose(schedule, Choice(date(2026, 3, 9), date(2026, 3, 15)))
    document = overview_document(choose(schedule, Choice()), week, EN)
    assert len(_table(document, "Roster").rows) == 1
    assert len(_table(document, "Unplaced").rows) == 1
    assert not any(section.charts for section in document.sections)


def test_the_workbook_has_a_sheet_for_each_officer_with_visits():
    document = workbook_document(choose(made_schedule(), Choice()), EN)
    sheets = [table.sheet for section in document.sections for table in section.tables if table.sheet]
    assert sheets == ["Roster", "Unplaced", "王强", "李芳", "陈立"]


def test_loads_are_drawn_for_every_day_that_was_chosen():
    document = _document(Choice(date(2026, 3, 1), date(2026, 3, 31)))
    heat = next(chart for section in document.sections for chart in section.charts if chart.kind == "heat")
    assert len(heat.labels) == 31
    assert sum(heat.values) == 4


@pytest.mark.parametrize("name", sorted(DOCUMENT_FORMATS))
def test_every_format_takes_it_and_none_tells_a_contact(name: str):
    chosen = choose(made_schedule(), Choice(with_surprise=True))
    data = DOCUMENT_FORMATS[name].render(workbook_document(chosen, EN), Options(width=80))
    assert data
    assert b"13800000000" not in data and "周经理".encode() not in data


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_screen_is_never_wider_than_it_is(width: int):
    from safeplan.output.cells import text_width

    data = DOCUMENT_FORMATS["terminal"].render(_document(), Options(width=width)).decode()
    assert max(text_width(line) for line in data.splitlines()) <= width


def test_an_empty_schedule_says_so():
    schedule = made_schedule(made_plan())
    empty = replace(
        schedule, visits=schedule.visits.clear(), serves=schedule.serves.clear(), crews=schedule.crews.clear()
    )
    document = roster_document(choose(empty, Choice()), EN)
    assert list(_table(document, "Roster").rows) == []
    assert document.brief == ()
