"""A roster as it was issued, as a Schedule; and what is new in it beside the roster that it replaces.

It is made of the event alone, with the plan as it was known then: what was planned or done since changes no paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from safeplan.core.activities import dated_activities
from safeplan.core.amend import amended
from safeplan.core.calendar import Calendar
from safeplan.core.events.rosters import Issued
from safeplan.core.expand import expand
from safeplan.core.history import Head, History
from safeplan.core.settled import visits_of
from safeplan.core.spelling import codes_of, ids_of
from safeplan.core.tables import CREWS, OBLIGATIONS, SERVES, UNPLACED, VISITS, Figures, Schedule
from safeplan.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Paper:
    """A roster that was issued: its event's number and hash are the ledger's head that it carries.

    `visits` has the fields of `IssuedVisit` as columns, in the order of the roster.
    """

    head: Head
    day: date
    first: date
    last: date
    serial: int
    replaces: int | None
    approved_by: str
    number: str
    sha256: str
    visits: pl.DataFrame


class LeftThePlanError(Exception):
    """What the roster names is not in the plan any more; `names` are its ids."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


def paper_of(history: History, plan: str, first: date, last: date) -> Paper | None:
    """Give the roster that was issued last for exactly these days; None when none was."""
    return _paper(_issued(history, plan).filter((pl.col("first") == first) & (pl.col("last") == last)))


def replaced_by(history: History, plan: str, paper: Paper) -> Paper | None:
    """Give the roster that a roster replaces; None when it is the first for its days."""
    if paper.replaces is None:
        return None
    return _paper(_issued(history, plan).filter(pl.col("serial") == paper.replaces))


def told_before(history: History, paper: Paper) -> History:
    """Give what the ledger told when a roster was issued."""
    tables = {kind: table.filter(pl.col("number") < paper.head.events) for kind, table in history.tables.items()}
    return History(paper.head, tables)


def as_issued(plan: Plan, calendar: Calendar, history: History, paper: Paper) -> Schedule:
    """Give a roster that was issued as a Schedule that holds only its days, with their activities.

    Raises
    ------
    LeftThePlanError
        An officer, an enterprise, a grid or a rule of it is not in the plan any more.
    """
    said = amended(plan, told_before(history, paper), calendar, paper.day)
    visits = paper.visits.with_row_index("visit").with_columns(pl.col("visit").cast(pl.Int32))
    obligations, serves = _obligations(said, expand(said, calendar, paper.day).obligations, visits)
    numbered = _numbered(said, visits)
    lead = dict(serves.group_by("visit", maintain_order=True).first().iter_rows())
    rows = (
        visits.drop("enterprise", "grid")
        .join(_subjects(said, visits), on="visit", maintain_order="left")
        .join(numbered.select("visit", "crew"), on="visit", maintain_order="left")
        .with_columns(lead=pl.col("visit").replace_strict(lead, return_dtype=pl.Int32), state=pl.lit("issued"))
    )
    crews = numbered.filter(pl.col("crew") > 0).unique(["day", "crew"], keep="first", maintain_order=True)
    activities = dated_activities(said, calendar).activities
    return Schedule(
        plan=said,
        today=paper.day,
        obligations=obligations,
        visits=rows.select(pl.col(name).cast(kind) for name, kind in VISITS.items()),
        serves=serves,
        crews=crews.select(pl.col(name).cast(kind) for name, kind in CREWS.items()).sort("day", "crew"),
        unplaced=pl.DataFrame(schema=UNPLACED),
        carried_over=pl.DataFrame(schema=UNPLACED),
        proofs=(),
        activities=activities.filter(pl.col("due").is_between(paper.first, paper.last)),
        figures=Figures(len(visits), len(visits), 0, 0, 0, 0, 0, 0, 0),
        ledger=paper.head,
    )


CHANGES = ("added", "moved", "restaffed", "dropped")


