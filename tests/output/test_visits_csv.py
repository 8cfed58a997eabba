"""The CSV has one row a visit, with machine names and the facts of the JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import polars as pl

from made.schedules import made_plan, made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.output import visits_csv
from safeplan.output.json import render_json
from safeplan.words.language import Words


def _rows(schedule=None) -> list[dict[str, str]]:
    data = visits_csv.render(choose(schedule or made_schedule(), Choice()), Words("en"))
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_the_facts_are_those_of_the_json():
    visits = json.loads(render_json(made_schedule()))["visits"]
    rows = _rows()
    assert [row["id"] for row in rows] == [visit["id"] for visit in visits]
    for row, visit in zip(rows, visits, strict=True):
        assert row["date"] == visit["date"]
        assert row["officers"] == ";".join(visit["officers"])
        assert row["enterprise"] == (visit["enterprise"] or "")
        assert row["obligations"] == ";".join(one["obligation"] for one in visit["serves"])
        assert row["surprise"] == "false"


def test_unseen_characters_are_made_visible_and_line_breaks_stay_out():
    plan = made_plan()
    names = plan.enterprises.with_columns(name=pl.Series(["a\u202eb", "c\r\nd", 'e,"f"', "g"]))
    rows = _rows(made_schedule(replace(plan, enterprises=names)))
    assert [row["enterprise_name"] for row in rows] == ["c d", "a⟨U+202E⟩b", "", 'e,"f"', "g"]


def test_a_schedule_without_visits_still_has_its_header():
    empty = replace(made_schedule(), visits=made_schedule().visits.clear(), serves=made_schedule().serves.clear())
    data = visits_csv.render(choose(empty, Choice()), Words("en")).decode()
    assert data.startswith("id,state,date,crew,order,enterprise,") and data.count("\n") == 1
