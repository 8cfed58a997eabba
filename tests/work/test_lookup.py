"""Things are found by id, by name, or by a beginning that only one has."""

from __future__ import annotations

from datetime import date

import pytest

from made.schedules import made_plan, made_schedule
from safeplan.work.errors import WorkError
from safeplan.work.lookup import Kind, Thing, find_enterprise, find_grid, find_officer, find_subject, find_thing


@pytest.mark.parametrize("asked", ["wang", "WANG", "王强", "wa", "王"])
def test_an_officer_is_found(asked: str):
    assert find_officer(made_plan(), asked) == 0


@pytest.mark.parametrize(("asked", "code"), [("dongjie", 1), ("西街", 2), ("隆盛镇", 0), ("long", 0)])
def test_a_grid_is_found(asked: str, code: int):
    assert find_grid(made_plan(), asked) == code


def test_an_enterprise_or_a_grid_is_found_without_a_schedule():
    assert find_enterprise(made_plan(), "楚天") == 0
    assert find_subject(made_plan(), "楚天") == Thing(Kind.ENTERPRISE, 0)
    assert find_subject(made_plan(), "xijie") == Thing(Kind.GRID, 2)
    with pytest.raises(WorkError, match="unknown-enterprise"):
        find_enterprise(made_plan(), "xijie")
    with pytest.raises(WorkError, match="unknown-subject"):
        find_subject(made_plan(), "王强")


def test_what_several_share_is_refused_with_the_choices():
    with pytest.raises(WorkError, match="ambiguous") as caught:
        find_grid(made_plan(), "街村")
    assert caught.value.values["choices"] == ["东街村 (dongjie)", "西街村 (xijie)"]


def test_what_nobody_is_called_is_refused_with_what_is_near():
    with pytest.raises(WorkError, match="unknown-officer") as caught:
        find_officer(made_plan(), "wnag")
    assert caught.value.values["suggestion"] == ["wang"]


@pytest.mark.parametrize(
    ("asked", "thing"),
    [
        pytest.param("E0001", Thing(Kind.ENTERPRISE, 0), id="an enterprise by id"),
        pytest.param("楚天", Thing(Kind.ENTERPRISE, 0), id="an enterprise by the beginning of its name"),
        pytest.param("农贸市场", Thing(Kind.ENTERPRISE, 1), id="an enterprise by a part of its name"),
        pytest.param("chen", Thing(Kind.OFFICER, 2), id="an officer"),
        pytest.param("xijie", Thing(Kind.GRID, 2), id="a grid"),
        pytest.param("2026-03-09", Thing(Kind.DAY, day=date(2026, 3, 9)), id="a day"),
        pytest.param("3月9日", Thing(Kind.DAY, day=date(2026, 3, 9)), id="a day of the plan's year"),
        pytest.param("class-A/E0001/2026-03/1", Thing(Kind.VISIT, 1), id="a visit"),
        pytest.param("class-A/E0001/2026-03", Thing(Kind.VISIT, 1), id="how a visit begins"),
        pytest.param("class-A/E0002/2026-03/1", Thing(Kind.OBLIGATION, 1), id="what another visit serves"),
        pytest.param("class-A/E0001/2026-02/1", Thing(Kind.OBLIGATION, 8), id="what is unplaced"),
    ],
)
def test_a_thing_is_found(asked: str, thing: Thing):
    assert find_thing(made_schedule(), asked) == thing


@pytest.mark.parametrize("asked", ["E0009", "class-Z/E0001/2026-03/1", ""])
def test_what_is_not_there_is_refused(asked: str):
    with pytest.raises(WorkError, match="unknown-thing"):
        find_thing(made_schedule(), asked)


def test_many_choices_are_counted():
    with pytest.raises(WorkError, match="ambiguous") as caught:
        find_thing(made_schedule(), "class-")
    assert caught.value.values["n"] == 6
