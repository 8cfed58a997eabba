"""Every visit can say why it is there, and every missing one why not."""

from __future__ import annotations

from datetime import date

from made.schedules import C, made_schedule
from safeplan.core.choice import Choice, Chosen, choose
from safeplan.document import Document
from safeplan.views.explain import (
    explain_day,
    explain_enterprise,
    explain_grid,
    explain_obligation,
    explain_officer,
    explain_visit,
)
from safeplan.words.language import Words

EN = Words("en")


def _chosen(*, with_surprise: bool = False) -> Chosen:
    return choose(made_schedule(), Choice(with_surprise=with_surprise))


def _text(document: Document) -> str:
    parts = [document.title, *(note.text for note in document.head)]
    for section in document.sections:
        parts += [section.title, *(note.text for note in section.notes)]
        parts += [str(row) for table in section.tables for row in table.rows]
    return "\n".join(parts)


def test_an_enterprise_says_class_grid_cap_and_last_visit():
    text = _text(explain_enterprise(_chosen(), 0, EN))
    assert text.startswith("楚天塑业有限公司 (E0001)")
    for fact in ("class A类", "grid 东街村", "at most 2 inspections a year", "18 Nov 2025"):
        assert fact in text


def test_an_enterprise_shows_what_is_owed_and_why_one_is_missing():
    document = explain_enterprise(_chosen(), 0, EN)
    text = _text(document)
    assert "('A类', '1 per month', 2, 1, 'plan.yaml:40')" in text
    assert "A类 1–28 Feb: 巡查中队, 2–12 Feb: 26 visits owed" in text
    assert "add 2 crew-days, or move 6 visits" in text


def test_a_visit_says_rule_line_window_and_cause():
    document = explain_visit(_chosen(), 0, EN)
    rows = document.sections[0].tables[0].rows
    assert rows[0][2:6] == ("信访件 (complaint)", "Mon 2 Mar", "all of it", "plan.yaml:50")
    assert rows[1][2:6] == ("A类", "1–31 Mar", "all of it", "plan.yaml:40")


def test_the_law_of_a_rule_is_printed_as_it_stands():
    schedule = made_schedule()
    document = explain_visit(choose(schedule, Choice()), 3, EN)
    assert document.sections[0].tables[0].rows[0][6] == schedule.plan.rules[C].model.source != ""


def test_an_obligation_is_explained_by_its_visit_or_by_what_hinders_it():
    assert "Crew 1" in _text(explain_obligation(_chosen(), 1, EN))
    assert "6 short" in _text(explain_obligation(_chosen(), 8, EN))


def test_a_grid_counts_what_is_owed_below_it_too():
    text = _text(explain_grid(_chosen(), 0, EN))
    assert "4 enterprises" in text
    assert "丁店" in text
    assert "6 short" in text


def test_an_officer_says_visits_and_absences():
    text = _text(explain_officer(_chosen(), 0, EN))
    assert "3 visits on 2 days" in text
    assert "away: 9–11 Feb, Thu 12 Feb (afternoon)" in text
    assert "team: 巡查中队" in text


def test_an_officer_without_a_certificate_is_told_what_that_means():
    assert "never counts as certified" in _text(explain_officer(_chosen(), 2, EN))


def test_a_day_says_whether_it_is_worked_and_who_is_away():
    assert "a working day" in _text(explain_day(_chosen(), date(2026, 2, 10), EN))
    assert "away: 王强" in _text(explain_day(_chosen(), date(2026, 2, 10), EN))
    assert "a day off" in _text(explain_day(_chosen(), date(2026, 1, 1), EN))


def test_a_surprise_visit_is_never_told_unless_it_is_asked_for():
    hidden = explain_enterprise(_chosen(), 3, EN)
    assert "飞行检查" not in _text(hidden)
    assert "1" not in hidden.foot[0].text
    assert "飞行检查" in _text(explain_enterprise(_chosen(with_surprise=True), 3, EN))
    assert "飞行检查" not in _text(explain_grid(_chosen(), 2, EN))
    assert "丁店" not in _text(explain_day(_chosen(), date(2026, 3, 10), EN))
