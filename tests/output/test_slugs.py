"""Names of files and sheets are safe on every system and their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan.output.slugs import file_names, sheet_names, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("王强", "王强", id="Chinese stays"),
        pytest.param("class-A/E0001/2026-03/1", "class-A-E0001-2026-03-1", id="no path separators"),
        pytest.param("../../etc/passwd", "etc-passwd", id="no way up"),
        pytest.param("C:\\x", "C-x", id="no drive"),
        pytest.param("con", "con_", id="Windows device"),
        pytest.param("LPT1", "LPT1_", id="Windows port"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("🔥", "x", id="nothing left"),
        pytest.param("", "x", id="empty"),
        pytest.param(".hidden. ", "hidden", id="no dot at the ends"),
    ],
)
def test_a_slug_is_a_safe_stem(text, expected):
    assert slug(text) == expected


@given(st.lists(st.text(max_size=80), unique=True))
def test_every_id_has_a_file_name_of_its_own(ids):
    names = file_names(ids, ".xlsx")
    assert list(names) == ids
    assert len({name.casefold() for name in names.values()}) == len(ids)
    for name in names.values():
        assert not set(name) & set('/\\:*?"<>|\0')
        assert len(name.encode()) <= 255


@given(st.lists(st.sampled_from(["王强", "王强 ", "History", "a" * 40, "A" * 40, "𠮷" * 40, "x[]:*?/\\"]), max_size=20))
def test_sheets_have_names_that_excel_takes(wishes):
    names = sheet_names(wishes)
    assert len({name.casefold() for name in names}) == len(wishes)
    for name in names:
        assert len(name.encode("utf-16-le")) <= 62
        assert name.casefold() != "history"
        assert not set(name) & set("[]:*?/\\'")
