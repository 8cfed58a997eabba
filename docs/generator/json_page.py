"""docs/reference/json.md: the contract of a schedule's JSON, with an example that the program makes."""

from __future__ import annotations

import re
from pathlib import Path

from generator.markdown import code, table

EXAMPLE = Path(__file__).parents[1] / "reference" / "example" / "two-days.yaml"
TODAY = "2026-03-01"

TOP = {
    "safeplan": "version of this contract: 1. A new value of a key that lists values is a minor version",
    "plan": "name of the plan",
    "period": "`from` and `to`, both included",
    "generated_for": "the day that was today",
    "provisional_years": "years that the schedule rests on and whose days off are not announced yet",
    "made_by": "`safeplan`: its version; `calendar`: where the days off come from",
    "inputs": "the plan, then its tables: `file` as the plan writes it, and `sha256` of its bytes",
    "ledger": "`events` and `head`: how many events it held and where its chain ended; `null`: there is none",
    "hidden": "how many visits are not shown: `surprise` ones, and `undrawn` ones of spot checks",
    "visits": "what is planned, in order of date, crew and order",
    "activities": "dated work that is not a visit, in order of due day",
    "unplaced": "what cannot be done, most important first",
    "carried_over": "what finds no day in the period and may still be done after it; the same keys",
    "warnings": "what `safeplan check` warns of, and what scheduling adds",
}
VISIT = {
    "id": "that of the most important obligation it serves",
    "state": "`drafted`; with a ledger also `adopted`, `issued` and `done`",
    "date": "the day",
    "crew": "number of the crew on that day, over the whole plan, from 1",
    "order": "place on the crew's route, from 1; 0 with crew 0 is a self-check",
    "enterprise": "id, or `null`: a patrol of a grid, or a visit that is not drawn yet",
    "grid": "id of the grid on that day, or `null`",
    "family": "`inspection`, `joint`, `revisit`, `patrol`, `supervision` or `self-check`",
    "officers": "ids; the first leads",
    "minutes": "length, without travel",
    "surprise": "whether it is shown to its crew alone",
    "serves": "what it is there for, by importance; see below",
}
SERVED = {
    "obligation": "id: rule/subject/period/n",
    "rule": "id of the rule",
    "kind": "`class`, `priority`, `campaign`, `patrol`, `quota`, `spot-check`, `holiday`, `trigger`, `pin`; "
    "with a ledger also `request`, `complaint`, `reinspection`, `retry`",
    "name": "name of the rule; of a class its label",
    "from": "first day of the whole unit, or of the rule's own window",
    "to": "its last day",
    "source": "file and line of the rule",
    "cause": "only of a pin that says one: `complaint`, `transfer`, `monitoring`, `request`",
}
ACTIVITY = {
    "id": "rule/subject/period/n",
    "rule": "id of the activity's line",
    "kind": "`meeting`, `training`, `drill`, `publicity`, `report`, `letter`, `assessment`, `duty`, `other`",
    "name": "its name",
    "from": "first day on which it may be done",
    "due": "last day",
    "owners": "ids of the officers",
    "grid": "id, or `null`",
    "enterprise": "id, or `null`",
    "source": "file and line",
}
OPEN = {
    "obligation": "id of what is owed",
    "enterprise": "id, or `null`",
    "grid": "id, or `null`",
    "rule": "id of the rule",
    "kind": "as above",
    "name": "name of the rule",
    "from": "as above",
    "to": "as above",
    "priority": "importance; higher was never given up for lower",
    "source": "file and line of the rule",
    "code": "the first restriction that leaves nothing: `no-working-day`, `closed`, `recusal`, `skills`, `officers`, "
    "`cap`, `limit`, `gap`, `pin`, `pool`, `capacity`",
    "reason": "the same as a sentence, in the language that was asked for",
    "proof": "of `skills`, `officers` and `capacity`, else `null`; see below",
}
PROOF = {
    "days": "the days on which all that is owed must be done",
    "officers": "ids of those who could do it",
    "owed": "how much is owed there",
    "possible": "the most that they can do",
    "unit": "`visits` or `minutes`: what these two count",
    "least": "how many visits stay undone at least",
}
WARNING = {
    "code": "as in [diagnostics](diagnostics.md)",
    "text": "as a sentence",
    "file": "name, or `null`",
    "line": "number, or `null`",
}

_HEAD = """\
# The JSON of a schedule

`safeplan schedule --format json` writes one object in UTF-8; days are ISO 8601. Keys stand in this order. Surprise
visits and visits that are not drawn yet are left out and counted in `hidden`; `--with-surprise` shows them, undrawn
ones with `enterprise: null`. `--format jsonl` writes the same records a line each, with a `type`: `head`, `visit`,
`activity`, `unplaced`, `carried_over`, `warning`. Personal columns of the register are in neither.

This page and its example are made by the program (`make docs`); a test fails when they are stale.

"""


def page() -> str:
    """Give the page, in Markdown."""
    parts = [
        ("The whole", TOP),
        ("A visit", VISIT),
        ("What a visit serves", SERVED),
        ("An activity", ACTIVITY),
        ("Unplaced and carried over", OPEN),
        ("A proof", PROOF),
        ("A warning", WARNING),
    ]
    sections = "\n".join(f"## {title}\n\n{keys(meanings)}" for title, meanings in parts)
    return (
        f"{_HEAD}{sections}\n## An example\n\n"
        f"[A plan](example/{EXAMPLE.name}) whose days leave no choice:\n\n"
        f"```yaml\n{EXAMPLE.read_text(encoding='utf-8')}```\n\n"
        f"`safeplan schedule {EXAMPLE.name} --format json --lang en --today {TODAY}` ends with exit code 1, since "
        f"something is unplaced, and prints:\n\n```json\n{example()}```\n"
    )


def example() -> str:
    """Give the schedule of the example; of the calendar only its name, whose version is that of whoever asks."""
    from safeplan.output.json import render_json
    from safeplan.work.schedules import make_schedule

    made = make_schedule(EXAMPLE, today=TODAY).schedule
    text = render_json(made, language="en").decode()
    return re.sub(r'("calendar":"holidays) [\d.]+"', r'\1"', text)


def keys(meanings: dict[str, str]) -> str:
    """Write keys and what they mean as a table."""
    return table(["key", "meaning"], [[code(key), meaning] for key, meaning in meanings.items()])
