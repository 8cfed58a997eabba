"""Where findings stand: deadlines of the golden cases, each state, reinspections, and a random walk against a model."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.core.plans import CREW, firm, plan_of
from tests.made.ledgers import told

from safeplan.core.calendar import calendar_of
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Extension, Finding, Rectified, Reinspection
from safeplan.core.rectification import cases

FOUND = date(2026, 3, 2)


def plan_with(**rectification: Any) -> Any:
    return plan_of(
        {
            **CREW,
            "period": 2026,
            "classes": {"A": {"visits": "1 per year", "family": "patrol"}},
            "enterprises": [firm(1, sector="chemicals"), firm(2, sector="fire")],
            "rectification": rectification,
        }
    )


def case_of(plan: Any, as_of: date, *events: Event) -> dict[str, Any]:
    rows = cases(plan, told(*events), calendar_of(plan), as_of)
    assert len(rows) == 1
    return rows.row(0, named=True)


def found(day: date = FOUND, enterprise: str = "E1", **more: Any) -> Finding:
    return Finding.model_validate({"day": day, "enterprise": enterprise, **more})


def claimed(day: date) -> Rectified:
    return Rectified(day=day, finding=1)


def looked(day: date, verdict: str, **more: Any) -> Reinspection:
    return Reinspection.model_validate({"day": day, "finding": 1, "verdict": verdict, **more})


def extended(day: date, answer: str, until: date | None = None) -> Extension:
    return Extension.model_validate({"day": day, "finding": 1, "answer": answer, "until": until})


@pytest.mark.parametrize(
    ("start", "length", "raw", "rolled"),
    [
        ("2026-09-18", "7 days", "2026-09-25", "2026-09-28"),
        ("2026-09-18", "7 workdays", "2026-09-29", "2026-09-29"),
        ("2026-09-24", "7 days", "2026-10-01", "2026-10-08"),
        ("2026-09-24", "7 workdays", "2026-10-12", "2026-10-12"),
        ("2026-02-06", "10 days", "2026-02-16", "2026-02-24"),
        ("2026-02-06", "10 workdays", "2026-02-27", "2026-02-27"),
        ("2026-04-30", "3 days", "2026-05-03", "2026-05-06"),
        ("2026-04-30", "3 workdays", "2026-05-08", "2026-05-08"),
        ("2026-01-31", "30 days", "2026-03-02", "2026-03-02"),
        ("2026-01-31", "30 workdays", "2026-03-19", "2026-03-19"),
        ("2026-01-31", "1 month", "2026-02-28", "2026-02-28"),
        ("2026-03-02", "48 hours", "2026-03-04", "2026-03-04"),
    ],
)
def test_deadlines_are_those_of_the_golden_cases(start: str, length: str, raw: str, rolled: str) -> None:
    case = case_of(plan_with(deadlines={"general": length}), date(2026, 12, 31), found(date.fromisoformat(start)))
    assert (case["due_raw"], case["due"]) == (date.fromisoformat(raw), date.fromisoformat(rolled))
    assert case["days_overdue"] == (date(2026, 12, 31) - date.fromisoformat(rolled)).days


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        pytest.param("2019-03-01", "15 days", "2019-03-18", id="years before the plan: a Saturday rolls"),
        pytest.param("2019-03-01", "10 workdays", "2019-03-15", id="and working days are counted"),
        pytest.param("2023-12-29", "3 workdays", "2024-01-04", id="into the years that are known"),
        pytest.param("2031-03-01", "14 days", "2031-03-17", id="years behind it"),
        pytest.param("2028-12-27", "10 workdays", "2029-01-10", id="out of the years that are known"),
    ],
)
def test_a_ledger_is_older_than_its_plan(start: str, length: str, due: str) -> None:
    plan = plan_with(deadlines={"general": length})
    assert case_of(plan, date(2035, 1, 1), found(date.fromisoformat(start)))["due"] == date.fromisoformat(due)


def test_the_plans_own_days_off_move_no_deadline() -> None:
    parts = {
        **CREW, "period": 2026, "enterprises": [firm(1)], "classes": {"A": {"visits": "1 per year"}},
        "calendar": {"days_off": ["2026-03-17"]}, "rectification": {"deadlines": {"general": "15 days"}},
    }  # fmt: skip
    assert case_of(plan_of(parts), FOUND, found())["due"] == date(2026, 3, 17)


def test_a_severity_without_deadline_has_none_unless_the_order_names_a_day_which_rolls() -> None:
    plan = plan_with(deadlines={"major": "30 days"})
    assert case_of(plan, date(2026, 12, 1), found())["due"] is None
    assert case_of(plan, date(2026, 12, 1), found())["state"] == "ordered"
    named = case_of(plan, date(2026, 3, 30), found(due=date(2026, 3, 28)))
    assert (named["due_raw"], named["due"], named["days_overdue"]) == (date(2026, 3, 28), date(2026, 3, 30), 0)


DUE = date(2026, 3, 17)
LATE = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("as_of", "events", "state", "days"),
    [
        pytest.param(DUE, [], "ordered", 0, id="on its last day it is not overdue"),
        pytest.param(DUE + timedelta(days=1), [], "overdue", 1, id="the day after it is"),
        pytest.param(LATE, [claimed(DUE)], "claimed", 0, id="mended in time, nobody has looked"),
        pytest.param(LATE, [claimed(LATE)], "claimed", 0, id="mended late"),
        pytest.param(LATE, [claimed(LATE + timedelta(days=1))], "overdue", 3, id="what is told for later is not known"),
        pytest.param(LATE, [claimed(DUE), looked(LATE, "pass")], "closed", 0, id="reinspected"),
        pytest.param(LATE, [looked(LATE, "pass")], "closed", 0, id="reinspected without a claim"),
        pytest.param(LATE, [claimed(DUE), looked(LATE, "fail")], "mending", 0, id="ordered anew"),
        pytest.param(date(2026, 4, 8), [looked(LATE, "fail")], "overdue", 1, id="the new order: Qingming rolls it"),
        pytest.param(date(2026, 3, 26), [looked(LATE, "fail", due=date(2026, 3, 24))], "overdue", 2, id="by its day"),
        pytest.param(LATE, [extended(DUE, "asked", date(2026, 4, 1))], "overdue", 3, id="asking extends nothing"),
        pytest.param(LATE, [extended(DUE, "granted", date(2026, 4, 1))], "extended", 0, id="granted"),
        pytest.param(LATE, [extended(DUE, "refused")], "overdue", 3, id="refused"),
        pytest.param(date(2026, 4, 3), [extended(DUE, "granted", date(2026, 4, 1))], "overdue", 2, id="granted, over"),
        pytest.param(
            LATE,
            [extended(DUE, "granted", date(2026, 4, 1)), looked(DUE, "fail", due=date(2026, 3, 18))],
            "overdue", 2, id="an order anew ends what was granted",
        ),
        pytest.param(LATE, [claimed(DUE), looked(LATE, "pass"), looked(LATE, "fail")], "closed", 0, id="closed stays"),
        pytest.param(
            LATE, [looked(FOUND - timedelta(days=1), "pass")], "overdue", 3, id="nothing passed before it was found"
        ),
        pytest.param(
            LATE, [extended(DUE, "granted", date(2026, 4, 1)), extended(DUE, "granted")], "extended", 0,
            id="granted again, without a day",
        ),
    ],
)  # fmt: skip
def test_states(as_of: date, events: list[Event], state: str, days: int) -> None:
    case = case_of(plan_with(deadlines={"general": "15 days"}), as_of, found(), *events)
    assert (case["state"], case["days_overdue"]) == (state, days)


@pytest.mark.parametrize(
    ("events", "waits"),
    [
        pytest.param([extended(DUE, "asked", date(2026, 4, 1))], (DUE, date(2026, 4, 1)), id="asked"),
        pytest.param([extended(DUE, "asked", LATE), extended(LATE, "granted", LATE)], (None, None), id="granted"),
        pytest.param([extended(DUE, "asked", LATE), extended(LATE, "refused")], (None, None), id="refused"),
        pytest.param([extended(DUE, "asked", LATE), looked(LATE, "fail")], (None, None), id="ordered anew"),
        pytest.param([extended(DUE, "asked", LATE), looked(LATE, "pass")], (None, None), id="closed"),
        pytest.param([extended(DUE, "refused"), extended(LATE, "asked", LATE)], (LATE, LATE), id="asked again"),
    ],
)
def test_an_extension_waits_until_it_is_answered(events: list[Event], waits: tuple[date | None, date | None]) -> None:
    case = case_of(plan_with(deadlines={"general": "15 days"}), date(2026, 4, 30), found(), *events)
    assert (case["asked"], case["asked_until"]) == waits


@pytest.mark.parametrize(
    ("from_", "events", "window"),
    [
        pytest.param("earlier", [], (DUE, date(2026, 3, 31)), id="earlier: the deadline is over"),
        pytest.param("earlier", [claimed(date(2026, 3, 5))], (date(2026, 3, 5), date(2026, 3, 19)), id="the request"),
        pytest.param("earlier", [claimed(date(2026, 3, 19))], (DUE, date(2026, 3, 31)), id="the deadline was first"),
        pytest.param("request", [], (None, None), id="request: nobody asked"),
        pytest.param("request", [claimed(date(2026, 3, 19))], (date(2026, 3, 19), date(2026, 4, 2)), id="asked"),
        pytest.param("deadline", [claimed(date(2026, 3, 5))], (DUE, date(2026, 3, 31)), id="deadline alone"),
        pytest.param("earlier", [claimed(DUE), looked(LATE, "pass")], (None, None), id="closed: none is owed"),
        pytest.param("earlier", [claimed(DUE), looked(LATE, "fail")], (None, None), id="ordered anew: not yet"),
    ],
)
def test_the_time_for_a_reinspection(from_: str, events: list[Event], window: tuple[date | None, date | None]) -> None:
    plan = plan_with(deadlines={"general": "15 days"}, reinspect={"within": "10 workdays", "from": from_})
    case = case_of(plan, date(2026, 3, 31), found(), *events)
    assert (case["reinspect_first"], case["reinspect_last"]) == window


def test_a_sector_may_have_a_time_of_its_own_for_reinspections() -> None:
    own = {"fire": {"within": "3 workdays", "from": "request"}}
    plan = plan_with(deadlines={"general": "15 days"}, reinspect={"within": "10 workdays", "sectors": own})
    case = case_of(plan, LATE, found(enterprise="E2"), claimed(date(2026, 3, 5)))
    assert case["reinspect_last"] == date(2026, 3, 10)
    assert case_of(plan, LATE, found(enterprise="E2"))["reinspect_first"] is None


def test_a_finding_of_an_enterprise_that_left_the_plan_still_stands() -> None:
    case = case_of(plan_with(deadlines={"general": "15 days"}), LATE, found(enterprise="E9"))
    assert (case["enterprise"], case["code"], case["state"]) == ("E9", -1, "overdue")


class _Walk(RuleBasedStateMachine):
    """Tells random events of a few findings in order, and keeps what they mean in plain variables."""

    PLAN = plan_with(deadlines={"general": "15 days"}, reinspect={"within": "10 workdays"})

    @initialize()
    def begin(self) -> None:
        self.events: list[Event] = []
        self.today = FOUND
        self.model: dict[int, dict[str, Any]] = {}

    def _open(self, pick: int) -> int | None:
        numbers = sorted(self.model)
        return numbers[pick % len(numbers)] if numbers else None

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), date(2027, 6, 30))

    @rule(due=st.none() | st.integers(1, 40))
    def find(self, due: int | None) -> None:
        named = None if due is None else self.today + timedelta(days=due)
        self.events.append(found(self.today, due=named))
        self.model[len(self.events)] = {"due": named or self.today + timedelta(days=15), "state": "ordered"}

    @rule(pick=st.integers(0, 9))
    def mend(self, pick: int) -> None:
        if number := self._open(pick):
            self.events.append(Rectified(day=self.today, finding=number))
            if self.model[number]["state"] != "closed":
                self.model[number]["state"] = "claimed"

    @rule(pick=st.integers(0, 9), passes=st.booleans(), due=st.none() | st.integers(1, 40))
    def look(self, pick: int, passes: bool, due: int | None) -> None:
        if number := self._open(pick):
            named = None if passes or due is None else self.today + timedelta(days=due)
            verdict = "pass" if passes else "fail"
            told_ = {"day": self.today, "finding": number, "verdict": verdict, "due": named}
            self.events.append(Reinspection.model_validate(told_))
            if self.model[number]["state"] == "closed":
                return
            if passes:
                self.model[number]["state"] = "closed"
            else:
                self.model[number] = {"due": named or self.today + timedelta(days=15), "state": "mending"}

    @rule(pick=st.integers(0, 9), answer=st.sampled_from(["asked", "granted", "refused"]), days=st.integers(1, 40))
    def extend(self, pick: int, answer: str, days: int) -> None:
        if number := self._open(pick):
            until = self.today + timedelta(days=days)
            told_ = {"day": self.today, "finding": number, "answer": answer, "until": until}
            self.events.append(Extension.model_validate(told_))
            case = self.model[number]
            if case["state"] != "closed":
                case["asked"] = self.today if answer == "asked" else None
                if answer == "granted":
                    case["due"], case["granted"] = until, True

    @invariant()
    def every_finding_stands_where_the_model_says(self) -> None:
        calendar = calendar_of(self.PLAN)
        rows = cases(self.PLAN, told(*self.events), calendar, self.today)
        assert rows["finding"].to_list() == sorted(self.model)
        for row in rows.iter_rows(named=True):
            case = self.model[row["finding"]]
            due = case["due"]
            while not calendar.statutory[calendar.index(due)]:
                due += timedelta(days=1)
            state = case["state"]
            if state in ("ordered", "mending"):
                state = "overdue" if self.today > due else "extended" if case.get("granted") else state
            assert row["due"] == due
            assert row["state"] == state
            assert row["days_overdue"] == ((self.today - due).days if state == "overdue" else 0)
            assert row["asked"] == (None if state == "closed" else case.get("asked"))


TestWalk = _Walk.TestCase
TestWalk.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_many_findings_are_followed_at_once() -> None:
    events: list[Event] = [found(FOUND + timedelta(days=n % 60)) for n in range(300)]
    events += [Rectified(day=date(2026, 6, 1), finding=n) for n in range(1, 200)]
    events += [looked(date(2026, 6, 2), "pass", finding=n) for n in range(1, 100)]
    rows = cases(plan_with(deadlines={"general": "15 days"}), told(*events), calendar_of(_Walk.PLAN), date(2026, 7, 1))
    counts = dict(rows.group_by("state").len().iter_rows())
    assert counts == {"closed": 99, "claimed": 100, "overdue": 101}
    assert (
        rows.filter(pl.col("state") == "overdue")["days_overdue"].min() == (date(2026, 7, 1) - date(2026, 5, 15)).days
    )
