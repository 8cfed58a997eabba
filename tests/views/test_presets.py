"""The list of presets says what each brings."""

from __future__ import annotations

from safeplan.views.presets import presets_document
from safeplan.words.language import Words


def test_every_preset_stands_with_its_sentence():
    document = presets_document([("seed-abc", "Classes A, B and C")], Words("en"))
    assert document.sections[0].tables[0].rows == [("seed-abc", "Classes A, B and C")]
