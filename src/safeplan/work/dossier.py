"""The file of an enterprise, as it was known on a day (`safeplan dossier`)."""

from __future__ import annotations

import polars as pl

from safeplan.core.choice import Choice, choose
from safeplan.core.dossier import deeds, with_deadlines
from safeplan.core.history import history_of
from safeplan.core.rectification import cases
from safeplan.core.schedule import schedule
from safeplan.document import Document
from safeplan.views.dossier import Dossier, dossier_document
from safeplan.words.language import Words
from safeplan.work.as_of import recorded_by
from safeplan.work.errors import WorkError
from safeplan.work.lookup import find_enterprise
from safeplan.work.recording.desk import Before, Desk


def dossier(
    desk: Desk,
    asked: str,
    words: Words,
    *,
    as_of: str | None = None,
    with_surprise: bool = False,
    with_contacts: bool = False,
) -> Document:
    """Gather all that is known of an enterprise on a day.

    One that has left the plan is found by its id while the ledger knows it.

    Raises
    ------
    WorkError
        `unknown-enterprise`, `ambiguous`, `bad-day`, `future-day`.
    LedgerError
        The ledger cannot be read.
    """
    before = desk.look()
    day = desk.day(as_of)
    records = before.records if day == before.today else recorded_by(before.records, day, desk.plan.file.timezone)
    history = history_of(records) if len(records) else None
    id_, in_plan = _enterprise(desk, before, asked)
    shown, hidden = None, False
    if in_plan:
        chosen = choose(schedule(desk.plan, history, day, progress=desk.progress), Choice(with_surprise=with_surprise))
        shown, hidden = chosen.schedule, bool(chosen.surprise + chosen.undrawn)
    state = cases(desk.plan, history_of(records), desk.calendar, day).filter(pl.col("enterprise") == id_)
    head = None if history is None else history.head
    secret = frozenset() if with_surprise else frozenset(line.id for line in desk.plan.rules if line.model.surprise)
    told = with_deadlines(deeds(records, id_, secret, day), records, desk.plan, desk.calendar)
    of = Dossier(desk.plan, id_, day, shown, secret, hidden, told, state, head)
    return dossier_document(of, words, with_contacts=with_contacts)


def _enterprise(desk: Desk, before: Before, asked: str) -> tuple[str, bool]:
    """Give the id of the enterprise that is meant, and whether the plan knows it."""
    try:
        return str(desk.plan.enterprises["id"][find_enterprise(desk.plan, asked)]), True
    except WorkError as unknown:
        told = {
            one
            for table in before.history.tables.values()
            if "enterprise" in table.columns
            for one in table["enterprise"]
        }
        if unknown.code != "unknown-enterprise" or asked not in told:
            raise
        return asked, False
