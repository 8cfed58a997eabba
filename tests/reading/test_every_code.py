"""Every code of a diagnostic is triggered by some plan, at its place, and has a sentence in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading.plans import SOUND, read, spoilt
from safeplan.terms.diagnostic import Severity
from safeplan.words.diagnostic_sentences import HINTS
from safeplan.words.diagnostic_sentences import SENTENCES as OF_MEANING
from safeplan.words.diagnostics import SENTENCES, hint, sentence
from safeplan.words.diagnostics_reading import SENTENCES as OF_READING
from safeplan.words.language import Words

_ENTERPRISES = SOUND[SOUND.index("enterprises:") : SOUND.index("pins:")]
_MAIL = "mail: {sender: a@example.org, allow: [example.org]}\n"
_PIN = "{enterprise: Q2, day: 2026-05-13, cause: complaint}"
_TABLE = "enterprises: {file: r.csv}\n"
_HEAD = "企业编号,企业名称,类别,网格,标准化等级\n"


def _register(rows: str, head: str = _HEAD) -> tuple[str, dict[str, str]]:
    return SOUND.replace(_ENTERPRISES, _TABLE), {"r_csv": head + rows}


def _pin(text: str) -> str:
    return spoilt(_PIN, text)


def _more(line: str) -> str:
    return f"{SOUND}{line}\n"


def _activity(text: str) -> str:
    return _more(f"activities: [{{name: 会议, {text}}}]")


CASES: dict[str, tuple[str, int | None] | tuple[str, dict[str, str]]] = {
    "mail-sender": (_more("mail: {sender: 安监站, allow: [example.org]}"), 26),
    "not-an-address": (spoilt("grids: [dong]}", "grids: [dong], email: huang}") + _MAIL, 18),
    "mail-not-allowed": (spoilt("grids: [dong]}", "grids: [dong], email: huang@example.net}") + _MAIL, 18),
    "unknown-key": (spoilt("seasons:", "season:"), 4),
    "missing-key": (spoilt("{id: brigade, name: 中队}", "{id: brigade}"), 11),
    "empty-value": (spoilt("name: 夜巡, grids", 'phases: 1}\ncampaigns: [{name: 整治, phases: []}]\nx: {a'), None),
    "empty-cell": _register("Q1,,A,dong,\nQ2,饭庄,A,dong,\n"),
    "not-a-mapping": (spoilt("{level: 村}, visits", "[dong], min_gap: 7 days, visits").replace(
        "seasons: {flood: 2026-05-15/2026-09-30}", "travel: [15]"), 4),
    "not-a-list": (spoilt("  - {name: 夜巡", "  夜巡: {name: 夜巡"), 20),
    "not-a-text": (spoilt("sector: gas", "sector: [gas, fire]"), 22),
    "not-one-of": (spoilt("family: inspection", "family: inspect"), 7),
    "bad-value": (spoilt("period: 2026", "period: 2026\ncalendar: {country: china}"), 4),
    "out-of-range": (spoilt("grids: [dong]}", "grids: [dong], minutes_per_day: 2000}"), 18),
    "unknown-version": (spoilt("safeplan: 1", "safeplan: 7"), 1),
    "placeholder": (spoilt("visits: 1 per month, family", "visits: xx, family"), 6),
    "bad-id": (spoilt("id: sun", "id: s un"), 18),
    "bad-day": (spoilt("day: 2026-05-13", "day: 2026-02-30"), 25),
    "bad-days": (spoilt("grids: [dong]}", "grids: [dong], leave: [someday]}"), 18),
    "bad-span": (spoilt("2026-05-15/2026-09-30", "spring"), 4),
    "bad-duration": (spoilt("by: coordinator", "by: coordinator, min_gap: 7"), 20),
    "bad-frequency": (spoilt("1 per quarter", "quarterly"), 7),
    "bad-share": (spoilt("period: 2026", "period: 2026\ncapacity: {slack: 150%}"), 4),
    "bad-goal": (_more("targets: [{name: 事故起数, measure: reported, at_most: 零}]"), 26),
    "bad-every": (_activity("every: 2"), 26),
    "bad-day-of": (_activity("every: month, day: 月底"), 26),
    "bad-rrule": (_activity('rrule: "FREQ=HOURLY"'), 26),
    "bad-location": (spoilt("tags: [key]", "location: [30.1]"), 22),
    "bad-selector": (spoilt("by: coordinator", "where: all"), 20),
    "not-a-number": (spoilt("tags: [key]", "risk: high"), 22),
    "not-a-whole-number": (spoilt("per_year: {1: 1", "per_year: {1: one"), 9),
    "not-a-truth-value": (spoilt("by: coordinator", "surprise: maybe"), 20),
    "reversed-dates": (spoilt("2026-05-15/2026-09-30", "2026-09-30/2026-05-15"), 4),
    "dated-twice": (spoilt("class: A, grid",
                           "class: [{from: 2026-01-01, class: A}, {from: 2026-01-01, class: B}], grid"), 22),
    "unknown-class": (spoilt("class: A, grid", "class: D, grid"), 22),
    "unknown-grid": (spoilt("parent: zhen", "parent: zhenn"), 14),
    "unknown-officer": (spoilt("lead: zhao", "lead: zhou"), 13),
    "unknown-team": (spoilt("teams: [brigade], certificate: \"42000001\"", "teams: [brigad], certificate: \"1\""), 16),
    "unknown-carrier": (spoilt("by: coordinator", "by: cordinator"), 20),
    "unknown-owner": (SOUND + "activities: [{name: 会议, owner: nobody}]\n", 26),
    "unknown-role": (_more("staffing: [{level: 村, roles: {cordinator: 1}}]"), 26),
    "unknown-level": (_more("staffing: [{level: 社区, roles: {coordinator: 1}}]"), 26),
    "unknown-season": (spoilt("1 per quarter", "1 per term"), 7),
    "unknown-enterprise": (spoilt("enterprise: Q2, day", "enterprise: Q9, day"), 25),
    "unknown-column": (spoilt("column: standard_level", "column: standard_levle"), 9),
    "unknown-heading": (SOUND.replace(_ENTERPRISES, "enterprises: {file: r.csv, columns: {级: class}}\n"),
                        {"r_csv": _HEAD + "Q1,气站,A,dong,\nQ2,饭庄,B,dong,\n"}),
    "unknown-preset": (spoilt("period: 2026", "period: 2026\nuse: [seed-abcd]"), 4),
    "unknown-country": (spoilt("period: 2026", "period: 2026\ncalendar: {country: QQ}"), 4),
    "ambiguous-name": (spoilt("name: 钱小梅", "name: 赵志刚").replace("lead: zhao", "lead: 赵志刚"), 13),
    "duplicate-id": (spoilt("id: sun", "id: zhao").replace("coordinator: sun", "coordinator: zhao"), 18),
    "similar-ids": (spoilt("id: qian", "id: Zhao"), 17),
    "duplicate-rule-id": (spoilt("patrols:\n", "patrols:\n  - {name: 夜巡, visits: 1 per year, by: brigade}\n"), 21),
    "id-is-role": (spoilt("id: qian", "id: lead"), 17),
    "grid-cycle": (spoilt("level: 镇,", "level: 镇, parent: dong,"), None),
    "missing-column": _register("Q1,气站,dong\nQ2,饭庄,dong\n", "企业编号,企业名称,网格\n"),
    "mostly-unreadable": _register("".join(f"Q{i},企业{i},A,dong,级{i}\n" for i in range(4000))),
    "rounded-code": _register("9.1420106e+17,气站,A,dong,\nQ2,饭庄,A,dong,\n"),
    "credit-code": (spoilt("tags: [key]", "credit_code: 91420000MA4K00000X"), 22),
    "without-class": (spoilt("class: A, grid: dong", "grid: dong"), 22),
    "without-grid": (spoilt("class: A, grid: dong", "class: A"), 22),
    "unserved-grid": (spoilt("officers:", "  - {id: xi, name: 西村}\nofficers:").replace(
        "class: A, grid: dong", "class: A, grid: xi"), 23),
    "nothing-to-drop": (spoilt("caps:\n", "caps:\n  - {name: 没有, drop: true}\n"), 9),
    "cap-without-column": (spoilt("column: standard_level, ", ""), 9),
    "level-not-in-table": (spoilt("tags: [key]", "standard_level: 3"), 9),
    "capacity-officers": (spoilt("period: 2026", "period: 2026\ncapacity: {officers: 9}"), 4),
    "capacity-line-too-large": (spoilt("period: 2026",
                                       "period: 2026\ncapacity: {other_enforcement: {许可: 5000}}"), 4),
    "capacity-negative": (spoilt("period: 2026",
                                 "period: 2026\ncapacity: {non_enforcement: {会议: 400, 值班: 400}}"), 4),
    "capacity-wrong-sum": (spoilt("period: 2026", "period: 2026\ncapacity: {officers: 2, total: 984}"), 4),
    "class-above-cap": (spoilt("1 per quarter", "1 per month"), 7),
    "rule-without-number": (spoilt("visits: 1 per month, by", "by"), 20),
    "too-few-people": (spoilt("family: inspection", "family: inspection, people: 1"), 7),
    "too-long": (spoilt("family: inspection", "family: inspection, minutes: 400"), 7),
    "no-officers": ("period: 2026\nclasses:\n  A: {visits: 1 per month}\n", 3),
    "no-crew": (spoilt(', certificate: "42000002"', ""), 7),
    "empty-selector": (spoilt("caps:\n", "caps:\n  - {name: 高危, where: {tags: kye}, per_year: 2}\n"), 9),
    "provisional-year": (spoilt("period: 2026", "period: 2027"), 3),
    "activity-without-when": (_activity("owner: zhao"), 26),
    "modifier-without-effect": (
        SOUND + "modifiers: [{name: 重点, where: {tags: key}, times: 1.25}]\n", 26),
    "activity-without-owner": (
        spoilt("{lead: zhao}", "{lead: ___}") + "activities: [{name: 会, every: quarter, owner: lead}]\n", 26),
    "activity-several-whens": (_activity("every: month, due: 2026-03-01"), 26),
    "activity-outside-period": (_activity("due: 2025-03-01"), 26),
    "activity-without-grids": (_activity("every: year, each: {grids: {level: 社区}}"), 26),
    "day-without-unit": (_activity("times: 2 per month, day: last workday"), 26),
    "day-unclear": (_activity("every: quarter, day: 25"), 26),
    "from-without-due": (_activity("every: month, from: 2026-03-01"), 26),
    "rrule-without-start": (_activity('rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"'), 26),
    "each-unclear": (_activity("every: year, each: {grids: {level: 村}, venues: [学校]}"), 26),
    "people-without-owner": (_activity("days: holidays, people: 1"), 26),
    "target-without-figure": (_more("targets: [{name: 覆盖率, measure: coverage}]"), 26),
    "target-without-level": (_more("targets: [{name: 达标率, measure: standard-level, at_least: 100%}]"), 26),
    "goal-not-a-share": (_more("targets: [{name: 整改率, measure: rectification-rate, at_least: 3}]"), 26),
    "unknown-unit": (SOUND + "priorities: {Q5: [{name: 排查, visits: 1}]}\n", 26),
    "rule-outside-period": (SOUND + "priorities:\n  Q1:\n"
                            "    - {name: 排查, visits: 1, family: patrol, window: 2025-01-01/2025-02-01}\n", 28),
    "until-unknown": (SOUND + "campaigns:\n  - name: 整治\n    phases:\n"
                      "      - {from: 2026-03-01, until: 会, visits: 1, family: patrol}\n", 29),
    "event-before-phase": (SOUND + "events: [{name: 会, day: 2026-02-01}]\ncampaigns:\n  - name: 整治\n    phases:\n"
                           "      - {from: 2026-03-01, until: 会, visits: 1, family: patrol}\n", 30),
    "share-and-pick": (SOUND + "campaigns:\n  - name: 整治\n    phases:\n      - {from: 2026-03-01, visits: 1, "
                       "family: patrol, share: 10%, pick: {count: 1}}\n", 29),
    "draw-without-seed": (SOUND + "campaigns:\n  - name: 整治\n    pick: {count: 1, order: draw}\n    phases:\n"
                          "      - {from: 2026-03-01, visits: 1, family: patrol}\n", 30),
    "unknown-draw-period": (_more("spot_checks: [{name: 抽查, share: 10%, family: patrol, seed: {Q5: a}}]"), 26),
    "draw-leaves-few": (_more("spot_checks: [{name: 抽查, share: 100%, family: patrol, "
                              "exclude: {visited_within: 2 years}}]").replace(
                                  "sector: gas", "sector: gas, last_visit: 2025-12-01"), 26),
    "quota-without-crews": (_more("quotas: [{name: 月检, team: idle, at_least: 1}]").replace(
        "{id: brigade, name: 中队}", "{id: brigade, name: 中队}\n  - {id: idle, name: 空队}"), 27),
    "holiday-without-within": (
        SOUND + "holidays:\n  - {name: 节前, before: [new-year], visits: 1, family: patrol}\n", 27),
    "unknown-event": (SOUND + "holidays:\n"
                      "  - {name: 节前, before: [labor-day], within: 3 days, visits: 1, family: patrol}\n", 27),
    "event-of-nobody": (SOUND + "events: [{kind: banquet, day: 2026-03-01}]\n"
                        "triggers: [{name: 宴席, event: banquet, within: 1 day, family: patrol}]\n", 26),
    "certificate-ends": (spoilt('certificate: "42000001"', "certificate: {number: 1, expires: 2026-10-31}"), 16),
    "certificate-expired": (spoilt('certificate: "42000001"', "certificate: {number: 1, expires: 2025-10-31}"), 16),
    "officer-without-rules": (spoilt("by: coordinator", "by: brigade"), 18),
    "pin-day-and-window": (_pin("{enterprise: Q2, day: 2026-05-13, window: 2026-05-13/2026-05-14}"), 25),
    "pin-says-nothing": (_pin("{enterprise: Q2}"), 25),
    "pin-outside-period": (_pin("{enterprise: Q2, day: 2027-05-13}"), 25),
    "pin-closed": (_pin("{enterprise: Q2, day: 2026-06-13}"), 25),
    "pin-on-leave": (_pin("{enterprise: Q2, day: 2026-05-13, officers: [sun]}").replace(
        "grids: [dong]}", "grids: [dong], leave: [2026-05-01/2026-05-30]}"), 25),
    "pin-recused": (_pin("{enterprise: Q2, with: [sun]}").replace(
        "grids: [dong]}", "grids: [dong], avoids: [Q2]}"), 25),
    "pin-contradicts": (_pin("{enterprise: Q2, with: [sun], except: [sun]}"), 25),
    "pin-crew": (_pin("{enterprise: Q2, day: 2026-05-13, officers: [zhao, sun], family: inspection}"), 25),
}  # fmt: skip

FROM_THE_CORE = {"no-day-in-unit", "too-few-to-pick", "too-few-in-grid"}
"""Codes that the scheduler says, and its tests trigger."""


def test_the_sound_plan_has_nothing_wrong(tmp_path: Path) -> None:
    result = read(tmp_path)
    assert result.diagnostics == ()
    assert result.plan is not None


@pytest.mark.parametrize("code", CASES, ids=str)
def test_a_plan_triggers(code: str, tmp_path: Path) -> None:
    text, more = CASES[code]
    result = read(tmp_path, text, **more) if isinstance(more, dict) else read(tmp_path, text)
    found = [one for one in result.diagnostics if one.code == code]
    assert found, [(one.code, one.place) for one in result.diagnostics]
    assert found[0].place is not None
    if isinstance(more, int):
        assert found[0].place.line == more
    if isinstance(more, dict) and code != "unknown-heading":
        assert found[0].place.file == "r.csv"
    has_errors = any(one.severity is Severity.ERROR for one in result.diagnostics)
    assert (result.plan is None) == has_errors


def test_every_code_of_meaning_has_a_plan_that_triggers_it() -> None:
    assert set(OF_MEANING) == set(CASES) | FROM_THE_CORE


def test_every_code_of_the_raw_reading_is_in_a_test_of_it() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in OF_READING if f'"{code}"' not in tests] == []


def test_hints_belong_to_codes() -> None:
    assert set(HINTS) <= set(SENTENCES)


@pytest.mark.parametrize("code", CASES, ids=str)
def test_a_sentence_has_all_that_it_says(code: str, tmp_path: Path) -> None:
    text, more = CASES[code]
    result = read(tmp_path, text, **more) if isinstance(more, dict) else read(tmp_path, text)
    words = Words("en")
    for one in result.diagnostics:
        said = sentence(one, words) + hint(one, words)
        assert "?" not in said.replace("did you mean", "").rstrip("?"), said
        assert "{" not in said.replace("{…}", ""), said
