"""The events of an enterprise's file as sentences; the enterprise itself is not named again."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan.core.dossier import Deed
from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.events.findings import Extension, Finding, Penalty, Rectified, Reinspection
from safeplan.core.events.rosters import Adopted, Undone
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import ActivityDone, Classed, Happened, Waived
from safeplan.plan.plan import Plan
from safeplan.views.ledger_names import LedgerNames
from safeplan.words.codes import cause_name, family_name
from safeplan.words.dates import listed
from safeplan.words.dossier_words import ANSWERS
from safeplan.words.language import Words
from safeplan.words.ledger_columns import OUTCOMES, SEVERITIES, VERDICT_NAMES


class Deeds:
    """Tells events."""

    def __init__(self, plan: Plan, words: Words) -> None:
        self._words = words
        self._names = LedgerNames(plan, words)

    def __call__(self, deed: Deed) -> str:
        """Tell an event in one line."""
        words = self._words
        said = [one for one in (*self._said(deed, deed.event), deed.event.note) if one]
        if deed.due is not None:
            said.append(words("to be mended by {day}", day=deed.due))
        if deed.undone_by is not None:
            said.append(words("undone by event {number}", number=deed.undone_by))
        return words("; ").join(said)

    def _said(self, deed: Deed, event: Event) -> Iterator[str]:
        words, names = self._words, self._names
        match event:
            case VisitMade():
                yield words(OUTCOMES[event.outcome.value])
                yield names.officers(event.officers)
                yield family_name(words, event.family.value)
                yield words("planned as {visit}", visit=event.visit) if event.visit else words("not in the roster")
            case Finding():
                text = " ".join(one for one in (event.code, event.text) if one)
                yield words(
                    "F{number} {severity}: {text}",
                    number=deed.number,
                    severity=words(SEVERITIES[event.severity.value]),
                    text=text,
                )
                yield names.officers(event.officers)
                yield event.measures
                yield event.paper
            case Rectified():
                yield words("F{finding} is mended, and waits for its reinspection", finding=event.finding)
            case Reinspection():
                verdict = words(VERDICT_NAMES[event.verdict.value])
                yield words("F{finding}: {verdict}{who}", finding=event.finding, verdict=verdict, who="")
                yield names.officers(event.officers)
                yield event.paper
            case Extension():
                yield words(ANSWERS[event.answer.value], finding=event.finding, until=event.until or "–")
                yield event.reason
            case Penalty():
                yield words("penalty: {text}", text=event.text) if event.text else words("penalty")
                yield event.paper
            case _:
                yield from self._change(deed, event)

    def _change(self, deed: Deed, event: Event) -> Iterator[str]:
        words, names = self._words, self._names
        match event:
            case Adopted():
                days = listed(words, [str(one.day) for one in event.visits])
                yield words("roster adopted, its visits: {days}", days=days)
                yield words("approved by {who}", who=event.approved_by) if event.approved_by else ""
                yield event.paper
            case Leave():
                yield words("{who} away {days}", who=names.officers([event.officer]), days=event.days)
                yield words("was to visit on {days}", days=listed(words, [str(day) for day in deed.missed]))
                yield event.reason
            case Requested():
                yield words(
                    "{cause}: visit asked for within {within}",
                    cause=cause_name(words, event.cause.value),
                    within=event.within,
                )
                yield event.reason
            case Pinned():
                when = event.on or event.window
                yield words("visit fixed by hand for {day}", day=when) if when else words("people fixed by hand")
                yield names.officers((*event.officers, *event.with_))
                yield event.reason
            case Moved():
                yield words("{visit} moved to {day}", visit=event.visit, day=event.to)
                yield event.reason
            case Classed():
                yield words("class {name} from this day on", name=event.class_)
                yield event.reason
            case Happened():
                yield event.event
            case Waived():
                yield words("{what} is waived: {reason}", what=event.what, reason=event.reason)
            case ActivityDone():
                yield words("{activity}: done {evidence}", activity=event.activity, evidence=event.evidence).rstrip()
            case Undone():
                yield words("event {target} is undone {reason}", target=event.target, reason=event.reason).rstrip()
