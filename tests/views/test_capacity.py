"""Working days and the annual plan table as documents, in every format."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import safeplan
from core.plans import CREW, firm, plan_of
from safeplan.core.tables import Schedule
from safeplan.document import Document
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.views.annual_plan import annual_plan_document
from safeplan.views.capacity import capacity_document
from safeplan.words.language import Words

TOWN: dict[str, Any] = CREW | {
    "period": "2026",
    "use": ["seed-abc"],
    "classes": {"B": {"family": "inspection", "source": "镇年度计划", "checklist": ["消防通道", "用电"]}},
    "caps": [{"name": "一般", "per_year": 6}],
    "capacity": {"other_enforcement": {"许可": 60}, "non_enforcement": {"会议": 120}},
    "patrols": [{"name": "日常巡查", "visits": "1 per month"}],
    "spot_checks": [{"name": "双随机抽查", "where": {"class": "C"}, "share": "50%", "per": "quarter"}],
    "enterprises": [firm(1), firm(2, "B"), firm(3, "C"), firm(4, "C")],
}


@cache
def made() -> Schedule:
    return safeplan.schedule(plan_of(TOWN))


def rows(document: Document) -> dict[str, dict[str, Any]]:
    """Give the rows of the annual table by what is checked."""
    table = document.sections[0].tables[0]
    keys = [column.key for column in table.columns]
    return {str(row[1]): dict(zip(keys, row, strict=True)) for row in table.rows}


def test_days_are_reckoned_line_by_line() -> None:
    document = capacity_document(made(), Words("en"))
    days = {row[0]: row[1:] for row in document.sections[0].tables[0].rows}
    assert days["total statutory officer-days"] == (496, "248 × 2")
    assert days["officer-days for supervision"] == ("316", "496 − 60 − 120")
    assert "to spare" in document.brief[0]


def test_too_few_days_are_said() -> None:
    short = plan_of(TOWN | {"capacity": {"non_enforcement": {"会议": 495}}})
    document = capacity_document(safeplan.schedule(short), Words("en"))
    assert "short" in document.brief[0]


def test_every_rule_is_a_row_of_the_annual_table() -> None:
    found = rows(annual_plan_document(made(), Words("en")))
    assert sorted(found) == sorted(["A类", "B类", "C类", "日常巡查", "双随机抽查"])
    b = found["B类"]
    assert b["objects"] == "1 enterprises"
    assert b["content"] == "消防通道, 用电"
    assert b["times_and_cap"] == "frequency: 1 per quarter; upper limit: 6 a year"
    assert b["when"] == "all the period"
    assert b["joint"] == "no"
    assert found["双随机抽查"]["objects"] == "drawn from 2 enterprises, 50%"
    assert found["日常巡查"]["objects"] == "1 grids"


def test_a_source_that_nobody_verified_is_not_printed() -> None:
    found = rows(annual_plan_document(made(), Words("en")))
    assert found["A类"]["basis"] == ""
    assert found["B类"]["basis"] == "镇年度计划"


@pytest.mark.parametrize("name", DOCUMENT_FORMATS)
def test_both_come_in_every_format(name: str) -> None:
    for document in (capacity_document(made(), Words("en")), annual_plan_document(made(), Words("en"))):
        assert DOCUMENT_FORMATS[name].render(document)
