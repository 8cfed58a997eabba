"""Unseen characters become visible, the same everywhere."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.output.scrub import scrub, scrub_document

from .documents import HOSTILE, UNSEEN, one_cell, roster_document


@pytest.mark.parametrize(("text", "seen"), UNSEEN.values(), ids=UNSEEN)
def test_what_cannot_be_seen_is_shown(text, seen):
    assert scrub(text) == seen


@pytest.mark.parametrize("text", [*HOSTILE.values(), "é", "𠮷野", "葛\U000e0100", "　全角"], ids=repr)
def test_what_can_be_seen_stays(text):
    assert scrub(text) == text


@given(st.text())
def test_a_scrubbed_text_can_be_written_anywhere_and_stays_scrubbed(text):
    seen = scrub(text)
    assert seen.encode().decode() == seen
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or 0x202A <= ord(c) <= 0x202E for c in seen)
    assert scrub(seen) == seen


def test_every_text_of_a_document_is_scrubbed():
    assert "\u202e" not in repr_of(scrub_document(one_cell("a\u202eb")))
    assert repr_of(scrub_document(one_cell("a\u202eb"))) == repr_of(one_cell("a⟨U+202E⟩b"))


def test_rows_can_be_sliced_and_read_again():
    table = scrub_document(roster_document()).sections[1].tables[0]
    assert list(table.rows[2:5]) == list(table.rows)[2:5]
    assert table.rows[-1] == list(table.rows)[-1]


def repr_of(document):
    sections = [
        replace(section, tables=tuple(replace(table, rows=tuple(table.rows)) for table in section.tables))
        for section in document.sections
    ]
    return repr(replace(document, sections=tuple(sections)))
