"""What the papers about findings say, field by field, for the templates of `output/templates`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from safeplan.core.events.findings import Finding, Reinspection
from safeplan.core.events.visits import VisitMade
from safeplan.core.history import Head, History
from safeplan.core.papers import Paper, PaperKind
from safeplan.plan.plan import Plan
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.dates import full_day_text, listed
from safeplan.words.language import Words
from safeplan.words.ledger_columns import SEVERITIES, VERDICT_NAMES
from safeplan.words.ledger_verdicts import head_text

_SIGNING = 2  # officers who sign, at least (行政处罚法 art. 42)

NOTICE_FIELDS: dict[str, str] = {
    "authority": "the grid at the top of the plan",
    "number": "number of the paper, empty when none was recorded",
    "enterprise": "the enterprise",
    "address": "its address",
    "credit_code": "its credit code",
    "day": "day of the order, or of the reinspection; empty while that is ahead",
    "found": "day on which it was found",
    "officers": "who signs, two at least: order, name, certificate",
    "names": "their names in one line",
    "items": "the findings: order, finding (F12), text, severity, measures, due, verdict",
    "deadlines": "what is to be mended by when: places (1, 2), due",
    "passed": "places of the findings that passed: 1, 2; empty when none did",
    "failed": "those that failed, with the new deadline: places, due",
    "order_number": "of a reinspection: number of the order",
    "order_day": "of a reinspection: day of the order",
    "basis": "law or document that the check rests on; empty unless it was verified or the plan's own line says it",
    "ledger": "how many events the ledger holds and where its chain ends",
}
"""Every field of a template, and what it holds."""


def notice_fields(
    plan: Plan, history: History, cases: pl.DataFrame, paper: Paper, basis: Sequence[str], words: Words
) -> dict[str, Any]:
    """Give the fields of a paper (NOTICE_FIELDS): texts, and lists of texts by name.

    `cases` are CASES of today.
    """
    names = LedgerNames(plan, words)
    found = {row["number"]: row for row in history.of(Finding).iter_rows(named=True)}
    looked = _looked(history, paper)
    state = {row["finding"]: row for row in cases.iter_rows(named=True)}
    officers = _officers(plan, _who(history, paper, found, looked))
    items = [
        {
            "order": str(order),
            "finding": f"F{number}",
            "text": " ".join(part for part in (found[number]["code"], found[number]["text"]) if part),
            "severity": words(SEVERITIES[found[number]["severity"]]),
            "measures": found[number]["measures"],
            "due": _day(state[number]["due"], words),
            "verdict": words(VERDICT_NAMES[looked[number]["verdict"]]) if number in looked else "",
        }
        for order, number in enumerate(paper.findings, start=1)
    ]
    first = found[paper.findings[0]]
    failed = [one for one in paper.findings if one in looked and looked[one]["verdict"] == "fail"]
    return {
        "authority": _authority(plan),
        "number": paper.number,
        "enterprise": names.enterprise(paper.enterprise),
        "address": _address(plan, paper.enterprise),
        "credit_code": names.fact(paper.enterprise, "credit_code"),
        "day": _day(paper.day, words),
        "found": _day(first["day"], words),
        "officers": officers,
        "names": listed(words, [one["name"] for one in officers if one["name"]]),
        "items": items,
        "deadlines": _by_due(paper, state, paper.findings, words),
        "passed": listed(words, _places(paper, [one for one in looked if looked[one]["verdict"] == "pass"])),
        "failed": _by_due(paper, state, failed, words),
        "order_number": first["paper"],
        "order_day": _day(first["day"], words),
        "basis": listed(words, basis),
        "ledger": head_text(words, history.head.events, history.head.hash),
    }


def noticed_lines(plan: Plan, paper: Paper, head: Head, words: Words) -> Iterator[str]:
    """Say what a paper that was written is: its kind, of whom, and of which findings."""
    kind = words("Record of reinspection") if paper.kind is PaperKind.REINSPECTION else words("Order to mend findings")
    yield words("{kind}: {enterprise}", kind=kind, enterprise=LedgerNames(plan, words).enterprise(paper.enterprise))
    numbers = listed(words, [f"F{one}" for one in paper.findings])
    if paper.day is None:
        yield words("Findings: {findings}; to be filled in at the reinspection", findings=numbers)
    elif paper.kind is PaperKind.REINSPECTION:
        yield words("Findings: {findings}, reinspected on {day}", findings=numbers, day=paper.day)
    else:
        yield words("Findings: {findings}, ordered on {day}", findings=numbers, day=paper.day)
    yield words("Ledger: {head}", head=head_text(words, head.events, head.hash))


def _looked(history: History, paper: Paper) -> dict[int, dict[str, Any]]:
    """Give the reinspections that a paper is about, by finding."""
    if paper.kind is PaperKind.ORDER or paper.day is None:
        return {}
    rows = history.of(Reinspection).filter((pl.col("day") == paper.day) & pl.col("finding").is_in(list(paper.findings)))
    return {row["finding"]: row for row in rows.iter_rows(named=True)}


def _who(
    history: History, paper: Paper, found: Mapping[int, dict[str, Any]], looked: Mapping[int, dict[str, Any]]
) -> Iterable[str]:
    """Name who found or reinspected it, else who made the visit of that day."""
    if paper.kind is PaperKind.REINSPECTION:
        told = [one for row in looked.values() for one in row["officers"]]
    else:
        told = [one for number in paper.findings for one in found[number]["officers"]]
    if told or paper.day is None:
        return dict.fromkeys(told)
    visits = history.of(VisitMade).filter((pl.col("enterprise") == paper.enterprise) & (pl.col("day") == paper.day))
    return dict.fromkeys(one for row in visits["officers"] for one in row)


def _officers(plan: Plan, ids: Iterable[str]) -> list[dict[str, str]]:
    """Give who signs; where fewer are known than must, lines are left to fill in."""
    known = {one.id: one for one in plan.file.officers}
    rows = []
    for id_ in ids:
        one = known.get(id_)
        number = one.certificate.number if one and one.certificate else ""
        rows.append({"name": one.name if one else id_, "certificate": number})
    rows += [{"name": "", "certificate": ""}] * (_SIGNING - len(rows))
    return [{"order": str(order), **row} for order, row in enumerate(rows, start=1)]


def _by_due(
    paper: Paper, state: Mapping[int, dict[str, Any]], numbers: Sequence[int], words: Words
) -> list[dict[str, str]]:
    """Gather findings by the day on which they must be mended."""
    by_due: dict[date | None, list[int]] = {}
    for number in numbers:
        by_due.setdefault(state[number]["due"], []).append(number)
    return [
        {"places": listed(words, _places(paper, some)), "due": _day(due, words)}
        for due, some in sorted(by_due.items(), key=lambda one: one[0] or date.max)
    ]


def _places(paper: Paper, numbers: Iterable[int]) -> list[str]:
    return [str(paper.findings.index(one) + 1) for one in sorted(numbers)]


def _day(day: date | None, words: Words) -> str:
    return "" if day is None else full_day_text(words, day)


def _authority(plan: Plan) -> str:
    """Name the one grid at the top; empty where there are several or none."""
    tops = [grid.name for grid, parent in zip(plan.file.grids, plan.grid_parent, strict=True) if parent < 0]
    return tops[0] if len(tops) == 1 else ""


def _address(plan: Plan, enterprise: str) -> str:
    if "address" not in plan.enterprises.columns:
        return ""
    held = plan.enterprises.filter(pl.col("id") == enterprise)["address"]
    return str(held[0] or "") if len(held) else ""
