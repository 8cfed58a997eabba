"""Rows of a sheet that tells what happened: each cell read as what it means, each that cannot be with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from safeplan.core.events.findings import Finding, Severity, Verdict
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.plan.fields import EnterpriseRef, GridRef, OfficerRef
from safeplan.plan.plan import Plan
from safeplan.reading.cells import Cells
from safeplan.reading.findings import Findings
from safeplan.reading.names import names_of
from safeplan.reading.problems import near
from safeplan.reading.values import read_day
from safeplan.terms.diagnostic import TermError, Value, error
from safeplan.terms.family import Family
from safeplan.terms.identity import folded
from safeplan.terms.origin import Place
from safeplan.words.codes import FAMILIES
from safeplan.words.language import LANGUAGES, Words
from safeplan.work.recording.lookup import parted
from safeplan.work.recording.words import OUTCOMES, SEVERITIES, VERDICTS, meant

T = TypeVar("T")
_DAY_FIRST = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?")
"""检查起止时间 begins with the day."""
_CHOICES = {
    "outcome": ("已查", "部分", "关门", "拒检", "已搬迁", "已停业"),
    "severity": ("一般", "重大"),
    "verdict": ("合格", "不合格"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file, and by field its text and its heading; what is empty is left out."""

    cells: Cells
    number: int
    texts: Mapping[str, str]
    headings: Mapping[str, str]

    def place(self, field: str | None = None) -> Place:
        """Give the place of the row, or of one of its cells."""
        return self.cells.place(self.number, self.headings.get(field) if field else None)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit that a row tells, and what of it the row itself said, not the plan."""

    row: Row
    visit: VisitMade
    says_outcome: bool = True
    says_officers: bool = True
    says_family: bool = True


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding that a row tells, and what became of it: mended on, reinspected on, by whom and with what result."""

    row: Row
    finding: Finding
    number: int | None = None
    rectified: date | None = None
    reinspected: date | None = None
    verdict: Verdict | None = None
    by: tuple[OfficerRef, ...] = ()


Item = VisitRow | FindingRow


@dataclass(frozen=True, slots=True)
class SheetRows:
    """What a sheet tells, and how many of its rows are not filled in."""

    items: tuple[Item, ...] = ()
    empty: int = 0


