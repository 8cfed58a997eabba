"""The figures of a report, against counting by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.plans import plan_of
from tests.made.ledgers import told

from safeplan.core.calendar import calendar_of
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import Classed
from safeplan.core.report import COUNTS, OTHERS, Report, report, share, total
from safeplan.terms.span import Span

PARTS: dict[str, Any] = {
    "period": "2026",
    "classes": {"A": {"visits": "1 per month", "family": "patrol"}, "B": {"visits": "1 per quarter"}},
    "grids": [
        {"id": "zhen", "name": "镇"},
        {"id": "dong", "name": "东村", "parent": "zhen"},
        {"id": "xi", "name": "西村", "parent": "zhen"},
    ],
    "officers": [
        {"id": "wang", "name": "王强", "grids": ["zhen"], "certificate": "1"},
        {"id": "li", "name": "李芳", "grids": ["zhen"], "certificate": "2"},
    ],
    "enterprises": [
        {"id": "E1", "name": "甲", "class": "A", "grid": "dong"},
        {"id": "E2", "name": "乙", "class": "B", "grid": "dong"},
        {"id": "E3", "name": "丙", "class": "B", "grid": "xi"},
        {"id": "E4", "name": "丁", "class": "B", "grid": "xi", "active": {"from": "2026-05-01"}},
        {"id": "E5", "name": "戊", "class": "B"},
    ],
    "rectification": {"deadlines": {"general": "15 days", "major": "30 days"}},
}
PLAN = plan_of(PARTS)
CALENDAR = calendar_of(PLAN)
BY = {code: code for code in range(3)}
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
TODAY = date(2026, 4, 20)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def visit(enterprise: str | None, at: str, **more: object) -> VisitMade:
    return VisitMade.model_validate({"enterprise": enterprise, "day": day(at), "family": "patrol", **more})


def counted(*events: Event, by: dict[int, int] | None = BY, as_of: date = TODAY, span: Span = MARCH) -> Report:
    return report(PLAN, told(*events), CALENDAR, span, as_of, by)


def rows(made: Report) -> dict[int, dict[str, int]]:
    return {row["group"]: {key: row[key] for key in COUNTS if row[key]} for row in made.tally.iter_rows(named=True)}


FOUND = (
    visit("E1", "03-02"),
    Finding(enterprise="E1", day=day("03-02"), text="一", paper="1"),  # 2
    Finding(enterprise="E1", day=day("03-02"), text="二", severity="major", paper="1"),  # 3
    Finding(enterprise="E2", day=day("03-30"), text="三"),  # 4
    visit("E2", "03-30", outcome="part"),
    visit("E1", "03-31", outcome="closed"),
    visit("E3", "04-01"),
    visit("E3", "03-05", family="self-check"),
    visit(None, "03-09", grid="xi"),
    visit("E9", "03-10"),  # not in the register
    Rectified(finding=2, day=day("03-09")),
    Reinspection(finding=2, verdict="pass", day=day("03-10")),
    Reinspection(finding=3, verdict="fail", day=day("03-10")),
    Reinspection(finding=4, verdict="pass", day=day("04-15")),
    Finding(enterprise="E3", day=day("02-27"), text="四"),  # found before
)


def test_a_month_is_counted_by_grid() -> None:
    made = counted(*FOUND)
    assert rows(made) == {
        1: {
            "enterprises": 2, "visited": 2, "visits": 3, "found": 3, "mended": 2, "major": 1, "records": 2,
            "orders": 2, "reinspections": 1,
        },
        2: {"enterprises": 1, "visits": 1, "records": 1},
        OTHERS: {"enterprises": 1, "visited": 1, "visits": 1, "records": 1},
    }  # fmt: skip
    assert list(made.tally["group"]) == [1, 2, OTHERS]
    assert total(made.tally)["found"] == 3
    assert made.major["finding"].to_list() == [3]
    assert made.months.rows() == [(date(2026, 3, 1), 5, 3, 2)]


def test_what_happened_later_is_not_known_on_an_earlier_day() -> None:
    made = counted(*FOUND, as_of=date(2026, 3, 9))
    assert rows(made)[1] == {
        "enterprises": 2,
        "visited": 1,
        "visits": 1,
        "found": 2,
        "major": 1,
        "records": 1,
        "orders": 1,
    }


def test_classes_are_those_of_the_end_of_the_span() -> None:
    changed = Classed.model_validate({"enterprise": "E3", "class": "A", "day": day("03-20")})
    later = Classed.model_validate({"enterprise": "E2", "class": "A", "day": day("04-02")})
    made = counted(visit("E3", "03-05"), changed, later, by=None)
    assert rows(made) == {
        0: {"enterprises": 2, "visited": 1, "visits": 1, "records": 1},
        1: {"enterprises": 2},
    }


def test_a_rate_without_anything_to_mend_is_whole() -> None:
    assert (share(0, 0), share(0, 3), share(2, 3)) == (1.0, 0.0, 2 / 3)


def test_an_enterprise_counts_while_it_is_active() -> None:
    assert total(counted(span=MARCH).tally)["enterprises"] == 4
    assert total(counted(span=Span(day("05-01"), day("05-31")), as_of=day("06-01")).tally)["enterprises"] == 5


DAYS = st.dates(date(2026, 2, 20), date(2026, 4, 10))
IDS = st.sampled_from(["E1", "E2", "E3", "E4", "E5", "E9"])
OUTCOMES = st.sampled_from(["done", "part", "closed", "refused"])


@given(
    visits=st.lists(st.tuples(IDS, DAYS, OUTCOMES), max_size=12),
    findings=st.lists(st.tuples(IDS, DAYS, st.sampled_from(["general", "major"]), st.integers(-1, 40)), max_size=12),
    as_of=st.dates(date(2026, 2, 20), date(2026, 5, 1)),
)
@settings(max_examples=60, deadline=None)
def test_it_counts_as_one_would_with_a_pencil(
    visits: list[tuple[str, date, str]], findings: list[tuple[str, date, str, int]], as_of: date
) -> None:
    events: list[Event] = [
        VisitMade.model_validate({"enterprise": who, "day": at, "outcome": how, "family": "patrol"})
        for who, at, how in visits
    ]
    for who, at, severity, _ in findings:
        events.append(Finding.model_validate({"enterprise": who, "day": at, "severity": severity}))
    for number, (_, at, _, after) in enumerate(findings, start=len(visits) + 1):
        if after >= 0:
            events.append(Reinspection(finding=number, verdict="pass", day=at + timedelta(days=after)))
    made = report(PLAN, told(*events), CALENDAR, MARCH, as_of, BY)
    last = min(MARCH.last, as_of)
    grid = {"E1": 1, "E2": 1, "E3": 2, "E4": 2}
    expected: dict[int, dict[str, int]] = {}

    def group(who: str) -> dict[str, int]:
        return expected.setdefault(grid.get(who, OTHERS), dict.fromkeys(COUNTS, 0))

    for who in ("E1", "E2", "E3", "E5"):
        group(who)["enterprises"] += 1
    went = [one for one in visits if MARCH.first <= one[1] <= last]
    for who, _, how in went:
        group(who)["visits"] += 1
        group(who)["records"] += how in ("done", "part")
    for who in {who for who, _, how in went if how in ("done", "part")}:
        group(who)["visited"] += 1
    seen = [one for one in findings if MARCH.first <= one[1] <= last]
    for who, at, severity, after in seen:
        closed = after >= 0 and at + timedelta(days=after) <= as_of
        group(who)["found"] += 1
        group(who)["mended"] += closed
        group(who)["major"] += severity == "major"
        group(who)["major_mended"] += severity == "major" and closed
    for who, _ in {(who, at) for who, at, _, _ in seen}:
        group(who)["orders"] += 1
    looked = {
        (who, at + timedelta(days=after))
        for who, at, _, after in findings
        if after >= 0 and MARCH.first <= at + timedelta(days=after) <= last
    }
    for who, _ in looked:
        group(who)["reinspections"] += 1
    assert rows(made) == {code: {key: n for key, n in one.items() if n} for code, one in expected.items()}
