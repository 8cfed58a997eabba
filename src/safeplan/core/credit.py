"""Credit: which obligations are met by visits that were made (rules.md, Periods: done visits count first)."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.carriers import Carriers
from safeplan.core.duties import family_of
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.events.work import Waived
from safeplan.core.history import History
from safeplan.core.settled import rosters_of
from safeplan.core.spelling import codes_of, ids_of
from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.spot_checks import SpotCheck
from safeplan.terms.family import DEMANDS, Family, serves
from safeplan.terms.reason import Kind

CREDITS: dict[str, pl.DataType] = {
    "obligation": pl.Int32(),  # row
    "number": pl.Int64(),  # of the visit's event
}
"""One row an obligation that was met, by obligation."""

_BROUGHT = tuple(one.value for one in (Kind.REQUEST, Kind.COMPLAINT, Kind.RETRY, Kind.REINSPECTION))
"""Rules that only the ledger brings: their visits were planned, though nothing may ask for another one any more."""

_GONE = (Outcome.CEASED.value, Outcome.MOVED.value)


def made(plan: Plan, history: History) -> pl.DataFrame:
    """Give the visits that were made and whose subject the plan knows.

    Returns
    -------
    The table of VisitMade, by day and number, with `subject` (code of the enterprise) and `place` (code of the grid, of
    a patrol), -1 where it is not that.
    """
    visits = history.of(VisitMade).filter(pl.col("outcome") == Outcome.DONE.value)
    return (
        visits.join(codes_of(plan).rename({"code": "subject"}), on="enterprise", how="left", maintain_order="left")
        .with_columns(
            pl.col("subject").fill_null(-1),
            place=pl.when(pl.col("enterprise").is_null())
            .then(pl.col("grid").replace_strict(dict(plan.grids), default=-1, return_dtype=pl.Int32))
            .otherwise(-1)
            .fill_null(-1),
        )
        .filter((pl.col("subject") >= 0) | (pl.col("place") >= 0))
        .sort("day", "number")
    )


def nothing_made() -> pl.DataFrame:
    """Give the table that `made` gives, without visits."""
    code = pl.lit(-1, dtype=pl.Int32)
    return History.nothing().of(VisitMade).with_columns(subject=code, place=code)


def credited(plan: Plan, obligations: pl.DataFrame, history: History, calendar: Calendar) -> pl.DataFrame:
    """Say which obligations were met, and by which visit.

    A planned visit meets what it was planned for. One that was not planned by a rule of the plan meets, of every rule
    that neither stands alone nor is drawn, at most one obligation of its subject: the one whose window holds its day
    and ends first, when its family and its crew could have been planned for it. An obligation is met once, first by
    what names it.

    Returns
    -------
    CREDITS
    """
    visits = made(plan, history)
    if visits.is_empty() or obligations.is_empty():
        return pl.DataFrame(schema=CREDITS)
    touched = _touched(obligations.with_row_index("obligation"), visits)
    by_name = _by_name(plan, touched, visits, history)
    taken = set(by_name["obligation"].to_list())
    spent: set[tuple[int, int]] = set()
    unnamed = visits.filter(~pl.col("number").is_in(by_name["number"].implode()))
    planned_by = pl.col("visit").str.split("/").list.first()
    unplanned = unnamed.filter(~planned_by.is_in([*(line.id for line in plan.rules), *_BROUGHT]))
    crews = _Crews(plan, calendar)
    found: list[tuple[int, int]] = []
    pairs = _pairs(plan, _touched(touched, unplanned), unplanned)
    for rule, number, obligation, day, grid, officers in pairs.iter_rows():
        if obligation in taken or (rule, number) in spent:
            continue
        if crews.could(plan.rules[rule], day, grid, tuple(officers)):
            taken.add(obligation)
            spent.add((rule, number))
            found.append((obligation, number))
    implied = pl.DataFrame(found, schema=CREDITS, orient="row")
    return pl.concat([by_name, implied]).sort("obligation")


def _touched(obligations: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Give the obligations of subjects that some visits went to."""
    return obligations.filter(
        pl.col("enterprise").is_in(visits["subject"].unique().implode())
        | ((pl.col("grid") >= 0) & pl.col("grid").is_in(visits["place"].unique().implode()))
    )


