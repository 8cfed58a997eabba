"""A small plan and a schedule of it made by hand, for tests of what is made from a Schedule."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from safeplan.core.tables import (
    ACTIVITIES,
    CREWS,
    OBLIGATIONS,
    SERVES,
    UNPLACED,
    VISITS,
    Figures,
    Proof,
    Schedule,
)
from safeplan.plan.file import PlanFile
from safeplan.plan.official import OfficialDays
from safeplan.plan.plan import (
    CLASS_SPANS,
    ENTERPRISES,
    EVENTS,
    GRID_SPANS,
    OTHERS_VISITS,
    RECUSALS,
    Input,
    Plan,
    RuleLine,
)
from safeplan.terms.days import Days
from safeplan.terms.origin import Place

RAW: dict[str, Any] = {
    "name": "隆盛镇2026年监督检查计划",
    "period": "2026",
    "language": "en",
    "travel": {"minutes": "15"},
    "teams": [{"id": "brigade", "name": "巡查中队"}],
    "grids": [
        {"id": "longsheng", "name": "隆盛镇", "level": "镇"},
        {"id": "dongjie", "name": "东街村", "level": "村", "parent": "longsheng"},
        {"id": "xijie", "name": "西街村", "level": "村", "parent": "longsheng"},
    ],
    "officers": [
        {
            "id": "wang",
            "name": "王强",
            "teams": ["brigade"],
            "grids": ["longsheng"],
            "certificate": "1",
            "leave": ["2026-02-09/2026-02-11", "2026-02-12 pm"],
            "phone": "13900000000",
        },
        {"id": "li", "name": "李芳", "teams": ["brigade"], "grids": ["longsheng"], "certificate": "2"},
        {"id": "chen", "name": "陈立", "grids": ["dongjie"]},
    ],
    "classes": {
        "A": {"label": "A类", "visits": "1 per month", "minutes": "60", "family": "inspection"},
        "C": {"label": "C类", "visits": "1 per half-year", "minutes": "45", "family": "patrol", "source": "镇政办1号"},
    },
    "patrols": [{"name": "无证经营巡查", "grids": ["dongjie"], "visits": "1 per month"}],
    "spot_checks": [{"name": "双随机抽查", "share": "10%", "per": "quarter"}],
    "campaigns": [
        {"name": "飞行检查", "phases": [{"name": "整治", "from": "2026-03-01", "visits": "1", "surprise": "true"}]}
    ],
    "pins": [{"enterprise": "E0002", "day": "2026-03-02", "cause": "complaint"}],
}  # fmt: skip
RULES = (
    "class-A",
    "class-C",
    "patrol-无证经营巡查",
    "spot-check-双随机抽查",
    "campaign-飞行检查-整治",
    "pin-E0002-2026-03-02",
)
NAMES = ("A类", "C类", "无证经营巡查", "双随机抽查", "飞行检查", "信访件")
A, C, PATROL, SPOT, SURPRISE, PIN = range(6)

_YEAR = (date(2026, 1, 1), date(2026, 12, 31))
_MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def made_plan(**changes: Any) -> Plan:
    """Give a plan of a town with two villages, three officers, four enterprises and six rules."""
    file = PlanFile.model_validate(RAW | changes)
    campaign = file.campaigns[0]
    models = (
        file.classes["A"],
        file.classes["C"],
        file.patrols[0],
        file.spot_checks[0],
        campaign.phases[0],
        file.pins[0],
    )
    lines = tuple(
        RuleLine(identity, model.kind, name, model, Place("plan.yaml", 40 + 2 * code, 3))
        for code, (identity, name, model) in enumerate(zip(RULES, NAMES, models, strict=True))
    )
    names = ("楚天塑业有限公司", "隆盛农贸市场", "=丙厂[/东区]", "丁店")
    enterprises = pl.DataFrame(
        {
            "id": [f"E000{n}" for n in range(1, 5)],
            "name": names,
            "planned": [True] * 4,
            "active_first": [None] * 4,
            "active_last": [None] * 4,
            "closed": [0] * 4,
            "latitude": [None] * 4,
            "longitude": [None] * 4,
            "last_visit": [date(2025, 11, 18), None, None, None],
            "cap": [2, None, None, None],
            "cap_line": [0, None, None, None],
            "file": [0] * 4,
            "row": [2, 3, 4, 5],
        },
        schema=ENTERPRISES,
    ).with_columns(
        sector=pl.lit("塑料"),
        address=pl.Series(["兴业大道1号", "", None, "西街2号"]),
        contact_name=pl.lit("周经理"),
        contact_phone=pl.lit("13800000000"),
    )
    spans = {"enterprise": [0, 1, 2, 3], "first": [None] * 4, "last": [None] * 4}
    return Plan(
        file=file,
        first=_YEAR[0],
        last=_YEAR[1],
        official=OfficialDays(frozenset({date(2026, 1, 1)}), frozenset(), frozenset({2026}), source="holidays 0.109"),
        rules=lines,
        officers={"wang": 0, "li": 1, "chen": 2, "王强": 0, "李芳": 1, "陈立": 2},
        teams={"brigade": 0},
        grids={"longsheng": 0, "dongjie": 1, "xijie": 2},
        classes={"A": 0, "C": 1},
        grid_parent=(-1, 0, 0),
        enterprises=enterprises,
        class_spans=pl.DataFrame(spans | {"class_": [0, 0, 1, 1]}, schema=CLASS_SPANS),
        grid_spans=pl.DataFrame(spans | {"grid": [1, 1, 1, 2]}, schema=GRID_SPANS),
        closed_sets=((), (Days.parse("sunday"),)),
        recusals=pl.DataFrame({"enterprise": [3], "officer": [1]}, schema=RECUSALS),
        others_visits=pl.DataFrame(schema=OTHERS_VISITS),
        events=pl.DataFrame(schema=EVENTS),
        files=("enterprises.csv",),
        inputs=(Input("plan.yaml", "ab" * 32), Input("enterprises.csv", "cd" * 32)),
    )


def _obligation(
    rule: int, enterprise: int, grid: int, period: str, span: tuple[date, date], importance: int
) -> tuple[Any, ...]:
    return (
        rule,
        enterprise,
        grid,
        period,
        1,
        *span,
        max(span[0], _YEAR[0]),
        min(span[1], _YEAR[1]),
        importance,
        span[1] > _YEAR[1],
    )


_OBLIGATIONS = [
    _obligation(A, 0, -1, "2026-03", _MARCH, 48),
    _obligation(A, 1, -1, "2026-03", _MARCH, 48),
    _obligation(C, 2, -1, "2026-H1", (date(2026, 1, 1), date(2026, 6, 30)), 32),
    _obligation(C, 3, -1, "2026-H1", (date(2026, 1, 1), date(2026, 6, 30)), 32),
    _obligation(PATROL, -1, 1, "2026-03", _MARCH, 20),
    _obligation(SPOT, -1, 2, "2026-Q1", (date(2026, 1, 1), date(2026, 3, 31)), 30),
    _obligation(SURPRISE, 3, -1, "2026-W11", (date(2026, 3, 9), date(2026, 3, 15)), 60),
    _obligation(PIN, 1, -1, "2026-03-02", (date(2026, 3, 2), date(2026, 3, 2)), 100),
    _obligation(A, 0, -1, "2026-02", (date(2026, 2, 1), date(2026, 2, 28)), 48),
    _obligation(C, 2, -1, "2026-W53", (date(2026, 12, 28), date(2027, 1, 3)), 32),
]  # fmt: skip
_VISITS = [  # day, crew, order, enterprise, grid, family, minutes, surprise, state, lead
    (date(2026, 3, 2), 1, 1, 1, 1, "inspection", 60, False, "issued", 7),
    (date(2026, 3, 2), 1, 2, 0, 1, "inspection", 60, False, "drafted", 0),
    (date(2026, 3, 2), 2, 1, -1, 1, "patrol", 60, False, "drafted", 4),
    (date(2026, 3, 10), 1, 1, 2, 1, "patrol", 45, False, "drafted", 2),
    (date(2026, 3, 10), 1, 2, 3, 2, "inspection", 60, True, "drafted", 6),
    (date(2026, 3, 11), 1, 1, -1, 2, "inspection", 60, False, "drafted", 5),
    (date(2026, 4, 7), 0, 0, 3, 2, "self-check", 45, False, "drafted", 3),
]
PROOF = Proof((date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 9), date(2026, 2, 12)), (0, 1), 26, 20, "visits", 6)


def made_schedule(plan: Plan | None = None) -> Schedule:
    """Give a schedule with seven visits: one surprise, one undrawn, one self-check; one unplaced, one carried over."""
    plan = plan or made_plan()
    return Schedule(
        plan=plan,
        today=date(2026, 3, 1),
        obligations=pl.DataFrame(_OBLIGATIONS, schema=OBLIGATIONS, orient="row"),
        visits=pl.DataFrame(_VISITS, schema=VISITS, orient="row"),
        serves=pl.DataFrame(
            [(0, 7), (0, 1), (1, 0), (2, 4), (3, 2), (4, 6), (5, 5), (6, 3)], schema=SERVES, orient="row"
        ),
        crews=pl.DataFrame(
            [
                (date(2026, 3, 2), 1, [0, 1]),
                (date(2026, 3, 2), 2, [2]),
                (date(2026, 3, 10), 1, [1, 0]),
                (date(2026, 3, 11), 1, [0, 1]),
            ],
            schema=CREWS,
            orient="row",
        ),
        unplaced=pl.DataFrame([(8, "capacity", 0, 26, 20)], schema=UNPLACED, orient="row"),
        carried_over=pl.DataFrame([(9, "capacity", -1, -1, -1)], schema=UNPLACED, orient="row"),
        proofs=(PROOF,),
        activities=pl.DataFrame(schema=ACTIVITIES),
        figures=Figures(10, 8, 1, 1, 1, 3, 2, 1, 0),
        provisional_years=(2027,),
    )
