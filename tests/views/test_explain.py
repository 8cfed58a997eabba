"""Every visit can say why it is there, and every missing one why not."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import yaml

from core.plans import plan_of
from made.schedules import C, made_schedule
from safeplan.core.choice import Choice, Chosen, choose
from safeplan.core.schedule import schedule
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


RAISED = yaml.safe_load("""
period: 2026
teams: [{id: brigade, name: 中队}]
grids: [{id: town, name: 镇}]
officers:
  - {id: wang, name: 王强, grids: [town], teams: [brigade]}
classes: {A: {label: A类, visits: 1 per quarter, family: patrol}}
modifiers:
  - {name: 有未整改隐患, where: {open_findings: ">= 1"}, times: 2}
  - {name: 有重大隐患, where: {major_findings: ">= 1"}, times: 3}
events:
  - {kind: finding, enterprise: E1, day: 2026-03-31, until: 2026-09-30}
  - {kind: finding, enterprise: E1, day: 2026-06-30, severity: major, until: 2026-08-31}
enterprises:
  - {id: E1, name: 企业1, class: A, grid: town}
  - {id: E2, name: 企业2, class: A, grid: town}
quotas: [{name: 中队月检查量, team: brigade, at_least: 1, per: month}]
pins: [{enterprise: E2, window: 2026-06-01/2026-06-12, cause: complaint}]
""")


def _explained(enterprise: int) -> str:
    return _text(explain_enterprise(choose(schedule(plan_of(RAISED)), Choice()), enterprise, EN))


def test_a_modifier_that_raised_what_is_owed_is_named_with_its_factor_and_days():
    text = _explained(0)
    assert "有未整改隐患: × 2, 1 Apr – 30 Jun, 1–30 Sep" in text
    assert "有重大隐患: × 3, 1 Jul – 31 Aug" in text
    assert text.count("A类 (有未整改隐患: × 2)") == 3
    assert text.count("A类 (有重大隐患: × 3)") == 2
    assert text.count("'A类',") == 3  # what is owed, and the first and the last quarter


def test_an_enterprise_without_a_flag_says_nothing_of_modifiers_and_a_pin_says_what_it_is():
    text = _explained(1)
    assert "×" not in text
    assert "pin (complaint)" in text


def test_a_visit_names_the_quota_that_it_counts_to():
    made = schedule(plan_of(RAISED))
    row = made.visits["enterprise"].to_list().index(1)
    day = made.visits["day"][row]
    text = _text(explain_visit(choose(made, Choice()), row, EN))
    assert f"Counts to 中队月检查量, 1–{monthrange(day.year, day.month)[1]} {day:%b}" in text
