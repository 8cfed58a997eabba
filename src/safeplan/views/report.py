"""A report of a month, a quarter or a year as the offices hand it in: 月报, 季报, 年报."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from safeplan.core.history import Head
from safeplan.core.report import COUNTS, OTHERS, Report, share, total
from safeplan.document import Cell, Chart, Column, Document, Note, Section, Table, Tone
from safeplan.plan.plan import Plan
from safeplan.views.facets import Narrowing, narrowing
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.dates import full_day_text, month_text
from safeplan.words.language import Words
from safeplan.words.ledger_verdicts import head_text
from safeplan.words.report_columns import CASE_STATES, GROUP_COLUMNS, MAJOR_COLUMNS, REPORT_COLUMNS

_TEXTS = frozenset({"group", "remark"})


@dataclass(frozen=True, slots=True)
class Groups:
    """What a report counts by: a key of GROUP_COLUMNS, and the name of each group."""

    by: str
    names: Mapping[int, str]


def report_document(plan: Plan, made: Report, head: Head, what: str, groups: Groups, words: Words) -> Document:
    """Show a report; `what` is its span in words: 2026年3月."""
    ledger = words("Ledger: {head}", head=head_text(words, head.events, head.hash))
    narrow = narrowing(plan, (made.as_of, *made.major["due"].drop_nulls()), words)
    major = (_major(plan, made, narrow, words),) if len(made.major) else ()
    return Document(
        words("{plan}: report of {what}", plan=plan.file.name, what=what),
        words.language,
        (_figures(made, groups, narrow, words), *major),
        head=(Note(words("As known on {day}", day=full_day_text(words, made.as_of))),),
        foot=(*_foot(words), Note(ledger, Tone.QUIET)),
        made_on=made.as_of,
        facets=narrow.facets,
    )


def _figures(made: Report, groups: Groups, narrow: Narrowing, words: Words) -> Section:
    """Show one row a group and the sum of all, and how it came about."""
    named = [(_name(row["group"], groups, words), row) for row in made.tally.iter_rows(named=True)]
    rows = [_row(name, row, words) for name, row in (*named, (words("Total"), total(made.tally)))]
    keys = list(REPORT_COLUMNS)
    if not any(row[-1] for row in rows):  # every rate has something to be a rate of
        rows, keys = [row[:-1] for row in rows], keys[:-1]
    headings = {**REPORT_COLUMNS, "group": GROUP_COLUMNS[groups.by]}
    columns = tuple(Column(key, words(headings[key]), align="left" if key in _TEXTS else "right") for key in keys)
    title = words("Figures of the report")
    by_grid = [narrow.of_grid(group) for group in made.tally["group"]] if groups.by == "grid" else None
    facets = (None, [*by_grid, ()], None) if by_grid else ()  # the sum of all is that of no grid
    table = Table(columns, rows, sheet=title, facets=facets)
    return Section(title, charts=tuple(_charts(made, named, words)), tables=(table,))


def _name(group: int, groups: Groups, words: Words) -> str:
    return words("no grid or class") if group == OTHERS else groups.names[group]


def _row(name: str, counts: Mapping[str, int], words: Words) -> tuple[Cell, ...]:
    empty = [words(text) for key, text in (("found", "no findings"), ("major", "no major findings")) if not counts[key]]
    cells: dict[str, Cell] = {
        "group": name,
        **{key: counts[key] for key in COUNTS},
        "rate": _rate(counts["mended"], counts["found"]),
        "major_rate": _rate(counts["major_mended"], counts["major"]),
        "remark": empty[0] if empty else "",
    }
    return tuple(cells[key] for key in REPORT_COLUMNS)


def _rate(part: int, whole: int) -> str:
    return f"{share(part, whole):.2%}"


def _charts(made: Report, named: list[tuple[str, dict[str, int]]], words: Words) -> Iterator[Chart]:
    labels = tuple(name for name, _ in named)
    if len(made.months) > 1:
        months = tuple(month_text(words, day) for day in made.months["month"])
        for title, key, unit in (("Times out", "visits", "visits"), ("Findings, number", "found", "items")):
            yield Chart("bars", words(title), months, tuple(map(float, made.months[key])), words(unit))
    if len(named) > 1:
        found = tuple(float(row["found"]) for _, row in named)
        yield Chart("bars", words("Findings, number"), labels, found, words("items"))
    some = [(name, row) for name, row in named if row["found"]]
    if some:
        rates = tuple(round(100 * share(row["mended"], row["found"]), 2) for _, row in some)
        yield Chart("bars", words("Share of findings closed"), tuple(name for name, _ in some), rates, "%", 100.0)


def _major(plan: Plan, made: Report, narrow: Narrowing, words: Words) -> Section:
    """List the major findings that are still open."""
    names = LedgerNames(plan, words)
    rows: list[tuple[Cell, ...]] = []
    tones = []
    major = made.major.sort("found", "finding")
    for one in major.iter_rows(named=True):
        rows.append((
            f"F{one['finding']}",
            names.enterprise(one["enterprise"]),
            names.grid_on(one["enterprise"], made.as_of),
            one["text"],
            one["found"],
            one["due"],
            words(CASE_STATES[one["state"]]),
            one["days_overdue"] or None,
        ))  # fmt: skip
        tones.append(Tone.BAD if one["days_overdue"] else Tone.PLAIN)
    columns = tuple(
        Column(key, words(title), align="right" if key == "days_overdue" else "left")
        for key, title in MAJOR_COLUMNS.items()
    )
    title = words("Major findings that are open")
    shows = narrow.of(major.with_columns(grid=pl.lit(None, pl.String)), "due", "due")
    return Section(title, tables=(Table(columns, rows, tones=tones, sheet=title, facets=shows),))


def _foot(words: Words) -> Iterator[Note]:
    yield Note(
        words(
            "Findings closed are those of the span that a reinspection has passed by the day above; where there was "
            "nothing to close the share is printed as 100.00%, and the remarks say so"
        ),
        Tone.QUIET,
    )
    yield Note(
        words(
            "Times out counts every visit whatever its outcome, without self-checks; an enterprise is inspected by one "
            "that was done or done in part. One order is counted for what was found at an enterprise on a day"
        ),
        Tone.QUIET,
    )
