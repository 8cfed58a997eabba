"""Finds what a person names when recording: officers, findings, activities, classes, targets, events."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import polars as pl

from safeplan.core.activities import dated_activities
from safeplan.core.events.findings import Finding, Reinspection, Verdict
from safeplan.core.events.work import ActivityDone
from safeplan.plan.plan import Plan
from safeplan.plan.rules.campaigns import Phase
from safeplan.plan.rules.holidays import Holiday
from safeplan.plan.rules.triggers import Trigger
from safeplan.plan.selector import columns_of
from safeplan.plan.settings import Target
from safeplan.reading.names import names_of
from safeplan.reading.problems import near
from safeplan.terms.diagnostic import TermError
from safeplan.terms.identity import folded
from safeplan.terms.text import half_width
from safeplan.work.errors import WorkError
from safeplan.work.lookup import find_enterprise, find_officer
from safeplan.work.recording.desk import Before

_NUMBER = re.compile(r"[Ff]?(\d{1,12})")
_PARTED = re.compile(r"[,，、;；|/]|\s+")
_SHOWN = 8


def parted(text: str) -> list[str]:
    """Part a list of names: 王强、李芳; wang,li."""
    return [part for part in _PARTED.split(text.strip()) if part]


def officers_of(plan: Plan, asked: str | None) -> tuple[str, ...]:
    """Give the ids of the officers that are meant; who led stands first.

    Raises
    ------
    WorkError
        `unknown-officer`, `ambiguous`.
    """
    codes = dict.fromkeys(find_officer(plan, one) for one in parted(asked or ""))
    return tuple(plan.file.officers[code].id for code in codes)


def enterprise_of(plan: Plan, asked: str) -> str:
    """Give the id of the enterprise that is meant."""
    return str(plan.enterprises["id"][find_enterprise(plan, asked)])


def open_findings_of(before: Before) -> pl.DataFrame:
    """Give the findings (the table of Finding) that no reinspection has passed."""
    passed = before.history.of(Reinspection).filter(pl.col("verdict") == Verdict.PASS.value)["finding"]
    return before.history.of(Finding).filter(~pl.col("number").is_in(passed.implode()))


def find_finding(before: Before, asked: str) -> int:
    """Give the number of a finding: F12, 12, or the enterprise that has only one open.

    Raises
    ------
    WorkError
        `unknown-finding`, `not-a-finding`, `no-open-finding`, `ambiguous`, `unknown-enterprise`.
    """
    match = _NUMBER.fullmatch(half_width(asked).strip())
    still = open_findings_of(before)
    if match is None:
        enterprise = enterprise_of(before.plan, asked)
        own = still.filter(pl.col("enterprise") == enterprise)
        if own.is_empty():
            raise WorkError("no-open-finding", asked=asked)
        if len(own) > 1:
            raise _ambiguous(asked, [f"F{number} {text}" for number, text in own.select("number", "text").iter_rows()])
        return int(own["number"][0])
    number = int(match[1])
    if (before.history.of(Finding)["number"] == number).any():
        return number
    code = "not-a-finding" if 0 < number <= before.history.head.events else "unknown-finding"
    listed = [f"F{one}" for one in still["number"].tail(_SHOWN)]
    raise WorkError(code, asked=f"F{number}", known=listed)


def find_activity(before: Before, asked: str, day: date) -> str:
    """Give the id of a piece of dated work: its id, a beginning that only one has, or its name.

    Of several of one name the one whose time holds the day is meant, when it is not ticked yet and there is only one.

    Raises
    ------
    WorkError
        `unknown-activity`, `ambiguous`.
    """
    table = dated_activities(before.plan, before.calendar).activities.select("id", "name", "from", "due")
    text = asked.strip()
    exact = table.filter(pl.col("id") == text)
    if len(exact):
        return text
    done = before.history.of(ActivityDone)["activity"]
    rows = table.filter(~pl.col("id").is_in(done.implode()))
    for found in (
        rows.filter(pl.col("id").str.starts_with(text)),
        rows.filter(pl.col("name") == text),
        rows.filter(pl.col("name").str.starts_with(text)),
    ):
        now = found.filter(pl.col("from") <= day, pl.col("due") >= day)
        if text and len(found) == 1:
            return str(found["id"][0])
        if text and len(now) == 1:
            return str(now["id"][0])
        if text and len(found):
            raise _ambiguous(asked, found["id"].to_list())
    raise _unknown("unknown-activity", asked, [*table["id"], *table["name"].unique(maintain_order=True)])


def find_class(plan: Plan, asked: str) -> str:
    """Give the class that is meant: B, b, B类.

    Raises
    ------
    WorkError
        `no-such-class`.
    """
    try:
        code = names_of(plan.file).classes.find(asked.strip())
    except TermError:
        raise WorkError("no-such-class", asked=asked, known=[*plan.file.classes]) from None
    return list(plan.file.classes)[code]


def find_target(plan: Plan, asked: str) -> Target:
    """Give the target of a reported figure by its name, or how it begins.

    Raises
    ------
    WorkError
        `unknown-target`, `reckoned-target` (safeplan reckons it itself), `ambiguous`.
    """
    text = folded(asked.strip())
    exact = [one for one in plan.file.targets if folded(one.name) == text]
    found = exact or [one for one in plan.file.targets if text and folded(one.name).startswith(text)]
    if len(found) > 1:
        raise _ambiguous(asked, [one.name for one in found])
    if not found:
        reported = [one.name for one in plan.file.targets if one.measure == "reported"]
        raise _unknown("unknown-target", asked, reported, shown=reported)
    if found[0].measure != "reported":
        raise WorkError("reckoned-target", asked=found[0].name)
    return found[0]


def find_event(plan: Plan, asked: str) -> str:
    """Give the event that is meant: one that the plan waits for.

    Raises
    ------
    WorkError
        `unknown-event`.
    """
    known = list(dict.fromkeys(_awaited(plan)))
    for one in known:
        if folded(one) == folded(asked.strip()):
            return one
    raise _unknown("unknown-event", asked, known, shown=known)


def _awaited(plan: Plan) -> Iterator[str]:
    for line in plan.rules:
        if isinstance(line.model, Trigger):
            yield line.model.event
        elif isinstance(line.model, Phase) and line.model.until:
            yield line.model.until
        elif isinstance(line.model, Holiday):
            named = (*line.model.before, *line.model.during, *line.model.after)
            yield from (one for one in named if one not in plan.official.named)
    for modifier in plan.file.modifiers:
        yield from (value for column, values in columns_of(modifier.where) if column == "events" for value in values)
    yield from (one.name or one.kind for one in plan.file.events)


def _unknown(code: str, asked: str, known: Sequence[str], shown: Iterable[str] | None = None) -> WorkError:
    """Refuse, with what is near where anything is."""
    error = WorkError(code, asked=asked)
    if shown is not None:
        error.values["known"] = [*shown]
    close = near(asked, known) or next(iter(difflib.get_close_matches(asked, known, 1, 0.5)), None)
    if close:
        error.values["suggestion"] = close
    return error


def _ambiguous(asked: str, choices: Sequence[str]) -> WorkError:
    code = "ambiguous" if len(choices) <= _SHOWN else "ambiguous-many"
    return WorkError(code, asked=asked, n=len(choices), choices=[*choices[:_SHOWN]])
