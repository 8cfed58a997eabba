"""Draws: an order that everybody can recompute, pools, exclusions, and officers by lot."""

from __future__ import annotations

import hashlib
import random
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safeplan
from safeplan.core.calendar import calendar_of
from safeplan.core.choice import Choice, choose
from safeplan.core.draw import Draw, draw_of, draws, period_of, seeds, unknown_seeds
from safeplan.core.lots import digest, in_order, pool_hash
from safeplan.core.roster import visits
from safeplan.core.rules.spot_checks import expand
from safeplan.plan.plan import Plan
from safeplan.terms.period import Period

from .plans import firm, plan_of

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NAMES = st.lists(st.text("ABC东街企業é\"\\/'12", min_size=1, max_size=5), unique=True, max_size=12)


def as_javascript(texts: list[str]) -> str:
    """Write a list as JSON.stringify does (ECMA-262, QuoteJSONString), by hand."""
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    quoted = []
    for text in texts:
        marks = [short.get(mark) or (f"\\u{ord(mark):04x}" if mark < " " else mark) for mark in text]
        quoted.append('"' + "".join(marks) + '"')
    return "[" + ",".join(quoted) + "]"


@given(st.lists(TEXTS, max_size=6))
def test_a_digest_is_that_of_what_javascript_would_write(texts: list[str]) -> None:
    said = as_javascript([unicodedata.normalize("NFC", text) for text in texts])
    assert digest(texts) == hashlib.sha256(said.encode()).hexdigest()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["a", "b"], "0473ef2dc0d324ab659d3580c1134e9d812035905c4781fdd6d529b0c6860e13"),
        (["福彩3D-417", '"引号"\\', "\u2028\x7f\x1f"], None),
        (["é"], digest(["e\u0301"])),
    ],
    ids=["plain", "quotes, controls and line separators", "composed as NFC"],
)
def test_known_digests_never_change(texts: list[str], expected: str | None) -> None:
    assert digest(texts) == (expected or hashlib.sha256(as_javascript(texts).encode()).hexdigest())


