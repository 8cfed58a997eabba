"""A plan file and its register into a Plan: references mean something, registers become frames of codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

from safeplan.plan.enterprise import OPEN, DatedClass, DatedGrid
from safeplan.plan.fields import EnterpriseRef
from safeplan.plan.file import PlanFile
from safeplan.plan.official import OfficialDays
from safeplan.plan.plan import CLASS_SPANS, ENTERPRISES, EVENTS, GRID_SPANS, OTHERS_VISITS, Input, Plan
from safeplan.plan.selection import Names, grids_below
from safeplan.plan.selector import Among, Compared, Either, Every, Not, Where, columns_of
from safeplan.reading.activity_lines import activity_lines
from safeplan.reading.choices import Choices, caps_of, check_selectors, recusals_of
from safeplan.reading.enterprises import Register
from safeplan.reading.findings import Findings
from safeplan.reading.identities import check_enterprise_ids, check_ids, enterprise_ids
from safeplan.reading.limits import Limits
from safeplan.reading.names import Lookup, names_of
from safeplan.reading.problems import Path, near
from safeplan.reading.references import Found, check_dates, check_references, found_in
from safeplan.reading.register import spans_of
from safeplan.reading.rule_lines import rule_lines
from safeplan.reading.yaml_tree import Mapping as Tree
from safeplan.reading.yaml_tree import place_of
from safeplan.terms.diagnostic import Diagnostic, TermError, error
from safeplan.terms.origin import Place

Locate = Callable[[Path], Place]

_KEEP = 100
"""Rows of one problem that are looked at; Findings counts the rest."""

_SUGGEST_BELOW = 20_000
"""Enterprises up to which a misspelt one gets a suggestion; above it the search would take seconds."""


def resolve(
    file: PlanFile, tree: Tree, register: Register, official: OfficialDays, inputs: Sequence[Input], limits: Limits
) -> tuple[Plan, list[Diagnostic]]:
    """Resolve a plan file.

    Parameters
    ----------
    file, tree
        The models, and the tree they were made from, for the places.
    register
        All enterprises.
    official
        Official days of the years that the plan may touch.
    inputs
        The files read: the plan, then its tables.
    limits
        How many diagnostics of a code are kept.

    Returns
    -------
    Plan, list of Diagnostic
        With errors among them the Plan is not to be scheduled; it is as much as could be resolved.
    """
    findings = Findings(limits.of_a_code)

    def locate(path: Path) -> Place:
        return place_of(tree, path)

    names = names_of(file)
    found = found_in(file)
    findings.extend(check_ids(file, names.roles, locate))
    findings.extend(check_references(found, names, locate))
    findings.extend(check_dates(found, locate))
    grid_parent = _grid_parent(file, names.grids, locate, findings)
    class_spans = _dated_spans(register, "class_", names.classes, findings)
    grid_spans = _dated_spans(register, "grid", names.grids, findings)
    enterprises = _enterprises(register, names.grids, grid_spans, inputs, findings)
    means = _meant(found, enterprises, locate, findings)
    choices = Choices(
        frame=enterprises,
        class_spans=class_spans,
        grid_spans=grid_spans,
        names=Names(names.classes.codes, grids_below(names.grids.codes, grid_parent)),
        first=file.period.first,
        last=file.period.last,
    )
    enterprises = caps_of(file, choices, locate, findings)
    recusals = recusals_of(file, choices, locate, findings)
    check_selectors(found, choices, locate, findings)
    ids = {code: str(enterprises["id"][code]) for code in means.values()}
    rules, problems = rule_lines(file, grid_parent, names.grids.codes, means, ids, locate)
    findings.extend(problems)
    activities, problems = activity_lines(file, grid_parent, names.grids.codes, rules, locate)
    findings.extend(problems)
    return Plan(
        file=file,
        first=file.period.first,
        last=file.period.last,
        official=official,
        rules=rules,
        officers=names.officers.codes,
        teams=names.teams.codes,
        grids=names.grids.codes,
        classes=names.classes.codes,
        grid_parent=grid_parent,
        enterprises=enterprises,
        class_spans=class_spans,
        grid_spans=grid_spans,
        closed_sets=tuple(register.pools.closed.values),
        recusals=recusals,
        others_visits=_others_visits(file, means),
        events=_events(file, means),
        files=tuple(one.name for one in inputs),
        inputs=tuple(inputs),
        activities=activities,
    ), findings.listed()


def _grid_parent(file: PlanFile, grids: Lookup, locate: Locate, findings: Findings) -> tuple[int, ...]:
    """Give each grid's parent; a grid in a circle is said once, and stands at the top."""
    parents = [grids.codes.get(grid.parent, -1) if grid.parent else -1 for grid in file.grids]
    settled: set[int] = set()
    for start in range(len(parents)):
        path: list[int] = []
        at = start
        while at >= 0 and at not in settled and at not in path:
            path.append(at)
            at = parents[at]
        if at in path:
            circle = [file.grids[code].id for code in path[path.index(at) :]]
            place = locate(("grids", path[-1], "parent"))
            findings.add(error("grid-cycle", place, found=" → ".join([*circle, circle[0]])))
            parents[path[-1]] = -1
        settled.update(path)
    return tuple(parents)


