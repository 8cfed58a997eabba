"""The one list of what a ledger may hold. A new kind is a model of its own and a line here."""

from __future__ import annotations

from safeplan.core.events.base import Event
from safeplan.core.events.changes import Leave, Moved, Pinned, Requested
from safeplan.core.events.findings import Extension, Finding, Penalty, Rectified, Reinspection
from safeplan.core.events.mail import Mailed
from safeplan.core.events.rosters import Adopted, Issued, Undone
from safeplan.core.events.visits import VisitMade
from safeplan.core.events.work import ActivityDone, Classed, Figure, Happened, Waived

KINDS: tuple[type[Event], ...] = (
    VisitMade,
    Finding,
    Rectified,
    Reinspection,
    Extension,
    Penalty,
    ActivityDone,
    Figure,
    Happened,
    Waived,
    Classed,
    Leave,
    Requested,
    Pinned,
    Moved,
    Adopted,
    Issued,
    Mailed,
    Undone,
)
BY_NAME: dict[str, type[Event]] = {kind.kind: kind for kind in KINDS}
