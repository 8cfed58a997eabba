"""What kind of visit it is, and what the law asks of it (rules.md, Families).

行政检查 needs two certified officers: 行政处罚法 (2021) art. 42; uncertified staff may only accompany:
国办发〔2024〕54号.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """检查性质."""

    INSPECTION = "inspection"
    JOINT = "joint"
    REVISIT = "revisit"
    PATROL = "patrol"
    SUPERVISION = "supervision"
    SELF_CHECK = "self-check"


@dataclass(frozen=True, slots=True)
class Demands:
    """What a family asks: people and certified people at least, and which other families its visit also serves.

    `counts` says whether it counts to caps and limits.
    """

    people: int
    certified: int
    counts: bool
    also_serves: frozenset[Family] = frozenset()


DEMANDS: dict[Family, Demands] = {
    Family.INSPECTION: Demands(2, 2, True, frozenset({Family.PATROL})),
    Family.JOINT: Demands(2, 2, True, frozenset({Family.INSPECTION, Family.PATROL})),
    Family.REVISIT: Demands(2, 2, False, frozenset({Family.PATROL})),
    Family.PATROL: Demands(1, 0, False),
    Family.SUPERVISION: Demands(1, 0, False),
    Family.SELF_CHECK: Demands(0, 0, False),
}


def serves(visit: Family, owed: Family) -> bool:
    """Whether a visit of one family also meets an obligation of another."""
    return visit is owed or owed in DEMANDS[visit].also_serves
