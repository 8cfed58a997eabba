"""What a plan knows about the ids that its ledger names; what has left the plan is called by its id."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from safeplan.plan.plan import Plan
from safeplan.words.dates import listed
from safeplan.words.language import Words

_Spans = dict[str, list[tuple[date | None, date | None, int]]]


class LedgerNames:
    """Names by id, and class and grid of an enterprise by day."""

    def __init__(self, plan: Plan, words: Words) -> None:
        self._words = words
        self._zone = ZoneInfo(plan.file.timezone)
        self._officers = {one.id: one.name for one in plan.file.officers}
        self._grids = [one.name for one in plan.file.grids]
        self._grid_ids = {one.id: one.name for one in plan.file.grids}
        self._classes = [model.label or key for key, model in plan.file.classes.items()]
        self._kinds = {line.id: line.kind.value for line in plan.rules}
        kept = [name for name in ("name", "sector", "credit_code") if name in plan.enterprises.columns]
        self._enterprises = {row["id"]: row for row in plan.enterprises.select("id", *kept).iter_rows(named=True)}
        ids = plan.enterprises["id"]
        self._class_spans = _spans(ids, plan.class_spans, "class_")
        self._grid_spans = _spans(ids, plan.grid_spans, "grid")

    def enterprise(self, id_: str | None) -> str:
        """Name an enterprise."""
        return self.fact(id_, "name") or id_ or ""

    def fact(self, id_: str | None, column: str) -> str:
        """Give what the register says of an enterprise: name, sector, credit_code."""
        return str(self._enterprises.get(id_ or "", {}).get(column) or "")

    def officers(self, ids: Iterable[str] | None) -> str:
        """Name officers, in their order."""
        return listed(self._words, [self._officers.get(one, one) for one in ids or ()])

    def grid(self, id_: str | None) -> str:
        """Name a grid."""
        return self._grid_ids.get(id_ or "", id_ or "")

    def grid_on(self, enterprise: str | None, day: date) -> str:
        """Name the grid that an enterprise belongs to on a day."""
        code = _on(self._grid_spans, enterprise, day)
        return "" if code is None else self._grids[code]

    def class_on(self, enterprise: str | None, day: date) -> str:
        """Name the class of an enterprise on a day."""
        code = _on(self._class_spans, enterprise, day)
        return "" if code is None else self._classes[code]

    def day_told(self, recorded: str) -> date:
        """Give the day on which something was told, by the plan's clock; `recorded` is in UTC."""
        return datetime.fromisoformat(recorded).astimezone(self._zone).date()

    def kinds(self, obligations: Iterable[str]) -> frozenset[str]:
        """Give the kinds of rules that obligations come from; the ids of what a ledger brings begin with the kind."""
        rules = {one.split("/", 1)[0] for one in obligations if one}
        return frozenset(self._kinds.get(rule, rule.split("-", 1)[0]) for rule in rules)


def _spans(ids: pl.Series, spans: pl.DataFrame, column: str) -> _Spans:
    found: _Spans = {}
    for enterprise, first, last, code in spans.select("enterprise", "first", "last", column).iter_rows():
        found.setdefault(ids[enterprise], []).append((first, last, code))
    return found


def _on(spans: _Spans, enterprise: str | None, day: date) -> int | None:
    of = spans.get(enterprise or "", [])
    return next((code for first, last, code in of if (first or day) <= day <= (last or day)), None)
