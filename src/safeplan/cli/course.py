"""How far a command is, worked out of what its stages tell: a share that never falls, and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from safeplan.terms.progress import Stage


@dataclass(frozen=True, slots=True)
class _Reached:
    """Where a course is, as it was told last.

    Attributes
    ----------
    stage
        What was told; "start" before anything was.
    at
        Its place in the course; -1: nothing of the course was told yet.
    behind
        What the stages before it weigh, those alone that were told.
    part
        The share of it that is done.
    when
        When that was told.
    pace
        Seconds that one of weight took so far; None while nothing is done.
    """

    stage: Stage
    at: int
    behind: float
    part: float
    when: float
    pace: float | None = None


class Course:
    """What a command goes through, and how far it is.

    Weights are the seconds that stages take on one machine and plan; here all take as many times longer as those
    that are done took. Stages that were passed over without a word did not have to be done, and count no more; rare
    ones count only when they come. What is told out of order changes the stage that is shown and nothing else.
    """

    def __init__(
        self,
        stages: Sequence[tuple[Stage, float]],
        rare: Collection[Stage] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stages = tuple(stage for stage, _ in stages)
        self._weights = tuple(weight for _, weight in stages)
        self._ahead = tuple(0.0 if stage in rare else weight for stage, weight in stages)
        self._clock = clock
        self._began: float | None = None
        self._reached = _Reached("start", -1, 0.0, 0.0, 0.0)
        self._shown = 0.0

    def told(self, stage: Stage, share: float) -> None:
        """Hear how much of a stage is done."""
        now, was = self._clock(), self._reached
        self._began = now if self._began is None else self._began
        at = self._place_of(stage, share)
        if at is None:
            self._reached = replace(was, stage=stage)
            return
        behind = was.behind + (self._weights[was.at] if was.at >= 0 and at > was.at else 0.0)
        done = behind + self._weights[at] * share
        pace = (now - self._began) / done if done else None
        self._reached = _Reached(stage, at, behind, share, now, pace)

    @property
    def stage(self) -> Stage:
        """The stage that was told last."""
        return self._reached.stage

    def share(self) -> float | None:
        """Give the share of the whole that is done; None while nothing tells how long anything takes.

        Between two words time stands for work, as far as the pace so far lets expect: a stage that cannot say how far
        it is moves on as well, slower and slower once it takes longer.
        """
        at = self._reached
        if at.pace is None:
            return None
        rest = self._weights[at.at] * (1 - at.part)
        done = at.behind + self._weights[at.at] * at.part + rest * self._likely(at, rest)
        self._shown = max(self._shown, min(1.0, done / self._total(at)))
        return self._shown

    def left(self) -> float | None:
        """Give the seconds that the rest will take; None while nobody can know, also when a stage takes longer."""
        at = self._reached
        if at.pace is None:
            return None
        passed = self._clock() - at.when
        here = self._weights[at.at] * (1 - at.part) * at.pace
        if passed > here:
            return None
        done = at.behind + self._weights[at.at] * at.part
        return (self._total(at) - done) * at.pace - passed

    def _likely(self, at: _Reached, rest: float) -> float:
        """Give the share of what is left of a stage that is likely to be done by now; never all of it."""
        expected = rest * (at.pace or 0.0)
        times = (self._clock() - at.when) / expected if expected else 0.0
        return 0.9 * times if times <= 1 else 1 - 0.1 / times

    def _total(self, at: _Reached) -> float:
        return at.behind + self._weights[at.at] + sum(self._ahead[at.at + 1 :])

    def _place_of(self, stage: Stage, share: float) -> int | None:
        """Find where a stage stands: here, if it goes on, else the next time that it comes; None: it does not."""
        here = self._reached
        if here.at >= 0 and self.stages[here.at] == stage and share >= here.part:
            return here.at
        return next((at for at in range(here.at + 1, len(self.stages)) if self.stages[at] == stage), None)
