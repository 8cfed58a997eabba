"""What enterprises have had by the time that quotas are filled: visits, and what counts to caps and limits."""

from __future__ import annotations

import numpy as np
import polars as pl

from safeplan.core.place.task import Ceiling, Ints
from safeplan.plan.plan import Plan

_NEVER = -(1 << 40)


class Had:
    """What enterprises have had so far, whoever made it."""

    def __init__(
        self,
        plan: Plan,
        enterprise: Ints,
        day: Ints,
        ceilings: tuple[Ceiling, ...],
        planned: tuple[Ceiling, ...],
        past: tuple[tuple[int, int, int], ...] = (),
    ) -> None:
        """Take the enterprise and the day of every proposal (-1: none), and the visits that were made (`past`).

        `ceilings` say of each enterprise what a visit of the quota counts to, `planned` the same of the proposals.
        """
        first = pl.lit(plan.first).cast(pl.Int32)
        seen = plan.enterprises.select(pl.col("last_visit").cast(pl.Int32) - first).to_series()
        self._seen: list[int | None] = seen.to_list()
        self._latest: tuple[int, Ints] | None = None
        made = np.flatnonzero((day >= 0) & (enterprise >= 0))
        self._enterprise, self._day = enterprise[made], day[made]
        self._booked = set(zip(self._enterprise.tolist(), self._day.tolist(), strict=True))
        self._booked |= {(one, on) for one, on, _ in past}
        self._ceilings = ceilings
        self._tally = [_tally(one, planned, made, self._enterprise, self._day) for one in ceilings]
        if past:  # caps and limits know these already
            self._enterprise = np.append(self._enterprise, [one for one, _, _ in past])
            self._day = np.append(self._day, [on for _, on, _ in past])

    def seen(self, enterprise: int) -> int | None:
        """Give the day of its last visit before the plan, counted from the plan's first."""
        return self._seen[enterprise]

    def last_visit(self, enterprise: int, until: int) -> int:
        """Give the day of its last visit up to a day; never visited is long ago."""
        if self._latest is None or self._latest[0] != until:
            latest = np.array([_NEVER if day is None else day for day in self._seen], np.int64)
            np.maximum.at(latest, self._enterprise[self._day <= until], self._day[self._day <= until])
            self._latest = (until, latest)
        return int(self._latest[1][enterprise])

    def is_booked(self, enterprise: int, day: int) -> bool:
        """Whether it has a visit on a day."""
        return (enterprise, day) in self._booked

    def is_below_ceilings(self, enterprise: int, day: int) -> bool:
        """Whether a visit of the quota on a day would break neither cap nor limit."""
        return not any(
            one.applies[enterprise] and 0 <= one.most[enterprise] <= tally.get((enterprise, int(one.unit[day])), 0)
            for one, tally in zip(self._ceilings, self._tally, strict=True)
        )

    def note(self, enterprise: int, day: int) -> None:
        """Note a visit of the quota."""
        self._booked.add((enterprise, day))
        for one, tally in zip(self._ceilings, self._tally, strict=True):
            if one.applies[enterprise]:
                key = (enterprise, int(one.unit[day]))
                tally[key] = tally.get(key, 0) + 1


def _tally(
    ceiling: Ceiling, planned: tuple[Ceiling, ...], made: Ints, enterprise: Ints, day: Ints
) -> dict[tuple[int, int], int]:
    """Count what stands already against a ceiling, quotas' own visits too."""
    tally = dict(ceiling.made)
    same = [one for one in planned if one.reason == ceiling.reason and (one.unit == ceiling.unit).all()]
    counts = same[0].applies if same else np.zeros(0, np.bool_)
    for proposal, who, on in zip(made.tolist(), enterprise.tolist(), day.tolist(), strict=True):
        if counts[proposal] if proposal < counts.size else ceiling.applies[who]:
            key = (who, int(ceiling.unit[on]))
            tally[key] = tally.get(key, 0) + 1
    return tally
