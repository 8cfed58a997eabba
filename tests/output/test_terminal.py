"""A Document on a terminal."""

import io
import re
from dataclasses import replace

import pytest

from safeplan.document import Column, Document, Section, Table
from safeplan.output.cells import text_width
from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.options import Options
from safeplan.output.terminal import terminal_options

from .documents import HOSTILE, one_cell, roster_document, small_document


def render(document, width=100, colour=False):
    return DOCUMENT_FORMATS["terminal"].render(document, Options(width=width, colour=colour)).decode()


def test_a_small_document_looks_so():
    assert render(small_document(), 80) == (
        "Roster\n"
        "\n"
        "Load\n"
        "\n"
        "Load\n"
        "王强 ████████████████████████████████ 4 visits !\n"
        "Li   ████████████████················ 2 visits\n"
        "! above 3\n"
        "\n"
        "Year\n"
        "          Mo Tu We Th Fr Sa Su\n"
        "W10 03-02 ·  ░░ ░░ ▒▒ █!           15\n"
        "· 0  ░░ 1–2  ▒▒ 3–4  ▓▓ 5–6  ██ 7–9 visits  █! above 8\n"
        "\n"
        "Visits\n"
        "!! 1 unplaced\n"
        "Day         Crew        Enterprise   Min\n"
        "────────────────────────────────────────\n"
        "2026-03-02  王强、李芳  丙厂[/东区]   60\n"
        "                        =1+1|x        45\n"
        "2026-03-03  王强、李芳  <b>店</b>\n"
        "\n"
        "2 visits not shown\n"
    )


def test_a_wide_table_is_a_list_below_100_columns():
    lines = render(roster_document(), 80).splitlines()
    start = lines.index("2026-03-02  周一")
    assert lines[start + 1] == "  王强、李芳"
    assert lines[start + 2].startswith("    1. 丙厂[/东区] · 东街村")
    assert lines.count("2026-03-02  周一") == 1
    assert max(map(text_width, lines)) <= 80


@pytest.mark.parametrize("width", [40, 80, 99, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width):
    widest = max(text_width(line) for line in render(roster_document(), width).splitlines() if "W" not in line[:60])
    assert widest <= max(width, 72)


def test_a_wide_terminal_shows_a_table_with_days_and_crews_once():
    lines = render(roster_document(), 160).splitlines()
    assert sum(line.startswith("2026-03-02  周一") for line in lines) == 1
    assert any(line.startswith(" " * 10) and "[red]x[/red] [bold" in line for line in lines)


@pytest.mark.parametrize("name", [name for key, name in HOSTILE.items() if key != "long"])
@pytest.mark.parametrize("width", [40, 120])
def test_a_name_prints_as_it_is(name, width):
    assert name in render(one_cell(name), width)


def test_a_long_name_is_printed_in_full():
    assert re.sub(r"\s", "", render(one_cell(HOSTILE["long"]), 80)).count(HOSTILE["long"]) >= 6


def test_colour_comes_only_when_asked_for():
    assert "\x1b" not in render(roster_document())
    coloured = render(roster_document(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == render(roster_document()).split()


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "colour"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
    ids=["terminal", "NO_COLOR", "dumb", "pipe"],
)
def test_only_a_terminal_without_no_color_is_coloured(stream, environment, colour):
    assert terminal_options(stream, environment).colour is colour


def test_rows_without_an_order_are_numbered():
    table = replace(roster_document().sections[1].tables[0], group=())
    columns = tuple(replace(column, key="x" + column.key) for column in table.columns)
    text = render(Document("t", "en", (Section("s", tables=(replace(table, columns=columns),)),)), 60)
    assert "42. 2026-03-19" in text


def test_numbers_and_later_days_carry_their_heading_in_a_list():
    table = Table((Column("a", "A"), Column("n", "Minutes"), Column("b", "B")), [("x" * 50, 60, "y" * 50)])
    assert "· Minutes 60" in render(Document("t", "en", (Section("s", tables=(table,)),)), 80)
