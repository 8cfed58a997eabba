"""The form of a roster: its rows, and the mark that shows when one was changed."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from made.schedules import made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.output.form import Use
from safeplan.words.language import Words
from safeplan.work.form_sheet import FIXED, HIDDEN, form_sheet, row_check


def rows(state: str = "drafted") -> list[dict[str, object]]:
    schedule = made_schedule()
    schedule = replace(schedule, visits=schedule.visits.with_columns(state=pl.lit(state)))
    form = form_sheet(choose(schedule, Choice()), Words("en"))
    keys = [column.name for column in form.columns]
    return [dict(zip(keys, row, strict=True)) for row in form.rows]


def test_a_row_holds_a_visit_with_what_it_serves_and_who_goes() -> None:
    row = next(row for row in rows() if row["visit"] == "class-A/E0001/2026-03/1")
    assert (row["subject"], row["grid-id"], row["outcome"]) == ("E0001", "", None)
    assert "class-A/E0001/2026-03/1" in str(row["serves"])
    assert row["check"] == row_check({key: str(row[key] or "") for key in (*FIXED, *HIDDEN)})


def test_what_was_made_already_is_no_row() -> None:
    assert rows("done") == []


def test_surprise_visits_are_no_rows() -> None:
    assert all("飞行检查" not in str(row["visit"]) for row in rows())


def test_visits_that_are_not_drawn_yet_are_no_rows() -> None:
    form = form_sheet(choose(made_schedule(), Choice(with_surprise=True)), Words("en"))
    ids = [row[[column.name for column in form.columns].index("visit")] for row in form.rows]
    assert any("飞行检查" in str(id_) for id_ in ids)
    assert not any("双随机" in str(id_) for id_ in ids)


def test_a_mark_changes_with_every_cell_and_not_with_what_programs_change() -> None:
    cells = {key: f"{key} 1" for key in (*FIXED, *HIDDEN)}
    mark = row_check(cells)
    assert all(row_check(cells | {key: "other"}) != mark for key in cells)
    assert row_check({key: f" {text.replace('1', '１')}\n" for key, text in cells.items()}) == mark
    days = {row_check(cells | {"date": day}) for day in ("2026-03-09", "2026/3/9", "2026-03-09 00:00:00", "46090")}
    assert len(days) == 1
    assert row_check(cells | {"date": "2026-03-08"}) not in days
    assert row_check(cells | {"date": cells["weekday"], "weekday": cells["date"]}) != mark


def test_every_open_column_is_filled_in_by_a_person() -> None:
    form = form_sheet(choose(made_schedule(), Choice()), Words("zh_CN"))
    titles = [column.title for column in form.columns if column.use is Use.OPEN]
    assert titles == [
        "检查结果", "实际检查人员", "实际日期", "隐患1", "级别1", "隐患2", "级别2", "隐患3", "级别3", "备注",
    ]  # fmt: skip
