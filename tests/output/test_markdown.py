"""A Document as Markdown."""

import pytest

from safeplan.output.formats import DOCUMENT_FORMATS
from safeplan.output.markdown import escape

from .documents import HOSTILE, one_cell, small_document

render = DOCUMENT_FORMATS["markdown"].render


def test_a_small_document_looks_so():
    assert render(small_document()).decode() == (
        "# Roster\n"
        "\n"
        "## Load\n"
        "\n"
        "**Load**\n"
        "\n"
        "    王强 ████████████████████████████████ 4 visits !\n"
        "    Li   ████████████████················ 2 visits\n"
        "    ! above 3\n"
        "\n"
        "**Year**\n"
        "\n"
        "              Mo Tu We Th Fr Sa Su\n"
        "    W10 03-02 ·  ░░ ░░ ▒▒ █!           15\n"
        "    · 0  ░░ 1–2  ▒▒ 3–4  ▓▓ 5–6  ██ 7–9 visits  █! above 8\n"
        "\n"
        "## Visits\n"
        "\n"
        "- **1 unplaced**\n"
        "\n"
        "| Day        | Crew       | Enterprise    |   Min |\n"
        "|:-----------|:-----------|:--------------|------:|\n"
        "| 2026-03-02 | 王强、李芳 | 丙厂\\[/东区\\] |    60 |\n"
        "|            |            | \\=1+1\\|x      |    45 |\n"
        "| 2026-03-03 | 王强、李芳 | \\<b\\>店\\</b\\> |       |\n"
        "\n"
        "Signed ＿＿＿＿＿＿＿＿\n"
        "\n"
        "- 2 visits not shown\n"
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[a](b)", r"\[a\](b)"),
        ("a|b", r"a\|b"),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("# a", r"\# a"),
        ("1. a", r"1\. a"),
        ("- a", r"\- a"),
        ("2026-03-02", "2026-03-02"),
        ("\\|", r"\\\|"),
    ],
)
def test_what_markdown_reads_is_escaped(text, escaped):
    assert escape(text) == escaped


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_never_adds_a_cell(name):
    rows = [line for line in render(one_cell(name)).decode().splitlines() if line.startswith("| 2026-")]
    assert len(rows) == 2
    assert all(row.replace("\\\\", "").replace("\\|", "").count("|") == 3 for row in rows)
