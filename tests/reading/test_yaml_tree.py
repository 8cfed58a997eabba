"""YAML into a tree of texts with places: what is read, what is refused, and how fast the traps end."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan.reading.limits import Limits
from safeplan.reading.yaml_tree import Mapping, Scalar, lines_of, node_at, place_of, plain, read_tree
from safeplan.terms.diagnostic import Diagnostic
from safeplan.terms.origin import Place

LIMITS = Limits()


def read(text: str | bytes, limits: Limits = LIMITS) -> tuple[Mapping | None, list[Diagnostic]]:
    return read_tree(text if isinstance(text, bytes) else text.encode(), "plan.yaml", limits)


def tree_of(text: str | bytes) -> Mapping:
    tree, found = read(text)
    assert found == []
    assert tree is not None
    return tree


def alias_bomb(levels: int) -> str:
    lines = ["a0: &a0 [" + ",".join("x" * 9) + "]"]
    lines += [f"a{i}: &a{i} [" + ",".join([f"*a{i - 1}"] * 9) + "]" for i in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 0012", "0012", id="leading zeros"),
        pytest.param("a: NO", "NO", id="Norway"),
        pytest.param("a: 1e3", "1e3", id="an exponent"),
        pytest.param("a: 2026-03-01", "2026-03-01", id="a day"),
        pytest.param("a: ~", "~", id="a null is a text"),
        pytest.param("a:", "", id="an empty value is an empty text"),
        pytest.param("a: !!str 5", "5", id="a standard tag changes nothing"),
        pytest.param("a: |\n  x\n  y\n", "x\ny\n", id="a block"),
        pytest.param("a: [1, {b: c}]", ["1", {"b": "c"}], id="nested"),
        pytest.param("a: {}", {}, id="an empty mapping"),
    ],
)
def test_scalars_stay_as_they_were_written(text: str, expected: object) -> None:
    assert plain(tree_of(text)) == {"a": expected}


def test_an_empty_value_and_an_empty_text_in_quotes_differ() -> None:
    tree = tree_of('a:\nb: ""\n')
    values = [entry.value for entry in tree.entries.values()]
    assert [(value.text, value.quoted) for value in values if isinstance(value, Scalar)] == [("", False), ("", True)]


def test_every_place_points_at_its_text() -> None:
    text = "name: 计划\nclasses:\n  A: {visits: 1 per month}\nlist:\n- x\n- {y: 2}\n"
    tree = tree_of(text)
    assert place_of(tree, ["name"]) == Place("plan.yaml", 1, 7)
    assert place_of(tree, ["classes", "A", "visits"]) == Place("plan.yaml", 3, 15)
    assert place_of(tree, ["classes", "A", "visits"], key=True) == Place("plan.yaml", 3, 7)
    assert place_of(tree, ["list", 1, "y"]) == Place("plan.yaml", 6, 7)


def test_the_deepest_place_that_exists_stands_for_a_path_that_does_not() -> None:
    tree = tree_of("list:\n- {y: 2}\n")
    assert place_of(tree, ["list", 0, "missing", 3]) == Place("plan.yaml", 2, 3)
    assert place_of(tree, ["list", 9]) == Place("plan.yaml", 2, 1)
    assert place_of(tree, ["list", 0, "missing"], key=True) == Place("plan.yaml", 2, 3)
    assert node_at(tree, ["list", 0, "y"]) == Scalar("2", Place("plan.yaml", 2, 7), False)
    assert node_at(tree, ["list", 1]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: &x [1, 2]\nb: *x\n", {"a": ["1", "2"], "b": ["1", "2"]}, id="an alias"),
        pytest.param("a: &x k\n*x : 1\n", {"a": "k", "k": "1"}, id="an alias as a key"),
        pytest.param(
            "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n",
            {"a": {"p": "1", "q": "2"}, "b": {"p": "1", "q": "3"}},
            id="own keys win over merged ones, wherever the merge stands",
        ),
        pytest.param(
            "a: [&x {p: 1}, &y {p: 2, q: 2}]\nb: {<<: [*x, *y]}\n",
            {"a": [{"p": "1"}, {"p": "2", "q": "2"}], "b": {"p": "1", "q": "2"}},
            id="the first of several merged mappings wins",
        ),
        pytest.param("a: {'<<': {p: 1}}\n", {"a": {"<<": {"p": "1"}}}, id="a quoted << is a key like any other"),
    ],
)
def test_anchors_and_merge_keys_are_resolved(text: str, expected: object) -> None:
    assert plain(tree_of(text)) == expected


def test_a_merged_value_keeps_the_place_where_it_was_written() -> None:
    tree = tree_of("a: &x {p: 1}\nb: {<<: *x}\n")
    assert place_of(tree, ["b", "p"]).line == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("名: 企业".encode(), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf" + "名: 企业".encode(), id="UTF-8 with a mark"),
        pytest.param("名: 企业".encode("gb18030"), id="GB18030, as Notepad saves ANSI"),
        pytest.param("名: 企业".encode("utf-16"), id="UTF-16, as Notepad saves Unicode"),
    ],
)
def test_the_encodings_of_offices_are_read(data: bytes) -> None:
    assert plain(tree_of(data)) == {"名": "企业"}


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        pytest.param("", "empty-file", None, None, id="0 bytes"),
        pytest.param("# nothing\n", "empty-file", None, None, id="only a comment"),
        pytest.param("---\n", "empty-file", None, None, id="an empty document"),
        pytest.param("\n- a\n", "not-a-mapping", 2, 1, id="a list"),
        pytest.param("hello", "not-a-mapping", 1, 1, id="a text"),
        pytest.param(b"a: 1\n\x00", "binary-file", 2, None, id="a NUL"),
        pytest.param(b"a: 1\nb: \xff\xff", "encoding", 2, None, id="bytes of no encoding"),
        pytest.param("a: 名称企业\nb: ".encode() + b"\xd6\xd0", "encoding", 2, None, id="UTF-8 damaged by GB18030"),
        pytest.param("a: 1\nb: \x07", "control-character", 2, 4, id="a bell"),
        pytest.param("a: [1, 2\nb: 3\n", "yaml-syntax", 2, 2, id="a bracket left open"),
        pytest.param("a:\n\tb: 1\n", "tab-indent", 2, 1, id="indented by a tab"),
        pytest.param("a: 1\nname：foo\nb: 1\n", "full-width-colon", 2, 5, id="a full-width colon"),
    ],
)
def test_what_is_no_plan_is_refused_with_one_error(
    data: str | bytes, code: str, line: int | None, column: int | None
) -> None:
    tree, found = read(data)
    assert tree is None
    assert [d.code for d in found] == [code]
    assert found[0].place == Place("plan.yaml", line, column)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1, id="a key twice"),
        pytest.param("? [x]\n: 1\nb: 2\n", "key-not-a-text", 1, 3, id="a list as a key"),
        pytest.param("b: !!python/object:os.system x\n", "unknown-tag", 1, 4, id="a tag that would make an object"),
        pytest.param("b: *x\n", "unknown-alias", 1, 4, id="an alias of nothing"),
        pytest.param("b: &x [*x]\n", "alias-in-itself", 1, 8, id="an alias inside its own anchor"),
        pytest.param("b: {<<: 5}\n", "merge-not-a-mapping", 1, 9, id="a merge of a text"),
        pytest.param("b: 1\n---\nc: 2\n", "several-documents", 2, 1, id="two documents"),
        pytest.param("b: x\u200by\n", "hidden-character", 1, 5, id="a zero-width space"),
        pytest.param("b: x\u202ey\n", "hidden-character", 1, 5, id="a right-to-left override"),
    ],
)
def test_what_is_wrong_inside_a_plan_is_found_and_the_rest_read(text: str, code: str, line: int, column: int) -> None:
    tree, found = read(text)
    assert tree is not None
    assert "b" in tree.entries
    assert [d.code for d in found] == [code]
    assert found[0].place == Place("plan.yaml", line, column)


def test_a_duplicate_names_the_first_line_and_keeps_the_first_value() -> None:
    tree, found = read("a: 1\nb: 2\na: 3\n")
    assert found[0].values["first_line"] == 1
    assert tree is not None
    assert plain(tree) == {"a": "1", "b": "2"}


def test_many_errors_of_a_code_are_counted_not_listed() -> None:
    _, found = read("\n".join(["a: 1"] * 501))
    assert [d.code for d in found] == ["duplicate-key"] * 100 + ["more-of-a-code"]
    assert dict(found[-1].values) == {"of": "duplicate-key", "more": 400}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("[" * 200_000, "too-deep", id="200,000 lists in one another"),
        pytest.param("{a: " * 50_000, "too-deep", id="50,000 mappings in one another"),
        pytest.param("\n".join(" " * i + "a:" for i in range(300)), "too-deep", id="blocks ever deeper"),
        pytest.param("- " * 100_000, "too-deep", id="lists within lists on one line"),
        pytest.param(alias_bomb(9), "alias-budget", id="an alias bomb of nine levels"),
        pytest.param(alias_bomb(200), "alias-budget", id="an alias bomb of two hundred levels"),
    ],
)
def test_traps_end_at_once_with_one_error(text: str, code: str) -> None:
    began = time.process_time()
    tree, found = read(text)
    assert time.process_time() - began < 1
    assert tree is None
    assert [d.code for d in found] == [code]
    assert found[0].values["setting"] in {"depth", "aliases"}


def test_a_file_above_the_limit_is_refused_before_it_is_parsed() -> None:
    _, found = read("[" * 100, replace(LIMITS, plan_bytes=10))
    assert [d.code for d in found] == ["too-large"]
    assert dict(found[0].values) == {"found": 100, "limit": 10, "setting": "plan_bytes"}


def test_the_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x {p: 1, q: ''}\nb: [*x, {<<: *x, q: 2}]\nc: |\n  z\n"
    by_c = tree_of(text)
    monkeypatch.setattr("safeplan.reading.yaml_tree.LOADER", yaml.SafeLoader)
    assert tree_of(text) == by_c
    assert [d.code for d in read("[" * 5_000)[1]] == ["too-deep"]


def test_lines_are_those_that_places_count() -> None:
    data = b"a: 1\r\nb: 2\rc: ["
    assert lines_of(data) == ["a: 1", "b: 2", "c: ["]
    _, found = read(data)
    assert found[0].place == Place("plan.yaml", 3, 5)


def test_what_is_missing_at_the_end_is_shown_at_the_end_of_what_is_written() -> None:
    _, found = read("a: 1\nb: [1,\n\n")
    assert found[0].place == Place("plan.yaml", 2, 7)


texts = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cc", "Cf", "Cs"]), max_size=8
)
trees = st.recursive(texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))


@settings(deadline=None)
@given(st.dictionaries(texts, trees, min_size=1, max_size=4))
def test_what_yaml_writes_is_read_back(value: dict[str, object]) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    assert plain(tree_of(written)) == value


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    tree, found = read(data)
    assert tree is not None or found
