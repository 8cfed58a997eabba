"""Issue: a week's roster is fixed and numbered in the ledger; later schedules keep it unless it becomes impossible."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from safeplan.core import roster
from safeplan.core.choice import Choice
from safeplan.core.events.base import Event
from safeplan.core.events.rosters import Issued
from safeplan.core.history import History
from safeplan.core.tables import Schedule
from safeplan.output.json import render_json
from safeplan.terms.span import Span
from safeplan.work.changes import as_of
from safeplan.work.errors import WorkError
from safeplan.work.recording.desk import Before, Desk, Told
from safeplan.work.spans import week_span, within

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be issued: the week as a person types it, who approved it, and the roster that was read and signed."""

    week: str
    approved_by: str = ""
    paper: str = ""
    reviewed: Path | None = None


@dataclass(frozen=True, slots=True)
class Issuing:
    """A roster that was issued."""

    event: Issued
    told: Told


def issue(desk: Desk, asked: Asked, today: str | None = None) -> Issuing:
    """Fix the roster of a week, surprise visits too.

    Raises
    ------
    WorkError
        `bad-week`, `not-in-period`, `plan-ended`; `nothing-to-issue`; `issued-already`, the very same; and where it was
        reviewed `not-a-roster`, `other-roster` or `review-moved`, when plan, tables, ledger or visits are not those
        that were read. Nothing was recorded.
    LedgerError
        Nothing was recorded.
    """
    period = Span(desk.plan.first, desk.plan.last)
    made: list[Issued] = []

    def prepare(known: Before) -> list[Event]:
        before = as_of(known, today)
        span = within(week_span(asked.week, before.today, period), period, asked.week)
        drawn = before.schedule()
        if asked.reviewed is not None:
            _must_be_as_reviewed(drawn, span, asked.reviewed)
        event = issued_of(drawn, span, asked, before)
        if not event.visits:
            raise WorkError("nothing-to-issue", first=span.first, last=span.last)
        same = last_issued(before.history, event.plan, span)
        if same is not None and same["sha256"] == event.sha256:
            raise WorkError("issued-already", serial=same["serial"], day=same["day"])
        made.append(event)
        return [event]

    told = desk.record(prepare)
    return Issuing(made[-1], told)


def issued_of(drawn: Schedule, span: Span, asked: Asked, before: Before) -> Issued:
    """Make the event that fixes the visits of a span of days; those that were made already are no part of it."""
    rows = roster_of(drawn, span)
    plan = drawn.plan.file.name
    serials = before.history.of(Issued).filter(pl.col("plan") == plan)["serial"]
    same = last_issued(before.history, plan, span)
    written = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return Issued.model_validate(
        {
            "day": before.today,
            "plan": plan,
            "first": span.first,
            "last": span.last,
            "serial": int(str(serials.max() or 0)) + 1,
            "replaces": None if same is None else same["serial"],
            "approved_by": asked.approved_by,
            "paper": asked.paper,
            "sha256": hashlib.sha256(written.encode()).hexdigest(),
            "visits": rows,
        }
    )


def roster_of(drawn: Schedule, span: Span) -> list[dict[str, Any]]:
    """Give the visits of a span of days as an issued roster keeps them."""
    serves = roster.served(drawn).group_by("visit").agg(serves="obligation", until=pl.col("to").min())
    return (
        roster.visits(drawn)
        .with_columns(visit=pl.int_range(pl.len(), dtype=pl.Int32))
        .filter((pl.col("state") != "done") & pl.col("date").is_between(span.first, span.last))
        .join(serves, on="visit", how="inner", maintain_order="left")
        .select(
            "id", "enterprise", "officers", "family", "serves", "until", "order", "minutes", "surprise", day="date",
            grid=pl.when(pl.col("enterprise").is_null()).then("grid"),
        )
        .to_dicts()
    )  # fmt: skip


def last_issued(history: History, plan: str, span: Span) -> dict[str, Any] | None:
    """Give the paper that was issued last for the same days."""
    own = history.of(Issued).filter(
        (pl.col("plan") == plan) & (pl.col("first") == span.first) & (pl.col("last") == span.last)
    )
    return None if own.is_empty() else own.tail(1).drop("visits").row(0, named=True)


def _must_be_as_reviewed(drawn: Schedule, span: Span, path: Path) -> None:
    """Refuse when the roster that was read is not the one that would be issued."""
    try:
        read = json.loads(path.read_bytes())
        seen, told = {one["id"]: one for one in read["visits"]}, read["ledger"]
        inputs = {one["name"]: one["sha256"] for one in read.get("inputs") or [] for one in [_named(one)]}
    except (ValueError, TypeError, KeyError):
        raise WorkError("not-a-roster", path=path) from None
    now = json.loads(render_json(drawn, Choice(span.first, span.last, with_surprise=True)))
    if read.get("plan") != now["plan"]:
        raise WorkError("other-roster", path=path, plan=read.get("plan"))
    moved = sorted(one["file"] for one in now["inputs"] if inputs.get(one["file"]) != one["sha256"])
    if moved:
        raise WorkError("review-moved-files", files=moved)
    if told != now["ledger"]:
        raise WorkError("review-moved-ledger")
    hidden = bool(read["hidden"]["surprise"] or read["hidden"]["undrawn"])
    visits = {one["id"]: one for one in now["visits"] if not (hidden and one["surprise"])}
    changed = sorted(id_ for id_ in seen.keys() | visits.keys() if seen.get(id_) != visits.get(id_))
    if changed:
        raise WorkError("review-moved-visits", n=len(changed), some=changed[:_SHOWN])


def _named(one: dict[str, Any]) -> dict[str, Any]:
    return {"name": one["file"], "sha256": one["sha256"]}
