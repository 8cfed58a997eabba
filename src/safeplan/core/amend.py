"""Amend: what a ledger tells is laid over the plan, as if the plan itself said it (rules.md, Today and history).

The latest date wins, on one date the ledger. What was done is no part of this: that is `core/credit.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.credit import gone_on
from safeplan.core.events.changes import Leave, Pinned, Requested
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.events.work import Classed, Happened
from safeplan.core.history import History
from safeplan.core.reclassify import class_spans
from safeplan.core.rectification import open_findings, reinspections_owed
from safeplan.core.rules.around import after
from safeplan.core.rules.importance import importance
from safeplan.core.settled import rosters_of
from safeplan.core.spelling import codes_of
from safeplan.plan.people import Officer
from safeplan.plan.plan import EVENTS, Call, Occurrence, Plan, RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.calls import Called
from safeplan.plan.rules.pins import Cause, Pin, pin_id
from safeplan.plan.rules.triggers import Trigger
from safeplan.plan.settings import Event
from safeplan.terms.days import Days
from safeplan.terms.duration import Duration
from safeplan.terms.family import Family
from safeplan.terms.origin import Place
from safeplan.terms.reason import Kind
from safeplan.terms.span import Span

LEDGER = "ledger"
"""What stands in place of a file where the ledger asks for something; the line is the event's number."""

_IMPORTANCE = {"general": 85, "major": 95}


def amended(plan: Plan, history: History, calendar: Calendar, today: date) -> Plan:
    """Lay leave, classes, events, pins and requests of a ledger over a plan, and what it makes owed again.

    Reinspections, retries, requests and complaints become rules of their own kinds behind the plan's. Who and what is
    not in the plan any more is left out.
    """
    codes = _codes(plan, history)
    happened = list(_happened(plan, history, codes))
    file = plan.file.model_copy(
        update={
            "officers": _with_leave(plan, history),
            "events": (*plan.file.events, *(event for event, _ in happened)),
        }
    )
    taken = _taken(plan, history)
    rules = [replace(_with_occurrences(line, happened), taken=taken.get(line.id, frozenset())) for line in plan.rules]
    rules += _pins(plan, history, codes)
    rules += _called(plan, history, calendar, today, codes)
    return replace(
        plan,
        file=file,
        rules=tuple(rules),
        class_spans=class_spans(plan, history, today),
        enterprises=_enterprises(plan, history),
        events=pl.concat(
            [
                plan.events,
                open_findings(plan, history).select(*EVENTS).cast(EVENTS),  # type: ignore[arg-type]
                _of_enterprises(happened),
            ]
        ),
    )


def _codes(plan: Plan, history: History) -> dict[str, int]:
    """Give the code of every enterprise that the events read here name and the register still has."""
    told = [*(history.of(kind) for kind in (Classed, Happened, Pinned, Requested)), _tried(plan, history)]
    named = pl.concat([events["enterprise"] for events in told]).drop_nulls().unique()
    return dict(codes_of(plan).filter(pl.col("enterprise").is_in(named.implode())).iter_rows())


def _with_leave(plan: Plan, history: History) -> tuple[Officer, ...]:
    """Add every officer's days of leave that were told."""
    told: dict[str, list[Days]] = {}
    for officer, days in history.of(Leave).select("officer", "days").iter_rows():
        told.setdefault(officer, []).append(Days.parse(days, plan.first.year))
    return tuple(
        one.model_copy(update={"leave": (*one.leave, *told[one.id])}) if one.id in told else one
        for one in plan.file.officers
    )


