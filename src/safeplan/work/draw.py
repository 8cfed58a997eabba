"""Draws in two acts: fix pool and number, reveal the list by a public seed, check a record (`safeplan draw`)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safeplan.core.calendar import Calendar, calendar_of
from safeplan.core.draw import Draw, draw_of, draw_periods, period_of, seeds, spot_checks
from safeplan.core.draw_record import Record, Replaced, commitment, differences, problems, revealed
from safeplan.document import Document
from safeplan.output.draw_page import read as read_page
from safeplan.output.draw_page import render as render_page
from safeplan.output.files import write_whole
from safeplan.plan.plan import Plan
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.identity import folded
from safeplan.terms.progress import Progress, silent
from safeplan.views.draw import record_document, verdict_document
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.schedules import read, today_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Which draw: the plan's file, the rule by id, name or how it begins, the period, and the day it is done on."""

    path: Path
    rule: str
    period: str
    today: str | None = None
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan with one of its draws, and the record made of it."""

    plan: Plan
    record: Record
    inputs: tuple[Path, ...]

    def document(self, words: Words) -> Document:
        """Show the record."""
        names = dict(self.plan.enterprises.select("id", "name").iter_rows())
        return record_document(self.record, names | {one.id: one.name for one in self.plan.file.officers}, words)


def commit(asked: Asked, event: str) -> Drawing:
    """Fix a draw.

    Raises
    ------
    PlanError, WorkError
        `unknown-spot-check`, `unknown-draw-period`, `no-share`, `needs-no-draw`, `ambiguous`, `no-event`.
    """
    plan, draw, _, inputs = _draw(asked)
    if not event.strip():
        raise WorkError("no-event")
    return Drawing(plan, commitment(plan, draw, event.strip(), today_of(plan, asked.today)), inputs)


def reveal(asked: Asked, seed: str | None, committed: Path | None, replaced: Sequence[str]) -> Drawing:
    """Give the list that a seed brings; the plan's own seed for the period where none is given.

    Raises
    ------
    PlanError, WorkError
        As `commit`; `no-seed`, `bad-seed`, `not-a-record`, `draw-moved` when the plan no longer gives what was fixed,
        `bad-replacement`.
    """
    plan, draw, calendar, inputs = _draw(asked)
    seed = seed if seed is not None else seeds(plan, plan.rules[draw.rule]).get(draw.period.name)
    if not seed:
        raise WorkError("no-seed", period=draw.period.name)
    fixed = commitment(plan, draw, "", today_of(plan, asked.today)).model_copy(update={"committed": False})
    if committed is not None:
        before = _record(committed)
        _must_be_of(before, draw)
        if differences(before, fixed) or problems(before):
            raise WorkError("draw-moved", path=str(committed))
        fixed = before.model_copy(update={"made_on": fixed.made_on, "committed": True})
    try:
        record = revealed(plan, draw, fixed, seed, [_replacement(one, draw) for one in replaced], calendar)
    except UnicodeEncodeError as reason:
        raise WorkError("bad-seed") from reason
    return Drawing(plan, record, (*inputs, *([committed] if committed else [])))


def verify(asked: Asked, path: Path) -> tuple[Record, list[str]]:
    """Recompute a record and compare it with the plan.

    Returns
    -------
    Record, list of str
        The record, and codes of what does not hold (`views.draw`).

    Raises
    ------
    PlanError, WorkError
        As `commit`; `not-a-record`, `other-draw`.
    """
    plan, draw, _, _ = _draw(asked)
    record = _record(path)
    _must_be_of(record, draw)
    found = problems(record) + differences(record, commitment(plan, draw, "", record.made_on))
    known = seeds(plan, plan.rules[draw.rule]).get(draw.period.name)
    if known is not None and record.seed is not None and known != record.seed:
        found.append("seed-changed")
    return record, found


def verdict(record: Record, found: Sequence[str], words: Words) -> Document:
    """Say whether a record holds."""
    return verdict_document(record, found, words)


def write_page(path: Path, drawing: Drawing, words: Words, *, force: bool) -> None:
    """Write the record's page, whole or not at all."""
    write_whole(path, render_page(drawing.record, words), force=force, inputs=drawing.inputs)


def _draw(asked: Asked) -> tuple[Plan, Draw, Calendar, tuple[Path, ...]]:
    plan = read(asked.path, asked.progress)
    asked.progress("draw", 0.0)
    rule = _rule(plan, asked.rule)
    line = plan.rules[rule]
    model = line.model
    assert isinstance(model, SpotCheck)
    period = period_of(plan, line, asked.period)
    if period is None:
        known = [one.name for one in draw_periods(plan, line)]
        raise WorkError("unknown-draw-period", asked=asked.period, known=known)
    if model.share is None:
        raise WorkError("no-share", rule=plan.rules[rule].name)
    calendar = calendar_of(plan)
    draw = draw_of(plan, rule, period, calendar)
    if draw.certain:
        raise WorkError("needs-no-draw", rule=plan.rules[rule].name)
    return plan, draw, calendar, (asked.path, *(asked.path.parent / one.name for one in plan.inputs))


def _rule(plan: Plan, asked: str) -> int:
    """Find a spot check by id or name, or by how one begins."""
    text = folded(asked.strip())
    named = [(code, folded(plan.rules[code].id), folded(plan.rules[code].name)) for code in spot_checks(plan)]
    exact = [code for code, id_, name in named if text in (id_, name)]
    found = exact or [code for code, id_, name in named if text and (id_.startswith(text) or name.startswith(text))]
    choices = [plan.rules[code].id for code in (found or spot_checks(plan))]
    if len(found) == 1:
        return found[0]
    if found:
        raise WorkError("ambiguous", asked=asked, choices=choices)
    error = WorkError("unknown-spot-check", asked=asked)
    near = difflib.get_close_matches(asked, choices, 3, 0.3)
    if near:
        error.values["suggestion"] = near
    raise error


def _record(path: Path) -> Record:
    record = read_page(path.read_bytes())
    if record is None:
        raise WorkError("not-a-record", path=str(path))
    return record


def _must_be_of(record: Record, draw: Draw) -> None:
    if (record.rule, record.period) != (draw.rule_id, draw.period.name):
        raise WorkError("other-draw", rule=record.rule, period=record.period)


def _replacement(text: str, draw: Draw) -> Replaced:
    enterprise, _, why = text.partition("=")
    if enterprise not in draw.left or not why.strip():
        raise WorkError("bad-replacement", asked=text)
    return Replaced(enterprise=enterprise, why=why.strip())
