"""Diff: two plans, two rosters, or a plan and what was adopted or issued of it: what changes, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from safeplan.core.compare import Diff, compare
from safeplan.core.events.rosters import Adopted, Issued
from safeplan.core.history import History
from safeplan.core.settled import visits_of
from safeplan.core.sides import SIDE, Side, of_roster, of_schedule
from safeplan.core.tables import Schedule
from safeplan.ledger.place import LedgerPlace
from safeplan.output import diff_json
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.plan.plan import Plan
from safeplan.plan.settings import LedgerSettings
from safeplan.terms.progress import Progress, silent
from safeplan.terms.span import Span
from safeplan.views.diff import diff_document
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.schedules import Made, make_schedule
from safeplan.work.spans import read_day

ADOPTED, ISSUED = "adopted", "issued"

Where = Callable[[Path, LedgerSettings | None], LedgerPlace]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared, as a person typed it."""

    old: str
    new: str
    first: str | None = None
    last: str | None = None
    today: str | None = None
    with_surprise: bool = False


def difference(asked: Asked, ledger: Where, progress: Progress = silent) -> Diff:
    """Compare two sides: a plan file, a roster as JSON, or `adopted` or `issued` of the plan that the other side is.

    Raises
    ------
    WorkError
        `diff-wants-a-plan`, `nothing-adopted`, `nothing-issued`, `not-a-roster`, `plan-not-there`, and as schedules do.
    """
    both = (asked.old, asked.new)
    made = {one: _schedule(Path(one), asked.today, ledger, progress) for one in both if is_plan(one)}
    progress("compare", 0.0)
    beside = next(iter(made.values()), None)
    sides = [_side(one, made, beside) for one in both]
    if not asked.with_surprise:
        sides = [_without_surprise(side) for side in sides]
    year = beside.schedule.plan.first if beside else date.today()
    period = Span(year, year)
    first, last = (read_day(one, period) if one else None for one in (asked.first, asked.last))
    if first is None and last is None:
        first, last = _span_of_files(both, sides)
    return _between(compare(*sides), first, last)


def render_diff(diff: Diff, name: str, options: Options, words: Words) -> bytes:
    """Turn a comparison into the bytes of a format."""
    if name == "json":
        return diff_json.render(diff)
    if name not in DOCUMENT_FORMATS:
        raise WorkError("unknown-format", asked=name, known=sorted((*DOCUMENT_FORMATS, "json")))
    return DOCUMENT_FORMATS[name].render(diff_document(diff, words, words("What changes")), options)


def _is_file(asked: str) -> bool:
    return Path(asked).suffix.lower() == ".json"


def is_plan(asked: str) -> bool:
    """Whether a side of a comparison is a plan file, not a roster."""
    return asked not in (ADOPTED, ISSUED) and not _is_file(asked)


def _schedule(path: Path, today: str | None, ledger: Where, progress: Progress) -> Made:
    if not path.exists():
        raise WorkError("plan-not-there", path=path)
    return make_schedule(path, today=today, ledger=lambda settings: ledger(path, settings), progress=progress)


def _side(asked: str, made: dict[str, Made], beside: Made | None) -> Side:
    if asked in made:
        return of_schedule(made[asked].schedule)
    if asked not in (ADOPTED, ISSUED):
        return _of_file(Path(asked), beside.schedule.plan if beside else None)
    if beside is None:
        raise WorkError("diff-wants-a-plan", asked=asked)
    return _of_ledger(asked, beside.schedule, beside.history or History.nothing())


def _of_ledger(asked: str, schedule: Schedule, history: History) -> Side:
    """Take the roster that was adopted last, or the weeks that were issued; of several for a day the last."""
    kind = Adopted if asked == ADOPTED else Issued
    own = history.of(kind).filter(pl.col("plan") == schedule.plan.file.name)
    if own.is_empty():
        raise WorkError("nothing-adopted" if asked == ADOPTED else "nothing-issued")
    visits = visits_of(own.tail(1) if asked == ADOPTED else own, "number")
    latest = pl.col("number") == pl.col("number").max().over("day")
    return of_roster(schedule.plan, visits.filter(latest).with_columns(state=pl.lit(asked)))


def _of_file(path: Path, plan: Plan | None) -> Side:
    """Take a roster that `schedule --format json` wrote."""
    try:
        read = json.loads(path.read_bytes())
        rows = [_row(one) for one in read["visits"]]
    except FileNotFoundError:
        raise WorkError("plan-not-there", path=path) from None
    except (ValueError, TypeError, KeyError):
        raise WorkError("not-a-roster", path=path) from None
    visits = pl.DataFrame(rows, schema=SIDE, orient="row")
    return Side(visits) if plan is None else of_roster(plan, visits.select(pl.exclude("^.*_name$"), day="date"))


def _row(one: dict[str, Any]) -> dict[str, Any]:
    served = one["serves"]
    return {
        "id": one["id"],
        "date": date.fromisoformat(one["date"]),
        "state": one["state"],
        "enterprise": one["enterprise"],
        "enterprise_name": None,
        "grid": one["grid"],
        "grid_name": None,
        "officers": one["officers"],
        "rules": [rule["name"] or rule["kind"] for rule in served],
        "serves": [rule["obligation"] for rule in served],
    }


def _without_surprise(side: Side) -> Side:
    """Leave out the visits of rules that are surprises."""
    if side.plan is None:
        return side
    hidden = [line.id for line in side.plan.rules if line.model.surprise]
    shown = ~pl.col("id").str.split("/").list.first().is_in(hidden)
    return Side(side.visits.filter(shown), side.schedule, side.plan)


def _span_of_files(both: tuple[str, str], sides: list[Side]) -> tuple[date | None, date | None]:
    """Give the days that rosters from files are of: a week is compared with that week of a plan."""
    days = [day for one, side in zip(both, sides, strict=True) if _is_file(one) for day in side.days]
    return (min(days), max(days)) if days else (None, None)


def _between(diff: Diff, first: date | None, last: date | None) -> Diff:
    """Keep what touches some days."""
    if first is None and last is None:
        return diff

    def inside(column: str) -> pl.Expr:
        return pl.col(column).is_between(first or date.min, last or date.max)

    changes = diff.changes.filter(inside("was").fill_null(False) | inside("day").fill_null(False))
    here = diff.after.visits.filter(inside("date"))
    same = len(here) - len(changes.filter(inside("day").fill_null(False)))
    return replace(diff, changes=changes, same=same)