def _happened(plan: Plan, history: History, codes: Mapping[str, int]) -> Iterator[tuple[Event, Occurrence]]:
    """Give the named events that were told, as the plan's and as what triggers wait for."""
    columns = ("event", "enterprise", "grid", "day", "until")
    for name, enterprise, grid, day, until in history.of(Happened).select(*columns).iter_rows():
        if (enterprise is not None and enterprise not in codes) or (grid is not None and grid not in plan.grids):
            continue
        values = {"name": name, "kind": name, "enterprise": enterprise, "grid": grid, "day": day, "until": until}
        event = Event.model_validate({key: value for key, value in values.items() if value is not None})
        yield event, Occurrence(day, codes.get(enterprise, -1), plan.grids.get(grid, -1) if enterprise is None else -1)


def _of_enterprises(happened: Iterable[tuple[Event, Occurrence]]) -> pl.DataFrame:
    rows = [(one.enterprise, event.kind, "", event.day, event.until) for event, one in happened if one.enterprise >= 0]
    return pl.DataFrame(rows, schema=EVENTS, orient="row")


def _with_occurrences(line: RuleLine, happened: Iterable[tuple[Event, Occurrence]]) -> RuleLine:
    if not isinstance(line.model, Trigger):
        return line
    found = tuple(one for event, one in happened if event.kind == line.model.event)
    return replace(line, occurrences=(*line.occurrences, *found)) if found else line


def _taken(plan: Plan, history: History) -> dict[str, frozenset[tuple[str, int]]]:
    """Give whom shares and picks have taken already, by rule: period and enterprise of what was fixed or done."""
    picking = [
        line.id for line in plan.rules if getattr(line.model, "share", None) or getattr(line.model, "pick", None)
    ]
    if not picking:
        return {}
    done = history.of(VisitMade).filter(pl.col("outcome") == Outcome.DONE.value)
    names = pl.concat([rosters_of(history)["serves"].explode(), done["serves"].explode(), done["visit"]])
    parts = pl.col("name").str.split("/")
    rows = (
        pl.DataFrame({"name": names.drop_nulls().unique()})
        .select(
            rule=parts.list.get(0, null_on_oob=True),
            enterprise=parts.list.get(1, null_on_oob=True),
            period=parts.list.get(2, null_on_oob=True),
        )
        .filter(pl.col("rule").is_in(picking))
        .join(codes_of(plan), on="enterprise", how="inner")
    )
    taken: dict[str, set[tuple[str, int]]] = {}
    for rule, period, code in rows.select("rule", "period", "code").iter_rows():
        taken.setdefault(rule, set()).add((period, code))
    return {rule: frozenset(pairs) for rule, pairs in taken.items()}


def _pins(plan: Plan, history: History, codes: Mapping[str, int]) -> Iterator[RuleLine]:
    """Give the pins that were told as rules; of equal ones the last."""
    found: dict[str, RuleLine] = {}
    for row in history.of(Pinned).iter_rows(named=True):
        known = [one for key in ("officers", "with", "except") for one in row[key] if one not in plan.officers]
        if row["enterprise"] not in codes or known:
            continue
        said = {key: row[key] for key in ("enterprise", "window", "officers", "with", "except", "family", "cause")}
        values = said | {"day": row["on"], "reason": row["reason"]}
        pin = Pin.model_validate({key: value for key, value in values.items() if value})
        id_ = pin_id(row["enterprise"], pin)
        place = Place(LEDGER, row["number"])
        found[id_] = RuleLine(id_, Kind.PIN, pin.reason, pin, place, enterprise=codes[row["enterprise"]])
    yield from found.values()


def _called(
    plan: Plan, history: History, calendar: Calendar, today: date, codes: Mapping[str, int]
) -> Iterator[RuleLine]:
    """Give the rules of what the ledger makes owed: one for each kind and each way of visiting."""
    groups: dict[tuple[Kind, Rule], dict[Call, None]] = {}
    for kind, model, call in (
        *_requests(plan, history, calendar, today, codes),
        *_retries(plan, history, calendar, today, codes),
        *_reinspections(plan, history, calendar, today),
    ):
        groups.setdefault((kind, model), {})[call] = None
    for (kind, model), calls in groups.items():
        yield RuleLine(kind.value, kind, model.name, model, Place(LEDGER), calls=tuple(calls))


