"""Why an obligation is unplaced, in one sentence a person can act on: who, when, how many, and two ways out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from safeplan.core.duties import MINUTES, family_of
from safeplan.core.spare import Spare
from safeplan.core.tables import Proof, Schedule
from safeplan.plan.plan import RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.terms.family import DEMANDS
from safeplan.terms.reason import Reason
from safeplan.words.codes import family_name
from safeplan.words.dates import listed, month_text, span_text
from safeplan.words.language import Words

_FEW = 4  # people that are named one by one; more are counted

SENTENCES: dict[Reason, str] = {
    Reason.NO_WORKING_DAY: (
        "{subject}, {window}: none of these {days} days is one on which the rule's visits may fall; "
        "widen the window, or write days: all"
    ),
    Reason.CLOSED: (
        "{subject}, {window}: closed on every day of these {days} on which it could be visited; "
        "agree on one open day and pin it, or move the window"
    ),
    Reason.RECUSAL: (
        "{subject}, {window}: {avoiding} of those who could go there must stay away (avoids), and the rest make no "
        "crew; let another team go (by:), or add an officer"
    ),
    Reason.SKILLS: (
        "{subject}, {window}: on none of these {days} days can a crew with {skills} go there; "
        "give one more officer the skill or renew the certificate, or take the skill out of the rule"
    ),
    Reason.OFFICERS: (
        "{subject}, {window}: {family} takes {people} people, {certified} of them certified, and so many are never "
        "there together on these {days} days; change leave, or add an officer to those who may go"
    ),
    Reason.CAP: (
        "{subject}: {found} visits a year would count and its cap is {allowed}; write family: patrol, or fewer visits"
    ),
    Reason.LIMIT: (
        "{subject}, {window}: {found} inspections would come together where the limit is {allowed}; "
        "move one to another week or month, or write family: patrol"
    ),
    Reason.GAP: (
        "{subject}, {window}: min_gap leaves no day, {allowed} days must lie between two visits; "
        "shorten min_gap, or owe fewer visits"
    ),
    Reason.PIN: (
        "{subject}, {window}: what is pinned leaves no day of these {days}; "
        "change the pin's day or its people, or take it out"
    ),
    Reason.POOL: (
        "{window}: {allowed} different enterprises are asked for and {found} can be found; "
        "lower the number, or widen who is visited"
    ),
    Reason.CAPACITY: (
        "{subject}, {window}: on none of these {days} days has a crew that may go there {minutes} minutes left; "
        "add a crew-day, or {instead}"
    ),
}
_VISITS_EACH = (
    "{who}, {window}: {owed} visits owed, {days} days × {each} = {possible} possible, {least} short; "
    "absent {absent} officer-days; add {crew_days} crew-days, or {instead}"
)
_VISITS = (
    "{who}, {window}: {owed} visits owed, {possible} possible on {days} days, {least} short; "
    "absent {absent} officer-days; add {crew_days} crew-days, or {instead}"
)
_MINUTES = (
    "{who}, {window}: {owed} minutes owed, {possible} possible on {days} days, {least} visits short; "
    "absent {absent} officer-days; add {crew_days} crew-days, or {instead}"
)
_MOVE = "move {n} visits of {rule} to {month}, in which these people have time for {free} more"
_LEAVE = (
    "leave {n} visits of {rule} to the next plan, since in no later month of this one have these people time for them"
)


class Reasons:
    """Says why, for the rows of `core.roster.unplaced(schedule)` and `carried_over(schedule)`."""

    def __init__(self, words: Words, schedule: Schedule) -> None:
        self._words = words
        self._schedule = schedule
        self._rules = {line.id: line for line in schedule.plan.rules}
        self._shortages: dict[tuple[int, str], str] = {}
        self._going: dict[str | None, list[int]] = {}
        self._spare = Spare(schedule)

    def sentences(self, frame: pl.DataFrame) -> list[str]:
        """Give one sentence for each row, in order."""
        return [self.sentence(row) for row in frame.iter_rows(named=True)]

    def sentence(self, row: Mapping[str, Any]) -> str:
        """Give the sentence of one row (UNPLACED_COLUMNS)."""
        if row["proof"] is not None and row["proof"] >= 0:
            return self._shortage(row["proof"], row["rule"])
        line = self._rules[row["rule"]]
        rule, family = line.model, family_of(self._schedule.plan, line)
        return self._words(
            SENTENCES[Reason(row["code"])],
            subject=subject_name(row),
            window=span_text(self._words, row["from"], row["to"]),
            days=(row["to"] - row["from"]).days + 1,
            found=row["found"],
            allowed=row["allowed"],
            avoiding=self._avoiding(row["enterprise"]) if row["code"] == Reason.RECUSAL else 0,
            skills=listed(self._words, rule.skills),
            family=family_name(self._words, family),
            people=max(rule.people or 0, DEMANDS[family].people),
            certified=DEMANDS[family].certified,
            minutes=self._minutes(rule),
            instead=self._instead(line, 1, self._goers(row["grid"]), row["to"])
            if row["code"] == Reason.CAPACITY
            else "",
        )

    def _shortage(self, proof: int, rule: str) -> str:
        """Say a shortage; the same for all that share the proof and the rule."""
        if (proof, rule) not in self._shortages:
            self._shortages[proof, rule] = self._say(self._schedule.proofs[proof], self._rules[rule])
        return self._shortages[proof, rule]

    def _say(self, proof: Proof, line: RuleLine) -> str:
        days = len(proof.days)
        if proof.unit == "minutes":
            message = _MINUTES
        else:
            message = _VISITS if days == 0 or proof.possible % days else _VISITS_EACH
        return self._words(
            message,
            who=self._people(proof.officers),
            window=span_text(self._words, proof.days[0], proof.days[-1]) if days else "–",
            owed=proof.owed,
            possible=proof.possible,
            days=days,
            each=proof.possible // days if days else 0,
            least=proof.least,
            absent=_plain(self._absent(proof)),
            crew_days=self._crew_days(proof, line.model),
            instead=self._instead(
                line, proof.least, proof.officers, proof.days[-1] if days else self._schedule.plan.last
            ),
        )

    def _instead(self, line: RuleLine, n: int, officers: Sequence[int], last: date) -> str:
        """Say where visits may go instead: the first month after a day in which these people have time for them."""
        plan = self._schedule.plan
        people = max(line.model.people or plan.file.defaults.people or 0, DEMANDS[family_of(plan, line)].people)
        spare = self._spare.visits(officers, people, self._minutes(line.model))
        name = line.name or line.id
        for month, free in spare.items():
            if month > last and free >= n:
                return self._words(_MOVE, n=n, rule=name, month=month_text(self._words, month), free=free)
        return self._words(_LEAVE, n=n, rule=name)

    def _minutes(self, rule: Rule) -> int:
        """Give what a visit of a rule takes, with the way."""
        file = self._schedule.plan.file
        return (rule.minutes or file.defaults.minutes or MINUTES) + file.travel.minutes

    def _goers(self, grid: str | None) -> list[int]:
        """Give the officers who go to a grid in this schedule; where nobody does, all."""
        if grid not in self._going:
            schedule = self._schedule.whole or self._schedule
            there = schedule.visits.filter(pl.col("grid") == schedule.plan.grids.get(grid or "", -1))
            crews = schedule.crews.join(there, on=["day", "crew"], how="semi")["officers"]
            going = sorted(set(crews.explode(empty_as_null=True).drop_nulls().to_list()))
            self._going[grid] = going or list(range(len(schedule.plan.file.officers)))
        return self._going[grid]

    def _people(self, officers: tuple[int, ...]) -> str:
        """Name a team where they are one, else the people while they are few."""
        file = self._schedule.plan.file
        for team in file.teams:
            members = {code for code, officer in enumerate(file.officers) if team.id in officer.teams}
            if members and members == set(officers):
                return team.name
        if len(officers) > _FEW or not officers:
            return self._words("{n} officers", n=len(officers))
        return listed(self._words, [file.officers[code].name for code in officers])

    def _absent(self, proof: Proof) -> float:
        """Count the days and half days of leave of the proof's officers on its days."""
        officers = self._schedule.plan.file.officers
        total = 0.0
        for code in proof.officers:
            for day in proof.days:
                halves = [leave.half for leave in officers[code].leave if day in leave]
                total += 1 if None in halves or len(set(halves)) > 1 else 0.5 * len(set(halves))
        return total

    def _crew_days(self, proof: Proof, rule: Rule) -> int:
        """Give how many days of one more crew, of the shortest day among these officers, would close the gap."""
        file = self._schedule.plan.file
        day = min((file.officers[code].minutes_per_day for code in proof.officers), default=360)
        if proof.unit == "minutes":
            return -(-max(proof.owed - proof.possible, 1) // day)
        visit = self._minutes(rule)
        each = max(1, day // visit)
        limits = [file.officers[code].visits_per_day for code in proof.officers]
        each = min([each, *(limit for limit in limits if limit)])
        return -(-proof.least // each)

    def _avoiding(self, enterprise: str | None) -> int:
        plan = self._schedule.plan
        at = plan.enterprises["id"].index_of(enterprise) if enterprise is not None else None
        return 0 if at is None else len(plan.recusals.filter(pl.col("enterprise") == at)["officer"].unique())


def subject_name(row: Mapping[str, Any]) -> str:
    """Name what is visited: the enterprise, else the grid, else nothing drawn yet."""
    return row["enterprise_name"] or row["grid_name"] or "–"


def _plain(number: float) -> str:
    return f"{number:g}"
