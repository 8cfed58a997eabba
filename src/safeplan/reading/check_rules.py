"""Checks of rules: what they ask for that the law, the people or the days of the plan do not allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from safeplan.plan.plan import Plan, RuleLine
from safeplan.plan.rules.base import Rule
from safeplan.plan.rules.pins import Pin
from safeplan.plan.rules.triggers import Trigger
from safeplan.plan.selection import selected
from safeplan.reading.check_people import can_make, covering, is_certified, members
from safeplan.reading.dated_lines import whole_phase
from safeplan.reading.findings import Findings
from safeplan.reading.problems import Path
from safeplan.reading.yaml_tree import Mapping, place_of
from safeplan.terms.days import Days
from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.family import DEMANDS, Family
from safeplan.terms.reason import Kind

_MINUTES = 60
"""Length of a visit for which nothing says one (core/duties.py says the same)."""


def check_rules(plan: Plan, tree: Mapping, findings: Findings) -> None:
    """Check every rule, those that are not scheduled yet too."""
    for path, rule in rules_with_paths(plan):
        findings.extend(_of_one(plan, path, rule, tree))
    findings.extend(_above_caps(plan))
    findings.extend(_crews(plan))
    for line in plan.rules:
        if isinstance(line.model, Pin):
            findings.extend(_impossible(plan, line, line.model, tree))


def rules_with_paths(plan: Plan) -> Iterator[tuple[Path, Rule]]:
    """Give every rule with its path in the plan."""
    file = plan.file
    for key, rule in file.classes.items():
        yield ("classes", key), rule
    lists: dict[str, tuple[Rule, ...]] = {
        "patrols": file.patrols,
        "pins": file.pins,
        "quotas": file.quotas,
        "spot_checks": file.spot_checks,
        "holidays": file.holidays,
        "triggers": file.triggers,
    }
    for name, rules in lists.items():
        for i, one in enumerate(rules):
            yield (name, i), one
    for i, campaign in enumerate(file.campaigns):
        for j, phase in enumerate(campaign.phases):
            yield ("campaigns", i, "phases", j), whole_phase(campaign, phase)
    for unit, lines in file.priorities.items():
        for i, line in enumerate(lines):
            yield ("priorities", unit, i), line


def family_of(plan: Plan, path: Path, rule: Rule) -> Family:
    """Give the family of a rule: its own, else patrol for patrols and quotas, else the default, else inspection."""
    if rule.family is not None:
        return rule.family
    if path[0] in ("patrols", "quotas"):
        return Family.PATROL
    return plan.file.defaults.family or Family.INSPECTION


def _of_one(plan: Plan, path: Path, rule: Rule, tree: Mapping) -> Iterator[Diagnostic]:
    family = family_of(plan, path, rule)
    name = rule.name or str(path[-1])
    if rule.people is not None and rule.people < DEMANDS[family].people:
        place = place_of(tree, (*path, "people"))
        yield error("too-few-people", place, found=rule.people, expected=DEMANDS[family].people, family=family.value)
    minutes = (rule.minutes or plan.file.defaults.minutes or _MINUTES) + plan.file.travel.minutes
    longest = max((one.minutes_per_day for one in plan.file.officers), default=None)
    if longest is not None and minutes > longest and family is not Family.SELF_CHECK:
        place = place_of(tree, (*path, "minutes"))
        yield error("too-long", place, found=minutes, expected=longest, name=name)
    unset = getattr(rule, "at_least", None) if path[0] == "quotas" else rule.visits
    if path[0] in ("classes", "patrols", "quotas") and unset is None:
        yield warning("rule-without-number", place_of(tree, path), found=name)


def _above_caps(plan: Plan) -> Iterator[Diagnostic]:
    """Warn once for each class whose visits a year are more than the caps of its enterprises allow."""
    for line in plan.rules:
        rule = line.model
        family = rule.family or plan.file.defaults.family or Family.INSPECTION
        if line.kind is not Kind.CLASS or rule.visits is None or not DEMANDS[family].counts:
            continue
        mine = plan.class_spans.filter(pl.col("class_") == line.class_)["enterprise"].unique()
        caps = plan.enterprises.select("cap", "planned")[mine.sort()].filter(
            pl.col("planned") & pl.col("cap").is_not_null()
        )
        above = caps.filter(pl.col("cap") < rule.visits.a_year)["cap"]
        if len(above):
            least = int(above.min())  # type: ignore[arg-type]
            yield warning(
                "class-above-cap",
                line.place,
                found=line.name,
                wants=f"{rule.visits.a_year:g}",
                n=int((above == least).sum()),
                cap=least,
            )


def _crews(plan: Plan) -> Iterator[Diagnostic]:
    """Find rules whose carrier can never make the family: too few people, no two certified, a skill that nobody has."""
    if not plan.file.officers:
        if plan.rules:
            yield error("no-officers", plan.rules[0].place)
        return
    for line in plan.rules:
        rule = line.model
        if line.kind not in (Kind.CLASS, Kind.PATROL):
            continue  # who these reach depends on their selection
        family = rule.family or plan.file.defaults.family or Family.INSPECTION
        if family is Family.SELF_CHECK or (rule.visits is None and not isinstance(rule, Trigger)):
            continue
        people = max(rule.people or plan.file.defaults.people or 0, DEMANDS[family].people)
        failing: list[int] = []
        for grid in _grids_of(plan, line):
            who = carrier(plan, rule.by, grid)
            if not who and rule.by is None:
                continue  # nobody serves the grid: that is said of the grid
            if not can_make(plan, who, family, people, rule.skills):
                failing.append(grid)
        if failing:
            grid = failing[0]
            who = carrier(plan, rule.by, grid)
            yield error(
                "no-crew",
                line.place,
                found=line.name,
                family=family.value,
                grid=plan.file.grids[grid].name if grid >= 0 else None,
                people=len(who),
                certified=sum(is_certified(plan, code) for code in who),
                wants=people,
                wants_certified=DEMANDS[family].certified,
                skills=rule.skills,
            )


def _grids_of(plan: Plan, line: RuleLine) -> list[int]:
    """Give the grids in which a rule has something to visit; -1 for a plan without grids."""
    if line.kind is Kind.PATROL:
        return list(line.grids)
    if line.kind is Kind.TRIGGER:
        mine = pl.Series([one.enterprise for one in line.occurrences if one.enterprise >= 0], dtype=pl.Int32)
    elif line.class_ is None:
        mine = selected(plan, line.model.where, plan.first).arg_true()
    else:
        mine = plan.class_spans.filter(pl.col("class_") == line.class_)["enterprise"].unique()
    if not len(mine):
        return []
    if not plan.file.grids:
        return [-1]
    here = plan.grid_spans.filter(pl.col("enterprise").is_in(mine.to_list()))["grid"].unique().sort()
    return [int(grid) for grid in here.to_list()]


def carrier(plan: Plan, by: str | None, grid: int) -> set[int]:
    """Give the officers to whom a visit in a grid belongs, on some day of the period."""
    if by is None:
        return covering(plan, grid) if grid >= 0 or not plan.file.grids else set()
    if by in plan.teams:
        return members(plan, plan.teams[by])
    at = grid
    while at >= 0:
        holders = {
            plan.officers[holder.officer]
            for holder in plan.file.grids[at].roles.get(by, ())
            if holder.officer in plan.officers
            and (holder.from_ is None or holder.from_ <= plan.last)
            and (holder.to is None or holder.to >= plan.first)
        }
        if holders:
            return holders
        at = plan.grid_parent[at]
    return set()


def _impossible(plan: Plan, line: RuleLine, pin: Pin, tree: Mapping) -> Iterator[Diagnostic]:
    """Find what the plan alone shows to be impossible about a pin."""
    if line.enterprise is None:
        return
    row = plan.enterprises.row(line.enterprise, named=True)
    window = (pin.day, pin.day) if pin.day else (pin.window.first, pin.window.last) if pin.window else None
    place = line.place
    if window and window[0] and window[1]:
        first, last = window
        if last < plan.first or first > plan.last:
            yield error("pin-outside-period", place, found=f"{first}/{last}", first=plan.first, last=plan.last)
            return
        inactive = not row["planned"]
        inactive |= bool(row["active_first"] and last < row["active_first"])
        inactive |= bool(row["active_last"] and first > row["active_last"])
        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        closed = plan.closed_sets[row["closed"]]
        if inactive or all(_closed(day, closed) for day in days):
            yield error("pin-closed", place, found=row["id"], first=first, last=last)
        named = [plan.officers[name] for name in (*pin.officers, *pin.with_) if name in plan.officers]
        for code in named:
            officer = plan.file.officers[code]
            if all(any(day in away and away.half is None for away in officer.leave) for day in days):
                yield error("pin-on-leave", place, found=officer.id, name=officer.name, first=first, last=last)
    barred = {officer for enterprise, officer in plan.recusals.iter_rows() if enterprise == line.enterprise}
    for name in (*pin.officers, *pin.with_):
        if plan.officers.get(name) in barred:
            yield error("pin-recused", place, found=name, name=row["id"])
        elif name in pin.except_:
            yield error("pin-contradicts", place, found=name)
    family = pin.family
    if pin.officers and family is not None:
        who = {plan.officers[name] for name in pin.officers if name in plan.officers}
        on = window[1] if window else plan.last
        certified = [code for code in who if is_certified(plan, code) and _holds_on(plan, code, on)]
        if len(who) < DEMANDS[family].people or len(certified) < DEMANDS[family].certified:
            yield error("pin-crew", place, family=family.value, people=len(who), certified=len(certified))


def _closed(day: object, closed: tuple[Days, ...]) -> bool:
    return any(day in one and one.half is None for one in closed)  # type: ignore[operator]


def _holds_on(plan: Plan, code: int, day: object) -> bool:
    certificate = plan.file.officers[code].certificate
    return certificate is not None and (certificate.expires is None or certificate.expires >= day)  # type: ignore[operator]
