"""Papers about findings: which findings of an enterprise one paper is about (整改通知书, 整改复查意见书)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from safeplan.core.events.findings import Finding, Reinspection
from safeplan.core.history import History


class PaperKind(StrEnum):
    """What a paper is."""

    ORDER = "order"  # 隐患整改通知书
    REINSPECTION = "reinspection"  # 整改复查意见书


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its kind, its day, and the numbers of the findings that it is about.

    `day` of a reinspection that is still to be made is None. `number` is its 文号, empty when none was recorded.
    """

    kind: PaperKind
    enterprise: str
    day: date | None
    findings: tuple[int, ...]
    number: str = ""


def paper_of(cases: pl.DataFrame, history: History, finding: int, kind: PaperKind | None) -> Paper:
    """Give the paper that a finding belongs to.

    An order is about all open findings of the enterprise that were ordered on the same day under the same number, or
    under none; a reinspection about all that were reinspected with it. Without `kind` it is a reinspection when the
    finding has one, else an order; that of a finding which was not reinspected yet is a form to fill in.

    Parameters
    ----------
    cases
        CASES of today; `finding` is one of them.
    """
    case = cases.filter(pl.col("finding") == finding).row(0, named=True)
    looked = history.of(Reinspection)
    own = looked.filter(pl.col("finding") == finding)
    if kind is None:
        kind = PaperKind.REINSPECTION if len(own) else PaperKind.ORDER
    enterprise = case["enterprise"]
    if kind is PaperKind.REINSPECTION and len(own):
        day, number = own.select("day", "paper").row(-1)
        near = cases.filter(pl.col("enterprise") == enterprise)["finding"]
        same = looked.filter(
            (pl.col("day") == day) & pl.col("paper").is_in(["", number]) & pl.col("finding").is_in(near.implode())
        )
        return Paper(kind, enterprise, day, tuple(sorted({finding, *same["finding"].to_list()})), number)
    ordered = _ordered(cases, history, case, finding)
    if kind is PaperKind.REINSPECTION:
        return Paper(kind, enterprise, None, ordered)
    return Paper(kind, enterprise, case["ordered"], ordered, _number(history, case, finding))


def _ordered(cases: pl.DataFrame, history: History, case: dict[str, object], finding: int) -> tuple[int, ...]:
    """Give the open findings that were ordered together with one; itself in any case."""
    together = cases.filter(
        (pl.col("enterprise") == case["enterprise"])
        & (pl.col("ordered") == case["ordered"])
        & pl.col("closed").is_null()
    )
    number = _number(history, case, finding)
    kept = [
        row["finding"]
        for row in together.iter_rows(named=True)
        if _number(history, row, row["finding"]) in ("", number)
    ]
    return tuple(sorted({finding, *kept}))


def _number(history: History, case: dict[str, object], finding: int) -> str:
    """Give the number of the order that holds: the finding's own, none of one that was ordered anew."""
    if case["ordered"] != case["found"]:
        return ""
    found = history.of(Finding).filter(pl.col("number") == finding)["paper"]
    return str(found[0]) if len(found) else ""