class Meanings:
    """Reads cells as what they mean; what cannot be read is said in `problems` and given as None."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan, self.today = plan, today
        self.problems = Findings()
        self.said = 0
        names = names_of(plan.file)
        self._officers, self._grids = names.officers, names.grids
        self._families = _families()
        self._by_id = {str(one): str(one) for one in plan.enterprises["id"]}
        self._by_code = _codes(plan)
        self._by_name: dict[str, list[str]] = {}
        for id_, name in plan.enterprises.select("id", "name").iter_rows():
            self._by_name.setdefault(folded(name), []).append(id_)
        self._in_grid = _grids_of(plan)

    def say(self, code: str, place: Place, **values: Value) -> None:
        """Say what is wrong."""
        self.said += 1
        self.problems.add(error(code, place, **values))

    def day(self, row: Row, field: str) -> date | None:
        """Read a day that is not ahead of today; None where nothing stands or it cannot be read."""
        text = row.texts.get(field)
        if text is None:
            return None
        year = self.plan.first.year if self.plan.first.year == self.plan.last.year else None
        first = _DAY_FIRST.match(text)
        for one in (text, *([first[0]] if first else [])):
            try:
                return self._not_ahead(row, field, read_day(one, year))
            except TermError:
                continue
        self.say("bad-day", row.place(field), found=text)
        return None

    def due(self, row: Row, field: str) -> date | None:
        """Read a day that may lie ahead."""
        text = row.texts.get(field)
        if text is None:
            return None
        try:
            return read_day(text, self.plan.first.year)
        except TermError as problem:
            self.say(problem.code, row.place(field), **problem.values)
            return None

    def officers(self, row: Row, *fields: str) -> tuple[OfficerRef, ...] | None:
        """Read lists of officers, ids or names; None where one is not known."""
        found: dict[str, None] = {}
        known = True
        for field in fields:
            for text in parted(row.texts.get(field, "")):
                try:
                    found[self.plan.file.officers[self._officers.find(text)].id] = None
                except TermError as problem:
                    self._say_reference(problem, row.place(field))
                    known = False
        return tuple(OfficerRef(one) for one in found) if known else None

    def enterprise(self, row: Row) -> EnterpriseRef | None:
        """Read the enterprise: by its id or credit code, else by its name, with the grid where several have it."""
        for field in ("enterprise_id", "credit_code", "enterprise"):
            text = row.texts.get(field)
            if text is None:
                continue
            exact = self._by_id.get(text) or self._by_code.get(folded(text))
            if exact is not None:
                return EnterpriseRef(exact)
            if field != "enterprise":
                continue
            ids = self._by_name.get(folded(text), [])
            if len(ids) > 1:
                ids = [one for one in ids if self._grid_named(row) in self._in_grid.get(one, ())] or ids
            if len(ids) == 1:
                return EnterpriseRef(ids[0])
            if ids:
                self.say("several-in-grid", row.place(field), found=text)
            else:
                self.say("unknown-enterprise", row.place(field), found=text, suggestion=self._near(text))
            return None
        return None

    def grid(self, row: Row) -> GridRef | None:
        """Read the grid of a row."""
        text = row.texts.get("grid")
        if text is None:
            return None
        try:
            return GridRef(self.plan.file.grids[self._grids.find(text)].id)
        except TermError as problem:
            self._say_reference(problem, row.place("grid"))
            return None

    def outcome(self, row: Row) -> Outcome | None:
        """Read how a visit ended."""
        return self._word(row, "outcome", OUTCOMES, "not-an-outcome", _CHOICES["outcome"])

    def severity(self, row: Row, field: str = "severity") -> Severity | None:
        """Read a severity."""
        return self._word(row, field, SEVERITIES, "not-a-severity", _CHOICES["severity"])

    def verdict(self, row: Row) -> Verdict | None:
        """Read the result of a reinspection."""
        return self._word(row, "verdict", VERDICTS, "not-a-verdict", _CHOICES["verdict"])

    def family(self, row: Row) -> Family | None:
        """Read the kind of check."""
        return self._word(row, "family", self._families, "not-a-family", tuple(Family))

    def _word(self, row: Row, field: str, known: Mapping[str, T], code: str, choices: Iterable[str]) -> T | None:
        text = row.texts.get(field)
        if text is None:
            return None
        found = meant(text, known)
        if found is None:
            self.say(code, row.place(field), found=text, expected=tuple(choices))
        return found

    def _not_ahead(self, row: Row, field: str, day: date) -> date | None:
        if day > self.today:
            self.say("future-day", row.place(field), found=day, expected=self.today)
            return None
        return day

    def _grid_named(self, row: Row) -> str:
        try:
            return self.plan.file.grids[self._grids.find(row.texts.get("grid", ""))].id
        except TermError:
            return ""

    def _say_reference(self, problem: TermError, place: Place) -> None:
        self.say(problem.code, place, **problem.values)

    def _near(self, text: str) -> str | None:
        return near(text, self.plan.enterprises["name"].head(5000))


def _families() -> dict[str, Family]:
    """Give what families are called: codes, and their names in every language."""
    spoken = [Words(language) for language in LANGUAGES]
    named = {folded(words(text)): Family(code) for words in spoken for code, text in FAMILIES.items()}
    return named | {one.value: one for one in Family}


def _codes(plan: Plan) -> dict[str, str]:
    """Give the enterprise of each credit code that only one has."""
    if "credit_code" not in plan.enterprises.columns:
        return {}
    found: dict[str, str] = {}
    shared: set[str] = set()
    for id_, code in plan.enterprises.select("id", "credit_code").iter_rows():
        if code:
            shared |= {folded(code)} & found.keys()
            found[folded(code)] = id_
    return {code: id_ for code, id_ in found.items() if code not in shared}


def _grids_of(plan: Plan) -> dict[str, set[str]]:
    ids = plan.enterprises["id"]
    found: dict[str, set[str]] = {}
    for enterprise, grid in plan.grid_spans.select("enterprise", "grid").iter_rows():
        found.setdefault(ids[enterprise], set()).add(plan.file.grids[grid].id)
    return found
