"""Reading a whole plan: the format's own example, twenty mistakes at once, and what cannot be read at all."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

import safeplan
from reading.plans import SOUND, codes, read, spoilt
from safeplan.plan.plan import CLASS_SPANS, ENTERPRISES, GRID_SPANS, RECUSALS
from safeplan.reading.errors import PlanError
from safeplan.reading.limits import Limits
from safeplan.reading.plan import read_plan
from safeplan.terms.diagnostic import Severity
from safeplan.terms.reason import Kind

FORMAT = Path(__file__).parents[1] / "fixtures" / "plan-format" / "plan-format.yaml"

MISTAKES = """\
safeplan: 1
name: 石桥镇
period: 2026
use: [seed-abd]
calender: {country: CN}
travel: {minutes: many}
classes:
  D: {label: D类, visits: 1 per fortnight}
  E: {label: E类, visits: 4 per year, family: inspection, people: 1}
grids:
  - {id: shiqiao, name: 石桥村, parent: b}
  - {id: b, name: 东村, parent: shiqiao}
  - {id: c, name: 西村, roles: {lead: zhou}}
officers:
  - {id: zhao, name: 赵志刚, grids: [shiqaio], certificate: "1", leave: [2026-05-12/2026-05-06]}
  - {id: qian, name: 钱小梅, grids: [shiqiao], teams: [south], certificate: "2"}
  - {id: Qian, name: 钱小, grids: [shiqiao], minutes_per_day: 9999}
  - {id: lead, name: 李小明}
patrols:
  - {name: 夜巡, grids: [shiqiao], visits: 1 per month, minuts: 30, by: warden}
enterprises:
  - {id: Q1, name: 石桥液化气站, class: F, grid: shiqiao}
  - {id: Q2, name: 桥头饭庄, class: E, grid: nowhere}
  - {id: Q2, name: 便民小卖部, class: D, grid: shiqiao, last_visit: 2025-13-01, latitude: 99}
pins:
  - {enterprise: Q9, day: 2026-05-13}
  - {enterprise: Q1, day: 2027-05-13, officers: [nobody]}
  - {enterprise: Q1}
