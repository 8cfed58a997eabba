"""The annual plan's arithmetic of working days (安监总政法〔2017〕150号), and what a schedule needs of them.

监督检查工作日 = 总法定工作日 − 其他执法工作日 − 非执法工作日; 总法定工作日 = statutory working days × officers in post.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import polars as pl

from safeplan.core.calendar import Calendar
from safeplan.core.duties import duty
from safeplan.core.tables import Schedule
from safeplan.plan.plan import Plan
from safeplan.terms.family import DEMANDS, Family
from safeplan.terms.reason import Kind

INSPECTING = (Family.INSPECTION, Family.JOINT, Family.REVISIT)
"""Families that supervision days are for: they want certified officers."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Officer-days of the plan's period as the plan's own words give them.

    `in_post` officers × `workdays` = `total`; `total` − `other_enforcement` − `non_enforcement` = `supervision`, which
    is below 0 when the plan takes away more days than there are. `certified` officers hold a certificate on some day of
    the period.
    """

    in_post: int
    certified: int
    workdays: int
    other_enforcement: float
    non_enforcement: float

    @property
    def total(self) -> int:
        """总法定工作日."""
        return self.in_post * self.workdays

    @property
    def supervision(self) -> float:
        """监督检查工作日."""
        return self.total - self.other_enforcement - self.non_enforcement


@dataclass(frozen=True, slots=True)
class Need:
    """What visits of one family need: how many are placed and unplaced, and the officer-days of both.

    A visit takes its minutes with travel of the day of each of its crew, whose minutes a day are the least of its
    members'. `of_certified` are the officer-days that certified officers give; an unplaced visit counts with as many
    as its rule wants certified.
    """

    family: Family
    placed: int
    unplaced: int
    officer_days: float
    of_certified: float


@dataclass(frozen=True, slots=True)
class Share:
    """重点检查 and 一般检查: inspections of named enterprises, and those that serve spot checks (双随机) alone."""

    key: int
    general: int


def balance(plan: Plan, calendar: Calendar) -> Balance:
    """Add the plan's officer-days up; officers in post are those with a certificate unless the plan says a number."""
    settings = plan.file.capacity
    start, end = calendar.index(plan.first), calendar.index(plan.last)
    certified = sum(
        officer.certificate is not None and (officer.certificate.expires or plan.last) >= plan.first
        for officer in plan.file.officers
    )
    return Balance(
        in_post=certified if settings.officers is None else settings.officers,
        certified=certified,
        workdays=int(calendar.statutory[start : end + 1].sum()),
        other_enforcement=sum(settings.other_enforcement.values()),
        non_enforcement=sum(settings.non_enforcement.values()),
    )


def needs(schedule: Schedule) -> tuple[Need, ...]:
    """Say what a schedule's visits need, by family; families without any are left out, carried-over ones too."""
    placed = _placed(schedule)
    missing = _missing(schedule)
    found = []
    for family in Family:
        visits, days, certified = placed.get(family, (0, 0.0, 0.0))
        lacking, more, more_certified = missing.get(family, (0, 0.0, 0.0))
        if visits + lacking and family is not Family.SELF_CHECK:
            found.append(Need(family, visits, lacking, days + more, certified + more_certified))
    return tuple(found)


def share(schedule: Schedule) -> Share:
    """Count inspections, those of spot checks alone apart."""
    drawn = [code for code, line in enumerate(schedule.plan.rules) if line.kind is Kind.SPOT_CHECK]
    rule = schedule.obligations["rule"].gather(schedule.serves["obligation"])
    only = (
        schedule.serves.with_columns(drawn=rule.is_in(drawn))
        .group_by("visit")
        .agg(pl.col("drawn").all())
        .sort("visit")["drawn"]
    )
    counting = schedule.visits["family"].is_in([family.value for family in Family if DEMANDS[family].counts])
    return Share(int((counting & ~only).sum()), int((counting & only).sum()))


_Sum = dict[Family, tuple[int, float, float]]


def _placed(schedule: Schedule) -> _Sum:
    officers = schedule.plan.file.officers
    minutes = np.array([one.minutes_per_day for one in officers])
    certified = np.array([one.certificate is not None for one in officers])
    crews = pl.DataFrame(
        [
            (day, crew, len(members), int(certified[members].sum()), int(minutes[members].min()))
            for day, crew, members in schedule.crews.iter_rows()
        ],
        schema={"day": pl.Date, "crew": pl.Int32, "size": pl.Int64, "certified": pl.Int64, "most": pl.Int64},
        orient="row",
    )
    travel = schedule.plan.file.travel.minutes
    sums = (
        schedule.visits.join(crews, on=["day", "crew"], how="inner")
        .with_columns(part=(pl.col("minutes") + travel) / pl.col("most"))
        .group_by("family")
        .agg(
            n=pl.len(),
            days=(pl.col("part") * pl.col("size")).sum(),
            certified=(pl.col("part") * pl.col("certified")).sum(),
        )
    )
    return {Family(family): (n, days, of_certified) for family, n, days, of_certified in sums.iter_rows()}


def _missing(schedule: Schedule) -> _Sum:
    plan = schedule.plan
    day = max((one.minutes_per_day for one in plan.file.officers), default=1)
    rules = schedule.obligations["rule"].gather(schedule.unplaced["obligation"]).sort().to_list()
    found: _Sum = {}
    for rule, same in groupby(rules):
        asked = duty(plan, [rule])
        if asked is None:
            continue
        n = len(list(same))
        part = n * (asked.minutes + plan.file.travel.minutes) / day
        before = found.get(asked.family, (0, 0.0, 0.0))
        found[asked.family] = (before[0] + n, before[1] + part * asked.people, before[2] + part * asked.certified)
    return found
