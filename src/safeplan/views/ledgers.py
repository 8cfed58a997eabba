"""What a ledger holds as the offices keep it: 隐患台账 and 检查台账, with the columns of their own forms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from safeplan.core.events.findings import Extension, Finding, Rectified, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import RECORDS, History
from safeplan.document import Cell, Column, Document, Section, Table
from safeplan.plan.plan import Plan
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.codes import family_name
from safeplan.words.language import Words
from safeplan.words.ledger_columns import (
    FINDING_COLUMNS,
    OCCASIONS,
    OUTCOMES,
    SEVERITIES,
    STEPS,
    VERDICT_NAMES,
    VISIT_COLUMNS,
)

_PLANNED = frozenset({"class", "priority", "quota", "patrol", "spot-check"})
_COUNTS = frozenset({"order", "general", "major", "papers", "general_closed", "major_closed"})
_Row = dict[str, Any]


def ledgers_document(plan: Plan, history: History, words: Words) -> Document:
    """Show both ledgers, each on a sheet of its own."""
    names = LedgerNames(plan, words)
    progress = _progress(history)
    found, visits = history.of(Finding).rows(named=True), history.of(VisitMade).rows(named=True)
    tables = (
        _table(
            words("Ledger of findings"), FINDING_COLUMNS, _finding_rows(found, visits, progress, names, words), words
        ),
        _table(
            words("Ledger of inspections"), VISIT_COLUMNS, _visit_rows(visits, found, progress, names, words), words
        ),
    )
    sections = tuple(Section(table.title, tables=(table,)) for table in tables)
    return Document(words("{plan}: ledger", plan=plan.file.name), words.language, sections)


def events_document(records: pl.DataFrame) -> Document:
    """Show every event as a row of one table, each field of any kind a column of its own; for programs."""
    bodies = [json.loads(body) for body in records["body"]]
    fields = sorted({name for body in bodies for name in body})
    own = [name for name in RECORDS if name not in ("body", "hash")]
    keys = [*own, *(f"body.{name}" for name in fields), "hash"]
    rows = [
        (*common, *(_flat(body.get(name)) for name in fields), digest)
        for common, body, digest in zip(records.select(own).rows(), bodies, records["hash"], strict=True)
    ]
    table = Table(tuple(Column(key, key) for key in keys), rows)
    return Document("", "en", (Section("", tables=(table,)),))


def _flat(value: object) -> Cell:
    """Write a list of texts as one text, what is nested as JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ";".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value  # type: ignore[return-value]


@dataclass(slots=True)
class _Progress:
    """What became of a finding, as it was told."""

    step: str = "ordered"
    due: date | None = None
    rectified: date | None = None
    reinspection: _Row = field(default_factory=dict)
    closed: date | None = None


def _progress(history: History) -> Mapping[int, _Progress]:
    """Follow every finding through what was told about it, in the order in which it was told."""
    told: list[tuple[int, str, _Row]] = []
    for kind in (Finding, Rectified, Reinspection, Extension):
        told += [(row["number"], kind.kind, row) for row in history.of(kind).rows(named=True)]
    progress: dict[int, _Progress] = defaultdict(_Progress)
    for number, name, row in sorted(told, key=lambda one: one[0]):
        one = progress[number if name == Finding.kind else row["finding"]]
        if name == Finding.kind:
            one.due = row["due"]
        elif name == Rectified.kind:
            one.step, one.rectified = "claimed", row["day"]
        elif name == Reinspection.kind:
            one.reinspection = row
            passed = row["verdict"] == "pass"
            one.step, one.closed = ("closed", row["day"]) if passed else ("failed", None)
            one.due = one.due if passed else row["due"] or one.due
        elif row["answer"] == "granted":
            one.step, one.due = "extended", row["until"] or one.due
    return progress


