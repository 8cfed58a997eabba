"""One broken guarantee, and the schedule's visits as the checks read them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .owed import Obligation
from .plan import Plan


@dataclass(frozen=True)
class Violation:
    """The rule broken, in a word, and a sentence."""

    rule: str
    message: str


@dataclass(frozen=True)
class Visit:
    """A visit of the JSON with its day read and the obligations it serves looked up."""

    raw: dict[str, Any]
    date: dt.date
    obligations: tuple[Obligation, ...]

    @property
    def id(self) -> str:
        return self.raw["id"]

    @property
    def crew(self) -> list[str]:
        return self.raw["officers"]

    @property
    def subject(self) -> str | None:
        return self.raw["enterprise"] or self.raw["grid"]


@dataclass(frozen=True)
class Case:
    """A plan, what it owes, and the visits under judgment: those that serve at least one obligation it owes."""

    plan: Plan
    owed: dict[str, Obligation]
    schedule: dict[str, Any]

    @cached_property
    def visits(self) -> list[Visit]:
        visits = []
        for raw in self.schedule["visits"]:
            known = tuple(self.owed[s["obligation"]] for s in raw["serves"] if s["obligation"] in self.owed)
            if known:
                visits.append(Visit(raw, dt.date.fromisoformat(raw["date"]), known))
        return visits

    @cached_property
    def crews(self) -> dict[tuple[dt.date, int], list[Visit]]:
        """The visits of each crew of each day; self-checks (crew 0) have none."""
        crews: dict[tuple[dt.date, int], list[Visit]] = defaultdict(list)
        for visit in self.visits:
            if visit.raw["crew"] != 0:
                crews[visit.date, visit.raw["crew"]].append(visit)
        return dict(crews)

    @cached_property
    def missing(self) -> list[dict[str, Any]]:
        return self.schedule["unplaced"] + self.schedule["carried_over"]