def waived(plan: Plan, obligations: pl.DataFrame, history: History) -> pl.Series:
    """Give the rows of the obligations that shall not be done."""
    what = history.of(Waived)["what"]
    if what.is_empty():
        return pl.Series([], dtype=pl.Int32)
    ids = ids_of(plan, obligations)
    return ids.is_in(what.implode()).arg_true().cast(pl.Int32)


def gone_on(history: History) -> pl.DataFrame:
    """Give the enterprises (ids) that were found to have moved or ceased, and the day: `enterprise`, `gone`."""
    visits = history.of(VisitMade).select("enterprise", "day", "number", "outcome")
    once = visits.filter(pl.col("outcome").is_in(_GONE) & pl.col("enterprise").is_not_null())["enterprise"].unique()
    of_them = visits.filter(pl.col("enterprise").is_in(once.implode())).sort("day", "number", maintain_order=True)
    latest = of_them.group_by("enterprise", maintain_order=True).agg(pl.all().last())
    return latest.filter(pl.col("outcome").is_in(_GONE)).select("enterprise", gone="day")


def gone(plan: Plan, obligations: pl.DataFrame, history: History) -> pl.Series:
    """Give the rows of what was still to come when its enterprise was found to have moved or ceased."""
    left = codes_of(plan).join(gone_on(history), on="enterprise", how="inner").select("gone", enterprise="code")
    return (
        obligations.select("enterprise", "last", row=pl.int_range(pl.len(), dtype=pl.Int32))
        .join(left, on="enterprise", how="inner", maintain_order="left")
        .filter(pl.col("last") >= pl.col("gone"))["row"]
    )


def _by_name(plan: Plan, touched: pl.DataFrame, visits: pl.DataFrame, history: History) -> pl.DataFrame:
    """Match what visits name; one that does not say what it served did what the fixed visit that it names was for.

    Of several that name one obligation the first met it.
    """
    more = pl.col("serves").list.len() > 0
    told = visits.with_row_index("at").select("at", "number", "enterprise", "serves", name="visit")
    fixed = rosters_of(history).unique("id", keep="last", maintain_order=True).select(name="id", planned="serves")
    # Most fixed visits serve what gave them their id, and that stands in `name`.
    fixed = fixed.filter((pl.col("planned").list.len() > 1) | (pl.col("planned").list.first() != pl.col("name")))
    implied = told.filter(~more).drop("serves").join(fixed, on="name", how="inner").with_columns(serves="planned")
    parts = [told.filter(more), implied]
    served = [one.select("at", "number", "enterprise", name="serves").explode("name") for one in parts]
    every = pl.concat([told.drop("serves"), *served])
    ids = touched.select("obligation", name=ids_of(plan, touched))
    return (
        _with_repeated(every, history)
        .join(ids, on="name", how="inner")
        .sort("at")
        .unique("obligation", keep="first", maintain_order=True)
        .select(pl.col("obligation").cast(pl.Int32), "number")
    )


def _with_repeated(names: pl.DataFrame, history: History) -> pl.DataFrame:
    """Add what the visits that met a retry repeated: what the closed door of the day before its window was for.

    That may itself have been a retry.
    """
    retry = f"{Kind.RETRY.value}/"
    first = pl.col("name").str.extract(rf"^{retry}.*/(\d{{4}}-\d\d-\d\d)\.\.", 1).str.to_date(strict=False)
    tried = repeated(history).select("enterprise", day=pl.col("day") + timedelta(days=1), name="id")
    fresh = names.filter(pl.col("name").str.starts_with(retry))
    while not fresh.is_empty():
        fresh = (
            fresh.select("at", "number", "enterprise", day=first)
            .drop_nulls()
            .join(tried, on=["enterprise", "day"], how="inner", maintain_order="left")
            .select(names.columns)
            .join(names, on=names.columns, how="anti", maintain_order="left")
            .unique(maintain_order=True)
        )
        names = pl.concat([names, fresh])
    return names


