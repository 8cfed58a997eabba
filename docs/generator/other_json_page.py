"""docs/reference/json-overdue-status-diff.md: the keys of what the other commands write as JSON."""

from __future__ import annotations

from generator.json_page import keys

OVERDUE = {
    "safeplan": "version of this contract: 1",
    "plan": "name of the plan",
    "as_of": "the day that it holds for; what happened later is not known",
    "until": "with `--within` the day up to which what falls due is shown too, else `null`",
    "made_by": "`safeplan`: its version; `calendar`: where the days off come from",
    "ledger": "`events` and `head`: where its chain ended; `null`: there is none, and no visit is said to be overdue",
    "since": "the first day that is as recorded; what was missed before it is nobody's fault here; `null`: none is",
    "count": "how many are overdue; rows that only fall due soon are not counted",
    "hidden": "how many rows are not shown: `surprise` visits, and `undrawn` ones of spot checks",
    "rows": "by section, the longest overdue first; see below",
    "penalties": "enterprises at a threshold of penalties or one below; see below",
}
ROW = {
    "section": "`visits`, `rectification`, `reinspection`, `extensions`, `activities`, `permits`, `vacancies` or "
    "`targets`",
    "id": "of the obligation or activity; `F12` for the finding of event 12; the name of a permit, a role or a target",
    "kind": "of the rule or activity; a finding's severity; a paper's kind; `null`: no more in the plan",
    "name": "name of the rule, text of the finding",
    "enterprise": "id, or `null`",
    "enterprise_name": "its name",
    "grid": "id of the grid on the day it was due, or `null`",
    "grid_name": "its name",
    "from": "first day of its time, or `null`",
    "due": "last day on which it was in time, or `null`",
    "days": "calendar days after `due`; negative: so many ahead",
    "overdue": "false: shown with `--within` since it soon will be",
    "role": "the role or team that answers, or `null`: people alone",
    "officers": "ids of the people who answer; who leads stands first",
    "officer_names": "their names, in the same order",
    "step": "place of the ladder's step that applies, from 0; -1: none",
    "step_to": "the role or person that it goes to, or `null`",
    "next_step": "place of the next one; -1: none",
    "next_step_to": "whom that goes to, or `null`",
    "next_day": "the first day on which that applies, or `null`",
    "command": "what to type for the next form, or `null`: it is done outside of safeplan",
    "figure": "what a target has reached; how many hold a role",
    "wanted": "its goal; how many there must be",
}
PENALTY = {
    "enterprise": "id",
    "half_year": "penalties in the 180 days up to the day",
    "year": "penalties in the year up to it",
    "last": "the day of the last one",
    "reached": "whether a threshold is reached: 3 in 180 days, 4 in a year; else one more reaches it",
}
STATUS = {
    "safeplan": "as above",
    "plan": "name of the plan",
    "as_of": "the day that it holds for",
    "made_by": "as above",
    "ledger": "as above",
    "targets": "in the order of the plan; see below",
}
TARGET = {
    "name": "its name",
    "measure": "what is counted, as the plan names it",
    "figure": "a share as a fraction, or a number; `null`: nothing is known",
    "numerator": "what the share counts, or `null`",
    "denominator": "of how many, or `null`",
    "goal": "`at_least` or `at_most`, as the plan writes it",
    "met": "whether it is met now; `null`: not known",
    "due": "the day by which it is to be met",
    "trend": "`day` and `figure` at the end of each month so far",
}
DIFF = {
    "safeplan": "as above",
    "same": "how many visits did not change",
    "changes": "by the earlier of their days; see below",
}
CHANGE = {
    "change": "`added`, `moved`, `dropped`, `restaffed`",
    "visit": "id of the visit",
    "enterprise": "id, or `null`",
    "grid": "id, or `null`",
    "was": "the day before, or `null`",
    "day": "the day now, or `null`",
    "officers_were": "ids before",
    "officers": "ids now",
    "rules": "ids of the rules that it serves",
    "why": "{why}; `null`: not known",
    "who": "id of the officer who is away, else empty",
    "code": "why it has no day any more, a code as in [the JSON of a schedule](json.md), else empty",
}

_HEAD = """\
# The JSON of `overdue`, `status` and `diff`

Each writes one object in UTF-8, days as ISO 8601, keys in this order, the same bytes for the same plan and ledger.
`overdue` and `status` write JSON Lines too (`--format jsonl`): the head, then one row or target a line, with a `type`.
Personal columns of the register are in none of them. For the schedule see [its own page](json.md).

This page is made by the program (`make docs`); a test fails when it names other keys than the commands write.

"""


def page() -> str:
    """Give the page, in Markdown."""
    from safeplan.core.compare import Why

    why = ", ".join(f"`{one.value}`" for one in Why)
    change = CHANGE | {"why": CHANGE["why"].format(why=why)}
    parts = [
        ("`safeplan overdue --format json`", OVERDUE),
        ("A row", ROW),
        ("A penalty counted", PENALTY),
        ("`safeplan status --format json`", STATUS),
        ("A target", TARGET),
        ("`safeplan diff OLD NEW --format json`", DIFF),
        ("A change", change),
    ]
    return _HEAD + "\n".join(f"## {title}\n\n{keys(meanings)}" for title, meanings in parts)
