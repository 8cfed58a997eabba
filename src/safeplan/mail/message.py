"""A letter as the bytes of a mail (RFC 5322): plain text and HTML, files attached, headers that nothing can break."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from safeplan.document import Document, Note, Tone
from safeplan.mail.headers import header_address, header_text
from safeplan.mail.html import letter_html
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.terms.address import Mailbox
from safeplan.words.language import Words


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a letter: how it is called, its MIME type, and that type's parameters."""

    name: str
    type_: str
    data: bytes
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one officer is sent. `id` stays the same however often it is sent; `replaces` is that of an earlier one."""

    to: Mailbox
    document: Document
    id: str
    replaces: str = ""
    attachments: tuple[Attachment, ...] = ()


def message_id(sender: Mailbox, *parts: str) -> str:
    """Give a Message-ID that the same parts always give; no address can be read from it."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"<{digest[:32]}@{sender.domain}>"


def write_message(letter: Letter, sender: Mailbox, when: datetime, words: Words, *, again: bool = False) -> bytes:
    """Write a letter. With `again` it says that it may have arrived before.

    Texts are scrubbed first, so no name or title can end a header, and bodies are base64, so every server takes them.
    """
    document = _marked(letter.document, words) if again else letter.document
    mail = EmailMessage(SMTP)
    mail["From"] = header_address(sender)
    mail["To"] = header_address(letter.to)
    mail["Reply-To"] = header_address(sender)
    mail["Subject"] = header_text(letter.document.title)
    mail["Date"] = when
    mail["Message-ID"] = letter.id
    if letter.replaces:
        mail["In-Reply-To"] = mail["References"] = letter.replaces
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
    mail.set_content(DOCUMENT_FORMATS["text"].render(document).decode(), cte="base64")
    mail.add_alternative(letter_html(document), subtype="html", cte="base64")
    for one in letter.attachments:
        major, _, minor = one.type_.partition("/")
        mail.add_attachment(one.data, major, minor, filename=header_text(one.name), cte="base64", params=one.parameters)
    mail["Content-Language"] = words.language.replace("_", "-")  # after the bodies: setting one takes it away
    return mail.as_bytes()


def _marked(document: Document, words: Words) -> Document:
    note = Note(words("This letter may reach you twice; both say the same."), Tone.WARNING)
    return replace(document, head=(note, *document.head))
