"""A Document as plain text."""

from safeplan.output.cells import text_width
from safeplan.output.formats import DOCUMENT_FORMATS

from .documents import roster_document, small_document

render = DOCUMENT_FORMATS["text"].render


def test_a_small_document_looks_so():
    assert render(small_document()).decode() == (
        "Roster\n"
        "======\n"
        "\n"
        "Load\n"
        "----\n"
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
        "------\n"
        "\n"
        "!! 1 unplaced\n"
        "\n"
        "Day         Crew        Enterprise      Min\n"
        "----------  ----------  ------------  -----\n"
        "2026-03-02  王强、李芳  丙厂[/东区]      60\n"
        "                        =1+1|x           45\n"
        "2026-03-03  王强、李芳  <b>店</b>\n"
        "\n"
        "Signed ________________\n"
        "\n"
        "2 visits not shown\n"
    )


def test_columns_stand_under_one_another_for_chinese_too():
    lines = render(roster_document()).decode().splitlines()
    rows = [line for line in lines if line.endswith("  60")]
    assert len(rows) == 42
    assert len({text_width(line) for line in rows}) == 1
