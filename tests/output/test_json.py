"""The JSON of a schedule keeps the contract of design.md, key by key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from made.schedules import made_plan, made_schedule
from safeplan.core.choice import Choice
from safeplan.output.json import render_json

TOP = [
    "safeplan", "plan", "period", "generated_for", "provisional_years", "made_by", "inputs", "ledger", "hidden",
    "visits", "activities", "unplaced", "carried_over", "warnings",
]  # fmt: skip
VISIT = [
    "id", "state", "date", "crew", "order", "enterprise", "grid", "family", "officers", "minutes", "surprise", "serves",
]  # fmt: skip
SERVES = ["obligation", "rule", "kind", "name", "from", "to", "source"]
OPEN = [
    "obligation", "enterprise", "grid", "rule", "kind", "name", "from", "to", "priority", "source", "code", "reason",
    "proof",
]  # fmt: skip


def _read(choice: Choice | None = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_json(made_schedule(), choice))
    return document


def test_the_keys_stand_in_the_order_of_the_contract():
    document = _read()
    assert list(document) == TOP
    assert [list(visit) for visit in document["visits"]] == [VISIT] * 5
    assert all(list(one) == SERVES for visit in document["visits"][1:] for one in visit["serves"])
    assert [list(one) for one in document["unplaced"] + document["carried_over"]] == [OPEN] * 2


def test_a_visit_says_who_where_and_why():
    assert _read()["visits"][0] == {
        "id": "pin-E0002-2026-03-02/E0002/2026-03-02/1",
        "state": "issued",
        "date": "2026-03-02",
        "crew": 1,
        "order": 1,
        "enterprise": "E0002",
        "grid": "dongjie",
        "family": "inspection",
        "officers": ["wang", "li"],
        "minutes": 60,
        "surprise": False,
        "serves": [
            {
                "obligation": "pin-E0002-2026-03-02/E0002/2026-03-02/1",
                "rule": "pin-E0002-2026-03-02",
                "kind": "pin",
                "name": "信访件",
                "from": "2026-03-02",
                "to": "2026-03-02",
                "source": "plan.yaml:50",
                "cause": "complaint",
            },
            {
                "obligation": "class-A/E0002/2026-03/1",
                "rule": "class-A",
                "kind": "class",
                "name": "A类",
                "from": "2026-03-01",
                "to": "2026-03-31",
                "source": "plan.yaml:40",
            },
        ],
    }


def test_a_patrol_of_a_grid_and_an_undrawn_visit_have_no_enterprise():
    visits = _read(Choice(with_surprise=True))["visits"]
    assert [visit["grid"] for visit in visits if visit["enterprise"] is None] == ["dongjie", "xijie"]


def test_a_proof_is_given_in_ids_and_figures():
    document = _read()
    assert document["unplaced"][0]["proof"] == {
        "days": ["2026-02-02", "2026-02-03", "2026-02-09", "2026-02-12"],
        "officers": ["wang", "li"],
        "owed": 26,
        "possible": 20,
        "unit": "visits",
        "least": 6,
    }
    assert document["carried_over"][0]["proof"] is None


def test_what_is_hidden_is_counted():
    assert _read()["hidden"] == {"surprise": 1, "undrawn": 1}
    assert _read(Choice(with_surprise=True))["hidden"] == {"surprise": 0, "undrawn": 0}


def test_head_and_inputs_are_the_plans():
    document = _read()
    assert document["safeplan"] == 1
    assert document["period"] == {"from": "2026-01-01", "to": "2026-12-31"}
    assert document["generated_for"] == "2026-03-01"
    assert document["provisional_years"] == [2027]
    assert [one["file"] for one in document["inputs"]] == ["plan.yaml", "enterprises.csv"]
    assert document["ledger"] is None


def test_a_visit_takes_one_line_and_the_file_ends_with_one():
    text = render_json(made_schedule()).decode()
    assert text.endswith("}\n") and "\r" not in text
    lines = [line for line in text.splitlines() if line.startswith('    {"id":')]
    assert len(lines) == 5
    assert "楚天" not in lines[0] and "信访件" in lines[0]


def test_no_contact_is_ever_in_it():
    text = render_json(made_schedule(), Choice(with_surprise=True)).decode()
    assert "13800000000" not in text and "周经理" not in text and "13900000000" not in text


@pytest.mark.parametrize("name", ['a"b\\c', "行\n断", "a\u2028b", "</script>", "𠮷"])
def test_any_name_survives(name: str):
    schedule = made_schedule(made_plan(name=name))
    assert json.loads(render_json(schedule))["plan"] == name


def test_the_same_schedule_gives_the_same_bytes():
    assert render_json(made_schedule()) == render_json(made_schedule())