def _dated_spans(register: Register, name: str, lookup: Lookup, findings: Findings) -> pl.DataFrame:
    """Give the spans of a dated column (CLASS_SPANS, GRID_SPANS); what a value does not mean is said at its rows."""
    schema = CLASS_SPANS if name == "class_" else GRID_SPANS
    rows: list[tuple[int, date | None, date | None, int]] = []
    bad: list[int] = []
    for code, value in enumerate(register.pools.of(name).values):
        spans = spans_of(value)
        if any(text not in lookup for _, _, text in spans) or _said_twice(value):
            bad.append(code)
        rows += [(code, first, last, lookup.codes[text]) for first, last, text in spans if text in lookup]
    _report(register, name, bad, lookup, findings)
    table = pl.DataFrame(
        rows, schema={"code": pl.Int32(), "first": pl.Date(), "last": pl.Date(), name: pl.Int32()}, orient="row"
    )
    held = register.frame.select(enterprise=pl.int_range(pl.len(), dtype=pl.Int32), code=pl.col(name))
    return held.join(table, on="code", how="inner", maintain_order="left").select(*schema)


def _said_twice(dated: Sequence[DatedClass | DatedGrid]) -> list[str]:
    days = [one.from_ for one in dated]
    return [str(day or "-") for day in dict.fromkeys(days) if days.count(day) > 1] if len(days) > 1 else []


def _report(register: Register, name: str, bad: Sequence[int], lookup: Lookup, findings: Findings) -> None:
    """Say what is wrong with the values of some codes, at the first rows that have them; the rest is counted."""
    if not bad:
        return
    codes = register.frame.select(at=pl.int_range(pl.len()), code=pl.col(name))
    hits = codes.join(pl.DataFrame({"code": bad}, schema={"code": pl.Int32()}), on="code", how="semi").sort("at")
    last = None
    for at, code in hits.head(_KEEP).iter_rows():
        label = register.frame["id"][at] or register.frame["name"][at]
        value = register.pools.of(name).values[code]
        problems = [TermError("dated-twice", found=day) for day in _said_twice(value)]
        for _, _, text in spans_of(value):
            try:
                lookup.find(text)
            except TermError as problem:
                problems.append(TermError(problem.code, **problem.values))
        for one in problems:
            last = error(one.code, register.place(at, name), **{**one.values, "enterprise": label})
            findings.add(last)
    if last is not None and hits.height > _KEEP:
        findings.count(last, hits.height - _KEEP)


