"""Diagnostics in words: sentence, hint, place, and the line with a caret."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from safeplan.terms.diagnostic import Diagnostic, error, warning
from safeplan.terms.origin import Place
from safeplan.words.diagnostic_sentences import HINTS
from safeplan.words.diagnostics import SENTENCES, escaped, hint, place_text, render, sentence
from safeplan.words.diagnostics_page import page
from safeplan.words.language import Words

EN = Words("en")
DOCS = Path(__file__).parents[2] / "docs" / "reference" / "diagnostics.md"


def test_a_diagnostic_is_shown_with_its_line_and_a_caret_below() -> None:
    lines = ["enterprises:", "  - id: E0014", "    class: D"]
    found = error(
        "unknown-class",
        Place("plan.yaml", 3, 12),
        found="D",
        expected=("A", "B", "C"),
        suggestion="B",
        enterprise="E0014",
    )
    assert render([found], EN, {"plan.yaml": lines}) == (
        "plan.yaml:3:12: error[unknown-class]: enterprise E0014: class 'D' is not defined; the plan has A, B, C\n"
        "    3 |     class: D\n"
        "      |            ^ did you mean B?"
    )


def test_the_caret_stands_below_its_character_after_chinese_ones() -> None:
    line = "  - {id: a, name: 东街村, parent: b}"
    found = error("unknown-grid", Place("plan.yaml", 1, line.index("b}") + 1), found="b")
    shown = render([found], EN, {"plan.yaml": [line]}).splitlines()
    from wcwidth import wcswidth

    assert wcswidth(shown[1][: shown[1].index("b}")]) == wcswidth(shown[2][: shown[2].index("^")])


def test_no_line_of_another_file_is_quoted() -> None:
    found = error("bad-day", Place("r.csv", 2, field="上次检查日期"), found="x")
    shown = render([found], EN, {"plan.yaml": ["a", "b"], "r.csv": ["secret", "13800000000"]})
    assert (
        shown == "r.csv, row 2, column 上次检查日期: error[bad-day]: 'x' is not a day of the calendar; write 2026-03-01"
    )


def test_a_long_line_is_cut_around_its_column() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    shown = render([error("bad-day", Place("p", 1, 501), found="x")], EN, {"p": [line]}).splitlines()
    assert len(shown[1]) < 130
    assert shown[2].index("^") == shown[1].index("HERE")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param(None, "", id="nowhere"),
        pytest.param(Place("plan.yaml"), "plan.yaml", id="a file"),
        pytest.param(Place("plan.yaml", 41, 12), "plan.yaml:41:12", id="a place in a text"),
        pytest.param(
            Place("台账.xlsx", 7, sheet="企业", field="类别"), "台账.xlsx, sheet 企业, row 7, column 类别", id="a cell"
        ),
    ],
)
def test_a_place_is_spelt(place: Place | None, text: str) -> None:
    assert place_text(place, EN) == text


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    assert escaped("a\u202eb\x07") == "a\\u{202e}b\\u{0007}"
    assert "\u202e" not in sentence(error("bad-id", found="x\u202ey"), EN)


def test_many_values_are_counted() -> None:
    found = warning("unknown-heading", found="x", expected=tuple(f"c{i}" for i in range(20)))
    assert sentence(found, EN).endswith("c10, c11, and 8 more")


def test_days_are_said_as_they_are_written() -> None:
    assert "2026-10-31" in sentence(warning("certificate-ends", name="王强", day=date(2026, 10, 31)), EN)


def test_a_code_that_nobody_knows_is_said_by_itself() -> None:
    assert sentence(Diagnostic("no-such-code", error("x").severity), EN) == "no-such-code"


def test_a_hint_without_its_suggestion_is_left_out() -> None:
    assert hint(warning("credit-code", found="1", suggestion=None), EN) == ""


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_said_in_chinese_too(code: str) -> None:
    part = "".join(path.read_text(encoding="utf-8") for path in _catalogues())
    for message in filter(None, (SENTENCES[code], HINTS.get(code))):
        assert f'msgid "{message}"' in part.replace('"\n"', ""), message


def _catalogues() -> list[Path]:
    folder = Path(__file__).parents[2] / "src/safeplan/words/locale/zh_CN"
    return [*folder.glob("*.po.part"), folder / "LC_MESSAGES" / "safeplan.po"]


def test_the_page_of_the_docs_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == page()


def test_what_an_unreadable_table_looks_like_is_said_in_words() -> None:
    said = sentence(error("unreadable-table", looks="html"), Words("en"))
    assert "web page" in said
