"""Where the targets stand as a Document: figure, what it is made of, goal, and how it came there."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.overdue.overdue import Overdue
from safeplan.core.targets import Measured
from safeplan.document import Cell, Chart, Column, Document, Note, Section, Table, Tone
from safeplan.words.dates import full_day_text, month_text
from safeplan.words.language import Words
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.overdue import COLUMNS, MEASURES, share_text

_LAYOUT = ("target", "measure", "figure", "parts", "goal", "state", "due")
_RIGHT = frozenset({"figure", "parts", "goal"})
_POINTS = 2  # a trend needs a past figure beside today's


def status_document(found: Overdue, words: Words) -> Document:
    """Show every target, and the months so far of those that have a past."""
    name = words("Targets")
    columns = tuple(Column(key, words(COLUMNS[key]), "right" if key in _RIGHT else "left") for key in _LAYOUT)
    rows = [_row(one, words) for one in found.targets]
    tones = [_tone(one, found) for one in found.targets]
    tables = (Table(columns, rows, tones=tones, sheet=name),) if rows else ()
    notes = () if rows else (Note(words("the plan has no targets")),)
    charts = tuple(_trends(found, words))
    trends = (Section(words("Month by month"), charts=charts),) if charts else ()
    return Document(
        title=words("{plan}: targets", plan=found.plan.file.name),
        language=words.language,
        sections=(Section(name, notes, tables=tables), *trends),
        head=tuple(_head(found, words)),
        made_on=found.as_of,
        brief=tuple(_brief(found, words)),
    )


def _head(found: Overdue, words: Words) -> Iterator[Note]:
    yield Note(words("as of {day}", day=full_day_text(words, found.as_of)), Tone.QUIET)
    if found.ledger is None:
        yield Note(words("there is no ledger yet: only what the register says is known"), Tone.WARNING)
    else:
        yield Note(head_text(words, found.ledger.events, found.ledger.hash))


def _row(one: Measured, words: Words) -> tuple[Cell, ...]:
    return (
        one.target.name,
        words(MEASURES[one.target.measure]),
        figure_text(one, words),
        _parts(one),
        goal_text(one, words),
        state_text(one, words),
        one.due,
    )


def figure_text(one: Measured, words: Words) -> str:
    """Write what was reached: a share as a percentage; told figures in the terms of their goal."""
    if one.reached.figure is None:
        return words("no figure")
    return share_text(one.reached.figure, share=_is_share(one))


def _is_share(one: Measured) -> bool:
    return one.reached.denominator is not None or (one.goal is not None and one.goal.share is not None)


def _parts(one: Measured) -> str:
    return "" if one.reached.denominator is None else f"{one.reached.numerator}/{one.reached.denominator}"


def goal_text(one: Measured, words: Words) -> str:
    """Write the goal: ≥ 90%, ≤ 3."""
    if one.goal is None:
        return words("not set")
    return f"{'≥' if one.target.at_least is not None else '≤'} {one.goal}"


def state_text(one: Measured, words: Words) -> str:
    """Say whether the goal is met."""
    if one.goal is None:
        return "–"
    return words("no figure") if one.met is None else words("met") if one.met else words("behind")


def _tone(one: Measured, found: Overdue) -> Tone:
    if one.goal is None:
        return Tone.PLAIN
    if not one.is_behind:
        return Tone.GOOD
    return Tone.BAD if one.due < found.as_of else Tone.WARNING


def _trends(found: Overdue, words: Words) -> Iterator[Chart]:
    """Draw the months of every target that has figures for some."""
    for one in found.targets:
        points = [(day, figure) for day, figure in one.trend if figure is not None]
        if len(points) < _POINTS:
            continue
        share = _is_share(one)
        values = tuple(round(100 * figure, 1) if share else figure for _, figure in points)
        title = words("{target} (goal {goal})", target=one.target.name, goal=goal_text(one, words))
        labels = tuple(month_text(words, day) for day, _ in points)
        yield Chart("bars", title, labels, values, "%" if share else "")


def _brief(found: Overdue, words: Words) -> Iterator[str]:
    for one in found.targets:
        yield words(
            "{target}: {figure}, goal {goal}, {state}",
            target=one.target.name, figure=figure_text(one, words), goal=goal_text(one, words),
            state=state_text(one, words),
        )  # fmt: skip
