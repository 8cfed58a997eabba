"""A letter as a mail: what it holds, and that no name or title can break its headers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.document import Column, Document, Note, Section, Table
from safeplan.mail.message import Attachment, Letter, message_id, write_message
from safeplan.terms.address import Mailbox
from safeplan.words.language import Words

SENDER = Mailbox("隆盛镇安监站", "safety", "example.org")
WHEN = datetime(2026, 3, 6, 8, tzinfo=UTC)
HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    "Content-Language", "In-Reply-To", "References",
}  # fmt: skip


def document(title: str = "检查安排", cell: str = "丙厂[/东区] <b>&") -> Document:
    table = Table((Column("date", "Date"), Column("enterprise", "Enterprise")), [(date(2026, 3, 9), cell)])
    return Document(title, "en", (Section("Your visits", tables=(table,)),), (Note("hello"),))


def written(letter: Letter, *, again: bool = False) -> tuple[bytes, EmailMessage]:
    data = write_message(letter, SENDER, WHEN, Words("en"), again=again)
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return data, mail


def letter(name: str = "王强", title: str = "检查安排", cell: str = "丙厂[/东区] <b>&") -> Letter:
    files = (Attachment("wang.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n"), Attachment("表.xlsx", "a/b", b"PK"))
    id_ = message_id(SENDER, "计划", "12", "wang")
    return Letter(Mailbox(name, "wang", "example.org"), document(title, cell), id_, "<old@example.org>", files)


def test_it_says_who_writes_to_whom_about_what() -> None:
    data, mail = written(letter())
    assert str(mail["From"]) == str(mail["Reply-To"]) == "隆盛镇安监站 <safety@example.org>"
    assert str(mail["To"]) == "王强 <wang@example.org>"
    assert str(mail["Subject"]) == "检查安排"
    assert mail["Date"].datetime == WHEN
    assert mail["In-Reply-To"] == mail["References"] == "<old@example.org>"
    assert data.isascii() and b"\r\n" in data and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_plain_and_html_say_the_same_and_html_holds_no_markup_of_names() -> None:
    _, mail = written(letter())
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and html is not None
    assert "丙厂[/东区] <b>&" in plain.get_content() and "2026-03-09" in plain.get_content()
    assert "丙厂[/东区] &lt;b&gt;&amp;" in html.get_content() and "2026-03-09" in html.get_content()
    assert "<script" not in html.get_content() and "http" not in html.get_content()


def test_files_are_attached() -> None:
    _, mail = written(letter())
    found = [(one.get_filename(), one.get_content_type()) for one in mail.iter_attachments()]
    assert found == [("wang.ics", "text/calendar"), ("表.xlsx", "a/b")]


def test_a_second_copy_says_so_and_has_the_same_id() -> None:
    (_, first), (_, second) = written(letter()), written(letter(), again=True)
    assert first["Message-ID"] == second["Message-ID"]
    assert "twice" not in first.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "twice" in second.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_ids_are_stable_and_one_for_each_and_hold_no_address() -> None:
    ids = {message_id(SENDER, "计划", "12", one) for one in ("wang", "li")}
    assert len(ids) == 2 and message_id(SENDER, "计划", "12", "wang") in ids
    assert not any("wang" in one for one in ids)


NASTY = "x\r\nBcc: all@example.org\r\n\r\nboo"


@pytest.mark.parametrize(
    "nasty",
    [
        NASTY,
        NASTY.replace("\r", ""),
        NASTY.replace("\n", ""),
        "a\u2028b",
        "\x00",
        '",<x@evil.org>',
        "=?utf-8?b?DQpCY2M6?=",
    ],
)
def test_no_name_or_title_breaks_a_header(nasty: str) -> None:
    data, mail = written(letter(nasty, nasty, nasty))
    assert set(mail.keys()) <= HEADERS
    assert len(mail["To"].addresses) == 1 and mail["To"].addresses[0].addr_spec == "wang@example.org"
    head = data.partition(b"\r\n\r\n")[0]
    assert not any(line.lower().startswith(b"bcc") for line in head.split(b"\r\n"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_at_all_breaks_a_header(name: str, title: str) -> None:
    _, mail = written(letter(name, title))
    assert set(mail.keys()) <= HEADERS and not mail.defects
    assert [one.addr_spec for one in mail["To"].addresses] == ["wang@example.org"]
