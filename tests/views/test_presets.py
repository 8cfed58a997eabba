"""The list of presets says what each brings."""

from __future__ import annotations

from safeplan.views.presets import Shipped, presets_document
from safeplan.words.language import Words


def test_every_preset_stands_with_its_sentence_and_says_whether_its_sources_were_verified():
    shipped = [Shipped("seed-abc", "Classes A, B and C", 0, 3), Shipped("drill", "b", 2, 2), Shipped("re", "c", 4, 5)]
    assert presets_document(shipped, Words("en")).sections[0].tables[0].rows == [
        ("seed-abc", "Classes A, B and C", "not verified"),
        ("drill", "b", "verified"),
        ("re", "c", "4 of 5 verified"),
    ]