@given(NAMES, TEXTS, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_pool(ids: list[str], seed: str, chance: random.Random) -> None:
    shuffled = chance.sample(ids, len(ids))
    assert in_order(ids, seed=seed, rule="r", period="p") == in_order(shuffled, seed=seed, rule="r", period="p")


def a_draw(pool: list[str], k: int) -> Draw:
    period = Period(date(2026, 4, 1), date(2026, 6, 30), "2026-Q2")
    return Draw(0, "spot-check-a", period, tuple(sorted(pool)), (), k, False, -1)


@given(NAMES, TEXTS, st.integers(0, 12), st.integers(0, 12))
def test_raising_k_only_adds(pool: list[str], seed: str, few: int, more: int) -> None:
    less, most = sorted((few, more))
    drawn = a_draw(pool, most).drawn(seed)
    assert drawn[: min(less, len(pool))] == a_draw(pool, less).drawn(seed)


@given(NAMES.filter(bool), TEXTS)
def test_who_cannot_be_visited_is_replaced_by_the_next_in_order(pool: list[str], seed: str) -> None:
    draw = a_draw(pool, max(1, len(pool) // 2))
    order = draw.order(seed)
    assert draw.drawn(seed, [order[0]]) == order[1 : draw.k + 1]


TOWN: dict[str, Any] = {
    "period": 2026,
    "grids": [
        {"id": "town", "name": "镇"},
        {"id": "east", "name": "东村", "parent": "town"},
        {"id": "west", "name": "西村", "parent": "town"},
    ],
    "officers": [
        {"id": name, "name": name, "grids": [grid], "certificate": name, **more}
        for name, grid, more in (
            ("wang", "town", {}),
            ("li", "town", {"avoids": ["E1"]}),
            ("qian", "town", {"leave": ["2026-01-01/2026-12-31"]}),
            ("sun", "town", {}),
            ("zhou", "east", {}),
        )
    ],
    "classes": {"C": {"visits": "1 per year", "family": "patrol", "separate": True}},
}


def town(check: dict[str, Any], firms: list[dict[str, Any]], **more: Any) -> Plan:
    return plan_of({**TOWN, "spot_checks": [{"name": "抽查", **check}], "enterprises": firms, **more})


def pools(plan: Plan) -> list[Draw]:
    rule = next(code for code, line in enumerate(plan.rules) if line.id == "spot-check-抽查")
    return list(draws(plan, rule, calendar_of(plan)))


def test_a_pool_holds_who_is_chosen_and_active_on_some_day() -> None:
    firms = [
        firm(1, "C"),
        firm(2, "C", active={"from": "2026-03-31"}),
        firm(3, "C", active={"to": "2026-03-31"}),
        firm(4, "C", status="停业"),
        firm(5, "C", sector="other"),
    ]
    found = pools(town({"share": "50%", "where": {"not": {"sector": "other"}}}, firms))
    assert [one.period.name for one in found] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert found[0].pool == ("E1", "E2", "E3")
    assert found[1].pool == ("E1", "E2")
    assert [one.k for one in found[:2]] == [2, 1]


@pytest.mark.parametrize(
    ("last_visit", "excluded"),
    [("2025-12-31", True), ("2025-10-01", True), ("2025-09-30", False), ("2026-01-01", False)],
    ids=["the day before", "three months before, to the day", "a day earlier", "in the period itself"],
)
def test_a_visit_within_the_time_before_the_period_excludes(last_visit: str, excluded: bool) -> None:
    check = {"share": "100%", "exclude": {"visited_within": "3 months"}}
    found = pools(town(check, [firm(1, "C", last_visit=last_visit), firm(2, "C")]))[0]
    assert [one.enterprise for one in found.excluded] == (["E1"] if excluded else [])
    assert found.k == 2


def test_an_enterprise_whose_cap_others_have_used_up_is_excluded() -> None:
    plan = town(
        {"share": "50%", "family": "inspection"},
        [firm(1, "C"), firm(2, "C")],
        caps=[{"name": "上限", "per_year": 1}],
        others_visits=[{"enterprise": "E2", "day": "2026-02-02", "family": "inspection"}],
    )
    (out,) = pools(plan)[0].excluded
    assert (out.enterprise, out.why, out.visits, out.cap) == ("E2", "cap", 1, 1)


def test_seeds_are_named_by_period_with_or_without_the_year() -> None:
    plan = town({"share": "10%", "seed": {"Q1": "a", "2026-Q2": "b"}}, [firm(1, "C")])
    line = plan.rules[-1]
    assert seeds(plan, line) == {"2026-Q1": "a", "2026-Q2": "b"}
    other = line.model.model_copy(update={"seed": {"M03": "c", "Q5": "d", "Q4": "e"}})
    assert unknown_seeds(plan, replace(line, model=other)) == ["M03", "Q5"]


@pytest.mark.parametrize(
    ("words", "windows"),
    [
        pytest.param(
            {"window": "2026-06-01/2026-06-30"}, [("2026-06-01..2026-06-30", "2026-06-01", "2026-06-30")], id="a span"
        ),
        pytest.param(
            {"window": "term"},
            [("term@2026-03-02", "2026-03-02", "2026-07-05"), ("term@2026-09-01", "2026-09-01", "2026-12-31")],
            id="one draw in each span of a season",
        ),
        pytest.param(
            {"window": "2026-05-15/2026-07-10", "per": "month"},
            [
                ("2026-05", "2026-05-15", "2026-05-31"),
                ("2026-06", "2026-06-01", "2026-06-30"),
                ("2026-07", "2026-07-01", "2026-07-10"),
            ],
            id="one draw in each unit of a window, which cuts it",
        ),
        pytest.param({"window": "2026-02-17/2026-02-19"}, [], id="no working day in the window"),
    ],
)
def test_a_window_says_when_is_drawn(words: dict[str, Any], windows: list[tuple[str, str, str]]) -> None:
    plan = town(
        {"share": "50%", **words},
        [firm(1, "C"), firm(2, "C")],
        seasons={"term": ["2026-03-02/2026-07-05", "2026-09-01/2027-01-20"]},
    )
    owed = expand(plan, calendar_of(plan), plan.first)
    columns = pl.col("period"), pl.col("open_first").cast(pl.String), pl.col("open_last").cast(pl.String)
    assert owed.obligations.select(columns).rows() == windows
    assert [one.code for one in owed.diagnostics] == ([] if windows else ["no-day-in-unit"])


def test_the_one_draw_of_a_window_may_be_called_window() -> None:
    span = "2026-06-01/2026-06-30"
    plan = town({"share": "50%", "window": span, "seed": {"window": "s"}}, [firm(1, "C"), firm(2, "C")])
    assert seeds(plan, plan.rules[-1]) == {"2026-06-01..2026-06-30": "s"}
    owed = expand(plan, calendar_of(plan), plan.first).obligations
    assert owed["enterprise"].to_list() in ([0], [1])
    period = period_of(plan, plan.rules[-1], "window")
    assert period is not None and period.name == "2026-06-01..2026-06-30"


def test_a_window_outside_the_period_is_warned_of() -> None:
    plan = town({"share": "50%", "window": "2027-06-01/2027-06-30"}, [firm(1, "C")])
    assert "rule-outside-period" in [one.code for one in plan.diagnostics]


def test_the_drawn_owe_and_an_undrawn_period_reserves_its_number() -> None:
    firms = [firm(number, "C", grid="east" if number % 2 else "west") for number in range(1, 11)]
    plan = town({"share": "30%", "family": "inspection", "seed": {"Q1": "417"}}, firms)
    made = visits(safeplan.schedule(plan))
    spot = made.filter(made["id"].str.starts_with("spot-check"))
    first = pools(plan)[0].drawn("417")
    assert sorted(spot["id"].to_list()) == sorted(
        [f"spot-check-抽查/{one}/2026-Q1/1" for one in first]
        + [f"spot-check-抽查/-/2026-Q{quarter}/{n}" for quarter in (2, 3, 4) for n in (1, 2, 3)]
    )
    undrawn = spot.filter(spot["enterprise"].is_null())
    assert set(undrawn["grid"]) == {"town"}
    assert all(len(crew) == 2 for crew in undrawn["officers"])


def test_a_share_of_everybody_needs_no_draw() -> None:
    plan = town({"share": "100%", "family": "patrol"}, [firm(1, "C"), firm(2, "C")])
    made = visits(safeplan.schedule(plan))
    assert sum(made["rules"].list.contains("抽查")) == 8
    assert made["enterprise"].null_count() == 0


def test_officers_are_the_first_by_lot_who_may_and_can() -> None:
    firms = [firm(number, "C", grid="east") for number in range(1, 5)]
    check = {"share": "75%", "family": "inspection", "random_officers": True, "cross": True, "seed": {"Q1": "417"}}
    plan = town(check, firms)
    made = visits(safeplan.schedule(plan))
    crews = {row["enterprise"]: set(row["officers"]) for row in made.iter_rows(named=True) if "Q1" in row["id"]}
    assert len(crews) == 3
    for enterprise, crew in crews.items():
        able = {"wang", "sun"} if enterprise == "E1" else {"wang", "li", "sun"}
        order = sorted(able, key=lambda one: digest(("417", "spot-check-抽查", "2026-Q1", enterprise, one)))
        assert crew == set(order[:2])


def test_a_pool_hash_is_that_of_its_ids() -> None:
    plan = town({"share": "10%"}, [firm(2, "C"), firm(1, "C")])
    draw = draw_of(plan, len(plan.rules) - 1, pools(plan)[0].period, calendar_of(plan))
    assert pool_hash(draw.pool) == hashlib.sha256(b'["E1","E2"]').hexdigest()


def test_what_is_not_drawn_yet_is_hidden_and_counted_unless_it_is_asked_for() -> None:
    schedule = safeplan.schedule(town({"share": "50%", "family": "inspection"}, [firm(1, "C"), firm(2, "C")]))
    hidden, shown = choose(schedule, Choice()), choose(schedule, Choice(with_surprise=True))
    assert (hidden.undrawn, shown.undrawn) == (4, 0)
    assert not visits(hidden.schedule)["id"].str.contains("/-/").any()
    assert visits(shown.schedule)["id"].str.contains("/-/").sum() == 4
