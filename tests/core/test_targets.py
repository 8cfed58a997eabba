"""The figures of targets, what they are made of, and whether they meet their goals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.overdue.made import town, visit
from tests.core.plans import firm
from tests.made.ledgers import told

from safeplan.core.calendar import calendar_of
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Reinspection
from safeplan.core.events.work import Figure
from safeplan.core.targets import Measured, measured

JUNE = date(2026, 6, 30)


def of(target: dict[str, Any], *events: Event, as_of: date = JUNE, **parts: Any) -> Measured:
    plan = town(targets=[{"name": "指标", **target}], **parts)
    (one,) = measured(plan, told(*events), calendar_of(plan), as_of)
    return one


@pytest.mark.parametrize(
    ("events", "figures", "met"),
    [
        pytest.param([], (None, None, None), None, id="there is no ledger"),
        pytest.param([visit("E3", JUNE)], (0.0, 0, 2), False, id="none of them was visited"),
        pytest.param([visit("E1", JUNE)], (0.5, 1, 2), False, id="one of two"),
        pytest.param([visit("E1", JUNE), visit("E1", JUNE), visit("E3", JUNE)], (0.5, 1, 2), False, id="each once"),
        pytest.param([visit("E1", JUNE), visit("E2", date(2026, 1, 1))], (1.0, 2, 2), True, id="all"),
        pytest.param([visit("E1", date(2025, 12, 31))], (0.0, 0, 2), False, id="last year does not count"),
        pytest.param([visit("E1", date(2026, 7, 1))], (0.0, 0, 2), False, id="nor what comes later"),
        pytest.param([visit("E1", JUNE, outcome="closed")], (0.0, 0, 2), False, id="a closed door is no visit"),
        pytest.param([visit("E1", JUNE, family="self-check")], (0.0, 0, 2), False, id="nor is a self-check"),
    ],
)
def test_coverage(events: list[Event], figures: tuple[Any, ...], met: bool | None) -> None:
    one = of({"measure": "coverage", "where": {"class": "A"}, "at_least": "100%"}, *events)
    assert (one.reached.figure, one.reached.numerator, one.reached.denominator) == figures
    assert (one.met, one.due) == (met, date(2026, 12, 31))


def closed(finding: int, day: str) -> Reinspection:
    return Reinspection.model_validate({"day": day, "finding": finding, "verdict": "pass"})


@pytest.mark.parametrize(
    ("events", "figures"),
    [
        pytest.param([], (None, None, None), id="there is no ledger"),
        pytest.param([visit("E1", JUNE)], (None, 0, 0), id="no finding: nothing to take a share of"),
        pytest.param([Finding(day=date(2026, 6, 20), enterprise="E1")], (None, 0, 0), id="not due yet"),
        pytest.param([Finding(day=date(2026, 3, 2), enterprise="E1")], (0.0, 0, 1), id="due and open"),
        pytest.param(
            [Finding(day=date(2026, 3, 2), enterprise="E1"), closed(1, "2026-03-17")], (1.0, 1, 1), id="on its last day"
        ),
        pytest.param(
            [Finding(day=date(2026, 3, 2), enterprise="E1"), closed(1, "2026-03-18")], (0.0, 0, 1), id="a day late"
        ),
        pytest.param(
            [Finding(day=date(2026, 3, 2), enterprise="E1"), Finding(day=date(2026, 3, 2), enterprise="E3")],
            (0.0, 0, 1), id="only those of where",
        ),
    ],
)  # fmt: skip
def test_rectification_rate(events: list[Event], figures: tuple[Any, ...]) -> None:
    target = {"measure": "rectification-rate", "where": {"class": "A"}, "at_least": "100%"}
    one = of(target, *events, rectification={"deadlines": {"general": "15 days"}})
    assert (one.reached.figure, one.reached.numerator, one.reached.denominator) == figures


@pytest.mark.parametrize(
    ("goal", "met"), [("100%", False), ("50%", True), ("2", True), ("3", False)], ids=lambda one: str(one)
)
def test_standard_level_counts_the_level_or_better(goal: str, met: bool) -> None:
    levels = [firm(1, standard_level=1), firm(2, standard_level=3), firm(3, standard_level=4), firm(4)]
    target = {"measure": "standard-level", "level": 3, "at_least": goal}
    one = of(target, enterprises=levels)
    assert (one.reached.figure, one.reached.numerator, one.reached.denominator) == (0.5, 2, 4)
    assert (one.met, one.trend) == (met, ())


@pytest.mark.parametrize(
    ("goal", "told_", "figure", "met"),
    [
        pytest.param({"at_least": "90%"}, [], None, None, id="no figure"),
        pytest.param({"at_least": "90%"}, [(5, 0.9)], 0.9, True, id="just met"),
        pytest.param({"at_least": "90%"}, [(3, 0.95), (5, 0.8)], 0.8, False, id="the last one counts"),
        pytest.param({"at_most": "0"}, [(5, 0)], 0.0, True, id="a ceiling kept"),
        pytest.param({"at_most": "0"}, [(5, 1)], 1.0, False, id="a ceiling broken"),
        pytest.param({}, [(5, 7)], 7.0, None, id="no goal yet"),
    ],
)
def test_reported_figures(
    goal: dict[str, str], told_: list[tuple[int, float]], figure: float | None, met: bool | None
) -> None:
    events = [Figure(day=date(2026, month, 1), target="指标", value=value) for month, value in told_]
    one = of({"measure": "reported", **goal}, *events)
    assert (one.reached.figure, one.met) == (figure, met)


def test_the_trend_gives_each_month_so_far_and_the_day() -> None:
    one = of(
        {"measure": "coverage", "at_least": "100%"}, visit("E1", date(2026, 2, 3)), visit("E2", date(2026, 3, 3)),
        as_of=date(2026, 3, 9),
    )  # fmt: skip
    assert [(day, round(figure or 0, 2)) for day, figure in one.trend] == [
        (date(2026, 1, 31), 0.0), (date(2026, 2, 28), 0.33), (date(2026, 3, 9), 0.67),
    ]  # fmt: skip
