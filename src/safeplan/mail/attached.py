"""The files that come with a letter: an officer's own visits as calendar, as form, as page for the telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from safeplan.core.choice import Chosen
from safeplan.mail.message import Attachment
from safeplan.output import ics
from safeplan.output.slugs import slug
from safeplan.views.mail import Mailing, own_visits
from safeplan.words.language import Words
from safeplan.work.form_sheet import form_workbook
from safeplan.work.pocket import pocket


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that may be attached: its ending, its MIME type with that type's parameters, and who writes it."""

    ending: str
    type_: str
    write: Callable[[Mailing, Chosen, Words], bytes]
    parameters: Mapping[str, str] = field(default_factory=dict)


KINDS: dict[str, Kind] = {
    "ics": Kind(
        "ics",
        "text/calendar",
        lambda mailing, chosen, words: ics.render(chosen, words),
        {"charset": "utf-8", "method": "PUBLISH"},
    ),
    "xlsx": Kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda mailing, chosen, words: form_workbook(chosen, words),
    ),
    "pocket": Kind(
        "html",
        "text/html",
        lambda mailing, chosen, words: pocket(chosen, mailing.known, words),
        {"charset": "utf-8"},
    ),
}
"""What may be attached, by its name in the plan."""
UNASKED = ("ics", "xlsx")
"""What is attached where the plan says nothing of the weekly roster."""


def files_for(mailing: Mailing, officer: int, attach: Iterable[str], words: Words) -> tuple[Attachment, ...]:
    """Give an officer's visits as the kinds of file that are asked for; none without visits."""
    chosen = own_visits(mailing, officer)
    if chosen.schedule.visits.is_empty():
        return ()
    stem = slug(f"{mailing.plan.file.officers[officer].id}-{mailing.paper.first}")
    kinds = [KINDS[one] for one in dict.fromkeys(attach)]
    return tuple(
        Attachment(f"{stem}.{kind.ending}", kind.type_, kind.write(mailing, chosen, words), kind.parameters)
        for kind in kinds
    )
