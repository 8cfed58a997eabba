"""What was recorded, one line an event: its number, what it says, and what is owed because of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from safeplan.core.counters import IN_HALF_YEAR, IN_YEAR
from safeplan.core.events.base import Event
from safeplan.core.events.findings import Answer, Extension, Finding, Penalty, Rectified, Reinspection, Verdict
from safeplan.core.events.rosters import Undone
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import ActivityDone, Classed, Figure, Happened, Waived
from safeplan.plan.plan import Plan
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.codes import family_name
from safeplan.words.language import Words
from safeplan.words.ledger_columns import OUTCOMES, SEVERITIES, VERDICT_NAMES


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its number in the ledger (0: it was not recorded, only tried).

    `due` is the day by which a finding is to be mended, a failed reinspection mended anew, or a visit made again;
    `counts` are the penalties of the last 180 days and of the last year; `stays` are the findings of a visit that was
    undone: they are events of their own.
    """

    number: int
    event: Event
    due: date | None = None
    counts: tuple[int, int] = (0, 0)
    stays: tuple[int, ...] = ()


def slip_lines(entries: Sequence[Entry], plan: Plan, words: Words) -> Iterator[str]:
    """Give the lines of a slip."""
    slip = _Slip(LedgerNames(plan, words), plan, words)
    for entry in entries:
        yield from slip.lines(entry)


class _Slip:
    def __init__(self, names: LedgerNames, plan: Plan, words: Words) -> None:
        self._names = names
        self._targets = {one.name: one for one in plan.file.targets}
        self._words = words

    def lines(self, entry: Entry) -> Iterator[str]:
        """Give the line of an event, then what hangs on it."""
        event, words = entry.event, self._words
        match event:
            case VisitMade():
                yield self._line(entry, self._visit(event))
                yield from self._of_visit(entry, event)
            case Finding():
                yield self._line(entry, self._finding(event))
                if entry.due:
                    yield self._more(words("to be mended by {day}", day=entry.due))
            case Rectified():
                yield self._line(
                    entry, words("F{finding} is mended, and waits for its reinspection", finding=event.finding)
                )
            case Reinspection():
                yield self._line(entry, self._reinspection(event))
                if entry.due and event.verdict is Verdict.FAIL:
                    yield self._more(words("to be mended by {day}", day=entry.due))
            case Extension():
                yield self._line(entry, self._extension(event))
            case Penalty():
                who = self._names.enterprise(event.enterprise)
                what = words("penalty: {text}", text=event.text) if event.text else words("penalty")
                yield self._line(entry, words("{subject}: {what}", subject=who, what=what))
                short, long = entry.counts
                yield self._more(words("number {short} in 180 days, number {long} in a year", short=short, long=long))
                if short >= IN_HALF_YEAR or long >= IN_YEAR:
                    yield self._more(words("so many that closure can be proposed (安全生产法 art. 113)"))
            case _:
                yield self._line(entry, self._other(event))
                if entry.stays:
                    found = words(", ").join(f"F{one}" for one in entry.stays)
                    yield self._more(words("what it found stays: {found}", found=found))

    def _line(self, entry: Entry, text: str) -> str:
        number = f"F{entry.number}" if isinstance(entry.event, Finding) else str(entry.number)
        return f"{number if entry.number else '–':<4} {entry.event.day} {text}"

    def _more(self, text: str) -> str:
        return f"     {text}"

    def _visit(self, event: VisitMade) -> str:
        who = self._names.officers(event.officers)
        said = self._words(OUTCOMES[event.outcome.value])
        parts = [said, *([who] if who else []), family_name(self._words, event.family.value)]
        subject = self._names.enterprise(event.enterprise) or self._names.grid(event.grid)
        return self._words("{subject}: {what}", subject=subject, what=self._words("; ").join(parts))

    def _of_visit(self, entry: Entry, event: VisitMade) -> Iterator[str]:
        words = self._words
        if event.visit:
            yield self._more(words("planned as {visit}", visit=event.visit))
            others = [one for one in event.serves if one != event.visit]
            if others:
                yield self._more(words("serves {others} too", others=words(", ").join(others)))
        else:
            yield self._more(words("not in the roster"))
        if entry.due:
            yield self._more(words("owed again by {day}", day=entry.due))
        if event.outcome.value in ("moved", "ceased"):
            yield self._more(words("not planned any more from this day on"))

    def _finding(self, event: Finding) -> str:
        code = f"{event.code} " if event.code else ""
        return self._words(
            "{enterprise}: {severity}: {text}",
            enterprise=self._names.enterprise(event.enterprise),
            severity=self._words(SEVERITIES[event.severity.value]),
            text=code + event.text,
        )

    def _reinspection(self, event: Reinspection) -> str:
        who = self._names.officers(event.officers)
        return self._words(
            "F{finding}: {verdict}{who}",
            finding=event.finding,
            verdict=self._words(VERDICT_NAMES[event.verdict.value]),
            who=self._words("; ") + who if who else "",
        )

    def _extension(self, event: Extension) -> str:
        message = {
            Answer.ASKED: "F{finding}: an extension to {until} is asked for",
            Answer.GRANTED: "F{finding}: extended to {until}",
            Answer.REFUSED: "F{finding}: the extension is refused",
        }[event.answer]
        return self._words(message, finding=event.finding, until=event.until)

    def _other(self, event: Event) -> str:
        words, names = self._words, self._names
        match event:
            case ActivityDone():
                return words("{activity}: done {evidence}", activity=event.activity, evidence=event.evidence).rstrip()
            case Figure():
                return words("{target}: {value}", target=event.target, value=self._figure(event))
            case Happened():
                where = names.enterprise(event.enterprise) or names.grid(event.grid)
                return words("{event} {where}", event=event.event, where=where).rstrip()
            case Waived():
                return words("{what} is waived: {reason}", what=event.what, reason=event.reason)
            case Classed():
                who = names.enterprise(event.enterprise)
                return words("{enterprise}: class {name} from this day on", enterprise=who, name=event.class_)
            case Undone():
                return words("event {target} is undone {reason}", target=event.target, reason=event.reason).rstrip()
        raise AssertionError(event.kind)

    def _figure(self, event: Figure) -> str:
        target = self._targets.get(event.target)
        goal = (target.at_least or target.at_most) if target else None
        if goal is not None and goal.share is not None:
            return f"{event.value * 100:.10g}%"
        return f"{event.value:.10g}"
