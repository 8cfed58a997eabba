"""What `safeplan init` writes schedules: from nothing, and from every spreadsheet an office may have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeplan.core.schedule import schedule
from safeplan.output.files import OutputRefusedError
from safeplan.reading.plan import read_plan
from safeplan.terms.diagnostic import Severity
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.init import Started, start_from_register, start_plan, year_to_plan
from safeplan.work.register_columns import Question
from safeplan.work.register_sheet import RegisterError
from work.registers import (
    credit_code,
    named,
    rows,
    write_csv,
    write_ods,
    write_office_xlsx,
    write_parquet,
    write_xls,
    write_xlsx,
)

EN = Words("en")


def visits(started: Started) -> int:
    """Schedule what was written and count the visits; fails where the plan has errors or anything is unplaced."""
    result = read_plan(started.plan)
    errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert result.plan is not None, errors
    made = schedule(result.plan, None, date(2026, 3, 9))
    assert len(made.unplaced) == 0
    return len(made.visits)


def codes(started: Started) -> set[str]:
    """Give the codes of what was found wrong."""
    return {one.code for one in started.diagnostics}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_plan_from_nothing_schedules_and_nothing_is_wrong_with_it(tmp_path: Path, language: str) -> None:
    started = start_plan(tmp_path / "new" / "folder", 2026, Words(language))
    assert visits(started) == 12 + 4 + 2
    assert started.diagnostics == ()
    text = started.plan.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=safeplan.schema.json\n")
    assert "${" not in text
    assert (started.plan.parent / "safeplan.schema.json").is_file()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_stands_in_its_comments_works_when_the_hash_is_taken_away(tmp_path: Path, language: str) -> None:
    started = start_plan(tmp_path, 2026, Words(language))
    lines = started.plan.read_text(encoding="utf-8").splitlines()
    top = {"# calendar", "# classes", "# patrols", "# pins"}
    used = []
    for at, line in enumerate(lines):
        inside = line.startswith("#   ") and at > 8
        head = line.split(":")[0] in top
        more = line.strip().startswith(("# - {id:", "# leave:"))
        used.append(line.replace("# ", "", 1) if inside or head or more else line)
    started.plan.write_text("\n".join(used) + "\n", encoding="utf-8")
    result = read_plan(started.plan)
    assert [one for one in result.diagnostics if one.severity is Severity.ERROR] == []
    assert result.file is not None
    assert len(result.file.grids) == 2 and len(result.file.pins) == 1 and len(result.file.patrols) == 1
    assert result.file.officers[1].leave and "D" in result.file.classes


def test_an_office_workbook_becomes_a_plan_that_schedules(tmp_path: Path) -> None:
    register = write_office_xlsx(tmp_path / "企业 台账.xlsx", rows())
    started = start_from_register(tmp_path, register, 2026, EN)
    assert visits(started) == 6 * 12 + 6 * 4 + 12 * 2
    assert started.copied is None
    assert started.draft is not None
    assert started.draft.sheet == "企业名册"
    assert started.draft.town == "隆盛镇"
    assert started.draft.enterprises == 24
    assert [(one.id, one.n) for one in started.draft.classes] == [("A", 6), ("B", 6), ("C", 12)]
    assert codes(started) == set()


@pytest.mark.parametrize(
    ("suffix", "write"),
    [(".csv", write_csv), (".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods), (".parquet", write_parquet)],
)
def test_every_kind_of_file_becomes_a_plan(
    tmp_path: Path, suffix: str, write: Callable[[Path, list[dict[str, Any]]], Path]
) -> None:
    started = start_from_register(tmp_path, write(tmp_path / f"台账{suffix}", rows(12)), 2026, EN)
    assert visits(started) == 3 * 12 + 3 * 4 + 6 * 2


def test_a_gb18030_csv_is_read_as_excel_wrote_it(tmp_path: Path) -> None:
    register = write_csv(tmp_path / "台账.csv", rows(6), "gb18030")
    started = start_from_register(tmp_path, register, 2026, EN)
    assert visits(started) > 0
    assert started.draft is not None and {one.name for one in started.draft.villages} == {
        "东街村",
        "西街村",
        "南门社区",
    }


def test_a_register_elsewhere_is_copied_byte_for_byte(tmp_path: Path) -> None:
    register = write_xlsx(tmp_path / "台账.xlsx", rows())
    started = start_from_register(tmp_path / "plans" / "2026", register, 2026, EN)
    assert started.copied == tmp_path / "plans" / "2026" / "台账.xlsx"
    assert started.copied.read_bytes() == register.read_bytes()
    visits(started)


def test_a_register_in_a_folder_below_is_used_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    register = write_xlsx(tmp_path / "data" / "台账.xlsx", rows())
    started = start_from_register(tmp_path, register, 2026, EN)
    assert started.copied is None
    assert "data/台账.xlsx" in started.plan.read_text(encoding="utf-8")
    visits(started)


SHAPES = {
    "no heading is known": named(rows(), 企业名称="厂子", 统一社会信用代码="码", 类别="等", 所属村="在哪"),
    "no class column": named(rows(), 类别=None),
    "no village column": named(rows(), 所属村=None),
    "only names": named(rows(), 类别=None, 所属村=None, 统一社会信用代码=None),
    "village names with spaces": rows(所属村=["东街村", "东 街村", "东街　村", "东街村委会", "西街村"]),
    "villages with slashes and quotes": rows(所属村=["东/街村", "东-街村", '"西"街村', "a: b, {c}#村", "- x"]),
    "villages and classes that are not filled in": rows(所属村=["xx", "*", "东街村"], 类别=["X", "__", "A"]),
    "a village called as the town": rows(所属村=["本镇", "Our town", "东街村"]),
    "classes of risk": rows(类别=["高风险", "中风险", "低风险", "重点"]),
    "classes that say several": rows(类别=["A/B", "甲、乙", "A", "B;C"]),
    "classes that say none": rows(类别=["A", "无", "未分类", "待定"]),
    "classes with spaces and slashes": rows(类别=["特 级", "一/二", "yes", "null", "~"]),
    "classes in full width": rows(类别=["Ａ类", "ａ", "Ｂ级", "丁类"]),
    "two columns of classes": rows(企业类别=["有限公司", "个体户", "合伙"], 风险等级=["A", "B", "C"]),
    "a class column that is none": rows(30, 类别=[f"第{n}种" for n in range(30)]),
    "villages and grids": rows(所属网格=["1号网格", "2号网格"]),
    "codes that several share": rows(统一社会信用代码=[credit_code(1), credit_code(2)]),
    "empty cells": rows(类别=["A", None], 所属村=["东街村", None], 统一社会信用代码=[None]),
    "days as text": rows(最近一次上门=["2026.3.1", "2025年12月3日", "2026/1/5"]),
    "a column named as a field of the core": rows(row=["1"], source=["2"], planned=["x"], grid=["y"]),
}


@pytest.mark.parametrize("made", SHAPES.values(), ids=SHAPES.keys())
def test_a_register_of_any_shape_becomes_a_plan_without_errors(tmp_path: Path, made: list[dict[str, Any]]) -> None:
    started = start_from_register(tmp_path, write_xlsx(tmp_path / "台账.xlsx", made), 2026, EN)
    assert visits(started) >= 0


def test_without_classes_every_village_is_patrolled_once_a_month(tmp_path: Path) -> None:
    started = start_from_register(tmp_path, write_csv(tmp_path / "台账.csv", SHAPES["no class column"]), 2026, EN)
    assert visits(started) == 3 * 12


def test_rounded_codes_are_said_and_do_not_stop_the_plan(tmp_path: Path) -> None:
    made = rows(6, 统一社会信用代码=[914200001234567890])
    started = start_from_register(tmp_path, write_xlsx(tmp_path / "台账.xlsx", made), 2026, EN)
    assert codes(started) == {"rounded-code"}
    assert [one.place.line for one in started.diagnostics if one.place] == [2, 3, 4, 5, 6, 7]
    visits(started)


def test_a_firm_that_is_listed_twice_is_said_at_its_row(tmp_path: Path) -> None:
    made = rows(6, 企业名称=["同名厂"], 所属村=["东街村"], 统一社会信用代码=[None])
    started = start_from_register(tmp_path, write_xlsx(tmp_path / "台账.xlsx", made), 2026, EN)
    assert "duplicate-id" in codes(started)
    assert started.plan.exists()


def test_a_frequency_that_was_said_is_planned(tmp_path: Path) -> None:
    def answer(question: Question) -> str:
        return "1 per year" if question.code == "frequency" else question.default

    register = write_csv(tmp_path / "台账.csv", rows(8, 类别=["D", "D类"]))
    started = start_from_register(tmp_path, register, 2026, EN, ask=answer)
    assert visits(started) == 8


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputRefusedError):
        start_plan(tmp_path, 2026, EN)
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "safeplan.schema.json").exists()
    start_plan(tmp_path, 2026, EN, force=True)
    start_plan(tmp_path, 2026, EN, force=True)


def test_another_register_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    register = write_csv(tmp_path / "台账.csv", rows(3))
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "台账.csv").write_text("other", encoding="utf-8")
    with pytest.raises(OutputRefusedError):
        start_from_register(tmp_path / "plan", register, 2026, EN)
    assert not (tmp_path / "plan" / "plan.yaml").exists()


def test_a_folder_with_a_plan_of_the_other_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "safeplan.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkError, match="plan-there"):
        start_plan(tmp_path, 2026, EN, force=True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("台账.csv", b""),
        ("台账.csv", b"\x00\x01\x02\xff\xfe" * 100),
        ("台账.xlsx", b"no workbook"),
        ("台账.docx", b"x"),
        ("台账.csv", "甲厂,A,东街村\n乙厂,A,东街村\n".encode()),
        ("没有.csv", None),
    ],
    ids=["empty", "binary", "not a workbook", "another kind", "no headings at all", "not there"],
)
def test_what_is_no_register_is_an_error_and_nothing_is_written(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(RegisterError) as refused:
        start_from_register(tmp_path / "new", tmp_path / name, 2026, EN)
    assert refused.value.diagnostics
    assert not (tmp_path / "new").exists()


_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters='\0"\r\n'), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(villages=st.lists(_TEXTS, min_size=1, max_size=6), classes=st.lists(_TEXTS, min_size=1, max_size=6))
def test_no_text_of_a_village_or_a_class_breaks_the_plan(
    tmp_path: Path, villages: list[str], classes: list[str]
) -> None:
    made = rows(6, 所属村=villages, 类别=classes, 统一社会信用代码=[None])
    register = write_parquet(tmp_path / "台账.parquet", made)
    started = start_from_register(tmp_path, register, 2026, EN, force=True)
    errors = [one for one in started.diagnostics if one.severity is Severity.ERROR]
    assert errors == []


@pytest.mark.parametrize(("today", "year"), [("2026-01-01", 2026), ("2026-12-27", 2026), ("2026-12-28", 2027)])
def test_a_new_plan_is_made_for_the_year_of_next_week(today: str, year: int) -> None:
    assert year_to_plan(date.fromisoformat(today)) == year
