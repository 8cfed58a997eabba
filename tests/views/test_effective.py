"""The merged plan says of each value where it comes from."""

from __future__ import annotations

from safeplan.terms.origin import Place
from safeplan.views.effective import effective_document
from safeplan.words.language import Words


def test_every_value_has_its_origin():
    values = [
        ("classes.A.visits", "1 per month", Place("preset:seed-abc", 3, 20)),
        ("name", "计划", Place("plan.yaml", 2, 7)),
        ("enterprises", "300", Place("企业.xlsx", 2, None, "Sheet1", "类别")),
    ]
    rows = effective_document(values, "plan.yaml", Words("en")).sections[0].tables[0].rows
    assert [row[2] for row in rows] == [
        "preset:seed-abc:3:20",
        "plan.yaml:2:7",
        "企业.xlsx, sheet Sheet1, row 2, column 类别",
    ]