def _enterprises(
    register: Register, grids: Lookup, grid_spans: pl.DataFrame, inputs: Sequence[Input], findings: Findings
) -> pl.DataFrame:
    """Make the frame of enterprises: columns as ENTERPRISES (caps come later), then the register's own."""
    frame = register.frame
    first_grid = grid_spans.group_by("enterprise", maintain_order=True).first().select("enterprise", "grid")
    grid_ids = (
        frame.select(enterprise=pl.int_range(pl.len(), dtype=pl.Int32))
        .join(first_grid, on="enterprise", how="left", maintain_order="left")
        .join(
            pl.DataFrame(
                {"grid": range(len(grids.ids)), "text": grids.ids}, schema={"grid": pl.Int32, "text": pl.String}
            ),
            on="grid",
            how="left",
            maintain_order="left",
        )["text"]
    )
    ids = enterprise_ids(frame, grid_ids)
    check_enterprise_ids(ids, register, findings)
    for at in (frame["active_from"] > frame["active_to"]).fill_null(False).arg_true().head(_KEEP).to_list():
        early, late = frame["active_from"][at], frame["active_to"][at]
        place = register.place(at, "active_to")
        findings.add(error("reversed-dates", place, found=f"{early}/{late}", first=early, last=late))
    tables = [next(i for i, one in enumerate(inputs) if one.name == table.file) for table in register.tables]
    lines = [register.place(at).line for at in frame["source"].eq(0).arg_true().to_list()]
    written = len(lines)
    rows = pl.concat([pl.Series(lines, dtype=pl.Int32), frame["row"][written:]])
    of_core = frame.select(
        ids.alias("id"),
        "name",
        pl.col("status").str.strip_chars().is_in(OPEN).alias("planned"),
        pl.col("active_from").alias("active_first"),
        pl.col("active_to").alias("active_last"),
        "closed",
        "latitude",
        "longitude",
        "last_visit",
        pl.lit(None, pl.Int32).alias("cap"),
        pl.lit(None, pl.Int32).alias("cap_line"),
        pl.col("source").replace_strict(dict(enumerate([0, *tables])), return_dtype=pl.Int32).alias("file"),
        rows.alias("row"),
    )
    assert list(of_core.columns) == list(ENTERPRISES)
    taken = {*ENTERPRISES, "active_from", "active_to", "class_", "grid", "source"}
    return of_core.hstack(frame.select(name for name in frame.columns if name not in taken))


def _meant(found: Sequence[Found], enterprises: pl.DataFrame, locate: Locate, findings: Findings) -> dict[str, int]:
    """Give the code of every enterprise that the plan refers to; an unknown one is said at its place."""
    wanted = [(one.path, str(one.value), True) for one in found if isinstance(one.value, EnterpriseRef)]
    for one in found:
        if isinstance(one.value, (Among, Compared, Every, Either, Not)):
            wanted += [(one.path, text, False) for text in _ids_in(one.value)]
    texts = pl.Series("text", sorted({text for _, text, _ in wanted}), pl.String)
    codes = _codes(enterprises, "id", texts)
    names = _codes(enterprises, "name", texts)
    means: dict[str, int] = {}
    for path, text, may_be_name in wanted:
        held = codes.get(text) or (names.get(text) if may_be_name else None)
        if held is not None and len(held) == 1:
            means[text] = held[0]
        elif held is not None and text not in codes:
            expected = tuple(str(enterprises["id"][code]) for code in held[:10])
            findings.add(error("ambiguous-name", locate(path), found=text, expected=expected))
        elif held is None:
            ids = enterprises["id"].drop_nulls().to_list() if len(enterprises) < _SUGGEST_BELOW else []
            findings.add(error("unknown-enterprise", locate(path), found=text, suggestion=near(text, ids)))
    return means


def _ids_in(where: Where) -> list[str]:
    return [value for column, values in columns_of(where) if column == "id" for value in values]


def _codes(enterprises: pl.DataFrame, column: str, texts: pl.Series) -> dict[str, list[int]]:
    held: dict[str, list[int]] = {}
    rows = enterprises.select(pl.col(column).alias("text"), code=pl.int_range(pl.len())).filter(
        pl.col("text").is_in(texts.to_list())
    )
    for text, code in rows.iter_rows():
        held.setdefault(text, []).append(code)
    return held


def _others_visits(file: PlanFile, means: Mapping[str, int]) -> pl.DataFrame:
    rows = [
        (means[one.enterprise], one.day, one.family.value, "") for one in file.others_visits if one.enterprise in means
    ]
    return pl.DataFrame(rows, schema=OTHERS_VISITS, orient="row")


def _events(file: PlanFile, means: Mapping[str, int]) -> pl.DataFrame:
    """Give what happened to enterprises (EVENTS); events of grids, and named days, are no cause of a modifier."""
    rows = [
        (means[one.enterprise], one.kind, one.severity, one.day, one.until)
        for one in file.events
        if one.enterprise is not None and one.enterprise in means
    ]
    return pl.DataFrame(rows, schema=EVENTS, orient="row")
