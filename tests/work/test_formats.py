"""Which format is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from made.schedules import made_schedule
from safeplan.core.choice import Choice, choose
from safeplan.output.options import Options
from safeplan.words.language import Words
from safeplan.work.errors import WorkError
from safeplan.work.formats import Asked, chosen_format, format_names, render_schedule


@pytest.mark.parametrize(
    ("asked", "output", "screen", "name"),
    [
        pytest.param(None, None, True, "terminal", id="a screen"),
        pytest.param(None, None, False, "text", id="a pipe"),
        pytest.param(None, "a.xlsx", True, "xlsx", id="an ending"),
        pytest.param(None, "a.CSV", True, "csv", id="an ending in capitals"),
        pytest.param(None, "a.htm", True, "html", id="the short ending of HTML"),
        pytest.param(None, "a.txt", True, "text", id="a file is no screen"),
        pytest.param("brief", "a.txt", True, "brief", id="what is asked for wins"),
        pytest.param("json", None, True, "json", id="text of any kind on a screen"),
        pytest.param("xlsx", None, False, "xlsx", id="a workbook into a pipe"),
    ],
)
def test_the_format_follows_from_what_is_asked(asked: str | None, output: str | None, screen: bool, name: str):
    assert chosen_format(asked, Path(output) if output else None, screen=screen) == name


@pytest.mark.parametrize(
    ("asked", "output", "code"),
    [
        pytest.param("pdf", None, "unknown-format", id="unknown"),
        pytest.param(None, "a.pdf", "unknown-suffix", id="unknown ending"),
        pytest.param("xlsx", None, "binary-to-terminal", id="a workbook on a screen"),
    ],
)
def test_what_cannot_be_written_is_refused(asked: str | None, output: str | None, code: str):
    with pytest.raises(WorkError, match=code):
        chosen_format(asked, Path(output) if output else None, screen=True)


@pytest.mark.parametrize("name", format_names())
def test_every_format_writes_a_schedule(name: str):
    assert render_schedule(choose(made_schedule(), Choice()), Asked(name), Words("en"))


def test_csv_is_for_programs_unless_excel_is_asked_for():
    chosen = choose(made_schedule(), Choice())
    plain = render_schedule(chosen, Asked("csv"), Words("en"))
    excel = render_schedule(chosen, Asked("csv", Options(excel=True)), Words("en"))
    assert plain.startswith(b"id,state,")
    assert excel.startswith(b"\xef\xbb\xbf")
    assert "'=丙厂".encode() in excel
