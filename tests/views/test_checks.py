"""What is wrong with a plan, as a table."""

from __future__ import annotations

from safeplan.document import Tone
from safeplan.terms.diagnostic import error, warning
from safeplan.terms.origin import Place
from safeplan.views.checks import checks_document
from safeplan.words.language import Words


def test_every_problem_stands_with_its_place_and_how_bad_it_is():
    found = [error("unknown-class", Place("plan.yaml", 41, 12), found="D"), warning("placeholder", found="xx")]
    document = checks_document(found, "plan.yaml", Words("en"))
    table = document.sections[0].tables[0]
    assert document.head[0].text == "1 errors, 1 warnings"
    assert [row[:3] for row in table.rows] == [
        ("plan.yaml:41:12", "error", "unknown-class"),
        ("", "warning", "placeholder"),
    ]
    assert table.tones == [Tone.BAD, Tone.WARNING]
