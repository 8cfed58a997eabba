"""Filters choose what is shown; what nobody asked for stays hidden and is counted."""

from __future__ import annotations

from datetime import date

import pytest

from made.schedules import made_schedule
from safeplan.core import roster
from safeplan.core.choice import Choice, choose, grids_below

ALL = Choice(with_surprise=True)


def _ids(choice: Choice) -> list[str]:
    return roster.visits(choose(made_schedule(), choice).schedule)["id"].to_list()


def test_surprise_and_undrawn_visits_are_hidden_and_counted():
    chosen = choose(made_schedule(), Choice())
    assert (chosen.surprise, chosen.undrawn) == (1, 1)
    assert len(chosen.schedule.visits) == 5
    assert not chosen.schedule.visits["surprise"].any()


def test_everything_is_there_when_it_is_asked_for():
    chosen = choose(made_schedule(), ALL)
    assert (chosen.surprise, chosen.undrawn) == (0, 0)
    assert chosen.schedule.visits.equals(made_schedule().visits)
    assert chosen.schedule.serves.equals(made_schedule().serves)


@pytest.mark.parametrize(
    ("choice", "visits"),
    [
        pytest.param(Choice(date(2026, 3, 9), date(2026, 3, 15), with_surprise=True), 3, id="days"),
        pytest.param(Choice(last=date(2026, 3, 2), with_surprise=True), 3, id="up to a day, included"),
        pytest.param(Choice(officer=2, with_surprise=True), 1, id="an officer's own crew"),
        pytest.param(Choice(grid=2, with_surprise=True), 3, id="a village"),
        pytest.param(Choice(grid=0, with_surprise=True), 7, id="a town with its villages"),
        pytest.param(Choice(date(2026, 3, 2), date(2026, 3, 2), officer=0, grid=1), 2, id="all filters hold at once"),
    ],
)
def test_a_filter_keeps_what_it_names(choice: Choice, visits: int):
    assert len(_ids(choice)) == visits


def test_what_visits_serve_follows_them():
    chosen = choose(made_schedule(), Choice(date(2026, 3, 10), date(2026, 3, 10), with_surprise=True))
    served = roster.served(chosen.schedule)
    assert served["visit"].to_list() == [0, 1]
    assert served["obligation"].to_list() == roster.visits(chosen.schedule)["id"].to_list()


def test_crews_without_a_shown_visit_are_not_shown():
    assert len(choose(made_schedule(), Choice(grid=2)).schedule.crews) == 0


@pytest.mark.parametrize(
    ("choice", "unplaced"),
    [
        pytest.param(Choice(date(2026, 2, 28), date(2026, 3, 31)), 1, id="the window touches the days"),
        pytest.param(Choice(date(2026, 3, 1), date(2026, 3, 31)), 0, id="the window ended before"),
        pytest.param(Choice(grid=1), 1, id="the enterprise lies in the grid"),
        pytest.param(Choice(grid=2), 0, id="it lies elsewhere"),
        pytest.param(Choice(officer=0), 0, id="what is unplaced is nobody's"),
    ],
)
def test_the_unplaced_are_kept_where_they_belong(choice: Choice, unplaced: int):
    assert len(choose(made_schedule(), choice).schedule.unplaced) == unplaced


def test_a_grid_holds_itself_and_all_below():
    assert grids_below(made_schedule().plan, 0) == [0, 1, 2]
    assert grids_below(made_schedule().plan, 2) == [2]
