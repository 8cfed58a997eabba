"""A ledger's records become tables, what was undone is left out, and every kind comes back as it was told."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Requested
from safeplan.core.events.findings import Finding
from safeplan.core.events.kinds import KINDS
from safeplan.core.events.rosters import Adopted, Undone
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import COMMON, RECORDS, Head, History, body_of, history_of, said_by
from safeplan.core.settled import visits_of

DAY = date(2026, 3, 2)


def records(*events: Event) -> pl.DataFrame:
    """Number events as a ledger does."""
    rows = [(i + 1, one.kind, one.day, "2026-03-02T01:00:00Z", "+08:00", "liu", body_of(one), f"{i:064x}")
            for i, one in enumerate(events)]  # fmt: skip
    return pl.DataFrame(rows, schema=RECORDS, orient="row")


def visit(**more: object) -> VisitMade:
    return VisitMade.model_validate({"day": "2026-03-02", "enterprise": "E1", **more})


def test_nothing_recorded_is_an_empty_history() -> None:
    assert history_of(records()).head == Head(0, "")
    assert history_of(records()).of(Finding).is_empty()


def test_fields_come_back_as_columns() -> None:
    told = history_of(records(visit(officers=["wang", "li"]), Leave(day=DAY, officer="wang", days="2026-05-06 pm")))
    assert told.of(VisitMade).select("enterprise", "outcome", "officers", "note").row(0) == (
        "E1",
        "done",
        ["wang", "li"],
        "",
    )
    assert told.of(Leave)["days"].to_list() == ["2026-05-06 pm"]
    assert told.head.events == 2


def test_terms_are_stored_as_the_plan_writes_them() -> None:
    told = history_of(records(Requested(day=DAY, enterprise="E1", within="3wd")))
    assert told.of(Requested)["within"].to_list() == ["3 workdays"]


def test_defaults_are_written_out() -> None:
    assert '"family":"inspection"' in body_of(visit())


def test_an_undone_event_is_left_out() -> None:
    told = history_of(records(visit(), visit(), Undone(day=DAY, target=1)))
    assert told.of(VisitMade)["number"].to_list() == [2]


def test_an_undoing_can_be_undone() -> None:
    told = history_of(records(visit(), Undone(day=DAY, target=1), Undone(day=DAY, target=2)))
    assert told.of(VisitMade)["number"].to_list() == [1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_table(kind: type[Event]) -> None:
    table = History(Head(0, "")).of(kind)
    assert table.columns[: len(COMMON)] == list(COMMON)
    named = {info.alias or name for name, info in kind.model_fields.items()}
    assert named <= set(table.columns)


def test_no_kind_has_a_field_for_a_contact() -> None:
    fields = {name for kind in KINDS for name in kind.model_fields}
    assert not fields & {"contact", "phone", "email", "legal_person"}


def test_a_roster_comes_back_as_it_was_told() -> None:
    one = {"id": "class-A/E1/2026-03/1", "day": DAY, "enterprise": "E1", "officers": ["wang"], "until": DAY}
    other = {"id": "patrol-x/town/2026-03/1", "day": DAY, "grid": "town", "serves": ["a", "b"], "until": DAY}
    facts = {"day": DAY, "plan": "p", "first": DAY, "last": DAY, "visits": [one, other]}
    event = Adopted.model_validate(facts)
    [row] = records(event).to_dicts()
    assert said_by(row) == event
    assert [each.id for each in said_by(row, lambda each: each.get("grid") == "town").visits] == [other["id"]]
    told = visits_of(history_of(records(event)).of(Adopted))
    assert told["officers"].to_list() == [["wang"], None]
    assert visits_of(History.nothing().of(Adopted)).is_empty()


@pytest.mark.parametrize("event", [visit(note="三"), Leave(day=DAY, officer="wang", days="2026-05-06 pm")])
def test_an_event_is_read_as_it_was_told(event: Event) -> None:
    [row] = records(event).to_dicts()
    assert said_by(row) == event
