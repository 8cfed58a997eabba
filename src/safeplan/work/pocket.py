"""The page for the pocket: one officer's days, with the form of the roster to be filled in on the way."""

from __future__ import annotations

from safeplan.core.choice import Chosen
from safeplan.core.pocket import Known
from safeplan.output import pocket_page
from safeplan.views.pocket import pocket_of
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.form_sheet import form_sheet


def must_be_pocket(name: str, officer: str | None) -> None:
    """Refuse the page where no HTML is asked for, or not one officer's.

    Raises
    ------
    WorkError
        `pocket-needs-html`, `pocket-needs-officer`.
    """
    if name != "html":
        raise WorkError("pocket-needs-html")
    if officer is None:
        raise WorkError("pocket-needs-officer")


def pocket(chosen: Chosen, known: Known, words: Words) -> bytes:
    """Write what was chosen of an officer's visits as a page; those that were made are shown and not asked for."""
    return pocket_page.render(pocket_of(chosen, known, words), form_sheet(chosen, words))