def changes(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Say what is new in visits (as in `Paper.visits`) beside earlier ones.

    Returns
    -------
    DataFrame
        `id`, `change` (one of CHANGES) and `was`, the day before, null for what is added; what stays is left out.
    """
    old = before.select("id", was="day", crew=pl.col("officers").list.join(";"))
    new = now.select("id", "day", own=pl.col("officers").list.join(";"))
    both = new.join(old, on="id", how="full", coalesce=True, maintain_order="left_right")
    change = (
        pl.when(pl.col("was").is_null())
        .then(pl.lit("added"))
        .when(pl.col("day").is_null())
        .then(pl.lit("dropped"))
        .when(pl.col("day") != pl.col("was"))
        .then(pl.lit("moved"))
        .when(pl.col("own") != pl.col("crew"))
        .then(pl.lit("restaffed"))
    )
    return both.select("id", "was", change=change).filter(pl.col("change").is_not_null()).select("id", "change", "was")


def _issued(history: History, plan: str) -> pl.DataFrame:
    return history.of(Issued).filter(pl.col("plan") == plan)


def _paper(rows: pl.DataFrame) -> Paper | None:
    if rows.is_empty():
        return None
    last = rows.tail(1)
    visits = visits_of(last)
    facts = last.drop("visits").row(0, named=True)
    filled = visits.with_columns(pl.col("officers", "serves").fill_null([]))
    return Paper(
        head=Head(facts["number"], facts["hash"]),
        day=facts["day"],
        first=facts["first"],
        last=facts["last"],
        serial=facts["serial"],
        replaces=facts["replaces"],
        approved_by=facts["approved_by"],
        number=facts["paper"],
        sha256=facts["sha256"],
        visits=filled,
    )


def _subjects(plan: Plan, visits: pl.DataFrame) -> pl.DataFrame:
    """Give the codes of enterprise and grid of every visit; an enterprise's grid is the one of that day."""
    enterprises = codes_of(plan).rename({"code": "enterprise_code"})
    spans = plan.grid_spans.rename({"enterprise": "enterprise_code", "first": "from", "last": "to", "grid": "there"})
    known = visits.join(enterprises, on="enterprise", how="left", maintain_order="left")
    _must_be_there(known.filter(pl.col("enterprise").is_not_null() & pl.col("enterprise_code").is_null())["enterprise"])
    _must_be_there(known.filter(~pl.col("grid").is_in(list(plan.grids)) & pl.col("grid").is_not_null())["grid"])
    there = (
        known.join(spans, on="enterprise_code")
        .filter((pl.col("from") <= pl.col("day")).fill_null(True) & (pl.col("day") <= pl.col("to")).fill_null(True))
        .unique("visit", keep="first", maintain_order=True)
        .select("visit", "there")
    )
    own = pl.col("grid").replace_strict(dict(plan.grids), default=None, return_dtype=pl.Int32)
    return known.join(there, on="visit", how="left", maintain_order="left").select(
        "visit",
        enterprise=pl.col("enterprise_code").fill_null(-1),
        grid=pl.coalesce(own, "there", pl.lit(-1)),
    )


def _numbered(plan: Plan, visits: pl.DataFrame) -> pl.DataFrame:
    """Number the crews of each day from 1 as they stand in the roster, 0 where nobody goes: visit, day, crew."""
    everybody = visits["officers"].explode(empty_as_null=False, keep_nulls=False)
    _must_be_there(everybody.filter(~everybody.is_in([one.id for one in plan.file.officers])))
    codes = {one.id: code for code, one in enumerate(plan.file.officers)}
    first = pl.col("visit").min().over("day", pl.col("officers").list.join(";"))
    place = pl.when(pl.col("officers").list.len() > 0).then(first).rank("dense").over("day")
    return visits.select(
        "visit",
        "day",
        crew=place.fill_null(0).cast(pl.Int32),
        officers=pl.Series([[codes[one] for one in crew_] for crew_ in visits["officers"]], dtype=pl.List(pl.Int32)),
    )


def _obligations(plan: Plan, owed: pl.DataFrame, visits: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the obligations that visits serve (OBLIGATIONS) and which serves which (SERVES), its own first.

    Those that are made only when quotas are filled are read from their ids; their time is the visit's.
    """
    own = visits.select("visit", "day", "until", serves=pl.concat_list("id", "serves")).explode("serves")
    own = own.unique(["visit", "serves"], keep="first", maintain_order=True)
    ids = own.unique("serves", keep="first", maintain_order=True).select("serves", "day", "until")
    known = owed.with_columns(serves=ids_of(plan, owed))
    found = ids.join(known, on="serves", how="left", maintain_order="left")
    parts = pl.col("serves").str.split("/")
    rules = {line.id: code for code, line in enumerate(plan.rules)}
    made = (
        found.filter(pl.col("rule").is_null())
        .select("serves", "day", "until", rule_id=parts.list.get(0), subject=parts.list.get(1, null_on_oob=True),
                period=parts.list.get(2, null_on_oob=True), n=parts.list.get(3, null_on_oob=True))
        .join(codes_of(plan), left_on="subject", right_on="enterprise", how="left", maintain_order="left")
    )  # fmt: skip
    _must_be_there(made.filter(~pl.col("rule_id").is_in(list(rules)))["serves"])
    read = made.select(
        "serves",
        "period",
        rule=pl.col("rule_id").replace_strict(rules, default=None, return_dtype=pl.Int32),
        enterprise=pl.col("code").fill_null(-1),
        grid=pl.col("subject").replace_strict(dict(plan.grids), default=-1, return_dtype=pl.Int32),
        n=pl.col("n").cast(pl.Int32, strict=False).fill_null(1),
        first="day",
        last="until",
        open_first="day",
        open_last="until",
        importance=0,
        outlasts=False,
    )
    both = pl.concat(
        [
            one.select("serves", *(pl.col(name).cast(kind) for name, kind in OBLIGATIONS.items()))
            for one in (found.filter(pl.col("rule").is_not_null()), read)
        ]
    )
    codes = both.select("serves", obligation=pl.int_range(pl.len(), dtype=pl.Int32))
    served = own.join(codes, on="serves", maintain_order="left").select(*SERVES)
    return both.drop("serves"), served


def _must_be_there(missing: pl.Series) -> None:
    if len(missing):
        raise LeftThePlanError(tuple(missing.unique(maintain_order=True)))
