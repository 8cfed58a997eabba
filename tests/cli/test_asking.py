"""Questions at the keyboard take a number, a word, or Enter."""

from __future__ import annotations

import io
import sys

import pytest

from safeplan.cli.asking import ask, asker
from safeplan.words.language import Words
from safeplan.work.register_columns import Question, nobody

COLUMN = Question("class-column", ("风险", "备注"), "", {"examples": {"风险": ("A", "B"), "备注": ()}})
OFTEN = Question("frequency", ("1 per month", "1 per year"), "", {"name": "D类", "n": 3})
TOWN = Question("town", (), "Our town")


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        pytest.param(COLUMN, "1\n", "风险", id="a number"),
        pytest.param(COLUMN, "２\n", "备注", id="a number in full width"),
        pytest.param(COLUMN, "备注\n", "备注", id="the heading itself"),
        pytest.param(COLUMN, "\n", "", id="Enter leaves it open"),
        pytest.param(COLUMN, "", "", id="the input has ended"),
        pytest.param(COLUMN, "9\nnonsense\n1\n", "风险", id="nonsense is asked again"),
        pytest.param(OFTEN, "2\n", "1 per year", id="a frequency by its number"),
        pytest.param(OFTEN, "3 per year\n", "3 per year", id="a frequency in words"),
        pytest.param(OFTEN, "every m\n", "1 per month", id="a frequency as the choice begins"),
        pytest.param(OFTEN, "sometimes\n7\n1\n", "1 per month", id="no frequency is asked again"),
        pytest.param(TOWN, " 隆盛镇 \n", "隆盛镇", id="a name"),
        pytest.param(TOWN, "\n", "Our town", id="Enter takes the default"),
    ],
)
def test_an_answer_is_understood(monkeypatch: pytest.MonkeyPatch, question: Question, typed: str, answer: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert ask(question, Words("en")) == answer


def test_a_question_shows_its_choices_with_examples(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    ask(COLUMN, Words("en"))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "  1  风险: A, B\n  2  备注\n" in shown.err


def test_nobody_is_asked_where_nobody_sits() -> None:
    assert asker(Words("en")) is nobody
