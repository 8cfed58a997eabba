"""What is done with a batch of letters: sent, each once; written into files; or shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from safeplan.core.outbox import LEASE
from safeplan.document import Document
from safeplan.ledger.store import open_ledger
from safeplan.mail.batch import Batch
from safeplan.mail.message import Attachment, write_message
from safeplan.mail.outbox import Hands, Outbox, Outcome, Parcel
from safeplan.output.files import write_set
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.slugs import file_names
from safeplan.terms.progress import Progress, silent
from safeplan.views.mailed import Line, mailed_document
from safeplan.words.language import Words
from safeplan.work.recording.desk import Desk

FINE = frozenset({"sent", "again", "before"})
"""Outcomes that leave nothing to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch."""

    batch: Batch
    outcomes: tuple[Outcome, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether somebody who should have a letter has none yet."""
        return self.batch.has_faults or any(one.how not in FINE for one in self.outcomes)

    @property
    def unreached(self) -> str:
        """The code of what kept from reaching the server; empty: it was reached."""
        return next((one.code for one in self.outcomes if one.how == "unreached"), "")

    @property
    def is_news(self) -> bool:
        """Whether this run did or found anything that earlier ones had not."""
        return any(one.how != "before" for one in self.outcomes)


def send_batch(
    desk: Desk,
    batch: Batch,
    hands: Hands,
    words: Words,
    lease: timedelta = LEASE,
) -> Sent:
    """Send the letters that nobody was sent yet.

    Raises
    ------
    LedgerError
        The ledger cannot be read or written.
    """
    ledger = open_ledger(desk.place, create=True)
    assert ledger is not None
    outcomes = []
    with ledger:
        outbox = Outbox(ledger, batch.plan, batch.name, desk.who, lambda: desk.now, lease)
        desk.progress("letters", 0.0)
        for outcome in outbox.send(_parcels(desk, batch, words), hands):
            outcomes.append(outcome)
            desk.progress("letters", len(outcomes) / len(batch.to))
    return Sent(batch, tuple(outcomes))


def write_batch(desk: Desk, batch: Batch, folder: Path, words: Words, *, force: bool) -> list[Path]:
    """Write each letter as an .eml file, named by the officer's id; nothing is sent or recorded.

    Raises
    ------
    OutputError
        As writing a set of files does: all or none.
    """
    names = file_names([f"{batch.name}-{officer}" for officer in batch.to], ".eml")
    files: dict[str, bytes] = {}
    for officer in batch.to:
        desk.progress("letters", len(files) / len(batch.to))
        files[names[f"{batch.name}-{officer}"]] = write_message(batch.letter(officer), batch.sender, desk.now, words)
    write_set(folder, files, force=force, inputs=[desk.path])
    return [folder / name for name in files]


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would be sent: to whom, about what, the plain text, and what is attached."""

    name: str
    address: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...]


def previews(batch: Batch, progress: Progress = silent) -> Iterator[Preview]:
    """Show each letter, one after the other."""
    for number, (officer, mailbox) in enumerate(batch.to.items()):
        progress("letters", number / len(batch.to))
        letter = batch.letter(officer)
        text = DOCUMENT_FORMATS["text"].render(letter.document).decode()
        yield Preview(mailbox.name, mailbox.address, letter.document.title, text, letter.attachments)


def report_document(batch: Batch, sent: Sent | None, words: Words) -> Document:
    """Say what became of the letters of a batch, and who gets none; before sending only the latter."""
    minutes = int(LEASE.total_seconds() // 60)
    outcomes = [
        Line(batch.to[one.officer].name, one.how, {"code": one.code, "minutes": minutes})
        for one in (sent.outcomes if sent is not None else ())
    ]
    aside = [Line(one.name, one.why, {"domain": one.domain}) for one in batch.aside]
    return mailed_document(words("Mail: {what}", what=batch.title), outcomes, aside, words)


def _parcels(desk: Desk, batch: Batch, words: Words) -> Iterator[Parcel]:
    """Give the letters as parcels; each is written when it is known that it must be sent."""
    for officer, mailbox in batch.to.items():

        def written(again: bool, officer: str = officer) -> bytes:
            return write_message(batch.letter(officer), batch.sender, desk.now, words, again=again)

        yield Parcel(officer, batch.sender.address, mailbox.address, written)
