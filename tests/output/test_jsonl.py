"""JSON Lines hold the records of the JSON, each with its type."""

from __future__ import annotations

import json
from collections import Counter

from made.schedules import made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.output import jsonl
from safeplan.output.json import render_json
from safeplan.words.language import Words


def test_the_records_are_those_of_the_json():
    chosen = choose(made_schedule(), Choice())
    records = [json.loads(line) for line in jsonl.render(chosen, Words("en")).decode().splitlines()]
    assert Counter(record.pop("type") for record in records) == {
        "head": 1,
        "visit": 5,
        "unplaced": 1,
        "carried_over": 1,
    }
    document = json.loads(render_json(made_schedule()))
    lists = ("visits", "activities", "unplaced", "carried_over", "warnings")
    assert records[0] == {key: value for key, value in document.items() if key not in lists}
    assert records[1:] == [*document["visits"], *document["unplaced"], *document["carried_over"]]