_Owed = tuple[Kind, Rule, Call]


def _requests(
    plan: Plan, history: History, calendar: Calendar, today: date, codes: Mapping[str, int]
) -> Iterator[_Owed]:
    columns = ("enterprise", "day", "within", "cause")
    for enterprise, day, within, cause in history.of(Requested).select(*columns).iter_rows():
        if enterprise in codes:
            kind = Kind.COMPLAINT if cause == Cause.COMPLAINT.value else Kind.REQUEST
            yield kind, Called(), _call(codes[enterprise], day, Duration.parse(within), calendar, today, 80)


def _retries(
    plan: Plan, history: History, calendar: Calendar, today: date, codes: Mapping[str, int]
) -> Iterator[_Owed]:
    """Owe again what met a closed door: as it was, with the importance of the most important that it repeats."""
    rules = {line.id: line for line in plan.rules}
    columns = ("enterprise", "day", "outcome", "family", "visit", "serves")
    for enterprise, day, outcome, family, visit, serves in _tried(plan, history).select(*columns).iter_rows():
        if enterprise not in codes:
            continue
        repeated = [rules[id_] for one in (visit, *serves) if (id_ := one.partition("/")[0]) in rules]
        first = max(repeated, key=importance, default=None)
        model = Called(family=Family(family)) if first is None else _as(first.model, Family(family))
        level = 30 if first is None else importance(first)
        call = _call(codes[enterprise], day, plan.file.retry[outcome], calendar, today, level)
        # The day of the closed door itself is no second try.
        window = Span(min(day + timedelta(days=1), call.window.last), call.window.last)
        yield Kind.RETRY, model, replace(call, window=window)


def _tried(plan: Plan, history: History) -> pl.DataFrame:
    """Give the visits that are owed again as they ended."""
    return history.of(VisitMade).filter(pl.col("outcome").is_in(list(plan.file.retry)))


def _as(rule: Rule, family: Family) -> Called:
    said = {name: getattr(rule, name) for name in ("minutes", "people", "skills", "by", "checklist")}
    return Called(family=family, **said)


def _reinspections(plan: Plan, history: History, calendar: Calendar, today: date) -> Iterator[_Owed]:
    owed = reinspections_owed(plan, history, calendar, today)
    model = Called(family=Family.REVISIT)
    for enterprise, first, last, severity, late in owed.drop("finding").iter_rows():
        yield Kind.REINSPECTION, model, Call(enterprise, Span(first, last), _IMPORTANCE[severity], late)


def _call(enterprise: int, day: date, length: Duration, calendar: Calendar, today: date, importance_: int) -> Call:
    """Owe a visit from a day on for some time, and as long again from today when that is over."""
    window, again = (after(one, length, calendar) for one in (day, today))
    last, late = (one.last if one else start for one, start in ((window, day), (again, today)))
    return Call(enterprise, Span(day, last), importance_, late)


def _enterprises(plan: Plan, history: History) -> pl.DataFrame:
    """Note last visits from before the period, and that an enterprise was found to have moved or ceased."""
    visits = history.of(VisitMade).filter(pl.col("enterprise").is_not_null())
    if visits.is_empty():
        return plan.enterprises
    earlier = (
        visits.filter((pl.col("outcome") == Outcome.DONE.value) & (pl.col("day") < plan.first))
        .group_by("enterprise")
        .agg(seen=pl.col("day").max())
    )
    return (
        plan.enterprises.join(earlier, left_on="id", right_on="enterprise", how="left", maintain_order="left")
        .join(gone_on(history), left_on="id", right_on="enterprise", how="left", maintain_order="left")
        .with_columns(
            last_visit=pl.max_horizontal("last_visit", "seen"), active_last=pl.min_horizontal("active_last", "gone")
        )
        .drop("seen", "gone")
    )
