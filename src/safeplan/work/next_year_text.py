"""The text of a plan a year later: dates, classes and last visits moved on, comments and order kept.

What comes again (campaigns, seasons, priorities, due days) is dated a year later, what happened once (pins, leave,
closed days, seeds) is taken out, and each is marked; what still runs when the new period begins stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import polars as pl
import yaml
from dateutil.relativedelta import relativedelta

from safeplan.core.amend import amended
from safeplan.core.events.findings import Finding
from safeplan.core.events.visits import Outcome, VisitMade
from safeplan.core.history import History
from safeplan.plan.plan import Plan
from safeplan.reading.encoding import decode
from safeplan.terms.days import Days
from safeplan.terms.diagnostic import TermError
from safeplan.terms.span import Span
from safeplan.words.language import Words
from safeplan.words.next_year_comments import MARKS
from safeplan.work.plan_edit import Part, PlanText
from safeplan.work.plan_text import scalar
from safeplan.work.recording.desk import Desk

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*[-./年]|\d{4}(?!\d))")
_UNIT = re.compile(r"20\d\d-(?:[QMH]?\d{1,2})")
_LEAP = re.compile(r"(\d{4}\s*[-./年]\s*0?2\s*[-./月]\s*)29")
_COMING_AGAIN = ("priorities", "campaigns", "patrols", "quotas", "spot_checks", "holidays", "triggers", "activities")
_STATED = ("workdays", "total", "supervision")


class MovedText:
    """The text of a plan, moved on a year.

    `classes` and `visits` count the enterprises whose class and last visit were written anew; `has_tables` says whether
    some stand in tables.
    """

    def __init__(self, desk: Desk, history: History, today: date, first: date, words: Words) -> None:
        self._plan, self._first, self._words = desk.plan, first, words
        found = decode(desk.path.read_bytes(), desk.path.name)
        assert isinstance(found, str)  # it was read before
        self._edit = PlanText(found)
        self.has_tables = False
        self._classes = _classes(amended(desk.plan, history, desk.calendar, today), min(today, desk.plan.last))
        self._visited = _last_visits(history)
        self.classes = self.visits = 0

    def text(self, ledger: str | None) -> str:
        """Give the new text; `ledger` names the ledger's file where the old words would not find it."""
        for part in self._edit.root().parts():
            match part.path[0]:
                case "name":
                    self._name(part)
                case "period":
                    self._edit.replace(part.node, self._period())
                case "ledger":
                    self._ledger(part, ledger)
                case "calendar":
                    self._shift_all(one for key in ("days_off", "workdays") if (one := part.get(key)))
                case "seasons":
                    self._seasons(part)
                case "events":
                    self._events(part)
                case "capacity":
                    self._drop([one for one in part.parts() if one.path[-1] in _STATED], "figure")
                case "officers":
                    self._away(part, "leave")
                    self._certificates(part)
                case "enterprises":
                    self._enterprises(part)
                case "pins":
                    self._drop([one for one in part.parts() if one.get("day") or one.get("window")], "once")
                case "targets":
                    self._shift_all(one for line in part.parts() if (one := line.get("due")))
                case key if key in _COMING_AGAIN:
                    self._rules(part)
        if ledger is not None and self._edit.root().get("ledger") is None:
            self._edit.insert(self._edit.root(), f"ledger: {{file: {scalar(ledger)}}}")
        return self._edit.result()

    def _mark(self, part: Part, why: str) -> None:
        self._edit.mark(part, self._words(MARKS[why]))

    def _drop(self, parts: list[Part], why: str) -> None:
        self._edit.drop(parts, self._words(MARKS[why]))

    def _name(self, part: Part) -> None:
        """Move the year on in the plan's name."""
        old, new = str(self._plan.first.year), str(self._first.year)
        self._edit.replace(part.node, self._edit.raw(part.node).replace(old, new))

    def _period(self) -> str:
        first, last = self._first, self._plan.last + relativedelta(years=1)
        whole = (first.month, first.day, last) == (1, 1, date(first.year, 12, 31))
        return str(first.year) if whole else f"{first}/{last}"

    def _ledger(self, part: Part, ledger: str | None) -> None:
        since, file = part.get("since"), part.get("file")
        if since is not None:
            self._shift(since)
        if file is not None and ledger is not None:
            self._edit.replace(file.node, scalar(ledger))

    def _seasons(self, part: Part) -> None:
        """Move seasons on; one that reaches the new period stands there twice: as it runs, and as it comes again."""
        for season in part.parts():
            spans = [season] if season.text else list(season.parts())
            for one in spans:
                if not _is_day(one) or _ends(one.text, self._first.year) < self._first:
                    self._shift_all([one])
                    continue
                both = [self._edit.raw(one.node), _later(self._edit.raw(one.node))]
                between = (
                    ", " if season.text or season.node.flow_style else f"\n{' ' * (one.node.start_mark.column - 2)}- "
                )
                self._edit.replace(one.node, f"[{', '.join(both)}]" if season.text else between.join(both))
                self._mark(one, "shifted")

    def _certificates(self, part: Part) -> None:
        """Mark certificates that end before the new period begins."""
        for one in part.parts():
            certificate = one.get("certificate")
            expires = certificate.get("expires") if certificate else None
            if expires is not None and date.min < _ends(expires.text, self._first.year) < self._first:
                self._mark(expires, "expired")

    def _events(self, part: Part) -> None:
        """Move named days on; what happened to somebody happened once, save findings, which may be open."""
        once = [one for one in part.parts() if one.get("kind") and _text(one, "kind") != Finding.kind]
        self._shift_all(one for line in part.parts() if not line.get("kind") and (one := line.get("day")))
        self._drop(once, "once")

    def _away(self, part: Part, key: str) -> None:
        """Take dated days out of everybody's leave or closed days; weekdays stay."""
        for one in part.parts():
            days = one.get(key)
            if days is None:
                continue
            if isinstance(days.node, yaml.ScalarNode):
                self._drop([days] if _is_dated(days.text) else [], "gone")
            else:
                self._drop([each for each in days.parts() if _is_dated(each.text)], "gone")

    def _enterprises(self, part: Part) -> None:
        """Write classes as they stand, and last visits; take closed days out."""
        self._away(part, "closed")
        for one in part.parts():
            if one.get("file"):
                self.has_tables = True
            id_ = _text(one, "id") or _text(one, "credit_code")
            if not id_ or not isinstance(one.node, yaml.MappingNode):
                continue
            self._class(one.get("class"), self._classes.get(id_))
            self._last_visit(one, self._visited.get(id_))

    def _class(self, part: Part | None, now: str | None) -> None:
        if part is None or now is None:
            return
        dated = [day for line in part.parts() if (day := _text(line, "from"))]
        ahead = any(_ends(day, self._first.year) >= self._first for day in dated)
        if not ahead and (dated or self._plan.classes.get(part.text) != self._plan.classes[now]):
            self._edit.replace(part.node, scalar(now))
            self.classes += 1

    def _last_visit(self, one: Part, day: date | None) -> None:
        if day is None:
            return
        said = one.get("last_visit")
        if said is None:
            self._edit.insert(one, f"last_visit: {day}")
            self.visits += 1
        elif _ends(said.text, day.year) < day:
            self._edit.replace(said.node, str(day))
            self.visits += 1

    def _rules(self, part: Part) -> None:
        """Move rules' own days on, campaign by campaign: one that still runs in the new period stays as it is."""
        if part.path[0] == "spot_checks":
            self._seeds(part)
        units = (
            part.parts() if part.path[0] != "priorities" else (line for unit in part.parts() for line in unit.parts())
        )
        for line in units:
            dated = [one for one in line.below() if _is_day(one)]
            if any(_ends(one.text, self._first.year) >= self._first for one in dated):
                self._mark(line, "still")
            else:
                self._shift_all(dated)
        if part.path[0] == "priorities":
            for unit in part.parts():
                self._shift_key(unit)

    def _seeds(self, part: Part) -> None:
        for line in part.parts():
            seed = line.get("seed")
            self._drop([seed] if seed else [], "seed")

    def _shift_all(self, parts: Iterable[Part]) -> None:
        for part in list(parts):
            for one in part.below():
                if _is_day(one):
                    self._shift(one)

    def _shift(self, part: Part) -> None:
        """Write a day or a span a year later, unless it reaches the new period; 29 February becomes the 28th."""
        if _ends(part.text, self._first.year) >= self._first:
            self._mark(part, "still")
            return
        self._edit.replace(part.node, _later(self._edit.raw(part.node)))
        self._mark(part, "shifted")

    def _shift_key(self, unit: Part) -> None:
        if unit.key is not None and _UNIT.fullmatch(str(unit.key.value)):
            self._edit.replace(unit.key, _later(self._edit.raw(unit.key)))