def repeated(history: History) -> pl.DataFrame:
    """Give what visits that were tried in vain were for: `enterprise`, `day` and `id` of an obligation."""
    return (
        history.of(VisitMade)
        .filter((pl.col("outcome") != Outcome.DONE.value) & pl.col("enterprise").is_not_null())
        .select("enterprise", "day", id=pl.concat_list("visit", "serves"))
        .explode("id")
        .filter(pl.col("id") != "")
    )


def _pairs(plan: Plan, touched: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Give what each visit might meet, by rule and visit, the window that ends first first."""
    families = pl.DataFrame(
        [
            (code, family.value)
            for code, line in enumerate(plan.rules)
            if not _is_drawn(line) and not (line.model.separate or line.model.surprise)
            for family in Family
            if serves(family, family_of(plan, line))
        ],
        schema={"rule": pl.Int32, "family": pl.String},
        orient="row",
    )
    own = touched.join(families, on="rule", how="inner").select(
        "obligation", "rule", "n", "open_first", "open_last", "family",
        subject="enterprise", place=pl.when(pl.col("enterprise") < 0).then("grid").otherwise(-1),
    )  # fmt: skip
    grids = plan.grid_spans.rename({"enterprise": "subject"})
    pairs = (
        visits.select("number", "day", "officers", "family", "subject", "place")
        .join(own, on=["subject", "place", "family"], how="inner")
        .filter(pl.col("day").is_between(pl.col("open_first"), pl.col("open_last")))
    )
    where = (
        pairs.select("subject", "day")
        .unique()
        .join(grids, on="subject", how="inner")
        .filter((pl.col("first") <= pl.col("day")).fill_null(True) & (pl.col("last") >= pl.col("day")).fill_null(True))
        .select("subject", "day", "grid")
    )
    return (
        pairs.join(where, on=["subject", "day"], how="left")
        .with_columns(
            grid=pl.when(pl.col("place") >= 0).then("place").otherwise(pl.col("grid").fill_null(-1)).cast(pl.Int32)
        )
        .sort("rule", "day", "number", "open_last", "n", "obligation")
        .select("rule", "number", "obligation", "day", "grid", "officers")
    )


def _is_drawn(line: RuleLine) -> bool:
    """Whether only what names it meets it: a draw's visits, and quotas', which `top_up` counts."""
    return isinstance(line.model, SpotCheck) or line.kind is Kind.QUOTA


class _Crews:
    """Says whether a crew could have been planned for a rule; officers who were not told are no objection."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self._plan = plan
        self._carriers = Carriers(plan, calendar)
        self._code = {officer.id: code for code, officer in enumerate(plan.file.officers)}
        self._known: dict[tuple[object, ...], bool] = {}

    def could(self, line: RuleLine, day: date, grid: int, officers: tuple[str, ...]) -> bool:
        if not officers:
            return True
        key = (line.id, day, grid, officers)
        if key not in self._known:
            self._known[key] = self._could(line, day, grid, officers)
        return self._known[key]

    def _could(self, line: RuleLine, day: date, grid: int, officers: tuple[str, ...]) -> bool:
        plan = self._plan
        people = DEMANDS[family_of(plan, line)].people
        if len(officers) < max(people, line.model.people or plan.file.defaults.people or 0):
            return False
        at = (day - plan.first).days
        if not 0 <= at < self._carriers.days:
            return True
        allowed = self._carriers.who(line.model.by, ((0, self._carriers.days - 1, grid),))[at]
        return all(one in self._code and allowed >> self._code[one] & 1 for one in officers)