"""

EXPECTED = {
    ("unknown-preset", 4), ("unknown-key", 5), ("not-a-whole-number", 6), ("unknown-season", 8), ("too-few-people", 9),
    ("grid-cycle", 12), ("unknown-officer", 13), ("unknown-grid", 15), ("reversed-dates", 15), ("unknown-team", 16),
    ("similar-ids", 17), ("out-of-range", 17), ("id-is-role", 18), ("unknown-key", 20), ("unknown-carrier", 20),
    ("unknown-class", 22), ("unknown-grid", 23), ("duplicate-id", 24), ("bad-day", 24), ("out-of-range", 24),
    ("unknown-enterprise", 26), ("pin-outside-period", 27), ("unknown-officer", 27), ("pin-says-nothing", 28),
}  # fmt: skip


def test_many_mistakes_are_all_found_in_one_run_each_at_its_place(tmp_path: Path) -> None:
    result = read(tmp_path, MISTAKES)
    errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert {(one.code, one.place.line) for one in errors if one.place} == EXPECTED
    assert len(EXPECTED) >= 20
    assert all(one.place is not None and one.place.column for one in errors)


def test_the_format_by_example_is_read_and_says_what_its_comments_announce() -> None:
    result = read_plan(FORMAT)
    lines = FORMAT.read_text(encoding="utf-8").splitlines()
    found = [(one.code, one.place.line) for one in result.diagnostics if one.place]

    def line_with(text: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if text in line)

    assert found == [
        ("provisional-year", line_with("period: 2026")),
        ("certificate-ends", line_with("expires: 2026-10-31")),
        ("credit-code", line_with("credit_code: 91420000MA4K00000X")),
    ]
    assert "节前安全检查" in result.diagnostics[0].values["found"]  # type: ignore[operator]


def test_the_format_by_example_resolves_to_what_it_says() -> None:
    plan = safeplan.read_plan(FORMAT)
    assert (plan.first, plan.last) == (date(2026, 1, 1), date(2026, 12, 31))
    of_kinds = (Kind.CLASS, Kind.PATROL, Kind.PIN)
    assert [line.id for line in plan.rules if line.kind in of_kinds] == [
        "class-A", "class-B", "class-C", "class-D", "patrol-无证无照经营巡查", "patrol-节假日值班巡查",
        "pin-E0002-2026-05-13", "pin-E0003-2026-06-01..2026-06-12", "pin-E0004-people",
    ]  # fmt: skip
    assert [line.kind for line in plan.rules].count(Kind.PIN) == 3
    assert dict(list(plan.enterprises.schema.items())[: len(ENTERPRISES)]) == ENTERPRISES
    assert dict(plan.class_spans.schema) == CLASS_SPANS
    assert dict(plan.grid_spans.schema) == GRID_SPANS
    assert dict(plan.recusals.schema) == RECUSALS
    assert plan.recusals.rows() == [(6, plan.officers["wang"])]
    caps = dict(plan.enterprises.select("id", "cap").rows())
    assert caps["E0002"] == 8, "high-risk, level 3"
    assert caps["E0010"] == 12, "high-risk, no level"
    assert caps["E0001"] == 4, "others, level 3"
    assert caps["E0012"] == 6, "others, no level"
    assert plan.files == ("plan-format.yaml", "enterprises.csv")
    assert [len(one.sha256) for one in plan.inputs] == [64, 64]
    e0008 = plan.enterprises.row(7, named=True)
    assert (plan.files[e0008["file"]], e0008["row"]) == ("enterprises.csv", 8)
    lines = FORMAT.read_text(encoding="utf-8").splitlines()
    assert plan.enterprises["row"][0] == lines.index("  - id: E0001") + 1


def test_a_plan_with_errors_raises_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(MISTAKES, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        safeplan.read_plan(str(tmp_path / "plan.yaml"))
    assert len(caught.value.diagnostics) > 20
    assert "plan.yaml:5:1: error[unknown-key]" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert [one.code for one in again.diagnostics] == [one.code for one in caught.value.diagnostics]


def test_a_file_that_is_not_there_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        safeplan.read_plan(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "empty-file", id="nothing"),
        pytest.param("- a\n- b\n", "not-a-mapping", id="a list"),
        pytest.param("[" * 200_000, "too-deep", id="brackets"),
        pytest.param("name: x: y\n", "yaml-syntax", id="broken"),
        pytest.param("name: 没有期间\n", "missing-key", id="no period"),
        pytest.param("period: xxxx\n", "missing-key", id="a placeholder for the period"),
        pytest.param("period: soon\n", "bad-span", id="no such period"),
    ],
)
def test_what_cannot_be_read_says_so(text: str, code: str, tmp_path: Path) -> None:
    result = read(tmp_path, text)
    assert code in codes(result)
    assert result.plan is None


def test_a_plan_above_the_size_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(SOUND, encoding="utf-8")
    result = read_plan(tmp_path / "plan.yaml", Limits(plan_bytes=100))
    assert codes_of(result) == ["too-large"]


def codes_of(result: object) -> list[str]:
    return [one.code for one in result.diagnostics]  # type: ignore[attr-defined]


def test_a_thing_that_was_cut_out_is_not_unknown_to_those_who_name_it(tmp_path: Path) -> None:
    result = read(tmp_path, spoilt("{id: sun, name: 孙国良, grids: [dong]}", "{id: sun, grids: [dong]}"))
    assert codes(result) == ["missing-key"]


def test_days_without_a_year_are_of_the_plans_year(tmp_path: Path) -> None:
    plan = read(tmp_path, spoilt("2026-06-01/2026-06-30", "6月1日——30日")).plan
    assert plan is not None
    assert str(plan.closed_sets[1][0]) == "2026-06-01/2026-06-30"


def test_full_width_digits_and_percent_signs_are_read(tmp_path: Path) -> None:
    text = spoilt("period: 2026", "period: ２０２６\ncapacity: {slack: １５％}")
    plan = read(tmp_path, text).plan
    assert plan is not None
    assert plan.first == date(2026, 1, 1)
    assert str(plan.file.capacity.slack) == "15%"