def _finding_rows(
    found: list[_Row], visits: list[_Row], progress: Mapping[int, _Progress], names: LedgerNames, words: Words
) -> list[_Row]:
    families = {_visit_key(visit): visit["family"] for visit in visits}
    rows = []
    for order, one in enumerate(found, start=1):
        became, family = progress[one["number"]], families.get(_visit_key(one))
        again = became.reinspection
        rows.append({
            "order": order,
            "finding": f"F{one['number']}",
            "day": one["day"],
            "enterprise": names.enterprise(one["enterprise"]),
            "grid": names.grid_on(one["enterprise"], one["day"]),
            "text": one["text"],
            "code": one["code"],
            "severity": words(SEVERITIES[one["severity"]]),
            "source": family_name(words, family) if family else "",
            "officers": names.officers(one["officers"]),
            "measures": one["measures"],
            "paper": one["paper"],
            "due": became.due,
            "rectified": became.rectified,
            "reinspected": again.get("day"),
            "reinspected_by": names.officers(again.get("officers")),
            "verdict": words(VERDICT_NAMES[again["verdict"]]) if again else "",
            "closed": became.closed,
            "state": words(STEPS[became.step]),
            "note": one["note"],
        })  # fmt: skip
    return rows


def _visit_rows(
    visits: list[_Row], found: list[_Row], progress: Mapping[int, _Progress], names: LedgerNames, words: Words
) -> list[_Row]:
    by_visit: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for one in found:
        by_visit[_visit_key(one)].append(one)
    rows = []
    for order, one in enumerate(visits, start=1):
        kinds, of = names.kinds([one["visit"], *one["serves"]]), by_visit[_visit_key(one)]
        enterprise, day = one["enterprise"], one["day"]
        rows.append({
            "order": order,
            "day": day,
            "enterprise": names.enterprise(enterprise),
            "credit_code": names.fact(enterprise, "credit_code"),
            "class": names.class_on(enterprise, day),
            "sector": names.fact(enterprise, "sector"),
            "grid": names.grid_on(enterprise, day) if enterprise else names.grid(one["grid"]),
            "drawn": _yes(words, "spot-check" in kinds),
            "occasion": words(OCCASIONS[_occasion(kinds)]),
            "family": family_name(words, one["family"]),
            "reinspection": _yes(words, "reinspection" in kinds),
            "complaint": _yes(words, "complaint" in kinds),
            "outcome": words(OUTCOMES[one["outcome"]]),
            "officers": names.officers(one["officers"]),
            **_counts(of, progress),
            "who": one["who"],
            "recorded": names.day_told(one["recorded"]),
            "note": one["note"],
        })  # fmt: skip
    return rows


def _visit_key(one: _Row) -> tuple[str, str]:
    """Tell which visit an event is of: the planned one, else that of the enterprise on the day."""
    return ("", one["visit"]) if one["visit"] else (one["enterprise"] or "", one["day"].isoformat())


def _counts(of: list[_Row], progress: Mapping[int, _Progress]) -> dict[str, int]:
    shut = {one["number"] for one in of if progress[one["number"]].step == "closed"}
    counts = {"papers": len({one["paper"] for one in of if one["paper"]})}
    for severity in ("general", "major"):
        these = [one["number"] for one in of if one["severity"] == severity]
        counts |= {severity: len(these), f"{severity}_closed": len(shut.intersection(these))}
    return counts


def _occasion(kinds: frozenset[str]) -> str:
    return "special" if "campaign" in kinds else "planned" if kinds & _PLANNED else "other"


def _yes(words: Words, truth: bool) -> str:
    return words("yes") if truth else words("no")


def _table(title: str, headings: Mapping[str, str], rows: list[_Row], words: Words) -> Table:
    shown = tuple(
        Column(key, words(heading), align="right" if key in _COUNTS else "left") for key, heading in headings.items()
    )
    return Table(shown, [tuple(row[key] for key in headings) for row in rows], title=title, sheet=title)
