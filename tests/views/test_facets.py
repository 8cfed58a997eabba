"""What narrows a page's tables: a row is under every officer who goes, every grid above it, every week it touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from made.schedules import made_plan, made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.core.roster import visits
from safeplan.document import Table
from safeplan.views.facets import Narrowing, narrowing
from safeplan.views.roster import roster_document
from safeplan.words.language import Words

EN = Words("en")
MARCH = (date(2026, 3, 2), date(2026, 3, 31))


def _rows(**columns: list[object]) -> pl.DataFrame:
    types = {"officers": pl.List(pl.String), "grid": pl.String, "enterprise": pl.String, "day": pl.Date}
    count = len(next(iter(columns.values())))
    filled = {"officers": [[]] * count} | columns
    return pl.DataFrame({name: filled.get(name, [None] * count) for name in types}, schema=types)


def _shown(narrow: Narrowing, facet: int, rows: pl.DataFrame, first: str = "day", last: str = "day") -> list[list[str]]:
    """Give, for each row, the choices of a facet that show it, in words."""
    shows = narrow.of(rows, first, last)[facet]
    assert shows is not None
    return [[narrow.facets[facet].choices[choice].strip() for choice in row] for row in shows]


def test_a_row_is_shown_under_each_of_its_officers() -> None:
    narrow = narrowing(made_plan(), MARCH, EN)
    rows = _rows(officers=[["wang", "chen"], [], ["who has left the plan"]])
    assert _shown(narrow, 0, rows) == [["王强", "陈立"], [], []]


def test_a_row_is_shown_under_its_grid_and_all_above() -> None:
    narrow = narrowing(made_plan(), MARCH, EN)
    assert _shown(narrow, 1, _rows(grid=["xijie", "longsheng"])) == [["西街村", "隆盛镇"], ["隆盛镇"]]
    assert narrow.facets[1].choices == ("隆盛镇", "\u3000东街村", "\u3000西街村")


def test_a_row_without_a_grid_is_shown_where_its_enterprise_lies() -> None:
    narrow = narrowing(made_plan(), MARCH, EN)
    (of_enterprise, of_none), expected = _shown(narrow, 1, _rows(enterprise=["E0001", None])), {"隆盛镇", "东街村"}
    assert set(of_enterprise) == expected
    assert of_none == []


def test_a_row_is_shown_in_every_week_that_its_days_touch() -> None:
    narrow = narrowing(made_plan(), MARCH, EN)
    assert narrow.facets[2].choices[:2] == ("Week 10 (2026), 2–8 Mar", "Week 11 (2026), 9–15 Mar")
    assert len(narrow.facets[2].choices) == 5
    days = _rows(day=[date(2026, 3, 8), date(2026, 3, 9), date(2027, 1, 1), None])
    first, second = narrow.facets[2].choices[:2]
    assert _shown(narrow, 2, days) == [[first], [second], [], []]
    spans = days.head(1).with_columns(until=pl.lit(date(2026, 3, 9)))
    assert _shown(narrow, 2, spans, "day", "until") == [[first, second]]


def test_two_of_one_name_are_told_apart() -> None:
    plan = made_plan()
    officers = [one.model_copy(update={"name": "王强"}) if one.id == "li" else one for one in plan.file.officers]
    named = replace(plan, file=plan.file.model_copy(update={"officers": tuple(officers)}))
    assert narrowing(named, MARCH, EN).facets[0].choices == ("王强 (wang)", "王强 (li)", "陈立")


def test_the_rows_of_a_roster_carry_what_shows_them() -> None:
    schedule = made_schedule()
    document = roster_document(choose(schedule, Choice(with_surprise=True)), EN)
    table: Table = document.sections[1].tables[0]
    officers = table.facets[0]
    assert officers is not None
    wanted = document.facets[0].choices.index("李芳")
    shown = [row for row, choices in zip(table.rows, officers, strict=True) if wanted in choices]
    assert len(shown) == visits(schedule)["officers"].list.contains("li").sum() > 0
    assert all("李芳" in str(row[2]) for row in shown)
    for section in document.sections:
        for one in section.tables:
            assert all(rows is None or len(rows) == len(one.rows) for rows in one.facets)
