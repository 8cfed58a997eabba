"""What holds for every format: lazy, deterministic, and no name breaks it."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import safeplan.output
import safeplan.words
from safeplan.document import Chart, Column, Document, Section, Table
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.words.output_errors import OUTPUT_ERRORS

from .documents import HOSTILE, UNSEEN, one_cell, roster_document

EVERY = pytest.mark.parametrize("name", DOCUMENT_FORMATS)


def test_the_list_of_formats_loads_none_of_them():
    program = (
        "import sys, safeplan.output.formats\n"
        "heavy = ('polars', 'xlsxwriter', 'docx', 'jinja2', 'rich', 'tabulate', 'wcwidth')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@EVERY
@pytest.mark.parametrize("text", [*HOSTILE.values(), *(pair[0] for pair in UNSEEN.values())], ids=[*HOSTILE, *UNSEEN])
def test_a_hostile_name_makes_a_whole_file_without_unseen_characters(name, text):
    data = DOCUMENT_FORMATS[name].render(one_cell(text))
    assert data
    if not DOCUMENT_FORMATS[name].binary:
        shown = data.decode()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]", shown)


EMPTY = {
    "nothing": Document("", "en", ()),
    "an empty section": Document("t", "zh-CN", (Section(""),)),
    "a table without rows": Document("t", "en", (Section("s", tables=(Table((Column("a", "A"),), []),)),)),
    "a table without rows for signing": Document(
        "t", "en", (Section("s", tables=(Table((Column("a", "A"),), [], sheet="s", signatures=("x",)),)),)
    ),
    "empty charts": Document(
        "t", "en", (Section("s", charts=(Chart("bars", "b", (), ()), Chart("heat", "h", (), ()))),)
    ),
    "charts of nothing": Document("t", "en", (Section("s", charts=(Chart("bars", "b", ("x",), (0.0,)),)),)),
}


@EVERY
@pytest.mark.parametrize("document", EMPTY.values(), ids=EMPTY)
def test_a_document_of_little_is_written_too(name, document):
    DOCUMENT_FORMATS[name].render(document)


@EVERY
def test_a_document_is_the_same_from_frozen_rows(name):
    document = roster_document()
    sections = tuple(
        replace(section, tables=tuple(replace(table, rows=tuple(table.rows)) for table in section.tables))
        for section in document.sections
    )
    render = DOCUMENT_FORMATS[name].render
    assert render(document) == render(replace(document, sections=sections))


def test_the_bytes_do_not_depend_on_the_surroundings():
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from output.documents import roster_document\n"
        "from safeplan.output.formats import DOCUMENT_FORMATS\n"
        "for name, form in DOCUMENT_FORMATS.items():\n"
        "    print(name, hashlib.sha256(form.render(roster_document())).hexdigest())"
    )
    expected = "".join(
        f"{name} {hashlib.sha256(form.render(roster_document())).hexdigest()}\n"
        for name, form in DOCUMENT_FORMATS.items()
    )
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C", "COLUMNS": "40", "NO_COLOR": "1"},
        {
            "PYTHONHASHSEED": "77",
            "TZ": "Asia/Shanghai",
            "LC_ALL": "de_DE.UTF-8",
            "LANG": "zh_CN.UTF-8",
            "FORCE_COLOR": "1",
        },
    ]
    for each in surroundings:
        done = subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parents[1])],
            env={**os.environ, **each},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == expected


def test_every_sentence_that_a_format_adds_has_a_chinese_one():
    room = Path(safeplan.output.__file__).parent
    asked = set(OUTPUT_ERRORS.values())
    modules = [room / f"{name}.py" for name in ("chart_lines", *(form.module for form in DOCUMENT_FORMATS.values()))]
    for source in [*modules, *room.glob("templates/*.jinja")]:
        asked |= set(re.findall(r"""\b(?:words|_words|w)\(["']([^"']+)["']""", source.read_text()))
    asked |= {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
    catalogues = Path(safeplan.words.__file__).parent.joinpath("locale/zh_CN").rglob("*.po*")
    known = set(re.findall(r'^msgid "(.+)"$', "\n".join(path.read_text() for path in catalogues), re.MULTILINE))
    assert asked <= known, asked - known
    assert len(asked) > 25


def test_options_are_those_of_a_pipe_when_not_said():
    assert DOCUMENT_FORMATS["terminal"].render(roster_document()) == DOCUMENT_FORMATS["terminal"].render(
        roster_document(), Options(width=100, colour=False)
    )