def _classes(plan: Plan, day: date) -> dict[str, str]:
    """Give every enterprise's class on a day, by id."""
    held = plan.class_spans.filter((pl.col("first") <= day).fill_null(True) & (pl.col("last") >= day).fill_null(True))
    ids, names = plan.enterprises["id"], list(plan.file.classes)
    return {ids[code]: names[class_] for code, class_ in held.select("enterprise", "class_").iter_rows()}


def _last_visits(history: History) -> dict[str, date]:
    """Give the day of every enterprise's last visit that was done, by id."""
    done = history.of(VisitMade).filter((pl.col("outcome") == Outcome.DONE.value) & pl.col("enterprise").is_not_null())
    return dict(done.group_by("enterprise").agg(pl.col("day").max()).iter_rows())


def _text(part: Part, key: str) -> str:
    found = part.get(key)
    return found.text if found is not None else ""


def _is_day(part: Part) -> bool:
    """Whether a value is a day or a span with its year."""
    return bool(part.text) and _span(part.text) is not None


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text)
    except TermError:
        return None


def _ends(text: str, year: int) -> date:
    """Give the last day that a text names; the earliest day of all where it names none."""
    try:
        return Span.parse(text, year).last
    except TermError:
        return date.min


def _is_dated(text: str) -> bool:
    """Whether leave or closed days are a span, and no weekday."""
    try:
        return Days.parse(text, 2000).span is not None
    except TermError:
        return False


def _later(written: str) -> str:
    moved = _YEAR.sub(lambda year: str(int(year[1]) + 1), written)
    return _LEAP.sub(r"\g<1>28", moved)
